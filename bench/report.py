"""Show outcomes: a table for eyes, a JSON object for programs, and the table of the README."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.coding import peak_memory, versions
from bench.known import KNOWN
from bench.outcome import Outcome
from bench.sets import SETS

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"


def floor_and_best(outcome: Outcome) -> tuple[dict[str, float], dict[str, float]]:
    """Return the floor (known ones and those computed on this very part) and the best known figures."""
    known = KNOWN[outcome.set_name]
    return {**known.floor.get(outcome.part, {}), **outcome.floor}, known.best


def cell(value: float | None) -> str:
    """Show a fraction with three decimals, and what is not known as a dash."""
    return "-" if value is None else f"{value:.3f}"


def as_text(outcome: Outcome) -> str:
    """Return the table for eyes."""
    known, coded = KNOWN[outcome.set_name], outcome.coded
    floor, best = floor_and_best(outcome)
    lines = [
        f"{outcome.set_name} ({outcome.part}): {coded.documents} {SETS[outcome.set_name].unit}, "
        f"{outcome.gold_events} gold {SETS[outcome.set_name].things}, {len(coded.records)} coded",
        f"{'figure':<34}{'score':>7}   {'95% interval':<15}{'floor':>7}{'best known':>12}",
    ]
    for name, interval in outcome.figures.items():
        between = f"{interval.low:.3f} to {interval.high:.3f}"
        lines.append(f"{name:<34}{interval.value:>7.3f}   {between:<15}{cell(floor.get(name)):>7}{cell(best.get(name)):>12}")
    lines.append(f"floor: {known.floor_source}; best known: {known.best_source}")
    speed = f"{coded.per_second:.1f} {SETS[outcome.set_name].unit}/s"
    lines.append(f"{speed}, start-up {coded.start_up:.1f} s, peak memory {peak_memory()} MiB")
    lines.extend(f"not coded: {failure.document}: {failure.stage}: {failure.message}" for failure in coded.failures)
    return "\n".join(lines)


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Return the object for programs; the scorer's own output is under ``scores``."""
    floor, best = floor_and_best(outcome)
    return {
        "set": outcome.set_name,
        "part": outcome.part,
        "documents": outcome.coded.documents,
        "failed": [{"document": f.document, "stage": f.stage, "message": f.message} for f in outcome.coded.failures],
        "gold_events": outcome.gold_events,
        "coded_events": len(outcome.coded.records),
        "scores": outcome.scores,
        "intervals": {
            name: {"value": round(i.value, 4), "low": round(i.low, 4), "high": round(i.high, 4)} for name, i in outcome.figures.items()
        },
        "floor": {name: round(value, 4) for name, value in floor.items()},
        "best_known": best,
        "documents_per_second": round(outcome.coded.per_second, 2),
        "start_up_seconds": round(outcome.coded.start_up, 2),
        "peak_memory_mib": peak_memory(),
        "versions": versions(),
    }


def readme_table(outcomes: list[Outcome]) -> str:
    """Return the README's table: the main figures of every set, in Markdown."""
    lines = ["| set | figure | score | 95 % interval | floor | best known |", "| --- | --- | ---: | --- | ---: | ---: |"]
    notes = []
    for outcome in outcomes:
        floor, best = floor_and_best(outcome)
        for name in SETS[outcome.set_name].shown:
            interval = outcome.figures[name]
            between = f"{interval.low:.3f} to {interval.high:.3f}"
            row = (outcome.set_name, name.replace("_", " "), cell(interval.value), between, cell(floor.get(name)), cell(best.get(name)))
            lines.append("| " + " | ".join(row) + " |")
        known = KNOWN[outcome.set_name]
        notes.append(
            f"`{outcome.set_name}` ({outcome.part}, {outcome.coded.documents} {SETS[outcome.set_name].unit}, "
            f"{outcome.gold_events} gold {SETS[outcome.set_name].things}): {SETS[outcome.set_name].about}. Floor: {known.floor_source}. "
            f"Best known: {known.best_source}."
        )
    return "\n".join([*lines, "", *(f"- {note}" for note in notes)])


def write_readme(path: Path, outcomes: list[Outcome]) -> None:
    """Rewrite the table between the two markers; everything else in the file stays as it is."""
    text = path.read_text(encoding="utf-8")
    begin, end = text.find(BEGIN), text.find(END)
    if begin < 0 or end < begin:
        raise ValueError(f"{path.name} has no '{BEGIN}' before '{END}'")
    path.write_text(f"{text[: begin + len(BEGIN)]}\n\n{readme_table(outcomes)}\n\n{text[end:]}", encoding="utf-8")
