"""A cluster of two workers on this machine: what it makes, who is lost, and who is refused."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import AbstractContextManager, contextmanager
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING

import pytest
from composing import MAIN, RECIPIENTS, composed, sound

from lettergen.pipeline.rendering import Ask, Rendered, ask_of, job_of, render_chunk
from lettergen.pipeline.workers import cluster
from lettergen.pipeline.workers.crew import Means
from lettergen.pipeline.workers.streaming import render_all
from lettergen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Ran

    from lettergen.pipeline.rendering import RenderJob

LETTER = "---\ndate: 2020-10-13\n---\n{% block body %}\nHello {{ recipient.name }}.\n{% endblock %}\n"
# What a worker reads before it begins: a letter that ends whoever sets it, as one does for which there is no memory.
POISON = """
import os, signal
from lettergen.pipeline import rendering

def deadly(job, ask, made=rendering._set):
    if ask.letter.id == "poison":
        os.kill(os.getpid(), signal.SIGKILL)
    return made(job, ask)

rendering._set = deadly
"""


@contextmanager
def _running(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Dask process on loopback, ended with all that it has started, whatever happens."""
    command = [sys.executable, "-m", *arguments, "--host", "127.0.0.1", "--no-dashboard"]
    log = subprocess.DEVNULL
    process = subprocess.Popen(command, env=os.environ | environment, start_new_session=True, stdout=log, stderr=log)
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _worker(file: Path, *options: str, **environment: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
    known = ("--scheduler-file", str(file), "--nthreads", "1", "--local-directory", str(file.parent))
    return _running("distributed.cli.dask_worker", *known, *options, **environment)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file of a scheduler with two workers, which come again when they are ended."""
    folder = tmp_path_factory.mktemp("cluster")
    file, preload = folder / "scheduler.json", folder / "poison.py"
    preload.write_text(POISON, encoding="utf-8")
    none = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with (
        _running("distributed.cli.dask_scheduler", "--scheduler-file", str(file), "--port", "0", **none),
        _worker(file, "--nworkers", "2", "--preload", str(preload)),
    ):
        yield file


@pytest.fixture
def address(scheduler: Path) -> str:
    return _address(scheduler)


def _address(file: Path) -> str:
    """What a scheduler has written, once it has."""
    for _ in range(300):
        try:
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError):
            time.sleep(0.1)
    raise AssertionError("no scheduler has started")


def _batch(*names: str) -> tuple[RenderJob, list[Ask]]:
    records = "".join(f"- {{name: {name}, salutation: Ada, address: [x]}}\n" for name in names)
    made = sound(composed({RECIPIENTS: records, MAIN: LETTER}))
    asks = [ask_of(made, letter, ("md", "html", "pdf")) for letter in made.letters]
    return job_of(made, made.folder.root / "output"), asks


def _kill_a_worker(address: str) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        os.kill(next(iter(client.run(os.getpid, on_error="ignore").values())), signal.SIGKILL)


@pytest.mark.slow
def test_a_lost_worker_and_a_deadly_letter(address: str) -> None:
    """All but that letter is made, in order, with the bytes that this process makes."""
    names = [f"Ada {number}" for number in range(59)]
    job, asks = _batch(*names[:30], "Poison", *names[30:])
    came = []
    for number, one in enumerate(render_all(job, asks, Means(cluster=address))):
        if number == 8:
            _kill_a_worker(address)
        came.append(one)
    (lost,) = (one for one in came if isinstance(one, Rendered) and not one.files)
    assert (came.index(lost), lost.id, [said.code for said in lost.complaints]) == (30, "poison", ["typesetting"])
    assert came[:30] + came[31:] == render_chunk(job, asks[:30] + asks[31:])


@pytest.mark.slow
def test_a_worker_of_another_kind_is_refused(scheduler: Path, address: str, tmp_path: Path) -> None:
    """One that joins in the middle, and one that is there before."""
    info = tmp_path / "pyphen-0.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pyphen\nVersion: 0.1\n", encoding="utf-8")
    job, asks = _batch("Ada", "Bob")
    means, path = Means(cluster=address), os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    stream = render_all(job, chain.from_iterable(repeat(asks, 5000)), means)
    first = list(islice(stream, 20))
    assert first == render_chunk(job, asks) * 10
    with _worker(scheduler, "--no-nanny", PYTHONPATH=path):
        *others, last = stream
        (only,) = render_all(job, asks, means)
    assert all(isinstance(one, Rendered) for one in others)
    for one in (last, only):
        assert isinstance(one, Problem)
        assert one.code == "cluster"
        assert " would make other letters: it has pyphen 0.1, and here 0." in one.message


@pytest.mark.slow
def test_a_build_by_a_cluster(lettergen: Callable[..., Ran], example: Path, address: str) -> None:
    """The print job and each letter are the same files as without one."""
    made = []
    for more in ((), ("--cluster", address)):
        assert lettergen("build", "--job", *more).code == 0
        made.append({path.name: path.read_bytes() for path in (example / "output").glob("[!.]*")})
    assert made[0] == made[1]


@pytest.mark.slow
@pytest.mark.parametrize(("ended", "words"), [(0, "the scheduler has gone away"), (1, "no worker is left")])
def test_a_cluster_that_is_lost(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ended: int, words: str) -> None:
    """The build ends, and says why."""
    file = tmp_path / "scheduler.json"
    job, asks = _batch("Ada")
    with (
        _running("distributed.cli.dask_scheduler", "--scheduler-file", str(file), "--port", "0") as scheduler,
        _worker(file, "--no-nanny") as worker,
    ):
        address = _address(file)
        stream = render_all(job, chain.from_iterable(repeat(asks, 5000)), Means(cluster=address))
        assert isinstance(next(stream), Rendered)
        monkeypatch.setattr(cluster, "WAIT", 1)
        (scheduler, worker)[ended].kill()
        *_, last = stream
    assert isinstance(last, Problem)
    assert (last.code, last.message) == ("cluster", words)


@pytest.mark.slow
def test_no_worker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cluster, "WAIT", 0.5)
    file = tmp_path / "scheduler.json"
    with _running("distributed.cli.dask_scheduler", "--scheduler-file", str(file), "--port", "0"):
        address = _address(file)
        (problem,) = render_all(*_batch("Ada"), Means(cluster=address))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.message) == ("cluster", "no worker has come")


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8786", "http://x:1", "tcp://x", "tcp://x:y", "tcp://:1", "tcp://a b:1", "tcp://x:65536"]
)
def test_no_address(lettergen: Callable[..., Ran], project: Callable[..., Path], address: str) -> None:
    project()
    ran = lettergen("build", "--cluster", address)
    assert (ran.code, f"'{address}' is no scheduler's address" in ran.stderr) == (2, True)
