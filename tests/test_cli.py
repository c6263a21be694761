"""The command line's contract: options, streams, exit codes."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

from lettergen import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

COMMANDS = ("build", "show", "check", "list", "explain")
BROKEN = "---\ndate: 2020-10-13\n---\n{% block body %}\n{{ recipient.nmae }}\n{% endblock %}\n"


def _command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "lettergen", *arguments], cwd=cwd, capture_output=True, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_help(lettergen: Callable[..., Ran], command: str) -> None:
    for option in ("-h", "--help"):
        ran = lettergen(command, option)
        assert ran.code == 0
        assert ran.stdout.startswith(f"Usage: lettergen {command}")


def test_formats_are_those_that_are_written() -> None:
    """The command line names them again: it is not to load the writers for its help."""
    from lettergen.cli.commands import FORMATS as NAMED
    from lettergen.pipeline.rendering import FORMATS

    assert tuple(FORMATS) == NAMED


def test_version(tmp_path: Path) -> None:
    ran = _command("--version", cwd=tmp_path)
    assert (ran.returncode, ran.stdout.decode()) == (0, f"lettergen {__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build", "--only", "ada-lovelac"], "no recipient has the id 'ada-lovelac'; did you mean 'ada-lovelace'?"),
        (["build", "--exclude", "x"], "no recipient has the id 'x'; choose one of: ada-lovelace"),
        (["show", "ada"], "no recipient has the id 'ada'; did you mean 'ada-lovelace'?"),
        (["show"], "Missing argument 'ID'"),
        (["check", "--date", "2020-02-30"], "'2020-02-30' cannot be read as a date"),
        (["check", "--ignore", "unused-varient"], "did you mean 'unused-variant'?"),
        (["check", "--ignore", "raw-html"], "is an error; only warnings can be ignored"),
        (["explain", "raw-htm"], "did you mean 'raw-html'?"),
        (["check", "-C", "nowhere"], "'nowhere' is not a folder"),
        (["check", "--template", "../x"], "'../x' is not the name of a template"),
        (["build", "--format", "docx"], "'docx' is not one of"),
        (["build", "--jobs", "0"], "0 is not in the range"),
        (["biuld"], "No such command 'biuld'"),
    ],
)
def test_wrong_call(
    lettergen: Callable[..., Ran], project: Callable[..., Path], arguments: list[str], words: str
) -> None:
    """Exit 2, the reason on stderr, nothing on stdout, nothing written."""
    root = project()
    ran = lettergen(*arguments)
    assert (ran.code, ran.stdout) == (2, "")
    assert words in " ".join(ran.stderr.split())
    assert not (root / "output").exists()


def test_project_before_and_after(lettergen: Callable[..., Ran], project: Callable[..., Path], tmp_path: Path) -> None:
    project()
    for arguments in (["-C", str(tmp_path), "list"], ["list", "-C", str(tmp_path)]):
        assert (
            lettergen(*arguments).stdout
            == "id            name          variants  notes\nada-lovelace  Ada Lovelace  -         -\n"
        )


def test_show_writes_the_letter_alone(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    project()
    ran = lettergen("show", "ada-lovelace")
    assert ran.stdout.splitlines()[0] == "13\u00a0October 2020"
    assert ran.stderr == ""
    assert lettergen("show", "ada-lovelace", "--format", "html").stdout.startswith("<!DOCTYPE html>")
    assert lettergen("show", "ada-lovelace", "--format", "pdf").stdout_bytes.startswith(b"%PDF-")


def test_show_speaks_of_its_own_record_only(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Another record's mistake is not this letter's; the shared files' mistakes are."""
    records = "- {name: Ada, salutation: Ada, address: [x]}\n- {name: Bob, salutation: [Bob], address: [x]}\n"
    project(recipients=records)
    assert lettergen("show", "ada").code == 0
    bob = lettergen("show", "bob")
    assert bob.code == 1
    assert bob.stdout == ""
    assert "'salutation' of recipient 'bob' is a list" in bob.stderr
    project(recipients=records, letter=BROKEN)
    assert "undefined-field" in lettergen("show", "ada").stderr


