"""What is wrong with the records' addresses, by the rules of Royal Mail and GOV.UK Notify."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Items, Text, one_line
from lettergen.problems import Problem, Related, short
from lettergen.records.postal.codes import AREAS, like_post_code, meant
from lettergen.records.postal.ending import Ending, Flaw, take_apart
from lettergen.records.postal.lines import clean, flaw, strange
from lettergen.records.postal.mending import LEAST, MOST, is_right, mended, pasted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lettergen.model import Recipient
    from lettergen.problems import Place

_NOWHERE = re.compile(r"no fixed (?:abode|address)|(?:^|,)\W*nfa\W*(?:,|$)", re.IGNORECASE)


class _Address(NamedTuple):
    """A record's address: the texts above it, its items and their lines as printed, and how it ends."""

    heads: tuple[tuple[str, Text], ...]
    items: Items
    texts: tuple[Text, ...]
    lines: tuple[str, ...]
    ending: Ending


def check_address(recipient: Recipient) -> Iterator[Problem]:
    """Every problem of the record's address, if it has one."""
    address = _address(recipient)
    if address:
        yield from _check(address)


def _address(recipient: Recipient) -> _Address | None:
    items = recipient.fields.get("address")
    if not isinstance(items, Items):
        return None
    texts = tuple(item for item in items if isinstance(item, Text))
    named = ((key, recipient.fields.get(key)) for key in ("name", "role"))
    heads = tuple((key, text) for key, text in named if isinstance(text, Text) and text)
    lines = tuple(one_line(text) for text in texts)
    return _Address(heads, items, texts, lines, take_apart(lines))


def _check(address: _Address) -> Iterator[Problem]:
    yield from _check_characters(address)
    yield from _check_heads(address)
    nowhere = next((line for line in address.ending.body if _NOWHERE.search(line.text)), None)
    if nowhere:
        way_out = "write the address of somebody who hands the letter over, such as 'c/o …', or leave the record out"
        message = f"no letter can be delivered to '{short(nowhere.text)}'"
        yield _problem("address-line", message, address.texts[nowhere.number].place, way_out)
        return
    way_out = _way_out(address)
    yield from _together("post-code-place", address.ending.flaws, address, way_out)
    if not address.ending.last:
        yield _no_post_code(address)
    flaws = [Flaw(number, wrong) for number, line in enumerate(address.lines) if (wrong := flaw(line))]
    yield from _together("address-line", flaws, address, way_out)
    yield from _check_count(address, way_out)


def _together(code: str, flaws: Sequence[Flaw], address: _Address, way_out: str) -> Iterator[Problem]:
    """One problem for all the lines: what is proposed mends them together."""
    if flaws:
        first, *others = sorted(flaws)
        related = tuple(Related(address.texts[number].place, message) for number, message in others)
        yield replace(_problem(code, first.message, address.texts[first.number].place, way_out), related=related)


def _way_out(address: _Address) -> str:
    """The mended address to paste, or else words: where it takes more than to arrange what is there."""
    lines = mended(address.ending, len(address.heads))
    if not lines or (address.ending.last and not is_right(lines, len(address.heads))):
        return "add the lines that are missing: the street, the town and the post code"
    return f"write the address as {pasted(address.items, lines)}"


def _check_characters(address: _Address) -> Iterator[Problem]:
    """A problem for each text with characters that cannot be printed in an address."""
    for text in (*(text for _, text in address.heads), *address.texts):
        found = strange(one_line(text))
        if found:
            message = f"{found} cannot be printed in an address: sorting machines read Latin letters only"
            way_out = "write it with Latin letters, digits and common punctuation"
            yield _problem("address-character", message, text.place, way_out)


def _check_heads(address: _Address) -> Iterator[Problem]:
    """A problem for a name or role that is no line of an address; what to do about it is for its owner to say."""
    for key, text in address.heads:
        line = one_line(text)
        wrong = flaw(line)
        if wrong:
            better = clean(line)
            way_out = f"write '{key}: {better}'" if better else f"write the {key} in letters"
            yield _problem("address-line", wrong, text.place, way_out)


def _check_count(address: _Address, way_out: str) -> Iterator[Problem]:
    """A problem for too few or too many lines, if that is not only for what is said already."""
    heads, last = len(address.heads), address.ending.last
    typed = heads + len(address.texts)
    count = heads + len(address.ending.body) + bool(last)
    with_heads = " and ".join(key for key, _ in address.heads)
    counted = f", the {with_heads} among them" if heads else ""
    if typed > MOST < count:
        message = f"this address has {typed} lines{counted}; at most {MOST} fit into an envelope's window"
        place = address.texts[max(0, MOST - heads)].place
        yield _problem("address-lines", message, place, way_out)
    elif last and count < LEAST:
        message = f"this address has {typed} line{'s' * (typed != 1)}{counted}; it takes at least {LEAST}"
        yield _problem("address-lines", message, address.texts[-1].place, way_out)


def _no_post_code(address: _Address) -> Problem:
    """The address ends with something else than a post code or a country."""
    text = address.texts[-1]
    like = like_post_code(clean(address.lines[-1]))
    if like:
        area = (re.match("[A-Za-z]+", like) or [""])[0].upper()
        found = meant(like)
        known = "" if found or area in AREAS else f": there is no area '{area}'"
        way_out = f"did you mean '{found}'?" if found else "look it up, for instance with Royal Mail's Postcode Finder"
        return _problem("post-code", f"'{like}' is no post code{known}", text.place, way_out)
    message = f"the address ends with '{short(address.lines[-1])}', which is neither a post code nor another country"
    way_out = "add the post code as the last line; if the letter goes abroad, the country's name in English"
    return _problem("post-code", message, text.place, way_out)


def _problem(code: str, message: str, place: Place, way_out: str) -> Problem:
    # Alike is what is mended alike: each other address needs its own lines to paste.
    return Problem(code, message, place, way_out, subject=f"{message}\n{way_out}", anywhere=True)
