"""The output folder: whole files or none, our own files alone, nothing of yesterday's wording."""

from __future__ import annotations

import base64
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zlib
from typing import TYPE_CHECKING

import pytest

from lettergen.pipeline import versions
from lettergen.pipeline.manifest import NAME, entries_in
from lettergen.pipeline.output import opened
from lettergen.pipeline.reviewpage import NAME as PAGE
from lettergen.pipeline.staging import FOLDER, REVIEW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

TWO = "- {name: Ada, salutation: Ada, address: [x]}\n- {name: Bob, salutation: Bob, address: [y]}\n"
LETTER = (
    "---\ndate: 2020-10-13\n---\n{{% block body %}}\n{}\n{{% endblock %}}\n"
    "{{% block signature_block %}}{{% endblock %}}\n"
)


def _names(root: Path) -> list[str]:
    """The files that people see in the output folder, the review page aside."""
    names = (path.name for path in (root / "output").iterdir() if not path.name.startswith("."))
    return sorted(name for name in names if name != PAGE)


def _texts(folder: Path) -> dict[str, str]:
    """What stands in a folder's files."""
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


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


@pytest.mark.parametrize(
    "name", [".lettergen-staging", ".lettergen-review", ".lettergen-seen", ".lettergen-code", ".lettergen.lock", NAME]
)
def test_links_in_the_place_of_our_own(
    lettergen: Callable[..., Ran], project: Callable[..., Path], tmp_path: Path, name: str
) -> None:
    """Whoever sends a folder cannot make a build write, empty or remove what lies elsewhere."""
    root = project(recipients=TWO)
    other = tmp_path / "other" if name in (FOLDER, REVIEW) else tmp_path / "other" / "ada.md"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "ada.md").write_text("mine", encoding="utf-8")
    (root / "output").mkdir()
    (root / "output" / name).symlink_to(other)
    ran = lettergen("build", "--format", "md")
    assert (ran.code, "stranger-file" in ran.stderr) == (1, True)
    assert _texts(tmp_path / "other") == {"ada.md": "mine"}


def test_links_within_the_staging_folder(
    lettergen: Callable[..., Ran], project: Callable[..., Path], tmp_path: Path
) -> None:
    """They are not followed, whatever the lines there say."""
    root = project(recipients=TWO)
    other = tmp_path / "mine.txt"
    other.write_text("mine", encoding="utf-8")
    staging = root / "output" / FOLDER
    staging.mkdir(parents=True)
    (staging / NAME).write_text('{"id": "ada", "format": "md"}\n', encoding="utf-8")
    for name in ("ada.md", "draft.jsonl"):
        (staging / name).symlink_to(other)
    assert lettergen("build", "--format", "md").code == 0
    assert other.read_text(encoding="utf-8") == "mine"
    assert not (root / "output" / "ada.md").is_symlink()


def test_a_folder_of_a_thousand_that_is_a_link(
    lettergen: Callable[..., Ran], project: Callable[..., Path], tmp_path: Path
) -> None:
    """What a manifest lists there is not removed."""
    root = project(recipients=TWO)
    assert lettergen("build", "--format", "md").code == 0
    manifest = root / "output" / NAME
    line = {"id": "eve", "format": "md", "path": "0009/eve.md", "sha256": "0" * 64, "source": "0", "pages": None}
    manifest.write_text(manifest.read_text(encoding="utf-8") + json.dumps(line) + "\n", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "eve.md").write_text("mine", encoding="utf-8")
    (root / "output" / "0009").symlink_to(tmp_path / "other")
    ran = lettergen("build", "--format", "md")
    assert (ran.code, "0009' is in the way" in ran.stderr) == (1, True)
    assert _texts(tmp_path / "other") == {"eve.md": "mine"}


@pytest.mark.parametrize(
    ("path", "pages"),
    [
        ("../eve.md", "null"),
        ("/eve.md", "null"),
        ("0001/../eve.md", "null"),
        ("bob.md", "null"),
    ],
)
def test_lines_that_no_build_writes(path: str, pages: str) -> None:
    """They name no file of ours, and none elsewhere."""
    line = (
        f'{{"id": "eve", "format": "md", "path": "{path}", "sha256": "{"0" * 64}", "source": "0", "pages": {pages}}}\n'
    )
    assert entries_in(line.encode()) == ()


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


@pytest.mark.parametrize("place", ["/", "~", "~/."])
def test_output_over_everything(lettergen: Callable[..., Ran], project: Callable[..., Path], place: str) -> None:
    project()
    ran = lettergen("build", "--output", os.path.expanduser(place))  # noqa: PTH111 - as a shell does
    assert (ran.code, "holds far more than letters" in ran.stderr) == (2, True)


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


