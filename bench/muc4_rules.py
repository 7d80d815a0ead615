"""Templates of incidents from our coded events alone, with no head: what the records say, put into the set's words."""

from __future__ import annotations

from typing import Any

from bench.muc4_phrases import kinds_of, plain
from bench.muc4_templates import ROLES, TYPES, same_entity
from dateline.types import Actor, Analysis, Event

ARMED = frozenset({"REB", "CRM", "MIL", "PRM", "UAF"})
"""PLOVER sectors whose named bodies count as organisations of perpetrators."""

WEAPONS = frozenset(
    "bomb dynamite explosive grenade rifle machinegun mortar rocket pistol bullet firearm missile car-bomb mine gun shotgun".split()
)
"""Nouns that name a weapon in the sentences of an assault."""

LEAST_CONFIDENCE = 0.35
"""Confidence (0 to 1) from which an event is turned into a template."""


def type_of(event: Event, analysis: Analysis) -> str:
    """Return the set's type of incident for an assault."""
    if "abduct" in event.modes:
        return "kidnapping"
    first = event.evidence[0]
    words = {k for t in analysis.tokens if first.trigger.overlaps(t.span) for k in kinds_of(t.lemma)}
    if "explosives" in event.modes or "bombing" in words:
        return "bombing"
    return next((t for t in TYPES[1:] if t in words), "attack")


def sides(event: Event, analysis: Analysis) -> dict[str, list[str]]:
    """Return the fillers of each role that one event names."""
    label = {m.span: m.label for m in analysis.entities}
    filled: dict[str, list[str]] = {role: [] for role in ROLES}

    def named(actor: Actor) -> str:
        return next((name for span, name in sorted(label.items()) if actor.span is not None and span.overlaps(actor.span)), "")

    for actor in event.actors:
        if actor.text:
            filled["PerpOrg" if named(actor) in ("ORG", "NORP") and ARMED & set(actor.sectors) else "PerpInd"].append(actor.text)
    for actor in event.recipients:
        if actor.text:
            kind = named(actor)
            if kind == "PERSON":
                filled["Victim"].append(actor.text)
            elif not actor.sectors or kind in ("FAC", "ORG"):
                filled["Target"].append(actor.text)
    for evidence in event.evidence:
        filled["Weapon"] += [t.text for t in analysis.tokens if evidence.span.covers(t.span) and t.lemma.lower() in WEAPONS]
    return filled


def rule_templates(analysis: Analysis) -> list[dict[str, Any]]:
    """Return one template a type of incident, from the assaults that are sure enough; each filler once."""
    made: dict[str, dict[str, Any]] = {}
    for event in analysis.events:
        if (
            event.event_type != "ASSAULT"
            or event.confidence < LEAST_CONFIDENCE
            or {"hypothetical", "negation", "future"} & set(event.auxiliary)
        ):
            continue
        kind = type_of(event, analysis)
        template = made.setdefault(
            kind, {"incident_type": kind, **{role: [] for role in ROLES}, "country": None, "place": [], "date": None}
        )
        for role, texts in sides(event, analysis).items():
            for text in texts:
                if plain(text) and not any(same_entity(plain(text), plain(known[0]), role) for known in template[role]):
                    template[role].append([text])
        if not template["place"]:
            template["place"] = [p.text.lower() for p in event.places if p.resolution != 1][:2]
        template["country"] = template["country"] or next((p.country for p in event.places if p.country), None)
        if template["date"] is None and event.interval is not None and event.interval.earliest and event.interval.latest:
            template["date"] = {"start": event.interval.earliest, "end": event.interval.latest}
    return [made[kind] for kind in sorted(made)]
