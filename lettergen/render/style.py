"""The stylesheets: the built-in theme, then the project's own with its files put inside."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen.problems import Place, Problem, Source

if TYPE_CHECKING:
    from lettergen.files import Folder

MEDIA = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
    "woff": "font/woff",
    "ttf": "font/ttf",
    "otf": "font/otf",
}
_IMAGES = ("png", "jpg", "jpeg", "svg")
_SIGNATURES = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


@dataclass(frozen=True)
class Style:
    """The whole stylesheet of the screen's page and of the paper."""

    screen: str
    paper: str


def read_style(folder: Folder, name: str) -> tuple[Style, list[Problem]]:
    """The theme with the project's stylesheet, if there is one; what it asks for must lie in the folder."""
    own = ""
    problems: list[Problem] = []
    if folder.has(name):
        source, problems = folder.read_text(name)
        if source is not None:
            own = _embed(folder, source, problems)
    theme = {part: _theme(part) for part in ("letter", "screen", "paper")}
    style = Style(
        screen="\n".join([theme["letter"], theme["screen"], own]),
        paper="\n".join([theme["letter"], theme["paper"], own]),
    )
    return style, problems


def read_image(folder: Folder, name: str, place: Place) -> tuple[str, Problem | None]:
    """The image as a data address; empty with a problem at `place` where it cannot be used."""
    return _data_address(folder, name, place, _IMAGES)


def _theme(part: str) -> str:
    return Path(__file__).with_name("theme").joinpath(f"{part}.css").read_text(encoding="utf-8")


def _embed(folder: Folder, source: Source, problems: list[Problem]) -> str:
    """The stylesheet with each file it asks for as a data address."""
    if "url(" not in source.text.lower() and "@import" not in source.text.lower():
        return source.text
    import tinycss2  # 20 ms: only for a stylesheet that asks for files

    rules = tinycss2.parse_stylesheet(source.text)
    _Embedder(folder, source, problems).visit(rules)
    return str(tinycss2.serialize(rules))


class _Embedder:
    """Changes the addresses in a parsed stylesheet."""

    def __init__(self, folder: Folder, source: Source, problems: list[Problem]) -> None:
        self.folder, self.source, self.problems = folder, source, problems
        self.base = source.name.rpartition("/")[0]

    def visit(self, nodes: list[object] | None) -> None:
        """Every `url()` below the nodes."""
        for node in nodes or ():
            kind = getattr(node, "type", "")
            if kind == "at-rule" and getattr(node, "lower_at_keyword", "") == "import":
                message = "a letter's stylesheet is one file: '@import' is not read"
                self.problems.append(Problem("bad-asset", message, self._place(node), "copy the rules here"))
            elif kind == "url":
                self._replace(node)
            elif kind == "function" and getattr(node, "lower_name", "") == "url":
                self._replace_function(node)
            else:
                for part in ("prelude", "content", "arguments"):
                    self.visit(getattr(node, part, None))

    def _replace_function(self, node: object) -> None:
        """`url("name")`: its text is the first argument."""
        for argument in getattr(node, "arguments", ()):
            if argument.type == "string":
                argument.representation = f'"{self._address(argument)}"'

    def _replace(self, node: object) -> None:
        node.representation = f'url("{self._address(node)}")'  # type: ignore[attr-defined]

    def _address(self, node: object) -> str:
        name = str(getattr(node, "value", ""))
        if name.startswith(("data:", "#")):
            return name.replace('"', "%22")
        path = f"{self.base}/{name}" if self.base else name
        address, problem = _data_address(self.folder, path, self._place(node), tuple(MEDIA))
        if problem:
            self.problems.append(problem)
        return address

    def _place(self, node: object) -> Place:
        line, column = node.source_line, node.source_column  # type: ignore[attr-defined]
        end = len(self.source.lines[line - 1]) + 1
        return Place(self.source, line, column, line, max(end, column + 1))


def _data_address(folder: Folder, name: str, place: Place, allowed: tuple[str, ...]) -> tuple[str, Problem | None]:
    ending = name.rpartition(".")[2].lower()
    if _REMOTE.match(name.rpartition("/templates/")[2]) or "://" in name:
        message = f"'{name}' lies outside this folder; nothing is fetched"
        return "", Problem("missing-asset", message, place, "put a copy of it into the folder")
    if ending not in allowed:
        message = f"'{name}' is no file that a letter can hold"
        return "", Problem("bad-asset", message, place, f"use one that ends with .{', .'.join(allowed)}")
    content = folder.read_bytes(name, place)
    if isinstance(content, Problem):
        code = "missing-asset" if content.code == "missing-file" else content.code
        return "", Problem(code, content.message, place, "check its name; it is sought from the project folder")
    if not content.startswith(_SIGNATURES.get(ending, b"")):
        return "", Problem("bad-asset", f"'{name}' is not what its name says", place, "save it again as an image")
    encoded = base64.b64encode(content).decode("ascii")
    return f"data:{MEDIA[ending]};base64,{encoded}", None
