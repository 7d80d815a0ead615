"""Place names: which words are one, and which place is meant."""

from __future__ import annotations

import math
import re
from functools import cache

import pytest

from dateline.annotate.syntax import Syntax
from dateline.resolve.gazetteer import Entry
from dateline.resolve.toponym_ranking import Context, rank, shared_countries, shares
from dateline.resolve.toponyms import Toponyms
from dateline.types import Analysis, Block, Document, Span, Toponym


@cache
def stages() -> tuple[Syntax, Toponyms]:
    return Syntax(), Toponyms()


def read(text: str, *, publisher: str | None = None, title: str | None = None) -> tuple[Toponym, ...]:
    """Return the toponyms of a text whose paragraphs are parted by empty lines."""
    syntax, toponyms = stages()
    blocks = tuple(Block(span=Span(m.start(), m.end())) for m in re.finditer(r"(?:(?!\n\n).)+", text, re.DOTALL))
    document = Document(id="test", text=text, blocks=blocks, publisher=publisher, title=title)
    found = toponyms(syntax([Analysis(document=document)]))[0].toponyms
    for toponym in found:
        assert toponym.span.of(text) == toponym.text
    return found


def one(text: str, name: str, **known: str) -> Toponym:
    """Return the first toponym written as `name`."""
    found = read(text, **known)
    return next(t for t in found if t.text == name)


def names(text: str) -> list[str]:
    return [t.text for t in read(text) if not t.demonym]


@pytest.mark.parametrize(
    ("text", "name", "country", "code"),
    [
        ("Opposition leaders in Georgia marched on parliament in Tbilisi.", "Georgia", "GEO", "PCLI"),
        ("Officials in Atlanta said that Georgia would appeal. The American governor of Georgia agreed.", "Georgia", "USA", "ADM1"),
        ("Refugees crossed into Jordan from Syria on Monday.", "Jordan", "JOR", "PCLI"),
        ("Students marched in Paris on Tuesday, French radio said.", "Paris", "FRA", "PPLC"),
        ("A judge in Paris, Texas, dismissed the complaint.", "Paris", "USA", "PPL"),
        ("Chilean police cleared a square in Santiago.", "Santiago", "CHL", "PPLC"),
        ("The Bolivian miners reached La Paz on Friday.", "La Paz", "BOL", "PPLC"),
        ("Mexican fishermen blocked the port of La Paz in Baja California Sur.", "La Paz", "MEX", "PPL"),
        ("Honduran soldiers were sent to La Paz, a town in western Honduras.", "La Paz", "HND", "PPL"),
        ("Teachers from Uruguay met in La Paz, Uruguay.", "La Paz", "URY", "PPL"),
        ("Neighbours in El Alto, in Bolivia, closed the road.", "El Alto", "BOL", "PPL"),
        ("Protesters gathered in Kiev against the Ukrainian government.", "Kiev", "UKR", "PPLC"),
        ("Protesters gathered in Kyiv against the Ukrainian government.", "Kyiv", "UKR", "PPLC"),
        ("Two people fell ill in Salisbury, British police said.", "Salisbury", "GBR", "PPL"),
    ],
)
def test_the_article_decides_between_namesakes(text: str, name: str, country: str, code: str) -> None:
    place = one(text, name).place
    assert (place.country_code, place.feature_code) == (country, code)


def test_what_stands_beside_one_mention_counts_for_all() -> None:
    text = "Farmers in Cordoba, Colombia, burned tyres. Later the mayor of Cordoba met them."
    assert {t.place.country_code for t in read(text) if t.text == "Cordoba"} == {"COL"}


def test_a_noun_beside_the_name_asks_for_the_unit() -> None:
    town = one("Teachers marched in Oruro, Bolivia.", "Oruro").place
    unit = one("Teachers marched across the department of Oruro, Bolivia.", "Oruro").place
    assert (town.resolution, unit.resolution) == (4, 2)
    assert (town.city, unit.city) == ("Oruro", None)


def test_a_place_has_its_units_point_and_radius() -> None:
    place = one("Shops stayed shut in Godhra, Gujarat, on Friday.", "Godhra").place
    assert (place.city, place.province, place.country, place.country_code) == ("Godhra", "Gujarat", "India", "IND")
    assert place.latitude == pytest.approx(22.78, abs=0.1)
    assert place.radius_km is not None
    assert 0 < place.radius_km <= 15
    assert 0 < place.confidence <= 1


def test_alternatives_are_the_next_best_and_at_most_three() -> None:
    place = one("A strike was called in Santiago.", "Santiago").place
    assert 1 <= len(place.alternatives) <= 3
    scores = [a.score for a in place.alternatives]
    assert scores == sorted(scores, reverse=True)
    assert place.geonameid not in {a.geonameid for a in place.alternatives}


def test_lists_are_read_to_their_end() -> None:
    assert names("Blockades were reported in Oruro, Potosi and Sucre.") == ["Oruro", "Potosi", "Sucre"]


def test_a_dateline_is_a_place() -> None:
    found = one("KHARTOUM, March 3 (Agency) - Police fired tear gas at students.", "KHARTOUM")
    assert found.place.country_code == "SDN"
    assert found.place.name == "Khartoum"


