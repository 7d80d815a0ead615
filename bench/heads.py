"""Small classifiers over what Dateline gives for a text: fitted when the bench runs, never shipped.

A head is how a set's labels are learned where they are not PLOVER's. It sees words, the records' fields as named features, and
whatever `dense` adds. Where a set has a train file the head is fitted on it; else the open file is predicted by `FOLDS`-fold
cross-validation, and for another part the head is fitted on the whole open file.
"""

from __future__ import annotations

import hashlib
import importlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.shared import AbsentError
from dateline.models.heads import sigmoid
from dateline.models.learned import built_in, load_learned
from dateline.types import Actor, Analysis, EventCandidate

FOLDS = 5
INNER = 4
"""Folds within the training part, from which a threshold is taken."""
STRENGTH = 10.0
"""Inverse of the ridge penalty; the matrices hold values from 0 to 1."""
SPREAD = 0.3
"""Factor on the vectors' values, which run from about -1 to 1 in hundreds of columns: beside words they should not weigh more."""
LEAST = 2
"""A word or pair of words must stand in this many training texts."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to label. `text` is as the set has it, `words` as word counts read it (names may be masked there).

    `group` is what must stay in one fold: the text itself unless a set has several items a document.
    """

    text: str
    words: str
    names: Mapping[str, float]
    group: str


def sklearn(module: str) -> Any:
    """Import a module of scikit-learn, which only the extra ``[train]`` brings."""
    try:
        return importlib.import_module(f"sklearn.{module}")
    except ImportError as error:
        raise AbsentError("scikit-learn is not installed (it comes with the extra [train])") from error


def fold_of(group: str, folds: int = FOLDS, salt: str = "") -> int:
    """Return the fold of a text: the same whatever set the text stands in, as only its letters and digits count."""
    plain = re.sub(r"[\W_]+", "", group.casefold())
    return int.from_bytes(hashlib.sha256(f"{salt}{plain}".encode()).digest()[:8], "big") % folds


def sectors(actors: Sequence[Actor]) -> tuple[str, ...]:
    """Return all sectors of one side, in order."""
    return tuple(dict.fromkeys(s for a in actors for s in a.sectors))


def candidate_names(analysis: Analysis, number: int) -> list[str]:
    """Name what is known of one candidate, whether or not its confidence made it an event."""
    c: EventCandidate = analysis.candidates[number]
    kind = c.event_type
    sides = analysis.sides[number]
    found = [f"type={kind}", f"rule={c.rule}", f"trigger={c.trigger.text.casefold()}", f"type={kind}+claim={c.claim}"]
    found += [f"type={kind}+mode={m}" for m in c.modes]
    found += [f"type={kind}+flag={flag}" for flag in c.auxiliary]
    found += [f"context={x}" for x in c.contexts]
    found += [f"type={kind}+actor={s}" for s in sectors(sides.actors)]
    found += [f"type={kind}+recipient={s}" for s in sectors(sides.recipients)]
    found += [f"count={q.what}" for q in c.quantities] + [f"type={kind}+count={q.what}" for q in c.quantities]
    if c.says is not None:
        found.append(f"type={kind}+says={c.says.kind}")
    return found


def record_names(analysis: Analysis | None) -> dict[str, float]:
    """Return a text's named features, each with the confidence (0 to 1) of the surest candidate that has it."""
    found: dict[str, float] = {}
    if analysis is None:
        return found
    for number, sure in enumerate(analysis.confidences):
        for name in candidate_names(analysis, number):
            found[name] = max(found.get(name, 0.0), sure)
    for event in analysis.events:
        found[f"event={event.event_type}"] = 1.0
    return found


def item_of(text: str, analysis: Analysis | None, group: str | None = None) -> Item:
    """Return the item of a whole text, with its words as they stand."""
    return Item(text=text, words=text, names=record_names(analysis), group=text if group is None else group)


CHUNK = 60
"""Words of a text that the encoder reads at once; news sentences are shorter."""


@cache
def _seen(text: str) -> tuple[float, ...]:
    """Return what the learned coder that ships sees of a text: its mean vector, and each type's highest and mean score in it."""
    folder = built_in("en")
    if folder is None:
        return ()
    model = load_learned(folder)
    words = text.split()
    vectors = model.embed([" ".join(words[n : n + CHUNK]) for n in range(0, max(1, len(words)), CHUNK)])
    scores = sigmoid(model.heads.sentences(vectors, vectors.mean(axis=0)))
    parts = (vectors.mean(axis=0) * SPREAD, scores.max(axis=0), scores.mean(axis=0))
    return tuple(float(x) for part in parts for x in part)


def dense(items: Sequence[Item]) -> Floats:
    """Return a column a dense feature, a row an item: the vectors and type scores of the learned coder."""
    rows = [_seen(i.text) for i in items]
    return np.array(rows, dtype=np.float64).reshape(len(items), len(rows[0]) if rows else 0)


