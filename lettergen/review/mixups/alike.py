"""Records that have a name, an e-mail address or a post code in common: each held against the first that has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from lettergen.model import Text
from lettergen.problems import Problem, Related, short
from lettergen.review.few import Few
from lettergen.review.mixups.titles import GENERIC, STREETS
from lettergen.review.mixups.words import is_own, words

if TYPE_CHECKING:
    from lettergen.review.mixups.record import Record

_SHORT_FORMS = {
    "st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "sq": "square",
    "pl": "place", "dr": "drive", "cl": "close", "gdns": "gardens", "cres": "crescent", "ter": "terrace",
    "gr": "grove",
}  # fmt: skip
_STREETS = STREETS.union(_SHORT_FORMS)
_State = TypeVar("_State")


class _Group(Generic[_State]):
    """What is kept of the first record, and of the others only the first and how many there are."""

    __slots__ = ("count", "first", "is_read", "other", "state")

    def __init__(self, record: Record, text: Text, state: _State) -> None:
        self.first = record.id, text
        self.state = state
        self.other: tuple[str, Text] | None = None
        self.count = 0
        self.is_read = False

    def add(self, record: Record, text: Text, *, is_read: bool) -> None:
        """One more record that has the same and should not."""
        if self.other is None:
            self.other, self.is_read = (record.id, text), is_read
        self.count += 1

    def tell(self, few: Few, what: str, way_out: str) -> None:
        """A problem at the second record that has it; the others are counted."""
        if self.other is not None:
            (first, text), (other, again) = self.first, self.other
            message = f"'{other}' has the same as '{first}': {what}"
            related = (Related(text.place, f"'{first}' has it here"),)
            more = self.count - 1
            problem = Problem("shared-identity", message, again.place, way_out, related, what, more, anywhere=True)
            few.add(problem, is_kept=self.is_read)


class Names:
    """By name: two letters to one addressee may be about two things."""

    def __init__(self) -> None:
        self._groups: dict[str, _Group[tuple[int, dict[str, int]]]] = {}

    def add(self, name: str, record: Record, text: Text, *, is_read: bool) -> None:
        group = self._groups.get(name)
        if group is None:
            self._groups[name] = _Group(record, text, (_whom(record), _about(record)))
        elif group.state[0] != _whom(record) or not _differ(group.state[1], _about(record)):
            group.add(record, text, is_read=is_read)

    def few(self) -> Few:
        found = Few()
        way_out = "remove one record if both are of one person; else see that each has its own name"
        for name, group in self._groups.items():
            if not GENERIC.issuperset(name.split()):
                group.tell(found, f"the name '{short(group.first[1])}'", way_out)
        return found


def _whom(record: Record) -> int:
    return hash((record.addressee, repr(record.recipient.fields.get("salutation"))))


def _about(record: Record) -> dict[str, int]:
    """What the record's own fields say, but for numbers and e-mail addresses."""
    own = ((field, text) for field, text in record.recipient.fields.items() if is_own(field) and isinstance(text, Text))
    return {field: hash(tuple(_said(text))) for field, text in own}


def _said(text: Text) -> list[str]:
    return [word for word in words(text) if word.isalpha()] if "@" not in text else []


def _differ(one: dict[str, int], other: dict[str, int]) -> bool:
    """Whether it is another pupil or project, not only another number."""
    return any(other.get(field, said) != said for field, said in one.items())


class Mails:
    """By e-mail address: an office's mailbox may be that of all who work there; a person's is not."""

    def __init__(self) -> None:
        self._groups: dict[str, tuple[_Group[tuple[str, frozenset[str]]], _Group[None]]] = {}
        self._personal: set[str] = set()

    def add(self, mail: str, record: Record, text: Text, *, is_read: bool) -> None:
        if mail not in self._groups:
            state = record.code, frozenset(lines_of(record))
            self._groups[mail] = _Group(record, text, state), _Group(record, text, None)
        strangers, others = self._groups[mail]
        if not set(words(others.first[1].partition("@")[0])).isdisjoint(words(record.recipient.name)):
            self._personal.add(mail)
        if text.place.order != others.first[1].place.order:
            others.add(record, text, is_read=is_read)
            if not _is_one_office(strangers.state, record):
                strangers.add(record, text, is_read=is_read)

    def few(self) -> Few:
        found = Few()
        for mail, (strangers, others) in self._groups.items():
            group = others if mail in self._personal else strangers
            what = f"the e-mail address '{short(group.first[1])}'"
            group.tell(found, what, "give each record its own e-mail address")
        return found


def _is_one_office(first: tuple[str, frozenset[str]], other: Record) -> bool:
    """By the post code; by a line of the address where there is none."""
    code, lines = first
    return code == other.code if code or other.code else not lines.isdisjoint(lines_of(other))


class Codes:
    """By post code: each stands for one street."""

    def __init__(self) -> None:
        self._groups: dict[str, _Group[tuple[set[str], set[str]]]] = {}

    def add(self, post_code: str, record: Record, line: Text, *, is_read: bool) -> None:
        own, theirs = streets_of(record), lines_of(record)
        group = self._groups.get(post_code)
        if group is None:
            self._groups[post_code] = _Group(record, line, (own, theirs))
            return
        streets, lines = group.state
        if not (streets & own) and ((streets and own) or (lines and theirs and not lines & theirs)):
            group.add(record, line, is_read=is_read)

    def few(self) -> Few:
        found = Few()
        for code, group in self._groups.items():
            what = f"the post code '{code}', with another street"
            group.tell(found, what, "see which of the two addresses has the wrong post code")
        return found


def lines_of(record: Record) -> set[str]:
    """The lines of an address and their pieces, without the last."""
    return {" ".join(words(piece)) for line in record.lines[:-1] for piece in line.split(",")}


def streets_of(record: Record) -> set[str]:
    """The streets' names in an address, without numbers and short forms."""
    found = set()
    for line in record.lines:
        if not _STREETS.isdisjoint(record.words(line)):
            for piece in line.split(","):
                name = [_SHORT_FORMS.get(word, word) for word in words(piece) if not word[0].isdigit()]
                while name and name[-1] not in STREETS:
                    del name[-1]
                if len(name) > 1:
                    found.add(" ".join(name[-2:]))
    return found
