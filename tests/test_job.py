"""The print job: posting order, front pages, volumes, the same bytes whatever the processes, tags that survive."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from conftest import ROOT
from drawing import examples
from hypothesis import given
from hypothesis import strategies as st
from pdf import page_texts
from verapdf import LEVELS, failures

from lettergen.pipeline.build import Order, build_all
from lettergen.pipeline.compose import Composition, Request, compose
from lettergen.pipeline.job import Job, from_csv, plan, posting_key, rows_of, to_csv, to_totals, to_volumes, totals_of
from lettergen.pipeline.manifest import NAME
from lettergen.pipeline.typesetting import Bound, set_one, set_volume
from lettergen.pipeline.workers.crew import Means
from lettergen.render.paper import Volume, to_paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Ran

    from lettergen.model import Letter

CASES = Path(__file__).parent / "cases"
FOLDERS = {
    "example": ROOT,
    **{name: CASES / name for name in ("housing", "torture", "language-two-in-one-letter")},
}
TWO = "- {name: Ada, salutation: Ada, address: [x SW10 1AA]}\n- {name: Bob, salutation: Bob, address: [y SW2 1AA]}\n"
LETTER = "---\ndate: 2020-10-13\n---\n{{% block body %}}\n{}\n{{% endblock %}}\n"


def _composed(name: str) -> Composition:
    made = compose(Request(FOLDERS[name]))
    assert made.is_sound
    return made


def _letters(made: Composition) -> list[Letter]:
    """The letters in posting order."""
    by_id = {letter.id: letter for letter in made.letters}
    return [by_id[identity] for identity in plan(made, made.ids, 100).volumes[0]]


def _volume(made: Composition) -> Volume:
    (volume,) = to_volumes(made, plan(made, made.ids, 100).volumes)
    return volume


@cache
def _bound(name: str) -> tuple[Composition, Bound]:
    made = _composed(name)
    return made, set_volume(made.style, _volume(made))


def _files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "output").glob("[!.]*")}


def _rows(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["job.csv"].decode("utf-8"), newline="")))


@pytest.mark.parametrize(
    "codes",
    [
        ["SW1A 2AA", "SW2 1AA", "SW10 1AA", ""],
        ["E1 6AN", "E1W 1AA", "E2 0AA", "E20 1AA", "EC1A 1BB", "N1 1AA"],
        ["M1 1AA", "M1 1AB", "M1 2AA", "M11 1AA", "M60 1NW", "ME1 1AA"],
        ["BF1 2AT", "GIR 0AA", "JE2 3AB", "SA99 1AA", "", ""],
    ],
)
def test_posting_order(codes: list[str]) -> None:
    found = codes[::-1]
    found.sort(key=posting_key)
    assert found == codes


@examples(50)
@given(st.lists(st.integers(1, 7), min_size=1, max_size=12), st.integers(1, 5))
def test_every_letter_begins_on_a_front(pages: list[int], size: int) -> None:
    """And has its sheets alone; the totals are those of the rows."""
    ids = [f"l{number}" for number in range(len(pages))]
    starts = range(0, len(ids), size)
    job = Job(tuple(tuple(ids[start : start + size]) for start in starts), dict.fromkeys(ids, ""))
    volumes = []
    for number, (start, some) in enumerate(zip(starts, job.volumes, strict=True), 1):
        rows = rows_of(number, some, job, ((one, "") for one in pages[start : start + size]))
        volumes.append((rows, totals_of(rows)))
    rows = [row for some, _ in volumes for row in some]
    assert list(from_csv(to_csv(rows, has_head=True).decode().splitlines())) == rows
    for _, group in groupby(rows, key=lambda row: row.volume):
        free = 1
        for row in group:
            assert row.first_page == free
            assert 0 <= 2 * row.sheets - row.pages <= 1
            free += 2 * row.sheets
    totals = json.loads(to_totals([(name, one, "") for name, (_, one) in zip(job.files, volumes, strict=True)]))
    for one in (totals, {key: sum(volume[key] for volume in totals["volumes"]) for key in ("letters", "sheets")}):
        assert one["sheets"] == sum(row.sheets for row in rows)
        assert one["letters"] == len(rows) == len(pages)
    assert totals["pages"] == sum(pages)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_job_is_accessible_and_fit_for_the_archive(name: str) -> None:
    _, bound = _bound(name)
    assert [failures(bound.content, level) for level in LEVELS] == [[], []]


@pytest.mark.parametrize(
    ("name", "was", "is_now", "rule"),
    [
        ("torture", 'alt="A square"', 'alt=""', "7.3-1"),
        ("torture", "<h2>", "<h4>", "7.4.2-1"),
        ("housing", "Dear Ms", "Dear 𝄞", "7.21."),
    ],
)
def test_a_planted_defect_is_found(name: str, was: str, is_now: str, rule: str) -> None:
    """The test above can fail."""
    made = _composed(name)
    volume = _volume(made)
    spoilt = [paper._replace(html=paper.html.replace(was, is_now)) for paper in volume.papers]
    assert spoilt != list(volume.papers)
    content = set_volume(made.style, volume._replace(papers=spoilt)).content
    assert any(failure.startswith(rule) for failure in failures(content, "ua1"))


@pytest.mark.parametrize("name", FOLDERS)
def test_a_letter_is_the_same_in_the_job(name: str) -> None:
    """Its own file is that of a build without a job; in the job its pages say the same, with a blank one if need be."""
    made, bound = _bound(name)
    pages = page_texts(bound.content)
    for letter, own in zip(_letters(made), bound.letters, strict=True):
        assert own == set_one(to_paper(letter, made.images), made.style)
        texts = page_texts(own.content)
        assert pages[: len(texts)] == texts
        assert "".join(pages[len(texts) : len(texts) + len(texts) % 2]).strip() == ""
        del pages[: len(texts) + len(texts) % 2]
    assert pages == []


@pytest.mark.parametrize("name", FOLDERS)
def test_tags_survive(name: str) -> None:
    """Each letter is an article in its language; each note is in it once, right behind its reference."""
    made, bound = _bound(name)
    letters = _letters(made)
    with pikepdf.open(io.BytesIO(bound.content)) as pdf:
        articles = list(pdf.Root.StructTreeRoot.K[0].K)
        assert [str(one.S) for one in articles] == ["/Art"] * sum(own.pages for own in bound.letters)
        notes = [one for article in articles for one in _elements(article) if one.S == "/Note"]
        names = [f"{one.id}.note-{note.number}" for one in letters for note in one.notes]
        assert [str(one.ID) for one in notes] == names
        for note in notes:
            siblings = [kid for kid in note.P.K if not isinstance(kid, int)]
            before = siblings[[kid.objgen for kid in siblings].index(note.objgen) - 1]
            assert (before.S, note.K[0].S) == ("/Reference", "/Lbl")
        pairs = zip(letters, bound.letters, strict=True)
        assert [str(one.Lang) for one in articles] == [one.language for one, own in pairs for _ in range(own.pages)]
        assert str(pdf.Root.Lang) == letters[0].language


def test_bookmarks_and_title() -> None:
    """One for each letter, on its first page; nothing of its headings."""
    made, bound = _bound("housing")
    first, firsts = 1, []
    for letter, own in zip(_letters(made), bound.letters, strict=True):
        firsts.append((f"{letter.id}: {letter.name}", first))
        first += own.pages + own.pages % 2
    with pikepdf.open(io.BytesIO(bound.content)) as pdf, pdf.open_outline() as outline:
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        targets: list[tuple[str, Any]] = [(one.title, one.destination) for one in outline.root]
        assert [(title, numbers[target[0].objgen]) for title, target in targets] == firsts
        assert all(one.children == [] for one in outline.root)
        assert str(pdf.docinfo.Title).endswith(f"({len(firsts)})")


def test_links_say_what_they_say_in_each_letter() -> None:
    """The same address has other words in another letter."""
    made = _composed("example")
    volume = _volume(made)
    address = "shelley.perera@iasc.independent.gov.uk"
    papers = [
        paper._replace(html=paper.html.replace(f">{address}<", f">words {number}<"))
        for number, paper in enumerate(volume.papers)
    ]
    content = set_volume(made.style, volume._replace(papers=papers)).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        links: list[Any] = [one for page in pdf.pages for one in page.get("/Annots", [])]
        said = dict.fromkeys(str(one.Contents) for one in links if "/A" in one and f"mailto:{address}" == one.A.URI)
    assert list(said) == [f"words {number}" for number in range(len(papers))]


def test_a_volume_with_a_letter_that_cannot_be_set() -> None:
    """Is none, and the other letters are what they were."""
    made = _composed("example")
    volume = _volume(made)
    broken = volume.papers[0]._replace(html="<div>" * 3000 + volume.papers[0].html)
    bound = set_volume(made.style, volume._replace(papers=[broken, *volume.papers[1:]]))
    assert (bound.content, bound.letters[0].content) == (b"", b"")
    assert [one.code for one in bound.letters[0].complaints] == ["typesetting"]
    assert all(one.content and not one.complaints for one in bound.letters[1:])


def test_a_volume_that_cannot_be_written() -> None:
    """Is a complaint against its first letter, not an exception."""
    made = _composed("example")
    bound = set_volume(made.style, _volume(made)._replace(title="\ud800"))
    assert bound.content == b""
    said = [[one.words.split(":")[0] for one in own.complaints] for own in bound.letters]
    assert said == [["the print job cannot be set"], [], [], [], []]


def test_volumes(tmp_path: Path) -> None:
    """Each has its own pages from 1; all say in the manifest what they were made from, and sort by their names."""
    made = _composed("example")
    built = build_all(made, Order(tmp_path, made.ids, ("md",), job=True, volume=2), lambda *_: None)
    names = ["job.1.pdf", "job.2.pdf", "job.3.pdf", "job.csv", "job.json"]
    assert sorted(path.name for path in tmp_path.glob("job*")) == names
    assert (built.written, built.job, built.volumes, built.pages) == (11, (5, 10, 5), 3, 0)
    files = {path.name: path.read_bytes() for path in tmp_path.glob("[!.]*")}
    assert [(row["volume"], row["first_page"]) for row in _rows(files)] == [
        ("1", "1"), ("1", "3"), ("2", "1"), ("2", "3"), ("3", "1"),
    ]  # fmt: skip
    for volume in json.loads(files["job.json"])["volumes"]:
        content = files[volume["file"]]
        assert sha256(content).hexdigest() == volume["sha256"]
        assert len(page_texts(content)) == 2 * volume["sheets"]
        assert failures(content, "ua1") == []
    many = plan(made, made.ids, 1)._replace(volumes=plan(made, made.ids, 1).volumes * 2)
    assert list(many.files) == sorted(many.files)


def test_processes_make_no_difference(tmp_path: Path) -> None:
    """Two processes write the same bytes as one; a letter's own file is that of a build without a job."""
    made = _composed("example")
    kept = []
    for name, jobs, job in (("one", 1, True), ("two", 2, True), ("without", 1, False)):
        heard: list[int] = []
        order = Order(tmp_path / name, made.ids, means=Means(jobs), job=job, volume=2)
        build_all(made, order, lambda *step, heard=heard: heard.extend(step))
        assert heard[-2:] == [5, 5]
        kept.append({path.name: path.read_bytes() for path in (tmp_path / name).glob("[!.]*") if path.name != NAME})
    assert kept[0] == kept[1]
    assert len(kept[0]) == len(kept[2]) + 5
    assert {name: kept[0][name] for name in kept[2]} == kept[2]


