"""From one value after the other to the lists and names that hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lettergen.model.values import Fields, Items, Text, Value
from lettergen.problems import Place, Problem, Related

if TYPE_CHECKING:
    from lettergen.problems import Source

_NAMED = 3  # names that are listed
_DASHES = tuple("-–—‒―−‐‑•·")


@dataclass(eq=False, repr=False)
class Open:
    """A list or mapping whose end has not come yet, and the names that it has twice."""

    start: Place
    is_flow: bool
    items: list[tuple[Value, Place]] = field(default_factory=list)
    pairs: dict[str, tuple[Text, Value, Place]] | None = None
    key: Text | None = None
    again: dict[str, Text] = field(default_factory=dict)


class Builder:
    """Takes values in the order of the file; `result` is the finished document."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.source, self.problems = source, problems
        self.result: Value = None
        self.stack: list[Open] = []
        self.slips: set[tuple[str, int, int]] = set()  # places of names that were meant as something else

    def start(self, place: Place, *, is_mapping: bool, is_flow: bool = False) -> None:
        """A list or mapping begins, with its bracket where it `is_flow`."""
        self.stack.append(Open(place, is_flow, pairs={} if is_mapping else None))

    def end(self, end: Place) -> Place:
        """The list or mapping ends; its whole place."""
        done = self.stack.pop()
        self._check_again(done)
        place = Place(self.source, done.start.line, done.start.column, end.end_line, end.end_column)
        value = Items(done.items, place) if done.pairs is None else Fields(done.pairs.values(), place)
        self.add(value, place)
        return place

    def give_up(self) -> None:
        """The file goes on in a way that cannot be read."""
        while self.stack:
            self._check_again(self.stack.pop())
        self.result = None

    def add(self, value: Value, place: Place) -> None:
        """A finished value."""
        if not self.stack:
            self.result = value
        elif self.stack[-1].pairs is None:
            self.stack[-1].items.append((value, place))
        elif self.stack[-1].key is None:
            self.stack[-1].key = self._key(value, place)
        else:
            self._pair(self.stack[-1], value, place)

    def _key(self, value: Value, place: Place) -> Text:
        if isinstance(value, Text):
            if value[:1] in _DASHES:
                self._check_dash(value)
            return value
        line = self._line(place.line)
        if value is None or isinstance(value, bool):
            return Text(line[place.column - 1 : place.end_column - 1], place)
        if isinstance(value, Fields) and line[place.column - 2 : place.column] == "{{":
            self._merge_field(place)
        else:
            message, way_out = "this cannot be the name of a field", "write one name before the colon"
            self._problem("complex-key", message, place, way_out)
        return Text("", place)

    def _check_dash(self, key: Text) -> None:
        """A name that begins with a dash was meant to begin a record."""
        from lettergen.yamlfile.slips import slip  # only when something is wrong

        found, number = slip(self._line(key.place.line)), key.place.line
        if found and found.start + 1 == key.place.column:
            place = Place(self.source, number, found.start + 1, number, found.end + 1)
            self._problem("yaml-syntax", found.message, place, found.help)
            self.slips.add(key.place.order)

    def _merge_field(self, place: Place) -> None:
        from lettergen.yamlfile.scan import NO_MERGE_FIELD, OUT_OF_DATA  # only when something is wrong

        line = self._line(place.line)
        end = line.find("}}", place.column) + 2
        whole = Place(self.source, place.line, place.column - 1, place.line, end if end > 1 else len(line) + 1)
        self._problem("jinja-in-data", NO_MERGE_FIELD, whole, OUT_OF_DATA)

    def _pair(self, owner: Open, value: Value, place: Place) -> None:
        key, owner.key = owner.key, None
        if key is None or owner.pairs is None:
            return
        if value is None and self._stands_alone(owner, key, place):
            message = f"'{key}' is alone between commas, so it is taken for the name of an empty field"
            way_out = "if a comma belongs to the text, put the whole text in quotes"
            self._problem("yaml-syntax", message, key.place, way_out)
        first = owner.pairs.setdefault(str(key), (key, value, place))
        if first[0] is not key and key.place.order not in self.slips:
            owner.again.setdefault(str(key), key)
        if key == "<<":
            message, way_out = (
                "'<<' does not take over the fields of another record",
                "write them out, or use 'defaults'",
            )
            self._problem("merge-key", message, key.place, way_out)

    def _stands_alone(self, owner: Open, key: Text, place: Place) -> bool:
        """Whether the key is a text that a comma cut off: `{what: Cleaning, lighting}`."""
        before = self._line(owner.start.line)[: owner.start.column - 1]
        behind = self._line(place.end_line)[key.place.end_column - 1 :]
        return bool(key) and not before.endswith("{") and re.match(r"\s*[,}]", behind) is not None

    def _check_again(self, owner: Open) -> None:
        """One problem for all the names that stand twice: it is nearly always one mistake."""
        if not owner.again or owner.pairs is None:
            return
        name, key = next(iter(owner.again.items()))
        listed = ", ".join(f"'{name}'" for name in list(owner.again)[:_NAMED])
        listed += ", …" * (len(owner.again) > _NAMED)
        message = f"{listed} appears twice; only one of the two could be used"
        if len(owner.again) > 1:
            message = f"{listed} appear twice; only one of each could be used"
        way_out = "remove one of the two"
        if isinstance(owner.pairs[name][1], (Items, Fields)):
            way_out = f"put both into one '{name}', or remove one"
        if len(owner.again) > 1 and self.stack and self.stack[-1].pairs is None:
            way_out = "is the '- ' missing that begins the next record?"
        self._problem(
            "duplicate-key", message, key.place, way_out, Related(owner.pairs[name][0].place, "the first one")
        )

    def _line(self, number: int) -> str:
        """The line; an empty one behind the last, where some events stand."""
        return self.source.lines[number - 1] if number <= len(self.source.lines) else ""

    def _problem(self, code: str, message: str, place: Place, way_out: str, *related: Related) -> None:
        self.problems.append(Problem(code, message, place, way_out, related, anywhere=True))
