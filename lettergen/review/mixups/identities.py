"""What tells one addressee from all others: names, addresses, numbers, and what the author's own fields call theirs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lettergen.review.mixups.phrases import of_field, of_line, of_name
from lettergen.review.mixups.titles import GENERIC
from lettergen.review.mixups.words import address, post_code, values, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lettergen.model import Recipient, Text

STRONG = ("name", "address")  # fields that are the addressee's own, whatever other records say of them
# The author's own fields that say of what kind somebody is, not who.
_KINDS_WORDS = """
    area areas borough city country county district region state town village constituency nation sector theme topic
    category type kind group programme event conference campaign season month day year department
"""
_KINDS = frozenset(_KINDS_WORDS.split())


class Owner(NamedTuple):
    """A record whose identity this is, its addressee and office, and the value that says so: what it is, its field.

    A name or a number `is_personal`: its owner's wherever it stands, however many records have it.
    """

    recipient: str
    addressee: str
    office: str
    what: str
    field: str
    value: Text
    is_personal: bool = False


class Identities(NamedTuple):
    """The first owner of each phrase, all of them by addressee where there are several, and the records' addressees."""

    first: dict[str, Owner]
    several: dict[str, dict[str, Owner]]
    addressees: dict[str, str]

    def belongs(self, phrase: str, recipient: str) -> bool:
        """Whether the phrase is this record's own, or that of another letter to the same addressee."""
        addressee = self.addressees[recipient]
        return self.first[phrase].addressee == addressee or addressee in self.several.get(phrase, ())


def addressee_of(recipient: Recipient) -> str:
    """By name and address: two letters to one addressee may speak of each other."""
    return "\n".join((recipient.name, *address(recipient))).casefold()


def identities(recipients: Sequence[Recipient], markdown: Collection[str]) -> Identities:
    """By their words; fields that are printed as Markdown are sentences, and tell nobody apart."""
    found = Identities({}, {}, {recipient.id: addressee_of(recipient) for recipient in recipients})
    names = Counter(word for recipient in recipients for word in set(words(recipient.name)))
    for recipient in recipients:
        for phrase, owner in _of(recipient, markdown, names):
            first = found.first.setdefault(phrase, owner)
            if first.addressee != owner.addressee:
                owners = found.several.setdefault(phrase, {first.addressee: first})
                owners.setdefault(owner.addressee, owner)
    for phrase, owners in found.several.items():
        _settle(found, phrase, owners)
    return found


def _settle(found: Identities, phrase: str, owners: dict[str, Owner]) -> None:
    """Whose phrase it is: first by names, then by addresses, then by other fields; what several offices
    have is nobody's.
    """
    best = min(_rank(owner.field) for owner in owners.values())
    for addressee in [addressee for addressee, owner in owners.items() if _rank(owner.field) > best]:
        del owners[addressee]
    found.first[phrase] = next(iter(owners.values()))
    offices = {owner.office for owner in owners.values()}
    if len(offices) > 1 and not any(owner.is_personal for owner in owners.values()):
        del found.first[phrase]


def _rank(field: str) -> int:
    return STRONG.index(field) if field in STRONG else len(STRONG)


def _of(recipient: Recipient, markdown: Collection[str], names: Counter[str]) -> Iterator[tuple[str, Owner]]:
    """The phrases of one record, and where each comes from."""
    code, line = post_code(recipient)
    who = recipient.id, addressee_of(recipient), code or recipient.id
    if line is not None:
        owner = Owner(*who, f"the post code '{code}'", "address", line, is_personal=True)
        yield code.lower(), owner
        yield code.lower().replace(" ", ""), owner
    for number, text in enumerate(address(recipient)):
        for phrase in of_line(text, is_first=number == 0):
            yield phrase, Owner(*who, "an address line", "address", text)
    for field, text in values(recipient):
        if field not in markdown and field not in ("address", "role"):
            for phrase, is_personal in _phrases(field, text, names):
                yield phrase, Owner(*who, f"the {field}", field, text, is_personal)


def _phrases(field: str, text: Text, names: Counter[str]) -> Iterator[tuple[str, bool]]:
    """The phrases of a value, and whether they are a person's own."""
    if field == "name":
        yield from ((phrase, True) for phrase in of_name(words(text)))
    elif field == "salutation":
        said = words(text)
        if len(said) > 1 and any(names[word] == 1 for word in said if word not in GENERIC):  # the only Hughes
            yield " ".join(said), False
    elif field not in _KINDS:
        yield from of_field(text)


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
                if phrase in self.phrases:
                    hits.append((phrase, start, start + size))
        return hits
