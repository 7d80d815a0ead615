"""One event a thing that happened: what is joined, what is dropped, and which mention gives which field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.merge.same_event import told
from dateline.merge.within_document import WithinDocument, group
from dateline.models.linear import LinearModel
from dateline.types import Analysis, Event, Layer, Quantity, Span
from tests.merge.tellings import JOINER, KEEPER, PARTER, Telling, analysis, argument, day, telling, told_by, town, who
from tests.support import analysed, stage


def merged(*tellings: Telling, model: LinearModel = JOINER, threshold: float = 0.5, **given: str | None) -> Analysis:
    (done,) = WithinDocument(threshold=threshold, model=model)([analysis(*tellings, **given)])  # type: ignore[arg-type]
    return done


def one(*tellings: Telling, **given: str | None) -> Event:
    (event,) = merged(*tellings, **given).events
    return event


def killed(minimum: int, maximum: int | None, text: str) -> Quantity:
    return Quantity(what="killed", minimum=minimum, maximum=maximum, text=text, span=Span(0, 1))


# What is joined


def test_two_mentions_of_one_event_are_one_record() -> None:
    event = one(telling("arrested", confidence=0.9), telling("arrest", confidence=0.6))
    assert event.event_text == "arrested"
    assert [e.sequence for e in event.evidence] == [1, 2]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (telling(places=(town("Oruro"),)), telling(places=(town("La Paz"),))),
        (telling(interval=day("2024-03-11")), telling(interval=day("2024-03-12"))),
        (telling(event_type="COERCE"), telling(event_type="ASSAULT")),
        (telling(), telling(auxiliary=("negation",))),
        (telling(quantities=(killed(3, 3, "3"),)), telling(quantities=(killed(9, 9, "9"),))),
    ],
    ids=["two towns", "two days", "two types", "done and not done", "two counts"],
)
def test_what_differs_is_two_records(a: Telling, b: Telling) -> None:
    assert len(merged(a, b).events) == 2


def test_a_group_grows_only_while_its_members_agree_on_average() -> None:
    first, second = telling(interval=day("2024-03-11")), telling(interval=day("2024-03-12"))
    undated = telling()
    events = merged(first, undated, second).events
    assert sorted(len(e.evidence) for e in events) == [1, 2]


def test_nothing_is_joined_under_the_models_threshold() -> None:
    assert len(merged(telling(), telling(), telling(), model=PARTER).events) == 3


def test_each_join_keeps_its_reason() -> None:
    made = analysis(telling(), telling())
    ((members, reasons),) = group(told(made), JOINER, made)
    assert len(members) == 2
    assert reasons == ["0.73 (for: nothing; against: nothing)"]


def test_who_acts_in_one_mention_is_not_acted_on_in_another() -> None:
    miners, police = who("miners", sector="LAB"), who("police")
    a = telling(actors=(miners,), confidence=0.9)
    b = telling(recipients=(miners, police), confidence=0.6)
    event = one(a, b)
    assert event.actors == (miners,)
    assert event.recipients == (police,)


# What is dropped


def test_what_is_too_weak_is_passed_over_with_its_reason() -> None:
    done = merged(telling("arrested", confidence=0.9), telling("seized", confidence=0.31), threshold=0.4, model=PARTER)
    assert [e.event_text for e in done.events] == ["arrested"]
    (passed,) = done.abstentions
    assert passed.why == "COERCE 'seized': confidence 0.31 is under 0.40"
    assert passed.stage == "merge.within_document"
    assert passed.sentence == 1
    assert passed.trigger is not None
    assert passed.trigger.of(done.document.text) == "seized"


def test_the_threshold_itself_is_enough() -> None:
    assert len(merged(telling(confidence=0.4), threshold=0.4).events) == 1


def mobilised(actor: str = "the army", *, same_sentence: bool = True) -> tuple[Telling, Telling]:
    return (
        telling("attacked", "ASSAULT", actors=(who("army", "BOL", "MIL"),)),
        telling("deployed", "MOBILIZE", actors=(who(actor, "BOL", "MIL"),), same_sentence=same_sentence),
    )


def test_mobilising_beside_an_assault_by_the_same_force_is_not_coded() -> None:
    done = merged(*mobilised())
    assert [e.event_type for e in done.events] == ["ASSAULT"]
    (passed,) = done.abstentions
    assert "MOBILIZE beside an ASSAULT" in passed.why


def test_mobilising_by_another_force_or_elsewhere_is_coded() -> None:
    for tellings in (mobilised("border guards"), mobilised(same_sentence=False)):
        assert {e.event_type for e in merged(*tellings).events} == {"ASSAULT", "MOBILIZE"}


# Which mention gives which field


def test_the_first_evidence_is_the_mention_that_tells_most_then_text_order() -> None:
    event = one(telling("raid", confidence=0.5), telling("raids", confidence=0.6), telling("raided", confidence=0.9), threshold=0.4)  # type: ignore[arg-type]
    assert [e.sequence for e in event.evidence] == [3, 1, 2]
    assert event.event_text == "raided"
    assert event.confidence == pytest.approx(0.9)


def test_known_fields_make_a_mention_richer() -> None:
    full = telling("seized", confidence=0.75, actors=(who("police"),), recipients=(who("shop", sector="BUS"),), interval=day("2024-03-11"))
    assert one(telling("seizure", confidence=0.8, nominal=True), full).event_text == "seized"


def test_two_mentions_in_one_sentence_are_one_evidence() -> None:
    event = one(telling("arrested"), telling("detained", same_sentence=True))
    assert len(event.evidence) == 1


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (day("2024-03-12", "inherited"), day("2024-03-11", "publication")),
        (day("2024-03-11", "narrative"), day("2024-03-11", "explicit")),
        (day("2024-03", precision="month", latest="2024-03-31"), day("2024-03-11")),
    ],
)
def test_the_interval_that_is_best_known_is_taken(worse: object, better: object) -> None:
    event = one(telling(interval=worse, confidence=0.9), telling(interval=better, confidence=0.6))
    assert event.interval == better


def test_the_mention_that_tells_most_settles_ties_of_intervals() -> None:
    first = day("2024-03-11", "explicit")
    again = day("2024-03-11", "publication")
    assert one(telling(interval=again, confidence=0.9), telling(interval=first, confidence=0.6)).interval == again


def test_a_town_is_better_than_its_country() -> None:
    country, city = town("Bolivia", resolution=1), town("Oruro")
    assert one(telling(places=(country,), confidence=0.9), telling(places=(city,), confidence=0.6)).places == (city,)
    assert one(telling(places=(city,), confidence=0.9), telling(places=(country,), confidence=0.6)).places == (city,)
    abroad = town("Cusco", "PER")
    assert one(telling(places=(country,), confidence=0.9), telling(places=(abroad,), confidence=0.6), model=KEEPER).places == (country,)


def test_a_side_comes_from_the_mention_that_ties_it_most_directly() -> None:
    far = telling(actors=(who("officers"),), arguments=(argument("actor", "named nearby"),), confidence=0.9)
    near = telling(actors=(who("the officers of Lenko"),), arguments=(argument("actor", "subject"),), confidence=0.6)
    assert [a.text for a in one(far, near).actors] == ["the officers of Lenko"]


def test_a_named_side_is_better_than_an_unnamed_one() -> None:
    unnamed, named = who("", sector="UNK"), who("police")
    assert one(telling(actors=(unnamed,), confidence=0.9), telling(actors=(named,), confidence=0.6)).actors == (named,)
    assert one(telling(actors=(unnamed,))).actors == (unnamed,)


def test_modes_and_counts_are_gathered_contexts_are_the_best_mentions() -> None:
    a = telling(modes=("arrest",), contexts=("legal",), quantities=(killed(3, 3, "three"),), confidence=0.9)
    b = telling(modes=("seize", "arrest"), contexts=("economic",), quantities=(killed(3, 3, "3 men"),), confidence=0.6)
    event = one(a, b)
    assert event.modes == ("arrest", "seize")
    assert event.contexts == ("legal",)
    assert [q.text for q in event.quantities] == ["three"]


def test_the_articles_own_voice_wins() -> None:
    reported = telling(claim="reported", says=told_by(), confidence=0.9)
    event = one(reported, telling(confidence=0.6))
    assert (event.claim, event.says) == ("asserted", None)
    assert one(reported).says == told_by()


# Flags, names and traces


@pytest.mark.parametrize(
    ("date", "published", "historical"),
    [
        ("2023-03-12", "2024-03-14", True),
        ("2023-03-15", "2024-03-14", False),
        ("2024-03-11", "2024-03-14", False),
        ("2020-01-01", None, False),
    ],
)
def test_what_ended_over_a_year_before_publication_is_historical(date: str, published: str | None, historical: bool) -> None:
    event = one(telling(interval=day(date), auxiliary=("hypothetical",)), published=published)
    assert event.auxiliary == (("historical", "hypothetical") if historical else ("hypothetical",))


def test_what_is_historical_already_is_so_once() -> None:
    assert one(telling(interval=day("2020-03-11"), auxiliary=("historical",))).auxiliary == ("historical",)


def test_ids_are_stable_and_distinct() -> None:
    tellings = (telling(), telling(event_type="ASSAULT"), telling("seized"), telling("seized", event_type="ASSAULT", same_sentence=True))
    ids = [e.id for e in merged(*tellings, model=PARTER).events]
    assert len(set(ids)) == 4
    assert ids == [e.id for e in merged(*tellings, model=PARTER).events]
    assert all(len(i) == 16 and int(i, 16) >= 0 for i in ids)


def test_the_id_is_of_the_document_the_type_and_the_trigger() -> None:
    base = one(telling(confidence=0.8)).id
    assert one(telling(confidence=0.6, interval=day("2024-03-11"))).id == base
    assert one(telling(event_type="ASSAULT")).id != base
    assert one(telling("arresting")).id != base
    assert one(telling(), name="another").id != base


def test_two_records_at_one_trigger_have_two_ids() -> None:
    made = analysis(telling(interval=day("2024-03-11")), telling(interval=day("2024-03-12")))
    first, second = made.candidates
    (done,) = WithinDocument(threshold=0.5, model=PARTER)([replace(made, candidates=(first, replace(second, trigger=first.trigger)))])
    assert len({e.id for e in done.events}) == 2


def test_events_stand_in_the_order_of_their_best_sentences() -> None:
    events = merged(telling("first"), telling("second", "ASSAULT"), telling("third", "PROTEST"), model=PARTER).events
    assert [e.event_text for e in events] == ["first", "second", "third"]


def test_the_trace_holds_what_each_stage_noted_and_what_was_merged() -> None:
    event = one(telling("arrested", confidence=0.9), telling("arrest", confidence=0.6))
    assert [t.stage for t in event.trace] == ["events.triggers", "merge.within_document"]
    assert event.trace[0].rule == "COERCE.arrested.v"
    assert event.trace[-1].why.startswith("one event with 'arrest' in sentence 2 (0.73")
    assert one(telling()).trace[-1].why == "told once"


def test_nothing_gives_nothing() -> None:
    done = merged()
    assert (done.events, done.abstentions) == ((), ())
    assert WithinDocument.provides == frozenset({Layer.EVENTS, Layer.ABSTENTIONS})


# The shipped weights


def test_the_shipped_weights_join_a_verb_and_the_noun_that_takes_it_up() -> None:
    text = (
        "Gunmen killed four soldiers in an attack on a barracks in Nairobi on Sunday. The army said the attack on the barracks in Nairobi "
        "on Sunday was the first this year."
    )
    events = analysed(text, published="2024-03-06").events
    assaults = [e for e in events if e.event_type == "ASSAULT"]
    assert assaults
    assert max(len(e.evidence) for e in assaults) == 2


def test_the_shipped_weights_keep_two_towns_and_two_days_apart() -> None:
    text = "Police arrested two students in Nairobi on Sunday. On Friday police arrested forty miners in Mombasa."
    arrests = [e for e in analysed(text, published="2024-03-06").events if e.event_type == "COERCE"]
    assert len(arrests) == 2
    assert {p.name for e in arrests for p in e.places} == {"Nairobi", "Mombasa"}


def test_the_threshold_is_that_of_the_shipped_weights() -> None:
    assert 0 < stage("merge.within_document").threshold < 1  # type: ignore[attr-defined]
