"""Where values meet the text: what is found, and what is not complained of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import officeletters
import pytest
import yaml

from lettergen.model import OPEN, Token
from lettergen.model.draft import CLOSE
from lettergen.pipeline.compose import Request, compose
from lettergen.problems import Source
from lettergen.review.joints.english import article
from lettergen.review.joints.flat import stretches
from lettergen.review.joints.forms import unfit, unfit_close
from lettergen.review.joints.reading import slips_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lettergen.problems import Problem

PLACE = Source("recipients.yaml", "x").place(0, 1)
AN = "hour honest heir honour honorary MP MPs NHS 8 18 11 80 800 8,000 11,000 18th unimportant uninformed umbrella "
AN_TOO = (
    "urgent Essex initiative e-mail X-ray M25 A12 MI5 RAF FOI SOS EU ONS OFSTED RSPCA Ulster Uttlesford apple online "
)
AN_AGAIN = "onerous onion £8m 80-year-old HIV unidentified unanswered unissued usher LLB iPad eBay inner undertaking"
A = "university European unit one-off UK UN UCAS UNESCO uniform useful usual Ukrainian eulogy ewe once-only house B2B "
A_TOO = "PhD VRU BBC CEO U-turn T-shirt 100 9 1,100 1990 unanimous Uganda universal unisex yellow Mr QPM £10 Honolulu "
UNSURE = "NATO LEP historic hotel 1832 Ysbyty Élan McDonald-MSc MSc FAQ A I a"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        *((word, "an") for word in (AN + AN_TOO + AN_AGAIN).split()),
        *((word, "a") for word in (A + A_TOO).split()),
        *((word, "") for word in UNSURE.split() if "-" not in word),
    ],
)
def test_article(words: str, expected: str) -> None:
    assert article(words) == expected


def _codes(text: str, *values: str, is_markdown: bool = False, is_english: bool = True) -> list[str]:
    """The codes of a passage's slips; each `@` of the text is one of the values."""
    numbers = iter(range(len(values)))
    merged = "".join(f"{OPEN}{next(numbers)}{CLOSE}" if sign == "@" else sign for sign in text)
    tokens = [Token(value, is_markdown, PLACE) for value in values]
    found = (slips_in(one, tokens, is_body=True, is_english=is_english) for one in stretches(merged) if one.tokens)
    return [slip.code for slips in found for _, slip in slips]


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("splice-punctuation", "I read about @.", ["the Basildon Hospital."]),
        ("splice-punctuation", "I read about @.", ["Acme Ltd."]),
        ("splice-punctuation", "I read about @[^act].", ["*it*."]),
        ("splice-punctuation", "I thank @, who helped.", ["Ada Smith,"]),
        ("splice-punctuation", "I read of @, and more.", ["the work that was begun."]),
        ("splice-punctuation", "I read of it, @.", [", which helps"]),
        ("splice-punctuation", "I read of @.", ["what they said: “no.”"]),
        ("splice-punctuation", "I am writing about @", ["the unit in Essex"]),
        ("splice-punctuation", "I am writing about (@)", ["the unit in Essex"]),
        ("splice-space", "I write to the@ today.", ["Essex unit"]),
        ("splice-space", "I write to @and others.", ["Essex unit"]),
        ("splice-space", "I write to Ada,@.", ["her sister"]),
        ("splice-space", "I read the report.@ is here.", ["Your team"]),
        ("splice-space", "I ask @@ for it.", ["Augusta", "Lovelace"]),
        ("splice-space", "I ask the unit@ for it.", ["(VRU)"]),
        ("splice-space", "I ask @ , please.", ["your unit"]),
        ("splice-space", "I ask Ada @ for it.", [", please,"]),
        ("doubled-word", "I read of the @.", ["the Essex unit"]),
        ("doubled-word", "I read of @ of it.", ["a part of"]),
        ("doubled-word", "I read of @ @.", ["the work in", "in Essex"]),
        ("doubled-word", "I read of *the* @.", ["the Essex unit"]),
        ("splice-article", "This is a @ unit.", ["innovative"]),
        ("splice-article", "This is an “@” unit.", ["useful"]),
        ("splice-article", "This is a **@** unit.", ["8-bed"]),
        ("splice-article", "A @ helps.", ["hour a day"]),
        ("splice-article", "Your @ is here.", ["the office"]),
        ("placeholder", "I read of @.", ["TODO"]),
        ("placeholder", "I read of @.", ["the XXX unit"]),
        ("placeholder", "I read of @.", ["??? in Essex"]),
        ("placeholder", "I read of @.", ["the [insert name] unit"]),
        ("placeholder", "I read of @.", ["<name>"]),
        ("placeholder", "I read of @.", ["N/A"]),
        ("placeholder", "I read of @.", ["#REF!"]),
        ("placeholder", "I read of @.", ["Lorem ipsum dolor"]),
    ],
)
def test_a_slip_is_found(code: str, text: str, values: list[str]) -> None:
    assert set(_codes(text, *values, is_markdown="*" in values[0])) == {code}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("I read about @...", ["schools, parks etc."]),
        ("I read about @, a charity.", ["Acme Ltd."]),
        ("I read about @", ["the unit, and more."]),
        ("I thank you for @[^x].", ["the unit"]),
        ("**@** has come.", ["the Unit of Essex"]),
        ("- @", ["the Essex unit, which was made"]),
        ("Your ref: @", ["we are AB/1"]),
        ("What we have said of this: @", ["it has done well"]),
        ("**What @**", ["we have done in Essex"]),
        ("Please write to @", ["office@example.org"]),
        ("I read *@* today.", ["The way we work"]),
        ("See [@](http://example.org) today.", ["Our plan for all"]),
        ("We met at @.", ["The Queen’s Walk"]),
        ("We met on @.", ["The de Havilland estate"]),
        ("We met @s there.", ["MP"]),
        ("The @th of May came, and the @-page report.", ["5", "8"]),
        ("I said “@”.", ["yes, we will"]),
        ("I read @, a book, and @ (@).", ["Who Cares?", "Which?", "in May"]),
        ("It is @’s work at www.@.org.", ["Essex", "Essex"]),
        ("It cost £@ for Vitamin A @.", ["8", "ampoules"]),
        ("I ask (@ for it.", ["VRU)"]),
        ("“I came,” he said. “@ left.", ["They"]),
        ("He is 6' @ tall, and I don’t mind.", ['2"']),
        ("It is what @ will do.", ["Mr Will"]),
        ("I knew that @ had had it.", ["those who had"]),
        ("Model @ and @ are here.", ["XXX-100", "Chapter XXX1"]),
        ("He said that “@”.", ["[it] has helped"]),
        ("See `@` and [@ @]{lang=cy}.", ["the the", "yn yn", "yn"]),
        ("Price | @", ["the the price"]),
    ],
)
def test_nothing_is_said_of_what_is_right(text: str, values: list[str]) -> None:
    assert _codes(text, *values) == []


