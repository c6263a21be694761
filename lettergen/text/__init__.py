"""Merged parts -> one element tree with numbered notes: the finished letter."""

from lettergen.text.finishing import Finished, check_footnotes, finish
from lettergen.text.plain import within

__all__ = ["Finished", "check_footnotes", "finish", "within"]
