"""The heads that the bench fits: folds, features, thresholds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bench import heads
from bench.heads import Item, best, class_head, cross_validated, fold_of, labels_head, probabilities, record_names, threshold

from dateline.types import Actor, Analysis, Document, EventCandidate, Mention, Quantity, Sides, Span

pytest.importorskip("sklearn")

TEXT = "Dockers marched."


def item(text: str, **names: float) -> Item:
    return Item(text=text, words=text, names=names, group=text)


def analysis(kind: str = "PROTEST", sure: float = 0.7) -> Analysis:
    trigger = Mention(kind="trigger", span=Span(8, 15), text="marched", head=1)
    candidate = EventCandidate(
        sentence=0,
        trigger=trigger,
        event_type=kind,
        modes=("demo",),
        auxiliary=("negation",),
        quantities=(Quantity(what="participants", minimum=40, maximum=40, text="40", span=Span(0, 2)),),
        rule="march",
    )
    dockers = Actor(text="Dockers", span=Span(0, 7), code="BEL", sectors=("LAB",))
    return Analysis(
        document=Document(id="d", text=TEXT),
        candidates=(candidate,),
        confidences=(sure,),
        sides=(Sides(actors=(dockers,)),),
    )


MARCHES = [item(f"{who} marched through {where}", record=1.0) for who in ("dockers", "nurses", "miners") for where in ("Ghent", "Oruro")]
TALKS = [item(f"{who} held talks in {where}", other=1.0) for who in ("envoys", "ministers", "judges") for where in ("Ghent", "Oruro")]


def test_a_text_has_one_fold_however_it_is_spaced_and_quoted() -> None:
    assert fold_of("Dockers marched,\n on Monday.") == fold_of("dockers  marched on monday")
    assert len({fold_of(f"text {n}") for n in range(100)}) == heads.FOLDS


def test_inner_folds_are_not_the_outer_ones() -> None:
    texts = [t for t in (f"text {n}" for n in range(400)) if fold_of(t) == 0]
    assert len({fold_of(t, heads.INNER, "inner:") for t in texts}) == heads.INNER


def test_record_features_carry_the_confidence_of_the_surest_candidate() -> None:
    one = analysis(sure=0.4)
    two = replace(one, candidates=(*one.candidates, one.candidates[0]), confidences=(0.4, 0.9), sides=(one.sides[0], Sides()))
    found = record_names(two)
    assert found["type=PROTEST"] == 0.9
    assert found["type=PROTEST+actor=LAB"] == 0.4
    assert found["type=PROTEST+mode=demo"] == found["type=PROTEST+flag=negation"] == found["count=participants"] == 0.9
    assert record_names(None) == {}


def test_a_head_learns_from_words_and_from_names() -> None:
    train = [*MARCHES, *TALKS]
    labels = ["march"] * len(MARCHES) + ["talk"] * len(TALKS)
    asked = [item("bakers marched"), item("bakers held talks"), item("bakers", record=1.0), item("bakers", other=1.0)]
    assert class_head(train, labels, asked) == ["march", "talk", "march", "talk"]


def test_probabilities_have_a_column_a_class_also_for_one_never_seen() -> None:
    rows = probabilities([*MARCHES, *TALKS], ["b"] * 6 + ["c"] * 6, [item("bakers marched")], ["a", "b", "c"])
    assert rows.shape == (1, 3)
    assert rows[0, 0] == 0.0
    assert rows[0].sum() == pytest.approx(1.0)
    assert best(rows, ["a", "b", "c"]) == ["b"]


def test_dense_columns_join_the_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "dense", lambda items: heads.np.ones((len(items), 0)))
    plain = heads.Features(MARCHES).matrix(MARCHES).shape[1]
    monkeypatch.setattr(heads, "dense", lambda items: heads.np.ones((len(items), 3)))
    assert heads.Features(MARCHES).matrix(MARCHES).shape == (len(MARCHES), plain + 3)


def test_the_threshold_is_the_one_of_the_best_f1() -> None:
    # yes from 0.6 on: two hits of two yes among three, F1 0.8; from 0.9 on: F1 2/3
    assert threshold([True, False, True, False], [0.9, 0.7, 0.6, 0.2]) == pytest.approx(0.4)
    assert threshold([False, False], [0.9, 0.1]) == 0.5


def test_every_item_is_answered_by_a_head_that_did_not_see_its_text() -> None:
    items = [item(f"text {n}") for n in range(30)]

    def answer(train: list[Item], truths: list[str], asked: list[Item]) -> list[str]:
        assert not {i.group for i in train} & {i.group for i in asked}
        assert [i.text for i in train] == truths
        return [f"answer to {i.text}" for i in asked]

    assert cross_validated(answer, items, [i.text for i in items]) == [f"answer to {i.text}" for i in items]


def test_labels_are_taken_one_by_one() -> None:
    both = [item(f"{i.text} and {j.text}", record=1.0, other=1.0) for i, j in zip(MARCHES, TALKS, strict=True)]
    train = [*MARCHES, *TALKS, *both, *(item(f"rain fell on {n}") for n in range(6))]
    truths = [["march"]] * 6 + [["talk"]] * 6 + [["march", "talk"]] * 6 + [[]] * 6
    asked = [item("dockers marched", record=1.0), item("dockers marched and held talks", record=1.0, other=1.0), item("rain fell")]
    found = labels_head(train, truths, asked, ("march", "talk"))
    assert [one["labels"] for one in found] == [["march"], ["march", "talk"], []]
    assert found[0]["scores"]["march"] > found[0]["scores"]["talk"]


def test_the_learned_coders_vectors_are_dense_columns() -> None:
    rows = heads.dense([item("Police shot a farmer."), item("Rain fell.")])
    assert rows.shape[0] == 2
    assert rows.shape[1] > 2 * 16
    assert not heads.np.array_equal(rows[0], rows[1])
    assert heads.np.array_equal(rows[1], heads.dense([item("Rain fell.")])[0])


def test_without_a_learned_coder_there_are_no_dense_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "built_in", lambda language: None)
    heads._seen.cache_clear()
    assert heads.dense([item("Hail fell.")]).shape == (1, 0)
    heads._seen.cache_clear()
