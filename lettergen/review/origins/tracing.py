"""Which stretch of the templates each passage of a letter is."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from lettergen.model import BUILT_IN, CLOSE, OPEN, TOKEN
from lettergen.model.explaining import SIGN
from lettergen.review.origins.explaining import BUILT_IN_PART

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lettergen.model import Passage
    from lettergen.model.explaining import Trace


def file_of(trace: Trace) -> str:
    """The template that has the sign; empty if that is not known."""
    place = trace.spots[-1].place if trace.spots else None
    return "" if place is None else BUILT_IN_PART if place.file == BUILT_IN else place.file


def lines_of(traces: Sequence[Trace]) -> tuple[str, str]:
    """The template that most of the signs are from, and its lines: `31-36`."""
    files = Counter(map(file_of, traces)).most_common(1)
    file = files[0][0] if files else ""
    lines = [trace.spots[-1].place.line for trace in traces if trace.spots and file_of(trace) == file]
    if not lines or file == BUILT_IN_PART:
        return file, ""
    first, last = min(lines), max(lines)
    return file, f"{first}" if first == last else f"{first}-{last}"


def cut(passages: Sequence[Passage], parts: Mapping[str, tuple[Trace, ...]]) -> Iterator[tuple[Trace, ...]]:
    """The traces of each passage; none where merging with marks has made another text."""
    rest = {name: iter(traces) for name, traces in parts.items()}
    for passage in passages:
        signs = [_anonymous(found[0]) for found in SIGN.finditer(passage.text)]
        traces = tuple(islice(rest.get(passage.part, iter(())), len(signs)))
        yield traces if [_anonymous(trace.text) for trace in traces] == signs else ()


def _anonymous(text: str) -> str:
    """The text with its tokens all alike: they are counted otherwise in a passage."""
    return TOKEN.sub(f"{OPEN}0{CLOSE}", text)
