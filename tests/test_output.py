"""The output folder: whole files or none, our own files alone, nothing of yesterday's wording."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from lettergen.pipeline import versions
from lettergen.pipeline.manifest import NAME
from lettergen.pipeline.output import opened
from lettergen.pipeline.reviewpage import NAME as PAGE
from lettergen.pipeline.staging import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

TWO = "- {name: Ada, salutation: Ada, address: [x]}\n- {name: Bob, salutation: Bob, address: [y]}\n"
LETTER = "---\ndate: 2020-10-13\n---\n{{% block body %}}\n{}\n{{% endblock %}}\n"


def _names(root: Path) -> list[str]:
    """The files that people see in the output folder, the review page aside."""
    names = (path.name for path in (root / "output").iterdir() if not path.name.startswith("."))
    return sorted(name for name in names if name != PAGE)


def test_manifest(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """A line a file, sorted, with the sha256 of each file and the pages of a PDF."""
    from hashlib import sha256

    root = project(recipients=TWO)
    assert lettergen("build").code == 0
    entries = [json.loads(line) for line in (root / "output" / NAME).read_text(encoding="utf-8").splitlines()]
    assert [(entry["id"], entry["format"]) for entry in entries] == [
        *((identity, form) for identity in ("ada", "bob") for form in ("html", "md", "pdf")),
        ("index", "html"),
    ]
    for entry in entries:
        assert sha256((root / "output" / entry["path"]).read_bytes()).hexdigest() == entry["sha256"]
        assert entry["pages"] == (1 if entry["format"] == "pdf" else None)


def test_nothing_is_written_after_an_error(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Not even the letters that are sound."""
    root = project(
        recipients=TWO, letter=LETTER.format("x {% if recipient.name == 'Bob' %}{{ recipient.x }}{% endif %}")
    )
    ran = lettergen("build")
    assert (ran.code, ran.stdout) == (1, "")
    assert ran.stderr.endswith("nothing was written: 1 error and 0 warnings\n")
    assert not (root / "output").exists()


