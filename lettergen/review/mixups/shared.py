"""Two records that have what only one of them should have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.model import Text
from lettergen.problems import Problem, Related, short
from lettergen.review.mixups.identities import addressee_of
from lettergen.review.mixups.titles import GENERIC, STREETS
from lettergen.review.mixups.words import address, few, is_own, post_code, values, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.model import Mailing, Recipient

_SHORT_FORMS = {
    "st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "sq": "square",
    "pl": "place", "dr": "drive", "cl": "close", "gdns": "gardens", "cres": "crescent", "ter": "terrace",
    "gr": "grove",
}  # fmt: skip


def check_shared(mailing: Mailing) -> Iterator[Problem]:
    """A warning for each name, e-mail address and post code that two records should not share."""
    names, mails, codes = _grouped(mailing.recipients)
    yield from few(filter(None, map(_same_name, names.values())))
    yield from few(filter(None, map(_same_mail, mails.values())))
    yield from few(filter(None, (_other_street(code, group) for code, group in codes.items())))


_Groups = dict[str, list[tuple["Recipient", "Text"]]]


def _grouped(recipients: Iterable[Recipient]) -> tuple[_Groups, _Groups, _Groups]:
    """The records by name, by e-mail address and by post code, each with the value."""
    names: _Groups = {}
    mails: _Groups = {}
    codes: _Groups = {}
    for recipient in recipients:
        for field, text in values(recipient):
            if field == "name":
                names.setdefault(" ".join(words(text)), []).append((recipient, text))
            elif "@" in text and " " not in text:
                mails.setdefault(text.casefold(), []).append((recipient, text))
        code, line = post_code(recipient)
        if line is not None:
            codes.setdefault(code, []).append((recipient, line))
    return names, mails, codes


def _same_name(group: list[tuple[Recipient, Text]]) -> Problem | None:
    first = group[0]
    others = [one for one in group[1:] if not _is_about_another(first[0], one[0])]
    if not others or GENERIC.issuperset(words(first[1])):
        return None
    way_out = "remove one record if both are of one person; else see that each has its own name"
    return _twice(first, others, f"the name '{short(first[1])}'", way_out)


def _is_about_another(one: Recipient, other: Recipient) -> bool:
    """Whether two letters to one addressee are about two things: another pupil or project, not only another number."""
    if addressee_of(one) != addressee_of(other) or one.fields.get("salutation") != other.fields.get("salutation"):
        return False
    own = [(text, other.fields.get(field)) for field, text in one.fields.items() if is_own(field)]
    pairs = [(text, again) for text, again in own if isinstance(text, Text) and isinstance(again, Text)]
    return any(_said(text) != _said(again) for text, again in pairs)


def _said(text: Text) -> list[str]:
    """The words that are no numbers nor of an e-mail address."""
    return [word for word in words(text) if word.isalpha()] if "@" not in text else []


def _same_mail(group: list[tuple[Recipient, Text]]) -> Problem | None:
    """An office's mailbox may be that of all who work there; a person's is not."""
    (first, _), others = group[0], [one for one in group[1:] if one[1].place.order != group[0][1].place.order]
    mailbox = set(words(group[0][1].partition("@")[0]))
    is_personal = any(not mailbox.isdisjoint(words(recipient.name)) for recipient, _ in group)
    if not is_personal:
        others = [one for one in others if not _is_one_office(first, one[0])]
    way_out = "give each record its own e-mail address"
    return _twice(group[0], others, f"the e-mail address '{short(group[0][1])}'", way_out) if others else None


def _is_one_office(one: Recipient, other: Recipient) -> bool:
    """By the post code; by a line of the address where there is none."""
    codes = {post_code(one)[0], post_code(other)[0]}
    return len(codes) == 1 if any(codes) else bool(_lines(one) & _lines(other))


def _other_street(code: str, group: list[tuple[Recipient, Text]]) -> Problem | None:
    if len(group) == 1:
        return None
    first = group[0][0]
    streets, lines = _streets(first), _lines(first)
    others = []
    for other, line in group[1:]:
        own = _streets(other)
        theirs = _lines(other)
        if not (streets & own) and ((streets and own) or (lines and theirs and not lines & theirs)):
            others.append((other, line))
    way_out = "see which of the two addresses has the wrong post code"
    return _twice(group[0], others, f"the post code '{code}', with another street", way_out) if others else None


def _lines(recipient: Recipient) -> set[str]:
    return {" ".join(words(piece)) for line in address(recipient)[:-1] for piece in line.split(",")}


def _streets(recipient: Recipient) -> set[str]:
    """The streets' names in an address, without numbers and short forms."""
    found = set()
    for line in address(recipient):
        for piece in line.split(","):
            name = [_SHORT_FORMS.get(word, word) for word in words(piece) if not word[0].isdigit()]
            while name and name[-1] not in STREETS:
                del name[-1]
            if len(name) > 1:
                found.add(" ".join(name[-2:]))
    return found


def _twice(first: tuple[Recipient, Text], others: list[tuple[Recipient, Text]], what: str, way_out: str) -> Problem:
    """At the second record that has it; the others are counted."""
    (recipient, text), (other, again) = first, others[0]
    message = f"'{other.id}' has the same as '{recipient.id}': {what}"
    related = (Related(text.place, f"'{recipient.id}' has it here"),)
    return Problem("shared-identity", message, again.place, way_out, related, what, more=len(others) - 1, anywhere=True)
