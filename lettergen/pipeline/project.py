"""The files of a project folder, read once: everything that all letters share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lettergen.merge import MainDocument, read_main_document
from lettergen.model import Footnote, has_words
from lettergen.pipeline.datafile import RECIPIENTS, is_there, read_data
from lettergen.pipeline.languages import files_by_language
from lettergen.pipeline.namesakes import misnamed, of_other_kind
from lettergen.problems import Place, Problem, Source, nearest, once
from lettergen.records import (
    Records,
    check_variants,
    read_footnotes,
    read_settings,
    split_front_matter,
)
from lettergen.text import check_footnotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lettergen.files import Folder
    from lettergen.model import Asked, Recipient, Settings
    from lettergen.records.recipients import Look

FOOTNOTES, ENDING = "footnotes.yaml", ".md.j2"
LISTED = 10  # main documents that a way out lists


Documents: TypeAlias = "Mapping[str, MainDocument | None]"  # by language, as `files_by_language` has them


class Project(NamedTuple):
    """What the folder says; a main document is None if it cannot be merged, the notes if they cannot be read."""

    records: Records
    footnotes: Mapping[str, Footnote] | None
    documents: Documents

    @property
    def document(self) -> MainDocument | None:
        """The main document, or the first of several: their layout is the same."""
        return next(filter(None, self.documents.values()), None)


def read_project(folder: Folder, template: str, asked: Asked, data: str = "") -> tuple[Project, list[Problem]]:
    """The project with the recipients of the `data` file, and every problem of its files."""
    if not data and not is_there(folder) and not folder.has("templates"):
        message = "there is no mail merge in this folder: it has no recipients.yaml and no templates/"
        way_out = "go to the folder that has them, or name it with '-C FOLDER'"
        problem = Problem("missing-file", message, folder.source(RECIPIENTS).whole(), way_out)
        return Project(Records(), {}, {}), [problem]
    footnotes, more = _footnotes(folder)
    read = {tag: _document(folder, name, asked) for tag, name in files_by_language(folder, template).items()}
    documents = {tag: document for tag, (document, _) in read.items()}
    settings = [document.settings for document in documents.values() if document and document.settings.is_read]
    is_read = len(settings) == len(documents)
    records, problems = read_data(folder, data, _look(settings) if is_read else None)
    problems += [*more, *once(problem for _, others in read.values() for problem in others)]
    if is_read:
        said = [(one.languages, one.fields.places.get("language", one.place)) for one in settings]
        problems += [problem for languages, place in said for problem in _check_words(languages, place)]
    return Project(records, footnotes, documents), problems


def _footnotes(folder: Folder) -> tuple[dict[str, Footnote] | None, list[Problem]]:
    """No file means no notes."""
    if not folder.has(FOOTNOTES):
        advice = misnamed(folder, ".", FOOTNOTES)
        message = f"there is no file '{FOOTNOTES}'"
        missing = Problem("missing-file", message, folder.source(FOOTNOTES).whole(), advice)
        return (None, [missing]) if advice else ({}, [])
    source, problems = folder.read_text(FOOTNOTES)
    if source is None:
        return None, problems
    footnotes, more = read_footnotes(source, problems)
    if not footnotes and more:
        return None, [*problems, *more]
    problems += [*more, *check_footnotes(footnotes)]
    if any(len(note.texts) > 1 for note in footnotes.values()):
        from lettergen.pipeline.translation import check_note_links  # only for notes in several languages

        problems += check_note_links(footnotes)
    return footnotes, problems


def _document(folder: Folder, name: str, asked: Asked) -> tuple[MainDocument | None, list[Problem]]:
    source, problems = folder.read_text(name, "" if folder.has(name) else _where_else(folder, name))
    if source is None:
        return None, problems
    yaml_text, text, more = split_front_matter(source)
    problems += more
    if yaml_text is None and not more:
        problems.append(_no_front_matter(source))
    if yaml_text is None and not text.strip():
        return None, problems
    settings, more = read_settings(
        source, yaml_text, asked, problems
    )  # without front matter too: the rest is to be checked
    document, others = read_main_document(folder, source, text, settings)
    return document, [*problems, *more, *others]


def _no_front_matter(source: Source) -> Problem:
    message = "this template has no front matter, and so no date"
    way_out = "begin the file with the lines '---', 'date: 2020-10-13' and '---'"
    first = Place(source, 1, 1, 1, len(source.lines[0]) + 1)
    return Problem("no-front-matter", message, first, way_out)


def _where_else(folder: Folder, name: str) -> str:
    """A way out for a main document that is not there."""
    file = name.removeprefix("templates/")
    named = misnamed(folder, "templates", file) or of_other_kind(folder, "templates", file)
    if named:
        return named
    if (folder.root / "templates").is_file():
        return "'templates' is a file: move it away, make a folder of this name, and put the main document into it"
    if not folder.has("templates"):
        return f"make a folder 'templates', and in it the file '{file}' with the letter's text"
    names = [other.removesuffix(ENDING) for other in folder.names("templates") if other.endswith(ENDING)]
    other = nearest(file.removesuffix(ENDING), names)
    if other and file != f"letter{ENDING}":  # somebody asked for it by name
        return f"did you mean '{other}'?"
    if other:
        return f"there is 'templates/{other}{ENDING}': rename it, or use '--template {other}'"
    listed = ", ".join(f"'--template {other}'" for other in names[:LISTED])
    return f"choose one of: {listed}" if names else "write the letter's text into it"


def _look(settings: Sequence[Settings]) -> Look:
    """What is wrong with a record by what the front matter says."""
    declared = {name: text for one in settings for name, text in one.variants.items()}
    addresses = _addresses(settings)

    def look(recipient: Recipient) -> Iterator[Problem]:
        yield from check_variants(recipient, declared)
        if recipient.languages:
            yield from _check_words(recipient.languages, recipient.fields.places["language"])
        if addresses:
            yield from addresses(recipient)

    return look


def _addresses(settings: Iterable[Settings]) -> Look | None:
    """What the rules find wrong that the front matter asks for."""
    if not any(one.layout.address == "uk" for one in settings):
        return None
    from lettergen.records.postal import check_address  # only where it is asked for

    return check_address


def _check_words(languages: Iterable[str], place: Place) -> Iterator[Problem]:
    """Those languages in which the built-in parts and pages have no words."""
    for language in languages:
        if not has_words(language):
            message = f"there are no built-in words ('Dear', 'Page 1 of 2') in '{language}'; English is used"
            way_out = "write the parts yourself in this language, and then build with '--ignore no-labels'"
            yield Problem("no-labels", message, place, way_out, subject=language)
