"""The front matter's `layout`: how letters lie on paper, in each edition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import EDITIONS, PLAIN, PRESETS, Edition, Fields, Layout
from lettergen.records.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEYS = ("preset", "address", "max_pages", "editions")
ADDRESSES = ("none", "uk")


def read_layout(front_matter: Typed, edition: str) -> Layout:
    """The layout in the edition; the standard one if there is none of this name."""
    fields = front_matter.mapping("layout", "preset: uk-dl") or Fields((), front_matter.fields.place)
    typed = Typed(fields, "the layout", front_matter.problems)
    typed.check_keys(KEYS)
    editions = EDITIONS | dict(_editions(typed))
    chosen = editions.get(edition, EDITIONS["standard"])
    standard = chosen.name == "standard"  # whose bounds are not those of another
    most = typed.count("max_pages")
    return Layout(
        preset=chosen.preset or typed.choice("preset", PRESETS) or PLAIN,
        address=typed.choice("address", ADDRESSES) or "none",
        max_pages=chosen.max_pages or (most if standard else None),
        edition=chosen,
        editions=editions,
    )


def _editions(layout: Typed) -> Iterator[tuple[str, Edition]]:
    """The project's own editions; one of a built-in name differs from that one in what is said."""
    declared: Mapping[str, object] = layout.mapping("editions", "easy-read: {even_pages: true}") or {}
    for name in declared:
        each = Typed(layout.fields["editions"], f"edition '{name}'", layout.problems)  # type: ignore[arg-type]
        if not re.fullmatch(r"[a-z0-9-]+", name):
            message = f"'{name}' cannot be the name of an edition: letters would be written into a folder of this name"
            each.problem("bad-id", message, each.fields.key_places[name], "use small letters, digits and hyphens")
            continue
        inside = Typed(each.mapping(name) or Fields((), each.fields.place), f"edition '{name}'", layout.problems)
        yield name, _edition(inside, EDITIONS.get(name, Edition(name)))


def _edition(typed: Typed, base: Edition) -> Edition:
    typed.check_keys(Edition._fields[1:])
    return Edition(
        name=base.name,
        preset=typed.choice("preset", PRESETS) or base.preset,
        max_pages=typed.count("max_pages") or base.max_pages,
        link_addresses=typed.flag("link_addresses", otherwise=base.link_addresses),
        even_pages=typed.flag("even_pages", otherwise=base.even_pages),
    )
