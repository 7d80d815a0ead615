"""Training a model folder on a user's coded articles: what ``dateline train`` does.

The events of one part of the articles teach the network; on the other part the coder is scored before and after. Types
that the records never use are left as they are: their outputs are neither taught nor untaught.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dateline.errors import ConfigurationError, InputError
from dateline.learn.export import export
from dateline.learn.fit import Course, fit
from dateline.learn.lessons import Lesson, lesson_of
from dateline.learn.records import KINDS, attributes_of, taught_by
from dateline.learn.resume import resume
from dateline.models.heads import Labels
from dateline.models.learned import LearnedModel
from dateline.pipeline import NO_MODEL, STAGES, Config, Pipeline
from dateline.record import event_to_dict
from dateline.types import Document, Failure

Records = Mapping[str, Sequence[Mapping[str, Any]]]
LAST = "events.triggers"
"""The last stage whose result is learned from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Events found, of those that are there, by type and sentence. `right` of `found` are among the `there`."""

    right: int
    found: int
    there: int

    @property
    def f1(self) -> float:
        """F1 (0 to 1); 0 where there is nothing."""
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What training did: articles taught and held back, and scores by type before and after ("all" is over all types)."""

    taught: int
    held: int
    before: Mapping[str, Score]
    after: Mapping[str, Score]


def split(documents: Sequence[Document], held: float) -> tuple[list[Document], list[Document]]:
    """Deal documents into those to learn from and those held back, by a hash of their names.

    Raises:
        InputError: There are not enough for both.
    """
    ordered = sorted(documents, key=lambda d: hashlib.sha256(d.id.encode()).hexdigest())
    count = max(1, round(held * len(ordered)))
    if len(ordered) - count < 1:
        raise InputError(f"{len(ordered)} coded articles are too few to learn from and to score on: give at least two, better forty")
    return ordered[count:], ordered[:count]


def labels_for(base: LearnedModel, records: Records, own_types: Sequence[Mapping[str, Any]]) -> Labels:
    """Return the outputs of the new model: the old ones, then new types, then new attributes.

    Raises:
        InputError: A record has a type that neither the model nor the ontology file knows.
    """
    types = dict.fromkeys((*base.labels.types, *(str(row["code"]) for row in own_types)))
    found = [r for rows in records.values() for r in rows]
    unknown = sorted({r["event"][0] for r in found} - types.keys())
    if unknown:
        raise InputError(
            f"records have the event type {', '.join(unknown)}, which the model does not know: define it in a file for --types"
        )
    attributes = dict.fromkeys((*base.labels.attributes, *sorted({a for r in found for a in attributes_of(r)})))
    return Labels(types=tuple(types), attributes=tuple(attributes))


def lessons_for(documents: Sequence[Document], records: Records, labels: Labels, base: LearnedModel) -> list[Lesson]:
    """Analyse documents and return their lessons; types that no record has weigh nothing.

    Raises:
        InputError: An article could not be read, or a record does not fit its text.
    """
    later = [name for name, _ in STAGES][[name for name, _ in STAGES].index(LAST) + 1 :]
    pipeline = Pipeline.build(base.language, Config(model=NO_MODEL, drop=tuple(later)))
    used = {r["event"][0] for rows in records.values() for r in rows}
    spared = np.array([name not in used for name in labels.types])
    out = []
    for found in pipeline.stream(documents):
        if isinstance(found, Failure):
            raise InputError(found.message, document=found.document)
        lesson = lesson_of(found, taught_by(found, records[found.document.id]), labels, base.tokenizer, taught=KINDS)
        lesson.arrays["sentence_weight"][:, spared] = 0.0
        lesson.arrays["trigger_weight"][:, spared] = 0.0
        lesson.arrays["candidate_weight"][spared[lesson.arrays["candidate_type"]]] = 0.0
        out.append(lesson)
    return out


