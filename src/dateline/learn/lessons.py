"""What the network is taught of one document: arrays of what each sentence, token, trigger and pair should be.

A lesson is made from an analysis (all stages before `events.confidence`) and the events that a coder wrote down for it.
Types whose trigger a coder did not mark in a sentence are masked there: the codebook has one trigger marked an event, in
the first of its sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.models.heads import ROLES, Labels, distance_class
from dateline.models.windows import NO_TOKEN, windows
from dateline.types import Analysis, Token

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BACK = 2
"""How many sentences before its trigger an event's sides are looked for."""
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
INNER = frozenset({"compound", "nummod", "det", "quantmod", "punct", "case"})
MOST_PAIRS = 150
"""Pairs of triggers a document that are compared at most: the first in text order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """One event as a coder wrote it down, in terms of an analysis.

    Attributes:
        sentences: Indexes of the sentences that tell of it; the first holds its trigger.
        unsure: Indexes of sentences that may tell of it: nothing is taught there for its type.
        trigger: Indexes of the tokens of its trigger; empty where it is not marked.
        roles: For each of `ROLES` that was coded the heads of all mentions of those who play it.
        attributes: Names as in `Labels.attributes`.
    """

    event_type: str
    sentences: tuple[int, ...]
    unsure: frozenset[int] = frozenset()
    trigger: tuple[int, ...] = ()
    roles: dict[str, frozenset[int]] = field(default_factory=dict)
    attributes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document's arrays by name (see `lesson_of`), and the candidates that its rows stand for as (token, type)."""

    arrays: dict[str, Any]
    candidates: tuple[tuple[int, str], ...]


def root_of(tokens: Sequence[Token], inside: Sequence[int]) -> int:
    """Return the token of a stretch whose governor lies outside it (the first such)."""
    held = set(inside)
    return next((i for i in inside if tokens[i].head not in held or tokens[i].head == i), inside[0])


def pool(analysis: Analysis, token: Token) -> Iterator[Token]:
    """Yield the heads that may stand on a side of an event with its trigger at a token."""
    first = analysis.sentences[max(0, token.sentence - BACK)].first
    for other in analysis.tokens[first : analysis.sentences[token.sentence].last]:
        back = other.sentence < token.sentence
        if other.pos in NOMINAL and other.dep not in INNER and other.index != token.index and not (back and other.pos == "PRON"):
            yield other


def places_near(analysis: Analysis) -> list[Token]:
    """Return the last tokens of the document's place names, demonyms left out."""
    ends = {t.span.end: t for t in analysis.tokens}
    return [ends[t.span.end] for t in analysis.toponyms if not t.demonym and t.span.end in ends]


def told_by(events: Sequence[Taught], analysis: Analysis, token: int, event_type: str) -> Taught | None:
    """Return the one event of a type that a trigger tells, or None where none or several might be meant."""
    sentence = analysis.tokens[token].sentence
    found = [e for e in events if e.event_type == event_type and sentence in e.sentences]
    if len(found) > 1:
        exact = [e for e in found if token in e.trigger]
        found = exact or [e for e in found if sentence != e.sentences[0] or not e.trigger]
    return found[0] if len(found) == 1 else None


def candidates_of(analysis: Analysis, events: Sequence[Taught], unlisted: frozenset[str] = frozenset()) -> list[tuple[int, str]]:
    """Return all triggers to learn from: what the lexicon found and what the coder marked, in text order.

    Of `unlisted` types the lexicon knows no word, so nothing that it finds shows what is none of their triggers: the
    verbs and common nouns of the sentences that tell of no such event stand in.
    """
    found = {(c.trigger.head, c.event_type) for c in analysis.candidates}
    found |= {(root_of(analysis.tokens, e.trigger), e.event_type) for e in events if e.trigger}
    for event_type in unlisted:
        told = {s for e in events if e.event_type == event_type for s in (*e.sentences, *e.unsure)}
        found |= {(t.index, event_type) for t in analysis.tokens if t.pos in ("VERB", "NOUN") and t.sentence not in told}
    return sorted(found)


