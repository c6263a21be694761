"""Letters by many processes: the same bytes as by one, in order, whoever is lost; and what a terminal shows."""

from __future__ import annotations

import os
import pickle
import pty
import re
import subprocess
import sys
from functools import partial
from itertools import count, islice
from typing import TYPE_CHECKING

import pytest
from composing import FOOTNOTES, HEAD, MAIN, RECIPIENTS, composed, quoted, sound
from conftest import ROOT
from drawing import VALUES, Leaf, blocks, examples, lines, templates
from hypothesis import given
from hypothesis import strategies as st
from working import DEADLY, DEAF, UNLUCKY, doubled, nothing

from lettergen.cli.progress import Step, duration, line, rate
from lettergen.pipeline.compose import Composition, Request, compose
from lettergen.pipeline.job import plan, to_volumes
from lettergen.pipeline.rendering import FORMATS, Ask, ask_of, job_of, render_chunk
from lettergen.pipeline.workers.crew import AHEAD, CHUNK, Means, hired, in_turn
from lettergen.pipeline.workers.streaming import render_all, typeset_volumes
from lettergen.problems import Problem
from lettergen.render.pdf.patience import TooSlowError, patience

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lettergen.pipeline.rendering import RenderJob
    from lettergen.pipeline.workers.crew import Work

CASES = ROOT / "tests" / "cases"
ALL = tuple(FORMATS)
TWO = Means(jobs=2)


def _batch(made: Composition) -> tuple[RenderJob, list[Ask]]:
    return job_of(made, made.folder.root / "output"), [ask_of(made, letter, ALL) for letter in made.letters]


# --- what is sent ---

_PLAIN = st.sampled_from(["{{ recipient.field }}", "{{ recipient.name | upper }}"])
_LEAF = Leaf(_PLAIN | st.sampled_from(["{{ recipient.other | markdown }}", "[^a]", "[^b]", "words"]), _PLAIN)
_DOCUMENTS = templates({"subject_line": lines(_LEAF), "body": blocks(_LEAF), "enclosures": blocks(_LEAF)})


@examples(20)
@given(_DOCUMENTS, VALUES)
def test_a_letter_that_was_sent_reads_the_same(template: str, value: str) -> None:
    """In all formats, wherever its values come from."""
    record = f"- {{name: Ada, salutation: Ada, address: [x], field: {quoted(value)}, other: 'a *b* [^b]'}}\n"
    another = "- {name: Bob, salutation: Bob, address: [x], field: x, other: y, nothing: at all}\n"
    files = {
        RECIPIENTS: record + another,
        FOOTNOTES: "a: Note *a*\nb: Note b\n",
        MAIN: HEAD + template,
        "sign.svg": "<svg/>",
    }
    job, asks = _batch(sound(composed(files)))
    sent_job, sent = pickle.loads(pickle.dumps((job, asks)))  # noqa: S301
    assert sent == asks
    for form, write in FORMATS.items():
        assert [write(sent_job, ask) for ask in sent] == [write(job, ask) for ask in asks], form


@pytest.mark.parametrize("folder", [ROOT, CASES / "every-construct", CASES / "language-two-in-one-letter"])
def test_a_letter_that_was_sent_is_set_the_same(folder: Path) -> None:
    """And weighs little: no file goes along in which its values stand."""
    job, asks = _batch(sound(compose(Request(folder))))
    for ask in asks:
        message = pickle.dumps(ask._replace(images={}))
        assert len(message) < 20_000
        assert b"lettergen.problems" not in message
    sent = pickle.loads(pickle.dumps((job, asks)))  # noqa: S301
    assert render_chunk(*sent) == render_chunk(job, asks)


def test_a_letter_brings_its_own_images_alone() -> None:
    records = "".join(f"- {{name: Ada {n}, salutation: A, address: [x], image: {n}.svg}}\n" for n in range(3))
    body = "{% block body %}\n![x](sign.svg) ![y]({{ recipient.image }})\n{% endblock %}\n"
    files = {f"{name}.svg": "<svg/>" for name in ("sign", "0", "1", "2")}
    _, asks = _batch(sound(composed({RECIPIENTS: records, MAIN: HEAD + body, **files})))
    assert [sorted(ask.images) for ask in asks] == [["0.svg", "sign.svg"], ["1.svg", "sign.svg"], ["2.svg", "sign.svg"]]


def test_a_letter_that_cannot_be_made_is_named() -> None:
    """It is no reason to lose the others of its chunk."""
    job, (ask,) = _batch(_many(1))
    broken = ask._replace(letter=ask.letter._replace(language=None))  # type: ignore[arg-type]
    lost, made = render_chunk(job, [broken, ask])
    assert (lost.id, lost.files, [said.code for said in lost.complaints]) == ("ada-0", {}, ["typesetting"])
    assert set(made.files) == {"md", "html", "pdf"}


