"""The door of the ingest room: files, folders, standard input, strings and objects become Documents.

What cannot be read becomes a `Failure` with one line of what to do, and the rest goes on. Functions that take a single
text from a program (`document_from_text`, `document_from_dict`) raise the error instead.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from dateline.errors import InputError
from dateline.ingest.encoding import MAX_BYTES, check_size
from dateline.ingest.html import read_html
from dateline.ingest.jsonl import document_of_object, read_jsonl
from dateline.ingest.plain_text import Known, make_document, read_plain_text
from dateline.types import Document, Failure

_HEAD = 65_536
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|section|p)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds for documents that do not say it themselves, and the limits of reading.

    `today` bounds publication dates that are read off the text (the present day by default); `max_bytes` is the size
    limit of one document, in bytes.
    """

    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    today: dt.date | None = None
    max_bytes: int = MAX_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to be read: where it is, how its document is called, and what is known from outside."""

    path: Path
    id: str
    published: str | None
    defaults: Defaults
    seen: dict[str, str]


Reader = Callable[[Source], Iterator[Document | Failure]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The files of a folder that can be read, sorted, and how many were passed over, by reason."""

    files: tuple[Path, ...]
    skipped: Counter[str] = field(default_factory=Counter)


def _read_text(source: Source) -> Iterator[Document | Failure]:
    """Read a file that is one plain text."""
    raw = _bytes(source)
    yield _text_document(raw, source)


def _text_document(raw: bytes, source: Source) -> Document:
    """Make the document of a plain text's bytes."""
    limit = source.defaults.max_bytes
    text, warnings = read_plain_text(raw, name=source.path.name, limit=limit)
    known = replace(
        _known(source.published, source.defaults),
        bytes_sha256=_digest(raw),
        file_stem=source.path.stem,
        warnings=warnings,
    )
    return _claimed(make_document(text, source.id, known), source)


def _read_html(source: Source) -> Iterator[Document | Failure]:
    """Read a file that is one HTML page."""
    raw = _bytes(source)
    yield _html_document(raw, source)


def _html_document(raw: bytes, source: Source) -> Document:
    """Make the document of a page's bytes; what the caller says wins over the page's metadata."""
    defaults = source.defaults
    page = read_html(raw, name=source.path.name, limit=defaults.max_bytes)
    known = replace(
        _known(source.published, defaults),
        title=page.title,
        metadata=page.date,
        publisher=defaults.publisher or page.publisher,
        author=defaults.author or page.author,
        url=page.url,
        language_found=page.language,
        bytes_sha256=_digest(raw),
        file_stem=source.path.stem,
        warnings=page.warnings,
    )
    return _claimed(make_document(page.text, source.id, known), source)


def _read_jsonl(source: Source) -> Iterator[Document | Failure]:
    """Read a file of one JSON object a line."""
    with source.path.open("rb") as stream:
        yield from read_jsonl(
            stream,
            name=source.path.name,
            stem=source.id,
            defaults=_known(source.published, source.defaults),
            seen=source.seen,
        )


READERS: dict[str, Reader] = {
    ".txt": _read_text,
    ".text": _read_text,
    ".md": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".xhtml": _read_html,
    ".jsonl": _read_jsonl,
    ".ndjson": _read_jsonl,
}
"""Which reader reads which suffix (lower case)."""


def list_inputs(folder: Path) -> Inputs:
    """Return the readable files under a folder, sorted by path; "hidden" and "unknown suffix" count what is left out."""
    files: list[Path] = []
    skipped: Counter[str] = Counter()
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            skipped["hidden"] += 1
        elif path.suffix.lower() not in READERS:
            skipped["unknown suffix"] += 1
        else:
            files.append(path)
    return Inputs(files=tuple(files), skipped=skipped)


def read_path(path: str | Path, *, published: str | None = None, defaults: Defaults | None = None) -> Iterator[Document | Failure]:
    """Yield the documents of a file, or of all readable files under a folder, in sorted order.

    Args:
        path: a file or a folder. A file without a suffix is looked into.
        published: the publication day, YYYY-MM-DD, of documents that do not state one.
        defaults: what else holds for documents that do not say it.
    """
    path = Path(path)
    defaults = defaults or Defaults()
    seen: dict[str, str] = {}
    if path.is_dir():
        files = list_inputs(path).files
        if not files:
            yield Failure(
                document=str(path),
                stage="ingest",
                message=f"{path}: no file to read in this folder; readable: {_suffixes()}",
            )
        ids = _folder_ids(path, files)
    else:
        files, ids = (path,), {path: path.stem}
    for file in files:
        yield from _read_file(Source(path=file, id=ids[file], published=published, defaults=defaults, seen=seen))


def read_stdin(stream: IO[bytes], *, published: str | None = None, defaults: Defaults | None = None) -> Iterator[Document | Failure]:
    """Yield the documents of standard input (`sys.stdin.buffer`): JSONL, one HTML page or one plain text, by its look."""
    source = Source(path=Path("stdin"), id="stdin", published=published, defaults=defaults or Defaults(), seen={})
    yield from _guarded(source, lambda: _sniffed(stream, source))


