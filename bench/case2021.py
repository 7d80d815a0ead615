"""The set ``case2021-task2``: the ACLED-like type of a snippet, one of 30.

Zero-shot maps records to ACLED's sub-event types of 2019 (its codebook's definitions): first what an event's mode names, then who
fights whom. The types that are no political events have no record, so they can only be missed. Head: cross-validated on the open
file, over words, record features and words that the definitions use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bench.coding import code
from bench.heads import Item, class_head, item_of, sectors
from bench.outcome import Outcome
from bench.shared import AbsentError, Source, read_jsonl
from bench.ways import analysis_of, head_answers, outcome_of
from dateline.types import Analysis, Event

SET = "case2021-task2"
ARMED = frozenset({"MIL", "COP", "REB", "UAF", "SPY"})
REBELS = frozenset({"REB", "UAF"})
FORCES = frozenset({"MIL", "COP", "GOV"})
ENOUGH = 50
SUBTASKS = {"subtask1": "subtask1_seen", "subtask2": "subtask2_plus_3_unseen", "subtask3": "subtask3_all"}

BY_MODE = {
    ("ASSAULT", "suicide-attack"): "SUIC_BOMB",
    ("ASSAULT", "unconventional"): "CHEM_WEAP",
    ("ASSAULT", "sexual"): "SEX_VIOL",
    ("ASSAULT", "aerial"): "AIR_STRIKE",
    ("ASSAULT", "drone"): "AIR_STRIKE",
    ("ASSAULT", "heavy-weapons"): "ART_MISS_ATTACK",
    ("ASSAULT", "explosives"): "REM_EXPLOS",
    ("ASSAULT", "abduct"): "ABDUCT_DISSAP",
    ("ASSAULT", "destroy"): "PROPERTY_DISTRUCT",
    ("PROTEST", "riot"): "VIOL_DEMONSTR",
    ("PROTEST", "vandalize"): "VIOL_DEMONSTR",
    ("COERCE", "arrest"): "ARREST",
    ("COERCE", "seize"): "DISR_WEAP",
    ("RETREAT", "disarm"): "DISR_WEAP",
    ("RETREAT", "withdraw"): "NON_VIOL_TERRIT_TRANSFER",
    ("RETREAT", "ceasefire"): "AGREEMENT",
    ("ACCUSE", "allege"): "ATTRIB",
}
"""What a mode alone says, the more telling first."""

BY_TYPE = {
    "AGREE": "AGREEMENT",
    "CONCEDE": "AGREEMENT",
    "MOBILIZE": "CHANGE_TO_GROUP_ACT",
    "PROTEST": "PEACE_PROTEST",
    "ACCUSE": "ATTRIB",
    **dict.fromkeys(("CONSULT", "SUPPORT", "COOPERATE", "AID", "REQUEST", "REJECT", "THREATEN", "SANCTION"), "DIPLO"),
}
"""What is left of a type; a THREATEN or a SANCTION between states bears on security (DIPLO)."""

WORDS = {
    "AIR_STRIKE": "airstrike|air strike|warplane|fighter jet|drone strike|helicopter gunship|bombed by air",
    "ART_MISS_ATTACK": "artillery|shell|shelling|mortar|rocket|missile",
    "GRENADE": "grenade|hand bomb",
    "REM_EXPLOS": "ied|improvised explosive|landmine|land mine|roadside bomb|car bomb|detonat|remote control",
    "SUIC_BOMB": "suicide|blew himself|blew herself|explosive vest",
    "CHEM_WEAP": "chlorine|sarin|mustard gas|nerve agent|chemical|toxic gas|phosphorus",
    "SEX_VIOL": "rape|sexual|molest|sodomi",
    "ABDUCT_DISSAP": "abduct|kidnap|hostage|disappear",
    "ARREST": "arrest|detain|custody|jail",
    "DISR_WEAP": "weapons cache|arms cache|seized weapons|defus|disarm|ammunition|dismantl|intercept|haul of",
    "HQ_ESTABLISHED": "headquarters|military base|outpost|checkpoint|set up a base|base camp",
    "CHANGE_TO_GROUP_ACT": "recruit|redeploy|deploy|reinforcement|split|merge|join forces|faction|moved troops|convoy",
    "AGREEMENT": "ceasefire|truce|peace deal|peace agreement|accord|negotiat|talks",
    "NON_VIOL_TERRIT_TRANSFER": "without a fight|withdr|handed over|abandoned|took control peacefully|pulled out",
    "GOV_REGAINS_TERIT": "recaptur|retak|retook|regain|liberat",
    "NON_STATE_ACTOR_OVERTAKES_TER": "captur|overr[au]n|seized control|took control|fell to",
    "PEACE_PROTEST": "protest|demonstrat|rally|rallied|sit-in|march|vigil|hunger strike",
    "PROTEST_WITH_INTER": "dispersed|tear gas|water cannon|baton|blocked by police",
    "FORCE_AGAINST_PROTEST": "live ammunition|opened fire on protesters|fired at protesters|shot at demonstrators|rubber bullet",
    "VIOL_DEMONSTR": "riot|torched|burn|tyre|tire|stone|vandal|barricade",
    "MOB_VIOL": "mob|lynch|vigilante|brawl|villagers beat",
    "PROPERTY_DISTRUCT": "loot|ransack|set fire|burnt down|arson|demolish|destroyed",
    "ATTACK": "beheaded|stabbed|shot dead|gunned down|executed|massacre",
    "ARMED_CLASH": "clash|exchange of fire|firefight|gun battle|skirmish|ambush|fighting",
    "ORG_CRIME": "smuggl|traffick|drug|cartel|gang|hack|ransomware|corrupt|launder|cyber",
    "NATURAL_DISASTER": "earthquake|flood|cyclone|hurricane|storm|drought|outbreak|virus|epidemic|covid|landslide|wildfire|tsunami|volcan",
    "MAN_MADE_DISASTER": "accident|collision|collided|derail|overturned|gas leak|factory|plane crash|oil spill|collapsed|capsiz",
    "DIPLO": "ambassador|diplomat|sanction|foreign minister|summit|condemn|bilateral|united nations|envoy|embassy",
    "ATTRIB": "claimed responsibility|responsibility for|blamed|accused|denied|denies|alleged",
}
"""Beginnings of words that the definitions of the types (ACLED's codebook, the task's description) use, for the head."""
READ = {label: re.compile(rf"\b(?:{words})", re.IGNORECASE) for label, words in WORDS.items()}


def assault_of(event: Event, text: str) -> str:
    """Return the type of a fight or attack that no mode names, by its sides."""
    actors, recipients = set(sectors(event.actors)), set(sectors(event.recipients))
    if READ["GRENADE"].search(event.event_text):
        return "GRENADE"
    sides_armed = len([a for a in event.actors if ARMED & set(a.sectors)]) > 1 or bool(ARMED & recipients)
    if sides_armed:
        return "ARMED_CLASH"
    if actors and not ARMED & actors and READ["MOB_VIOL"].search(text):
        return "MOB_VIOL"
    return "ATTACK"


def label_of(event: Event, text: str, kinds: set[str]) -> str:
    """Return the type of one record; `kinds` are the PLOVER types of the whole snippet."""
    actors = set(sectors(event.actors))
    if "PROTEST" in kinds and FORCES & actors and event.event_type == "ASSAULT":
        lethal = any(q.what in ("killed", "injured") for q in event.quantities) or "firearms" in event.modes
        return "FORCE_AGAINST_PROTEST" if lethal else "PROTEST_WITH_INTER"
    if event.event_type == "PROTEST" and "COERCE" in kinds:
        return "PROTEST_WITH_INTER"
    if event.event_type == "COERCE" and "seize" in event.modes and REBELS & actors:
        return "NON_STATE_ACTOR_OVERTAKES_TER"
    for (kind, mode), label in BY_MODE.items():
        if event.event_type == kind and mode in event.modes:
            return "GRENADE" if label == "REM_EXPLOS" and READ["GRENADE"].search(text) else label
    if event.event_type == "ASSAULT":
        return assault_of(event, text)
    return BY_TYPE.get(event.event_type, "OTHER")


def zero_shot(analysis: Analysis | None) -> str | None:
    """Return the type of the surest record, material acts before words; None where there is no record."""
    if analysis is None or not analysis.events:
        return None
    kinds = {e.event_type for e in analysis.events}
    material = {"ASSAULT", "PROTEST", "COERCE", "RETREAT", "MOBILIZE"}
    main = max(enumerate(analysis.events), key=lambda x: (x[1].event_type in material, x[1].confidence, -x[0]))[1]
    return label_of(main, analysis.document.text, kinds)


def snippet_item(text: str, analysis: Analysis | None) -> Item:
    """Return what the head sees: lemmas rather than words, as the texts are few, and which definitions' words stand there."""
    item = item_of(text, analysis)
    names = dict(item.names) | {f"words={label}": 1.0 for label, words in READ.items() if words.search(text)}
    if analysis is None:
        return Item(text=text, words=text, names=names, group=text)
    kinds = {e.event_type for e in analysis.events}
    names |= {f"mapped={label_of(e, text, kinds)}": 1.0 for e in analysis.events}
    names |= {f"mapped first={zero_shot(analysis)}": 1.0}
    return Item(text=text, words=" ".join(t.lemma.casefold() for t in analysis.tokens), names=names, group=text)


