"""A loader on PyYAML's events: iterative, so that no depth of brackets can crash it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from lettergen.files import UNPRINTABLE
from lettergen.model.values import Text, Value, trimmed
from lettergen.problems import Place, Problem, Source
from lettergen.yamlfile.building import Builder
from lettergen.yamlfile.scan import DEPTH, JOINED, check_indents, check_scalar, special_sign, swallowed, too_deep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CONSTANTS = {"true": True, "false": False, "null": None, "": None}
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(source: Source, text: str | None = None, known: Iterable[Problem] = ()) -> tuple[Value, list[Problem]]:
    """The one document of the file, and every problem of its spelling; None if it cannot be read. Never raises.

    `text` stands for the source's where only a part of it is YAML: it keeps line and column. What the `known`
    problems of the file have led to is not said again.
    """
    text = UNPRINTABLE.sub(" ", source.text if text is None else text)
    problems = list(check_indents(source, text))
    said = {problem.place.line + more for problem in problems for more in (0, 1)}
    loader = _Loader(source, text, problems)
    try:
        for event in yaml.parse(text, _PARSER):
            if not loader.take(event):
                break
    except yaml.YAMLError as error:
        problems[:] = [problem for problem in problems if problem.message != JOINED]  # the parser says it better
        from lettergen.yamlfile.mistakes import explain  # only when something is wrong

        problem = explain(source, text, error, loader.last, loader.builder.stack)
        loader.builder.give_up()
        said |= {other.place.line for other in (*known, *problems) if other.is_error}
        if problem.place.line not in said:  # one for each mistake
            problems.append(problem)
    return loader.builder.result, problems


def load_piece(source: Source, text: str, first: int) -> tuple[Value, list[Problem]] | None:
    """The value of some lines of the file, before which there are `first` others, and what is wrong with its spelling.

    None where something stands there that only those who see the whole file can tell the meaning of.
    """
    problems = list(check_indents(source, text, first))
    loader = _Loader(source, text, problems, first)
    try:
        is_usual = all(map(loader.take, yaml.parse(text, _PARSER)))
    except yaml.YAMLError:
        return None
    is_usual = is_usual and not any(problem.code in ("yaml-alias", "yaml-tag") for problem in problems)
    return (loader.builder.result, problems) if is_usual else None


class _Loader:
    """Takes one event after the other, and hands the values to its builder; `first` lines come before the text."""

    def __init__(self, source: Source, text: str, problems: list[Problem], first: int = 0) -> None:
        self.source, self.text, self.problems, self.first = source, text, problems, first
        self.lines = text.split("\n")
        self.builder = Builder(source, problems)
        self.documents = 0
        self.last: Place | None = None  # of the last value that was read

    def take(self, event: Any) -> bool:  # noqa: ANN401 - PyYAML's events have no common typed base
        """Whether reading goes on after this event."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                self._check_marks(event)
            self.last = self._place(event)
            self.builder.add(self._scalar(event, self.last), self.last)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.last = self.builder.end(self._place(event))
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._check_marks(event)
            return self._start(event)
        elif kind is yaml.AliasEvent:
            self._check_marks(event)
            self.last = self._place(event)
            self.builder.add(Text(f"*{event.anchor}", self.last), self.last)  # a harmless text: the letter is not made
        elif kind is yaml.DocumentStartEvent:
            return self._document(event)
        return True

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        self.documents += 1
        if self.documents > 1:
            self._problem(
                "second-document",
                "this line '---' ends the file; what follows would never be read",
                self._place(event),
                "remove the line '---', or put the text in quotes",
            )
        return self.documents == 1

    def _start(self, event: yaml.CollectionStartEvent) -> bool:
        place = self._place(event)
        if len(self.builder.stack) >= DEPTH:
            self.problems.append(too_deep(place))
            self.builder.give_up()
            return False
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.builder.start(place, is_mapping=is_mapping, is_flow=bool(event.flow_style))
        return True

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Value:
        value, style = event.value, event.style
        if style or place.line < place.end_line or not value or value == "~" or self._goes_on(place):
            self.problems += check_scalar(self.source, self.text, event, place)
            comment = swallowed(self.text, event) if not style and not value else None
            if comment:
                return Text(comment[1], place)
        text = trimmed(UNPRINTABLE.sub(" ", value) if style == '"' else value)
        return _CONSTANTS.get(text) if not style and text in _CONSTANTS else Text(text, place)

    def _goes_on(self, place: Place) -> bool:
        """Whether a blank and something else follow in the line: a comment, perhaps."""
        return self.lines[place.end_line - self.first - 1][place.end_column - 1 : place.end_column] in (" ", "\t")

    def _check_marks(self, event: Any) -> None:  # noqa: ANN401
        for code, sign in _marks(event):
            self.problems.append(special_sign(self.source, self.text, event.start_mark, code, sign))

    def _place(self, event: Any) -> Place:  # noqa: ANN401
        start, end = event.start_mark, event.end_mark
        line, column = start.line, end.column
        if type(event) is yaml.ScalarEvent and event.style in ("|", ">"):  # ends at the next key; stop at the last line
            last = end.line if column == 0 else end.line + 1
            begin = (line + self.first + 1, start.column + 1)
            return Place(self.source, *begin, *self._spot(last - 1, len(self.text)))
        if line == end.line and line < len(self.lines) and column <= len(self.lines[line]):
            number = line + self.first + 1
            return Place(self.source, number, start.column + 1, number, column + 1)
        return Place(self.source, *self._spot(line, start.column), *self._spot(end.line, column))

    def _spot(self, line: int, column: int) -> tuple[int, int]:
        """Line and column from 1; the text's end for what the parser puts behind it."""
        if line >= len(self.lines):
            line, column = len(self.lines) - 1, len(self.lines[-1])
        return line + self.first + 1, min(column, len(self.lines[line])) + 1

    def _problem(self, code: str, message: str, place: Place, way_out: str) -> None:
        self.problems.append(Problem(code, message, place, way_out, anywhere=True))


def _marks(event: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """The signs before a value that would have a meaning of their own, and what a problem of each is called."""
    if isinstance(event, yaml.AliasEvent):
        yield "yaml-alias", "*"
    elif event.anchor is not None:
        yield "yaml-alias", "&"
    if getattr(event, "tag", None) is not None:
        yield "yaml-tag", "!"
