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


@dataclass(eq=False, repr=False)
class Ledger:
    """What one merge has printed and what went wrong in it."""

    recipient: Recipient
    known: frozenset[str]
    labels: dict[int, str]  # id of a mapping -> what it is called
    tokens: list[Token] = field(default_factory=list)
    printed: list[int] = field(default_factory=list)  # the expression that printed each token
    arms: set[int] = field(default_factory=set)  # that were taken
    problems: dict[tuple[object, ...], Problem] = field(default_factory=dict)
    turns: int = 0  # of loops and macros, in the part under way

    def note(self, problem: Problem) -> None:
        """Keep the problem, once."""
        self.problems.setdefault((problem.code, problem.place.order, problem.subject), problem)

    def token(self, text: str, number: int = -1, *, is_markdown: bool = False) -> Merged:
        """A new token for the text; `number` is that of the expression that prints it."""
        origin = text.place if isinstance(text, Text) else None
        kept = text if isinstance(text, LongDate) else str(text)
        self.tokens.append(Token(kept, is_markdown, origin))
        self.printed.append(number)
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

    @classmethod
    def escape(cls, value: Any, /) -> Markup:  # type: ignore[override]  # noqa: ANN401
        """The value as merged text; other texts become tokens."""
        return cls(value) if hasattr(value, "__html__") else LEDGER.get().token(str(value))
