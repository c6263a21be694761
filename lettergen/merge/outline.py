"""Where the names and expressions of a template stand: the columns that Jinja does not keep."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes

from lettergen.merge.mistakes.tags import lexemes
from lettergen.problems import Place, Related, Source, near, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import FrameType

    from jinja2 import Environment, Template

REACH = 40  # lines that one tag may span
_EQUAL = {"==", "!="}


class Outline(NamedTuple):
    """Offsets into a template's text: of every name, of every `{{ expression }}` and `{% tag %}` in order;
    and the names that are compared with something.
    """

    names: dict[str, list[tuple[int, int]]]
    prints: list[tuple[int, int]]
    tags: list[tuple[int, int]]
    compared: frozenset[str]

    def name(self, source: Source, name: str, line: int) -> Place | None:
        """The first use of the name from the line on."""
        uses = self.names.get(name, [])
        first = bisect_left(uses, (source.offset(line), 0)) if line <= len(source.lines) else len(uses)
        place = source.place(*uses[first]) if first < len(uses) else None
        return place if place and place.line <= line + REACH else None

    def only(self, source: Source, line: int) -> Place | None:
        """The expression that the line prints, if it is but one."""
        places = [place for start, end in self.prints if (place := source.place(start, end)).line == line]
        return places[0] if len(places) == 1 else None

    def around(self, offset: int) -> tuple[int, int]:
        """The offsets of the expression or tag that holds this one."""
        spans = (span for span in (*self.prints, *self.tags) if span[0] <= offset <= span[1])
        return next(spans, (offset, offset))

    def holding(self, source: Source, line: int, sign: str) -> Place | None:
        """The first expression or tag of the line that holds what the pattern matches."""
        for start, end in sorted((*self.prints, *self.tags)):
            place = source.place(start, end)
            if place.line <= line <= place.end_line and re.search(sign, source.text[start:end]):
                return place
        return None


@lru_cache(maxsize=64)
def outline(environment: Environment, text: str) -> Outline:
    """The outline of a template's text."""
    found = Outline({}, [], [], frozenset())
    compared, opened, before = set(), 0, ""
    for start, kind, value in lexemes(environment, text):
        end = start + len(value)
        if kind in ("name", "string"):
            found.names.setdefault(value.strip("'\""), []).append((start, end))
        elif kind in ("variable_begin", "block_begin"):
            opened = end
        elif kind in ("variable_end", "block_end"):
            (found.prints if kind == "variable_end" else found.tags).append(_stripped(text, opened, start))
        if kind != "whitespace":
            compared |= {value if kind == "name" else before} if _EQUAL & {value, before} else set()
            before = value
    return found._replace(compared=frozenset(compared))


@lru_cache(maxsize=64)
def _own_names(environment: Environment, text: str) -> frozenset[str]:
    return frozenset(assigned(environment.parse(text)))


def assigned(tree: nodes.Template) -> Iterator[str]:
    """The names that the template gives a value to."""
    yield from (name.name for name in tree.find_all(nodes.Name) if name.ctx != "load")
    yield from (macro.name for macro in tree.find_all(nodes.Macro))
    yield from (module.target for module in tree.find_all(nodes.Import))
    for module in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in module.names)


def meant_by(name: str, names: Iterable[str]) -> str:
    """A way out for a name that means nothing in the template under way, where these `names` do."""
    templates = calling_templates()
    if not templates:
        return near(name, names)
    environment, template = templates[0][0].environment, templates[0][0].name
    _, text = environment.sources[template]  # type: ignore[attr-defined]
    own = _own_names(environment, text)
    if name == "loop":
        if len(templates) > 1:
            return "in a file that a loop includes, print a name that is set before: {% set n = loop.index %}"
        return "'loop' is known between {% for … %} and {% endfor %} only"
    if name in own:
        return f"'{name}' is set in a loop, a macro or another part, and known there only: set it before the parts"
    if name in outline(environment, text).compared and not nearest(name, {*names, *own}):
        return f"put quotes round it if it is text: '{name}'"
    return near(name, {*names, *own})


def line_of(source: Source, line: int) -> Place:
    """The line without its indentation."""
    line = max(1, min(line, len(source.lines)))
    text = source.lines[line - 1]
    start = len(text) - len(text.lstrip()) + 1
    return Place(source, line, start, line, max(start, len(text.rstrip())) + 1)


def calling_templates() -> list[tuple[Template, int]]:
    """The templates that are being rendered right now and their lines, innermost first."""
    frames = []
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the documented way to the stack
    while frame is not None:
        frames.append((frame, frame.f_lineno))
        frame = frame.f_back
    return _templates(frames)


def failed_templates(error: BaseException) -> list[tuple[Template, int]]:
    """The templates that an exception came through and their lines, innermost first."""
    return _templates(_frames(error)[::-1])


def circle(error: RecursionError) -> list[tuple[Template, int]]:
    """The same up to where it begins anew, once for each; nothing if it does not."""
    found: list[tuple[Template, int]] = []
    for frame in _frames(error):
        pair = _templates([frame])
        if pair and pair[0] in found:
            return found[::-1]
        found += pair
    return []


def chain(places: list[Place], label: str = "used from here") -> tuple[Related, ...]:
    """What led to the first place: the callers of a macro, the includers of a template."""
    return tuple(Related(place, label) for place in places[1:])


def _frames(error: BaseException) -> list[tuple[FrameType, int]]:
    """Outermost first."""
    frames, traceback = [], error.__traceback__
    while traceback is not None:
        frames.append((traceback.tb_frame, traceback.tb_lineno))
        traceback = traceback.tb_next
    return frames


def _templates(frames: list[tuple[FrameType, int]]) -> list[tuple[Template, int]]:
    found: list[tuple[Template, int]] = []
    for frame, line in frames:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            pair = (template, template.get_corresponding_lineno(line))
            if not found or found[-1] != pair:
                found.append(pair)
    return found


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    first = start + len(inner) - len(inner.lstrip())
    return first, max(first, start + len(inner.rstrip()))
