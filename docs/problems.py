"""Make the table of all problems: each code, the cases of tests/cases/ that show it, and its message.

.venv/bin/python docs/problems.py
"""

from __future__ import annotations

import re
from pathlib import Path

from lettergen.problems import SEVERITIES

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
TABLE = ROOT / "docs" / "problems.md"
NAMED = 3  # cases that a row names
INTRODUCTION = """\
Every problem that lettergen can report, with cases that show it: each is a whole small mail merge with one
mistake, and its `expected/stderr` holds everything that is printed. The code leads to what it means and to
the cure, which `lettergen explain CODE` prints as well; `python docs/problems.py` makes this table.

| code | severity | cases | message |
|---|---|---|---|
"""
_HEADING = re.compile(r"^(?:error|warning)\[([a-z0-9-]+)\]: (.*)$", re.MULTILINE)


def main() -> None:
    """Write docs/problems.md."""
    TABLE.write_text(table(), encoding="utf-8")


def table() -> str:
    """The whole page."""
    shown = {code: showing(code) for code in sorted(SEVERITIES)}
    lacking = [code for code, cases in shown.items() if not cases]
    if lacking:
        raise SystemExit(f"no case of tests/cases/ shows: {', '.join(lacking)}")
    return INTRODUCTION + "".join(_row(code, cases) for code, cases in shown.items())


def showing(code: str) -> dict[str, str]:
    """The cases that show the code and its message in each: first those that show little else and are named so."""
    found = {name: dict(reversed(problems)) for name, problems in _headings().items()}
    words = set(code.split("-"))
    ranked = ((len(codes), -len(words & set(name.split("-"))), name) for name, codes in found.items() if code in codes)
    return {name: found[name][code] for _, _, name in sorted(ranked)}


def _headings() -> dict[str, list[tuple[str, str]]]:
    """Each case, and the codes and messages that it prints."""
    files = sorted(CASES.glob("*/expected/stderr"))
    return {file.parent.parent.name: _HEADING.findall(file.read_text(encoding="utf-8")) for file in files}


def _row(code: str, cases: dict[str, str]) -> str:
    links = ", ".join(f"[{name}](../tests/cases/{name})" for name in list(cases)[:NAMED])
    explained = f"[{code}](../lettergen/problems/codes.md#{code})"
    return f"| {explained} | {SEVERITIES[code]} | {links} | {_literal(next(iter(cases.values())))} |\n"


def _literal(message: str) -> str:
    """The message as code, which Markdown leaves alone but for the bar that would end the cell."""
    fence = "``" if "`" in message else "`"
    return fence + message.replace("|", "\\|") + fence


if __name__ == "__main__":
    main()
