"""What `lettergen explain` says is true: every code has its section, and every example shows its code."""

from __future__ import annotations

import ast
import json
import re
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import lettergen
from lettergen.cli import cli
from lettergen.problems import RETIRED, SEVERITIES
from lettergen.problems.explain import explanations

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN_DOCUMENT = (
    "---\ndate: 2020-10-13\nsender: {name: Mary}\n---\n{% block body %}\nThe law[^act] asks for it.\n{% endblock %}\n"
)
SOUND = {
    "recipients.yaml": "- name: Ada Lovelace\n  salutation: Ada\n  address: [12 Queen Street, London]\n",
    "footnotes.yaml": "act: Modern Slavery Act 2015\n",
    "templates/letter.md.j2": MAIN_DOCUMENT,
    "logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
}
IN_WORDS = {  # code -> why its section has no example that `check` can be run on
    "altered-file": "check reads no output folder",
    "bad-manifest": "check reads no output folder",
    "build-running": "check takes no lock",
    **dict.fromkeys(
        (
            *("address-window", "footnote-lost", "lone-signature", "overflow", "too-many-pages"),
            *("unusual-pages", "window-clear"),
        ),
        "seen once the pages are set",
    ),
    "cluster": "check asks no other machine",
    "missing-library": "the machine that runs the tests has it",
    "missing-glyph": "seen once the pages are set",
    "other-letters": "check reads no output folder",
    "nothing-to-compare": "check reads no output folder",
    "not-utf8": "codes.md is UTF-8 itself",
    "several-data-files": "it is mended by taking a file away",
    "stranger-file": "check reads no output folder",
    "stylesheet": "the PDF engine says it",
    "typesetting": "the PDF engine says it",
    "unreadable-file": "no file's text makes it unreadable",
    "write-failed": "check writes nothing",
}
SHOWN = sorted(set(SEVERITIES) - set(IN_WORDS))
_BLOCK = re.compile(r"^```[a-z]+ (\S+)( cured)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PACKAGE = Path(lettergen.__file__).parent


def test_every_code_has_a_section_in_alphabetical_order() -> None:
    """No code is left out and none is made up."""
    assert list(explanations()) == sorted(SEVERITIES)


@pytest.mark.parametrize("code", sorted(SEVERITIES))
def test_a_section_is_short_and_fits_a_terminal(code: str) -> None:
    """Blank lines and the blocks' fences apart, 6 to 14 lines."""
    lines = [line for line in explanations().get(code, "").split("\n") if line and not line.startswith("```")]
    assert 6 <= len(lines) <= 14
    assert max(map(len, lines)) <= 100


def test_explain_prints_the_section() -> None:
    """With the code and how grave it is as a heading."""
    result = CliRunner().invoke(cli, ["explain", "tilde"])
    assert result.exit_code == 0
    assert result.stdout == f"tilde (warning)\n\n{explanations()['tilde']}\n"


@pytest.mark.parametrize("code", RETIRED)
def test_a_retired_code_is_explained_in_a_sentence(code: str) -> None:
    result = CliRunner().invoke(cli, ["explain", code])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"'{code}' is retired: ")
    assert result.stdout.count("\n") == 1


@pytest.mark.parametrize("code", SHOWN)
def test_the_example_shows_its_code_alone(code: str, tmp_path: Path) -> None:
    """The example's files in a sound project report the code, and nothing else."""
    wrong, _ = _example(code)
    assert wrong, f"the section of '{code}' has no example"
    assert _reported({**SOUND, **wrong}, tmp_path, code) == {code}


@pytest.mark.parametrize("code", SHOWN)
def test_the_cure_mends_the_example(code: str, tmp_path: Path) -> None:
    """The cure's files in place of the example's leave nothing to report."""
    wrong, cured = _example(code)
    assert cured, f"the section of '{code}' has no cure"
    assert _reported({**SOUND, **wrong, **cured}, tmp_path, code) == set()


@pytest.mark.parametrize("code", sorted(IN_WORDS))
def test_a_code_that_check_cannot_show_is_told_in_words(code: str) -> None:
    """It has a cure, and no file that nobody has tried."""
    assert _example(code) == ({}, {})
    assert "The cure: " in explanations()[code]


def test_every_code_that_the_source_reports_is_registered() -> None:
    """A code with a slip in it would be a KeyError in front of the user."""
    assert {(code, where) for code, where in _reported_codes() if code not in SEVERITIES} == set()
    assert {(text, meant) for text, meant in _near_codes() if text != meant} == set()


def test_every_registered_code_is_reported_somewhere() -> None:
    """A code that nothing reports is dead."""
    said = {text for _, tree in _modules() for text in _constants(tree)}
    assert set(SEVERITIES) - said == set()


def _example(code: str) -> tuple[dict[str, str], dict[str, str]]:
    """The wrong files and the cured ones: name -> text."""
    found = _BLOCK.findall(explanations().get(code, ""))
    wrong = {name: text for name, is_cured, text in found if not is_cured}
    return wrong, {name: text for name, is_cured, text in found if is_cured}


def _reported(files: dict[str, str], folder: Path, code: str) -> set[str]:
    """The codes that `check` reports; a short main document need not use the footnote, nor be signed."""
    has_own = any(name.startswith("recipients.") and not name.endswith(".yaml") for name in files)
    for name, text in files.items():
        if name == "recipients.yaml" and has_own:
            continue
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    aside = {"unused-footnote", "unsigned"} - {code}  # what short examples lack
    ignored = [word for one in aside for word in ("--ignore", one)]
    result = CliRunner().invoke(cli, ["check", "-C", str(folder), "--message-format", "json", *ignored])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return {json.loads(line)["code"] for line in result.stdout.splitlines()}


def _modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the package but the registry."""
    for path in sorted(_PACKAGE.rglob("*.py")):
        if path != _PACKAGE / "problems" / "codes.py":
            yield str(path.relative_to(_PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))


def _constants(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _reported_codes() -> Iterator[tuple[str, str]]:
    """Each text that is handed to what takes a code first (`Problem`, `note`, …), and its place."""
    modules = list(_modules())
    takers = {name for _, tree in modules for name in _takers(tree)}
    assert {"Problem", "Fault", "note"} <= takers
    for path, tree in modules:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in takers:
                for code in _constants(node.args[0]):
                    yield code, f"{path}:{node.lineno}"


def _near_codes() -> Iterator[tuple[str, str]]:
    """Each text that looks like a code, wherever it stands, and the code that it is or resembles."""
    for text in {text for _, tree in _modules() for text in _constants(tree)}:
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", text):
            for meant in [text] if text in SEVERITIES else get_close_matches(text, SEVERITIES, n=1, cutoff=0.8):
                yield text, meant


def _takers(tree: ast.Module) -> Iterator[str]:
    """The functions whose first argument is a `code`, and the classes whose first field is one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
        elif isinstance(node, ast.ClassDef):
            fields = (field.target for field in node.body if isinstance(field, ast.AnnAssign))
            names = [field.id for field in fields if isinstance(field, ast.Name)]
        else:
            continue
        if names[:1] == ["code"]:
            yield node.name


def _name(function: ast.expr) -> str:
    """`note` of `note(…)`, `problem` of `typed.problem(…)`."""
    match function:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
