"""A loader on PyYAML's events: iterative, so that no depth of brackets can crash it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from lettergen.files import UNPRINTABLE
from lettergen.model.values import Fields, Items, Text, Value
from lettergen.problems import Place, Problem, Related, Source
from lettergen.yamlfile.mistakes import explain
from lettergen.yamlfile.scan import check_indents, check_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = 20  # a mail merge needs four levels
_SPACE = " \t\r\n\x0b\x0c\x85\u2028\u2029"
_CONSTANTS = {"true": True, "false": False, "null": None, "": None}
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(source: Source, text: str | None = None) -> tuple[Value, list[Problem]]:
    """The one document of the file, and every problem of its spelling. Never raises.

    `text` stands for the source's where only a part of it is YAML: it keeps line and column.
    """
    text = source.text if text is None else text
    problems = list(check_indents(source, text))
    loader = _Loader(source, text, problems)
    try:
        for event in yaml.parse(text, _PARSER):
            if not loader.take(event):
                break
    except yaml.YAMLError as error:
        problem = explain(source, text, error)
        if not any(known.place.line == problem.place.line for known in problems):  # one for each mistake
            problems.append(problem)
    return loader.result, problems


@dataclass
class _Open:
    """A list or mapping whose end has not come yet."""

    start: Place
    items: list[tuple[Value, Place]] = field(default_factory=list)
    pairs: dict[str, tuple[Text, Value, Place]] | None = None
    key: Text | None = None


class _Loader:
    """Takes one event after the other; `result` is the finished document."""

    def __init__(self, source: Source, text: str, problems: list[Problem]) -> None:
        self.source, self.text, self.problems = source, text, problems
        self.result: Value = None
        self.stack: list[_Open] = []
        self.documents = 0

    def take(self, event: Any) -> bool:  # noqa: ANN401 - PyYAML's events have no common typed base
        """Whether reading goes on after this event."""
        match event:
            case yaml.DocumentStartEvent():
                return self._document(event)
            case yaml.ScalarEvent() | yaml.AliasEvent():
                self._check_marks(event)
                place = self._place(event)
                self._add(self._scalar(event, place), place)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._check_marks(event)
                return self._start(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._end(event)
        return True

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        self.documents += 1
        if self.documents > 1:
            self._problem(
                "second-document",
                "a second document begins here; it would never be read",
                self._place(event),
                "remove the line '---', or put the text in quotes",
            )
        return self.documents == 1

    def _start(self, event: yaml.CollectionStartEvent) -> bool:
        place = self._place(event)
        if len(self.stack) >= DEPTH:
            self._problem("too-deep", f"lists and mappings are nested more than {DEPTH} deep", place)
            return False
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.stack.append(_Open(place, pairs={} if is_mapping else None))
        return True

    def _end(self, event: yaml.CollectionEndEvent) -> None:
        done = self.stack.pop()
        end = self._place(event)
        place = Place(self.source, done.start.line, done.start.column, end.end_line, end.end_column)
        value = Items(done.items, place) if done.pairs is None else Fields(done.pairs.values(), place)
        self._add(value, place)

    def _add(self, value: Value, place: Place) -> None:
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
            return value
        if value is None or isinstance(value, bool):
            line = self._line(place.line)
            return Text(line[place.column - 1 : place.end_column - 1], place)
        if isinstance(value, Fields) and self._line(place.line)[place.column - 1 :].startswith("{"):
            self._problem(
                "jinja-in-data",
                "a value cannot begin with '{{': data files hold no merge fields",
                place,
                "put the text in quotes, or move the merge field to the template",
            )
        else:
            self._problem("complex-key", "a list or mapping cannot be the name of a field", place)
        return Text("", place)

    def _pair(self, owner: _Open, value: Value, place: Place) -> None:
        key, owner.key = owner.key, None
        if key is None or owner.pairs is None:
            return
        if value is None and self._stands_alone(owner, key, place):
            message = f"'{key}' stands alone between commas, so it is taken for the name of an empty field"
            self._problem("yaml-syntax", message, key.place, "put a text that holds a comma in quotes")
        first = owner.pairs.setdefault(str(key), (key, value, place))
        if first[0] is not key:
            self._problem(
                "duplicate-key",
                f"'{key}' stands twice in the same mapping; only one of them could be used",
                key.place,
                "remove one of the two",
                Related(first[0].place, "the first one"),
            )
        if key == "<<":
            self._problem("merge-key", "the YAML merge key '<<' is not read", key.place, "use 'defaults'")

    def _stands_alone(self, owner: _Open, key: Text, place: Place) -> bool:
        """Whether the key is a text that a comma cut off: `{what: Cleaning, lighting}`."""
        before = self._line(owner.start.line)[: owner.start.column - 1]
        behind = self._line(place.end_line)[key.place.end_column - 1 :]
        return bool(key) and not before.endswith("{") and re.match(r"\s*[,}]", behind) is not None

    def _line(self, number: int) -> str:
        """The line; an empty one behind the last, where some events stand."""
        return self.source.lines[number - 1] if number <= len(self.source.lines) else ""

    def _scalar(self, event: yaml.ScalarEvent | yaml.AliasEvent, place: Place) -> Value:
        if isinstance(event, yaml.AliasEvent):
            return None
        is_plain = event.style is None or event.style == ""
        self.problems += check_scalar(self.source, self.text, event, place)
        if is_plain and event.value in _CONSTANTS:
            return _CONSTANTS[event.value]
        return Text(UNPRINTABLE.sub(" ", event.value).strip(_SPACE), place)

    def _check_marks(self, event: Any) -> None:  # noqa: ANN401
        place = self._place(event)
        for code, sign, message in self._marks(event):
            self._problem(
                code,
                message,
                place,
                f"put a text that begins with '{sign}' in quotes; what all records share stands in 'defaults'",
            )

    def _marks(self, event: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401
        if isinstance(event, yaml.AliasEvent):
            yield "yaml-alias", "*", f"'*{event.anchor}' refers to another value; references are not read"
        elif event.anchor is not None:
            yield "yaml-alias", "&", f"'&{event.anchor}' names a value for reference; references are not read"
        if getattr(event, "tag", None) is not None:
            yield "yaml-tag", "!", "a type that begins with '!' is not read"

    def _place(self, event: Any) -> Place:  # noqa: ANN401
        start, end = event.start_mark, event.end_mark
        if getattr(event, "style", None) in ("|", ">"):  # ends at the next key; stop at the last line
            last = end.line if end.column == 0 else end.line + 1
            return Place(self.source, start.line + 1, start.column + 1, last, len(self.source.lines[last - 1]) + 1)
        return Place(self.source, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _problem(self, code: str, message: str, place: Place, way_out: str = "", *related: Related) -> None:
        self.problems.append(Problem(code, message, place, way_out, related, anywhere=True))
