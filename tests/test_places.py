"""Places by themselves: the public module."""

from __future__ import annotations

import json

import pytest

from dateline import places
from dateline.errors import ConfigurationError


def test_a_text_gives_its_places() -> None:
    found = places.find("Protesters marched in El Alto and La Paz.", country="BO")
    assert [(t.text, t.place.country_code) for t in found] == [("El Alto", "BOL"), ("La Paz", "BOL")]


@pytest.mark.parametrize(("country", "code"), [("AU", "AUS"), ("gbr", "GBR"), ("Canada", "CAN")])
def test_the_country_that_the_user_names_speaks_for_its_places(country: str, code: str) -> None:
    (found,) = places.find("Councillors in Richmond rejected the budget.", country)
    assert found.place.country_code == code


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="Ruritania"):
        places.find("Nothing.", "Ruritania")
    with pytest.raises(ConfigurationError):
        places.lookup(["Oruro"], "XX")


def test_names_are_looked_up_in_bulk_and_in_order() -> None:
    found = places.lookup(["Oruro", "Nowhereville", "Київ", "La Paz"])
    assert [bool(entries) for entries in found] == [True, False, True, True]
    assert {e.country for e in places.lookup(["La Paz"], "MX")[0]} == {"MEX"}


def test_geojson_has_points_spans_and_the_attribution() -> None:
    text = "Police came to Oruro in Bolivia and to Qarzubeh village."
    made = json.loads(json.dumps(places.to_geojson(places.find(text))))
    assert made["type"] == "FeatureCollection"
    assert "GeoNames" in made["attribution"]
    by_text = {f["properties"]["text"]: f for f in made["features"]}
    east, north = by_text["Oruro"]["geometry"]["coordinates"]
    assert (east, north) == (pytest.approx(-67.1, abs=0.2), pytest.approx(-18.0, abs=0.2))
    assert by_text["Qarzubeh"]["geometry"] is None
    for feature in made["features"]:
        known = feature["properties"]
        assert text[known["start"] : known["end"]] == known["text"]


def test_an_unknown_village_has_the_country_of_its_text_and_no_point() -> None:
    found = {
        t.text: t.place for t in places.find("Rebels burned the school in Qarzubeh village in Helmand province, Afghan officials said.")
    }
    assert found["Qarzubeh"].latitude is None
    assert found["Qarzubeh"].country_code == "AFG"
    assert found["Qarzubeh"].province == "Helmand"
