"""How long `check` takes with the checks that hold all letters side by side, and without them.

    .venv/bin/python benchmarks/review.py

The same 10,000 made records are composed by turns; medians of this process's own seconds are printed, and their
ratio; and what the checks keep of the letters.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from unittest.mock import patch

from lettergen.pipeline import reviewing
from lettergen.pipeline.compose import Request, compose
from lettergen.pipeline.reviewing import letters_in

ROOT = Path(__file__).parent.parent
RECORDS = 10_000
ROUNDS = 3
MOST = 2.0
_FIRST = "Ada Ben Carys Dev Elin Femi Grace Hugh Isla Jack Kim Lena Mo Nia Omar Pia Rhys Sara Tom Uma"
_LAST = "Abbot Brook Clark Dixon Evans Frost Green Hill Irwin Jones Khan Lewis Moss Nolan Owen Price"
_STREETS = "Mill Lane;Abbey Road;Castle Street;Park Row;Bridge Street;Elm Avenue;Quay Walk"
_DEEDS = "mentors young people;trains frontline workers;meets patients at the bedside;works with schools"


def main() -> None:
    """Print both times and their ratio; exit 1 if the checks cost too much."""
    with tempfile.TemporaryDirectory() as folder:
        request = Request(_project(Path(folder)))
        checks = {"ALWAYS": reviewing.ALWAYS, "SOUND": reviewing.SOUND}
        seconds: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(ROUNDS):
            for is_reviewed, taken in seconds.items():
                with patch.multiple(reviewing, **(checks if is_reviewed else dict.fromkeys(checks, ()))):
                    taken.append(_seconds(request))
        kept = _kept(request)
    reviewed, bare = (statistics.median(taken) for taken in seconds.values())
    ratio = reviewed / bare
    print(f"{RECORDS:,} letters: {reviewed:.1f} s, without review {bare:.1f} s: {ratio:.2f} (at most {MOST})")
    print(f"the looks keep {kept / 1_000_000:.1f} MB, {kept / RECORDS:.0f} bytes a letter")
    sys.exit(ratio > MOST)


def _kept(request: Request) -> int:
    """The bytes that the looks keep of the letters, which are made again by themselves."""
    made = compose(request)
    letters = list(letters_in(made.mailing))
    tracemalloc.start()
    looks = reviewing.Reviewing()
    for recipient, readings in letters:
        looks.see(recipient, readings)
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return kept


def _seconds(request: Request) -> float:
    start = time.process_time()
    made = compose(request)
    taken = time.process_time() - start
    if not made.is_sound or len(made.letters) != RECORDS:
        sys.exit("the records are not sound")
    return taken


def _project(root: Path) -> Path:
    """The shipped example's letter and notes with made records."""
    (root / "templates").mkdir()
    for name in ("footnotes.yaml", "templates/letter.md.j2"):
        (root / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    variants = ("updates-only", "without-office", "joined-by-and", "strong-lead-in", "reviews-known")
    records = (_record(number, variants[number % 9 : number % 9 + 1]) for number in range(RECORDS))
    (root / "recipients.yaml").write_text("\n".join(records), encoding="utf-8")
    return root


def _record(number: int, variants: tuple[str, ...]) -> str:
    firsts, lasts, streets, deeds = _FIRST.split(), _LAST.split(), _STREETS.split(";"), _DEEDS.split(";")
    first, last = firsts[number % len(firsts)], lasts[number // len(firsts) % len(lasts)]
    name = f"{first} {_letters(number)} {last}"
    area = f"{_letters(number)}shire"
    street = streets[number % len(streets)]
    code = f"{'ABCDE'[number % 5]}{number // 5 % 9 + 1} {number // 45 % 9 + 1}{_letters(number)[-2:].upper()}"
    return f"""- name: {name}
  role: Commissioner for {area}
  address: [Office of the Commissioner, "{number + 1} {street}", {area}, {code}]
  salutation: {first}
  unit: the {area} Violence Reduction Unit
  email: {first.lower()}.{number}@{area.lower()}.example
  initiative: {deeds[number % len(deeds)]} in the {number} wards of *{area}* and beyond
  variants: [{", ".join(variants)}]
"""


def _letters(number: int) -> str:
    """`Baaa` for 1: a made name for each number."""
    digits = (number // 20**place % 20 for place in range(4))
    return "".join("abdefghjlnpqrstuwxyz"[digit] for digit in digits).capitalize()


if __name__ == "__main__":
    main()
