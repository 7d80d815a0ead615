"""Actors of public data: Wikidata's entities (JSON) and FollowTheMoney entities, as OpenSanctions gives them out.

Wikidata (wikidata.org) is CC0. OpenSanctions has a licence of its own; nothing of either ships with Dateline. Properties and
classes of Wikidata are named by their numbers with the label beside; FollowTheMoney's schemata and topics by their own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dateline.resolve.actor_entities import IMPORTED, Entity, Term, read_yaml
from dateline.resolve.actor_values import country_code, day_of

Entry = tuple[Entity, tuple[str, ...]]
"""An entity and all its names, the usual one first."""
Offices = Callable[[str], tuple[str, ...]]
"""Returns the sectors that the name of an office implies, or none."""
Objects = Iterator[tuple[int, dict[str, Any]]]

HUMAN = "Q5"
INSTANCE, OCCUPATION, POSITION, CITIZEN, COUNTRY = "P31", "P106", "P39", "P27", "P17"
ISO3, START, END, INCEPTION, DISSOLVED = "P298", "P580", "P582", "P571", "P576"


def is_wikidata(row: Mapping[str, Any]) -> bool:
    """Tell whether an object is an entity of Wikidata."""
    return "claims" in row and "labels" in row


def is_ftm(row: Mapping[str, Any]) -> bool:
    """Tell whether an object is a FollowTheMoney entity."""
    return "schema" in row and isinstance(row.get("properties"), dict)


def from_wikidata(opened: Callable[[], Objects], offices: Offices) -> Iterator[Entry | None]:
    """Yield the actors of a dump, which is read twice: for the names of offices and countries, then for who held them."""
    tables = read_yaml("wikidata.yaml")
    countries: dict[str, str] = dict(tables["countries"])
    sectors: dict[str, str] = {**tables["classes"], **tables["occupations"]}
    posts: dict[str, str] = {}
    needed: set[str] = set()
    for _, row in opened():
        needed |= {value for value, _ in _claims(row, POSITION)}
    for _, row in opened():
        codes = [value for value, _ in _claims(row, ISO3)]
        if codes:
            countries.setdefault(str(row.get("id")), codes[0])
        if row.get("id") in needed:
            posts[str(row["id"])] = _label(row).lower()
    for _, row in opened():
        yield _wikidata_entry(row, offices, countries, sectors, posts)


def _wikidata_entry(
    row: Mapping[str, Any], offices: Offices, countries: Mapping[str, str], sectors: Mapping[str, str], posts: Mapping[str, str]
) -> Entry | None:
    name, classes = _label(row), [value for value, _ in _claims(row, INSTANCE)]
    person = HUMAN in classes
    code = next((countries[v] for key in (CITIZEN, COUNTRY) for v, _ in _claims(row, key) if v in countries), None)
    told = [sectors[v] for v in (*classes, *(v for v, _ in _claims(row, OCCUPATION))) if v in sectors]
    terms = []
    for value, qualifiers in _claims(row, POSITION):
        office = posts.get(value)
        implied = offices(office) if office else ()
        if implied:
            first, last = _day(qualifiers, START), _day(qualifiers, END)
            terms.append(Term(first=first, last=last, sectors=implied, office=office, code=code))
    if not person and (_claims(row, INCEPTION) or _claims(row, DISSOLVED)):
        stood = [next((_time(v) for v, _ in _claims(row, key)), None) for key in (INCEPTION, DISSOLVED)]
        if told and any(stood):
            terms = [Term(first=stood[0], last=stood[1], sectors=tuple(dict.fromkeys(told)), code=code)]
    found = tuple(dict.fromkeys(told)) or (terms[-1].sectors if terms else ())
    if not name or not found:
        return None
    if code is None and "IGO" in told:
        code = "IGO"
    kept = tuple(sector for sector in found if sector != "IGO") or ("GOV",)
    aliases = [a.get("value", "") for a in (row.get("aliases") or {}).get("en", []) if isinstance(a, dict)]
    terms.sort(key=lambda term: term.first or "")
    entity = Entity(name=name, code=code, sectors=kept, terms=tuple(terms), person=person, id=str(row["id"]), origin=IMPORTED)
    return entity, tuple(dict.fromkeys((name, *filter(None, aliases))))


def _label(row: Mapping[str, Any]) -> str:
    labels = row.get("labels") or {}
    for language in ("en", "mul", "es"):
        if isinstance(labels, dict) and language in labels:
            return str(labels[language].get("value", "")).strip()
    return ""


def _claims(row: Mapping[str, Any], key: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the values of a property that are not deprecated, with their qualifiers."""
    claims = row.get("claims")
    found = []
    for claim in claims.get(key, []) if isinstance(claims, dict) else []:
        value = (claim.get("mainsnak", {}).get("datavalue") or {}).get("value")
        if claim.get("rank") == "deprecated" or value is None:
            continue
        text = value.get("id") or value.get("time") if isinstance(value, dict) else value
        if text:
            found.append((str(text), claim.get("qualifiers") or {}))
    return found


