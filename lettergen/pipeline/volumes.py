"""The volumes of a print job, and which of them are true: in their place, or staged by an interrupted build."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.job import LIST, from_csv, to_csv

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.fingerprint import Fingerprints
    from lettergen.pipeline.job import Job, Row
    from lettergen.pipeline.manifest import Entry
    from lettergen.pipeline.output import OutputFolder


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
