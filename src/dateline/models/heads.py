"""The heads of the learned coder in NumPy: what a trigger reports, its roles and attributes, and which triggers are one event.

The weights are those of `dateline.learn.network.Coder`; a test holds the two against each other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

REPRESENTATION = 256
"""Width of a token's representation that the heads share."""
PAIR = 96
"""Width of the hidden layer over a pair (trigger and head, trigger and trigger)."""
ROLES = ("actor", "recipient", "says", "place")
LAYERS = frozenset(
    {
        "sentence", "token", "token_sentence", "token_document", "trigger", "candidate", "attributes", "role_trigger", "role_head",
        "role_trigger_by", "role_head_by", "role_distance", "role_type", "role", "same_product", "same_difference", "same_distance", "same",
    }
)  # fmt: skip
"""Names of the layers; a model of another version may lack some."""
DISTANCES = 24
"""Number of distance classes; see `distance_class`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What the outputs stand for: event types, and attributes as "mode:TYPE.mode", "aux:flag", "claim:kind", "context:name"."""

    types: tuple[str, ...]
    attributes: tuple[str, ...]


def distance_class(sentences: int, tokens: int) -> int:
    """Return the class (0 to `DISTANCES` - 1) of a head (or a second trigger) so many sentences and tokens after the trigger."""
    if sentences == 0:
        size = min(abs(tokens).bit_length(), 5)
        return size if tokens < 0 else 6 + size
    if sentences < 0:
        return 11 + min(-sentences, 6)
    return 17 + min(sentences, 6)


def gelu(x: Array) -> Array:
    """Return the Gaussian error linear unit, exact form."""
    return (0.5 * x * (1.0 + _erf(x / math.sqrt(2.0)))).astype(np.float32)


def _erf(x: Array) -> Array:
    # Abramowitz and Stegun 7.1.26, absolute error under 1.5e-7: NumPy has no error function.
    t = 1.0 / (1.0 + 0.3275911 * np.abs(x))
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.asarray(np.sign(x) * (1.0 - poly * np.exp(-x * x)), dtype=np.float32)


def sigmoid(x: Array) -> Array:
    """Return probabilities (0 to 1) for log odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0))), dtype=np.float32)


class Heads:
    """The heads over token vectors. All scores are log odds."""

    def __init__(self, weights: Mapping[str, Array], labels: Labels) -> None:
        self.w = {name: np.asarray(value, dtype=np.float32) for name, value in weights.items()}
        self.labels = labels
        self.type_number = {name: i for i, name in enumerate(labels.types)}

    def _linear(self, name: str, x: Array) -> Array:
        bias = self.w.get(f"{name}.bias")
        out = x @ self.w[f"{name}.weight"].T
        return np.asarray(out if bias is None else out + bias, dtype=np.float32)

    def sentences(self, sentences: Array, document: Array) -> Array:
        """Return (sentences, types): whether a sentence tells of an event of each type."""
        return self._linear("sentence", np.concatenate([sentences, np.broadcast_to(document, sentences.shape)], axis=1))

    def represent(self, tokens: Array, sentence_of: NDArray[np.int64], sentences: Array, document: Array) -> Array:
        """Return (tokens, `REPRESENTATION`) for (tokens, width)."""
        own = self._linear("token_sentence", sentences) + self._linear("token_document", document[None])
        return gelu(self._linear("token", tokens) + own[sentence_of])

    def triggers(self, represented: Array) -> Array:
        """Return (tokens, types): whether a token lies in the trigger of an event of each type."""
        return self._linear("trigger", represented)

    def candidates(self, represented: Array) -> Array:
        """Return (rows, types): whether a trigger candidate reports an event of each type."""
        return self._linear("candidate", represented)

    def attributes(self, represented: Array) -> Array:
        """Return (rows, attributes) for trigger tokens."""
        return self._linear("attributes", represented)

    def roles(self, trigger: Array, event_type: str, heads: Array, distances: Sequence[int]) -> Array:
        """Return (heads, `ROLES`): whether a head plays each role of the event told by one trigger."""
        hidden = self._linear("role_trigger", trigger[None]) + self._linear("role_head", heads)
        hidden = hidden + self._linear("role_trigger_by", trigger[None]) * self._linear("role_head_by", heads)
        hidden = hidden + self.w["role_distance.weight"][np.asarray(distances, dtype=np.int64)]
        number = self.type_number.get(event_type)
        if number is not None:
            hidden = hidden + self.w["role_type.weight"][number]
        return self._linear("role", np.maximum(hidden, 0.0))

    def same(self, a: Array, b: Array, distances: Sequence[int]) -> Array:
        """Return (pairs,): whether two triggers, given as rows of representations, tell of one event."""
        hidden = self._linear("same_product", a * b) + self._linear("same_difference", np.abs(a - b))
        hidden = hidden + self.w["same_distance.weight"][np.asarray(distances, dtype=np.int64)]
        return self._linear("same", np.maximum(hidden, 0.0))[:, 0]
