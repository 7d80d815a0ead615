"""A user's own actors: imports of every format, rules, and who is meant by a name."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import DataError
from dateline.resolve.actor_entities import IMPORTED, RULE, Entity, Term, bodies, is_day, persons
from dateline.resolve.actor_import import import_actors
from dateline.resolve.actor_lexicon import ActorLexicon, unified
from dateline.resolve.actor_linking import link
from dateline.resolve.actor_rules import read_rules
from dateline.resolve.actor_store import ActorStore
from dateline.resolve.actor_values import SECTORS, country_code
from dateline.resolve.actor_words import fold

OFFICES = {"president": ("GOV",), "president of freedonia": ("GOV",), "union leader": ("LAB",)}


def offices(name: str) -> tuple[str, ...]:
    return OFFICES.get(name, ())


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "data" / "actors.sqlite"


def imported(tmp_path: Path, target: Path, name: str, text: str | bytes) -> ActorStore:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    import_actors(path, offices, store=target)
    return ActorStore(target)


TABLE = """name,aliases,country,sectors,office,from,to,id
Rufus Firefly,Firefly; Rufus T. Firefly,BO,GOV,president,2010,2014-05-01,p1
Rufus Firefly,,BO,PTY OPP,party leader,2014-05-02,,p1
Sugar Workers' League,SWL,Bolivia,lab,,,,
"""


def test_a_table_gives_actors_with_terms_and_names(tmp_path: Path, target: Path) -> None:
    store = imported(tmp_path, target, "own.csv", TABLE)
    (person,) = store.get("p1")
    assert (person.name, person.code, person.person, person.origin, person.source) == ("Rufus Firefly", "BOL", True, IMPORTED, "own")
    assert (person.on("2012").office, person.on("2012").sectors) == ("president", ("GOV",))
    assert person.on("2020-01-01").sectors == ("PTY", "OPP")
    assert store.names(person) == ["Rufus Firefly", "Firefly", "Rufus T. Firefly"]
    (league,) = store.get("sugar workers league")
    assert (league.sectors, league.id, league.person) == (("LAB",), None, False)
    assert [(s.name, s.kind, s.entries, s.passed) for s in store.sources()] == [("own", "table", 2, 0)]


def test_json_lines_semicolons_and_packed_files_are_read(tmp_path: Path, target: Path) -> None:
    row = {"name": "Ana Roca", "country": "VEN", "sectors": ["LAB"], "aliases": ["A. Roca"]}
    store = imported(tmp_path, target, "a.jsonl", json.dumps(row) + "\n")
    assert store.get("A. Roca")[0].sectors == ("LAB",)
    store = imported(tmp_path, target, "b.csv.gz", gzip.compress(b"name;sectors\nEast Guild;BUS\n"))
    assert store.get("East Guild")[0].sectors == ("BUS",)
    assert [s.name for s in store.sources()] == ["a", "b"]


def test_an_import_of_the_same_name_takes_the_place_of_the_earlier(tmp_path: Path, target: Path) -> None:
    imported(tmp_path, target, "own.csv", TABLE).close()
    store = imported(tmp_path, target, "own.csv", "name,sectors\nOther Body,SOC\n")
    assert (len(store), store.get("p1")) == (1, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        (b"\x00\x01\x02name", "binary"),
        (b"\xff\xfe\xfa,name", "UTF-8"),
        ("nom,pays\nX,BO\n", 'no column "name"'),
        ("name,sectors\nX,GOV,BO\n", "line 2: 2 cells"),
        ("name,sectors\nX,XYZ\n", "no sector"),
        ("name,sectors,country\nX,GOV,Ruritania\n", "Ruritania"),
        ("name,sectors,from\nX,GOV,2019-13-01\n", 'line 2: "2019-13-01" is no date'),
        ("name,sectors,from,to\nX,GOV,2019,2018\n", "lies before"),
        ("name,sectors\n,GOV\n", 'line 2: there is no "name"'),
        ("name,country\nX,BO\n", "nothing tells the sectors"),
        ("name,sectors\n", "no actor"),
        ('{"name": "X", "sectors": "GOV"}\n[1]\n', "line 2 is no JSON object"),
        ('{"name": ', "is no JSON"),
    ],
)
def test_a_bad_file_gives_one_error_and_changes_nothing(tmp_path: Path, target: Path, text: str | bytes, message: str) -> None:
    imported(tmp_path, target, "own.csv", TABLE).close()
    with pytest.raises(DataError, match=message):
        imported(tmp_path, target, "bad.csv", text)
    store = ActorStore(target)
    assert [s.name for s in store.sources()] == ["own"]
    assert len(store) == 2


def claim(value: Any, **qualifiers: str) -> dict[str, Any]:
    times = {key: [{"datavalue": {"value": {"time": time}}}] for key, time in qualifiers.items()}
    return {"mainsnak": {"datavalue": {"value": value}}, "rank": "normal", "qualifiers": times}


def item(number: str, label: str, **claims: list[Any]) -> dict[str, Any]:
    return {"type": "item", "id": number, "labels": {"en": {"value": label}}, "aliases": {}, "claims": claims}


def test_a_wikidata_dump_gives_persons_with_terms_and_bodies(tmp_path: Path, target: Path) -> None:
    held = claim({"id": "Q900"}, P580="+2006-01-22T00:00:00Z", P582="+2010-00-00T00:00:00Z")
    items = [
        item("Q901", "Rufus Firefly", P31=[claim({"id": "Q5"})], P27=[claim({"id": "Q750"})], P39=[held]),
        item("Q900", "President of Freedonia"),
        item("Q902", "Grain Party", P31=[claim({"id": "Q7278"})], P17=[claim({"id": "Q750"})]),
        item("Q903", "Some Mountain", P31=[claim({"id": "Q8502"})]),
    ]
    store = imported(tmp_path, target, "dump.json", "[\n" + ",\n".join(json.dumps(i) for i in items) + "\n]\n")
    (person,) = store.get("Q901")
    assert person.terms == (Term(first="2006-01-22", last="2010", sectors=("GOV",), office="president of freedonia", code="BOL"),)
    assert (store.get("Q902")[0].sectors, store.get("Q902")[0].code) == (("PTY",), "BOL")
    assert [(s.kind, s.entries, s.passed) for s in store.sources()] == [("Wikidata entities", 2, 2)]


def test_a_wikidata_query_result_is_read(tmp_path: Path, target: Path) -> None:
    def value(text: str) -> dict[str, str]:
        return {"type": "literal", "value": text}

    row = {
        "item": value("http://www.wikidata.org/entity/Q901"),
        "itemLabel": value("Rufus Firefly"),
        "country": value("http://www.wikidata.org/entity/Q750"),
        "countryLabel": value("Bolivia"),
        "positionLabel": value("president"),
        "start": value("2006-01-22T00:00:00Z"),
    }
    result = {"head": {"vars": list(row)}, "results": {"bindings": [row]}}
    (person,) = imported(tmp_path, target, "query.json", json.dumps(result, indent=1)).get("Q901")
    assert (person.code, person.terms[0].first, person.terms[0].office) == ("BOL", "2006-01-22", "president")


def test_follow_the_money_entities_are_read_with_their_occupancies(tmp_path: Path, target: Path) -> None:
    rows = [
        {"id": "x-1", "schema": "Person", "properties": {"name": ["Rufus Firefly"], "nationality": ["bo"], "topics": ["role.pep"]}},
        {"id": "x-2", "schema": "Position", "properties": {"name": ["President"]}},
        {"id": "x-3", "schema": "Occupancy", "properties": {"holder": ["x-1"], "post": ["x-2"], "startDate": ["2006"]}},
        {"id": "x-4", "schema": "Organization", "properties": {"name": ["Night Gang"], "topics": ["crime"]}},
        {"id": "x-5", "schema": "Vessel", "properties": {"name": ["Boat"]}},
        {"id": "x-6", "schema": "Person", "properties": {"name": ["Nobody Known"], "topics": ["sanction"]}},
    ]
    store = imported(tmp_path, target, "os.json", "".join(json.dumps(row) + "\n" for row in rows))
    assert (store.get("x-1")[0].code, store.get("x-1")[0].on("2008").sectors) == ("BOL", ("GOV",))
    assert store.get("x-4")[0].sectors == ("CRM",)
    assert store.get("x-6") == []
    assert store.sources()[0].passed == 1


def test_an_import_or_one_actor_can_be_removed(tmp_path: Path, target: Path) -> None:
    imported(tmp_path, target, "own.csv", TABLE).close()
    store = ActorStore(target, write=True)
    assert store.remove("p1") == 1
    assert (store.get("Firefly"), store.sources()[0].entries) == ([], 1)
    assert store.remove("absent") == 0
    assert store.remove("own") == 1
    assert store.sources() == []


def test_a_damaged_store_says_what_to_do(target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(b"no database at all, but text" * 50)
    with pytest.raises(DataError, match="import your actors again"):
        ActorStore(target)


# Rules

KNOWN = {"hugo": Entity(name="Hugo Banzer", code="BOL", sectors=("GOV",), person=True)}


def somebody(name: str) -> list[Entity]:
    return [KNOWN[name.lower()]] if name.lower() in KNOWN else []


def test_rules_read_phrases_and_merge_names(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(
        "read:\n- {text: the colectivos, name: Colectivos, code: VE, sectors: [PRM], id: my-1}\n- {text: the Old Man, as: Hugo}\n"
        "merge:\n- [Hugo, Old Hugo]\n"
    )
    rules = read_rules(path, somebody)
    made = rules.read[("colectivos",)]
    assert (made.name, made.code, made.sectors, made.id, made.origin) == ("Colectivos", "VEN", ("PRM",), "my-1", RULE)
    assert rules.read[fold("Old Man")].name == "Hugo Banzer"
    assert rules.of(Entity(name="Old Hugo", code=None, sectors=("CVL",))).name == "Hugo Banzer"
    assert rules.of(Entity(name="Another", code=None, sectors=("CVL",))).name == "Another"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("read: [1]", "rule 1 of read"),
        ("other: []", "two lists"),
        ("read:\n- {text: x, as: Nobody}", "nobody called"),
        ("read:\n- {text: x, name: X}", "needs"),
        ("read:\n- {text: x, name: X, sectors: [ABC]}", "no sector"),
        ("merge:\n- [Hugo]", "two names"),
        ("read: {", "cannot be read"),
    ],
)
def test_a_bad_rule_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(text)
    with pytest.raises(DataError, match=message):
        read_rules(path, somebody)


# Who is meant


def leader(name: str) -> Entity:
    return next(entity for entity, _ in persons() if entity.name == name)


def test_offices_are_those_of_the_day() -> None:
    morales = leader("Evo Morales")
    assert morales.on("2012-05-01").office == "president"
    assert morales.on("2020-02-01").sectors == ("ELI", "PTY")
    assert morales.on("2020-02-01").office == "former president"
    assert leader("Michelle Bachelet").on("2020").code == "UNO"
    assert leader("Javier Milei").on("1999").sectors == ("PTY",)


def test_one_of_two_who_bear_a_name_is_meant_by_the_day_and_the_country() -> None:
    both = [leader("George W. Bush"), leader("George H. W. Bush")]
    kept = link(both, told={"USA"}, votes={"USA": 1.0}, day="1990-08-02").entity
    assert kept is not None
    assert kept.name == "George H. W. Bush"
    assert link(both, told={"USA"}, votes={"USA": 1.0}, day="2018-01-01").entity is None
    kings = [leader("King Abdullah"), leader("King Abdullah II")]
    there = link(kings, told={"JOR"}, votes={"JOR": 1.0}, day="2010-01-01").entity
    assert there is not None
    assert there.code == "JOR"


def test_a_namesake_without_a_sign_of_the_country_is_not_linked() -> None:
    howard = [leader("John Howard")]
    assert link(howard, told={"CAN"}, votes={"CAN": 1.0}, day="2020-01-01").entity is None
    assert link(howard, told={"AUS"}, votes={"AUS": 1.0}, day="2020-01-01").entity is not None


def test_an_import_lends_its_identifier_to_the_listed() -> None:
    own = Entity(name="Evo Morales", code="BOL", sectors=("GOV",), id="Q1", origin=IMPORTED)
    (one,) = unified([leader("Evo Morales"), own])
    assert (one.id, one.on("2012").office) == ("Q1", "president")
    assert len(unified([leader("Evo Morales"), Entity(name="Evo Morales", code="MEX", sectors=("BUS",), id="Q2", origin=IMPORTED)])) == 2


def test_the_lists_are_as_large_as_told() -> None:
    lexicon = ActorLexicon()
    assert sum(1 for _ in persons()) > 2300
    assert lexicon.of_office("President of Freedonia") == ("GOV",)
    assert lexicon.of_office("alcalde") == ("GOV",)
    assert lexicon.of_office("Policía Nacional") == ("COP",)
    assert lexicon.of_office("nothing of the kind") == ()


def test_every_row_of_the_lists_is_well_formed() -> None:
    for entity, names in (*persons(), *bodies()):
        assert all(fold(name) for name in names), names
        assert set(entity.sectors) <= SECTORS, entity
        for term in entity.terms:
            assert all(day is None or is_day(day) for day in (term.first, term.last)), entity
            assert not (term.first and term.last) or term.first <= term.last or term.last == term.first[: len(term.last)], entity
            assert set(term.sectors) <= SECTORS, entity
            assert term.code is None or country_code(term.code) == term.code, entity
