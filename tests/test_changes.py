"""`lettergen diff`: each change once, whatever the letters' own values; nothing lost, nothing made up."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest
from composing import FOOTNOTES, HEAD, MAIN, RECIPIENTS, composed, quoted, sound
from hypothesis import example, given
from hypothesis import strategies as st

from lettergen.cli.differences import summary, to_markdown, to_text
from lettergen.cli.excerpts import AFTER, TERMINAL, excerpt, folded
from lettergen.pipeline.changes.blocks import of_letter, of_markdown
from lettergen.pipeline.changes.comparing import Rewording
from lettergen.pipeline.changes.difference import Difference, difference, of_composition
from lettergen.pipeline.changes.grouping import Changed, grouped
from lettergen.pipeline.changes.page import of_page
from lettergen.pipeline.changes.words import steps, words
from lettergen.render.markdown import to_markdown as letter_to_markdown
from lettergen.render.page import to_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from conftest import Ran

    from lettergen.pipeline.compose import Composition

MANY = 300
TOWNS = ("London", "Kent", "South Wales", "Stoke-on-Trent", "St. Ives", "York", "The Hague")
NOTES = "a: Note A\nb: Note B\nc: Note C\n"


MAILING = f"{HEAD}{{% block body %}}\nHello.\n{{% endblock %}}\n"


def _records(count: int, **more: Callable[[int], str]) -> str:
    fields: dict[str, Callable[[int], str]] = {
        "id": lambda n: f"r-{n}",
        "name": lambda n: f"Person Number {n}",
        "salutation": lambda n: f"Dr {n}",
        "town": lambda n: TOWNS[n % len(TOWNS)],
        "end": lambda n: f"{'the ' * (n % 3)}sea, {n}",
        "count": lambda n: str(n % 30),
        "article": lambda n: "the" if n % 2 else f"some {n}",
        "work": lambda n: f"*the {'very ' * (n % 4)}fine* work, no. {n}, of {TOWNS[n % len(TOWNS)]} and the like",
    } | more
    lines = []
    for number in range(count):
        lines += ["-", *(f"  {key}: {quoted(value(number))}" for key, value in fields.items()), "  address: [x]"]
        lines += [f"  variants: [{'v' if number % 3 else 'w'}]"]
    return "\n".join(lines) + "\n"


def _letters(body: str, records: str) -> Composition:
    files = {RECIPIENTS: records, FOOTNOTES: NOTES, MAIN: f"{HEAD}{{% block body %}}\n{body}\n{{% endblock %}}\n"}
    return sound(composed(files))


def _difference(old: str, new: str, records: str = "", later: str = "") -> Difference:
    records = records or _records(MANY)
    return difference(_letters(new, later or records), of_composition(_letters(old, records)), ())


def _plain(text: str) -> list[str]:
    return [word.text for word in words(text)]


TEXTS = st.lists(st.sampled_from(["a", "the", "report", "on", ",", ".", "’s", " ", "  ", "12:30", "\n", "\u2029"])).map(
    "".join
)


@given(TEXTS, TEXTS)
@example("a, b", "a b,")
def test_steps_lead_from_the_old_text_to_the_new(old: str, new: str) -> None:
    """What is kept and removed is the old text, what is kept and added the new one."""
    found = steps(old, new)
    assert [word.text for step in found for word in step.kept + step.removed] == _plain(old)
    assert [word.text for step in found for word in step.kept + step.added] == _plain(new)
    assert any(step.is_change for step in found) == (_plain(old) != _plain(new))


@given(st.lists(st.lists(st.tuples(TEXTS, TEXTS), max_size=3), max_size=5))
def test_no_change_is_lost_and_none_is_made_up(letters: list[list[tuple[str, str]]]) -> None:
    """The entries that name a letter hold its changes and no others."""
    given_ = tuple(
        Changed(str(number), tuple(Rewording("body", steps(*pair)) for pair in pairs), {})
        for number, pairs in enumerate(letters)
    )
    entries = grouped(given_)
    for letter in given_:
        shown = [one.rewording for entry in entries if letter.id in entry.ids for one in entry.shown]
        assert set(_changes(shown)) == set(_changes(letter.rewordings))


def _changes(rewordings: Iterable[Rewording]) -> Iterator[tuple[tuple[str, ...], ...]]:
    for step in (step for rewording in rewordings for step in rewording.steps if step.is_change):
        yield tuple(tuple(word.text for word in side) for side in (step.removed, step.added))


@given(st.text(), st.text())
def test_any_texts_can_be_compared(old: str, new: str) -> None:
    found = steps(old, new)
    assert [word.text for step in found for word in step.kept + step.removed] == _plain(old)
    assert [word.text for step in found for word in step.kept + step.added] == _plain(new)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Essex’s plan,", ["Essex", "’", "s", "plan", ","]),
        ("at 12:30, for £1,000.50", ["at", "12:30", ",", "for", "£1", ",", "000.50"]),
        ("a 2nd-hand [word](https://x.org/a,b)", ["a", "2nd", "-", "hand", "[", "word", "](https://x.org/a,b)"]),
        ("Llŷn  Ÿ\u00a0İ", ["Llŷn", "Ÿ", "İ"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert _plain(text) == expected


_ARMS = (
    "{% if 'v' in variants %}yes, quite so,{% else %}no, not at all,{% endif %}",
    "{% if recipient.town == 'Kent' %}all of you there{% else %}some of us here{% endif %}",
)
ONE_WORD = {
    "before a value": ("In {{ recipient.town }} now.", "At {{ recipient.town }} now."),
    "behind a value": ("{{ recipient.town }} is fine.", "{{ recipient.town }} was fine."),
    "a sign behind a value": ("Fine {{ recipient.town }}.", "Fine {{ recipient.town }}!"),
    "a possessive": ("{{ recipient.town }}’s report", "{{ recipient.town }}’ report"),
    "between values": (
        "{{ recipient.name }} in {{ recipient.town }}",
        "{{ recipient.name }} of {{ recipient.town }}",
    ),
    "between computed values": (
        "{{ recipient.name | upper }} in {{ recipient.town | lower }}",
        "{{ recipient.name | upper }} of {{ recipient.town | lower }}",
    ),
    "between Markdown": (
        "{{ recipient.work | markdown }} with {{ recipient.work | markdown }}",
        "{{ recipient.work | markdown }} without {{ recipient.work | markdown }}",
    ),
    "between arms": (f"{_ARMS[0]} say {_ARMS[1]}", f"{_ARMS[0]} tell {_ARMS[1]}"),
    "a word that some values begin with": ("On the {{ recipient.end }} now.", "On {{ recipient.end }} now."),
    "a word that is some letters' value": (
        "In {{ recipient.article }} by the end.",
        "In {{ recipient.article }} by my end.",
    ),
    "behind a number": ("I ask for {{ recipient.count }} copies.", "I ask for {{ recipient.count }} sets."),
    "a note": ("One[^a] {{ recipient.town }}.", "One[^b] {{ recipient.town }}."),
    "a link's address": (
        "[{{ recipient.town }}](https://example.org/a) it is",
        "[{{ recipient.town }}](https://example.org/b) it is",
    ),
}


@pytest.mark.parametrize(("old", "new"), ONE_WORD.values(), ids=ONE_WORD)
def test_a_word_of_the_main_document_is_one_entry(old: str, new: str) -> None:
    """Not one for each letter, whatever stands beside it."""
    found = _difference(old, new)
    assert [len(entry.ids) for entry in found.entries] == [MANY]
    assert found.changed == MANY


def test_an_added_sentence_with_values_is_one_entry() -> None:
    """Its values are told, so that none of them is hidden behind that of the first letter."""
    found = _difference("Hello.", "Hello. I was in {{ recipient.town }} before.")
    (entry,) = found.entries
    assert len(entry.ids) == MANY
    assert "{+I was in London before.+}" in click.unstyle(to_text(found))
    assert "(each letter has its own words in it: London; Kent; South Wales; Stoke-on-Trent; St. Ives; …)" in to_text(
        found
    )


def test_a_changed_value_is_the_letters_own_entry() -> None:
    """Each by itself, even if all of them come in the same place."""
    found = _difference(
        "I was in {{ recipient.town }}.",
        "I was in {{ recipient.town }}.",
        _records(5),
        _records(5, town=lambda n: f"Place {n}" if n < 3 else TOWNS[n]),
    )
    assert [entry.ids for entry in found.entries] == [("r-0",), ("r-1",), ("r-2",)]
    assert summary(found) == "3 of 5 letters changed, in 3 ways"


def test_a_new_optional_value_is_the_letters_own_entry() -> None:
    """What came is nothing but a value: no letter's stands for another's."""
    found = _difference("Hello {{ recipient.town }}.", "Hello {{ recipient.town }} {{ recipient.name }}.", _records(3))
    assert [entry.ids for entry in found.entries] == [("r-0",), ("r-1",), ("r-2",)]


def test_notes_that_are_counted_on_in_some_letters() -> None:
    """A note that only some letters get shifts the numbers in these alone."""
    old = "So{% if 'v' in variants %} and so{% endif %} it is[^b], {{ recipient.town }}."
    new = "So{% if 'v' in variants %} and so[^a]{% endif %} it is[^b], {{ recipient.town }}."
    found = _difference(old, new, _records(9))
    assert {entry.ids for entry in found.entries} == {("r-1", "r-2", "r-4", "r-5", "r-7", "r-8")}
    text = click.unstyle(to_text(found))
    assert "So and so{+[1]+} it is[-[1]-]{+[2]+}, Kent." in text
    assert "notes: {+Note A+}" in text


def test_the_same_word_in_two_places_is_two_entries() -> None:
    """The text around it is another one, and both are to be read."""
    branches = "{{% if 'v' in variants %}}We sent you the {0}.{{% else %}}You have lost our {0}.{{% endif %}}"
    found = _difference(branches.format("report"), branches.format("paper"), _records(6))
    assert sorted(entry.ids for entry in found.entries) == [("r-0", "r-3"), ("r-1", "r-2", "r-4", "r-5")]


def test_changes_of_the_same_letters_are_one_entry() -> None:
    found = _difference("One word.\n\nAnd {{ recipient.town }} two.", "A word.\n\nAnd {{ recipient.town }} three.")
    (entry,) = found.entries
    assert [excerpt(shown.rewording.steps, TERMINAL) for shown in entry.shown] == [
        "\x1b[31m\x1b[9m[-One-]\x1b[0m\x1b[32m{+A+}\x1b[0m word.",
        "And London \x1b[31m\x1b[9m[-two-]\x1b[0m\x1b[32m{+three+}\x1b[0m.",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("one two\nthree", "one\ntwo   three"), ("one   two", "one two"), ("one two", "one&nbsp;two")],
)
def test_white_space_is_no_change(old: str, new: str) -> None:
    found = _difference(old, new.replace("&nbsp;", "\u00a0"), _records(2))
    assert not found.is_any
    assert summary(found) == "none of 2 letters changed"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("One *two* three", "One two three", "One [-*-] two[-*-] three"),
        ("One\n\ntwo", "One two", "One [-¶-] two"),
        ("One two.", "One two.\n\nThree.", "… Three"),
        ("- one\n- two", "- one\n- three", "- one ↵ - [-two-]{+three+}"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 3 |", "| 1 | [-2-]{+3+} |"),
    ],
)
def test_what_is_not_a_word_is_shown_too(old: str, new: str, shown: str) -> None:
    found = _difference(old, new, _records(1))
    (entry,) = found.entries
    terminal = excerpt(entry.shown[0].rewording.steps, TERMINAL)
    assert shown.strip("… ") in click.unstyle(terminal)


def test_stars_that_become_emphasis_are_a_change() -> None:
    """To forget `| markdown` and to mend it is seen, although the signs are the same."""
    assert _difference("{{ recipient.work }}", "{{ recipient.work | markdown }}", _records(2)).changed == 2


NASTY = ("<b>x</b>", "a | b", "`x` ```", "~~y~~ **z**", "@all #7")


@pytest.mark.parametrize("value", NASTY)
def test_values_are_no_markup_in_a_pull_request(value: str) -> None:
    """GitHub's reader makes of them nothing but text in a block of code."""
    import cmarkgfm

    found = _difference("{{ recipient.town }} one", "{{ recipient.town }} two", _records(1, town=lambda _: value))
    html = cmarkgfm.github_flavored_markdown_to_html(to_markdown(found))
    escaped = value.replace("<", "&lt;").replace(">", "&gt;")
    before, after = re.findall(r"^[-+] .*$", html, flags=re.MULTILINE)
    assert (before, after) == (f"- {escaped} one", f"+ {escaped} two")


