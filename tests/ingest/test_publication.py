"""The day of publication, and how it is known."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline.errors import InputError
from dateline.ingest.publication import Publication, find_publication, is_day
from dateline.ingest.structure import structure

TODAY = dt.date(2024, 1, 10)


def publication_of(text: str, **known: str) -> Publication:
    blocks, masked = structure(text)
    return find_publication(text, blocks=blocks, masked=masked, today=TODAY, **known)  # type: ignore[arg-type]


BYLINE = "Strike closes ports\n\nAda Quist 12 May 2019\n\nDockers walked out on Monday, the union said."
DATELINE = "LOME, May 14, 2019 (Reuters) - Dockers walked out on Monday, the union said."


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        (BYLINE, {}, ("2019-05-12", "dateline")),
        (DATELINE, {}, ("2019-05-14", "dateline")),
        (DATELINE, {"file_stem": "2019-05-20"}, ("2019-05-14", "dateline")),
        (DATELINE, {"metadata": "2019-05-15"}, ("2019-05-15", "metadata")),
        (DATELINE, {"metadata": "2019-05-15", "given": "2019-05-16"}, ("2019-05-16", "given")),
        ("Dockers walked out.", {"file_stem": "ports-2019-05-20"}, ("2019-05-20", "file-name")),
        ("LOME, May 14 (Reuters) - Dockers walked out.", {}, (None, None)),
        ("Dockers walked out on 3 May 2018, the union said.", {}, (None, None)),
    ],
)
def test_the_first_source_that_has_a_day_wins(text: str, known: dict[str, str], expected: tuple[str | None, str | None]) -> None:
    found = publication_of(text, **known)
    assert (found.published, found.known) == expected


def test_no_date_is_told() -> None:
    assert "no publication date" in publication_of("Dockers walked out.").warnings[0]


def test_a_future_day_is_refused_unless_given() -> None:
    found = publication_of("Dockers walked out.", metadata="2031-01-01", file_stem="2019-05-20")
    assert (found.published, found.known) == ("2019-05-20", "file-name")
    assert "future" in found.warnings[0]
    given = publication_of("Dockers walked out.", given="2031-01-01")
    assert given.published == "2031-01-01"
    assert "future" in given.warnings[0]


def test_a_day_ahead_is_allowed_for_time_zones() -> None:
    assert publication_of("Dockers walked out.", metadata="2024-01-11").published == "2024-01-11"


@pytest.mark.parametrize("given", ["2019-05-12", "2019-05-12T23:10:00+02:00", "12 May 2019", " 2019-05-12 "])
def test_given_days_are_read(given: str) -> None:
    assert publication_of("Dockers walked out.", given=given).published == "2019-05-12"


def test_a_given_month_is_no_day() -> None:
    found = publication_of("Dockers walked out.", given="2019-05")
    assert found.published is None
    assert "names no day" in found.warnings[0]


@pytest.mark.parametrize("given", ["yesterday", "2019-13-01", "2019-02-30", "03/04/2019"])
def test_a_given_day_that_is_none_is_an_error(given: str) -> None:
    assert not is_day(given)
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        publication_of("Dockers walked out.", given=given)


def test_a_day_after_retrieval_is_refused_unless_given() -> None:
    fetched = dt.date(2019, 5, 18)
    text = "Dockers walked out."
    found = find_publication(text, metadata="2019-05-20", file_stem="ports-2019-05-16", today=TODAY, retrieved=fetched)
    assert (found.published, found.known) == ("2019-05-16", "file-name")
    assert "after the day of retrieval, 2019-05-18" in found.warnings[0]
    near = find_publication(text, metadata="2019-05-19", today=TODAY, retrieved=fetched)
    assert (near.published, near.warnings) == ("2019-05-19", ())
    given = find_publication(text, given="2019-05-20", today=TODAY, retrieved=fetched)
    assert given.published == "2019-05-20"
    assert "retrieval" in given.warnings[0]
