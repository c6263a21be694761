"""The records of a data file -> `Recipient`, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lettergen.files import LARGEST
from lettergen.model import STANDARD_KEYS, Fields, Items, Recipient, Text
from lettergen.problems import Problem, near
from lettergen.records.building import building, checked, is_header, with_defaults
from lettergen.records.echoes import Spoiled
from lettergen.records.ids import BadId, bad_ids, handle_of, id_place
from lettergen.records.listing import in_pieces, whole
from lettergen.records.register import Register
from lettergen.records.shape import mappings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lettergen.problems import Place, Source
    from lettergen.records.listing import Batch, Listing

    Look = Callable[[Recipient], Iterable[Problem]]

KEPT = 2_000  # recipients that are kept in memory; where there are more, they are read anew each time


class Records(NamedTuple):
    """All sound recipients, the ids and places of all records, and the names of all their fields.

    The recipients can be gone through as often as need be. Up to `KEPT` of them are a tuple.
    """

    recipients: Iterable[Recipient] = ()
    places: Register = Register()
    known: frozenset[str] = frozenset()

    @property
    def ids(self) -> list[str]:
        return [handle for handle in self.places.handles if handle]


def read_recipients(
    source: Source, known: Iterable[Problem] = (), look: Look | None = None, kept: int = KEPT
) -> tuple[Records, list[Problem]]:
    """Every recipient of the YAML file, in its order; a broken record is left out with its problem.

    The `known` problems of the file, and what they have led to, are not said again.
    """
    known = list(known)
    if source.is_kept:
        return read_listing(whole(source, known), known, look, kept)
    from lettergen.yamlfile.pieces import UnusualError  # only for large files

    try:
        return read_listing(in_pieces(source), known, look, kept)
    except UnusualError:
        if source.size > LARGEST:
            message = f"'{source.name}' is larger than {LARGEST // 1_000_000} MB, and cannot be read piece by piece"
            way_out = "begin each record with '- ' in the same column; or split the file, to see what is wrong in it"
            return Records(), [Problem("unreadable-file", message, source.whole(), way_out)]
        return read_listing(whole(source, known), known, look, kept)


def read_listing(
    listing: Listing, known: Iterable[Problem] = (), look: Look | None = None, kept: int = KEPT
) -> tuple[Records, list[Problem]]:
    """The recipients of any file, and what is wrong with them; `look` at each sound one finds more."""
    reading = _Reading(listing, [*known, *listing.problems], look, kept)
    for batch in listing.batches():
        reading.take(batch)
    return reading.records(), reading.problems()


class _Reading:
    """The first look at all records: what is wrong is found, and what all the later ones need."""

    def __init__(self, listing: Listing, known: list[Problem], look: Look | None, kept: int) -> None:
        self.listing, self.known, self.look, self.most = listing, known, look, kept
        self.spoiled = Spoiled(known)
        self.found = self.spoiled.without_echoes(listing.found)
        self.has_found = bool(listing.found)
        self.spelling = list(listing.problems)
        self.looked: list[Problem] = []
        self.register, self.sound = Register(listing.source), bytearray()
        self.bad: list[BadId] = []
        self.names = {*STANDARD_KEYS, *listing.names, *_names(listing.defaults)}
        self.kept: list[Recipient] | None = []

    def take(self, batch: Batch) -> None:
        """The next records."""
        if batch.problems:
            self.spelling += batch.problems
            self.spoiled = Spoiled([*self.known, *batch.problems])
        found: list[Problem] = []
        for fields in mappings(batch.records, found):
            self._record(with_defaults(fields, self.listing.defaults), found)
        self.has_found = self.has_found or bool(found)
        self.found += self.spoiled.without_echoes(found)
        if batch.problems:
            self.spoiled = Spoiled(self.known)

    def _record(self, fields: Fields, found: list[Problem]) -> None:
        if is_header(fields):
            message, way_out = "the values of this record are the names of its fields again", "remove it"
            found.append(Problem("bad-row", message, fields.place, way_out, anywhere=True))
            self.register.add("", fields.place, fields.place)
            self.sound.append(False)
            return
        before = len(found)
        handle = handle_of(fields)
        wrong = checked(fields, handle, found)
        recipient = building(fields, handle)
        own = id_place(recipient)
        twin = self.register.add(handle, fields.place, own)
        for bad in (wrong, BadId(handle, "", own, twin, self.register.first(handle)) if twin else None):
            if bad:
                self.bad.append(bad._replace(is_echo=self.spoiled.is_echo(bad.place)))
        self.names.update(_names(fields))
        is_sound = not wrong and len(found) == before and not self._is_spoiled(fields.place)
        self.sound.append(is_sound)
        if is_sound:
            self._keep(recipient)

    def _is_spoiled(self, place: Place) -> bool:
        return self.spoiled.touches(place) or self.spoiled.touches(self.listing.defaults.place)

    def _keep(self, recipient: Recipient) -> None:
        self.looked += self.look(recipient) if self.look else ()
        if self.kept is not None:
            self.kept.append(recipient)
            if len(self.kept) > self.most:
                self.kept = None

    def records(self) -> Records:
        recipients = _Stream(self.listing, self.register.handles, self.sound) if self.kept is None else (*self.kept,)
        return Records(recipients, self.register, frozenset(self.names))

    def problems(self) -> list[Problem]:
        """Everything that is wrong: with the spelling, with what is read, and what the looks found."""
        found = [*self.found, *bad_ids(self.bad, self.register.handles)]
        is_spoiled = any(problem.is_error for problem in (*self.known, *self.spelling))
        if not self.register.handles and not self.has_found and not is_spoiled:
            message, way_out = "there is no recipient in this file", f"add a record: {self.listing.example}"
            found.append(Problem("empty-file", message, self.listing.place, way_out))
        return [*self.spelling, *found, *self.looked]


class _Stream:
    """The sound recipients of a large file, which is read anew each time somebody goes through them."""

    def __init__(self, listing: Listing, handles: list[str], sound: bytearray) -> None:
        self.listing, self.handles, self.sound = listing, handles, sound

    def __len__(self) -> int:
        return sum(self.sound)

    def __iter__(self) -> Iterator[Recipient]:
        records = (fields for batch in self.listing.batches() for fields in mappings(batch.records, []))
        for fields, handle, is_sound in zip(records, self.handles, self.sound, strict=True):
            if is_sound:
                yield building(with_defaults(fields, self.listing.defaults), handle)


def check_variants(recipient: Recipient, declared: Mapping[str, Text]) -> Iterator[Problem]:
    """A problem for each variant of the record that the front matter does not declare."""
    for name in recipient.variants:
        if name not in declared and isinstance(name, Text):
            message = f"variant '{name}' of recipient '{recipient.id}' is not declared in the front matter"
            way_out = near(name, declared) or f"declare it there: 'variants:' and below it '  {name}: …'"
            yield Problem("undeclared-variant", message, name.place, way_out, (), name, anywhere=True)


def _names(fields: Fields) -> Iterator[str]:
    """The names of the fields, and of those within them."""
    for key, value in fields.items():
        yield key
        inner = value if isinstance(value, Items) else (value,)
        yield from (name for item in inner if isinstance(item, Fields) for name in _names(item))
