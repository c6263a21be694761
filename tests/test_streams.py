"""Large files: what is read piece by piece is what would have been read at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from drawing import examples
from hypothesis import event, given
from hypothesis import strategies as st

from lettergen.files import ChangedError, Folder
from lettergen.files.pages import Pages
from lettergen.model import Fields, Items, Text
from lettergen.problems import Place, Source
from lettergen.records import read_listing, read_recipients
from lettergen.records.listing import in_pieces, whole
from lettergen.yamlfile.pieces import UnusualError

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.problems import Problem
    from lettergen.records import Records
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


@examples(300)
@given(st.text(st.sampled_from("ab\n\n\ré\1"), min_size=1, max_size=60), st.integers(1, 9))
def test_the_lines_of_a_large_file_are_those_of_its_text(
    tmp_path_factory: pytest.TempPathFactory, text: str, size: int
) -> None:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "a.yaml").write_bytes(text.encode())
    source, problems = Folder(folder).read_text("a.yaml")
    assert source
    pages = Pages(folder / "a.yaml", size)
    list(pages.scan())
    if not pages.is_whole:
        return
    assert list(pages) == list(source.lines)
    assert pages[:] == list(source.lines)
    assert [pages[number] for number in range(-len(pages), 0)] == list(source.lines)
    paged, found = Folder(folder).read_lines("a.yaml", kept=-1)
    assert paged
    assert list(paged.lines) == list(source.lines)
    assert [_said(problem) for problem in found] == [_said(problem) for problem in problems]


def _said(problem: Problem) -> tuple[object, ...]:
    return _spot(problem.place), problem.code, problem.message, problem.help


@pytest.mark.parametrize("content", [b"- name: Zo\xeb\n", b"\xff\xfe-\0", b"PK\x03\x04", b"\xef\xbb\xbf- name: \xc3"])
def test_a_large_file_that_is_no_text_is_the_same_problem(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(content)
    folder = Folder(tmp_path)
    assert list(map(_said, folder.read_lines("a.yaml", kept=-1)[1])) == list(map(_said, folder.read_text("a.yaml")[1]))


def test_a_long_line_is_read_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"- name: Ada\n- name: {'a' * 3_000_000}\n", encoding="utf-8")
    source, _ = Folder(tmp_path).read_lines("a.yaml")
    assert source
    assert source.is_kept


def test_a_file_that_is_saved_meanwhile_is_not_read_on(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("- name: Ada\n- name: Bob\n", encoding="utf-8")
    source, _ = Folder(tmp_path).read_lines("a.yaml", kept=-1)
    assert source
    path.write_text("- name: Bob\n", encoding="utf-8")
    assert source.lines[1] == ""
    with pytest.raises(ChangedError):
        list(source.lines)


@examples(300)
@given(_files())
def test_a_stream_holds_what_a_tuple_holds(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Recipients, ids, places, names and problems, whether the file is kept or not."""
    folder = tmp_path_factory.mktemp("stream")
    (folder / "recipients.yaml").write_text(text, encoding="utf-8")
    source, known = Folder(folder).read_lines("recipients.yaml", kept=-1)
    assert source
    streamed, problems = read_recipients(source, known, kept=0)
    kept, others = read_recipients(Source("recipients.yaml", text))
    assert isinstance(kept.recipients, tuple)
    assert _recipients(streamed) == _recipients(kept) == _recipients(streamed)
    assert (streamed.ids, streamed.known) == (kept.ids, kept.known)
    assert _spots(dict(streamed.places)) == _spots(dict(kept.places))
    assert sorted(map(_said, problems)) == sorted(map(_said, others))
    assert [_raw(problem.place) for problem in problems] == [_raw(problem.place) for problem in problems]


def _recipients(records: Records) -> list[object]:
    recipients = list(records.recipients)
    assert all(records.places.holder(recipient.place) == recipient.id for recipient in recipients)
    return [(one.id, _plain(one.fields), one.variants, one.languages, one.date) for one in recipients]


def _raw(place: Place) -> str:
    return place.raw if place.line else ""


def test_the_same_id_far_away_is_found(tmp_path: Path) -> None:
    """In another piece of the file, and with other capitals."""
    lines = [f"- id: person-{number}\n  name: Ada\n" for number in range(1_000)]
    (tmp_path / "recipients.yaml").write_text("".join([*lines, "- id: Person-0\n  name: Bob\n"]), encoding="utf-8")
    source, known = Folder(tmp_path).read_lines("recipients.yaml", kept=-1)
    assert source
    records, problems = read_recipients(source, known, kept=100)
    assert [problem.code for problem in problems] == ["duplicate-id"]
    assert [str(related.place) for related in problems[0].related] == ["recipients.yaml:1:7"]
    assert str(problems[0].place) == "recipients.yaml:2001:7"
    assert problems[0].help == "give one of them an id of its own, as in 'id: person-0-3'"
    assert sum(1 for _ in records.recipients) == 1_000


def test_a_listing_that_is_kept_counts_from_its_beginning() -> None:
    """Each look at the recipients begins with the first."""
    listing = whole(Source("recipients.yaml", "- name: Ada\n- name: Bob\n"))
    records, _ = read_listing(listing, kept=1)
    assert [one.id for one in records.recipients] == [one.id for one in records.recipients] == ["ada", "bob"]
