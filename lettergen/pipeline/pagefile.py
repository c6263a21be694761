"""The review page's file: made again only if what it shows has changed."""

from __future__ import annotations

from hashlib import sha256
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from lettergen.pipeline.firstpages import FirstPages
from lettergen.pipeline.lines import Coming, Lines
from lettergen.pipeline.manifest import JOB, PAGE, Entry
from lettergen.pipeline.reviewpage import NAME, Files, review_page
from lettergen.pipeline.seen import sha256_of
from lettergen.pipeline.shown import finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.due import Dues
    from lettergen.pipeline.fingerprint import Fingerprints
    from lettergen.pipeline.output import OutputFolder
    from lettergen.problems import Problem


def stage_page(
    composition: Composition, problems: Sequence[Problem], folder: OutputFolder, prints: Fingerprints
) -> None:
    """Stage the page of what is to come, unless the one that is there is that."""
    _stage(composition, problems, folder, prints, folder.coming)


def stage_page_of_true(composition: Composition, problems: Sequence[Problem], dues: Dues, prints: Fingerprints) -> None:
    """Stage the page of what lies there and is true."""
    with TemporaryFile() as file:
        true = Lines(file)
        for due in dues:
            if due.is_changed:
                true.add(due.id, due.kept)
        for identity in dues.gone():
            true.add(identity, ())
        _stage(composition, problems, dues.folder, prints, Coming(dues.folder.manifest, true))


def _stage(
    composition: Composition,
    problems: Sequence[Problem],
    folder: OutputFolder,
    prints: Fingerprints,
    coming: Coming,
) -> None:
    source, made_of = _source(composition, problems, prints, coming), composition.identity
    entries = [entry for entry in folder.manifest.of(PAGE) if (entry.source, entry.mailing) == (source, made_of)]
    if any(map(folder.seen.holds, entries)):
        return
    pictures = FirstPages(folder, prints.page().hexdigest())
    content = review_page(composition, problems, Files(coming.of, pictures.of))
    pictures.save()
    folder.staging.write(NAME, content)
    entry = Entry(PAGE, "html", NAME, sha256(content).hexdigest(), source, mailing=made_of)
    folder.staging.add(PAGE, [entry])


def _source(composition: Composition, problems: Sequence[Problem], prints: Fingerprints, coming: Coming) -> str:
    """The fingerprint of all that the page shows: the project's files, the letters, the problems, what is beside it."""
    found = prints.page()
    for text in _shared(composition, problems):
        found.update(text.encode("utf-8", "replace") + b"\0")
    found.update(_records(composition))
    found.update(b"".join(composition.digests.values()))
    for lines in coming.texts(one for one in coming.ids if one != PAGE and not JOB.fullmatch(one)):
        found.update(lines)
    return found.hexdigest()


def _shared(composition: Composition, problems: Sequence[Problem]) -> Iterator[str]:
    yield composition.style.layout.edition.name
    for source in composition.sources:
        yield from (source.name, source.text)
    for problem in problems:
        yield repr(finding(problem))
        yield from (str(place.order) for place in (problem.place, *(related.place for related in problem.related)))


def _records(composition: Composition) -> bytes:
    """A sum of the records' file: the page names the line of every value."""
    source = next((place.source for place in composition.places.values()), None)
    if source is None or source.is_kept:  # what was read, whatever the file says by now
        return sha256((source.text if source else "").encode("utf-8", "replace")).digest()
    return bytes.fromhex(sha256_of(composition.folder.root / source.name))