class Features:
    """Turns items into a matrix; words and names that the training items lack have no column."""

    def __init__(self, items: Sequence[Item]) -> None:
        extraction = sklearn("feature_extraction")
        text = sklearn("feature_extraction.text")
        self.words = text.TfidfVectorizer(ngram_range=(1, 2), min_df=min(LEAST, len(items)), sublinear_tf=True)
        self.names = extraction.DictVectorizer()
        self.words.fit([i.words for i in items])
        self.names.fit([dict(i.names) for i in items])

    def matrix(self, items: Sequence[Item]) -> Any:
        """Return the sparse matrix of items: words, names, dense columns."""
        sparse = importlib.import_module("scipy.sparse")
        blocks = [self.words.transform([i.words for i in items]), self.names.transform([dict(i.names) for i in items])]
        columns = dense(items)
        if columns.shape[1]:
            blocks.append(sparse.csr_matrix(columns))
        return sparse.hstack(blocks).tocsr()


def fitted(matrix: Any, labels: Sequence[str], asked: Any, classes: Sequence[str], *, balanced: bool = True) -> Floats:
    """Fit on a matrix and return a row an asked row, a column a class; a class never seen in training has 0.

    Balanced, rare classes count as much as common ones, as in a macro average; else probabilities keep to how common they are.
    """
    out = np.zeros((asked.shape[0], len(classes)))
    if not asked.shape[0]:
        return out
    if len(set(labels)) == 1:
        out[:, classes.index(labels[0])] = 1.0
        return out
    # liblinear fits the two-class heads, of which there are many, in a fraction of the time; it knows no more than two classes
    solver = "liblinear" if len(set(labels)) == 2 else "lbfgs"
    weight = "balanced" if balanced else None
    strength = STRENGTH if balanced else STRENGTH / 10
    model = sklearn("linear_model").LogisticRegression(C=strength, class_weight=weight, max_iter=3000, solver=solver, random_state=0)
    model.fit(matrix, list(labels))
    out[:, [classes.index(c) for c in model.classes_]] = model.predict_proba(asked)
    return out


def probabilities(train: Sequence[Item], labels: Sequence[str], asked: Sequence[Item], classes: Sequence[str]) -> Floats:
    """Fit a head and return a row an asked item, a column a class."""
    features = Features(train)
    return fitted(features.matrix(train), labels, features.matrix(asked), classes)


def best(rows: Floats, classes: Sequence[str]) -> list[str]:
    """Return the likeliest class of every row; the first of equals."""
    return [classes[int(n)] for n in rows.argmax(axis=1)] if len(rows) else []


def threshold(gold: Sequence[bool], scores: Sequence[float]) -> float:
    """Return the score from which saying yes gives the best F1: half-way to the next lower score."""
    order = sorted(zip(scores, gold, strict=True), reverse=True)
    total, hit, top, chosen = sum(gold), 0, 0.0, 0.5
    for n, (score, yes) in enumerate(order, 1):
        hit += yes
        below = order[n][0] if n < len(order) else 0.0
        found = 2 * hit / (n + total) if total else 0.0
        if score > below and found > top:
            top, chosen = found, (score + below) / 2
    return chosen


def yes_or_no(matrix: Any, gold: Sequence[bool], groups: Sequence[str], asked: Any) -> tuple[Floats, float]:
    """Return each asked row's probability of yes, and the threshold that does best when the training rows are crossed."""
    labels = ["yes" if g else "no" for g in gold]
    where = np.array([fold_of(g, INNER, "inner:") for g in groups])
    inner = np.zeros(len(labels))
    for fold in sorted(set(where.tolist())):
        inside, outside = np.flatnonzero(where == fold), np.flatnonzero(where != fold)
        if len(outside):
            inner[inside] = fitted(matrix[outside], [labels[n] for n in outside], matrix[inside], ("no", "yes"))[:, 1]
    return fitted(matrix, labels, asked, ("no", "yes"))[:, 1], threshold(list(gold), inner.tolist())


Answer = Callable[[Sequence[Item], Sequence[Any], Sequence[Item]], list[Any]]
"""A head as a whole: training items, what is true of them, the items asked; returns an answer an item asked."""


def cross_validated(answer: Answer, items: Sequence[Item], truths: Sequence[Any]) -> list[Any]:
    """Answer every item by a head fitted on the other folds."""
    where = [fold_of(i.group) for i in items]
    out: list[Any] = [None] * len(items)
    for fold in sorted(set(where)):
        inside = [n for n, f in enumerate(where) if f == fold]
        outside = [n for n, f in enumerate(where) if f != fold]
        if not outside:
            raise AbsentError("too few texts to fit a head on")
        found = answer([items[n] for n in outside], [truths[n] for n in outside], [items[n] for n in inside])
        for n, one in zip(inside, found, strict=True):
            out[n] = one
    return out


def labels_head(
    train: Sequence[Item], truths: Sequence[Sequence[str]], asked: Sequence[Item], labels: Sequence[str]
) -> list[dict[str, Any]]:
    """Answer with the labels of each item asked, one yes-or-no head a label, and the scores they were taken by."""
    features = Features(train)
    matrix, rows, groups = features.matrix(train), features.matrix(asked), [i.group for i in train]
    out: list[dict[str, Any]] = [{"labels": [], "scores": {}} for _ in asked]
    for label in labels:
        scores, least = yes_or_no(matrix, [label in t for t in truths], groups, rows)
        for one, score in zip(out, scores.tolist(), strict=True):
            one["scores"][label] = score
            if score >= least:
                one["labels"].append(label)
    return out


def class_head(train: Sequence[Item], truths: Sequence[str], asked: Sequence[Item]) -> list[str]:
    """Answer with the likeliest class of each item asked."""
    classes = sorted(set(truths))
    return best(probabilities(train, truths, asked, classes), classes)
