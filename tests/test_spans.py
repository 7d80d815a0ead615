"""Every span in every record quotes the text: over the project's corpus, and over the shared benchmarks when present.

By default about 40 benchmark documents are coded, some of every set; DATELINE_ALL_SPANS=1 takes all of them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import dateline
from dateline.types import Failure

CORPUS = Path(__file__).parent / "corpus" / "documents.jsonl"
BENCHMARKS = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[2] / "shared")) / "benchmarks"
SAMPLE = 40
MOST_CHARACTERS = 20_000
"""Sampled documents are no longer than this, in code points, so that the sample stays quick."""


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def benchmark_documents() -> list[dict[str, Any]]:
    """Return texts of all sets: all of them if asked, else an even sample of every file."""
    everything = bool(os.environ.get("DATELINE_ALL_SPANS"))
    files = []
    for path in sorted(BENCHMARKS.glob("*/*.jsonl")):
        texts = [row["text"] for row in lines(path) if isinstance(row.get("text"), str) and row["text"].strip()]
        if texts:
            files.append((f"{path.parent.name}-{path.stem}", texts))
    out = []
    for name, texts in files:
        wanted = len(texts) if everything else max(1, SAMPLE // len(files))
        chosen = sorted({i * len(texts) // wanted for i in range(wanted)})
        out.extend({"id": f"{name}-{i}", "text": texts[i]} for i in chosen if everything or len(texts[i]) <= MOST_CHARACTERS)
    return out


def quotes(record: Mapping[str, Any]) -> Iterator[tuple[str, int | None, int | None, str | None]]:
    """Yield (field, start, end, quoted text) for every span of a record; the text is None where none is written."""
    for number, evidence in enumerate(record["evidence"]):
        trigger = evidence["trigger"]
        written = record["event_text"][number] if number < len(record["event_text"]) else None
        yield "evidence", evidence["start"], evidence["end"], None
        yield "trigger", trigger["start"], trigger["end"], written
    for side in ("actor", "recipient"):
        for entity in record[side]:
            if entity["entity_text"] or entity["start"] is not None:
                yield side, entity["start"], entity["end"], entity["entity_text"]
    for place in record["event_loc"]:
        if place["start"] is not None:
            yield "event_loc", place["start"], place["end"], place["extracted_place"]
    for size in record["size"]:
        yield "size", size["start"], size["end"], size["text"]
    if record["date_info"] and record["date_info"]["start"] is not None:
        yield "date_info", record["date_info"]["start"], record["date_info"]["end"], record["date_info"]["text"]
    if record["says"]:
        cue = record["says"]["cue"]
        if cue:
            yield "cue", cue["start"], cue["end"], cue["text"]
        if record["says"]["start"] is not None:
            yield "says", record["says"]["start"], record["says"]["end"], record["says"]["entity_text"]


def problems(text: str, record: Mapping[str, Any]) -> list[str]:
    found = []
    for field, start, end, quoted in quotes(record):
        if start is None or end is None or not 0 <= start < end <= len(text):
            found.append(f"{field}: [{start}, {end}) is no span of the text")
        elif quoted is not None and text[start:end] != quoted:
            found.append(f"{field}: {quoted!r} is not {text[start:end]!r}")
    for evidence in record["evidence"]:
        if not evidence["start"] <= evidence["trigger"]["start"] < evidence["trigger"]["end"] <= evidence["end"]:
            found.append("trigger: not within its evidence")
    return found


def check(documents: list[dict[str, Any]]) -> int:
    """Code documents, assert that every span quotes its text, and return the number of records."""
    texts = {d["id"]: d["text"] for d in documents}
    wrong: list[str] = []
    records = 0
    for result in dateline.load().stream(documents):
        if isinstance(result, Failure):
            assert result.stage == "ingest.language", f"{result.document}: {result.stage}: {result.message}"
            continue
        for record in result.to_dicts():
            records += 1
            wrong.extend(f"{record['document']} {record['event'][0]}: {p}" for p in problems(texts[record["document"]], record))
    assert not wrong, "\n".join(wrong[:20])
    return records


def test_spans_quote_the_corpus() -> None:
    documents = [{key: row[key] for key in ("id", "text", "published")} for row in lines(CORPUS)]
    assert check(documents) > 0


def test_spans_quote_the_benchmarks() -> None:
    if not BENCHMARKS.is_dir():
        pytest.skip("the shared benchmarks are not there")
    assert check(benchmark_documents()) > 0


def test_a_wrong_span_is_seen() -> None:
    record = {
        "evidence": [{"start": 0, "end": 12, "trigger": {"start": 7, "end": 12}}], "event_text": ["rests"],
        "actor": [{"entity_text": "Guard", "start": 0, "end": 6}], "recipient": [{"entity_text": "", "start": None, "end": None}],
        "event_loc": [{"extracted_place": "here", "start": 10, "end": 40}], "size": [], "date_info": None, "says": None,
    }  # fmt: skip
    assert problems("Guards march", record) == [
        "trigger: 'rests' is not 'march'",
        "actor: 'Guard' is not 'Guards'",
        "event_loc: [10, 40) is no span of the text",
    ]
