"""The learned coder at run time: an exported encoder (ONNX, int8) and the heads over it, read from one folder.

A model folder holds ``manifest.json`` (task, labels, data, hashes, scores, licence notice), ``encoder.onnx``,
``heads.npz``, ``tokenizer.json`` and the linear models that were fitted beside it. No torch is needed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.errors import DataError
from dateline.models.heads import LAYERS, Array, Heads, Labels, distance_class, sigmoid
from dateline.models.linear import LinearModel, read_linear
from dateline.models.windows import LONGEST, Window, windows
from dateline.types import Sentence, Token

MODELS = Path(__file__).parent.parent / "data" / "models"
FILES = ("encoder.onnx", "heads.npz", "tokenizer.json")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DocumentEncoding:
    """What the network sees of one document; serves as `dateline.encoding.Encoding`.

    Attributes:
        tokens: (tokens, width) vectors.
        represented: (tokens, `REPRESENTATION`) what the heads read of each token as a trigger.
        sentence_types: (sentences, types) probabilities that a sentence tells of an event of a type.
        trigger_types: (tokens, types) probabilities that a token lies in the trigger of one.
        candidate_types: (tokens, types) probabilities that a token, taken for a trigger, reports one.
        read: (tokens,) whether the token was read; the end of a sentence of over 190 word pieces is not.
    """

    source: LearnedModel
    tokens: Array
    represented: Array
    sentence_types: Array
    trigger_types: Array
    candidate_types: Array
    read: NDArray[np.bool_]

    @property
    def types(self) -> tuple[str, ...]:
        """The event types that the model was taught."""
        return self.source.labels.types

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that it was taught."""
        return self.source.labels.attributes

    @property
    def model(self) -> str:
        """The model's name."""
        return self.source.name

    def _at(self, scores: Array, row: int, event_type: str) -> float | None:
        column = self.source.heads.type_number.get(event_type)
        return None if column is None else float(scores[row, column])

    def sentence_score(self, sentence: int, event_type: str) -> float | None:
        """Return whether a sentence tells of an event of a type."""
        return self._at(self.sentence_types, sentence, event_type)

    def trigger_score(self, token: int, event_type: str) -> float | None:
        """Return whether a token lies in the trigger of an event of a type."""
        return self._at(self.trigger_types, token, event_type) if self.read[token] else None

    def candidate_score(self, token: int, event_type: str) -> float | None:
        """Return whether a token, taken for a trigger, reports an event of a type."""
        return self._at(self.candidate_types, token, event_type) if self.read[token] else None

    def best_types(self, sentence: int, count: int) -> Sequence[tuple[str, float]]:
        """Return the likeliest types of a sentence, the best first."""
        row = self.sentence_types[sentence]
        order = np.argsort(-row, kind="stable")[:count]
        return [(self.types[i], float(row[i])) for i in order]

    def role_scores(self, trigger: Token, event_type: str, heads: Sequence[Token]) -> Sequence[tuple[float, float, float, float]]:
        """Return for each head whether it is actor, recipient, speaker and place of the event told by a trigger."""
        if not heads:
            return []
        distances = [distance_class(h.sentence - trigger.sentence, h.index - trigger.index) for h in heads]
        vectors = self.tokens[[h.index for h in heads]]
        found = sigmoid(self.source.heads.roles(self.represented[trigger.index], event_type, vectors, distances))
        return [(float(a), float(r), float(s), float(p)) for a, r, s, p in found]

    def attribute_scores(self, trigger: Token) -> Sequence[float]:
        """Return the scores of all `attributes` for the event told by a trigger."""
        return [float(x) for x in sigmoid(self.source.heads.attributes(self.represented[trigger.index][None])[0])]

    def same_scores(self, pairs: Sequence[tuple[Token, Token]]) -> Sequence[float]:
        """Return whether two triggers, the earlier first, tell of one event."""
        if not pairs:
            return []
        distances = [distance_class(b.sentence - a.sentence, b.index - a.index) for a, b in pairs]
        a, b = (self.represented[[p[side].index for p in pairs]] for side in (0, 1))
        return [float(x) for x in sigmoid(self.source.heads.same(a, b, distances))]


