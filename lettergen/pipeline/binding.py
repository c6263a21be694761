"""The volumes of a print job: those that are true are kept, the others set, one after the other."""

from __future__ import annotations

from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.job import LIST, TOTALS, from_csv, rows_of, to_csv, to_totals, to_volumes, totals_of
from lettergen.pipeline.manifest import JOB, Entry
from lettergen.pipeline.rendering import job_of
from lettergen.pipeline.told import named
from lettergen.pipeline.workers.streaming import typeset_volumes
from lettergen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lettergen.model import Complaint
    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.fingerprint import Fingerprints
    from lettergen.pipeline.job import Job, Row, Totals
    from lettergen.pipeline.output import OutputFolder
    from lettergen.pipeline.told import Told
    from lettergen.pipeline.typesetting import Bound, Made
    from lettergen.pipeline.workers.crew import Means


class Volume(NamedTuple):
    """A volume of a job: its number and file's name, its letters, and what it is made from; with its entry and the
    lines of its list if it is true.
    """

    number: int
    name: str
    ids: tuple[str, ...]
    source: str
    entry: Entry | None = None
    listed: bytes = b""

    @property
    def id(self) -> str:
        """That of its entry."""
        return self.name.removesuffix(".pdf")

    @property
    def rows(self) -> list[Row]:
        return list(from_csv(self.listed.decode("utf-8", "replace").splitlines()))


class Press(NamedTuple):
    """Where volumes are set: `stage` takes a letter's own PDF, for whoever wants it."""

    composition: Composition
    folder: OutputFolder
    means: Means
    told: Told
    stage: Callable[[str, Made], None]


def volumes_of(
    job: Job, composition: Composition, prints: Fingerprints, folder: OutputFolder, *, is_anew: bool = False
) -> Iterator[Volume]:
    """The job's volumes, with what is true of them unless all are to be set anew."""
    listed = _listed(folder) if job.volumes else {}
    for number, (name, ids) in enumerate(zip(job.files, job.volumes, strict=True), 1):
        said = (f"{job.post_codes[one]} ".encode() + composition.digests[one] for one in ids)
        volume = Volume(number, name, ids, prints.of_volume(said))
        yield (volume if is_anew else _kept(volume, folder, listed) or _staged(volume, folder)) or volume


def ids_listed(folder: OutputFolder) -> list[str]:
    """The ids of the letters of the job that is there."""
    return [
        row.id for text in _listed(folder).values() for row in from_csv(text.decode("utf-8", "replace").splitlines())
    ]


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
    forget(folder, {volume.id for volume, _ in bound} | {LIST, TOTALS})


def keep_if_true(folder: OutputFolder, volumes: Sequence[Volume], prints: Fingerprints) -> None:
    """Leave a job that no letter has changed of in its place; otherwise remove all of it."""
    names = {volume.id for volume in volumes}
    entries = {name: folder.manifest.of(name) for name in (*names, LIST, TOTALS)}
    source = prints.of_volume(volume.source.encode() for volume in volumes)
    is_true = all(volume.entry for volume in volumes) and all(
        len(found) == 1 and folder.seen.holds(found[0]) and (name in names or found[0].source == source)
        for name, found in entries.items()
    )
    forget(folder, {*entries} if is_true else set())


def forget(folder: OutputFolder, names: set[str]) -> None:
    """Remove what the folder has of a job, but for these files."""
    for name in [one for one in folder.manifest.spans if JOB.fullmatch(one) and one not in names]:
        folder.staging.add(name, ())


def _set(press: Press, job: Job, volume: Volume, made: Bound) -> Volume:
    """The volume with its entry, staged; without one if a letter could not be set."""
    said = []
    for identity, own in zip(volume.ids, made.letters, strict=True):
        complaints = named(own.complaints, press.composition.images)
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


def _listed(folder: OutputFolder) -> dict[int, bytes]:
    """The lines of the list that is there, by volume; nothing if it is not as a build wrote it."""
    entries = folder.manifest.of(LIST)
    if not entries or not folder.seen.holds(entries[0]):
        return {}
    rows = from_csv((folder.path / LIST).read_text(encoding="utf-8", errors="replace").splitlines())
    return {number: to_csv(some) for number, some in groupby(rows, lambda row: row.volume)}


def _kept(volume: Volume, folder: OutputFolder, listed: Mapping[int, bytes]) -> Volume | None:
    """The volume as it lies in the folder, if that is true."""
    for entry in folder.manifest.of(volume.id):
        whole = volume._replace(entry=entry, listed=listed.get(volume.number, b""))
        if entry.source == volume.source and _is_listed(whole) and folder.seen.holds(entry):
            return whole
    return None


def _staged(volume: Volume, folder: OutputFolder) -> Volume | None:
    """The volume as an interrupted build has set it."""
    entry = folder.staging.reusable(volume.id).get("pdf")
    if entry is None or entry.source != volume.source:
        return None
    listed = folder.staging.read(f"{volume.id}.rows")
    whole = volume._replace(entry=entry, listed=listed)
    if not _is_listed(whole):
        return None
    folder.staging.add(volume.id, [entry])
    return whole


def _is_listed(volume: Volume) -> bool:
    return tuple(row.id for row in volume.rows) == volume.ids
