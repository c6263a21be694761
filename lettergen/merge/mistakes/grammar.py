"""Tags that are not written as they should be."""

from __future__ import annotations

import re

from lettergen.merge.mistakes.failing import ENDINGS, Failure, Finding
from lettergen.merge.mistakes.tags import TAGS
from lettergen.problems import short

# A token that Jinja wants, as its lexer calls it -> as people know it.
_TOKENS = {"comma": ",", "colon": ":", "assign": "=", "rparen": ")", "rbracket": "]", "rbrace": "}"}


def _empty(failure: Failure) -> Finding | None:
    """`{{ }}`, `{% %}`."""
    if failure.tag.words:
        return None
    return failure.at_tag("there is nothing in this tag", "write a field such as {{ recipient.name }}, or remove it")


def _kind_of_tag(failure: Failure) -> Finding | None:
    """`{{ if x }}`, `{{{ x }}}`, `{% else if x %}`."""
    words = failure.tag.words
    if failure.tag.opening == "{{" and failure.tag.name in TAGS:
        return failure.at_tag(f"'{{{{ … }}}}' prints a field; '{failure.tag.name}' is a tag", f"write {{% {words} %}}")
    if failure.tag.opening == "{{" and re.match(r"\{+\s*[^\W\d][\w. |]*\}*$", words):
        return failure.at_tag("there is one brace too many", f"write {{{{ {words.strip('{}').strip()} }}}}")
    if re.match(r"else\s+if\b", words):
        way_out = f"write {{% elif {words.split('if', 1)[1].strip() or 'recipient.role'} %}}"
        return failure.at_tag("there is no tag 'else if'", way_out)._replace(is_local=False)
    return None


def _wanted(failure: Failure) -> Finding | None:
    """One certain sign or word is wanted."""
    if failure.wanted == "name":
        return failure.here("a name is needed here", failure.usage)
    word = _TOKENS.get(failure.wanted, failure.wanted.partition("name:")[2])
    return failure.here(f"'{word}' is missing before '{short(failure.shown, 40)}'", failure.usage) if word else None


def _anything(failure: Failure) -> Finding:
    if failure.got and failure.got.kind in ENDINGS:
        return failure.at_tag("something is missing in this tag", failure.usage)
    way_out = failure.usage
    if failure.got and failure.got.kind in ("name", "string", "integer", "float"):
        if failure.tag.name in ("if", "elif"):
            way_out = "join two conditions with 'and' or 'or', or compare with '=='"
        elif failure.tag.opening == "{{":
            way_out = "give each field its own {{ … }}, or join two texts with '~'"
    return failure.here(f"'{short(failure.shown, 40)}' does not belong here", way_out)


OF_TAGS = (_empty, _kind_of_tag)
OF_THE_REST = (_wanted, _anything)
