"""Records and templates as offices have them, made by chance from a seed: what no check may complain of."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from pathlib import Path


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip("\n").split("\n"))


FIRST = _lines("""
Ada
Alun
Amina
Bethan
Colm
Dilwyn
Eilidh
Fatima
George
Hana
Ivor
Jo
Kwame
Li
Moira
Nia
Olu
Priya
Rhys
Siân
""")
LAST = _lines("""
Smith
Jones
Hughes
O’Neill
McGuinness
Lloyd-Webber
de Souza
ap Gwilym
St John
Patel
Okafor
Van der Berg
ffoulkes
D’Arcy
Khan
Wright
Bishop
Lord
King
Dean
Young
Hunter
Rev
Will
May
""")
TOWNS = _lines("""
Essex
St Helens
Newcastle upon Tyne
Stoke-on-Trent
The Hague
Ynys Môn
Hull
King’s Lynn
Oldham
Ashby de la Zouch
""")
# What stands before a name, and the salutation.
TITLES = _lines("""
 | {first}
Mr | Mr {last}
Mrs | Mrs {last}
Ms | {first}
Dr | Dr {last}
Dr | {first}
Professor | Professor {last}
Prof. | Professor {last}
Sir | Sir {first}
Dame | Dame {first}
Professor Dame | Dame {first}
Professor Sir | Professor {last}
The Rt Hon. | {first}
The Rt Hon. Sir | Sir {first}
The Hon. | Mr {last}
The Revd | Mr {last}
The Revd Canon | Father {last}
The Rt Revd | Bishop {first}
The Very Revd | Mr Dean
The Most Revd | Archbishop
Cllr | Councillor {last}
Cllr Mrs | Mrs {last}
His Honour Judge | Judge
The Hon. Mr Justice | Judge
Colonel | Colonel {last}
Miss | Miss {last}
Lady | Lady {last}
""")
PEERS = _lines("""
The Rt Hon. the Baroness {last} of {town} | Lady {last}
Baroness {last} | Baroness {last}
The Lord {last} of {town} CBE | Lord {last}
Lord and Lady {last} | Lord and Lady {last}
Mr and Mrs {last} | Mr and Mrs {last}
The Earl of {town} | Lord {town}
The Lord Mayor of {town} | Lord Mayor
The Lord Bishop of {town} | Lord Bishop
The Chief Constable | Chief Constable
{town} County Council | Sir or Madam
""")
UNITS = _lines("""
the {town} Violence Reduction Unit (VRU)
the {town} VRU
St {first}’s Hospice
{last} & Sons Ltd
the Dr {last} Memorial Trust
No. 10
The King’s Fund
The Times
the NHS
Which?
Shelter
A Better {town}
We Are With You
{first} and {last} plc
eBay
the {town} Law Centre, a charity
Age UK {town}
the 5th Floor Theatre Co.
""")
DOINGS = _lines("""
has helped to pay for a pilot at the A&E department, where young people are met at a “reachable moment”
works with 18 schools (11 of them in {town}) to keep pupils in class
won the Queen’s Award in 2019, and again on 3 May 2021
trains GPs, nurses etc. in what trauma does
has spent £1.2m (or 8%) on St John’s Wood, as Dr {last} asked it to
is, in the words of its chair, “an example to us all”
runs the *Home Learning Resource* for parents, e.g. in {town}
offers mentoring to families [as its report says](https://example.org/report_(2020))
asks a) for time, b) for patience and c) for an hour a week
helps those who had had nowhere to go
came in in 2019 as one of eighteen pilots
makes 3.5" discs and 6' 2" boards
moved from A Level teaching to a Level 3 course
has had a long 18 months, from 9 a.m. to 5 p.m. each day
""")
THINGS = _lines("""
reports
your letter of 13 October 2020
the minutes (pp. 5–7)
form N244
our meeting at 12:30
the Children Act 1989, s. 17
Dr {last}’s note
model XXX-100
Chapter XXIX
the sum of £1,250.00
What Next?
“Who Cares?”
a house in St Ives
""")
# An article, and what it stands before.
NOUNS = _lines("""
an hour
an honest answer
an MP
an NHS trust
an 8-bed ward
an urgent case
an umbrella body
an 18-month pilot
an e-mail
an RAF base
an X-ray
an heir
an EU grant
an FOI request
an unannounced visit
an 11th hour change
an ongoing review
an important one
an A-level course
an M25 bridge
a university
a European grant
a one-off payment
a uniform
a UK charity
a VRU
a useful review
a unit
a 10-week course
a BBC programme
a Ukrainian family
a T-shirt
a house
a unique case
a hospital
a NATO base
a historic church
a PhD
a 100th birthday
a yearly review
""")
NEEDS = _lines("""
more time
a reply by 1 May
nothing
£500
help with the rent, the bills and food
Ms {last}’s advice
""")
QUOTES = _lines("""
never again
we’ve been heard
it’s a start, Dr {last}
yes, and soon
why not?
I had no idea
""")
OPENINGS = _lines("""
Thank you!
We write to you again.
This is from {town}.
Did you know?
eBay has news.
""")

LETTERS = {
    "plain": """---
