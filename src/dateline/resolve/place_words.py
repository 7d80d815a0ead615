"""The words by which a text shows that a name is a place's, read once from ``data/places/words.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from dateline.errors import DataError


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """Word lists, all in lower case. `nouns` gives the GeoNames code that a noun asks for, or an empty string."""

    prepositions: frozenset[str]
    nouns: Mapping[str, str]
    directions: frozenset[str]
    never: frozenset[str]
    never_lower: frozenset[str]
    regional: Mapping[str, str]
    """Regions by their adjective ("european": Europe), which stand in no country."""


@lru_cache(maxsize=1)
def shared() -> PlaceWords:
    """Read the word lists; raise DataError where the file is missing or damaged."""
    source = resources.files("dateline").joinpath("data", "places", "words.yaml")
    try:
        data = yaml.safe_load(source.read_text(encoding="utf-8"))
        lists = {name: frozenset(map(str, section["entries"])) for name, section in data.items() if section["source"]}
        return PlaceWords(
            prepositions=lists["locative_prepositions"],
            nouns={str(noun): str(code) for noun, code in data["place_nouns"]["entries"].items()},
            directions=lists["directions"],
            never=lists["never_places"],
            never_lower=lists["lower_case_never"],
            regional={str(word): str(region) for word, region in data["regional_adjectives"]["entries"].items()},
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"the word lists of the gazetteer are missing or damaged ({error}): reinstall dateline") from error
