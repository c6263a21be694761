"""The stylesheets: the built-in theme, then the project's own with its files put inside."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import EDITIONS, PLAIN
from lettergen.problems import Place, Problem, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lettergen.files import Folder
    from lettergen.model import Layout


class Style(NamedTuple):
    """The whole stylesheet of the screen's page; the theme of the paper with the preset; what comes after it.

    `own` holds the text of `sources` one after the other, with the files that they name put inside; `images` are
    the data addresses of these files by name.
    """

    screen: str
    paper: str
    own: str
    sources: tuple[Source, ...]
    layout: Layout
    images: Mapping[str, str]

    def place(self, line: int, column: int) -> Place | None:
        """The place in the project's own files; None if what stands there is built in."""
        for source in self.sources:
            if line <= len(source.lines):
                end = len(source.lines[line - 1]) + 1
                return Place(source, line, min(column, end), line, end) if source.name else None
            line -= len(source.lines)
        return None


def read_style(folder: Folder, name: str, layout: Layout) -> tuple[Style, list[Problem]]:
    """The theme with the preset and the edition, and the project's stylesheets; their files must lie in the folder."""
    problems: list[Problem] = []
    edition = layout.edition.name
    sheet = _read(folder, name, problems)
    own = [sheet, _built_in(edition), _read(folder, f"templates/editions/{edition}.css", problems)]
    theme = {part: _theme(part) for part in ("letter", "screen", "paper")}
    style = Style(
        screen="\n".join([theme["letter"], theme["screen"], sheet.text]),
        paper="\n".join([theme["letter"], theme["paper"], _placing(layout.preset)]),
        own="\n".join(each.text for each in own),
        sources=tuple(each.source for each in own),
        layout=layout,
        images={name: address for each in own for name, address in each.images.items()},
    )
    return style, problems


def _placing(preset: str) -> str:
    """What puts the parts where the preset wants them."""
    if preset == PLAIN:
        return ""
    from lettergen.render.preset_css import preset_css  # only for letters in envelopes
    from lettergen.render.presets import GEOMETRY

    return preset_css(GEOMETRY[preset])


class _Sheet(NamedTuple):
    source: Source = Source("")
    text: str = ""
    images: Mapping[str, str] = MappingProxyType({})


def _read(folder: Folder, name: str, problems: list[Problem]) -> _Sheet:
    """The project's stylesheet, or an empty one if there is none."""
    if not folder.has(name):
        return _Sheet()
    from lettergen.render.embedding import embedded  # tinycss2: 20 ms

    source, more = folder.read_text(name)
    problems += more
    return _Sheet(source, *embedded(folder, source, problems)) if source else _Sheet()


def _built_in(edition: str) -> _Sheet:
    file = Path(__file__).with_name("theme") / "editions" / f"{edition}.css"
    text = file.read_text(encoding="utf-8") if edition in EDITIONS and file.exists() else ""
    return _Sheet(Source("", text), text)


def _theme(part: str) -> str:
    return Path(__file__).with_name("theme").joinpath(f"{part}.css").read_text(encoding="utf-8")
