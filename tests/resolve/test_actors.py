"""Coded actors: text, country, sectors, name and office, each read from short articles."""

from __future__ import annotations

import functools
import re
from dataclasses import replace

import pytest

from dateline.annotate.coreference import Coreference
from dateline.annotate.syntax import Syntax
from dateline.resolve.actor_lexicon import ActorLexicon, plural
from dateline.resolve.actor_words import fold
from dateline.resolve.actors import Actors
from dateline.types import Actor, Analysis, Argument, Block, Document, EventCandidate, Layer, Mention, Span


@functools.cache
def parser() -> Syntax:
    return Syntax()


@functools.cache
def stage() -> Actors:
    return Actors()


@functools.cache
def lexicon() -> ActorLexicon:
    return ActorLexicon()


@functools.cache
def read(text: str, published: str | None = None, publisher: str | None = None) -> Analysis:
    blocks = tuple(Block(span=Span(m.start(), m.end())) for m in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text))
    document = Document(id="test", text=text, published=published, publisher=publisher, blocks=blocks)
    (parsed,) = parser()([Analysis(document=document)])
    (linked,) = Coreference()([parsed])
    return linked


def argument(analysis: Analysis, words: str, role: str = "actor") -> Argument:
    """Return an argument over the last place where the words stand; its head is the token that governs the others."""
    start = analysis.document.text.rindex(words)
    span = Span(start, start + len(words))
    inside = [t for t in analysis.tokens if span.covers(t.span)]
    numbers = {t.index for t in inside}
    head = next(t for t in inside if t.head not in numbers or t.head == t.index)
    return Argument(role=role, span=span, head=head.index, text=words, path="test")


def candidate(*arguments: Argument, event_type: str = "PROTEST", modes: tuple[str, ...] = ()) -> EventCandidate:
    trigger = Mention(kind="trigger", span=Span(0, 0), text="", head=0)
    return EventCandidate(sentence=0, trigger=trigger, event_type=event_type, modes=modes, arguments=arguments)


def coded(
    text: str,
    words: str,
    role: str = "actor",
    event_type: str = "PROTEST",
    modes: tuple[str, ...] = (),
    published: str | None = None,
    publisher: str | None = None,
) -> Actor:
    analysis = read(text, published, publisher)
    found = candidate(argument(analysis, words, role), event_type=event_type, modes=modes)
    (done,) = stage()([replace(analysis, candidates=(found,))])
    side = done.sides[0].actors if role == "actor" else done.sides[0].recipients
    assert all(a.span is None or a.span.of(text) == a.text for a in side)
    return side[0]


@pytest.mark.parametrize(
    ("text", "words", "country", "sector"),
    [
        ("Israeli troops raided the village.", "Israeli troops", "ISR", "MIL"),
        ("The police of Ecuador seized the lorries.", "The police of Ecuador", "ECU", "COP"),
        ("Kenyan doctors went on strike.", "Kenyan doctors", "KEN", "MED"),
        ("Prosecutors in Peru charged the mayor.", "Prosecutors in Peru", "PER", "JUD"),
        ("Dozens of Polish miners marched.", "Dozens of Polish miners", "POL", "LAB"),
        ("Peasants burned tyres in Paraguay.", "Peasants", "PRY", "AGR"),
        ("Chilean students occupied the faculty.", "Chilean students", "CHL", "EDU"),
        ("Masked gunmen opened fire in Yemen.", "Masked gunmen", "YEM", "UAF"),
        ("Opposition lawmakers left the hall in Ghana.", "Opposition lawmakers", "GHA", "PTY"),
        ("Union leaders in Chile called a strike.", "Union leaders", "CHL", "LAB"),
        ("France rejected the offer.", "France", "FRA", "GOV"),
        ("Somali refugees crossed the river.", "Somali refugees", "SOM", "REF"),
    ],
)
def test_country_and_sector_of_a_phrase(text: str, words: str, country: str, sector: str) -> None:
    actor = coded(text, words)
    assert (actor.code, actor.sectors[0]) == (country, sector)


