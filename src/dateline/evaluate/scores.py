"""The figures: precision, recall and F1 of events and their fields, and accuracies on matched events.

`actor`, `recipient`, `place` and `size` are scored end to end (a field of an event that was not found counts as missed
or false); `*_if_matched` and the accuracies look at matched events alone. `record` asks for type, sentence, one right
actor, recipient and place, and the date. `auxiliary_flags` and `claim_flags` are F1 over the values that say something.
Everything is a count of hits, gold and coded items, so that articles can be added up and drawn anew (bootstrap.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.errors import DataError
from dateline.evaluate.gold import GoldArticle, GoldDocument, GoldEvent
from dateline.evaluate.matching import (
    SLOTS,
    CodedSlots,
    GoldSlots,
    Hits,
    Record,
    align,
    as_list,
    date_match,
    hits_of,
    same_name,
    sentence_of,
    slots_of_gold,
    slots_of_record,
    type_of,
)

# Source: PLOVER manual 0.8, quad categories; SANCTION is material conflict as CAMEO 16 is.
QUAD: dict[str, int] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
END_TO_END = ("actor", "recipient", "place", "size")
F1_FIGURES = (
    "sentence", "quad", "event", "record", "mode", "context", "auxiliary_flags", "claim_flags",
    *END_TO_END, *(f"{slot}_if_matched" for slot in SLOTS),
)  # fmt: skip
ACCURACY_FIGURES = ("date_if_matched", "country", "sector", "name", "auxiliary", "claim")


@dataclass(slots=True)
class Tally:
    """Counts of hits, gold items and coded items by figure."""

    counts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, figure: str, hit: int, gold: int, coded: int) -> None:
        """Add to one figure."""
        kept = self.counts.setdefault(figure, [0, 0, 0])
        kept[0] += int(hit)
        kept[1] += int(gold)
        kept[2] += int(coded)

    def include(self, other: Tally) -> None:
        """Add all of another article's counts."""
        for figure, (hit, gold, coded) in other.counts.items():
            self.add(figure, hit, gold, coded)

    def of(self, figure: str) -> tuple[int, int, int]:
        """Return hits, gold and coded of a figure."""
        hit, gold, coded = self.counts.get(figure, (0, 0, 0))
        return hit, gold, coded

    def f1(self, figure: str) -> dict[str, float]:
        """Return precision, recall and F1, rounded to four places, and the counts; nothing of nothing is 0."""
        hit, gold, coded = self.of(figure)
        precision, recall = hit / coded if coded else 0.0, hit / gold if gold else 0.0
        score = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(score, 4), "gold": gold, "pred": coded}

    def accuracy(self, figure: str) -> dict[str, float]:
        """Return the share of hits, rounded to four places, and of how many."""
        hit, gold, _ = self.of(figure)
        return {"accuracy": round(hit / gold, 4) if gold else 0.0, "n": gold}


def _score_sides(tally: Tally, hits: Hits) -> None:
    for gold, coded in (*hits.actor, *hits.recipient):
        if gold.country:
            tally.add("country", gold.country == coded.get("code"), 1, 1)
        if gold.sectors:
            tally.add("sector", as_list(coded.get("sector"))[:1] in [[s] for s in gold.sectors], 1, 1)
        if gold.name:
            tally.add("name", same_name([gold.name], [coded.get("identifier_text")]), 1, 1)


def _score_labels(tally: Tally, gold: GoldEvent, coded: Record) -> None:
    for figure, ours, theirs in (
        ("mode", gold.modes, coded.get("mode")),
        ("context", gold.contexts, coded.get("context")),
        ("auxiliary_flags", gold.auxiliary, coded.get("auxiliary")),
    ):
        wanted, given = set(ours), set(as_list(theirs))
        tally.add(figure, len(wanted & given), len(wanted), len(given))
    claim = coded.get("claim")
    tally.add("auxiliary", set(gold.auxiliary) == set(as_list(coded.get("auxiliary"))), 1, 1)
    tally.add("claim", gold.claim == claim, 1, 1)
    tally.add("claim_flags", gold.claim == claim != "asserted", gold.claim != "asserted", claim not in (None, "asserted"))


