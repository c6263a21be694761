"""Sums, comparisons and numbers: what is exact, and what would take a text for a number."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from composing import HEAD, MAIN, RECIPIENTS, composed, composition

from lettergen.merge.numbers import looks_like_number, read_number
from lettergen.model import decimal_sign
from lettergen.model.labels import LANGUAGES, every

if TYPE_CHECKING:
    from lettergen.problems import Problem

# Where a field is asked for that says N or no, and where the template knows that it holds words, or prints it.
ASKED = """
{% set ok = recipient.consent | default('') %}{% if ok %}yes{% endif %}
{% with v = recipient.consent %}{% if v %}yes{% endif %}{% endwith %}
{% macro m(ok) %}{% if ok %}yes{% endif %}{% endmacro %}{{ m(recipient.consent) }}
{{ recipient.consent and 'A' or 'B' }}
{% set other = not recipient.consent %}{{ 'a' if other else 'b' }}
{% for row in recipient.rows if row.ok %}{{ row.t }}{% endfor %}
{% for row in recipient.rows | selectattr('ok') %}{{ row.t }}{% endfor %}
{% for choice in recipient.picks %}{{ 'a' if choice }}{% endfor %}
{{ 'a' if recipient.picks[1] }}
{{ 'a' if recipient.owed }}
"""
KNOWN = """
{{ recipient.consent or 'x' }}
{% set v = recipient.consent %}{% if v %}{{ v }}{% endif %}
{% if recipient.said == 'yes' %}a{% elif recipient.said %}b{% endif %}
{% if recipient.said == 'yes' %}a{% else %}{{ 'b' if recipient.said }}{% endif %}
{{ 'a' if recipient.grade }}
"""
ANSWERS = """
- {name: A, salutation: A, address: [x], consent: N, said: no, grade: N, owed: 0, rows: [{ok: N, t: a}], picks: [Y, N]}
- {name: B, salutation: B, address: [x], consent: Y, said: yes, grade: A, owed: 1, rows: [], picks: []}
- {name: C, salutation: C, address: [x], consent: Y, said: yes, grade: B, owed: 2, rows: [], picks: []}
- {name: D, salutation: D, address: [x], consent: Y, said: yes, grade: F, owed: 3, rows: [], picks: []}
"""

FIELDS = {"fee": "10.10", "post": "0.20", "n": "9", "word": "zebra", "time": "9:30", "day": "12 May 2026"}
TEXTS = ["2020-10-13", "2026-05-03", "SW1A 1AA", "SW2 1AA", "N1 9GU", "3 Ltd", "1st Call", "01234 567", "020 7946", "a"]

# Where both sides look like numbers, or one is a number.
UNFIT = """
recipient.fee + recipient.post
recipient.fee * 2
2 * recipient.fee
recipient.fee - recipient.post
recipient.fee / 2
recipient.n % 2
100 // recipient.n
recipient.n ** 2
recipient.word * 2
recipient.word + 1
'No. ' + 1
[recipient.fee, recipient.post] | sum
[{'n': '9'}] | sum('n')
recipient.fee | round(1)
'a' if recipient.word == true
'a' if recipient.word is true
'a' if recipient.day < letter.date
'a' if '3 June 2026' < recipient.day
'a' if '9 kg' < '10 kg'
'a' if '9th' < '10th'
'a' if '2020-05-06'[5:7] > '4'
[recipient.day, '3 June 2026'] | sort | first
['9a', '10a'] | sort | first
'a' if recipient.n > 3
'a' if recipient.n >= '10'
'a' if 3 < recipient.n
'a' if 3 < 4 < recipient.n
'a' if recipient.n == 3 + 6
'a' if recipient.n != 3 + 6
'a' if recipient.n in [8, 9]
'a' if recipient.n not in [8, 9]
'a' if 9 in [recipient.n]
'a' if recipient.n in range(9)
'a' if recipient.n is gt 3
'a' if recipient.n is eq 9
'a' if recipient.n is lessthan '10'
'a' if recipient.time < '12:00'
'a' if '£9' < '£10'
'a' if '13.1.2020' < '14.1.2019'
[recipient.n, '10'] | sort | first
[recipient.n, '10'] | max
[recipient.n, '10'] | min
[recipient.n] | select('gt', '10') | list | length
[recipient.n] | reject('==', 9) | first
[{'n': '9'}, {'n': '10'}] | sort(attribute='n') | length
[{'n': '9'}, {'n': '10'}] | groupby('n') | length
[{'n': '9'}] | selectattr('n', '<', 9) | join
"""
PYTHON = """
'%s' | format(recipient)
'%s' | format(variants)
'%5s' | format(variants)
'%s' | format(cycler('a'))
'%s' % recipient
'%s' % true
'%s and %s' % ('a', variants)
'%(variants)s' % {'variants': variants}
'%(a)s' | format(a=variants)
'%r' % recipient.word
'%a' % 'a'
'%-5r' % 'a'
'{}'.format(recipient)
'{}'.format(true)
'{}'.format(recipient.n.upper)
'{0[0]}'.format([[1]])
'{!r}'.format('a')
'{a!a}'.format(a='a')
'a' | replace('a', variants)
'a'.replace('a', true)
'a'.replace(variants, 'b')
variants | urlencode
[['a', variants]] | urlencode
true | urlencode
variants | string
recipient | title
variants | default('a')
'' ~ variants
'' ~ joiner()
'' ~ range(3)
[variants] | join
"""


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("1,234.50", "en", "1234.50"),
        ("1,234", "en", "1234"),
        ("1.234", "en", "1.234"),
        ("1,234,567", "en-GB", "1234567"),
        ("£5", "en", "5"),
        ("£1,234.50", "en", "1234.50"),
        ("-£5", "cy", "-5"),
        ("\u22125", "ga", "-5"),
        ("US$ 5", "en", "5"),
        ("EUR 12", "en", "12"),
        ("1.234,50", "de", "1234.50"),
        ("1.234", "de", "1234"),
        ("1.234,50 €", "de", "1234.50"),
        ("5,- €", "de", "5"),
        ("1\u2019234.50", "de-CH", "1234.50"),
        ("CHF 1'234.50", "de-CH", "1234.50"),
        ("1\u202f234,50\u00a0€", "fr", "1234.50"),
        ("1 234,50 kr", "sv", "1234.50"),
        ("0,5", "nl", "0.5"),
        ("007", "en", "7"),
    ],
)
def test_a_number_as_offices_write_it(text: str, language: str, number: str) -> None:
    """By the letter's language, with all of its digits."""
    assert str(read_number(text, decimal_sign(language))) == number


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *((text, "en") for text in ("1.234,50", "1,23", "0,123", "1,2345", "12,34.5", "1.2.3", "ten", "5 %")),
        *((text, "en") for text in ("", "-", "£", "5-10", "2020-10-13", "nan", "inf", "1_000", "1e5", "1,234 567")),
        *((text, "de") for text in ("1,234.50", "10.10", "0.123", "1.23", "1,2,3")),
    ],
)
def test_what_is_no_number(text: str, language: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError):  # noqa: PT011 - it says no more
        read_number(text, decimal_sign(language))


