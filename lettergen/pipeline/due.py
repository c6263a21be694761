"""Which files have still to be made: whatever is true, in its place, in another or staged, is kept."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from lettergen.pipeline.manifest import JOB, PAGE
from lettergen.pipeline.rendering import FORMATS, path_from
from lettergen.problems import Problem, Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lettergen.pipeline.compose import Composition
    from lettergen.pipeline.fingerprint import Fingerprints
    from lettergen.pipeline.manifest import Entry
    from lettergen.pipeline.output import OutputFolder

FOLDER = 1_000  # letters: with more, each thousand records has a folder of its own


class Wanted(NamedTuple):
    """What a build is to make: formats of which letters, all of them `anew` or not."""

    ids: Collection[str] = ()
    formats: tuple[str, ...] = ()
    anew: bool = False


class Due(NamedTuple):
    """A letter: the files that are true, by format, and the formats to be made. `place` is its folder's name with a
    slash, or nothing; it `is_changed` if the manifest to come says something else of it.
    """

    id: str
    place: str = ""
    kept: tuple[Entry, ...] = ()
    formats: tuple[str, ...] = ()
    is_changed: bool = True

    def names(self, formats: Collection[str]) -> Iterator[str]:
        """Where its files of these formats come."""
        return (f"{self.place}{self.id}.{form}" for form in formats)


class Dues:
    """What is due of each letter, in the order of the records."""

    def __init__(self, composition: Composition, folder: OutputFolder, prints: Fingerprints, wanted: Wanted) -> None:
        self.digests, self.folder, self.prints, self.wanted = composition.digests, folder, prints, wanted
        self.identity = composition.identity
        self.root = path_from(folder.path / place_of(0, len(self.digests)), composition.folder.root)

    def __iter__(self) -> Iterator[Due]:
        for number, (identity, digest) in enumerate(self.digests.items()):
            yield self._due(identity, digest, place_of(number, len(self.digests)))

    def source(self, form: str, identity: str) -> str:
        """What a letter's file of the format is made from."""
        return self.prints.of(form, self.digests[identity])

    def earlier(self) -> list[str]:
        """The ids of the letters that the folder holds."""
        return [one for one in self.folder.manifest.spans if one != PAGE and not JOB.fullmatch(one)]

    def gone(self) -> list[str]:
        """The ids of earlier letters that are no more."""
        return [one for one in self.earlier() if one not in self.digests]

    def other_mailing(self) -> Iterator[Problem]:
        """An error if the folder holds the letters of another mailing.

        The recipients' file may have a new name: it is the same mailing if most of the earlier letters come again.
        """
        before = next((entry.mailing for entry in self.folder.manifest.of(PAGE)), ())
        earlier, gone = len(self.earlier()), len(self.gone())
        kinds = ("of", "by the template", "in the edition")
        unlike = [said for said in zip(kinds, before, self.identity, strict=False) if said[1] != said[2]]
        if not earlier or not unlike or ([kind for kind, *_ in unlike] == ["of"] and 2 * gone < earlier):
            return
        path, (kind, old, new) = self.folder.path, unlike[0]
        message = f"'{path}' holds letters {kind} '{old}', and these are {kind} '{new}'"
        message += f": {gone:,} of {earlier:,} would be removed" if gone else ""
        way_out = "name another folder with '--output FOLDER', or put these in their place with 'build --replace'"
        yield Problem("other-letters", message, Source(str(path)).whole(), way_out)

    def strange_folders(self) -> Iterator[Problem]:
        """What is in the way of the folders of a thousand."""
        for number in range(0, len(self.digests), FOLDER):
            place = place_of(number, len(self.digests)).rstrip("/")
            yield from self.folder.stranger(place) if place else ()

    def strangers(self, due: Due) -> Iterator[Problem]:
        """The files in the way of a letter's."""
        entries = self.folder.manifest.of(due.id)
        ours = {entry.path for entry in entries}
        for place in {path.rpartition("/")[0] for path in ours} - {""}:  # by a link, files elsewhere would be removed
            yield from self.folder.stranger(place)
        new = due.names({*due.formats, *(entry.format for entry in due.kept)})
        for name in dict.fromkeys((*new, *sorted(ours))):
            yield from self.folder.stranger(name, ours)

    def _due(self, identity: str, digest: bytes, place: str) -> Due:
        entries = self.folder.manifest.of(identity)
        formats = self.wanted.formats if identity in self.wanted.ids else ()
        kept: dict[str, Entry] = {}
        for entry in entries:
            form, path = entry.format, f"{place}{identity}.{entry.format}"
            is_free = form not in kept and not (self.wanted.anew and form in formats)
            if is_free and self._is_true(entry, digest) and self._lies(entry, path):
                kept[form] = entry if entry.path == path else entry._replace(path=path)
        in_place = tuple(kept.values())
        if identity in self.folder.staging.earlier:
            self._take_staged(identity, digest, place, [form for form in formats if form not in kept], kept)
        missing = tuple(form for form in formats if form not in kept)
        files = tuple(kept.values())
        return Due(identity, place, files, missing, bool(missing) or files != in_place or files != entries)

    def _is_true(self, entry: Entry, digest: bytes) -> bool:
        return entry.source == self.prints.of(entry.format, digest) and entry.root in ("", self.root)

    def _lies(self, entry: Entry, path: str) -> bool:
        """Whether the file is whole, and in its place or free to come there."""
        is_free = entry.path == path or not os.path.lexists(self.folder.path / path)
        return is_free and self.folder.seen.holds(entry)

    def _take_staged(
        self, identity: str, digest: bytes, place: str, formats: Collection[str], kept: dict[str, Entry]
    ) -> None:
        """Keep what an interrupted build has made, if it is wanted and true; forget the rest."""
        staging = self.folder.staging
        staged = {} if self.wanted.anew else staging.reusable(identity)
        for form in FORMATS:
            entry = staged.get(form)
            if entry and form in formats and self._is_true(entry, digest):
                kept[form] = entry._replace(path=f"{place}{identity}.{form}")
            else:
                staging.drop(f"{identity}.{form}")


def place_of(number: int, letters: int) -> str:
    """What stands before the names of a record's files: nothing, or the folder of its thousand."""
    return f"{number // FOLDER + 1:04}/" if letters > FOLDER else ""
