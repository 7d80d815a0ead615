"""A user's coded articles as lessons: records as exported (docs/reference/record.md), corrected or written by hand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dateline.errors import InputError
from dateline.learn.lessons import Taught, root_of
from dateline.types import Analysis, Span

KINDS = {"mode": "mode", "auxiliary": "aux", "claim": "claim", "context": "context"}
"""The kinds of attribute, by the field of a record that holds them."""
SIDES = {"actor": "actor", "recipient": "recipient", "says": "says", "event_loc": "place"}
"""The roles, by the field of a record that holds them."""


def read_records(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Read a file of one record a line; return the records by document.

    Raises:
        InputError: The file cannot be read, or a line is no record; says which and what is wrong.
    """
    out: dict[str, list[dict[str, Any]]] = defaultdict(list)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(f"{path} cannot be read as UTF-8 text: {problem}") from problem
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as problem:
            raise InputError(f"{path}, line {number}: no JSON ({problem})") from problem
        wrong = _wrong(record)
        if wrong:
            raise InputError(f"{path}, line {number}: {wrong}")
        out[record["document"]].append(record)
    if not out:
        raise InputError(f"{path} holds no records: export them with dateline code ARTICLES --format jsonl, and correct them")
    return dict(out)


def _wrong(record: Any) -> str | None:
    """Say what a record lacks to be learned from, or None."""
    if not isinstance(record, dict) or not isinstance(record.get("document"), str):
        return "a record is an object that names its `document`"
    kinds = record.get("event")
    if not (isinstance(kinds, list) and len(kinds) == 1 and isinstance(kinds[0], str)):
        return "`event` is a list of one type"
    evidence = record.get("evidence")
    if not isinstance(evidence, list) or not evidence:
        return "`evidence` is a list of at least one sentence with its trigger"
    for spans in (*evidence, evidence[0].get("trigger") if isinstance(evidence[0], dict) else None):
        if (
            not isinstance(spans, dict)
            or not all(type(spans.get(k)) is int for k in ("start", "end"))
            or not 0 <= spans["start"] < spans["end"]
        ):
            return "`evidence` and its first `trigger` have a start and an end, counted in code points"
    return None


def taught_by(analysis: Analysis, records: Sequence[Mapping[str, Any]]) -> list[Taught]:
    """Return a document's records in terms of its analysis.

    Raises:
        InputError: A span lies outside the text: the records were made from another version of it.
    """
    out = []
    for record in records:
        told = [s for e in record["evidence"] for s in sentences_in(analysis, span_of(e))]
        trigger = tuple(tokens_in(analysis, span_of(record["evidence"][0]["trigger"])))
        if not trigger:
            name, start = analysis.document.id, record["evidence"][0]["trigger"]["start"]
            raise InputError(f"no word stands at {start}, where a record has its trigger: was it made from this text?", document=name)
        first = analysis.tokens[trigger[0]].sentence
        places = [x["end"] for x in record.get("event_loc") or () if x.get("end") is not None]
        says = record.get("says")
        roles = {
            "actor": heads_at(analysis, record.get("actor") or ()),
            "recipient": heads_at(analysis, record.get("recipient") or ()),
            "says": heads_at(analysis, [says] if says else ()),
            "place": frozenset(t.index for t in analysis.tokens if t.span.end in places),
        }
        out.append(
            Taught(
                event_type=record["event"][0],
                sentences=(first, *(s for s in dict.fromkeys(told) if s != first)),
                trigger=trigger,
                # a field that is left out says nothing; an empty one says that there is nobody
                roles={role: roles[role] for name, role in SIDES.items() if name in record},
                attributes=attributes_of(record),
            )
        )
    return out


def attributes_of(record: Mapping[str, Any]) -> frozenset[str]:
    """Return a record's attributes by their names among the labels."""
    kind = record["event"][0]
    names = {f"mode:{kind}.{m}" for m in record.get("mode", ())} | {f"aux:{f}" for f in record.get("auxiliary", ())}
    claim = record.get("claim") or "asserted"
    return frozenset(names | {f"context:{c}" for c in record.get("context", ())} | ({f"claim:{claim}"} if claim != "asserted" else set()))


def kinds_told(records: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Return the kinds of attribute that all of a document's records tell: a field that is left out says nothing."""
    return frozenset(kind for name, kind in KINDS.items() if all(name in record for record in records))


def span_of(item: Mapping[str, Any]) -> Span:
    """Return the span of a part of a record."""
    return Span(item["start"], item["end"])


def tokens_in(analysis: Analysis, span: Span) -> list[int]:
    """Return the indexes of the tokens that a span touches."""
    return [t.index for t in analysis.tokens if t.span.overlaps(span)]


def sentences_in(analysis: Analysis, span: Span) -> list[int]:
    """Return the indexes of the sentences of which half or more lies in a span."""
    return [s.index for s in analysis.sentences if 2 * (min(span.end, s.span.end) - max(span.start, s.span.start)) >= len(s.span)]


def heads_at(analysis: Analysis, named: Sequence[Mapping[str, Any]]) -> frozenset[int]:
    """Return the heads of phrases and of all mentions in their chains."""
    heads: set[int] = set()
    for one in named:
        if one.get("start") is None or one.get("end") is None:
            continue
        inside = tokens_in(analysis, span_of(one))
        if inside:
            heads.add(root_of(analysis.tokens, inside))
    for chain in analysis.chains:
        own = {m.head for m in chain.mentions}
        if own & heads:
            heads |= own
    return frozenset(heads)
