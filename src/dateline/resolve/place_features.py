"""What speaks for a place being that of an event: how its mentions stand to the trigger.

The codebook (§3, §5.10, §5.24) asks for the most precise named place where the act happened. A third of the places
that readers note stand in another sentence than the act: the scene is set once, and the dateline counts when nothing
else does. So every place of the article is weighed, by features of syntax, distance and prominence.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dateline.resolve.place_words import PlaceWords
from dateline.types import Analysis, EventCandidate, Place, Toponym

VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
SPREADING = frozenset({"conj", "appos", "compound", "nmod", "amod", "poss", "nummod"})
"""Dependencies along which a place name takes part in the phrase above it."""
CLAUSES = frozenset({"ccomp", "parataxis"})
# fmt: off
POINTING = {
    "city": "city", "town": "city", "village": "city", "capital": "city", "district": "city", "area": "city", "scene": "city",
    "state": "state", "province": "state", "region": "state", "country": "country", "nation": "country", "border": "country",
}
"""Nouns that, after an article, stand for a place named before."""
CHAIN_WORDS = frozenset({",", "in", "of", "(", "the", "'s", "’s", "at", "near", "under", "a", "an", "limits", "police", "station"})
"""Words between two names of which the second says where the first lies, beside nouns of place and directions."""
CROSSED = (
    "share", "mentions", "main_country", "dateline", "title", "lead", "here", "at_trigger", "under_trigger", "above_trigger",
    "not_at_trigger", "not_here", "away", "scene", "scene_last", "holds_another", "holds_another_here", "people_here", "people",
    "chain_inner", "chain_outer",
)
# fmt: on
"""Features that mean different things for a town and for a country, and so are counted apart for each."""


@dataclass(slots=True)
class Stand:
    """How one mention stands in its sentence: the token that its locative phrase hangs on, if it has one."""

    toponym: Toponym
    head: int
    governor: int | None = None
    preposition: str = ""
    relation: str = ""
    """Dependency of the phrase when it is no locative: nsubj, dobj, poss, compound, ..."""
    dateline: bool = False


@dataclass(slots=True)
class Group:
    """All mentions of one place."""

    place: Place
    stands: list[Stand] = field(default_factory=list)
    peoples: list[Toponym] = field(default_factory=list)
    """Mentions of the country's people ("Bolivian"), which speak for it, though they are no place."""


