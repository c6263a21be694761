"""By which words letters' beginnings and ends, and the parts of an address, are known in all languages."""

from __future__ import annotations

import pytest

from lettergen.model.labels import LANGUAGES, words
from lettergen.pipeline.courtesies import closes, greets
from lettergen.review.unprinted import kind_of

GREETINGS = """
Dear Ada,|Dear Sir or Madam,|Dear Mr Smith and Mrs Jones|Dear colleague, thank you for|To whom it may concern:|Hi all,
Sehr geehrte Damen und Herren,|Sehr geehrter Herr Dr. Kühn,|Liebe Frau Weber!|Guten Tag Frau Weber, wir danken
Madame, Monsieur,|Madame, Monsieur, je vous|Chère Madame,|Madame la Directrice,|Bonjour Marie,|Muy señores míos:
Estimado señor García:|Egregio Dottore,|Gent.ma Signora,|Spett.le Ditta,|Prezados clientes,|Caros colegas,
Geachte heer,|Beste Jan,|A chara,|Bästa Anna,|Hej Anna!|Kære Anna,|Kjære Anna,|Annwyl Gomisiynydd,
"""
NO_GREETINGS = """
Thank you for your letter.|Dearborn Road is closed|Dear friends of the museum have asked us to open earlier.
Hello and welcome to our news|Lieber früher als später.|Liebeserklärungen sind
Madame Dupont, notre directrice, vous recevra
A luaithe is a fuair mé do litir, scríobh mé ar ais chugat|Care for the elderly costs more each year.|Highways, bridges
"""
CLOSES = """
Yours sincerely,|Yours faithfully|Yours|Kind regards,|Warmest regards,|Mit freundlichen Grüßen|Mit freundlichen Gruessen
Freundliche Grüsse|Viele Grüße|Hochachtungsvoll|Cordialement,|Veuillez agréer mes salutations distinguées.
Je vous prie d’agréer, Madame, l’expression de mes salutations distinguées.|Atentamente,|Un cordial saludo,
Distinti saluti|Cordiali saluti,|Met vriendelijke groeten|Is mise le meas,|Med vänliga hälsningar,|Venlig hilsen
Med vennlig hilsen,|Yr eiddoch yn gywir|Atenciosamente,
"""
NO_CLOSES = (
    "Yours is open|With best wishes|My regards to her|Je vous prie d’apporter ce courrier.|Viel Erfolg|Ada Lovelace"
)


def _listed(text: str) -> list[str]:
    return [line for row in text.split("\n") for line in row.split("|") if line]


@pytest.mark.parametrize(("lines", "is_one"), [(GREETINGS, True), (NO_GREETINGS, False)])
def test_greetings(lines: str, is_one: bool) -> None:
    assert [line for line in _listed(lines) if greets(line) is not is_one] == []


@pytest.mark.parametrize(("lines", "is_one"), [(CLOSES, True), (NO_CLOSES, False)])
def test_closes(lines: str, is_one: bool) -> None:
    assert [line for line in _listed(lines) if closes(line, "Bye") is not is_one] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_built_in_words_are_known(language: str) -> None:
    said = words(language)
    assert language == "ga" or greets(f"{said.dear} Ada,")  # `A Sheáin`: one letter says too little
    assert closes(said.closing, "Bye")


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("town|Town/City|Town or City|Post code|post_code|postcode|Zip Code|ZipCode|zip|Postal Code|PostTown", "place"),
        (
            "address_town|mailing_city|City, State|PLZ|PLZ_Ort|Stadt|Straße|ville|code postal|ciudad|Código Postal",
            "place",
        ),
        ("Località|Città|cidade|woonplaats|Cathair|Dinas|postnummer|postort|poststed|postnr", "place"),
        ("house_number|housenumber|House name", "place"),
        ("state|Ort|CP|By|provincia|Adresse2|Adresszusatz|flat|flat_no|building|po_box|PO Box", "maybe"),
        ("country|Land|pays", "country"),
        (
            "county|status|email_address|postal_address|work city|billing city|state_of_repair|company|town_hall_phone",
            "",
        ),
    ],
)
def test_parts_of_an_address(names: str, kind: str) -> None:
    assert [name for name in names.split("|") if kind_of(name) != kind] == []
