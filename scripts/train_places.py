"""Fit src/dateline/data/places/place_weights.json: python scripts/train_places.py FOLDER [OUTPUT [READERS]]

FOLDER holds coded articles (train.jsonl: {"id", "events": [...]}, fields of the codebook) and their texts and
sentences (documents.jsonl). The model is a conditional logit over the places of the article and "none told". Most of
the weight lies on the program's own candidates, with the sides and modalities that it finds (for each coded event the
candidate that fits it best), the rest on candidates made from the coder's triggers and sides, which no mistake of an
earlier stage blurs. READERS are the learned coders by fold (training.fit_coder), for the weights that lie in a
coder's folder. An event whose place the program did not find counts a fifth of one without a place. Needs numpy and
scipy. Deterministic.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from training.corpus import Coded, gold_event, load_articles, open_readers, sentences_of  # noqa: E402

from dateline.resolve import place_words  # noqa: E402
from dateline.resolve.place_signals import EventScene  # noqa: E402
from dateline.types import Analysis, Argument, EventCandidate, Mention, Place, Span  # noqa: E402

OUTPUT = ROOT / "src/dateline/data/places/place_weights.json"
RIDGE, NOT_FOUND_WEIGHT, OPTIONAL_WEIGHT = 8.0, 0.2, 0.2
FOUND_WEIGHT, MADE_WEIGHT = 0.7, 0.4
"""Weights of the program's own candidates and of those made from the coder's words."""
BEFORE = "events.confidence"
THRESHOLD, LISTED_THRESHOLD = 0.25, 0.06
WORDS = frozenset("the a an of in on at and or for to its his her their this that some several by with from".split())
Example = tuple[list[dict[str, float]], list[bool], float]


def candidate_of(analysis: Analysis, row: Mapping[str, Any], event: Mapping[str, Any]) -> EventCandidate | None:
    """Make the candidate that a perfect event finder would have made."""
    text, (begin, end) = row["text"], row["sentences"][event["sents"][0]]
    at = text.find(event["trigger"], begin, end + 1)
    span = Span(at, at + len(event["trigger"])) if at >= 0 else Span(0, 0)
    inside = {t.index: t for t in analysis.tokens if t.span.overlaps(span)}
    if not inside:
        return None
    head = next((t for t in inside.values() if t.head not in inside or t.head == t.index), next(iter(inside.values())))
    whole = analysis.sentences[head.sentence].span
    sides = [
        Argument(role=role, span=Span(i, i + len(x["text"])), head=None, text=x["text"], path="gold")
        for role in ("actor", "recipient")
        for x in event[role]
        if x["text"] and (i := text.find(x["text"], whole.start, whole.end)) >= 0
    ]
    trigger = Mention(kind="trigger", span=span, text=event["trigger"], head=head.index)
    return EventCandidate(sentence=head.sentence, trigger=trigger, event_type=event["type"], arguments=tuple(sides))


def words(text: str | None) -> set[str]:
    return {w for w in re.findall(r"[^\W_]+", (text or "").lower()) if w not in WORDS}


def is_gold(place: Place, gold: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a place shares half its words, or all the words of one side, with a place of the coder's."""
    for told in gold:
        if told["country"] and place.country_code and told["country"] != place.country_code:
            continue
        for one in (words(told["text"]), words(told["name"])):
            for other in (words(place.text), words(place.name)):
                shared = one & other
                if shared and (2 * len(shared) >= len(one | other) or (shared in (one, other) and len(one ^ other) <= 4)):
                    return True
    return False


def places_of(event: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return an event's places as a list."""
    place = event["place"]
    return place if isinstance(place, list) else [place] if place else []


def example(scene: EventScene, candidate: EventCandidate, event: Mapping[str, Any], weight: float) -> Example:
    """Return the features of an event's choices ("none" first), which of them are right, and a weight."""
    gold = places_of(event)
    right = [is_gold(group.place, gold) for group in scene.groups]
    weight *= NOT_FOUND_WEIGHT if gold and not any(right) else 1.0
    return [scene.absence(candidate), *scene.features(candidate)], [not any(right), *right], weight


def told_best(coded: Coded) -> dict[int, int]:
    """Return, for each coded event that the program found, the candidate that fits it best: first sentence, trigger."""
    best: dict[int, tuple[int, int]] = {}
    for number, candidate in enumerate(coded.analysis.candidates):
        index = gold_event(coded, number)
        if index is None:
            continue
        event = coded.gold["events"][index]
        fits = 2 * (event["sents"][0] in sentences_of(coded, candidate))
        fits += bool(set(event["trigger"].lower().split()) & set(candidate.trigger.text.lower().split()))
        if index not in best or fits > best[index][0]:
            best[index] = (fits, number)
    return {index: number for index, (_, number) in best.items()}


def examples(coded: Coded) -> list[Example]:
    """Return the examples of one article."""
    scene = EventScene(coded.analysis, place_words.shared())
    events, out = coded.gold["events"], []
    for index, number in told_best(coded).items():
        weight = FOUND_WEIGHT * (OPTIONAL_WEIGHT if events[index].get("optional") else 1.0)
        out.append(example(scene, coded.analysis.candidates[number], events[index], weight))
    for event in events:
        made = None if event.get("optional") else candidate_of(coded.analysis, coded.document, event)
        if made is not None:
            out.append(example(scene, made, event, MADE_WEIGHT))
    return out


def fit(found: Sequence[Example]) -> dict[str, float]:
    """Return the weights that make the right choices likeliest, with a ridge penalty."""
    names = {name: i for i, name in enumerate(sorted({n for rows, _, _ in found for row in rows for n in row}))}
    flat = [row for rows, _, _ in found for row in rows]
    cells = [(r, names[n], v) for r, row in enumerate(flat) for n, v in sorted(row.items())]
    at, column, value = zip(*cells, strict=True)
    matrix = csr_matrix((value, (at, column)), shape=(len(flat), len(names)))
    sizes = np.array([len(rows) for rows, _, _ in found])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    right = np.array([float(x) for _, marks, _ in found for x in marks])
    weight = np.array([w for _, _, w in found])

    def loss(theta: Any) -> tuple[float, Any]:
        scores = matrix @ theta
        chance = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        chance /= np.repeat(np.add.reduceat(chance, starts), sizes)
        hit = np.add.reduceat(chance * right, starts) + 1e-12
        slope = matrix.T @ (np.repeat(weight, sizes) * (chance - chance * right / np.repeat(hit, sizes)))
        return -float((weight * np.log(hit)).sum()) + RIDGE / 2 * float(theta @ theta), slope + RIDGE * theta

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return {name: round(float(best[i]), 3) for name, i in names.items()}


def main() -> None:
    readers = open_readers(Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    write(load_articles(Path(sys.argv[1]), "train", BEFORE, readers), Path(sys.argv[2]) if len(sys.argv) > 2 else OUTPUT)


def write(articles: Sequence[Coded], target: Path) -> None:
    weights = fit([x for coded in articles for x in examples(coded)])
    model = {
        "source": "conditional logit fitted by scripts/train_places.py on articles coded by the codebook (SOURCE.md)",
        "threshold": THRESHOLD,
        "listed_threshold": LISTED_THRESHOLD,
        "weights": weights,
    }
    target.write_text(json.dumps(model, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
