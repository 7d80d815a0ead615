"""Training a model folder on a user's coded articles: what ``dateline train`` does.

The events of one part of the articles teach the network; on the other part the coder is scored before and after. Types
that the records never use are kept as they are: their outputs are taught what they said before.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.errors import ConfigurationError, InputError
from dateline.learn.export import export
from dateline.learn.fit import PARTS, Course, fit
from dateline.learn.lessons import Lesson, lesson_of
from dateline.learn.records import attributes_of, kinds_told, taught_by
from dateline.learn.resume import resume
from dateline.models.heads import Labels
from dateline.models.learned import LearnedModel
from dateline.pipeline import NO_MODEL, STAGES, Config, Pipeline
from dateline.record import event_to_dict
from dateline.types import Analysis, Document, Failure

Records = Mapping[str, Sequence[Mapping[str, Any]]]
LAST = "events.triggers"
"""The last stage whose result is learned from."""
RIGHT = {head: right for head, _, _, right, _ in PARTS}
"""What a right answer weighs beside a wrong one, by head."""


OWN = Course(epochs=20, rate=3e-5, pieces=250)
"""How to train on a user's own: small batches, for forty short articles make only some five large ones."""


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


def lessons_for(
    documents: Sequence[Document], records: Records, labels: Labels, base: LearnedModel, unlisted: frozenset[str] = frozenset()
) -> list[Lesson]:
    """Analyse documents and return their lessons; types that no record has are taught what the base says.

    Args:
        documents: The articles.
        records: The events of each.
        labels: The outputs of the network.
        base: The model whose tokenizer cuts the texts.
        unlisted: Types that the lexicon has no words for.

    Raises:
        InputError: An article could not be read, or a record does not fit its text.
    """
    later = [name for name, _ in STAGES][[name for name, _ in STAGES].index(LAST) + 1 :]
    pipeline = Pipeline.build(base.language, Config(model=NO_MODEL, drop=tuple(later)))
    used = {r["event"][0] for rows in records.values() for r in rows}
    out = []
    for found in pipeline.stream(documents):
        if isinstance(found, Failure):
            raise InputError(found.message, document=found.document)
        rows = records[found.document.id]
        lesson = lesson_of(found, taught_by(found, rows), labels, base.tokenizer, taught=kinds_told(rows), unlisted=unlisted & used)
        keep_as_it_was(lesson, found, labels, base, used)
        out.append(lesson)
    return out


def keep_as_it_was(lesson: Lesson, analysis: Analysis, labels: Labels, base: LearnedModel, used: Collection[str]) -> None:
    """Teach a lesson's outputs of types that no record uses what the base says there; without this they drift with the encoder.

    Together they weigh as much as one type that is used, so that what is new can still be learned.
    """
    spared = np.array([name not in used for name in labels.types])
    known = np.array([n for n, name in enumerate(labels.types) if name not in used and name in base.labels.types], dtype=np.int64)
    column = np.array([base.labels.types.index(labels.types[n]) for n in known], dtype=np.int64)
    seen = base.encode(analysis.document.text, analysis.sentences, analysis.tokens)
    arrays = lesson.arrays
    for head, scores in (("sentence", seen.sentence_types), ("trigger", seen.trigger_types)):
        arrays[f"{head}_weight"][:, spared] = 0.0
        arrays[f"{head}_weight"][:, known] = 1.0 / max(1, len(known))
        arrays[f"{head}_target"][:, known] = unweighed(scores[:, column], RIGHT[head])
    place = dict(zip(known.tolist(), column.tolist(), strict=True))
    for row, (token, _) in enumerate(lesson.candidates):
        number = int(arrays["candidate_type"][row])
        if spared[number]:
            arrays["candidate_weight"][row] = float(number in place)
            arrays["candidate_target"][row] = seen.candidate_types[token, place[number]] if number in place else 0.0


def unweighed(scores: NDArray[np.float32], right: float) -> NDArray[np.float32]:
    """Return the targets at which a loss that weighs right answers `right` times has its minimum at given scores (0 to 1)."""
    return np.asarray(scores / (scores + right * (1.0 - scores)), dtype=np.float32)


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
    course = course or OWN
    mine, away = split(documents, held)
    types = (*base.own_types, *(row for row in own_types if row["code"] not in {t["code"] for t in base.own_types}))
    labels = labels_for(base, every, types)
    # first, for it tells whether the base can be trained at all
    network = resume(base, labels, course.seed)
    lessons = lessons_for(mine, every, labels, base, frozenset(str(row["code"]) for row in types))
    before = score(away, every, base.language, base.folder)
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
