"""What the typists of a language are used to: quotation marks, and words that are not parted from the next."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

# Source of the marks: Unicode CLDR 48, delimiters. `"` makes the first pair, `'` the second. Where CLDR names
# one pair twice (French, Dutch, Lithuanian), the other is the usual one.
_MARKS = {
    "“”‘’": "en cy es pt da fo lv sq mt ga gd gl tr af fy smn kl kw gv ku wa vec co nl fur ia",
    "„“‚‘": "de is et cs sk sl hr lb hsb dsb lt",
    "«»“”": "fr oc it pt-pt eu ca br sc ast lij pms",
    "«»‹›": "fr-ch rm gsw",
    "”“’‘": "lld",
    "””’’": "sv fi se",
    "«»‘’": "nb nn no",
    "„”«»": "pl ro",
    "„”‘’": "bs bs-latn",
    "„”»«": "hu szl",
    "„”’’": "sr-latn",
    "“”«»": "eo",
}
# The signs that a no-break space keeps at their words.
_SPACED = {"fr": "«»:;!?", "fr-ca": "«»:", "fr-ch": "", "br": "«»:;!?"}
_TITLES = {
    "": "Dr Dr. Prof Prof.",
    "en": "Mr Mr. Mrs Mrs. Ms Ms. Miss Professor Dame Sir Lord Lady Baroness St St. Rev Rev. Revd Cllr",
    "cy": "Mr Mrs Ms Miss Athro Fonesig Syr Arglwydd Arglwyddes Barwnes Cyng. Parch. Parchg Sant",
    "de": "Herr Herrn Frau Professor Professorin",
    "fr": "M. MM. Mme Mmes Mlle Mlles Me Mgr Pr",
    "es": "Sr. Sra. Srta. D. Dña. Dra. Don Doña",
    "pt": "Sr. Sra. Dra. D. Dom Dona",
    "it": "Sig. Sig.ra Dott. Dott.ssa Avv. Ing.",
    "nl": "dhr. mevr. mw. dr. prof. mr. ir.",
    "da": "hr. fru dr. prof.",
    "nb": "herr fru dr. prof.",
    "sv": "herr fru dr prof.",
    "pl": "Pan Pani dr prof.",
}
_COUNTED = {  # what a number belongs to that follows
    "": "§ §§ № Art. art. p. pp. vol. Vol.",
    "en": "No No. Nos Nos. no. nos. para para. paras paras. pp p. s. ss. ch. fig. Fig. Section Sections section "
    "sections Article Articles article articles Paragraph Paragraphs paragraph paragraphs Chapter chapter Page page "
    "pages Schedule Regulation Regulations Clause clause Part Table Figure Annex Appendix Volume volume",
    "cy": "Rhif rhif t. tt. Adran Adrannau adran adrannau Erthygl erthygl Atodlen Rheoliad Pennod Tabl Ffigur Rhan",
    "de": "Nr. Nrn. S. Abs. Satz Bd. Kap. Abb. Tab. Anm. Rn. Ziff. Artikel Absatz Seite Kapitel Anlage Band Nummer",
    "fr": "n° nº no nos art. al. chap. fig. page pages article articles alinéa chapitre annexe tableau tome",
    "es": "n.º núm. art. pág. págs. cap. artículo página capítulo",
    "pt": "n.º art.º pág. págs. cap. artigo página capítulo",
    "it": "n. art. pag. pagg. cap. articolo pagina capitolo",
    "nl": "nr. nrs. blz. art. hfst. artikel pagina hoofdstuk",
    "da": "nr. s. stk. kap.",
    "nb": "nr. s. kap.",
    "sv": "nr s. kap. st.",
    "pl": "nr s. ust. poz. rozdz.",
}
_UNITS = {  # what belongs to a number before
    "": "% ‰ € £ $ EUR GBP USD CHF kg g mg µg t km m cm mm µm km² m² cm² m³ ha l ml kW kWh MW MWh GWh h min s °C °F K "
    "km/h bar Hz kHz MHz kB MB GB dB pt ppm",
    "en": "million billion trillion thousand am pm a.m. p.m. mph miles mile ft lb oz pence percent",
    "cy": "miliwn biliwn milltir",
    "de": "Uhr Euro Cent Mio. Mrd. Tsd. Millionen Milliarden Million Milliarde Prozent",
    "fr": "euros euro millions million milliards milliard heures",
    "es": "euros millones millón",
    "pt": "euros milhões milhão",
    "it": "euro milioni milione miliardi miliardo",
    "nl": "euro miljoen miljard uur",
    "da": "kr. mio. mia.",
    "nb": "kr kroner millioner",
    "sv": "kr kronor miljoner",
    "pl": "zł mln mld",
}
_SHORTENED = {  # words that begin with an apostrophe
    "en": "tis twas twere twill em cause til tween n",
    "cy": "r n w i u ch m th na da sa ma fo ta",
    "de": "s ne n nen nem ner ran rein raus rum",
    "nl": "s t n k m r ie",
    "af": "n",
    "fy": "t k",
    "it": "sto sta sti ste ndrangheta",
}


class Customs(NamedTuple):
    """The customs of one language."""

    language: str
    double: str
    single: str
    spaced: str
    dash: str  # that two hyphens make
    titles: frozenset[str]
    counted: frozenset[str]
    units: frozenset[str]
    shortened: frozenset[str]


@lru_cache(maxsize=64)
def customs(language: str) -> Customs | None:
    """The customs of a language such as `fr-CH`; None where none are known: its text stays as typed."""
    tags = _shorter(language.lower())
    known = {tag: marks for marks, languages in _MARKS.items() for tag in languages.split()}
    marks = next((known[tag] for tag in tags if tag in known), None)
    if marks is None:
        return None
    return Customs(
        language=language,
        double=marks[:2],
        single=marks[2:],
        spaced=next((_SPACED[tag] for tag in tags if tag in _SPACED), ""),
        dash="—" if "en-us" in tags else "–",
        titles=_words(_TITLES, tags),
        counted=_words(_COUNTED, tags),
        units=_words(_UNITS, tags),
        shortened=_words(_SHORTENED, tags),
    )


def _shorter(tag: str) -> list[str]:
    """The tag, and what is left of it without its last pieces."""
    pieces = tag.split("-")
    return ["-".join(pieces[:count]) for count in range(len(pieces), 0, -1)]


def _words(table: dict[str, str], tags: list[str]) -> frozenset[str]:
    return frozenset(" ".join(table.get(tag, "") for tag in (*tags, "")).split())
