"""The word lists that say who somebody is: agent words, standing bodies and leaders, found in one pass over the tokens.

Words are compared folded (lower case, without accents, dots and apostrophes), so that "vice-president",
"Vice President" and the "vice president" of a lower-cased text are one. Names of bodies must be capitalised as
they are listed, unless the text has no capitals at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dateline.resolve.actor_entities import LISTED, RULE, Entity, bodies, persons, read_yaml
from dateline.resolve.actor_rules import FILE as RULES
from dateline.resolve.actor_rules import Rules, read_rules
from dateline.resolve.actor_store import FOLDER, LONGEST, ActorStore, users_store
from dateline.resolve.actor_words import fold
from dateline.resolve.user_data import users_own
from dateline.types import Token

_KEPT_PLURALS = frozenset({"police", "troops", "people", "gendarmerie", "press", "media", "public", "clergy"})
_NOT_LOWERED = frozenset(
    # Short names that are common words when a text has lost its capitals.
    "who care ice au eta pan pri arena libre liberty respect shelter unite conservative total vale shell amazon "
    "solidarity fed sec total lords wagner eac cis adb sco idb ilo icg mend gam ins atf pac pp pt apc is unison "
    "renault target oracle alphabet ji tory pope hawks bp fc let intel apec sica alba eps nut nature sun star "
    "may veritas".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """What an agent word implies. `weak` words take their sectors from their neighbours when these say more."""

    sectors: tuple[str, ...]
    group: str
    weak: bool
    office: bool
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A lexicon entry found at tokens ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    agent: Agent | None = None
    entities: tuple[Entity, ...] = ()
    generic: bool = False
    """The body's name is also a common phrase ("Supreme Court"): its country holds only where the story is there."""

    def covers(self, index: int) -> bool:
        """Tell whether the token lies within the match."""
        return self.first <= index < self.last


