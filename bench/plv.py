"""The set ``plv``: a sentence with a marked pair of sides, and which of 15 PLOVER classes holds between them.

Two ways are scored. Zero-shot: the type of the event that ties the two marked sides together. Head: a classifier fitted on the
set's train file and on our own marked passages, over the sentence with both sides masked, the words around them and the events
that tie them.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.coding import Coded, code
from bench.heads import Item, best, candidate_names, probabilities
from bench.outcome import Outcome
from bench.shared import Source, import_by_path, read_jsonl
from bench.ways import analysis_of, outcome_of
from dateline.types import Analysis, Span, Token

SET = "plv"
TIED, HALF = 1.0, 0.4
"""How much confidence (0 to 1) it outweighs that an event has both marked sides, or one of them."""
DEPTH_COST = 0.2
"""The same as in ``plover-gsr``: the sentence's main event before what hangs under it."""
LEVEL_ARCS = frozenset({"ccomp", "conj"})
LEAST_SURE = 0.3
"""The least weight of a candidate's features, however low its confidence."""
NEAR = 3
"""Words on either side of a marked mention that are features of their own."""
LINKS = frozenset({"xcomp", "ccomp", "dobj", "prt", "neg", "prep", "aux", "attr", "acomp", "pcomp", "advcl"})
"""Arcs (spaCy's English scheme) under a verb that say what is done."""


def spans_of(side: Sequence[Mapping[str, Any]], text: str) -> list[Span]:
    """Return a side's spans; a mention whose span the set lacks is looked up in the text."""
    found = []
    for mention in side:
        if mention.get("span"):
            found.append(Span(*mention["span"]))
        elif mention.get("text") and mention["text"] in text:
            begin = text.index(mention["text"])
            found.append(Span(begin, begin + len(mention["text"])))
    return found