class LearnedModel:
    """A model folder, opened. Raises `DataError` where a file is missing, damaged or not the manifest's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = _manifest(folder)
        try:
            self.labels = Labels(types=tuple(self.manifest["labels"]["types"]), attributes=tuple(self.manifest["labels"]["attributes"]))
            hashes = {name: str(self.manifest["sha256"][name]) for name in FILES}
        except (KeyError, TypeError) as error:
            raise DataError(f"the model's manifest in {folder} lacks {error}; train it again, or install dateline again") from error
        for name, wanted in hashes.items():
            if hashlib.sha256(_bytes(folder / name)).hexdigest() != wanted:
                raise DataError(
                    f"{folder / name} is not the file that the model's manifest names; install dateline (or train the model) again"
                )
        version = hashlib.sha256("".join(sorted(hashes.values())).encode()).hexdigest()[:8]
        self.name = f"{self.manifest.get('name', folder.name)} {version}"
        self.language = str(self.manifest.get("language", "en"))
        self.own_types: tuple[dict[str, Any], ...] = tuple(self.manifest.get("own_types", ()))
        """Event types that PLOVER does not have, as rows of an ontology file."""
        self.attribute_number = {name: i for i, name in enumerate(self.labels.attributes)}

    @cached_property
    def heads(self) -> Heads:
        """The heads over the encoder."""
        with np.load(self.folder / "heads.npz", allow_pickle=False) as held:
            weights = {name: held[name].astype(np.float32) for name in held.files}
        missing = sorted(LAYERS - {name.partition(".")[0] for name in weights})
        if missing:
            raise DataError(f"the model in {self.folder} was made by another version of dateline (it has no {missing[0]}); train it again")
        return Heads(weights, self.labels)

    @cached_property
    def tokenizer(self) -> Any:
        """The tokenizer, cutting and padding nothing by itself."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def session(self) -> Any:
        """The encoder. One thread: a run over many documents takes more processes instead, and gives the same bytes."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(self.folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"])

    def _hidden(self, window: Window) -> Array:
        # one window a call: dynamic quantisation scales by what is in the batch, and a document's scores must not depend on its neighbours
        ids = np.asarray([window.ids], dtype=np.int64)
        (found,) = self.session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        return np.asarray(found[0], dtype=np.float32)

    def encode(self, text: str, sentences: Sequence[Sentence], tokens: Sequence[Token]) -> DocumentEncoding:
        """Read a parsed document."""
        width = self.heads.w["token.weight"].shape[1]
        total, count = np.zeros((len(tokens), width), dtype=np.float32), np.zeros(len(tokens), dtype=np.float32)
        for window in windows(text, sentences, tokens, self.tokenizer):
            at = np.asarray(window.tokens, dtype=np.int64)
            own = at >= 0
            np.add.at(total, at[own], self._hidden(window)[own])
            np.add.at(count, at[own], 1.0)
        vectors = np.asarray(total / np.maximum(count, 1.0)[:, None], dtype=np.float32)
        sentence_of = np.asarray([t.sentence for t in tokens], dtype=np.int64)
        of_sentence, size = np.zeros((len(sentences), width), dtype=np.float32), np.zeros(len(sentences), dtype=np.float32)
        np.add.at(of_sentence, sentence_of, vectors)
        np.add.at(size, sentence_of, 1.0)
        of_sentence /= np.maximum(size, 1.0)[:, None]
        document = of_sentence.mean(axis=0) if len(sentences) else np.zeros(width, dtype=np.float32)
        represented = self.heads.represent(vectors, sentence_of, of_sentence, document)
        return DocumentEncoding(
            source=self,
            tokens=vectors,
            represented=represented,
            sentence_types=sigmoid(self.heads.sentences(of_sentence, document)),
            trigger_types=sigmoid(self.heads.triggers(represented)),
            candidate_types=sigmoid(self.heads.candidates(represented)),
            read=count > 0,
        )

    def linear(self, name: str) -> LinearModel:
        """Return a linear model that was fitted beside the network: confidence, actor, recipient, same-event, attributes of a kind."""
        return read_linear(self.folder / f"{name}.json")

    def embed(self, texts: Sequence[str]) -> Array:
        """Return (texts, width) mean vectors of texts of any kind, each read by itself up to 190 word pieces."""
        out = []
        for found in self.tokenizer.encode_batch(list(texts), add_special_tokens=False):
            pieces = tuple(int(i) for i in found.ids[: LONGEST - 2])
            window = Window((101, *pieces, 102), (-1, *range(len(pieces)), -1))
            out.append(
                self._hidden(window)[1:-1].mean(axis=0) if pieces else np.zeros(self.heads.w["token.weight"].shape[1], dtype=np.float32)
            )
        return np.asarray(out, dtype=np.float32)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path.parent} is no model folder: {path.name} cannot be read ({error.strerror})") from error


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        read = json.loads(_bytes(folder / "manifest.json"))
    except ValueError as error:
        raise DataError(f"{folder / 'manifest.json'} is damaged: {error}") from error
    if not isinstance(read, dict):
        raise DataError(f"{folder / 'manifest.json'} is damaged: it holds no object")
    return read


def built_in(language: str) -> Path | None:
    """Return the folder of the model that comes with the program for a language, or None."""
    folder = MODELS / f"coder-{language}"
    return folder if (folder / "manifest.json").is_file() else None


@cache
def load_learned(folder: Path) -> LearnedModel:
    """Open a model folder, once a process."""
    return LearnedModel(folder)
