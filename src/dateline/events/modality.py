"""Whether an event happened: PLOVER's auxiliary modes and the doubt that the text itself marks.

Cues are looked for on the trigger, on the words that govern it, and in the markers of its clause. A type that PLOVER
defines for deeds becomes its verbal kin when the deed is yet to come (codebook §2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from dateline.events.lexicon import lexicon_folder, read_yaml
from dateline.events.tree import Tree
from dateline.types import Analysis, EventCandidate, Layer, Token

TO_COME = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE"}
"""Codebook §2: a future act of these types is the promise of it."""

UTTERANCES = {"AGREE", "CONCEDE", "THREATEN", "REQUEST"}
"""Codebook §5.4: dated by when they were uttered; the planned deed is their content, so they carry no `future`."""

REACH = 4
"""How many governors up a cue may stand."""


def words_of(data: dict[str, Any], group: str, field: str) -> frozenset[str]:
    """Return one list of the data file as a set."""
    return frozenset(str(w) for w in data[group].get(field, []))


class Modality:
    """Set `auxiliary` and the part of `claim` that the text's own doubt decides."""

    name = "events.modality"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.TOKENS, Layer.SENTENCES, Layer.CANDIDATES})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.CANDIDATES})

    def __init__(self, language: str = "en") -> None:
        data = read_yaml(lexicon_folder(language) / "modality.yaml")
        quoting = read_yaml(lexicon_folder(language) / "quotation_verbs.yaml")
        self.words = {
            (group, field): words_of(data, group, field)
            for group in ("negation", "future", "hypothetical", "historical")
            for field in ("adverbs", "verbs", "auxiliaries", "governors", "adjectives", "nouns", "markers", "phrases")
        }
        self.alleged = frozenset(quoting["adverbs"]["alleged"]["words"])
        self.alleged_modifiers = frozenset(quoting["adverbs"]["alleged_modifiers"]["words"])
        self.doubt_verbs = frozenset(quoting["alleged"]["words"])
        self.denial_verbs = frozenset(quoting["denied"]["words"])
        self.hearsay = frozenset(quoting["adverbs"]["reported"]["words"])

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with flags on each candidate."""
        return [self._of(analysis) for analysis in batch]

    def _of(self, analysis: Analysis) -> Analysis:
        tree = Tree(analysis)
        return replace(analysis, candidates=tuple(self._flag(c, tree) for c in analysis.candidates))

    def _flag(self, candidate: EventCandidate, tree: Tree) -> EventCandidate:
        trigger = tree.tokens[candidate.trigger.head]
        flags, cues = self.flags(trigger, tree)
        event_type, modes, notes = candidate.event_type, candidate.modes, []
        if "future" in flags and event_type in TO_COME:
            notes.append(f"{self.name}: {event_type} yet to come is {TO_COME[event_type]} (codebook §2)")
            event_type, modes = TO_COME[event_type], ()
        if event_type in UTTERANCES:
            flags = [f for f in flags if f != "future"]
        claim = self.doubt(candidate, trigger, tree)
        if flags or claim != "asserted":
            notes.append(f"{self.name}: {', '.join(flags) or 'no flag'}; claim {claim}; cues {', '.join(cues) or 'none'}")
        return replace(candidate, event_type=event_type, modes=modes, auxiliary=tuple(flags), claim=claim, notes=(*candidate.notes, *notes))

    def flags(self, trigger: Token, tree: Tree) -> tuple[list[str], list[str]]:
        """Return the flags in PLOVER's order, and the words that carried them."""
        cues: dict[str, str] = {}
        for test in (self._on_trigger, self._above, self._phrases):
            for flag, word in test(trigger, tree):
                cues.setdefault(flag, word)
        if cues.get("hypothetical") == "would" and not self._conditional(trigger, tree):
            # Reported or narrated future ("said the agency would revoke"), the past form of `will`.
            cues.setdefault("future", "would")
            del cues["hypothetical"]
        if "future" in cues and cues.get("hypothetical") in self.words["hypothetical", "auxiliaries"]:
            del cues["hypothetical"]
        order = ("historical", "future", "hypothetical", "negation")
        return [f for f in order if f in cues], [cues[f] for f in order if f in cues]

    def _conditional(self, trigger: Token, tree: Tree) -> bool:
        """Tell whether an if-clause stands in the trigger's sentence."""
        sentence = tree.analysis.sentences[trigger.sentence]
        return any(t.dep == "mark" and t.text.lower() in self.words["hypothetical", "markers"] for t in tree.analysis.tokens_of(sentence))

    def _on_trigger(self, trigger: Token, tree: Tree) -> list[tuple[str, str]]:
        """Cues that hang on the trigger itself: auxiliaries, negation, adjectives of a noun."""
        out: list[tuple[str, str]] = []
        carriers = [trigger]
        if trigger.dep == "conj" and not tree.children(trigger, "aux", "nsubj"):
            carriers.append(tree.head(trigger))
        for carrier in carriers:
            for child in tree.children(carrier):
                lower = child.text.lower()
                if child.dep == "neg" or (child.dep in ("det", "advmod", "preconj") and lower in self.words["negation", "adverbs"]):
                    out.append(("negation", lower))
                elif child.dep == "aux" and lower in self.words["future", "auxiliaries"]:
                    out.append(("future", lower))
                elif (child.dep == "aux" and lower in self.words["hypothetical", "auxiliaries"]) or (
                    child.dep == "mark" and lower in self.words["hypothetical", "markers"]
                ):
                    out.append(("hypothetical", lower))
                elif child.dep in ("amod", "advmod", "compound"):
                    out += [
                        (f, lower)
                        for f in ("future", "hypothetical", "historical")
                        if lower in self.words[f, "adjectives"] | self.words[f, "adverbs"]
                    ]
        return out

    def _above(self, trigger: Token, tree: Tree) -> list[tuple[str, str]]:
        """Cues on the words that govern the trigger: "plans to meet", "the threat of a strike", "failed to attend"."""
        out: list[tuple[str, str]] = []
        below = trigger
        for distance, above in enumerate(tree.ancestors(trigger)):
            if distance >= REACH:
                break
            infinitive = any(t.tag == "TO" for t in tree.children(below)) or below.dep in (
                "pobj",
                "dobj",
                "pcomp",
                "prep",
                "nsubj",
                "nsubjpass",
            )
            if above.pos in ("VERB", "ADJ", "AUX") and infinitive and below.dep not in ("advcl", "relcl", "conj", "nsubj"):
                out += self._governed(above, below, tree)
            elif (
                above.pos == "NOUN"
                and above.lemma in self.words["hypothetical", "nouns"]
                and below.dep in ("prep", "acl", "pobj", "compound")
            ):
                out.append(("hypothetical", above.lemma))
            if below.dep in ("nsubj", "nsubjpass", "dobj") and trigger.pos in ("NOUN", "PROPN") and above.pos in ("VERB", "AUX"):
                out += [(f, w) for f, w in self._on_trigger(above, tree) if w not in self.words["historical", "adjectives"]]
            if below.dep in ("ROOT", "advcl", "relcl", "ccomp") or (below.dep == "conj" and below.pos == "VERB"):
                break
            below = above
        return out

    def _governed(self, above: Token, below: Token, tree: Tree) -> list[tuple[str, str]]:
        verbal = below.dep in ("xcomp", "ccomp", "acl", "advcl")
        out: list[tuple[str, str]] = []
        if verbal and above.lemma in self.words["negation", "verbs"]:
            out.append(("negation", above.lemma))
        if verbal and above.lemma in self.words["future", "governors"]:
            out.append(("future", above.lemma))
        elif verbal and above.lemma == "go" and above.tag == "VBG":
            out.append(("future", "going to"))
        elif verbal and above.pos == "AUX" and above.lemma == "be":
            out.append(("future", "is to"))
        elif above.lemma in self.words["hypothetical", "governors"] and (verbal or below.dep in ("prep", "pobj")):
            out.append(("hypothetical", above.lemma))
        if verbal:
            out += [(f, w) for f, w in self._on_trigger(above, tree) if f in ("negation", "future", "hypothetical")]
        return out

    def _phrases(self, trigger: Token, tree: Tree) -> list[tuple[str, str]]:
        """Time phrases of a closed past in the trigger's sentence, where no other verb is nearer to them."""
        sentence = tree.analysis.sentences[trigger.sentence]
        text = sentence.span.of(tree.analysis.document.text).lower()
        return [("historical", p) for p in sorted(self.words["historical", "phrases"]) if p in text]

    def doubt(self, candidate: EventCandidate, trigger: Token, tree: Tree) -> str:
        """Return alleged, denied, reported or asserted, by words of the article's own voice."""
        near = [*tree.children(trigger), *(c for t in tree.children(trigger, "nsubj", "nsubjpass", "dobj") for c in tree.children(t))]
        words = {t.text.lower() for t in near}
        if words & self.alleged or (
            words & self.alleged_modifiers and candidate.event_type in ("ASSAULT", "COERCE", "AID", "COOPERATE", "MOBILIZE")
        ):
            return "alleged"
        for distance, above in enumerate(tree.ancestors(trigger)):
            if distance >= REACH:
                break
            if above.lemma in self.denial_verbs:
                return "denied"
            if above.lemma in ("accuse", "allege", "suspect") and candidate.event_type != "ACCUSE":
                return "alleged"
        return "reported" if words & self.hearsay else "asserted"
