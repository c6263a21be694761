"""What lies where a file is missing: another one that was meant to have its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lettergen.files import Folder

_UNREAD = {"csv", "xlsx", "xls", "ods", "numbers", "doc", "docx", "odt", "rtf", "json"}


def misnamed(folder: Folder, place: str, name: str) -> str:
    """A way out if a file was meant to have the name: `recipients.yml`, `Letter.md.j2.txt`."""
    kin = {"yaml", "yml"} if name.endswith(".yaml") else {"md", "j2", "jinja", "jinja2"}
    for other, endings in _namesakes(folder, place, name):
        if endings & kin and endings <= {*kin, "txt"}:
            return f"there is '{other}': rename it to '{name}'"
    return ""


def of_other_kind(folder: Folder, place: str, name: str) -> str:
    """A way out if there is only a table of a spreadsheet, or a document of a word processor."""
    other = namesake(folder, place, name, _UNREAD)
    return (
        f"there is '{other}', but such files are not read: write '{name}' as plain text, in an editor" if other else ""
    )


def namesake(folder: Folder, place: str, name: str, endings: Collection[str]) -> str:
    """A file of the same name but for capitals that has one of the endings; empty if there is none."""
    return next((other for other, its in _namesakes(folder, place, name) if its & {*endings}), "")


def _namesakes(folder: Folder, place: str, name: str) -> Iterator[tuple[str, set[str]]]:
    """Files of the same name but for capitals and endings, and their endings."""
    stem = name.split(".", maxsplit=1)[0].casefold()
    for other in folder.names(place):
        begin, *endings = other.casefold().split(".")
        if begin == stem:
            yield other, set(endings)
