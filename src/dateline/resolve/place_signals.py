"""More of what speaks for a place being that of an event: its kind of act, its sides, and what the article dwells on.

These features stand beside those of `place_features`. Each kind was kept because it raised the F1 of places in
cross-validation by article on the coded training articles (``scripts/train_places.py``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from dateline.resolve.place_features import VERBAL, Group, Scene, level
from dateline.resolve.place_words import PlaceWords
from dateline.types import Analysis, EventCandidate

SOFT = frozenset({"SANCTION", "RETREAT", "AID", "COOPERATE"})
PRECISE = frozenset({"town", "unit", "region", "unplaced"})
ATTACHED = ("at_trigger", "under_trigger", "above_trigger", "elsewhere_here", "above_said")
PLACE = 3
"""Which of the four role scores of an encoding is the place's."""
FAINT = 1e-4
"""Probabilities nearer to 0 or 1 than this are taken for this."""
UNRELATED = 20
"""Steps through the tree that count for two words of different trees."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a group's nearest mention stands to the trigger: tokens (signed), and steps through the tree."""

    offset: int
    steps: int


def kind(event_type: str) -> str:
    """Return whether an act is done with words, softly, or by force: how often its place is told differs."""
    return "verbal" if event_type in VERBAL else "soft" if event_type in SOFT else "hard"


