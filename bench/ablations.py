"""The command ``python -m bench.ablations``: what each part of the coder adds on the coded articles, and how well it is calibrated.

Every row is a coder with something left out; its difference from the whole one is paired by article. ``--write`` puts the
tables into docs/explanation/learned-coder.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from training.corpus import Coded, load_articles
from training.lessons import taught

import dateline
from bench.articles import INPUT, Row, documents_of, figures_of, rows_of
from bench.outcome import f1
from bench.shared import REPOSITORY, AbsentError, Source, read_jsonl
from dateline.evaluate.bootstrap import paired_difference
from dateline.events.lexicon import TriggerLexicon
from dateline.events.triggers import Triggers
from dateline.learn.lessons import lesson_of
from dateline.merge.within_document import WithinDocument
from dateline.models.learned import LearnedModel, built_in, load_learned
from dateline.models.linear import LinearModel
from dateline.pipeline import NO_MODEL, Config
from dateline.types import Failure

PAGE = REPOSITORY / "docs" / "explanation" / "learned-coder.md"
SHOWN = ("event", "quad", "sentence", "actor_if_matched", "recipient_if_matched", "mode", "auxiliary_flags", "claim_flags", "record")
BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
Records = list[dict[str, Any]]


def without_joining(_language: str) -> Any:
    """Build the stage that takes no two triggers for one event."""
    folder = built_in("en")
    model = LinearModel(bias=-99.0, weights={}, slope=1.0, shift=0.0, threshold=1.0)
    return WithinDocument("en", load_learned(folder) if folder else None, model=model)


def without_lexicon(_language: str) -> Any:
    """Build the stage that knows no words: only the learned coder proposes."""
    return Triggers("en", TriggerLexicon(()))


def coders() -> dict[str, Config]:
    """Return the coders to compare by name; the first is what ships."""
    return {
        "lexicon and learned coder (what ships)": Config(),
        "lexicon and syntax alone": Config(model=NO_MODEL),
        "learned coder alone (no lexicon of triggers)": Config(replace={"events.triggers": without_lexicon}),
        "without weighing attributes": Config(drop=("events.attributes",)),
        "without joining mentions": Config(replace={"merge.within_document": without_joining}),
        "preset precision": Config(preset="precision"),
        "preset recall": Config(preset="recall"),
    }


def records_of(config: Config, documents: Iterable[Mapping[str, Any]]) -> Records:
    """Code documents; one that fails gives no records."""
    out: Records = []
    for found in dateline.load(config=config).stream([{k: d.get(k) for k in INPUT} for d in documents]):
        if not isinstance(found, Failure):
            out += found.to_dicts()
    return out


def calibration(
    scorer: ModuleType, gold: Sequence[Mapping[str, Any]], documents: Sequence[Mapping[str, Any]], records: Records
) -> list[tuple[float, bool]]:
    """Return each record's confidence and whether it is a gold event's match."""
    out: list[tuple[float, bool]] = []
    for g, d in zip(gold, documents, strict=True):
        mine = [r for r in records if r["document"] == g["id"]]
        where = [scorer.sentence_of(r, d["sentences"]) for r in mine]
        matched = {j for _, j in scorer.align(g["events"], mine, where, lambda a, b: a["type"] == b["event"][0])}
        out += [(r["confidence"], j in matched) for j, r in enumerate(mine)]
    return out


def calibration_error(found: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Return the expected calibration error (0 to 1), bins of equal width (Guo et al. 2017)."""
    total = 0.0
    for b in range(bins):
        mine = [(p, r) for p, r in found if min(int(p * bins), bins - 1) == b]
        if mine:
            total += abs(sum(p for p, _ in mine) - sum(r for _, r in mine)) / len(found)
    return total


def ablation_table(scorer: ModuleType, rows: Mapping[str, Sequence[Row]]) -> str:
    """Return the table of all coders, event F1 with its paired difference first."""
    whole = next(iter(rows.values()))
    lines = [
        "| coder | event, difference (95 %) | " + " | ".join(f"`{name}`" for name in SHOWN) + " |",
        "| --- | --- |" + " ---: |" * len(SHOWN),
    ]
    for name, mine in rows.items():
        figures = figures_of(scorer, mine)
        told = "–"
        if mine is not whole:
            change = paired_difference(whole, mine, lambda some: figures_of(scorer, some)["event"])
            told = f"{change.value:+.3f} ({change.low:+.3f} to {change.high:+.3f})"
        lines.append(f"| {name} | {told} | " + " | ".join(f"{figures[key]:.3f}" for key in SHOWN) + " |")
    return "\n".join(lines)


