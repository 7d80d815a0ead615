"""Read actors from a user's table (CSV, TSV, JSONL), from Wikidata, or from OpenSanctions and other FollowTheMoney data.

Which of these a file is, is told from its content. Rows of a user's own table must be right: the first wrong one is an error
that names its line, and nothing is imported. Rows of public data that have no use here (no name, nothing that tells a
sector) are passed over and counted.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from dateline.errors import DataError
from dateline.resolve.actor_entities import IMPORTED, Entity, Term
from dateline.resolve.actor_public import Entry, Offices, from_ftm, from_wikidata, is_ftm, is_wikidata
from dateline.resolve.actor_store import FILE, FOLDER, ActorStore, Imported
from dateline.resolve.actor_values import country_code, day_of, sectors_of
from dateline.resolve.user_data import user_file

COLUMNS = ("name", "aliases", "country", "sectors", "office", "from", "to", "id")
"""The columns of a user's own table; the first is needed. Sectors may be left out where the office tells them."""
SYNONYMS = {
    "namelabel": "name", "itemlabel": "name", "personlabel": "name", "actorlabel": "name", "label": "name",
    "alias": "aliases", "altlabel": "aliases", "itemaltlabel": "aliases", "personaltlabel": "aliases",
    "countrylabel": "country", "country_code": "country", "code": "country", "iso3": "country", "countrycode": "country",
    "sector": "sectors",
    "officelabel": "office", "positionlabel": "office", "position": "office", "role": "office",
    "start": "from", "startdate": "from", "start_date": "from", "end": "to", "enddate": "to", "end_date": "to",
    "item": "id", "person": "id", "actor": "id", "identifier": "id", "qid": "id", "wikidata": "id",
}  # fmt: skip
"""Other names of the columns, as Wikidata's query service and common tables have them (lower case)."""

ENTITY_URL = "http://www.wikidata.org/entity/"
_HEAD = 65536


def import_actors(path: Path, offices: Offices, name: str | None = None, store: Path | None = None) -> Imported:
    """Import a file into the user's actors, in place of an earlier import of the name.

    Args:
        path: The file; ``.gz`` and ``.bz2`` are unpacked on the way.
        offices: Tells the sectors that the name of an office implies.
        name: What the import is called; else the file's name up to the first dot.
        store: The SQLite file, else the user's.

    Raises:
        DataError: The file is empty, damaged, of no known format, or has a wrong row.
    """
    called = name or path.name.split(".")[0] or path.name
    kind, entries = read_actors(path, offices)
    own = ActorStore(store or user_file(FILE, FOLDER), write=True)
    try:
        made = own.replace(called, kind, entries)
    except (UnicodeDecodeError, EOFError, OSError, csv.Error) as error:
        raise DataError(f"{path.name} is damaged or not what its name says ({' '.join(str(error).split())})") from error
    finally:
        own.close()
    if not made.entries:
        found = ActorStore(store or user_file(FILE, FOLDER), write=True)
        found.remove(called)
        found.close()
        raise DataError(f"{path.name} ({kind}) has no actor that can be used: each needs a name, and sectors or an office that tells them")
    return made


def read_actors(path: Path, offices: Offices) -> tuple[str, Iterator[Entry | None]]:
    """Return the format of a file and its entries; None among them is a row without use."""
    opener: Callable[[], io.TextIOBase] = lambda: _opened(path)  # noqa: E731 (named for what it does)
    try:
        with opener() as stream:
            head = stream.read(_HEAD)
    except (UnicodeDecodeError, EOFError, OSError) as error:
        raise DataError(f"{path.name} cannot be read as UTF-8 text ({' '.join(str(error).split())})") from error
    if not head.strip():
        raise DataError(f"{path.name} is empty")
    if "\0" in head:
        raise DataError(f"{path.name} is a binary file; write CSV or JSON lines (UTF-8)")
    if head.lstrip()[0] not in "[{":
        return "table", _grouped(_table(path.name, opener), path.name, offices)
    objects, kind = _objects(path.name, opener, head)
    first = next(objects, None)
    if first is None:
        raise DataError(f"{path.name} holds no objects")
    everything = chain([first], objects)
    if is_ftm(first[1]):
        return "FollowTheMoney entities", from_ftm(everything, offices)
    if is_wikidata(first[1]):
        return "Wikidata entities", from_wikidata(lambda: _objects(path.name, opener, head)[0], offices)
    return kind, _grouped(((line, _plain(row)) for line, row in everything), path.name, offices)