def test_a_missing_glyph_stops_the_build(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """What only typesetting can tell stops it as well, and yesterday's files stay."""
    root = project(letter=LETTER.format("Hello."))
    assert lettergen("build").code == 0
    before = {path.name: path.read_bytes() for path in (root / "output").glob("[!.]*")}
    project(letter=LETTER.format("Hello \U00012000."))
    ran = lettergen("build")
    assert ran.code == 1
    assert "error[missing-glyph]: the PDF of 'ada-lovelace': no font has the character '\U00012000'" in ran.stderr
    assert {path.name: path.read_bytes() for path in (root / "output").glob("[!.]*")} == before


def test_strangers_file(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """It stays, and nothing else is written."""
    root = project(recipients=TWO)
    (root / "output").mkdir()
    (root / "output" / "bob.md").write_text("mine", encoding="utf-8")
    ran = lettergen("build", "--format", "md")
    assert ran.code == 1
    assert "error[stranger-file]: 'output/bob.md' is in the way" in ran.stderr
    assert _names(root) == ["bob.md"]
    assert (root / "output" / "bob.md").read_text(encoding="utf-8") == "mine"


def test_other_files_are_never_touched(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """A manifest that names a file elsewhere, or one that no build writes, cannot have it removed."""
    root = project(recipients=TWO)
    (root / "output").mkdir()
    for name in ("notes.txt", "../keep.md"):
        (root / "output" / name).write_text("mine", encoding="utf-8")
    entry = {"id": "x", "format": "md", "path": "x.md", "sha256": "0" * 64, "source": "0", "pages": None}
    lines = [json.dumps(entry | {"path": path}) for path in ("../keep.md", "notes.txt", "../../etc/passwd", "x.md")]
    bad = ['{"id": "torn', "[]", "7", "[" * 100_000, json.dumps(entry | {"id": 5, "path": "5.md"})]
    (root / "output" / NAME).write_text("\n".join([*lines, *bad]), encoding="utf-8")
    assert lettergen("build", "--format", "md").code == 0
    assert (root / "keep.md").exists()
    assert _names(root) == ["ada.md", "bob.md", NAME, "notes.txt"]


def test_our_own_code_is_known_by_more_than_size_and_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installer may give all files of a new version the dates that those of the old one had."""
    file = tmp_path / "lettergen" / "pipeline" / "versions.py"
    file.parent.mkdir(parents=True)
    monkeypatch.setattr(versions, "__file__", str(file))
    sums = []
    for text in ("a = 1", "a = 2"):
        file.write_text(text, encoding="utf-8")
        os.utime(file, (1, 1))
        sums.append(versions.code(tmp_path))
    assert sums[0] != sums[1] == versions.code(tmp_path)


_MORE = [
    '"complaints": [["bob", ["typesetting", "x"]]]',  # another letter's, or none's
    '"complaints": [["ada", ["nonsense", "x"]]]',
    '"complaints": [["ada", [["typesetting"], "x"]]]',
    '"complaints": [["ada", ["typesetting", "x", "y"]]]',
    '"complaints": 5',
    '"complaints": null',
    '"x": ' + "[" * 100_000,
]


@pytest.mark.parametrize("more", _MORE)
def test_an_edited_line(more: str, lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """A line with something that no build says: its file is made again, and the manifest is as it was."""
    root = project(recipients=TWO.splitlines()[0])
    assert lettergen("build").code == 0
    manifest = root / "output" / NAME
    before = manifest.read_text(encoding="utf-8")
    manifest.write_text(before.replace('"pages": 1}', f'"pages": 1, {more}}}'), encoding="utf-8")
    ran = lettergen("build")
    assert (ran.code, "1 letter: wrote " in ran.stderr) == (0, True)
    assert manifest.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("edit", ["{}{}", "<<<<<<< HEAD\n{}", "{}\0\0\n", "{0}=======\n{0}"])
def test_an_untidy_manifest(edit: str, lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Lines twice, foreign ones, and none staged: it is written anew."""
    root = project(recipients=TWO)
    assert lettergen("build", "--format", "md").code == 0
    manifest = root / "output" / NAME
    before = manifest.read_text(encoding="utf-8")
    manifest.write_text(edit.format(before, before), encoding="utf-8")
    assert lettergen("build", "--format", "md").code == 0
    assert manifest.read_text(encoding="utf-8") == before


def test_the_last_lines_end(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """An editor may take it: the next letter's line does not stand behind it."""
    root = project(recipients=TWO)
    assert lettergen("build", "--format", "md").code == 0
    manifest = root / "output" / NAME
    manifest.write_text(manifest.read_text(encoding="utf-8").rstrip(), encoding="utf-8")
    project(recipients=TWO + "- {name: Zoe, salutation: Zoe, address: [z]}\n")
    assert [lettergen("build", "--format", "md").code for _ in range(2)] == [0, 0]
    assert len(manifest.read_text(encoding="utf-8").splitlines()) == 4


def test_a_manifest_that_is_not_ours(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    root = project()
    (root / "output").mkdir()
    (root / "output" / NAME).write_text('{"my": "own data"}\n', encoding="utf-8")
    ran = lettergen("build", "--format", "md")
    assert (ran.code, "error[bad-manifest]" in ran.stderr) == (1, True)
    assert (root / "output" / NAME).read_text(encoding="utf-8") == '{"my": "own data"}\n'


@pytest.mark.parametrize("place", [".", "templates", "templates/x"])
def test_output_among_the_sources(lettergen: Callable[..., Ran], project: Callable[..., Path], place: str) -> None:
    project()
    ran = lettergen("build", "--output", place)
    assert (ran.code, "is the project's own" in ran.stderr) == (2, True)


def test_no_letter_left(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    project()
    ran = lettergen("build", "--exclude", "ada-lovelace")
    assert (ran.code, "no letter is left to write" in ran.stderr) == (2, True)


def test_removed_recipient(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    root = project(recipients=TWO)
    assert lettergen("build", "--format", "md", "--format", "html").code == 0
    project(recipients=TWO.splitlines()[0])
    ran = lettergen("build", "--format", "md", "--format", "html")
    assert "removed 2 with yesterday's wording: bob.html, bob.md" in ran.stderr
    assert _names(root) == ["ada.html", "ada.md", NAME]


def test_only_keeps_what_is_still_true(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Another letter's file stays while it says what the letter says; after a change it goes."""
    root = project(recipients=TWO)
    assert lettergen("build", "--format", "md").code == 0
    assert lettergen("build", "--format", "html", "--only", "ada").code == 0
    assert _names(root) == ["ada.html", "ada.md", "bob.md", NAME]
    project(recipients=TWO, letter=LETTER.format("Other words."))
    ran = lettergen("build", "--format", "html", "--only", "ada")
    assert "removed 2 with yesterday's wording: ada.md, bob.md" in ran.stderr
    assert _names(root) == ["ada.html", NAME]


def test_exclude(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    root = project(recipients=TWO)
    assert lettergen("build", "--format", "md", "--exclude", "ada").code == 0
    assert _names(root) == ["bob.md", NAME]


def test_output_folder_elsewhere(lettergen: Callable[..., Ran], project: Callable[..., Path], tmp_path: Path) -> None:
    project()
    assert lettergen("build", "--format", "md", "--output", str(tmp_path / "a" / "b")).code == 0
    assert (tmp_path / "a" / "b" / "ada-lovelace.md").exists()


def test_second_build_at_the_same_time(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    root = project()
    with opened(root / "output"):
        ran = lettergen("build")
    assert ran.code == 1
    assert "error[build-running]: another build is writing to 'output'" in ran.stderr


def test_full_disk(project: Callable[..., Path]) -> None:
    """What cannot be written whole is not written; yesterday's files stay, and no leftover."""
    import resource

    root = project()
    command = [sys.executable, "-m", "lettergen", "build", "--format", "md"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    before = (root / "output" / "ada-lovelace.md").read_bytes()
    project(letter=LETTER.format("Long. " * 1000))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    ran = subprocess.run(command, cwd=root, check=False, capture_output=True, preexec_fn=limit)
    assert ran.returncode == 1
    assert b"error[write-failed]: 'output' cannot be written: there is no room for the letters" in ran.stderr
    assert (root / "output" / "ada-lovelace.md").read_bytes() == before
    assert _names(root) == ["ada-lovelace.md", NAME]


def test_no_room_for_a_line(project: Callable[..., Path]) -> None:
    """What is full in the middle of the manifest's lines is named, too, and the next build goes on."""
    import resource

    root = project(recipients="".join(f"- {{name: Ada {n}, salutation: Ada, address: [x]}}\n" for n in range(20)))
    command = [sys.executable, "-m", "lettergen", "build", "--format", "md"]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    ran = subprocess.run(command, cwd=root, check=False, capture_output=True, preexec_fn=limit)
    assert ran.returncode == 1
    assert b"error[write-failed]: 'output' cannot be written: there is no room for the letters" in ran.stderr
    assert subprocess.run(command, cwd=root, check=False, capture_output=True).returncode == 0


def test_a_leftover_that_cannot_be_opened(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """An interrupted build's, of another user for instance: here, a folder has the place of its lines."""
    root = project()
    (root / "output" / FOLDER / NAME).mkdir(parents=True)
    ran = lettergen("build", "--format", "md")
    assert ran.code == 1
    assert "error[write-failed]: 'output' cannot be written" in ran.stderr


def test_output_is_a_file(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    root = project()
    (root / "output").write_text("mine", encoding="utf-8")
    ran = lettergen("build", "--format", "md")
    assert ran.code == 1
    assert "error[write-failed]: 'output' cannot be written" in ran.stderr
    assert (root / "output").read_text(encoding="utf-8") == "mine"


def test_jobs_make_no_difference(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Two processes write the same bytes as one."""
    records = "".join(f"- {{name: Ada {n}, salutation: Ada, address: [x]}}\n" for n in range(17))
    root = project(recipients=records)
    kept = []
    for jobs in ("1", "2"):
        assert lettergen("build", "--jobs", jobs).code == 0
        kept.append({path.name: path.read_bytes() for path in (root / "output").glob("[!.]*")})
    assert kept[0] == kept[1]
    assert len(kept[0]) == 17 * 3 + 2


@pytest.mark.slow
def test_killed_at_any_moment(project: Callable[..., Path]) -> None:
    """After kill -9 each file is whole, old or new; the next build leaves nothing behind."""
    records = "".join(f"- {{name: Ada {n}, salutation: Ada, address: [x]}}\n" for n in range(150))
    root = project(recipients=records)
    command = [sys.executable, "-m", "lettergen", "build", "-q", "--format", "md", "--format", "html"]
    subprocess.run(command, cwd=root, check=True)
    whole = {path.name: {path.read_bytes()} for path in (root / "output").glob("[!.]*")}
    project(recipients=records, letter=LETTER.format("Other words."))
    chance = random.Random(13)  # noqa: S311
    for _ in range(8):
        process = subprocess.Popen(command, cwd=root, start_new_session=True)
        time.sleep(0.3 + chance.random() * 0.5)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    halfway = {path.name: path.read_bytes() for path in (root / "output").glob("[!.]*")}
    subprocess.run(command, cwd=root, check=True)
    after = {path.name: path.read_bytes() for path in (root / "output").glob("[!.]*")}
    for name, content in halfway.items():
        assert name == NAME or content in whole[name] | {after[name]}
    assert not (root / "output" / FOLDER).exists()
    assert len(after) == 302
