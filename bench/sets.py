"""The table of sets: one row a set, one adapter file a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench import articles, passages, plover_gsr
from bench.outcome import Outcome
from bench.shared import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkSet:
    """A set by its name: how to run it, what it tests, and the figures that the README shows."""

    name: str
    run: Callable[[Source, int | None], Outcome]
    about: str
    shown: tuple[str, ...]
    unit: str = "documents"


SETS: dict[str, BenchmarkSet] = {
    row.name: row
    for row in (
        BenchmarkSet(
            name="articles",
            run=articles.run,
            about="whole news articles, all fields",
            shown=("event", "quad", "sentence", "actor", "recipient", "place", "date_if_matched", "record"),
            unit="articles",
        ),
        BenchmarkSet(
            name="passages",
            run=passages.run,
            about="marked passages of one to three sentences (also used for training)",
            shown=("event", "actor", "recipient"),
            unit="passages",
        ),
        BenchmarkSet(
            name="plover-gsr",
            run=plover_gsr.run,
            about="single sentences of the CAMEO manual, one PLOVER record each",
            shown=("event_accuracy", "event_macro_f1", "actors_f1", "country_f1", "record_accuracy"),
            unit="sentences",
        ),
    )
}
