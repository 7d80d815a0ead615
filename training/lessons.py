"""Coded articles and marked passages as lessons for the learned coder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dateline.learn.lessons import Taught, root_of
from dateline.models.heads import Labels
from dateline.ontology import load_ontology
from dateline.types import Analysis, Span
from training.corpus import Coded, analyses, document, read_jsonl

ARTICLE_KINDS = frozenset({"mode", "aux", "claim", "context"})
PASSAGE_KINDS = frozenset({"mode", "aux", "claim"})


def tokens_in(analysis: Analysis, span: Span) -> list[int]:
    """The tokens that a span touches."""
    return [t.index for t in analysis.tokens if t.span.overlaps(span)]


def occurrences(text: str, words: str | None) -> Iterator[Span]:
    """Where a phrase stands in a text, as whole words."""
    if not words or not words.strip():
        return
    for found in re.finditer(r"(?<!\w)" + re.escape(words.strip()) + r"(?!\w)", text):
        yield Span(found.start(), found.end())


def heads_of(analysis: Analysis, named: Sequence[Mapping[str, Any]]) -> frozenset[int]:
    """The heads of all mentions of some entities: where their words stand, and the chains that these belong to."""
    heads: set[int] = set()
    names = {x["name"].casefold() for x in named if x["name"]}
    for one in named:
        for span in occurrences(analysis.document.text, one["text"]):
            inside = tokens_in(analysis, span)
            if inside:
                heads.add(root_of(analysis.tokens, inside))
    for chain in analysis.chains:
        own = {m.head for m in chain.mentions}
        if own & heads or (chain.name and chain.name.casefold() in names):
            heads |= own
    return frozenset(heads)


def places_of(analysis: Analysis, event: Mapping[str, Any]) -> frozenset[int]:
    """The last tokens of the place names that are the event's place."""
    told = event["place"] if isinstance(event["place"], list) else [event["place"]] if event["place"] else []
    names = {n.casefold() for p in told for n in (p["text"], p["name"]) if n}
    ends = {t.span.end: t.index for t in analysis.tokens}
    return frozenset(
        ends[t.span.end]
        for t in analysis.toponyms
        if t.span.end in ends and (t.text.casefold() in names or (t.place.name or "").casefold() in names)
    )


def sentences_told(analysis: Analysis, raw: Mapping[str, Any], numbers: Sequence[int]) -> list[list[int]]:
    """For each gold sentence the sentences of ours that lie in it by half or more."""
    out = []
    for number in numbers:
        a, b = raw["sentences"][number]
        out.append([s.index for s in analysis.sentences if 2 * (min(b, s.span.end) - max(a, s.span.start)) > min(b - a, len(s.span))])
    return out


def attributes_of(event: Mapping[str, Any]) -> frozenset[str]:
    """The attributes of a gold event by their names among the labels."""
    names = {f"mode:{event['type']}.{m}" for m in event["modes"]} | {f"aux:{f}" for f in event["aux"]}
    return frozenset(names | {f"claim:{event['claim']}"} | {f"context:{c}" for c in event["contexts"]})


def taught(coded: Coded, *, passage: bool) -> list[Taught]:
    """Return a document's gold events in terms of its analysis."""
    analysis, raw = coded.analysis, coded.document
    out = []
    for event in coded.gold["events"]:
        told = sentences_told(analysis, raw, event["sents"])
        a, b = raw["sentences"][event["sents"][0]]
        at = raw["text"].find(event["trigger"], a, b)
        trigger = tuple(tokens_in(analysis, Span(at, at + len(event["trigger"])))) if at >= 0 and event["trigger"] else ()
        own = [analysis.tokens[trigger[0]].sentence] if trigger else told[0][:1]
        rest = [] if passage else [s for group in told[1:] for s in group if s not in own]
        unsure = frozenset(s for s in (told[0] if not passage else range(len(analysis.sentences))) if s not in own and s not in rest)
        if not own:
            continue
        says = [{"text": event["says"], "name": event["says"]}] if event["says"] else []
        roles = {
            "actor": heads_of(analysis, event["actor"]),
            "recipient": heads_of(analysis, event["recipient"]),
            "says": heads_of(analysis, says),
        }
        if not passage or event["place"]:
            roles["place"] = places_of(analysis, event)
        out.append(
            Taught(
                event_type=event["type"],
                sentences=(*own, *dict.fromkeys(rest)),
                unsure=unsure,
                trigger=trigger,
                roles=roles,
                attributes=attributes_of(event),
            )
        )
    return out


def labels(corpus: Sequence[Coded]) -> Labels:
    """Return the outputs to learn: all types of the ontology, and every attribute that is met."""
    types = tuple(load_ontology().event_types)
    met = {a for coded in corpus for e in coded.gold["events"] for a in attributes_of(e)} - {"claim:asserted"}
    return Labels(types=types, attributes=tuple(sorted(met)))


def relations(folder: Path, until: str) -> list[tuple[str, Analysis, list[Taught]]]:
    """Read the sentences with marked pairs (set ``plv``, train part): name, analysis, one event a pair, its trigger unknown.

    The set has CONCEDE and RETREAT as one class: neither is taught where it stands.
    """
    by_text: dict[str, list[dict[str, Any]]] = {}
    for row in read_jsonl(folder / "train.jsonl"):
        by_text.setdefault(row["text"], []).append(row)
    rows = list(by_text.values())
    found = analyses([document({"id": group[0]["id"], "text": text}) for text, group in by_text.items()], until)
    out = []
    for group, analysis in zip(rows, found, strict=True):
        every = tuple(s.index for s in analysis.sentences)
        events = []
        for row in group:
            roles = {role: heads_at(analysis, row[side]) for role, side in (("actor", "source"), ("recipient", "target"))}
            if row["root"] == "YIELD":
                events += [Taught(event_type=t, sentences=(), unsure=frozenset(every)) for t in ("CONCEDE", "RETREAT")]
            elif len(every) == 1:
                events.append(Taught(event_type=row["root"], sentences=every, roles=roles))
        if events:
            out.append((group[0]["id"], analysis, events))
    return out


def heads_at(analysis: Analysis, named: Sequence[Mapping[str, Any]]) -> frozenset[int]:
    """The heads of marked mentions."""
    spans = [Span(*x["span"]) for x in named if x.get("span")]
    return frozenset(root_of(analysis.tokens, inside) for s in spans if (inside := tokens_in(analysis, s)))
