"""The set of incident templates: mixed case, phrases, templates and their scores, on reports of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bench import muc4, muc4_templates
from bench.linear_heads import Head
from bench.muc4_phrases import Phrase, Reader, kinds_of, plain
from bench.muc4_templates import Found, Heads, Report
from bench.muc4_where import header_of
from bench.shared import AbsentError, Source
from bench.truecase import Truecaser

from dateline.types import Span
from tests.support import analysed

NEWS = "It is what he said it was: shot on the road. On Monday the guards fired at Ortega near La Paz. "
MORE = "Guards of the union met Ortega in May. The guards left, and Ortega may go. "
CASED = (NEWS + MORE) * 3
CAPITALS = "THE BRIGADISTAS OF THE FREE VALLEY MOVEMENT (FVM) SHOT ORTEGA IN LA PAZ ON 3 MAY.    THE FVM SAID IT MAY GO. A BRIGADISTA FLED."


def test_case_is_learned_and_every_offset_stays() -> None:
    text = Truecaser([CASED], [CAPITALS])(CAPITALS)
    assert len(text) == len(CAPITALS)
    assert text.lower().split() == CAPITALS.lower().split()
    assert "Ortega" in text
    assert "3 May" in text
    assert "it may go" in text
    assert "Free Valley Movement (FVM)" in text
    assert "The brigadistas" in text
    assert "\n\n" in text


def test_a_text_in_mixed_case_is_left_alone() -> None:
    assert Truecaser([CASED], [CAPITALS])("The Guards of Oruro") == "The Guards of Oruro"


def test_phrases_offer_the_name_without_its_title_and_the_noun_without_its_number() -> None:
    analysis = analysed("Three gunmen of the Free Valley Movement shot Mayor Anna Brodt in Oruro on Monday.")
    words = {p.words for p in Reader(analysis).phrases()}
    assert {"three gunmen", "gunmen", "three gunmen of free valley movement", "anna brodt"} <= words


def test_mentions_are_compared_as_the_scorer_does() -> None:
    assert plain('The "Free Valley" Movement') == "free valley movement"
    assert kinds_of("BOMBING") == ["bombing"]
    assert kinds_of("meeting") == []


@pytest.mark.parametrize(
    ("a", "b", "role", "same"),
    [
        ("anna brodt", "brodt", "Victim", True),
        ("anna brodt", "paul brodt", "Victim", False),
        ("free valley movement", "fvm", "PerpOrg", True),
        ("free valley movement", "abc", "PerpOrg", False),
        ("two bombs", "bomb", "Weapon", True),
    ],
)
def test_one_entity_is_named_once(a: str, b: str, role: str, same: bool) -> None:
    assert muc4_templates.same_entity(a, b, role) is same


def phrase(words: str, *features: str) -> Phrase:
    return Phrase(Span(0, len(words)), words, 0, features)


def heads() -> Heads:
    never = Head(-20.0, {})
    types = dict.fromkeys(muc4_templates.TYPES, never) | {"bombing": Head(-5.0, {"blast": 10.0}), "attack": Head(-5.0, {"shots": 9.0})}
    roles = dict.fromkeys(muc4_templates.ROLES, never) | {"Weapon": Head(-5.0, {"arm": 10.0})}
    return Heads(types=types, roles=roles)


def test_a_filler_goes_to_the_type_told_of_beside_it() -> None:
    phrases = ((phrase("two bombs", "arm"), 0, "two bombs"), (phrase("rifle", "arm"), 1, "rifle"), (phrase("bread"), 1, "bread"))
    report = Report(id="r", document=("blast", "shots"), phrases=phrases, kinds=(("bombing",), ("attack",)))
    made = {t["incident_type"]: t["Weapon"] for t in muc4_templates.templates(heads(), report)}
    assert made == {"bombing": [["two bombs"]], "attack": [["rifle"]]}
    assert muc4_templates.templates(heads(), Report(id="r", document=(), phrases=phrases, kinds=((), ()))) == []


def test_heads_learn_who_fills_a_role() -> None:
    pytest.importorskip("sklearn", reason="the heads need the extra [train]")
    gold: list[dict[str, Any]] = []
    reports = []
    for n in range(30):
        entities: dict[str, list[list[str]]] = {role: [] for role in muc4_templates.ROLES}
        filled = n % 2 == 0
        if filled:
            entities["PerpInd"] = [["gunmen"]]
        gold.append({"entities": entities, "templates": [{"incident_type": "attack"}] if filled else []})
        phrases = ((phrase(f"clerk{n}", "g=file"), 0, "clerk"), (phrase("gunmen", "g=shoot"), 0, "gunmen"))
        reports.append(Report(id=str(n), document=("w=shot",) if filled else ("w=sold",), phrases=phrases, kinds=(("attack",),)))
    fitted = muc4_templates.fit(reports, gold)
    assert fitted.decide_types(reports[0]) == ["attack"]
    assert fitted.decide_types(reports[1]) == []
    assert [f.words for f in fitted.fillers(reports[0], "PerpInd")] == ["gunmen"]
    assert fitted.fillers(reports[0], "Victim") == []


def test_nearest_falls_back_on_the_surest_type() -> None:
    found = Found(words="car", text="car", probability=0.9, sentences=(0,))
    report = Report(id="r", document=(), phrases=(), kinds=((),))
    assert muc4_templates.nearest(found, ["bombing", "attack"], report) == ["bombing"]


def test_the_header_names_city_and_country() -> None:
    assert header_of("LIMA, 4 JAN 90") == ("lima", "PER")
    assert header_of("MANAGUA (NICARAGUA), 1 FEB 90") == ("managua", "NIC")
    assert header_of("CLANDESTINE, 1 FEB 90") == ("clandestine", None)
    assert header_of(None) == ("", None)


def test_figures_add_up_counts() -> None:
    rows = [
        {"x_template": (1, 2, 4, 1), "x_role_filler": (1, 2, 2), "x_place_aligned": (1, 2, 0)},
        {"x_template": (3, 2, 4, 1), "x_role_filler": (1, 2, 2), "x_place_aligned": (0, 0, 0)},
    ]
    figures = muc4.figures_of(rows)
    assert figures == {"x_template_f1": 0.5, "x_role_filler_f1": 0.5, "x_place_aligned": 0.5}


SCORER = """
MUC_ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")


