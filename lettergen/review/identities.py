"""What tells one addressee from all others: names, addresses, numbers, and what the author's own fields call theirs."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lettergen.review.titles import GENERIC, PARTICLES, STREETS, TITLES
from lettergen.review.words import address, folded, post_code, values, words

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
# An own value with a digit that is a day, a time or an amount; a word that is an identity has more of them.
_MEASURE = re.compile(r"\W*\d+([.,:/\u2013-]\d+)*\W*[a-z]{0,3}\W*|.*[£$€%].*", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"\+?[\d ()/.-]*")
_DIGITS = 5
_TIMES_WORDS = """
    january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday morning afternoon evening
    spring summer autumn winter easter christmas
"""
_TIMES = frozenset(_TIMES_WORDS.split())
# An address line without a number that is that of a house or an office has one of these words, or is the first line.
_BUILDINGS_WORDS = """
    house park building buildings hall court tower towers centre center office offices headquarters hq station
    authority council university college hospital school academy trust association society foundation institute
    barracks castle manor farm cottage lodge mill mills chambers works plaza point exchange library church cathedral
    quarter wharf hill green
"""
_BUILDINGS = frozenset(_BUILDINGS_WORDS.split())
# Words of which half of all addresses are made: a line of nothing else is no identity.
_COMMON_WORDS = """
    high main station church london park victoria queen queens king kings market mill new old upper lower north
    south east west great little city town county civic police central municipal public general royal st saint s
    first second third ground top flat unit floor level suite room block box po apartment annexe wing bay desk no
    number one two three four five
"""
_COMMON = GENERIC | frozenset(_COMMON_WORDS.split())


class Owner(NamedTuple):
    """A record whose identity this is, its office, and the value that says so: what it is, and its field.

    A name or a number `is_personal`: its owner's wherever it stands, however many records have it.
    """

    recipient: str
    office: str
    what: str
    field: str
    value: Text
    is_personal: bool = False


class Identities(NamedTuple):
    """The first owner of each phrase, and all of them by id where there are several."""

    first: dict[str, Owner]
    several: dict[str, dict[str, Owner]]

    def belongs(self, phrase: str, recipient: str) -> bool:
        """Whether the phrase is this record's own."""
        return self.first[phrase].recipient == recipient or recipient in self.several.get(phrase, ())


def identities(recipients: Sequence[Recipient], markdown: Collection[str]) -> Identities:
    """By their words; fields that are printed as Markdown are sentences, and tell nobody apart."""
    found = Identities({}, {})
    names = Counter(word for recipient in recipients for word in set(words(recipient.name)))
    for recipient in recipients:
        for phrase, owner in _of(recipient, markdown, names):
            first = found.first.setdefault(phrase, owner)
            if first.recipient != recipient.id:
                owners = found.several.setdefault(phrase, {first.recipient: first})
                owners.setdefault(recipient.id, owner)
    for phrase, owners in found.several.items():
        _settle(found, phrase, owners)
    return found


def _settle(found: Identities, phrase: str, owners: dict[str, Owner]) -> None:
    """Whose phrase it is: first by names, then by addresses, then by other fields; what several offices
    have is nobody's.
    """
    best = min(_rank(owner.field) for owner in owners.values())
    for id_ in [id_ for id_, owner in owners.items() if _rank(owner.field) > best]:
        del owners[id_]
    found.first[phrase] = next(iter(owners.values()))
    offices = {owner.office for owner in owners.values()}
    if len(offices) > 1 and not any(owner.is_personal for owner in owners.values()):
        del found.first[phrase]


def _rank(field: str) -> int:
    return STRONG.index(field) if field in STRONG else len(STRONG)


