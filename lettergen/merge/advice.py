"""What to write into a record where something is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.model import one_line

if TYPE_CHECKING:
    from lettergen.model import Fields

# Words before a name -> which of the name's words stand behind them in a salutation.
_WITH_FIRST = {"sir", "dame"}
_WITH_LAST = {
    *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "revd", "canon", "cllr", "councillor"),
    *("herr", "frau", "monsieur", "madame", "mme", "señor", "señora", "signor", "signora", "captain", "major"),
}


def added(field: str, fields: Fields) -> str:
    """What to add to the record."""
    source = fields.place.source
    if field == "salutation" and fields.get("name"):
        return f"add {source.entry(field, salutation(str(fields['name'])))} (it is what follows 'Dear')"
    if field in ("address", "enclosures", "copies") and source.entry(field).startswith(f"'{field}:"):
        return f"add '{field}:' and below it each of its lines as '  - …'"
    return f"add {source.entry(field)}"


def salutation(name: str) -> str:
    """How one may address somebody of this name: `Dr Ada King, FRS` as `Dr King`; without a title, the name."""
    words = one_line(name).partition(",")[0].split(" ")
    title = words[0].rstrip(".").casefold()
    if len(words) > 1 and title in _WITH_FIRST:
        return f"{words[0]} {words[1]}"
    if len(words) > 1 and title in _WITH_LAST:
        return f"{words[0]} {words[-1]}"
    return " ".join(words)
