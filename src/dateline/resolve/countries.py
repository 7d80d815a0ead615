"""Which country a name, a people or a seat of government stands for.

Codes are ISO 3166 alpha-3 as PLOVER uses them, with KOS for Kosovo and EUR for the institutions of the European
Union. The table is compiled once at construction from ``data/countries`` (sources: SOURCE.md there).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from dateline.errors import DataError

_FOLDER = ("data", "countries")
_SPACES = re.compile(r"\s+")
_ARTICLE = re.compile(r"^the ", re.IGNORECASE)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "–": "-"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One state or territory. `latitude` and `longitude` are degrees WGS 84 of a point well inside it."""

    code: str
    iso2: str
    name: str
    geonameid: int
    capital: str | None
    latitude: float
    longitude: float
    continent: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]


class Countries:
    """Look up countries by name, people and metonym.

    Every lookup ignores a leading "the", the kind of apostrophe and white space. Case is ignored too, except for
    words that mean something else when they are not written as a name ("us", "polish").
    """

    def __init__(self) -> None:
        self._countries = {country.code: country for country in _read_table()}
        words = _read_words()
        strict_names = frozenset(_normal(name) for name in words["exact_case_only"])
        strict_demonyms = frozenset(_normal(name) for name in words["exact_case_demonyms"])
        names: list[tuple[str, str]] = list(words["historical_states"].items())
        demonyms: list[tuple[str, str]] = list(words["subnational_demonyms"].items())
        metonyms: list[tuple[str, str]] = list(words["metonyms"].items())
        barred = set(words["not_metonyms"])
        for country in self._countries.values():
            names += [(name, country.code) for name in (country.name, *country.names)]
            demonyms += [(name, country.code) for name in country.demonyms]
            if country.capital and country.capital not in barred:
                metonyms.append((country.capital, country.code))
        self._names = _Index(names, strict_names)
        self._demonyms = _Index(demonyms, strict_demonyms)
        self._metonyms = _Index(metonyms, frozenset())

    def lookup(self, name: str) -> str | None:
        """Return the code of the country called `name`, or None ("Burma" gives MMR)."""
        return self._names.get(name)

    def demonym(self, word: str) -> str | None:
        """Return the code of the country that a people's name or its adjective implies, or None ("Syrians": SYR)."""
        return self._demonyms.get(word)

    def metonym(self, name: str) -> str | None:
        """Return the code of the government for which a seat stands, or None ("Kremlin": RUS, "Brussels": EUR)."""
        return self._metonyms.get(name)

    def name(self, code: str) -> str:
        """Return the usual English name of a country, or the code itself where it is no country's."""
        country = self._countries.get(code)
        return country.name if country else code

    def capital(self, code: str) -> str | None:
        """Return the capital of a country, or None."""
        country = self._countries.get(code)
        return country.capital if country else None

    def country(self, code: str) -> Country | None:
        """Return the whole entry of a code, or None."""
        return self._countries.get(code)

    def all(self) -> tuple[Country, ...]:
        """Return every country, by code."""
        return tuple(self._countries.values())


class _Index:
    """A word list that is first asked for the exact spelling, then for the spelling without case."""

    def __init__(self, entries: Iterable[tuple[str, str]], strict: frozenset[str]) -> None:
        self._exact: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        for name, code in entries:
            key = _normal(name)
            # The first entry wins: tables are read from the most to the least deliberate source.
            self._exact.setdefault(key, code)
            if key not in strict:
                self._folded.setdefault(key.casefold(), code)

    def get(self, name: str) -> str | None:
        key = _normal(name)
        return self._exact.get(key) or self._folded.get(key.casefold())


def _normal(name: str) -> str:
    """Return a name in the spelling under which it is filed: plain quotes, single spaces, no article."""
    return _ARTICLE.sub("", _SPACES.sub(" ", name.translate(_QUOTES)).strip())


def _resource(name: str) -> str:
    try:
        return resources.files("dateline").joinpath(*_FOLDER, name).read_text(encoding="utf-8")
    except (FileNotFoundError, ModuleNotFoundError, UnicodeDecodeError) as error:
        raise DataError(f"the country table {name} cannot be read ({error}): reinstall dateline") from error


def _read_table() -> list[Country]:
    """Read countries.tsv, whose first line that is no comment names the columns."""
    lines = [line for line in _resource("countries.tsv").splitlines() if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    found = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise DataError(f"countries.tsv: {len(columns)} cells were expected in the line {line[:60]!r}")
        row = dict(zip(columns, cells, strict=True))
        found.append(
            Country(
                code=row["iso3"],
                iso2=row["iso2"],
                name=row["name"],
                geonameid=int(row["geonameid"]),
                capital=row["capital"] or None,
                latitude=float(row["lat"]),
                longitude=float(row["lon"]),
                continent=row["continent"],
                names=tuple(row["names"].split("|")) if row["names"] else (),
                demonyms=tuple(row["demonyms"].split("|")) if row["demonyms"] else (),
            )
        )
    return found


def _read_words() -> Mapping[str, Any]:
    """Read words.yaml: each section is a mapping (or list) of entries under a statement of its source."""
    try:
        data = yaml.safe_load(_resource("words.yaml"))
        return {section: body["entries"] for section, body in data.items()}
    except (yaml.YAMLError, TypeError, KeyError, AttributeError) as error:
        raise DataError(f"words.yaml of the country table is damaged: {error}") from error


@lru_cache(maxsize=1)
def shared() -> Countries:
    """Return the one table that the stages of a process share; it is never changed."""
    return Countries()
