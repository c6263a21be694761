"""What the properties draw: values of fields, the templates that they stand in, and how many of each.

`EXAMPLES=100 pytest tests/test_readers.py` draws a hundred times as many. Where `CI` is set, Hypothesis
draws the same ones each time.
"""

from __future__ import annotations

import os
import re
from typing import NamedTuple, TypeAlias

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from lettergen.files import UNPRINTABLE
from lettergen.model import trimmed

Texts: TypeAlias = st.SearchStrategy[str]

_MORE = int(os.environ.get("EXAMPLES", "1"))


def examples(count: int) -> settings:
    """So many examples, or a multiple of them; none is too slow."""
    return settings(max_examples=count * _MORE, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# --- values ---

_NASTY = r"""*a*|**a**|_a_|__init__|a_b_c|_x|*x|x*|x_|***x***|**x|4.|4. Stock|4) x|1986. x|A. Smith|A.|A)|II. x
IV) x|(a) x|(iv) x|iv. x|i. x|a. x|mix. x|- x|-|--|+ x|+|* x|# x|#1|#|## x ##|C#|> x|>x|[x](y)
[x][y]|[x]|[^1]|[^1]: x|[x]: http://y|![a](b)|<b>x</b>|<div>|</p>|<!-- x|<!-- x -->|<?php|<![CDATA[x
<http://x.y>|<a@b.cd>|&amp;|&copy|&copy;|&#42;|&#x2a;|&|AT&T|A&E;|`x`|``|`|```|\|\*|\\|x\|C:\dir\|\n
~~x~~|~x~|H~2~O|~5|~~~|x^2^|^[x]|^x|$5 and $6|$5|$x$|$$x$$|US$ 5|a$|$|@smith|@|(@)|(@a)|a@b.com
a_b@c.de|http://x.y/z|https://x.y?a=b&c=d|http://a_b_c*d*|www.x.y|WWW.x.y|ftp://x|mailto:x@y.z
xmpp:a@b.c|:smile:|:+1:|a:b:c|12:30:45|BAR|BARxBAR|a BAR b|BAR x|---|===|=|***|___|- - -|* * *|+---+
---BAR---|::: x|: x|:x|:|% x|%|{#id}|x {.c}|{{x}}|{: .c}|{=html}|\begin{x}|\(x\)|\[x\]|"q" 'q'|...
1986\. x|[ ] x|[x] y|Table: x|table: x|Table:|[TOC]|*[x]: y|x!|!|x\|x#|x:|(x)|(x|)x|]|[|)|]:x|]x(|😀|a😀
שלום|שלום *x*|e\u0301|\u0301x|\u00a0|\u00a0x|x\u00a0|a\u00a0b|\u00adx|x\u00ad|a\u200db|\u200b|\ufeff
\u2003x|x\u3000|\u1fefx\u1fef|&copy\u037e|]:x|\u3000x_|“x”|«x»|…|–|x–|€5|·|½|x²|İ|ß""".replace("\n", "|")


def nasty() -> list[str]:
    """Values that a reader could take for markup."""
    texts = [text.replace("BAR", "|") for text in _NASTY.split("|")]
    return ["plain", *(re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text) for text in texts)]


_OTHERS = ["{{ x }}", "{% if %}", "{# x", "{% endblock %}", "~", "null", "true", "[^note]", "javascript:x", "00:"]
_SIGN = st.sampled_from("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ab1 ")
_ANY = st.characters(codec="utf-8").filter(lambda sign: not UNPRINTABLE.match(sign))
_PIECE = st.sampled_from([*nasty(), *_OTHERS]) | st.text(_SIGN, min_size=1, max_size=5)
# What a plain field can hold: signs, any text that reading accepts, pieces of markup, white space, long runs.
VALUES: Texts = st.one_of(
    st.text(_SIGN, min_size=1, max_size=9),
    st.text(_ANY, min_size=1, max_size=9),
    st.lists(_PIECE, min_size=1, max_size=3).map("".join),
    st.lists(_PIECE, min_size=2, max_size=3).map("\t \n\n".join),
    st.builds(lambda sign, count, rest: sign * count + rest, _SIGN, st.integers(3, 90), _PIECE),
).filter(lambda text: bool(trimmed(text)))


# --- templates ---


class Leaf(NamedTuple):
    """What the sentences of a template hold: anywhere, and in what can hold no footnote reference."""

    anywhere: Texts
    closed: Texts


_WORD = st.sampled_from(
    ["word", "a", "x", " ", " ", " and ", ", ", ". ", "(", ") ", "!", ":", "http:", "1986.", "\\*", "&amp;", "“", "é"]
)


