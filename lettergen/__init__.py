"""lettergen: one formal letter to many people, as Markdown, HTML and PDF."""

__version__ = "0.1.0"
