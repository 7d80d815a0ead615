from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bench import __main__ as command
from bench import articles, pin, plover_gsr, speed
from bench.shared import REPOSITORY, AbsentError, Source, read_jsonl

import dateline
from dateline.types import Failure, Span
from tests.evaluate import examples

# A scorer with the shared scorer's names, made of the project's own: the fixture needs no shared data.
SCORER = """
from dateline.evaluate import gold as G, scores as S

F1, ACCURACY = S.F1_FIGURES, S.ACCURACY_FIGURES


class Tally(dict):
    pass


def article(data):
    return G.GoldArticle(id=data["id"], events=tuple(G.event_from(e) for e in data["events"]))


def document(data):
    given = {key: data[key] for key in ("id", "published", "publisher", "title", "text")}
    return G.GoldDocument(**given, sentences=tuple(map(tuple, data["sentences"])))


def score_article(tally, gold, records, doc):
    tally.update(S.score_article(article(gold), records, document(doc)).counts)


def score(gold, records, docs, per_article=False):
    return S.score([article(g) for g in gold], records, {d["id"]: document(d) for d in docs})
"""
MARKUP = """
def passages(path):
    return [{"text": line} for line in path.read_text().splitlines()]


def as_article(name, passage):
    text = passage["text"]
    document = {"id": name, "published": None, "publisher": "", "title": "", "text": text, "sentences": [[0, 0], [0, len(text)]]}
    return {"id": name, "events": []}, document
"""


