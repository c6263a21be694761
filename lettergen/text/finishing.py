"""One draft -> the finished letter, and what is wrong with its text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from lettergen.model import PARTS, TOKEN, Letter, Part, Passage, Reference, words
from lettergen.model.tree import plain_text
from lettergen.problems import RECORD, Place, Problem, Related, near
from lettergen.text.notes import numbered_notes
from lettergen.text.numbering import Numbering
from lettergen.text.paragraphs import cut, renumbered
from lettergen.text.passages import filled, numbered, remembered
from lettergen.text.plain import check_plain, within

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from lettergen.model import Draft, Footnote, Token
    from lettergen.model.tree import Node
    from lettergen.text.faults import Fault
    from lettergen.text.paragraphs import Cut
    from lettergen.text.passages import Filled

ONCE = ("letterhead", "inside_address")  # what stands in a letter once, in its first language


class Finished(NamedTuple):
    """A letter, its passages by language, and its problems."""

    letter: Letter
    passages: Mapping[str, tuple[Passage, ...]]
    problems: list[Problem]


class Locator(Protocol):
    """Finds things of a part in the templates."""

    def words(self, part: str, words: str, nth: int = 1) -> Place:
        """The words' `nth` occurrence."""

    def token(self, part: str, number: int) -> Place | None:
        """What prints the token; None if it is no template of the project."""


def finish(drafts: Sequence[tuple[Draft, Locator]], footnotes: Mapping[str, Footnote]) -> Finished:
    """The letter as a tree with numbered notes: its one draft, or one for each of its languages in their order."""
    uses: dict[tuple[str, str], int] = {}
    parts: list[Part] = []
    problems: list[Problem] = []
    passages: dict[str, tuple[Passage, ...]] = {}
    for draft, locator in drafts:
        half = _Finisher(draft, footnotes, locator)
        parts += half.parts(uses, without=ONCE if parts else ())
        problems += half.problems
        passages[draft.language] = tuple(half.passages)
    first = drafts[0][0]
    letter = Letter(
        id=first.recipient.id,
        name=first.recipient.name or first.recipient.id,
        language=first.language,
        title=_title(first, parts),
        long_date=first.long_date,
        variants=first.recipient.variants,
        parts=tuple(parts),
        notes=tuple(numbered_notes(uses, footnotes)),
        long_dates={draft.language: draft.long_date for draft, _ in drafts},
    )
    return Finished(letter, passages, problems)


def _title(draft: Draft, parts: list[Part]) -> str:
    """The subject line if there is one, else whom the letter is to."""
    named = (part for part in parts if part.name == "subject_line" and part.language == draft.language)
    blocks = next((part.nodes for part in named), ())
    subject = " ".join(plain_text((block,)) for block in blocks)
    return subject or f"{words(draft.language).letter_to} {draft.recipient.name}, {draft.long_date}"


@dataclass(eq=False, repr=False)
class _Finisher:
    draft: Draft
    footnotes: Mapping[str, Footnote]
    locator: Locator
    problems: list[Problem] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    met: Counter[tuple[str, str]] = field(default_factory=Counter)  # words that were sought in a part
    defined: set[str] = field(default_factory=set)  # notes whose text stands in the letter
    part: str = ""

    def parts(self, uses: dict[tuple[str, str], int], without: Collection[str]) -> Iterator[Part]:
        """The parts, their notes numbered on from those that others have used."""
        language = self.draft.language
        numbering = Numbering(language, self.footnotes, self._unknown, self._misplaced, uses)
        for self.part in (part for part in PARTS if part not in without):
            passages = [self._filled(piece) for piece in cut(self.part, self.draft.parts.get(self.part, ""))]
            nodes: list[Node] = []
            for passage in passages:
                nodes += self._numbered(passage, numbering) if passage.references else passage.nodes
            if nodes:
                yield Part(self.part, tuple(nodes), language)
        moved = {_unknown(identity) for identity in self.defined}  # whose text is to go to footnotes.yaml
        self.problems = [problem for problem in self.problems if problem.message not in moved]
        self.problems += check_plain(self.draft, self.footnotes)

    def _filled(self, piece: Cut) -> Filled:
        draft, order = self.draft, piece.order
        tokens = tuple([draft.tokens[number] for number in order]) if order else ()
        printed = tuple([draft.printed[number] for number in order]) if order else ()
        passage = Passage(self.part, piece.text, tokens, printed)
        is_shared = not tokens or self.part in draft.same
        made = (remembered if is_shared else filled)(passage, draft.language)
        for fault, token in made.faults:
            self._report(fault, token, order)
        self.passages.append(made.passage)
        return made

    def _numbered(self, passage: Filled, numbering: Numbering) -> tuple[Node, ...]:
        return numbered(passage, self.draft.language, numbering.numbers(passage.references))

    def _report(self, fault: Fault, token: Token | None, order: Sequence[int]) -> None:
        if fault.code == "footnote-definition":
            self.defined.add(fault.words[2:-2])
        subject = f"{fault.message} {TOKEN.sub('', fault.words)}"
        if token and token.origin:
            place, printed = within(token.origin, fault.words), self._printed(token)
            problem = Problem(fault.code, fault.message, place, fault.help, printed, subject, anywhere=True)
        else:
            met = TOKEN.findall(fault.words)
            place = self._sought(renumbered(fault.words, (order[int(number)] for number in met)))
            problem = Problem(fault.code, fault.message, place, fault.help, self._record(), subject)
        self.problems.append(problem)

    def _unknown(self, reference: Reference) -> None:
        note, language = self.footnotes.get(reference.id), self.draft.language
        if note:
            message = f"note '{reference.id}' has no text in '{language}'"
            place, printed = note.place, Related(self._sought(f"[^{reference.id}]"), "referred to here")
            way_out = f"write it below '{reference.id}:', as '  {language}: …'"
            self.problems.append(Problem("missing-translation", message, place, way_out, (printed,), message))
            return
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
