"""A project's letters: composed all, then rendered and written."""

from lettergen.pipeline.build import FORMATS, Built, Order, build, render
from lettergen.pipeline.compose import Composition, Request, compose

__all__ = ["FORMATS", "Built", "Composition", "Order", "Request", "build", "compose", "render"]
