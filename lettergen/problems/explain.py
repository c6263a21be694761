"""What a code means, with an example and the cure: read from `codes.md` beside this file."""

from __future__ import annotations

import re
from pathlib import Path


def explanations() -> dict[str, str]:
    """Code -> its section of `codes.md`, without the heading."""
    text = Path(__file__).with_name("codes.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    pairs = (section.split("\n", 1) for section in sections)
    return {heading.strip(): body.strip() for heading, body in pairs}