def test_other_values_as_numbers() -> None:
    """A float is the digits that are printed for it; true is no number."""
    assert read_number(10.1, ".") == Decimal("10.1")
    assert (read_number(7, ","), type(read_number("7", "."))) == (7, int)
    with pytest.raises(TypeError):
        read_number(True, ".")


@pytest.mark.parametrize("language", [*LANGUAGES, "de-CH", "es-MX", "en-ZA", "pl"])
def test_decimal_signs_are_those_of_cldr(language: str) -> None:
    """The built-in ones, and those of other regions."""
    from babel.numbers import get_decimal_symbol

    assert decimal_sign(language) == get_decimal_symbol(language.replace("-", "_"))


def test_words_that_say_no() -> None:
    """In every language that has words."""
    assert {"n", "no", "na", "nein", "non", "não", "nee", "níl", "nej", "nei"} <= every("no")


@pytest.mark.parametrize("body", [*ASKED.strip().split("\n"), *KNOWN.strip().split("\n")])
def test_a_no_that_a_template_asks_for(body: str) -> None:
    """Whatever the field goes through."""
    made = composed({RECIPIENTS: ANSWERS, MAIN: HEAD + "{% block body %}\nText. " + body + "\n{% endblock %}\n"})
    lines = [problem.place.line for problem in made.problems if problem.code == "text-as-no"]
    assert lines == ([2] if body in ASKED else [])


@pytest.mark.parametrize("word", ["No.", "Nein.", "n.a.", "0 EUR", "EUR 0.00", "-0", "£0", "0,- €", "E10", "10 EUR"])
def test_what_says_no(word: str) -> None:
    """And two that do not."""
    made = composition("Text. {{ 'a' if recipient.paid }}", fields={"paid": word})
    assert ("text-as-no" in {problem.code for problem in made.problems}) == ("10" not in word)


@pytest.mark.parametrize("text", ["9", "10.10", "1,234.50", "£5", "1.234,5", "12 %", "9:30", "1.2.2020", "5/11/2020"])
def test_what_looks_like_a_number(text: str) -> None:
    assert looks_like_number(text)


@pytest.mark.parametrize("text", ["01234", "020 7946 0000", "2020-10-13", "SW1A 1AA", "12a", "+44 20", "", "5 kg"])
def test_what_does_not(text: str) -> None:
    assert not looks_like_number(text)


@pytest.mark.parametrize("expression", UNFIT.strip().split("\n"))
def test_a_text_is_no_number(expression: str) -> None:
    """The mistake has one place, and the value's."""
    (problem,) = _errors("Text.\n\n{{ " + expression + " }}")
    assert (problem.code, problem.place.line) == ("text-as-number", 8)


def test_texts_in_the_order_of_letters() -> None:
    """No number is meant."""
    assert not _errors(
        f"{{{{ {TEXTS} | sort | join }}}}" + "".join(f"{{{{ 'a' if 'b' < {text!r} }}}}" for text in TEXTS)
    )


def test_two_sums_of_one_line_are_two_problems() -> None:
    """Each at its place, with that of its value."""
    errors = _errors("{{ recipient.fee + recipient.post }} {{ recipient.n + recipient.fee }}")
    places = [(problem.place.column, problem.related[0].place.raw) for problem in errors]
    assert places == [(4, '"10.10"'), (41, '"9"')]


@pytest.mark.parametrize("expression", PYTHON.strip().split("\n"))
def test_no_signs_of_python(expression: str) -> None:
    """A letter prints texts and numbers."""
    assert {problem.code for problem in _errors("{{ " + expression + " }}")} == {"unprintable"}


def _errors(body: str) -> list[Problem]:
    return [problem for problem in composition(body, fields=FIELDS).problems if problem.is_error]
