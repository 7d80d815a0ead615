"""The values of an actor as users and public data write them: countries, sectors, days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dateline.resolve import countries as country_table
from dateline.resolve.actor_entities import is_day
from dateline.resolve.actor_linking import INTERNATIONAL

SECTORS = frozenset("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split())
"""The codes of the PLOVER manual, section "Sectors"."""

_SPLIT = re.compile(r"[\s,;|/]+")
_TIME = re.compile(r"^[+]?(\d{4}-\d\d-\d\d)T.*$")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    table = country_table.shared()
    return {c.iso2: c.code for c in table.all()} | {c.code: c.code for c in table.all()} | {code: code for code in INTERNATIONAL}


def country_code(text: str) -> str:
    """Return the code of a country given by code (two or three letters, any case) or name, or an international code.

    Raises:
        ValueError: There is no such country.
    """
    found = _codes().get(text.strip().upper()) or country_table.shared().lookup(text.strip())
    if found is None:
        raise ValueError(f'there is no country "{text.strip()}"; write its ISO 3166 code, for example BOL')
    return found


def sectors_of(value: str | Iterable[str]) -> tuple[str, ...]:
    """Return PLOVER sectors given as a list or separated by blanks, commas or semicolons, each once.

    Raises:
        ValueError: One of them is none of PLOVER's.
    """
    parts = _SPLIT.split(value) if isinstance(value, str) else [str(part) for part in value]
    found = tuple(dict.fromkeys(part.strip().upper() for part in parts if part.strip()))
    for sector in found:
        if sector not in SECTORS:
            raise ValueError(f'"{sector}" is no sector of PLOVER; they are {" ".join(sorted(SECTORS))}')
    return found


def day_of(text: str | None) -> str | None:
    """Return a day, month or year in ISO 8601; of a time ("2019-11-12T00:00:00Z", as Wikidata writes it) the day.

    Raises:
        ValueError: It is none.
    """
    plain = (text or "").strip()
    if not plain:
        return None
    time = _TIME.match(plain)
    plain = time[1] if time else plain
    # Wikidata writes a month or a year that is known alone with zeros.
    plain = re.sub(r"(-00)+$", "", plain)
    if not is_day(plain):
        raise ValueError(f'"{plain}" is no date; write 2019, 2019-11 or 2019-11-12')
    return plain
