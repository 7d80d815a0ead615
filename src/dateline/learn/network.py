"""The network that is trained: a small BERT encoder with heads for types, triggers, roles, attributes and same events.

The encoder is all-MiniLM-L6-v2 (Wang et al. 2020, "MiniLM"; sentence-transformers, Apache-2.0). Coding does not use this
file: it runs the exported encoder, and the heads in NumPy (`dateline.models.heads`), which repeat the arithmetic here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from dateline.models.heads import DISTANCES, PAIR, REPRESENTATION, ROLES, Labels

EPSILON = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Sizes of the encoder."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512


class Block(nn.Module):
    """One layer of the encoder: attention and a feed-forward part, each added to what came in and normalised."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.query, self.key, self.value, self.out = (nn.Linear(shape.width, shape.width) for _ in range(4))
        self.norm_attention = nn.LayerNorm(shape.width, eps=EPSILON)
        self.inner, self.outer = nn.Linear(shape.width, shape.inner), nn.Linear(shape.inner, shape.width)
        self.norm_output = nn.LayerNorm(shape.width, eps=EPSILON)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return (batch, pieces, width) for the same; `bias` (batch, 1, 1, pieces) is added to the attention scores."""
        n, length, width = x.shape
        split = (n, length, self.shape.heads, width // self.shape.heads)
        q, k, v = (layer(x).view(split).transpose(1, 2) for layer in (self.query, self.key, self.value))
        scores = q @ k.transpose(-1, -2) / math.sqrt(split[3]) + bias
        # no dropout on the attention itself: on a processor it costs a third of the time
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(n, length, width)
        x = self.norm_attention(x + self.dropout(self.out(mixed)))
        result: Tensor = self.norm_output(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))
        return result


class Encoder(nn.Module):
    """The encoder: ids of word pieces to one vector a piece."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.kinds = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=EPSILON)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return (batch, pieces, width); `mask` is 1 for a piece and 0 for padding."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.positions(places) + self.kinds.weight[0]))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for block in self.blocks:
            x = block(x, bias)
        result: Tensor = x
        return result


def bert_names(shape: Shape) -> dict[str, str]:
    """Return our parameter names by those of a BERT checkpoint."""
    names = {
        "embeddings.word_embeddings.weight": "words.weight",
        "embeddings.position_embeddings.weight": "positions.weight",
        "embeddings.token_type_embeddings.weight": "kinds.weight",
        "embeddings.LayerNorm.weight": "norm.weight",
        "embeddings.LayerNorm.bias": "norm.bias",
    }
    parts = {
        "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value", "attention.output.dense": "out",
        "attention.output.LayerNorm": "norm_attention",
        "intermediate.dense": "inner", "output.dense": "outer", "output.LayerNorm": "norm_output",
    }  # fmt: skip
    for number in range(shape.layers):
        for theirs, ours in parts.items():
            for kind in ("weight", "bias"):
                names[f"encoder.layer.{number}.{theirs}.{kind}"] = f"blocks.{number}.{ours}.{kind}"
    return names


class Coder(nn.Module):
    """Encoder and heads. Token and sentence vectors are means of piece vectors; a document's is that of its sentences."""

    def __init__(self, shape: Shape, labels: Labels) -> None:
        super().__init__()
        self.labels = labels
        self.encoder = Encoder(shape)
        d, h = shape.width, REPRESENTATION
        self.sentence = nn.Linear(2 * d, len(labels.types))
        self.token, self.token_sentence, self.token_document = nn.Linear(d, h), nn.Linear(d, h, bias=False), nn.Linear(d, h, bias=False)
        self.trigger = nn.Linear(h, len(labels.types))
        self.candidate = nn.Linear(h, len(labels.types))
        self.attributes = nn.Linear(h, len(labels.attributes))
        self.role_trigger, self.role_head = nn.Linear(h, PAIR), nn.Linear(d, PAIR, bias=False)
        self.role_trigger_by, self.role_head_by = nn.Linear(h, PAIR, bias=False), nn.Linear(d, PAIR, bias=False)
        self.role_distance, self.role_type = nn.Embedding(DISTANCES, PAIR), nn.Embedding(len(labels.types), PAIR)
        self.role = nn.Linear(PAIR, len(ROLES))
        self.same_product, self.same_difference = nn.Linear(h, PAIR), nn.Linear(h, PAIR, bias=False)
        self.same_distance = nn.Embedding(DISTANCES, PAIR)
        self.same = nn.Linear(PAIR, 1)
        self.dropout = nn.Dropout(0.1)
        for name, parameter in self.named_parameters():
            if not name.startswith("encoder.") and parameter.dim() > 1:
                nn.init.normal_(parameter, std=0.02)

    def vectors(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Return vectors of tokens, sentences and documents for a batch of windows.

        `piece_token` (batch, pieces) numbers the batch's tokens from 0, and the last number stands for marks.
        """
        hidden = self.encoder(batch["ids"], batch["mask"]).float()
        tokens = mean_by(hidden.reshape(-1, hidden.shape[-1]), batch["piece_token"].reshape(-1), int(batch["tokens"]) + 1)[:-1]
        sentences = mean_by(tokens, batch["token_sentence"], int(batch["sentences"]))
        documents = mean_by(sentences, batch["sentence_document"], int(batch["documents"]))
        return tokens, sentences, documents

    def forward(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return the scores (log odds) of every head for a batch."""
        tokens, sentences, documents = self.vectors(batch)
        of_sentence = documents[batch["sentence_document"]]
        x = self.dropout(torch.cat([sentences, of_sentence], -1))
        own = self.token_sentence(sentences) + self.token_document(documents)[batch["sentence_document"]]
        represented = functional.gelu(self.token(self.dropout(tokens)) + own[batch["token_sentence"]])
        represented = self.dropout(represented)
        at = represented[batch["candidate_token"]]
        heads = self.dropout(tokens)
        pair = (
            self.role_trigger(at)[batch["role_candidate"]]
            + self.role_head(heads)[batch["role_head"]]
            + self.role_trigger_by(at)[batch["role_candidate"]] * self.role_head_by(heads)[batch["role_head"]]
            + self.role_distance(batch["role_distance"])
            + self.role_type(batch["candidate_type"])[batch["role_candidate"]]
        )
        a, b = at[batch["same_a"]], at[batch["same_b"]]
        same = self.same_product(a * b) + self.same_difference((a - b).abs()) + self.same_distance(batch["same_distance"])
        return {
            "sentence": self.sentence(x),
            "trigger": self.trigger(represented),
            "candidate": self.candidate(at),
            "attributes": self.attributes(at),
            "role": self.role(self.dropout(functional.relu(pair))),
            "same": self.same(self.dropout(functional.relu(same)))[:, 0],
        }

    def head_weights(self) -> dict[str, Any]:
        """Return the weights of the heads as float32 arrays by name, for `dateline.models.heads`."""
        return {name: p.detach().float().numpy() for name, p in self.named_parameters() if not name.startswith("encoder.")}


def mean_by(rows: Tensor, group: Tensor, groups: int) -> Tensor:
    """Return the mean row of each group (groups, width); a group without rows is zero."""
    total = torch.zeros(groups, rows.shape[-1], dtype=rows.dtype, device=rows.device).index_add(0, group, rows)
    count = torch.zeros(groups, dtype=rows.dtype, device=rows.device).index_add(0, group, torch.ones_like(rows[:, 0]))
    return total / count.clamp(min=1.0)[:, None]
