"""Merged parts -> one element tree with numbered notes: the finished letter."""

from lettergen.text.finishing import ONCE, Finished, finish
from lettergen.text.marking import marked_passages
from lettergen.text.notes import check_footnotes, note_nodes
from lettergen.text.plain import within

__all__ = ["ONCE", "Finished", "check_footnotes", "finish", "marked_passages", "note_nodes", "within"]
