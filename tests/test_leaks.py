"""No letter speaks of somebody else: nothing of what is feared is missed, and real letters raise no alarm."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from composing import composed, review
from offices import MAIN_DOCUMENT, as_files, offices

from lettergen.review.few import Few, told
from lettergen.review.mixups.identities import identities
from lettergen.review.mixups.nearly import difference
from lettergen.review.mixups.record import Record as Held
from lettergen.review.mixups.words import raw_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from lettergen.model import Mailing
    from lettergen.problems import Problem

Record = dict[str, Any]
CODES = ("leak", "shared-identity", "same-sentence", "wrong-salutation", "rare-wording")
SEEDS = range(3)


def found(records: list[Record], main: str = MAIN_DOCUMENT) -> list[Problem]:
    """What is said of these records by the checks of this page."""
    made = composed(as_files(records, main))
    assert len(made.letters) == len(records)
    return [problem for problem in made.problems if problem.code in CODES]


@pytest.mark.parametrize("seed", SEEDS)
def test_two_hundred_real_looking_records_raise_no_alarm(seed: int) -> None:
    """People share offices, surnames, towns and mailboxes; sentences speak of places and organisations."""
    assert [problem.message for problem in found(offices(seed))] == []


def _say(record: Record, words: str) -> None:
    record["initiative"] += f", as {words} knows"


def _code(record: Record) -> str:
    last: str = record["address"][-1]
    return last[-8:].strip().rpartition(" ")[0][-4:].strip() + " " + last[-3:]


def _post_code(one: Record, other: Record) -> None:
    _say(one, f"the office at {_code(other)}")


def _post_code_close(one: Record, other: Record) -> None:
    _say(one, f"the office at {_code(other).replace(' ', '').lower()}")


def _name(one: Record, other: Record) -> None:
    _say(one, other["name"])


def _name_in_field(one: Record, other: Record) -> None:
    one["contact"] = other["name"].upper()


def _name_alike(one: Record, other: Record) -> None:
    _say(one, other["name"].replace("’", "'").replace("ë", "e\u0308"))


def _salutation_in_sentence(one: Record, other: Record) -> None:
    other["name"], other["salutation"] = "The Baroness Zygmunt of Truro", "Lady Zygmunt"
    _say(one, "Lady Zygmunt")


def _unit(one: Record, other: Record) -> None:
    other["unit"] = "the Isle of Wight Violence Reduction Unit"
    _say(one, f"*{other['unit']}*")


def _phone(one: Record, other: Record) -> None:
    _say(one, other["phone"])


def _mail(one: Record, other: Record) -> None:
    _say(one, other["email"])


def _reference(one: Record, other: Record) -> None:
    _say(one, other["reference"])


def _house(one: Record, other: Record) -> None:
    other["address"].insert(0, "2nd Floor Victory House")
    one["role"] = "Commissioner at 2nd floor, Victory House"


def _same_name(one: Record, other: Record) -> None:
    one["name"], one["salutation"] = other["name"], other["salutation"]


def _same_mail(one: Record, other: Record) -> None:
    other["email"] = f"{other['name'].split()[-1]}@example.org"
    one["email"] = other["email"]


def _same_code(one: Record, other: Record) -> None:
    one["address"] = ["1 Quay Parade", "Truro", _code(other)]


def _same_sentence(one: Record, other: Record) -> None:
    one["initiative"] = other["initiative"].replace(" ", "  ")


def _salutation(one: Record, _: Record) -> None:
    one["salutation"] = "Ms Zygmunt"


def _salutation_misspelt(one: Record, _: Record) -> None:
    one["name"], one["salutation"] = "Kim McGuinness", "Ms McGuiness"


def _bracket(one: Record, _: Record) -> None:
    one["law"] = "the Modern Slavery Act (2015)"


def _plural(one: Record, _: Record) -> None:
    one["law"] = "the Modern Slavery Acts 2015"


def _word_less(one: Record, _: Record) -> None:
    one["law"] = "the Slavery Act 2015"


PLANTS: tuple[tuple[str, Callable[[Record, Record], None]], ...] = (
    *(("leak", plant) for plant in (_post_code, _post_code_close, _name, _name_in_field, _name_alike, _unit)),
    *(("leak", plant) for plant in (_phone, _mail, _reference, _house, _salutation_in_sentence)),
    *(("shared-identity", plant) for plant in (_same_name, _same_mail, _same_code)),
    ("same-sentence", _same_sentence),
    *(("wrong-salutation", plant) for plant in (_salutation, _salutation_misspelt)),
    *(("rare-wording", plant) for plant in (_bracket, _plural, _word_less)),
)


@pytest.mark.parametrize(("code", "plant"), PLANTS, ids=[plant.__name__.strip("_") for _, plant in PLANTS])
@pytest.mark.parametrize("seed", SEEDS)
def test_every_planted_accident_is_found_where_it_was_planted(
    code: str, plant: Callable[[Record, Record], None], seed: int
) -> None:
    """One accident between two of the records, whichever they are: one problem, at one of the two."""
    records = offices(seed, 40)
    random = Random(seed)  # noqa: S311 - made data
    persons = [record for record in records if not record["name"].startswith("The Baroness")]
    codes = [_code(record) for record in records]
    one = random.choice([record for record in persons if codes.count(_code(record)) == 1])
    other = random.choice([record for record in persons if _code(record) != _code(one)])
    plant(one, other)
    problems = found(records)
    assert [problem.code for problem in problems] == [code]
    said = records[problems[0].place.line - 1]
    assert said is one or (code in ("shared-identity", "same-sentence") and _code(said) == _code(other))


@pytest.mark.parametrize(("usual", "rare"), [("2015", "(2015)"), ("(2015)", "2015")])
def test_a_wording_of_one_letter_is_found_in_the_template(usual: str, rare: str) -> None:
    """At the arm that says it, though other arms of other letters stand in the same paragraph."""
    records = offices(1, 12)
    records[3]["id"] = "the-one"
    choice = f"{{% if recipient.id == 'the-one' %}}{rare}{{% else %}}{usual}{{% endif %}}"
    main = MAIN_DOCUMENT.replace("the Annual Report", f"the Slavery Act {choice}, the Annual Report")
    (problem,) = found(records, main)
    assert problem.code == "rare-wording"
    assert f"says 'the Slavery Act {rare}', the other 11 say 'the Slavery Act {usual}'" in problem.message
    place = problem.place
    assert place.source.lines[place.line - 1][place.column - 1 : place.end_column - 1] == rare


@pytest.mark.parametrize("condition", ["'visited' in variants", "recipient.contact"])
def test_a_wording_that_is_asked_for_is_none(condition: str) -> None:
    """A variant, or a field that a record fills in."""
    records = offices(1, 12)
    for record in records:
        record["variants"], record["contact"] = [], None
    records[3]["variants"], records[3]["contact"] = ["visited"], "April McCoig"
    main = MAIN_DOCUMENT.replace("the Annual Report", f"the {{% if {condition} %}}last {{% endif %}}Annual Report")
    assert found(records, main) == []


SILENT = (
    ("Roger Hirst", "Roger"),
    ("Roger Hirst", "Mr Hirst"),
    ("The Rt Hon. the Baroness Hughes of Stretford", "Lady Hughes"),
    ("The Rt Hon. Alun Michael", "Alun"),
    ("Kim McGuinness", "Sir or Madam"),
    ("Kim McGuinness", "Commissioner"),
    ("Sophie Linden", "Deputy Mayor"),
    ("Cllr Ann Other", "Councillor"),
    ("Shelter", "colleagues"),
    ("Shelter", "all at Shelter"),
    ("Ms Smith and Mr Jones", "Ms Smith and Mr Jones"),
    ("John and Jane Smith", "Smith family"),
    ("The Smith Family", "Ada and Ben"),
    ("Anthony Blair", "Tony"),
    ("Sir Anthony Blair", "Sir Tony"),
    ("Beverley Knight", "Bev"),
    ("Jennifer Bell", "Jenny"),
    ("J. B. Priestley", "Jack"),
    ("John Brown", "JB"),
    ("Siân Ó Briain", "Ms O Briain"),
    ("Ann O’Neil", "Ms O'Neil"),
    ("Anne-Marie Smith-Jones", "Mrs Smith-Jones"),
    ("The Bishop of London", "Bishop Sarah"),
    ("The Headteacher", "Headteacher"),
    ("Dr. Jürgen Müller", "Herr Dr. Müller"),
    ("O'Neil & Söhne", "Damen und Herren"),
    ("山田太郎", "山田様"),
    ("Madonna", "Madonna"),
)
ALARMING = (
    ("Kim McGuinness", "Ms McGuiness"),
    ("Kim McGuinness", "Roger"),
    ("Dr Jane Smith", "Dr Adams"),
    ("Jane Smith", "Ms Smit"),
    ("Ann O’Neil", "Mr O'Brien"),
    ("Roger Hirst", "Rogr"),
    ("Shelter", "Polly"),
    ("The Rt Hon. the Baroness Hughes of Stretford", "Lady Warsi"),
    ("Jane Smith and John Smith", "Ms Jones"),
)


@pytest.mark.parametrize(("name", "salutation"), SILENT)
def test_a_salutation_that_may_be_meant_is_silent(name: str, salutation: str) -> None:
    """Titles, offices, crowds, short forms, groups."""
    assert _salutations(name, salutation) == []


@pytest.mark.parametrize(("name", "salutation"), ALARMING)
def test_a_salutation_of_somebody_else_alarms(name: str, salutation: str) -> None:
    """It shares no word with the name but a title."""
    assert len(_salutations(name, salutation)) == 1


def _salutations(name: str, salutation: str) -> list[Problem]:
    record = {"id": "x", "name": name, "salutation": salutation, "address": ["1 Mill Lane", "Bath"]}
    main = "---\ndate: 2020-10-13\n---\n{% block body %}\nHello.\n{% endblock %}\n"
    return found([record], main)


def test_a_misspelt_salutation_is_mended() -> None:
    """With its title."""
    (problem,) = _salutations("Kim McGuinness", "Ms McGuiness")
    assert problem.help == "did you mean 'Ms McGuinness'?"


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("the Modern Slavery Act (2015),", "the Modern Slavery Act 2015,", "signs"),
        ("the act of 2015", "the Act of 2015", "signs"),
        ("well-being", "wellbeing", "signs"),
        ("Yours sincerely", "Yours sincerely,", "signs"),
        ("there were gaps", "there were gap", "ending"),
        ("we shall be glad to hear", "we shall be very glad to hear", "word"),
        ("Police Commissioner", "Commissioner", None),
        ("Yours sincerely,", "Yours faithfully,", None),
        ("on 2 March", "on 3 March", None),
        ("his strategy", "her strategy", None),
        ("Mr", "Mrs", None),
        ("Request", "Request (second reminder)", None),
        ("the same", "the same", None),
    ],
)
def test_a_small_difference(one: str, other: str, kind: str | None) -> None:
    """In signs, in a word's ending, or by a word in a long text; both ways alike."""
    for difference_ in (difference(one, other), difference(other, one)):
        assert (difference_.kind if difference_ else None) == kind


