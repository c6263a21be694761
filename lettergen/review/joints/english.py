"""English words that the checks of letters' text go by."""

from __future__ import annotations


def listed(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


DETERMINERS = listed("a an the your our my their")
DETERMINED = DETERMINERS | {"its", "his"}  # what they cannot stand before
TWICE = listed("had that very so no her you do who")  # that may stand twice
# Words that are never a part of the next one: where one touches a value, a blank is missing.
LITTLE = listed(
    "the of to for with and at by from your our their his her its that which who whose was were has have had is are "
    "will would should could may about between through into what how when where Dear"
)
STARTS = listed(  # with a capital, words that are no name
    "The A An This These Those That Your Our My His Her Its Their We You He She It They There In On At To For From "
    "With By As And But Or Of Has Have Had Is Are Was Were Been Because When While Which Who How"
)
LONG_SHORT = listed("approx assoc excl incl")  # abbreviations as long as words
# In a line with one of these somebody says something: it is a sentence.
SAYING = listed(
    "am is are was were be been has have had do does did will would shall should can could may might must thank hope "
    "write enclose look Thank Please I've I'm I’ve I’m we've we’ve"
)
SPELT = listed(  # abbreviations that are said letter by letter though they could be read as words
    "FA FBI FOI FOIA FSA FCA FE FTE HIV HSE HSA HR HE HEI HND HMICFRS HMI LA LGA LEA LGBTQIA MA MBA MEP MI MOD MOT "
    "MOJ MBE MOU NAO NAHT NCA NEU NGO NUJ NUS NVQ RAF RIBA RSA RSPCA RNIB RNLI SAS SEN SENCO SIA SOS SOP SME SUV XL"
)
READ = listed("MR MRS MS DR ST SGT SIR LORD LADY MISS REV")  # said as words, whatever their letters
ABROAD = listed("en-us en-ca en-ph")  # where letters end in other words
