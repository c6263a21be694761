"""English words that the checks of letters' text go by, and which article English says before a word."""

from __future__ import annotations

import re
from functools import lru_cache


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
# What begins with a vowel's letter and a consonant's sound, and the other way round.
_A_BEFORE = (
    r"eu|ew[aei]|on(?:ce|es?)(?![a-z])|ones(?:elf|ie)|oneness|ulez|uni(?![nml]|d|ss)|unil|unanim|u[kg]|ub[iu]|ur[aeiou]|ut[eio]"
    r"|us[aeiu]|ufo|uist|oui|u-"
)
_AN_BEFORE = r"hour|heir|honest|hono[ur]r?"
_EITHER = r"histor|hotel|habit|hyster|heroic|horr|heredit|haras|halluc|herb|hilar|unidir|uni[ml]od|y[b-df-hj-np-tv-xz]"
_AN_LETTERS = "AEFHILMNORSX"  # letters whose names begin with a vowel
_NUMBER = r"([0-9]+)((?:,[0-9]{3})*)"


@lru_cache(maxsize=1024)
def article(words: str) -> str:
    """`a` or `an` before the words; nothing where both are heard, or where it is not certain."""
    found = re.match(r"[\"'“‘(\[£$€]*([A-Za-z0-9](?:[\w,.&-]*\w)?)", words)
    if not found or not found[1].isascii():
        return ""
    if found[1][0].isdigit():
        return _of_number(found[1])
    word = re.split(r"[.&]", found[1])[0]
    if word in ("a", "an", "A", "I"):  # which no article stands before
        return ""
    return _of_letters(word) if re.match(r"[A-Z](?:[A-Z0-9-]|$)|[a-z]-", word) else _of_word(word.lower())


def _of_number(text: str) -> str:
    found = re.match(_NUMBER, text)
    if not found:
        return ""
    digits, groups = found[1], found[2]
    if digits.startswith("8"):
        return "an"
    if digits in ("11", "18"):
        return "an"
    if re.fullmatch("1[18][0-9]{2}", digits) and not groups:  # a year, or eleven hundred
        return ""
    return "a" if digits != "0" else ""


def _of_letters(word: str) -> str:
    """Of what is written in capitals: letter by letter, or as a word."""
    letters = re.match(r"[A-Z]+|[a-z]", word)
    capitals = letters[0] if letters else ""
    if capitals in READ or not capitals:
        return ""
    spelt = "an" if capitals[0].upper() in _AN_LETTERS else "a"
    is_name = len(word) > len(capitals) and word[len(capitals)].islower() and word[len(capitals) :] != "s"
    if (len(capitals) == 1 and word[1:2] in ("", "-")) or word[1:2].isdigit():
        return spelt
    if is_name:  # PhD, MSc, McDonald
        return spelt if len(capitals) > 1 and spelt == "a" else ""
    if capitals[0] in "AEIOU":
        return "a" if capitals[0] == "U" else "an" if capitals not in ("ONE", "EUROPEAN") else "a"
    if spelt == "a" or capitals in SPELT or not re.search("[AEIOUY]", capitals):
        return spelt
    return ""  # NATO and NAO are said in two ways


def _of_word(word: str) -> str:
    if re.match(_EITHER, word):
        return ""
    if word[0] in "aeiou":
        return "a" if re.match(_A_BEFORE, word) else "an"
    return "an" if re.match(_AN_BEFORE, word) else "a"