def lesson_of(
    analysis: Analysis,
    events: Sequence[Taught],
    labels: Labels,
    tokenizer: Tokenizer,
    *,
    taught: frozenset[str] = frozenset(),
    unlisted: frozenset[str] = frozenset(),
) -> Lesson:
    """Return the arrays of one document.

    Args:
        analysis: The document after all stages before `events.confidence`.
        events: What a coder wrote down.
        labels: The outputs of the network.
        tokenizer: Cuts text into word pieces.
        taught: The kinds of attribute (mode, aux, claim, context) that the coder filled in.
        unlisted: Types, outputs of the network, that the lexicon has no words for.
    """
    number = {name: i for i, name in enumerate(labels.types)}
    events = [e for e in events if e.event_type in number]
    pairs = candidates_of(analysis, events, unlisted)
    arrays = {
        "windows": [(w.ids, w.tokens) for w in windows(analysis.document.text, analysis.sentences, analysis.tokens, tokenizer)],
        "token_sentence": np.array([t.sentence for t in analysis.tokens], dtype=np.int64),
        "sentences": len(analysis.sentences),
        **_sentences(analysis, events, number),
        **_candidates(analysis, events, pairs, labels, number, taught),
        **_roles(analysis, events, pairs),
        **_same(analysis, events, pairs),
    }
    return Lesson(arrays, tuple(pairs))


def _sentences(analysis: Analysis, events: Sequence[Taught], number: dict[str, int]) -> dict[str, Any]:
    target = np.zeros((len(analysis.sentences), len(number)), dtype=np.float32)
    weight = np.ones_like(target)
    trigger = np.zeros((len(analysis.tokens), len(number)), dtype=np.float32)
    trigger_weight = np.ones_like(trigger)
    for sentence in analysis.sentences:
        if sentence.kind == "headline":
            weight[sentence.index] = trigger_weight[sentence.first : sentence.last] = 0.0
    marked: set[tuple[int, int]] = set()
    for event in events:
        k = number[event.event_type]
        for s in (*event.sentences, *event.unsure):
            sentence = analysis.sentences[s]
            target[s, k] = max(target[s, k], float(s in event.sentences))
            weight[s, k] = 1.0 if target[s, k] else 0.0
            if not event.trigger or s != event.sentences[0]:
                trigger_weight[sentence.first : sentence.last, k] = 0.0
        marked |= {(i, k) for i in event.trigger}
    for i, k in marked:
        trigger[i, k] = trigger_weight[i, k] = 1.0
    return {"sentence_target": target, "sentence_weight": weight, "trigger_target": trigger, "trigger_weight": trigger_weight}


def _candidates(
    analysis: Analysis,
    events: Sequence[Taught],
    pairs: Sequence[tuple[int, str]],
    labels: Labels,
    number: dict[str, int],
    taught: frozenset[str],
) -> dict[str, Any]:
    unsure = {(s, e.event_type) for e in events for s in e.unsure}
    sure = {(s, e.event_type) for e in events for s in e.sentences}
    right, weight = [], []
    attributes = np.zeros((len(pairs), len(labels.attributes)), dtype=np.float32)
    attribute_weight = np.zeros_like(attributes)
    kinds = [name.partition(":")[::2] for name in labels.attributes]
    for row, (token, event_type) in enumerate(pairs):
        at = (analysis.tokens[token].sentence, event_type)
        right.append(float(at in sure))
        weight.append(float(at in sure or at not in unsure))
        event = told_by(events, analysis, token, event_type)
        if event is None:
            continue
        for column, (kind, name) in enumerate(kinds):
            if kind in taught and (kind != "mode" or name.partition(".")[0] == event_type):
                attribute_weight[row, column] = 1.0
                attributes[row, column] = float(f"{kind}:{name}" in event.attributes)
    return {
        "candidate_token": np.array([t for t, _ in pairs], dtype=np.int64),
        "candidate_type": np.array([number[k] for _, k in pairs], dtype=np.int64),
        "candidate_target": np.array(right, dtype=np.float32),
        "candidate_weight": np.array(weight, dtype=np.float32),
        "attribute_target": attributes,
        "attribute_weight": attribute_weight,
    }


