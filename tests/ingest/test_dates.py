"""Full dates as furniture and file names write them."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline.ingest.dates import date_of_file_name, find_date

DAY = dt.date(2019, 5, 12)


@pytest.mark.parametrize(
    "text",
    [
        "2019-05-12", "2019-05-12T10:30:00Z", "12 May 2019", "12th May, 2019", "May 12, 2019", "Sunday, May 12 2019", "MAY 12, 2019",
        "Ada Quist 12 May 2019 10:30 GMT", "2019/05/12",
    ],
)  # fmt: skip
def test_a_full_date_is_read(text: str) -> None:
    assert find_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("23/05/2019", dt.date(2019, 5, 23)),
        ("05/23/2019", dt.date(2019, 5, 23)),
        ("23.5.2019", dt.date(2019, 5, 23)),
        ("05/05/2019", dt.date(2019, 5, 5)),
        ("Sept. 3, 1998", dt.date(1998, 9, 3)),
        ("on 31 June 2019 or 1 July 2019", dt.date(2019, 7, 1)),
    ],
)
def test_numbers_are_read_where_their_order_is_plain(text: str, day: dt.date) -> None:
    assert find_date(text) == day


@pytest.mark.parametrize("text", ["", "03/04/2019", "May 2019", "12 May", "30 February 2019", "12 May 0099", "call 555-2019-05"])
def test_what_names_no_single_day_is_none(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize("stem", ["ports-2019-05-12", "2019_05_12_ports", "20190512", "wire.20190512.0030"])
def test_file_names_hold_dates(stem: str) -> None:
    assert date_of_file_name(stem) == DAY


@pytest.mark.parametrize("stem", ["ports", "article-12052019", "20191399", "120190512"])
def test_other_file_names_hold_none(stem: str) -> None:
    assert date_of_file_name(stem) is None
