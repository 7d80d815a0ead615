"""The network and its doubles at run time: the heads in NumPy, the exported encoder, and the network made from an export again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from tests.support import analysed
from tests.tiny import opened, tiny_labels, tiny_network, tokenizer_file

from dateline.errors import DataError
from dateline.learn.fit import as_tensors
from dateline.learn.lessons import batch_of, lesson_of
from dateline.learn.resume import encoder_state, resume
from dateline.models.heads import Heads, Labels, gelu, sigmoid
from dateline.models.learned import LearnedModel

TEXT = "Police arrested two students in Lenko on Monday. The mayor met the students. Soldiers shot farmers."


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LearnedModel:
    return opened(tmp_path_factory.mktemp("model"))


def test_the_heads_in_numpy_say_what_those_in_torch_say(model: LearnedModel) -> None:
    analysis = analysed(TEXT, "events.triggers")
    network = tiny_network()
    lesson = lesson_of(analysis, (), tiny_labels(), model.tokenizer)
    batch = as_tensors(batch_of([lesson]))
    with torch.no_grad():
        scores = {name: x.numpy() for name, x in network(batch).items()}
        tokens, sentences, documents = (x.numpy() for x in network.vectors(batch))
    heads = Heads(network.head_weights(), tiny_labels())
    represented = heads.represent(tokens, lesson.arrays["token_sentence"], sentences, documents[0])
    at = represented[[token for token, _ in lesson.candidates]]
    assert np.allclose(heads.sentences(sentences, documents[0]), scores["sentence"], atol=1e-4)
    assert np.allclose(heads.triggers(represented), scores["trigger"], atol=1e-4)
    assert np.allclose(heads.candidates(at), scores["candidate"], atol=1e-4)
    assert np.allclose(heads.attributes(at), scores["attributes"], atol=1e-4)


def test_the_export_keeps_what_the_network_sees(model: LearnedModel) -> None:
    analysis = analysed(TEXT, "events.triggers")
    encoding = model.encode(TEXT, analysis.sentences, analysis.tokens)
    lesson = lesson_of(analysis, (), tiny_labels(), model.tokenizer)
    batch = as_tensors(batch_of([lesson]))
    network = tiny_network()
    with torch.no_grad():
        wanted = network.vectors(batch)[0].numpy()
        scores = network(batch)["sentence"].sigmoid().numpy()
    cosine = (encoding.tokens * wanted).sum(1) / np.linalg.norm(encoding.tokens, axis=1) / np.linalg.norm(wanted, axis=1)
    assert cosine.min() > 0.98
    assert np.abs(encoding.sentence_types - scores).max() < 0.02


def test_an_export_can_be_trained_further_from_where_it_stood(model: LearnedModel) -> None:
    more = Labels(types=(*tiny_labels().types, "EVICT"), attributes=tiny_labels().attributes)
    again = resume(model, more, seed=3).eval()
    ids = torch.tensor([[101, 150, 151, 152, 153, 102]])
    with torch.no_grad():
        new, old = (n.encoder(ids, torch.ones_like(ids)).numpy() for n in (again, tiny_network()))
    assert np.abs(new - old).max() < 0.15
    assert np.allclose(again.trigger.weight.detach().numpy()[:-1], tiny_network().trigger.weight.detach().numpy(), atol=1e-3)
    assert float(again.trigger.bias[-1].detach()) == pytest.approx(-3.0)


def test_another_graph_is_refused(tmp_path: Path) -> None:
    import onnx

    graph = onnx.helper.make_graph([], "empty", [], [])
    onnx.save(onnx.helper.make_model(graph), str(tmp_path / "other.onnx"))
    with pytest.raises(DataError, match="no encoder that dateline exported"):
        encoder_state(tmp_path / "other.onnx")


def test_the_same_export_has_the_same_bytes(tmp_path: Path) -> None:
    from dateline.learn.export import export

    for name in ("a", "b"):
        export(tiny_network(), tokenizer_file(tmp_path), tmp_path / name, {"name": "tiny", "language": "en"})
    for file in ("encoder.onnx", "heads.npz", "manifest.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_gelu_and_sigmoid_are_those_of_torch() -> None:
    x = np.linspace(-6, 6, 101, dtype=np.float32)
    assert np.allclose(gelu(x), torch.nn.functional.gelu(torch.from_numpy(x)).numpy(), atol=1e-5)
    assert np.allclose(sigmoid(x), torch.from_numpy(x).sigmoid().numpy(), atol=1e-6)
