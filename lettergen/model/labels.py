"""The few words that a letter needs of its own, by language."""

from __future__ import annotations

from typing import NamedTuple

from lettergen.model.languages import tongue


class Words(NamedTuple):
    """What the built-in parts and pages say in one language, and say no; `page` takes two page counters."""

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
    no: str


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
        no="no not",
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
        no="na nac nage naddo",
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
        no="nein falsch",
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
        no="non faux",
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
        no="no falso",
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
        no="no falso",
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
        no="não nao falso",
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
        no="nee onwaar",
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
        no="níl nil ní",
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
        no="nej falskt",
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
        no="nej falsk",
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
        no="nei usann",
    ),
}
LANGUAGES = tuple(_WORDS)


def has_words(language: str) -> bool:
    """Whether there are built-in words of the language."""
    return tongue(language) in _WORDS


def noes() -> frozenset[str]:
    """The words that say no, in any of these languages, and their initial."""
    return frozenset(("n", *" ".join(words.no for words in _WORDS.values()).split()))


def words(language: str) -> Words:
    """The built-in words of a language such as `en` or `cy-GB`; the English ones if there are none."""
    return _WORDS.get(tongue(language), _WORDS["en"])
