"""Candidate sides -> coded actors: the words of the text, country, sectors, full name and office (codebook §3, §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from dateline.resolve import countries as country_table
from dateline.resolve.actor_countries import StoryCountries, read_publishers
from dateline.resolve.actor_lexicon import ActorLexicon, is_cased, users_lexicon
from dateline.resolve.actor_linking import INTERNATIONAL
from dateline.resolve.actor_phrases import bounds
from dateline.resolve.actor_roles import Role, Roles
from dateline.resolve.actor_words import fold
from dateline.resolve.countries import Countries
from dateline.types import Actor, Analysis, Argument, Chain, EventCandidate, Layer, Mention, Sides, Span, Token

_RELATIVE = frozenset({"WP", "WDT", "WP$"})
_UNNAMED = frozenset({"UNK", "UAF"})


class Actors:
    """Code the actors and recipients of each candidate."""

    name = "resolve.actors"
    requires: ClassVar[frozenset[Layer]] = frozenset({Layer.CANDIDATES, Layer.CHAINS, Layer.TOPONYMS, Layer.ENTITIES, Layer.INTERVALS})
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.SIDES})

    def __init__(self, countries: Countries | None = None, lexicon: ActorLexicon | None = None) -> None:
        self._countries = countries or country_table.shared()
        self._lexicon = lexicon or users_lexicon()
        self._publishers = read_publishers()
        self._domains = {c.iso2.lower(): c.code for c in self._countries.all()} | {"uk": "GBR"}

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with sides, one for each candidate."""
        return [replace(analysis, sides=self._sides(analysis)) for analysis in batch]

    def _sides(self, analysis: Analysis) -> tuple[Sides, ...]:
        if not analysis.candidates:
            return ()
        coder = self.coder(analysis)
        # A stage run by itself, without the days of the events, asks for offices on the day of publication.
        days = [interval.earliest if interval else None for interval in analysis.intervals] or [None] * len(analysis.candidates)
        return tuple(coder.sides(candidate, day) for candidate, day in zip(analysis.candidates, days, strict=True))

    def coder(self, analysis: Analysis, day: str | None = None) -> Coder:
        """Return what codes the actors of one article, on a day (ISO 8601) or that of its publication."""
        coder = Coder(analysis, self._lexicon, self._countries, self._publishers, self._domains)
        coder.roles.day = day or analysis.document.published
        return coder


