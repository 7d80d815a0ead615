"""The quality gate: the real pipeline on tests/corpus against its pins, and the gate's own rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dateline
from dateline.errors import DataError
from dateline.evaluate import gate, gold, scores

REPOSITORY = Path(__file__).parents[2]
CORPUS = REPOSITORY / "tests" / "corpus"
PINNED = CORPUS / "pinned.json"


def changelog() -> str:
    return (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_figure_falls_below_its_pin() -> None:
    assert PINNED.exists(), "nothing is pinned yet: run 'python -m bench.pin --write'"
    articles = gold.load_gold(CORPUS / "gold.jsonl")
    documents = gold.load_documents(CORPUS / "documents.jsonl")
    coder = dateline.load()
    records = []
    for article in articles:
        document = documents[article.id]
        coded = coder(
            document.text,
            published=document.published,
            title=document.title or None,
            publisher=document.publisher or None,
            id=document.id,
        )
        records.extend(coded.to_dicts())
    figures = scores.figures_of(scores.tallies(articles, records, documents))
    message = gate.verdict(gate.load_pinned(PINNED), figures, changelog())
    if message:
        pytest.fail(message, pytrace=False)


def test_every_figure_is_pinned() -> None:
    assert PINNED.exists(), "nothing is pinned yet: run 'python -m bench.pin --write'"
    assert set(gate.load_pinned(PINNED).pins) == {*scores.F1_FIGURES, *scores.ACCURACY_FIGURES}


def test_a_fall_is_told_with_what_to_do() -> None:
    pinned = gate.Pinned(pins={"event": 0.5, "actor": 0.4}, history=(("1", {"event": 0.5, "actor": 0.4}),))
    message = gate.verdict(pinned, {"event": 0.4999, "actor": 0.9}, "")
    assert message is not None
    assert "event fell from 0.5000 to 0.4999" in message
    assert "actor" not in message
    assert "python -m bench.pin --write" in message


def test_equal_or_better_passes() -> None:
    pinned = gate.Pinned(pins={"event": 0.5}, history=(("1", {"event": 0.5}),))
    assert gate.verdict(pinned, {"event": 0.5, "quad": 0.1}, "") is None


def test_a_figure_no_longer_measured_is_a_fall() -> None:
    assert [str(f) for f in gate.falls({"event": 0.5}, {})] == ["event fell from 0.5000 to 0.0000"]


def test_a_lowered_pin_must_be_explained() -> None:
    history = (("1", {"event": 0.5}), ("2", {"event": 0.45}), ("3", {"event": 0.6}))
    pinned = gate.Pinned(pins={"event": 0.6}, history=history)
    message = gate.verdict(pinned, {"event": 0.6}, "# Changelog\n")
    assert message is not None
    assert "no line 'gate lowered: event'" in message
    assert gate.verdict(pinned, {"event": 0.6}, "- gate lowered: event, two gold events were wrong\n") is None


def test_pinning_keeps_the_old_pins(tmp_path: Path) -> None:
    path = tmp_path / "pinned.json"
    gate.repin(path, {"event": 0.5}, "0.1.0")
    gate.repin(path, {"event": 0.5}, "0.1.1")
    pinned = gate.repin(path, {"event": 0.55}, "0.2.0")
    assert pinned.pins == {"event": 0.55}
    assert pinned.history == (("0.1.0", {"event": 0.5}), ("0.2.0", {"event": 0.55}))


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "[]",
        '{"pins": {"event": 0.5}}',
        json.dumps({"pins": {"event": 0.4}, "history": [{"version": "1", "pins": {"event": 0.5}}]}),
        json.dumps({"pins": {}, "history": []}),
    ],
)
def test_a_file_edited_by_hand_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "pinned.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"pinned\.json"):
        gate.load_pinned(path)
