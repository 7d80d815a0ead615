"""Abbreviations, and names of other times or of one side."""

from __future__ import annotations

import pytest
from tests.resolve.test_toponyms import one, read

from dateline.resolve.gazetteer import Entry, Gazetteer
from dateline.resolve.other_names import other_names
from dateline.resolve.toponym_features import Asked, Context
from dateline.resolve.toponym_ranking import shared_ranker


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def test_every_other_name_leads_to_its_place(gazetteer: Gazetteer) -> None:
    for other in other_names():
        found = [e for e in gazetteer.lookup(other.written) if e.name_note == other.kind and e.country == other.country]
        assert found, other
        assert (found[0].name_from, found[0].name_until) == (other.begin, other.end)


def test_an_abbreviation_is_written_as_it_is(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Ala.")[0].name == "Alabama"
    assert "Alabama" not in {e.name for e in gazetteer.lookup("Ala")}
    assert "Texas" not in {e.name for e in gazetteer.lookup("tx")}


@pytest.mark.parametrize(
    ("text", "name", "province"),
    [
        ("Police in Springfield, Ill., arrested two men.", "Springfield", "Illinois"),
        ("Workers struck in Huntsville, Ala., on Friday.", "Huntsville", "Alabama"),
        ("A fire broke out in Albany, N.Y., officials said.", "Albany", "New York"),
        ("The council of Fargo, ND, rejected the plan.", "Fargo", "North Dakota"),
    ],
)
def test_an_abbreviated_state_decides(text: str, name: str, province: str) -> None:
    assert one(text, name).place.province == province


@pytest.mark.parametrize("text", ["OR and IN are words, and ME too.", "Miss. Vega met Gen. Ortiz."])
def test_a_code_without_a_place_before_it_is_none(text: str) -> None:
    assert [t.text for t in read(text) if t.text in {"OR", "IN", "ME", "Miss."}] == []


def reading(name: str, population: int, *, until: str | None = None, note: str | None = None) -> Entry:
    return Entry(
        geonameid=population, name=name, latitude=0.0, longitude=0.0, country="AAA", admin1=None, admin2=None, feature_class="P",
        feature_code="PPL", population=population, name_until=until, name_note=note,
    )  # fmt: skip


@pytest.mark.parametrize(("day", "first"), [("1975-01-01", "New Ranz"), ("2020-01-01", "Ranz")])
def test_a_name_of_the_past_counts_less_today(day: str, first: str) -> None:
    entries = [reading("New Ranz", 500_000, until="1982", note="historical"), reading("Ranz", 100_000)]
    ranked = shared_ranker().rank(entries, Context(countries={}, named=frozenset(), published=day), Asked(plain="ranz"))
    assert ranked[0][1].name == first
