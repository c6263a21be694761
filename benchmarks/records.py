"""Made projects: the shipped example's letter and notes, with as many made records as asked for."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
Record: TypeAlias = "dict[str, str | list[str]]"
LISTS = ("address", "variants")
_SHARED = ("footnotes.yaml", "templates/letter.md.j2")
_FIRST = "Ada Ben Carys Dev Elin Femi Grace Hugh Isla Jack Kim Lena Mo Nia Omar Pia Rhys Sara Tom Uma"
_LAST = "Abbot Brook Clark Dixon Evans Frost Green Hill Irwin Jones Khan Lewis Moss Nolan Owen Price"
_STREETS = "Mill Lane;Abbey Road;Castle Street;Park Row;Bridge Street;Elm Avenue;Quay Walk"
_DEEDS = "mentors young people;trains frontline workers;meets patients at the bedside;works with schools"
_VARIANTS = ("updates-only", "without-office", "joined-by-and", "strong-lead-in", "reviews-known")


def project(root: Path, count: int, form: str = "yaml") -> Path:
    """The folder, made; its records are streamed to the file, so that there can be any number of them."""
    (root / "templates").mkdir(parents=True)
    for name in _SHARED:
        shutil.copyfile(ROOT / name, root / name)
    write(root / f"recipients.{form}", count)
    return root


def write(file: Path, count: int) -> None:
    """The records as YAML or as CSV, by the file's ending."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        if file.suffix == ".csv":
            table = csv.DictWriter(stream, list(record(0)))
            table.writeheader()
            table.writerows(map(_row, records(count)))
        else:
            stream.writelines(map(_yaml, records(count)))


def change(root: Path, number: int) -> None:
    """One word of a record becomes another."""
    file = root / "recipients.yaml"
    deed = str(record(number)["initiative"])
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(deed, deed.replace("beyond", "further off"), 1), encoding="utf-8")


def identity(number: int) -> str:
    """The id that is made from a record's name."""
    return str(record(number)["name"]).lower().replace(" ", "-")


def records(count: int) -> Iterator[Record]:
    """The records, one after the other."""
    return map(record, range(count))


def record(number: int) -> Record:
    """One of them, with a name, an address and a sentence of its own."""
    firsts, lasts, streets, deeds = _FIRST.split(), _LAST.split(), _STREETS.split(";"), _DEEDS.split(";")
    own = _name(number)
    first, last = firsts[number % len(firsts)], lasts[number // len(firsts) % len(lasts)]
    area, street = f"{own}shire", streets[number % len(streets)]
    code = f"{'ABCDE'[number % 5]}{number // 5 % 9 + 1} {number // 45 % 9 + 1}{own[-2:].upper()}"
    return {
        "name": f"{first} {own} {last}",
        "role": f"Commissioner for {area}",
        "address": ["Office of the Commissioner", f"{number + 1} {street}", area, code],
        "salutation": first,
        "unit": f"the {area} Violence Reduction Unit",
        "email": f"{first.lower()}.{number}@{area.lower()}.example",
        "initiative": f"{deeds[number % len(deeds)]} in the {number} wards of *{area}* and beyond",
        "variants": list(_VARIANTS[number % 9 : number % 9 + 1]),
    }


def _yaml(made: Record) -> str:
    lines = (f"  {key}: {_listed(value) if isinstance(value, list) else value}\n" for key, value in made.items())
    return f"-{''.join(lines)[1:]}\n"


def _listed(values: list[str]) -> str:
    return f"[{', '.join(values)}]"


def _row(made: Record) -> dict[str, str]:
    """Lists are separated by line ends, as a cell of several lines is."""
    return {key: "\n".join(value) if isinstance(value, list) else value for key, value in made.items()}


def _name(number: int) -> str:
    """`Baaa` for 1: a made name for each number up to 160,000."""
    digits = (number // 20**place % 20 for place in range(4))
    return "".join("abdefghjlnpqrstuwxyz"[digit] for digit in digits).capitalize()