def _of(recipient: Recipient, markdown: Collection[str], names: Counter[str]) -> Iterator[tuple[str, Owner]]:
    """The phrases of one record, and where each comes from."""
    code, line = post_code(recipient)
    id_, office = recipient.id, code or recipient.id
    if line is not None:
        owner = Owner(id_, office, f"the post code '{code}'", "address", line, is_personal=True)
        yield code.lower(), owner
        yield code.lower().replace(" ", ""), owner
    for number, text in enumerate(address(recipient)):
        for phrase in _lines(text, is_first=number == 0):
            yield phrase, Owner(id_, office, "an address line", "address", text)
    for field, text in values(recipient):
        if field not in markdown and field not in ("address", "role"):
            for phrase, is_personal in _phrases(field, text, names):
                yield phrase, Owner(id_, office, f"the {field}", field, text, is_personal)


def _phrases(field: str, text: Text, names: Counter[str]) -> Iterator[tuple[str, bool]]:
    """The phrases of a value, and whether they are a person's own."""
    if field == "name":
        yield from ((phrase, True) for phrase in _names(words(text)))
    elif field == "salutation":
        said = words(text)
        if len(said) > 1 and any(names[word] == 1 for word in said if word not in GENERIC):  # the only Hughes
            yield " ".join(said), False
    elif field not in _KINDS:
        yield from _own(text)


def _names(name: list[str]) -> Iterator[str]:
    """The whole name, and that without titles: two words, one of them a name."""
    plain = list(name)
    while plain and (plain[0] in TITLES or plain[0] in PARTICLES):
        del plain[0]
    while plain and plain[-1] in TITLES:
        del plain[-1]
    for found in (name, plain):
        if len(found) > 1 and not GENERIC.issuperset(found):
            yield " ".join(found)


def _lines(line: str, *, is_first: bool) -> Iterator[str]:
    """The phrases of an address line: itself and its pieces, but for towns and what half of all addresses say."""
    for piece in dict.fromkeys((line, *line.split(","))):
        found = words(piece)
        if len(found) > 1 and (_is_house(found, is_first=is_first) or _is_door(found)):
            yield " ".join(found)


def _is_house(found: list[str], *, is_first: bool) -> bool:
    """`Kelvedon Park` and `Flat 2 Lee House`, but neither `Police Headquarters` nor `London Road` nor `Bath`."""
    has_number = any(word[0].isdigit() for word in found)
    is_named = found[-1] not in STREETS and (is_first or not _BUILDINGS.isdisjoint(found))
    telling = (word for word in found if word not in _COMMON and not word[0].isdigit() and len(word) > 1)
    return (has_number or is_named) and not (_BUILDINGS | STREETS).issuperset(telling)


def _is_door(found: list[str]) -> bool:
    """`1 High Street`: common words, but with a number they are one door."""
    return found[0][0].isdigit() and len(found) > 2 and found[-1] in STREETS  # noqa: PLR2004 - number, name, street


def _own(text: str) -> Iterator[tuple[str, bool]]:
    """The phrase of an author's own field that looks like a name, a number or an e-mail address."""
    if "@" in text and " " not in text:
        yield " ".join(words(text)), True
        return
    found = words(text)
    digits = sum(sign.isdigit() for sign in text)
    if _NUMBER.fullmatch(text) and not _is_measure(text) and digits >= _DIGITS:
        yield " ".join(found), True
        yield "".join(found), True
    elif " " not in text:
        if len(text) >= _DIGITS and digits > 2 and not _is_measure(text):  # noqa: PLR2004 - not `Covid-19`
            yield " ".join(found), True
    elif _is_name(text):
        yield " ".join(found[found[0] == "the" :]), False


def _is_measure(text: str) -> bool:
    """A day, a time, a span of years or an amount: `2020-10-13`, `12:30`, `1,200`."""
    return _MEASURE.fullmatch(text) is not None and re.search(r"\d{5}", text) is None


def _is_name(text: str) -> bool:
    """Whether each longer word begins with a capital, and two say who."""
    typed = text.split()
    if any(len(word) > 3 and word[0].islower() for word in typed):  # noqa: PLR2004 - `and`, `the`, `for`
        return False
    telling = [word for word in typed if word[0].isupper() and folded(word.strip(".,()")) not in GENERIC | _TIMES]
    return len(telling) > 1


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
