"""When a coded event is the gold event, and when a coded field is the gold field.

A coded event stands where its first evidence span begins. It can be a gold event's pair when that sentence is one of
the gold event's (and the types agree); pairs are one to one, the pair whose fields agree best first. Records are read
as they are written to JSON, so that the output of any version, or of another program, can be scored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from dateline.evaluate.gold import GoldCount, GoldEntity, GoldEvent, GoldPlace

Record = Mapping[str, Any]
G = TypeVar("G")
P = TypeVar("P")

WORD = re.compile(r"[^\W_]+")
# Function words tell no two names apart; the list is that of the articles' scorer, so that figures agree.
STOP = frozenset(
    {"the", "a", "an", "of", "in", "on", "at", "and", "or", "for", "to", "its", "his", "her", "their", "this", "that", "some"}
    | {"several", "by", "with", "from"}
)
MOST_EXTRA_WORDS = 4
"""How many words a name may have more than the name it contains."""
WEIGHTS = {"actor": 2.0, "recipient": 1.0, "place": 0.5}
"""What an agreeing field adds when pairs are chosen; a right date adds 1, the first sentence 0.5."""
SLOTS = ("actor", "recipient", "place", "size", "says")
Compatible = Callable[[GoldEvent, Record], bool]


def words(text: str | None) -> list[str]:
    """Return the lower-cased words of a name without function words."""
    return [w for w in WORD.findall((text or "").lower()) if w not in STOP]


def same_name(gold_names: Sequence[str | None], coded_names: Sequence[str | None]) -> bool:
    """Tell whether a gold and a coded name share half their words, or one holds the other and few words more."""
    for gold in filter(None, map(words, gold_names)):
        for coded in filter(None, map(words, coded_names)):
            ours, theirs = set(gold), set(coded)
            shared = ours & theirs
            contained = shared in (ours, theirs) and len(ours ^ theirs) <= MOST_EXTRA_WORDS
            if shared and (2 * len(shared) >= len(ours | theirs) or contained):
                return True
    return False


def as_list(value: Any) -> list[Any]:
    """Return a list for a list, one value, or nothing."""
    return value if isinstance(value, list) else [] if value is None else [value]


def type_of(record: Record) -> str | None:
    """Return the PLOVER type of a record."""
    kinds = as_list(record.get("event"))
    return str(kinds[0]) if kinds else None


def entity_match(gold: GoldEntity, coded: Record) -> bool:
    """Compare an actor or recipient by its words in the text and its usual name."""
    return same_name([gold.text, gold.name], [coded.get("entity_text"), coded.get("identifier_text")])


def place_match(gold: GoldPlace, coded: Record) -> bool:
    """Compare places by name; two different countries are never one place."""
    country = coded.get("country_code")
    if gold.country and country and gold.country != country:
        return False
    return same_name([gold.text, gold.name], [coded.get("extracted_place"), coded.get("resolved_place")])


def size_match(gold: GoldCount, coded: Record) -> bool:
    """Compare counts by what is counted and the lower bound."""
    return bool(gold.what == coded.get("what") and gold.value == coded.get("min"))


def says_match(gold: str, coded: Record) -> bool:
    """Compare the named source."""
    return same_name([gold], [coded.get("entity_text"), coded.get("identifier_text")])


def day_span(day: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the first and last possible (year, month, day) of an ISO date that may stop at month or year."""
    parts = [int(part) for part in day[:10].split("-")]
    return tuple(parts + [1] * (3 - len(parts))), tuple(parts + [12, 31][len(parts) - 1 :])


def date_match(gold: GoldEvent, coded: Record) -> bool:
    """Tell whether both are undated, or the coded begin lies within the gold span."""
    date = coded.get("date")
    if not gold.date or not date:
        return not gold.date and not date
    return day_span(gold.date)[0] <= day_span(date)[0] <= day_span(gold.date_end or gold.date)[1]


