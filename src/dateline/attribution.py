"""Attributions by themselves: who says what in a text. No event is coded.

::

    from dateline import attribution

    for said in attribution.find('"We will march," union leader Ana Rojas said.'):
        print(said.source.text, said.source.cue, said.content)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from dateline.pipeline import DEFAULT_LANGUAGE, STAGES, Config, Pipeline
from dateline.resolve.attribution import Attributions
from dateline.types import Analysis, Attribution, EventCandidate, Mention, Quotation, Span

__all__ = ["Said", "find"]

NEEDED = ("annotate.syntax", "resolve.toponyms", "annotate.coreference", "annotate.quotations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a text puts into somebody's mouth. `claim`: reported, alleged, denied; `direct` is set for quoted words."""

    source: Attribution
    content: Span
    claim: str
    direct: bool


@lru_cache(maxsize=1)
def _stages() -> tuple[Pipeline, Attributions]:
    unneeded = tuple(name for name, _ in STAGES if name not in NEEDED)
    return Pipeline.build(DEFAULT_LANGUAGE, Config(drop=unneeded)), Attributions()


def find(text: str, *, title: str | None = None, published: str | None = None) -> tuple[Said, ...]:
    """Find the attributions of an English text, in text order of what is said.

    Args:
        text: The text; spans count its code points.
        title: The headline.
        published: Day of publication (YYYY-MM-DD).

    Raises:
        InputError: The text can't be read.
    """
    # Imported late, as in `dateline.coder`: the readers pull in the language guesser.
    from dateline.ingest.readers import document_from_dict

    given = {"text": text, "title": title, "published": published, "language": DEFAULT_LANGUAGE}
    pipeline, stage = _stages()
    analysis = pipeline(document_from_dict({name: value for name, value in given.items() if value is not None}, None))
    found = [said for quotation in analysis.quotations if (said := _said(quotation, analysis, stage)) is not None]
    return tuple(sorted(found, key=lambda said: (said.content, said.source.cue_span)))


def _said(quotation: Quotation, analysis: Analysis, stage: Attributions) -> Said | None:
    """Ask the stage for the source of an event that would fill the whole of what is said."""
    inside = next((token.index for token in analysis.tokens if quotation.content.covers(token.span)), None)
    if inside is None:
        return None
    mention = Mention(kind="trigger", span=quotation.content, text=quotation.content.of(analysis.document.text), head=inside)
    # An act that is not done by speaking, so that the speaker is never its actor (codebook §5.3).
    candidate = EventCandidate(sentence=analysis.tokens[inside].sentence, trigger=mention, event_type="ASSAULT")
    (asked,) = stage([replace(analysis, quotations=(quotation,), candidates=(candidate,))])
    (answer,) = asked.candidates
    if answer.says is None:
        return None
    return Said(source=answer.says, content=quotation.content, claim=answer.claim, direct=quotation.direct)


def properties(said: Said, text: str) -> dict[str, Any]:
    """Return an attribution as plain values, in one order."""
    source = said.source
    return {
        "source": source.text,
        "start": source.span.start if source.span else None,
        "end": source.span.end if source.span else None,
        "name": source.identifier_text,
        "kind": source.kind,
        "chain": list(source.chain),
        "cue": {"text": source.cue, "start": source.cue_span.start, "end": source.cue_span.end},
        "content": {"text": said.content.of(text), "start": said.content.start, "end": said.content.end},
        "direct": said.direct,
        "claim": said.claim,
    }
