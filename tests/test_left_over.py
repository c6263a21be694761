"""What other tools would have filled in or read: what is found, and what an office may write."""

from __future__ import annotations

import pytest

from lettergen.text import left_over

NAMES = ("name", "address", "first_name", "town", "total due", "x")

# What stands in a text, and the field that it means.
FOUND = [
    ("«name»", "name"),
    ("«First_Name»", "first_name"),
    ("«FirstName»", "first_name"),
    ("«address1»", "address"),
    ("«surname»", ""),
    ("*|FNAME|*", ""),
    ("*|LIST:COMPANY|*", ""),
    ("{d.name}", ""),
    ("{client.address.street}", ""),
    ("{d.items[i].price:formatN(2)}", ""),
    ("{name}", "name"),
    ("{ First Name }", "first_name"),
    ("{TOTAL_DUE}", "total due"),
    ("((name))", "name"),
    ("(( first name ))", "first_name"),
    ("%name%", "name"),
    ("%%TotalDue%%", "total due"),
    ("%SURNAME%", ""),
    ("$name$", "name"),
    ("$$town$$", "town"),
    ("[town]", "town"),
    ("${surname}", ""),
    ("{$surname}", ""),
    ("{!Contact.Name}", ""),
    ("<%= surname %>", ""),
    ("@@surname@@", ""),
    ("##surname##", ""),
    ("{{ surname }}", ""),
    ("{% if surname %}", ""),
    ("^[A note within the text.]", ""),
    ("{: .important}", ""),
    ("{.small #top}", ""),
    ("\\newpage", ""),
    ("\\textbf", ""),
    ("Error! Reference", ""),
]
SOUND = [
    "« town », {a, b}, {sic}, {for example}, (town), ((see above)), [sic], [2019] UKSC 5, [ ] y, [x] no, [town](tel:1)",
    "[town]{lang=cy}, x[^town](*see* [^town]) and [^town]: [^town] {, }",
    "5%, 10%–20%, 50% of the town and 20% of all, $5 and $10, US$ 5, US$5m, £5, 100 % name, #1, ##, @office, a@b.org",
    "C:\\begin\\newpage, \\\\server\\newpage, \\town, x^2, :-), {}, { }, (( )), %%, $$, {1}, {12.5}, 1.1.1, s. 5(2)(a)",
    '`*|NAME|*` and `` {d.name} ` «name» `` [a](x/%town%/{d.name} "t") <https://x.org/%town%> www.x.org/%town%',
    "\\*|NAME|*, \\{town}, \\%town%, \\$town$, \\((town)), \\^[a], \\\\newpage, \\[town]",
    "A name, a town: total due.",
]


@pytest.mark.parametrize(("sign", "field"), FOUND)
def test_found_where_it_stands(sign: str, field: str) -> None:
    text = f"Dear {sign} and others, see `{sign}`."
    assert list(left_over(text, NAMES, "en-GB")) == [(5, sign, field)]


@pytest.mark.parametrize("text", SOUND)
def test_what_an_office_may_write(text: str) -> None:
    assert list(left_over(text, NAMES, "en-GB")) == []


@pytest.mark.parametrize("language", ["fr", "it", "de-CH", "nb", ""])
def test_guillemets_are_quotation_marks_of_some_languages(language: str) -> None:
    assert [words for _, words, _ in left_over("le «mot», la «ville», «name»", NAMES, language)] == ["«name»"]
