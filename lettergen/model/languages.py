"""The few words that a letter needs of its own, and long dates, by language."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lettergen.model.values import Text

if TYPE_CHECKING:
    from collections.abc import Container

    from babel import Locale


class Words(NamedTuple):
    """What the built-in parts and pages say in one language; `page` takes two page counters."""

    dear: str
    closing: str
    reference: str
    enclosures: str
    copies: str
    page: tuple[str, str]
    notes: str
    note: str
    back: str
    letter_to: str


_WORDS = {
    "en": Words(
        dear="Dear",
        closing="Yours sincerely,",
        reference="Reference:",
        enclosures="Enclosures",
        copies="Copies to",
        page=("Page", "of"),
        notes="Notes",
        note="Note",
        back="Back to the text",
        letter_to="Letter to",
    ),
    "cy": Words(
        dear="Annwyl",
        closing="Yn gywir,",
        reference="Cyfeirnod:",
        enclosures="Amgaeadau",
        copies="Copïau at",
        page=("Tudalen", "o"),
        notes="Nodiadau",
        note="Nodyn",
        back="Yn ôl i’r testun",
        letter_to="Llythyr at",
    ),
    "de": Words(
        dear="Guten Tag",
        closing="Mit freundlichen Grüßen",
        reference="Unser Zeichen:",
        enclosures="Anlagen",
        copies="Kopie an",
        page=("Seite", "von"),
        notes="Anmerkungen",
        note="Anmerkung",
        back="Zurück zum Text",
        letter_to="Schreiben an",
    ),
    "fr": Words(
        dear="Bonjour",
        closing="Je vous prie d’agréer mes salutations distinguées.",
        reference="Référence\u00a0:",
        enclosures="Pièces jointes",
        copies="Copie à",
        page=("Page", "sur"),
        notes="Notes",
        note="Note",
        back="Retour au texte",
        letter_to="Lettre à",
    ),
    "es": Words(
        dear="Estimado/a",
        closing="Atentamente,",
        reference="Referencia:",
        enclosures="Anexos",
        copies="Copia a",
        page=("Página", "de"),
        notes="Notas",
        note="Nota",
        back="Volver al texto",
        letter_to="Carta a",
    ),
    "it": Words(
        dear="Gentile",
        closing="Distinti saluti",
        reference="Riferimento:",
        enclosures="Allegati",
        copies="Copia a",
        page=("Pagina", "di"),
        notes="Note",
        note="Nota",
        back="Torna al testo",
        letter_to="Lettera a",
    ),
    "pt": Words(
        dear="Estimado/a",
        closing="Com os melhores cumprimentos,",
        reference="Referência:",
        enclosures="Anexos",
        copies="Cópia para",
        page=("Página", "de"),
        notes="Notas",
        note="Nota",
        back="Voltar ao texto",
        letter_to="Carta para",
    ),
    "nl": Words(
        dear="Geachte",
        closing="Met vriendelijke groet,",
        reference="Kenmerk:",
        enclosures="Bijlagen",
        copies="Kopie aan",
        page=("Pagina", "van"),
        notes="Noten",
        note="Noot",
        back="Terug naar de tekst",
        letter_to="Brief aan",
    ),
    "ga": Words(
        dear="A",
        closing="Is mise le meas,",
        reference="Tagairt:",
        enclosures="Iatáin",
        copies="Cóip chuig",
        page=("Leathanach", "de"),
        notes="Nótaí",
        note="Nóta",
        back="Ar ais chuig an téacs",
        letter_to="Litir chuig",
    ),
    "sv": Words(
        dear="Bästa",
        closing="Med vänlig hälsning",
        reference="Referens:",
        enclosures="Bilagor",
        copies="Kopia till",
        page=("Sida", "av"),
        notes="Noter",
        note="Not",
        back="Tillbaka till texten",
        letter_to="Brev till",
    ),
    "da": Words(
        dear="Kære",
        closing="Med venlig hilsen",
        reference="Reference:",
        enclosures="Bilag",
        copies="Kopi til",
        page=("Side", "af"),
        notes="Noter",
        note="Note",
        back="Tilbage til teksten",
        letter_to="Brev til",
    ),
    "nb": Words(
        dear="Kjære",
        closing="Med vennlig hilsen",
        reference="Referanse:",
        enclosures="Vedlegg",
        copies="Kopi til",
        page=("Side", "av"),
        notes="Noter",
        note="Note",
        back="Tilbake til teksten",
        letter_to="Brev til",
    ),
}
LANGUAGES = tuple(_WORDS)


# The long dates of the languages above, for speed: Babel takes longer to load than a letter to merge.
# A test holds them against Babel.
_ENGLISH = ("{} {} {}", "January February March April May June July August September October November December")
_DATES = {
    "en": _ENGLISH,  # the world's, not America's
    "en-GB": _ENGLISH,
    "cy": ("{} {} {}", "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr"),
    "de": ("{}. {} {}", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    "fr": ("{} {} {}", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
}


def usual_case(tag: str) -> str:
    """`EN-gb` as `en-GB`, `zh-hans` as `zh-Hans`: so that a template can compare it."""
    first, *rest = tag.split("-")
    sizes = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(sizes.get(len(part), str.lower)(part) for part in rest)])


def lookup(language: str, among: Container[str]) -> str | None:
    """The tag that serves the language: `cy-GB` itself, or else `cy`; None if there is none."""
    while language and language not in among:
        language = language.rpartition("-")[0]
    return language or None


def is_same_tongue(language: str, other: str) -> bool:
    """Whether the two differ in the region or the script at most."""
    return _first(language) == _first(other)


def named_language(file: str) -> str | None:
    """The language in a main document's name: `cy` of `templates/letter.cy.md.j2`; None without any."""
    found = re.search(r"\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md\.j2$", file)
    return usual_case(found[1]) if found and is_language(found[1]) else None


