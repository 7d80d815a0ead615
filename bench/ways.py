"""Score one set's predictions made in several ways (zero-shot, head), each figure with its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

from bench.coding import Coded
from bench.heads import Answer, Item, cross_validated
from bench.outcome import Outcome
from bench.shared import Source
from dateline.evaluate.bootstrap import intervals
from dateline.types import Analysis

Labelled = Mapping[str, Any]
"""A line of gold or of predictions."""


def analysis_of(coded: Coded, id: str) -> Analysis | None:
    """Return what was found out of a text; None where it could not be coded."""
    result = coded.results.get(id)
    analysis: Analysis | None = None if result is None else result.analysis
    return analysis


def head_answers(
    source: Source,
    answer: Answer,
    items: Sequence[Item],
    truths: Sequence[Any],
    opened: Callable[[], tuple[Sequence[Item], Sequence[Any]]],
) -> list[Any]:
    """Answer a part of a set without a train file: dev by cross-validation, another part by a head fitted on all of dev.

    Args:
        opened: reads the open file's items and truths; called for another part only.
    """
    if source.part == "dev":
        return cross_validated(answer, items, truths)
    return answer(*opened(), items)


def grouped(gold: Sequence[Labelled], group: str) -> list[list[int]]:
    """Return the numbers of the lines of each document, documents in order of first mention: what the bootstrap draws."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(gold):
        found.setdefault(line[group], []).append(number)
    return list(found.values())


def outcome_of(
    source: Source,
    set_name: str,
    scorer: ModuleType,
    gold: Sequence[Labelled],
    ways: Mapping[str, Sequence[Labelled]],
    coded: Coded,
    figures_of: Callable[[Mapping[str, Any]], dict[str, float]],
    *,
    group: str = "id",
    row_of: Callable[[Labelled, Labelled], Any] | None = None,
    figures_of_rows: Callable[[Sequence[Any]], dict[str, float]] | None = None,
) -> Outcome:
    """Score each way with the shared scorer; a figure's name begins with its way's.

    Args:
        figures_of: picks figures out of the scorer's output.
        group: the field of the gold that names the document a line belongs to.
        row_of: what one line adds to the figures, where scoring the lines anew at each draw would take too long; by default the line.
        figures_of_rows: the same figures from such rows.
    """
    score = scorer.SETS[set_name][1]
    rows = {way: [row_of(g, p) if row_of else (g, p) for g, p in zip(gold, lines, strict=True)] for way, lines in ways.items()}
    figures = figures_of_rows or (lambda some: figures_of(score(list(some))))

    def statistics(some: Sequence[Sequence[int]]) -> dict[str, float]:
        numbers = [n for document in some for n in document]
        return {f"{way}_{name}": value for way, mine in rows.items() for name, value in figures([mine[n] for n in numbers]).items()}

    return Outcome(
        set_name=set_name,
        part=source.part,
        scores={way: scorer.rounded(scorer.score(set_name, list(gold), list(predicted))) for way, predicted in ways.items()},
        figures=intervals(grouped(gold, group), statistics),
        coded=coded,
        gold_events=len(gold),
        floor={},
    )
