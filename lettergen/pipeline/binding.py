"""Setting the volumes of a print job that are not true, one after the other, and the lists that go with them."""

from __future__ import annotations

from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.complaints import named
from lettergen.pipeline.job import LIST, TOTALS, rows_of, to_csv, to_totals, to_volumes, totals_of
from lettergen.pipeline.manifest import JOB, Entry
from lettergen.pipeline.rendering import job_of
from lettergen.pipeline.workers.streaming import typeset_volumes
from lettergen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lettergen.model import Complaint
    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.fingerprint import Fingerprints
    from lettergen.pipeline.job import Job, Totals
    from lettergen.pipeline.output import OutputFolder
    from lettergen.pipeline.told import Told
    from lettergen.pipeline.typesetting import Bound, Made
    from lettergen.pipeline.volumes import Volume
    from lettergen.pipeline.workers.crew import Means


class Press(NamedTuple):
    """Where volumes are set: `stage` takes a letter's own PDF, for whoever wants it."""

    composition: Composition
    folder: OutputFolder
    means: Means
    told: Told
    stage: Callable[[str, Made], None]


def bind(press: Press, job: Job, volumes: Sequence[Volume]) -> tuple[Problem | None, list[tuple[Volume, Totals]]]:
    """The problem that ended the setting, if one did; and every volume, staged or kept, with its totals.

    A volume of which a letter could not be set is none: what is told of that letter says why.
    """
    due = [volume for volume in volumes if volume.entry is None]
    papers = to_volumes(press.composition, [volume.ids for volume in due])
    setting = (
        typeset_volumes(papers, job_of(press.composition, press.folder.path).style, press.means) if due else iter(())
    )
    bound: list[tuple[Volume, Totals]] = []
    for volume in volumes:
        whole = volume
        if volume.entry is None:
            made = next(setting)
            if isinstance(made, Problem):
                return made, bound
            whole = _set(press, job, volume, made)
        _tell(press.told, whole)
        bound.append((whole, totals_of(whole.rows)))
    return None, bound


def _tell(told: Told, volume: Volume) -> None:
    """What is to be said of a volume's letters."""
    said = dict(_by_letter(volume.entry))
    for row in volume.rows if volume.entry else ():
        told.add(row.id, row.pages, said.get(row.id, ()))


def stage_lists(folder: OutputFolder, bound: Sequence[tuple[Volume, Totals]], prints: Fingerprints) -> None:
    """The list and the totals; what an earlier job has besides is removed."""
    source = prints.of_volume(volume.source.encode() for volume, _ in bound)
    sums = [(volume.name, totals, volume.entry.sha256 if volume.entry else "") for volume, totals in bound]
    listed = b"".join([to_csv((), has_head=True), *(volume.listed for volume, _ in bound)])
    for name, content in ((LIST, listed), (TOTALS, to_totals(sums))):
        entry = Entry(name, name.rpartition(".")[2], name, sha256(content).hexdigest(), source)
        if folder.manifest.of(name) != (entry,) or not folder.seen.holds(entry):
            folder.staging.write(name, content)
            folder.staging.add(name, [entry])
    _forget(folder, {volume.id for volume, _ in bound} | {LIST, TOTALS})


def keep_if_true(folder: OutputFolder, volumes: Sequence[Volume], prints: Fingerprints) -> None:
    """Leave a job that no letter has changed of in its place; otherwise remove all of it."""
    names = {volume.id for volume in volumes}
    entries = {name: folder.manifest.of(name) for name in (*names, LIST, TOTALS)}
    source = prints.of_volume(volume.source.encode() for volume in volumes)
    is_true = all(volume.entry for volume in volumes) and all(
        len(found) == 1 and folder.seen.holds(found[0]) and (name in names or found[0].source == source)
        for name, found in entries.items()
    )
    _forget(folder, {*entries} if is_true else set())


def _set(press: Press, job: Job, volume: Volume, made: Bound) -> Volume:
    """The volume with its entry, staged; without one if a letter could not be set."""
    said = []
    for identity, own in zip(volume.ids, made.letters, strict=True):
        complaints = named(own.complaints, press.composition)
        said += [(identity, complaint) for complaint in complaints]
        press.stage(identity, own._replace(complaints=complaints))
    if not made.content:
        press.told.complaints += said
        return volume
    own_pdfs = ((own.pages, sha256(own.content).hexdigest()) for own in made.letters)
    rows = rows_of(volume.number, volume.ids, job, own_pdfs)
    digest = sha256(made.content).hexdigest()
    entry = Entry(volume.id, "pdf", volume.name, digest, volume.source, 2 * totals_of(rows).sheets, "", tuple(said))
    listed = to_csv(rows)
    press.folder.staging.write(volume.name, made.content)
    press.folder.staging.write(f"{volume.id}.rows", listed)
    press.folder.staging.add(volume.id, [entry])
    return volume._replace(entry=entry, listed=listed)


def _by_letter(entry: Entry | None) -> Iterator[tuple[str, list[tuple[str, Complaint]]]]:
    """What is said of each letter of a volume."""
    for identity, some in groupby(entry.complaints if entry else (), lambda pair: pair[0]):
        yield identity, list(some)


def _forget(folder: OutputFolder, names: set[str]) -> None:
    """Remove what the folder has of a job, but for these files."""
    for name in [one for one in folder.manifest.spans if JOB.fullmatch(one) and one not in names]:
        folder.staging.add(name, ())
