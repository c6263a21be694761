"""Long dates and the built-in words by language."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date

from lettergen.model.labels import has_words, words
from lettergen.model.languages import LongDate, as_printed, is_language, long_date
from lettergen.problems import Source


@pytest.mark.parametrize("language", ["en-001", "en-GB", "cy", "de", "fr"])
def test_our_own_long_dates_are_those_of_cldr(language: str) -> None:
    days = (date(2020, 1, 1) + timedelta(days=5 * count) for count in range(73))
    for day in days:
        assert long_date(day, language.removesuffix("-001")) == format_date(
            day, "long", locale=language.replace("-", "_")
        )


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "13 October 2020"),
        ("en-GB", "13 October 2020"),
        ("en-US", "October 13, 2020"),
        ("cy-GB", "13 Hydref 2020"),
        ("de-AT", "13. Oktober 2020"),
        ("ga", "13 Deireadh Fómhair 2020"),
        ("zh-Hans", "2020年10月13日"),
    ],
)
def test_long_date(language: str, printed: str) -> None:
    assert long_date(date(2020, 10, 13), language) == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en-GB", "13~October 2020"),
        ("en-US", "October~13, 2020"),
        ("de", "13.~Oktober 2020"),
        ("es", "13~de octubre de 2020"),
        ("hu", "2020. október~13."),
        ("lt", "2020 m. spalio~13~d."),
        ("zh-Hans", "2020年10月13日"),
    ],
)
def test_day_and_month_stay_on_one_line(language: str, printed: str) -> None:
    text, place = long_date(date(2020, 10, 13), language), Source("x", "x").place(0, 1)
    assert as_printed(LongDate(text, place)) == printed.replace("~", "\u00a0")
    assert as_printed(text) == text


@pytest.mark.parametrize(
    ("tag", "known"), [("en", True), ("pt-BR", True), ("english", False), ("xx", False), ("", False)]
)
def test_is_language(tag: str, known: bool) -> None:
    assert is_language(tag) is known


def test_words_follow_the_language_not_the_region() -> None:
    assert words("de-AT") == words("de")
    assert (has_words("pl"), words("pl")) == (False, words("en"))