def has_words(language: str) -> bool:
    """Whether there are built-in words of the language."""
    return _first(language) in _WORDS


def words(language: str) -> Words:
    """The built-in words of a language such as `en` or `cy-GB`; the English ones if there are none."""
    return _WORDS.get(_first(language), _WORDS["en"])


def _first(language: str) -> str:
    return language.partition("-")[0].lower()


def iso_date(text: str) -> date | None:
    """The day that is written as year-month-day; None if it is none."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def long_date(day: date, language: str) -> str:
    """The date as the language writes it in a letter: `13 October 2020` (source: Unicode CLDR)."""
    if language in _DATES:
        pattern, months = _DATES[language]
        return pattern.format(day.day, months.split()[day.month - 1], day.year)
    from babel.dates import format_date  # 40 ms

    return format_date(day, "long", locale=_locale(language))


@lru_cache(maxsize=64)
def months(language: str) -> tuple[str, ...]:
    """The months' names as they stand in a date."""
    first = _first(language)
    own = next((names for tag, (_, names) in _DATES.items() if _first(tag) == first), "")
    if own:
        return tuple(own.split())
    locale = _locale(language)  # whoever writes in this language has loaded Babel for the letter's own date
    return tuple(locale.months["format"]["wide"].values()) if locale else ()


# A day and a month, in either order; the day may have a point or an ending.
_DAY_AND_MONTH = re.compile(r"(?<!\d)(\d{1,2}(?:\.|[^\W\d]{0,4})) (?=[^\W\d])|(?<=[^\W\d]) (?=\d{1,2}(?!\d))")


class LongDate(Text):
    """A long date, with blanks, as templates compare it."""

    __slots__ = ()


def as_printed(text: str) -> str:
    """The text as a letter shows it: of a long date, day and month stay on one line."""
    if not isinstance(text, LongDate):
        return str(text)
    return _DAY_AND_MONTH.sub(lambda found: f"{found[1] or ''}\u00a0", text)


@lru_cache(maxsize=1024)
def is_language(language: str) -> bool:
    """Whether this is a BCP 47 tag whose dates can be written."""
    is_tag = re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) is not None
    return language in _DATES or (is_tag and _locale(language) is not None)


def _locale(language: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    # Bare English means the world's, not America's: the day before the month.
    tag = "en-001" if language.lower() == "en" else language
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return None
