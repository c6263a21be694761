"""Values that a program has damaged on their way into the file: they would be printed as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lettergen.model import STANDARD_KEYS, texts
from lettergen.problems import Problem, short

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lettergen.model import Recipient, Text

_ODD = re.compile(
    r"(?P<word>None|NULL|null|nan|NaN)"
    r"|(?P<empty>undefined|NaT|<NA>|\\N|[(<](?:blank|null|none|empty)[)>]|\[object \w+\]|#{3,})"
    r"|(?P<number>-?\d(?:(?:[.,]\d+)?[Ee][+-]|[.,]\d+[Ee])\d{2,3})"
    r"|(?P<midnight>\d{4}-\d\d-\d\d[T ]00:00:00(?:\.0+)?(?:Z|\+00:00)?)"
    r"|(?P<formula>=(?:\"[^\"]*\"|[A-Z.]+\(.*\)))",
    re.DOTALL,
)
# UTF-8 that was read as Windows-1252 or on a Mac: an accented capital and the sign that a second byte becomes.
# Some of these signs can stand behind a word in capitals; there, the letters beside them decide.
_SIGNS, _ENDS = "€ƒˆ‰ŠŒŽ˜šœžŸ¡¢£¤¥¦§¨ª¬¯´µ¶¸º¼½¾¿", "‘“”„‚‹›«»…•†‡©®™·°±²³¹\xad"
_ANY = f"[{_SIGNS}{_ENDS}’–—\xa0]"
_ON_MAC = bytes(range(0x80, 0xC0)).decode("mac_roman").translate(dict.fromkeys(map(ord, "π∑∞")))
_MISREAD = re.compile(
    rf"(?P<cp1252>[ÃÄÅ](?:[{_SIGNS}]|[{_ENDS}](?=[^\W\d_])|’(?=[^\W\d_]{{2}}))|Ã[–—](?=[^\W\d_])"
    rf"|(?<=[a-zß-öø-ÿ])[ÃÄÅ]{_ANY}|(?<![^\W\d_])(?:Ã\xa0|Å\xa0(?=[a-z]))|(?<![A-ZÀ-ÖØ-Þ])Â{_ANY}"
    rf"|â€.?|â[‚„ˆ‰]\S|á[º»]{_ANY}(?=[^\W\d_])|ï»¿|ðŸ\S\S|(?:[ÎÏÐÑ]{_ANY}){{2,}})"
    rf"|(?P<mac_roman>√[{_ON_MAC}]|‚[ÄÇÑ][{_ON_MAC}]|¬[£∞©Æ∫Ω])|(?P<ascii>\ufffd)"
)
_SAID = {
    "word": ("'{}' is what programs write where there is no value", "leave it empty, or say it in other words"),
    "empty": ("'{}' is what programs show in the place of a value", "write the value, or leave it empty"),
    "number": ("'{}' is a number that a spreadsheet has shortened", "write all its digits, in a column of text"),
    "formula": ("'{}' is a formula, and would be printed as it stands", "write what it says, without '='"),
    "midnight": ("'{}' has a time that a program added", "write the day alone"),
    "ascii": ("'{}' lacks a character that a program could not read", "write it anew"),
}
_ENCODING = ("'{}' was read in a wrong encoding; it may be '{}'", "correct it, or save the data as UTF-8")
_NAMES = re.compile(r"nam|naam|navn|nom|salut|apell|cognom|nazwisk|person", re.IGNORECASE)  # None and Null are some
_DAY = r"(?:[0-2]?\d|3[01])"
_DATE = re.compile(
    r"(?P<iso>\d{4}-\d\d?-\d\d?)|(?P<time>\d{4}-\d\d?-\d\d?[T ]\d\d?:.*)|(?P<year>\d{4}[/.]\d\d?[/.]\d\d?)"
    rf"|(?P<slashes>{_DAY}/{_DAY}/(?:\d\d){{1,2}})|(?P<dots>{_DAY}\. ?{_DAY}\. ?(?:\d\d){{1,2}})"
    rf"|(?P<hyphens>{_DAY}-{_DAY}-(?:\d\d){{1,2}})|(?P<short>{_DAY}-[^\W\d_]{{3,}}-(?:\d\d){{1,2}})"
    rf"|(?P<serial>\d{{5}})|(?P<words>{_DAY}(?:st|nd|rd|th|\.)? [^\W\d_]{{3,}} \d{{4}})"
    rf"|(?P<month>[^\W\d_]{{3,}} {_DAY}(?:st|nd|rd|th)?,? \d{{4}})"
)
_PARTS, _MONTHS = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-]\d{4}"), 12
_MOST = 2_000  # dates of one form that are kept


class Damage:
    """Collects the damaged values of all records; only those of fields that templates ask for become problems."""

    def __init__(self) -> None:
        self._damaged: list[tuple[str, Text, str]] = []
        self._dates: dict[str, dict[str, list[Text]]] = {}  # of each field by the way they are written
        self._others: set[str] = set()  # fields that hold something else too

    def see(self, recipient: Recipient) -> None:
        """The next record."""
        for key, text in ((key, text) for key, value in recipient.fields.items() for text in texts(value)):
            if kind := damage_of(key, text):
                # no id that was made from the name is anything that a program wrote
                self._damaged += [(key, text, kind)] if key != "id" or text.place != recipient.place else []
            elif key == "salutation" and (kind := _lacks_name(recipient, text)):
                self._damaged.append((key, text, kind))
            elif key in STANDARD_KEYS or not text[-1:].isdigit() or not (written := _DATE.fullmatch(text)):
                self._others.add(key)
            else:
                alike = self._dates.setdefault(key, {}).setdefault(str(written.lastgroup), [])
                alike += [text] * (len(alike) < _MOST)

    def problems(self, asked: Collection[str]) -> Iterator[Problem]:
        """A warning for each damaged value of a field that is `asked` for or that all letters know."""
        for key, text, kind in self._damaged:
            if key in asked or key in STANDARD_KEYS:
                last = text.rstrip(" ,:").rpartition(" ")[2] if (key, kind) == ("salutation", "word") else text
                word = next(filter(_MISREAD.search, re.split("[ \n]", text)), last)
                message, way_out = _SAID.get(kind, _ENCODING)
                message = message.format(short(word), short(_MISREAD.sub(_as_meant, word)))
                yield _problem(text, message, way_out, f"{key} {kind}")
        for key in (key for key in self._dates if key in asked):
            yield from _strange_dates(key, self._dates[key], is_pure=key not in self._others)


def damage_of(key: str, text: str) -> str:
    """What kind of damage the value of the field has; empty if it has none."""
    if key == "address" and text in ("0", "-"):  # a formula on an empty cell
        return "empty"
    found = _ODD.fullmatch(text) or (None if text.isascii() else _MISREAD.search(text))
    kind = str(found.lastgroup) if found else ""
    return "" if kind == "word" and _NAMES.search(key) else kind


def _lacks_name(recipient: Recipient, text: str) -> str:
    """What kind of damage stands in the salutation, alone or behind a title, in the place of a name."""
    word = text.rstrip(" ,:").rpartition(" ")[2]
    said = re.findall(r"\w+", str(recipient.fields.get("name")).casefold()) if "name" in recipient.fields else ()
    return "" if word.casefold() in said else damage_of("", word)


def _as_meant(found: re.Match[str]) -> str:
    return found[0].encode(str(found.lastgroup), "ignore").decode("utf-8", "ignore")


def _strange_dates(key: str, forms: dict[str, list[Text]], *, is_pure: bool) -> Iterator[Problem]:
    """A warning for each value that is not written as most dates of the field are; in one of dates alone, also where
    no way has the most.
    """
    usual = max(forms, key=lambda form: (form != "serial", len(forms[form])))
    others = [text for form, texts in forms.items() if form != usual for text in texts]
    most = max(1, len(others)) if not is_pure else len(forms.get("serial", ())) - 1
    if usual != "serial" and len(forms[usual]) > most:
        for text in others:
            message = f"'{text}' is not written as the other dates of '{key}' are"
            yield _problem(text, message, f"write it as they are: '{forms[usual][0]}'", f"{key} date")
    for alike in forms.values():
        parts = ((text, found) for text in alike if (found := _PARTS.fullmatch(text)))
        numbers = ((text, int(found[1]), int(found[2])) for text, found in parts)
        sure = [(text, first > second) for text, first, second in numbers if (first > _MONTHS) != (second > _MONTHS)]
        odd = [[text for text, is_day_first in sure if is_day_first == wanted] for wanted in (True, False)]
        fewer, more = sorted(odd, key=len)
        for text in fewer:
            message = f"'{text}' has day and month the other way round than '{more[0]}'"
            yield _problem(text, message, "write all dates the same way", f"{key} day")


def _problem(text: Text, message: str, way_out: str, subject: str) -> Problem:
    return Problem("damaged-value", message, text.place, way_out, (), subject, anywhere=True)
