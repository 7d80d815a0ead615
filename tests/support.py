"""Helpers of the tests: run the real stages over a short text, each stage built once."""

from __future__ import annotations

import functools

from dateline.ingest.readers import document_from_text
from dateline.pipeline import STAGES
from dateline.types import Analysis, EventCandidate, Stage


@functools.cache
def stage(name: str) -> Stage:
    """Build a stage of the table once."""
    return dict(STAGES)[name]("en")


@functools.lru_cache(maxsize=256)
def analysed(text: str, until: str = "merge.within_document", published: str | None = None) -> Analysis:
    """Run the stages up to and with `until` over a text taken to be English."""
    document = document_from_text(text, id="test", published=published, language="en")
    analysis = Analysis(document=document)
    for name, _ in STAGES:
        (analysis,) = stage(name)([analysis])
        if name == until:
            break
    return analysis


def candidate(text: str, trigger: str, until: str = "events.magnitude", published: str | None = None) -> EventCandidate:
    """Return the candidate whose trigger begins with the given words."""
    found = analysed(text, until, published).candidates
    return next(c for c in found if c.trigger.text.lower().startswith(trigger.lower()))


def side(found: EventCandidate, role: str) -> list[str]:
    """The texts of one side, without leading articles."""
    return [a.text.removeprefix("the ").removeprefix("The ") for a in found.of_role(role) if a.text]