def _day(qualifiers: Mapping[str, Any], key: str) -> str | None:
    for snak in qualifiers.get(key, []):
        value = (snak.get("datavalue") or {}).get("value")
        if isinstance(value, dict) and value.get("time"):
            return _time(value["time"])
    return None


def _time(text: str) -> str | None:
    """Return a day of Wikidata ("+2019-11-12T00:00:00Z"); one before our era or without a year is none."""
    try:
        return day_of(text)
    except ValueError:
        return None


SCHEMATA = {
    "Person": "", "Organization": "", "LegalEntity": "", "Company": "BUS", "PublicBody": "GOV",
}  # fmt: skip
"""The schemata of FollowTheMoney that are actors, and the sector that one implies."""
TOPICS = {
    "gov": "GOV", "gov.national": "GOV", "gov.state": "GOV", "gov.muni": "GOV", "gov.executive": "GOV", "gov.head": "GOV",
    "gov.legislative": "LEG", "gov.judicial": "JUD", "gov.igo": "IGO", "gov.religion": "REL", "gov.soe": "BUS",
    "role.judge": "JUD", "role.journo": "JRN", "role.act": "SOC", "role.diplo": "GOV", "role.spy": "SPY", "role.oligarch": "BUS",
    "role.rca": "ELI", "pol.party": "PTY", "pol.union": "LAB", "rel": "REL", "mil": "MIL", "crime.terror": "REB", "crime": "CRM",
    "crime.theft": "CRM", "crime.traffick": "CRM", "crime.traffick.drug": "CRM", "crime.traffick.human": "CRM", "crime.fin": "CRM",
}  # fmt: skip
"""The topics of FollowTheMoney that tell a PLOVER sector; IGO is an international code."""


def from_ftm(rows: Objects, offices: Offices) -> Iterator[Entry | None]:
    """Yield the actors of FollowTheMoney entities; occupancies of positions, which stand apart, become their terms."""
    posts: dict[str, str] = {}
    held: dict[str, list[tuple[str, str | None, str | None]]] = {}
    actors: list[tuple[str, str, dict[str, list[str]]]] = []
    for _, row in rows:
        schema, properties = row.get("schema"), row.get("properties") or {}
        if schema == "Position":
            posts[str(row.get("id"))] = _first(properties, "name").lower()
        elif schema == "Occupancy":
            time = _time(_first(properties, "startDate")), _time(_first(properties, "endDate"))
            held.setdefault(_first(properties, "holder"), []).append((_first(properties, "post"), *time))
        elif schema in SCHEMATA:
            kept = ("name", "alias", "weakAlias", "country", "nationality", "position", "topics", "wikidataId")
            actors.append((str(row.get("id")), str(schema), {key: properties.get(key) or [] for key in kept}))
    for id_, schema, properties in actors:
        yield _ftm_entry(id_, schema, properties, offices, [(posts.get(post, ""), a, b) for post, a, b in held.get(id_, [])])


def _ftm_entry(
    id_: str,
    schema: str,
    properties: Mapping[str, list[str]],
    offices: Offices,
    posts: list[tuple[str, str | None, str | None]],
) -> Entry | None:
    names = tuple(dict.fromkeys((*properties["name"], *properties["alias"])))
    code = None
    for country in (*properties["nationality"], *properties["country"]):
        try:
            code = country_code(country)
            break
        except ValueError:
            continue
    told = [TOPICS[topic] for topic in properties["topics"] if topic in TOPICS]
    told += [SCHEMATA[schema]] if SCHEMATA[schema] and not told else []
    terms = []
    for office, first, last in posts:
        implied = offices(office)
        if implied:
            terms.append(Term(first=first, last=last, sectors=implied, office=office, code=code))
    plain = [sectors for office in properties["position"] if (sectors := offices(office.lower()))]
    found = tuple(dict.fromkeys((*(terms[-1].sectors if terms else plain[0] if plain else ()), *told)))
    if "IGO" in found:
        code, found = "IGO", tuple(s for s in found if s != "IGO") or ("GOV",)
    if not names or not found:
        return None
    terms.sort(key=lambda term: term.first or "")
    number = next(iter(properties["wikidataId"]), None) or id_
    entity = Entity(name=names[0], code=code, sectors=found, terms=tuple(terms), person=schema == "Person", id=number, origin=IMPORTED)
    return entity, names


def _first(properties: Mapping[str, Any], key: str) -> str:
    values = properties.get(key) or [""]
    first = values[0] if isinstance(values, list) else values
    return str(first.get("id", "")) if isinstance(first, dict) else str(first)
