"""Letters that are due -> staged files, as they come."""

from __future__ import annotations

from collections import deque
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.complaints import named
from lettergen.pipeline.manifest import Entry
from lettergen.pipeline.rendering import ask_of, image_names, job_of
from lettergen.pipeline.workers.streaming import render_all
from lettergen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from lettergen.model import Complaint
    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.due import Due, Dues
    from lettergen.pipeline.rendering import Ask, Rendered, RenderJob
    from lettergen.pipeline.told import Told
    from lettergen.pipeline.typesetting import Made
    from lettergen.pipeline.workers.crew import Means


class Making(NamedTuple):
    """What a build makes letters with, and who hears how many are ready, of how many.

    What is said of a letter that could not be made is added to `failed`; what is said of others is `told`, unless a
    print job tells it.
    """

    composition: Composition
    dues: Dues
    means: Means
    done: Callable[[int, int], None]
    failed: list[tuple[str, Complaint]]
    told: Told | None

    def make(self, due: Sequence[Due]) -> Problem | None:
        """Render and stage all formats that are due; the problem that ended it, if one did."""
        under_way: deque[tuple[Due, bool]] = deque()
        for number, made in enumerate(render_all(self._job, self._asks(due, under_way), self.means), 1):
            if isinstance(made, Problem):
                return made
            self._stage(*under_way.popleft(), made)
            self.done(number, len(due))
        return None

    def stage_pdf(self, due: Due, made: Made) -> None:
        """Stage a PDF that was set by the way, for a print job; its letter has been staged."""
        staging = self.dues.folder.staging
        entry = self._entry(due, "pdf", made.content)._replace(pages=made.pages, complaints=_said(due, made.complaints))
        staging.write(entry.name, made.content)
        staging.add(due.id, [*staging.lines.of(due.id), entry])

    @property
    def _job(self) -> RenderJob:
        job = job_of(self.composition, self.dues.folder.path)
        return job._replace(project=self.dues.root)  # as seen from a folder of a thousand, if there are some

    def _asks(self, due: Sequence[Due], under_way: deque[tuple[Due, bool]]) -> Iterator[Ask]:
        ids: Collection[str] = self.composition.digests
        if len(due) < len(ids):
            ids = frozenset(one.id for one in due)
        for one, composed in zip(due, self.composition.again(ids), strict=True):
            under_way.append((one, bool(image_names(composed.letter))))
            yield ask_of(self.composition, composed.letter, one.formats)

    def _stage(self, due: Due, has_images: bool, made: Rendered) -> None:
        """Stage what could be made of a letter; what could not is not remembered, but told."""
        said = _said(due, named(made.complaints, self.composition))
        entries = list(due.kept)
        for form, content in made.files.items():
            if not content:
                continue
            entry = self._entry(due, form, content)
            root = self.dues.root if form == "md" and has_images else ""
            entry = entry._replace(pages=made.pages, complaints=said) if form == "pdf" else entry._replace(root=root)
            self.dues.folder.staging.write(entry.name, content)
            entries.append(entry)
        self.dues.folder.staging.add(due.id, entries)
        if not all(map(made.files.get, due.formats)):
            self.failed.extend(said)
        elif self.told and "pdf" in due.formats:
            self.told.add(due.id, made.pages, said)

    def _entry(self, due: Due, form: str, content: bytes) -> Entry:
        (path,) = due.names([form])
        return Entry(due.id, form, path, sha256(content).hexdigest(), self.dues.source(form, due.id))


def _said(due: Due, complaints: Sequence[Complaint]) -> tuple[tuple[str, Complaint], ...]:
    return tuple((due.id, complaint) for complaint in complaints)
