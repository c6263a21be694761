"""Record + main document -> the merged text of each part, with tokens in place of the values."""

from lettergen.merge.checks import check_branches, check_variants
from lettergen.merge.document import MainDocument, read_main_document
from lettergen.merge.locating import Locator
from lettergen.merge.merging import merge
from lettergen.merge.plan import plan_of
from lettergen.merge.survey import survey

__all__ = [
    "Locator",
    "MainDocument",
    "check_branches",
    "check_variants",
    "merge",
    "plan_of",
    "read_main_document",
    "survey",
]