# --- processes ---


def _work(folder: Path) -> Work[int, int]:
    return partial(doubled, str(folder))


def _many(count: int) -> Composition:
    records = "".join(f"- {{name: Ada {n}, salutation: Ada, address: [x]}}\n" for n in range(count))
    return sound(composed({RECIPIENTS: records, MAIN: HEAD + "{% block body %}\nHello.\n{% endblock %}\n"}))


def test_two_processes_make_the_same_in_order() -> None:
    """Of letters with all formats and of those with text alone, which come first here."""
    job, asks = _batch(_many(30))
    mixed = [ask._replace(formats=("md",)) if number < 3 else ask for number, ask in enumerate(asks)]
    assert list(render_all(job, iter(mixed), TWO)) == render_chunk(job, mixed)


def test_volumes_come_one_after_the_other() -> None:
    made = _many(6)
    volumes = list(to_volumes(made, plan(made, made.ids, 2).volumes))
    here, there = (
        list(typeset_volumes(iter(volumes), job_of(made, made.folder.root).style, Means(jobs))) for jobs in (1, 2)
    )
    assert here == there
    assert [len(bound.letters) for bound in here if not isinstance(bound, Problem)] == [2, 2, 2]


def test_an_endless_stream_is_taken_as_it_is_needed(tmp_path: Path) -> None:
    """A few chunks for each process are under way, however many letters there are."""
    taken = []

    def numbers() -> Iterator[int]:
        for number in count(100):
            taken.append(number)
            yield number

    with hired(TWO, numbers(), nothing) as (crew, stream):
        for number, result in islice(in_turn(crew, _work(tmp_path), stream), 1000):
            assert result == 2 * number
            assert taken[-1] - number <= (2 * AHEAD + 2) * CHUNK


def test_who_loses_its_process_alone_is_lost(tmp_path: Path) -> None:
    """One that ends it at each try, one that does not hear that its time is over; nobody beside them."""
    with hired(TWO, range(100), nothing) as (crew, stream):
        results = dict(in_turn(crew, _work(tmp_path), stream))
    assert list(results) == list(range(100))
    assert {number for number, result in results.items() if result is None} == {DEADLY, DEAF}
    assert results[UNLUCKY] == 2 * UNLUCKY
    assert (tmp_path / "once").exists()


def test_patience_has_an_end() -> None:
    with pytest.raises(TooSlowError), patience(0.05):
        for _ in count():
            pass
    with patience(0.05):
        pass


# --- progress ---


def test_the_rate_is_that_of_late() -> None:
    assert rate([Step(0, 0), Step(10, 5)]) == 0.5
    assert rate([Step(10, 100), Step(12, 140), Step(20, 300)]) == 20
    assert line(1234, 5000, 18.4, 80) == "letters  [####----------------]  1,234/5,000  18/s  3 min left"
    assert line(0, 10, 0, 80) == "letters  [--------------------]  0/10"
    assert line(10, 10, 2.34, 80) == "letters  [####################]  10/10  2.3/s"
    assert line(1234, 5000, 18.4, 40) == "1,234/5,000  18/s  3 min left"
    assert [duration(seconds) for seconds in (0.2, 45, 100, 3000, 9000)] == ["1 s", "45 s", "2 min", "50 min", "2.5 h"]


def test_progress_on_a_terminal(project: Callable[..., Path]) -> None:
    """Written over itself, and complete in the end; elsewhere there is nothing."""
    root = project(recipients="".join(f"- {{name: Ada {n}, salutation: Ada, address: [x]}}\n" for n in range(5)))
    command = [sys.executable, "-m", "lettergen", "build"]
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | {"COLUMNS": "100"}
    shown, terminal = pty.openpty()
    process = subprocess.Popen(command, cwd=root, env=environment, stderr=terminal, stdin=subprocess.DEVNULL)
    os.close(terminal)
    text = b""
    try:
        while piece := os.read(shown, 10_000):
            text += piece
    except OSError:  # Linux says so that nobody holds the terminal any more
        pass
    os.close(shown)
    assert process.wait() == 0
    *steps, last = text.decode().replace("\r\n", "\n").split("\r")
    bar, _, summary = last.partition("\n")
    assert re.fullmatch(r"letters  \[#{20}\]  5/5  [\d.]+/s *", bar)
    assert all(re.fullmatch(r"|letters  \[#*-*\]  \d/5  [\d.]+/s  \d+ s left *", step) for step in steps)
    assert summary.startswith("5 letters: wrote 16 files to output/")
    silent = subprocess.run([*command, "--force"], cwd=root, env=environment, capture_output=True, check=True)
    assert silent.stderr.decode().startswith("5 letters: wrote 15 files")
