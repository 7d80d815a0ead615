"""Find the dateline of an agency story: "KHARTOUM, March 3, 2020 (Reuters) -".

The forms are those of the AP Stylebook ("datelines") and of Reuters, Xinhua, Sputnik and AFP as they stand in print:
a place in capitals, perhaps its region, perhaps a day, perhaps the agency in brackets, then a dash or an underscore.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.ingest.dates import MONTH
from dateline.types import Span

_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’\-]+(?:[ ][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’\-]*){0,3}"
_WORDS = r"[A-ZÀ-ÖØ-Þ][\w.'’\-]*(?:[ ][A-ZÀ-ÖØ-Þ][\w.'’\-]*){0,2}"
_DAY = rf"(?:{MONTH}[ ]\d{{1,2}}|\d{{1,2}}[ ]{MONTH})(?:,?[ ]\d{{4}})?"
_AGENCY = r"\([A-Z][\w .&/'’\-]{1,40}\)"
_DASH = r"(?:[ ](?:--+|[-–—_])(?=\s|\Z|[A-Z\"“])|(?:--+|[-–—_])(?=\s|\Z))"

_FORM = re.compile(
    rf"(?P<place>{_CAPITALS}(?:/{_CAPITALS})?(?:,[ ](?!{MONTH}\b){_WORDS}){{0,2}})"
    rf"(?:,?[ ](?P<day>{_DAY}))?(?:,?[ ](?P<agency>{_AGENCY}))?{_DASH}"
)
_MIXED = re.compile(
    rf"(?P<place>{_WORDS}(?:,[ ](?!{MONTH}\b){_WORDS}){{0,2}})"
    rf"(?:,?[ ](?P<day>{_DAY}))?,?[ ](?P<agency>{_AGENCY}){_DASH}"
)
_INLINE = re.compile(rf"(?<=\S[ ]){_FORM.pattern}")

MAX_HEADLINE = 170
"""Longest run, in code points, that may stand as a headline before a dateline on the same line."""

_HEAD = 400
"""How far into a paragraph, in code points, a dateline is sought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A dateline: its span, and the words of its day where it has one."""

    span: Span
    day: str | None
    agency: str | None


def dateline_at(text: str, start: int, end: int) -> Dateline | None:
    """Return the dateline that begins exactly at `start`, or None."""
    stop = min(end, start + _HEAD)
    match = _FORM.match(text, start, stop) or _MIXED.match(text, start, stop)
    return None if match is None else _dateline(match)


def dateline_within(text: str, start: int, end: int) -> Dateline | None:
    """Return a dateline that follows a headline on the same line; it must tell a day or an agency in brackets."""
    for match in _INLINE.finditer(text, start, min(end, start + _HEAD)):
        if match.start() - start > MAX_HEADLINE:
            return None
        if match["day"] or match["agency"]:
            return _dateline(match)
    return None


def _dateline(match: re.Match[str]) -> Dateline:
    """Turn a match into a dateline."""
    return Dateline(span=Span(*match.span()), day=match["day"], agency=match["agency"])