def _sentence(leaf: Leaf) -> Texts:
    """Inline Markdown in one line; a leaf may stand at either end, within a word, or beside another."""
    styled = st.one_of(
        leaf.anywhere,
        leaf.anywhere.map(lambda text: f"*{text}*"),
        leaf.anywhere.map(lambda text: f"**{text}**"),
        leaf.anywhere.map(lambda text: f"***{text}***"),
        leaf.anywhere.map(lambda text: f"**a *{text}* b**"),
        leaf.anywhere.map(lambda text: f"[{text} *{text}*]{{lang=cy}}"),
        leaf.closed.map(lambda text: f"`{text}`"),
        leaf.closed.map(lambda text: f"*[{text}](https://example.org/)*"),
        leaf.closed.map(lambda text: f"[x {text}](https://example.org/a?b={text})"),
        st.builds(lambda one, two: f"![{one}](sign.svg) [**{one}** y](mailto:{two})", leaf.closed, leaf.closed),
    )
    piece = styled | styled | _WORD
    return st.lists(piece, min_size=1, max_size=4).map(_apart).map(str.strip).filter(_is_sentence)


def _apart(pieces: list[str]) -> str:
    """The pieces joined; a comma where a template's author would have one: beside stars, before an image's signs."""
    made = ""
    for piece in pieces:
        is_close = made and ("*" in (made[-1], piece[:1]) or made[-1] + piece[:1] == "![")
        made += "," + piece if is_close else piece
    return made


def _is_sentence(line: str) -> bool:
    """Whether it can stand anywhere as a line: not empty, and no block by its beginning."""
    return bool(re.match(r"[^\s:.]", line)) and not re.match(r"1986\.\s", line)


def _indented(text: str) -> str:
    return re.sub(r"^(?=.)", "    ", text, flags=re.MULTILINE)


def _tight(mark: str, items: list[str]) -> str:
    return "\n".join(f"{mark} {item}" for item in items)


def _loose(mark: str, *items: str) -> str:
    return "\n\n".join(f"{mark} {item}" for item in items)


def _table(cells: list[str]) -> str:
    head, *rows = (f"| {one} | {two} |" for one, two in zip(cells[::2], cells[1::2], strict=True))
    return "\n".join([head, "|:--|--:|", *rows])


def _quote(block: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in block.split("\n"))


def _block(leaf: Leaf) -> Texts:
    """A paragraph, heading, table, list or quote; lists and quotes hold others."""
    sentence, closed = _sentence(leaf), _sentence(Leaf(leaf.closed, leaf.closed))
    mark = st.sampled_from(["-", "1.", "0."])
    paragraph = st.lists(sentence, min_size=1, max_size=3).flatmap(
        lambda lines: st.sampled_from(["\n", "  \n"]).map(lambda end: end.join(lines))
    )
    tight = st.builds(_tight, mark, st.lists(sentence, min_size=1, max_size=3))
    inner = st.builds(_tight, st.sampled_from(["-", "1."]), st.lists(sentence, min_size=1, max_size=2))
    nested = st.builds(lambda line, inner: f"- {line}\n{_indented(inner)}\n- {line}", sentence, inner)
    simple = st.one_of(
        paragraph,
        paragraph,
        st.builds(lambda level, text: f"{'#' * level} {text}", st.integers(1, 6), closed),
        st.lists(sentence, min_size=4, max_size=4).map(_table),
        tight,
        nested,
    )
    return st.recursive(simple, lambda inner: _holders(sentence, inner), max_leaves=3)


def _holders(sentence: Texts, inner: Texts) -> Texts:
    """Quotes, and loose lists: Markdown has no list of which some items are loose and some are not."""
    item = st.builds(lambda line, block: f"{line}\n\n{_indented(block)}", sentence, inner)
    return st.one_of(
        inner.map(_quote),
        st.builds(_loose, st.just("-"), item, sentence),
        st.builds(_loose, st.just("0."), item, item),
    )


def blocks(leaf: Leaf) -> Texts:
    """The text of a part, some of it under conditions; a rule keeps neighbours from growing together."""
    block = _block(leaf)
    chosen = st.builds(
        lambda test, one, two: f"{{% if {test} %}}\n{one}\n{{% else %}}\n{two}\n{{% endif %}}",
        st.sampled_from(["'v' in variants", "'w' not in variants", "recipient.nothing"]),
        block,
        block,
    )
    return st.lists(block | block | chosen, min_size=1, max_size=3).map("\n\n* * *\n\n".join)


def lines(leaf: Leaf) -> Texts:
    """The text of a part that keeps its lines."""
    return st.lists(_sentence(leaf), min_size=1, max_size=3).map("\n".join)


def templates(parts: dict[str, Texts]) -> Texts:
    """A main document with some of these parts, in any order in the file; it always has a body."""
    optional = {name: text for name, text in parts.items() if name != "body"}
    drawn = st.fixed_dictionaries({"body": parts["body"]}, optional=optional)
    return drawn.flatmap(lambda texts: st.permutations([_part(name, text) for name, text in texts.items()])).map(
        "".join
    )


def _part(name: str, text: str) -> str:
    return f"{{% block {name} %}}\n{text}\n{{% endblock %}}\n"