def plural(word: str) -> str:
    """Return the regular plural of a folded English word."""
    if word in _KEPT_PLURALS:
        return word
    if word.endswith("man") and word not in ("human", "german", "ottoman", "shaman", "roman"):
        return word[:-3] + "men"
    if word.endswith(("s", "x", "ch", "sh", "z")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + "s"


def _forms(phrase: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """Yield a phrase and its plural; in "member of parliament" it is the first noun that takes the plural."""
    yield phrase
    if "of" in phrase[1:]:
        at = phrase.index("of") - 1
        yield (*phrase[:at], plural(phrase[at]), *phrase[at + 1 :])
    else:
        yield (*phrase[:-1], plural(phrase[-1]))


class ActorLexicon:
    """Agent words, standing bodies and leaders, compiled at construction into tables keyed by their first word."""

    def __init__(self, store: ActorStore | None = None, rules: Path | None = None) -> None:
        """Compile the tables.

        Args:
            store: The user's own actors, asked text by text.
            rules: The user's file of rules.
        """
        self._store = store
        self._agents: dict[tuple[str, ...], Agent] = {}
        self._entities: dict[tuple[str, ...], list[tuple[Entity, bool, bool]]] = {}
        self._load_agents(read_yaml("agents.yaml"))
        self._load_entities()
        self._longest: dict[str, int] = {}
        for key in (*self._agents, *self._entities):
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))
        self._rules = read_rules(rules, self.known) if rules else Rules()
        for key, entity in self._rules.read.items():
            self._entities[key] = [(entity, False, False)]
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def _load_agents(self, table: dict[str, Any]) -> None:
        for group in table["groups"]:
            agent = Agent(
                sectors=tuple(group["sectors"]),
                group=group["id"],
                weak=bool(group.get("weak")),
                office=bool(group.get("office")),
                code=group.get("code"),
            )
            for phrase in group["words"].split(","):
                key = fold(phrase)
                for form in _forms(key) if key else ():
                    # A word that is listed itself is never overruled by the plural of another; the first list wins.
                    if form == key:
                        if key not in self._agents or (self._agents[key].weak and not agent.weak):
                            self._agents[key] = agent
                    else:
                        self._agents.setdefault(form, agent)

    def _load_entities(self) -> None:
        for made in (bodies(), persons()):
            for entity, names in made:
                for alias in names:
                    self._add(alias, entity)

    def _add(self, alias: str, entity: Entity) -> None:
        key = fold(alias)
        # "LNA" is read only where it is written so; "Isis" may also be "ISIS".
        shouted = alias.isupper() and len(key) == 1
        entries = self._entities.setdefault(key, [])
        if all(known is not entity for known, _, _ in entries):
            entries.append((entity, shouted, any(c.isupper() for c in alias)))

    def known(self, name: str) -> list[Entity]:
        """Return those who are called so, or have that identifier, in the lists and the user's own data."""
        own = self._store.get(name) if self._store else []
        listed = [entity for entity, _, _ in self._entities.get(fold(name), [])]
        return unified([*listed, *own])

    def of_office(self, office: str) -> tuple[str, ...]:
        """Return the sectors that the name of an office implies ("president of Bolivia": GOV), or none."""
        words = fold(office)
        # What stands first says most ("minister of ..."), and of that the longest phrase.
        for first in range(len(words)):
            for last in range(len(words), first, -1):
                agent = self._agents.get(words[first:last])
                if agent is not None and agent.sectors and not agent.weak:
                    return agent.sectors
        return ()

    def _own(self, stream: Sequence[tuple[str, Token]], cased: bool) -> dict[tuple[str, ...], list[tuple[Entity, bool, bool]]]:
        """Return the user's own actors whose names may stand in the text, filed as the lists are."""
        if self._store is None:
            return {}
        keys = set()
        for at, (word, token) in enumerate(stream):
            if cased and not token.text[:1].isupper() and not token.text[:1].isdigit() and len(word) < 4:
                continue
            for size in range(1, min(LONGEST, len(stream) - at) + 1):
                if stream[at + size - 1][1].sentence != token.sentence:
                    break
                keys.add(" ".join(word for word, _ in stream[at : at + size]))
        found: dict[tuple[str, ...], list[tuple[Entity, bool, bool]]] = {}
        for joined, entries in self._store.find(keys).items():
            key = tuple(joined.split())
            found[key] = [(entity, written.isupper() and len(key) == 1, any(c.isupper() for c in written)) for entity, written in entries]
        return found

    def agent(self, phrase: str) -> Agent | None:
        """Return what an agent phrase implies, or None."""
        return self._agents.get(fold(phrase))

    def matches(self, tokens: Sequence[Token]) -> list[Match]:
        """Return the longest matches that start at each token: of agents and of entities apart.

        `tokens` are those of the whole document or of one sentence; matches do not cross sentences.
        """
        stream = [(word, token) for token in tokens for word in fold(token.text)]
        cased = is_cased(tokens)
        own = self._own(stream, cased)
        reach: dict[str, int] = {}
        for key in own:
            reach[key[0]] = max(len(key), reach.get(key[0], 0))
        found: list[Match] = []
        for at, (word, token) in enumerate(stream):
            longest = max(self._longest.get(word, 0), reach.get(word, 0))
            agent = entity = None
            for size in range(min(longest, len(stream) - at), 0, -1):
                last = stream[at + size - 1][1]
                if last.sentence != token.sentence:
                    continue
                key = tuple(w for w, _ in stream[at : at + size])
                span = (token.index, last.index + 1)
                if agent is None and key in self._agents:
                    agent = Match(first=span[0], last=span[1], agent=self._agents[key])
                if entity is None and (key in self._entities or key in own):
                    inside = [t for _, t in stream[at : at + size]]
                    entity = self._entity_match(key, inside, cased, own.get(key, []))
                if agent and entity:
                    break
            found += [m for m in (entity, agent) if m]
        return found

    def _entity_match(
        self, key: tuple[str, ...], tokens: Sequence[Token], cased: bool, own: list[tuple[Entity, bool, bool]]
    ) -> Match | None:
        written = [t.text for t in tokens]
        good = []
        for entity, shouted, capitals in (*self._entities.get(key, ()), *own):
            if entity.origin == RULE:
                good = [entity]
                break
            if not cased:
                if len(key) == 1 and (key[0] in _NOT_LOWERED or len(key[0]) < 2):
                    continue
                # In a text without capitals a name must at least be no verb or adverb.
                if len(key) == 1 and tokens[0].pos in ("VERB", "AUX", "ADV", "PRON", "ADP"):
                    continue
            elif shouted and not written[0].replace(".", "").isupper():
                continue
            if cased and capitals and not (written[0][:1].isupper() or written[-1][:1].isupper()):
                continue
            good.append(entity)
        if not good:
            return None
        return Match(
            first=tokens[0].index,
            last=tokens[-1].index + 1,
            entities=tuple(unified([self._rules.of(entity) for entity in good])),
            generic=key in self._agents,
        )


def unified(entities: Sequence[Entity]) -> list[Entity]:
    """Return the entities without those that stand twice: an import's entry for somebody listed lends the identifier.

    One that is listed and one that is imported are the same where they have one name, and no two countries.
    """
    found: list[Entity] = []
    for entity in entities:
        for at, known in enumerate(found):
            if known == entity or (known.origin == LISTED != entity.origin and _same(known, entity)):
                own = tuple(term for term in entity.terms if term.first or term.last)
                found[at] = replace(known, id=known.id or entity.id, terms=own or known.terms, code=known.code or entity.code)
                break
        else:
            found.append(entity)
    return found


def _same(a: Entity, b: Entity) -> bool:
    """Tell whether two entries may be of one actor: one name, and no two countries."""
    codes = {a.code, *(term.code for term in a.terms)}
    return fold(a.name) == fold(b.name) and (not a.code or not b.code or b.code in codes)


def users_lexicon() -> ActorLexicon:
    """Return the lists that ship together with the user's own actors and rules."""
    return ActorLexicon(users_store(), users_own(RULES, FOLDER))


def is_cased(tokens: Sequence[Token]) -> bool:
    """Tell whether a text uses capitals: of lower-cased copies of articles less than a sixteenth of the words have one."""
    letters = [t.text for t in tokens if t.text[:1].isalpha()]
    return sum(t[0].isupper() for t in letters) * 16 >= len(letters)
