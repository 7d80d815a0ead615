"""Writing a model folder: the encoder as ONNX with int8 weights, the heads as arrays, the tokenizer, and a manifest of hashes."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from dateline.learn.network import Coder
from dateline.models.learned import FILES


def export(network: Coder, tokenizer: Path, folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write a model folder, all but the linear models that are fitted on its scores.

    Args:
        network: The trained network.
        tokenizer: Its ``tokenizer.json``.
        folder: Where to; made if need be, files of a model that stands there are replaced.
        manifest: What to say of the model (name, language, task, data, scores, licence); labels and hashes are added.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _encoder(network, folder / "encoder.onnx")
    # written by hand: the archive of `np.savez` carries the time of day
    _arrays(folder / "heads.npz", network.head_weights())
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    write_manifest(folder, {**manifest, "labels": {"types": network.labels.types, "attributes": network.labels.attributes}})


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest with the hashes of the files beside it."""
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    text = json.dumps({**manifest, "sha256": hashes}, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _arrays(path: Path, arrays: Mapping[str, np.ndarray[Any, Any]]) -> None:
    import io
    import zipfile

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            held = io.BytesIO()
            np.lib.format.write_array(held, np.ascontiguousarray(arrays[name], dtype=np.float16), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), held.getvalue(), zipfile.ZIP_DEFLATED)


def _encoder(network: Coder, path: Path) -> None:
    """Export the encoder and quantise its weights to int8, one scale a channel (dynamic quantisation of onnxruntime)."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network.eval()
    ids = torch.ones((1, 8), dtype=torch.int64)
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(scratch) / "plain.onnx"
        axes = {0: "batch", 1: "pieces"}
        torch.onnx.export(
            network.encoder,
            (ids, torch.ones_like(ids)),
            str(plain),
            input_names=["ids", "mask"],
            output_names=["hidden"],
            dynamic_axes={"ids": axes, "mask": axes, "hidden": axes},
            opset_version=17,
            dynamo=False,
        )
        logging.getLogger().setLevel(logging.ERROR)
        quantize_dynamic(plain, path, per_channel=True, weight_type=QuantType.QInt8)
