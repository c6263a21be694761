"""The project's own files inside what is written: images as data addresses, and all that a stylesheet names."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from lettergen.problems import Place, Problem, near_file, short
from lettergen.render.pictures import is_whole, pixels, unfit

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
_PIXELS = 50_000_000  # 35 fill an A4 page at 600 dots an inch
_DEEPEST = 100  # brackets within brackets
_IMAGES = ("png", "jpg", "jpeg", "svg")
_INSIDE = re.compile(r"#|data:(?:image|font|application)/")
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def read_image(folder: Folder, name: str, place: Place) -> tuple[str, Problem | None]:
    """The image as a data address; empty with a problem at `place` where it cannot be used."""
    if _REMOTE.match(name):
        return "", _elsewhere(name, place)
    return _data_address(folder, name, place, _IMAGES)


def embedded(folder: Folder, source: Source, problems: list[Problem]) -> tuple[str, dict[str, str]]:
    """The stylesheet with each file that it names as a data address, and these addresses by name.

    Addresses are found by the tokenizer and the text is written from tokens, so that no browser finds another one.
    """
    import tinycss2  # 20 ms: not for an image

    tokens, addresses = tinycss2.parse_component_value_list(source.text), dict[str, str]()
    unfinished = (rule for rule in tinycss2.parse_stylesheet(tokens) if getattr(rule, "kind", "") == "invalid")
    for node in _walk([*tokens, *unfinished]):
        place = _place(source, node)
        if node.type == "error":
            message, way_out = f"this is not read: {node.message}", "see whether a bracket or a quote is not closed"
            problems.append(Problem("stylesheet", message, place, way_out))
        elif node.type == "at-keyword":
            message = "a letter's stylesheet is one file: '@import' is not read"
            problems.append(Problem("bad-asset", message, place, "copy what that file says into this one"))
        elif _word(node) in _UNFIT:
            message = f"'{_word(node)}' has no place in a PDF for the archive"
            problems.append(Problem("stylesheet", message, place, _UNFIT[_word(node)]))
        elif (token := _address_token(node)) and token.value.isprintable():
            address, problem = _address(folder, source, token.value, place)
            problems += [problem] if problem else []
            addresses[token.value] = address
            quoted = f'"{tinycss2.serializer.serialize_string_value(address)}"'
            token.representation = f"url({quoted})" if token.type == "url" else quoted
        else:
            problems.append(Problem("bad-asset", "this address is not read", place, 'write it plainly: url("name")'))
    return tinycss2.serialize(tokens), addresses


def _walk(nodes: list[Any]) -> Iterator[Any]:
    """The nodes that the file's author may have to change, in their order; without recursion, for brackets go deep."""
    from tinycss2.ast import ParseError

    waiting = [(node, 0) for node in reversed(nodes)]
    while waiting:
        node, depth = waiting.pop()
        inner = getattr(node, "content", None) or getattr(node, "arguments", None) or []
        is_import = node.type == "at-keyword" and _word(node) == "import"
        if depth > _DEEPEST and inner:
            inner.clear()  # tinycss2 writes what is within by recursion
            yield ParseError(node.source_line, node.source_column, "invalid", "too many brackets within each other")
        elif node.type == "error" or is_import or _is_address(node) or _word(node) in _UNFIT:
            yield node
        else:
            waiting += [(one, depth + 1) for one in reversed(inner)]


def _is_address(node: Any) -> bool:  # noqa: ANN401 - tinycss2's nodes have no typed base
    """Whether it is an address, or a function that takes any text for one."""
    name = getattr(node, "lower_name", "") if node.type == "function" else ""
    return node.type == "url" or name in ("url", "src", "image") or name.endswith("image-set")


def _address_token(node: Any) -> Any:  # noqa: ANN401
    """The token that holds an address which is written plainly; None for any other."""
    if node.type == "url":
        return node
    arguments = [one for one in node.arguments if one.type not in ("whitespace", "comment")]
    is_plain = node.lower_name == "url" and [one.type for one in arguments] == ["string"]
    return arguments[0] if is_plain else None


def _word(node: Any) -> str:  # noqa: ANN401
    """The name that an identifier or a function is; empty for anything else."""
    return str(getattr(node, "lower_value", None) or getattr(node, "lower_name", ""))


def _address(folder: Folder, source: Source, name: str, place: Place) -> tuple[str, Problem | None]:
    if _INSIDE.match(name):
        if wrong := _too_large(name.encode()):
            return "", Problem("bad-asset", f"'{short(name)}' {wrong[0]}", place, wrong[1])
        return name.replace('"', "%22"), None
    if _REMOTE.match(name):
        return "", _elsewhere(name, place)
    base = source.name.rpartition("/")[0]
    return _data_address(folder, f"{base}/{name}" if base else name, place, tuple(MEDIA))


def _elsewhere(name: str, place: Place) -> Problem:
    message = f"'{short(name)}' is not in this folder; nothing is fetched from elsewhere"
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
    if wrong := _wrong(ending, content):
        return "", Problem("bad-asset", f"'{name}' {wrong[0]}", place, wrong[1])
    encoded = base64.b64encode(content).decode("ascii")
    return f"data:{MEDIA[ending]};base64,{encoded}", None


def _wrong(ending: str, content: bytes) -> tuple[str, str] | None:
    """Why a letter cannot hold the file, and the way out; None if it can."""
    if not is_whole(ending, content):
        return "is not a file of the kind that its name says", f"save it again as a .{ending} file"
    if fault := unfit(ending, content):
        message = f"{fault}, which has no place in a PDF for the archive"
        return message, "save it again with the colours of a screen (RGB)"
    return _too_large(content)


def _too_large(content: bytes) -> tuple[str, str] | None:
    if (size := pixels(content)) <= _PIXELS:
        return None
    message = f"has {size // 1_000_000} million pixels; in a letter an image has at most {_PIXELS // 1_000_000}"
    return message, "save it smaller: 1000 by 1000 pixels are enough for a logo"


def _beside(folder: Folder, name: str) -> list[str]:
    """The files of its kind beside the one that is sought."""
    base, _, own = name.rpartition("/")
    ending = own.rpartition(".")[2].lower()
    files = (other for other in folder.names(base or ".") if other.lower().endswith(f".{ending}"))
    return [f"{base}/{other}" if base else other for other in files]
