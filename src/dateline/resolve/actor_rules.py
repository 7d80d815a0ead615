"""A user's rules on actors: "always read X as Y", and names that are one actor. They go before all lists.

The file ``actors/rules.yaml`` in the user's data folder has::

    read:
    - {text: the colectivos, name: Colectivos, code: VEN, sectors: [PRM], id: my-17}
    - {text: the Old Man, as: Hugo Banzer}
    merge:
    - [Movement for Socialism, Political Instrument for the Sovereignty of the Peoples]

``as`` and the first name of a merge are somebody known: of the lists that ship or of an import, by name or identifier.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from dateline.errors import DataError
from dateline.resolve.actor_entities import RULE, Entity
from dateline.resolve.actor_values import country_code, sectors_of
from dateline.resolve.actor_words import fold

FILE = "rules.yaml"
_FIELDS = {"text", "as", "name", "code", "sectors", "id"}

Known = Callable[[str], Sequence[Entity]]
"""Returns those who are called so, or have that identifier."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the user has laid down: phrases (folded words) read as somebody, and names (folded) that are somebody else's."""

    read: dict[tuple[str, ...], Entity] = field(default_factory=dict)
    merged: dict[tuple[str, ...], Entity] = field(default_factory=dict)

    def of(self, entity: Entity) -> Entity:
        """Return the entity with which the user has merged this one, or itself."""
        return self.merged.get(fold(entity.name)) or (self.merged.get(fold(entity.id)) if entity.id else None) or entity


def read_rules(path: Path, known: Known) -> Rules:
    """Read a file of rules.

    Raises:
        DataError: It is no such file, or names somebody unknown; the message says which rule.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError(f"{path} cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict) or set(data) - {"read", "merge"} or not all(isinstance(v or [], list) for v in data.values()):
        raise DataError(f'{path}: a file of rules has two lists, "read" and "merge"')
    rules = Rules()
    for number, rule in enumerate(data.get("read") or [], 1):
        words, entity = _reading(rule, f"{path}: rule {number} of read", known)
        rules.read[words] = entity
    for number, names in enumerate(data.get("merge") or [], 1):
        where = f"{path}: rule {number} of merge"
        if not isinstance(names, list) or len(names) < 2 or not all(isinstance(name, str) and fold(name) for name in names):
            raise DataError(f"{where}: a merge is a list of two names or more")
        first = _somebody(names[0], where, known)
        for name in names[1:]:
            rules.merged[fold(name)] = first
    return rules


def _reading(rule: Any, where: str, known: Known) -> tuple[tuple[str, ...], Entity]:
    if not isinstance(rule, dict) or set(rule) - _FIELDS or not isinstance(rule.get("text"), str):
        raise DataError(f'{where}: a rule has "text", and "as" or "name", "code", "sectors", "id"')
    words = fold(rule["text"])
    words = words[1:] if words[:1] == ("the",) else words
    if not words:
        raise DataError(f'{where}: "text" has no words')
    if "as" in rule:
        return words, replace(_somebody(str(rule["as"]), where, known), origin=RULE)
    if not rule.get("name") or not rule.get("sectors"):
        raise DataError(f'{where}: without "as" a rule needs "name" and "sectors"')
    try:
        sectors = sectors_of(rule["sectors"])
        code = country_code(str(rule["code"])) if rule.get("code") else None
    except ValueError as error:
        raise DataError(f"{where}: {error}") from error
    id_ = str(rule["id"]) if rule.get("id") else None
    return words, Entity(name=str(rule["name"]), code=code, sectors=sectors, id=id_, origin=RULE, source="rules")


def _somebody(name: str, where: str, known: Known) -> Entity:
    found = known(name)
    if not found:
        raise DataError(f'{where}: nobody called "{name}" is known; "dateline actors show" looks names up')
    # An import that has an identifier says more than the lists.
    return max(found, key=lambda entity: entity.id is not None)
