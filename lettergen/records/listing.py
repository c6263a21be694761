"""A file's records as they stand there, whatever the file is written in, read piece by piece."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import Fields, Items
from lettergen.problems import Source
from lettergen.records.shape import split
from lettergen.yamlfile import load, load_piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lettergen.model.values import Value
    from lettergen.problems import Place, Problem


class Batch(NamedTuple):
    """Some of the records in their order, and what is wrong with their spelling."""

    records: Value
    problems: list[Problem]


@dataclass(frozen=True)
class Listing:
    """What all records of a file share, and the records: each look at `batches` begins with the first."""

    source: Source
    place: Place  # of the list, for what is said of it as a whole
    defaults: Fields
    batches: Callable[[], Iterable[Batch]]
    problems: list[Problem]  # of spelling, those of the batches apart
    found: list[Problem] = field(default_factory=list)  # of what is read, which mistakes of spelling may have led to
    names: tuple[str, ...] = ()  # of fields that are there, be they empty in every record
    example: str = "'- name: …'"  # how a record is written


def whole(source: Source, known: Iterable[Problem] = ()) -> Listing:
    """The records of a YAML file, which is read at once; the `known` problems of the file are not said again."""
    if not source.is_kept:
        source = Source(source.name, "\n".join(source.lines), source.folder)
    found: list[Problem] = []
    value, problems = load(source, known=known)
    defaults, records, place = split(value, source, found)
    return Listing(source, place, defaults, lambda: [Batch(records, [])], problems, found)


def in_pieces(source: Source, size: int = 0) -> Listing:
    """The records of a large YAML file, so many at a time; an `UnusualError` where only the whole file can be read."""
    from lettergen.yamlfile.pieces import RECORDS, UnusualError, pieces  # only for large files

    def batches() -> Iterator[Batch]:
        for piece in pieces(source.lines, size or RECORDS):
            loaded = load_piece(source, piece.text, piece.first) if piece.records else (Items((), source.whole()), [])
            if loaded is None or not isinstance(loaded[0], Items) or len(loaded[0]) != piece.records:
                raise UnusualError
            yield Batch(*loaded)

    head = next(pieces(source.lines, 1))
    loaded = load_piece(source, head.text, 0) if head.text else (None, [])
    found: list[Problem] = []
    defaults, records, place = split(loaded[0] if loaded else None, source, found)
    if loaded is None or isinstance(loaded[0], Fields) != bool(head.text) or records is not None:
        raise UnusualError
    return Listing(source, place, defaults, batches, loaded[1], found)