def touches(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    """Tell whether any of the spans shares a code point with any of the others."""
    return any(a.overlaps(b) for a in spans for b in others)


def tie_of(analysis: Analysis, number: int, source: Sequence[Span], target: Sequence[Span]) -> str:
    """Say which marked side is which side of a candidate: "AS+RT", "AT+RS", "AS+AT", "AS", ... or ""."""
    candidate, sides = analysis.candidates[number], analysis.sides[number]
    found = []
    for letter, role, actors in (("A", "actor", sides.actors), ("R", "recipient", sides.recipients)):
        spans = [a.span for a in actors if a.span] + [a.span for a in candidate.of_role(role) if a.span]
        found += [letter + mark for mark, marked in (("S", source), ("T", target)) if touches(spans, marked)]
    return "+".join(found)


def both(tie: str) -> bool:
    """Tell whether a tie holds both marked sides."""
    return "S" in tie and "T" in tie


def depth_of(analysis: Analysis, head: int) -> int:
    """Count the arcs between a trigger and the root that lead down to something lesser."""
    depth, token = 0, analysis.tokens[head]
    while token.head != token.index:
        depth += token.dep not in LEVEL_ARCS
        token = analysis.tokens[token.head]
    return depth


def ranked(analysis: Analysis, source: Sequence[Span], target: Sequence[Span]) -> list[tuple[float, int, str]]:
    """Return every candidate with its score and tie, the one that ties the pair best first."""
    out = []
    for number, candidate in enumerate(analysis.candidates):
        tie = tie_of(analysis, number, source, target)
        bonus = TIED if both(tie) else HALF if tie else 0.0
        depth = DEPTH_COST * depth_of(analysis, candidate.trigger.head)
        out.append((analysis.confidences[number] + bonus - depth, number, tie))
    return sorted(out, key=lambda x: (-x[0], x[1]))


def tokens_in(analysis: Analysis, spans: Sequence[Span]) -> list[Token]:
    """Return the tokens that lie within the spans."""
    return [t for t in analysis.tokens if touches([t.span], spans)]


def top_of(tokens: Sequence[Token]) -> Token | None:
    """Return the token of a phrase whose governor lies outside it."""
    inside = {t.index for t in tokens}
    return next((t for t in tokens if t.head not in inside or t.head == t.index), None)


def above(analysis: Analysis, token: Token) -> list[Token]:
    """Return a token and its governors up to the root."""
    found = [token]
    while found[-1].head != found[-1].index:
        found.append(analysis.tokens[found[-1].head])
    return found


def verb_names(analysis: Analysis, mark: str, verb: Token) -> Iterator[str]:
    """Name a verb, and what hangs under it down to two arcs."""
    yield f"{mark}verb={verb.lemma}"
    queue = deque([(verb, f"{mark}verb={verb.lemma}", 0)])
    while queue:
        token, path, level = queue.popleft()
        for child in analysis.children(token):
            if child.dep in LINKS:
                yield f"{mark}verb>{child.dep}={child.lemma}"
                yield f"{path}>{child.dep}={child.lemma}"
                if level < 1:
                    queue.append((child, f"{path}>{child.dep}", level + 1))


def path_names(analysis: Analysis, source: Sequence[Token], target: Sequence[Token]) -> Iterator[str]:
    """Name the words on the way from one marked side to the other, and the verbs that govern each."""
    chains = {}
    for mark, tokens in (("s", source), ("t", target)):
        top = top_of(tokens)
        if top is None:
            continue
        chains[mark] = above(analysis, top)
        yield f"{mark}dep={top.dep}"
        verb = next((t for t in chains[mark][1:] if t.pos in ("VERB", "AUX")), None)
        if verb is not None:
            yield from verb_names(analysis, mark, verb)
        if len(chains[mark]) > 1:
            yield f"{mark}above={chains[mark][1].lemma}"
            yield f"{mark}above={top.dep}:{chains[mark][1].lemma}"
    if len(chains) == 2:
        meet = {t.index for t in chains["s"]} & {t.index for t in chains["t"]}
        for chain in chains.values():
            yield from (f"path={t.lemma}" for t in chain[1:] if t.index not in meet)
        lowest = next((t for t in chains["s"] if t.index in meet), None)
        if lowest is not None:
            yield f"meet={lowest.lemma}"
    for mark, chain in chains.items():
        yield f"{mark}root={chain[-1].lemma}"
        yield from verb_names(analysis, "root", chain[-1])


def near_names(analysis: Analysis, mark: str, tokens: Sequence[Token]) -> Iterator[str]:
    """Name the words just before and after a marked side."""
    if tokens:
        first, last = tokens[0].index, tokens[-1].index
        yield from (f"{mark}before={t.lemma.casefold()}" for t in analysis.tokens[max(0, first - NEAR) : first])
        yield from (f"{mark}after={t.lemma.casefold()}" for t in analysis.tokens[last + 1 : last + 1 + NEAR])


def told_names(analysis: Analysis, source: Sequence[Span], target: Sequence[Span]) -> dict[str, float]:
    """Return the features that Dateline's candidates give a marked sentence, with values from 0 to 1."""
    found: dict[str, float] = {}
    for rank, (_, number, tie) in enumerate(ranked(analysis, source, target)):
        sure, kind = analysis.confidences[number], analysis.candidates[number].event_type
        weigh = 1.0 if both(tie) else 0.6 if tie else 0.3
        mine = [f"top={kind}" if rank == 0 else f"later={kind}", f"tie={kind}:{tie}", f"tied={kind}:{both(tie)}"]
        if rank == 0:
            mine += [f"top:{name}" for name in candidate_names(analysis, number)]
        for name in [*mine, *candidate_names(analysis, number)]:
            found[name] = max(found.get(name, 0.0), weigh * max(sure, LEAST_SURE))
    return found


def syntax_names(analysis: Analysis, source: Sequence[Span], target: Sequence[Span]) -> dict[str, float]:
    """Return the features of the words around and between the marked sides."""
    inside, others = tokens_in(analysis, source), tokens_in(analysis, target)
    named = [*path_names(analysis, inside, others), *near_names(analysis, "s", inside), *near_names(analysis, "t", others)]
    if inside and others:
        first, second = sorted((inside, others), key=lambda side: side[0].index)
        named += [f"between={t.lemma.casefold()}" for t in analysis.tokens[first[-1].index + 1 : second[0].index]]
        named.append(f"order={'s' if first is inside else 't'}")
    return dict.fromkeys(named, 0.5)


def masked(text: str, source: Sequence[Span], target: Sequence[Span]) -> str:
    """Return the text with both marked sides replaced, so that a head learns no names."""
    marks = sorted([(s, " sourceside ") for s in source] + [(s, " targetside ") for s in target], reverse=True)
    end = len(text)
    for span, word in marks:
        if span.end <= end:
            text = text[: span.start] + word + text[span.end :]
            end = span.start
    return re.sub(r"\s+", " ", text).strip()


def sides_of(gold: Mapping[str, Any]) -> tuple[list[Span], list[Span]]:
    """Return the spans of both marked sides."""
    return spans_of(gold["source"], gold["text"]), spans_of(gold["target"], gold["text"])


def item_of(gold: Mapping[str, Any], analysis: Analysis | None, *, records: bool = True) -> Item:
    """Return what a head sees of one marked sentence, with or without what the coder made of it."""
    source, target = sides_of(gold)
    names = syntax_names(analysis, source, target) if analysis else {}
    if analysis and records:
        names |= told_names(analysis, source, target)
    return Item(text=gold["text"], words=masked(gold["text"], source, target), names=names, group=gold["text"])


def passage_rows(source: Source) -> list[dict[str, Any]]:
    """Return the events of the marked passages that name two sides, in the form of the set's lines."""
    folder = source.shared / "training"
    parser = import_by_path(folder / "markup.py")
    rows: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.txt")):
        for number, passage in enumerate(parser.passages(path), 1):
            for event in passage["events"]:
                actors, recipients = event["actor"], event["recipient"]
                if not recipients:  # two sides that meet are both actors
                    actors, recipients = actors[:1], actors[1:2]
                if actors and recipients:
                    root = "YIELD" if event["type"] in ("CONCEDE", "RETREAT") else event["type"]
                    source_side, target_side = [{"span": s} for s in actors], [{"span": s} for s in recipients]
                    name = f"{path.stem}-{number:04d}"
                    rows.append({"id": name, "text": passage["text"], "source": source_side, "target": target_side, "root": root})
    return rows


def zero_shot(gold: Mapping[str, Any], analysis: Analysis | None) -> str | None:
    """Return the type of the candidate that ties the marked pair best; None where there is no candidate."""
    order = ranked(analysis, *sides_of(gold)) if analysis else []
    return analysis.candidates[order[0][1]].event_type if analysis and order else None


def coded_of(gold: Sequence[Mapping[str, Any]]) -> Coded:
    """Code a file's sentences, each text once; they have no day of publication."""
    texts = {g["id"]: g["text"] for g in gold}
    return code([{"id": id, "text": text, "published": None, "language": "en"} for id, text in texts.items()], keep=True)


def head(train: Sequence[Mapping[str, Any]], learned: Coded, gold: Sequence[Mapping[str, Any]], coded: Coded) -> list[str]:
    """Return the head's class of every sentence.

    Each training line is shown twice, with and without what the coder made of it: the lexicon was written by people who had read
    training sentences, so that the head would else trust it more than it deserves on others.
    """
    classes = sorted({g["root"] for g in train})
    items = [item_of(g, analysis_of(learned, g["id"]), records=records) for records in (True, False) for g in train]
    asked = [item_of(g, analysis_of(coded, g["id"])) for g in gold]
    return best(probabilities(items, [g["root"] for g in train] * 2, asked, classes), classes)


def figures_of(scores: Mapping[str, Any]) -> dict[str, float]:
    """Pick the figures that are published on the set."""
    found = {"root_accuracy": scores["root"]["accuracy"]}
    return found | {f"{level}_macro_f1": scores[level]["macro_f1"] for level in ("root", "quad", "binary")}


def run(source: Source, limit: int | None) -> Outcome:
    """Code the sentences of a part, label them both ways and score them."""
    scorer = source.scorer("score")
    gold = read_jsonl(source.gold(SET))[:limit]
    train = [*read_jsonl(source.open(SET, "train.jsonl")), *passage_rows(source)]
    coded, learned = coded_of(gold), coded_of(train)
    found = head(train, learned, gold, coded)
    ways = {
        "zero_shot": [{"id": g["id"], "root": zero_shot(g, analysis_of(coded, g["id"]))} for g in gold],
        "head": [{"id": g["id"], "root": label} for g, label in zip(gold, found, strict=True)],
    }
    return outcome_of(source, SET, scorer, gold, ways, coded, figures_of)
