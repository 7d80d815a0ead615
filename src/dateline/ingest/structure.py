"""Divide a text into blocks that read on and page furniture that is stored but not read.

The text is never altered: blocks and masks are spans over it. A paragraph that a page break or an inserted box had cut
in mid-sentence is one block again; hard-wrapped lines are one block; the white space between the pieces is listed in
`Block.breaks`. Every code point that is neither white space nor in a block is in a mask (codebook §5.11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.ingest.dateline import dateline_at, dateline_within
from dateline.ingest.furniture import Furniture, default_furniture
from dateline.types import Block, Masked, Span

_GAP = r"\s\x00-\x1f\x7f-\x9f\ufeff"
"""White space as readers meet it: Unicode's, the control characters (a NUL among them) and the byte order mark."""

_BREAK = re.compile(rf"[{_GAP}]+")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_FINAL = re.compile(r"[.!?…‽؟۔。][\"'”’»)\]*_]*\Z")
_QUOTE_END = re.compile(r"[\"”»]\Z|''\Z")
_BULLET = re.compile(r"(?:[•·●▪◦■*]|[-–]\s|\d{1,2}[.)]\s|\([a-z0-9]\)\s)")
_HEADING_MARK = re.compile(r"#{1,6}[ \t]+(?=\S)")
_INLINE_BYLINE = re.compile(r"\b[Bb]y [A-Z][\w.'’\-]+ [A-Z][\w.'’\-]+(?:(?:,| and) [A-Z][\w.'’\-]+ [A-Z][\w.'’\-]+){0,3}(?= )")
_WORD = re.compile(r"[^\W\d_]+")

_START_LINES = 6
_END_LINES = 10
_MAX_HEADLINE = 170
"""Longest headline, in code points."""

_MIN_WRAP = 40
_MAX_WRAP = 140
"""Longest line, in code points, of a text (at least `_MIN_WRAP`) whose lines are taken to be wrapped by hand or by a mail program."""

_MAX_SECTION = 15
_MAX_LINK = 110


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its outer white space; `gap` tells that a blank line stands before it."""

    start: int
    end: int
    gap: bool
    text: str
    marked: bool = False
    """Whether a Markdown heading mark stands before it: such a line never goes on the one before."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What holds for the whole text: written in lower case throughout, and the column it is wrapped at (0: none)."""

    lower_case: bool
    width: int


def structure(text: str, *, title: str | None = None, furniture: Furniture | None = None) -> tuple[tuple[Block, ...], tuple[Masked, ...]]:
    """Return the blocks of a text and its masked parts, each in reading order, none overlapping another.

    Args:
        text: the article as stored.
        title: the known title; a first line equal to it is the headline.
        furniture: the rules for page furniture; the package's own by default.
    """
    rules = furniture or default_furniture()
    lines, marks = _lines(text)
    reasons = _furniture_lines(lines, rules)
    masked = marks + [Masked(span=Span(line.start, line.end), reason=reason) for line, reason in zip(lines, reasons, strict=True) if reason]
    shape = _shape(text, lines, reasons)
    paragraphs = _paragraphs(lines, reasons, shape, rules.continuation_words, title)
    pieces: list[tuple[Span, bool]] = []
    for number, (span, gap) in enumerate(paragraphs):
        cuts = _disjoint(rules.within(text, span, start=number == 0, end=number >= len(paragraphs) - 3))
        masked += cuts
        pieces += [(piece, gap) for piece in _remainders(text, span, cuts)]
    if pieces:
        pieces, byline = _inline_byline(text, pieces)
        masked += byline
    masked.sort(key=lambda mask: mask.span)
    blocks = _with_kinds(text, pieces, title)
    return tuple(blocks), tuple(masked)


def _lines(text: str) -> tuple[list[Line], list[Masked]]:
    """Return the lines that are not blank, and the Markdown marks before headings, which no one reads."""
    lines: list[Line] = []
    marks: list[Masked] = []
    previous = 0
    for match in _LINE.finditer(text):
        span = _trim(text, match.start(), match.end())
        if not span:
            continue
        gap = bool(lines) and _newlines(text, previous, match.start()) > 1
        previous = match.end()
        mark = _HEADING_MARK.match(text, span.start, span.end)
        start = span.start
        if mark:
            marks.append(Masked(span=Span(mark.start(), mark.start() + len(mark[0].rstrip())), reason="markup"))
            start = mark.end()
        lines.append(Line(start, span.end, gap or bool(mark), text[start : span.end], marked=bool(mark)))
    return lines, marks


def _newlines(text: str, start: int, end: int) -> int:
    """Count the line ends between two lines; CR LF is one, and a form feed or paragraph separator parts paragraphs."""
    between = text[start:end].replace("\r\n", "\n")
    return sum(2 if mark in "\x0c\x1c\x1d\u2029" else mark in "\n\r\x0b\x1e\x85\u2028" for mark in between)


