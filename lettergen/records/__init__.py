"""Data -> recipients, footnotes and settings, each value checked once."""

from lettergen.records.footnotes import read_footnotes
from lettergen.records.frontmatter import split_front_matter
from lettergen.records.recipients import Records, check_variants, read_listing, read_recipients
from lettergen.records.settings import read_settings

__all__ = [
    "Records",
    "check_variants",
    "read_footnotes",
    "read_listing",
    "read_recipients",
    "read_settings",
    "split_front_matter",
]
