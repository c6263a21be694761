"""The files of a project folder as text: small ones whole, large ones a few pages at a time."""

from lettergen.files.folder import LARGEST, ChangedError, Folder
from lettergen.files.signs import UNPRINTABLE

__all__ = ["LARGEST", "UNPRINTABLE", "ChangedError", "Folder"]
