"""Give texts in capitals mixed case again, keeping every offset: the parser and the lexicons were made for mixed case.

A word takes the case that it most often has inside sentences of cased news. A word unknown there is a name unless the
capital texts themselves often put an article or a number before it, or it is built like an English verb or adverb.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
SENTENCE_START = re.compile(r"(?:^|[.?!:][\"')\]]*\s+|\n\s*|[\"(\[])$")
ACRONYM_AFTER = re.compile(r"\s*[(\[]\s*([A-Z][A-Z0-9-]{1,9})\s*[)\]]")
ACRONYM_BEFORE = re.compile(r"\b([A-Z][A-Z0-9-]{1,9})\s*[(\[]([^)\]]{6,90})[)\]]")
PARAGRAPH = re.compile(r" {4,}")
"""How the capital texts show where a paragraph ended: a run of blanks."""

ARTICLES = frozenset({"a", "an", "the", "some", "many", "several", "two", "three", "four", "five", "these", "those", "to", "his", "their"})
COMMON_SHARE = 0.15
"""A word unknown to cased news is common when at least this share of its uses follows one of `ARTICLES`."""

LEAST = 3
"""Uses in cased news below which the capital texts are asked too."""

PARTICLES = frozenset({"de", "del", "y", "da", "do", "dos", "von", "van"})
OPENERS = frozenset({"la", "las", "los", "el", "san", "santa", "santo", "don"})
"""Spanish words that open a name when a name follows."""

MONTHS = frozenset({"march", "may", "august"})
SMALL = frozenset({"of", "the", "for", "and", "de", "del", "la", "los", "las", "y", "in", "el"})
COMMON_ENDINGS = (
    "ed",
    "ing",
    "ly",
    "tion",
    "tions",
    "ment",
    "ments",
    "ness",
    "ism",
    "ists",
    "ized",
    "able",
    "ship",
    "ships",
    "ful",
    "less",
)
INFLECTIONS = (("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ies", "y"), ("ly", ""), ("d", ""), ("er", ""))
LONGEST = 5
"""Letters of the longest word that is written in capitals throughout; longer acronyms are read as names."""

SURE = 10
"""Uses in capitals that cased news must show before a word counts as an acronym: fewer may be headlines."""

INNER = 0.6
"""Share of a word's uses inside sentences that must be capitalised for it to count as a name."""


def opens_sentence(text: str, at: int) -> bool:
    """Tell whether a word that begins at an offset opens a sentence or a quotation."""
    return bool(SENTENCE_START.search(text[max(0, at - 6) : at])) if at else True


class Truecaser:
    """Learned from cased texts and from the capital texts that are to be read.

    Args:
        cased: News in mixed case.
        capitals: Texts in capitals, asked how words that cased news lacks are used.
    """

    def __init__(self, cased: Iterable[str], capitals: Iterable[str]) -> None:
        self.forms: dict[str, Counter[str]] = {}
        for text in cased:
            for match in WORD.finditer(text):
                if not opens_sentence(text, match.start()):
                    self.forms.setdefault(match.group().lower(), Counter())[match.group()] += 1
        uses: Counter[str] = Counter()
        articled: Counter[str] = Counter()
        self.short: set[str] = set()
        """Acronyms that some capital text explains, in small letters."""
        bracketed: Counter[str] = Counter()
        for text in capitals:
            bracketed.update({m.group(1).lower() for m in ACRONYM_AFTER.finditer(text)})
            self.short |= {a.lower() for a in explained(text)}
            words = [w.lower() for w in WORD.findall(text)]
            uses.update(words)
            articled.update(b for a, b in pairwise(words) if a in ARTICLES)
        # acronyms of foreign names follow no English initials: used often in brackets, and no English word
        self.short |= {a for a, n in bracketed.items() if n >= LEAST and a.isalpha() and len(a) <= LONGEST and a not in self.forms}
        self.common = {w for w, n in uses.items() if articled[w] / n >= COMMON_SHARE}

    def form(self, word: str) -> str:
        """Return a word of a sentence's inside as cased news would write it."""
        low = word.lower()
        base, mark, tail = low.partition("'")
        if mark and tail in ("s", "t", "re", "ve", "ll", "d", "m"):
            return self.form(base) + mark + tail
        seen = self.forms.get(low)
        if seen and seen.total() >= LEAST:
            capital = sum(n for f, n in seen.items() if f[0].isupper())
            if capital < INNER * seen.total():
                return low
            best = max(((n, f) for f, n in seen.items() if f[0].isupper()), default=(0, low.capitalize()))[1]
            return low.capitalize() if best.isupper() and (len(best) > LONGEST or seen[best] < SURE) else best
        if low in self.short:
            return low.upper() if len(low) <= LONGEST else low.capitalize()
        if low in self.common or self._inflected(low) or low.endswith(COMMON_ENDINGS):
            return low
        if seen:
            return low if max((n, f) for f, n in seen.items())[1].islower() else low.capitalize()
        return low.upper() if not re.search("[aeiouy]", low) else low.capitalize()

    def _inflected(self, low: str) -> bool:
        for ending, instead in INFLECTIONS:
            if low.endswith(ending) and len(low) - len(ending) > 2:
                stem = self.forms.get(low[: -len(ending)] + instead)
                if stem and stem.total() >= LEAST and sum(n for f, n in stem.items() if f[0].islower()) > stem.total() / 2:
                    return True
        return False

    def __call__(self, text: str) -> str:
        """Return the text in mixed case; same length, so that spans hold in both."""
        if text != text.upper():
            return text
        out = list(text)
        words = list(WORD.finditer(text))
        cased = [self.form(w.group()) for w in words]
        self._correct(text, words, cased)
        for match, form in zip(words, cased, strict=True):
            out[match.start() : match.end()] = form
            if opens_sentence(text, match.start()):
                out[match.start()] = match.group()[0].upper()
        for named in (*acronyms(text), *named_in_full(text)):
            out[named[0] : named[1]] = named[2]
        result = "".join(out)
        return PARAGRAPH.sub(lambda m: "\n\n" + " " * (len(m.group()) - 2), result)

    def _correct(self, text: str, words: Sequence[re.Match[str]], cased: list[str]) -> None:
        """Mend what depends on the neighbours: initials, particles, months beside a number."""
        for i, match in enumerate(words):
            low = match.group().lower()
            after = text[match.end() : match.end() + 1]
            following = cased[i + 1] if i + 1 < len(words) and words[i + 1].start() - match.end() == 1 else ""
            if text[max(0, match.start() - 1) : match.start()].isdigit():
                cased[i] = low  # "1st", "30th"
            elif low == "i" or (len(low) == 1 and after == "."):
                cased[i] = low.upper()
            elif low == "a":
                cased[i] = "a"
            elif low in PARTICLES:
                cased[i] = low
            elif low in OPENERS:
                # "Los Angeles" but "the leader of las Ligas" is rare: Spanish articles in English news stand in names
                cased[i] = low.capitalize() if following else low
            elif low in MONTHS and re.search(r"\d\s$", text[max(0, match.start() - 3) : match.start()]):
                cased[i] = low.capitalize()


