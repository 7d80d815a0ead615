"""Build a gazetteer from a full GeoNames dump (``allCountries.zip``, 13 million rows) in the user's data folder.

The dump is read twice: once for the first and second level subdivisions, once for everything, which is packed a slice of
rows at a time and kept as one file a slice. A run that was stopped goes on after the last whole slice. In the end the
slices are joined: their sorted cells are merged, all else is copied, so memory holds the cells alone (8 bytes a name:
about 300 MB for the whole dump). The layout is form 2 of `dateline.resolve.gazetteer`.
"""

from __future__ import annotations

import heapq
import json
import mmap
import os
import shutil
import struct
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from dateline.errors import DataError
from dateline.resolve import countries as country_table
from dateline.resolve.gazetteer import FORM_LARGE, HEADER, LARGE_PLACE_BITS, MAGIC, hashed, key, packed

SLICE = 250_000
"""Rows of a slice: about a minute's work."""
COLUMNS = 19
MOST_PLACES = 1 << LARGE_PLACE_BITS
LONGEST = 60
"""Letters of the longest name that is filed."""
SECTIONS = (("points", "Q"), ("numbers", "I"), ("texts", "I"), ("admins", "I"), ("states", "B"), ("kinds", "H"))
LEVELS = {"ADM1": 1, "ADM2": 2}

Progress = Callable[[str, int], None]
"""Told what is being done and how many rows are done."""


@dataclass(slots=True)
class _Units:
    """The subdivisions, numbered from 1, and what is said of states and kinds."""

    numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)
    states: list[str] = field(default_factory=lambda: ["???"])
    kinds: list[str] = field(default_factory=list)


def import_dump(source: Path, target: Path, progress: Progress, *, slice_rows: int = SLICE) -> int:
    """Build `target` from a GeoNames dump (a zip with one tab separated file); return the number of places.

    Args:
        source: ``allCountries.zip``, or the file of one country from the same place.
        target: The gazetteer to write; it is replaced only when the new one is whole.
        progress: Told how far it is.
        slice_rows: Rows of a slice.

    Raises:
        DataError: The dump is missing, damaged or no dump.
    """
    folder = target.parent / "import"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        size, changed = source.stat().st_size, source.stat().st_mtime_ns
        stamp = {"source": source.name, "size": size, "changed": changed, "slice": slice_rows}
        _forget_others(folder, stamp)
        units = _units(source, folder, progress)
        slices = _slices(source, folder, units, progress, slice_rows)
        places = _join(slices, units, target, progress)
    except (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, struct.error) as error:
        raise DataError(f"{source.name} is damaged or no zip file ({error}): download it again") from error
    except FileNotFoundError as error:
        raise DataError(f"{source} cannot be read: {error.strerror}") from error
    shutil.rmtree(folder)
    return places


def _forget_others(folder: Path, stamp: dict[str, object]) -> None:
    """Throw away what an import of another dump has left."""
    note = folder / "import.json"
    if note.exists() and note.read_text(encoding="utf-8") == json.dumps(stamp):
        return
    for path in folder.iterdir():
        path.unlink()
    note.write_text(json.dumps(stamp), encoding="utf-8")


def _rows(source: Path) -> Iterator[list[str]]:
    """Yield the cells of every row of the dump."""
    with zipfile.ZipFile(source) as archive:
        inside = [name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()]
        if len(inside) != 1:
            raise DataError(f"{source.name} is no GeoNames dump: it should hold one .txt file beside a readme, and holds {len(inside)}")
        with archive.open(inside[0]) as stream:
            for number, line in enumerate(stream, 1):
                cells = line.decode("utf-8").rstrip("\r\n").split("\t")
                if len(cells) != COLUMNS:
                    found = f"line {number} of {inside[0]} has {len(cells)} columns instead of {COLUMNS}"
                    raise DataError(f"{source.name} is damaged or no GeoNames dump: {found}")
                yield cells


