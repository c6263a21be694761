"""What a careful reader of all letters looks at: where each word of a letter comes from."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model.values import Fields, Items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lettergen.model.draft import Token
    from lettergen.model.letter import Footnote, Recipient
    from lettergen.model.values import Text
    from lettergen.problems import Place

BUILT_IN = "<built-in>"  # the file of the built-in parts


class Arm(NamedTuple):
    """A passage of a template that not every letter takes: `kind` is if, elif, else, for, inline or macro.

    `place` is that of its tag (of an inline one, the expression's), `words` what the tag says. `variants` are
    those that its condition names, `start` and `end` its text's offsets in the file. `within` is the number of
    the macro that it stands in.
    """

    kind: str
    place: Place
    words: str
    variants: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    within: int | None = None


class Plan(NamedTuple):
    """What the letters of one main document have in common: the place of each expression that is printed,
    every arm, and the names of the front matter's fields by the `order` of their places. `variants` are the
    declared ones with their descriptions; `asked` and `uses` say where a template first asks for each variant
    and first uses each field of the record, `named` are all names behind dots and in strings: whether one of them
    stands outside of conditions. An empty one stands for all that can be worked out.
    """

    prints: tuple[Place, ...]
    arms: tuple[Arm, ...]
    fields: Mapping[tuple[str, int, int], str]
    variants: Mapping[str, Text]
    asked: Mapping[str, Place]
    uses: Mapping[str, Place]
    named: Mapping[str, bool] = MappingProxyType({})


class Passage(NamedTuple):
    """A piece of a part's merged text that reads the same alone: its tokens are counted from 0, so that the
    same paragraph is the same text in every letter. `printed` are the numbers of the expressions in the plan.
    """

    part: str
    text: str
    tokens: tuple[Token, ...]
    printed: tuple[int, ...]

    def holds(self, sign: str) -> bool:
        """Whether the sign is anywhere in what counts as Markdown: without `[^` there is no reference."""
        return sign in self.text or any(token.is_markdown and sign in token.text for token in self.tokens)


class Reading(NamedTuple):
    """A letter in one language as it was merged; `document` is the name of its plan."""

    recipient: Recipient
    language: str
    document: str
    passages: tuple[Passage, ...]
    arms: frozenset[int]


class Mailing(NamedTuple):
    """All records and letters of a project, as somebody reads them side by side: `recipients` are all records,
    `readings` those of the letters that were composed, both to be gone through as often as need be.
    `mentions` are names that any letter may speak of.
    """

    recipients: Iterable[Recipient]
    readings: Iterable[Reading]
    plans: Mapping[str, Plan]
    footnotes: Mapping[str, Footnote]
    mentions: tuple[str, ...] = ()


class Taken(NamedTuple):
    """A variant or an arm, by its name and place, and the ids of the letters that take it."""

    name: str
    place: Place
    letters: Sequence[str]


class Coverage(NamedTuple):
    """Which paths through the templates the letters take: the declared variants, and the arms of the project's
    own templates (not those of a macro that nobody calls). `same` are fields with one value in all records,
    and where a template uses them.
    """

    letters: int
    variants: tuple[Taken, ...]
    arms: tuple[Taken, ...]
    same: tuple[Taken, ...]


class Origin(NamedTuple):
    """Where a value comes from: its field's name (`initiative`, `address 2`, `sender.name`) and place.

    Without a place it was computed: the name is then the template's expression.
    """

    name: str
    place: Place | None
    printed: Place | None


def field_names(fields: Fields, before: str = "") -> Iterator[tuple[tuple[str, int, int], str]]:
    """The name of every value, by the `order` of its place: `role`, `address 2`, `sender.name`."""
    for key, value in fields.items():
        name = f"{before}{key}"
        yield fields.places[key].order, name
        if isinstance(value, Fields):
            yield from field_names(value, f"{name}.")
        elif isinstance(value, Items):
            yield from ((place.order, f"{name} {number}") for number, place in enumerate(value.places, 1))


def origin_of(token: Token, printed: int, names: Mapping[tuple[str, int, int], str], plan: Plan) -> Origin:
    """The token's origin; `names` are those of the recipient's fields."""
    place = plan.prints[printed] if printed >= 0 else None
    order = token.origin.order if token.origin else None
    name = (names.get(order) or plan.fields.get(order)) if order else None
    if name and token.origin:
        return Origin(name, token.origin, place)
    return Origin(place.text if place else "", None, place)
