"""How a problem reads for machines: one JSON object a line, or GitHub's workflow commands."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lettergen.problems.types import Place, Problem


def to_json(problem: Problem) -> str:
    """One line; `line` and its fellows are null where the file as a whole is meant."""
    related = [{"message": related.label, **_position(related.place)} for related in problem.related]
    more = f" (and {problem.more} more)" if problem.more else ""
    return json.dumps(
        {
            "code": problem.code,
            "severity": problem.severity,
            "message": problem.message + more,
            **_position(problem.place),
            "related": related,
            "help": problem.help or None,
        },
        ensure_ascii=False,
    )


def to_github(problem: Problem) -> str:
    """A workflow command that puts the message beside the line in a pull request."""
    place = problem.place
    properties = {"file": _in_repository(place.file), "title": problem.code}
    (line, column), (end_line, end_column) = place.spots
    if line:
        properties |= {"line": str(line), "endLine": str(end_line)}
    if line and line == end_line:
        properties |= {"col": str(column), "endColumn": str(end_column)}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    places = ((related.label, str(related.place), related.place.file) for related in problem.related)
    related = (f"{label}: {_in_repository(file)}{spot.removeprefix(file)}" for label, spot, file in places)
    words = [words for words in (problem.message, *related, problem.others, problem.help) if words]
    return f"::{problem.severity} {listed}::{_data('. '.join(words))}"


def _in_repository(file: str) -> str:
    """The file as seen from its repository's root, where GitHub begins; as it is if there is none, or it is no file."""
    path = Path(os.path.abspath(file))  # noqa: PTH100 - a link is the file that people know
    root = None if "://" in file else _root(path.parent)
    return path.relative_to(root).as_posix() if root else file


@cache
def _root(folder: Path) -> Path | None:
    above = (folder, *folder.parents)
    workspace = [one for one in above if str(one) == os.environ.get("GITHUB_WORKSPACE")]  # if only files were copied
    return next((one for one in above if (one / ".git").exists()), *workspace or (None,))


def _position(place: Place) -> dict[str, Any]:
    (line, column), (end_line, end_column) = place.spots
    return {
        "file": place.file,
        "line": line or None,
        "column": column or None,
        "end_line": end_line or None,
        "end_column": end_column or None,
    }


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
