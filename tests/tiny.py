"""A learned coder so small that it is made in a moment: one layer, a vocabulary of the tests' own, weights from a seed."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from dateline.learn.export import export
from dateline.learn.network import Coder, Shape
from dateline.models.heads import Labels
from dateline.models.learned import LearnedModel
from dateline.models.linear import LEVELS
from dateline.ontology import load_ontology

WORDS = (
    "police arrested two students in lenko the mayor met of and a on monday bailiffs evicted tenants families from their homes flats "
    "fishermen praised council opened market visited school court ordered street hotel soldiers shot farmers workers marched said"
)
SHAPE = Shape(vocabulary=400, width=32, layers=2, heads=1, inner=64, positions=192)
ATTRIBUTES = ("aux:future", "aux:negation", "claim:alleged", "context:crime", "mode:COERCE.arrest", "mode:PROTEST.strike")


def tokenizer_file(folder: Path) -> Path:
    """Write a tokenizer: the marks at the places where BERT has them, letters, and some words."""
    names = ["[PAD]", *(f"[unused{n}]" for n in range(99)), "[UNK]", "[CLS]", "[SEP]"]
    letters = [c for c in map(chr, range(33, 127)) if not c.isupper()]
    names += dict.fromkeys([*letters, *(f"##{c}" for c in letters if c.isalnum()), *WORDS.split()])
    tokenizer = Tokenizer(WordPiece({name: n for n, name in enumerate(names)}, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = BertNormalizer(), BertPreTokenizer()
    path = folder / "tiny-tokenizer.json"
    tokenizer.save(str(path))
    return path


def tiny_labels() -> Labels:
    """All types of PLOVER, some attributes."""
    return Labels(types=tuple(load_ontology().event_types), attributes=ATTRIBUTES)


def tiny_network(labels: Labels | None = None) -> Coder:
    """Return an untrained network; no two of its weights are alike, as the export joins those that are."""
    torch.manual_seed(5)
    network = Coder(SHAPE, labels or tiny_labels()).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(0.01 * torch.randn_like(parameter))
        for head in (network.sentence, network.trigger, network.candidate, network.attributes):
            # untaught, it says no
            head.bias.sub_(4.0)
    return network


def tiny_model(folder: Path) -> Path:
    """Write a whole model folder: confidence follows the learned score of the trigger, sides and attributes follow theirs."""
    export(tiny_network(), tokenizer_file(folder), folder / "tiny", {"name": "tiny", "language": "en", "fitted_on": "nothing"})
    follow = {
        "confidence": "learned.candidate", "actor": "learned.actor", "recipient": "learned.recipient", "same-event": "learned.same",
        **{f"attribute-{kind}": "learned" for kind in ("mode", "context", "aux", "claim")},
    }  # fmt: skip
    for name, feature in follow.items():
        write_linear(folder / "tiny" / f"{name}.json", feature)
    weights = {"threshold": 0.5, "listed_threshold": 0.5, "weights": {"none": 1.0}}
    (folder / "tiny" / "place_weights.json").write_text(json.dumps(weights), encoding="utf-8")
    return folder / "tiny"


def write_linear(path: Path, feature: str) -> None:
    """Write a linear model that says yes where a learned score is over one half, or near it."""
    weights = {f"{feature}>{level}": 0.6 for level in LEVELS}
    data = {"bias": -4.0, "weights": weights, "slope": 1.0, "shift": 0.0, "threshold": 0.5, "presets": {"precision": 0.8, "recall": 0.2}}
    path.write_text(json.dumps(data), encoding="utf-8")


def opened(folder: Path) -> LearnedModel:
    """Return the tiny model, opened."""
    return LearnedModel(tiny_model(folder))