MD = ("--format", "md")


def _many(count: int) -> str:
    return "".join(f"- {{name: Ada {number}, salutation: Ada, address: [x]}}\n" for number in range(count))


def _all(root: Path) -> dict[str, bytes]:
    """Every file of the output folder that people see, by its path."""
    files = [path for path in (root / "output").rglob("*") if path.is_file() and ".lettergen" not in str(path)]
    return {path.relative_to(root / "output").as_posix(): path.read_bytes() for path in files}


def test_only_what_has_changed_is_written(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Other files are not touched; the summary counts them."""
    root = project(recipients=TWO)
    assert "2 letters: wrote 5 files to output/; index.html" in lettergen("build", *MD, "--format", "html").stderr
    before = {path.name: path.stat().st_mtime_ns for path in (root / "output").glob("[!.]*")}
    assert "2 letters: all 5 files in output/ were up to date" in lettergen("build", *MD, "--format", "html").stderr
    project(recipients=TWO.replace("salutation: Bob", "salutation: Bobby"))
    assert "wrote 3 files to output/, 2 were up to date" in lettergen("build", *MD, "--format", "html").stderr
    after = {path.name: path.stat().st_mtime_ns for path in (root / "output").glob("[!.]*")}
    assert {name for name in before if before[name] != after[name]} == {"bob.md", "bob.html", PAGE, NAME}
    assert "wrote 4 files to output/, 1 was up to date" in lettergen("build", *MD, "--format", "html", "--force").stderr


def test_what_somebody_changed_by_hand_is_made_again(
    lettergen: Callable[..., Ran], project: Callable[..., Path]
) -> None:
    """Also if the file is as long and as old as it was."""
    root = project(recipients=TWO)
    assert lettergen("build", *MD).code == 0
    assert lettergen("build", *MD).code == 0
    file = root / "output" / "ada.md"
    content, found = file.read_bytes(), file.stat()
    file.write_bytes(content.replace(b"Hello", b"Hallo"))
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    (root / "output" / "bob.md").unlink()
    assert "wrote 2 files to output/, 1 was up to date" in lettergen("build", *MD).stderr
    assert file.read_bytes() == content


def test_what_was_wrong_on_paper_is_told_again(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """A letter that is not set again says what it said, and fails the build that is strict."""
    root = project(recipients=TWO, **{"templates/letter.css": ".body p { widht: 1mm }\n"})
    first = lettergen("build")
    assert (first.code, "warning[stylesheet]" in first.stderr) == (0, True)
    second, strict = lettergen("build"), lettergen("build", "--strict")
    assert "all 7 files" in second.stderr
    assert second.stderr.splitlines()[:-1] == first.stderr.splitlines()[:-1]
    assert (strict.code, "warning[stylesheet]" in strict.stderr) == (1, True)
    project(recipients=TWO, **{"templates/letter.css": ".body p { width: 300mm; text-align: right }\n"})
    for _ in range(2):  # the second time from what is staged
        ran = lettergen("build")
        assert (ran.code, "error[overflow]: the PDF of 'ada'" in ran.stderr, "1 more record" in ran.stderr) == (
            1,
            True,
            True,
        )
    assert len(_all(root)) == 8


def test_a_letter_that_was_mended_costs_one_letter(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """What else was made before the error was found is kept, and nobody takes it for a letter."""
    root = project(recipients=TWO.replace("salutation: Bob", 'salutation: "\\U00012000"'))
    assert lettergen("build").code == 1
    assert _all(root) == {}
    staged = root / "output" / FOLDER / "ada.pdf"
    before = staged.stat()
    project(recipients=TWO)
    assert lettergen("build").code == 0
    after = (root / "output" / "ada.pdf").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert not staged.parent.exists()


def test_folders_of_a_thousand(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Above 1,000 letters; to and fro, letters are moved, not made again, and strangers stay."""
    records = "- {name: Zoe, salutation: Zoe, address: [x]}\n"
    letter = LETTER.format("Hello.{% if recipient.name == 'Ada 3' %} ![a dot](dot.svg){% endif %}")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    root = project(recipients=_many(1000), letter=letter, **{"dot.svg": svg})
    assert lettergen("build", *MD).code == 0
    flat, node = _all(root), (root / "output" / "ada-9.md").stat().st_ino
    assert "](../dot.svg)" in (root / "output" / "ada-3.md").read_text(encoding="utf-8")
    project(recipients=records + _many(1000), letter=letter)
    assert "wrote 3 files to output/, 999 were up to date" in lettergen("build", *MD).stderr
    names = sorted((root / "output").glob("0*/*"))
    assert [len(list((root / "output" / folder).iterdir())) for folder in ("0001", "0002")] == [1000, 1]
    assert (root / "output" / "0002" / "ada-999.md") in names
    assert (root / "output" / "0001" / "ada-9.md").stat().st_ino == node
    assert "](../../dot.svg)" in (root / "output" / "0001" / "ada-3.md").read_text(encoding="utf-8")
    assert "0002/" in _packed_places(root)
    assert lettergen("diff", "--exit-code").code == 0
    (root / "output" / "0002" / "mine.txt").write_text("mine", encoding="utf-8")
    project(recipients=_many(1000), letter=letter)
    assert lettergen("build", *MD).code == 0
    assert _all(root) == {**flat, "0002/mine.txt": b"mine"}
    assert not (root / "output" / "0001").exists()


def _packed_places(root: Path) -> list[str]:
    """The folders that the review page knows its letters in."""
    page = (root / "output" / PAGE).read_text(encoding="utf-8")
    packed = page.partition('id="data">')[2].partition("<")[0]
    places: list[str] = json.loads(zlib.decompress(base64.b64decode(packed)))["letters"][-1]
    return places


def test_a_file_in_the_way_of_a_folder(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    root = project(recipients=_many(1001))
    (root / "output").mkdir()
    (root / "output" / "0002").write_text("mine", encoding="utf-8")
    ran = lettergen("build", *MD)
    assert (ran.code, "error[stranger-file]: 'output/0002' is in the way" in ran.stderr) == (1, True)


def test_a_torn_line_of_what_was_staged(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Its letter is made again, the others are not."""
    root = project(recipients=TWO.replace("salutation: Bob", 'salutation: "\\U00012000"'))
    assert lettergen("build").code == 1
    journal = root / "output" / FOLDER / NAME
    text = journal.read_bytes()
    for length in range(0, len(text), 97):
        journal.write_bytes(text[:length])
        project(recipients=TWO)
        assert lettergen("build").code == 0
        files = _all(root)
        shutil.rmtree(root / "output")
        project(recipients=TWO.replace("salutation: Bob", 'salutation: "\\U00012000"'))
        assert lettergen("build").code == 1
        assert (root / "output" / FOLDER / NAME).read_bytes() == text
        assert {name for name in files if name.endswith("pdf")} == {"ada.pdf", "bob.pdf"}


def _staged(root: Path) -> int:
    return len(list((root / "output").glob(f"{FOLDER}/*.pdf")))


@pytest.mark.slow
def test_resumed_after_kills(project: Callable[..., Path]) -> None:
    """A build that is killed again and again is in the end what one makes that is not, and does not begin anew."""
    command = [sys.executable, "-m", "lettergen", "build", "-q", "--jobs", "1"]
    root = project(recipients=_many(60))
    chance = random.Random(7)  # noqa: S311
    staged = [0]
    while (process := subprocess.Popen(command, cwd=root, start_new_session=True)).poll() is None:
        more = staged[-1] + chance.randint(3, 25)
        while process.poll() is None and _staged(root) < more:
            time.sleep(0.01)
        if process.poll() is not None:
            break
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        staged.append(_staged(root))
    assert process.returncode == 0
    assert len(staged) > 2
    assert staged == sorted(staged)
    files = _all(root)
    shutil.rmtree(root / "output")
    subprocess.run(command, cwd=root, check=True)
    assert files == _all(root)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount")
def test_full_disk_and_then_room(project: Callable[..., Path]) -> None:
    """A disk that is full half way keeps the last build's letters; with room the build goes on."""
    root = project(recipients=_many(40))
    (root / "output").mkdir()
    command = [sys.executable, "-m", "lettergen", "build", "-q", "--format", "html"]
    mount, umount = (shutil.which(name) or name for name in ("mount", "umount"))
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=1500k", "x", root / "output"], check=False)
    if done.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        subprocess.run(command, cwd=root, check=True)
        before = _all(root)
        project(recipients=_many(40), letter=LETTER.format("Other. " * 4000))
        ran = subprocess.run(command, cwd=root, check=False, capture_output=True)
        assert (ran.returncode, b"there is no room for the letters" in ran.stderr) == (1, True)
        assert _all(root) == before
        subprocess.run([mount, "-o", "remount,size=30m", root / "output"], check=True)
        subprocess.run(command, cwd=root, check=True)
        assert len(_all(root)) == 42
        assert _all(root)["ada-0.html"] != before["ada-0.html"]
    finally:
        subprocess.run([umount, root / "output"], check=True)
