"""Every code there is, and how grave it is; `codes.md` says what each means."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LISTED = 20  # names that a way out lists
_ERRORS = """
    missing-file unreadable-file not-utf8 outside-folder missing-asset bad-asset
    control-character yaml-syntax tab-indent yaml-alias yaml-tag merge-key duplicate-key too-deep
    second-document swallowed-comment complex-key jinja-in-data empty-file
    bad-header bad-row json-syntax several-data-files
    wrong-type missing-key unknown-key misspelt-key bad-date bad-number bad-choice bad-language bad-id duplicate-id
    undeclared-variant missing-translation language-settings
    address-character post-code
    no-front-matter template-syntax template-error too-large undefined-name undefined-field missing-value
    text-as-number unprintable merged-text text-outside-part unknown-part conditional-part own-extends
    empty-body stray-stars list-number date-or-item code-block broken-table missing-alt raw-html bad-link
    block-in-sentence
    unknown-footnote bad-footnote footnote-definition footnote-here
    stranger-file other-letters bad-manifest write-failed build-running cluster missing-library nothing-to-compare
    missing-glyph footnote-lost typesetting too-many-pages overflow address-window window-clear
    leak
"""
_WARNINGS = """
    doubled-salutation doubled-close unsigned unprinted-address
    tilde text-as-no unused-variant unused-footnote untaken-branch plain-reference plain-markdown
    idle-variant same-field damaged-value
    no-labels language-variants language-notes language-links stylesheet
    address-line address-lines post-code-place
    splice-punctuation splice-space doubled-word splice-article placeholder
    left-over form-of-address closing-mismatch
    lone-signature unusual-pages altered-file
    shared-identity same-sentence wrong-salutation rare-wording
"""

SEVERITIES = dict.fromkeys(_ERRORS.split(), "error") | dict.fromkeys(_WARNINGS.split(), "warning")

# Codes that nothing reports any more, and what to say of each; to ignore them does nothing.
RETIRED = {
    code: f"'{code}' is retired: lettergen no longer looks for this, and ignoring it does nothing."
    for code in ("mixed-quotes", "splice-capital", "unbalanced")
} | {"lost-words": "'lost-words' is retired: 'stray-stars' says it now, and ignoring it does nothing."}


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name that a misspelt one was meant to be."""
    from difflib import get_close_matches  # only when something is wrong

    names = sorted(set(names))
    begun = [name for name in names if word and name.startswith(word)]
    found = begun or get_close_matches(word, names, n=1, cutoff=0.6)
    return found[0] if found else None


def near(word: str, names: Iterable[str], otherwise: str = "") -> str:
    """A way out for a misspelt name: the near one, or else another way or the names there are."""
    names = sorted(set(names))
    found = nearest(word, names)
    if found or otherwise:
        return f"did you mean '{found}'?" if found else otherwise
    listed = ", ".join(names[:LISTED]) + ", …" * (len(names) > LISTED)
    return f"choose one of: {listed}" if names else ""


def near_file(name: str, files: Iterable[str], otherwise: str = "") -> str:
    """The same for files, whose folders and endings make none alike."""
    by_stem = {_stem(file): file for file in files}
    found = nearest(_stem(name), by_stem)
    return f"did you mean '{by_stem[found]}'?" if found else otherwise


def _stem(file: str) -> str:
    return file.rpartition("/")[2].partition(".")[0].casefold()


def short(text: str, limit: int = 60) -> str:
    """The text in one line, cut if it is long: for a message."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
