"""What a template gets for a name that has no value: it notes its use, and rendering goes on."""

from __future__ import annotations

from typing import Any

from jinja2.runtime import Undefined

from lettergen.merge.noting import note, note_missing, note_unknown_name
from lettergen.problems import near, nearest

_NUMBERS = ("__float__", "__int__", "__complex__")
_OPERATORS = (
    *("add", "radd", "sub", "rsub", "mul", "rmul", "div", "rdiv", "truediv", "rtruediv", "floordiv", "rfloordiv"),
    *("mod", "rmod", "pos", "neg", "lt", "le", "gt", "ge", "pow", "rpow", "call"),
)


class _Recorder(Undefined):
    """Undefined to Jinja's `is defined` and `default`; every real use is noted."""

    __slots__ = ()

    def _note(self) -> None:
        raise NotImplementedError

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: object) -> Any:  # noqa: ANN401
        return self

    def __str__(self) -> str:
        self._note()
        return ""

    def __bool__(self) -> bool:
        self._note()
        return False

    def __len__(self) -> int:
        self._note()
        return 0

    def __iter__(self) -> Any:  # noqa: ANN401
        self._note()
        return iter(())

    def __contains__(self, item: object) -> bool:
        self._note()
        return False

    def __eq__(self, other: object) -> bool:
        self._note()
        return False

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return id(type(self))

    def _itself(self, *_: object) -> Any:  # noqa: ANN401
        self._note()
        return self

    def _number(self) -> int:
        self._note()
        return 0


for _name in _OPERATORS:
    setattr(_Recorder, f"__{_name}__", _Recorder._itself)  # noqa: SLF001
for _name in _NUMBERS:
    setattr(_Recorder, _name, _Recorder._number)  # noqa: SLF001


class UnknownName(_Recorder):
    """A name that no template and no letter has: `{{ recipent.name }}`."""

    __slots__ = ()

    def __bool__(self) -> bool:
        """A macro may ask whether it is used with `call`."""
        return self._undefined_name != "caller" and super().__bool__()

    def _note(self) -> None:
        name = str(self._undefined_name)
        if "was not provided" not in (self._undefined_hint or ""):
            note_unknown_name(name)
            return
        message = f"the macro is used without a value for '{name}'"
        way_out = "give it one where the macro is used, or write what it is without one: name='…'"
        note("undefined-name", message, name, name=name, way_out=way_out)


class Unknown(_Recorder):
    """A field that no record has: a misspelling."""

    __slots__ = ("label", "names")

    def __init__(self, label: str, name: str, names: tuple[str, ...]) -> None:
        super().__init__(name=name)
        self.label, self.names = label, names

    def _note(self) -> None:
        name = str(self._undefined_name)
        message = f"{self.label} has no field '{name}'"
        note("undefined-field", message, name, name=name, way_out=near(name, self.names))


class Fieldless(_Recorder):
    """A name behind the dot of what is no mapping: `line.street`."""

    __slots__ = ("label", "methods")

    def __init__(self, label: str, name: str, methods: tuple[str, ...]) -> None:
        super().__init__(name=name)
        self.label, self.methods = label, methods

    def _note(self) -> None:
        name = str(self._undefined_name)
        meant = nearest(name, self.methods)
        if meant:
            way_out = f"did you mean '{meant}()'?"
        elif self.label == "a list":
            way_out = "print its items: {% for item in … %} … {% endfor %}, or the first with '| first'"
        else:
            way_out = f"remove '.{name}'"
        kind = f"this is {self.label}, and {self.label}" if self.label else "this"
        message = f"{kind} has no field '{name}'"
        note("undefined-field", message, name, name=name, way_out=way_out)


class NoItem(_Recorder):
    """What a list or text has not got in brackets: `recipient.address[9]`."""

    __slots__ = ()

    def _note(self) -> None:
        item = str(self._undefined_name)
        message = f"there is no item '{item}' here" if item else "nothing can be taken out of this in brackets"
        way_out = "items are numbered from 0: the first is [0], the first three are [0:3]"
        note("undefined-field", message, item, name=item, way_out=way_out)


class Missing(_Recorder):
    """An optional field that this record leaves out: false, equal to nothing; not to be printed."""

    __slots__ = ("label",)

    def __init__(self, label: str, name: str) -> None:
        super().__init__(name=name)
        self.label = label

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, Missing)

    def __hash__(self) -> int:
        return hash(None)

    def _note(self) -> None:
        note_missing(self.label, str(self._undefined_name))