def pairs_of(gold: Sequence[G], coded: Sequence[P], match: Callable[[G, P], bool]) -> list[tuple[G, P]]:
    """Pair items that match one to one, each gold item with the first coded item that is left."""
    left, out = list(coded), []
    for ours in gold:
        for theirs in left:
            if match(ours, theirs):
                out.append((ours, theirs))
                left.remove(theirs)
                break
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSlots:
    """The fields of a gold event that are lists of items; sides that the text leaves unnamed are left out."""

    actor: tuple[GoldEntity, ...]
    recipient: tuple[GoldEntity, ...]
    place: tuple[GoldPlace, ...]
    size: tuple[GoldCount, ...]
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedSlots:
    """The same fields of a record."""

    actor: list[Record]
    recipient: list[Record]
    place: list[Record]
    size: list[Record]
    says: list[Record]


def slots_of_gold(event: GoldEvent) -> GoldSlots:
    """Return the gold items to be found."""
    return GoldSlots(
        actor=tuple(e for e in event.actors if words(e.text)),
        recipient=tuple(e for e in event.recipients if words(e.text)),
        place=event.places,
        size=event.counts,
        says=(event.says,) if event.says else (),
    )


def slots_of_record(record: Record) -> CodedSlots:
    """Return the coded items."""

    def named(field: str) -> list[Record]:
        return [e for e in as_list(record.get(field)) if words(e.get("entity_text"))]

    return CodedSlots(
        actor=named("actor"),
        recipient=named("recipient"),
        place=as_list(record.get("event_loc")),
        size=as_list(record.get("size")),
        says=named("says"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """The pairs of items that match, field by field."""

    actor: list[tuple[GoldEntity, Record]]
    recipient: list[tuple[GoldEntity, Record]]
    place: list[tuple[GoldPlace, Record]]
    size: list[tuple[GoldCount, Record]]
    says: list[tuple[str, Record]]


def hits_of(gold: GoldSlots, coded: CodedSlots) -> Hits:
    """Pair the items of every field."""
    return Hits(
        actor=pairs_of(gold.actor, coded.actor, entity_match),
        recipient=pairs_of(gold.recipient, coded.recipient, entity_match),
        place=pairs_of(gold.place, coded.place, place_match),
        size=pairs_of(gold.size, coded.size, size_match),
        says=pairs_of(gold.says, coded.says, says_match),
    )


def sentence_of(record: Record, spans: Sequence[tuple[int, int]]) -> int | None:
    """Return the sentence in which the first evidence begins (the next one if between two), or None."""
    evidence = as_list(record.get("evidence"))
    if not evidence:
        return None
    start = evidence[0]["start"]
    return next((number for number, (first, last) in enumerate(spans) if last > first and start < last), None)


def _support(gold: GoldEvent, coded: Record, sentence: int | None) -> float:
    hits = hits_of(slots_of_gold(gold), slots_of_record(coded))
    score = 0.0
    for slot, weight in WEIGHTS.items():
        score += weight * bool(getattr(hits, slot))
    # An optional event yields to one that must be found, all else being equal.
    return score + date_match(gold, coded) + 0.5 * (sentence == gold.sentences[0]) - 0.01 * gold.optional


def align(gold: Sequence[GoldEvent], coded: Sequence[Record], where: Sequence[int | None], compatible: Compatible) -> list[tuple[int, int]]:
    """Return one-to-one pairs (gold index, coded index), the best supported first.

    Args:
        gold: The events of one article.
        coded: The records of that article.
        where: The sentence of each record.
        compatible: Whether a gold event and a record may be paired at all.
    """
    found = [
        (-_support(ours, theirs, where[j]), i, j)
        for i, ours in enumerate(gold)
        for j, theirs in enumerate(coded)
        if where[j] in ours.sentences and compatible(ours, theirs)
    ]
    used_gold: set[int] = set()
    used_coded: set[int] = set()
    out: list[tuple[int, int]] = []
    for _, i, j in sorted(found):
        if i not in used_gold and j not in used_coded:
            used_gold.add(i)
            used_coded.add(j)
            out.append((i, j))
    return out
