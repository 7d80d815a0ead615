"""Find the day on which an article was published.

Sources, the first that has one wins: the day that is given; the page's metadata; the dateline, where it names a year
("KHARTOUM, March 3, 2020 (Reuters) -"); a date line or byline among the first lines ("20 August 2020"); the file's
name. A day in the future, or after the day on which the text was retrieved, is refused with a warning unless it is given:
it is a page's error, and every relative date would be resolved from it. One day is allowed for time zones.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.errors import InputError
from dateline.ingest.dateline import dateline_at
from dateline.ingest.dates import date_of_file_name, find_date
from dateline.types import Block, Masked

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?\Z", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The day (ISO 8601) or None, how it is known (given, metadata, dateline, file-name), and what was odd about it.

    A date line or byline counts as "dateline".
    """

    published: str | None
    known: str | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Bound:
    """The days after which nothing can have been published: the present one, and that of retrieval where it is known."""

    today: dt.date
    retrieved: dt.date | None

    def passed_by(self, day: dt.date) -> str | None:
        """Return in words which bound a day passes by more than a day (for time zones), or None."""
        if (day - self.today).days > 1:
            return "lies in the future"
        if self.retrieved is not None and (day - self.retrieved).days > 1:
            return f"lies after the day of retrieval, {self.retrieved.isoformat()},"
        return None


def find_publication(
    text: str,
    *,
    blocks: Sequence[Block] = (),
    masked: Sequence[Masked] = (),
    given: str | None = None,
    metadata: str | None = None,
    file_stem: str | None = None,
    today: dt.date | None = None,
    retrieved: dt.date | None = None,
) -> Publication:
    """Return the publication day of a text, with its source.

    Raises:
        InputError: the given day cannot be read.
    """
    bound = _Bound(today or dt.date.today(), retrieved)
    if given is not None and given.strip():
        return _given(given.strip(), bound)
    warnings: list[str] = []
    for known, day in (
        ("metadata", find_date(metadata) if metadata else None),
        ("dateline", _of_dateline(text, blocks)),
        ("dateline", _of_byline(text, masked)),
        ("file-name", date_of_file_name(file_stem) if file_stem else None),
    ):
        if day is None:
            continue
        beyond = bound.passed_by(day)
        if beyond:
            warnings.append(f"the date {day.isoformat()} ({known}) {beyond} and was not taken as publication date")
            continue
        return Publication(published=day.isoformat(), known=known, warnings=tuple(warnings))
    warnings.append("no publication date: relative dates such as 'on Tuesday' cannot be resolved; give one")
    return Publication(published=None, known=None, warnings=tuple(warnings))


def is_day(words: str) -> bool:
    """Tell whether words that stand for a publication date can be read as a day, a month or a year."""
    try:
        _given(words.strip(), _Bound(dt.date.max, None))
    except InputError:
        return False
    return True


def _given(given: str, bound: _Bound) -> Publication:
    """Read the day that the user or the input file gives; it is kept, with a warning, even if it cannot well be."""
    match = _ISO.match(given)
    day = None
    if match:
        if match[3] is None:
            return Publication(
                published=None,
                known=None,
                warnings=(f'the publication date "{given}" names no day and is not used: give it as YYYY-MM-DD',),
            )
        try:
            day = dt.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            day = None
    else:
        day = find_date(given)
    if day is None:
        raise InputError(f'the publication date "{given[:40]}" is not a date: write it as YYYY-MM-DD')
    beyond = bound.passed_by(day)
    warnings = (f"the given publication date {day.isoformat()} {beyond}",) if beyond else ()
    return Publication(published=day.isoformat(), known="given", warnings=warnings)


def _of_dateline(text: str, blocks: Sequence[Block]) -> dt.date | None:
    """Return the full date in the dateline of one of the first three blocks."""
    for block in blocks[:3]:
        dateline = dateline_at(text, block.span.start, block.span.end)
        if dateline is not None:
            return find_date(dateline.day) if dateline.day else None
    return None


def _of_byline(text: str, masked: Sequence[Masked]) -> dt.date | None:
    """Return the first full date in a byline or date line."""
    for mask in masked:
        if mask.reason == "byline":
            day = find_date(mask.span.of(text))
            if day is not None:
                return day
    return None