class EventScene(Scene):
    """A scene whose features know the kind of act, its sides, and what the article dwells on."""

    def __init__(self, analysis: Analysis, words: PlaceWords) -> None:
        super().__init__(analysis, words)
        self._countries = self._country_shares()
        self._top = self._most_told()
        self._ends = {t.span.end: t for t in analysis.tokens}
        self._heard: dict[tuple[int, str], list[float | None]] = {}
        self._order = sorted((s.toponym.sentence, s.head, i) for i, group in enumerate(self.groups) for s in group.stands)

    def _learned(self, candidate: EventCandidate) -> list[float | None]:
        """Return for each group the log odds that the learned coder gives its likeliest mention; None where it knows none."""
        encoding, key = self._analysis.encoding, (candidate.trigger.head, candidate.event_type)
        if encoding is None:
            return [None] * len(self.groups)
        if key not in self._heard:
            mentions = [[t for s in g.stands if (t := self._ends.get(s.toponym.span.end)) is not None] for g in self.groups]
            flat = [token for tokens in mentions for token in tokens]
            scores = iter(encoding.role_scores(self._analysis.tokens[candidate.trigger.head], candidate.event_type, flat))
            best = [max((next(scores)[PLACE] for _ in tokens), default=None) for tokens in mentions]
            self._heard[key] = [None if p is None else math.log(max(p, FAINT) / max(1.0 - p, FAINT)) for p in best]
        return self._heard[key]

    def _country_shares(self) -> dict[str, float]:
        """Return each country's share of all toponyms (0-1), its towns and its people counted for it."""
        counts: dict[str, int] = defaultdict(int)
        for toponym in self._analysis.toponyms:
            if toponym.place.country_code:
                counts[toponym.place.country_code] += 1
        total = sum(counts.values()) or 1
        return {code: count / total for code, count in counts.items()}

    def _most_told(self) -> dict[str, int]:
        """Return the most mentioned group of each level; the first one where several are."""
        top: dict[str, int] = {}
        for i, group in enumerate(self.groups):
            how = level(group.place)
            if group.stands and (how not in top or len(group.stands) > len(self.groups[top[how]].stands)):
                top[how] = i
        return top

    def absence(self, candidate: EventCandidate) -> dict[str, float]:
        """Return the features that speak for no place being told."""
        found = super().absence(candidate)
        act, sentence = kind(candidate.event_type), self._analysis.sentences[candidate.sentence]
        found[f"none:construction:{candidate.construction}"] = 1.0
        found[f"none:claim:{candidate.claim}"] = 1.0
        for auxiliary in candidate.auxiliary:
            found[f"none:{auxiliary}"] = found[f"none:{act}:{auxiliary}"] = 1.0
        if candidate.nominal:
            found["none:nominal"] = found[f"none:{act}:nominal"] = 1.0
        if sentence.kind == "headline":
            found["none:headline"] = 1.0
        if candidate.of_role("actor"):
            found["none:actor"] = 1.0
        if not candidate.of_role("recipient"):
            found["none:no_recipient"] = 1.0
        if any(q.direct and q.content.overlaps(candidate.trigger.span) for q in self._analysis.quotations):
            found["none:quoted"] = 1.0
        heard = [score for score in self._learned(candidate) if score is not None]
        if heard:
            found["none:learned"] = found[f"none:{act}:learned"] = max(heard)
        mentions = [len(group.stands) for group in self.groups]
        found[f"none:{act}:here"] = found.get("none:here", 0.0)
        found[f"none:{act}:dateline"] = found.get("none:dateline", 0.0)
        found[f"none:{act}:late"] = math.log1p(candidate.sentence)
        found["none:concentrated"] = max(mentions, default=0) / (sum(mentions) or 1)
        found["none:countries"] = found[f"none:{act}:countries"] = math.log1p(len(self._countries))
        return found

    def features(self, candidate: EventCandidate) -> list[dict[str, float]]:
        """Return the features of every group for one candidate, beside `groups`."""
        out = super().features(candidate)
        near = self._nearness(candidate)
        told = [i for sentence, _, i in self._order if sentence < candidate.sentence]
        last = told[-1] if told else None
        last_precise = next((i for i in reversed(told) if level(self.groups[i].place) in PRECISE), None)
        sides = self._countries_of_sides(candidate)
        act = kind(candidate.event_type)
        heard = self._learned(candidate)
        for i, (group, found) in enumerate(zip(self.groups, out, strict=True)):
            how = level(group.place)
            found["country_share"] = found[f"{how}:country_share"] = self._countries.get(group.place.country_code or "", 0.0)
            if self._top.get(how) == i:
                found["top"] = found[f"{how}:top"] = 1.0
            if i in near:
                self._near_features(near[i], list(near.values()), how, act, found)
            if i == last:
                found["told_last"] = 1.0
            if i == last_precise:
                found["precise_last"] = found[f"{act}:precise_last"] = 1.0
            if self._in_block(group, candidate):
                found["block"] = found[f"{how}:block"] = 1.0
            for role, codes in sides.items():
                if group.place.country_code in codes:
                    found[f"{role}_country"] = found[f"{how}:{role}_country"] = found[f"{act}:{how}:{role}_country"] = 1.0
                else:
                    found[f"{role}_elsewhere"] = found[f"{act}:{how}:{role}_elsewhere"] = 1.0
            score = heard[i]
            if score is not None:
                found["learned"] = found[f"{how}:learned"] = score
                if score == max(s for s in heard if s is not None):
                    found["learned_best"] = 1.0
            self._act_features(candidate, group, found)
        return out

    def _nearness(self, candidate: EventCandidate) -> dict[int, Nearness]:
        """Return how near each group of the candidate's own sentence stands to the trigger."""
        trigger = candidate.trigger.head
        up = {token: steps for steps, token in enumerate(self._path_up(trigger))}
        near: dict[int, Nearness] = {}
        for i, group in enumerate(self.groups):
            heads = [s.head for s in group.stands if s.toponym.sentence == candidate.sentence]
            if heads:
                paths = [self._path_up(head) for head in heads]
                steps = min(next((n + up[t] for n, t in enumerate(path) if t in up), UNRELATED) for path in paths)
                near[i] = Nearness(min((head - trigger for head in heads), key=lambda d: (abs(d), d)), steps)
        return near

    def _near_features(self, mine: Nearness, every: list[Nearness], how: str, act: str, found: dict[str, float]) -> None:
        found["steps"] = found[f"{how}:steps"] = math.log1p(mine.steps)
        if abs(mine.offset) == min(abs(n.offset) for n in every):
            found["nearest"] = found[f"{how}:nearest"] = found[f"{act}:nearest"] = 1.0
        if mine.steps == min(n.steps for n in every):
            found["fewest_steps"] = found[f"{how}:fewest_steps"] = 1.0
        if mine.offset > 0 and not any(0 < n.offset < mine.offset for n in every):
            found["first_after"] = 1.0
        if mine.offset < 0 and not any(mine.offset < n.offset < 0 for n in every):
            found["last_before"] = 1.0

    def _in_block(self, group: Group, candidate: EventCandidate) -> bool:
        sentences = self._analysis.sentences
        block = sentences[candidate.sentence].block
        return any(sentences[s.toponym.sentence].block == block for s in group.stands)

    def _countries_of_sides(self, candidate: EventCandidate) -> dict[str, set[str]]:
        """Return the countries of which the actor's and the recipient's own words speak ("Bolivian workers")."""
        sides: dict[str, set[str]] = defaultdict(set)
        for argument in candidate.arguments:
            if argument.span is None or argument.role not in {"actor", "recipient"}:
                continue
            for toponym in self._analysis.toponyms:
                if toponym.place.country_code and toponym.span.overlaps(argument.span):
                    sides[argument.role].add(toponym.place.country_code)
        return sides

    def _act_features(self, candidate: EventCandidate, group: Group, found: dict[str, float]) -> None:
        """Add what the type of act, its modality and its form make of the features found so far."""
        how, act, event_type = level(group.place), kind(candidate.event_type), candidate.event_type
        found[f"{event_type}:{how}"] = 1.0
        for name in ("dateline", "here", "at_trigger"):
            if name in found:
                found[f"{event_type}:{name}"] = found[name]
        for name in [n for n in found if n.startswith("by:")]:
            found |= {f"{name}&{where}": 1.0 for where in ATTACHED if where in found}
            found[f"{act}:{name}"] = 1.0
        found["resolved"] = group.place.confidence
        if self._analysis.sentences[candidate.sentence].kind == "headline":
            found[f"headline:{how}"] = 1.0
        for auxiliary in candidate.auxiliary:
            found[f"{auxiliary}:{how}"] = 1.0
        if "historical" in candidate.auxiliary:
            found |= {f"historical:{n}": found[n] for n in ("dateline", "here", "scene", "share") if n in found}
        if candidate.nominal:
            found[f"nominal:{how}"] = 1.0
            found["nominal:at_trigger"] = found.get("at_trigger", 0.0)
            found["nominal:under_trigger"] = found.get("under_trigger", 0.0)
