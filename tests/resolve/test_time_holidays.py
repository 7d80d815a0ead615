"""Holidays fall on the days of the calendar, of Easter, or of a country's own table."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.resolve.time_grammar import Grammar
from dateline.resolve.time_holidays import day_of, national


@pytest.mark.parametrize(
    ("year", "name", "country", "day"),
    [
        (2021, "12-25", None, "2021-12-25"),
        (2021, "02-30", None, None),
        (2021, "easter-2", None, "2021-04-02"),
        (2024, "easter+1", None, "2024-04-01"),
        (1500, "easter", None, None),
        (2021, "US:Thanksgiving Day", None, "2021-11-25"),
        (1965, "US:Memorial Day", None, "1965-05-30"),
        (2021, "*:Independence Day", "IN", "2021-08-15"),
        (2021, "*:Independence Day", "us", "2021-07-04"),
        (2021, "*:Independence Day", None, None),
        (2021, "*:Independence Day", "XX", None),
        (2021, "US:No Such Day", None, None),
    ],
)
def test_a_holiday_has_its_day(year: int, name: str, country: str | None, day: str | None) -> None:
    found = day_of(year, name, country)
    assert (found.isoformat() if found else None) == day


def test_the_first_day_of_a_feast_of_several_is_taken() -> None:
    assert national("TR", 2021)["eid al-fitr"] == date(2021, 5, 13)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_holiday_of_the_data_falls_on_a_day(language: str) -> None:
    for words, name in Grammar.load(language).words["holiday"].items():
        assert day_of(2021, name, "US" if name.startswith("*:Ind") else "IN" if name.startswith("*:Rep") else "MX") is not None or (
            name in ("*:Victory Day", "*:Constitution Day")
        ), words
