"""What is wrong, where it stands and how to mend it: the values every room returns."""

from lettergen.problems.codes import RETIRED, SEVERITIES, near, near_file, nearest, short
from lettergen.problems.gathering import Gathering
from lettergen.problems.types import LINES, RECORD, TABLES, Place, Problem, Related, Source, merge_alike, once

__all__ = [
    "LINES",
    "RECORD",
    "RETIRED",
    "SEVERITIES",
    "TABLES",
    "Gathering",
    "Place",
    "Problem",
    "Related",
    "Source",
    "merge_alike",
    "near",
    "near_file",
    "nearest",
    "once",
    "short",
]
