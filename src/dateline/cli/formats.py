"""Events as lines of JSON and as rows of CSV. Both are UTF-8 wherever they are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO, Protocol

from dateline.record import dumps, event_to_dict
from dateline.run import Outcome

JOIN = "; "
"""Between the values of a cell that holds several (as the POLECAT files have it)."""

COLUMNS = (
    "document", "event_id", "date", "enddate", "date_precision", "date_text",
    "type", "modes", "contexts", "auxiliary", "quad_code", "event_scale",
    "actor_text", "actor_name", "actor_code", "actor_sectors",
    "recipient_text", "recipient_name", "recipient_code", "recipient_sectors",
    "place_text", "place_name", "city", "district", "province", "country", "country_code",
    "geonameid", "latitude", "longitude", "resolution", "radius_km",
    "counts", "claim", "says", "says_kind",
    "trigger", "evidence", "evidence_start", "evidence_end", "sentences", "confidence", "coder",
)  # fmt: skip
"""The columns of the CSV output, in order; docs/reference/command-line.md says what each holds."""

PLACE_KEYS = ("city", "district", "province", "country", "country_code", "geonameid", "resolution", "radius_km")
"""What a row takes from the first place under the name that the record has for it."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins with one of these for a formula (OWASP, CSV injection)."""


class Writer(Protocol):
    """Writes the events of a document and returns how many there were."""

    def write(self, outcome: Outcome) -> int:
        """Write one document."""
        ...


def records(outcome: Outcome, min_confidence: float) -> list[dict[str, Any]]:
    """Return the records of a document at or above a confidence (probability 0-1)."""
    return [event_to_dict(event, outcome.document) for event in outcome.events if event.confidence >= min_confidence]


class JsonlWriter:
    """One record a line."""

    def __init__(self, stream: BinaryIO, *, min_confidence: float) -> None:
        self.stream = stream
        self.min_confidence = min_confidence

    def write(self, outcome: Outcome) -> int:
        """Write the records of one document."""
        found = records(outcome, self.min_confidence)
        for record in found:
            # Half of a surrogate pair cannot be written as UTF-8; backslashreplace makes it the escape JSON has for it.
            self.stream.write((dumps(record) + "\n").encode("utf-8", "backslashreplace"))
        return len(found)


class CsvWriter:
    """One row an event, flat; a header first."""

    def __init__(self, stream: BinaryIO, *, min_confidence: float) -> None:
        self.stream = stream
        self.min_confidence = min_confidence
        self._row(COLUMNS)

    def write(self, outcome: Outcome) -> int:
        """Write the rows of one document."""
        found = records(outcome, self.min_confidence)
        for record in found:
            row = flat(record, outcome.document.text)
            self._row([guarded(row[column]) for column in COLUMNS])
        return len(found)

    def _row(self, cells: Sequence[Any]) -> None:
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\n").writerow(cells)
        self.stream.write(line.getvalue().encode("utf-8", "replace"))


def guarded(cell: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet would take for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def flat(record: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return a record as one row: several values in a cell are joined, what is unknown is empty.

    Places beyond the first are named in `place_text` and `place_name`; coordinates are those of the first.
    """
    place: Mapping[str, Any] = record["event_loc"][0] if record["event_loc"] else {}
    info: Mapping[str, Any] = record["date_info"] or {}
    says: Mapping[str, Any] = record["says"] or {}
    evidence = record["evidence"][0]
    return {
        "document": record["document"],
        "event_id": record["id"],
        "date": record["date"],
        "enddate": record["enddate"],
        "date_precision": info.get("precision"),
        "date_text": _line(info.get("text") or ""),
        "type": record["event"][0],
        "modes": _join(record["mode"]),
        "contexts": _join(record["context"]),
        "auxiliary": _join(record["auxiliary"]),
        "quad_code": record["quad_code"],
        "event_scale": record["event_scale"],
        **_side("actor", record["actor"]),
        **_side("recipient", record["recipient"]),
        "place_text": _join(p["extracted_place"] for p in record["event_loc"]),
        "place_name": _join(p["resolved_place"] for p in record["event_loc"]),
        **{key: place.get(key) for key in PLACE_KEYS},
        "latitude": place.get("lat"),
        "longitude": place.get("lon"),
        "counts": _join(_count(size) for size in record["size"]),
        "claim": record["claim"],
        "says": _line(says.get("entity_text") or ""),
        "says_kind": says.get("kind"),
        "trigger": _join(record["event_text"]),
        "evidence": _line(text[evidence["start"] : evidence["end"]]),
        "evidence_start": evidence["start"],
        "evidence_end": evidence["end"],
        "sentences": _join(str(item["sequence"]) for item in record["evidence"]),
        "confidence": record["confidence"],
        "coder": record["coder"],
    }


def _side(side: str, actors: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    actors = list(actors)
    return {
        f"{side}_text": _join(actor["entity_text"] for actor in actors),
        f"{side}_name": _join(actor["identifier_text"] for actor in actors),
        f"{side}_code": _join(actor["code"] for actor in actors),
        f"{side}_sectors": _join(" ".join(actor["sector"]) for actor in actors),
    }


def _count(size: Mapping[str, Any]) -> str:
    """Return a number with its bounds: ``killed 5``, ``killed 24-99``, ``killed 5-`` where the end is open."""
    low, high = size["min"], size["max"]
    return f"{size['what']} {low}" if low == high else f"{size['what']} {low}-{'' if high is None else high}"


def _join(values: Iterable[str | None]) -> str:
    """Join the values of a cell; one of several that is unknown keeps its place, so that names and codes stay in step."""
    lines = [_line(value or "") for value in values]
    return JOIN.join(lines) if any(lines) else ""


def _line(text: str) -> str:
    return " ".join(text.split())
