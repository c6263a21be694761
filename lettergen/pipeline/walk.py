"""The first pass over all records: each letter composed and looked at once, and what is to be known of it kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.files import ChangedError
from lettergen.merge import survey
from lettergen.model import Element, Mailing
from lettergen.model.tree import walk
from lettergen.pipeline.batch import Batch, Composed, View
from lettergen.pipeline.checks import Echoes
from lettergen.pipeline.digest import digest_of
from lettergen.pipeline.images import Images
from lettergen.pipeline.letters import compose_letter
from lettergen.pipeline.reviewing import Reviewing
from lettergen.problems import Gathering
from lettergen.records.damage import Damage
from lettergen.records.keys import Keys
from lettergen.review.look import Shared

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator

    from lettergen.files import Folder
    from lettergen.merge import MainDocument
    from lettergen.merge.survey import Survey
    from lettergen.model import Letter, Plan, Reading, Recipient
    from lettergen.pipeline.project import Project
    from lettergen.problems import Problem


class Walk:
    """Goes through the letters of a project; `only_id` names the only one that is to be composed."""

    def __init__(self, folder: Folder, project: Project, known: list[Problem], only_id: str | None) -> None:
        self.project, self.only_id = project, only_id
        self.images = Images(folder)
        self.notes: set[str] = set()  # that letters refer to
        self.digests: dict[str, bytes] = {}
        self.problems = Gathering(known)
        self.plans: dict[str, Plan] = {}  # empty until the last merge
        self.reviewing, self.keys, self.damage = Reviewing(), Keys(), Damage()
        self._echoes = Echoes(known)
        self.batch = Batch(self._first(), self._again)

    def mailing(self) -> Mailing:
        """All records and letters as a reader sees them side by side."""
        readings = View(self.batch, lambda one: one.readings)
        return Mailing(self.project.records.recipients, readings, *self.shared())

    def shared(self) -> Shared:
        """What all letters have in common, now that the last of them is merged."""
        return Shared(self.plans, self.project.footnotes or {}, tuple(_mentions(self.project)))

    def seen(self) -> Iterator[tuple[Recipient, tuple[Reading, ...]]]:
        """Each record with the readings of its letter, as the looks see them once more."""
        if self.batch.is_kept:
            readings = {one.letter.id: one.readings for one in self.batch}
            return ((recipient, readings.get(recipient.id, ())) for recipient in self.project.records.recipients)
        return ((recipient, one.readings if one else ()) for recipient, one in self._pass(self.digests))

    def surveyed(self) -> list[tuple[MainDocument, Survey]]:
        """What the templates use, now that all that are included have been read."""
        return [(document, survey(document)) for document in self.project.documents.values() if document]

    def _first(self) -> Iterator[Composed]:
        for recipient in self.project.records.recipients:
            one = self._compose(recipient) if self._is_asked_for(recipient) else None
            self.keys.see(recipient)
            self.damage.see(recipient)
            self.reviewing.see(recipient, one.readings if one else ())
            if one:
                self.notes.update(note.id for note in one.letter.notes)
                self.digests[one.letter.id] = self._digest(one)
                yield one

    def _is_asked_for(self, recipient: Recipient) -> bool:
        return bool(self.project.documents) and self.only_id in (None, recipient.id)

    def _compose(self, recipient: Recipient) -> Composed | None:
        made, problems = compose_letter(self.project, recipient, self.images)
        self.problems.add(self._echoes.without(problems))
        return Composed(recipient, *made) if made else None

    def _again(self, ids: Collection[str] | None) -> Iterator[Composed]:
        """The letters composed once more; what is wrong with them is known."""
        return (one for _, one in self._pass(self.digests if ids is None else ids) if one)

    def _pass(self, ids: Container[str]) -> Iterator[tuple[Recipient, Composed | None]]:
        """Each record, and the letters of these ids composed once more."""
        for recipient in self.project.records.recipients:
            made = None
            if recipient.id in ids and recipient.id in self.digests:
                made, _ = compose_letter(self.project, recipient, self.images)
            yield recipient, self._same(Composed(recipient, *made)) if made else None

    def _same(self, one: Composed) -> Composed:
        if self._digest(one) != self.digests.get(one.letter.id):
            images = [node.get("src") for node in _images(one.letter)]  # the only files that are read again in between
            raise ChangedError(" or ".join(dict.fromkeys(images)) or one.recipient.place.source.name)
        return one

    def _digest(self, one: Composed) -> bytes:
        shown: list[str] = []
        if any(passage.holds("![") for reading in one.readings for passage in reading.passages):
            shown = [self.images[node.get("src")] for node in _images(one.letter)]
        return digest_of(one.letter, one.readings, self.project.footnotes or {}, shown)


def _images(letter: Letter) -> Iterator[Element]:
    nodes = (node for part in letter.parts for node in walk(part.nodes))
    return (node for node in nodes if isinstance(node, Element) and node.tag == "img")


def _mentions(project: Project) -> Iterable[str]:
    documents = filter(None, project.documents.values())
    return dict.fromkeys(name for document in documents for name in document.settings.checks.mentions)