def score(documents: Sequence[Document], records: Records, language: str, model: Path) -> dict[str, Score]:
    """Code documents and score the types that the records use: an event is right where one of its type is told in its sentence."""
    used = sorted({r["event"][0] for rows in records.values() for r in rows})
    pipeline = Pipeline.build(language, Config(model=model))
    there: dict[str, list[tuple[str, int, int]]] = {kind: [] for kind in used}
    found: dict[str, list[tuple[str, int, int]]] = {kind: [] for kind in used}
    for analysis in pipeline.stream(documents):
        if isinstance(analysis, Failure):
            raise InputError(analysis.message, document=analysis.document)
        name = analysis.document.id
        for rows, into in ((records[name], there), ([event_to_dict(e, analysis.document) for e in analysis.events], found)):
            for r in rows:
                if r["event"][0] in into:
                    into[r["event"][0]].append((name, r["evidence"][0]["start"], r["evidence"][0]["end"]))
    scores = {kind: _score(found[kind], there[kind]) for kind in used}
    whole = Score(
        right=sum(s.right for s in scores.values()),
        found=sum(s.found for s in scores.values()),
        there=sum(s.there for s in scores.values()),
    )
    return {**scores, "all": whole}


def _score(found: Sequence[tuple[str, int, int]], there: Sequence[tuple[str, int, int]]) -> Score:
    left = list(there)
    for name, start, end in found:
        match = next((x for x in left if x[0] == name and x[1] < end and start < x[2]), None)
        if match is not None:
            left.remove(match)
    return Score(right=len(there) - len(left), found=len(found), there=len(there))


def train(
    documents: Sequence[Document],
    records: Records,
    base: LearnedModel,
    folder: Path,
    *,
    own_types: Sequence[Mapping[str, Any]] = (),
    held: float = 0.2,
    course: Course | None = None,
    report: Callable[[int, float], None] | None = None,
) -> Outcome:
    """Train a model further and write it.

    Args:
        documents: The articles. Those without a record teach that nothing of the records' types happens in them.
        records: Their events, by document.
        base: The model to begin from.
        folder: Where the new model goes.
        own_types: Event types that PLOVER does not have, as `dateline.ontology.read_types` returns them.
        held: Share (0 to 1) of the articles that is held back to score on.
        course: How to train.
        report: Called after each epoch with its number and the mean loss.

    Raises:
        InputError: Records and articles do not fit each other.
        ConfigurationError: The folder is that of the model to begin from.
    """
    if folder.resolve() == base.folder.resolve():
        raise ConfigurationError("a model is not written over the one that it is trained from: name another folder")
    known = {d.id for d in documents}
    strangers = sorted(set(records) - known)
    if strangers:
        raise InputError(f"no article has the id {strangers[0]!r} that a record names ({len(strangers)} such)")
    every = {d.id: records.get(d.id, ()) for d in documents}
    course = course or Course(epochs=8, rate=3e-5)
    mine, away = split(documents, held)
    types = (*base.own_types, *(row for row in own_types if row["code"] not in {t["code"] for t in base.own_types}))
    labels = labels_for(base, every, types)
    lessons = lessons_for(mine, every, labels, base)
    before = score(away, every, base.language, base.folder)
    network = resume(base, labels, course.seed)
    fit(network, lessons, course, report)
    manifest = {key: value for key, value in base.manifest.items() if key not in ("labels", "sha256", "scores")}
    manifest |= {
        "name": folder.name,
        "trained_from": base.name,
        "fitted_on": f"{len(mine)} articles of the user's own, after: {base.manifest.get('fitted_on', 'unknown')}",
        "own_types": list(types),
    }
    export(network, base.folder / "tokenizer.json", folder, manifest)
    for path in sorted(base.folder.glob("*.json")):
        if path.name not in ("manifest.json", "tokenizer.json"):
            shutil.copyfile(path, folder / path.name)
    after = score(away, every, base.language, folder)
    return Outcome(taught=len(mine), held=len(away), before=before, after=after)
