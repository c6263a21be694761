"""Made records that read like a real mailing: people in British offices, and what the letters say of them."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Record = dict[str, Any]

MAIN_DOCUMENT = """---
date: 2021-03-01
sender: {name: Dame Sara Thornton, title: Commissioner, address: [Globe House, London SW1V 1PN]}
closing: Yours sincerely,
variants: {visited: the sender has been there, updates-only: only news is asked for}
---
{% block body %}
I was glad to read in the Annual Report of the National Audit Office how {{ recipient.unit }}
{{ recipient.initiative | markdown }}. The grant of {{ recipient.grant }} was agreed with the Home Office.
{% if 'visited' in variants %}
Thank you for your welcome in {{ recipient.town }}.
{% endif %}

Please send your report on {{ recipient.law }} under {{ recipient.reference }} by {{ recipient.deadline }}
{% if 'updates-only' in variants %}with any updates{% else %}and the strategy{% endif %}.
{% if recipient.contact %}
I am told that {{ recipient.contact }} can help, by telephone {{ recipient.phone }} or {{ recipient.email }}.
{% endif %}
{% endblock %}
"""

# town, area, the first letters of its post codes
_TOWNS = """
    Leeds,West Yorkshire,LS;Bradford,West Yorkshire,BD;York,North Yorkshire,YO;Sheffield,South Yorkshire,S;
    Hull,Humberside,HU;Newcastle upon Tyne,Northumbria,NE;Durham,County Durham,DH;Middlesbrough,Cleveland,TS;
    Manchester,Greater Manchester,M;Liverpool,Merseyside,L;Preston,Lancashire,PR;Carlisle,Cumbria,CA;
    Chester,Cheshire,CH;Birmingham,West Midlands,B;Coventry,West Midlands,CV;Stafford,Staffordshire,ST;
    Worcester,West Mercia,WR;Nottingham,Nottinghamshire,NG;Derby,Derbyshire,DE;Leicester,Leicestershire,LE;
    Lincoln,Lincolnshire,LN;Northampton,Northamptonshire,NN;Milton Keynes,Thames Valley,MK;Oxford,Thames Valley,OX;
    Bedford,Bedfordshire,MK;Cambridge,Cambridgeshire,CB;Norwich,Norfolk,NR;Bury St Edmunds,Suffolk,IP;
    Chelmsford,Essex,CM;St Albans,Hertfordshire,AL;Guildford,Surrey,GU;Maidstone,Kent,ME;Brighton,Sussex,BN;
    Winchester,Hampshire,SO;Bournemouth,Dorset,BH;Bristol,Avon and Somerset,BS;Gloucester,Gloucestershire,GL;
    Swindon,Wiltshire,SN;Exeter,Devon and Cornwall,EX;Cardiff,South Wales,CF;Bridgend,South Wales,CF;
    Newport,Gwent,NP;Carmarthen,Dyfed-Powys,SA;Colwyn Bay,North Wales,LL;London,Greater London,SE;
    Stoke-on-Trent,Staffordshire,ST
"""
_FIRST = """
    Roger Kim Alun Sophie Beverley Anthony Robert Margaret Katherine Stephen Michael James William Elizabeth
    Christopher Jennifer David Susan Patricia Andrew Nicholas Victoria Rebecca Philip Matthew Daniel Samuel Joanna
    Alison Festus Siân Zoë Mohammed Priya Aisha Femi Anne-Marie Jean-Paul Gwyneth Dafydd
"""
_SHORT = {
    "Anthony": "Tony", "Robert": "Bob", "Margaret": "Maggie", "Katherine": "Kate", "Stephen": "Steve", "James": "Jim",
    "Michael": "Mike", "William": "Bill", "Elizabeth": "Liz", "Christopher": "Chris", "Jennifer": "Jenny",
    "David": "Dave", "Susan": "Sue", "Patricia": "Trish", "Andrew": "Andy", "Nicholas": "Nick", "Victoria": "Vicky",
    "Rebecca": "Becky", "Philip": "Phil", "Matthew": "Matt", "Daniel": "Danny", "Samuel": "Sam", "Joanna": "Jo",
    "Beverley": "Bev", "Alison": "Ali", "Mohammed": "Mo",
}  # fmt: skip
_LAST = """
    Hirst McGuinness Michael Linden Hughes Smith Jones Williams Taylor Brown Davies Evans Thomas Roberts Johnson
    Walker Wright Robinson Thompson White Green Hall Clarke Wood Harris Lewis Martin Jackson O'Neil O’Brien
    Smith-Jones Okafor Patel Khan Ali Akhtar Llewellyn ap-Gwilym Fitzgerald MacDonald York Leeds London Park
"""
_BUILDINGS = """
    Police Headquarters;Town Hall;County Hall;Civic Centre;Guildhall;Kelvedon Park;Victory House;Broadhurst House;
    Churchill Buildings;Albion Mill;St Mary’s House;Bourne Hill;Ty Gwyn;Harbour Court;Carlisle Place;Wakefield Tower;
    The Old Magistrates’ Court;Unit 4;2nd Floor;First Floor, Lion House;Suite 12;Westgate Chambers
"""
_STREETS = """
    London Road;High Street;Station Road;Church Lane;Oxford Street;Mill Lane;Queen Street;Park Avenue;Bridge Street;
    Castle Square;Benton Lane;Eccleston Square;Westgate;The Headrow;Deansgate;Northgate;York Place;Durham Road;
    Lincoln’s Inn Fields;Cathedral Close;Victoria Street;New Road
