"""Which of those who bear a name is meant: a score for each, and none where it is too low or two are as good."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dateline.resolve.actor_entities import IMPORTED, RULE, Entity

INTERNATIONAL = frozenset({"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})

LEAST = 0.6
"""A score below this is no link (a sum of the weights below; chosen so that a bare name needs one more sign)."""
APART = 0.05
"""Two that differ by no more than this cannot be told apart."""

_NAME, _FULL, _COUNTRY, _HEAD, _PAST_HEAD, _CURRENT, _EARLY, _CHOSEN = 0.4, 0.05, 0.4, 0.3, 0.1, 0.1, -0.3, 0.2
"""What counts for a person: the name itself, more than a surname, the country told in the article, head of a state then,
or before then, in office then, not yet in any office then, chosen by the user's import under a full name."""
_BODY, _BODY_COUNTRY, _BODY_GONE, _SHARE = 0.7, 0.2, -0.3, 0.2
"""What counts for a body: its name, the country told, not standing then; and for all, its country's share of the story."""

_HEADS = frozenset(
    "president|prime minister|premier|chancellor|king|queen|emir|emperor|sultan|taoiseach|supreme leader|leader|pope|shah|"
    "secretary-general|general secretary|secretary general|commission president|foreign policy chief|crown prince".split("|")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Who is meant. `entity` None abstains; `sectors` are then those that all who bear the name share."""

    entity: Entity | None
    score: float
    sectors: tuple[str, ...] = ()


def link(entities: Sequence[Entity], *, told: Collection[str], votes: Mapping[str, float], day: str | None, full: bool = True) -> Linked:
    """Return which of several entities of one name is meant.

    Args:
        entities: Those who bear the name, at least one.
        told: Codes of the countries that the article tells of without the help of persons' names.
        votes: How much the article speaks of each country.
        day: The day of the event (ISO 8601), or None.
        full: Whether more than one word of a name is written.
    """
    total = sum(votes.values()) or 1.0
    scored = [(_score(entity, told, day, full) + _SHARE * votes.get(entity.code or "", 0.0) / total, entity) for entity in entities]
    # Of equals the first listed stands first: sorting is stable.
    scored.sort(key=lambda pair: -pair[0])
    best, entity = scored[0]
    if entity.origin == RULE:
        return Linked(entity=entity, score=1.0, sectors=entity.sectors)
    if best >= LEAST and (len(scored) == 1 or best - scored[1][0] > APART):
        return Linked(entity=entity, score=round(min(1.0, best), 3), sectors=entity.sectors)
    shared = {each.sectors for each in entities}
    return Linked(entity=None, score=round(min(1.0, best), 3), sectors=entity.sectors if len(shared) == 1 and not entity.person else ())


def _score(entity: Entity, told: Collection[str], day: str | None, full: bool) -> float:
    if entity.origin == RULE:
        return 2.0
    standing = entity.on(day)
    codes = {entity.code, standing.code, *(term.code for term in entity.terms)} - {None}
    near = bool(codes & set(told))
    if not entity.person:
        return _BODY + _BODY_COUNTRY * near + (0.0 if standing.current else _BODY_GONE)
    score = _NAME + _FULL * full + _COUNTRY * near
    if day is not None and entity.terms and all(term.first and term.first[: len(day)] > day[: len(term.first)] for term in entity.terms):
        score += _EARLY
    if any(term.office in _HEADS for term in entity.terms):
        score += _HEAD if standing.current else _PAST_HEAD
    if entity.origin == IMPORTED and full:
        score += _CHOSEN
    return score + _CURRENT * standing.current
