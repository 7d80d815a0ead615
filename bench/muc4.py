"""The set ``muc4``: templates of incidents for whole reports in capitals, scored by the shared ``score.py``.

The texts are put into mixed case first. Two answers are scored: `head_*` by heads that the bench fits on the train part from features
of our analysis (nothing of them is shipped), and `rules_*` straight from the coded events.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

import dateline
from bench.coding import Coded
from bench.muc4_rules import rule_templates
from bench.muc4_templates import Heads, Report, fit, read, templates
from bench.muc4_where import Scene, fit_setting, scene_of
from bench.outcome import Outcome, f1
from bench.shared import Source, read_jsonl
from bench.truecase import Truecaser
from dateline.evaluate.bootstrap import intervals
from dateline.types import Analysis, Failure

CASED = (("articles", "documents.jsonl"), ("polnear", "train.jsonl"), ("factuality", "train.jsonl"))
"""News in mixed case that the case of words is learned from: only the words' case is used."""


def truecaser(source: Source, train: Sequence[Mapping[str, Any]]) -> Truecaser:
    """Learn the case of words."""
    cased = (str(row["text"]) for folder, name in CASED for row in read_jsonl(source.open(folder, name)))
    return Truecaser(cased, [row["text"] for row in train])


def analyses(
    rows: Sequence[Mapping[str, Any]], case: Truecaser, coder: Any
) -> Iterator[tuple[Mapping[str, Any], Analysis | Failure, list[dict[str, Any]]]]:
    """Yield each report with its analysis and its records, in order; none is kept."""
    given = ({"id": r["id"], "text": case(r["text"]), "published": r.get("doc_date"), "language": "en"} for r in rows)
    for row, result in zip(rows, coder.stream(given), strict=True):
        if isinstance(result, Failure):
            yield row, result, []
        else:
            yield row, result.analysis, result.to_dicts()


def fitted(train: Sequence[Mapping[str, Any]], case: Truecaser, coder: Any) -> tuple[Heads, Any]:
    """Fit the heads on the train part."""
    rows: list[Mapping[str, Any]] = []
    reports: list[Report] = []
    scenes: list[Scene] = []
    for row, analysis, _ in analyses(train, case, coder):
        if isinstance(analysis, Failure):
            continue
        rows.append(row)
        reports.append(read(analysis))
        scenes.append(scene_of(analysis, row.get("dateline")))
    return fit(reports, rows), fit_setting(scenes, rows)


def row_of(scorer: ModuleType, gold: Mapping[str, Any], predicted: Mapping[str, Any], name: str) -> dict[str, tuple[int, ...]]:
    """Return one report's counts, made by the scorer itself."""
    alone = scorer.score_muc4([(gold, predicted)])
    kept: list[tuple[Any, Any]] = []
    for template in gold["templates"]:
        made = scorer.muc_template(template)
        if made not in [m for m, _ in kept]:
            kept.append((made, template))
    found = [scorer.muc_template(t) for t in predicted["templates"]]
    sizes = [sum(1 + sum(len(t[r]) for r in scorer.MUC_ROLES) for t in ts) for ts in ([m for m, _ in kept], found)]
    whole = alone["template"]
    counts: dict[str, tuple[int, ...]] = {
        f"{name}_template": (round(whole["p"] * sizes[1]), sizes[0], sizes[1], round(whole["r"] * sizes[0])),
    }
    for key, figure in (("role_filler", "role_filler"), ("document_relevance", "relevance"), ("date", "date")):
        part = alone[key]
        counts[f"{name}_{figure}"] = (round(part["r"] * part["gold"]), part["gold"], part["pred"])
    aligned = [kept[j][1] for j in scorer.align_templates(found, [m for m, _ in kept]).values()]
    for key, field in (("country", "country"), ("place", "places")):
        asked = sum(any(a[field] for a in t["locations"]) for t in aligned)
        counts[f"{name}_{key}_aligned"] = (round(alone[key]["r"] * alone[key]["gold"]), asked, 0)
    return counts


def figures_of(rows: Sequence[Mapping[str, tuple[int, ...]]]) -> dict[str, float]:
    """Add up some reports' counts: F1, or the share of aligned templates whose country or place is right."""
    total: dict[str, list[int]] = {}
    for row in rows:
        for name, counts in row.items():
            kept = total.setdefault(name, [0] * len(counts))
            for i, n in enumerate(counts):
                kept[i] += n
    figures: dict[str, float] = {}
    for name, sums in total.items():
        if name.endswith("_aligned"):
            figures[name] = sums[0] / sums[1] if sums[1] else 0.0
        elif len(sums) == 4:
            p, r = (sums[0] / sums[2] if sums[2] else 0.0), (sums[3] / sums[1] if sums[1] else 0.0)
            figures[f"{name}_f1"] = 2 * p * r / (p + r) if p + r else 0.0
        else:
            figures[f"{name}_f1"] = f1(*sums)
    return figures


def run(source: Source, limit: int | None) -> Outcome:
    """Fit the heads on the train part, code a part and score it."""
    scorer = source.scorer("score")
    gold = read_jsonl(source.gold("muc4"))[:limit]
    train = read_jsonl(source.open("muc4", "train.jsonl"))
    begun = time.perf_counter()
    coder = dateline.load()
    case = truecaser(source, train)
    heads, setting = fitted(train, case, coder)
    start_up = time.perf_counter() - begun
    begun = time.perf_counter()
    answers: dict[str, list[dict[str, Any]]] = {"head": [], "rules": []}
    records: list[dict[str, Any]] = []
    failures: list[Failure] = []
    for row, analysis, found in analyses(gold, case, coder):
        made: dict[str, list[dict[str, Any]]] = {"head": [], "rules": []}
        if isinstance(analysis, Failure):
            failures.append(analysis)
        else:
            scene = scene_of(analysis, row.get("dateline"))
            made["head"] = [setting.fill(t, scene) for t in templates(heads, read(analysis))]
            made["rules"] = rule_templates(analysis)
            records += found
        for name, given in made.items():
            answers[name].append({"id": row["id"], "templates": given})
    rows = [
        {key: counts for name in answers for key, counts in row_of(scorer, g, answers[name][i], name).items()} for i, g in enumerate(gold)
    ]
    return Outcome(
        set_name="muc4",
        part=source.part,
        scores={name: scorer.rounded(scorer.score("muc4", gold, given)) for name, given in answers.items()},
        figures=intervals(rows, figures_of),
        coded=Coded(
            records=records,
            results={},
            failures=tuple(failures),
            documents=len(gold),
            seconds=time.perf_counter() - begun,
            start_up=start_up,
        ),
        gold_events=sum(len(g["templates"]) for g in gold),
        floor={},
    )
