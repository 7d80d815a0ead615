"""Where an event happened."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from dateline.annotate.syntax import Syntax
from dateline.errors import DataError
from dateline.resolve import places as module
from dateline.resolve.place_features import level, lies_in
from dateline.resolve.places import PlaceModel, Places, gap
from dateline.resolve.toponyms import Toponyms
from dateline.types import Analysis, Argument, Block, Document, EventCandidate, Mention, Place, Span


@cache
def stages() -> tuple[Syntax, Toponyms, Places]:
    return Syntax(), Toponyms(), Places()


def places(text: str, trigger: str, event_type: str, *, actor: str | None = None) -> list[Place]:
    """Return the places of one event, whose trigger is the first such word of the text."""
    syntax, toponyms, stage = stages()
    blocks = tuple(Block(span=Span(m.start(), m.end())) for m in re.finditer(r"(?:(?!\n\n).)+", text, re.DOTALL))
    analysis = toponyms(syntax([Analysis(document=Document(id="test", text=text, blocks=blocks))]))[0]
    start = text.index(trigger)
    token = next(t for t in analysis.tokens if t.span.start == start)
    arguments = ()
    if actor:
        span = Span(text.index(actor), text.index(actor) + len(actor))
        arguments = (Argument(role="actor", span=span, head=None, text=actor, path="test"),)
    candidate = EventCandidate(
        sentence=token.sentence,
        trigger=Mention(kind="trigger", span=Span(start, start + len(trigger)), text=trigger, head=token.index),
        event_type=event_type,
        arguments=arguments,
    )
    found = stage([replace(analysis, candidates=(candidate,))])[0].places
    assert len(found) == 1
    for place in found[0]:
        assert place.span is not None
        assert place.span.of(text) == place.text
        assert 0 <= place.confidence <= 1
    return list(found[0])


def told(text: str, trigger: str, event_type: str, *, actor: str | None = None) -> list[str]:
    return [place.text for place in places(text, trigger, event_type, actor=actor)]


@pytest.mark.parametrize(
    ("text", "trigger", "event_type", "expected"),
    [
        ("Thousands of teachers marched in Oruro on Monday.", "marched", "PROTEST", ["Oruro"]),
        ("Gunmen killed three farmers near Mosul, Iraqi police said.", "killed", "ASSAULT", ["Mosul"]),
        ("Neighbours blocked the road in El Alto, in the region of La Paz, Bolivia.", "blocked", "PROTEST", ["El Alto"]),
        ("Police arrested four men in Anand, Gujarat, on Friday.", "arrested", "COERCE", ["Anand"]),
        ("Soldiers clashed with rebels in Homs, Hama and Aleppo.", "clashed", "ASSAULT", ["Homs", "Hama", "Aleppo"]),
        ("The two ministers met in Geneva on Thursday.", "met", "CONSULT", ["Geneva"]),
    ],
)
def test_the_most_precise_place_at_the_trigger_is_taken(text: str, trigger: str, event_type: str, expected: list[str]) -> None:
    assert told(text, trigger, event_type) == expected


def test_the_scene_is_carried_on_to_the_next_sentence() -> None:
    text = "Clashes broke out in the Nigerian town of Maiduguri at dawn. Gunmen shot four traders dead."
    assert told(text, "shot", "ASSAULT", actor="Gunmen") == ["Maiduguri"]


def test_a_later_scene_replaces_an_earlier_one() -> None:
    text = (
        "A bomb killed two soldiers in Kano on Monday. In Maiduguri on Tuesday, youths burned a police post. "
        "Officers shot three of the youths."
    )
    assert told(text, "shot", "ASSAULT", actor="Officers") == ["Maiduguri"]


def test_the_dateline_counts_where_the_text_names_no_other_place() -> None:
    text = "KHARTOUM, March 3 (Agency) - Police fired tear gas at students who marched to the palace."
    assert told(text, "fired", "ASSAULT", actor="Police") == ["KHARTOUM"]


def test_a_country_is_taken_when_the_text_supports_no_more() -> None:
    text = "Security forces in Bolivia arrested eleven miners on Monday. The government of Bolivia gave no reason."
    found = places(text, "arrested", "COERCE", actor="Security forces")
    assert [p.country_code for p in found] == ["BOL"]
    assert found[0].resolution == 1


def test_the_seat_of_the_speaker_is_no_place_of_a_deed() -> None:
    text = "Moscow said that militants had attacked a convoy near Aleppo."
    assert told(text, "attacked", "ASSAULT", actor="militants") == ["Aleppo"]


def test_a_text_without_places_gives_none() -> None:
    assert places("The union rejected the offer.", "rejected", "REJECT", actor="The union") == []


def test_places_run_beside_the_candidates() -> None:
    _, _, stage = stages()
    empty = Analysis(document=Document(id="x", text=""))
    assert stage([empty])[0].places == ()
    trigger = Mention(kind="trigger", span=Span(0, 0), text="", head=0)
    two = replace(empty, candidates=(EventCandidate(sentence=0, trigger=trigger, event_type="PROTEST"),) * 2)
    assert stage([two])[0].places == ((), ())


def a_place(code: str, *, province: str | None = None, district: str | None = None, country: str = "BOL") -> Place:
    town = code.startswith("PPL")
    return Place(
        text="x", span=None, name="x", geonameid=None, latitude=0.0, longitude=0.0, city="x" if town else None, district=district,
        province=province, country=None, country_code=country, feature_class="P" if town else "A", feature_code=code, resolution=4,
        radius_km=1.0,
    )  # fmt: skip


def test_what_lies_in_what() -> None:
    town, unit, state = a_place("PPL", province="Oruro"), a_place("ADM1", province="Oruro"), a_place("PCLI")
    assert lies_in(town, unit)
    assert lies_in(town, state)
    assert lies_in(unit, state)
    assert not lies_in(unit, town)
    assert not lies_in(state, unit)
    assert not lies_in(a_place("PPL", province="Potosí"), unit)
    assert not lies_in(town, a_place("PCLI", country="PER"))
    assert [level(p) for p in (town, unit, state)] == ["town", "unit", "country"]


def test_the_gap_between_spans() -> None:
    assert gap(Span(0, 3), Span(5, 8)) == gap(Span(5, 8), Span(0, 3)) == 2
    assert gap(Span(0, 6), Span(5, 8)) == 0


def test_the_chances_of_all_places_stay_below_one() -> None:
    model = PlaceModel.load()
    assert 0 < model.listed_threshold <= model.threshold < 1
    assert len(model.weights) > 50


def test_damaged_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.json, "loads", lambda text: {"weights": None})
    with pytest.raises(DataError, match="weights"):
        PlaceModel.load()
