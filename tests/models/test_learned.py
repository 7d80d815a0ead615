"""Opening a model folder: what is missing, damaged or exchanged is named; what is read is the same every time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.support import analysed
from tests.tiny import tiny_model

import dateline
from dateline.errors import ConfigurationError, DataError
from dateline.models.learned import LearnedModel, built_in

TEXT = "Police arrested two students in Lenko on Monday. The mayor met the students."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("model"))


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "model"))


@pytest.mark.parametrize("name", ["manifest.json", "encoder.onnx", "heads.npz", "tokenizer.json"])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(DataError, match=f"no model folder: {name} cannot be read"):
        LearnedModel(copied)


def test_a_file_that_was_exchanged_is_refused(copied: Path) -> None:
    (copied / "heads.npz").write_bytes(b"other")
    with pytest.raises(DataError, match="not the file that the model's manifest names"):
        LearnedModel(copied)


@pytest.mark.parametrize(("text", "message"), [("{", "damaged"), ("[]", "holds no object"), ("{}", "lacks 'labels'")])
def test_a_damaged_manifest_is_refused(copied: Path, text: str, message: str) -> None:
    (copied / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        LearnedModel(copied)


def test_a_folder_that_is_none_is_named() -> None:
    with pytest.raises(DataError, match="is no model folder"):
        dateline.load(config=dateline.Config(model=Path("no-such-folder")))


def test_a_model_of_another_language_is_refused(copied: Path) -> None:
    manifest = json.loads((copied / "manifest.json").read_text(encoding="utf-8"))
    (copied / "manifest.json").write_text(json.dumps({**manifest, "language": "fr"}), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"trained for French \(fr\), not for English"):
        dateline.load(config=dateline.Config(model=copied))


def test_scores_do_not_hang_on_what_was_read_before(folder: Path) -> None:
    analysis = analysed(TEXT, "events.triggers")
    first, second = LearnedModel(folder), LearnedModel(folder)
    second.encode(
        "Farmers marched.",
        analysed("Farmers marched.", "annotate.syntax").sentences,
        analysed("Farmers marched.", "annotate.syntax").tokens,
    )
    one, two = (m.encode(TEXT, analysis.sentences, analysis.tokens) for m in (first, second))
    assert np.array_equal(one.tokens, two.tokens)
    assert np.array_equal(one.trigger_types, two.trigger_types)


def test_an_encoding_answers_in_probabilities(folder: Path) -> None:
    analysis = analysed(TEXT, "events.triggers")
    encoding = LearnedModel(folder).encode(TEXT, analysis.sentences, analysis.tokens)
    trigger, head = analysis.tokens[1], analysis.tokens[0]
    scores = [encoding.sentence_score(0, "COERCE"), encoding.trigger_score(1, "COERCE"), encoding.candidate_score(1, "COERCE")]
    scores += [*encoding.role_scores(trigger, "COERCE", [head])[0], *encoding.same_scores([(trigger, analysis.tokens[-3])])]
    scores += encoding.attribute_scores(trigger)
    assert all(s is not None and 0.0 <= s <= 1.0 for s in scores)
    assert encoding.sentence_score(0, "NO_SUCH_TYPE") is None
    best = encoding.best_types(0, 3)
    assert [p for _, p in best] == sorted((p for _, p in best), reverse=True)
    assert len(best) == 3
    assert encoding.role_scores(trigger, "COERCE", []) == []
    assert encoding.same_scores([]) == []


def test_the_name_carries_the_version_of_the_weights(folder: Path, copied: Path) -> None:
    assert LearnedModel(folder).name == LearnedModel(copied).name
    assert LearnedModel(folder).name.startswith("tiny ")


def test_texts_are_embedded_one_by_one(folder: Path) -> None:
    model = LearnedModel(folder)
    both = model.embed(["police arrested", "farmers marched"])
    assert both.shape == (2, 32)
    assert np.array_equal(both[1], model.embed(["farmers marched"])[0])
    assert not model.embed([""]).any()


def test_the_language_that_comes_with_a_model_is_english() -> None:
    assert built_in("en") is not None
    assert built_in("xx") is None
