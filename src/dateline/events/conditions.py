"""Tests of a lexicon entry's conditions against the parse around a token."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from dateline.events.lexicon import Entry, lexicon_folder, read_yaml
from dateline.events.tree import Tree
from dateline.types import Token

PERSON_ENTITIES = {"PERSON", "ORG", "GPE", "NORP"}
PLACE_ENTITIES = {"GPE", "LOC", "FAC"}
PERSON_PRONOUNS = {"he", "she", "they", "we", "i", "who", "whom", "you", "someone", "anyone", "everyone"}


def agent_heads() -> frozenset[str]:
    """The single words of the agents lexicon, which name people and bodies by what they are."""
    groups = read_yaml(files("dateline") / "data" / "actors" / "agents.yaml")["groups"]
    words = (w.strip() for g in groups for w in g["words"].split(","))
    return frozenset(w for w in words if w and " " not in w)


class WordClasses:
    """The word classes that lexicon entries name with a dollar sign."""

    def __init__(self, language: str) -> None:
        data = read_yaml(lexicon_folder(language) / "classes.yaml")
        self.person: frozenset[str] = frozenset(data["person"]["words"]) | agent_heads()
        self.things: frozenset[str] = frozenset(data["thing"]["words"])
        self.standing: frozenset[str] = frozenset(data["standing"]["words"])

    def holds(self, name: str, token: Token) -> bool:
        """Tell whether a token belongs to a class: $person, $place, $number."""
        if name == "$person":
            return (
                token.entity in PERSON_ENTITIES
                or token.lemma in self.person
                or token.lemma in PERSON_PRONOUNS
                or token.text.lower() in self.person
            )
        if name == "$place":
            return token.entity in PLACE_ENTITIES
        if name == "$number":
            return token.pos == "NUM" or token.entity in ("CARDINAL", "QUANTITY")
        return False

    def among(self, words: Iterable[str], token: Token) -> bool:
        """Tell whether a token is one of the words or belongs to one of the classes."""
        lower = token.text.lower()
        return any(self.holds(w, token) if w.startswith("$") else w in (token.lemma, lower) for w in words)


def satisfied(entry: Entry, token: Token, tree: Tree, classes: WordClasses) -> bool:
    """Tell whether all conditions of an entry hold at a token."""
    if entry.passive is not None and tree.is_passive(token) != entry.passive:
        return False
    if entry.complement is not None:
        kinds = [kind for kind, _ in tree.complements(token)]
        kinds += ["to" for child in tree.children(token, "acl") if any(t.tag == "TO" for t in tree.children(child))]
        if not kinds or (entry.complement in ("to", "that") and entry.complement not in kinds):
            return False
    return all(one(name, words, token, tree, classes) for name, words in entry.conditions)


def one(name: str, words: tuple[str, ...], token: Token, tree: Tree, classes: WordClasses) -> bool:
    """Test one list condition."""
    if name.endswith("_not"):
        return not one(name.removesuffix("_not"), words, token, tree, classes)
    if name == "particle":
        return any(t.lemma in words or t.text.lower() in words for t in tree.children(token, "prt", "advmod", "prep"))
    if name == "object":
        return any(classes.among(words, f.token) for f in tree.logical_objects(token))
    if name == "subject":
        return any(classes.among(words, f.token) for f in tree.logical_subjects(token))
    if name == "prep":
        return any(p in words for p, _, _ in tree.prepositions(token)) or any(
            t.text.lower() in words for t in tree.children(token, "prep", "agent", "dative", "prt")
        )
    if name == "prep_object":
        return any(classes.among(words, obj) for _, _, obj in tree.prepositions(token))
    if name == "compound":
        near = tree.children(token, "compound", "amod", "nmod", "poss", "nummod")
        inner = [t for child in near for t in tree.children(child, "compound", "amod", "conj")]
        return any(classes.among(words, t) for t in (*near, *inner))
    if name == "complement_verb":
        below = [clause for _, clause in tree.complements(token)]
        below += tree.children(token, "acl")
        return any(t.lemma in words for clause in below for t in (clause, *tree.children(clause, "conj")))
    if name == "of":
        return any(p == "of" and classes.among(words, obj) for p, _, obj in tree.prepositions(token))
    raise AssertionError(f"no test for condition {name}")
