"""The letters of the last build, as its files have them."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.changes.blocks import of_letter, of_markdown
from lettergen.pipeline.changes.difference import Earlier
from lettergen.pipeline.lines import read_manifest
from lettergen.pipeline.manifest import JOB, PAGE
from lettergen.pipeline.rendering import path_from, text_of
from lettergen.problems import Problem, Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lettergen.model import Letter
    from lettergen.pipeline.changes.blocks import Blocks
    from lettergen.pipeline.compose import Composition

FORMATS = ("md", "html")  # whose words can be read, the better one first


class LastBuild(NamedTuple):
    """The path and format of each letter's file, and the letters of which there are only PDFs."""

    output: Path
    files: Mapping[str, tuple[str, str]]
    unread: frozenset[str]

    def text(self, identity: str) -> tuple[str, str]:
        """The format of a letter's file, and what it says."""
        path, form = self.files[identity]
        return form, (_content(self.output / path) or b"").decode("utf-8", errors="replace")


def last_build(output: Path) -> tuple[LastBuild, list[Problem]]:
    """What the last build wrote, and what is wrong with it."""
    lines, problems = read_manifest(output)
    files, unread = dict[str, tuple[str, str]](), list[str]()
    for identity in lines.spans:
        forms = {
            entry.format: entry for entry in lines.of(identity) if identity != PAGE and not JOB.fullmatch(identity)
        }
        form = next((form for form in FORMATS if form in forms), None)
        content = _content(output / forms[form].path) if form else None
        if form and content is not None:
            files[identity] = forms[form].path, form
            if sha256(content).hexdigest() != forms[form].sha256:
                problems.append(_altered(output / forms[form].path))
        unread += [identity] if forms and not form else []
    lines.close()
    if not files and not problems:
        problems.append(_nothing(output, is_pdf=bool(unread)))
    return LastBuild(output, files, frozenset(unread)), problems


def of_build(build: LastBuild, composition: Composition) -> Earlier:
    """Its letters, each to be read in the format that there is."""
    root = composition.folder.root

    def both(letter: Letter) -> tuple[Blocks, Blocks]:
        form, text = build.text(letter.id)
        folder = (build.output / build.files[letter.id][0]).parent
        if form == "html":
            from lettergen.pipeline.changes.page import of_page  # only without Markdown

            today = text_of(composition, letter, form, folder)
            return ((), ()) if today == text else (of_page(text), of_page(today))
        return of_markdown(text), of_letter(letter, partial(_path_from, folder, root))

    return Earlier(build.files, both, unread=build.unread)


def _path_from(folder: Path, root: Path, name: str) -> str:
    return path_from(folder, root / name)


def _content(file: Path) -> bytes | None:
    """The file's bytes; nothing if it is gone, or a link to another place."""
    try:
        return None if file.is_symlink() or not file.is_file() else file.read_bytes()
    except OSError:
        return None


def _altered(file: Path) -> Problem:
    message = f"'{file}' was altered after it was built; what it says now is compared"
    way_out = "what was changed by hand is lost with the next build: change the text or the record instead"
    return Problem("altered-file", message, Source(str(file)).whole(), way_out)


def _nothing(output: Path, *, is_pdf: bool) -> Problem:
    message = f"there is no build in '{output}' to compare with"
    if is_pdf:
        message = f"there are only PDFs in '{output}', whose words cannot be compared"
    build = "build with '--format md' as well" if is_pdf else "run 'lettergen build' first"
    way_out = f"{build}, or compare with what git knows: '--against HEAD'"
    return Problem("nothing-to-compare", message, Source(str(output)).whole(), way_out)
