"""How a problem reads, and which problems are one."""

from __future__ import annotations

import json

import pytest

from lettergen.problems import Place, Problem, Related, Source, merge_alike
from lettergen.problems.machine import to_github, to_json
from lettergen.problems.text import to_text


def _problem(text: str, start: int, end: int) -> Problem:
    return Problem("raw-html", "message", Source("a.yaml", text).place(start, end))


def _carets(text: str, start: int, end: int) -> str:
    """The excerpt's two last lines."""
    return "\n".join(to_text(_problem(text, start, end)).split("\n")[3:5])


@pytest.mark.parametrize(
    ("text", "start", "end", "shown"),
    [
        ("a <b> c", 2, 5, "1 | a <b> c\n  |   ^^^"),
        ("a\n\nccc", 3, 6, "3 | ccc\n  | ^^^"),
        ("日本 <b>", 3, 6, "1 | 日本 <b>\n  |      ^^^"),
        ("e\u0301 <b>", 3, 6, "1 | e\u0301 <b>\n  |   ^^^"),
        ("\t<b>", 1, 4, "1 |  <b>\n  |  ^^^"),
        ("a", 1, 1, "1 | a\n  |  ^"),
        ("ab\ncd", 0, 5, "1 | ab\n  | ^^"),
    ],
)
def test_excerpt(text: str, start: int, end: int, shown: str) -> None:
    assert _carets(text, start, end) == shown


def test_long_line_is_cut_round_the_caret() -> None:
    text = "x" * 300 + "<b>" + "y" * 300
    line, carets = _carets(text, 300, 303).split("\n")
    assert len(line) < 110
    column = line.index("<b>")
    assert carets[column : column + 3] == "^^^"
    assert line[4] == line[-1] == "…"


def test_the_whole_file_has_no_excerpt() -> None:
    problem = Problem("missing-file", "there is no file", Source("a.yaml").whole())
    assert to_text(problem) == "error[missing-file]: there is no file\n --> a.yaml"
    assert json.loads(to_json(problem))["line"] is None
    assert to_github(problem) == "::error file=a.yaml,title=missing-file::there is no file"


def test_github_escapes_what_would_end_the_message() -> None:
    problem = Problem("raw-html", "100 %\nmore", Source("a:b,c.yaml", "x").place(0, 1))
    expected = "::error file=a%3Ab%2Cc.yaml,title=raw-html,line=1,endLine=1,col=1,endColumn=2::100 %25%0Amore"
    assert to_github(problem) == expected


def test_same_place_and_subject_is_one_problem() -> None:
    source = Source("t.md.j2", "{{ recipient.x }}")
    place = source.place(13, 14)
    records = [Source("r.yaml", "abc").place(number, number + 1) for number in range(3)]
    problems = [
        Problem("undefined-field", f"'{number}' has no x", place, related=(Related(record, "the record"),), subject="x")
        for number, record in enumerate(records)
    ]
    (joined,) = merge_alike(problems)
    assert joined.more == 2
    assert " --> r.yaml:1:1: the record, and 2 more records" in to_text(joined)


def test_sorted_by_place() -> None:
    source = Source("a", "1\n2\n3")
    problems = [Problem("raw-html", str(line), Place(source, line, 1, line, 2)) for line in (3, 1, 2)]
    assert [problem.message for problem in merge_alike(problems)] == ["1", "2", "3"]


def test_same_mistake_in_many_records_is_one_problem() -> None:
    """With the places of the next ones named, and the others counted."""
    source = Source("r.yaml", "- a\n" * 9)
    problems = [
        Problem("wrong-type", "a text", Place(source, line, 3, line, 4), subject="x", anywhere=True)
        for line in range(9, 0, -1)
    ]
    (joined,) = merge_alike(problems)
    shown = to_text(joined).split("\n")
    assert shown[1] == " --> r.yaml:1:3"
    assert shown[5:] == [f" --> r.yaml:{line}:3: the same here" for line in (2, 3, 4)] + ["  = note: and 5 more places"]
    assert len(merge_alike([*problems, Problem("wrong-type", "a text", source.place(0, 1), subject="y")])) == 2
