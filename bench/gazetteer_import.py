"""Measure the import of a large GeoNames dump: ``python -m bench.gazetteer_import [--rows N]``.

The dump is generated: places of invented names in the form of GeoNames, so no other data is needed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bench.coding import peak_memory
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.gazetteer_import import import_dump

PROVINCES, DISTRICTS = 9, 100


def rows(count: int) -> Iterator[str]:
    """Yield rows of a dump: first the provinces and districts of one state, then towns."""
    for number in range(1, count + 1):
        province = number % PROVINCES
        district = number % DISTRICTS
        kind, name, one, two = "P\tPPL", f"Ranzville {number}", f"{province:02d}", f"{district % PROVINCES:02d}{district:03d}"
        if number <= PROVINCES:
            kind, name, two = "A\tADM1", f"Province {province}", ""
        elif number <= PROVINCES + DISTRICTS:
            kind, name, one = "A\tADM2", f"District {district}", f"{district % PROVINCES:02d}"
        else:
            one = f"{district % PROVINCES:02d}"
        others = f"Altranz {number},Старый Ранц {number}"
        north, east = -20 + number % 997 / 100, -68 + number % 991 / 100
        begin = f"{number}\t{name}\t{name}\t{others}\t{north:.5f}\t{east:.5f}\t{kind}\tBO"
        yield f"{begin}\t\t{one}\t{two}\t\t\t{number}\t\t0\tAmerica/La_Paz\t2024-01-01\n"


def write_dump(path: Path, count: int) -> Path:
    """Write a zip in the form of ``allCountries.zip``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("allCountries.txt", "w") as stream:
        for row in rows(count):
            stream.write(row.encode("utf-8"))
    return path


def main(argv: list[str] | None = None) -> int:
    """Print seconds and memory."""
    parser = argparse.ArgumentParser(prog="python -m bench.gazetteer_import", description="Measure the import of a GeoNames dump.")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the generated dump (default: a million)")
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        dump = write_dump(Path(folder) / "allCountries.zip", chosen.rows)
        before = peak_memory()
        begun = time.perf_counter()
        places = import_dump(dump, Path(folder) / "gazetteer.bin", lambda _what, _rows: None)
        seconds = time.perf_counter() - begun
        size = (Path(folder) / "gazetteer.bin").stat().st_size
        begun = time.perf_counter()
        gazetteer = Gazetteer(Path(folder) / "gazetteer.bin")
        loading = time.perf_counter() - begun
        begun = time.perf_counter()
        asked = min(20_000, chosen.rows)
        for number in range(asked):
            gazetteer.lookup(f"Ranzville {number}")
        looking = time.perf_counter() - begun
    sys.stdout.write(
        f"{places:,} places imported in {seconds:.0f} s ({places / seconds:,.0f} a second), {size / 1e6:.0f} MB, "
        f"peak memory {peak_memory()} MiB ({before} MiB before)\nloaded in {loading:.2f} s, {asked / looking:,.0f} lookups a second\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
