"""The vocabulary: frozen values that every room speaks in."""

from lettergen.model.draft import CLOSE, OPEN, TOKEN, Draft, Token
from lettergen.model.languages import (
    Words,
    has_words,
    is_language,
    is_same_tongue,
    iso_date,
    long_date,
    lookup,
    named_language,
    usual_case,
    words,
)
from lettergen.model.layout import PRESETS, Area, Facts, Layout, Printed
from lettergen.model.letter import BY_LANGUAGE, PARTS, STANDARD_KEYS, Footnote, Letter, Note, Part, Recipient, Settings
from lettergen.model.tree import Element, Node, Reference, Value
from lettergen.model.values import Fields, Items, Text, one_line

__all__ = [
    "BY_LANGUAGE",
    "CLOSE",
    "OPEN",
    "PARTS",
    "PRESETS",
    "STANDARD_KEYS",
    "TOKEN",
    "Area",
    "Draft",
    "Element",
    "Facts",
    "Fields",
    "Footnote",
    "Items",
    "Layout",
    "Letter",
    "Node",
    "Note",
    "Part",
    "Printed",
    "Recipient",
    "Reference",
    "Settings",
    "Text",
    "Token",
    "Value",
    "Words",
    "has_words",
    "is_language",
    "is_same_tongue",
    "iso_date",
    "long_date",
    "lookup",
    "named_language",
    "one_line",
    "usual_case",
    "words",
]
