"""What a half tag looks like, and what was meant by it; only for a text that has signs of one."""

from __future__ import annotations

import re

from lettergen.merge.mistakes.tags import NAMES, TAGS
from lettergen.model import STANDARD_KEYS
from lettergen.problems import Problem, Source, short

_OWNERS, _KEYS, _WORDS = "|".join(NAMES), "|".join(sorted(STANDARD_KEYS)), "|".join(sorted(TAGS))
_WHOLE = rf"(?:{_OWNERS})\s*(?:\.\s*\w|\[)[^{{}}\n]*?"
# What stands in a text and was meant as a tag; the groups hold what is between its signs. "{{for example}}" is none.
SLIP = re.compile(
    rf"""(?<!\\)(?:
      \$?\{{\s*(?:\{{\s*)?(?P<braces>{_WHOLE}|{_KEYS})\s*\}}(?:\s*\}})?
    | \{{\s*MERGEFIELD\s+"?(?P<merge_field>\w+)[^{{}}\n]*\}}
    | \{{\s*(?P<tag>(?:end(?:if|for|block)|else|elif|(?:if|for)\b[^{{}}\n]*(?:{_OWNERS}|variants))\b[^{{}}%\n]*?)\s*\}}
    | (?:\{{\s*)?%\s*(?P<half>(?:{_WORDS})\b[^{{}}%\n]*?)\s*%\s*\}}
    | \{{\s*(?P<first>(?:{_WORDS})\b[^{{}}%\n]*?)\s*%\s*\}}
    | \{{\s*%\s*(?P<last>(?:{_WORDS})\b[^{{}}%\n]*?)\s*\}}
    | %\s*(?P<signs>end(?:if|for|block))\s*%
    | \[\s*(?P<brackets>(?:{_OWNERS})\.\w+)\s*\]
    | <<?\s*(?P<angles>(?:{_OWNERS})\.\w+)\s*>>? | <<\s*(?P<chevrons>\w+)\s*>>
    | «\s*(?P<dotted>(?:{_OWNERS})\.\w+)\s*» | «(?P<guillemets>(?=[A-Z])(?i:{_KEYS})|\w+_\w+|[A-Z][a-z]+[A-Z0-9]\w*)»
    | (?<!\\\{{)\b(?P<unopened>(?:{_OWNERS})\.\w[^{{}}\n]*?)\s*\}}\}}?
    | (?<!\\\{{)\b(?P<bare>recipient\.(?:{_KEYS}))\b(?!\.\w)
    | (?P<closing>\}}\}}|%\}}|\#\}}|(?<=[%}}]\}})\}})
    )""",
    re.VERBOSE,
)
_LISTS = ("address", "enclosures", "copies", "variants")
_TAG_GROUPS = ("tag", "half", "first", "last", "signs")
_OF_WORD = {"AddressBlock": "address", "GreetingLine": "salutation"}


def read_slip(source: Source, slip: re.Match[str]) -> Problem:
    place = source.place(*slip.span())
    group = next(name for name, words in slip.groupdict().items() if words)
    if group == "closing":
        message, way_out = f"'{slip[0]}' closes nothing here", "remove it, or write what opens it"
        return Problem("template-syntax", message, place, way_out)
    message = f"'{short(slip[0])}' would be printed as it stands"
    return Problem("template-syntax", message, place, f"did you mean '{_meant(group, ' '.join(slip[group].split()))}'?")


def _meant(group: str, words: str) -> str:
    if group in _TAG_GROUPS:
        return f"{{% {words} %}}"
    words = _OF_WORD.get(words, words)
    if not re.match(rf"(?:{_OWNERS})\s*[.\[]", words):
        words = f"recipient.{words if words in STANDARD_KEYS else words.lower()}"
    joined = " | join(', ')" if words.removeprefix("recipient.") in _LISTS else ""
    return f"{{{{ {words}{joined} }}}}"
