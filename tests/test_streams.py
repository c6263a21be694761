"""Large files: what is read piece by piece is what would have been read at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drawing import examples
from hypothesis import event, given
from hypothesis import strategies as st

from lettergen.model import Fields, Items, Text
from lettergen.problems import Place, Source
from lettergen.records.listing import in_pieces, whole
from lettergen.yamlfile.pieces import UnusualError

if TYPE_CHECKING:
    from lettergen.records.listing import Listing

# What a record can hold, well written or not.
_LINES = r"""
name: Ada
name:  Ada  # a comment
id: ada
id: Ada
role: é 日本語
text: |#    one##    two
text: |+#    one##
text: >-#    one#     two#    three
text: "a#  b"
text: 'it''s#    one'
text: one#    two
empty:
list: [a,#    b]
list:#    - a#    - b
list:#  - a#  - b
map:#    a: b#    c: d
map: {a: b}
""".strip().split("\n")
_WRONG = r"""
role: &a b
role: *b
note: ~
note: Item #1
note: "open
note: a: b
map: {a: b,#  c: [d]}
  odd: a
<< : a
- a
"- a": b
? a
name: true
name: Ada#  name: Bob
recipients:#  - a: b
...
""".strip().split("\n")
_SOUND = [line.replace("##", "\n\n").replace("#  ", "\n  ") for line in (*_LINES * 3, *_WRONG)]
_RECORDS = st.lists(st.sampled_from(_SOUND), min_size=1, max_size=4, unique_by=lambda line: line.split(":")[0])
_BETWEEN = st.sampled_from(
    [*[""] * 9, "\n", "# a comment\n", "    # a comment\n", "\n\n", "  \n", "...\n", "---\n", "\tx\n"]
)
_HEADS = st.sampled_from(
    [
        *("", "", "# a comment\n\n", "---\n", "%YAML 1.1\n---\n", "- - a\n", "recipients: [a]\n", "recipients:\n# x\n"),
        *("recipients:\n", "recipients: # a comment\n\n", "defaults:\n  role: a\nrecipients:\n"),
        *("defaults:\n- a\nrecipients:\n", "others:\nrecipients:\n"),
    ]
)


@st.composite
def _files(draw: st.DrawFn) -> str:
    """A list of records in YAML, with what people put between and above them."""
    head, indent = draw(_HEADS), draw(st.sampled_from(["", "", "  ", "    "]))
    text = head
    for fields in draw(st.lists(_RECORDS, min_size=1, max_size=6)):
        lines = "\n".join(f"  {field}" for field in fields)
        record = f"-{lines[1:]}\n"
        text += re.sub(r"(?m)^(?=.)", indent, record) + draw(_BETWEEN)
    return text if draw(st.booleans()) else text.rstrip("\n")


def _plain(value: object) -> object:
    """The value with every place that it knows."""
    if isinstance(value, Fields):
        places = (_spots(value.key_places), _spots(value.places))
        return {key: _plain(inner) for key, inner in value.items()}, _spot(value.place), places
    if isinstance(value, Items):
        return [_plain(inner) for inner in value], _spot(value.place), [_spot(place) for place in value.places]
    return (str(value), _spot(value.place)) if isinstance(value, Text) else value


def _spots(places: dict[str, Place]) -> dict[str, Any]:
    return {key: _spot(place) for key, place in places.items()}


def _spot(place: Place) -> tuple[int, int, int, int]:
    return place.line, place.column, place.end_line, place.end_column


def _read(listing: Listing) -> tuple[object, ...]:
    """All that a listing says, but for the place of the list itself."""
    batches = list(listing.batches())
    records = [record for batch in batches if isinstance(batch.records, Items) for record in batch.records]
    places = [place for batch in batches if isinstance(batch.records, Items) for place in batch.records.places]
    problems = [*listing.problems, *(problem for batch in batches for problem in batch.problems), *listing.found]
    said = sorted((_spot(problem.place), problem.code, problem.message, problem.help) for problem in problems)
    return list(map(_plain, records)), [_spot(place) for place in places], _plain(listing.defaults), said


@examples(1000)
@given(_files(), st.integers(1, 3))
def test_in_pieces_is_as_at_once(text: str, size: int) -> None:
    source = Source("recipients.yaml", text)
    try:
        pieces = _read(in_pieces(source, size))
    except UnusualError:
        event("at once")
        return
    event("in pieces")
    assert pieces == _read(whole(source))