def _trim(text: str, start: int, end: int) -> Span:
    """Return the span without white space and control characters at its ends; empty where nothing else is in it."""
    first = _BREAK.match(text, start, end)
    start = first.end() if first else start
    while end > start and _BREAK.match(text[end - 1]):
        end -= 1
    return Span(start, end)


def _furniture_lines(lines: Sequence[Line], rules: Furniture) -> list[str]:
    """Return for each line the reason it is furniture, or ""."""
    reasons = [""] * len(lines)
    section = 0
    for number, line in enumerate(lines):
        rule = rules.of_line(line.text, start=number < _START_LINES, end=number >= len(lines) - _END_LINES)
        following = lines[number + 1] if number + 1 < len(lines) else None
        if rule is not None:
            reasons[number] = rule.reason
            section = _MAX_SECTION if rule.section else section
        elif section and _is_link(line, following):
            reasons[number] = "related stories"
            section -= 1
        else:
            section = 0
            before = lines[number - 1].text if number else ""
            if number and reasons[number - 1] and not line.gap and line.text[0].islower() and _unfinished(before):
                reasons[number] = reasons[number - 1]  # the rest of a wrapped call or caption
    for number in range(1, min(len(lines) - 1, _START_LINES)):
        if not reasons[number] and "byline" in (reasons[number - 1], reasons[number + 1]) and _is_name(lines[number].text):
            reasons[number] = "byline"
    return reasons


def _unfinished(text: str) -> bool:
    """Tell whether a line of running words stops without the mark that ends a sentence."""
    return not _FINAL.search(text) and len(_WORD.findall(text)) > 4


def _is_link(line: Line, following: Line | None) -> bool:
    """Tell whether a line after a heading of links looks like one: short, no sentence, not going on below."""
    if len(line.text) > _MAX_LINK or _FINAL.search(line.text):
        return False
    return following is None or following.gap or not following.text[0].islower()


def _is_name(text: str) -> bool:
    """Tell whether a line beside a date line is an author's name: two to four capitalised words, nothing else."""
    words = text.split()
    return 2 <= len(words) <= 4 and all(word[0].isupper() and word.replace("-", "").replace(".", "").isalpha() for word in words)


def _shape(text: str, lines: Sequence[Line], reasons: Sequence[str]) -> _Shape:
    """Look at the whole text: its letter case, and whether its lines are wrapped at some column."""
    lower_case = not any(character.isupper() for character in text)
    inner = [line.text for line, following, reason in zip(lines, lines[1:], reasons, strict=False) if not following.gap and not reason]
    width = max(map(len, inner), default=0)
    # Lines that all end a sentence are paragraphs, one a line; only a line that stops in mid-sentence shows wrapping.
    wrapped = _MIN_WRAP <= width <= _MAX_WRAP and any(len(line) >= _MIN_WRAP and not _FINAL.search(line) for line in inner)
    return _Shape(lower_case, width if wrapped else 0)


def _paragraphs(
    lines: Sequence[Line], reasons: Sequence[str], shape: _Shape, words: frozenset[str], title: str | None
) -> list[tuple[Span, bool]]:
    """Join lines into paragraphs; the flag tells whether a blank line or furniture stands after the paragraph."""
    paragraphs: list[tuple[Span, bool]] = []
    open_lines = 0
    previous: Line | None = None
    for number, (line, reason) in enumerate(zip(lines, reasons, strict=True)):
        if reason:
            if previous is not None and paragraphs:
                paragraphs[-1] = (paragraphs[-1][0], True)
            previous = None
            continue
        first = len(paragraphs) == 1 and open_lines == 1
        if (
            previous is not None
            and not (first and _is_title(previous.text, title))
            and _joins(previous, line, shape, words, heading=open_lines == 1 and _is_heading(previous.text, first=first))
        ):
            paragraphs[-1] = (Span(paragraphs[-1][0].start, line.end), False)
            open_lines += 1
        else:
            if previous is not None:
                paragraphs[-1] = (paragraphs[-1][0], line.gap)
            paragraphs.append((Span(line.start, line.end), number == len(lines) - 1))
            open_lines = 1
        previous = line
    return paragraphs


def _joins(previous: Line, line: Line, shape: _Shape, words: frozenset[str], *, heading: bool) -> bool:
    """Tell whether a line goes on the sentence or paragraph of the line before it."""
    if line.marked or _BULLET.match(line.text):
        return False
    final = bool(_FINAL.search(previous.text))
    lower = line.text[0].islower() and not shape.lower_case
    goes_on = not final and _goes_on(previous.text, words)
    if line.gap:
        return not final and (goes_on or (lower and not heading and not _QUOTE_END.search(previous.text)))
    full = bool(shape.width) and len(previous.text) + 1 + len(line.text.split(None, 1)[0]) > shape.width
    if final or goes_on or lower or full:
        return lower or goes_on or full
    return previous.text[0].islower() and not shape.lower_case


