"""Templates of incidents from analyses: heads for the types of a report and the fillers of five roles, fitted on the train part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bench.linear_heads import Head, fit_logistic
from bench.muc4_phrases import KEYWORDS, Phrase, Reader, kinds_of, plain
from dateline.types import Analysis

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery")
KEPT = 3
"""One in so many of the phrases that fill nothing is fitted on: there are hundreds for each that does."""

TYPE_C, ROLE_C = 0.3, 0.2
"""Inverse regularisation, chosen on train documents."""

TYPE_THRESHOLD = {"attack": 0.3, "bombing": 0.3, "kidnapping": 0.3, "arson": 0.3, "robbery": 0.3}
ROLE_THRESHOLD = {"PerpInd": 0.38, "PerpOrg": 0.4, "Target": 0.28, "Victim": 0.38, "Weapon": 0.35}
"""Probabilities (0 to 1) from which a head's answer counts, chosen on train documents."""

WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A filler of a role: what it is called, how sure it is, and in which sentences it stands."""

    words: str
    text: str
    probability: float
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is kept of one report after its analysis was read."""

    id: str
    document: tuple[str, ...]
    """Features of the whole report."""
    phrases: tuple[tuple[Phrase, int, str], ...]
    """Each phrase with its sentence and its words as the text writes them."""
    kinds: tuple[tuple[str, ...], ...]
    """By sentence, the types of incident that its words tell of."""


def read(analysis: Analysis) -> Report:
    """Read one analysis."""
    reader = Reader(analysis)
    text = analysis.document.text
    words = WORD.findall(text.lower())
    document = {f"w={w}" for w in words} | {f"b={a} {b}" for a, b in pairwise(words)}
    early = words[:60]
    document |= {f"early={w}" for w in early}
    for kind in KEYWORDS:
        n = sum(kind in kinds_of(w) for w in words)
        document |= {f"{kind}>={k}" for k in (1, 2, 4, 8) if n >= k}
        if any(kind in kinds_of(w) for w in early):
            document.add(f"early {kind}")
    for candidate, confidence in zip(analysis.candidates, analysis.confidences, strict=True):
        sure = "sure" if confidence >= 0.5 else "unsure"
        document |= {f"event={candidate.event_type}:{m}:{sure}" for m in (candidate.modes or ("-",))}
        for argument in candidate.arguments:
            if argument.head is not None and candidate.event_type == "ASSAULT":
                document.add(f"{argument.role}={analysis.tokens[argument.head].lemma.lower()}")
    phrases = tuple((p, analysis.tokens[p.head].sentence, p.span.of(text)) for p in reader.phrases())
    kinds = tuple(tuple(sorted({k for t in analysis.tokens_of(s) for k in kinds_of(t.text)})) for s in analysis.sentences)
    return Report(id=analysis.document.id, document=tuple(sorted(document)), phrases=phrases, kinds=kinds)


def mentions(gold: Mapping[str, Any], role: str) -> set[str]:
    """Return the mentions that fill a role in a gold report, as the scorer compares them."""
    return {plain(m) for entity in gold["entities"][role] for m in entity}


def types_of(gold: Mapping[str, Any]) -> set[str]:
    """Return the types of a gold report's templates."""
    return {part for t in gold["templates"] for part in t["incident_type"].split(" / ")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The fitted heads."""

    types: Mapping[str, Head]
    roles: Mapping[str, Head]

    def decide_types(self, report: Report) -> list[str]:
        """Return the types of incident that a report tells of, surest first."""
        sure = {t: self.types[t].probability(report.document) for t in TYPES}
        return sorted((t for t in TYPES if sure[t] >= TYPE_THRESHOLD[t]), key=lambda t: (-sure[t], t))

    def fillers(self, report: Report, role: str) -> list[Found]:
        """Return the fillers of a role in a report, surest first, each entity once."""
        head = self.roles[role]
        best: dict[str, Found] = {}
        for phrase, sentence, text in report.phrases:
            probability = head.probability(phrase.features)
            if probability < ROLE_THRESHOLD[role] / 4:
                continue
            known = best.get(phrase.words)
            surest = max(probability, known.probability if known else 0.0)
            places = (*(known.sentences if known else ()), sentence)
            best[phrase.words] = Found(words=phrase.words, text=text, probability=surest, sentences=places)
        chosen: list[Found] = []
        for found in sorted(best.values(), key=lambda f: (-f.probability, f.words)):
            if found.probability < ROLE_THRESHOLD[role]:
                break
            if not any(same_entity(found.words, c.words, role) for c in chosen):
                chosen.append(found)
        return chosen


def same_entity(a: str, b: str, role: str) -> bool:
    """Tell whether two mentions of one role in one report are of one entity, by their words alone."""
    if a == b:
        return True
    x, y = a.split(), b.split()
    short, long = (x, y) if len(x) <= len(y) else (y, x)
    if set(short) <= set(long):
        return True
    if role == "Victim":
        return x[-1] == y[-1] and len(short) == 1
    if role == "PerpOrg" and len(short) == 1:
        initials = "".join(w[0] for w in long if w not in ("of", "the", "for", "and"))
        return short[0] == initials
    return x[-1] == y[-1] or x[-1].rstrip("s") == y[-1].rstrip("s")


def fit_types(reports: Sequence[Report], gold: Sequence[Mapping[str, Any]]) -> dict[str, Head]:
    """Fit a head a type of incident on all reports."""
    rows = [r.document for r in reports]
    return {t: fit_logistic(rows, [t in types_of(g) for g in gold], TYPE_C) for t in TYPES}


def fit_roles(reports: Iterable[Report], gold: Iterable[Mapping[str, Any]], roles: Sequence[str] = ROLES) -> dict[str, Head]:
    """Fit a head a role on the reports that tell of an incident."""
    rows: list[tuple[str, ...]] = []
    answers: dict[str, list[bool]] = {role: [] for role in roles}
    for report, g in zip(reports, gold, strict=True):
        if not g["templates"]:
            continue
        wanted = {role: mentions(g, role) for role in roles}
        filled = {m for ms in wanted.values() for m in ms}
        inside = {w for m in filled for w in m.split()}
        for n, (phrase, _, _) in enumerate(report.phrases):
            if phrase.words not in filled and n % KEPT and phrase.words.split()[-1] not in inside:
                continue
            rows.append(phrase.features)
            for role in roles:
                answers[role].append(phrase.words in wanted[role])
    return {role: fit_logistic(rows, answers[role], ROLE_C) for role in roles}


def fit(reports: Sequence[Report], gold: Sequence[Mapping[str, Any]]) -> Heads:
    """Fit all heads."""
    return Heads(types=fit_types(reports, gold), roles=fit_roles(reports, gold))


def templates(heads: Heads, report: Report) -> list[dict[str, Any]]:
    """Return a report's templates: one a type, each filler with the type whose words stand nearest to it."""
    types = heads.decide_types(report)
    made: dict[str, dict[str, Any]] = {t: {"incident_type": t, **{role: [] for role in ROLES}} for t in types}
    if not types:
        return []
    for role in ROLES:
        for found in heads.fillers(report, role):
            for kind in nearest(found, types, report):
                made[kind][role].append([found.text])
    return list(made.values())


def nearest(found: Found, types: Sequence[str], report: Report) -> list[str]:
    """Return the types whose words stand in a filler's sentences; the surest type where none does."""
    if len(types) == 1:
        return list(types)
    count = {t: sum(t in report.kinds[s] for s in found.sentences) for t in types}
    top = max(count.values())
    if not top:
        return [types[0]]
    return [t for t in types if count[t] == top]
