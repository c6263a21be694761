"""The review page as one HTML file, with all that it needs inside."""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen.render.review.filling import filled, own_values
from lettergen.render.review.packing import packed

if TYPE_CHECKING:
    from jinja2 import Template

    from lettergen.render.review.book import Row
    from lettergen.render.review.filling import OwnValue
    from lettergen.render.review.views import Review

HERE = Path(__file__).parent
ROWS = 100  # letters that are listed without JavaScript
LISTED = 60  # variants, or conditions
NAMED = 6  # letters of a shape or a wording that are named


def to_review(review: Review) -> str:
    """The page."""
    style, script = (HERE.joinpath(f"page.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    by_id = {row.id: row for row in review.book.rows}
    first = by_id[review.shapes[0].ids[0]] if review.shapes else None
    return _template().render(
        review=review,
        style=style,
        script=script,
        policy=_policy(style, script),
        data=packed(review),
        first=first,
        written=lambda row: filled(review.book, row, review.records),
        by_id=by_id,
        rows=review.book.rows[:ROWS],
        named=NAMED,
        listed=LISTED,
        own=lambda row: _listed(review, row),
        notes=lambda row: [review.book.notes.values[note] for note in review.book.texts.values[row.text].notes],
    )


def _listed(review: Review, row: Row) -> list[OwnValue]:
    """The letter's own values, each but once."""
    return list(dict.fromkeys(own_values(review.book, row, review.records)))


def _policy(style: str, script: str) -> str:
    """Nothing is fetched, and nothing runs but what is in this file."""
    hashes = (base64.b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii") for text in (style, script))
    ours = "style-src 'sha256-{}'; script-src 'sha256-{}'".format(*hashes)
    return f"default-src 'none'; {ours}; img-src data:; base-uri 'none'; form-action 'none'"


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, loader=FileSystemLoader(HERE)
    )
    environment.filters.update(counted=counted, without_scheme=without_scheme)
    return environment.get_template("page.html.j2")


def counted(number: int, word: str) -> str:
    """`1 letter`, `2 letters`."""
    return f"{number:,} {word}{'s' * (number != 1)}"


def without_scheme(address: str) -> str:
    """A link's address as people write it."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")
