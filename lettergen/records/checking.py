"""The front matter's `checks`: what is not to be said, and of whom any letter may speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.model import Checks, Fields
from lettergen.problems import RETIRED, SEVERITIES, near
from lettergen.records.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = ("ignore", "mentions")


def read_checks(front_matter: Typed) -> Checks:
    """The warnings that are left out, and the names that are no leaks."""
    fields = front_matter.mapping("checks", "ignore: [tilde]") or Fields((), front_matter.fields.place)
    typed = Typed(fields, "the checks", front_matter.problems)
    typed.check_keys(KEYS)
    return Checks(frozenset(_warnings(typed)), typed.texts("mentions"))


def _warnings(typed: Typed) -> Iterator[str]:
    """The codes under `ignore`; a problem for each that is none, or an error's."""
    warnings = [code for code, severity in SEVERITIES.items() if severity == "warning"]
    for code in typed.texts("ignore"):
        if code in warnings or code in RETIRED:
            yield str(code)
        elif code in SEVERITIES:
            message = f"'{code}' is an error; only warnings can be ignored"
            way_out = f"remove it here, and mend what it says ('lettergen explain {code}' tells how)"
            typed.problem("bad-choice", message, code.place, way_out)
        else:
            way_out = near(code.casefold(), warnings, "copy the word that stands in square brackets after 'warning'")
            typed.problem("bad-choice", f"there is no warning '{code}'", code.place, way_out)
