"""Actors by themselves: the public module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import dateline
from dateline import actors
from dateline.errors import ConfigurationError, DataError


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the test a data folder of its own."""
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    actors.reload()
    yield tmp_path
    actors.reload()


TEXT = "Evo Morales met miners in Oruro, Bolivia. He thanked the Guild of Quiet Bakers. Police arrested two activists."


def test_a_text_gives_its_actors_with_codes_and_mentions(own: Path) -> None:
    found = {f.actor.text: f for f in actors.find(TEXT, published="2012-05-01")}
    morales = found["Evo Morales"]
    assert (morales.actor.identifier_text, morales.actor.code, morales.actor.sectors) == ("Evo Morales", "BOL", ("GOV",))
    assert (morales.actor.office, morales.known) == ("president", "listed")
    assert "He" in [span.of(TEXT) for span in morales.mentions]
    assert (found["miners"].actor.sectors[0], found["miners"].known) == ("LAB", "word")
    assert "Oruro" not in found
    assert all(f.actor.span is not None and f.actor.span.of(TEXT) == f.actor.text for f in found.values())


def test_the_office_is_that_of_the_day(own: Path) -> None:
    (later, *_) = actors.find(TEXT, published="2023-05-01")
    assert later.actor.office == "former president"
    ((_, standing),) = actors.lookup("evo morales", "1998")
    assert standing.sectors == ("AGR", "PTY")
    with pytest.raises(ConfigurationError, match="no date"):
        actors.lookup("Evo Morales", "May")


def test_an_import_gives_identifiers_and_a_rule_goes_before_it(own: Path) -> None:
    table = own / "bakers.csv"
    table.write_text("name,country,sectors,id\nGuild of Quiet Bakers,BO,BUS,b-7\n")
    assert actors.import_file(table).entries == 1
    found = {f.actor.text: f for f in actors.find(TEXT)}
    guild = found["Guild of Quiet Bakers"]
    assert (guild.actor.identifier_id, guild.actor.sectors, guild.known) == ("b-7", ("BUS",), "imported")
    (own / "data" / "actors" / "rules.yaml").write_text(
        "read:\n- {text: miners, name: Huanuni Miners, code: BO, sectors: [LAB, AGR], id: m-1}\n"
    )
    actors.reload()
    miners = {f.actor.text: f for f in actors.find(TEXT)}["miners"]
    assert (miners.actor.identifier_id, miners.actor.identifier_text, miners.known) == ("m-1", "Huanuni Miners", "rule")
    assert miners.actor.sectors == ("LAB", "AGR")


def test_the_record_carries_the_identifier(own: Path) -> None:
    table = own / "people.csv"
    table.write_text("name,country,sectors,id\nTilda Quiroz,BO,LAB,Q12345\n")
    actors.import_file(table)
    coder = dateline.load()
    (record, *_) = coder("Police in La Paz, Bolivia, arrested Tilda Quiroz on Monday.", published="2020-03-03").to_dicts()
    assert [actor["identifier_id"] for actor in record["recipient"]] == ["Q12345"]


def test_a_bad_file_is_refused(own: Path) -> None:
    (own / "x.csv").write_text("")
    with pytest.raises(DataError, match="empty"):
        actors.import_file(own / "x.csv")
