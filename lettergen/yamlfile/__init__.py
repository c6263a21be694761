"""YAML -> values with places. What you type is what you print: a scalar is text."""

from lettergen.yamlfile.loader import load, load_piece

__all__ = ["load", "load_piece"]
