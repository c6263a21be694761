"""One letter from a few lines, for the tests that look at its tree."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen.pipeline.compose import Composition, Request, compose

if TYPE_CHECKING:
    from lettergen.model import Letter

HEAD = "---\ndate: 2020-10-13\nvariants: {v: one, w: two}\n---\n"


def composition(body: str, *, fields: dict[str, str] | None = None, notes: str = "", more: str = "") -> Composition:
    """The letters of a folder with this body and one recipient; `more` is put under the record."""
    record = {"name": "Ada Lovelace", "salutation": "Ada"} | (fields or {})
    lines = [f"  {key}: {_quoted(value)}" for key, value in record.items()]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "templates").mkdir()
        (root / "recipients.yaml").write_text("-\n" + "\n".join(lines) + f"\n  address: [x]\n{more}", encoding="utf-8")
        (root / "footnotes.yaml").write_text(notes, encoding="utf-8")
        text = HEAD + "{% block body %}\n" + body + "\n{% endblock %}\n"
        (root / "templates" / "letter.md.j2").write_text(text, encoding="utf-8")
        return compose(Request(root))


def letter(body: str, *, fields: dict[str, str] | None = None, notes: str = "") -> Letter:
    """The one letter, which must be sound."""
    made = composition(body, fields=fields, notes=notes)
    assert made.is_sound, [problem.message for problem in made.problems]
    return made.letters[0]


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