def document_from_text(
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    url: str | None = None,
    language: str | None = None,
    today: dt.date | None = None,
) -> Document:
    """Return the Document of a text, stored verbatim.

    Args:
        text: the article; offsets count its code points.
        id: by default the first 16 hexadecimal digits of the SHA-256 of the text.
        title: the headline, if known; it is not put before the text.
        published: the day of publication, YYYY-MM-DD; by default read off the text's own dateline or byline.
        publisher: the paper or agency.
        author: who wrote it.
        url: where it stands.
        language: ISO 639-1; by default guessed from the text.
        today: bounds dates read off the text; by default the present day.

    Raises:
        InputError: an empty or binary text, or a date that cannot be read.
        TooLargeError: a text beyond the size limit.
    """
    known = Known(title=title, given=published, publisher=publisher, author=author, url=url, language=language, today=today)
    return make_document(text, id, known)


def document_from_dict(obj: object, fallback_id: str | None = None) -> Document:
    """Return the Document of an object with the fields of a JSONL line ("Documents in").

    Raises:
        InputError: no object, no text, or a field of the wrong type.
    """
    return document_of_object(obj, fallback_id, Known())


def _read_file(source: Source) -> Iterator[Document | Failure]:
    """Read one file by its suffix; one without a suffix is looked into."""
    path = source.path
    if not path.exists():
        yield _failure(source, f"{path}: no such file or folder; check the name")
        return
    if not path.is_file():
        yield _failure(source, f"{path}: not a regular file; to read a stream, pipe it in and give - as the input")
        return
    reader = READERS.get(path.suffix.lower()) if path.suffix else _read_unnamed
    if reader is None:
        yield _failure(source, f"{path.name}: files ending in {path.suffix} are not read; readable: {_suffixes()}")
        return
    known_reader = reader
    yield from _guarded(source, lambda: known_reader(source))


def _guarded(source: Source, documents: Callable[[], Iterator[Document | Failure]]) -> Iterator[Document | Failure]:
    """Yield what a reader yields, and a Failure in place of an error."""
    try:
        yield from documents()
    except InputError as error:
        yield Failure(document=source.id, stage=error.stage, message=str(error), line=error.line)
    except OSError as error:
        yield _failure(source, f"{source.path.name}: cannot be read ({error.strerror or error}); check its permissions")


def _read_unnamed(source: Source) -> Iterator[Document | Failure]:
    """Read a file that has no suffix by the look of its beginning."""
    with source.path.open("rb") as stream:
        yield from _sniffed(stream, source)


def _sniffed(stream: IO[bytes], source: Source) -> Iterator[Document | Failure]:
    """Tell JSONL, HTML and plain text apart by the beginning, and read the stream as that."""
    head = stream.read(_HEAD)
    if _looks_like_jsonl(head):
        joined = io.BufferedReader(_Joined(head, stream))
        known = _known(source.published, source.defaults)
        yield from read_jsonl(joined, name=source.path.name, stem=source.id, defaults=known, seen=source.seen)
        return
    limit = source.defaults.max_bytes
    raw = head + stream.read(max(0, limit + 1 - len(head)))
    if len(raw) > limit:
        check_size(len(raw), source.path.name, limit)
    if _HTML.match(raw[:4096].removeprefix(b"\xef\xbb\xbf").decode("latin-1")):
        yield _html_document(raw, source)
    else:
        yield _text_document(raw, source)


def _looks_like_jsonl(head: bytes) -> bool:
    """Tell whether a stream begins with a JSON object, in UTF-8 or UTF-16."""
    start = head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"").lstrip()
    if not start.startswith(b"{"):
        return False
    first = start.split(b"\n", 1)[0].strip()
    if re.match(rb'\{\s*"', first) or first == b"{":
        return True
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


class _Joined(io.RawIOBase):
    """A stream that gives back the bytes already taken from it, then goes on."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        """Put `head` before what is left of `rest`."""
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed names a private type
        """Fill the buffer from the head, then from the rest."""
        data = self._head[: len(buffer)] if self._head else self._rest.read(len(buffer))
        self._head = self._head[len(data) :] if self._head else b""
        buffer[: len(data)] = data
        return len(data)


def _folder_ids(folder: Path, files: tuple[Path, ...]) -> dict[Path, str]:
    """Return the ids of files: the stem, or, where two files share it, the path within the folder."""
    stems = Counter(file.stem for file in files)
    return {file: file.stem if stems[file.stem] == 1 else file.relative_to(folder).as_posix() for file in files}


def _known(published: str | None, defaults: Defaults) -> Known:
    """Return what the caller knows of a document."""
    return Known(
        given=published, publisher=defaults.publisher, author=defaults.author, language=defaults.language,
        today=defaults.today, limit=defaults.max_bytes,
    )  # fmt: skip


def _claimed(document: Document, source: Source) -> Document:
    """Return the document once its id is noted; an id met before is an error."""
    if document.id in source.seen:
        raise InputError(f'the id "{document.id}" is already that of {source.seen[document.id]}: rename the file')
    source.seen[document.id] = source.path.name
    return document


def _bytes(source: Source) -> bytes:
    """Read a file whole, once its size has been checked."""
    check_size(source.path.stat().st_size, source.path.name, source.defaults.max_bytes)
    return source.path.read_bytes()


def _digest(raw: bytes) -> str:
    """Return the SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def _failure(source: Source, message: str) -> Failure:
    """Return the failure of one file."""
    return Failure(document=source.id, stage="ingest", message=message)


def _suffixes() -> str:
    """Name the suffixes that are read."""
    return ", ".join(READERS)