@pytest.mark.parametrize(
    ("text", "words", "name", "country", "sector"),
    [
        ("The FBI searched the office.", "The FBI", "Federal Bureau of Investigation", "USA", "COP"),
        ("The UN appealed for calm.", "The UN", "United Nations", "UNO", "GOV"),
        ("Boko Haram attacked a market.", "Boko Haram", "Boko Haram", "NGA", "REB"),
        ("Amnesty International condemned the arrests.", "Amnesty International", "Amnesty International", "NGO", "SOC"),
        ("The European Commission praised the vote.", "The European Commission", "European Commission", "EUR", "GOV"),
        ("BJP supporters blocked the road.", "BJP supporters", "Bharatiya Janata Party", "IND", "PTY"),
    ],
)
def test_listed_bodies(text: str, words: str, name: str, country: str, sector: str) -> None:
    actor = coded(text, words)
    assert (actor.identifier_text, actor.code, actor.sectors[0]) == (name, country, sector)


def test_the_text_loses_article_and_relative_clause() -> None:
    actor = coded("The Bolivian workers who lost their jobs marched.", "The Bolivian workers who lost their jobs")
    assert actor.text == "Bolivian workers"
    assert coded("More than 300 farmers marched in Spain.", "More than 300 farmers").text == "farmers"


def test_an_office_told_once_holds_for_the_surname() -> None:
    text = "The deputy interior minister of Honduras, Javier Orellana, met the strikers. Orellana promised a pardon."
    actor = coded(text, "Orellana", event_type="CONCEDE")
    assert (actor.identifier_text, actor.code, actor.sectors[0]) == ("Javier Orellana", "HND", "GOV")
    assert actor.office is not None
    assert "minister" in actor.office


def test_a_title_is_no_part_of_the_text() -> None:
    actor = coded("Judge Corina Vogel jailed the editor in Austria.", "Judge Corina Vogel")
    assert (actor.text, actor.sectors) == ("Corina Vogel", ("JUD",))


def test_former_officials_are_elites() -> None:
    actor = coded("Former president Tomas Rivas of Panama condemned the ruling.", "Former president Tomas Rivas")
    assert actor.sectors[0] == "ELI"
    assert actor.office == "former president"


def test_the_president_of_a_club_is_no_head_of_state() -> None:
    actor = coded("Anna Berg, president of the Nurses Union, rejected the offer in Norway.", "Anna Berg", event_type="REJECT")
    assert actor.sectors[0] == "LAB"


def test_a_leader_is_coded_by_the_year_of_the_article() -> None:
    text = "Tony Blair condemned the attack."
    assert coded(text, "Tony Blair", published="2003-04-01").sectors[0] == "GOV"
    later = coded(text, "Tony Blair", published="2016-04-01")
    assert later.sectors[0] == "ELI"
    assert later.office == "former prime minister"


def test_another_person_of_a_leaders_surname_is_not_the_leader() -> None:
    actor = coded("The singer Alice Putin marched in Canada.", "Alice Putin")
    assert actor.identifier_text == "Alice Putin"
    assert actor.code == "CAN"


def test_a_pronoun_is_replaced_by_its_antecedent_where_that_stands() -> None:
    text = "Senator James Holloway met the strikers in Kenya. He accused the firm of lying."
    actor = coded(text, "He", event_type="ACCUSE")
    assert actor.text == "James Holloway"
    assert actor.span == Span(text.index("James"), text.index(" met"))
    assert actor.sectors[0] == "LEG"


def test_an_unresolved_pronoun_leaves_the_side_unnamed() -> None:
    actor = coded("They burned cars.", "They")
    assert (actor.text, actor.span, actor.sectors) == ("", None, ("UNK",))


def test_unnamed_sides() -> None:
    analysis = read("Two men were arrested in Malta.")
    unnamed = Argument(role="actor", span=None, head=None, text="", path="passive", default_sector="COP")
    gone = Argument(role="recipient", span=None, head=None, text="", path="none")
    (done,) = stage()([replace(analysis, candidates=(candidate(unnamed, gone, event_type="COERCE"),))])
    assert done.sides[0].actors[0].sectors == ("COP",)
    assert done.sides[0].actors[0].code == "MLT"
    assert done.sides[0].recipients == ()


def test_a_named_side_displaces_an_unnamed_one() -> None:
    analysis = read("Police arrested two men in Malta.")
    unnamed = Argument(role="actor", span=None, head=None, text="", path="passive", default_sector="COP")
    (done,) = stage()([replace(analysis, candidates=(candidate(argument(analysis, "Police"), unnamed),))])
    assert [a.text for a in done.sides[0].actors] == ["Police"]


