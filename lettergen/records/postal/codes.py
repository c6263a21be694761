"""What a UK post code is: its areas as data, and the forms that Royal Mail gives out."""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

# The areas in use, with those of the Crown dependencies, the forces (BF) and large users (BX).
_LISTED = """
    AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX
    FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN
    NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB
    W WA WC WD WF WN WR WS WV YO ZE
"""
AREAS = tuple(_LISTED.split())
_ONE = "|".join(area for area in AREAS if len(area) == 1)
_TWO = "|".join(area for area in AREAS if len(area) == 2)  # noqa: PLR2004 - letters
# A few districts have a letter: which ones depends on the length of the area.
_OUTWARD = rf"(?:{_ONE})[0-9][0-9A-HJKPSTUW]?|(?:{_TWO})[0-9][0-9ABEHMNPRVWXY]?"
_INWARD = "[0-9][ABD-HJLNP-UW-Z]{2}"
_CODE = rf"(?:{_OUTWARD})\s*{_INWARD}|GIR\s*0AA"
_WHOLE = re.compile(_CODE, re.IGNORECASE | re.ASCII)
_WITHIN = re.compile(rf"(?<!\w)(?:{_CODE})(?!\w)", re.IGNORECASE | re.ASCII)
_LIKE = re.compile(r"(?<!\w)(?=\D*\d)[A-Z]{1,2}[0-9OI][0-9A-Z]?\s*[0-9OI][A-Z0-9]{2}$", re.IGNORECASE | re.ASCII)
_BFPO = re.compile(r"BFPO\s*(c/o)?\s*([0-9]{1,4})", re.IGNORECASE | re.ASCII)
_TWINS = {"O": "O0", "0": "0O", "I": "I1", "1": "1I"}


class Found(NamedTuple):
    """A post code in a line: as it is printed, and what else the line says."""

    code: str
    rest: str


def as_post_code(text: str) -> str:
    """The post code as it is printed, in capitals with one blank; empty if the text is none."""
    close = "".join(text.split())
    return f"{close[:-3]} {close[-3:]}".upper() if _WHOLE.fullmatch(close) else ""


def find_post_code(line: str) -> Found | None:
    """The last post code of the line."""
    every = list(_WITHIN.finditer(line))
    if not every:
        return None
    found = every[-1]
    before = line[: found.start()].rstrip(" ,")
    behind = line[found.end() :].lstrip(" ,." if before else " ,")
    return Found(as_post_code(found[0]), " ".join(filter(None, (before, behind))))


def bfpo(line: str) -> str:
    """The number of a British Forces Post Office as it is printed; empty if the line is none."""
    found = _BFPO.fullmatch(line)
    return f"BFPO {'c/o ' if found[1] else ''}{found[2]}" if found else ""


def like_post_code(line: str) -> str:
    """The end of the line that was meant to be a post code."""
    found = _LIKE.search(line)
    return found[0] if found else ""


def meant(text: str) -> str:
    """The one post code that is read out of O for 0 and I for 1; empty if there is none or several."""
    spelt = product(*(_TWINS.get(sign, sign) for sign in "".join(text.split()).upper()))
    found = {code for signs in spelt if (code := as_post_code("".join(signs)))}
    return found.pop() if len(found) == 1 else ""
