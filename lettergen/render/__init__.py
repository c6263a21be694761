"""A finished letter -> what is written for it, one function a format."""

from lettergen.render.html import Paper, to_page, to_paper
from lettergen.render.markdown import to_markdown

__all__ = ["Paper", "to_markdown", "to_page", "to_paper"]
