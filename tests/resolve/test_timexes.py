"""Temporal expressions are found where they stand and name the days that a reader would take them for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.support import analysed

from dateline.errors import DataError
from dateline.resolve import time_calendar as cal
from dateline.resolve.time_grammar import Grammar
from dateline.resolve.time_makers import MAKERS
from dateline.resolve.timexes import TemporalTagger, Timexes
from dateline.types import Analysis, Document, Layer, TimeExpression

TABLE: dict[str, list[list[Any]]] = yaml.safe_load((Path(__file__).parent.parent / "cases" / "timexes.yaml").read_text(encoding="utf-8"))
TAGGER = TemporalTagger()
WORDS = [
    "Monday", "last", "week", "two", "days", "later", "ago", "the", "next", "that", "night", "29", "30", "February", "31", "April",
    "2020", "1999", "9999", "0001", "until", "from", "to", "May", "Christmas", "year", "99999", "century", "early", "1990s",
    "'90s", "31/12/9999", "2000-02-30", "between", "and", "12:61", "25", "a", "decade", "\n", "\n\n", ",", ".", "quarter", "first",
    "99", "centuries", "weekend",
]  # fmt: skip


def times(text: str, published: str | None = "2021-06-16") -> tuple[TimeExpression, ...]:
    return analysed(text, until="resolve.timexes", published=published).timexes


def dates(text: str, published: str | None = "2021-06-16") -> list[tuple[str, str | None, str | None]]:
    return [(t.text, t.interval.date if t.interval else None, t.interval.enddate if t.interval else None) for t in times(text, published)]


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: f"{case[2]} ({case[1]}): {case[0]}")
def test_an_expression_has_type_value_and_days(case: list[Any]) -> None:
    text, published, words, kind, value, begin, end = case
    found = {t.text: t for t in times(text, str(published) if published else None)}
    assert words in found, list(found)
    expression = found[words]
    assert (expression.type, expression.value) == (kind, value)
    interval = expression.interval
    assert (interval.date if interval else None, interval.enddate if interval else None) == (begin, end)


@pytest.mark.parametrize("case", TABLE["none"], ids=lambda case: case[0])
def test_what_only_looks_like_time_is_left_alone(case: list[Any]) -> None:
    text, published, words = case
    start = text.index(words)
    assert [t.text for t in times(text, str(published)) if t.span.start < start + len(words) and start < t.span.end] == []


def test_the_narrative_is_followed_from_day_to_day() -> None:
    text = (
        "The strike began on June 1.\n\nRoads were blocked the following week, on June 8. On the same day the court ruled against it.\n\n"
        "The next day two drivers were arrested. That night the depot burned. Two days later the minister resigned."
    )
    assert dates(text) == [
        ("June 1", "2021-06-01", None),
        ("the following week", "2021-06-07", "2021-06-13"),
        ("June 8", "2021-06-08", None),
        ("the same day", "2021-06-08", None),
        ("The next day", "2021-06-09", None),
        ("That night", "2021-06-09", None),
        ("Two days later", "2021-06-11", None),
    ]


def test_looking_back_does_not_move_the_narrative() -> None:
    text = "The bill was signed on June 8. The union had warned on the previous day of a strike. That night the depot burned."
    assert [begin for _, begin, _ in dates(text)] == ["2021-06-08", "2021-06-07", "2021-06-08"]


def test_a_day_to_come_does_not_move_the_narrative() -> None:
    text = "The bill was signed on June 8. It sets the vote for September 5. The next day the union called a strike."
    assert [begin for _, begin, _ in dates(text)] == ["2021-06-08", "2021-09-05", "2021-06-09"]


def test_today_in_somebody_s_mouth_does_not_move_the_narrative() -> None:
    text = 'The bill was signed on June 8. "Today we were betrayed," the leader said. That night the depot burned.'
    assert [begin for _, begin, _ in dates(text)] == ["2021-06-08", "2021-06-16", "2021-06-08"]


def test_without_a_date_told_before_the_next_day_has_no_value() -> None:
    (found,) = times("The next day two drivers were arrested.")
    assert (found.value, found.interval) == (None, None)


def test_a_span_told_by_two_dates_has_an_end() -> None:
    (first, second) = times("The siege lasted from 28 May to 3 June.")
    assert first.interval is not None
    assert (first.interval.date, first.interval.enddate, first.interval.latest) == ("2021-05-28", "2021-06-03", "2021-06-03")
    assert first.interval.text == "28 May to 3 June"
    assert second.interval == first.interval


def test_until_tells_an_end_and_no_begin() -> None:
    assert dates("Until this Tuesday the bridge stayed shut.") == [("this Tuesday", None, "2021-06-15")]
    assert dates("The siege lasted from May 28 until Tuesday.")[0] == ("May 28", "2021-05-28", "2021-06-15")


def test_two_weekdays_in_a_row_are_a_span_and_two_apart_are_not() -> None:
    assert dates("Dockers struck on Monday and Tuesday.")[0] == ("Monday", "2021-06-14", "2021-06-15")
    assert dates("Dockers struck on Saturday and Tuesday.")[0] == ("Saturday", "2021-06-12", None)


def test_a_day_that_may_be_read_two_ways_keeps_the_year_alone() -> None:
    (found,) = times("The order of 03/04/2018 was lifted.")
    assert found.interval is not None
    assert (found.value, found.interval.earliest, found.interval.latest) == ("2018", "2018-03-04", "2018-04-03")


def test_how_a_date_is_known_is_told() -> None:
    explicit, publication, narrative = times("It began on 1 June 2021. Police came on Monday. The next day they left.")
    known = [(t.interval.known, t.interval.rule, t.interval.anchor) for t in (explicit, publication, narrative) if t.interval]
    assert known == [
        ("explicit", "day-month", None),
        ("publication", "weekday", "2021-06-16"),
        ("narrative", "narrative-day", "2021-06-14"),
    ]


def test_the_edge_of_a_month_narrows_its_bounds() -> None:
    (found,) = times("The envoy came in early June 2018.")
    assert found.interval is not None
    assert (found.interval.date, found.interval.earliest, found.interval.latest) == ("2018-06", "2018-06-01", "2018-06-10")


def test_spans_count_code_points_and_line_breaks() -> None:
    text = "😀 Mineros: the siege of Áñez ended on June\n3, officials said."
    (found,) = times(text)
    assert found.text == text[found.span.start : found.span.end] == "June\n3"
    assert found.value == "2021-06-03"


def test_the_stage_sets_its_own_layer_only() -> None:
    before = analysed("Police came on Monday.", until="annotate.syntax", published="2021-06-16")
    (after,) = Timexes()([before])
    assert {name for name in before.__slots__ if getattr(before, name) != getattr(after, name)} == {Layer.TIMEXES.value}


def test_a_document_without_sentences_has_no_times() -> None:
    (after,) = Timexes()([Analysis(document=Document(id="x", text=""))])
    assert after.timexes == ()


def test_a_language_without_rules_is_refused() -> None:
    with pytest.raises(DataError, match="xx"):
        TemporalTagger("xx")


def test_every_rule_has_a_function_and_every_function_a_rule() -> None:
    used = {rule.make for language in ("en", "es") for rule in Grammar.load(language).rules}
    assert used == set(MAKERS)


def test_the_tagger_works_alone() -> None:
    found = TAGGER.tag("Police came on Monday and will return on Friday.", published=date(2021, 6, 16))
    assert [(t.text, t.value) for t in found] == [("Monday", "2021-06-14"), ("Friday", "2021-06-18")]


def check(text: str, published: date | None) -> None:
    found = TAGGER.tag(text, published)
    last = 0
    for expression in found:
        assert expression.text == expression.span.of(text)
        assert last <= expression.span.start < expression.span.end
        last = expression.span.end
        interval = expression.interval
        if interval is not None:
            assert interval.latest is not None
            assert interval.earliest is None or interval.earliest <= interval.latest
            assert (interval.date is None) == (interval.earliest is None)
            assert interval.date or interval.enddate
    assert TAGGER.tag(text, published) == found


@given(st.text(max_size=200), st.none() | st.dates())
def test_any_text_can_be_read(text: str, published: date | None) -> None:
    check(text, published)


@given(st.lists(st.sampled_from(WORDS), max_size=25), st.none() | st.dates() | st.sampled_from([date.min, date.max, date(2020, 2, 29)]))
def test_any_words_of_time_can_be_read(words: list[str], published: date | None) -> None:
    check(" ".join(words), published)


@given(st.dates(), st.integers(-200, 200), st.sampled_from(["D", "W", "M", "Q", "Y", "E", "C"]))
def test_a_unit_holds_the_day_it_was_moved_to(when: date, count: int, unit: str) -> None:
    moved = cal.move(when, count, unit)
    if moved is not None:
        period = cal.containing(moved, unit)
        assert period is None or period.start <= moved <= period.end


@given(st.dates(min_value=date(1, 2, 1), max_value=date(9999, 11, 1)), st.integers(1, 7))
def test_a_weekday_is_at_most_a_week_away(when: date, number: int) -> None:
    before, after = cal.weekday_before(when, number, strictly=True), cal.weekday_after(when, number, strictly=False)
    assert before is not None
    assert after is not None
    assert before.isoweekday() == after.isoweekday() == number
    assert 1 <= (when - before).days <= 7
    assert 0 <= (after - when).days <= 6


@pytest.mark.parametrize(("year", "day"), [(2000, "2000-04-23"), (2019, "2019-04-21"), (2024, "2024-03-31"), (2025, "2025-04-20")])
def test_easter_falls_where_the_church_says(year: int, day: str) -> None:
    assert str(cal.easter(year)) == day


def test_a_month_on_from_the_last_day_is_the_last_day() -> None:
    assert cal.shift_months(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert cal.shift_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert cal.shift_months(date(2024, 2, 29), -12) == date(2023, 2, 28)
