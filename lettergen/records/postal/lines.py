"""One line of an address: what is wrong with it in itself, and how it should be."""

from __future__ import annotations

import re
import unicodedata

from lettergen.problems import short

SIGNS = '@()=[]"\\/,<>~'  # GOV.UK Notify refuses a line that begins with one of them
_CLOSING = {"(": ")", "[": "]", "<": ">", '"': '"'}


# Beside Latin letters and blanks: ASCII, and what Word or a keyboard of a Latin language puts in its place.
_COMMON = re.compile("[!-~\u00a1-\u00ff\u02b9-\u02bc\u0300-\u036f‐‑‒–—‘’‚“”„•…′″‹›€№]")
_LISTED = 5  # strange characters that a message shows


def clean(text: str) -> str:
    """The line without signs that a sorting machine trips over; empty if it has no word."""
    text = text.strip(" ").rstrip(" ,")
    while text and text[0] in f"{SIGNS} ":
        sign, text = text[0], text[1:]
        if sign in _CLOSING:
            text = text.replace(_CLOSING[sign], "", 1)
    text = text.rstrip(" ,")
    return text if any(sign.isalnum() for sign in text) else ""


def flaw(line: str) -> str:
    """What is wrong with a line in itself."""
    if not any(sign.isalnum() for sign in line):
        return f"a line of an address needs a letter or a digit: '{short(line)}'"
    if line[0] in SIGNS:
        return f"a line of an address cannot begin with {line[0]}: '{short(line)}'"
    return f"a line of an address needs no comma at its end: '{short(line)}'" if line.endswith(",") else ""


def strange(line: str) -> str:
    """The characters that cannot be printed in an address, for a message."""
    found = list(dict.fromkeys(sign for sign in line if not _is_printable(sign)))
    shown = [f"'{sign}'" if sign.isprintable() else f"U+{ord(sign):04X}" for sign in found[:_LISTED]]
    return ", ".join([*shown, *(["…"] if len(found) > _LISTED else [])])


def _is_printable(sign: str) -> bool:
    is_latin = unicodedata.name(sign, "").startswith("LATIN ")
    return is_latin or sign.isspace() or _COMMON.match(sign) is not None
