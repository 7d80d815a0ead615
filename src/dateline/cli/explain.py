"""`dateline explain`: why an event was coded, or why a sentence gave none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from dateline.cli.inputs import Reading, existing, parse_day, printable
from dateline.cli.table import ID_LENGTH, entity
from dateline.coder import CodedDocument
from dateline.record import event_to_dict
from dateline.run import coder_for
from dateline.types import Analysis, Event, EventCandidate, Failure, Sentence

EPILOG = """Examples:

\b
  dateline explain article.txt                  the sentences, and what was coded from each
  dateline explain article.txt --event 3f2a9c1  why this event was coded (the id, or how it begins)
  dateline explain article.txt --sentence 4     why this sentence gave what it gave, or nothing"""


def explain(
    document: Annotated[str, typer.Argument(metavar="INPUT", help="A file with one article, or - for standard input.")],
    event: Annotated[str | None, typer.Option(metavar="ID", help="Id of an event, or how it begins.")] = None,
    sentence: Annotated[int | None, typer.Option(metavar="N", min=1, help="Number of a sentence, from 1.")] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Day of publication, YYYY-MM-DD.")] = None,
    model: Annotated[str | None, typer.Option(metavar="DIR", help='A model folder, or "none", as for dateline code.')] = None,
    language: Annotated[str | None, typer.Option(metavar="XX", help="Language of the text (ISO 639-1), if known.")] = None,
) -> None:
    """Say why an event was coded, or why a sentence gave none: one line a stage."""
    if event is not None and sentence is not None:
        raise typer.BadParameter("give either --event or --sentence")
    existing([document])
    reading = Reading(published=parse_day(published), language=language)
    shown = False
    failed = False
    for item in coder_for(language or "en", model).stream(reading.documents([document])):
        if isinstance(item, Failure):
            typer.echo(f"dateline: {printable(item.document)}: {printable(item.message)} [{item.stage}]", err=True)
            failed = True
            continue
        lines = list(_lines(item, event, sentence))
        shown = shown or bool(lines)
        for line in lines:
            typer.echo(line)
    if not shown and not failed:
        raise typer.BadParameter(_nothing(event, sentence))
    if failed:
        raise typer.Exit(1)


def _nothing(event: str | None, sentence: int | None) -> str:
    if event is not None:
        return f'there is no event whose id begins with "{event}"; without --event, all are listed'
    return f"there is no sentence {sentence}; without --sentence, all are listed" if sentence is not None else "there is no text to explain"


def _lines(coded: CodedDocument, event: str | None, sentence: int | None) -> Iterator[str]:
    analysis = coded.analysis
    if event is not None:
        for found in coded.events:
            if found.id.startswith(event.lower()):
                yield from about_event(analysis, found)
    elif sentence is not None:
        if sentence <= len(analysis.sentences):
            yield from about_sentence(analysis, analysis.sentences[sentence - 1])
    else:
        for each in analysis.sentences:
            yield from overview(analysis, each)


def overview(analysis: Analysis, sentence: Sentence) -> Iterator[str]:
    """Yield a sentence with the events that were coded from it."""
    yield f"{sentence.sequence:>3}  {_quoted(analysis, sentence)}"
    for event in events_of(analysis, sentence):
        yield f"       {event.event_type}  “{printable(event.event_text)}”  event {event.id[:ID_LENGTH]}"


def about_event(analysis: Analysis, event: Event) -> Iterator[str]:
    """Yield an event in one line, its evidence, and one line a stage of why."""
    record = event_to_dict(event, analysis.document)
    sides = " → ".join(", ".join(entity(actor) for actor in record[side]) for side in ("actor", "recipient") if record[side])
    modes = " ".join(["", *event.modes])
    yield f"event {event.id}: {event.event_type}{modes}  {sides}"
    for evidence in event.evidence:
        yield f"  sentence {evidence.sequence}: “{printable(evidence.span.of(analysis.document.text))}”"
    candidate = candidate_of(analysis, event)
    notes = [] if candidate is None else list(reasons(candidate))
    traces = [t for t in event.trace if f"{t.stage}: {printable(t.why)}" not in notes]
    confidence = [note for note in notes if note.startswith("events.confidence")]
    yield from (f"  {note}" for note in notes if note not in confidence)
    yield from (f"  {line}" for line in resolved(event))
    yield from (f"  {note}" for note in confidence)
    yield from (f"  {_trace(t.stage, t.rule, t.score, t.why)}" for t in traces)
    yield f"  confidence {event.confidence:.2f}: of the events given this, about {round(100 * event.confidence)} in 100 are right"


def resolved(event: Event) -> Iterator[str]:
    """Yield what the stages made of an event that look things up: its day, its places, its sides."""
    interval = event.interval
    if interval is None:
        yield "resolve.temporal: no day; the text ties none to it"
    else:
        words = f" from “{printable(interval.text)}”" if interval.text else ""
        anchor = f", counted from {interval.anchor}" if interval.anchor else ""
        end = f" to {interval.enddate}" if interval.enddate else ""
        yield f"resolve.temporal: {interval.date or 'no day'}{end}{words} ({interval.known}{anchor}) [{interval.rule}]"
    if not event.places:
        yield "resolve.places: no place; the text ties none to it"
    for place in event.places:
        others = ", ".join(f"{other.name} in {other.country_code} ({other.score:.2f})" for other in place.alternatives)
        instead = f"; not {others}" if others else ""
        found = f"{place.name or 'not in the gazetteer'}, {place.country or 'country unknown'}"
        yield f"resolve.places: “{printable(place.text)}” is {found}{instead}"
    for role, actors in (("actor", event.actors), ("recipient", event.recipients)):
        for actor in actors:
            name = f", that is {printable(actor.identifier_text)}" if actor.identifier_text else ""
            codes = " ".join([actor.code or "no country", *actor.sectors])
            yield f"resolve.actors: {role} “{printable(actor.text)}”{name}: {codes} ({actor.confidence:.2f})"


def about_sentence(analysis: Analysis, sentence: Sentence) -> Iterator[str]:
    """Yield a sentence, what was coded from it, what was considered and passed over, and why."""
    yield f"sentence {sentence.sequence}: “{printable(sentence.span.of(analysis.document.text))}”"
    events = events_of(analysis, sentence)
    for event in events:
        yield from about_event(analysis, event)
    coded = {event.evidence[0].trigger for event in events}
    passed = [a for a in analysis.abstentions if a.sentence == sentence.index]
    for abstention in passed:
        word = f"“{printable(abstention.trigger.of(analysis.document.text))}”: " if abstention.trigger else ""
        yield f"  passed over: {word}{printable(abstention.why)} [{abstention.stage}]"
    known = coded | {a.trigger for a in passed}
    for candidate in analysis.candidates:
        if candidate.sentence == sentence.index and candidate.trigger.span not in known:
            yield f"  considered: “{printable(candidate.trigger.text)}” as {candidate.event_type}"
            yield from (f"    {note}" for note in reasons(candidate))
    if not events and not passed and not any(c.sentence == sentence.index for c in analysis.candidates):
        yield "  nothing was coded: no word of it is in the lexicon as the name of an act, and the model reads none [events.triggers]"


def events_of(analysis: Analysis, sentence: Sentence) -> Sequence[Event]:
    """Return the events for which the sentence is evidence."""
    return [event for event in analysis.events if any(e.sequence == sentence.sequence for e in event.evidence)]


def candidate_of(analysis: Analysis, event: Event) -> EventCandidate | None:
    """Return the candidate that an event's first evidence came from."""
    first = event.evidence[0]
    for candidate in analysis.candidates:
        if candidate.sentence + 1 == first.sequence and candidate.trigger.span == first.trigger:
            return candidate
    return None


def reasons(candidate: EventCandidate) -> Iterator[str]:
    """Yield the notes that the stages left on a candidate; what the first of them decided in any case."""
    notes = [printable(note) for note in candidate.notes]
    if not any(note.startswith("events.triggers") for note in notes):
        form = f", {candidate.construction}" if candidate.construction else ""
        entry = candidate.rule or "without a name"
        yield f"events.triggers: “{printable(candidate.trigger.text)}”{form}, by the entry {entry} (prior {candidate.prior:.2f})"
    yield from notes


def _trace(stage: str, rule: str, score: float | None, why: str) -> str:
    scored = f" ({score:.2f})" if score is not None else ""
    return f"{stage}: {printable(why)} [{rule}]{scored}" if rule else f"{stage}: {printable(why)}{scored}"


def _quoted(analysis: Analysis, sentence: Sentence) -> str:
    text = printable(sentence.span.of(analysis.document.text))
    return text if len(text) <= 160 else text[:159] + "…"
