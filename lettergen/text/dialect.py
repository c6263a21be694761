"""Python-Markdown as letters need it: inline text by the rules of CommonMark, with notes and phrases; no raw HTML."""

from __future__ import annotations

import html
import re
from functools import cache
from html.entities import html5
from typing import TYPE_CHECKING, Any, TypeAlias
from xml.etree.ElementTree import Element as XmlElement  # built by Python-Markdown, never parsed here

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor, LinkInlineProcessor
from markdown.treeprocessors import InlineProcessor as TreeProcessor
from markdown.util import ETX, INLINE_PLACEHOLDER_RE, STX, AtomicString, Registry

from lettergen.files import UNPRINTABLE
from lettergen.text.emphasis import emphasised
from lettergen.text.links import BARE, bare_address, target

if TYPE_CHECKING:
    from collections.abc import Mapping

_Match: TypeAlias = tuple[XmlElement | str, int, int]  # what was found, and from where to where
_NoMatch: TypeAlias = tuple[None, None, None]
# What holds no other sign; each group is named by the element that it makes, or by what it is.
_LITERAL = r"""(?x)\\(?P<kept>["'-])|\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<br>(?:[ ]{2,}|\\)(?=\n))
|(?<!`)(?P<fence>`+)(?!`)(?P<code>.+?)(?<!`)(?P=fence)(?!`)|\[\^(?P<footnote>[^\]\n]+)\]
|(?<!\]\()<(?P<a>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^<>@\s:]+@[^<>@\s]+)>
|(?<!\]\()(?P<raw><(?:/?[A-Za-z][^<>@\ ]*(?:[ ][^<>]*)?|!--.*?--|\?.*?\?|![A-Za-z][^<>]*|!\[CDATA\[.*?\]\])>)
|(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z0-9]+);)"""
_PARENTHESES = r"(?:[^\s()]|\((?:[^\s()]|\((?:[^\s()]|\([^\s()]*\))*\))*\))*"
_TITLE = r"\s+(?P<title>\"[^\"]*\"|'[^']*'|\([^()]*\))"
_TARGET = rf"\(\s*(?P<to><[^<>\n]*>|(?!<){_PARENTHESES})(?:{_TITLE})?\s*\)|\([^)]*\)"
_LANGUAGE = r"\{lang=(?P<lang>[^{}\n]*)\}"


@cache
def engine() -> Markdown:
    """Python-Markdown with inline patterns of our own."""
    markdown = Markdown()
    markdown.inlinePatterns = Registry()
    markdown.treeprocessors.register(TreeProcessor(markdown), "inline", 20)
    patterns = (
        _Literal(_LITERAL, markdown),
        _Bracket(r"\[(?!\^)", markdown, "span", _LANGUAGE),
        _Bracket(r"(?<!\!)\[", markdown, "a", _TARGET),
        _Bracket(r"\!\[", markdown, "img", _TARGET),
        _Bare(BARE, markdown),
        _Emphasis(r"[*_]", markdown),
    )
    for priority, pattern in enumerate(reversed(patterns)):
        pattern.ANCESTOR_EXCLUDES = (*pattern.ANCESTOR_EXCLUDES, "group")  # type: ignore[misc]  # it is read once
        markdown.inlinePatterns.register(pattern, str(priority), priority)
    return markdown


def _xml(tag: str, text: str, **attributes: str) -> XmlElement:
    element = XmlElement(tag, attributes)
    element.text = AtomicString(text)
    return element


def _inert(text: str) -> str:
    """Return the characters in a form that no pattern takes for markup."""
    return "".join(f"{STX}{ord(sign)}{ETX}" for sign in text)


def _character(typed: str) -> str:
    """The character of `&nbsp;` and its like; one that no letter prints stays as typed."""
    character = html.unescape(typed) if typed[1] == "#" else html5.get(typed[1:], typed)
    return typed if UNPRINTABLE.search(character) else character


class _Literal(InlineProcessor):
    """A character that was escaped or named, a line's end, code, a note's sign, an address in angle brackets, HTML.

    An escaped mark or hyphen is one that typography leaves as typed.
    """

    def handleMatch(self, m: re.Match[str], _: str) -> _Match:  # type: ignore[override]  # noqa: N802
        name = str(m.lastgroup)
        text = m[name]
        made: XmlElement | str
        match name:
            case "escaped" | "entity":
                made = _inert(text if name == "escaped" else _character(text))
            case "br":
                made = XmlElement("br", {"typed": text})
            case "code":
                code = text.replace("\n", " ")
                made = _xml("code", code[1:-1] if code.strip(" ") and code[0] == code[-1] == " " else code)
            case "a":
                address = re.sub(r"&#?\w+;", lambda found: _character(found[0]), text)
                made = _xml("a", address, href=target(address))
            case _:
                made = _xml(name, text if name == "raw" else text.replace("\\", ""))
        return made, m.start(), m.end()


class _Bracket(LinkInlineProcessor):
    """An image, a link, or words of another language, `[words]{lang=cy}`; no address stands for one that is wrong."""

    def __init__(self, pattern: str, markdown: Markdown, tag: str, behind: str) -> None:
        super().__init__(pattern, markdown)
        self.tag, self.behind = tag, re.compile(behind)

    def handleMatch(self, m: re.Match[str], data: str) -> _Match | _NoMatch:  # type: ignore[override]  # noqa: N802
        words, end, is_closed = self.getText(data, m.end())
        found = self.behind.match(data, end) if is_closed else None
        if not found:
            return None, None, None
        read = {name: self.unescape(text or "") for name, text in found.groupdict().items()}
        to, language = read.get("to", ""), read.get("lang", "")
        named = {
            "src" if self.tag == "img" else "href": to[1:-1] if to.startswith("<") else to,
            "title": read.get("title", "")[1:-1],
            "lang": language.strip("\"'"),
            "code": language,
            "typed": self.unescape(data[m.start() : found.end()]),
        }
        element = XmlElement(self.tag, named)
        element.text = words
        return element, m.start(), found.end()


class _Bare(InlineProcessor):
    """An address as it stands in a sentence."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], _: str) -> _Match | _NoMatch:  # type: ignore[override]  # noqa: N802
        typed = bare_address(m)
        if not typed:
            return None, None, None
        return _xml("a", typed, href=target(typed), typed=typed), m.start(), m.start() + len(typed)


class _Emphasis(InlineProcessor):
    """All stars and underscores of a text at once."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: N802
        inline: Any = self.md.treeprocessors["inline"]
        edge = "]" if inline.ancestors and inline.ancestors[-1] in ("a", "span") else " "
        pieces = [piece for piece in _PIECES.split(data) if piece]
        typed = [_typed(piece, inline.stashed_nodes) for piece in pieces]
        return emphasised(pieces, [edge, *typed, edge], _inert), 0, len(data)


# Runs of one sign, what was read already, and the text between.
_PIECES = re.compile(rf"(\*+|_+|{STX}klzzwxh:[0-9]+{ETX})")


def _typed(piece: str, read: Mapping[str, XmlElement | str]) -> str:
    """Return the piece as it was typed; of an element whose source was not kept, a full stop."""
    found = INLINE_PLACEHOLDER_RE.fullmatch(piece)
    if not found:
        return piece
    made = read[found[1]]
    return made.get("typed", ".") if isinstance(made, XmlElement) else "."
