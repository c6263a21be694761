"""Which lines name a country: the post abroad goes by the last line alone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from lettergen.model.labels import pattern

# The islands have post codes of Royal Mail's kind; the others of CLDR's territories are no countries.
_NONE = {"GB", "GG", "IM", "JE", "CQ", "EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
_OTHER_NAMES = (
    "Bosnia; Brunei Darussalam; Burma; Cabo Verde; Congo; Czech Republic; Democratic Republic of the Congo; "
    "East Timor; Eire; Federated States of Micronesia; Holland; Hong Kong; Ivory Coast; Macao; Macau; "
    "Macedonia; Myanmar; Palestine; Republic of Ireland; Republic of Korea; Russian Federation; Swaziland; "
    "Turkey; United States of America; USA; Vatican"
)


def is_home(line: str) -> bool:
    """Whether the line says that the letter stays within the United Kingdom."""
    return pattern("home").fullmatch(_key(line)) is not None


def is_country(line: str) -> bool:
    """Whether the line is the English name of another country."""
    return bool(line) and _key(line) in _abroad()


@cache
def _abroad() -> frozenset[str]:
    from babel import Locale  # 40 ms

    territories = Locale("en").territories.items()
    names = [name for code, name in territories if code.isalpha() and code not in _NONE]
    return frozenset(_key(name) for name in (*names, *_OTHER_NAMES.split("; ")))


def _key(name: str) -> str:
    """`St. Kitts & Nevis` and `Saint Kitts and Nevis` are one name, `Cote d'Ivoire` and `Côte d’Ivoire` another."""
    plain = unicodedata.normalize("NFKD", name).casefold().replace("&", " and ")
    plain = re.sub(r"^\W*the\b", "", re.sub(r"\bsaint\b", "st", plain))
    return re.sub(r"[^a-z0-9]", "", plain)