def titled(phrase: str) -> str:
    """Write each word of a name with a capital, small words apart."""
    return WORD.sub(lambda m: m.group().lower() if m.group().lower() in SMALL else m.group()[0].upper() + m.group()[1:].lower(), phrase)


def acronyms(text: str) -> list[tuple[int, int, str]]:
    """Return every use of an acronym that the text sets in brackets somewhere: start, end, how to write it."""
    return [
        (m.start(), m.end(), a) for a in sorted(explained(text)) if len(a) <= LONGEST for m in re.finditer(rf"\b{re.escape(a)}\b", text)
    ]


def explained(text: str) -> set[str]:
    """Return the acronyms that stand beside a name whose letters they are made of."""
    found = set()
    for match in ACRONYM_AFTER.finditer(text):
        before = text[max(0, match.start() - 90) : match.start()]
        if initialled(before, list(re.finditer(r"[A-Z][A-Z'-]*", before)), match.group(1)):
            found.add(match.group(1))
    for match in ACRONYM_BEFORE.finditer(text):
        if initialled(match.group(2), list(re.finditer(r"[A-Z][A-Z'-]*", match.group(2))), match.group(1)):
            found.add(match.group(1))
    return found


def named_in_full(text: str) -> list[tuple[int, int, str]]:
    """Return every use of a name that stands beside its acronym: start, end, how to write it."""
    phrases: set[str] = set()
    for match in ACRONYM_AFTER.finditer(text):
        words = list(re.finditer(r"[A-Z][A-Z'-]*", text[max(0, match.start() - 90) : match.start()]))
        phrases |= initialled(text[max(0, match.start() - 90) : match.start()], words, match.group(1))
    for match in ACRONYM_BEFORE.finditer(text):
        inside = match.group(2)
        if "," not in inside:
            phrases.add(inside.strip())
    return [(m.start(), m.end(), titled(p)) for p in sorted(phrases) if len(p) > 4 for m in re.finditer(rf"\b{re.escape(p)}\b", text)]


def initialled(before: str, words: Sequence[re.Match[str]], acronym: str) -> set[str]:
    """Return the words just before an acronym whose first letters it is made of, read backwards; small words are free."""
    letters = [c for c in acronym if c.isalpha()]
    start = None
    matched = 0
    for word in reversed(words[-12:]):
        if letters and word.group()[0] == letters[-1]:
            letters.pop()
            matched += 1
            start = word.start()
        elif word.group().lower() not in SMALL:
            break
    if start is None or matched < 2:
        return set()
    phrase = before[start:].strip()
    return {phrase} if "." not in phrase and "," not in phrase else set()