def test_other_languages_have_other_rules() -> None:
    """What reads wrong in English may be right, but two full stops are two."""
    assert _codes("Nous nous @ : a @.", "nous", "heure", is_english=False) == []
    assert _codes("Nous avons lu @.", "le rapport.", is_english=False) == ["splice-punctuation"]


def test_addresses_are_no_sentences(project: Callable[..., Path]) -> None:
    """They are looked at for placeholders alone."""
    records = "- {name: the the Unit., salutation: Ada, address: [Your house, 'the (street', TBC]}\n"
    [problem] = slips(Request(project(recipients=records)))
    assert (problem.code, problem.message.split("'")[1]) == ("placeholder", "TBC")


@pytest.mark.parametrize(
    ("name", "salutation", "right"),
    [
        ("The Rt Hon. the Baroness Hughes of Stretford", "Ms Hughes", "'Lady Hughes'"),
        ("Lord Smith", "Mr Smith", "'Lord Smith'"),
        ("The Earl of Essex", "Mr Essex", "'Lord"),
        ("Sir John Smith KCB", "Mr Smith", "'Sir John'"),
        ("Sir John Smith", "Sir Smith", "'Sir John'"),
        ("Sir J. Smith", "Mr Smith", "'Sir' and the first name"),
        ("John Smith", "Sir Smith", "'Sir John'"),
        ("Dame Ann Lee, DBE", "Mrs Lee", "'Dame Ann'"),
        ("Dr Alan Jones", "Mr Jones", "'Dr Jones'"),
        ("Professor Ann Lee FRS", "Dr Lee", "'Professor Lee'"),
        ("The Rt Revd Ann Lee", "Ms Lee", "'Bishop'"),
        ("The Most Revd Ann Lee", "Reverend Lee", "'Archbishop'"),
        ("Mr Ali Khan", "Mrs Khan", "'Mr Khan'"),
    ],
)
def test_a_form_of_address_does_not_fit(name: str, salutation: str, right: str) -> None:
    slip = unfit(name, salutation)
    assert slip
    assert right in slip.in_value


