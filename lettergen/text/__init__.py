"""Merged parts -> one element tree with numbered notes: the finished letter."""

from lettergen.text.finishing import ONCE, Finished, finish
from lettergen.text.foreign import left_over
from lettergen.text.marking import Uses, marked_passage, marked_passages
from lettergen.text.notes import check_footnotes, note_nodes
from lettergen.text.plain import within
from lettergen.text.typography import edge

__all__ = [
    "ONCE",
    "Finished",
    "Uses",
    "check_footnotes",
    "edge",
    "finish",
    "left_over",
    "marked_passage",
    "marked_passages",
    "note_nodes",
    "within",
]
