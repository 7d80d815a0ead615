"""What is compared of two candidates, field by field."""

from __future__ import annotations

import pytest

from dateline.merge.same_event import (
    Told,
    counts_agree,
    dates_agree,
    modes_agree,
    names,
    pair_features,
    places_agree,
    possible,
    sides_agree,
    told,
    types_of,
)
from dateline.models.linear import load_linear
from dateline.types import Actor, Place, Quantity, Span, TimeInterval
from tests.merge.tellings import Telling, analysis, day, telling, town, who


def pair(a: Telling, b: Telling) -> tuple[Told, Told]:
    first, second = told(analysis(a, b))
    return first, second


def features(a: Telling, b: Telling) -> list[str]:
    return pair_features(*pair(a, b), of_type=2)


def counted(what: str, minimum: int) -> Quantity:
    return Quantity(what=what, minimum=minimum, maximum=minimum, text=str(minimum), span=Span(0, 1))


def test_a_candidate_stands_beside_all_that_was_resolved_for_it() -> None:
    made = analysis(telling("arrested", interval=day("2024-03-11"), confidence=0.7), telling("arrest", nominal=True, definite=True))
    first, second = told(made)
    assert (first.number, first.lemma, first.definite, first.confidence) == (0, "arrested", False, 0.7)
    assert first.interval == day("2024-03-11")
    assert (second.number, second.definite, second.candidate.nominal) == (1, True, True)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((), (), "both-unknown"),
        ((who("police"),), (), "unknown"),
        ((who("Lenko police"),), (who("the police"),), "share"),
        ((who("Mr. Sorel", name="Karl Sorel"),), (who("Karl Sorel"),), "share"),
        ((who("officers", "BOL"),), (who("gendarmes", "BOL"),), "alike"),
        ((who("officers", "BOL"),), (who("gendarmes", "PER"),), "apart"),
        ((who("officers", "BOL"),), (who("rebels", "BOL", "REB"),), "apart"),
        ((who("officers", "BOL"),), (who("Guard", "BOL", name="National Guard"),), "alike"),
        ((who("Brigade", "BOL", name="Border Brigade"),), (who("Guard", "BOL", name="National Guard"),), "apart"),
        ((who("the"),), (who("the"),), "both-unknown"),
    ],
)
def test_sides(a: tuple[Actor, ...], b: tuple[Actor, ...], expected: str) -> None:
    assert sides_agree(a, b) == sides_agree(b, a) == expected


def test_names_are_words_without_case_and_possessive() -> None:
    assert names([who("The Union’s leaders", name="Union of Bakers")]) == {"union", "leaders", "bakers"}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (None, None, "both-unknown"),
        (day("2024-03-11"), None, "unknown"),
        (day("2024-03-11"), day("2024-03-11"), "same"),
        (day("2024-03-11"), day("2024-03-11", "inherited"), "same-inherited"),
        (day("2024-03-11"), day("2024-03-12"), "apart"),
        (day("2024-03-11"), day("2024-03-12", "inherited"), "inherited"),
        (day("2024-03", precision="month", latest="2024-03-31"), day("2024-03-11"), "overlap"),
        (day("2024-02", precision="month", latest="2024-02-29"), day("2024-03-11"), "apart"),
    ],
)
def test_dates(a: TimeInterval | None, b: TimeInterval | None, expected: str) -> None:
    assert dates_agree(a, b) == dates_agree(b, a) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((), (), "both-unknown"),
        ((town("Oruro"),), (), "unknown"),
        ((town("Oruro"),), (town("La Paz"), town("Oruro")), "same"),
        ((town("Oruro"),), (town("Bolivia", resolution=1),), "within"),
        ((town("Oruro"),), (town("La Paz"),), "apart"),
        ((town("Oruro"),), (town("Peru", "PER", resolution=1),), "apart"),
    ],
)
def test_places(a: tuple[Place, ...], b: tuple[Place, ...], expected: str) -> None:
    assert places_agree(a, b) == places_agree(b, a) == expected


def test_counts() -> None:
    assert counts_agree([counted("killed", 3)], [counted("killed", 3)]) == "equal"
    assert counts_agree([counted("killed", 3)], [counted("killed", 4)]) == "different"
    assert counts_agree([counted("killed", 3)], [counted("injured", 3)]) == "none"
    assert counts_agree([], []) == "none"


def test_modes() -> None:
    def of(a: tuple[str, ...], b: tuple[str, ...]) -> str:
        return modes_agree(*pair(telling(modes=a), telling(modes=b)))

    assert of(("arrest",), ("arrest", "seize")) == "share"
    assert of(("arrest",), ("curfew",)) == "apart"
    assert of(("arrest",), ()) == "one"
    assert of((), ()) == "none"


def test_two_types_are_never_one_event() -> None:
    assert not possible(*pair(telling(event_type="COERCE"), telling(event_type="ASSAULT")))
    assert possible(*pair(telling(), telling()))


def test_what_happened_and_what_did_not_are_never_one_event() -> None:
    assert not possible(*pair(telling(auxiliary=("negation",)), telling()))
    assert possible(*pair(telling(auxiliary=("negation",)), telling(auxiliary=("future", "negation"))))


def test_features_name_each_comparison_and_have_no_doubles() -> None:
    found = features(telling(places=(town("Oruro"),), interval=day("2024-03-11")), telling("arrest", nominal=True, definite=True))
    assert len(found) == len(set(found))
    assert {"type=COERCE", "places=unknown", "dates=unknown", "word=other", "form=verb-noun", "definite=True", "distance=1"} <= set(found)


def test_every_weight_of_the_shipped_model_is_of_a_feature_that_is_made() -> None:
    kinds = {
        f.split("=")[0] if f.count("=") == 1 else "+".join(p.split("=")[0] for p in f.split("+")) for f in features(telling(), telling())
    }
    shipped = load_linear("same-event-en").weights
    read = {f.split("=")[0] if f.count("=") == 1 else "+".join(p.split("=")[0] for p in f.split("+")) for f in shipped}
    assert read - kinds == set()


def test_the_types_are_counted() -> None:
    assert types_of(told(analysis(telling(), telling(), telling(event_type="ASSAULT")))) == {"COERCE": 2, "ASSAULT": 1}
