"""Names of places that the gazetteer has under others: abbreviations, and names of other times or of one side.

``data/places/names.yaml`` tells for each which place is meant, and from when to when the name was in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from dateline.errors import DataError

KINDS = frozenset({"abbreviation", "historical", "contested"})
CODE_LETTERS = 2
"""Abbreviations of two capitals are codes of states, which count after a comma alone ("Fargo, ND")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherName:
    """`written` stands for the place called `usual` in `country` whose feature code begins with `code`."""

    written: str
    usual: str
    kind: str
    country: str
    code: str
    begin: str | None = None
    end: str | None = None

    @property
    def exact(self) -> bool:
        """Whether capitals and full stops must be as written."""
        return self.kind == "abbreviation"

    @property
    def is_code(self) -> bool:
        """Whether it is a bare two-letter code."""
        return self.exact and len(self.written) == CODE_LETTERS and self.written.isupper()


@lru_cache(maxsize=1)
def other_names() -> tuple[OtherName, ...]:
    """Read the table; raise DataError where it is missing or damaged."""
    source = resources.files("dateline").joinpath("data", "places", "names.yaml")
    try:
        groups = yaml.safe_load(source.read_text(encoding="utf-8"))["groups"]
        found = []
        for group in groups:
            if not group["source"] or group["kind"] not in KINDS:
                raise ValueError("a group without a source or of no known kind")
            for row in group["entries"]:
                written, usual, begin, end, country, code = (list(row) + [None] * 6)[:6]
                found.append(
                    OtherName(
                        written=str(written),
                        usual=str(usual),
                        kind=group["kind"],
                        country=str(country or group["country"]),
                        code=str(code or group["code"]),
                        begin=begin,
                        end=end,
                    )
                )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"the gazetteer's table of other names is missing or damaged ({error}): reinstall dateline") from error
    return tuple(found)
