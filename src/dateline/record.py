"""What one coded event looks like outside the program: one JSON object, its keys in a fixed order.

The names follow the PLOVER manual's data-exchange format where it has one. Offsets are Unicode code points into the
stored text, half-open; confidences are probabilities from 0 to 1; latitude and longitude are degrees (WGS 84).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, Len
from typing_extensions import TypedDict

from dateline.ontology import load_ontology
from dateline.types import Actor, Attribution, Document, Event, Place, PlaceCandidate, Quantity, Span, TimeInterval

CODER_VERSION = 1
"""Raised whenever the same text may give other records."""

Offset = Annotated[int, Ge(0)]
Probability = Annotated[float, Ge(0), Le(1)]
Latitude = Annotated[float, Ge(-90), Le(90)]
Longitude = Annotated[float, Ge(-180), Le(180)]
Auxiliary = Literal["historical", "future", "hypothetical", "negation"]
Claim = Literal["asserted", "reported", "alleged", "denied"]
Counted = Literal["killed", "injured", "arrested", "abducted", "participants", "displaced", "sites", "other"]


class SpanRecord(TypedDict):
    """A stretch of the stored text."""

    start: Offset
    end: Offset


class EvidenceRecord(SpanRecord):
    """A sentence that tells of the event, its number from 1, and the trigger within it."""

    sequence: Annotated[int, Ge(1)]
    trigger: SpanRecord


class ActorRecord(TypedDict):
    """One entity of a side; `entity_text` is empty where the text names it nowhere."""

    entity_text: str
    start: Offset | None
    end: Offset | None
    code: str | None
    sector: list[str]
    identifier_id: str | None
    identifier_text: str | None
    office: str | None
    confidence: Probability


class DateInfoRecord(TypedDict):
    """How the date is known, and the days that bound it."""

    text: str | None
    start: Offset | None
    end: Offset | None
    earliest: str | None
    latest: str | None
    precision: str
    known: str
    rule: str


class AlternativeRecord(TypedDict):
    """A reading of the place name that was not chosen."""

    geonameid: int | None
    name: str
    country_code: str | None
    lat: Latitude
    lon: Longitude
    score: float


class PlaceRecord(TypedDict):
    """A place; `resolution` 5 below city, 4 city, 3 district, 2 province, 1 country; `radius_km` in kilometres."""

    extracted_place: str
    start: Offset | None
    end: Offset | None
    resolved_place: str | None
    geonameid: int | None
    lat: Latitude | None
    lon: Longitude | None
    city: str | None
    district: str | None
    province: str | None
    country: str | None
    country_code: str | None
    feature_class: str | None
    feature_code: str | None
    resolution: Annotated[int, Ge(1), Le(5)] | None
    radius_km: Annotated[float, Ge(0)] | None
    alternatives: list[AlternativeRecord]
    confidence: Probability


class SizeRecord(TypedDict):
    """A number that the text gives for the event; an open end is null."""

    what: Counted
    min: int
    max: int | None
    text: str
    start: Offset
    end: Offset
    says: str | None


class CueRecord(SpanRecord):
    """The word of saying."""

    text: str


class SaysRecord(TypedDict):
    """According to whom."""

    entity_text: str | None
    start: Offset | None
    end: Offset | None
    kind: Literal["official", "party", "witness", "media", "expert", "unnamed"]
    cue: CueRecord
    chain: list[str]


class EventRecord(TypedDict):
    """One event: one actor side doing one thing to one recipient side, at one time, in one place."""

    id: str
    document: str
    event: Annotated[list[str], Len(1, 1)]
    mode: list[str]
    context: list[str]
    auxiliary: list[Auxiliary]
    quad_code: Literal[1, 2, 3, 4]
    event_scale: Annotated[float, Ge(-10), Le(10)]
    event_text: list[str]
    evidence: Annotated[list[EvidenceRecord], Len(1)]
    actor: list[ActorRecord]
    recipient: list[ActorRecord]
    date: str | None
    enddate: str | None
    date_info: DateInfoRecord | None
    event_loc: list[PlaceRecord]
    size: list[SizeRecord]
    claim: Claim
    says: SaysRecord | None
    confidence: Probability
    coder: str
    coded_date: str | None


for _kind in (
    SpanRecord, EvidenceRecord, ActorRecord, DateInfoRecord, AlternativeRecord, PlaceRecord, SizeRecord, CueRecord, SaysRecord, EventRecord,
):  # fmt: skip
    # By default pydantic lets unknown keys pass; a record with one is a mistake.
    setattr(_kind, "__pydantic_config__", {"extra": "forbid"})  # noqa: B010 - no type declares this attribute


def coder_name(language: str | None, learned: str = "") -> str:
    """Return the name of the coder that records carry, for a language (ISO 639-1) and a learned coder that had a part in it."""
    return f"local-{language or 'en'} {CODER_VERSION}" + (f" + {learned}" if learned else "")


def event_to_dict(event: Event, document: Document, *, coded_date: str | None = None) -> dict[str, Any]:
    """Return the record of an event, its keys in the order of the format; what is unknown is null or empty.

    Args:
        event: The event.
        document: The document it was read from.
        coded_date: The day of coding (ISO 8601) if it is to be written down; by default it is not, so that coding the
            same text again gives the same bytes.
    """
    ontology = load_ontology()
    interval = event.interval
    return {
        "id": event.id,
        "document": event.document,
        "event": [event.event_type],
        "mode": list(event.modes),
        "context": list(event.contexts),
        "auxiliary": list(event.auxiliary),
        "quad_code": ontology.quad_code(event.event_type),
        "event_scale": ontology.scale(event.event_type, event.modes),
        "event_text": [event.event_text],
        "evidence": [{**_span(item.span), "sequence": item.sequence, "trigger": _span(item.trigger)} for item in event.evidence],
        "actor": [_actor(actor) for actor in event.actors],
        "recipient": [_actor(actor) for actor in event.recipients],
        "date": interval.date if interval else None,
        "enddate": interval.enddate if interval else None,
        "date_info": _date_info(interval) if interval else None,
        "event_loc": [_place(place) for place in event.places],
        "size": [_size(quantity) for quantity in event.quantities],
        "claim": event.claim,
        "says": _says(event.says, document.text) if event.says else None,
        "confidence": round(event.confidence, 3),
        "coder": coder_name(document.language, event.coder),
        "coded_date": coded_date,
    }


def dumps(record: Mapping[str, Any]) -> str:
    """Return a record as one line of JSON, every character as itself."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False)


