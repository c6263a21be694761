"""Templates whose text says where it stands; loaded only when something is wrong with a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2.ext import Extension
from jinja2.lexer import Token as Lexeme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.lexer import TokenStream


class Marks(Extension):
    """Puts the number of the template and of the line before each line of a template's own words."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Lexeme]:
        """The lexemes, those of text with marks."""
        names = list(self.environment.sources)  # type: ignore[attr-defined]
        number = names.index(stream.name) if stream.name in names else 0  # one that is only looked at has no name
        for lexeme in stream:
            yield _marked(lexeme, number) if lexeme.type == "data" else lexeme


def _marked(lexeme: Lexeme, number: int) -> Lexeme:
    lines = enumerate(lexeme.value.split("\n"), lexeme.lineno)
    return Lexeme(lexeme.lineno, "data", "\n".join(f"\ue002{number}:{line}\ue003{text}" for line, text in lines))