class Scene:
    """The places of one article, read once and asked for each of its candidates."""

    def __init__(self, analysis: Analysis, words: PlaceWords) -> None:
        self._analysis = analysis
        self._words = words
        self.groups = self._grouped()
        self._share = self._prominence()
        self._main = self._main_country()

    def _grouped(self) -> list[Group]:
        groups: dict[tuple[str | None, str | None], Group] = {}
        starts = {token.span.start: token.index for token in self._analysis.tokens}
        for toponym in self._analysis.toponyms:
            first = starts.get(toponym.span.start)
            if first is None:
                continue
            identity = (toponym.place.country_code, (toponym.place.name or toponym.text).casefold())
            group = groups.setdefault(identity, Group(place=toponym.place))
            if toponym.demonym:
                group.peoples.append(toponym)
                continue
            if not group.stands:
                group.place = toponym.place
            group.stands.append(self._stand(toponym, first))
        return list(groups.values())

    def _stand(self, toponym: Toponym, first: int) -> Stand:
        """Climb from the name to the preposition that makes it a place, or to what it is instead."""
        tokens = self._analysis.tokens
        at = first
        while tokens[at].span.end < toponym.span.end and at + 1 < len(tokens):
            at += 1
        inner = range(first, at + 1)
        head = next((i for i in reversed(inner) if tokens[i].head not in inner or tokens[i].head == i), at)
        stand = Stand(toponym=toponym, head=head, dateline=self._opens_block(toponym, first, at))
        current = head
        for _ in range(8):
            token = tokens[current]
            if token.dep == "pobj":
                preposition = tokens[token.head]
                word = preposition.text.lower()
                if word in self._words.prepositions:
                    stand.governor, stand.preposition = preposition.head, word
                    return stand
                above = tokens[preposition.head]
                if word != "of" or (above.lemma not in self._words.nouns and above.lemma not in self._words.directions):
                    stand.relation = word
                    return stand
                current = above.index
            elif token.dep in SPREADING and token.head != token.index:
                stand.relation = stand.relation or token.dep
                current = token.head
            else:
                stand.relation = stand.relation or token.dep
                return stand
        return stand

    def _opens_block(self, toponym: Toponym, first: int, last: int) -> bool:
        """Tell whether the name stands where a place of writing does."""
        tokens, sentence = self._analysis.tokens, self._analysis.sentences[toponym.sentence]
        if sentence.kind == "dateline":
            return True
        if first != sentence.first or sentence.kind == "headline":
            return False
        if sentence.index and self._analysis.sentences[sentence.index - 1].block == sentence.block:
            return False
        following = [t.text for t in tokens[last + 1 : min(last + 12, sentence.last)]]
        return bool(following) and (following[0] in {":", "—", "–", "-", "--", "("} or (toponym.text.isupper() and len(toponym.text) > 3))

    def _prominence(self) -> dict[int, float]:
        """Return each group's share of all mentions of places (0-1)."""
        total = sum(len(group.stands) for group in self.groups) or 1
        return {i: len(group.stands) / total for i, group in enumerate(self.groups)}

    def _main_country(self) -> str | None:
        counts: dict[str, int] = defaultdict(int)
        for toponym in self._analysis.toponyms:
            if toponym.place.country_code:
                counts[toponym.place.country_code] += 1
        return max(counts.items(), key=lambda item: (item[1], item[0]), default=(None, 0))[0]

    def features(self, candidate: EventCandidate) -> list[dict[str, float]]:
        """Return the features of every group for one candidate, beside `groups`."""
        up = self._path_up(candidate.trigger.head)
        raw = [self._group_features(i, group, candidate, up) for i, group in enumerate(self.groups)]
        pointing = self._pointing_words(candidate.sentence)
        for found, group in zip(raw, self.groups, strict=True):
            if group.stands:
                how = "dateline" if "dateline" in found else level(group.place)
                found |= {f"{word}>{how}": 1.0 for word in pointing}
        here = [i for i, found in enumerate(raw) if "here" in found]
        local = [i for i in here if raw[i].keys() & {"at_trigger", "under_trigger", "above_trigger", "in_trigger"}]
        inner, outer = self._chained(candidate.sentence)
        for i, found in enumerate(raw):
            place = self.groups[i].place
            if i in inner:
                found["chain_inner"] = 1.0
            if i in outer:
                found["chain_outer"] = 1.0
            if any(j != i and lies_in(self.groups[j].place, place) for j in here):
                found["holds_another_here"] = 1.0
            if any(j != i and lies_in(group.place, place) for j, group in enumerate(self.groups) if group.stands):
                found["holds_another"] = 1.0
            if any(j != i and lies_in(place, self.groups[j].place) for j in here):
                found["within_one_here"] = 1.0
            if i not in local:
                found["not_at_trigger"] = float(bool(local))
                found["beyond_those_at_trigger"] = float(any(lies_in(place, self.groups[j].place) for j in local))
            if i not in here:
                found["not_here"] = float(bool(here))
        return [self._crossed(found, group.place, candidate) for found, group in zip(raw, self.groups, strict=True)]

    def _chained(self, sentence: int) -> tuple[set[int], set[int]]:
        """Return the groups that stand first and last in a chain: "in Kalgan village of Marda district", "Anand, Gujarat"."""
        tokens = self._analysis.tokens
        stands = sorted(
            ((s.toponym.span, i) for i, group in enumerate(self.groups) for s in group.stands if s.toponym.sentence == sentence),
        )
        whole = self._analysis.sentences[sentence]
        inner, outer = set(), set()
        for (one, first), (two, second) in pairwise(stands):
            gap = [t.text.lower() for t in tokens[whole.first : whole.last] if one.end <= t.span.start and t.span.end <= two.start]
            links = all(w in CHAIN_WORDS or w in self._words.nouns or w in self._words.directions for w in gap)
            if first != second and 0 < len(gap) <= 6 and links and "and" not in gap:
                inner.add(first)
                outer.add(second)
        return inner, outer

    def _pointing_words(self, sentence: int) -> list[str]:
        """Return the words of a sentence that point back to a place: "here", "the city", "the country"."""
        whole = self._analysis.sentences[sentence]
        found = set()
        for one, two in pairwise(self._analysis.tokens[whole.first : whole.last]):
            if one.text.lower() == "here":
                found.add("here")
            elif one.text.lower() in {"the", "this", "across", "his", "its", "their"} and two.lemma in POINTING:
                found.add(POINTING[two.lemma])
        return sorted(found)

    def absence(self, candidate: EventCandidate) -> dict[str, float]:
        """Return the features that speak for no place being told."""
        found = {"none": 1.0, f"none:{candidate.event_type}": 1.0}
        if not any(group.stands for group in self.groups):
            found["none:no_place"] = 1.0
        found["none:places"] = math.log1p(len(self.groups))
        if any(s.dateline for group in self.groups for s in group.stands):
            found["none:dateline"] = 1.0
        if any(s.toponym.sentence == candidate.sentence for group in self.groups for s in group.stands):
            found["none:here"] = 1.0
        found["none:late"] = math.log1p(candidate.sentence)
        return found

    def _crossed(self, found: dict[str, float], place: Place, candidate: EventCandidate) -> dict[str, float]:
        """Add the features once more for verbal acts, whose place is seldom told, and by how precise the place is."""
        how = level(place)
        out = dict(found)
        for name in CROSSED:
            if name in found:
                out[f"{how}:{name}"] = found[name]
        if candidate.event_type in VERBAL:
            out |= {f"verbal:{name}": value for name, value in found.items()}
        elif candidate.event_type in {"SANCTION", "RETREAT", "AID", "COOPERATE"}:
            out |= {f"soft:{name}": found[name] for name in CROSSED if name in found}
        return out

    def _group_features(self, index: int, group: Group, candidate: EventCandidate, up: list[int]) -> dict[str, float]:
        found: dict[str, float] = {}
        place, sentence = group.place, candidate.sentence
        found[f"level:{level(place)}"] = 1.0
        found["share"] = self._share[index]
        found["mentions"] = math.log1p(len(group.stands))
        found["main_country"] = float(place.country_code is not None and place.country_code == self._main)
        if group.peoples:
            found["people"] = math.log1p(len(group.peoples))
            found["people_here"] = float(any(t.sentence == sentence for t in group.peoples))
        if not group.stands:
            found["people_only"] = 1.0
            return found
        if any(s.dateline for s in group.stands):
            found["dateline"] = 1.0
        title = (self._analysis.document.title or "").casefold()
        if any(s.toponym.text.casefold() in title for s in group.stands):
            found["title"] = 1.0
        first = min(s.toponym.sentence for s in group.stands)
        found["lead"] = 1.0 / (1 + first)
        for stand in group.stands:
            self._mention_features(stand, candidate, up, found)
        distances = [abs(sentence - s.toponym.sentence) for s in group.stands]
        before = [sentence - s.toponym.sentence for s in group.stands if s.governor is not None and s.toponym.sentence < sentence]
        if "here" not in found:
            found["away"] = math.log1p(min(distances))
            found["next"] = float(any(s.toponym.sentence == sentence + 1 for s in group.stands))
            found["previous"] = float(any(s.toponym.sentence == sentence - 1 for s in group.stands))
            found["only_after"] = float(first > sentence)
            if before:
                found["scene"] = 1.0 / min(before)
                found["scene_last"] = float(self._is_last_scene(group, sentence))
        return found

    def _is_last_scene(self, group: Group, sentence: int) -> bool:
        """Tell whether no other place was set as a scene later than this one, before the sentence."""
        last, holder = (-1, -1), None
        for other in self.groups:
            for stand in other.stands:
                at = (stand.toponym.sentence, stand.head)
                if stand.governor is not None and last < at and stand.toponym.sentence < sentence:
                    last, holder = at, other
        return holder is group

    def _mention_features(self, stand: Stand, candidate: EventCandidate, up: list[int], found: dict[str, float]) -> None:
        """Add what one mention in the trigger's own sentence says."""
        if stand.toponym.sentence != candidate.sentence:
            return
        tokens, trigger = self._analysis.tokens, candidate.trigger
        found["here"] = 1.0
        gap = stand.head - trigger.head
        found["gap"] = min(found.get("gap", 9.0), math.log1p(abs(gap)))
        if gap > 0:
            found["follows"] = 1.0
        if trigger.span.overlaps(stand.toponym.span):
            found["in_trigger"] = 1.0
        for argument in candidate.arguments:
            if argument.span is not None and argument.span.overlaps(stand.toponym.span):
                found[f"argument:{'place' if argument.role == 'place' else 'side'}"] = 1.0
        if stand.toponym.metonymic:
            found["metonym"] = 1.0
        if stand.governor is None:
            kind = {"nsubjpass": "nsubj", "nmod": "compound"}.get(stand.relation, stand.relation)
            found[f"is:{kind if kind in {'nsubj', 'dobj', 'poss', 'compound', 'of', 'by', 'amod'} else 'other'}"] = 1.0
            if self._under(stand.head, trigger.head):
                found["modifies_under_trigger"] = 1.0
            return
        found[f"by:{stand.preposition}" if stand.preposition in {"in", "at", "near", "from", "to", "into", "outside"} else "by:other"] = 1.0
        if stand.governor == trigger.head or tokens[stand.governor].span.start in range(trigger.span.start, trigger.span.end):
            found["at_trigger"] = 1.0
        elif self._under(stand.governor, trigger.head):
            found["under_trigger"] = 1.0
        elif stand.governor in up:
            below = up[: up.index(stand.governor)]
            said = any(tokens[i].dep in CLAUSES for i in below)
            found["above_said" if said else "above_trigger"] = 1.0
        else:
            found["elsewhere_here"] = 1.0

    def _path_up(self, index: int) -> list[int]:
        """Return a token and all above it, up to the root."""
        tokens, path = self._analysis.tokens, [index]
        while tokens[path[-1]].head != path[-1]:
            path.append(tokens[path[-1]].head)
        return path

    def _under(self, index: int, top: int) -> bool:
        return top in self._path_up(index)


