"""The table of reading functions: which function reads the matches of a rule (`make` in dates.yaml)."""

from __future__ import annotations

from collections.abc import Callable

from dateline.resolve import time_dates as dates
from dateline.resolve import time_durations as durations
from dateline.resolve import time_printed as printed
from dateline.resolve import time_relative as near
from dateline.resolve.time_values import Context, Groups, Reading

Maker = Callable[[Groups, Context], Reading | None]

MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        dates.iso_date,
        dates.numeric_date,
        printed.printed_value,
        dates.month_day,
        dates.month_ordinal,
        dates.month_year,
        dates.month_relative_year,
        dates.month,
        dates.month_range,
        dates.named_day,
        dates.season_year,
        dates.season,
        dates.quarter,
        dates.report_year,
        dates.this_half,
        dates.day_number,
        dates.spelled_year,
        dates.decade,
        dates.century,
        dates.year_range,
        dates.year,
        dates.holiday,
        near.weekday,
        near.weekday_of_week,
        near.deictic_day,
        near.last_night,
        near.overnight,
        near.this_part,
        near.narrative_day,
        near.narrative_part,
        near.later,
        near.distance,
        near.ago,
        near.ago_vague,
        near.year_earlier,
        near.week_of,
        near.near_unit,
        near.report_quarter,
        near.past_span,
        near.year_edge,
        near.weekend,
        durations.every,
        durations.frequency,
        durations.weekday_plural,
        durations.clock,
        durations.duration,
        durations.duration_vague,
        durations.whole_unit,
        durations.vague_reference,
    )
}
