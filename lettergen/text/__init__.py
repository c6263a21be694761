"""Merged parts -> one element tree with numbered notes: the finished letter."""

from lettergen.text.finishing import ONCE, Finished, check_footnotes, finish
from lettergen.text.numbering import note_nodes
from lettergen.text.plain import within

__all__ = ["ONCE", "Finished", "check_footnotes", "finish", "note_nodes", "within"]