def _units(source: Path, folder: Path, progress: Progress) -> _Units:
    """Number the subdivisions: they are the first places of the file, so that others can point at them."""
    units = _Units()
    writer = _Slice()
    codes = {c.iso2: c.code for c in country_table.shared().all()}
    found: list[list[str]] = []
    number = 0
    for number, cells in enumerate(_rows(source), 1):
        if cells[6] == "A" and cells[7] in LEVELS:
            found.append(cells)
        if number % SLICE == 0:
            progress("looking for provinces and districts", number)
    if not number:
        raise DataError(f"{source.name} is empty")
    found.sort(key=lambda c: (LEVELS[c[7]], c[8], c[10], c[11], int(c[0])))
    for cells in found:
        unit = (cells[8], cells[10], cells[11] if cells[7] == "ADM2" else "")
        units.numbers.setdefault(unit, writer.places + 1)
        writer.add(cells, units, codes, 0 if cells[7] == "ADM1" else units.numbers.get((cells[8], cells[10], ""), 0), 0)
    # States and kinds are numbered as they are met, so all slices of one import must meet them in one order: see `_slices`.
    writer.write(folder / "slice-00000", units)
    return units


def _slices(source: Path, folder: Path, units: _Units, progress: Progress, slice_rows: int) -> list[Path]:
    """Pack the rows, slice by slice; those that an earlier run has packed are passed over."""
    codes = {c.iso2: c.code for c in country_table.shared().all()}
    first = _Slice.read_counts(folder / "slice-00000")
    made, total = [folder / "slice-00000"], first
    writer, done = _Slice(), 0
    path = folder / "slice-00001"
    skipping = _whole(path, units)
    for cells in _rows(source):
        if not skipping and not (cells[6] == "A" and cells[7] in LEVELS):
            country, one, two = cells[8], cells[10], cells[11]
            above = units.numbers.get((country, one, two) if two else (country, one, ""), 0) or units.numbers.get((country, one, ""), 0)
            writer.add(cells, units, codes, above, total)
        done += 1
        if done % slice_rows == 0:
            total += writer.finish(path, units, skipping)
            made.append(path)
            progress("packing", done)
            path = folder / f"slice-{len(made):05d}"
            writer, skipping = _Slice(), _whole(path, units)
    total += writer.finish(path, units, skipping)
    made.append(path)
    progress("packing", done)
    if total >= MOST_PLACES:
        raise DataError(f"{source.name} has {total:,} places; the gazetteer holds {MOST_PLACES - 1:,} at most")
    return made


def _whole(path: Path, units: _Units) -> bool:
    """Tell whether a slice was packed before, and take over the states and kinds that were known after it."""
    note = path.with_suffix(".json")
    if not (path.exists() and note.exists()):
        return False
    known = json.loads(note.read_text(encoding="utf-8"))
    units.states, units.kinds = known["states"], known["kinds"]
    return True


