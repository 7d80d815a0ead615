"""The PLOVER ontology as data: types, modes, contexts and sectors, with their scores.

Source of all codes: PLOVER manual, draft version 2.0 (see ``data/ontologies/plover/SOURCE.md``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

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
        event_types={row["code"]: _type_of(row, modes[row["code"]]) for row in types["event_types"]},
        quad_names=types["quad_categories"],
        contexts=_defined(_read("contexts.yaml")["contexts"]),
        sectors=_defined(sectors["sectors"]),
        international=_defined(sectors["international_codes"]),
        auxiliary=_defined(_read("auxiliary.yaml")["auxiliary"]),
    )


def _type_of(row: Mapping[str, Any], modes: Sequence[Mapping[str, Any]]) -> EventType:
    return EventType(
        code=row["code"],
        label=row["label"],
        quad_code=row["quad_code"],
        intensity=row["intensity"],
        definition=row["definition"],
        modes={mode["code"]: mode["intensity"] for mode in modes},
    )


def read_types(path: Path) -> tuple[dict[str, Any], ...]:
    """Read event types of a user's own: YAML with `event_types`, rows as in ``data/ontologies/plover/event_types.yaml``.

    Raises:
        DataError: The file cannot be read, or a row lacks a field or has a wrong one.
    """
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))["event_types"]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as problem:
        raise DataError(f"{path}: an ontology file is YAML with `event_types`, a list ({problem})") from problem
    out = []
    for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
        given = row if isinstance(row, dict) else {}
        kinds: dict[str, Any] = {"code": str, "label": str, "quad_code": int, "intensity": (int, float), "definition": str}
        wrong = [name for name, kind in kinds.items() if not isinstance(given.get(name), kind)]
        if wrong or not str(given["code"]).isidentifier() or given["quad_code"] not in (1, 2, 3, 4) or not -10 <= given["intensity"] <= 10:
            what = f"lacks or mistypes {', '.join(wrong)}" if wrong else "needs a code of letters, a quad_code 1-4, an intensity -10 to 10"
            raise DataError(f"{path}: event type {number} {what}")
        out.append({name: given[name] for name in kinds})
    if not out:
        raise DataError(f"{path}: `event_types` is empty")
    return tuple(out)


def add_types(rows: Sequence[Mapping[str, Any]]) -> None:
    """Add event types of a model's own to the ontology of this process.

    Raises:
        DataError: A type stands there already with another definition.
    """
    known = cast(dict[str, EventType], load_ontology().event_types)
    for row in rows:
        made = _type_of(row, ())
        if row["code"] in known and known[row["code"]] != made:
            raise DataError(f"the event type {row['code']} of the model is defined otherwise already")
        if row["code"] not in known:
            known[row["code"]] = made
