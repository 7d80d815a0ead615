"""The same input gives the same bytes: again, in any order, in any company, under any hash seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dateline
from dateline.types import Failure

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    json.loads(line) for line in (ROOT / "tests" / "corpus" / "documents.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()
][:6]

ALONE = """
import json, sys, dateline
for line in sys.stdin:
    given = json.loads(line)
    coded = dateline.load()(given.pop("text"), **given)
    sys.stdout.write("".join(json.dumps(r, ensure_ascii=False) + "\\n" for r in coded.to_dicts()))
"""


@pytest.fixture(scope="module")
def coder() -> dateline.Coder:
    return dateline.load()


def lines(coder: dateline.Coder, documents: list[dict[str, str]], batch_size: int = 16) -> dict[str, str]:
    """Return each document's records as JSON lines, by its id."""
    out: dict[str, str] = {}
    for document, done in zip(documents, coder.stream(documents, batch_size=batch_size), strict=True):
        assert not isinstance(done, Failure)
        out[document["id"]] = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in done.to_dicts())
    return out


@pytest.fixture(scope="module")
def first(coder: dateline.Coder) -> dict[str, str]:
    return lines(coder, DOCUMENTS)


def test_there_is_something_to_compare(first: dict[str, str]) -> None:
    assert sum(text.count("\n") for text in first.values()) >= len(DOCUMENTS)


def test_coding_twice_gives_the_same_bytes(coder: dateline.Coder, first: dict[str, str]) -> None:
    assert lines(coder, DOCUMENTS) == first


def test_the_order_of_documents_does_not_matter(coder: dateline.Coder, first: dict[str, str]) -> None:
    assert lines(coder, DOCUMENTS[::-1]) == first


@pytest.mark.parametrize("batch_size", [1, 2, 5])
def test_the_company_of_a_document_does_not_matter(coder: dateline.Coder, first: dict[str, str], batch_size: int) -> None:
    assert lines(coder, DOCUMENTS, batch_size) == first


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_order_of_sets_does_not_matter(first: dict[str, str], seed: str) -> None:
    given = "".join(json.dumps({k: d[k] for k in ("id", "text", "published", "title") if d.get(k)}) + "\n" for d in DOCUMENTS[:2])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", ALONE], input=given, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "".join(first[d["id"]] for d in DOCUMENTS[:2])
