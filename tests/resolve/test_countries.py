"""The country table."""

from __future__ import annotations

import pytest

from dateline.resolve.countries import Countries


@pytest.fixture(scope="module")
def countries() -> Countries:
    return Countries()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Bolivia", "BOL"),
        ("the Netherlands", "NLD"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("america", "USA"),
        ("UK", "GBR"),
        ("England", "GBR"),
        ("Burma", "MMR"),
        ("Ivory Coast", "CIV"),
        ("Cote d’Ivoire", "CIV"),
        ("DRC", "COD"),
        ("Kosovo", "KOS"),
        ("Palestine", "PSE"),
        ("Hong Kong", "HKG"),
        ("Taiwan", "TWN"),
        ("Georgia", "GEO"),
        ("Soviet Union", "RUS"),
        ("Yugoslavia", "SRB"),
        ("SYRIA", "SYR"),
    ],
)
def test_a_name_gives_its_code(countries: Countries, name: str, code: str) -> None:
    assert countries.lookup(name) == code


@pytest.mark.parametrize("word", ["us", "sa", "car", "Atlantis", "", "Bolivian", "Kremlin"])
def test_other_words_are_no_country(countries: Countries, word: str) -> None:
    assert countries.lookup(word) is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("American", "USA"),
        ("Americans", "USA"),
        ("Britons", "GBR"),
        ("british", "GBR"),
        ("Welsh", "GBR"),
        ("Bolivian", "BOL"),
        ("Syrians", "SYR"),
        ("Palestinians", "PSE"),
        ("Kosovar", "KOS"),
        ("Spaniards", "ESP"),
        ("Catalan", "ESP"),
        ("Gujarati", "IND"),
        ("Kashmiri", "IND"),
        ("Chechen", "RUS"),
        ("Texan", "USA"),
        ("Polish", "POL"),
        ("South Korean", "KOR"),
        ("North Koreans", "PRK"),
        ("Taiwanese", "TWN"),
    ],
)
def test_a_people_gives_its_country(countries: Countries, word: str, code: str) -> None:
    assert countries.demonym(word) == code


@pytest.mark.parametrize("word", ["Kurdish", "Punjabi", "polish", "kiwi", "Martian", "Arab"])
def test_a_people_without_one_country_gives_none(countries: Countries, word: str) -> None:
    assert countries.demonym(word) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Washington", "USA"),
        ("the White House", "USA"),
        ("Kremlin", "RUS"),
        ("moscow", "RUS"),
        ("Downing Street", "GBR"),
        ("Brussels", "EUR"),
        ("La Paz", "BOL"),
        ("Khartoum", "SDN"),
        ("Kyiv", "UKR"),
    ],
)
def test_a_seat_stands_for_its_government(countries: Countries, name: str, code: str) -> None:
    assert countries.metonym(name) == code


@pytest.mark.parametrize("name", ["Oruro", "Singapore", "Bolivia", "Santiago"])
def test_other_places_stand_for_no_government(countries: Countries, name: str) -> None:
    assert countries.metonym(name) is None


def test_names_and_capitals_come_back(countries: Countries) -> None:
    assert countries.name("BOL") == "Bolivia"
    assert countries.name("EUR") == "EUR"
    assert countries.capital("SDN") == "Khartoum"
    assert countries.capital("EUR") is None


def test_every_entry_is_whole(countries: Countries) -> None:
    for country in countries.all():
        assert len(country.code) == 3, country
        assert country.code.isupper(), country
        assert len(country.iso2) == 2, country
        assert -90 <= country.latitude <= 90, country
        assert -180 <= country.longitude <= 180, country
        assert countries.lookup(country.name) == country.code, country


def test_no_demonym_is_claimed_twice_in_the_table(countries: Countries) -> None:
    seen: dict[str, str] = {}
    for country in countries.all():
        for word in country.demonyms:
            assert seen.setdefault(word, country.code) == country.code, word
