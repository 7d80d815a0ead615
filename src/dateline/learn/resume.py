"""A trained network from a model folder, to train it further: int8 weights are turned back into numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from dateline.errors import DataError
from dateline.learn.network import Coder, Shape
from dateline.models.heads import Labels
from dateline.models.learned import LearnedModel

PRODUCTS = ("query", "key", "value", "out", "inner", "outer")
"""The layers of a block in the order in which they run, which is that of the graph."""


def resume(base: LearnedModel, labels: Labels, seed: int) -> Coder:
    """Return a network with a model's weights; outputs that it does not have yet begin untrained.

    Raises:
        DataError: The encoder is not one that this program exported, or the heads are those of another version.
    """
    torch.manual_seed(seed)
    state, shape = encoder_state(base.folder / "encoder.onnx")
    network = Coder(shape, labels)
    network.encoder.load_state_dict(state)
    own = dict(network.named_parameters())
    heads = {name for name in own if not name.startswith("encoder.")}
    if odd := sorted(heads ^ base.heads.w.keys()):
        raise DataError(
            f"{base.folder} was written by another version of dateline ({odd[0]} is in only one of the two): "
            "begin from a model that this version wrote, or from the one that comes with it"
        )
    grown = {"sentence", "trigger", "candidate", "attributes", "role_type"}
    old = {"types": base.labels.types, "attributes": base.labels.attributes}
    with torch.no_grad():
        for name, value in base.heads.w.items():
            layer = name.partition(".")[0]
            if layer not in grown:
                own[name].copy_(torch.from_numpy(value))
                continue
            mine, theirs = (labels.attributes, old["attributes"]) if layer == "attributes" else (labels.types, old["types"])
            for row, label in enumerate(mine):
                if label in theirs:
                    own[name][row] = torch.tensor(value[theirs.index(label)])
                elif name.endswith(".bias"):
                    # a new output says no until it has learned better
                    own[name][row] = -3.0
    return network


def encoder_state(path: Path) -> tuple[dict[str, torch.Tensor], Shape]:
    """Read the weights of an exported encoder. Raises `DataError` where it has another form."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    held: dict[str, Any] = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    blocks = 1 + max((int(n.split(".")[1]) for n in held if n.startswith("blocks.")), default=-1)
    products = [n.input[1] for n in graph.node if n.op_type == "MatMulInteger" and n.input[1] in held]
    embedded = [n for n in held if n.startswith("words.weight")]
    if not blocks or len(products) != blocks * len(PRODUCTS) or not embedded:
        raise DataError(f"{path} is no encoder that dateline exported, so it cannot be trained further")
    state = {
        n: np.asarray(v, dtype=np.float32) for n, v in held.items() if "." in n and not n.endswith(("_quantized", "_scale", "_zero_point"))
    }
    for number, name in enumerate(products):
        block, layer = divmod(number, len(PRODUCTS))
        state[f"blocks.{block}.{PRODUCTS[layer]}.weight"] = _restored(held, name).T
    for name in ("words", "positions"):
        if f"{name}.weight_quantized" in held:
            state[f"{name}.weight"] = _restored(held, f"{name}.weight_quantized")
    width = state["norm.weight"].shape[0]
    # the export folds the one row of token kinds that is used into a nameless constant
    folded = [v for n, v in held.items() if "." not in n and v.shape == (width,)]
    state["kinds.weight"] = np.stack([folded[0] if folded else np.zeros(width), np.zeros(width)]).astype(np.float32)
    shape = Shape(
        vocabulary=state["words.weight"].shape[0],
        width=width,
        layers=blocks,
        heads=max(1, width // 32),
        inner=state["blocks.0.inner.bias"].shape[0],
        positions=state["positions.weight"].shape[0],
    )
    return {n: torch.from_numpy(np.array(v)) for n, v in state.items()}, shape


def _restored(held: dict[str, Any], name: str) -> np.ndarray[Any, Any]:
    stem = name.removesuffix("_quantized")
    scale, zero = held[f"{stem}_scale"], held[f"{stem}_zero_point"]
    return np.asarray((held[name].astype(np.float32) - zero.astype(np.float32)) * scale, dtype=np.float32)
