"""A user's own actors: an SQLite file in the data folder, filled by imports and asked while articles are read.

One import is one source, named after its file; importing a file of the same name again replaces it. Names are filed under
their folded words (`actor_words.fold`), so that one query finds all names that an article may hold.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DataError
from dateline.resolve.actor_entities import IMPORTED, Entity, Term
from dateline.resolve.actor_words import fold
from dateline.resolve.user_data import user_file

FOLDER = "actors"
FILE = "actors.sqlite"
LONGEST = 7
"""Words of the longest name that is looked for."""
FORM = "1"
_ASKED = 500
"""Names asked for in one query: SQLite takes 999 at least."""

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS source (name TEXT PRIMARY KEY, kind TEXT NOT NULL, entries INTEGER NOT NULL, passed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS entity (number INTEGER PRIMARY KEY, source TEXT NOT NULL, id TEXT, name TEXT NOT NULL, code TEXT,
    sectors TEXT NOT NULL, terms TEXT NOT NULL, person INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS alias (key TEXT NOT NULL, written TEXT NOT NULL, entity INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS alias_key ON alias (key);
CREATE INDEX IF NOT EXISTS alias_entity ON alias (entity);
CREATE INDEX IF NOT EXISTS entity_id ON entity (id);
"""

_FIND = (
    "SELECT key, written, source, id, name, code, sectors, terms, person FROM alias "
    "JOIN entity ON entity.number = alias.entity WHERE key IN ({}) ORDER BY key, number, written"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One import: the name it goes by, its format, how many entries it has, how many rows had no use."""

    name: str
    kind: str
    entries: int
    passed: int


class ActorStore:
    """The user's actors. Reads are made over one connection that is opened at construction.

    Raises:
        DataError: The file is damaged or of another version.
    """

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self.path = path
        try:
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._connection = sqlite3.connect(path, isolation_level=None)
                self._connection.executescript(_TABLES)
                self._connection.execute("INSERT OR IGNORE INTO meta VALUES ('form', ?)", (FORM,))
            else:
                self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            form = self._connection.execute("SELECT value FROM meta WHERE key = 'form'").fetchone()
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        if form is None or form[0] != FORM:
            raise DataError(f"{path} was made by another version of dateline: remove it and import your actors again")

    def _damaged(self, error: Exception) -> DataError:
        return DataError(f"{self.path} cannot be used ({error}): remove it and import your actors again")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM entity").fetchone()[0])

    def sources(self) -> list[Imported]:
        """Return the imports, by name."""
        rows = self._connection.execute("SELECT name, kind, entries, passed FROM source ORDER BY name")
        return [Imported(name=name, kind=kind, entries=entries, passed=passed) for name, kind, entries, passed in rows]

    def find(self, keys: Iterable[str]) -> dict[str, list[tuple[Entity, str]]]:
        """Return, for each key (folded words joined by blanks) that is known, the entities so called and how that is written."""
        wanted = sorted(set(keys))
        found: dict[str, list[tuple[Entity, str]]] = {}
        try:
            for at in range(0, len(wanted), _ASKED):
                part = wanted[at : at + _ASKED]
                marks = ",".join("?" * len(part))
                rows = self._connection.execute(_FIND.format(marks), part)
                for key, written, *rest in rows:
                    found.setdefault(key, []).append((_entity(*rest), written))
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        return found

    def get(self, wanted: str) -> list[Entity]:
        """Return the entities with that identifier, or so called."""
        rows = self._connection.execute(
            "SELECT source, id, name, code, sectors, terms, person FROM entity WHERE id = ? ORDER BY number", (wanted,)
        ).fetchall()
        if rows:
            return [_entity(*row) for row in rows]
        return list(dict.fromkeys(entity for entity, _ in self.find([" ".join(fold(wanted))]).get(" ".join(fold(wanted)), [])))

    def names(self, entity: Entity) -> list[str]:
        """Return all names of an entity of the store, as they are written."""
        rows = self._connection.execute(
            "SELECT DISTINCT written FROM alias JOIN entity ON entity.number = alias.entity "
            "WHERE entity.source = ? AND entity.name = ? AND entity.id IS ? ORDER BY alias.rowid",
            (entity.source, entity.name, entity.id),
        )
        return [row[0] for row in rows]

    def replace(self, source: str, kind: str, entries: Iterable[tuple[Entity, Sequence[str]] | None]) -> Imported:
        """Take over the entries of an import in place of an earlier one of the name; None among them is a row without use.

        Nothing is changed where reading the entries fails.
        """
        made, passed = 0, 0
        with self._whole():
            self._forget(source)
            for entry in entries:
                keys: dict[str, str] = {}
                for name in entry[1] if entry else ():
                    keys.setdefault(" ".join(fold(name)), name)
                keys.pop("", None)
                if entry is None or not keys:
                    passed += 1
                    continue
                entity = entry[0]
                terms = json.dumps([[t.first, t.last, list(t.sectors), t.office, t.code] for t in entity.terms], ensure_ascii=False)
                number = self._connection.execute(
                    "INSERT INTO entity (source, id, name, code, sectors, terms, person) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (source, entity.id, entity.name, entity.code, " ".join(entity.sectors), terms, int(entity.person)),
                ).lastrowid
                known = [(key, written, number) for key, written in keys.items() if len(key.split()) <= LONGEST]
                self._connection.executemany("INSERT INTO alias VALUES (?, ?, ?)", known)
                made += 1
            self._connection.execute("INSERT INTO source VALUES (?, ?, ?, ?)", (source, kind, made, passed))
        return Imported(name=source, kind=kind, entries=made, passed=passed)

    def remove(self, wanted: str) -> int:
        """Remove an import by its name, else one entity by its identifier; return how many entities are gone."""
        before = len(self)
        with self._whole():
            self._forget(wanted)
            if len(self) == before:
                self._connection.execute("DELETE FROM alias WHERE entity IN (SELECT number FROM entity WHERE id = ?)", (wanted,))
                self._connection.execute("DELETE FROM entity WHERE id = ?", (wanted,))
                self._connection.execute("UPDATE source SET entries = (SELECT count(*) FROM entity WHERE entity.source = source.name)")
        return before - len(self)

    def _forget(self, source: str) -> None:
        self._connection.execute("DELETE FROM alias WHERE entity IN (SELECT number FROM entity WHERE source = ?)", (source,))
        self._connection.execute("DELETE FROM entity WHERE source = ?", (source,))
        self._connection.execute("DELETE FROM source WHERE name = ?", (source,))

    def _whole(self) -> _Transaction:
        return _Transaction(self._connection)


class _Transaction:
    """All of what is written, or nothing of it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        self._connection.execute("COMMIT" if kind is None else "ROLLBACK")


def _entity(source: str, id_: str | None, name: str, code: str | None, sectors: str, terms: str, person: int) -> Entity:
    held = tuple(
        Term(first=first, last=last, sectors=tuple(those), office=office, code=own) for first, last, those, office, own in json.loads(terms)
    )
    return Entity(
        name=name, code=code, sectors=tuple(sectors.split()), terms=held, person=bool(person), id=id_, origin=IMPORTED, source=source
    )


def users_store() -> ActorStore | None:
    """Return the user's own actors, or None where nothing was imported."""
    path = user_file(FILE, FOLDER)
    return ActorStore(path) if path.is_file() else None
