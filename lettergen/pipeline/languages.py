"""Which main document serves which language, and what the documents of one letter must have in common."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lettergen.merge import Locator
from lettergen.model import is_same_tongue, lookup, named_language
from lettergen.problems import Problem, Related

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lettergen.files import Folder
    from lettergen.merge import MainDocument
    from lettergen.merge.survey import Survey
    from lettergen.model import Recipient
    from lettergen.pipeline.project import Documents, Project
    from lettergen.problems import Place

ANY = ""  # the main document for every language that has none of its own


class Half(NamedTuple):
    """A letter in one language: the whole of it, or a part of a letter in several."""

    language: str
    document: MainDocument
    recipient: Recipient
    locator: Locator


def files_by_language(folder: Folder, template: str) -> dict[str, str]:
    """`templates/letter.cy.md.j2` under `cy`, `templates/letter.md.j2` under ``; that alone if there are no others."""
    plain, begin = f"templates/{template}.md.j2", f"templates/{template}"
    files = (f"templates/{name}" for name in folder.names("templates"))
    pairs = ((named_language(file), file) for file in files if file.startswith(f"{begin}."))
    own = {tag: file for tag, file in pairs if tag and file.casefold() == f"{begin}.{tag}.md.j2".casefold()}
    return ({ANY: plain} if folder.has(plain) or not own else {}) | own


def halves(project: Project, recipient: Recipient) -> tuple[tuple[Half, ...], list[Problem]]:
    """The recipient's letter by language; nothing without a document that can be merged for each."""
    documents = project.documents
    languages = recipient.languages or _usual(documents)
    if not languages:
        return (), [_no_language(recipient, documents)]
    tags = {language: lookup(language, documents) or ANY for language in languages}
    problems = [*_without_document(recipient, tags, documents), *_without_field(recipient, languages)]
    chosen = {language: documents.get(tag) for language, tag in tags.items()}
    made = []
    for language, document in chosen.items():
        if document and not problems:
            own = recipient.in_language(language)
            made.append(Half(language, document, own, Locator(document, own, project.records.known)))
    return tuple(made) if len(made) == len(languages) else (), problems


def _usual(documents: Documents) -> tuple[str, ...]:
    """The languages of a letter whose record names none."""
    document = documents.get(ANY)
    if document:
        return document.settings.languages
    return tuple(documents) if len(documents) == 1 else (ANY,) * (ANY in documents)


def _no_language(recipient: Recipient, documents: Documents) -> Problem:
    message = f"recipient '{recipient.id}' has no language, and there are letters in {_named(documents)}"
    way_out = "write 'language: …' into the record or into 'defaults': one code, or several as '[cy, en]'"
    return Problem("missing-key", message, recipient.place, way_out, subject="language", anywhere=True)


def _without_document(recipient: Recipient, tags: Mapping[str, str], documents: Documents) -> Iterator[Problem]:
    """A problem for each language that no main document is written in: none is to be printed twice."""
    place = recipient.fields.places.get("language", recipient.place)
    taken: set[str] = set()
    for language, tag in tags.items():
        is_free = tag in documents and tag not in taken
        if documents.get(tag):  # of one that could not be read nobody knows
            taken.add(tag)
        if is_free and (tag != ANY or len(tags) == 1 or _serves(documents[tag], language)):
            continue
        message = f"recipient '{recipient.id}' wants a letter in '{language}', and there is no main document for it"
        others = f"there is one in {_named(documents)}"
        way_out = f"translate the main document into a file whose name ends in '.{language}.md.j2' ({others})"
        yield Problem("missing-translation", message, place, way_out, (), language, anywhere=True)


def _serves(document: MainDocument | None, language: str) -> bool:
    """Whether the document is in this language, so that it can stand beside another."""
    return document is None or any(is_same_tongue(one, language) for one in document.settings.languages)


def _without_field(recipient: Recipient, languages: tuple[str, ...]) -> Iterator[Problem]:
    """A problem for each field that has values for some languages and not for all of the letter."""
    for key, values in recipient.by_language():
        for language in languages:
            if language and not lookup(language, values):
                message = f"'{key}' of recipient '{recipient.id}' has no value in '{language}'"
                way_out = f"write it below '{key}:', as '{language}: …'"
                subject = f"{key} {language}"
                place = recipient.fields.key_places[key]
                yield Problem("missing-translation", message, place, way_out, (), subject, anywhere=True)


def _named(documents: Documents) -> str:
    """`'cy' and 'en'`."""
    languages = (tag or (document.settings.language if document else "") for tag, document in documents.items())
    *tags, last = (f"'{language}'" for language in languages if language)
    return f"{', '.join(tags)} and {last}" if tags else last


def check_settings(documents: Iterable[MainDocument]) -> Iterator[Problem]:
    """A problem for each document whose date or layout is not that of the first."""
    read = [document for document in documents if document.settings.is_read]
    for document in read[1:]:
        first, ours, theirs = read[0], document.settings, read[0].settings
        if ours.layout != theirs.layout:
            yield _other_setting("layout", first, document)
        if ours.date != theirs.date and date.min not in (ours.date, theirs.date):  # one that is missing is said already
            yield _other_setting("date", first, document)


def _other_setting(key: str, first: MainDocument, document: MainDocument) -> Problem:
    message = f"the {key} is not that of {first.source.name}, and both are the same letter"
    place, other = _setting(document, key), _setting(first, key)
    return Problem("language-settings", message, place, f"write the same '{key}' into both", (Related(other, "there"),))


def _setting(document: MainDocument, key: str) -> Place:
    settings = document.settings
    return settings.fields.key_places.get(key, settings.place)


def check_variants_alike(surveyed: Sequence[tuple[MainDocument, Survey]]) -> Iterator[Problem]:
    """A warning for each variant that changes the letter in one language and not in another."""
    for here, found in surveyed:
        declared = here.settings.variants
        for there, other in surveyed:
            for name, description in there.settings.variants.items():
                if name not in declared and name not in found.variants:
                    message = f"variant '{name}' is not in {here.source.name}, which is the same letter"
                    way_out = "declare it there too, and ask for it where the text differs"
                    yield Problem("language-variants", message, description.place, way_out)
                elif name in declared and name not in found.variants and name in other.variants:
                    message = f"variant '{name}' changes the letter in {there.source.name}, but not in this language"
                    way_out = f"ask for it with {{% if '{name}' in variants %}} here too"
                    yield Problem("language-variants", message, declared[name].place, way_out)
