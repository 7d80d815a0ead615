"""Places of disputed territories keep two readings."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.resolve.disputed import Disputed
from dateline.types import Place


def place(name: str, country: str | None, province: str | None = None) -> Place:
    return Place(
        text=name, span=None, name=name, geonameid=1, latitude=1.0, longitude=2.0, city=name, district=None, province=province,
        country=None, country_code=country, feature_class="P", feature_code="PPL", resolution=4, radius_km=10.0, confidence=0.9,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "country", "province", "others"),
    [
        ("Yalta", "UKR", "Avtonomna Respublika Krym", ["RUS"]),
        ("Golan Heights", "SYR", None, ["ISR"]),
        ("Laayoune", "ESH", None, ["MAR"]),
        ("Pristina", "KOS", None, ["SRB"]),
        ("Spratly Islands", None, None, ["CHN", "VNM", "PHL", "MYS", "TWN"]),
    ],
)
def test_both_readings_are_kept(name: str, country: str | None, province: str | None, others: list[str]) -> None:
    read = Disputed().both_readings(place(name, country, province), "2024-03-14")
    assert read.country_code == country
    assert [a.country_code for a in read.alternatives] == others
    assert {(a.latitude, a.longitude, a.score) for a in read.alternatives} == {(1.0, 2.0, 0.9)}


@pytest.mark.parametrize(("name", "country"), [("Lviv", "UKR"), ("Odesa", "UKR"), ("Donetsk", "RUS"), ("Girne", "TUR")])
def test_other_places_have_one(name: str, country: str) -> None:
    assert Disputed().both_readings(place(name, country)).alternatives == ()


@pytest.mark.parametrize(
    ("day", "disputed"), [("1990", False), ("2013-05-01", False), ("2014-03-18", True), ("2024-01-01", True), (None, True)]
)
def test_dates_are_heeded(day: str | None, disputed: bool) -> None:
    assert (Disputed().of(place("Sevastopol", "UKR", "Sevastopol"), day) is not None) is disputed


@pytest.mark.parametrize(("day", "disputed"), [("2020-10-01", True), ("2023-09-20", True), ("2023-10-01", False), (None, False)])
def test_what_has_ended_is_no_longer_read_twice(day: str | None, disputed: bool) -> None:
    assert (Disputed().of(place("Stepanakert", "AZE"), day) is not None) is disputed


def test_every_territory_is_whole() -> None:
    for territory in Disputed().territories:
        assert territory.source
        assert territory.note
        assert territory.names
        assert territory.de_facto
        assert all(len(code) == 3 for code in territory.de_facto)


def own(folder: Path, text: str) -> Path:
    path = folder / "places" / "disputed.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_a_users_own_file_takes_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path))
    own(tmp_path, "territories:\n- {name: Ranz, iso: BOL, de_facto: [CHL], names: [Ranz], source: invented}\n")
    table = Disputed()
    assert [t.name for t in table.territories] == ["Ranz"]
    assert [a.country_code for a in table.both_readings(place("Ranz", "BOL")).alternatives] == ["CHL"]


@pytest.mark.parametrize("text", ["", "territories: [", "territories:\n- {name: Ranz}\n", "territories:\n- {name: Ranz, source: ''}\n"])
def test_a_damaged_file_says_what_to_do(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path))
    own(tmp_path, text)
    with pytest.raises(DataError, match="mend or remove the file"):
        Disputed()
