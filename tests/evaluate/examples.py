"""A small article with two gold events, and what a coder may write about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXT = "Harbour pilots blocked the lock. Police arrested three of them on 3 May."
DOCUMENT = {
    "id": "lock",
    "published": "2021-05-04",
    "publisher": "Own example",
    "title": "",
    "text": TEXT,
    "sentences": [[0, 0], [0, 32], [33, 72]],
}


def entity(text: str, *, name: str | None = None, country: str | None = "BEL", sectors: tuple[str, ...] = ("LAB",)) -> dict[str, Any]:
    return {"text": text, "name": name, "country": country, "sectors": list(sectors)}


def gold_event(kind: str, sentence: int, trigger: str, **more: Any) -> dict[str, Any]:
    return {
        "type": kind, "modes": [], "sents": [sentence], "trigger": trigger, "actor": [], "recipient": [], "date": "2021-05-03",
        "date_end": None, "place": None, "contexts": [], "aux": [], "says": None, "claim": "asserted", "counts": [], **more,
    }  # fmt: skip


def gold_events() -> list[dict[str, Any]]:
    return [
        gold_event("PROTEST", 1, "blocked", modes=["obstruct"], actor=[entity("Harbour pilots")]),
        gold_event(
            "COERCE", 2, "arrested",
            actor=[entity("Police", sectors=("COP",))], recipient=[entity("three of them")],
            counts=[{"what": "arrested", "value": 3, "max": 3, "text": "three of them"}],
        ),
    ]  # fmt: skip


def write(folder: Path, events: list[dict[str, Any]] | None = None) -> tuple[Path, Path]:
    """Write the example as gold.jsonl and documents.jsonl; return both paths."""
    gold, documents = folder / "gold.jsonl", folder / "documents.jsonl"
    gold.write_text(json.dumps({"id": "lock", "events": gold_events() if events is None else events}) + "\n", encoding="utf-8")
    documents.write_text(json.dumps(DOCUMENT) + "\n", encoding="utf-8")
    return gold, documents
