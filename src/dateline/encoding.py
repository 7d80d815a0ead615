"""What the stages may ask of the learned coder's reading of a document, whatever made it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from dateline.types import Token


class Encoding(Protocol):
    """What the learned coder sees of one document. All scores are probabilities (0 to 1); None is "not taught" or "not read"."""

    @property
    def types(self) -> tuple[str, ...]:
        """The event types that the model was taught."""

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that it was taught: "mode:TYPE.mode", "aux:flag", "claim:kind", "context:name"."""

    @property
    def model(self) -> str:
        """The model's name."""

    def sentence_score(self, sentence: int, event_type: str) -> float | None:
        """Return whether a sentence tells of an event of a type."""

    def trigger_score(self, token: int, event_type: str) -> float | None:
        """Return whether a token lies in the trigger of an event of a type."""

    def candidate_score(self, token: int, event_type: str) -> float | None:
        """Return whether a token, taken for a trigger, reports an event of a type."""

    def best_types(self, sentence: int, count: int) -> Sequence[tuple[str, float]]:
        """Return the likeliest types of a sentence, the best first."""

    def role_scores(self, trigger: Token, event_type: str, heads: Sequence[Token]) -> Sequence[tuple[float, float, float, float]]:
        """Return for each head whether it is actor, recipient, speaker and place of the event told by a trigger."""

    def attribute_scores(self, trigger: Token) -> Sequence[float]:
        """Return the scores of all `attributes` for the event told by a trigger."""

    def same_scores(self, pairs: Sequence[tuple[Token, Token]]) -> Sequence[float]:
        """Return whether two triggers, the earlier first, tell of one event."""
