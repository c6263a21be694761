"""The docs that a command makes are those that it would make now."""

from __future__ import annotations

import re
import runpy
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT

from lettergen.model import PRESETS
from lettergen.problems import SEVERITIES

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = ROOT / "docs" / "problems.py"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """What docs/problems.py defines."""
    return runpy.run_path(str(SCRIPT))


@pytest.mark.parametrize("code", sorted(SEVERITIES))
def test_every_code_has_a_case(code: str, script: dict[str, Any]) -> None:
    assert script["showing"](code), f"no folder of tests/cases/ shows '{code}'"


def test_the_table_is_up_to_date(script: dict[str, Any]) -> None:
    """After a change of messages or cases: `python docs/problems.py`."""
    assert (ROOT / "docs" / "problems.md").read_text(encoding="utf-8") == script["table"]()


def test_every_link_of_the_table_leads_somewhere(script: dict[str, Any]) -> None:
    """To a case's folder, or to a section of codes.md."""
    targets = {part.split(")")[0] for part in script["table"]().split("](")[1:]}
    sections = {f"../lettergen/problems/codes.md#{code}" for code in SEVERITIES}
    assert sections <= targets
    assert [target for target in targets - sections if not (SCRIPT.parent / target).is_dir()] == []


def test_the_page_on_envelopes_is_up_to_date() -> None:
    """After a change of a preset: `python docs/envelopes.py`."""
    made = runpy.run_path(str(ROOT / "docs" / "envelopes.py"))
    page = (ROOT / "docs" / "envelopes.md").read_text(encoding="utf-8")
    assert made["table"]() in page
    assert made["sources"]() in page
    pictures = re.findall(r'src="(.*?)"', page)
    assert pictures == [f"envelope-{preset}.png" for preset in PRESETS if preset != "plain"]
    assert all((ROOT / "docs" / name).is_file() for name in pictures)


def test_a_code_without_a_case_is_named(tmp_path: Path) -> None:
    """The script makes no table that lacks a message."""
    script = runpy.run_path(str(SCRIPT))
    script["table"].__globals__["CASES"] = tmp_path
    with pytest.raises(SystemExit, match="no case of tests/cases/ shows: address-character, address-line, "):
        script["table"]()
