"""Fillers of a lexicon entry's frame: the heads that the syntax puts in its places, and who they are.

A frame names places in the clause (subject, object, prep:against, poss, ...); the tree undoes passives, relatives,
coordination, control and light verbs. A filler that cannot act (a decision, an attack) gives way to whose it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.events.conditions import WordClasses
from dateline.events.lexicon import Entry, TriggerLexicon, load_triggers
from dateline.events.tree import NOMINAL, Found, Tree
from dateline.types import EventCandidate, Token

QUANTITIES = {
    "dozen", "hundred", "thousand", "score", "number", "majority", "lot", "couple", "handful", "ten", "million", "all", "some",
    "many", "several", "most", "half", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "any", "none", "rest",
    "wave", "pair", "few", "both", "each", "part", "series", "string", "spate", "round", "kind", "sort", "type", "total",
}  # fmt: skip
"""Heads that only count or portion what follows `of`."""

THINGS_SUFFER = {"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "AID", "COOPERATE", "SANCTION"}
"""Types whose recipient may be a thing: a bus attacked, a newspaper banned."""

SPOKEN = {"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
"""Types whose act is done by speaking: where no actor stands, the speaker is."""

LIGHT_VERBS = {
    "make", "hold", "stage", "launch", "carry", "mount", "lead", "organise", "organize", "begin", "start", "conduct", "perform",
    "undertake", "issue", "give", "have", "pay", "open", "join", "continue", "resume", "commit", "announce", "order", "impose",
    "declare", "attend", "hosted", "host", "call", "file", "lodge", "sign", "reach", "plan", "wage", "execute", "step", "intensify",
    "deliver", "release", "send", "take", "offer", "set", "put", "lift", "end", "halt", "suspend", "cancel", "observe", "go",
    "initiate", "extend", "enforce", "renew", "escalate", "stop", "postpone", "threaten", "promise", "voice", "express", "raise",
    "level", "complete", "accept", "refuse", "reject",
}  # fmt: skip
"""Verbs whose subject does what their object names ("launched an attack"), not verbs about others' acts ("condemned the attack")."""

INTRANSITIVE = {"PROTEST", "CONSULT"}
"""Types whose verbs are hardly ever passive."""

DOERS = {"subject", "shared subject", "relative clause", "control", "matrix subject", "passive agent", "light verb subject", "by by-phrase"}
"""Paths on which a noun that is not known to name somebody is still taken for the doer."""

SUFFERERS = {"object", "passive subject", "by on-phrase"}
"""Paths on which such a noun is taken for the recipient, unless it ends as abstract nouns do."""

ABSTRACT = ("ment", "tion", "sion", "ness", "ity", "ance", "ence", "ism", "ing", "al", "ure", "age", "ship", "acy", "ery")

FIRST_PERSON = {"i", "we", "me", "us", "my", "our", "myself", "ourselves"}
SECOND_PERSON = {"you", "your", "yourself"}

FORCES = {"police", "army", "troop", "soldier", "policeman", "gendarme", "militia", "cop"}
"""Forces that an arrest told in the passive is by, when the sentence names them (codebook §5.1)."""

