"""Gold articles: the documents and the events that a reader coded by the codebook (§3 names the fields)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import DataError


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEntity:
    """An actor or recipient: words of the text (empty where it is unnamed), the usual name, and the codes."""

    text: str
    name: str | None
    country: str | None
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPlace:
    """A place: words of the text, its usual name, and its country (ISO 3166 alpha-3)."""

    text: str
    name: str | None
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldCount:
    """A number the text gives; `value` is the least it can be, `maximum` the most (None: open)."""

    what: str
    value: int | None
    maximum: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvent:
    """One event as the codebook wants it. `sentences` are numbers from 1, the headline being 0; the first tells most."""

    event_type: str
    modes: tuple[str, ...]
    sentences: tuple[int, ...]
    trigger: str
    actors: tuple[GoldEntity, ...]
    recipients: tuple[GoldEntity, ...]
    date: str | None
    date_end: str | None
    places: tuple[GoldPlace, ...]
    contexts: tuple[str, ...]
    auxiliary: tuple[str, ...]
    says: str | None
    claim: str
    counts: tuple[GoldCount, ...]
    optional: bool = False
    """Neither rewarded nor missed: a record on which readers differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """All events of one article."""

    id: str
    events: tuple[GoldEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """One article's text. `sentences` are [start, end) in code points; sentence 0 is the headline, (0, 0) if none."""

    id: str
    published: str | None
    publisher: str
    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]

    def sentence(self, number: int) -> str:
        """Return the text of one sentence."""
        start, end = self.sentences[number]
        return self.text[start:end]

    def to_input(self) -> dict[str, Any]:
        """Return what a coder may see of the article: not the sentences."""
        return {
            "id": self.id,
            "text": self.text,
            "title": self.title or None,
            "published": self.published,
            "publisher": self.publisher or None,
        }


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    # split("\n"), not splitlines(): JSON strings may hold U+2028 and its like unescaped
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            yield number, json.loads(line)


def _entity(data: Mapping[str, Any]) -> GoldEntity:
    return GoldEntity(text=data["text"], name=data["name"], country=data["country"], sectors=tuple(data["sectors"]))


def _places(data: Any) -> tuple[GoldPlace, ...]:
    listed = data if isinstance(data, list) else [] if data is None else [data]
    return tuple(GoldPlace(text=p["text"], name=p["name"], country=p.get("country")) for p in listed)


def event_from(data: Mapping[str, Any]) -> GoldEvent:
    """Read one event from its JSON object."""
    return GoldEvent(
        event_type=data["type"],
        modes=tuple(data["modes"]),
        sentences=tuple(data["sents"]),
        trigger=data["trigger"],
        actors=tuple(_entity(e) for e in data["actor"]),
        recipients=tuple(_entity(e) for e in data["recipient"]),
        date=data["date"],
        date_end=data["date_end"],
        places=_places(data["place"]),
        contexts=tuple(data["contexts"]),
        auxiliary=tuple(data["aux"]),
        says=data["says"],
        claim=data["claim"],
        counts=tuple(GoldCount(what=c["what"], value=c["value"], maximum=c["max"], text=c["text"]) for c in data["counts"]),
        optional=bool(data.get("optional")),
    )


def load_gold(path: Path) -> list[GoldArticle]:
    """Read gold articles, one a line; raises `DataError` that names the line."""
    articles: list[GoldArticle] = []
    for number, data in _lines(path):
        try:
            articles.append(GoldArticle(id=data["id"], events=tuple(event_from(e) for e in data["events"])))
        except (KeyError, TypeError) as error:
            raise DataError(f"{path.name}, line {number}: no gold article: {error!r}") from error
    return articles


def load_documents(path: Path) -> dict[str, GoldDocument]:
    """Read the documents of gold articles by id; raises `DataError` that names the line."""
    documents: dict[str, GoldDocument] = {}
    for number, data in _lines(path):
        try:
            documents[data["id"]] = GoldDocument(
                id=data["id"],
                published=data["published"],
                publisher=data["publisher"] or "",
                title=data["title"] or "",
                text=data["text"],
                sentences=tuple((start, end) for start, end in data["sentences"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"{path.name}, line {number}: no document: {error!r}") from error
    return documents


def _problems_of(event: GoldEvent, document: GoldDocument) -> Iterator[str]:
    if not event.sentences or max(event.sentences) >= len(document.sentences):
        yield f"sentences {event.sentences} do not exist"
        return
    if event.trigger not in document.sentence(event.sentences[0]):
        yield f"trigger {event.trigger!r} does not stand in sentence {event.sentences[0]}"
    quoted = [e.text for e in (*event.actors, *event.recipients)] + [p.text for p in event.places] + [c.text for c in event.counts]
    for words in (*quoted, event.says or ""):
        if words not in document.text:
            yield f"{words!r} does not stand in the text"


def problems(articles: Sequence[GoldArticle], documents: Mapping[str, GoldDocument]) -> list[str]:
    """Say where gold does not quote its text: triggers from their first sentence, all other words from the article."""
    found: list[str] = []
    for article in articles:
        if article.id not in documents:
            found.append(f"{article.id}: no document")
            continue
        for number, event in enumerate(article.events, 1):
            found.extend(f"{article.id}, event {number} ({event.event_type}): {p}" for p in _problems_of(event, documents[article.id]))
    return found


def _entity_record(entity: GoldEntity) -> dict[str, Any]:
    return {"entity_text": entity.text, "identifier_text": entity.name, "code": entity.country, "sector": list(entity.sectors)}


def as_records(articles: Sequence[GoldArticle], documents: Mapping[str, GoldDocument]) -> list[dict[str, Any]]:
    """Turn gold into the records that a perfect coder would write; they score 1 throughout."""
    return [
        {
            "document": article.id,
            "event": [e.event_type],
            "mode": list(e.modes),
            "context": list(e.contexts),
            "auxiliary": list(e.auxiliary),
            "date": e.date,
            "enddate": e.date_end,
            "claim": e.claim,
            "says": {"entity_text": e.says} if e.says else None,
            "actor": [_entity_record(x) for x in e.actors],
            "recipient": [_entity_record(x) for x in e.recipients],
            "event_loc": [{"extracted_place": p.text, "resolved_place": p.name, "country_code": p.country} for p in e.places],
            "evidence": [dict(zip(("start", "end"), documents[article.id].sentences[s], strict=True)) for s in e.sentences],
            "size": [{"what": c.what, "min": c.value, "max": c.maximum} for c in e.counts],
        }
        for article in articles
        for e in article.events
    ]
