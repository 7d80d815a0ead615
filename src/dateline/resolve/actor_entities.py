"""Who is known by name: standing bodies and persons, and what they were on a given day.

What ships is read from ``data/actors``: ``entities.yaml`` (bodies) and ``leaders.tsv`` (persons with the terms of their
offices). Days are ISO 8601 and may stop at the month or the year; a term holds its first and its last day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

from dateline.errors import DataError

LISTED, IMPORTED, RULE = "listed", "imported", "rule"
"""Where an entity comes from: the lists that ship, a user's import, a user's rule."""

_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_COLUMNS = ("code", "office", "sectors", "terms", "names", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One time in an office. `first` None was always, `last` None goes on; `sectors` and `code` are those of the office."""

    first: str | None
    last: str | None
    sectors: tuple[str, ...]
    office: str | None = None
    code: str | None = None

    def holds(self, day: str) -> bool:
        """Tell whether the day lies in the term; of partial days it is enough that they may."""
        return not self.ended(day) and not (self.first and _before(day, self.first))

    def ended(self, day: str) -> bool:
        """Tell whether the term was over on that day."""
        return bool(self.last and _before(self.last, day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What somebody is on a day: office, sectors and country then. `former` is set where the office is a past one."""

    sectors: tuple[str, ...]
    office: str | None
    code: str | None
    current: bool
    former: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A body or a person. `terms` are a person's offices, by their first day; of a body, the time in which it stood."""

    name: str
    code: str | None
    sectors: tuple[str, ...]
    terms: tuple[Term, ...] = ()
    person: bool = False
    id: str | None = None
    """The identifier that an import gave, as Wikidata's "Q750"; what ships has none."""
    origin: str = LISTED
    source: str = ""
    """In words, or the name of the import."""

    @property
    def office(self) -> str | None:
        """Return the last office of a person."""
        return self.terms[-1].office if self.terms else None

    def on(self, day: str | None) -> Standing:
        """Return what the entity was on a day; None asks for what it was last.

        Who has left a government is of the elites and a politician (codebook §5.30: candidates are PTY; PLOVER's ELI);
        who is known for something else than office stays what he or she was.
        """
        if not self.terms:
            return Standing(sectors=self.sectors, office=None, code=self.code, current=True)
        if day is None:
            return _standing(self.terms[-1], self, current=True)
        held = [term for term in self.terms if term.holds(day)]
        if held:
            return _standing(held[-1], self, current=True)
        past = [term for term in self.terms if term.ended(day)]
        if not past:
            first = self.terms[0]
            if first.sectors != ("GOV",) or not self.person:
                return _standing(first, self, current=False)
            return Standing(sectors=("PTY",), office=None, code=first.code or self.code, current=False)
        last = max(past, key=lambda term: term.last or "")
        if last.sectors != ("GOV",) or not self.person:
            return _standing(last, self, current=False)
        return Standing(sectors=("ELI", "PTY"), office=f"former {last.office}", code=last.code or self.code, current=False, former=True)


def _standing(term: Term, entity: Entity, *, current: bool) -> Standing:
    return Standing(sectors=term.sectors or entity.sectors, office=term.office, code=term.code or entity.code, current=current)


def _before(a: str, b: str) -> bool:
    """Tell whether day `a` is surely before day `b`: what they both state is compared."""
    size = min(len(a), len(b))
    return a[:size] < b[:size]


def is_day(text: str) -> bool:
    """Tell whether a text is an ISO 8601 day, month or year."""
    return _DAY.fullmatch(text) is not None


def read_text(name: str) -> str:
    """Return a file of the actor lists.

    Raises:
        DataError: It is missing or damaged.
    """
    try:
        return resources.files("dateline").joinpath("data", "actors", name).read_text(encoding="utf-8")
    except (FileNotFoundError, ModuleNotFoundError, UnicodeDecodeError) as error:
        raise DataError(f"the actor list {name} cannot be read ({error}): reinstall dateline") from error


def read_yaml(name: str) -> Any:
    """Return a YAML file of the actor lists."""
    return yaml.load(read_text(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)


def bodies() -> Iterator[tuple[Entity, tuple[str, ...]]]:
    """Yield the bodies that ship, each with all its names, the usual one first."""
    for group in read_yaml("entities.yaml")["groups"]:
        for entry in group["entries"]:
            more = entry if isinstance(entry, dict) else {}
            sectors = tuple(more.get("sectors", group["sectors"]))
            first, last = (str(more[key]) if key in more else None for key in ("from", "to"))
            stood = (Term(first=first, last=last, sectors=sectors),) if first or last else ()
            for body in (more["names"] if more else entry).split("||"):
                names = tuple(name.strip() for name in body.split(";") if name.strip())
                code = more.get("code", group["code"])
                yield Entity(name=names[0], code=code, sectors=sectors, terms=stood, source=group["source"]), names


def persons() -> Iterator[tuple[Entity, tuple[str, ...]]]:
    """Yield the persons that ship, each with all offices and names."""
    terms: dict[str, list[Term]] = {}
    names: dict[str, dict[str, None]] = {}
    sources: dict[str, str] = {}
    rows = (line.split("\t") for line in read_text("leaders.tsv").splitlines() if line and not line.startswith("#"))
    if tuple(next(rows)) != _COLUMNS:
        raise DataError("leaders.tsv of the actor lists has other columns than expected: reinstall dateline")
    for code, office, sectors, times, called, source in rows:
        aliases = [alias.strip() for alias in called.split(";")]
        person = aliases[0]
        names.setdefault(person, {}).update(dict.fromkeys(aliases))
        sources.setdefault(person, source)
        for time in times.split(", "):
            first, last = time.split("/")
            held = Term(first=first, last=last or None, sectors=tuple(sectors.split()), office=office, code=code)
            terms.setdefault(person, []).append(held)
    for person, held_terms in terms.items():
        ordered = tuple(sorted(held_terms, key=lambda term: term.first or ""))
        last_held = ordered[-1]
        entity = Entity(name=person, code=last_held.code, sectors=last_held.sectors, terms=ordered, person=True, source=sources[person])
        yield entity, tuple(names[person])