NEVER_SIDES = {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE"}
EMPTY = {"it", "that", "this", "which", "what", "there", "nothing", "everything", "something"}


@dataclass(frozen=True, slots=True)
class Filled:
    """The heads on each side of a candidate, as its frame finds them."""

    actors: tuple[Found, ...]
    recipients: tuple[Found, ...]


class Frames:
    """Fills the frames of a language's lexicon."""

    def __init__(self, language: str = "en", lexicon: TriggerLexicon | None = None) -> None:
        self.lexicon = lexicon or load_triggers(language)
        self.classes = WordClasses(language)

    def fill(self, candidate: EventCandidate, tree: Tree) -> Filled:
        """Return the heads that fill a candidate's frame; both sides are actors where the entry is symmetric."""
        entry = self.lexicon.entry(candidate.rule)
        trigger = tree.tokens[candidate.trigger.head]
        actors = self._side(entry.actor, trigger, tree, thing=False, every=entry.symmetric)
        taken = {f.token.index for f in actors}
        things = candidate.event_type in THINGS_SUFFER
        recipients = [f for f in self._side(entry.recipient, trigger, tree, thing=things) if f.token.index not in taken]
        if not recipients and "none" not in entry.recipient and not candidate.nominal:
            found = [x for f in tree.logical_objects(trigger) for x in self._somebody(f, tree, thing=things)]
            recipients = unique(f for f in found if f.token.index not in taken)
        if not actors:
            taken = {r.token.index for r in recipients}
            actors = [f for f in self._elsewhere(candidate, entry, trigger, tree) if f.token.index not in taken]
        if not actors and not entry.symmetric and candidate.event_type in INTRANSITIVE and candidate.construction == "passive":
            # "Dozens of students protested": the parser at times takes the past tense for a participle.
            actors, recipients = recipients, []
        if entry.symmetric:
            return Filled((*actors, *recipients), ())
        return Filled(tuple(actors), tuple(recipients))

    def _side(self, frame: Sequence[str], trigger: Token, tree: Tree, *, thing: bool, every: bool = False) -> list[Found]:
        """Return the fillers of the first place of the frame that is filled by somebody, or of every place."""
        out: list[Found] = []
        for slot in frame:
            found = [x for f in slot_fillers(slot, trigger, tree) for x in self._somebody(f, tree, thing=thing)]
            out += [f for f in found if f.token.index != trigger.index or slot == "self"]
            if out and not every:
                break
        return unique(out)

    def _somebody(self, found: Found, tree: Tree, *, thing: bool) -> list[Found]:
        """Return who a filler is, or whose it is, or nobody."""
        token = self._first_person(look_through(found.token, tree), tree)
        if token.lemma in SECOND_PERSON or any(t.lemma == "no" for t in tree.children(token, "det")):
            return []
        if (
            self.acts(token)
            or (found.path in DOERS and self._may_act(token))
            or (found.path in SUFFERERS and self._may_act(token) and not token.lemma.endswith(ABSTRACT))
        ):
            return [Found(token, found.path)]
        if token.pos in NOMINAL and token.lemma not in EMPTY:
            owners = tree.possessors(token)
            owners += [obj for prep, _, obj in tree.prepositions(token) if prep in ("of", "by", "from") and not thing]
            if not owners and found.path.endswith("participle"):
                owners = tree.owner_of(token)
            owners = [look_through(t, tree) for t in owners]
            owners = [t for t in owners if self.acts(t)]
            if owners and not thing:
                return [Found(t, f"{found.path}, whose it is") for t in owners]
            demonyms = [t for t in tree.children(token, "amod", "compound") if t.entity in ("NORP", "GPE", "ORG")]
            if demonyms and not thing:
                return [Found(demonyms[0], f"{found.path}, whose it is")]
            if thing and token.pos in ("NOUN", "PROPN") and token.entity not in NEVER_SIDES:
                return [Found(token, found.path)]
        return []

    def _first_person(self, token: Token, tree: Tree) -> Token:
        """Pass from `I` and `we` within a quotation to who speaks there."""
        if token.lemma not in FIRST_PERSON:
            return token
        held = [q for q in tree.analysis.quotations if q.content.covers(token.span) and q.source_head is not None]
        nearest = min(held, key=lambda q: (len(q.content), q.content.start), default=None)
        return token if nearest is None or nearest.source_head is None else tree.tokens[nearest.source_head]

    def _may_act(self, token: Token) -> bool:
        """Tell whether the subject of an act, not known as somebody, may yet be: any noun that is no thing or act itself."""
        return (
            token.pos == "NOUN"
            and token.entity not in NEVER_SIDES
            and token.lemma not in self.lexicon.nouns
            and token.lemma not in self.classes.things
            and token.lemma not in EMPTY
        )

    def acts(self, token: Token) -> bool:
        """Tell whether a head names somebody: a person, body, state or crowd."""
        if token.entity in NEVER_SIDES and token.lemma not in self.classes.person:
            return False
        if token.lemma in self.classes.things and not token.entity:
            return False
        if self.classes.holds("$person", token):
            return token.lemma not in EMPTY
        return token.pos == "PROPN" and token.entity not in ("EVENT", "WORK_OF_ART", "LAW", "PRODUCT")

    def _elsewhere(self, candidate: EventCandidate, entry: Entry, trigger: Token, tree: Tree) -> list[Found]:
        """Look beyond the frame: whose act the subject is, who speaks, who governs the clause, the force at hand."""
        found = self._by_instrument(trigger, tree) if entry.kind != "noun" else []
        if not found and candidate.event_type in SPOKEN:
            found = self._speaker(candidate, tree)
        if not found and candidate.event_type == "COERCE" and tree.is_passive(trigger):
            sentence = tree.analysis.sentences[trigger.sentence]
            forces = [t for t in tree.analysis.tokens_of(sentence) if t.lemma in FORCES and t.dep in ("nsubj", "pobj", "ROOT")]
            found = [Found(t, "force named in the sentence") for t in forces[:1]]
        return unique(found)

    def _speaker(self, candidate: EventCandidate, tree: Tree) -> list[Found]:
        """Who says the words that the trigger stands in: the doer of an act done by speaking."""
        trigger = candidate.trigger.span
        held = [q for q in tree.analysis.quotations if q.content.covers(trigger) and q.source_head is not None]
        nearest = min(held, key=lambda q: (len(q.content), q.content.start), default=None)
        if nearest is None or nearest.source_head is None:
            return []
        return [Found(tree.tokens[nearest.source_head], "speaker")]

    def _by_instrument(self, trigger: Token, tree: Tree) -> list[Found]:
        """The subject is an act ("the raid killed six"): its own doer is the actor."""
        for found in tree.logical_subjects(trigger):
            head = found.token
            if head.pos == "NOUN" and not self.acts(head):
                owners = tree.possessors(head)
                owners += [obj for prep, _, obj in tree.prepositions(head) if prep in ("by", "from")]
                owners += tree.children(head, "amod", "compound")
                good = [t for t in owners if self.acts(t)]
                if good:
                    return [Found(good[0], f"{found.path}, whose act it is")]
        return []


def unique(found: Iterable[Found]) -> list[Found]:
    """Drop later fillers with the same head."""
    seen: dict[int, Found] = {}
    for f in found:
        seen.setdefault(f.token.index, f)
    return list(seen.values())


def look_through(token: Token, tree: Tree) -> Token:
    """Pass from a counting head to what is counted: "dozens of protesters" is about protesters."""
    for _ in range(3):
        if token.lemma not in QUANTITIES and token.pos != "NUM":
            return token
        inner = [obj for prep, _, obj in tree.prepositions(token) if prep == "of"]
        if not inner:
            return token
        token = inner[0]
    return token


def governor(noun: Token, tree: Tree) -> Token | None:
    """The verb whose object, subject or prepositional object a nominal trigger is."""
    head = tree.head(noun)
    if noun.dep == "conj" and head.pos in NOMINAL:
        return governor(head, tree)
    if noun.dep in ("dobj", "nsubjpass", "attr", "oprd") and head.pos in ("VERB", "AUX"):
        return head
    if noun.dep == "pobj" and head.pos == "ADP":
        above = tree.head(head)
        if above.pos == "VERB":
            return above
        if above.pos == "NOUN" and above.lemma in QUANTITIES:
            return governor(above, tree)
    return None


def slot_fillers(slot: str, trigger: Token, tree: Tree) -> list[Found]:
    """Return the heads that fill one place of a frame."""
    nominal = trigger.pos in ("NOUN", "PROPN")
    above = governor(trigger, tree) if nominal else None
    if slot == "subject":
        if nominal:
            return [Found(f.token, "light verb " + f.path) for f in tree.logical_subjects(above)] if above else []
        return tree.logical_subjects(trigger)
    if slot == "self":
        return [Found(trigger, "trigger itself")]
    if slot == "object":
        return [] if nominal else tree.logical_objects(trigger)
    if slot == "indirect":
        return [Found(t, "indirect object") for c in tree.children(trigger, "dative") for t in tree.conjuncts(dative_object(c, tree))] + [
            Found(obj, "to") for prep, _, obj in tree.prepositions(trigger) if prep == "to"
        ]
    if slot == "poss":
        own = [Found(t, "possessor") for t in tree.possessors(trigger)]
        return own or (slot_fillers("subject", trigger, tree) if nominal and above is not None and above.lemma in LIGHT_VERBS else [])
    if slot == "amod":
        return [
            Found(t, "modifier")
            for t in tree.children(trigger, "amod", "compound", "nmod")
            if t.pos in ("PROPN", "NOUN") or t.entity in ("NORP", "GPE")
        ]
    if slot.startswith("prep:"):
        return prepositional(slot.removeprefix("prep:"), trigger, above, tree)
    if slot in ("complement-subject", "complement-object"):
        return of_complement(slot, trigger, tree)
    return []


def prepositional(wanted: str, trigger: Token, above: Token | None, tree: Tree) -> list[Found]:
    """The objects of one preposition of the trigger, or of the light verb over it ("launched an attack against")."""
    own = [Found(obj, f"by {prep}-phrase") for prep, _, obj in tree.prepositions(trigger) if prep == wanted]
    if not own and above is not None and wanted != "of":
        own = [
            Found(obj, f"{prep}-phrase of light verb")
            for prep, at, obj in tree.prepositions(above)
            if prep == wanted and at.index > trigger.index
        ]
    if not own and wanted == "by" and tree.is_passive(trigger):
        own = [Found(t, "passive agent") for t in tree.agents(trigger)]
    if not own:
        # "fired tear gas at ...": the phrase at times hangs on the object.
        own = [
            Found(obj, f"{prep}-phrase of object")
            for child in tree.children(trigger, "dobj")
            for prep, _, obj in tree.prepositions(child)
            if prep == wanted and wanted not in ("of",)
        ]
    return own


def of_complement(slot: str, trigger: Token, tree: Tree) -> list[Found]:
    """The subject or object of the clause a verb governs: whom it is that is urged to act, or be acted on."""
    if slot == "complement-subject":
        own = tree.logical_objects(trigger)
        if own:
            return own
        out = [
            Found(t, "complement subject")
            for _, c in tree.complements(trigger)
            for s in tree.children(c, "nsubj", "nsubjpass")
            for t in tree.conjuncts(s)
        ]
        for prep, _, obj in tree.prepositions(trigger):
            if prep in ("on", "for", "upon", "to", "with"):
                out.append(Found(obj, f"by {prep}-phrase"))
        return out
    return [Found(f.token, "complement object") for _, c in tree.complements(trigger) for f in tree.logical_objects(c)]


def dative_object(token: Token, tree: Tree) -> Token:
    """The noun of a dative: itself, or the object of its preposition."""
    inner = tree.children(token, "pobj")
    return inner[0] if token.pos == "ADP" and inner else token