class _Slice:
    """Some rows, packed; numbers of places count from the slice's first, names from its first byte."""

    def __init__(self) -> None:
        self.columns = {name: array(kind) for name, kind in SECTIONS}
        self.cells: set[int] = set()
        self.names = bytearray()
        self.places = 0

    def add(self, cells: list[str], units: _Units, codes: dict[str, str], above: int, before: int) -> None:
        """Pack one row; `above` is its subdivision, `before` how many places earlier slices have."""
        name, state, kind = cells[1], codes.get(cells[8], "???"), f"{cells[6]}.{cells[7]}"
        for table, met in ((units.states, state), (units.kinds, kind)):
            if met not in table:
                table.append(met)
        try:
            point = packed(float(cells[4]), float(cells[5]), max(0, int(cells[14] or 0)))
            number = int(cells[0])
        except ValueError as error:
            raise DataError(f"the row of {name!r} has no point or number ({error}); it is no GeoNames dump") from error
        values = (point, number, len(self.names), above, units.states.index(state), units.kinds.index(kind))
        for column, value in zip(self.columns.values(), values, strict=True):
            column.append(value)
        self.names += name.encode("utf-8") + b"\0"
        for spelling in {name, cells[2], *cells[3].split(",")}:
            plain = key(spelling) if 1 < len(spelling) <= LONGEST else ""
            if plain:
                self.cells.add(hashed(plain, LARGE_PLACE_BITS) | (before + self.places))
        self.places += 1

    def finish(self, path: Path, units: _Units, skipped: bool) -> int:
        """Write the slice, unless an earlier run did; return its number of places."""
        if not skipped:
            self.write(path, units)
        return self.read_counts(path)

    def write(self, path: Path, units: _Units) -> None:
        """Write the slice, and beside it the states and kinds known so far; a torn file never has the final name."""
        half = path.with_suffix(".part")
        with half.open("wb") as stream:
            stream.write(struct.pack("<3Q", self.places, len(self.cells), len(self.names)))
            stream.write(array("Q", sorted(self.cells)).tobytes())
            for column in self.columns.values():
                stream.write(column.tobytes())
            stream.write(self.names)
        path.with_suffix(".json").write_text(json.dumps({"states": units.states, "kinds": units.kinds}), encoding="utf-8")
        half.replace(path)

    @staticmethod
    def read_counts(path: Path) -> int:
        """Return the number of places of a written slice."""
        with path.open("rb") as stream:
            return int(struct.unpack("<3Q", stream.read(24))[0])


def _join(slices: list[Path], units: _Units, target: Path, progress: Progress) -> int:
    """Join the slices into one file, which takes its place when it is whole."""
    progress("joining", 0)
    counts = []
    for path in slices:
        with path.open("rb") as stream:
            counts.append(struct.unpack("<3Q", stream.read(24)))
    places, cells, names = (sum(count[i] for count in counts) for i in range(3))
    kinds = "\n".join(units.kinds).encode("ascii")
    states = "".join(units.states).encode("ascii")
    half = target.with_suffix(".part")
    with half.open("w+b") as out:
        out.write(MAGIC + HEADER.pack(*(0,) * 9))
        _merge_cells(out, slices, counts)
        _copy_columns(out, slices, counts)
        out.write(states + kinds)
        out.flush()
        at = len(MAGIC) + HEADER.size
        # The sum of 13 million places takes a second, so it is told here and checked on request alone.
        with mmap.mmap(out.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            check = zlib.crc32(memoryview(whole)[at:])
        out.seek(0)
        out.write(MAGIC + HEADER.pack(places, cells, len(units.numbers), names, len(states), 0, FORM_LARGE, check, len(kinds)))
        out.flush()
        os.fsync(out.fileno())
    half.replace(target)
    return int(places)


def _merge_cells(out: BinaryIO, slices: list[Path], counts: list[tuple[int, ...]]) -> None:
    """Write the sorted cells of all slices as one sorted array."""
    parts = []
    for path, (_, cells, _names) in zip(slices, counts, strict=True):
        part = array("Q")
        with path.open("rb") as stream:
            stream.seek(24)
            part.fromfile(stream, cells)
        parts.append(part)
    buffer = array("Q")
    for cell in heapq.merge(*parts):
        buffer.append(cell)
        if len(buffer) >= 1 << 16:
            out.write(buffer.tobytes())
            del buffer[:]
    out.write(buffer.tobytes())


def _copy_columns(out: BinaryIO, slices: list[Path], counts: list[tuple[int, ...]]) -> None:
    """Write the columns and the names of all slices, one column after the other."""
    passed = 0
    for name, kind in SECTIONS:
        width, before = array(kind).itemsize, 0
        for path, (places, cells, names) in zip(slices, counts, strict=True):
            column = array(kind)
            with path.open("rb") as stream:
                stream.seek(24 + 8 * cells + passed * places)
                column.fromfile(stream, places)
            if name == "texts":
                column = array(kind, (begin + before for begin in column))
                before += names
            out.write(column.tobytes())
        passed += width
    for path, (_, _cells, names) in zip(slices, counts, strict=True):
        with path.open("rb") as stream:
            stream.seek(path.stat().st_size - names)
            out.write(stream.read(names))
