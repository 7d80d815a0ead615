"""The table of sets: one row a set, one adapter file a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench import (
    articles,
    cameo_spans,
    case2021,
    factuality,
    glocon,
    india_police,
    muc4,
    passages,
    plover_gsr,
    plv,
    polnear,
    satp,
    timex_norm,
    timexes,
    toponyms,
)  # fmt: skip
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
    things: str = "events"
    """What is counted in the gold."""


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
        BenchmarkSet(
            name="plv",
            run=plv.run,
            about="a marked pair of sides in a sentence, one of 15 classes",
            shown=("zero_shot_root_macro_f1", "head_root_macro_f1"),
            unit="sentences",
            things="relations",
        ),
        BenchmarkSet(
            name="cameo-spans",
            run=cameo_spans.run,
            about="source and target spans of a sentence, and its quad class",
            shown=("zero_shot_span_overlap_f1", "head_span_overlap_f1", "head_span_exact_f1", "head_penta_macro_f1"),
            unit="sentences",
            things="sentences",
        ),
        BenchmarkSet(
            name="case2021-task2",
            run=case2021.run,
            about="news snippets, one of 30 ACLED-like types each",
            shown=("zero_shot_subtask1_weighted_f1", "head_subtask1_weighted_f1"),
            unit="snippets",
            things="labels",
        ),
        BenchmarkSet(
            name="india-police-docs",
            run=india_police.run_documents,
            about="articles of 2002, what the police did or failed to do",
            shown=("zero_shot_macro_f1", "head_macro_f1"),
            unit="articles",
            things="articles",
        ),
        BenchmarkSet(
            name="india-police-sents",
            run=india_police.run_sentences,
            about="the sentences of those articles",
            shown=("zero_shot_macro_f1", "head_macro_f1"),
            unit="sentences",
            things="sentences",
        ),
        BenchmarkSet(
            name="glocon-docs",
            run=glocon.run_documents,
            about="South African press reports, mostly negative: a contentious event or none",
            shown=("zero_shot_f1", "head_f1"),
            unit="reports",
            things="labels",
        ),
        BenchmarkSet(
            name="glocon-sents",
            run=glocon.run_sentences,
            about="sentences of such reports",
            shown=("zero_shot_f1", "head_f1"),
            unit="sentences",
            things="labels",
        ),
        BenchmarkSet(
            name="satp",
            run=satp.run,
            about="conflict summaries, their attack types",
            shown=("zero_shot_example_f1", "head_example_f1"),
            unit="summaries",
            things="summaries",
        ),
        BenchmarkSet(
            name="toponyms",
            run=toponyms.run,
            about="place names in news with known points; on dev the half on which no weights were fitted (but choices were made)",
            shown=("mean_given_161", "mean_text_161", "mean_overlap_f1"),
            unit="articles",
        ),
        BenchmarkSet(
            name="tempeval3",
            run=timexes.run,
            about="temporal expressions of TimeBank and AQUAINT (test: the platinum documents), found and normalised",
            shown=("relaxed", "type", "value"),
            things="expressions",
        ),
        BenchmarkSet(
            name="tempeval3-meantime",
            run=timexes.run_meantime,
            about="temporal expressions of MEANTIME (English Wikinews)",
            shown=("relaxed", "type", "value"),
            things="expressions",
        ),
        BenchmarkSet(
            name="timex_norm-en",
            run=timex_norm.run_english,
            about="values of given English expressions, without their sentence",
            shown=("value_accuracy",),
            things="expressions",
        ),
        BenchmarkSet(
            name="timex_norm-es",
            run=timex_norm.run_spanish,
            about="values of given Spanish expressions, without their sentence",
            shown=("value_accuracy",),
            things="expressions",
        ),
        BenchmarkSet(
            name="muc4",
            run=muc4.run,
            about="incident templates of whole reports in capitals; `head`: by heads fitted in the bench on the train part, not shipped; "
            "`rules`: straight from the records",
            shown=("head_role_filler_f1", "head_template_f1", "head_country_aligned", "head_place_aligned", "rules_role_filler_f1"),
            unit="reports",
            things="templates",
        ),
        BenchmarkSet(
            name="polnear",
            run=polnear.run,
            about="who is cited for what in political news, wishes and judgements counted",
            shown=("content_overlap", "content_and_source"),
            unit="articles",
            things="attributions",
        ),
        BenchmarkSet(
            name="factuality",
            run=factuality.run,
            about="did given events happen by the text (UW); `head`: by a ridge fitted in the bench on the train part, not shipped; "
            "`rules`: by our flags alone",
            shown=("head_pearson", "rules_pearson"),
            unit="sentences",
        ),
    )
}