def test_show_says_machine_problems_on_stderr(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    project(letter=BROKEN)
    ran = lettergen("show", "ada-lovelace", "--message-format", "json")
    assert (ran.code, ran.stdout) == (1, "")
    assert json.loads(ran.stderr)["code"] == "undefined-field"


def test_pdf_to_a_terminal(project: Callable[..., Path]) -> None:
    """A wrong call: a PDF would fill the screen with signs."""
    root = project()
    screen, terminal = pty.openpty()
    ran = subprocess.run(
        [sys.executable, "-m", "lettergen", "show", "ada-lovelace", "--format", "pdf"],
        cwd=root,
        stdout=terminal,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(screen)
    os.close(terminal)
    assert ran.returncode == 2
    assert b"a PDF cannot be shown on a terminal" in ran.stderr


def test_date_overrides_the_front_matter(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    project()
    assert lettergen("show", "ada-lovelace", "--date", "2021-01-02").stdout.startswith("2\u00a0January 2021")


def test_template_by_name(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Its letters have an output folder of their own; a name that is not there is a problem with a near one."""
    letter = "---\ndate: 2020-10-13\n---\n{% block body %}\nA reminder.\n{% endblock %}\n"
    root = project(**{"templates/reminder.md.j2": letter})
    assert lettergen("build", "--template", "reminder", "--format", "md").code == 0
    assert "A reminder." in (root / "output" / "reminder" / "ada-lovelace.md").read_text(encoding="utf-8")
    ran = lettergen("check", "--template", "remindr")
    assert ran.code == 1
    assert "did you mean 'reminder'?" in ran.stderr


def test_warnings(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """A warning alone is 0; with --strict 1; ignored it is not said."""
    project(footnotes="act: An Act\n")
    ran = lettergen("check")
    assert (ran.code, "warning[unused-footnote]" in ran.stderr) == (0, True)
    assert lettergen("check", "--strict").code == 1
    assert (
        lettergen("check", "--strict", "--ignore", "unused-footnote").stderr
        == "1 letter checked: 0 errors and 0 warnings\n"
    )


def test_json(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """One object a problem on stdout."""
    project(letter=BROKEN)
    ran = lettergen("check", "--message-format", "json", "--quiet")
    assert ran.stderr == ""
    assert json.loads(ran.stdout) == {
        "code": "undefined-field",
        "severity": "error",
        "message": "recipient 'ada-lovelace' has no field 'nmae'",
        "file": "templates/letter.md.j2",
        "line": 5,
        "column": 14,
        "end_line": 5,
        "end_column": 18,
        "related": [
            {
                "message": "the record",
                "file": "recipients.yaml",
                "line": 1,
                "column": 3,
                "end_line": 4,
                "end_column": 1,
            }
        ],
        "help": "did you mean 'name'?",
    }


def test_github(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    project(letter=BROKEN)
    assert lettergen("check", "--message-format", "github").stdout == (
        "::error file=templates/letter.md.j2,title=undefined-field,line=5,endLine=5,col=14,endColumn=18::"
        "recipient 'ada-lovelace' has no field 'nmae'. the record: recipients.yaml:1:3. did you mean 'name'?\n"
    )


def _under_way(project: Callable[..., Path], jobs: str) -> tuple[Path, subprocess.Popen[bytes]]:
    """A build of many letters that has begun to set pages."""
    records = "".join(f"- {{name: Ada {n}, salutation: Ada, address: [x]}}\n" for n in range(600))
    root = project(recipients=records)
    command = [sys.executable, "-m", "lettergen", "build", "--jobs", jobs]
    process = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    for _ in range(1500):
        if (root / "output").exists():
            break
        time.sleep(0.02)
    time.sleep(1.5)
    return root, process


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_interrupted(project: Callable[..., Path], jobs: str, name: str) -> None:
    """Exit 130 at once, no trace of Python, nothing half-written, no process left."""
    root, process = _under_way(project, jobs)
    process.send_signal(getattr(signal, name))
    _, stderr = process.communicate(timeout=10)  # waits for the workers as well: they hold the pipe
    assert process.returncode == 130, stderr
    assert stderr.decode().strip() == "interrupted: what was not written yet is as it was before"
    assert [path.name for path in (root / "output").iterdir() if not path.name.startswith(".")] == []


def test_killed(project: Callable[..., Path]) -> None:
    """Workers do not outlive a parent that could not end them."""
    _, process = _under_way(project, "2")
    process.kill()
    process.communicate(timeout=10)
    assert process.returncode == -signal.SIGKILL


def test_closed_and_narrow_streams(project: Callable[..., Path]) -> None:
    """No stdout, no stderr, or one of few signs: never a trace of Python."""
    root = project(recipients="- {name: Ŵyn, salutation: Ŵ, address: [x]}\n")
    command = f"{sys.executable} -m lettergen"
    said = b"1 letter: wrote 2 files to output/; index.html shows what differs\n"
    for line in (f"{command} list >&-", f"{command} build --format md 2>&-", f"{command} show wyn >&-"):
        ran = subprocess.run(["sh", "-c", line], cwd=root, capture_output=True, check=False)  # noqa: S607
        assert (
            ran.returncode,
            ran.stderr.replace(said, b""),
        ) == (0, b""), line
    narrow = os.environ | {"PYTHONIOENCODING": "latin-1"}
    ran = subprocess.run(
        [sys.executable, "-m", "lettergen", "list"], cwd=root, env=narrow, capture_output=True, check=False
    )
    assert (ran.returncode, b"?yn" in ran.stdout) == (0, True)


def test_reader_that_goes_away(project: Callable[..., Path]) -> None:
    """`lettergen list | head -1` ends quietly."""
    records = "".join(f"- {{name: Ada {n}, salutation: Ada, address: [x]}}\n" for n in range(3000))
    root = project(recipients=records)
    command = [sys.executable, "-m", "lettergen", "list"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize("words", [("list",), ("show", "ada-lovelace", "--explain"), ("check", "--coverage")])
def test_reader_that_never_came(words: tuple[str, ...], project: Callable[..., Path]) -> None:
    """A pipe that nobody reads is no error of ours."""
    command = [sys.executable, "-m", "lettergen", *words]
    with subprocess.Popen(command, cwd=project(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        process.stdout.close()
        assert process.wait() == 0


def test_completion(project: Callable[..., Path]) -> None:
    """Ids and codes are completed."""
    root = project()

    def complete(*words: str) -> str:
        asked = os.environ | {
            "_LETTERGEN_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(["lettergen", *words]),
            "COMP_CWORD": str(len(words)),
        }
        code = "import sys; from lettergen.cli import main; sys.argv[0] = 'lettergen'; main()"
        ran = subprocess.run([sys.executable, "-c", code], cwd=root, env=asked, capture_output=True, check=False)
        return ran.stdout.decode()

    assert complete("show", "ad") == "plain,ada-lovelace\n"
    assert complete("explain", "raw") == "plain,raw-html\n"
    assert complete("check", "--ignore", "unused-f") == "plain,unused-footnote\n"


@pytest.mark.parametrize("arguments", [["--help"], ["show", "essex"], ["check"], ["list"]])
def test_no_pdf_engine_without_a_pdf(arguments: list[str]) -> None:
    code = (
        "import sys; sys.argv[0] = 'lettergen'\n"
        "from lettergen.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as done:\n    assert not done.code, done.code\n"
        "sys.exit('weasyprint' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr
