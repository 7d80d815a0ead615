"""The gazetteer: what names give, and what a damaged file does."""

from __future__ import annotations

import struct
import zlib
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import DataError
from dateline.resolve.gazetteer import HEADER, MAGIC, Entry, Gazetteer, hashed, key, packed, unpacked

LARGEST_FILE = 15 * 1024 * 1024


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def countries_of(found: list[Entry]) -> set[str | None]:
    return {entry.country for entry in found}


@pytest.mark.parametrize(
    ("name", "countries"),
    [
        ("Georgia", {"GEO", "USA"}),
        ("Jordan", {"JOR", "USA"}),
        ("Paris", {"FRA", "USA"}),
        ("Santiago", {"CHL", "DOM", "CUB"}),
        ("La Paz", {"BOL", "MEX", "HND", "URY"}),
        ("El Alto", {"BOL", "PER"}),
        ("Punjab", {"IND", "PAK"}),
    ],
)
def test_a_name_gives_all_its_places(gazetteer: Gazetteer, name: str, countries: set[str]) -> None:
    assert countries <= countries_of(gazetteer.lookup(name))


@pytest.mark.parametrize("name", ["Kyiv", "Kiev", "KIEV", "Київ", "Киев"])
def test_spellings_and_scripts_give_the_same_town(gazetteer: Gazetteer, name: str) -> None:
    assert 703448 in {entry.geonameid for entry in gazetteer.lookup(name)}


@pytest.mark.parametrize(("one", "other"), [("Potosi", "Potosí"), ("St. Louis", "Saint Louis"), ("Port au Prince", "Port-au-Prince")])
def test_accents_hyphens_and_saints_make_no_difference(gazetteer: Gazetteer, one: str, other: str) -> None:
    assert gazetteer.lookup(one) == gazetteer.lookup(other) != []


def test_a_town_has_its_chain_of_units(gazetteer: Gazetteer) -> None:
    town = next(e for e in gazetteer.lookup("Godhra") if e.geonameid)
    assert (town.country, town.admin1, town.feature_class) == ("IND", "Gujarat", "P")
    assert town.latitude == pytest.approx(22.78, abs=0.05)
    assert town.longitude == pytest.approx(73.61, abs=0.05)
    assert town.population > 100_000


def test_a_capital_is_marked(gazetteer: Gazetteer) -> None:
    assert any(e.feature_code == "PPLC" and e.country == "SDN" for e in gazetteer.lookup("Khartoum"))


def test_a_unit_lies_amid_its_towns(gazetteer: Gazetteer) -> None:
    state = next(e for e in gazetteer.lookup("Gujarat") if e.feature_code == "ADM1")
    assert 20 < state.latitude < 25
    assert 68 < state.longitude < 75


@pytest.mark.parametrize(("name", "country"), [("Darfur", "SDN"), ("Donbass", "UKR"), ("Gaza Strip", "PSE"), ("Niger Delta", "NGA")])
def test_the_supplement_has_regions(gazetteer: Gazetteer, name: str, country: str) -> None:
    first = gazetteer.lookup(name)[0]
    assert first.country == country
    assert first.radius_km is not None
    assert first.radius_km > 0


def test_seas_lie_in_no_country(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("South China Sea")[0].country is None


@pytest.mark.parametrize("name", ["Qwertyville-on-Nowhere", "", "   ", "---"])
def test_an_unknown_name_gives_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name) == []
    assert not gazetteer.known(name)


def test_known_agrees_with_lookup(gazetteer: Gazetteer) -> None:
    for name in ("Oruro", "Darfur", "Bolivia", "the Gambia", "Nowhereville"):
        assert gazetteer.known(name) == bool(gazetteer.lookup(name)), name


def test_a_lookup_cannot_be_spoilt_by_its_caller(gazetteer: Gazetteer) -> None:
    gazetteer.lookup("Oruro").clear()
    assert gazetteer.lookup("Oruro")


def test_the_file_stays_small() -> None:
    with resources.as_file(resources.files("dateline").joinpath("data", "places", "gazetteer.bin")) as path:
        assert path.stat().st_size < LARGEST_FILE


def a_file(path: Path, *, body: bytes | None = None, magic: bytes = MAGIC, form: int = 1, check: int | None = None) -> Path:
    """Write a gazetteer of one place, "Ranz", or one that is wrong in some way."""
    whole = b"".join(
        [
            struct.pack("<Q", hashed(key("Ranz"))),
            struct.pack("<Q", packed(10.0, 20.0, 1234)),
            struct.pack("<IIHBB", 77, 0, 0, 0, 0),
            b"Ranz\0",
            b"SDN",
        ]
    )
    body = whole if body is None else body
    header = HEADER.pack(1, 1, 0, 5, 3, 2026, form, zlib.crc32(body) if check is None else check, 0)
    path.write_bytes(magic + header + body)
    return path


def test_another_file_can_be_read(tmp_path: Path) -> None:
    found = Gazetteer(a_file(tmp_path / "small.bin")).lookup("ranz")
    assert [(e.geonameid, e.name, e.country, e.population) for e in found] == [(77, "Ranz", "SDN", 1234)]


@pytest.mark.parametrize(
    "wrong",
    [{"magic": b"NOTAGAZ!"}, {"form": 2}, {"check": 12345}, {"body": b"too short"}],
    ids=["magic", "format", "check sum", "length"],
)
def test_a_damaged_file_is_refused(tmp_path: Path, wrong: dict[str, bytes]) -> None:
    with pytest.raises(DataError, match="gazetteer"):
        Gazetteer(a_file(tmp_path / "bad.bin", **wrong))  # type: ignore[arg-type]


def test_a_missing_or_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        Gazetteer(tmp_path / "absent.bin")
    (tmp_path / "empty.bin").write_bytes(b"")
    with pytest.raises(DataError):
        Gazetteer(tmp_path / "empty.bin")


def test_one_turned_bit_is_noticed(tmp_path: Path) -> None:
    path = a_file(tmp_path / "turned.bin")
    data = bytearray(path.read_bytes())
    data[-6] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(DataError, match="check sum"):
        Gazetteer(path)


@given(st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 1_500_000_000))
def test_points_come_back_nearly_as_they_were(latitude: float, longitude: float, people: int) -> None:
    north, east, count = unpacked(packed(latitude, longitude, people))
    assert north == pytest.approx(latitude, abs=1e-4)
    assert east == pytest.approx(longitude, abs=1e-4)
    assert count == pytest.approx(people, rel=1e-3, abs=1)


@given(st.text(max_size=30))
def test_the_plain_form_is_stable(name: str) -> None:
    assert key(f" {name} ") == key(name)
    assert "  " not in key(name)