def _span(span: Span | None) -> dict[str, int | None]:
    return {"start": span.start if span else None, "end": span.end if span else None}


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "entity_text": actor.text,
        **_span(actor.span),
        "code": actor.code,
        "sector": list(actor.sectors),
        "identifier_id": actor.identifier_id,
        "identifier_text": actor.identifier_text,
        "office": actor.office,
        "confidence": round(actor.confidence, 3),
    }


def _date_info(interval: TimeInterval) -> dict[str, Any]:
    return {
        "text": interval.text,
        **_span(interval.span),
        "earliest": interval.earliest,
        "latest": interval.latest,
        "precision": interval.precision,
        "known": interval.known,
        "rule": interval.rule,
    }


def _degrees(value: float | None) -> float | None:
    # Five places are about one metre; adding zero turns -0.0 into 0.0.
    return None if value is None else round(value, 5) + 0.0


def _place(place: Place) -> dict[str, Any]:
    return {
        "extracted_place": place.text,
        **_span(place.span),
        "resolved_place": place.name,
        "geonameid": place.geonameid,
        "lat": _degrees(place.latitude),
        "lon": _degrees(place.longitude),
        "city": place.city,
        "district": place.district,
        "province": place.province,
        "country": place.country,
        "country_code": place.country_code,
        "feature_class": place.feature_class,
        "feature_code": place.feature_code,
        "resolution": place.resolution,
        "radius_km": None if place.radius_km is None else round(place.radius_km, 1),
        "alternatives": [_alternative(other) for other in place.alternatives],
        "confidence": round(place.confidence, 3),
    }


def _alternative(other: PlaceCandidate) -> dict[str, Any]:
    return {
        "geonameid": other.geonameid,
        "name": other.name,
        "country_code": other.country_code,
        "lat": _degrees(other.latitude),
        "lon": _degrees(other.longitude),
        "score": round(other.score, 3),
    }


def _size(quantity: Quantity) -> dict[str, Any]:
    return {
        "what": quantity.what,
        "min": quantity.minimum,
        "max": quantity.maximum,
        "text": quantity.text,
        **_span(quantity.span),
        "says": quantity.says,
    }


def _says(says: Attribution, text: str) -> dict[str, Any]:
    return {
        "entity_text": says.text,
        **_span(says.span),
        "kind": says.kind,
        "cue": {"text": says.cue_span.of(text), **_span(says.cue_span)},
        "chain": list(says.chain),
    }
