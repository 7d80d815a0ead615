"""The records that pass between the rooms of Dateline.

Everything here is frozen: a stage receives an `Analysis`, and returns a copy in which only the layers that it
provides are set. Offsets are always Unicode code points into `Document.text`, half-open, so that
``document.text[span.start:span.end]`` is the quoted text. Dates are ISO 8601 strings that may stop at the month
or the year. Scores and confidences are probabilities from 0 to 1. Codes are those of PLOVER.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from dateline.encoding import Encoding


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of `Document.text`: the only way to point at text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0 on, not from {self.start} to {self.end}")

    def of(self, text: str) -> str:
        """Return the quoted text."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of text that reads on: one paragraph, or one that a broken line had cut in two.

    `breaks` are the runs of white space within it (line breaks, indents) that stand for one space.
    `kind` is "body", "headline" or "dateline"; what belongs to no block is page furniture.
    """

    span: Span
    kind: str = "body"
    breaks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """Text that is stored but not read, and the rule that says why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article: its text exactly as stored, what is known of it, and which parts of the text are read."""

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    """The day of publication, ISO 8601 (YYYY-MM-DD), or None."""
    published_known: str | None = None
    """How the day is known: given, metadata, dateline, file-name; None where it is not."""
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    """ISO 639-1."""
    text_sha256: str = ""
    bytes_sha256: str | None = None
    blocks: tuple[Block, ...] = ()
    masked: tuple[Masked, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token of the parse. `index` and `head` count tokens of the document; a root is its own head."""

    index: int
    sentence: int
    span: Span
    text: str
    lemma: str
    pos: str
    """Universal part of speech."""
    tag: str
    """Penn tag."""
    dep: str
    """Dependency label (spaCy's English scheme: nsubj, nsubjpass, dobj, agent, ...)."""
    head: int
    entity: str = ""
    """Entity label of the token, or empty."""
    morph: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence; its tokens are ``Analysis.tokens[first:last]``."""

    index: int
    """From 0, in reading order, over all blocks."""
    span: Span
    first: int
    last: int
    block: int
    kind: str = "body"

    @property
    def sequence(self) -> int:
        """The number of the sentence in the document, from 1, as records show it."""
        return self.index + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that names something. `kind`: actor, place, time, trigger, quantity, speaker, entity."""

    kind: str
    span: Span
    text: str
    head: int
    """Index of the head token."""
    label: str = ""
    """Entity label where an entity recogniser gave one (PERSON, ORG, GPE, NORP, ...)."""
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """All mentions of one entity in the document; `name` is its fullest name as the text writes it, or None.

    `label` is PERSON, ORG, GPE, NORP, GROUP or "".
    """

    index: int
    mentions: tuple[Mention, ...]
    name: str | None
    label: str = ""
    acronym: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words that the text puts into somebody's mouth, directly or indirectly."""

    content: Span
    source: Span | None
    """The speaker's noun phrase; None where the text names none ("it was reported")."""
    source_head: int | None
    cue: Span
    cue_lemma: str
    direct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeInterval:
    """When: a begin and an end as precise as the text, and how they are known.

    `date` and `enddate` may stop at month or year; `earliest` and `latest` are full days that bound the time.
    `precision`: day, week, month, season, quarter, year, decade, unknown. `known`: explicit, publication,
    narrative, inherited. `anchor` is the day that it was counted from; `anchor_span` the words that tell that day,
    where the text does.
    """

    date: str | None
    enddate: str | None
    earliest: str | None
    latest: str | None
    precision: str
    known: str
    span: Span | None
    text: str | None
    rule: str
    anchor: str | None = None
    anchor_span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """A temporal expression and its TimeML value; `type` is DATE, TIME, DURATION or SET.

    `mod` is TimeML's MOD ("early": START, "about": APPROX, "more than": MORE_THAN, ...); `rule` is the id of the rule that read it.
    """

    span: Span
    text: str
    type: str
    value: str | None
    interval: TimeInterval | None
    sentence: int
    mod: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCandidate:
    """A reading of a place name that was not chosen."""

    geonameid: int | None
    name: str
    country_code: str | None
    latitude: float
    longitude: float
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on earth. `resolution`: 5 below city, 4 city, 3 district, 2 province, 1 country; degrees WGS 84."""

    text: str
    span: Span | None
    name: str | None
    geonameid: int | None
    latitude: float | None
    longitude: float | None
    city: str | None
    district: str | None
    province: str | None
    country: str | None
    country_code: str | None
    """ISO 3166 alpha-3."""
    feature_class: str | None
    feature_code: str | None
    resolution: int | None
    radius_km: float | None
    alternatives: tuple[PlaceCandidate, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place name in the text and what it was resolved to; `demonym` marks "Bolivian" and the like.

    `metonymic` marks a place name that stands for a government ("Washington said").
    """

    span: Span
    text: str
    sentence: int
    place: Place
    demonym: bool = False
    metonymic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who: the words of the text, and the codes. An actor the text names nowhere has text "" and no span."""

    text: str
    span: Span | None
    code: str | None
    """ISO 3166 alpha-3, or IGO UNO EUR NGO ISM IMG MNC; None where unknown."""
    sectors: tuple[str, ...]
    identifier_id: str | None = None
    identifier_text: str | None = None
    office: str | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """According to whom. `kind`: official, party, witness, media, expert, unnamed."""

    text: str | None
    span: Span | None
    kind: str
    cue: str
    cue_span: Span
    identifier_text: str | None = None
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A phrase that the syntax ties to a trigger. `role`: actor, recipient, place, time.

    `head` is the token that heads the phrase; None (with no span) is a side that the text leaves unnamed, and then
    `default_sector` says what the codebook puts there. `path` names the rule that found it.
    """

    role: str
    span: Span | None
    head: int | None
    text: str
    path: str
    default_sector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number the text gives for an event. `what`: killed, injured, arrested, abducted, participants, displaced,
    sites, other. `minimum` and `maximum` bound it; None is open.
    """

    what: str
    minimum: int
    maximum: int | None
    text: str
    span: Span
    says: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCandidate:
    """A trigger that may report an event, with all that the sentence says of it."""

    sentence: int
    trigger: Mention
    event_type: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    rule: str = ""
    """Id of the lexicon entry that fired."""
    prior: float = 0.5
    """How often the entry's word reports an event of its type."""
    construction: str = ""
    """How the trigger stands: active, passive, nominal, participle, light-verb, reciprocal."""
    nominal: bool = False
    symmetric: bool = False
    """All sides are actors (a meeting, a clash)."""
    arguments: tuple[Argument, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    auxiliary: tuple[str, ...] = ()
    claim: str = "asserted"
    says: Attribution | None = None
    notes: tuple[str, ...] = ()
    """What each stage has to say about it, one line a stage, for `dateline explain`."""

    def of_role(self, role: str) -> tuple[Argument, ...]:
        """Return the arguments of one role, in text order."""
        return tuple(a for a in self.arguments if a.role == role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The coded actors and recipients of one candidate."""

    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One sentence that tells of the event, and the trigger within it."""

    span: Span
    sequence: int
    trigger: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One actor side doing one thing to one recipient side, at one time, in one place (codebook §1)."""

    id: str
    document: str
    event_type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    auxiliary: tuple[str, ...]
    event_text: str
    evidence: tuple[Evidence, ...]
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    interval: TimeInterval | None
    places: tuple[Place, ...]
    quantities: tuple[Quantity, ...]
    claim: str
    says: Attribution | None
    confidence: float
    coder: str = ""
    """The learned coder that had a part in it, by name and version; empty for lexicon and syntax alone."""
    trace: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What one stage did: its name, the rule or model, the score, and one sentence of why."""

    stage: str
    rule: str
    score: float | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """Why nothing was coded at a place where something might have been; `trigger` is the word that was passed over."""

    sentence: int
    trigger: Span | None
    stage: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that could not be coded: which, where in the flow, and one line of what to do."""

    document: str
    stage: str
    message: str
    line: int | None = None


class Layer(StrEnum):
    """What a stage can require or provide: the names of the fields of `Analysis`."""

    TOKENS = "tokens"
    SENTENCES = "sentences"
    ENTITIES = "entities"
    TOPONYMS = "toponyms"
    TIMEXES = "timexes"
    CHAINS = "chains"
    QUOTATIONS = "quotations"
    ENCODING = "encoding"
    CANDIDATES = "candidates"
    INTERVALS = "intervals"
    PLACES = "places"
    SIDES = "sides"
    CONFIDENCES = "confidences"
    EVENTS = "events"
    ABSTENTIONS = "abstentions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that is known of one document. `intervals`, `places`, `sides` and `confidences` run beside `candidates`."""

    document: Document
    tokens: tuple[Token, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    entities: tuple[Mention, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    timexes: tuple[TimeExpression, ...] = ()
    chains: tuple[Chain, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    candidates: tuple[EventCandidate, ...] = ()
    intervals: tuple[TimeInterval | None, ...] = ()
    places: tuple[tuple[Place, ...], ...] = ()
    sides: tuple[Sides, ...] = ()
    confidences: tuple[float, ...] = ()
    events: tuple[Event, ...] = ()
    abstentions: tuple[Abstention, ...] = ()
    failures: tuple[Failure, ...] = field(default=())
    encoding: Encoding | None = None
    """Held while the stages run; the pipeline lets go of it at the end, for it is large."""

    def tokens_of(self, sentence: Sentence) -> tuple[Token, ...]:
        """Return the tokens of one sentence."""
        return self.tokens[sentence.first : sentence.last]

    def children(self, token: Token) -> Iterator[Token]:
        """Yield the direct dependents of a token, in text order."""
        sentence = self.sentences[token.sentence]
        for other in self.tokens[sentence.first : sentence.last]:
            if other.head == token.index and other.index != token.index:
                yield other

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """Return the token and all that hangs under it, in text order."""
        inside = {token.index}
        queue = [token]
        while queue:
            for child in self.children(queue.pop()):
                if child.index not in inside:
                    inside.add(child.index)
                    queue.append(child)
        return tuple(self.tokens[i] for i in sorted(inside))


@runtime_checkable
class Stage(Protocol):
    """A step of the flow: a callable object that states what it needs and what it gives."""

    name: str
    requires: frozenset[Layer]
    provides: frozenset[Layer]

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return each analysis with the provided layers set, in the same order."""
        ...