@pytest.mark.parametrize(
    "value", [*NASTY, "4. Stock", "- x", "a_b_c", "1. *x*", "\\*", "[^1]", "[x](y)", "&amp;", "$1$"]
)
def test_a_page_and_a_file_are_read_as_the_letter_is(value: str) -> None:
    """No change where nothing changed, in the files of all formats."""
    letter = _letters(
        "One[^a] {{ recipient.town }}\n\n- *two*\n- [three](https://x.org)", _records(1, town=lambda _: value)
    )
    (first,) = letter.letters
    assert [block.text for block in of_markdown(letter_to_markdown(first))] == [
        block.text for block in of_letter(first)
    ]
    page = of_page(to_page(first, "", {}))
    seen = next(block for block in page if block.text.startswith("One"))
    assert _plain(seen.text)[2:] == _plain(value)
    assert seen.part == "body"


def test_new_and_gone_letters() -> None:
    found = difference(_letters("x", _records(3)), of_composition(_letters("x", _records(2).replace("r-0", "s-0"))), ())
    assert (found.new, found.gone, found.entries) == (("r-0", "r-2"), ("s-0",), ())
    assert to_text(found) == "new: r-0, r-2\ngone: s-0\n"


def test_a_rewording_is_shown_with_a_few_words_around() -> None:
    found = steps("a b c d e f g h i j k l x", "a b c d e f g h i j k l y")
    assert excerpt(found, AFTER) == "… c d e f g h i j k l y"


