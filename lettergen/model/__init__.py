"""The vocabulary: frozen values that every room speaks in."""

from lettergen.model.draft import CLOSE, OPEN, TOKEN, Draft, Token
from lettergen.model.languages import (
    LongDate,
    Words,
    as_printed,
    has_words,
    is_language,
    iso_date,
    long_date,
    words,
)
from lettergen.model.layout import PRESETS, Area, Complaint, Facts, Fit, Layout, Printed
from lettergen.model.letter import PARTS, STANDARD_KEYS, Footnote, Letter, Note, Part, Recipient, Settings
from lettergen.model.tree import Element, Node, Reference, Value
from lettergen.model.values import Fields, Items, Text, one_line

__all__ = [
    "CLOSE",
    "OPEN",
    "PARTS",
    "PRESETS",
    "STANDARD_KEYS",
    "TOKEN",
    "Area",
    "Complaint",
    "Draft",
    "Element",
    "Facts",
    "Fields",
    "Fit",
    "Footnote",
    "Items",
    "Layout",
    "Letter",
    "LongDate",
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
    "as_printed",
    "has_words",
    "is_language",
    "iso_date",
    "long_date",
    "one_line",
    "words",
]
