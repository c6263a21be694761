"""What is proposed where something is missing."""

from __future__ import annotations

import pytest

from lettergen.merge.advice import salutation


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Dr Ada King-Noel, FRS", "Dr King-Noel"),
        ("Sir Keir Hardie", "Sir Keir"),
        ("Lady Lovelace", "Lady Lovelace"),
        ("Ms. Mary   Okafor", "Ms. Okafor"),
        ("Cher", "Cher"),
        ("Mr", "Mr"),
        ("Frau Dr. Anna Groß", "Frau Groß"),
    ],
)
def test_salutation(name: str, proposed: str) -> None:
    """What may stand behind 'Dear'."""
    assert salutation(name) == proposed
