"""Tell which language a text is in.

py3langid's naive Bayes model (Lui and Baldwin 2012, langid.py) over the languages in which much news is published; the
fewer it has to choose from, the less often a lower-cased or unpunctuated English text goes astray. A text of fewer than
`MIN_LETTERS` letters, or one whose best language has a probability under `MIN_PROBABILITY`, is of unknown language
(None): whoever asked for the coding may then say which it is, nobody assumes English. A language that is given wins;
where the text clearly speaks against it, a warning says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = (
    "ar", "bg", "bn", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja",
    "ko", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tl",
    "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
"""ISO 639-1 codes of the languages told apart."""

MIN_LETTERS = 20
MIN_PROBABILITY = 0.5
"""Probability, 0 to 1, below which the language counts as unknown."""

_SURE = 0.9
_SAMPLE = 4000
"""Code points of the text that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language as ISO 639-1 code, or None where unknown, and a warning where the text speaks against what was given."""

    code: str | None
    warning: str | None = None


@cache
def _identifier() -> LanguageIdentifier:
    """Load the model, once."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def guess_language(text: str) -> tuple[str | None, float]:
    """Return the most likely language and its probability (0 to 1); (None, 0.0) for too short a text."""
    sample = text[:_SAMPLE]
    if sum(character.isalpha() for character in sample) < MIN_LETTERS:
        return None, 0.0
    code, probability = _identifier().classify(sample)
    return str(code), float(probability)


def find_language(text: str, given: str | None = None) -> Language:
    """Return the language of a text: the given one, else the guessed one where the guess is good enough."""
    code, probability = guess_language(text)
    if given is None:
        return Language(code=code if probability >= MIN_PROBABILITY else None)
    primary = given.strip().replace("_", "-").split("-")[0].lower()
    warning = None
    if code is not None and code != primary and probability >= _SURE:
        warning = f'the language is given as "{primary}", but the text reads like "{code}"'
    return Language(code=primary, warning=warning)
