"""What one merge has printed: a token in the text, and its value here."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from lettergen.model import CLOSE, OPEN, TOKEN, LongDate, Text, Token

if TYPE_CHECKING:
    from lettergen.model import Recipient
    from lettergen.problems import Problem


class Count(int):
    """A whole number of the template's own: a literal, the turn of a loop, or what is made of such numbers alone.

    It is printed as text of the template, so it can begin a list item. A number from data is a value.
    """


# White space that a template's text carries until a part is merged: see `white_space`.
TAG = "\x1f"  # before a line end: its line has a tag; elsewhere: blanks on its two sides were not typed side by side
CUT = "\x1e"  # here `{%-` or `-%}` removed a line end
GAP = "\x1d"  # a captured text lost its first line, so the word before must not grow together with it
BEGIN, END = "\x1c", "\x0b"  # round captured text that ended with a line end
MARKS = TAG + CUT + GAP + BEGIN + END


@dataclass(eq=False, repr=False)
class Ledger:
    """What one merge has printed and what went wrong in it; last, what is known of the part under way."""

    recipient: Recipient
    known: frozenset[str]
    labels: dict[int, str]  # id of a mapping -> what it is called
    language: str
    tokens: list[Token] = field(default_factory=list)
    blank: set[int] = field(default_factory=set)  # tokens that print nothing but blanks
    printed: list[int] = field(default_factory=list)  # the expression that printed each token
    same: list[str] = field(default_factory=list)  # parts that came from another letter
    problems: dict[tuple[object, ...], Problem] = field(default_factory=dict)
    arms: set[int] = field(default_factory=set)  # that were taken
    asked: set[str] = field(default_factory=set)  # names whose values were asked for
    turns: int = 0  # of loops and macros
    is_sound: bool = True

    def begin(self) -> None:
        """Another part is under way."""
        self.arms, self.asked, self.turns, self.is_sound = set(), set(), 0, True

    def note(self, problem: Problem) -> None:
        """Keep the problem, once."""
        self.is_sound = False
        self.problems.setdefault((problem.code, problem.place.order, problem.subject), problem)

    def token(self, text: str, number: int = -1, *, is_markdown: bool = False) -> Merged:
        """A new token for the text; `number` is that of the expression that prints it."""
        origin = text.place if isinstance(text, Text) else None
        self.tokens.append(Token(str(text), is_markdown, origin, isinstance(text, LongDate)))
        self.printed.append(number)
        if text.isspace():
            self.blank.add(len(self.tokens) - 1)
        return Merged(f"{OPEN}{len(self.tokens) - 1}{CLOSE}")

    def print_tokens(self, text: str, number: int) -> None:
        """The expression prints merged text: tokens that a filter or `~` has made, or a macro that printed its own."""
        for found in TOKEN.finditer(text):
            if self.printed[int(found[1])] < 0:
                self.printed[int(found[1])] = number


LEDGER: ContextVar[Ledger] = ContextVar("LEDGER")


class Merged(Markup):
    """Merged text: what is added to it becomes a token first."""

    __slots__ = ()

    def __bool__(self) -> bool:
        """Whether it prints more than lines without a trace."""
        return bool(str.strip(self, f"\n{MARKS}"))

    @classmethod
    def escape(cls, value: Any, /) -> Markup:  # type: ignore[override]  # noqa: ANN401
        """The value as merged text; other texts become tokens."""
        return cls(value) if hasattr(value, "__html__") else LEDGER.get().token(str(value))
