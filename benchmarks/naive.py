"""What `check` is held against: each letter merged by plain Jinja and converted afresh by Python-Markdown.

`python naive.py PROJECT` prints the letters, and the processor's seconds for them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import process_time

import yaml
from jinja2 import Environment
from markdown import markdown


def main(project: Path) -> None:
    """Convert every letter; nothing is checked, and nothing kept."""
    front, text = (project / "templates/letter.md.j2").read_text(encoding="utf-8").split("---\n", 2)[1:]
    settings = yaml.load(front, yaml.CSafeLoader)
    notes = yaml.load((project / "footnotes.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    environment = Environment(trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - Markdown is not HTML
    environment.filters["markdown"] = str
    template = environment.from_string(text + "".join(f"\n[^{name}]: {note}\n" for name, note in notes.items()))
    start = process_time()
    records = yaml.load((project / "recipients.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    for record in records:
        merged = template.render(recipient=record, variants=record["variants"], sender=settings["sender"])
        markdown(merged, extensions=["tables", "sane_lists", "footnotes"])
    print(json.dumps([len(records), process_time() - start]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