def _roles(analysis: Analysis, events: Sequence[Taught], pairs: Sequence[tuple[int, str]]) -> dict[str, Any]:
    rows: dict[tuple[int, int], list[float]] = {}
    weights: dict[tuple[int, int], list[float]] = {}
    names = places_near(analysis)
    for row, (token, event_type) in enumerate(pairs):
        event = told_by(events, analysis, token, event_type)
        if event is None:
            continue
        trigger = analysis.tokens[token]
        heads = {h.index: (1.0, 1.0, 1.0, 0.0) for h in pool(analysis, trigger)}
        for name in names:
            w = heads.get(name.index, (0.0, 0.0, 0.0, 0.0))
            heads[name.index] = (*w[:3], 1.0)
        for head, told in sorted(heads.items()):
            weights[row, head] = [w * (role in event.roles) for w, role in zip(told, ROLES, strict=True)]
            rows[row, head] = [float(head in event.roles.get(role, ())) for role in ROLES]
    keys = list(rows)
    return {
        "role_candidate": np.array([r for r, _ in keys], dtype=np.int64),
        "role_head": np.array([h for _, h in keys], dtype=np.int64),
        "role_distance": np.array([_distance(analysis, pairs[r][0], h) for r, h in keys], dtype=np.int64),
        "role_target": np.array([rows[k] for k in keys], dtype=np.float32).reshape(-1, len(ROLES)),
        "role_weight": np.array([weights[k] for k in keys], dtype=np.float32).reshape(-1, len(ROLES)),
    }


def _same(analysis: Analysis, events: Sequence[Taught], pairs: Sequence[tuple[int, str]]) -> dict[str, Any]:
    by_type: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, (token, event_type) in enumerate(pairs):
        event = told_by(events, analysis, token, event_type)
        if event is not None:
            by_type[event_type].append((row, events.index(event)))
    told = [(a, b, float(x == y)) for rows in by_type.values() for (a, x), (b, y) in combinations(rows, 2)][:MOST_PAIRS]
    return {
        "same_a": np.array([a for a, _, _ in told], dtype=np.int64),
        "same_b": np.array([b for _, b, _ in told], dtype=np.int64),
        "same_distance": np.array([_distance(analysis, pairs[a][0], pairs[b][0]) for a, b, _ in told], dtype=np.int64),
        "same_target": np.array([t for _, _, t in told], dtype=np.float32),
    }


def _distance(analysis: Analysis, trigger: int, other: int) -> int:
    return distance_class(analysis.tokens[other].sentence - analysis.tokens[trigger].sentence, other - trigger)


def batch_of(lessons: Sequence[Lesson]) -> dict[str, Any]:
    """Return the arrays of several documents as one batch, numbers of tokens, sentences and rows counted through."""
    found = [x.arrays for x in lessons]
    token_at = np.cumsum([0, *(len(a["token_sentence"]) for a in found)])
    sentence_at = np.cumsum([0, *(a["sentences"] for a in found)])
    row_at = np.cumsum([0, *(len(a["candidate_token"]) for a in found)])
    cut = [(ids, tokens, int(token_at[n])) for n, a in enumerate(found) for ids, tokens in a["windows"]]
    longest = max(len(ids) for ids, _, _ in cut)
    none = int(token_at[-1])
    ids, mask = (np.zeros((len(cut), longest), dtype=np.int64) for _ in range(2))
    piece_token = np.full((len(cut), longest), none, dtype=np.int64)
    for row, (pieces, tokens, offset) in enumerate(cut):
        ids[row, : len(pieces)], mask[row, : len(pieces)] = pieces, 1
        piece_token[row, : len(pieces)] = [none if t == NO_TOKEN else t + offset for t in tokens]
    shifted = {
        "token_sentence": sentence_at,
        "candidate_token": token_at,
        "role_candidate": row_at,
        "role_head": token_at,
        "same_a": row_at,
        "same_b": row_at,
    }
    out: dict[str, Any] = {
        name: np.concatenate([a[name] + (shifted[name][n] if name in shifted else 0) for n, a in enumerate(found)])
        for name in found[0]
        if name not in ("windows", "sentences")
    }
    documents = np.concatenate([np.full(a["sentences"], n, dtype=np.int64) for n, a in enumerate(found)])
    sizes = {"tokens": none, "sentences": int(sentence_at[-1]), "documents": len(found)}
    return {**out, **sizes, "ids": ids, "mask": mask, "piece_token": piece_token, "sentence_document": documents}
