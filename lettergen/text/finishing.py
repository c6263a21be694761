"""One draft -> the finished letter, and what is wrong with its text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from lettergen.model import PARTS, TOKEN, Letter, Part, Reference, words
from lettergen.model.tree import plain_text, walk
from lettergen.problems import RECORD, Place, Problem, Related, near
from lettergen.text.filling import fill
from lettergen.text.numbering import Numbering, note_nodes
from lettergen.text.paragraphs import pieces
from lettergen.text.plain import check_plain, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.model import Draft, Footnote, Token
    from lettergen.model.tree import Node
    from lettergen.text.faults import Fault


class Finished(NamedTuple):
    """A letter, and its problems."""

    letter: Letter
    problems: list[Problem]


class Locator(Protocol):
    """Finds things of a part in the templates."""

    def words(self, part: str, words: str, nth: int = 1) -> Place:
        """The words' `nth` occurrence."""

    def token(self, part: str, number: int) -> Place | None:
        """What prints the token; None if it is no template of the project."""


def finish(draft: Draft, footnotes: Mapping[str, Footnote], locator: Locator) -> Finished:
    """The draft as a tree with numbered notes."""
    return _Finisher(draft, footnotes, locator).finish()


def check_footnotes(footnotes: Mapping[str, Footnote]) -> Iterator[Problem]:
    """Problems of the notes' own text."""
    for note in footnotes.values():
        faults: list[Fault] = []
        nodes = note_nodes(note, "", faults.append)
        for fault in faults:
            yield Problem(fault.code, fault.message, within(note.text.place, fault.words), fault.help)
        for node in walk(nodes):
            if isinstance(node, Reference):
                message = f"note '{note.id}' refers to note '{node.id}'; a note cannot refer to another"
                place = within(note.text.place, f"[^{node.id}]")
                yield Problem("bad-footnote", message, place, "name that source in words")


@dataclass
class _Finisher:
    draft: Draft
    footnotes: Mapping[str, Footnote]
    locator: Locator
    problems: list[Problem] = field(default_factory=list)
    met: Counter[tuple[str, str]] = field(default_factory=Counter)  # words that were sought in a part
    defined: set[str] = field(default_factory=set)  # notes whose text stands in the letter
    part: str = ""

    def finish(self) -> Finished:
        numbering = Numbering(self.footnotes, self._unknown, self._misplaced)
        parts = []
        for self.part in PARTS:
            nodes = numbering.number(self.part, self._nodes(self.draft.parts.get(self.part, "")))
            if nodes:
                parts.append(Part(self.part, nodes, self.draft.language))
        self.problems += check_plain(self.draft, self.footnotes)
        recipient = self.draft.recipient
        letter = Letter(
            id=recipient.id,
            name=recipient.name or recipient.id,
            language=self.draft.language,
            title=self._title(parts),
            long_date=self.draft.long_date,
            variants=recipient.variants,
            parts=tuple(parts),
            notes=numbering.notes(self.draft.language),
        )
        moved = {_unknown(identity) for identity in self.defined}  # whose text is to go to footnotes.yaml
        return Finished(letter, [problem for problem in self.problems if problem.message not in moved])

    def _nodes(self, text: str) -> tuple[Node, ...]:
        draft = self.draft
        cut = pieces(self.part, text)
        return tuple(node for piece in cut for node in fill(piece, draft.language, draft.tokens, self._report))

    def _title(self, parts: list[Part]) -> str:
        """The subject line if there is one, else whom the letter is to."""
        blocks = next((part.nodes for part in parts if part.name == "subject_line"), ())
        subject = " ".join(plain_text((block,)) for block in blocks)
        said = words(self.draft.language)
        recipient = self.draft.recipient
        return subject or f"{said.letter_to} {recipient.name}, {self.draft.long_date}"

    def _report(self, fault: Fault, token: Token | None) -> None:
        if fault.code == "footnote-definition":
            self.defined.add(fault.words[2:-2])
        subject = f"{fault.message} {TOKEN.sub('', fault.words)}"
        if token and token.origin:
            place, printed = within(token.origin, fault.words), self._printed(token)
            problem = Problem(fault.code, fault.message, place, fault.help, printed, subject, anywhere=True)
        else:
            place = self._sought(fault.words)
            problem = Problem(fault.code, fault.message, place, fault.help, self._record(), subject)
        self.problems.append(problem)

    def _unknown(self, reference: Reference) -> None:
        way_out = near(reference.id, self.footnotes, f"write the note into footnotes.yaml, as '{reference.id}: …'")
        self._at_reference("unknown-footnote", _unknown(reference.id), reference, way_out)

    def _misplaced(self, reference: Reference, where: str) -> None:
        message = f"a footnote reference cannot be used in {where}"
        way_out = "move it into a sentence of the body, outside links and headings"
        self._at_reference("footnote-here", message, reference, way_out)

    def _at_reference(self, code: str, message: str, reference: Reference, way_out: str) -> None:
        sign, origin = f"[^{reference.id}]", reference.origin
        if origin:
            problem = Problem(code, message, within(origin, sign), way_out, (), message, anywhere=True)
        else:
            problem = Problem(code, message, self._sought(sign), way_out, self._record(), message)
        self.problems.append(problem)

    def _sought(self, words: str) -> Place:
        """Where the words stand in the templates: one place further for each time that they are sought."""
        self.met[self.part, words] += 1
        return self.locator.words(self.part, words, self.met[self.part, words])

    def _printed(self, token: Token) -> tuple[Related, ...]:
        place = self.locator.token(self.part, self.draft.tokens.index(token))
        return (Related(place, "printed here"),) if place else ()

    def _record(self) -> tuple[Related, ...]:
        return (Related(self.draft.recipient.place, RECORD),)


def _unknown(identity: str) -> str:
    return f"there is no note '{identity}' in footnotes.yaml"
