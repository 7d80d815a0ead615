"""The set ``factuality``: how far a text commits itself to given events having happened (-3 to 3), scored by ``score_context.py``.

Two answers are scored on the UW sentences: `rules_*`, from the flags and doubts that `events.modality` reads at the given word, put on the
scale by hand; and `head_*`, by a ridge regression that the bench fits on the train part from those cues and the words and tree around them
(not shipped).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dateline
from bench.coding import Coded
from bench.linear_heads import Features, fit_ridge
from bench.outcome import Outcome
from bench.shared import Source, read_jsonl
from dateline.evaluate.bootstrap import intervals
from dateline.events.modality import Modality
from dateline.events.tree import Tree
from dateline.pipeline import STAGES, Config
from dateline.types import Analysis, EventCandidate, Failure, Mention, Span, Token

CORPUS = "uw"
NEEDED = ("annotate.syntax",)
ALPHA = 8.0
"""Penalty of the ridge."""

REACH = 3
"""How many governors up the tree are looked at."""

VALUES = {"negation": -2.0, "hypothetical": 0.7, "future": 1.2}
"""What a flag of ours says on the set's scale (0 is unknown, -3 certainly not); a sentence told flatly is 3."""

DOUBTS = {"denied": -1.0, "alleged": 1.0, "reported": 2.0}
CERTAIN = 3.0
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp"})

Sums = tuple[float, float, float, float, float, float]
"""Number of targets, sums of answers and of gold, of their squares, and of their products."""


def target_of(analysis: Analysis, span: Span) -> Token | None:
    """Return the token that heads a given stretch of text."""
    inside = [t for t in analysis.tokens if t.span.overlaps(span)]
    return next((t for t in inside if not any(o.index == t.head for o in inside if o.index != t.index)), None)


class Cues:
    """Reads cues off one sentence's analysis."""

    def __init__(self, modality: Modality, analysis: Analysis) -> None:
        self.modality = modality
        self.tree = Tree(analysis)
        self.analysis = analysis

    def ours(self, token: Token) -> tuple[list[str], str]:
        """Return our flags and our claim for an event at a token."""
        flags, _ = self.modality.flags(token, self.tree)
        mention = Mention(kind="trigger", span=token.span, text=token.text, head=token.index)
        candidate = EventCandidate(sentence=token.sentence, trigger=mention, event_type="ASSAULT")
        return flags, self.modality.doubt(candidate, token, self.tree)

    def by_rule(self, token: Token) -> float:
        """Return our flags and claim on the set's scale."""
        flags, claim = self.ours(token)
        return min([CERTAIN, *(VALUES[f] for f in flags if f in VALUES), *([DOUBTS[claim]] if claim in DOUBTS else [])])

    def features(self, token: Token) -> Features:
        """Return the features of a token for the head."""
        flags, claim = self.ours(token)
        lemma = token.lemma.lower()
        out = [
            f"l={lemma}",
            f"pos={token.pos}",
            f"tag={token.tag}",
            f"dep={token.dep}",
            f"claim={claim}",
            f"tag|dep={token.tag}|{token.dep}",
        ]
        out += [f"flag={f}" for f in flags] or ["no flag"]
        out += self._below("t", token)
        above = token
        for step in range(1, REACH + 1):
            governor = self.analysis.tokens[above.head]
            if governor.index == above.index:
                out.append(f"top={step}")
                break
            word = governor.lemma.lower()
            out += [
                f"g{step}={word}",
                f"g{step}|dep={word}|{above.dep}",
                f"g|dep={word}|{above.dep}",
                f"gtag{step}={governor.tag}|{above.dep}",
            ]
            to = "to" if any(c.tag == "TO" for c in self.analysis.children(above)) else "bare"
            out += [f"g{step}|{to}={word}", f"any={word}"]
            out += self._below(f"g{step}", governor)
            above = governor
        sentence = self.analysis.tokens_of(self.analysis.sentences[token.sentence])
        out += ["question"] if sentence[-1].text == "?" else []
        out += [f"near={t.text.lower()}" for t in sentence if abs(t.index - token.index) <= 2 and t.index != token.index]
        return out

    def _below(self, name: str, token: Token) -> Iterator[str]:
        """Yield what hangs on a token and may turn its truth: auxiliaries, negation, markers, adverbs, determiners."""
        auxiliaries = []
        for child in self.analysis.children(token):
            low = child.text.lower()
            if child.dep in ("aux", "auxpass", "neg", "mark", "advmod", "det", "prep", "amod"):
                yield f"{name}:{child.dep}={low}"
            if child.dep in ("aux", "neg"):
                auxiliaries.append(low)
        yield f"{name}:aux={'+'.join(auxiliaries) or token.tag}"