def test_nothing_heavy_is_loaded(example: Path, lettergen: Callable[..., Ran]) -> None:
    """No PDF engine for words."""
    assert lettergen("build", "--format", "md").code == 0
    script = (
        "import sys; from lettergen.cli import cli; cli(['diff'], standalone_mode=False);"
        "print([name for name in ('weasyprint', 'pydyf', 'multiprocessing', 'html.parser') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=example, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def _built(lettergen: Callable[..., Ran], root: Path) -> Path:
    assert lettergen("build", "--format", "md").code == 0
    return root / "output"


def test_only_files_of_the_manifest_are_letters(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """Neither a stranger's file nor the page for the review; a file that is gone or a link makes its letter new."""
    output = _built(lettergen, project(recipients=_records(3), letter=MAILING))
    (output / "stranger.md").write_text("x", encoding="utf-8")
    page = {"id": "index", "format": "html", "path": "index.html", "sha256": "", "source": "", "pages": None}
    with (output / "manifest.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(page) + "\n")
    (output / "index.html").write_text("<p>x", encoding="utf-8")
    (output / "r-0.md").unlink()
    (output / "r-1.md").rename(output / "other")
    (output / "r-1.md").symlink_to("other")
    ran = lettergen("diff")
    assert (ran.code, ran.stdout) == (0, "new: r-0, r-1\n")
    assert ran.stderr.endswith("none of 3 letters changed; 2 new\n")


def test_a_letter_of_which_there_is_only_a_pdf(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """It is neither new nor changed, and that is said."""
    output = _built(lettergen, project(recipients=_records(2), letter=MAILING))
    manifest = output / "manifest.jsonl"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"format": "md", "path": "r-1.md"', '"format": "pdf", "path": "r-1.pdf"'), "utf-8")
    ran = lettergen("diff")
    assert (ran.code, ran.stdout) == (0, "")
    assert ran.stderr.endswith("none of 2 letters changed; 1 not compared, being PDFs only\n")


def test_a_template_and_an_edition_have_their_own_folders(
    lettergen: Callable[..., Ran], project: Callable[..., Path]
) -> None:
    """The same as those that a build writes to."""
    root = project(recipients=_records(2), letter=MAILING)
    (root / "templates" / "other.md.j2").write_bytes((root / "templates" / "letter.md.j2").read_bytes())
    options = ("--template", "other", "--edition", "large-print")
    assert lettergen("build", "--format", "md", *options).code == 0
    assert lettergen("diff", "--exit-code", *options).code == 0
    assert "there is no build in 'output'" in lettergen("diff").stderr


def test_another_date_is_one_entry(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """The last build has its own."""
    _built(lettergen, project(recipients=_records(3), letter=MAILING))
    ran = lettergen("diff", "--date", "2020-10-14")
    assert ran.stdout == "3 letters (r-0, r-1, r-2):\n  date line: [-13-]{+14+} October 2020\n"


def test_letters_in_two_languages(lettergen: Callable[..., Ran], project: Callable[..., Path]) -> None:
    """A part says which half it is of."""
    body = "---\ndate: 2020-10-13\nlanguage: {}\n---\n{{% block body %}}\n{}\n{{% endblock %}}\n"
    files = {"templates/letter.cy.md.j2": body.format("cy", "Helo un."), "letter": body.format("en-GB", "Hello one.")}
    records = "- {name: Ada, salutation: Ada, address: [x], language: [cy, en-GB]}\n"
    root = project(recipients=records, **files)
    _built(lettergen, root)
    project(recipients=records, **files | {"letter": body.format("en-GB", "Hello two.")})
    assert lettergen("diff").stdout == "ada:\n  body (en-GB): Hello [-one-]{+two+}.\n"


def test_what_else_changed_stands_as_it_is_now() -> None:
    """Beside a change of some letters, one of all the others has its own entry."""
    found = _difference(
        "In {{ recipient.town }} with great interest.",
        "In {{ recipient.town }} with much interest.",
        _records(2),
        _records(2, town=lambda n: "Bath" if n else TOWNS[n]),
    )
    first, second = found.entries
    assert (first.ids, second.ids) == (("r-0", "r-1"), ("r-1",))
    lines = re.findall(r"^[-+] .*$", to_markdown(found), flags=re.MULTILINE)
    assert lines == [
        "- In London with great interest.",
        "+ In London with much interest.",
        "- In Kent with much interest.",
        "+ In Bath with much interest.",
    ]


def test_a_file_that_was_wrapped_by_an_editor_is_read_as_before() -> None:
    """Only the lines that the letter breaks are lines."""
    body = "One two three[^a] four.\n\n- one two\n    - three\n\n1. four\n2. five\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    (letter,) = _letters(body, _records(1)).letters
    text = letter_to_markdown(letter)
    for words_ in ("One two three", "one two"):
        text = text.replace(words_, words_.replace(" ", "\n"))
    assert [block.text for block in of_markdown(text)] == [block.text for block in of_letter(letter)]
    assert [block.text for block in of_markdown(text.replace("\n", "\r\n"))] == [
        block.text for block in of_letter(letter)
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("  body: one two three four", ["  body: one two", "    three four"]),
        ("averyverylongwordindeed and more", ["averyverylongwordindeed", "  and more"]),
        ("one\n\n  two\n", ["one", "", "  two", ""]),
        ("\x1b[31mone two\x1b[0m three four", ["\x1b[31mone two\x1b[0m three", "  four"]),
        ("東京都 東京都 東京都 x", ["東京都 東京都", "  東京都 x"]),
    ],
)
def test_lines_are_folded_between_words(text: str, rows: list[str]) -> None:
    """At 16 columns, of which colours take none."""
    assert folded(text, 16).split("\n") == rows
