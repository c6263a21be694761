"""A build after any changes leaves what a build into an empty folder makes, bytes and all, and says the same of it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from click.testing import CliRunner
from drawing import examples
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lettergen.cli import cli
from lettergen.pipeline import due

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PIXELS = [
    bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
        f"0000000a49444154789c{body}0000000049454e44ae426082"
    )
    for body in ("6360000002000148afa471", "63f80f0001010100b138f614")
]
BODIES = (
    "Hello {{ recipient.name }}.[^a]",
    "Hello {{ recipient.name }}.{% if 'v' in variants %} And more.[^b]{% endif %}[^a]",
    "{% if 'v' in variants %}![a dot](dot.png){% endif %} Hello {{ recipient.town }}.[^a][^b]",
    "Hello {{ recipient.name }}.[^a]\n\n![a dot](dot.png)",
    "Hello \U00012000 {{ recipient.name }}.[^a]",  # no font has it
)
CSS = ("", "p { color: #123456 }\n", "p { colour: red }\n.letter { widows: 9 }\n", "p { widht: 1mm }\n")
NAMES = ("Ada", "Bob", "Cy", "Dot", "Eve", "Job", "Kim")
TEXT = ("--format", "md", "--format", "html")


class Record(NamedTuple):
    """One record as it is written into the file."""

    name: str
    town: str = "Leeds"
    has_variant: bool = False
    comment: bool = False


class Project(NamedTuple):
    """All that a project's files say."""

    records: tuple[Record, ...] = (Record("Ada"), Record("Bob"), Record("Cy"))
    body: int = 0
    note: str = "A note."
    css: int = 0
    pixel: int = 0
    day: int = 13

    def write(self, root: Path) -> None:
        """Put them into a folder."""
        (root / "templates").mkdir(parents=True, exist_ok=True)
        head = f"---\ndate: 2020-10-{self.day}\nvariants: {{v: one}}\n---\n"
        body = f"{{% block body %}}\n{BODIES[self.body]}\n{{% endblock %}}\n"
        files = {
            "recipients.yaml": "".join(map(_written, self.records)),
            "footnotes.yaml": f"a: {self.note}\nb: Another.\n",
            "templates/letter.md.j2": head + body,
            "templates/letter.css": CSS[self.css],
        }
        for name, text in files.items():
            (root / name).write_text(text, encoding="utf-8")
        (root / "dot.png").write_bytes(PIXELS[self.pixel])


def _written(record: Record) -> str:
    said = {"name": record.name, "salutation": record.name, "town": record.town, "address": [record.town]}
    said |= {"variants": ["v"]} if record.has_variant else {}
    return f"{'# a line more' + chr(10) if record.comment else ''}- {json.dumps(said)}\n"


class Said(NamedTuple):
    """What a command answers, its summary aside."""

    code: int
    stdout: str
    problems: str


def _run(root: Path, *arguments: str) -> Said:
    with chdir(root):
        ran = CliRunner().invoke(cli, ["build", *arguments], catch_exceptions=False, prog_name="lettergen")
    problems = "".join(line for line in ran.stderr.splitlines(keepends=True) if ": wrote" not in line)
    problems = "".join(line for line in problems.splitlines(keepends=True) if "up to date" not in line)
    return Said(ran.exit_code, ran.stdout, problems)


def _files(root: Path) -> dict[str, bytes]:
    """The output folder's files, without lettergen's own notes."""
    paths = [path for path in (root / "output").rglob("*") if path.is_file() and ".lettergen" not in str(path)]
    return {str(path.relative_to(root / "output")): path.read_bytes() for path in paths}


def _killed(root: Path, arguments: Sequence[str], moment: int) -> None:
    """A build that ends like a computer without power, when it opens, moves or removes a file for the `moment`th time
    in the output folder.
    """
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    left = [moment]

    def count(event: str, given: tuple[Any, ...]) -> None:
        if event in ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir") and "output" in str(given[0]):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(count)
        _run(root, *arguments)
    finally:
        os._exit(0)


# --- the changes ---

_PLACE = st.integers(0, 9)


def _at(project: Project, place: int, change: Callable[[Record], Record]) -> Project:
    number = place % len(project.records)
    records = [change(one) if one_number == number else one for one_number, one in enumerate(project.records)]
    return project._replace(records=tuple(records))


def _add(project: Project, place: int, name: str) -> Project:
    records = list(project.records)
    if name not in [one.name for one in records]:
        records.insert(place % (len(records) + 1), Record(name))
    return project._replace(records=tuple(records))


def _remove(project: Project, place: int) -> Project:
    number = place % len(project.records)
    records = (*project.records[:number], *project.records[number + 1 :])
    return project._replace(records=records or project.records)


def _swap(project: Project, place: int) -> Project:
    return project._replace(records=(*project.records[place % 3 :], *project.records[: place % 3]))