"""
_PARTNERS = """
    Barnardo’s;the Prince’s Trust;St Giles Trust;Public Health England;the Youth Justice Board;NHS England;
    Leeds Teaching Hospitals;the University of Manchester;Basildon Hospital;Citizens Advice;Victim Support;
    the Ministry of Justice;Network Rail;the British Transport Police;Kent County Council;
    the Royal London Hospital;Women’s Aid;West Midlands Fire Service;the Church of England
"""
_DEEDS = """
    pays for {n} youth workers at {p} in {t};has set up *Safe {s}* with {p} and schools in {t};
    trains {n} frontline workers in {t} together with {p};meets young people from {t} at a “reachable moment”;
    runs a pilot with {p} in {t} and {u};brought {p} and the {t} football club round one table;
    opened a centre near {street} in {t}, which {p} helped to fit out;
    learnt from {t} and {u} how {p} keeps pupils in school;mentors {n} families in {t} with the help of {p}
"""
_CONTACTS = ("April", "Gemma", "Trevor", "Mr", "Ms")
_PERSONS = ("mentors", "captains", "coaches", "nurses", "chaplains")


def offices(seed: int, count: int = 200) -> list[Record]:
    """So many records; some people share an office, a surname, a town, a mailbox."""
    random = Random(seed)  # noqa: S311 - made data
    records: list[Record] = []
    codes: set[str] = set()
    while len(records) < count:
        office = _office(random, codes)
        for person in _people(random, random.choice((1, 1, 1, 2, 3))):
            if all(person["name"] != other["name"] for other in records):
                records.append(_record(random, dict(office), person, 100_003 + 4_001 * len(records)))
    return records[:count]


def _split(table: str) -> list[str]:
    return [entry.strip() for entry in table.split(";")]


def _office(random: Random, codes: set[str]) -> Record:
    towns = [entry.split(",") for entry in _split(_TOWNS)]
    town, area, letters = random.choice(towns)
    code = ""
    while not code or code in codes:
        inward = "".join(random.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
        code = f"{letters}{random.randint(1, 9)} {random.randint(1, 9)}{inward}"
    codes.add(code)
    street = random.choice(_split(_STREETS))
    body = random.choice((f"{area} Police", f"{area} Combined Authority", f"{town} City Council", ""))
    lines = [body, random.choice((random.choice(_split(_BUILDINGS)), ""))]
    numbered = f"{random.randint(1, 190)} {street}"
    lines.append(random.choice((street, numbered)) if any(lines) else numbered)
    lines += random.choice(([f"{town} {code}"], [town, code], [town, area, code]))
    unit = random.choice(("Violence Reduction Unit", "VRU", "Violence and Vulnerability Unit", "Partnership"))
    deed = random.choice(_split(_DEEDS)).format(
        n=random.randint(3, 90),
        p=random.choice(_split(_PARTNERS)),
        t=town,
        u=random.choice(towns)[0],
        s=area.split()[-1],
        street=random.choice(_split(_STREETS)),
    )
    extra = f", and has {random.randint(2, 900)} {random.choice(_PERSONS)} in {random.choice(towns)[1]}"
    return {
        "address": [line for line in lines if line],
        "town": town,
        "area": area,
        "unit": random.choice((f"the {area} {unit}", f"{town}’s {unit}", f"your team in {area}")),
        "initiative": deed + extra,
        "mailbox": f"office@{code.lower().replace(' ', '')}.example.org",
    }


def _people(random: Random, count: int) -> list[Record]:
    people = []
    for _ in range(count):
        first, last = random.choice(_FIRST.split()), random.choice(_LAST.split())
        title = random.choice(("", "", "", "Ms", "Mr", "Dr", "Sir", "Dame", "Cllr", "The Rt Hon.", "Professor", "peer"))
        honours = random.choice(("", "", "", " OBE", " QPM", " MP"))
        salutations = {
            "Ms": f"Ms {last}", "Mr": f"Mr {last}", "Dr": f"Dr {last}", "Cllr": "Councillor",
            "Professor": f"Professor {last}",
            "Sir": f"Sir {_SHORT.get(first, first)}", "Dame": f"Dame {first}", "peer": f"Lady {last}",
        }  # fmt: skip
        name = f"{title} {first} {last}{honours}".strip() if title != "peer" else f"The Baroness {last} of Aston"
        usual = random.choice((first, _SHORT.get(first, first), "Commissioner", "Sir or Madam", "Colleague"))
        people.append({"name": name, "salutation": salutations.get(title, usual), "last": last, "first": first})
    return people


def _record(random: Random, office: Record, person: Record, number: int) -> Record:
    mailbox, last, first = office.pop("mailbox"), person.pop("last"), person.pop("first")
    roles = (
        "Police and Crime Commissioner for {}",
        "Deputy Mayor for {}",
        "Chief Constable",
        "Leader",
        "Chief Executive",
    )
    local = f"{first}.{last}{number}".lower().replace("’", "").replace("'", "")
    record = person | office
    return record | {
        "id": f"record-{number}",
        "role": random.choice(roles).format(office["area"]),
        "reference": f"VRU/{number}/{random.choice(('A', 'B'))}",
        "law": "the Modern Slavery Act 2015",
        "grant": f"£{random.randint(1, 99)},000",
        "deadline": random.choice(("31 March 2021", "30 April 2021", "2021-05-03", "noon on 12 May")),
        "contact": random.choice((None, f"{random.choice(_CONTACTS)} {last}")),
        "phone": f"0{random.randint(1000, 1999)} {number}",
        "email": random.choice((mailbox, f"{local}@example.org")),
        "variants": random.choice(([], [], ["visited"], ["updates-only"])),
    }


def as_files(records: Iterable[Record], main: str = MAIN_DOCUMENT) -> dict[str, str]:
    """A folder with these records: YAML reads JSON."""
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    return {"recipients.yaml": "".join(f"- {line}\n" for line in lines), "templates/letter.md.j2": main}
