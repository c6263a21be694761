"""The project's own files inside what is written: images as data addresses, and all that a stylesheet names."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from lettergen.problems import Place, Problem, near_file
from lettergen.render.pictures import is_whole, unfit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lettergen.files import Folder
    from lettergen.problems import Source

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
# What a PDF for the archive and for screen readers cannot hold: words of a stylesheet, and the way out.
_UNFIT = {"opacity": "choose a lighter colour instead", "device-cmyk": "write the colour as #rrggbb"}
_IMAGES = ("png", "jpg", "jpeg", "svg")
_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)""", re.IGNORECASE)
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def read_image(folder: Folder, name: str, place: Place) -> tuple[str, Problem | None]:
    """The image as a data address; empty with a problem at `place` where it cannot be used."""
    if _REMOTE.match(name):
        return "", _elsewhere(name, place)
    return _data_address(folder, name, place, _IMAGES)


def embedded(folder: Folder, source: Source, problems: list[Problem]) -> str:
    """The stylesheet with each file it asks for as a data address, and all else as it was typed."""
    import tinycss2  # 20 ms: not for an image

    pieces, position = [], 0
    for node in _walk(tinycss2.parse_stylesheet(source.text)):
        place = _place(source, node)
        if node.type == "error":
            message, way_out = f"this is not read: {node.message}", "see whether a bracket or a quote is not closed"
            problems.append(Problem("stylesheet", message, place, way_out))
        elif node.type == "at-rule" and node.lower_at_keyword == "import":
            message = "a letter's stylesheet is one file: '@import' is not read"
            problems.append(Problem("bad-asset", message, place, "copy what that file says into this one"))
        elif node.type in ("ident", "function") and _word(node) in _UNFIT:
            message = f"'{_word(node)}' has no place in a PDF for the archive"
            problems.append(Problem("stylesheet", message, place, _UNFIT[_word(node)]))
        elif found := _URL.match(source.text, place.start):
            name = next(name for name in found.groups() if name is not None)
            address, problem = _address(folder, source, name, place)
            problems += [problem] if problem else []
            pieces += [source.text[position : found.start()], f'url("{address}")']
            position = found.end()
        else:
            problems.append(Problem("bad-asset", "this address is not read", place, 'write it plainly: url("name")'))
    return "".join([*pieces, source.text[position:]])


def _walk(nodes: list[Any]) -> Iterator[Any]:
    """What is to be looked at, in the order of the file; without recursion, however deep its brackets."""
    waiting = nodes[::-1]
    while waiting:
        node = waiting.pop()
        is_import = getattr(node, "lower_at_keyword", "") == "import"
        is_address = node.type == "url" or (node.type == "function" and node.lower_name == "url")
        if node.type == "error" or is_import or is_address or _word(node) in _UNFIT:
            yield node
        else:
            inner = (getattr(node, part, None) or () for part in ("prelude", "content", "arguments"))
            waiting += [one for nodes_of_part in inner for one in nodes_of_part][::-1]


def _word(node: Any) -> str:  # noqa: ANN401
    """The name that an identifier or a function is; empty for anything else."""
    return str(getattr(node, "lower_value", None) or getattr(node, "lower_name", ""))


def _address(folder: Folder, source: Source, name: str, place: Place) -> tuple[str, Problem | None]:
    if name.startswith(("data:", "#")):
        return name.replace('"', "%22"), None
    if _REMOTE.match(name):
        return "", _elsewhere(name, place)
    base = source.name.rpartition("/")[0]
    return _data_address(folder, f"{base}/{name}" if base else name, place, tuple(MEDIA))


def _elsewhere(name: str, place: Place) -> Problem:
    message = f"'{name}' is not in this folder; nothing is fetched from elsewhere"
    return Problem("missing-asset", message, place, "put a copy of it into the folder")


def _place(source: Source, node: Any) -> Place:  # noqa: ANN401 - tinycss2's nodes have no typed base
    line = min(node.source_line, len(source.lines))
    end = len(source.lines[line - 1]) + 1
    column = min(node.source_column, end)
    return Place(source, line, column, line, end)


def _data_address(folder: Folder, name: str, place: Place, allowed: tuple[str, ...]) -> tuple[str, Problem | None]:
    ending = name.rpartition(".")[2].lower()
    if ending not in allowed:
        message = f"'{name}' is not a kind of file that a letter can hold"
        return "", Problem("bad-asset", message, place, f"save it as one of these kinds: .{', .'.join(allowed)}")
    content = folder.read_bytes(name, place)
    if isinstance(content, Problem):
        if content.code != "missing-file":
            return "", content
        otherwise = "put the file into the project folder, and write its path from there"
        way_out = near_file(name, _beside(folder, name), otherwise)
        return "", Problem("missing-asset", content.message, place, way_out)
    if not is_whole(ending, content):
        message = f"'{name}' is not a file of the kind that its name says"
        return "", Problem("bad-asset", message, place, f"save it again as a .{ending} file")
    if fault := unfit(ending, content):
        message = f"'{name}' {fault}, which has no place in a PDF for the archive"
        return "", Problem("bad-asset", message, place, "save it again with the colours of a screen (RGB)")
    encoded = base64.b64encode(content).decode("ascii")
    return f"data:{MEDIA[ending]};base64,{encoded}", None


def _beside(folder: Folder, name: str) -> list[str]:
    """The files of its kind beside the one that is sought."""
    base, _, own = name.rpartition("/")
    ending = own.rpartition(".")[2].lower()
    files = (other for other in folder.names(base or ".") if other.lower().endswith(f".{ending}"))
    return [f"{base}/{other}" if base else other for other in files]
