"""Turn bytes into text: which character encoding, and a refusal of what is no text at all.

Order: byte order mark, UTF-16 without one (told by where the zero bytes stand), binary signatures, UTF-8, the declared
encoding, Windows-1252 where all high bytes make Western letters and marks, and last a statistical guess
(charset-normalizer). Everything that is guessed says so in `warning`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from dateline.errors import InputError, TooLargeError

MAX_BYTES = 10_000_000
"""Largest single document, in bytes; a long article has about 50 000."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
)

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY_SHARE = 0.02
"""Share of control bytes from which bytes are taken to be binary; a text has none or a stray few."""

_SAMPLE = 65_536

_WESTERN = re.compile(
    "[\u00a0-\u00bb\u00bf-\u00ff\u20ac\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2020-\u2022\u2026\u2030"
    "\u2039\u203a\u2122\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc]"
)
_WESTERN_SHARE = 0.4
"""Share of high bytes up to which a text may be Western; in Greek, Cyrillic or Arabic text most letters are high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text, the encoding it was read as, and a warning where that was a guess."""

    text: str
    encoding: str
    warning: str | None = None


def check_size(size: int, name: str, limit: int = MAX_BYTES) -> None:
    """Refuse a document of more than `limit` bytes."""
    if size > limit:
        raise TooLargeError(
            f"{name} has {size:,} bytes, more than the limit of {limit:,}: one document is one article; "
            "split the file, or give a collection as JSONL with one article a line",
            document=name,
        )


def decode(raw: bytes, *, name: str = "input", declared: str | None = None, limit: int = MAX_BYTES) -> Decoded:
    """Return the text of `raw`.

    Args:
        raw: the bytes.
        name: what messages call the input.
        declared: the encoding that the input itself names (the charset of an HTML page), tried after UTF-8.
        limit: the largest size in bytes.

    Raises:
        TooLargeError: more than `limit` bytes.
        InputError: the bytes are no text.
    """
    check_size(len(raw), name, limit)
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding, name)
    wide = _wide_encoding(raw)
    if wide:
        return _strictly(raw, wide, name)
    _refuse_binary(raw, name)
    try:
        return Decoded(text=raw.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError as error:
        damaged = _damaged_utf8(raw, error)
    if damaged:
        return damaged
    return _legacy(raw, name, declared)


def _strictly(raw: bytes, encoding: str, name: str) -> Decoded:
    """Decode, and turn a failure into a message."""
    try:
        return Decoded(text=raw.decode(encoding), encoding=encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} says it is {encoding.upper()} but is not from byte {error.start:,} on: save it as UTF-8",
            document=name,
        ) from error


def _wide_encoding(raw: bytes) -> str | None:
    """Tell UTF-16 without a mark: in Latin script every second byte is zero, and the others hardly ever."""
    sample = raw[: _SAMPLE - _SAMPLE % 2]
    if len(sample) < 4 or len(raw) % 2:
        return None
    pairs = len(sample) // 2
    even, odd = sample[::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if odd > 0.4 and even < 0.02:
        return "utf-16-le"
    if even > 0.4 and odd < 0.02:
        return "utf-16-be"
    return None


def _refuse_binary(raw: bytes, name: str) -> None:
    """Raise where the bytes begin like a known binary format or hold too many control bytes."""
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            raise InputError(f"{name}: this looks like {what}, a binary file; save the article as plain text or HTML", document=name)
    sample = raw[:_SAMPLE]
    if sample and len(_CONTROL.findall(sample)) > max(1, _BINARY_SHARE * len(sample)):
        raise InputError(f"{name}: this looks like a binary file; save the article as plain text or HTML", document=name)


def _damaged_utf8(raw: bytes, error: UnicodeDecodeError) -> Decoded | None:
    """Read bytes as UTF-8 with a few damaged places: more whole sequences of several bytes than broken ones.

    In another encoding, high bytes hardly ever stand together as UTF-8 wants them.
    """
    text = raw.decode("utf-8", errors="replace")
    broken = text.count("\ufffd") - raw.count(b"\xef\xbf\xbd")
    whole = sum(character > "\x7f" for character in text) - text.count("\ufffd")
    if whole <= broken:
        return None
    warning = f"{broken} damaged places in the UTF-8 text, the first at byte {error.start:,}, stand as U+FFFD"
    return Decoded(text=text, encoding="utf-8", warning=warning)


def _legacy(raw: bytes, name: str, declared: str | None) -> Decoded:
    """Read bytes that are not UTF-8."""
    if declared:
        try:
            return Decoded(text=raw.decode(declared), encoding=codecs.lookup(declared).name)
        except (LookupError, UnicodeDecodeError):
            pass  # the page is wrong about itself; go on to guess
    western = raw.decode("cp1252", errors="replace")
    high = [character for character in western if character > "\x7f"]
    if len(high) <= _WESTERN_SHARE * len(western) and all(_WESTERN.match(character) for character in high):
        return Decoded(text=western, encoding="cp1252", warning="not UTF-8: read as Windows-1252, a guess")
    best = from_bytes(raw[:_SAMPLE]).best()
    if best is not None:
        try:
            return Decoded(
                text=raw.decode(best.encoding),
                encoding=best.encoding,
                warning=f"not UTF-8: read as {best.encoding}, a guess",
            )
        except UnicodeDecodeError:
            pass  # the sample fitted, the rest does not
    raise InputError(f"{name}: no character encoding fits; save the article as UTF-8", document=name)
