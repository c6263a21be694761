"""Tags that are not written as they should be."""

from __future__ import annotations

import re

from lettergen.merge.mistakes.failing import ENDINGS, Failure, Finding
from lettergen.merge.mistakes.tags import TAGS
from lettergen.model import PARTS
from lettergen.problems import nearest, short

# A token that Jinja wants, as its lexer calls it -> as people know it.
_TOKENS = {"comma": ",", "colon": ":", "assign": "=", "rparen": ")", "rbracket": "]", "rbrace": "}"}


def _empty(failure: Failure) -> Finding | None:
    """`{{ }}`, `{% %}`."""
    if failure.tag.words:
        return None
    if failure.tag.opening == "{{":
        return failure.at_tag("there is nothing between '{{' and '}}'", "write a field: {{ recipient.name }}")
    return failure.at_tag("there is nothing between '{%' and '%}'", "write a tag such as {% if recipient.role %}")


def _kind_of_tag(failure: Failure) -> Finding | None:
    """`{{ if x }}`, `{{{ x }}}`, `{% else if x %}`, `{% 'x' %}`."""
    words = failure.tag.words
    if failure.tag.opening == "{{" and failure.tag.name in TAGS:
        return failure.at_tag(f"'{{{{ … }}}}' prints a field; '{failure.tag.name}' is a tag", f"write {{% {words} %}}")
    if failure.tag.opening == "{{" and re.match(r"\{+\s*[^\W\d][\w. |]*\}*$", words):
        return failure.at_tag("there is one brace too many", f"write {{{{ {words.strip('{}').strip()} }}}}")
    if re.match(r"else\s+if\b", words):
        way_out = f"write {{% elif {words.split('if', 1)[1].strip() or 'recipient.role'} %}}"
        return failure.at_tag("there is no tag 'else if'", way_out)._replace(is_local=False)
    if failure.tag.opening == "{%" and not failure.inside and failure.got and failure.got.kind != "name":
        message = "'{%' has to be followed by the name of a tag, such as 'if' or 'for'"
        return failure.at_tag(message, f"to print something, write {{{{ {words} }}}}")._replace(is_local=False)
    return None


def _wrong_end_name(failure: Failure) -> Finding | None:
    """`{% endblock boddy %}`."""
    if failure.tag.name != "endblock" or failure.wanted != "block_end" or not failure.opened:
        return None
    block = failure.opened[-1]
    found = failure.here(f"the part that ends here is called '{block.words.split()[-1]}'", "write {% endblock %}")
    return found._replace(opened=(block.start, block.end), is_local=False)


def _no_name(failure: Failure) -> Finding | None:
    """`{% block my-part %}`, `{% set 'x' = 1 %}`."""
    name, sign = failure.tag.name, failure.shown
    if failure.wanted or not failure.got:
        return None
    if name == "block" and sign == "-":
        meant = nearest(failure.tag.words.partition(" ")[2].replace("-", "_"), PARTS)
        return failure.here("a part's name has no hyphen", f"did you mean '{meant}'?" if meant else failure.usage)
    begins = failure.got.kind in ("name", "string", "integer", "float") or sign in ("(", "[", "{", ",")
    if name in ("set", "for", "with") and len(failure.inside) <= len((name, "target")) and begins:
        return failure.here("this cannot be given a value: it is not a name", failure.usage)
    return None


def _loop(failure: Failure) -> Finding | None:
    """`{% for line recipient.address %}`."""
    if failure.wanted == "name:in":
        way_out = failure.usage
        if len(failure.inside) == 2 and failure.got and failure.got.kind == "name":  # noqa: PLR2004 - 'for' and a name
            rest = failure.text[failure.offset : failure.tag.end].rstrip("%} -+\n")
            rest = re.sub(r"^(of|from|at|each|on)\s+", "", rest)
            way_out = f"write {{% for {failure.last} in {rest} %}}"
        return failure.here(f"'in' is missing before '{failure.shown}'", way_out)
    if failure.tag.name == "set" and failure.wanted == "block_end":
        return failure.here(f"'=' is missing before '{failure.shown}'", failure.usage)
    return None


def _path(failure: Failure) -> Finding | None:
    """`{% include other file.md.j2 %}`."""
    if failure.tag.name not in ("include", "import", "from") or not failure.inside[1:]:
        return None
    if failure.inside[1].kind == "string":
        return None
    name = failure.tag.words.split(maxsplit=1)[1].split(" import ")[0].split(" as ")[0]
    rest = "" if failure.tag.name == "include" else " …"
    way_out = failure.usage if "'" in name else f"put quotes round it: {{% {failure.tag.name} '{name}'{rest} %}}"
    return failure.at_tag("the name of a file needs quotes", way_out)


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


OF_TAGS = (_empty, _kind_of_tag, _wrong_end_name, _no_name, _loop, _path)
OF_THE_REST = (_wanted, _anything)
