"""A project's letters: composed all, then rendered and written."""

from lettergen.pipeline.compose import Composition, Request, compose
from lettergen.pipeline.rendering import render

__all__ = ["Composition", "Request", "compose", "render"]
