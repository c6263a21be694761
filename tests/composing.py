"""Letters from a few lines, for the tests that look at the tree."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen.pipeline.compose import Composition, Request, compose
from lettergen.pipeline.reviewing import Reviewing
from lettergen.review.look import Shared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lettergen.model import Letter, Mailing, Reading, Recipient
    from lettergen.problems import Problem

HEAD = "---\ndate: 2020-10-13\nvariants: {v: one, w: two}\n---\n"
RECIPIENTS, FOOTNOTES, MAIN = "recipients.yaml", "footnotes.yaml", "templates/letter.md.j2"


def composed(files: Mapping[str, str | bytes], *, only_id: str | None = None) -> Composition:
    """What a folder with these files makes; the folder itself is gone afterwards. That nobody signs is not said."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        made = compose(Request(root, only_id=only_id))
    return made._replace(problems=tuple(problem for problem in made.problems if problem.code != "unsigned"))


def composition(body: str, *, fields: dict[str, str] | None = None, notes: str = "", more: str = "") -> Composition:
    """The letters of a folder with this body and one recipient; `more` is put under the record."""
    record = {"name": "Ada Lovelace", "salutation": "Ada"} | (fields or {})
    lines = [f"  {key}: {quoted(value)}" for key, value in record.items()]
    return composed(
        {
            RECIPIENTS: "-\n" + "\n".join(lines) + f"\n  address: [x]\n{more}",
            FOOTNOTES: notes,
            MAIN: HEAD + "{% block body %}\n" + body + "\n{% endblock %}\n",
        }
    )


def letter(body: str, *, fields: dict[str, str] | None = None, notes: str = "") -> Letter:
    """The one letter, which must be sound."""
    return sound(composition(body, fields=fields, notes=notes)).letters[0]


def sound(made: Composition) -> Composition:
    """The composition, which must have no error."""
    assert made.is_sound, [problem.message for problem in made.problems]
    return made


def quoted(value: str) -> str:
    """The text as YAML reads it back, line ends and all."""
    return '"' + re.sub(r'["\\\n\t\ufeff]', lambda found: f"\\U{ord(found[0]):08X}", value) + '"'


def review(mailing: Mailing) -> list[Problem]:
    """What is said of these letters side by side."""
    reviewing = Reviewing()
    for recipient, readings in letters_in(mailing):
        reviewing.see(recipient, readings)
    return reviewing.end(shared_by(mailing), (), lambda: letters_in(mailing), is_all=True)


def letters_in(mailing: Mailing) -> Iterator[tuple[Recipient, tuple[Reading, ...]]]:
    """Each record with the readings of its letter."""
    found: dict[str, list[Reading]] = {}
    for reading in mailing.readings:
        found.setdefault(reading.recipient.id, []).append(reading)
    return ((recipient, tuple(found.get(recipient.id, ()))) for recipient in mailing.recipients)


def shared_by(mailing: Mailing) -> Shared:
    """What the letters of a mailing have in common."""
    return Shared(mailing.plans, mailing.footnotes, mailing.mentions)
