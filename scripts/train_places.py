"""Fit src/dateline/data/places/place_weights.json: python scripts/train_places.py ARTICLES.jsonl DOCUMENTS.jsonl [OUTPUT]

ARTICLES holds coded articles ({"id", "events": [...]}, fields of the codebook), DOCUMENTS their texts and sentences.
Triggers, actors and recipients are the coder's; parse and place names are the program's. The model is a conditional
logit over the places of the article and "none told"; an event whose place the program did not find counts a fifth of
one without a place. Needs numpy and scipy. Deterministic.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from dateline.annotate.syntax import Syntax
from dateline.resolve import place_words
from dateline.resolve.place_features import Scene
from dateline.resolve.toponyms import Toponyms
from dateline.types import Analysis, Argument, Block, Document, EventCandidate, Mention, Place, Span

OUTPUT = Path(__file__).parent.parent / "src/dateline/data/places/place_weights.json"
RIDGE, NOT_FOUND_WEIGHT = 5.0, 0.2
THRESHOLD, LISTED_THRESHOLD = 0.22, 0.1
WORDS = frozenset("the a an of in on at and or for to its his her their this that some several by with from".split())
Example = tuple[list[dict[str, float]], list[bool], float]


def lines(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def document_of(row: Mapping[str, Any]) -> Document:
    """Make a document whose blocks are the headline and the paragraphs."""
    text, (begin, end) = row["text"], row["sentences"][0]
    blocks = [Block(span=Span(begin, end), kind="headline")] if end > begin else []
    for found in re.finditer(r"(?:(?!\n\s*\n).)+", text[end:], re.DOTALL):
        if found.group().strip():
            blocks.append(Block(span=Span(end + found.start(), end + found.end())))
    keep = {name: row[name] for name in ("title", "published", "publisher")}
    return Document(id=row["id"], text=text, blocks=tuple(blocks), **keep)


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


def examples(articles: str, documents: str) -> Iterator[Example]:
    """Yield the features of each event's choices ("none" first), which of them are right, and a weight."""
    syntax, toponyms = Syntax(), Toponyms()
    rows = {row["id"]: row for row in lines(documents)}
    for article in lines(articles):
        row = rows[article["id"]]
        analysis = toponyms(syntax([Analysis(document=document_of(row))]))[0]
        scene = Scene(analysis, place_words.shared())
        for event in article["events"]:
            candidate = candidate_of(analysis, row, event)
            if candidate is None or event.get("optional"):
                continue
            gold = event["place"] if isinstance(event["place"], list) else [event["place"]] if event["place"] else []
            right = [is_gold(group.place, gold) for group in scene.groups]
            weight = NOT_FOUND_WEIGHT if gold and not any(right) else 1.0
            yield [scene.absence(candidate), *scene.features(candidate)], [not any(right), *right], weight


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
    weights = fit(list(examples(sys.argv[1], sys.argv[2])))
    model = {
        "source": "conditional logit fitted by scripts/train_places.py on articles coded by the codebook (SOURCE.md)",
        "threshold": THRESHOLD,
        "listed_threshold": LISTED_THRESHOLD,
        "weights": weights,
    }
    target = Path(sys.argv[3]) if len(sys.argv) > 3 else OUTPUT
    target.write_text(json.dumps(model, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