def test_the_list_has_the_sums_of_the_letters(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    root = project(recipients=TWO)
    assert lettergen("build", "--job").code == 0
    files = _files(root)
    assert files["job.csv"].count(b"\r\n") == 3
    assert [row["id"] for row in _rows(files)] == ["bob", "ada"]
    for row in _rows(files):
        assert sha256(files[f"{row['id']}.pdf"]).hexdigest() == row["sha256"]
    entries = [json.loads(line) for line in files[NAME].decode("utf-8").splitlines()]
    assert {entry["path"] for entry in entries} == set(files) - {NAME}
    assert all(sha256(files[entry["path"]]).hexdigest() == entry["sha256"] for entry in entries)


def test_a_job_stays_while_it_is_true(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """A build without one keeps it whole, also one of some letters, until a letter in it says something else."""
    root = project(recipients=TWO)
    assert lettergen("build", "--job", "--only", "ada").code == 0
    job = {name: content for name, content in _files(root).items() if name.startswith("job")}
    assert len(job) == 3
    assert lettergen("build", "--format", "md").code == 0
    assert job.items() <= _files(root).items()
    project(recipients=TWO.replace("name: Bob", "name: Bob, role: Clerk"))
    assert lettergen("build", "--format", "md").code == 0
    assert job.items() <= _files(root).items()
    project(recipients=TWO.replace("SW10", "SW11"))
    ran = lettergen("build", "--format", "md")
    assert "with yesterday's wording: ada.html, ada.pdf, job.1.pdf, job.csv, job.json" in ran.stderr
    assert not job.keys() & _files(root).keys()


def test_half_a_job_is_none(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Where one of its files was changed or removed, the others go as well."""
    root = project(recipients=TWO)
    assert lettergen("build", "--job").code == 0
    (root / "output" / "job.1.pdf").unlink()
    assert "removed 2 with yesterday's wording: job.csv, job.json" in lettergen("build").stderr
    assert lettergen("build", "--job").code == 0
    (root / "output" / "job.csv").write_bytes(b"id\nada\n")
    assert "removed 3 with" in lettergen("build").stderr


def test_fewer_volumes_than_before(tmp_path: Path) -> None:
    """Volumes of a larger job go."""
    made = _composed("example")
    build_all(made, Order(tmp_path, made.ids, (), job=True, volume=2), lambda *_: None)
    built = build_all(made, Order(tmp_path, made.ids, (), job=True, volume=4), lambda *_: None)
    assert built.removed == ("job.3.pdf",)
    assert sorted(path.name for path in tmp_path.glob("job*")) == ["job.1.pdf", "job.2.pdf", "job.csv", "job.json"]


def test_a_letter_that_is_called_job(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Its files are its own."""
    root = project(recipients=TWO.replace("Ada", "Job"))
    assert lettergen("build", "--job").code == 0
    names = {"job.pdf", "job.md", "job.html", "job.1.pdf", "job.csv", "job.json"}
    assert names <= _files(root).keys()
    assert lettergen("build", "--format", "md").code == 0
    assert names <= _files(root).keys()


def test_letters_are_checked_on_paper_whatever_the_formats(
    lettergen: Callable[..., Ran], project: Callable[..., Path]
) -> None:
    """A job sets every letter: what is wrong with one stops it."""
    root = project(recipients=TWO, letter=LETTER.format("Hello \U00012000."))
    ran = lettergen("build", "--job", "--format", "md")
    assert (ran.code, "error[missing-glyph]: the PDF of 'ada'" in ran.stderr, "job:" in ran.stderr) == (1, True, False)
    assert _files(root) == {}


def _elements(element: Any) -> Iterator[Any]:  # noqa: ANN401 - pikepdf's objects
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield from _elements(kid)