def read(rows: Sequence[Mapping[str, Any]], coder: Any, modality: Modality) -> Iterator[list[tuple[Features, float] | None]]:
    """Yield, for each sentence, the features and the rule's answer of each target; None where there is no such word."""
    given = ({"id": r["id"], "text": r["text"], "language": "en"} for r in rows)
    for row, result in zip(rows, coder.stream(given), strict=True):
        if isinstance(result, Failure):
            yield [None] * len(row["targets"])
            continue
        cues = Cues(modality, result.analysis)
        starts, at = [], 0
        for word in row["text"].split(" "):
            starts.append(at)
            at += len(word) + 1
        out: list[tuple[Features, float] | None] = []
        for target in row["targets"]:
            begin, end = starts[target["tok"][0]], starts[target["tok"][1] - 1]
            token = target_of(result.analysis, Span(begin, end + 1))
            out.append((cues.features(token), cues.by_rule(token)) if token is not None else None)
        yield out


def sums_of(answers: Sequence[float], gold: Sequence[float]) -> Sums:
    """Return what the correlation is made of."""
    pairs = list(zip(answers, gold, strict=True))
    return (
        float(len(pairs)),
        sum(answers),
        sum(gold),
        sum(x * x for x in answers),
        sum(y * y for y in gold),
        sum(x * y for x, y in pairs),
    )


def pearson(sums: Sequence[Sums]) -> float:
    """Return Pearson's r over the targets of some sentences; 0 where one side does not vary."""
    n, x, y, xx, yy, xy = (sum(s[i] for s in sums) for i in range(6))
    spread = (n * xx - x * x) * (n * yy - y * y)
    return float((n * xy - x * y) / spread**0.5) if n and spread > 1e-9 else 0.0


def run(source: Source, limit: int | None) -> Outcome:
    """Fit the head on the train part, answer the UW sentences of a part and score them."""
    scorer = source.scorer("score_context")
    gold = [row for row in read_jsonl(source.gold("factuality")) if row["corpus"] == CORPUS][:limit]
    train = [row for row in read_jsonl(source.open("factuality", "train.jsonl")) if row["corpus"] == CORPUS]
    begun = time.perf_counter()
    coder = dateline.load(config=Config(drop=tuple(name for name, _ in STAGES if name not in NEEDED)))
    modality = Modality()
    pairs = [
        (known[0], float(target["label"]))
        for row, found in zip(train, read(train, coder, modality), strict=True)
        for target, known in zip(row["targets"], found, strict=True)
        if known is not None
    ]
    head = fit_ridge([features for features, _ in pairs], [label for _, label in pairs], ALPHA)
    start_up = time.perf_counter() - begun
    begun = time.perf_counter()
    answers: dict[str, list[list[float]]] = {"head": [], "rules": []}
    for found in read(gold, coder, modality):
        # the scale ends at 3: the head's sum may pass it
        answers["head"].append([max(-3.0, min(3.0, head.total(f[0]))) if f else CERTAIN for f in found])
        answers["rules"].append([f[1] if f else CERTAIN for f in found])
    labels = [[float(t["label"]) for t in g["targets"]] for g in gold]
    rows = [{name: sums_of(given[i], labels[i]) for name, given in answers.items()} for i in range(len(gold))]
    return Outcome(
        set_name="factuality",
        part=source.part,
        scores={
            name: scorer.score_factuality([(g, {"id": g["id"], "labels": a}) for g, a in zip(gold, given, strict=True)])
            for name, given in answers.items()
        },
        figures=intervals(rows, lambda some: {f"{name}_pearson": pearson([row[name] for row in some]) for name in answers}),
        coded=Coded(
            records=[{"document": g["id"], "labels": a} for g, a in zip(gold, answers["head"], strict=True)],
            results={},
            failures=(),
            documents=len(gold),
            seconds=time.perf_counter() - begun,
            start_up=start_up,
        ),
        gold_events=sum(len(g["targets"]) for g in gold),
        floor={},
    )
