"""All letters -> what is wrong where values meet the text of the template, each slip said once."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model import BUILT_IN
from lettergen.problems import RECORD, Place, Problem, Related
from lettergen.review.joints.reading import slips_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lettergen.model import Plan, Reading
    from lettergen.review.joints.reading import Key, Met, Order
    from lettergen.review.joints.rules import Slip
    from lettergen.review.look import Look, Shared
    from lettergen.review.mixups.record import Record

NAMED = 4  # problems of one kind that are made; the others are counted
_LINE = 32  # bits before a place's column
_MANY, _NEARLY_ALL = 3, 0.9  # where so many values fail at one expression, the template is to blame


class Group:
    """Slips that are alike: how many, in how many letters, all places in eight bytes each, and the first by place."""

    def __init__(self, first: Met, most: int = NAMED) -> None:
        self.first = first
        self.times = 0
        self.letters = 0
        self.least: dict[Order, Met] = {}
        self._most = most
        self._letter = ""
        self._places: dict[str, array[int]] = {}  # lines and columns, by file

    def add(self, met: Met, letter: str) -> None:
        """One more, in the letter with this id."""
        self.times += 1
        if letter != self._letter:
            self._letter = letter
            self.letters += 1
        if met.origin:
            file, line, column = order = met.origin.order
            self._places.setdefault(file, array("Q")).append(line << _LINE | column)
            self.least.setdefault(order, met)
            if len(self.least) > self._most:
                del self.least[max(self.least)]

    def new(self, told: set[Order]) -> tuple[int, list[Order]]:
        """How many places are not `told` already, and the first of them; now they are."""
        found = sorted(
            order
            for file, places in self._places.items()
            for place in set(places)
            if (order := (file, place >> _LINE, place & (1 << _LINE) - 1)) not in told
        )
        told.update(found)
        return len(found), found[:NAMED]


class Splices:
    """A warning for each kind of slip: at the first values that show it, or at the template if nearly all do."""

    def __init__(self, most: int = NAMED) -> None:
        self._most = most
        self._groups: dict[Key, Group] = {}
        self._printed: dict[str, Counter[tuple[int, ...]]] = {}  # rows of expressions by document, and how often

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        for reading in readings:
            printed = self._printed.setdefault(reading.document, Counter())
            printed.update([passage.printed for passage in reading.passages])
            for met in slips_of(reading):
                group = self._groups.get(met.key)
                if group is None:
                    group = self._groups[met.key] = Group(met, self._most)
                group.add(met, record.id)

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        told: dict[str, set[Order]] = {}
        blamed = []
        for key, group in self._groups.items():
            of_values = (None, []) if self._is_of_template(key, group) else group.new(told.setdefault(key[2], set()))
            blamed.append(_Blamed(key, group, *of_values))
        unknown = {(one.key, order) for one in blamed for order in one.orders if order not in one.group.least}
        if unknown:
            return [], _Named(blamed, unknown)
        return list(_problems(blamed, shared.plans)), None

    def _is_of_template(self, key: Key, group: Group) -> bool:
        """Whether the template is to blame, whose expression was printed so often."""
        slip = group.first.slip
        if not slip.in_value or group.first.origin is None:
            return True
        if not slip.in_template or group.times < _MANY:
            return False
        document, number, *_ = key
        printed = sum(times * row.count(number) for row, times in self._printed[document].items())
        return group.times >= _NEARLY_ALL * printed


class _Blamed(NamedTuple):
    """Slips that are alike: how many values are to blame, and the first of them; None if it is the template."""

    key: Key
    group: Group
    places: int | None
    orders: list[Order]


class _Named:
    """The second look: at the values that are to be named and were not kept."""

    def __init__(self, blamed: list[_Blamed], unknown: set[tuple[Key, Order]]) -> None:
        self._blamed, self._unknown = blamed, unknown
        self._groups = {one.key: one.group for one in blamed}

    def see(self, record: Record, readings: tuple[Reading, ...]) -> None:
        for reading in readings:
            for met in slips_of(reading):
                if met.origin and (met.key, met.origin.order) in self._unknown:
                    self._groups[met.key].least.setdefault(met.origin.order, met)

    def end(self, shared: Shared) -> tuple[list[Problem], Look | None]:
        return list(_problems(self._blamed, shared.plans)), None


def _problems(blamed: Iterable[_Blamed], plans: Mapping[str, Plan]) -> Iterator[Problem]:
    for key, group, count, orders in blamed:
        plan = plans[key[0]]
        if count is None:
            yield _in_template(group, plan)
        else:
            yield from _in_values(group, count, orders, plan)


def _in_template(group: Group, plan: Plan) -> Problem:
    slip, _, record, origin, printed, sought = group.first
    way_out = slip.in_template or slip.in_value
    record, more = origin or record, group.letters - 1
    place = _sought(plan, sought, slip.guilty) if sought else (plan.prints[printed] if printed >= 0 else None)
    if place is None or place.source.name == BUILT_IN:
        return Problem(slip.code, slip.message, record, way_out, (), slip.kind, more, anywhere=True)
    if sought:  # text that is the same in all letters
        return Problem(slip.code, slip.message, place, way_out)
    return Problem(slip.code, slip.message, place, way_out, (Related(record, RECORD),), slip.kind, more)


def _in_values(group: Group, count: int, orders: Iterable[Order], plan: Plan) -> Iterator[Problem]:
    """The first of them as problems, the others counted; a value that is printed twice is one."""
    more = max(0, count - NAMED)
    for order in orders:
        slip, document, _, origin, printed, _ = group.least[order]
        place = plan.prints[printed] if printed >= 0 else None
        related = (Related(place, "printed here"),) if place and place.source.name != BUILT_IN else ()
        subject = f"{slip.kind} {document} {printed}" if slip.in_template else slip.kind
        if origin:
            guilty = _guilty(origin, slip)
            yield Problem(slip.code, slip.message, guilty, slip.in_value, related, subject, more, anywhere=True)
        more = 0


def _guilty(origin: Place, slip: Slip) -> Place:
    """The guilty word of a value in its file; the whole value if it cannot be found."""
    source, word = origin.source, slip.guilty
    numbers = range(origin.line, origin.end_line + 1)
    for number in reversed(numbers) if slip.is_end else numbers:
        line = source.lines[number - 1]
        first = origin.column - 1 if number == origin.line else 0
        last = origin.end_column - 1 if number == origin.end_line else len(line)
        column = (line.rfind if slip.is_end else line.find)(word, first, last) if word else -1
        if column >= 0:
            return Place(source, number, column + 1, number, column + len(word) + 1)
    return origin


def _sought(plan: Plan, sought: str, guilty: str) -> Place | None:
    """Where the guilty of these words stand in the templates, as far as the plan knows them."""
    sources = {place.source for place in (*plan.prints, *(arm.place for arm in plan.arms))}
    for source in sorted(sources, key=lambda source: source.name):
        start = source.text.find(sought)
        if start >= 0 and source.name != BUILT_IN:
            start += sought.index(guilty)
            return source.place(start, start + len(guilty or sought))
    return None
