"""The gazetteer: where on earth a name may lie. Read only, mapped into memory, no unpacking.

``data/places/gazetteer.bin`` is made by ``scripts/build_gazetteer.py`` from GeoNames data (CC BY 4.0; SOURCE.md).
It holds no list of spellings: a name is brought to a plain form (`key`), the first 44 bits of the BLAKE2b hash of that
form are searched by bisection in one sorted array, and the remaining 20 bits of the cell found are the number of the
place. Layout, all little-endian, in this order:

=========  =================================================================================================
magic      8 bytes, ``DLGAZ001``
header     9 unsigned 32-bit numbers: places, cells, subdivisions, bytes of names, bytes of countries,
           build year, format (1), CRC-32 of all that follows the header, 0; then 4 zero bytes
cells      64 bits each, sorted: 44 bits of hash, 20 bits of place
points     64 bits a place: 22 bits latitude, 23 bits longitude, 19 bits population (log scale)
numbers    32 bits a place: geonameid (0: none)
texts      32 bits a place: where its name begins in `names`
admins     16 bits a place: 1 + number of the subdivision it lies in (0: none); places 0 … n-1 are the subdivisions
states     8 bits a place: its country, counted in `countries`
kinds      8 bits a place: see `KINDS`
names      UTF-8, each name ended by a zero byte
countries  ISO 3166 alpha-3 codes, three bytes each
=========  =================================================================================================

A gazetteer that a user has imported (`gazetteer_import`) has format 2: 40 bits of hash and 24 of place in a cell, 32 bits an
admin, 16 bits a kind, and after the countries the list of kinds ("P.PPL"), whose length is the last number of the header.
One name in fifty thousand that no place bears finds a place there, by chance. Its check sum isn't read each time it is
opened: that would take seconds.

The supplement (``supplement.yaml``) adds by hand what GeoNames' populated places lack: regions, waters, conflict areas.
"""

from __future__ import annotations

import math
import mmap
import re
import struct
import sys
import unicodedata
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from dateline.errors import DataError
from dateline.resolve.countries import Countries
from dateline.resolve.countries import shared as shared_countries
from dateline.resolve.other_names import OtherName, other_names
from dateline.resolve.user_data import users_own

MAGIC = b"DLGAZ001"
HEADER = struct.Struct("<9I4x")
PLACE_BITS = 20
LARGE_PLACE_BITS = 24
FORM_SMALL, FORM_LARGE = 1, 2
USERS_FILE = "gazetteer.bin"
REMEMBERED = 4096
KM_A_DEGREE = 111.0
KINDS = (("P", "PPL"), ("P", "PPLC"), ("A", "ADM1"), ("A", "ADM2"), ("A", "ADM3"))
"""Feature class and code of a `kinds` byte. GeoNames' codes for seats of provinces are not in the source packages."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser reads the supplement ten times faster where libyaml is there; both load plain data alone."""
_LATITUDE_STEPS = (1 << 22) - 1
_LONGITUDE_STEPS = (1 << 23) - 1
_POPULATION_STEPS = (1 << 19) - 1
_LARGEST = math.log1p(2_000_000_000)

_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ħ": "h", "ŋ": "ng"})
_DROPPED = re.compile(r"['’‘ʼʻ`´.ʿʾ\u200c\u200d]")
_BREAKS = re.compile(r"[\s\-‐‑–—_/,()]+")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place of the gazetteer: degrees WGS 84, population in persons, radius in km."""

    geonameid: int | None
    name: str
    latitude: float
    longitude: float
    country: str | None
    """ISO 3166 alpha-3; None for what lies in no state, or in several."""
    admin1: str | None
    admin2: str | None
    feature_class: str
    feature_code: str
    population: int
    radius_km: float | None = None
    """Set where the supplement states it; else it follows from the feature class."""
    preferred: bool = True
    """The name asked for is the place's own name, not one of its other names."""
    name_from: str | None = None
    name_until: str | None = None
    """When the name asked for was in use, as far as `names.yaml` tells it: a year or a day, ISO 8601."""
    name_note: str | None = None
    """What kind of name it is where it is not the usual one: "historical", "contested", "abbreviation"."""


