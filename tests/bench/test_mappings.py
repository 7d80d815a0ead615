"""What records become in sets with labels of their own; every text is made up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from bench import case2021, glocon, india_police, mentions, plv, satp

import dateline
from dateline.types import Actor, Analysis, Document, Event, EventCandidate, Mention, Quantity, Sides, Span


def side(sector: str, start: int = 0) -> Actor:
    return Actor(text="x", span=Span(start, start + 1), code=None, sectors=(sector,))


def event(kind: str, *modes: str, by: str = "", on: str = "", **more: Any) -> Event:
    given = Event(
        id="e",
        document="d",
        event_type=kind,
        modes=modes,
        contexts=(),
        auxiliary=(),
        event_text="",
        evidence=(),
        actors=(side(by),) if by else (),
        recipients=(side(on, 2),) if on else (),
        interval=None,
        places=(),
        quantities=(),
        claim="asserted",
        says=None,
        confidence=0.6,
    )
    return replace(given, **more)


def analysis(*events: Event, text: str = "") -> Analysis:
    return Analysis(document=Document(id="d", text=text), events=events)


KILLED = Quantity(what="killed", minimum=2, maximum=2, text="two", span=Span(0, 3))


@pytest.mark.parametrize(
    ("made", "labels"),
    [
        (event("COERCE", "arrest", by="COP"), ["ARREST", "ANY_ACTION"]),
        (event("COERCE", "arrest", by="UNK"), ["ARREST", "ANY_ACTION"]),
        (event("COERCE", "arrest", by="REB"), []),
        (event("COERCE", "arrest", by="COP", auxiliary=("future",)), []),
        (event("ASSAULT", "crowd-control", by="COP"), ["FORCE", "ANY_ACTION"]),
        (event("ASSAULT", by="COP", quantities=(KILLED,)), ["KILL", "FORCE", "ANY_ACTION"]),
        (event("ASSAULT", by="CVL", quantities=(KILLED,)), []),
        (event("COERCE", "arrest", by="COP", auxiliary=("negation",)), ["FAIL"]),
        (event("ACCUSE", "disapprove", by="PTY", on="COP"), ["FAIL"]),
        (event("MOBILIZE", by="COP"), ["ANY_ACTION"]),
        (event("REQUEST", by="COP"), []),
    ],
)
def test_police_labels(made: Event, labels: list[str]) -> None:
    assert india_police.zero_shot(analysis(made))["labels"] == [x for x in india_police.LABELS if x in labels]


def test_a_text_that_failed_has_no_labels() -> None:
    assert india_police.zero_shot(None)["labels"] == []
    assert glocon.zero_shot(None) == {"label": 0, "score": 0.0}
    assert case2021.zero_shot(None) is None
    assert satp.zero_shot(None) == []


@pytest.mark.parametrize(
    ("made", "label"),
    [
        (event("PROTEST", "strike", by="LAB"), 1),
        (event("PROTEST", auxiliary=("future",)), 0),
        (event("ASSAULT", by="REB"), 1),
        (event("ASSAULT", by="CRM"), 0),
        (event("CONSULT", by="LAB"), 0),
    ],
)
def test_contentious_events(made: Event, label: int) -> None:
    assert glocon.zero_shot(analysis(made)) == {"label": label, "score": 0.6 * label}


@pytest.mark.parametrize(
    ("made", "text", "label"),
    [
        ([event("ASSAULT", "aerial", by="MIL")], "", "AIR_STRIKE"),
        ([event("ASSAULT", "explosives")], "A roadside bomb went off.", "REM_EXPLOS"),
        ([event("ASSAULT", "explosives")], "A grenade went off.", "GRENADE"),
        ([event("ASSAULT", "explosives", "suicide-attack")], "", "SUIC_BOMB"),
        ([event("ASSAULT", by="REB", on="MIL")], "", "ARMED_CLASH"),
        ([event("ASSAULT", by="REB", on="CVL")], "", "ATTACK"),
        ([event("PROTEST"), event("CONSULT", confidence=0.9)], "", "PEACE_PROTEST"),
        ([event("PROTEST", "riot")], "", "VIOL_DEMONSTR"),
        ([event("PROTEST"), event("ASSAULT", by="COP", confidence=0.9)], "", "PROTEST_WITH_INTER"),
        ([event("PROTEST"), event("ASSAULT", by="COP", confidence=0.9, quantities=(KILLED,))], "", "FORCE_AGAINST_PROTEST"),
        ([event("SANCTION", by="GOV")], "", "DIPLO"),
    ],
)
def test_acled_like_types(made: list[Event], text: str, label: str) -> None:
    assert case2021.zero_shot(analysis(*made, text=text)) == label


def test_attack_types() -> None:
    assert satp.zero_shot(analysis(event("ASSAULT", "explosives"), event("ASSAULT", "abduct"))) == ["BOMBING_EXPLOSION", "KIDNAPPING"]
    assert satp.zero_shot(analysis(event("ASSAULT"))) == ["ARMED_ASSAULT"]
    assert satp.zero_shot(analysis(event("PROTEST"))) == []


SENTENCE = "The harbour union of Altsee accused the minister of fraud after the mayor met the minister."


@pytest.fixture(scope="module")
def coded() -> Analysis:
    return dateline.load()(SENTENCE, language="en").analysis


def marked(*words: str) -> list[dict[str, Any]]:
    return [{"text": w, "span": [SENTENCE.index(w), SENTENCE.index(w) + len(w)]} for w in words]


def test_the_event_that_ties_the_marked_pair_is_taken() -> None:
    words = ("union", "accused", "minister", "mayor", "met")
    places = {w: Span(SENTENCE.index(w), SENTENCE.index(w) + len(w)) for w in words}

    def actor(word: str) -> Actor:
        return Actor(text=word, span=places[word], code=None, sectors=())

    def candidate(kind: str, word: str) -> EventCandidate:
        return EventCandidate(sentence=0, trigger=Mention(kind="trigger", span=places[word], text=word, head=0), event_type=kind)

    parse = dateline.load()(SENTENCE, language="en").analysis
    made = replace(
        parse,
        candidates=(candidate("ACCUSE", "accused"), candidate("CONSULT", "met")),
        confidences=(0.9, 0.5),
        sides=(
            Sides(actors=(actor("union"),), recipients=(actor("minister"),)),
            Sides(actors=(actor("mayor"), actor("minister"))),
        ),
    )
    line = {"text": SENTENCE, "source": marked("mayor"), "target": marked("minister")}
    assert plv.zero_shot(line, made) == "CONSULT"
    assert plv.zero_shot(line | {"source": marked("union")}, made) == "ACCUSE"
    assert plv.zero_shot(line, None) is None


def test_marked_sides_are_masked_and_a_missing_span_is_looked_up() -> None:
    line = {"text": SENTENCE, "source": [{"text": "the mayor", "span": None}], "target": marked("the minister")}
    source, target = plv.sides_of(line)
    assert source == [Span(SENTENCE.index("the mayor"), SENTENCE.index("the mayor") + 9)]
    assert plv.masked(SENTENCE, source, target).count("targetside") == 1
    assert "the mayor" not in plv.masked(SENTENCE, source, target)


def test_features_name_the_words_between_the_pair(coded: Analysis) -> None:
    line = {"text": SENTENCE, "source": marked("The harbour union"), "target": marked("the minister")}
    item = plv.item_of(line, coded)
    assert {"between=accuse", "sverb=accuse", "order=s"} <= set(item.names)
    bare = plv.item_of(line, coded, records=False)
    assert set(bare.names) < set(item.names)
    assert not [name for name in bare.names if name.startswith(("top", "tie", "type", "rule"))]


def test_phrases_end_where_annotators_let_them(coded: Analysis) -> None:
    found = {p.core.of(SENTENCE): p for p in mentions.phrases(coded)}
    union = found["The harbour union"]
    assert union.span({}).of(SENTENCE) == "The harbour union"
    assert union.span({"of": True}).of(SENTENCE) == "The harbour union of Altsee"
    marks = [{"span": [0, len("The harbour union of Altsee")]}]
    assert list(mentions.kept_of(union, marks)) == [("of", True)]
    assert list(mentions.kept_of(union, [{"span": [0, len("The harbour union")]}])) == [("of", False)]
    gold = {"source": marks, "target": [], "reciprocal": []}
    assert mentions.role_of(union, gold) == "source"
    assert mentions.role_of(found["the mayor"], gold) == "none"


def test_the_mention_head_learns_subjects_and_objects() -> None:
    pytest.importorskip("sklearn")
    pairs = [("nurses", "the council"), ("farmers", "the ministry"), ("miners", "the governor"), ("teachers", "the mayor")]
    texts = [f"The {who} accused {whom} of fraud." for who, whom in pairs]
    coder = dateline.load()
    analyses = [coder(t, language="en").analysis for t in texts]
    gold = [
        {
            "has_spans": True,
            "source": [{"span": [0, len(f"The {who}")]}],
            "target": [{"span": [t.index(whom), t.index(whom) + len(whom)]}],
            "reciprocal": [],
        }
        for t, (who, whom) in zip(texts, pairs, strict=True)
    ]
    asked = "The dockers accused the port authority of fraud."
    (found,) = mentions.MentionHead(gold, analyses).answers([coder(asked, language="en").analysis])
    assert [s.of(asked) for s in found["source"]] == ["The dockers"]
    assert [s.of(asked) for s in found["target"]] == ["the port authority"]
    assert found["reciprocal"] == []
