"""The PLOVER ontology as data: types, modes, contexts and sectors, with their scores.

Source of all codes: PLOVER manual, draft version 2.0 (see ``data/ontologies/plover/SOURCE.md``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dateline.errors import DataError

FOLDER = Path(__file__).parent / "data" / "ontologies" / "plover"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One event type; `intensity` runs from -10 (conflict) to 10 (cooperation), `quad_code` from 1 to 4."""

    code: str
    label: str
    quad_code: int
    intensity: float
    definition: str
    modes: Mapping[str, float]
    """Intensity by mode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """All codes of PLOVER, each with its definition in one line."""

    event_types: Mapping[str, EventType]
    quad_names: Mapping[int, str]
    contexts: Mapping[str, str]
    sectors: Mapping[str, str]
    international: Mapping[str, str]
    auxiliary: Mapping[str, str]

    def quad_code(self, event_type: str) -> int:
        """Return 1 verbal cooperation, 2 material cooperation, 3 verbal conflict or 4 material conflict."""
        return self._type(event_type).quad_code

    def scale(self, event_type: str, modes: Sequence[str]) -> float:
        """Return the score, -10 to 10, of the mode with the largest magnitude, else of the type.

        Of two modes of the same magnitude the one nearer conflict counts.
        """
        known = self._type(event_type)
        scores = [known.modes[mode] for mode in modes if mode in known.modes]
        return min(scores, key=lambda score: (-abs(score), score)) if scores else known.intensity

    def _type(self, event_type: str) -> EventType:
        try:
            return self.event_types[event_type]
        except KeyError:
            raise DataError(f'"{event_type}" is no PLOVER event type') from None


def _read(name: str) -> dict[str, Any]:
    path = FOLDER / name
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise DataError(f"the ontology file {name} is missing or damaged; install dateline again ({problem})") from problem
    if not isinstance(read, dict):
        raise DataError(f"the ontology file {name} is damaged; install dateline again")
    return read


def _defined(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    return {row["code"]: row["definition"] for row in rows}


@cache
def load_ontology() -> Ontology:
    """Read the ontology files, once."""
    types, modes, sectors = _read("event_types.yaml"), _read("modes.yaml")["modes"], _read("sectors.yaml")
    return Ontology(
        event_types={
            row["code"]: EventType(
                code=row["code"],
                label=row["label"],
                quad_code=row["quad_code"],
                intensity=row["intensity"],
                definition=row["definition"],
                modes={mode["code"]: mode["intensity"] for mode in modes[row["code"]]},
            )
            for row in types["event_types"]
        },
        quad_names=types["quad_categories"],
        contexts=_defined(_read("contexts.yaml")["contexts"]),
        sectors=_defined(sectors["sectors"]),
        international=_defined(sectors["international_codes"]),
        auxiliary=_defined(_read("auxiliary.yaml")["auxiliary"]),
    )
