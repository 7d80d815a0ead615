"""Make a Document of a text: the text verbatim, what is read of it, its day, its language, its hashes."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from dateline.errors import InputError
from dateline.ingest.encoding import MAX_BYTES, check_size, decode
from dateline.ingest.language import find_language
from dateline.ingest.publication import find_publication
from dateline.ingest.structure import structure
from dateline.types import Document

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a]")
_BINARY_SHARE = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a text besides itself.

    `given` is a publication day that the user or the file states; `metadata` is one that a page's metadata state.
    `retrieved` is the day on which the text was fetched: no publication day lies after it.
    `language_found` is the language that a page says it is in: it is used only where the text itself does not tell.
    """

    title: str | None = None
    given: str | None = None
    metadata: str | None = None
    file_stem: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    language_found: str | None = None
    today: dt.date | None = None
    retrieved: dt.date | None = None
    bytes_sha256: str | None = None
    warnings: tuple[str, ...] = ()
    limit: int = MAX_BYTES


def make_document(text: str, id: str | None, known: Known) -> Document:
    """Return the Document of a text; the default id is the first 16 hexadecimal digits of the text's SHA-256.

    Raises:
        InputError: an empty text, one that is no text, or a publication date that cannot be read.
        TooLargeError: more than `known.limit` bytes.
    """
    name = id or "the text"
    check_size(len(text), name, known.limit)
    encoded = _encode(text, name)
    check_size(len(encoded), name, known.limit)
    warnings = list(known.warnings)
    _check_text(text, name, warnings)
    digest = hashlib.sha256(encoded).hexdigest()
    blocks, masked = structure(text, title=known.title)
    if not any(block.kind == "body" for block in blocks):
        warnings.append("no paragraph of the text is read: all of it is headline or page furniture")
    publication = find_publication(
        text,
        blocks=blocks,
        masked=masked,
        given=known.given,
        metadata=known.metadata,
        file_stem=known.file_stem,
        today=known.today,
        retrieved=known.retrieved,
    )
    language = find_language(text, known.language)
    warnings += publication.warnings
    if language.warning:
        warnings.append(language.warning)
    title = known.title
    if title is None and blocks and blocks[0].kind == "headline":
        title = " ".join(blocks[0].span.of(text).split())
    return Document(
        id=id or digest[:16],
        text=text,
        title=title,
        published=publication.published,
        published_known=publication.known,
        publisher=known.publisher,
        author=known.author,
        url=known.url,
        language=language.code or known.language_found,
        text_sha256=digest,
        bytes_sha256=known.bytes_sha256,
        blocks=blocks,
        masked=masked,
        warnings=tuple(warnings),
    )


def read_plain_text(raw: bytes, *, name: str, limit: int = MAX_BYTES) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file and the warnings of its decoding; line ends stay as they are."""
    decoded = decode(raw, name=name, limit=limit)
    return decoded.text, (decoded.warning,) if decoded.warning else ()


def _encode(text: str, name: str) -> bytes:
    """Return the text as UTF-8, refusing halves of surrogate pairs, which are no characters."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            f"{name}: character {error.start + 1:,} is half of a surrogate pair; write the text anew as UTF-8",
            document=name,
        ) from error


def _check_text(text: str, name: str, warnings: list[str]) -> None:
    """Refuse what holds no character to read or is binary; note stray control characters."""
    if not text.strip().strip("\x00\ufeff"):
        raise InputError(f"{name}: the text is empty; leave the document out, or give its text", document=name)
    controls = len(_CONTROL.findall(text))
    if controls > max(1, _BINARY_SHARE * len(text)):
        raise InputError(f"{name}: this looks like a binary file; save the article as plain text or HTML", document=name)
    if controls:
        warnings.append(f"{controls} control characters in the text (NUL or the like) are read as spaces")
