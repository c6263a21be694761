"""What a template gets for a name that has no value: it notes its use, and rendering goes on."""

from __future__ import annotations

from typing import Any

from jinja2.runtime import Undefined

from lettergen.merge.noting import note_missing, note_undefined, note_unknown_name

_NUMBERS = ("__float__", "__int__", "__complex__")
_OPERATORS = [
    "add",
    "radd",
    "sub",
    "rsub",
    "mul",
    "rmul",
    "div",
    "rdiv",
    "truediv",
    "rtruediv",
    "floordiv",
    "rfloordiv",
    "mod",
    "rmod",
    "pos",
    "neg",
    "lt",
    "le",
    "gt",
    "ge",
    "pow",
    "rpow",
    "call",
]


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

    def _note(self) -> None:
        note_unknown_name(str(self._undefined_name))


class Unknown(_Recorder):
    """A field that no record has: a misspelling."""

    __slots__ = ("label", "names")

    def __init__(self, label: str, name: str, names: tuple[str, ...]) -> None:
        super().__init__(name=name)
        self.label, self.names = label, names

    def _note(self) -> None:
        note_undefined(self.label, str(self._undefined_name), self.names)


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