def _goes_on(text: str, words: frozenset[str]) -> bool:
    """Tell whether a line stops where no sentence can: at a comma, or at a word such as "the" or "being"."""
    if text.endswith((",", ";", "،")):
        return True
    last = text.rsplit(None, 1)[-1].rstrip(".")
    return last.isalpha() and (last.lower() if not last.isupper() or len(last) == 1 else "") in words and len(text.split()) > 1


def _is_heading(text: str, *, first: bool) -> bool:
    """Tell whether a line that stands alone reads like a heading: short, begun large, no sentence end."""
    if len(text) > _MAX_HEADLINE or _FINAL.search(text) or text[0].islower():
        return False
    return first or len(text.split()) <= 5 or _is_title_case(text)


def _is_title_case(text: str) -> bool:
    """Tell whether nearly all words of four letters or more begin with a capital, as in a title."""
    words = [word for word in _WORD.findall(text) if len(word) > 3]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.85 * len(words)


def _is_title(text: str, title: str | None) -> bool:
    """Tell whether a line is the given title, whatever its spacing and final mark."""
    return bool(title) and " ".join(text.split()).casefold().rstrip(".") == " ".join(str(title).split()).casefold().rstrip(".")


def _disjoint(found: Iterator[Masked]) -> list[Masked]:
    """Return masks in order, without those that overlap an earlier one."""
    kept: list[Masked] = []
    for mask in sorted(found, key=lambda mask: (mask.span.start, -mask.span.end)):
        if not kept or mask.span.start >= kept[-1].span.end:
            kept.append(mask)
    return kept


def _remainders(text: str, span: Span, cuts: Sequence[Masked]) -> Iterator[Span]:
    """Yield what the masks leave of a paragraph."""
    start = span.start
    for stop, following in [*((cut.span.start, cut.span.end) for cut in cuts), (span.end, span.end)]:
        piece = _trim(text, start, stop) if stop > start else Span(start, start)
        if piece:
            yield piece
        start = following


def _inline_byline(text: str, pieces: list[tuple[Span, bool]]) -> tuple[list[tuple[Span, bool]], list[Masked]]:
    """Cut a byline out of a first line that holds headline, byline and dateline in one."""
    span, gap = pieces[0]
    match = _INLINE_BYLINE.search(text, span.start, min(span.end, span.start + _MAX_HEADLINE))
    if match is None or dateline_at(text, match.end() + 1, span.end) is None:
        return pieces, []
    parts = [(_trim(text, span.start, match.start()), True), (Span(match.end() + 1, span.end), gap)]
    return [part for part in parts if part[0]] + pieces[1:], [Masked(span=Span(*match.span()), reason="byline")]


def _with_kinds(text: str, pieces: Sequence[tuple[Span, bool]], title: str | None) -> list[Block]:
    """Make the blocks: which piece is the headline, which is a dateline alone, and where white space breaks."""
    blocks: list[Block] = []
    for number, (span, gap) in enumerate(pieces):
        following = pieces[number + 1][0] if number + 1 < len(pieces) else None
        dateline = dateline_at(text, span.start, span.end)
        kind = "body"
        if dateline is not None and dateline.span.end >= span.end:
            kind = "dateline"
        elif number == 0 and dateline is None:
            inner = dateline_within(text, span.start, span.end)
            headline = _trim(text, span.start, inner.span.start) if inner else None
            if headline and not re.search(r"[.!?][\"”’)]*\s", headline.of(text)):
                blocks.append(_block(text, headline, "headline"))
                span = Span(inner.span.start if inner else span.start, span.end)
            elif _is_headline(text, span, following, gap=gap, title=title):
                kind = "headline"
        blocks.append(_block(text, span, kind))
    return blocks


def _is_headline(text: str, span: Span, following: Span | None, *, gap: bool, title: str | None) -> bool:
    """Tell whether the first paragraph is the headline.

    It is where it equals the title; else it is short, something follows it, and it either stops without a full stop
    before a blank line or a byline, or is in title case, or stands right above a dateline.
    """
    words = span.of(text)
    if _is_title(words, title):
        return following is not None
    if following is None or len(words) > _MAX_HEADLINE or len(words.split()) < 2 or words.endswith((",", ":")):
        return False
    if gap and re.search(r";\s*\n", words):  # headline and second deck, as newspaper databases write them
        return True
    if _is_title_case(words) or dateline_at(text, following.start, following.end) is not None:
        return True
    return gap and not words.endswith(".") and not words.endswith(('."', ".”", ".'", ".’"))


def _block(text: str, span: Span, kind: str) -> Block:
    """Make a block, its breaks being the white space in it that is not one plain space."""
    breaks = tuple(Span(*match.span()) for match in _BREAK.finditer(text, span.start, span.end) if match[0] != " ")
    return Block(span=span, kind=kind, breaks=breaks)
