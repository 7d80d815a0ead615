"""Times alone: tagged, normalised and written as TimeML, in any language with rules."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import dateline
from dateline import temporal
from dateline.errors import DataError, InputError
from dateline.resolve.time_grammar import read_rules

TABLE: dict[str, list[list[Any]]] = yaml.safe_load((Path(__file__).parent / "cases" / "timexes_spanish.yaml").read_text(encoding="utf-8"))
SPANISH = [
    "lunes", "el", "próximo", "pasado", "hace", "dos", "días", "después", "antes", "la", "semana", "que", "viene", "29", "30", "de",
    "febrero", "31", "abril", "2020", "1999", "9999", "hasta", "desde", "siglo", "XIX", "los", "años", "80", "cada", "noche", "a",
    "finales", "25:61", "12.30", "horas", "el día 31", "trimestre", "primer", "\n\n", ",", "últimos", "este", "mañana",
]  # fmt: skip
VALUES = st.one_of(
    st.dates(min_value=date(1000, 1, 1)).map(date.isoformat),
    st.dates(min_value=date(1000, 1, 1)).map(lambda d: f"{d.year:04d}-{d.month:02d}"),
    st.dates(min_value=date(1000, 1, 8)).map(lambda d: "{:04d}-W{:02d}".format(*d.isocalendar()[:2])),
    st.builds("{:04d}-Q{}".format, st.integers(1000, 9999), st.integers(1, 4)),
    st.builds("{:04d}-H{}".format, st.integers(1000, 9999), st.integers(1, 2)),
    st.builds("{:04d}-{}".format, st.integers(1000, 9998), st.sampled_from(["SP", "SU", "FA", "WI"])),
    st.builds("{}T{}".format, st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["MO", "AF", "EV", "NI"])),
)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case[2])
def test_a_spanish_expression_has_type_value_and_days(case: list[Any]) -> None:
    text, published, words, kind, value, begin, end = case
    found = {t.text: t for t in temporal.tag(text, published, "es")}
    assert words in found, list(found)
    assert (found[words].type, found[words].value) == (kind, value)
    interval = found[words].interval
    assert (interval.date if interval else None, interval.enddate if interval else None) == (begin, end)


@pytest.mark.parametrize("case", TABLE["none"], ids=lambda case: case[0])
def test_what_only_looks_like_time_in_spanish_is_left_alone(case: list[str]) -> None:
    text, words = case
    assert all(words not in t.text for t in temporal.tag(text, "2021-06-16", "es"))


def test_spanish_has_times_but_cannot_be_coded() -> None:
    assert temporal.languages() == ("en", "es")
    assert dateline.languages() == ("en",)


def test_phrases_alone_follow_one_another() -> None:
    found = temporal.normalise(["June 8", "the next day", "annual", "no time"], date(2021, 6, 16))
    assert [t and t.value for t in found] == ["2021-06-08", "2021-06-09", "P1Y", None]


def test_an_adjective_that_seldom_tells_a_time_is_read_only_alone() -> None:
    assert temporal.tag("The annual report praised the quarterly dividend.", "2021-06-16") == ()


def test_the_holiday_of_a_country_needs_the_country() -> None:
    text = "The capital was shut on Independence Day."
    assert [t.value for t in temporal.tag(text, "2021-10-16")] == [None]
    assert [t.value for t in temporal.tag(text, "2021-10-16", country="IN")] == ["2021-08-15"]


@pytest.mark.parametrize("published", ["2021-06", "soon", "2021-02-30", ""])
def test_a_day_of_publication_that_is_none_is_refused(published: str) -> None:
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        temporal.tag("Police came on Monday.", published)


def test_a_language_without_rules_is_refused() -> None:
    with pytest.raises(DataError, match="xx"):
        temporal.tag("a", language="xx")


def test_timeml_keeps_the_text_and_marks_the_times() -> None:
    text = "Since May <and> about 10 days & \x00 every Monday\nit rained; tomorrow, too."
    made = temporal.to_timeml(text, temporal.tag(text, "2021-06-16"), "2021-06-16")
    root = ET.fromstring(made)
    body = root.find("TEXT")
    assert body is not None
    assert "".join(body.itertext()) == text.replace("\x00", "\ufffd")
    dct = root.find("DCT/TIMEX3")
    assert dct is not None
    assert dct.attrib["value"] == "2021-06-16"
    tags = [(t.text, t.attrib["type"], t.attrib["value"], t.attrib.get("mod"), t.attrib.get("quant")) for t in body.iter("TIMEX3")]
    assert tags == [
        ("May", "DATE", "2021-05", None, None),
        ("about 10 days", "DURATION", "P10D", "APPROX", None),
        ("every Monday", "SET", "XXXX-WXX-1", None, "EVERY"),
        ("tomorrow", "DATE", "2021-06-17", None, None),
    ]


def test_what_is_not_known_is_underspecified_in_timeml() -> None:
    text = "It rained the next day."
    assert 'value="XXXX-XX-XX"' in temporal.to_timeml(text, temporal.tag(text))


@given(st.text(max_size=200), st.none() | st.dates(), st.sampled_from(["en", "es"]))
def test_any_text_makes_valid_timeml(text: str, published: date | None, language: str) -> None:
    found = temporal.tag(text, published, language)
    root = ET.fromstring(temporal.to_timeml(text, found, published))
    assert len(list(root.iter("TIMEX3"))) == len(found) + (published is not None)


@given(st.lists(st.sampled_from(SPANISH), max_size=25), st.none() | st.dates() | st.sampled_from([date.min, date.max, date(2020, 2, 29)]))
def test_any_spanish_words_of_time_can_be_read(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    last = 0
    for expression in temporal.tag(text, published, "es"):
        assert expression.text == expression.span.of(text)
        assert last <= expression.span.start < expression.span.end
        last = expression.span.end
        assert expression.interval is None or expression.interval.latest is not None


@given(VALUES, st.sampled_from(["en", "es"]))
def test_a_printed_value_is_read_as_itself(value: str, language: str) -> None:
    (alone,) = temporal.normalise([value], "2021-06-16", language)
    assert alone is not None
    assert alone.value == value
    interval = alone.interval
    assert interval is not None
    assert interval.earliest is not None
    assert interval.latest is not None
    assert interval.earliest <= interval.latest


@given(st.integers(1, 9999), st.sampled_from("DWMY"))
def test_a_printed_length_is_read_as_itself(count: int, unit: str) -> None:
    (found,) = temporal.normalise([f"P{count}{unit}"])
    assert found is not None
    assert (found.type, found.value) == ("DURATION", f"P{count}{unit}")


@given(st.dates(min_value=date(1900, 3, 1), max_value=date(2199, 12, 1)))
def test_days_count_over_ends_of_months_and_years(published: date) -> None:
    yesterday, tomorrow, ago = temporal.tag("He came yesterday, goes tomorrow and fell ten days ago.", published)
    assert [t.value for t in (yesterday, tomorrow, ago)] == [str(published + timedelta(days=n)) for n in (-1, 1, -10)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The report is due by October 18.", "2020-10-18"),
        ("The court must rule by October 18.", "2020-10-18"),
        ("By October 18 every voter must register.", "2020-10-18"),
        ("He had left by October 18.", "2019-10-18"),
        ("The curfew holds until Sunday.", "2020-06-14"),
        ("They fled until Sunday.", "2020-06-07"),
        ("On Friday the president will meet the king.", "2020-06-12"),
        ("Talks start in October.", "2020-10"),
    ],
)
def test_a_deadline_lies_ahead_unless_a_past_is_told(text: str, value: str) -> None:
    (found,) = temporal.tag(text, "2020-06-10")
    assert found.value == value


@pytest.mark.parametrize("text", ["By Friday the camp was cleared.", "Police left before March 3."])
def test_by_and_before_have_an_end_and_no_begin(text: str) -> None:
    (found,) = temporal.tag(text, "2020-06-10")
    assert found.interval is not None
    assert (found.interval.date, found.interval.earliest) == (None, None)
    assert found.interval.enddate == found.value


def test_over_makes_more_only_of_a_length() -> None:
    found = temporal.tag("It took over two weeks, over the past week and over the weekend.", "2020-06-10")
    assert [t.mod for t in found] == ["MORE_THAN", None, None]


def test_the_words_counted_from_are_kept() -> None:
    text = "The bill was signed on June 8. The next day the union called a strike."
    interval = temporal.tag(text, "2021-06-16")[1].interval
    assert interval is not None
    assert interval.anchor_span is not None
    assert (interval.anchor, interval.anchor_span.of(text)) == ("2021-06-08", "June 8")


@pytest.mark.parametrize(
    "text",
    [
        "No. 1984 ran.",
        "Rs. 2002 was paid.",
        "He paid $1999.",
        "EUR 1995 was owed.",
        "1990 of them fled.",
        "Maria, 19, won.",
        "A crowd of 1999 people.",
    ],
)
def test_numbers_that_count_or_name_are_no_years(text: str) -> None:
    assert temporal.tag(text, "2020-06-10") == ()


def test_languages_have_the_same_contexts() -> None:
    english, spanish = (set(read_rules(language)["contexts"]["values"]) for language in ("en", "es"))
    assert {name for name in english ^ spanish if not name.startswith("not_")} == set()


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_written_day_is_that_day_on_leap_days_and_year_ends(day: date) -> None:
    """The rules read the years 1500 to 2099."""
    for when in (day, date(day.year, 12, 31), date(day.year - day.year % 4 or 4, 2, 28) + timedelta(days=1)):
        text = f"It was on {when:%B} {when.day}, {when.year}."
        assert [t.value for t in temporal.tag(text, day)] == [when.isoformat()]
