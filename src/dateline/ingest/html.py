"""Take the article out of an HTML page: its main text and what its metadata tell.

The page is measured by a cheap scan before any parser sees it, because a few kilobytes of nested tags can cost a tree
parser all its stack. The text is made here, so offsets count in the extracted text, not in the page.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any

from dateline.errors import InputError
from dateline.ingest.encoding import MAX_BYTES, decode

MAX_DEPTH = 400
"""Deepest nesting of elements that is parsed; real pages stay under 100."""

MAX_ELEMENTS = 100_000
"""Most elements that are parsed; long pages with all their comments have about 20 000."""

MIN_LETTERS = 40
"""Fewest letters that make an article."""

# fmt: off
_VOID = frozenset({
    "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param",
    "source", "track", "wbr",
})
_SELF_CLOSING = frozenset({
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rt", "rp",
})
# fmt: on
"""Elements that the next of their kind closes, so that pages leave out the end tag (HTML Living Standard, 13.1.2.4)."""

_TAG = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30}))")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "noscript", "template"})
_SENTENCE = re.compile(r"\S+\s+\S+\s+\S+\s+\S+.*[.!?…؟。][\"'”’»)]*\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was found in a page; `date` is the publication date as the metadata write it."""

    text: str
    title: str | None
    author: str | None
    publisher: str | None
    date: str | None
    url: str | None
    language: str | None
    warnings: tuple[str, ...] = ()


def read_html(raw: bytes | str, *, name: str = "input", url: str | None = None, limit: int = MAX_BYTES) -> Page:
    """Return the article in a page.

    Raises:
        TooLargeError: more than `limit` bytes.
        InputError: no text, too deeply nested, too many elements, or no article in it.
    """
    warnings: tuple[str, ...] = ()
    if isinstance(raw, bytes):
        charset = _CHARSET.search(raw, 0, 4096)
        decoded = decode(raw, name=name, declared=charset[1].decode("ascii") if charset else None, limit=limit)
        source = decoded.text
        warnings = (decoded.warning,) if decoded.warning else ()
    else:
        source = raw
    measure(source, name)
    found = _extract(source.replace("\x00", ""), url)
    text = _paragraphs(found.text or "") if found is not None else ""
    if sum(character.isalpha() for character in text) < MIN_LETTERS or not _SENTENCE.search(text):
        raise InputError(
            f"{name}: no article text was found in this HTML page; it may be an index, login or script-built page: "
            "save the article's text as .txt",
            document=name,
        )
    language = str(found.language)[:2].lower() if found.language else None
    return Page(
        text=text,
        title=_clean(found.title),
        author=_clean(found.author),
        publisher=_clean(found.sitename),
        date=_clean(found.date),
        url=_clean(found.url) or url,
        language=language,
        warnings=warnings,
    )


def measure(source: str, name: str = "input") -> tuple[int, int]:
    """Return the depth and the number of elements of a page, by one pass over its tags.

    Raises:
        InputError: either is beyond what is parsed.
    """
    depth = deepest = elements = position = 0
    while match := _TAG.search(source, position):
        if match[1]:
            end = source.find("-->", match.end())
            position = end + 3 if end >= 0 else len(source)
            continue
        close, tag = match[2], match[3].lower()
        end = source.find(">", match.end())
        position = end + 1 if end >= 0 else len(source)
        if tag in _VOID or tag in _SELF_CLOSING:
            elements += not close
            continue
        if close:
            depth = max(0, depth - 1)
            continue
        elements += 1
        if source[position - 2 : position] == "/>":
            continue
        if tag in _RAW_TEXT:
            position = _after_raw_text(source, tag, position)
            continue
        depth += 1
        deepest = max(deepest, depth)
        if deepest > MAX_DEPTH or elements > MAX_ELEMENTS:
            break
    if deepest > MAX_DEPTH:
        raise InputError(
            f"{name}: this HTML page nests more than {MAX_DEPTH} elements; save the article's text as .txt",
            document=name,
        )
    if elements > MAX_ELEMENTS:
        raise InputError(
            f"{name}: this HTML page has more than {MAX_ELEMENTS:,} elements; save the article's text as .txt",
            document=name,
        )
    return deepest, elements


def _after_raw_text(source: str, tag: str, position: int) -> int:
    """Return the place after a script, style or like element, whose content holds no tags."""
    end = re.compile(rf"</{tag}\b[^>]{{0,100}}>?", re.IGNORECASE).search(source, position)
    return end.end() if end else len(source)


def _extract(source: str, url: str | None) -> Any:
    """Run the extractor; None where it finds nothing or cannot parse the page."""
    import trafilatura  # imported here: it takes a second, and plain text needs none of it

    for logger in ("trafilatura", "htmldate"):
        _quiet(logger)
    try:
        return trafilatura.bare_extraction(
            source,
            url=url,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            include_images=False,
            include_links=False,
            with_metadata=True,
            # Only dates that the page states as its own: a search of the whole page finds dates of other things.
            date_extraction_params={"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"},
        )
    except (ValueError, RecursionError, AttributeError, TypeError, LookupError):
        return None  # a page that the parser cannot make a tree of has no article for us


def _quiet(name: str) -> None:
    """Keep a library's notes off the terminal unless the program has set up logging."""
    logger = logging.getLogger(name)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _paragraphs(text: str) -> str:
    """Set paragraphs, which the extractor puts on one line each, apart by blank lines; line ends are LF."""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def _clean(value: object) -> str | None:
    """Return a metadata value as one line, or None where it is empty."""
    text = " ".join(str(value).split()) if value else ""
    return text or None