def test_nobody_stands_twice_on_a_side_or_on_both() -> None:
    text = "Angela Merkel met aides in Berlin. Merkel and the unions criticised the plan that Merkel had drawn up."
    analysis = read(text, published="2015-03-02")
    first, last = argument(analysis, "Merkel and"), argument(analysis, "Merkel", "recipient")
    first = replace(first, span=Span(first.span.start, first.span.start + 6)) if first.span else first
    unions = argument(analysis, "the unions")
    one = candidate(first, replace(last, role="actor"), unions, last, replace(unions, role="recipient"), event_type="ACCUSE")
    (sides,) = next(iter(stage()([replace(analysis, candidates=(one,))]))).sides
    assert [a.identifier_text or a.text for a in sides.actors] == ["Angela Merkel", "unions"]
    assert sides.recipients == ()


def test_who_is_only_named_nearby_gives_way_to_the_side_that_syntax_shows() -> None:
    analysis = read("Police fired at the crowd. A union leader accused the police of brutality.", published="2015-03-02")
    near = replace(argument(analysis, "Police fired"), path="named nearby")
    near = replace(near, span=Span(0, 6), head=0)
    one = candidate(near, argument(analysis, "A union leader"), argument(analysis, "the police", "recipient"), event_type="ACCUSE")
    (sides,) = next(iter(stage()([replace(analysis, candidates=(one,))]))).sides
    assert [a.text for a in sides.actors] == ["union leader"]
    assert [a.text for a in sides.recipients] == ["police"]


def test_men_who_are_arrested_are_suspects_and_men_who_are_shot_are_civilians() -> None:
    text = "Police stopped two men in Malta."
    assert coded(text, "two men", role="recipient", event_type="COERCE", modes=("arrest",)).sectors[0] == "CRM"
    assert coded(text, "two men", role="recipient", event_type="ASSAULT").sectors == ("CVL",)


def test_the_outlet_stands_in_where_the_story_names_no_country() -> None:
    text = "Teachers marched through the town."
    assert coded(text, "Teachers", publisher="www.cbc.ca").code == "CAN"
    assert coded(text, "Teachers", publisher="news.example.co.za").code == "ZAF"
    assert coded(text, "Teachers").code is None


def test_a_text_without_capitals_is_read_too() -> None:
    text = "the bjp criticised the us on monday. chief minister suresh patil of india met farmers."
    assert coded(text, "bjp", event_type="ACCUSE").identifier_text == "Bharatiya Janata Party"
    assert coded(text, "us", role="recipient", event_type="ACCUSE").code == "USA"
    assert coded(text, "suresh patil", event_type="CONSULT").identifier_text == "Suresh Patil"


def test_a_capital_city_can_stand_for_its_government() -> None:
    actor = coded("Moscow rejected the plan.", "Moscow", event_type="REJECT")
    assert (actor.code, actor.sectors, actor.identifier_text) == ("RUS", ("GOV",), "Russia")


def test_candidates_and_sides_run_side_by_side() -> None:
    analysis = read("Police in Malta arrested two men.")
    found = (candidate(argument(analysis, "Police")), candidate())
    (done,) = stage()([replace(analysis, candidates=found)])
    assert len(done.sides) == 2
    assert done.chains == analysis.chains
    assert Actors.provides == frozenset({Layer.SIDES})
    assert all(0.0 <= a.confidence <= 1.0 for s in done.sides for a in s.actors)


def test_no_candidates_no_sides() -> None:
    (done,) = stage()([read("Nothing happened in Malta.")])
    assert done.sides == ()


def test_the_word_lists_are_read_folded() -> None:
    assert fold("Vice-President Áñez, U.S.") == ("vice", "president", "anez", "us")
    plurals = {"policeman": "policemen", "party": "parties", "church": "churches", "german": "germans", "police": "police"}
    assert {word: plural(word) for word in plurals} == plurals
    agent = lexicon().agent("Members of Parliament")
    assert agent is not None
    assert agent.sectors == ("LEG",)
    assert lexicon().agent("umbrella") is None