EDITS = st.one_of(
    st.builds(lambda place, name: lambda p: _add(p, place, name), _PLACE, st.sampled_from(NAMES)),
    st.builds(lambda place: lambda p: _remove(p, place), _PLACE),
    st.builds(lambda place: lambda p: _swap(p, place), _PLACE),
    st.builds(
        lambda place, town: lambda p: _at(p, place, lambda one: one._replace(town=town)),
        _PLACE,
        st.sampled_from(["Leeds", "York"]),
    ),
    st.builds(lambda n: lambda p: _at(p, n, lambda one: one._replace(has_variant=not one.has_variant)), _PLACE),
    st.builds(lambda n: lambda p: _at(p, n, lambda one: one._replace(comment=not one.comment)), _PLACE),
    st.builds(lambda n: lambda p: p._replace(body=n), st.integers(0, len(BODIES) - 1)),
    st.builds(lambda note: lambda p: p._replace(note=note), st.sampled_from(["A note.", "Other words."])),
    st.builds(lambda n: lambda p: p._replace(css=n), st.integers(0, len(CSS) - 1)),
    st.builds(lambda n: lambda p: p._replace(pixel=n), st.integers(0, 1)),
    st.builds(lambda n: lambda p: p._replace(day=n), st.integers(13, 14)),
)


class Step(NamedTuple):
    """Some edits; the harm that befalls a file of the output folder; builds that are killed, or not of all; a build."""

    edits: list[Callable[[Project], Project]]
    harm: tuple[int, str] | None
    before: list[tuple[str, ...]]
    moment: int
    more: tuple[str, ...]


PARTIAL = st.sampled_from(
    [("--format", "md"), ("--only", "ada", "--format", "html"), ("--exclude", "ada", "--format", "md")]
)


def _steps(most: int) -> st.SearchStrategy[list[Step]]:
    harm = st.tuples(_PLACE, st.sampled_from(["edit", "remove", "touch"]))
    step = st.builds(
        Step,
        st.lists(EDITS, max_size=3),
        st.none() | harm,
        st.lists(PARTIAL, max_size=1),
        st.one_of(st.just(0), st.integers(1, 60)),
        st.sampled_from([(), (), (), ("--force",), ("--strict",)]),
    )
    return st.lists(step, min_size=1, max_size=most)


def _harm(root: Path, place: int, kind: str) -> None:
    files = sorted(name for name in _files(root) if name != "manifest.jsonl")
    if files:
        file = root / "output" / files[place % len(files)]
        if kind == "remove":
            file.unlink()
        elif kind == "touch":
            os.utime(file, (1, 1))
        else:
            file.write_bytes(b"x" * file.stat().st_size)


def _fresh(root: Path, project: Project, arguments: Sequence[str]) -> tuple[Said, dict[str, bytes]]:
    shutil.rmtree(root, ignore_errors=True)
    project.write(root)
    return _run(root, *arguments), _files(root)


def _go(formats: tuple[str, ...], steps: list[Step]) -> None:
    """The steps, each held against a build into an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        root, fresh, project = Path(folder, "a"), Path(folder, "b"), Project()
        for step in steps:
            for edit in step.edits:
                project = edit(project)
            project.write(root)
            if step.harm:
                _harm(root, *step.harm)
            for arguments in step.before:
                _partly(root, fresh, project, arguments)
            if step.moment:
                _killed(root, (*formats, *step.more), step.moment)
            before = _files(root)
            said = _run(root, *formats, *step.more)
            wanted, files = _fresh(fresh, project, (*formats, *step.more))
            assert said == wanted
            if said.code == 0:
                assert _files(root) == files
                assert not (root / "output" / ".lettergen-staging").exists()
            else:
                assert _files(root) == before


def _partly(root: Path, fresh: Path, project: Project, arguments: tuple[str, ...]) -> None:
    """A build of some files leaves those, and of the others only what is true."""
    if project.records[0].name == "Ada" and len(project.records) > 1 and _run(root, *arguments).code == 0:
        _, made = _fresh(fresh, project, arguments)
        _, true = _fresh(fresh, project, TEXT)
        files = _files(root)
        own = ("index.html", "manifest.jsonl")
        assert {name: files.get(name) for name in made if name not in own} == {
            name: content for name, content in made.items() if name not in own
        }
        texts = [name for name in files if name not in own and name.endswith((".md", ".html"))]
        assert {name: files[name] for name in texts} == {name: true.get(name) for name in texts}


@pytest.mark.parametrize("size", [1000, 2])
@given(data=st.data())
@settings(examples(25), phases=[Phase.generate])
def test_text(size: int, data: st.DataObject) -> None:
    """Markdown and HTML, flat and in folders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(due, "FOLDER", size)
        _go(TEXT, data.draw(_steps(4)))


@pytest.mark.slow
@pytest.mark.parametrize("size", [1000, 2])
@given(data=st.data())
@settings(examples(10), phases=[Phase.generate])
def test_paper(size: int, data: st.DataObject) -> None:
    """PDFs and print jobs, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(due, "FOLDER", size)
        _go(data.draw(st.sampled_from([(), ("--job",)])), data.draw(_steps(3)))
