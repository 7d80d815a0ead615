"""The form in which names and words for actors are compared."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> tuple[str, ...]:
    """Return the words of a text in the form in which they are compared: lower case, without accents, dots and apostrophes."""
    if text.isascii():
        plain = text
    else:
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(_WORD.findall(plain.replace(".", "").lower()))