def muc_template(t):
    return {"incident_type": t["incident_type"], **{r: [[m if isinstance(m, str) else m[0] for m in e] for e in t[r]] for r in MUC_ROLES}}


def align_templates(found, gold):
    return {i: j for i, p in enumerate(found) for j, g in enumerate(gold) if p["incident_type"] == g["incident_type"]}


def score_muc4(pairs):
    n = sum(len(g["templates"]) for g, _ in pairs)
    m = sum(len(p["templates"]) for _, p in pairs)
    hit = sum(len(align_templates(p["templates"], g["templates"])) for g, p in pairs)
    part = {"p": hit / m if m else 0.0, "r": hit / n if n else 0.0, "gold": n, "pred": m}
    return {key: part for key in ("template", "role_filler", "document_relevance", "date", "country", "place")}


def score(name, gold, predicted):
    return score_muc4(list(zip(gold, predicted)))


def rounded(x):
    return x
"""
BOMBED = "GUNMEN SET OFF A BOMB AT THE BANK IN ORURO, BOLIVIA, ON 3 MAY. TWO GUARDS DIED IN THE BOMBING."
SOLD = "THE MINERS OF ORURO SOLD MORE TIN IN MAY. THE PRICE ROSE."


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared" / "benchmarks"
    for name in ("muc4", "articles", "polnear", "factuality"):
        (folder / name).mkdir(parents=True)
    (folder / "score.py").write_text(SCORER, encoding="utf-8")
    for name, file in muc4.CASED:
        (folder / name / file).write_text(json.dumps({"text": CASED}) + "\n", encoding="utf-8")
    roles: dict[str, list[Any]] = {role: [] for role in muc4_templates.ROLES}
    place = {"country": "BOLIVIA", "places": [{"name": "ORURO", "type": "CITY"}]}
    filled = {"incident_type": "bombing", **roles, "PerpInd": [[["gunmen", 0]]], "dates": [], "locations": [place]}
    rows = []
    for n in range(12):
        told = n % 2 == 0
        row = {"id": f"r{n}", "text": BOMBED if told else SOLD, "dateline": "LA PAZ, 4 MAY 90", "doc_date": "1990-05-04"}
        rows.append({**row, "templates": [filled] if told else [], "entities": roles | ({"PerpInd": [["gunmen"]]} if told else {})})
    for part in ("train", "dev"):
        (folder / "muc4" / f"{part}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path / "shared"


def test_reports_are_turned_into_templates_and_scored(shared: Path) -> None:
    pytest.importorskip("sklearn", reason="the heads need the extra [train]")
    outcome = muc4.run(Source(shared=shared), 4)
    assert outcome.coded.documents == 4
    assert outcome.gold_events == 2
    assert outcome.figures["head_relevance_f1"].value == 1.0
    assert outcome.figures["head_place_aligned"].value == 1.0
    assert set(outcome.scores) == {"head", "rules"}
    assert outcome.coded.failures == ()


def test_the_train_part_may_lie_with_the_open_sets(tmp_path: Path) -> None:
    train = tmp_path / "shared" / "benchmarks" / "muc4" / "train.jsonl"
    train.parent.mkdir(parents=True)
    source = Source(shared=tmp_path / "shared", data=tmp_path / "held")
    with pytest.raises(AbsentError):
        source.open("muc4", "train.jsonl")
    train.write_text("", encoding="utf-8")
    assert source.open("muc4", "train.jsonl") == train