class FakeCoder:
    """Answers every document with the records it was given for it."""

    def __init__(self, records: list[dict[str, Any]], failing: str = "") -> None:
        self.records = records
        self.failing = failing
        self.seen: list[Mapping[str, Any]] = []

    def stream(self, documents: Any) -> Iterator[Any]:
        for document in documents:
            self.seen.append(document)
            if document["id"] == self.failing:
                yield Failure(document=document["id"], stage="ingest", message="cannot be read")
                continue
            mine = [r for r in self.records if r["document"] == document["id"]]
            yield SimpleNamespace(to_dicts=lambda mine=mine: mine, analysis=SimpleNamespace(tokens=()))


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Lay out a shared folder with one article, a passage file and the scorers."""
    folder = tmp_path / "shared"
    (folder / "benchmarks" / "articles").mkdir(parents=True)
    (folder / "training").mkdir()
    (folder / "benchmarks" / "score_articles.py").write_text(SCORER, encoding="utf-8")
    (folder / "training" / "markup.py").write_text(MARKUP, encoding="utf-8")
    (folder / "training" / "one.txt").write_text("The band struck a chord.\nRain fell on Tuesday.\nA bus broke down.\n", encoding="utf-8")
    gold, documents = examples.write(folder / "benchmarks" / "articles")
    gold.rename(gold.with_name("dev.jsonl"))
    assert documents.exists()
    return folder


def records() -> list[dict[str, Any]]:
    side = {"entity_text": "Harbour pilots", "identifier_text": None, "code": "BEL", "sector": ["LAB"]}
    first = {
        "document": "lock", "event": ["PROTEST"], "mode": ["obstruct"], "context": [], "auxiliary": [], "date": "2021-05-03",
        "claim": "asserted", "says": None, "actor": [side], "recipient": [], "event_loc": [], "evidence": [{"start": 0, "end": 32}],
        "size": [],
    }  # fmt: skip
    return [first]


@pytest.fixture
def coder(monkeypatch: pytest.MonkeyPatch) -> FakeCoder:
    fake = FakeCoder(records())
    monkeypatch.setattr(dateline, "load", lambda **_settings: fake)
    return fake


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert command.main(list(words)) == 0
    return capsys.readouterr().out


def test_articles_are_coded_and_scored(shared: Path, coder: FakeCoder, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "articles", "--shared", str(shared))
    assert "articles (dev): 1 articles, 2 gold events, 1 coded" in out
    line = next(line for line in out.splitlines() if line.startswith("event "))
    # one of two events found: F1 2/3; a bare ASSAULT a sentence finds neither
    assert line.split() == ["event", "0.667", "0.667", "to", "0.667", "0.000", "0.890"]


def test_the_coder_does_not_see_the_sentences(shared: Path, coder: FakeCoder, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "articles", "--shared", str(shared))
    assert coder.seen == [{"id": "lock", "text": examples.TEXT, "title": None, "published": "2021-05-04", "publisher": "Own example"}]


def test_json_holds_the_scorers_output(shared: Path, coder: FakeCoder, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(run(capsys, "articles", "--shared", str(shared), "--json"))
    assert data["scores"]["event"] == {"p": 1.0, "r": 0.5, "f1": 0.6667, "gold": 2, "pred": 1}
    assert data["intervals"]["event"] == {"value": 0.6667, "low": 0.6667, "high": 0.6667}
    assert data["peak_memory_mib"] > 0
    assert data["versions"]["dateline"] == dateline.__version__
    assert data["documents"] == 1


def test_a_document_that_fails_is_told_and_counts_as_missed(shared: Path, coder: FakeCoder, capsys: pytest.CaptureFixture[str]) -> None:
    coder.failing = "lock"
    out = run(capsys, "articles", "--shared", str(shared))
    assert "not coded: lock: ingest: cannot be read" in out
    assert next(line for line in out.splitlines() if line.startswith("event ")).split()[1] == "0.000"


def test_absent_data_is_skipped_in_a_line(tmp_path: Path, coder: FakeCoder, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "articles", "passages", "plover-gsr", "--shared", str(tmp_path / "nowhere"))
    assert [line.split(":")[0:2] for line in out.splitlines()] == [[n, " skipped"] for n in ("articles", "passages", "plover-gsr")]
    data = json.loads(run(capsys, "articles", "--shared", str(tmp_path / "nowhere"), "--json"))
    assert data["set"] == "articles"
    assert "skipped" in data


def test_the_test_part_is_read_from_the_data_folder(
    shared: Path, tmp_path: Path, coder: FakeCoder, capsys: pytest.CaptureFixture[str]
) -> None:
    held = tmp_path / "held"
    (held / "articles").mkdir(parents=True)
    words = ("articles", "--shared", str(shared), "--data", str(held), "--part", "test")
    assert "skipped: held/articles/test.jsonl is not there" in run(capsys, *words)
    gold, _ = examples.write(held / "articles", examples.gold_events()[:1])
    gold.rename(gold.with_name("test.jsonl"))
    out = run(capsys, *words)
    assert "articles (test): 1 articles, 1 gold events" in out
    assert next(line for line in out.splitlines() if line.startswith("record ")).split()[1] == "1.000"


def test_missing_documents_are_named(shared: Path) -> None:
    with pytest.raises(AbsentError, match=r"lacks 1 articles of the dev part, e\.g\. other"):
        articles.documents_of(Source(shared=shared), "articles", [{"id": "lock"}, {"id": "other"}])


def test_passages_are_spread_when_limited(shared: Path, coder: FakeCoder, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "passages", "--shared", str(shared), "--limit", "2")
    assert [d["id"] for d in coder.seen] == ["one-0001", "one-0002"]
    assert {d["language"] for d in coder.seen} == {"en"}


def test_an_unknown_set_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["muc5"])
    assert "unknown set 'muc5'" in capsys.readouterr().err


def test_records_are_saved(shared: Path, tmp_path: Path, coder: FakeCoder, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "articles", "--shared", str(shared), "--save", str(tmp_path / "out"))
    assert read_jsonl(tmp_path / "out" / "articles-dev.jsonl") == records()


def test_the_readme_table_is_rewritten_between_its_markers(shared: Path, tmp_path: Path, coder: FakeCoder) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- bench:begin -->\nstale\n<!-- bench:end -->\nafter\n", encoding="utf-8")
    assert command.main(["articles", "--shared", str(shared), "--readme"], readme) == 0
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- bench:begin -->\n\n| set |")
    assert text.endswith("<!-- bench:end -->\nafter\n")
    assert "stale" not in text
    assert "| articles | event | 0.667 | 0.667 to 0.667 | 0.000 | 0.890 |" in text


def test_a_readme_without_markers_is_left_alone(shared: Path, tmp_path: Path, coder: FakeCoder, capsys: pytest.CaptureFixture[str]) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("no table here\n", encoding="utf-8")
    assert command.main(["articles", "--shared", str(shared), "--readme"], readme) == 1
    assert readme.read_text(encoding="utf-8") == "no table here\n"
    assert "bench:begin" in capsys.readouterr().err


def entity(text: str, start: int, code: str | None, *sectors: str) -> dict[str, Any]:
    return {"entity_text": text, "start": start, "end": start + len(text), "code": code, "sector": list(sectors)}


def gsr_record(kind: str, trigger: tuple[int, int], confidence: float, **sides: Any) -> dict[str, Any]:
    return {
        "document": "s", "event": [kind], "mode": [], "confidence": confidence, "actor": [], "recipient": [],
        "evidence": [{"start": 0, "end": 60, "trigger": {"start": trigger[0], "end": trigger[1]}}], **sides,
    }  # fmt: skip


def test_plover_sides_lose_unnamed_actors_and_codes_of_organisations() -> None:
    unnamed = {"entity_text": "", "start": None, "end": None, "code": None, "sector": ["UNK"]}
    assert plover_gsr.sides_of([entity("UN", 4, "UNO"), unnamed, entity("Chile", 9, "CHL", "GOV", "MIL")]) == [
        {"text": "UN", "span": [4, 6], "country": None, "sector": None},
        {"text": "Chile", "span": [9, 14], "country": "CHL", "sector": "GOV"},
    ]


def test_the_main_clause_comes_first_unless_it_is_much_less_sure() -> None:
    def token(index: int, start: int, dep: str, head: int) -> SimpleNamespace:
        return SimpleNamespace(index=index, span=Span(start, start + 5), dep=dep, head=head)

    result = SimpleNamespace(analysis=SimpleNamespace(tokens=(token(0, 0, "ROOT", 0), token(1, 10, "advcl", 0))))
    main, lesser = gsr_record("AGREE", (0, 5), 0.6), gsr_record("ACCUSE", (10, 15), 0.7)
    coded = SimpleNamespace(records=[lesser, main], results={"s": result})
    gold = [{"id": "s"}, {"id": "none"}]
    first, second = plover_gsr.predictions_of(gold, coded)  # type: ignore[arg-type]
    assert [e["event"] for e in first["events"]] == ["AGREE", "ACCUSE"]
    assert second == {"id": "none", "event": None}
    lesser["confidence"] = 0.9
    assert [e["event"] for e in plover_gsr.predictions_of(gold, coded)[0]["events"]] == ["ACCUSE", "AGREE"]  # type: ignore[arg-type]


def test_rows_add_up_to_the_shared_scorers_figures() -> None:
    source = Source(shared=REPOSITORY.parent / "shared")
    try:
        scorer, gold = source.scorer("score"), read_jsonl(source.gold("plover-gsr"))
    except AbsentError:
        pytest.skip("the shared benchmarks are not there")
    predictions = []
    for number, g in enumerate(gold):
        event = g["event"] if number % 3 else "ASSAULT"
        first, second = (g["source"], g["target"]) if number % 5 else (g["target"] or g["source"], g["source"])
        events = [{"event": event, "mode": g["mode"], "source": copy.deepcopy(first), "target": copy.deepcopy(second)}]
        predictions.append({"id": g["id"], "events": events} if number % 7 else {"id": g["id"], "event": None})
    ours = plover_gsr.figures_of(scorer, [plover_gsr.row_of(scorer, g, p) for g, p in zip(gold, predictions, strict=True)])
    theirs = scorer.score("plover-gsr", gold, predictions)
    assert ours == pytest.approx(
        {
            "event_accuracy": theirs["event"]["accuracy"],
            "event_macro_f1": theirs["event"]["macro_f1"],
            "event_accuracy_lenient": theirs["event_accuracy_lenient"],
            "event_any_recall": theirs["event_any_recall"],
            "quad_macro_f1": theirs["quad"]["macro_f1"],
            "mode_accuracy": theirs["mode_accuracy"],
            **{f"{key}_f1": theirs[key]["f1"] for key in plover_gsr.TALLIES},
            "record_accuracy": theirs["record_accuracy"],
        }
    )


def test_synthetic_articles_are_of_about_the_same_length() -> None:
    corpus = [{"text": "One two three.\n\nFour five six.", "published": None}, {"text": "Seven eight nine ten.", "published": "2020-01-02"}]
    made = speed.synthetic(corpus, 3, words=8)
    assert [d["id"] for d in made] == ["speed-000", "speed-001", "speed-002"]
    assert [len(d["text"].split()) for d in made] == [10, 10, 10]
    assert made[1]["published"] == "2020-01-02"


def test_speed_without_a_corpus_is_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert speed.main([], tmp_path / "documents.jsonl") == 0
    assert "skipped" in capsys.readouterr().out


def test_pinning_shows_first_and_writes_when_asked(tmp_path: Path, coder: FakeCoder, capsys: pytest.CaptureFixture[str]) -> None:
    examples.write(tmp_path)
    assert pin.main([], tmp_path) == 0
    assert "nothing is pinned yet" in capsys.readouterr().out
    assert not (tmp_path / "pinned.json").exists()
    assert pin.main(["--write"], tmp_path) == 0
    assert "the gate is passed" in capsys.readouterr().out
    coder.records = []
    assert pin.main([], tmp_path) == 1
    assert "event fell from 0.6667 to 0.0000" in capsys.readouterr().out
    assert pin.main(["--write"], tmp_path, tmp_path / "CHANGELOG.md") == 1
    assert "gate lowered: event" in capsys.readouterr().out
