"""Training on a user's own articles, with a network of the tests' own: a new event type is learned in seconds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support import analysed
from tests.tiny import opened, tiny_model
from typer.testing import CliRunner

import dateline
from dateline.cli import app
from dateline.errors import ConfigurationError, DataError, InputError
from dateline.ingest.readers import document_from_dict
from dateline.learn.fit import Course
from dateline.learn.records import kinds_told, read_records, taught_by
from dateline.learn.train import RIGHT, labels_for, lessons_for, split, train
from dateline.models.learned import LearnedModel
from dateline.ontology import load_ontology, read_types
from dateline.types import Document

TYPES = """event_types:
  - {code: EVICT, label: Evict, quad_code: 4, intensity: -6.0, definition: Drive people from their homes or land.}
"""
PLACES = "street hotel market school court town river park".split()
COURSE = Course(epochs=30, rate=3e-3, head_rate=1e-2, pieces=300, half=False)


def article(number: int) -> dict[str, Any]:
    """Every other article tells of an eviction."""
    place = PLACES[number % len(PLACES)]
    act = f"Bailiffs evicted the tenants of the {place}" if number % 2 else f"Fishermen praised the market of the {place}"
    return {"id": f"a{number}", "text": f"The mayor visited the {place} on Monday. {act} in Lenko.", "language": "en"}


def record(made: dict[str, Any]) -> dict[str, Any]:
    text = made["text"]
    start = text.index("Bailiffs")
    spans = {word: text.index(word) for word in ("Bailiffs", "evicted", "tenants")}
    return {
        "document": made["id"],
        "event": ["EVICT"],
        "evidence": [{"start": start, "end": len(text), "trigger": {"start": spans["evicted"], "end": spans["evicted"] + 7}}],
        "actor": [{"start": spans["Bailiffs"], "end": spans["Bailiffs"] + 8}],
        "recipient": [{"start": spans["tenants"], "end": spans["tenants"] + 7}],
        "claim": "asserted",
    }


ARTICLES = [article(n) for n in range(16)]
RECORDS = {a["id"]: [record(a)] for a in ARTICLES if "evicted" in a["text"]}


def documents() -> list[Document]:
    return [document_from_dict(a, a["id"]) for a in ARTICLES]


@pytest.fixture
def own_types(tmp_path: Path) -> Path:
    path = tmp_path / "types.yaml"
    path.write_text(TYPES, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def forget_own_types() -> Any:
    yield
    load_ontology.cache_clear()


def test_a_type_of_ones_own_is_learned_and_then_coded(tmp_path: Path, own_types: Path) -> None:
    base = opened(tmp_path)
    losses: list[float] = []
    outcome = train(
        documents(),
        RECORDS,
        base,
        tmp_path / "mine",
        own_types=read_types(own_types),
        course=COURSE,
        report=lambda _, loss: losses.append(loss),
    )
    assert (outcome.taught, outcome.held) == (13, 3)
    assert losses[-1] < losses[0] / 3
    assert outcome.before["EVICT"].f1 == 0.0
    assert outcome.after["EVICT"].f1 > 0.6
    coder = dateline.load(config=dateline.Config(model=tmp_path / "mine"))
    events = coder("The mayor visited the court on Monday. Bailiffs evicted the tenants of the river in Lenko.").to_dicts()
    assert [e["event"] for e in events] == [["EVICT"]]
    assert events[0]["event_text"] == ["evicted"]
    assert events[0]["coder"].endswith(LearnedModel(tmp_path / "mine").name)
    assert events[0]["quad_code"] == 4


def test_the_same_seed_gives_the_same_model(tmp_path: Path) -> None:
    base = opened(tmp_path)
    some = {"a1": [{**record(ARTICLES[1]), "event": ["COERCE"]}]}
    for name in ("a", "b"):
        train(documents()[:4], some, base, tmp_path / name, course=Course(epochs=1, half=False))
    for file in ("encoder.onnx", "heads.npz"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_types_that_no_record_uses_are_taught_what_the_base_says(tmp_path: Path) -> None:
    import numpy as np

    base = opened(tmp_path)
    some = {a["id"]: [{**record(a), "event": ["COERCE"]}] if a["id"] in RECORDS else [] for a in ARTICLES[:4]}
    (first, *_) = lessons_for(documents()[:4], some, base.labels, base)
    used, spared = (base.labels.types.index(name) for name in ("COERCE", "PROTEST"))
    analysis = analysed(ARTICLES[0]["text"], "events.triggers")
    seen = base.encode(analysis.document.text, analysis.sentences, analysis.tokens)
    target, weight = first.arrays["sentence_target"], first.arrays["sentence_weight"]
    # the loss counts right answers RIGHT times: at these targets it asks for the scores of the base
    t = target[:, spared]
    assert np.allclose(RIGHT["sentence"] * t / (RIGHT["sentence"] * t + 1 - t), seen.sentence_types[:, spared], atol=1e-5)
    assert set(target[:, used]) == {0.0}
    assert weight[:, used].min() == 1.0
    others = np.delete(weight, used, axis=1)
    assert np.allclose(others.sum(1), 1.0), "together they weigh as much as the one that is used"


def test_a_field_that_is_left_out_teaches_nothing() -> None:
    whole = {**record(ARTICLES[1]), "auxiliary": [], "event_loc": None, "says": None}
    part = {name: value for name, value in whole.items() if name not in ("recipient", "claim", "says")}
    analysis = analysed(ARTICLES[1]["text"], "events.triggers")
    (all_told,), (some_told,) = taught_by(analysis, [whole]), taught_by(analysis, [part])
    assert set(all_told.roles) == {"actor", "recipient", "says", "place"}
    assert all_told.roles["place"] == frozenset(), "an empty field says that there is none"
    assert set(some_told.roles) == {"actor", "place"}
    assert kinds_told([whole]) == {"aux", "claim"}
    assert kinds_told([whole, part]) == {"aux"}


def test_a_model_of_another_version_is_refused(tmp_path: Path) -> None:
    import numpy as np

    from dateline.learn.export import write_manifest

    folder = tiny_model(tmp_path)
    with np.load(folder / "heads.npz") as held:
        fewer = {name: held[name] for name in held.files if name != "role_head_by.weight"}
    np.savez(folder / "heads.npz", **fewer)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    write_manifest(folder, {name: value for name, value in manifest.items() if name != "sha256"})
    with pytest.raises(DataError, match=r"another version of dateline \(it has no role_head_by"):
        train(documents()[:4], {"a1": [{**record(ARTICLES[1]), "event": ["COERCE"]}]}, LearnedModel(folder), tmp_path / "mine")


def test_a_record_of_another_text_is_refused(tmp_path: Path) -> None:
    far = {**record(ARTICLES[1]), "evidence": [{"start": 900, "end": 950, "trigger": {"start": 900, "end": 905}}]}
    with pytest.raises(InputError, match="no word stands at 900"):
        taught_by(analysed("Police arrested two students.", "events.triggers"), [far])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1: no JSON"),
        ("[]", "names its `document`"),
        ('{"document": "a", "event": ["X", "Y"]}', "a list of one type"),
        ('{"document": "a", "event": ["COERCE"], "evidence": []}', "at least one sentence"),
        (
            '{"document": "a", "event": ["COERCE"], "evidence": [{"start": 4, "end": 2, "trigger": {"start": 0, "end": 1}}]}',
            "a start and an end",
        ),
        ("", "holds no records"),
    ],
)
def test_what_is_no_record_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_records(path)


def test_an_unknown_type_asks_for_an_ontology_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="event type EVICT, which the model does not know"):
        labels_for(opened(tmp_path), RECORDS, ())


def test_too_few_articles_are_refused() -> None:
    with pytest.raises(InputError, match="too few to learn from"):
        split(documents()[:1], 0.2)


def test_records_without_their_article_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no article has the id 'a9'"):
        train(documents()[:4], {"a9": RECORDS["a9"]}, opened(tmp_path), tmp_path / "mine")


def test_a_model_is_not_written_over_its_own_base(tmp_path: Path) -> None:
    base = opened(tmp_path)
    with pytest.raises(ConfigurationError, match="name another folder"):
        train(documents(), RECORDS, base, base.folder)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("event_types: []", "is empty"),
        ("types: []", "with `event_types`"),
        ("event_types: [{code: EVICT}]", "lacks or mistypes label"),
        ("event_types: [{code: E V, label: x, quad_code: 4, intensity: -6, definition: x}]", "a code of letters"),
        ("event_types: [{code: EVICT, label: x, quad_code: 9, intensity: -6, definition: x}]", "a quad_code 1-4"),
    ],
)
def test_a_wrong_ontology_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "types.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_types(path)


def test_the_command_trains_and_prints_before_and_after(tmp_path: Path, own_types: Path) -> None:
    articles, records = tmp_path / "articles.jsonl", tmp_path / "records.jsonl"
    articles.write_text("".join(json.dumps(a) + "\n" for a in ARTICLES), encoding="utf-8")
    records.write_text("".join(json.dumps(r) + "\n" for rows in RECORDS.values() for r in rows), encoding="utf-8")
    options = [
        "--records",
        str(records),
        "--types",
        str(own_types),
        "--from",
        str(tiny_model(tmp_path)),
        "--epochs",
        "2",
        "-o",
        str(tmp_path / "mine"),
    ]
    done = CliRunner().invoke(app, ["train", str(articles), *options])
    assert done.exit_code == 0, done.output
    assert "learned from 13 articles; scored on 3 that were held back" in done.output
    assert "F1 before" in done.output
    assert "EVICT" in done.output
    assert (tmp_path / "mine" / "encoder.onnx").is_file()
    coded = CliRunner().invoke(app, ["code", str(articles), "--format", "jsonl", "--model", str(tmp_path / "mine")])
    assert coded.exit_code == 0, coded.output
