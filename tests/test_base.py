"""The built-in parts, where a main document has its own, or calls for them with `super()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

BODY = "{% block body %}\nHello.\n{% endblock %}\n"


@pytest.mark.parametrize(
    ("part", "first"),
    [
        ("{% block date_line %}On {{ letter.date }}{% endblock %}", "On 13\u00a0October 2020"),
        ("{% block date_line %}{{ super() | trim }}, London{% endblock %}", "13\u00a0October 2020, London"),
        ("{% block date_line %}{% endblock %}", "Ada Lovelace  "),
        ("", "13\u00a0October 2020"),
    ],
)
def test_part(project: Callable[..., Path], lettergen: Callable[..., Ran], part: str, first: str) -> None:
    project(letter=f"---\ndate: 2020-10-13\n---\n{part}\n{BODY}")
    ran = lettergen("show", "ada-lovelace")
    assert (ran.code, ran.stdout.splitlines()[0]) == (0, first)


def test_every_part_at_once(project: Callable[..., Path], lettergen: Callable[..., Ran]) -> None:
    """All that the built-in parts can print."""
    sender = (
        "{name: Me, honours: OBE, title: Head, organisation: Us, address: [1 Road, Town], telephone: '1', email: a@b.c}"
    )
    settings = f"date: 2020-10-13\nsender: {sender}\nreference: R 1\nsubject: S\nenclosures: [E]\ncopies: [C]\n"
    project(letter=f"---\n{settings}---\n{BODY}", recipients="- {name: Ada, role: Head, salutation: A, address: [x]}\n")
    assert lettergen("show", "ada").stdout == (
        "**Us**\n\nMe OBE  \nHead\n\n1 Road, Town  \n1  \n<a@b.c>\n\n13\u00a0October 2020\n\nAda  \nHead  \nx\n\n"
        "Reference: R 1\n\nDear A,\n\n**S**\n\nHello.\n\nYours sincerely,\n\nMe OBE  \nHead\n\n"
        "Enclosures:\n\n-   E\n\nCopies to:\n\n-   C\n"
    )
