"""Which heads are looked at for the sides of a trigger, and what the role models see of each."""

from __future__ import annotations

import pytest
from tests.support import analysed, candidate, side, stage

from dateline.events.arguments import Arguments
from dateline.events.frames import Frames
from dateline.events.roles import BEFORE, Pair, RoleReader
from dateline.events.tree import Tree
from dateline.models.linear import LinearModel
from dateline.types import EventCandidate

TEXT = "The army left the valley on Monday. Soldiers of the border guard arrested two students at the market, the mayor said."


def reader(text: str) -> RoleReader:
    analysis = analysed(text, "events.classification")
    return RoleReader(analysis, Frames("en"), Tree(analysis))


def of(made: RoleReader, trigger: str) -> EventCandidate:
    return next(c for c in made.analysis.candidates if c.trigger.text == trigger)


def pairs(text: str, trigger: str) -> dict[str, Pair]:
    made = reader(text)
    return {p.head.text: p for p in made.pairs(of(made, trigger))}


def test_the_frame_proposes_the_subject_and_the_object() -> None:
    found = pairs(TEXT, "arrested")
    assert found["Soldiers"].actor_path == "subject"
    assert found["students"].recipient_path == "object"


def test_the_sentence_and_those_before_offer_others() -> None:
    found = pairs(TEXT, "arrested")
    assert {"mayor", "army"} <= set(found)
    assert found["army"].actor_path is None
    assert found["army"].path == "named nearby"


def test_nobody_is_looked_for_too_far_back() -> None:
    text = "The army left. " + "It rained on Monday. " * BEFORE + "Soldiers arrested two students."
    assert "army" not in pairs(text, "arrested")


def test_days_things_and_the_trigger_itself_are_no_sides() -> None:
    found = pairs("On Monday the arrest of two students by police filled the street.", "arrest")
    assert not {"Monday", "arrest", "street"} & set(found)
    assert {"students", "police"} <= set(found)


def test_the_heads_are_in_text_order() -> None:
    made = reader(TEXT)
    heads = [p.head.index for p in made.pairs(of(made, "arrested"))]
    assert heads == sorted(set(heads))


def test_features_have_no_doubles_and_are_the_same_each_time() -> None:
    one, other = reader(TEXT), reader(TEXT)
    for a, b in zip(one.analysis.candidates, other.analysis.candidates, strict=True):
        for (p, features), (q, again) in zip(one.read(a), other.read(b), strict=True):
            assert (p.head, features) == (q.head, again)
            assert len(features) == len(set(features))


def test_features_know_the_frame_the_head_and_who_speaks() -> None:
    made = reader(TEXT)
    trigger = of(made, "arrested")
    found = {p.head.text: features for p, features in made.read(trigger)}
    assert "frame=A:subject" in found["Soldiers"]
    assert "frame=R:object" in found["students"]
    assert "frame=none" in found["mayor"]
    assert "speaker=True+COERCE" in found["mayor"]
    assert "speaker=False+COERCE" in found["Soldiers"]
    assert "lemma=soldier" in found["Soldiers"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [("Soldiers", "nsubj|"), ("students", "dobj|"), ("mayor", "nsubj|ccomp"), ("guard", "pobj>prep>nsubj|")],
)
def test_paths_run_up_to_the_common_governor_and_down(head: str, expected: str) -> None:
    made = reader(TEXT)
    trigger = made.tree.tokens[of(made, "arrested").trigger.head]
    token = next(t for t in made.analysis.tokens if t.text == head)
    assert made.path(token, trigger) == expected


def test_a_head_of_another_tree_is_apart() -> None:
    made = reader(TEXT)
    army, trigger = made.analysis.tokens[1], made.tree.tokens[of(made, "arrested").trigger.head]
    assert army.sentence != trigger.sentence
    assert made.path(army, trigger) == "apart"


# The decision, with models of the tests' own


def model(*wanted: str) -> LinearModel:
    return LinearModel(bias=-4.0, weights=dict.fromkeys(wanted, 8.0), slope=1.0, shift=0.0, threshold=0.5)


def sides(text: str, trigger: str, actor: LinearModel, recipient: LinearModel) -> tuple[list[str], list[str]]:
    made = Arguments(actor=actor, recipient=recipient)
    (analysis,) = made([analysed(text, "events.classification")])
    found = next(c for c in analysis.candidates if c.trigger.text == trigger)
    return side(found, "actor"), side(found, "recipient")


def test_the_models_choose_each_side() -> None:
    chosen = sides(TEXT, "arrested", model("frame=A:subject"), model("frame=R:object"))
    assert chosen == (["Soldiers of the border guard"], ["two students"])


def test_a_side_may_come_from_outside_the_frame() -> None:
    assert sides(TEXT, "arrested", model("lemma=army"), model("frame=R:object")) == (["army"], ["two students"])


def test_the_trigger_is_no_part_of_the_side_that_it_stands_before() -> None:
    assert sides("Officials met the detained protesters.", "detained", model(), model("lemma=protester")) == ([], ["protesters"])


def test_a_head_stands_on_its_likelier_side_only() -> None:
    likelier = LinearModel(bias=-4.0, weights={"frame=R:object": 9.0}, slope=1.0, shift=0.0, threshold=0.5)
    assert sides(TEXT, "arrested", model("frame=R:object"), likelier) == ([], ["two students"])


def test_when_nobody_passes_the_actor_is_unnamed_and_the_recipient_left_out() -> None:
    made = Arguments(actor=model(), recipient=model())
    (analysis,) = made([analysed("Police arrested two men.", "events.classification")])
    (argument,) = analysis.candidates[0].arguments
    assert (argument.role, argument.text, argument.span, argument.head) == ("actor", "", None, None)
    assert argument.default_sector == "COP"


def test_all_sides_of_a_symmetric_act_are_actors() -> None:
    assert sides("The two armies clashed with the rebels.", "clashed", model("frame=A:subject"), model("lemma=rebel")) == (
        ["two armies", "rebels"],
        [],
    )


def test_one_entity_stands_on_a_side_once() -> None:
    text = "The Union of Bakers met on Monday. Members of the Union of Bakers marched, and the union blocked a road."
    found = candidate(text, "blocked", "events.arguments")
    chains = {m.head: c.index for c in analysed(text, "events.arguments").chains for m in c.mentions}
    named = [chains[a.head] for a in found.of_role("actor") if a.head in chains]
    assert len(named) == len(set(named))


def test_the_shipped_models_are_those_of_the_language() -> None:
    made = stage("events.arguments")
    assert made.actor.weights != made.recipient.weights  # type: ignore[attr-defined]