def key(name: str) -> str:
    """Return the plain form under which a name is filed: no case, accents, apostrophes, hyphens or article."""
    plain = unicodedata.normalize("NFKD", name.casefold()) if not name.isascii() else name.lower()
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)
    words = _BREAKS.sub(" ", _DROPPED.sub("", plain)).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(_SHORT.get(word, word) for word in words)


def hashed(plain: str, bits: int = PLACE_BITS) -> int:
    """Return the bits under which a plain name is filed, at the top of a cell whose lower `bits` are those of the place."""
    digest = blake2b(plain.encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> bits << bits


def packed(latitude: float, longitude: float, population: int) -> int:
    """Return the 64 bits that hold a point (to about 5 m) and a population (to about 0.005 %)."""
    north = round((latitude + 90) / 180 * _LATITUDE_STEPS)
    east = round((longitude + 180) / 360 * _LONGITUDE_STEPS)
    people = round(math.log1p(population) / _LARGEST * _POPULATION_STEPS)
    return (north << 42) | (east << 19) | people


def unpacked(point: int) -> tuple[float, float, int]:
    """Return latitude, longitude (degrees, five decimals) and population of a packed point."""
    north, east, people = point >> 42, point >> 19 & _LONGITUDE_STEPS, point & _POPULATION_STEPS
    return (
        round(north / _LATITUDE_STEPS * 180 - 90, 5),
        round(east / _LONGITUDE_STEPS * 360 - 180, 5),
        round(math.expm1(people / _POPULATION_STEPS * _LARGEST)),
    )


class Gazetteer:
    """Look up places by name. `path` may point at another gazetteer file of the same format."""

    def __init__(self, path: Path | None = None, countries: Countries | None = None) -> None:
        self._countries = countries or shared_countries()
        self._file = _PackedFile(path)
        self._own = _supplement()
        self._others: dict[str, list[OtherName]] = {}
        for other in other_names():
            self._others.setdefault(key(other.written), []).append(other)
        # One article asks for the same names again and again: answers are kept, which changes none of them.
        self._recent: dict[str, list[Entry]] = {}
        self._states = {
            plain: code
            for country in self._countries.all()
            for code in (country.code,)
            for plain in (key(country.name), *map(key, country.names))
        }

    def lookup(self, name: str) -> list[Entry]:
        """Return every place called `name`, largest first; an unknown name gives an empty list."""
        cached = self._recent.get(name)
        if cached is None:
            if len(self._recent) >= REMEMBERED:
                self._recent.clear()
            cached = self._recent[name] = self._find(name)
        return list(cached)

    def _find(self, name: str) -> list[Entry]:
        plain = key(name)
        if not plain:
            return []
        filed = list(self._file.find(plain))
        own = [entry for entry in self._own.get(plain, ()) if not any(_same_place(entry, other) for other in filed)]
        state = self.country_entry(self._countries.lookup(name))
        if state and any(e.feature_code == "ADM1" and e.preferred and e.country == state.country for e in filed):
            # A part of a state that has a name as a country has ("Scotland") is the part, not the whole.
            state = state if key(state.name) == plain else None
        if state:
            filed = [e for e in filed if e.geonameid != state.geonameid]
        meant = [entry for other in self._others.get(plain, ()) for entry in self._meant(other, name)]
        if meant:
            known = {(entry.geonameid, entry.name) for entry in meant}
            own, filed = ([e for e in some if (e.geonameid, e.name) not in known] for some in (own, filed))
        found = [*own, *([state] if state else []), *meant, *filed]
        # A state comes before the towns that bear its name, whatever their size.
        return sorted(found, key=lambda e: (e.feature_code != "PCLI", -e.population, e.feature_class, e.name, e.geonameid or 0))

    def _meant(self, other: OtherName, name: str) -> list[Entry]:
        """Return the place that another name stands for, if the name is written so."""
        if key(other.usual) == key(other.written) or (other.exact and name != other.written):
            return []
        named = (e for e in self.lookup(other.usual) if e.country == other.country and e.feature_code.startswith(other.code))
        return [replace(e, preferred=True, name_from=other.begin, name_until=other.end, name_note=other.kind) for e in named][:1]

    def is_code(self, name: str) -> bool:
        """Tell whether a name is a bare two-letter code, which is a place's after a comma alone."""
        return any(other.is_code and other.written == name for other in self._others.get(key(name), ()))

    def is_abbreviation(self, name: str) -> bool:
        """Tell whether a name, as it is written, is the abbreviation of a place's ("Ala.", "N.Y.")."""
        return any(other.exact and other.written == name for other in self._others.get(key(name), ()))

    def known(self, name: str) -> bool:
        """Tell whether any place is called `name`, without reading the places."""
        plain = key(name)
        if not plain:
            return False
        if any(not other.exact or other.written == name for other in self._others.get(plain, ())):
            return True
        return plain in self._own or plain in self._states or self._file.holds(plain) or self._countries.lookup(name) is not None

    def country_entry(self, code: str | None) -> Entry | None:
        """Return a country as a place, or None where the code is no country's."""
        country = self._countries.country(code) if code else None
        if country is None:
            return None
        return Entry(
            geonameid=country.geonameid,
            name=country.name,
            latitude=country.latitude,
            longitude=country.longitude,
            country=country.code,
            admin1=None,
            admin2=None,
            feature_class="A",
            feature_code="PCLI",
            population=0,
        )

    def __len__(self) -> int:
        return self._file.places


class _PackedFile:
    """The mapped file; see the module's docstring for the layout."""

    def __init__(self, path: Path | None) -> None:
        if sys.byteorder != "little":
            raise DataError("the gazetteer file is little-endian and cannot be mapped on this machine")
        own = path is not None and path == users_own(USERS_FILE)
        try:
            self._mapped = _mapped(path)
            self._read_sections(memoryview(self._mapped))
        except (OSError, ValueError, struct.error, IndexError) as error:
            advice = f"run dateline gazetteer import again, or remove {path}" if own else "reinstall dateline"
            raise DataError(f"the gazetteer file is missing or damaged ({error}): {advice}") from error

    def _read_sections(self, view: memoryview) -> None:
        if bytes(view[: len(MAGIC)]) != MAGIC:
            raise ValueError("it does not begin as a gazetteer does")
        places, cells, _, names, states, _, form, check, kinds = HEADER.unpack_from(view, len(MAGIC))
        self.places = int(places)
        self._begin = len(MAGIC) + HEADER.size
        body = view[self._begin :]
        if form not in (FORM_SMALL, FORM_LARGE):
            raise ValueError(f"its format is {form}, not {FORM_SMALL} or {FORM_LARGE}")
        large = form == FORM_LARGE
        self._bits = LARGE_PLACE_BITS if large else PLACE_BITS
        if len(body) != 8 * cells + (23 if large else 20) * self.places + names + states + (kinds if large else 0):
            raise ValueError("it is cut short or too long")
        if not large and zlib.crc32(body) != check:
            raise ValueError("its check sum does not fit")
        at = 0

        def take(length: int) -> memoryview:
            nonlocal at
            at += length
            return body[at - length : at]

        self._cells = take(8 * cells).cast("Q")
        self._points = take(8 * self.places).cast("Q")
        self._numbers = take(4 * self.places).cast("I")
        self._texts = take(4 * self.places).cast("I")
        self._admins = take(4 * self.places).cast("I") if large else take(2 * self.places).cast("H")
        self._states = take(self.places)
        self._kinds = take(2 * self.places).cast("H") if large else take(self.places)
        self._begin += at
        take(names)
        codes = bytes(take(states)).decode("ascii")
        self._codes = [None if codes[i] == "?" else codes[i : i + 3] for i in range(0, len(codes), 3)]
        pairs = bytes(take(kinds)).decode("ascii").split("\n") if large else []
        self._kind_names = [(kind[:1], kind[2:]) for kind in pairs] or list(KINDS)

    def holds(self, plain: str) -> bool:
        """Tell whether a plain name is filed."""
        low = hashed(plain, self._bits)
        at = bisect_left(self._cells, low)
        return at < len(self._cells) and self._cells[at] >> self._bits == low >> self._bits

    def find(self, plain: str) -> Iterator[Entry]:
        """Yield the places filed under a plain name."""
        low = hashed(plain, self._bits)
        at = bisect_left(self._cells, low)
        while at < len(self._cells) and self._cells[at] >> self._bits == low >> self._bits:
            yield self._entry(self._cells[at] & ((1 << self._bits) - 1), plain)
            at += 1

    def _name(self, place: int) -> str:
        begin = self._begin + self._texts[place]
        return self._mapped[begin : self._mapped.find(b"\0", begin)].decode("utf-8")

    def _entry(self, place: int, plain: str) -> Entry:
        latitude, longitude, population = unpacked(self._points[place])
        feature_class, feature_code = self._kind_names[self._kinds[place]]
        name = self._name(place)
        chain: list[str] = []
        upper = self._admins[place]
        while upper and len(chain) < 3:
            chain.append(self._name(upper - 1))
            upper = self._admins[upper - 1]
        if feature_class == "A" and feature_code.startswith("ADM"):
            chain.insert(0, name)
        chain.reverse()
        number = self._numbers[place]
        return Entry(
            geonameid=number or None,
            name=name,
            latitude=latitude,
            longitude=longitude,
            country=self._codes[self._states[place]],
            admin1=chain[0] if chain else None,
            admin2=chain[1] if len(chain) > 1 else None,
            feature_class=feature_class,
            feature_code=feature_code,
            population=population,
            preferred=key(name) == plain,
        )


def _same_place(made: Entry, filed: Entry) -> bool:
    """Tell whether an entry made by hand is one that GeoNames has too, under the same name and of the same kind."""
    if made.country != filed.country or made.feature_class != filed.feature_class or not filed.preferred:
        return False
    apart = max(abs(made.latitude - filed.latitude), abs(made.longitude - filed.longitude))
    return apart * KM_A_DEGREE <= 2 * (made.radius_km or 0.0)


def _mapped(path: Path | None) -> mmap.mmap:
    """Map the file into memory (shared between processes by the operating system)."""
    if path is None:
        source = resources.files("dateline").joinpath("data", "places", "gazetteer.bin")
        with resources.as_file(source) as real:
            return _mapped(real)
    with path.open("rb") as handle:
        return mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)


