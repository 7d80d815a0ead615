"""The sets of temporal expressions: coded, scored and shown, on data of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench import __main__ as command
from bench import timex_norm, timexes, when_speed
from bench.shared import REPOSITORY, AbsentError, Source

SCORER = """
def f(hits, predicted, gold):
    p, r = (hits / predicted if predicted else 0.0), (hits / gold if gold else 0.0)
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}


def score_tempeval3(pairs):
    gold = [(g["id"], t["start"], t["end"], t["type"], t["value"]) for g, _ in pairs for t in g["timexes"]]
    found = [(p["id"], t["start"], t["end"], t["type"], t["value"]) for _, p in pairs for t in p["timexes"]]
    sizes = {"strict": 3, "relaxed": 3, "type": 4, "value": 5}
    out = {key: f(len({g[:n] for g in gold} & {p[:n] for p in found}), len(found), len(gold)) for key, n in sizes.items()}
    return {**out, "gold": len(gold), "predicted": len(found)}


def score_timex_norm(pairs):
    return {"n": sum(len(g["expressions"]) for g, _ in pairs)}
"""
TEXT = "Dockers struck on Monday. They will meet in July."


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared" / "benchmarks"
    (folder / "tempeval3").mkdir(parents=True)
    (folder / "timex_norm").mkdir()
    (folder / "score_context.py").write_text(SCORER, encoding="utf-8")
    monday, july = TEXT.index("Monday"), TEXT.index("July")
    gold = [
        {"start": monday, "end": monday + 6, "text": "Monday", "type": "DATE", "value": "2021-06-14"},
        {"start": july, "end": july + 4, "text": "July", "type": "DATE", "value": "2021-08"},
    ]
    spanish = {"id": "es", "lang": "es", "dct": "2021-06-16", "text": "Ayer ardió.", "timexes": [
        {"start": 0, "end": 4, "text": "Ayer", "type": "DATE", "value": "2021-06-15"}]}  # fmt: skip
    rows = [{"id": "en", "lang": "en", "dct": "2021-06-16", "text": TEXT, "timexes": gold}, spanish]
    for name in ("dev.jsonl", "test_meantime.jsonl"):
        (folder / "tempeval3" / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    expressions = [{"text": "last week", "type": "DATE", "value": "2021-W23"}, {"text": "unheard of", "type": "DATE", "value": "x"}]
    (folder / "timex_norm" / "en_dev.jsonl").write_text(
        json.dumps({"id": "n", "dct": "2021-06-16", "expressions": expressions}) + "\n", encoding="utf-8"
    )
    return tmp_path / "shared"


def values(out: str) -> dict[str, float]:
    return {line.split()[0]: float(line.split()[1]) for line in out.splitlines() if line.startswith(("relaxed", "type", "value"))}


def test_texts_are_tagged_in_their_language_and_scored(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["tempeval3", "--shared", str(shared)]) == 0
    out = capsys.readouterr().out
    assert "tempeval3 (dev): 2 documents, 3 gold expressions, 3 coded" in out
    assert values(out) == {"relaxed": 1.0, "type": 1.0, "value": 0.667}


def test_the_held_half_of_meantime_has_its_own_file(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["tempeval3-meantime", "--shared", str(shared), "--part", "test"]) == 0
    assert "tempeval3-meantime (test): 2 documents" in capsys.readouterr().out
    assert command.main(["tempeval3-meantime", "--shared", str(shared)]) == 0
    assert "skipped: benchmarks/tempeval3/dev_meantime.jsonl is not there" in capsys.readouterr().out


def test_given_expressions_are_normalised(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["timex_norm-en", "timex_norm-es", "--shared", str(shared)]) == 0
    out = capsys.readouterr().out
    assert "timex_norm-en (dev): 1 documents, 2 gold expressions" in out
    assert values(out) == {"value_accuracy": 0.5, "type_accuracy": 0.5}
    assert "timex_norm-es: skipped" in out


def test_figures_are_those_of_the_shared_scorer() -> None:
    source = Source(shared=REPOSITORY.parent / "shared")
    try:
        outcome = timexes.run(source, 12)
        normal = timex_norm.run_english(source, 12)
    except AbsentError:
        pytest.skip("the shared benchmarks are not there")
    for key in timexes.FIGURES:
        assert outcome.figures[key].value == pytest.approx(outcome.scores[key]["f1"], abs=1e-3)
    assert normal.figures["value_accuracy"].value == pytest.approx(normal.scores["value_accuracy"], abs=1e-3)


def test_speed_is_told_for_what_is_installed(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "documents.jsonl"
    corpus.write_text(json.dumps({"text": TEXT}) + "\n", encoding="utf-8")
    monkeypatch.setitem(when_speed.READERS, "dateparser", lambda: len)
    monkeypatch.setitem(when_speed.READERS, "recognizers-text", lambda: None)
    assert when_speed.main(["--characters", "500"], corpus) == 0
    own, other, absent = capsys.readouterr().out.splitlines()
    assert own.startswith("dateline ")
    assert "times as fast" in other
    assert absent.split() == ["recognizers-text", "not", "installed"]


def test_speed_without_a_corpus_is_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert when_speed.main([], tmp_path / "none.jsonl") == 0
    assert "skipped" in capsys.readouterr().out