date: 2020-10-13
sender: {{name: Dame Jo Lee, title: Director}}
---
{{% block body %}}
I was pleased to learn how {unit} {doing}. As you know[^act], {unit} is {an} {noun} for many.

“{quote},” said {person}, who needs {need}; and *{person}* wrote of {thing} – so did others.

I should therefore be glad to have {thing}, and to hear from {person}’s office (or from {unit}) about {need}.

- {thing}[^act]
- about {need};
- [{unit}](https://example.org/{number}) and **{person}**

It was {person} who told me ({thing}) that “{quote}” is what {person} said[^act]. You asked for {thing}[^act].
{{% endblock %}}
""",
    "council": """---
date: 2020-10-13
subject: Your application
enclosures: [Form]
---
{{% block subject_line %}}
**Your application: {thing}**
{{% endblock %}}

{{% block body %}}
Your reference: {number}

{person} has asked for {need}. In your letter you say: ‘{quote}’. We read {thing}[^act], {thing} and {need}!

{{% if recipient.number %}}
Is it true that {unit} {doing}?
{{% endif %}}

| What | How many |
|------|----------|
| {thing} | {number} |
| {unit} | {need} |

> {person} wrote to {unit}: {thing}.

Please call {unit} on 020 7946 0{number}, or write to {email}

My colleague, {person}, looks after {unit}, {number} High Street, {town}; the flat ({number}A) is {person}’s.
{{% endblock %}}

{{% block complimentary_close %}}
{{{{ 'Yours faithfully,' if recipient.salutation == 'Sir or Madam' else 'Yours sincerely,' }}}}
{{% endblock %}}
""",
    "charity": """---
date: 2020-10-13
---
{{% block body %}}
{{{{ recipient.opening }}}} The work of {unit} matters. {person} told us so[^act].

Without {unit}, {town} would be {an} {noun} short; with {unit} and {person} it is not. Don't you agree?

What {unit} does – it {doing} – is known in {town} and beyond ({unit}; {thing}). We give {need}, {thing}…

1. {unit}: {need}
2. {thing}, {number}th edition

We hope that {person} will find {an} {noun} in {town}: {thing}. See No.{number} and p.{number}, i.e. {thing}.
{{% endblock %}}
""",
}
NAMES = ("unit", "quote", "person", "need", "thing", "number", "town", "an", "noun", "email")
FIELDS = {name: f"{{{{ recipient.{name} }}}}" for name in NAMES} | {"doing": "{{ recipient.doing | markdown }}"}


def write(folder: Path, seed: int, count: int = 200) -> None:
    """A project with `count` records and three main documents."""
    chance = random.Random(seed)  # noqa: S311 - to be made again
    records = [_record(chance, number) for number in range(count)]
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "recipients.yaml").write_text(yaml.safe_dump(records, allow_unicode=True), encoding="utf-8")
    (folder / "footnotes.yaml").write_text("act: Modern Slavery Act 2015\n", encoding="utf-8")
    for name, text in LETTERS.items():
        (folder / "templates" / f"{name}.md.j2").write_text(text.format(**FIELDS), encoding="utf-8")


def _record(chance: random.Random, number: int) -> dict[str, str | list[str]]:
    names = {"first": chance.choice(FIRST), "last": chance.choice(LAST), "town": chance.choice(TOWNS)}

    def one(among: tuple[str, ...]) -> str:
        return chance.choice(among).format(**names)

    letters = chance.choice(["", "", " OBE", " KC", ", DL", " FRS", " PhD"])
    peer, title = one(PEERS), chance.choice(TITLES).replace(" |", f" {{first}} {{last}}{letters} |").format(**names)
    name, salutation = (peer if number % 5 == 0 else title).split(" | ")
    an, noun = chance.choice(NOUNS).split(" ", 1)
    first, last = names["first"], names["last"]
    record: dict[str, str | list[str]] = {
        "id": f"r{number}",
        "name": name.strip(),
        "salutation": salutation,
        "address": [f"{number} High Street", names["town"]],
        "unit": one(UNITS),
        "doing": one(DOINGS),
        "person": chance.choice([f"{first} {last}", f"{first[0]}. {last}", f"Dr {last}", f"Cllr {first[0]} {last}"]),
        "thing": one(THINGS),
        "need": one(NEEDS),
        "quote": one(QUOTES),
        "number": str(100 + number),
        "town": names["town"],
        "an": an,
        "noun": noun,
        "email": "office@example.org",
        "opening": one(OPENINGS),
    }
    return record | ({"closing": "Yours faithfully,"} if salutation == "Sir or Madam" else {})
