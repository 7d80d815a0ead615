"""The command ``python -m bench.flags``: auxiliary and claim flags on coded articles together with passages that nothing was fitted on.

Flags are rare in news: 66 articles hold some thirty. So the articles of dev are scored together with the project's own passages
in ``training/passages/additions.txt``, which were written after all weights were fitted. Once weights are fitted on them too,
name another file with ``--passages``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from training import markup

from bench.articles import INPUT, documents_of, figures_of, rows_of
from bench.coding import code
from bench.shared import REPOSITORY, AbsentError, Source, read_jsonl
from dateline.evaluate.bootstrap import intervals

SHOWN = ("auxiliary_flags", "claim_flags", "event", "mode", "actor_if_matched", "recipient_if_matched")
WRITTEN_LAST = markup.PASSAGES / "additions.txt"


def passages_of(path: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the gold and the documents of a file of passages."""
    pairs = [markup.as_article(f"{path.stem}-{number}", passage) for number, passage in enumerate(markup.passages(path))]
    return [gold for gold, _ in pairs], [document for _, document in pairs]


def main(argv: list[str] | None = None) -> int:
    """Code both and print the figures with their intervals."""
    parser = argparse.ArgumentParser(prog="python -m bench.flags", description="Flags on coded articles and unseen passages.")
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared", help="the shared folder (default: ../shared)")
    parser.add_argument("--passages", type=Path, default=WRITTEN_LAST, help="passages on which nothing was fitted")
    chosen = parser.parse_args(argv)
    source = Source(shared=chosen.shared.resolve(), data=None, part="dev")
    try:
        scorer = source.scorer("score_articles")
        gold = read_jsonl(source.gold("articles"))
        documents = documents_of(source, "articles", gold)
    except AbsentError as absent:
        sys.stdout.write(f"skipped: {absent}\n")
        return 0
    own_gold, own_documents = passages_of(chosen.passages)
    parts: dict[str, tuple[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]]] = {
        "articles": (gold, documents),
        "passages": (own_gold, own_documents),
        "both": ([*gold, *own_gold], [*documents, *own_documents]),
    }
    for name, (mine, texts) in parts.items():
        records = code([{key: d.get(key) for key in INPUT} | {"language": "en"} for d in texts]).records
        rows = rows_of(scorer, mine, records, texts)
        found = intervals(rows, lambda some: figures_of(scorer, some))
        sys.stdout.write(f"{name}: {len(texts)} texts\n")
        for key in SHOWN:
            sys.stdout.write(f"  {key:<22} {found[key].value:.3f}   {found[key].low:.3f} to {found[key].high:.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
