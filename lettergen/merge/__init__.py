"""Record + main document -> the merged text of each part, with tokens in place of the values."""

from lettergen.merge.document import MainDocument, check_variants, read_main_document
from lettergen.merge.locating import Locator
from lettergen.merge.merging import merge

__all__ = ["Locator", "MainDocument", "check_variants", "merge", "read_main_document"]
