"""What an actor is: PLOVER sectors, office and known body, read from a noun phrase and from what the article calls it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dateline.resolve.actor_countries import StoryCountries
from dateline.resolve.actor_entities import RULE, Entity
from dateline.resolve.actor_lexicon import ActorLexicon, Agent, Match
from dateline.resolve.actor_linking import link
from dateline.resolve.actor_words import fold
from dateline.types import Analysis, Chain, Token

_FORMER = frozenset("former ex ousted deposed toppled late erstwhile onetime".split())
_SPECIFIC = frozenset("AGR BUS COP CRM EDU JRN JUD LAB LEG MED MIL OPP PRM PTY REB REF REL SPY".split())
"""Sectors of a modifier that say more than the CVL, SOC or UNK of the noun it stands before ("student protesters")."""
_VAGUE = frozenset({"CVL", "SOC", "UNK", "CRM"})
_LEFT_DEPS = frozenset({"compound", "amod", "nmod", "poss", "nummod", "npadvmod", "punct", "case", "det"})
_TITLED = frozenset("mr mrs ms miss dr sir lord president prime minister".split())
_CLOSERS = frozenset(', ; : " “ ”'.split())
_ARMED = frozenset({"armed", "masked", "heavily-armed", "gun-wielding", "hooded"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What was read. `confidence` is that of the sectors; `known` is a listed body or leader."""

    sectors: tuple[str, ...] = ()
    office: str | None = None
    known: Entity | None = None
    country: str | None = None
    weak: bool = False
    confidence: float = 0.0