@pytest.mark.parametrize(
    ("field", "text", "is_identity"),
    [
        ("unit", "the Essex Violence and Vulnerability Unit", True),
        ("unit", "the multi-agency team of the county", False),
        ("mail", "ada@example.org", True),
        ("phone", "+44 20 7946 0000", True),
        ("number", "A12345", True),
        ("account", "12345678", True),
        ("theme", "Covid-19", False),
        ("deadline", "31 March 2021", False),
        ("deadline", "2021-03-31", False),
        ("time", "12:30", False),
        ("years", "2019-2021", False),
        ("grant", "£12,500", False),
        ("phase", "Phase 2", False),
        ("region", "West Midlands", False),
        ("address", "56 Oxford Street", True),
        ("address", "1 High Street", True),
        ("address", "Kelvedon Park", True),
        ("address", "2nd Floor Victory House", True),
        ("address", "London Road", False),
        ("address", "Police Headquarters", False),
        ("address", "2nd Floor", False),
        ("address", "Unit 4", False),
        ("address", "Newcastle upon Tyne", False),
        ("role", "Deputy Mayor for Policing", False),
        ("name", "Kim McGuinness", True),
        ("name", "The Chief Executive", False),
        ("name", "Shelter", False),
        ("subject", "Your Violence Reduction Unit", False),
    ],
)
def test_what_tells_an_addressee_from_others(field: str, text: str, *, is_identity: bool) -> None:
    """Names, houses and numbers; not what many may say."""
    record: Record = {"id": "x", "name": "Ada", "salutation": "Ada", "address": ["Bath"], field: text}
    if field == "address":
        record[field] = ["Bath", text, "Bath"]
    made = composed(as_files([record]))
    assert any(identities(Held(next(iter(made.mailing.recipients))), ())) == is_identity


