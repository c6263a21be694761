"""Forms of address: whether the salutation fits the title in the name, and the close the salutation."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from lettergen.review.joints.english import listed
from lettergen.review.joints.rules import Slip

# Facts of British forms of address, as the usual reference books have them: a title's salutations, and the right one.
_TITLES = {  # those of higher rank first
    "Baroness": (("Lady", "Baroness"), "Lady {last}"),
    "Lord": (("Lord",), "Lord {last}"),
    "Archbishop": (("Archbishop",), "Archbishop"),
    "Bishop": (("Bishop", "Lord"), "Bishop"),
    "Sir": (("Sir",), "Sir {first}"),
    "Dame": (("Dame",), "Dame {first}"),
    "Lady": (("Lady",), "Lady {last}"),
    "Judge": (("Judge",), "Judge"),
    "Professor": (("Professor",), "Professor {last}"),
    "Dr": (("Dr",), "Dr {last}"),
    **{title: ((title,), f"{title} {{last}}") for title in ("Mr", "Mrs", "Ms", "Miss", "Mx")},
}
_SPELLINGS = {
    **{title.lower(): title for title in _TITLES},
    "prof": "Professor",
    "doctor": "Dr",
    "viscountess": "Baroness",
    "countess": "Baroness",
    "viscount": "Lord",
    "rev": "Reverend",
    "revd": "Reverend",
    "reverend": "Reverend",
    "fr": "Reverend",
    "father": "Reverend",
}
_STYLES = listed("the rt hon right honourable most very his her honour grace cllr councillor ven canon")
_PRELATES = {"rt": "Bishop", "right": "Bishop", "most": "Archbishop"}  # before `Reverend`
_OFFICES = listed(
    "mayor lieutenant chief provost advocate justice chancellor commissioner president bishop privy high speaker "
    "chair chairman mayoress dean"
)
_LETTERS = listed("Bt Bart PhD MSc DPhil MPhil Jr Jnr Snr Esq")  # behind a name; others are capitals
_NOBODY = r"(?:sirs?|madam|sirs?(?: or |\s*/\s*)madam|madam(?: or |\s*/\s*)sirs?|sir or madame|mesdames)"
_ANY = frozenset({"Reverend"})  # who may be Mr, Mrs, Father or Dr


class Named(NamedTuple):
    """A name taken apart: its titles, and the names themselves."""

    titles: frozenset[str]
    names: tuple[str, ...]


@lru_cache(maxsize=1024)
def named(name: str) -> Named:
    """The titles that stand before a name, and what follows, without letters behind it."""
    words = [word.strip(".,()") for word in name.partition(",")[0].split() if word.strip(".,()")]
    folded = [word.casefold() for word in words] + [""]
    titles, count = set(), 0
    while count < len(words):
        word, following = folded[count], folded[count + 1]
        if word in ("earl", "marquess") and following == "of":
            titles.add("Lord")
        elif word in _SPELLINGS and following not in (*_OFFICES, "of"):
            titles.add(_SPELLINGS[word])
        elif word not in _STYLES:
            break
        count += 1
    for style, following in pairwise(folded[:count]):
        if style in _PRELATES and _SPELLINGS.get(following) == "Reverend":
            titles.add(_PRELATES[style])
    names = words[count:]
    while len(names) > 1 and not name.isupper() and (names[-1] in _LETTERS or names[-1].isupper()):
        names.pop()
    return Named(frozenset(titles), tuple(names[: names.index("of")] if "of" in names[1:] else names))


@lru_cache(maxsize=1024)
def unfit(name: str, salutation: str) -> Slip | None:
    """What is wrong with a salutation such as `Ms Hughes` for somebody of this name."""
    whom, words = named(name), salutation.replace(".", "").split()
    title = _SPELLINGS.get(words[0].casefold()) if len(words) > 1 else None
    if title is None or words[1].casefold() in (*_OFFICES, "or", "and", "&") or {"and", "&"} & set(words):
        return None
    wrong = f"'Dear {salutation}' does not fit '{name}'"
    is_surname = len(words) == 2 and len(whom.names) > 1 and words[1] == whom.names[-1] != whom.names[0]  # noqa: PLR2004
    if title in ("Sir", "Dame") and is_surname:
        return _slip(title, f"{wrong}: '{title}' is followed by the first name", _form(f"{title} {{first}}", whom))
    accepted = {accepted for own in whom.titles & _TITLES.keys() for accepted in _TITLES[own][0]}
    is_clergy = whom.titles & _ANY and not whom.titles & {"Bishop", "Archbishop"}
    if not accepted or title in accepted or is_clergy or (title in _ANY and not whom.titles & _ANY):
        return None
    highest = next(own for own in _TITLES if own in whom.titles)
    return _slip(highest, wrong, _form(_TITLES[highest][1], whom))


def _slip(title: str, message: str, right: str) -> Slip:
    way_out = f"write {right}, or a salutation without a title"
    return Slip("form-of-address", f"form-of-address {title}", message, way_out, way_out)


def _form(right: str, whom: Named) -> str:
    """The salutation in quotes, or what it is made of where the first name is but a letter."""
    first, last = whom.names[:1], whom.names[-1:]
    if "{first}" in right and (not first or len(first[0]) == 1):
        return f"'{right.partition(' ')[0]}' and the first name"
    return f"'{right.format(first=''.join(first), last=''.join(last))}'".replace(" '", "'")


@lru_cache(maxsize=1024)
def unfit_close(salutation: str, close: str, name: str) -> Slip | None:
    """What is wrong with `Yours sincerely` or `Yours faithfully` after the salutation."""
    close = close.casefold()
    is_sincere, is_faithful = "yours sincerely" in close, "yours faithfully" in close
    if is_sincere and salutation[:1] in "SsMm" and re.fullmatch(_NOBODY, salutation, re.IGNORECASE):
        return _close(salutation, "sincerely", "faithfully")
    if is_faithful and not is_sincere and _has_name(salutation, name):
        return _close(salutation, "faithfully", "sincerely")
    return None


def _has_name(salutation: str, name: str) -> bool:
    """Whether it is `Mr Jones`, or the first name of somebody who has two."""
    words, whom = salutation.replace(".", "").split(), named(name)
    if len(words) > 1:
        return words[0].casefold() in _SPELLINGS and words[1].casefold() not in (*_OFFICES, "or", "and")
    is_office = name.startswith("The ") and not whom.titles
    return len(whom.names) > 1 and words == list(whom.names[:1]) and not is_office


def _close(salutation: str, said: str, right: str) -> Slip:
    message = f"'Yours {said}' follows 'Dear {salutation}', which asks for 'Yours {right}'"
    in_value = f"write 'closing: Yours {right},' into the record"
    return Slip("closing-mismatch", f"closing-mismatch {said}", message, in_value, f"write 'Yours {right},'")
