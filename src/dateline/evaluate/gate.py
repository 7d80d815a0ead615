"""The quality gate: figures on the project's own corpus may not fall below their pins.

``tests/corpus/pinned.json`` holds the pins and every earlier set of pins::

    {"pins": {"event": 0.61, ...}, "history": [{"version": "0.1.0", "pins": {"event": 0.6, ...}}, ...]}

The last entry of the history equals the pins. A pin that is lower than the one before it must be explained in the
changelog by a line that says ``gate lowered: FIGURE`` and why (after trafilatura's pinned evaluation).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from dateline.errors import DataError

TOLERANCE = 0.0
"""How far a figure (0 to 1) may fall below its pin: not at all, as coding is deterministic."""
HOW_TO_PIN = (
    "If the change is meant, pin anew with 'python -m bench.pin --write'; a lowered figure needs a line "
    "'gate lowered: FIGURE' with the reason in CHANGELOG.md."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """The pins by figure, and all sets of pins so far as (version, pins), the oldest first."""

    pins: Mapping[str, float]
    history: tuple[tuple[str, Mapping[str, float]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """A figure that lies lower than it did."""

    figure: str
    before: float
    now: float

    def __str__(self) -> str:
        return f"{self.figure} fell from {self.before:.4f} to {self.now:.4f}"


def load_pinned(path: Path) -> Pinned:
    """Read the pins; raises `DataError` when the file is not what the module's docstring shows."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        pinned = Pinned(
            pins={name: float(value) for name, value in data["pins"].items()},
            history=tuple(
                (str(entry["version"]), {name: float(value) for name, value in entry["pins"].items()}) for entry in data["history"]
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{path.name}: not a file of pins: {error!r}") from error
    if not pinned.history or dict(pinned.history[-1][1]) != dict(pinned.pins):
        raise DataError(f"{path.name}: the last entry of 'history' must equal 'pins': pin with 'python -m bench.pin --write'")
    return pinned


def repin(path: Path, figures: Mapping[str, float], version: str) -> Pinned:
    """Write new pins and keep the old ones in the history; equal pins add no entry."""
    old = load_pinned(path) if path.exists() else None
    history = list(old.history) if old else []
    if not history or dict(history[-1][1]) != dict(figures):
        history.append((version, dict(figures)))
    data = {
        "pins": dict(figures),
        "history": [{"version": made_for, "pins": dict(pins)} for made_for, pins in history],
    }
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return load_pinned(path)


def falls(before: Mapping[str, float], now: Mapping[str, float], tolerance: float = TOLERANCE) -> list[Fall]:
    """Return the figures that fell by more than the tolerance; one that is measured no more counts as 0."""
    return [Fall(figure=name, before=pin, now=now.get(name, 0.0)) for name, pin in before.items() if now.get(name, 0.0) < pin - tolerance]


def unexplained(history: Sequence[tuple[str, Mapping[str, float]]], changelog: str) -> list[Fall]:
    """Return the pins that were lowered and of which the changelog does not say ``gate lowered: FIGURE``."""
    explained = set(re.findall(r"gate lowered: *`?(\w+)", changelog))
    return [fall for (_, before), (_, after) in pairwise(history) for fall in falls(before, after) if fall.figure not in explained]


def verdict(pinned: Pinned, figures: Mapping[str, float], changelog: str) -> str | None:
    """Return None when the gate is passed, else a message that says what fell and what to do."""
    fallen = falls(pinned.pins, figures)
    if fallen:
        return "\n".join(["The quality gate is not passed:", *(f"  {fall}" for fall in fallen), HOW_TO_PIN])
    silent = unexplained(pinned.history, changelog)
    if silent:
        lines = (f"  {fall}: CHANGELOG.md has no line 'gate lowered: {fall.figure}'" for fall in silent)
        return "\n".join(["Pins were lowered without a word:", *lines])
    return None