@pytest.mark.parametrize(
    ("name", "salutation"),
    [
        ("The Rt Hon. the Baroness Hughes of Stretford", "Lady Hughes"),
        ("The Rt Hon. the Baroness Hughes of Stretford", "Bev"),
        ("Sir John Smith", "Sir John"),
        ("Sir John Smith", "Sir"),
        ("Sir John Smith", "Commissioner"),
        ("Professor Sir John Smith", "Professor Smith"),
        ("The Rt Revd Ann Lee, Bishop of Ely", "Bishop Ann"),
        ("The Lord Mayor of York", "Lord Mayor"),
        ("The Lord Mayor of York", "Mr Smith"),
        ("The Hon. John Smith", "Mr Smith"),
        ("The Rt Hon. Alun Michael", "Alun"),
        ("The Rt Hon. Alun Michael", "Mr Michael"),
        ("The Revd Jo Lee", "Mrs Lee"),
        ("Mr and Mrs Jones", "Mr and Mrs Jones"),
        ("The Hon. Mr Justice Smith", "Judge"),
        ("Ada Lee", "Dr Lee"),
        ("Dean Smith", "Mr Smith"),
        ("", "Mr Smith"),
    ],
)
def test_a_form_of_address_fits(name: str, salutation: str) -> None:
    assert unfit(name, salutation) is None


@pytest.mark.parametrize(
    ("salutation", "close", "right"),
    [
        ("Sir or Madam", "Yours sincerely,", "faithfully"),
        ("Sir/Madam", "Yours Sincerely", "faithfully"),
        ("Sirs", "Yours sincerely", "faithfully"),
        ("Mr Jones", "Yours faithfully", "sincerely"),
        ("Roger", "Yours faithfully,", "sincerely"),
        ("Sir John", "Yours faithfully", "sincerely"),
        ("Sir or Madam", "Yours faithfully", ""),
        ("Commissioner", "Yours faithfully", ""),
        ("Lord Mayor", "Yours faithfully", ""),
        ("Roger", "Yours sincerely", ""),
        ("Sir", "With best wishes", ""),
        ("Chief Constable", "Yours faithfully", ""),
    ],
)
def test_close(salutation: str, close: str, right: str) -> None:
    slip = unfit_close(salutation, close, "Roger Hirst")
    assert (slip.in_value if slip else "") == (f"write 'closing: Yours {right},' into the record" if right else "")


@pytest.mark.parametrize("name", ["The Chief Constable", "The Lord Mayor of York", "Shelter"])
def test_an_office_is_no_name(name: str) -> None:
    """Either close may follow."""
    for word in name.split():
        assert unfit_close(word, "Yours faithfully,", name) is None
    assert unfit_close(name.removeprefix("The ").removesuffix(" of York"), "Yours faithfully,", name) is None


def slips(request: Request) -> list[Problem]:
    """What is said of the joints alone: made records have the same people again and again."""
    joints = ("splice", "doubled-word", "placeholder", "form-of", "closing-mismatch")
    return [problem for problem in compose(request).problems if problem.code.startswith(joints)]


