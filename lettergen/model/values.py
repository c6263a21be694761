"""What a data file holds: text, lists and mappings that know where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lettergen.problems import Place

# Not `str.split()`: a no-break space that somebody typed is to be printed.
_BLANKS = " \t\r\n\x0b\x0c\x85\u2028\u2029"
_SPACE = re.compile(f"[{_BLANKS}]+")
_INVISIBLE = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]+"
)


class Text(str):
    """Text as it was typed, with its place."""

    __slots__ = ("place",)
    place: Place

    def __new__(cls, text: str, place: Place) -> Self:
        self = super().__new__(cast("type[Self]", _Lines) if "\n" in text else cls, text)
        self.place = place
        return self

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """For another process the words alone: places are for this one's problems."""
        return str, (str(self),)


class _Lines(Text):
    """Text with line breaks: to what it is compared with, they are blanks."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and one_line(str(self)) == one_line(str(other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(one_line(str(self)))


class Items(tuple["Value", ...]):  # noqa: SLOT001 - a tuple with slots cannot have more fields
    """A list, with its own place and one for each item."""

    place: Place
    places: tuple[Place, ...]

    def __new__(cls, items: Iterable[tuple[Value, Place]], place: Place) -> Self:
        pairs = tuple(items)
        self = super().__new__(cls, (value for value, _ in pairs))
        self.place = place
        self.places = tuple(where for _, where in pairs)
        return self


class Fields(dict[str, "Value"]):
    """A mapping, with its own place and those of its keys and values. Never changed once read."""

    def __init__(
        self,
        items: Iterable[tuple[Text, Value, Place]],
        place: Place,
    ) -> None:
        triples = tuple(items)
        super().__init__((str(key), value) for key, value, _ in triples)
        self.place = place
        self.key_places = {str(key): key.place for key, _, _ in triples}
        self.places = {str(key): where for key, _, where in triples}


Value: TypeAlias = Text | bool | Items | Fields | None


def one_line(text: str) -> str:
    """Return the text with one space for each run of white space, as a letter prints it."""
    if text.isprintable() and "  " not in text:  # most are: a blank is the only space that is printable
        return text
    return _SPACE.sub(" ", text)


def trimmed(text: str) -> str:
    """The text of a data file without the blanks round it; empty if there is nothing in it to be seen."""
    text = text.strip(_BLANKS)
    return text if text.isascii() or not _INVISIBLE.fullmatch(text) else ""


def paths(path: str, value: object) -> Iterator[tuple[str, Text]]:
    """The texts in a value of a data file, with the way to them: `rows[].paid`."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, Fields):
        for key, inner in value.items():
            yield from paths(f"{path}.{key}", inner)
    elif isinstance(value, Items):
        for inner in value:
            yield from paths(f"{path}[]", inner)


def last_name(path: str) -> str:
    """The name of the field that a path leads to."""
    return path.rstrip("[]").rpartition(".")[2]


def texts(value: object) -> Iterator[Text]:
    """The texts in a value of a data file."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Items | Fields):
        for inner in value.values() if isinstance(value, Fields) else value:
            yield from texts(inner)