def test_a_double_name_is_not_its_half() -> None:
    """`Ann Smith` is another than `Ann Smith-Jones`."""
    assert raw_words("with Ann Smith-Jones", 1, 3) == ""
    assert raw_words("with Ann Smith - a", 1, 3) == "Ann Smith"
    assert raw_words("with Jo-Ann Smith", 2, 4) == ""


def test_what_all_letters_have_in_common_is_one_problem() -> None:
    """However many records there are: the same name in all of them, somebody's name in all sentences."""
    records = offices(2, 40)
    for record in records:
        record["name"], record["salutation"] = "Ada Lovelace", "Ada"
        record["initiative"] += f", as {records[0]['phone']} knows"
    problems = found(records)
    assert sorted((problem.code, problem.more) for problem in problems) == [("leak", 38), ("shared-identity", 38)]


def test_what_is_declared_may_be_spoken_of() -> None:
    """A mention allows what stands in it, in every letter; nothing else."""
    records = offices(5, 20)
    records[0]["id"], records[0]["name"], records[0]["salutation"] = "kim", "Kim McGuinness", "Kim"
    for record in records[1:3]:
        _say(record, f"Kim McGuinness of {_code(records[0])}")
    mailing = composed(as_files(records)).mailing
    declared = mailing._replace(mentions=("Commissioner KIM McGuinness",))
    assert _leaks(declared) == {f"{_code(records[0]).lower()} kim"}
    assert len(_leaks(mailing)) == 2


def _leaks(mailing: Mailing) -> set[str]:
    return {problem.subject for problem in review(mailing) if problem.code == "leak"}


def test_texts_to_choose_from_are_no_copies() -> None:
    """Where most letters share their sentence with several others, two may as well."""
    records = offices(4, 40)
    for number, record in enumerate(records):
        record["initiative"] = f"does what number {number % 4 if number > 1 else 'one'} does"
    assert found(records) == []


def test_many_problems_of_one_kind_are_one() -> None:
    """Nobody reads more than ten."""
    records = offices(3, 40)
    for record in records[:30]:
        record["salutation"] = f"Ms Zyg{records.index(record)}"
    (problem,) = found(records)
    assert (problem.code, problem.more) == ("wrong-salutation", 29)
    assert told(Few()) == []
