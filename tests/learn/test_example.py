"""The worked example of the guide "Train a model": its files fit each other. Nothing is trained here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support import analysed

from dateline.learn.records import read_records, taught_by
from dateline.ontology import load_ontology, read_types

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "evictions"
GUIDE = (ROOT / "docs" / "how-to" / "train-a-model.md").read_text(encoding="utf-8")
ARTICLES: list[dict[str, Any]] = [json.loads(line) for line in (EXAMPLE / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
TEXTS: dict[str, str] = {article["id"]: article["text"] for article in ARTICLES}
RECORDS = read_records(EXAMPLE / "records.jsonl")


def phrases(record: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    """Yield the words that a record quotes, and where it says that they stand."""
    trigger = record["evidence"][0]["trigger"]
    yield record["event_text"][0], trigger["start"], trigger["end"]
    for name, words in (("actor", "entity_text"), ("recipient", "entity_text"), ("event_loc", "extracted_place")):
        for part in record[name]:
            yield part[words], part["start"], part["end"]


def test_there_are_forty_articles_and_the_guide_counts_their_events() -> None:
    assert len(ARTICLES) == len(TEXTS) == 40, "each has an id of its own"
    assert len(set(TEXTS.values())) == 40
    assert f"{len(ARTICLES)} articles, {sum(map(len, RECORDS.values()))} events" in GUIDE


def test_every_record_is_of_an_article_and_every_span_quotes_what_it_says() -> None:
    for document, records in RECORDS.items():
        text = TEXTS[document]
        for record in records:
            for words, start, end in phrases(record):
                assert text[start:end] == words, document
            assert record["actor"], f"{document}: somebody evicts"
            assert record["recipient"], f"{document}: somebody is evicted"


@pytest.mark.parametrize("document", sorted(RECORDS))
def test_evidence_is_whole_sentences_with_the_trigger_in_the_first(document: str) -> None:
    analysis = analysed(TEXTS[document], "events.triggers")
    bounds = [(s.span.start, s.span.end) for s in analysis.sentences]
    for record, event in zip(RECORDS[document], taught_by(analysis, RECORDS[document]), strict=True):
        first = record["evidence"][0]
        assert all((e["start"], e["end"]) in bounds for e in record["evidence"])
        assert first["start"] <= first["trigger"]["start"] < first["trigger"]["end"] <= first["end"]
        assert len(event.sentences) == len(record["evidence"])
        assert event.roles["actor"]
        assert event.roles["recipient"]


def test_the_type_is_new_and_the_only_one_that_the_records_use() -> None:
    (row,) = read_types(EXAMPLE / "types.yaml")
    assert row["code"] not in load_ontology().event_types
    assert {record["event"][0] for records in RECORDS.values() for record in records} == {row["code"]}


def test_the_word_alone_does_not_tell_the_articles_apart() -> None:
    with_word = {document for document, text in TEXTS.items() if re.search(r"\bevict", text, re.IGNORECASE)}
    assert with_word - set(RECORDS), "evictions in a figure of speech"
    assert set(RECORDS) - with_word, "evictions in other words"


def test_the_guide_names_the_files_of_the_example() -> None:
    for path in EXAMPLE.iterdir():
        assert f"docs/examples/evictions/{path.name}" in GUIDE