def _opened(path: Path) -> io.TextIOBase:
    with path.open("rb") as raw:
        magic = raw.read(3)
    if magic[:2] == b"\x1f\x8b":
        return io.TextIOWrapper(gzip.open(path, "rb"), encoding="utf-8-sig", newline="")
    if magic == b"BZh":
        return io.TextIOWrapper(bz2.open(path, "rb"), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _table(name: str, opener: Callable[[], io.TextIOBase]) -> Iterator[tuple[int, Mapping[str, str]]]:
    with opener() as stream:
        header = stream.readline()
        delimiter = max(("\t", ";", ","), key=header.count)
        columns = [_column(cell) for cell in next(csv.reader([header], delimiter=delimiter))]
        if "name" not in columns:
            found = ", ".join(cell.strip() for cell in columns)[:100]
            raise DataError(f'{name}: there is no column "name"; found {found}; known are {", ".join(COLUMNS)}')
        rows = csv.reader(stream, delimiter=delimiter)
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(columns):
                raise DataError(f"{name}: line {rows.line_num + 1}: {len(columns)} cells were expected, {len(row)} found")
            yield rows.line_num + 1, dict(zip(columns, row, strict=True))


def _column(cell: str) -> str:
    plain = cell.strip().lower()
    return SYNONYMS.get(plain, plain)


def _objects(name: str, opener: Callable[[], io.TextIOBase], head: str) -> tuple[Iterator[tuple[int, dict[str, Any]]], str]:
    """Return the JSON objects of a file with their lines, and what it is if they are rows of a table."""
    first = head.lstrip().splitlines()[0].strip().rstrip(",")
    if first != "[" and not _parsed(first):
        return _whole(name, opener)
    if first != "[" and (first.startswith("[") or "results" in (_parsed(first) or {}) or "entities" in (_parsed(first) or {})):
        return _whole(name, opener)
    if first == "[":
        second = [line.strip().rstrip(",") for line in head.lstrip().splitlines()[1:2]]
        if second and second[0] != "]" and not _parsed(second[0]) and len(head) < _HEAD:
            return _whole(name, opener)
    return _lines(name, opener), "JSON lines"


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _lines(name: str, opener: Callable[[], io.TextIOBase]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of JSON lines, or of a Wikidata dump: an array with one object a line."""
    with opener() as stream:
        for number, line in enumerate(stream, 1):
            plain = line.strip().rstrip(",")
            if plain in ("", "[", "]"):
                continue
            row = _parsed(plain)
            if not isinstance(row, dict):
                raise DataError(f"{name}: line {number} is no JSON object")
            yield number, row


def _whole(name: str, opener: Callable[[], io.TextIOBase]) -> tuple[Iterator[tuple[int, dict[str, Any]]], str]:
    with opener() as stream:
        try:
            data = json.load(stream)
        except ValueError as error:
            raise DataError(f"{name} is no JSON: {error}") from error
    kind = "JSON"
    if isinstance(data, dict) and isinstance(data.get("results"), dict):
        kind = "Wikidata query result"
        data = data["results"].get("bindings", [])
    elif isinstance(data, dict) and isinstance(data.get("entities"), dict):
        data = list(data["entities"].values())
    rows = data if isinstance(data, list) else [data]
    if not all(isinstance(row, dict) for row in rows):
        raise DataError(f"{name}: a list of JSON objects was expected")
    return iter(list(enumerate(rows, 1))), kind


def _plain(row: Mapping[str, Any]) -> Mapping[str, str]:
    """Return a JSON row with the names of our columns; values of a SPARQL result are ``{"type": ..., "value": ...}``."""
    found: dict[str, str] = {}
    for key, value in row.items():
        held = value.get("value") if isinstance(value, dict) else value
        text = "; ".join(str(v) for v in held) if isinstance(held, list) else "" if held is None else str(held)
        # "countryLabel" says no more than "country" where both are there and the latter is a code.
        if text and not (_column(key) in found and text.startswith(ENTITY_URL)):
            before = found.get(_column(key))
            if before is None or before.startswith(ENTITY_URL):
                found[_column(key)] = text
    return found


def _grouped(rows: Iterator[tuple[int, Mapping[str, str]]], name: str, offices: Offices) -> Iterator[Entry | None]:
    """Yield an entry for each actor: rows of one identifier, or without one of one name and country, are one actor's offices."""
    held: dict[tuple[str, str], list[Entry]] = {}
    for line, row in rows:
        try:
            entry = _entry(row, offices)
        except ValueError as error:
            raise DataError(f"{name}: line {line}: {error}") from error
        entity = entry[0]
        held.setdefault((entity.id or entity.name, "" if entity.id else entity.code or ""), []).append(entry)
    for entries in held.values():
        entity = entries[0][0]
        terms = sorted(dict.fromkeys(t for e, _ in entries for t in e.terms), key=lambda term: term.first or "")
        names = tuple(dict.fromkeys(n for _, names in entries for n in names))
        last = terms[-1] if terms else None
        yield (
            Entity(
                name=entity.name,
                code=next((e.code for e, _ in entries if e.code), None),
                sectors=(last.sectors if last else ()) or entity.sectors,
                terms=tuple(terms),
                person=any(e.person for e, _ in entries),
                id=entity.id,
                origin=IMPORTED,
            ),
            names,
        )


def _entry(row: Mapping[str, str], offices: Offices) -> Entry:
    name = row.get("name", "").strip()
    if not name:
        raise ValueError('there is no "name"')
    id_ = row.get("id", "").strip().removeprefix(ENTITY_URL) or None
    written = row.get("aliases", "")
    # Wikidata's query service separates other names by commas.
    separator = ";" if ";" in written or "|" in written else "," if id_ and "itemlabel" in row else ";"
    aliases = [alias.strip() for alias in written.replace("|", ";").split(separator)]
    code = country_code(row["country"]) if row.get("country", "").strip() else None
    office = row.get("office", "").strip().lower() or None
    sectors = sectors_of(row.get("sectors", "")) or (offices(office) if office else ())
    if not sectors:
        raise ValueError(f'nothing tells the sectors of "{name}"; write them in a column "sectors"')
    first, last = day_of(row.get("from")), day_of(row.get("to"))
    if first and last and last < first[: len(last)]:
        raise ValueError(f'"to" ({last}) lies before "from" ({first})')
    terms = (Term(first=first, last=last, sectors=sectors, office=office, code=code),) if office or first or last else ()
    entity = Entity(name=name, code=code, sectors=sectors, terms=terms, person=bool(office), id=id_, origin=IMPORTED)
    return entity, tuple(dict.fromkeys((name, *filter(None, aliases))))