class Coder:
    """Codes the sides of one article's candidates."""

    def __init__(
        self, analysis: Analysis, lexicon: ActorLexicon, countries: Countries, publishers: dict[str, str], domains: dict[str, str]
    ) -> None:
        self._analysis = analysis
        self._lexicon = lexicon
        self._countries = countries
        self._cased = is_cased(analysis.tokens)
        matches = lexicon.matches(analysis.tokens)
        self._leaders = [m for m in matches if any(e.person for e in m.entities)]
        self.story = StoryCountries(analysis, countries, publishers, domains, matches)
        self._published = published = analysis.document.published
        self.roles = Roles(analysis, lexicon, matches, self.story, published)
        self._chains: dict[int, tuple[Chain, Mention]] = {}
        for chain in analysis.chains:
            for mention in chain.mentions:
                for index in self._tokens_of(mention):
                    self._chains.setdefault(index, (chain, mention))

    def sides(self, candidate: EventCandidate, day: str | None = None) -> Sides:
        """Return both sides on the day of the event (ISO 8601; without one, of publication).

        Nobody stands twice, and nobody acts on himself (codebook §1: one side on another).

        Who was found on both sides keeps the side that the syntax ties to the trigger, else that of the actor.
        """
        self.roles.day = day or self._published
        actors, recipients = self._side(candidate, "actor"), self._side(candidate, "recipient")
        for name in [name for name in actors if name and name in recipients]:
            loose = actors[name][1] == _NEARBY and recipients[name][1] != _NEARBY
            del (actors if loose and len(actors) > 1 else recipients)[name]
        return Sides(actors=tuple(actor for actor, _ in actors.values()), recipients=tuple(actor for actor, _ in recipients.values()))

    def _side(self, candidate: EventCandidate, side: str) -> dict[str, tuple[Actor, str]]:
        """Return the entities of a side with the paths by which they were found, filed under what tells them apart."""
        found: dict[str, tuple[Actor, str]] = {}
        for argument in candidate.of_role(side):
            for part in self._parts(argument):
                actor = self.actor(part, candidate.event_type, candidate.modes)
                if actor is not None:
                    found.setdefault((actor.identifier_text or actor.text).casefold(), (actor, argument.path))
        if len(found) > 1:
            # Who is named displaces a side that the text leaves unnamed.
            found.pop("", None)
        return found

    def _parts(self, argument: Argument) -> list[Argument]:
        """Return the argument, or for a "they" that takes up "X and Y" each of the two."""
        linked = self._chains.get(argument.head) if argument.head is not None else None
        if argument.span is None or linked is None or self._analysis.tokens[linked[1].head].text.lower() not in _PLURAL_PRONOUNS:
            return [argument]
        before = [m for m in linked[0].mentions if m.made_by != "pronoun" and m.span < argument.span]
        if not before:
            return [argument]
        tokens = self._analysis.tokens
        found = [tokens[before[-1].head]]
        for token in found:
            found += [c for c in self._analysis.children(token) if c.dep == "conj" and c.pos in ("PROPN", "NOUN")]
        if len(found) == 1:
            return [argument]
        return [replace(argument, span=self._own_span(t), head=t.index, text=t.text) for t in found]

    def _own_span(self, head: Token) -> Span:
        """Return the span of a noun with what hangs under it, up to the next member of a coordination."""
        inside = [t for t in self._analysis.subtree(head) if t.index <= head.index or t.dep not in ("cc", "conj")]
        stop = next((t.index for t in self._analysis.children(head) if t.dep in ("cc", "conj")), inside[-1].index + 1)
        inside = [t for t in inside if t.index < max(stop, head.index + 1)]
        return Span(inside[0].span.start, inside[-1].span.end)

    def _tokens_of(self, mention: Mention) -> list[int]:
        tokens = self._analysis.tokens
        inside = [mention.head]
        for step in (-1, 1):
            at = mention.head + step
            while 0 <= at < len(tokens) and mention.span.overlaps(tokens[at].span):
                inside.append(at)
                at += step
        return sorted(inside)

    def actor(self, argument: Argument, event_type: str, modes: tuple[str, ...] = ()) -> Actor | None:
        """Return the coded actor of one argument; None is a recipient that the text does not name."""
        coded = self._named(argument)
        if coded is not None and not coded.sectors and coded.text:
            actor = argument.role == "actor"
            return replace(coded, sectors=_DEFAULT_ACTOR.get(event_type, ("CVL",)) if actor else ("CVL",))
        arrested = argument.role == "recipient" and event_type == "COERCE" and "arrest" in modes
        if coded is not None and arrested and coded.sectors == ("CVL",) and self._plain_person(argument):
            # Codebook §5.30: suspects of ordinary crime are CRM; the arrest is all the text tells of "two men".
            return replace(coded, sectors=("CRM", "CVL"))
        return coded

    def _named(self, argument: Argument) -> Actor | None:
        if argument.span is None or argument.head is None:
            return self._unnamed(argument)
        token = self._analysis.tokens[argument.head]
        if token.pos == "PRON" or token.tag in _RELATIVE or token.tag in ("PRP", "PRP$"):
            return self._of_pronoun(token, argument)
        found = bounds(self._analysis, argument)
        return self._code(*found, argument.head) if found else self._unnamed(argument)

    def _plain_person(self, argument: Argument) -> bool:
        return argument.head is not None and self._analysis.tokens[argument.head].lemma.lower() in _PLAIN

    def _unnamed(self, argument: Argument) -> Actor | None:
        if argument.role == "recipient":
            return None
        sector = argument.default_sector or "UNK"
        code = None if sector in _UNNAMED else self.story.main
        return Actor(text="", span=None, code=code, sectors=(sector,), confidence=0.5)

    def _of_pronoun(self, token: Token, argument: Argument) -> Actor | None:
        """Code what a pronoun stands for, quoted where its name stands."""
        if token.tag in _RELATIVE or token.text.lower() == "that":
            verb = self._analysis.tokens[token.head]
            noun = self._analysis.tokens[verb.head]
            if verb.dep == "relcl" and noun.pos in ("NOUN", "PROPN"):
                return self._code_at(noun)
        linked = self._chains.get(token.index)
        if linked is not None:
            chain = linked[0]
            named = [m for m in chain.mentions if m.made_by not in ("pronoun", "epithet") and self._analysis.tokens[m.head].pos != "PRON"]
            before = [m for m in named if m.span.start < token.span.start]
            if before or named:
                mention = before[-1] if before else named[0]
                actor = self._code_at(self._analysis.tokens[mention.head])
                return replace(actor, confidence=round(actor.confidence * 0.8, 3)) if actor else None
        if token.text.lower() in ("many", "some", "several", "others", "hundreds", "thousands", "dozens", "those", "one", "most"):
            found = bounds(self._analysis, argument)
            return self._code(*found, token.index) if found else None
        return self._unnamed(replace(argument, default_sector=argument.default_sector))

    def at(self, head: Token) -> Actor | None:
        """Return the coded actor whose phrase a token heads."""
        return self._code_at(head)

    def role_at(self, head: Token) -> Role | None:
        """Return what is read of the phrase that a token heads: who of the lists it is, office, sectors."""
        subtree = self._analysis.subtree(head)
        span = Span(subtree[0].span.start, subtree[-1].span.end)
        found = bounds(self._analysis, Argument(role="actor", span=span, head=head.index, text="", path="antecedent"))
        chain = self._chains.get(head.index, (None, None))[0]
        person = chain is not None and chain.label == "PERSON"
        return self._role(*found, head.index, chain, person) if found else None

    def _code_at(self, head: Token) -> Actor | None:
        subtree = self._analysis.subtree(head)
        span = Span(subtree[0].span.start, subtree[-1].span.end)
        whole = Argument(role="actor", span=span, head=head.index, text="", path="antecedent")
        found = bounds(self._analysis, whole)
        return self._code(*found, head.index) if found else None

    def _code(self, first: int, last: int, head: int) -> Actor:
        chain, mention = self._chains.get(head, (None, None))
        person = chain is not None and chain.label == "PERSON" and mention is not None
        full_first, full_last = first, last
        name = chain.name if chain is not None else None
        if person and self._is_no_person(first, last, head):
            # Recognisers take lower-cased bodies for persons; the lists know better.
            person = False
        if person and mention is not None:
            inside = self._tokens_of(mention)
            first, last = self._name_start(inside[0], full_first), inside[-1] + 1
            first = self._after_titles(first, last, head)
        elif (self._analysis.tokens[head].pos == "PROPN" or not self._cased) and not self._heads_agent(head):
            first = self._after_titles(first, last, head)
        body = self._listed(head)
        if body is not None:
            first, last = body
        full_first, full_last = min(full_first, first), max(full_last, last)
        role = self._role(full_first, full_last, head, chain, person)
        own = range(first, last) if person else range(0)
        code = self._country(full_first, full_last, head, chain, role, own)
        span = self._span(first, last)
        return Actor(
            text=span.of(self._analysis.document.text),
            span=span,
            code=code[0],
            sectors=role.sectors,
            identifier_id=role.known.id if role.known is not None else None,
            identifier_text=self._name(first, last, head, name, role, code[0], person),
            office=role.office,
            confidence=_confidence(0.5 * role.confidence + 0.5 * code[1]),
        )

    def _span(self, first: int, last: int) -> Span:
        """Return the span of the tokens, without a possessive ending."""
        tokens = self._analysis.tokens
        while last - 1 > first and tokens[last - 1].tag == "POS":
            last -= 1
        return Span(tokens[first].span.start, tokens[last - 1].span.end)

    def _heads_agent(self, head: int) -> bool:
        return bool(self.roles.covering[head])

    def _listed(self, head: int) -> tuple[int, int] | None:
        """Return the tokens of the listed body or leader whose name the head is in; a name that may be a phrase is none."""
        found = [m for m in self.roles.covering[head] if m.entities and not m.generic and m.last - m.first > 1]
        best = max(found, key=lambda m: m.last - m.first, default=None)
        return (best.first, best.last) if best else None

    def _name_start(self, first: int, stop: int) -> int:
        """Return where a person's name begins that the recogniser has cut short at the front."""
        tokens = self._analysis.tokens
        while first > stop:
            before = tokens[first - 1]
            known = before.index in self.story.named or bool(self.roles.covering[before.index])
            if known or before.pos != "PROPN" or before.dep not in ("compound", "nmod") or not before.text[:1].isalpha():
                break
            first -= 1
        return first

    def _is_no_person(self, first: int, last: int, head: int) -> bool:
        """Tell whether a listed body or, in a text without capitals, an agent word stands at the head of a "person"."""
        for match in self.roles.covering[head]:
            if first <= match.first and match.last <= last:
                whole = match.last - match.first > 1 or last - first == 1
                if match.entities and not any(e.person for e in match.entities) and whole:
                    return True
                if match.agent and not self._cased and match.last > head:
                    return True
        return False

    def _after_titles(self, first: int, last: int, head: int) -> int:
        """Return where a name begins behind the titles before it ("chief minister narendra modi")."""
        start = first
        for match in (m for i in range(first, head) for m in self.roles.covering[i]):
            # "mahant" and "lord" are used as part of the name.
            if match.agent is None or match.agent.group == "religion":
                continue
            if first <= match.first and start < match.last <= head and match.last < last:
                start = match.last
        tokens = self._analysis.tokens
        while start < head and (tokens[start].text.lower().rstrip(".") in _HONORIFICS or tokens[start].pos == "PUNCT"):
            start += 1
        return start

    def _role(self, first: int, last: int, head: int, chain: Chain | None, person: bool) -> Role:
        tokens = self._analysis.tokens
        name = chain.name if chain is not None and person else None
        role = self.roles.of_phrase(first, last, head, name)
        if person and chain is not None:
            if role.known is not None and role.known.person:
                return self._after_office(role, chain)
            listed = self._leader(chain.name)
            if listed is not None and listed.known is not None:
                return self._after_office(listed, chain)
            described = self.roles.of_chain(chain)
            if described.sectors:
                return described
            return Role(confidence=0.3)
        if role.sectors or role.known:
            return role
        if head in self.story.named:
            if head not in self.story.people:
                return Role(sectors=("GOV",), confidence=0.8)
            return self._of_people(tokens[head])
        if head in self.story.seats or head in self.story.places:
            return Role(sectors=("GOV",), confidence=0.65)
        around = self.roles.of_chain(chain) if chain is not None and chain.name else self.roles.describe_tokens(first, last, head)
        if around.sectors:
            return around
        inner = self._inner(first, last, head)
        if inner.sectors:
            return inner
        return Role(confidence=0.25)

    def _after_office(self, role: Role, chain: Chain) -> Role:
        """Return the role of a listed leader; of one out of office what the article says of him or her comes first."""
        if role.sectors[:1] != ("ELI",):
            return role
        described = self.roles.of_chain(chain)
        if described.weak or not described.sectors or described.sectors[0] in ("GOV", "CVL"):
            return role
        return replace(role, sectors=tuple(dict.fromkeys((*described.sectors, *role.sectors))), office=described.office)

    def _leader(self, name: str | None) -> Role | None:
        """Return the role of a listed leader whose full name the article gives somewhere."""
        words = fold(name or "")
        if len(words) < 2:
            return None
        for match in self._leaders:
            if match.last - match.first >= 2:
                text = self._span(match.first, match.last).of(self._analysis.document.text)
                if fold(text)[-1] == words[-1] and fold(text)[0] == words[0]:
                    return self.roles.of_phrase(match.first, match.last, match.last - 1)
        return None

    def _of_people(self, token: Token) -> Role:
        """Return the role of a people's name: the state where it stands as an adjective ("Russian and ... troops"), else its people."""
        tokens = self._analysis.tokens
        at = token
        while at.dep == "conj" and tokens[at.head].index != at.index:
            at = tokens[at.head]
        if at.dep in ("amod", "compound", "nmod"):
            role = self.roles.of_phrase(at.head, at.head + 1, at.head)
            return role if role.sectors else Role(sectors=("GOV",), confidence=0.5)
        if token.pos == "ADJ" or (token.tag == "NNP" and not token.text.lower().endswith(("s", "i", "an"))):
            return Role(sectors=("GOV",), confidence=0.6)
        return Role(confidence=0.4)

    def _inner(self, first: int, last: int, head: int) -> Role:
        """Return what any agent word within the phrase says, the nearest to the head first."""
        order = sorted(range(first, last), key=lambda i: (abs(i - head), i))
        for index in order:
            role = self.roles.of_phrase(first, last, index)
            if role.sectors and not role.weak:
                return replace(role, office=None, confidence=0.5, known=None)
        return Role()

    def _country(self, first: int, last: int, head: int, chain: Chain | None, role: Role, own: range) -> tuple[str | None, float]:
        """Return the country or international code and how sure it is (probability 0-1)."""
        if role.known is not None and role.country:
            return role.country, 0.95
        if head in self.story.named and head not in own:
            return self.story.named[head], 0.95
        told = self.story.within(first, last, head, own)
        if told:
            return told, 0.9
        if role.country:
            return role.country, 0.85
        if chain is not None and chain.name:
            described = self.roles.of_chain(chain)
            if described.country:
                return described.country, 0.8
            for mention in chain.mentions:
                inside = self._tokens_of(mention)
                found = None if own else self.story.within(inside[0], inside[-1] + 1, mention.head)
                if found:
                    return found, 0.8
        return self._default_country()

    def _default_country(self) -> tuple[str | None, float]:
        """Return the story's country, or that of the outlet: most who are not said to be foreign are local."""
        if self.story.main is None:
            return None, 0.2
        total = sum(self.story.votes.values())
        return self.story.main, round(0.4 + 0.4 * self.story.votes[self.story.main] / total, 3)

    def _name(self, first: int, last: int, head: int, name: str | None, role: Role, code: str | None, person: bool) -> str | None:
        """Return the full usual name of a named person, body or place, else None."""
        tokens = self._analysis.tokens
        if role.known is not None:
            return role.known.name
        if person:
            return self._titled(name)
        if head in self.story.named and head not in self.story.people and code:
            return self._countries.name(code)
        own = self._span(first, last).of(self._analysis.document.text)
        if head in self.story.people and role.sectors[:1] == ("GOV",) and code:
            return self._countries.name(code)
        if tokens[head].lemma in ("government", "centre", "regime", "administration") and code and code not in INTERNATIONAL:
            return self._government(first, last, head, code)
        if head in self.story.seats and role.sectors[:1] == ("GOV",) and code:
            return self._countries.name(code)
        national = self._national(own, code)
        if national:
            return national
        if name and len(name.split()) >= len(own.split()) - 1:
            return self._titled(name)
        if not self._cased:
            named = tokens[head].pos == "PROPN" or (not self._heads_agent(head) and any(t.pos == "PROPN" for t in tokens[first:last]))
            return self._titled(own) if named else None
        capitals = sum(t.text[:1].isupper() for t in tokens[first:last])
        return self._titled(own) if tokens[head].pos == "PROPN" and capitals * 2 >= last - first else None

    def _national(self, own: str, code: str | None) -> str | None:
        """Return the usual name of a country's one army, navy, parliament or foreign ministry, which news seldom writes out."""
        words = fold(own)
        country = self._countries.country(code) if code else None
        if country is None or not country.demonyms or not words:
            return None
        rest = " ".join(w for w in words if self._countries.demonym(w.title()) is None and w not in ("us", "uk"))
        if rest in ("army", "navy", "air force"):
            return f"{country.demonyms[0]} {rest.title()}"
        if rest == "parliament":
            return f"Parliament of {country.name}"
        if rest in ("foreign ministry", "foreign affairs ministry"):
            return f"Ministry of Foreign Affairs of {country.name}"
        return None

    def _government(self, first: int, last: int, head: int, code: str) -> str | None:
        """Return the name of a government: of the province that stands beside it, of "the state" of the story, of the country."""
        tokens = self._analysis.tokens
        beside = [t for t in tokens[first:last] if t.index in self.story.places and t.index not in self.story.seats]
        if beside:
            return f"Government of {self._titled(' '.join(t.text for t in beside))}"
        before = tokens[head - 1].text.lower() if head > first else ""
        if before in ("state", "provincial", "regional"):
            province = self.story.province(code)
            return f"Government of {province}" if province else None
        if before in ("local", "city", "municipal", "district", "town", "county") or tokens[head].lemma == "administration":
            return None
        return f"Government of {self._countries.name(code)}"

    def _titled(self, name: str | None) -> str | None:
        """Return a name with capitals, which a lower-cased text lacks, and without "Mr"."""
        if name is not None:
            words = name.split()
            while len(words) > 1 and words[0].lower().rstrip(".") in _HONORIFICS:
                words = words[1:]
            name = " ".join(words)
        if name is None or self._cased or any(c.isupper() for c in name):
            return name
        return " ".join(w if w in ("of", "the", "and", "for") else w[:1].upper() + w[1:] for w in name.split())


_NEARBY = "named nearby"
"""The path of an argument that no frame of the lexicon led to (`events.roles`)."""
_PLURAL_PRONOUNS = frozenset({"they", "them"})
_PLAIN = frozenset("people person man woman men women individual other youth teenager".split())
_HONORIFICS = frozenset("mr mrs ms miss dr sir lord dame prof rev shri smt the".split())


def _confidence(mean: float) -> float:
    """Return how often country and main sector are both right at this mean of their scores (measured on coded articles)."""
    return round(min(0.99, max(0.05, mean - 0.6 * max(0.0, 0.75 - mean))), 3)


_STATE_ACTS = ("AGREE", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "REJECT", "THREATEN", "SANCTION")
_DEFAULT_ACTOR: dict[str, tuple[str, ...]] = {
    "ACCUSE": ("PTY",),
    "CONSULT": ("PTY",),
    "SUPPORT": ("PTY",),
    "ASSAULT": ("UNK",),
    "COERCE": ("COP",),
    "MOBILIZE": ("MIL",),
    **dict.fromkeys(_STATE_ACTS, ("GOV",)),
}
"""The main sector of somebody of whom the text tells nothing but the act: the commonest in coded articles (own counts)."""