class Roles:
    """Reads roles in one article."""

    def __init__(self, analysis: Analysis, lexicon: ActorLexicon, matches: list[Match], story: StoryCountries, day: str | None) -> None:
        self._analysis = analysis
        self._lexicon = lexicon
        self._story = story
        self.day = day
        """The day (ISO 8601) on which offices are asked for: that of the event in hand, else of publication."""
        self.covering: defaultdict[int, list[Match]] = defaultdict(list)
        for match in matches:
            for index in range(match.first, match.last):
                self.covering[index].append(match)
        self._described: dict[tuple[int, str | None], Role] = {}

    def of_phrase(self, first: int, last: int, head: int, name: str | None = None) -> Role:
        """Return the role that the tokens from `first` to `last` tell of their head; `name` is the fullest name known."""
        entity = self._entity_at(first, last, head, name)
        agent = self._agent_at(first, last, head)
        if entity and (not agent or entity.last - entity.first >= agent.last - agent.first or _ruled(entity)):
            role = self._of_entity(entity)
            if role.known or role.sectors or not agent:
                return role
        if agent and agent.agent:
            return self._of_agent(agent, agent.agent, first, last)
        return Role()

    def _entity_at(self, first: int, last: int, head: int, name: str | None) -> Match | None:
        found = [m for m in self.covering[head] if m.entities and first <= m.first and m.last <= last]
        found = [m for m in found if not self._is_part_of_other_name(m, name)]
        return max(found, key=lambda m: m.last - m.first) if found else None

    def _agent_at(self, first: int, last: int, head: int) -> Match | None:
        # What ends at the head says what it is; "head of the army" starts there.
        found = [m for m in self.covering[head] if m.agent and first <= m.first and m.last <= last]
        return max(found, key=lambda m: (m.last - m.first, -m.first)) if found else None

    def _is_part_of_other_name(self, match: Match, name: str | None) -> bool:
        """Tell whether a leader's surname is here somebody else's ("Kate Bush"), or a body's name part of a longer one."""
        leader = any(e.person for e in match.entities)
        if not leader:
            return False
        if name and match.last - match.first == 1:
            mine, listed = tuple(w for w in fold(name) if w not in _TITLED), {w for e in match.entities for w in fold(e.name)}
            if len(mine) > 1 and mine[0] not in listed:
                return True
        before = self._analysis.tokens[match.first - 1] if match.first else None
        return bool(
            before is not None
            and match.last - match.first == 1
            and before.pos == "PROPN"
            and before.dep == "compound"
            and match.covers(before.head)
            and not any(m.agent for m in self.covering[before.index])
            and before.index not in self._story.named
        )

    def _of_entity(self, match: Match) -> Role:
        found = link(match.entities, told=self._story.told, votes=self._story.votes, day=self.day, full=match.last - match.first > 1)
        entity = found.entity
        if entity is None:
            return Role(sectors=found.sectors, confidence=0.5 if found.sectors else 0.0)
        standing = entity.on(self.day)
        code = standing.code
        if match.generic and entity.origin != RULE and code != self._story.main:
            code = None
            agent = next((m.agent for m in self.covering[match.first] if m.agent and m.last == match.last), None)
            if agent is not None:
                return Role(sectors=agent.sectors, confidence=0.75)
        return Role(sectors=standing.sectors, office=standing.office, known=entity, country=code, confidence=0.9)

    def _of_agent(self, match: Match, agent: Agent, first: int, last: int) -> Role:
        tokens = self._analysis.tokens
        office = self._text(match) if agent.office else None
        if agent.office and match.first > 0 and self._former_before(match.first):
            rest = [s for s in agent.sectors if s not in ("GOV", "ELI")]
            office = office if "ELI" in agent.sectors else f"former {office}"
            return Role(sectors=("ELI", *rest), office=office, confidence=0.8)
        beside = self._beside(match, first, last, wide=agent.weak)
        armed = any(t.text.lower() in _ARMED for t in tokens[first : match.first])
        if agent.weak:
            if beside.sectors:
                return replace(beside, sectors=_merged(beside.sectors, ()), office=beside.office or office, confidence=0.7)
            if armed:
                return Role(sectors=("UAF",), confidence=0.7)
            if agent.group == "leader-weak" and self._of_country(match, first, last):
                return Role(sectors=("GOV",), office=office, confidence=0.6)
            return Role(sectors=agent.sectors, office=office, weak=True, confidence=0.5)
        if armed and agent.sectors[:1] in (("CVL",), ("UNK",)):
            return Role(sectors=("UAF",), confidence=0.75)
        if agent.sectors[:1] and agent.sectors[0] in _VAGUE - {"CRM"} and beside.sectors[:1] and beside.sectors[0] in _SPECIFIC:
            return replace(beside, sectors=_merged(beside.sectors, agent.sectors), office=None, confidence=0.65)
        if agent.group == "head-of-state" and self._heads_no_state(match, beside):
            sectors = beside.sectors or self._body_after(match, last)
            return Role(sectors=sectors, office=office, confidence=0.6)
        country = agent.code or (beside.country if beside.known else None)
        return Role(sectors=agent.sectors, office=office, country=country, confidence=0.8)

    def _of_country(self, match: Match, first: int, last: int) -> bool:
        """Tell whether a plural "leaders" is said of a country ("Syrian leaders", "leaders of Iran")."""
        tokens = self._analysis.tokens
        if "Number=Plur" not in tokens[match.last - 1].morph:
            return False
        before = match.first - 1 >= first and match.first - 1 in self._story.named
        after = tokens[match.last : last][:1]
        return before or bool(after and after[0].text.lower() == "of" and self._story.within(match.last, last, match.last))

    def _heads_no_state(self, match: Match, beside: Role) -> bool:
        """Tell whether a "president" is that of a body: "president of the league", "the union president"."""
        if beside.sectors and beside.sectors[0] not in ("GOV", "PTY", "LEG") and beside.known is None:
            return True
        tokens = self._analysis.tokens
        if match.last + 1 >= len(tokens) or tokens[match.last].text.lower() not in ("of", "for"):
            return False
        story = self._story
        near = [t for t in tokens[match.last + 1 : match.last + 7] if t.sentence == tokens[match.last].sentence]
        nouns = [t for t in near if t.pos in ("PROPN", "NOUN", "ADJ")]
        if not nouns or any(t.index in story.named or t.index in story.places for t in nouns[:2]):
            return False
        return not any(m.agent and "GOV" in m.agent.sectors for t in nouns[:3] for m in self.covering[t.index])

    def _body_after(self, match: Match, last: int) -> tuple[str, ...]:
        """Return the sectors of the body that a "president of ..." heads; a body of which nothing is known is of society."""
        tokens = self._analysis.tokens
        near = [t for t in tokens[match.last + 1 : max(last, match.last + 7)] if t.sentence == tokens[match.last].sentence]
        # What heads the phrase says most ("the Nurses Union" is a union), then the words before it.
        heads = [t for t in near if t.dep == "pobj"][:1]
        for token in (*heads, *near):
            if token.pos in ("VERB", "AUX") or token.text in (",", ";"):
                break
            for other in self.covering[token.index]:
                if other.entities:
                    return self._of_entity(other).sectors
                if other.agent and not other.agent.weak and other.agent.sectors:
                    return other.agent.sectors
        return ("SOC",)

    def _former_before(self, at: int) -> bool:
        tokens = self._analysis.tokens
        if tokens[at].text.lower() in _FORMER:
            return True
        return any(
            t.text.lower() in _FORMER or t.text.lower().startswith("ex-")
            for t in tokens[max(0, at - 3) : at]
            if t.sentence == tokens[at].sentence and (t.dep in _LEFT_DEPS or t.text.lower() in _FORMER)
        )

    def _beside(self, match: Match, first: int, last: int, *, wide: bool) -> Role:
        """Return what the words before the match say, the nearest first, and for `wide` also those behind it."""
        left = sorted(
            {m for i in range(first, match.first) for m in self.covering[i] if first <= m.first and m.last <= match.first},
            key=lambda m: (-m.last, -(m.last - m.first), m.agent is not None),
        )
        right: list[Match] = []
        if wide:
            right = sorted(
                {m for i in range(match.last, last) for m in self.covering[i] if match.last <= m.first and m.last <= last},
                key=lambda m: (m.first, -(m.last - m.first), m.agent is not None),
            )
        for other in (*left, *right):
            if other.entities:
                return self._of_entity(other)
            if other.agent and not other.agent.weak and other.agent.sectors:
                return Role(sectors=other.agent.sectors, confidence=0.7)
        return Role()

    def _text(self, match: Match) -> str:
        tokens = self._analysis.tokens
        span = tokens[match.first].span.start, tokens[match.last - 1].span.end
        return " ".join(self._analysis.document.text[span[0] : span[1]].lower().split())

    def of_chain(self, chain: Chain) -> Role:
        """Return what the article calls a named person or body anywhere: titles before, appositions, "X is a ..."."""
        key = (chain.index, self.day)
        if key not in self._described:
            self._described[key] = self._describe(chain)
        return self._described[key]

    def _describe(self, chain: Chain) -> Role:
        best = Role()
        for mention in chain.mentions:
            if not mention.label:
                continue
            inside = [t for t in self._near(mention.head) if mention.span.overlaps(t.span)]
            if not inside:
                continue
            for role in self._around(inside[0].index, inside[-1].index + 1, mention.head):
                if role.sectors and (not best.sectors or (best.weak and not role.weak)):
                    country = role.country or best.country
                    best = replace(role, country=country)
                elif role.country and not best.country:
                    best = replace(best, country=role.country)
            if best.sectors and not best.weak and best.country:
                break
        return best

    def _near(self, head: int) -> tuple[Token, ...]:
        return self._analysis.tokens[max(0, head - 12) : head + 12]

    def describe_tokens(self, first: int, last: int, head: int) -> Role:
        """Return what stands around one name."""
        best = Role()
        for role in self._around(first, last, head):
            if role.sectors and (not best.sectors or (best.weak and not role.weak)):
                best = role
        return best

    def _around(self, first: int, last: int, head: int) -> Iterable[Role]:
        """Yield the roles told by the titles within and before a name, its appositions and its predicates."""
        tokens = self._analysis.tokens
        inner = max((m.last for i in range(first, last - 1) for m in self.covering[i] if m.agent and m.last < last), default=first)
        if inner > first:
            yield self._title(first, inner)
        start = first
        while start > 0 and tokens[start - 1].sentence == tokens[first].sentence and first - start < 8:
            before = tokens[start - 1]
            if before.text in _CLOSERS or (before.dep not in _LEFT_DEPS and before.pos not in ("PROPN", "NOUN", "ADJ")):
                break
            start -= 1
        if start < first:
            yield self._title(start, first)
        for token in self._apposed(first, last, head):
            left = token.index
            while left > 0 and tokens[left - 1].dep in _LEFT_DEPS and left - 1 >= last:
                left -= 1
            end = self._apposition_end(token)
            yield self._with_country(self.of_phrase(min(left, token.index), end, token.index), min(left, token.index), end, token.index)
        if last + 1 < len(tokens) and tokens[last].text == ",":
            yield self._after_comma(last + 1)

    def _title(self, first: int, last: int) -> Role:
        role = self.of_phrase(first, last, last - 1)
        return self._with_country(role, first, last, last - 1)

    def _with_country(self, role: Role, first: int, last: int, head: int) -> Role:
        if not role.sectors:
            return role
        return replace(role, country=role.country or self._story.within(first, last, head), known=None, confidence=0.8)

    def _apposed(self, first: int, last: int, head: int) -> Iterable[Token]:
        tokens = self._analysis.tokens
        name = tokens[head]
        for child in self._analysis.children(name):
            if child.dep == "appos" and child.index >= last:
                yield child
        if name.dep == "appos" and not first <= name.head < last:
            yield tokens[name.head]
        if name.dep == "nsubj" and tokens[name.head].lemma == "be":
            for child in self._analysis.children(tokens[name.head]):
                if child.dep == "attr" and child.pos == "NOUN":
                    yield child

    def _apposition_end(self, token: Token) -> int:
        end = token.index + 1
        tokens = self._analysis.tokens
        while end < len(tokens) and end - token.index < 8 and tokens[end].sentence == token.sentence:
            if tokens[end].pos in ("VERB", "AUX", "PUNCT", "SCONJ") or tokens[end].tag in ("WP", "WDT"):
                break
            end += 1
        return end

    def _after_comma(self, at: int) -> Role:
        """Read "NAME, the party's general secretary, ..." where the parser saw no apposition."""
        tokens = self._analysis.tokens
        sentence = tokens[at].sentence
        end = at
        while end < len(tokens) and end - at < 8 and tokens[end].sentence == sentence:
            if tokens[end].pos in ("VERB", "AUX", "PUNCT", "SCONJ", "ADP", "CCONJ", "PRON"):
                break
            end += 1
        if end == at or end >= len(tokens) or tokens[end].pos not in ("PUNCT", "ADP"):
            return Role()
        role = self.of_phrase(at, end, end - 1)
        if not role.sectors or role.known:
            return Role()
        return self._with_country(role, at, min(len(tokens), end + 4), end - 1)


def _ruled(match: Match) -> bool:
    """Tell whether a user's rule says who is meant."""
    return any(entity.origin == RULE for entity in match.entities)


def _merged(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
