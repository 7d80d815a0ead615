"""The set ``passages``: the marked passages of the shared ``training`` folder, each scored as a short article.

Dates, countries, sectors, counts and contexts are not marked there, so their figures are left out. The passages are
training material too: the set shows which types and constructions are covered, it is no test.
"""

from __future__ import annotations

from typing import Any

from bench.articles import measure
from bench.outcome import Outcome
from bench.shared import AbsentError, Source, import_by_path, present

FIGURES = (
    "event",
    "quad",
    "sentence",
    "mode",
    "actor",
    "recipient",
    "place",
    "actor_if_matched",
    "recipient_if_matched",
    "place_if_matched",
    "says_if_matched",
    "auxiliary_flags",
    "claim_flags",
    "auxiliary",
    "claim",
)


def run(source: Source, limit: int | None) -> Outcome:
    """Code the passages, spread evenly over all files when limited, and score them."""
    if source.part != "dev" and source.data is None:
        raise AbsentError("the passages have no test part")
    scorer = source.scorer("score_articles")
    parser = import_by_path(source.shared / "training" / "markup.py")
    folder = source.shared / "training" if source.data is None else source.data / "passages"
    files = sorted(present(folder).glob("*.txt"))
    if not files:
        raise AbsentError(f"{folder.name} holds no passages (*.txt)")
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = [
        parser.as_article(f"{path.stem}-{number:04d}", passage) for path in files for number, passage in enumerate(parser.passages(path), 1)
    ]
    if limit is not None and limit < len(pairs):
        pairs = [pairs[i * len(pairs) // limit] for i in range(limit)]
    return measure(
        scorer,
        [gold for gold, _ in pairs],
        [document for _, document in pairs],
        set_name="passages",
        part=source.part,
        language="en",
        figures=FIGURES,
    )
