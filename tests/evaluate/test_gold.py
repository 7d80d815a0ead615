from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.evaluate import gold
from tests.evaluate import examples

CORPUS = Path(__file__).parent.parent / "corpus"


def test_the_corpus_quotes_its_texts() -> None:
    articles = gold.load_gold(CORPUS / "gold.jsonl")
    documents = gold.load_documents(CORPUS / "documents.jsonl")
    assert gold.problems(articles, documents) == []
    assert [a.id for a in articles] == list(documents)


def test_the_corpus_is_broad_enough_to_measure() -> None:
    articles = gold.load_gold(CORPUS / "gold.jsonl")
    events = [e for a in articles for e in a.events]
    assert len(articles) == 24
    assert sum(not a.events for a in articles) == 3
    assert len({e.event_type for e in events}) == 16
    assert {e.claim for e in events} == {"asserted", "reported", "alleged", "denied"}


def test_what_is_not_quoted_is_named(tmp_path: Path) -> None:
    wrong = examples.gold_event("PROTEST", 1, "arrested", actor=[examples.entity("Dockers")], says="the mayor")
    paths = examples.write(tmp_path, [wrong])
    found = gold.problems(gold.load_gold(paths[0]), gold.load_documents(paths[1]))
    assert found == [
        "lock, event 1 (PROTEST): trigger 'arrested' does not stand in sentence 1",
        "lock, event 1 (PROTEST): 'Dockers' does not stand in the text",
        "lock, event 1 (PROTEST): 'the mayor' does not stand in the text",
    ]


def test_a_sentence_that_does_not_exist_is_named(tmp_path: Path) -> None:
    paths = examples.write(tmp_path, [examples.gold_event("PROTEST", 7, "blocked")])
    found = gold.problems(gold.load_gold(paths[0]), gold.load_documents(paths[1]))
    assert found == ["lock, event 1 (PROTEST): sentences (7,) do not exist"]


def test_an_article_without_document_is_named(tmp_path: Path) -> None:
    paths = examples.write(tmp_path)
    assert gold.problems(gold.load_gold(paths[0]), {}) == ["lock: no document"]


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "events": []}\n\n{"id": "b"}\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"gold\.jsonl, line 3"):
        gold.load_gold(path)


def test_a_coder_does_not_see_the_sentences(tmp_path: Path) -> None:
    document = gold.load_documents(examples.write(tmp_path)[1])["lock"]
    assert document.to_input() == {
        "id": "lock", "text": examples.TEXT, "title": None, "published": "2021-05-04", "publisher": "Own example",
    }  # fmt: skip
    assert document.sentence(2) == "Police arrested three of them on 3 May."


def test_line_separators_inside_a_text_do_not_break_a_line(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text(
        '{"id": "a", "published": null, "publisher": null, "title": null, "text": "One.\u2028Two.", "sentences": [[0, 0]]}\n',
        encoding="utf-8",
    )
    assert gold.load_documents(path)["a"].text == "One.\u2028Two."