def calibration_table(found: Sequence[tuple[float, bool]]) -> str:
    """Return the reliability table and the expected calibration error."""
    lines = ["| confidence | events | mean confidence | right |", "| --- | ---: | ---: | ---: |"]
    for low, high in pairwise(BINS):
        mine = [(p, r) for p, r in found if low <= p < high or (high == 1.0 and p == 1.0)]
        if mine:
            n = len(mine)
            lines.append(f"| {low:.1f} to {high:.1f} | {n} | {sum(p for p, _ in mine) / n:.2f} | {sum(r for _, r in mine) / n:.2f} |")
    return "\n".join(
        [*lines, "", f"Expected calibration error on the dev articles: {calibration_error(found):.3f} ({len(found)} events, ten bins)."]
    )


def network_rows(folder: Path, corpus: Sequence[Coded]) -> list[tuple[int, int, int]]:
    """Return right, found and there of each article: event types of sentences, by the network alone, from one half on."""
    model = LearnedModel(folder)
    out = []
    for coded in corpus:
        analysis = coded.analysis
        arrays = lesson_of(analysis, taught(coded, passage=False), model.labels, model.tokenizer).arrays
        encoding = model.encode(analysis.document.text, analysis.sentences, analysis.tokens)
        said = (encoding.sentence_types >= 0.5) & (arrays["sentence_weight"] > 0)
        gold = arrays["sentence_target"] > 0
        out.append((int((said & gold).sum()), int(said.sum()), int(gold.sum())))
    return out


def network_table(folders: Sequence[Path], corpus: Sequence[Coded]) -> str:
    """Return the table of networks fitted on different data, each beside the first."""

    def f1_of(rows: Sequence[tuple[int, int, int]]) -> float:
        right, found, there = (sum(row[n] for row in rows) for n in range(3))
        return f1(right, there, found)

    lines = ["| network fitted on | types of sentences, F1 | difference (95 %) |", "| --- | ---: | --- |"]
    first: list[tuple[int, int, int]] = []
    for folder in folders:
        rows = network_rows(folder, corpus)
        first = first or rows
        change = paired_difference(first, rows, f1_of)
        told = "–" if rows is first else f"{change.value:+.3f} ({change.low:+.3f} to {change.high:+.3f})"
        lines.append(f"| {LearnedModel(folder).manifest['fitted_on']} | {f1_of(rows):.3f} | {told} |")
    return "\n".join(lines)


def fill(page: str, name: str, text: str) -> str:
    """Put text between a page's markers."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n\n{text}\n\n{end}{after}"


def main(argv: list[str] | None = None) -> int:
    """Code the articles with every coder and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.ablations", description="What each part of the coder adds, on coded articles.")
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared", help="the shared folder (default: ../shared)")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N articles")
    parser.add_argument(
        "--networks", type=Path, nargs="*", metavar="DIR", help="only compare networks fitted on different data (training.fit_coder)"
    )
    parser.add_argument("--write", action="store_true", help="write the tables into the docs")
    chosen = parser.parse_args(argv)
    source = Source(shared=chosen.shared.resolve(), data=None, part="dev")
    try:
        scorer = source.scorer("score_articles")
        gold = read_jsonl(source.gold("articles"))[: chosen.limit]
        documents = documents_of(source, "articles", gold)
    except AbsentError as absent:
        sys.stdout.write(f"skipped: {absent}\n")
        return 0
    if chosen.networks:
        corpus = load_articles(source.shared / "benchmarks" / "articles", "dev", "events.classification")[: chosen.limit]
        return show({"networks": network_table(chosen.networks, corpus)}, write=chosen.write)
    coded = {name: records_of(config, documents) for name, config in coders().items()}
    rows = {name: rows_of(scorer, gold, records, documents) for name, records in coded.items()}
    tables = {
        "ablations": ablation_table(scorer, rows),
        "calibration": calibration_table(calibration(scorer, gold, documents, next(iter(coded.values())))),
    }
    return show(tables, write=chosen.write)


def show(tables: Mapping[str, str], *, write: bool) -> int:
    """Print tables, and put them into the docs if asked."""
    for table in tables.values():
        sys.stdout.write(table + "\n\n")
    if write:
        page = PAGE.read_text(encoding="utf-8")
        for name, table in tables.items():
            page = fill(page, name, table)
        PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