def figures_of(scores: Mapping[str, Any]) -> dict[str, float]:
    """Pick weighted and macro F1 of the three subtasks; a subtask without snippets has none."""
    return {
        f"{name}_{figure}": scores[key][figure]
        for name, key in SUBTASKS.items()
        for figure in ("weighted_f1", "macro_f1")
        if name == "subtask1" or figure == "weighted_f1"
    }


def run(source: Source, limit: int | None) -> Outcome:
    """Code the snippets of a part, label them both ways and score them."""
    if limit is not None and limit < ENOUGH:
        raise AbsentError(f"{SET} needs {ENOUGH} snippets or more: a draw without one of a subtask has no figure")
    scorer = source.scorer("score")
    gold = read_jsonl(source.gold(SET))[:limit]

    def items_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Any, list[Item], list[str]]:
        coded = code([{"id": r["id"], "text": r["text"], "published": None, "language": "en"} for r in rows], keep=True)
        return coded, [snippet_item(r["text"], analysis_of(coded, r["id"])) for r in rows], [r["label"] for r in rows]

    coded, items, truths = items_of(gold)
    found = head_answers(source, class_head, items, truths, lambda: items_of(read_jsonl(source.open(SET, "dev.jsonl")))[1:])
    ways = {
        "zero_shot": [{"id": g["id"], "label": zero_shot(analysis_of(coded, g["id"]))} for g in gold],
        "head": [{"id": g["id"], "label": label} for g, label in zip(gold, found, strict=True)],
    }
    return outcome_of(source, SET, scorer, gold, ways, coded, figures_of)
