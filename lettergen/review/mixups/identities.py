"""What tells one addressee from all others: names, addresses, numbers, and what the author's own fields call theirs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lettergen.review.mixups.phrases import of_field, of_line, of_name
from lettergen.review.mixups.titles import GENERIC
from lettergen.review.mixups.words import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from lettergen.model import Text
    from lettergen.review.mixups.record import Record

    Identity = tuple[str, str, Text, bool]  # a phrase, the field and the value that say it, whether it is personal

STRONG = ("name", "address")  # fields that are the addressee's own, whatever other records say of them
# The author's own fields that say of what kind somebody is, not who.
_KINDS_WORDS = """
    area areas borough city country county district region state town village constituency nation sector theme topic
    category type kind group programme event conference campaign season month day year department
"""
_UNTOLD = {"address", "role", *_KINDS_WORDS.split()}


class Owner(NamedTuple):
    """A record whose identity this is, its office, and the value that says so: what it is, its field."""

    recipient: str
    office: str
    what: str
    field: str
    value: Text


class Owners:
    """Whose a phrase is: first by names, then by addresses, then by other fields. `first` is the first of them.

    A name or a number is personal: its owner's wherever it stands, however many records have it. What several
    offices have besides is nobody's.
    """

    __slots__ = ("_addressees", "_is_personal", "_offices", "first")

    def __init__(self, record: Record, identity: Identity) -> None:
        self.first = _owner(record, identity)
        self._addressees = {hash(record.addressee)}
        self._offices = {self.first.office}
        self._is_personal = identity[3]

    def add(self, record: Record, identity: Identity) -> None:
        """One more record that has it."""
        rank, best = rank_of(identity[1]), rank_of(self.first.field)
        addressee = hash(record.addressee)
        if rank > best or addressee in self._addressees:
            return
        if rank < best:
            self.__init__(record, identity)  # type: ignore[misc]
            return
        self._addressees.add(addressee)
        self._is_personal = self._is_personal or identity[3]
        if len(self._offices) == 1:  # of more, nobody asks which they are
            self._offices.add(record.office)

    def has(self, addressee: str) -> bool:
        """Whether it is this addressee's own, maybe by another letter to the same."""
        return hash(addressee) in self._addressees

    @property
    def are_nobody(self) -> bool:
        return len(self._offices) > 1 and not self._is_personal


def rank_of(field: str) -> int:
    """Whose claim is the best: the lower."""
    return STRONG.index(field) if field in STRONG else len(STRONG)


def _owner(record: Record, identity: Identity) -> Owner:
    _, field, value, is_personal = identity
    of_address = f"the post code '{record.code}'" if is_personal else "an address line"
    return Owner(record.id, record.office, of_address if field == "address" else f"the {field}", field, value)


def identities(record: Record, markdown: Collection[str]) -> Iterator[Identity]:
    """The phrases of one record, and where each comes from; fields that are printed as Markdown are sentences, and
    tell nobody apart. A salutation does so only where its name is that of one record.
    """
    if record.line is not None:
        code = record.code.lower()
        yield code, "address", record.line, True
        yield code.replace(" ", ""), "address", record.line, True
    for number, text in enumerate(record.lines):
        for phrase in of_line(str(text), is_first=number == 0):
            yield phrase, "address", text, False
    for field, text in record.values:
        if field not in _UNTOLD and field not in markdown:
            for phrase, is_personal in _of_value(record, field, text):
                yield phrase, field, text, is_personal


def _of_value(record: Record, field: str, text: Text) -> Iterable[tuple[str, bool]]:
    if field == "name":
        return [(phrase, True) for phrase in of_name(record.words(text))]
    if field != "salutation":
        return of_field(text)
    said = [] if text.isalnum() else record.words(text)
    return [(" ".join(said), False)] if len(said) > 1 and not GENERIC.issuperset(said) else ()


class Finder:
    """Finds phrases in texts: each is looked up by its first word."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases = set(phrases)
        self.lengths: dict[str, list[int]] = {}
        for first, size in Counter((phrase.partition(" ")[0], phrase.count(" ") + 1) for phrase in self.phrases):
            self.lengths.setdefault(first, []).append(size)
        for sizes in self.lengths.values():
            sizes.sort(reverse=True)

    def found(self, text: str) -> list[tuple[str, int, int]]:
        """The phrases in the text, and between which of its words they stand; the longer ones first."""
        spoken, lengths = words(text), self.lengths
        hits = []
        for start, word in enumerate(spoken):
            for size in lengths.get(word, ()):
                phrase = " ".join(spoken[start : start + size])
                if phrase in self.phrases and start + size <= len(spoken):
                    hits.append((phrase, start, start + size))
        return hits