@pytest.mark.parametrize("template", officeletters.LETTERS)
@pytest.mark.parametrize("seed", [1, 2])
def test_two_hundred_letters_of_an_office_raise_no_alarm(seed: int, template: str, tmp_path: Path) -> None:
    """Names with titles, organisations, quotations, dates and abbreviations, in sentences of many shapes."""
    officeletters.write(tmp_path, seed)
    assert len(compose(Request(tmp_path, template)).letters) == 200
    assert [(problem.code, problem.message) for problem in slips(Request(tmp_path, template))] == []


@pytest.mark.parametrize(
    ("code", "field", "value"),
    [
        ("splice-punctuation", "thing", "your report."),
        ("splice-article", "noun", "umbrella maker"),
        ("doubled-word", "need", "about help"),
        ("placeholder", "quote", "we need [number] more"),
        ("form-of-address", "name", "The Baroness Lee"),
        ("closing-mismatch", "closing", "Yours faithfully,"),
    ],
)
def test_an_accident_among_two_hundred_letters_is_found(code: str, field: str, value: str, tmp_path: Path) -> None:
    """At its record, and with nothing else."""
    officeletters.write(tmp_path, 1)
    path = tmp_path / "recipients.yaml"
    records = yaml.safe_load(path.read_text(encoding="utf-8"))
    records[41] |= {"name": "Mr Jo Lee", "salutation": "Mr Lee", "an": "a", "noun": "unit", field: value}
    path.write_text(yaml.safe_dump(records, allow_unicode=True), encoding="utf-8")
    problems = slips(Request(tmp_path, "plain"))
    assert {problem.code for problem in problems} == {code}
    start = path.read_text(encoding="utf-8").split("\n").index("  id: r41")
    assert all(abs(problem.place.line - start) < 20 for problem in problems)


RECORDS = "".join(f"- {{name: Ada {name}, salutation: Ada, address: [1 Hill], unit: Unit}}\n" for name in "ABCDE")
LETTER = "---\ndate: 2020-10-13\n---\n{{% block body %}}\n{}\n{{% endblock %}}\n"


def test_what_all_values_do_is_the_templates(project: Callable[..., Path]) -> None:
    """It is said once, at the expression."""
    text = LETTER.format("I know of the {{ recipient.unit }}.")
    [problem] = slips(Request(project(recipients=RECORDS.replace("Unit", "the Unit"), letter=text)))
    assert (problem.code, problem.place.source.name, problem.more) == ("doubled-word", "templates/letter.md.j2", 4)


def test_what_some_values_do_is_theirs(project: Callable[..., Path]) -> None:
    """The first is named, at its word; the others are counted."""
    text = LETTER.format("I know of the {{ recipient.unit }}.")
    records = RECORDS.replace("Unit", "the Unit", 2)
    [problem] = slips(Request(project(recipients=records, letter=text)))
    place = problem.place
    assert (place.source.name, place.line, place.end_column - place.column) == ("recipients.yaml", 1, len("the"))
    assert (problem.more, [related.place.line for related in problem.related]) == (1, [5, 2])


def test_letters_of_other_countries_end_as_they_do(project: Callable[..., Path]) -> None:
    records = "- {name: Ada Lee, salutation: Sir or Madam, address: [1 Hill], language: en-US}\n"
    assert slips(Request(project(recipients=records))) == []
    [problem] = slips(Request(project(recipients=records.replace("en-US", "en-IE"))))
    assert problem.code == "closing-mismatch"


def test_a_letter_alone_is_read_too(project: Callable[..., Path]) -> None:
    """As `show` does: nobody can know then whether the others fail."""
    text = LETTER.format("I know of the {{ recipient.unit }}.")
    folder = project(recipients=RECORDS.replace("Unit", "the Unit"), letter=text)
    [problem] = slips(Request(folder, only_id="ada-a"))
    assert problem.place.source.name == "recipients.yaml"


def test_a_computed_value_is_shown_where_it_is_computed(project: Callable[..., Path]) -> None:
    """No line of the records has it."""
    text = LETTER.format("I know of {{ recipient.unit | upper }}.")
    folder = project(recipients=RECORDS.replace("Unit", "'of unit'", 1), letter=text)
    [problem] = slips(Request(folder))
    assert (problem.code, problem.place.source.name) == ("doubled-word", "templates/letter.md.j2")
    assert problem.help