def level(place: Place) -> str:
    """Return how precise a place is, in a word."""
    if place.feature_code is None:
        return "unplaced"
    if place.feature_code == "PCLI":
        return "country"
    return {"P": "town", "A": "unit"}.get(place.feature_class or "", "region")


def lies_in(inner: Place, outer: Place) -> bool:
    """Tell whether one place is known to lie in another, less precise one."""
    if inner is outer or inner.country_code is None or inner.country_code != outer.country_code:
        return False
    if outer.feature_code == "PCLI":
        return inner.feature_code != "PCLI"
    if outer.feature_code == "ADM1":
        return inner.feature_code != "ADM1" and inner.province == outer.province
    if outer.feature_code == "ADM2":
        return inner.feature_class == "P" and inner.district == outer.district
    return False


def listed_together(analysis: Analysis, first: Sequence[Stand], second: Sequence[Stand], sentence: int) -> bool:
    """Tell whether two places stand side by side in one list of a sentence ("Oruro, Potosí and Sucre")."""
    tokens = analysis.tokens
    for one in first:
        for other in second:
            if one.toponym.sentence != sentence or other.toponym.sentence != sentence or one.governor is None:
                continue
            if one.governor == other.governor and one.preposition == other.preposition:
                low, high = sorted((one.head, other.head))
                between = {t.text.lower() for t in tokens[low + 1 : high]}
                # A comma alone also joins a town and its province ("Anand, Gujarat"): there the parser sees no list.
                if between & {"and", "or", "&"} or ("," in between and len(between) <= 4 and tokens[high].dep == "conj"):
                    return True
    return False
