"""Python-Markdown as letters need it: tables and notes; no raw HTML, no link definitions, no layout of its own."""

from __future__ import annotations

import html
import re
from functools import cache
from string import punctuation
from typing import TYPE_CHECKING, TypeAlias
from xml.etree.ElementTree import Element as XmlElement  # built by Python-Markdown, never parsed here

from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.inlinepatterns import HTML_RE, EscapeInlineProcessor, InlineProcessor, LinkInlineProcessor
from markdown.util import AtomicString

from lettergen.files import UNPRINTABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

_Match: TypeAlias = tuple[XmlElement | str, int, int]  # what was found, and from where to where
_NoMatch: TypeAlias = tuple[None, None, None]
KEPT = "\"'-"  # behind a backslash, typography leaves them as typed
_LANGUAGE = re.compile(r"\{lang=([^{}\n]*)\}")
_UNUSED_INLINE = ("reference", "image_reference", "short_reference", "short_image_ref", "html", "entity", "automail")
# As Python-Markdown has it, but with a blank behind the signs: '#12' is a number.
_HEADING = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ \t]+(?P<header>(?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)")


@cache
def engine() -> Markdown:
    """Python-Markdown with tables; without raw HTML, link definitions and its own layout."""
    # As objects: by name they are sought among all that is installed, which takes longer than the letter.
    markdown = Markdown(extensions=[TableExtension(use_align_attribute=True), SaneListExtension()])
    markdown.preprocessors.deregister("html_block")
    markdown.parser.blockprocessors.deregister("reference")
    markdown.treeprocessors.deregister("prettify")
    markdown.parser.blockprocessors["hashheader"].RE = _HEADING  # type: ignore[attr-defined]
    markdown.parser.blockprocessors.register(_Table(markdown.parser, {"use_align_attribute": True}), "table", 75)
    markdown.ESCAPED_CHARS = list(punctuation)  # as in CommonMark
    for name in _UNUSED_INLINE:
        markdown.inlinePatterns.deregister(name)
    markdown.inlinePatterns.register(_Escape(r"\\(.)", markdown), "escape", 180)
    markdown.inlinePatterns.register(_Phrase(r"\[(?!\^)", markdown), "phrase", 170)
    markdown.inlinePatterns.register(_Footnote(r"\[\^([^\]\n]+)\]", markdown), "footnote", 175)
    markdown.inlinePatterns.register(_Mail(r"<([^<>@\s:]+@[^<>@\s]+)>", markdown), "mail", 110)
    markdown.inlinePatterns.register(_RawHtml(HTML_RE, markdown), "raw", 90)
    markdown.inlinePatterns.register(
        _Entity(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z0-9]+);", markdown), "character", 80
    )
    return markdown


def _xml(tag: str, text: str, **attributes: str) -> XmlElement:
    element = XmlElement(tag, attributes)
    element.text = AtomicString(text)
    return element


class _Escape(EscapeInlineProcessor):
    """An escaped mark or hyphen is one that typography leaves as typed."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]  # noqa: N802
        if m[1] in KEPT:
            return _xml("kept", m[1]), m.start(), m.end()
        return super().handleMatch(m, data)  # type: ignore[return-value]


class _Phrase(LinkInlineProcessor):
    """`[words]{lang=cy}`: words of another language."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Match | _NoMatch:  # type: ignore[override]  # noqa: N802
        words, end, is_closed = self.getText(data, m.end())
        found = _LANGUAGE.match(data, end) if is_closed else None
        if not found:
            return None, None, None
        typed = self.unescape(found[1])
        element = XmlElement("span", {"lang": typed.strip("\"'"), "typed": typed})
        element.text = words
        return element, m.start(), found.end()


class _Footnote(InlineProcessor):
    def handleMatch(self, m: re.Match[str], _: str) -> _Match:  # type: ignore[override]  # noqa: N802
        return _xml("footnote", self.unescape(m[1])), m.start(), m.end()


class _Mail(InlineProcessor):
    def handleMatch(self, m: re.Match[str], _: str) -> _Match:  # type: ignore[override]  # noqa: N802
        return _xml("a", m[1], href=f"mailto:{m[1]}"), m.start(), m.end()


class _RawHtml(InlineProcessor):
    def handleMatch(self, m: re.Match[str], _: str) -> _Match:  # type: ignore[override]  # noqa: N802
        return _xml("raw", self.unescape(m[0])), m.start(), m.end()


class _Entity(InlineProcessor):
    """`&nbsp;` and its like; one that would make a character that no letter prints stays as typed."""

    def handleMatch(self, m: re.Match[str], _: str) -> _Match:  # type: ignore[override]  # noqa: N802
        character = html.unescape(m[0])
        return m[0] if UNPRINTABLE.search(character) else character, m.start(), m.end()


class _Table(TableProcessor):
    """Marks a row that has more cells than the table has columns: Python-Markdown drops them."""

    def _build_row(self, row: str, parent: XmlElement, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc]
        if len(self._split_row(row)) > len(align):  # type: ignore[attr-defined]
            parent[-1].set("lost", row)