def _supplement() -> dict[str, tuple[Entry, ...]]:
    """Read the places made by hand: groups with a source, each entry ``[name, other names, lat, lon, code, km, …]``."""
    source = resources.files("dateline").joinpath("data", "places", "supplement.yaml")
    try:
        groups = yaml.load(source.read_text(encoding="utf-8"), Loader=_LOADER)["groups"]  # noqa: S506 (it is the safe loader)
        filed: dict[str, list[Entry]] = {}
        for group in groups:
            if not group["source"]:
                raise ValueError("a group without a source")
            for row in group["entries"]:
                for plain, entry in _supplement_entry(row, group):
                    filed.setdefault(plain, []).append(entry)
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"the gazetteer's supplement is missing or damaged ({error}): reinstall dateline") from error
    return {plain: tuple(entries) for plain, entries in filed.items()}


def _supplement_entry(row: Sequence[Any], group: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    """Yield one entry of the supplement under each of its names."""
    name, others, latitude, longitude, code, radius = row[:6]
    admin = row[6] if len(row) > 6 else None
    country = row[7] if len(row) > 7 else group.get("country")
    feature = str(code)
    for plain in dict.fromkeys(key(n) for n in (name, *others)):
        yield (
            plain,
            Entry(
                geonameid=None,
                name=str(name),
                latitude=float(latitude),
                longitude=float(longitude),
                country=country,
                admin1=name if feature == "ADM1" else admin,
                admin2=name if feature == "ADM2" else None,
                feature_class={"RGN": "L", "SEA": "H", "STM": "H", "ISL": "T", "STRT": "H", "LK": "H"}.get(
                    feature, "A" if feature.startswith("ADM") else "P" if feature.startswith("PPL") else "L"
                ),
                feature_code=feature,
                population=int(group.get("population", 0)),
                radius_km=float(radius),
                preferred=plain == key(str(name)),
            ),
        )


@lru_cache(maxsize=1)
def shared() -> Gazetteer:
    """Return the one gazetteer that the stages of a process share: the user's own if there is one. It is never changed."""
    return Gazetteer(users_own(USERS_FILE))
