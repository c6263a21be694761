"""Addresses in a sentence, and what is wrong with a link: its address, or its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import CLOSE, OPEN, Element
from lettergen.model.tree import heard, plain_text, walk

if TYPE_CHECKING:
    from lettergen.model import Node

SCHEMES = ("http", "https", "mailto", "tel")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IN_NAME = rf"\w{OPEN}{CLOSE}\-"
# An address as it stands in a sentence, by GitHub's rules; it may hold values, and letters of every language.
BARE = rf"""(?xi:(?:(?<![a-z])https?://|(?<![^\s*_~(])(?=www\.[^\W_]))(?P<host>[^\W_][{_IN_NAME}.]*)[^\s<\x02]*
|(?<![{_IN_NAME}.+])(?<!\w['’])(?:mailto:)?[{_IN_NAME}.+]+@[{_IN_NAME}]+(?:\.[{_IN_NAME}]+)+
(?<=[^\W\d_]|[{CLOSE}])(?![{_IN_NAME}@]|\.\w))"""
_CUT = re.compile(r"\s|[?!.,:'\"]\Z")
_BEHIND = re.compile(r"(?:&[A-Za-z]+;|[?!.,:*_~'\";”’»›“)])\Z")  # of the sentence


def is_address(text: str) -> bool:
    """Whether a link may lead there."""
    scheme = _SCHEME.match(text)
    return scheme is not None and scheme[1].lower() in SCHEMES


def bare_address(found: re.Match[str]) -> str:
    """The address without the signs of the sentence behind it; nothing if it names no computer."""
    typed = found[0] if "_" not in "".join((found["host"] or "").split(".")[-2:]) else ""
    while (end := _BEHIND.search(typed)) and (end[0] != ")" or typed.count(")") > typed.count("(")):
        typed = typed[: end.start()]
    return typed


def target(typed: str) -> str:
    """Where an address leads that is typed without a scheme, or with it."""
    return f"http://{typed}" if typed[:4].lower() == "www." else typed if _SCHEME.match(typed) else f"mailto:{typed}"


def words_fault(children: tuple[Node, ...], *, is_bare: bool) -> tuple[str, str] | None:
    """What is wrong with a link that a screen reader cannot name, that is two at once, or that is an address in the
    text which ends within its value; and the way out.
    """
    if is_bare and _CUT.search(words := plain_text(children)):
        return f"the address '{words}' has a blank, or ends with a sign of the sentence", "write [words](address)"
    if any(isinstance(node, Element) and node.tag == "a" for node in walk(children)):
        return "a link cannot hold another link", "end the first one before the second begins"
    if children and not heard(children):
        return "this link has no words", "write [words](address), or [![words](image)](address)"
    return None