def _right(slot: str, hits: Hits, gold: GoldSlots, coded: CodedSlots) -> bool:
    """Tell whether a field is right in the record: something found, or nothing to find and no side made up."""
    if getattr(hits, slot):
        return True
    return not getattr(gold, slot) and not (slot in ("actor", "recipient") and getattr(coded, slot))


def _score_pair(tally: Tally, gold: GoldEvent, coded: Record) -> None:
    ours, theirs = slots_of_gold(gold), slots_of_record(coded)
    hits = hits_of(ours, theirs)
    for slot in SLOTS:
        counts = (len(getattr(hits, slot)), len(getattr(ours, slot)), len(getattr(theirs, slot)))
        tally.add(f"{slot}_if_matched", *counts)
        if slot in END_TO_END:
            tally.add(slot, *counts)
    _score_sides(tally, hits)
    dated = date_match(gold, coded)
    tally.add("date_if_matched", dated, 1, 1)
    tally.add("record", dated and all(_right(slot, hits, ours, theirs) for slot in ("actor", "recipient", "place")), 1, 0)
    _score_labels(tally, gold, coded)


def score_article(article: GoldArticle, records: Sequence[Record], document: GoldDocument) -> Tally:
    """Count one article. Gold events marked optional are neither rewarded nor missed."""
    tally, gold = Tally(), article.events
    where = [sentence_of(record, document.sentences) for record in records]
    must = {i for i, event in enumerate(gold) if not event.optional}

    quad = align(gold, records, where, lambda g, p: QUAD[g.event_type] == QUAD.get(type_of(p) or ""))
    tally.add("quad", sum(i in must for i, _ in quad), len(must), len(records) - sum(i not in must for i, _ in quad))

    told = {gold[i].sentences[0] for i in must}
    possible = {s for event in gold for s in event.sentences}
    said = {s for s in where if s is not None}
    tally.add("sentence", len(told & said), len(told), len(told & said) + len(said - possible))

    pairs = align(gold, records, where, lambda g, p: g.event_type == type_of(p))
    free = {j for i, j in pairs if i not in must}
    matched = {i: j for i, j in pairs if i in must}
    tally.add("event", len(matched), len(must), len(records) - len(free))
    tally.add("record", 0, 0, len(records) - len(free))
    for i in sorted(must):
        if i in matched:
            _score_pair(tally, gold[i], records[matched[i]])
            continue
        tally.add("record", 0, 1, 0)
        ours = slots_of_gold(gold[i])
        for slot in END_TO_END:
            tally.add(slot, 0, len(getattr(ours, slot)), 0)
    for j in sorted(set(range(len(records))) - free - set(matched.values())):
        theirs = slots_of_record(records[j])
        for slot in END_TO_END:
            tally.add(slot, 0, 0, len(getattr(theirs, slot)))
    return tally


def tallies(gold: Sequence[GoldArticle], records: Iterable[Record], documents: Mapping[str, GoldDocument]) -> list[Tally]:
    """Count every article, in gold order: the rows that the bootstrap draws from."""
    by_document: dict[str, list[Record]] = {article.id: [] for article in gold}
    for record in records:
        if record["document"] not in by_document:
            raise DataError(f"a record names the document {record['document']!r}, which is not among the gold articles")
        by_document[record["document"]].append(record)
    return [score_article(article, by_document[article.id], documents[article.id]) for article in gold]


def figures_of(rows: Sequence[Tally]) -> dict[str, float]:
    """Return every figure as one fraction (F1 or accuracy), rounded to four places."""
    total = Tally()
    for row in rows:
        total.include(row)
    return {name: total.f1(name)["f1"] for name in F1_FIGURES} | {name: total.accuracy(name)["accuracy"] for name in ACCURACY_FIGURES}


def score(gold: Sequence[GoldArticle], records: Iterable[Record], documents: Mapping[str, GoldDocument]) -> dict[str, Any]:
    """Return every figure in full: precision, recall, F1 and counts, or accuracy and number."""
    total = Tally()
    for row in tallies(gold, records, documents):
        total.include(row)
    return {name: total.f1(name) for name in F1_FIGURES} | {name: total.accuracy(name) for name in ACCURACY_FIGURES}
