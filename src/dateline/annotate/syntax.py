"""Document -> tokens, sentences and entities, by the pinned spaCy pipeline.

spaCy objects never leave this file. Each block is read apart, with every run of white space as one space, and all
offsets are carried back to the stored text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from dateline.annotate.model_files import load_parser
from dateline.types import Analysis, Block, Layer, Mention, Sentence, Span, Token

if TYPE_CHECKING:
    from spacy.tokens import Doc

CHUNK = 8_000
"""Blocks longer than this many code points are cut at the end of a sentence: the parser's memory grows with length."""

WHITE = re.compile(r"[\s\u200b\ufeff\x00-\x1f]+")
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s")


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece of a block as the parser sees it. `offsets[i]` is the place in the stored text of its character i."""

    text: str
    offsets: list[int]
    block: int
    kind: str


def pieces(text: str, span: Span) -> Iterator[Span]:
    """Cut a span into pieces of at most `CHUNK` code points, after a sentence where there is one, else at a space."""
    start = span.start
    while span.end - start > CHUNK:
        window = text[start : start + CHUNK]
        ends = [m.end() for m in SENTENCE_END.finditer(window, CHUNK // 2)]
        cut = ends[-1] if ends else window.rfind(" ", CHUNK // 2) + 1
        cut = cut if cut > 0 else CHUNK
        yield Span(start, start + cut)
        start += cut
    if start < span.end:
        yield Span(start, span.end)


def reading(text: str, span: Span, block: int, kind: str) -> Reading:
    """Return the piece with each run of white space as one space, and where each character came from."""
    out: list[str] = []
    offsets: list[int] = []
    at = span.start
    for gap in WHITE.finditer(text, span.start, span.end):
        out.append(text[at : gap.start()])
        offsets.extend(range(at, gap.start()))
        if out and gap.end() < span.end and offsets:
            out.append(" ")
            offsets.append(gap.start())
        at = gap.end()
    out.append(text[at : span.end])
    offsets.extend(range(at, span.end))
    return Reading("".join(out), offsets, block, kind)


def readings(text: str, blocks: Sequence[Block]) -> list[Reading]:
    """Return the pieces of all blocks that hold anything but white space, in order."""
    found = [reading(text, piece, number, block.kind) for number, block in enumerate(blocks) for piece in pieces(text, block.span)]
    return [r for r in found if r.text.strip()]


class Syntax:
    """Parse each document by itself, so that its result does not depend on what else is in the batch."""

    name = "annotate.syntax"
    requires: ClassVar[frozenset[Layer]] = frozenset()
    provides: ClassVar[frozenset[Layer]] = frozenset({Layer.TOKENS, Layer.SENTENCES, Layer.ENTITIES})

    def __init__(self, language: str = "en") -> None:
        self._nlp = load_parser(language)

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Return the batch with tokens, sentences and entities."""
        return [self._parse(analysis) for analysis in batch]

    def _parse(self, analysis: Analysis) -> Analysis:
        parts = readings(analysis.document.text, analysis.document.blocks)
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        entities: list[Mention] = []
        for part, doc in zip(parts, self._nlp.pipe([p.text for p in parts], batch_size=32), strict=True):
            collect(part, doc, analysis.document.text, tokens, sentences, entities)
        return replace(analysis, tokens=tuple(tokens), sentences=tuple(sentences), entities=tuple(entities))


def collect(part: Reading, doc: Doc, text: str, tokens: list[Token], sentences: list[Sentence], entities: list[Mention]) -> None:
    """Append one parsed piece to the document's tokens, sentences and entities."""
    base = len(tokens)

    def span(start: int, end: int) -> Span:
        return Span(part.offsets[start], part.offsets[end - 1] + 1)

    for sent in doc.sents:
        first = len(tokens)
        for t in sent:
            where = span(t.idx, t.idx + len(t.text))
            tokens.append(
                Token(
                    index=base + t.i,
                    sentence=len(sentences),
                    span=where,
                    text=t.text,
                    lemma=t.lemma_.lower(),
                    pos=t.pos_,
                    tag=t.tag_,
                    dep=t.dep_,
                    head=base + t.head.i,
                    entity=t.ent_type_,
                    morph=str(t.morph),
                )
            )
        whole = span(sent.start_char, sent.end_char)
        sentences.append(Sentence(index=len(sentences), span=whole, first=first, last=len(tokens), block=part.block, kind=part.kind))
    for ent in doc.ents:
        where = span(ent.start_char, ent.end_char)
        entities.append(
            Mention(kind="entity", span=where, text=where.of(text), head=base + ent.root.i, label=ent.label_, made_by="annotate.syntax")
        )
