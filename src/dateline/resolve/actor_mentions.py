"""All actors of a text by themselves, coded as those of events are, each with every place where the text speaks of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.resolve.actor_entities import LISTED
from dateline.resolve.actors import Actors, Coder
from dateline.types import Actor, Analysis, Span, Token

KNOWN = ("rule", "imported", "listed", "described", "word", "name", "unknown")
"""How an actor's codes are known: a user's rule, a user's import, the lists that ship, what the text says of the name elsewhere, an
agent word of the phrase, the name of a country or place; "unknown" is a name of which neither lists nor text tell anything."""

_SIDES = frozenset("nsubj nsubjpass dobj agent pobj iobj dative conj appos attr poss ROOT obj".split())
_ACTING = frozenset({"nsubj", "nsubjpass", "agent", "dobj", "dative"})
_BODIES = frozenset({"PERSON", "ORG", "NORP", "GROUP"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundActor:
    """An actor of the text. `actor` is its first mention, coded; `mentions` are the spans of all, pronouns too, in text order."""

    actor: Actor
    mentions: tuple[Span, ...]
    known: str


def find(analysis: Analysis, stage: Actors, day: str | None = None) -> tuple[FoundActor, ...]:
    """Return the actors of an analysed text (tokens, entities, toponyms, chains), in the order of their first mention.

    Args:
        analysis: The text; no candidates are needed.
        stage: The stage that codes actors, with its lists.
        day: The day (ISO 8601) on which offices are asked for, else that of publication.
    """
    coder = stage.coder(analysis, day)
    linked = {span: chain for chain in analysis.chains for span in (m.span for m in chain.mentions)}
    found: dict[str, FoundActor] = {}
    for token in analysis.tokens:
        if not _may_act(token, analysis, coder):
            continue
        actor = coder.at(token)
        if actor is None or actor.span is None:
            continue
        spans = {actor.span}
        for span, chain in linked.items():
            if span.overlaps(actor.span) and span.start <= token.span.start < span.end:
                spans |= {mention.span for mention in chain.mentions}
        key = (actor.identifier_text or actor.text).casefold()
        before = found.get(key)
        if before is None:
            found[key] = FoundActor(actor=actor, mentions=tuple(sorted(spans)), known=_known(token, actor, coder))
        else:
            found[key] = replace(before, mentions=_apart({*before.mentions, *spans}))
    made = (replace(each, mentions=_apart(set(each.mentions))) for each in found.values())
    return tuple(sorted(made, key=lambda each: each.mentions[0]))


def _may_act(token: Token, analysis: Analysis, coder: Coder) -> bool:
    """Tell whether a token heads a phrase that says who: a listed or agent word, a person, a body, a state that acts."""
    if token.pos not in ("NOUN", "PROPN", "ADJ") or token.dep not in _SIDES:
        return False
    covering = coder.roles.covering[token.index]
    if any(match.entities or (match.agent and match.last == token.index + 1) for match in covering):
        return not (token.pos == "ADJ" and token.dep != "nsubj")
    if token.index in coder.story.named:
        return token.dep in _ACTING and (token.pos == "PROPN" or token.index in coder.story.people)
    if token.index in coder.story.places:
        return token.index in coder.story.seats and token.dep in _ACTING
    return any(mention.label in _BODIES and mention.head == token.index for mention in analysis.entities)


def _known(token: Token, actor: Actor, coder: Coder) -> str:
    role = coder.role_at(token)
    if role is not None and role.known is not None:
        return role.known.origin if role.known.origin != LISTED else "listed"
    if not actor.sectors:
        return "unknown"
    if any(match.agent for match in coder.roles.covering[token.index]):
        return "word"
    if token.index in coder.story.named or token.index in coder.story.places:
        return "name"
    return "described"


def _apart(spans: set[Span]) -> tuple[Span, ...]:
    """Return the spans in text order, without those that lie within another."""
    return tuple(sorted(s for s in spans if not any(o != s and o.covers(s) for o in spans)))