def test_peoples_are_marked_as_such() -> None:
    found = one("Syrian troops shelled a suburb of Damascus.", "Syrian")
    assert found.demonym
    assert found.place.country_code == "SYR"


def test_a_capital_that_speaks_stands_for_its_government() -> None:
    text = "Washington said that the talks would go on. Protesters gathered in Washington."
    first, second = (t for t in read(text) if t.text == "Washington")
    assert first.metonymic
    assert not second.metonymic


@pytest.mark.parametrize(
    "text",
    [
        "Paris Jackson sang at the concert.",
        "The New York Times reported the figures.",
        "Police fired on the crowd in March.",
        "President Lincoln spoke for an hour.",
    ],
)
def test_people_bodies_and_months_are_no_places(text: str) -> None:
    assert names(text) == []


def test_a_surname_that_is_also_a_town_is_no_place() -> None:
    text = "Senator Marta Oruro denied the claim. Oruro said that she would sue. She was born in Oruro."
    found = read(text)
    assert [t.span.start for t in found if t.text == "Oruro"] == [text.rindex("Oruro")]


def test_a_village_that_no_gazetteer_has_is_kept_without_a_point() -> None:
    found = one("Rebels burned the school in Qarzubeh village in Helmand province, Afghan officials said.", "Qarzubeh")
    assert found.place.latitude is None
    assert found.place.geonameid is None
    assert found.place.country_code == "AFG"
    assert found.place.confidence < 0.5


def test_a_small_namesake_far_away_is_not_taken() -> None:
    text = "South African miners in Thorncliffe, Limpopo, went on strike. South African police fired rubber bullets in Thorncliffe."
    assert one(text, "Thorncliffe").place.country_code == "ZAF"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thousands of workers marched in berlin and the german chancellor spoke in munich.", {"berlin": "DEU", "munich": "DEU"}),
        ("the minister flew to turkey and china after talks in jordan.", {"turkey": "TUR", "china": "CHN", "jordan": "JOR"}),
        ("mumbai: shopkeepers closed their shutters and police in india made arrests.", {"mumbai": "IND", "india": "IND"}),
    ],
)
def test_text_without_capitals_is_read(text: str, expected: dict[str, str]) -> None:
    found = {t.text: t.place.country_code for t in read(text) if not t.demonym}
    assert found == expected


def test_common_words_in_text_without_capitals_are_no_places() -> None:
    assert names("the meeting was nice and many came in an effort to end the deal in march.") == []


def test_the_publisher_hints_at_the_country() -> None:
    text = "Councillors in Richmond rejected the budget."
    assert one(text, "Richmond", publisher="www.example.com.au").place.country_code == "AUS"
    assert one(text, "Richmond", publisher="www.example.co.uk").place.country_code == "GBR"


def test_an_empty_article_has_none() -> None:
    assert read("") == ()


def test_reading_twice_gives_the_same() -> None:
    text = "Clashes spread from Homs to Hama, and Turkish officials in Ankara called for talks in Geneva."
    assert read(text) == read(text)


def test_neighbours_in_a_batch_do_not_matter() -> None:
    syntax, toponyms = stages()
    texts = ["Police in Georgia clashed with Georgian students.", "Police in Atlanta, Georgia, arrested two Americans."]
    batch = [Analysis(document=Document(id=t, text=t, blocks=(Block(span=Span(0, len(t))),))) for t in texts]
    parsed = syntax(batch)
    assert [a.toponyms for a in toponyms(parsed)] == [toponyms([a])[0].toponyms for a in parsed]


def entry(country: str, population: int, *, code: str = "PPL", preferred: bool = True) -> Entry:
    return Entry(
        geonameid=population, name="Ranz", latitude=0.0, longitude=0.0, country=country, admin1="North", admin2=None,
        feature_class="P", feature_code=code, population=population, preferred=preferred,
    )  # fmt: skip


def test_size_ranks_where_nothing_else_does() -> None:
    ranked = rank([entry("AAA", 1_000), entry("BBB", 100_000)], Context(countries={}, named=frozenset()))
    assert [e.country for _, e in ranked] == ["BBB", "AAA"]


def test_the_countries_of_the_article_outweigh_size() -> None:
    ranked = rank([entry("AAA", 1_000), entry("BBB", 100_000)], Context(countries={"AAA": 1.0}, named=frozenset()))
    assert ranked[0][1].country == "AAA"


def test_shares_are_probabilities() -> None:
    assert shares([math.log(10.0), 0.0]) == pytest.approx([10 / 11, 1 / 11])
    assert shared_countries([("AAA", 3.0), ("BBB", 1.0)]) == {"AAA": 0.75, "BBB": 0.25}
    assert shared_countries([]) == {}


def test_a_country_listed_before_another_is_no_town_of_it() -> None:
    found = read("Soldiers were posted on the borders with Colombia, Brazil and Guyana.")
    assert [t.place.country_code for t in found] == ["COL", "BRA", "GUY"]


def test_a_surname_told_with_a_first_name_is_no_town() -> None:
    found = read("Jeanine Áñez spoke in La Paz. On Friday Áñez signed the law.")
    assert [t.text for t in found] == ["La Paz"]
