"""Read collections: one JSON object a line, one article an object (JSONL, NDJSON).

Fields: `text` (required), `id`, `title`, `published` and `retrieved` (ISO date or null), `publisher`, `author`, `url`, `language`; other
fields are left alone. A bad line is a Failure with its number, and the lines after it are read. The size limit counts a
line, not the file.
"""

from __future__ import annotations

import codecs
import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from dateline.errors import InputError, TooLargeError
from dateline.ingest.encoding import decode
from dateline.ingest.plain_text import Known, make_document
from dateline.ingest.publication import is_day
from dateline.types import Document, Failure

TEXT_FIELDS = ("title", "published", "retrieved", "publisher", "author", "url", "language")

_KIND = {dict: "an object", list: "a list", str: "a string", int: "a number", float: "a number", bool: "true or false"}


def document_of_object(obj: object, fallback_id: str | None, defaults: Known) -> Document:
    """Return the Document of one decoded JSON object; its own fields win over `defaults`.

    Raises:
        InputError: no object, no `text`, a field of the wrong type.
    """
    if not isinstance(obj, dict):
        raise InputError(f'not an object but {_kind(obj)}: each line must be like {{"id": "a1", "text": "..."}}')
    text = obj.get("text")
    if text is None:
        raise InputError('the object has no "text"; put the article there')
    if not isinstance(text, str):
        raise InputError(f'"text" must be a string, not {_kind(text)}')
    fields = {name: _string(obj, name) for name in TEXT_FIELDS}
    day, warnings = fields["published"], defaults.warnings
    if day is not None and not is_day(day):  # one wrong field of a collection does not cost the article
        warnings = (*warnings, f'"published" is "{day[:40]}", which is no date, and is not used: write it as YYYY-MM-DD')
        day = None
    fetched, warnings = _retrieved(fields["retrieved"], warnings)
    known = replace(
        defaults,
        title=fields["title"] or defaults.title,
        given=day or defaults.given,
        retrieved=fetched or defaults.retrieved,
        warnings=warnings,
        publisher=fields["publisher"] or defaults.publisher,
        author=fields["author"] or defaults.author,
        url=fields["url"] or defaults.url,
        language=fields["language"] or defaults.language,
    )
    return make_document(text, _identifier(obj) or fallback_id, known)


def _retrieved(value: str | None, warnings: tuple[str, ...]) -> tuple[dt.date | None, tuple[str, ...]]:
    """Read the day on which a text was fetched; one that is no day is told and not used."""
    if value is None:
        return None, warnings
    try:
        return dt.date.fromisoformat(value.strip()[:10]), warnings
    except ValueError:
        return None, (*warnings, f'"retrieved" is "{value[:40]}", which is no date, and is not used: write it as YYYY-MM-DD')


def read_jsonl(
    stream: IO[bytes], *, name: str, stem: str, defaults: Known, seen: dict[str, str] | None = None
) -> Iterator[Document | Failure]:
    """Yield a Document or a Failure for each line that is not blank.

    Args:
        stream: the bytes of the file, read line by line.
        name: what messages call the file.
        stem: documents without an id are called `stem:line`.
        defaults: what holds for documents that do not say.
        seen: ids met so far and where; the second document with an id is a Failure.
    """
    met = {} if seen is None else seen
    for number, line, warnings, failure in _lines(stream, name, defaults.limit):
        if failure is not None:
            yield failure
            continue
        if not line.strip():
            continue
        fallback = f"{stem}:{number}"
        try:
            document = document_of_object(_parse(line, number), fallback, _with_warnings(defaults, warnings))
        except InputError as error:
            yield Failure(document=error.document or fallback, stage=error.stage, message=str(error), line=number)
            continue
        if document.id in met:
            yield Failure(
                document=document.id,
                stage="ingest",
                message=f'the id "{document.id}" is already that of {met[document.id]}: give each document an id of its own',
                line=number,
            )
            continue
        met[document.id] = f"{name} line {number}"
        yield document


def _with_warnings(defaults: Known, warnings: tuple[str, ...]) -> Known:
    """Return the defaults with the warnings of one line."""
    return replace(defaults, warnings=(*defaults.warnings, *warnings))


def _lines(stream: IO[bytes], name: str, limit: int) -> Iterator[tuple[int, str, tuple[str, ...], Failure | None]]:
    """Yield (number, line, warnings, failure); a line over the limit is passed over without being held in memory."""
    limit_bytes = limit * 2 + 65_536  # JSON may write a character in six bytes; the text is checked again
    first = stream.readline(limit_bytes)
    wide = _wide(first)
    if wide:
        yield from _wide_lines(first + stream.read(limit_bytes), wide, name, limit)
        return
    number, line = 1, first.removeprefix(codecs.BOM_UTF8)
    while line:
        if len(line) >= limit_bytes and not line.endswith(b"\n"):
            while (rest := stream.readline(limit_bytes)) and not rest.endswith(b"\n"):
                pass
            message = f"the line has more than {limit_bytes:,} bytes; one line is one article"
            yield number, "", (), Failure(document=f"{name}:{number}", stage="ingest", message=message, line=number)
        else:
            yield (number, *_decode_line(line, name, number))
        number, line = number + 1, stream.readline(limit_bytes)


def _decode_line(line: bytes, name: str, number: int) -> tuple[str, tuple[str, ...], Failure | None]:
    """Decode one line; JSON is UTF-8, and where it is not, the reading is a guess with a warning."""
    try:
        return line.decode("utf-8"), (), None
    except UnicodeDecodeError:
        pass  # older tools write the system's encoding
    try:
        decoded = decode(line, name=name, limit=len(line))
    except InputError as error:
        return "", (), Failure(document=f"{name}:{number}", stage="ingest", message=str(error), line=number)
    return decoded.text, (decoded.warning,) if decoded.warning else (), None


def _wide(first: bytes) -> str | None:
    """Tell a file in UTF-16 by its mark or by the zero byte beside its first brace."""
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if first.startswith(b"{\x00"):
        return "utf-16-le"
    return "utf-16-be" if first.startswith(b"\x00{") else None


def _wide_lines(raw: bytes, encoding: str, name: str, limit: int) -> Iterator[tuple[int, str, tuple[str, ...], Failure | None]]:
    """Yield the lines of a UTF-16 file, which is read whole and so must keep to the limit as a file."""
    try:
        if len(raw) > limit * 2:
            raise TooLargeError(f"{name}: a UTF-16 file of more than {limit * 2:,} bytes is not read; save it as UTF-8")
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        yield (
            1,
            "",
            (),
            Failure(document=name, stage="ingest", message=f"{name}: damaged UTF-16; save it as UTF-8", line=1),
        )
        return
    except TooLargeError as error:
        yield 1, "", (), Failure(document=name, stage="ingest", message=str(error), line=1)
        return
    for number, line in enumerate(io.StringIO(text), start=1):
        yield number, line, (), None


def _parse(line: str, number: int) -> Any:
    """Parse one line, telling what is wrong in words."""
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        if number == 1 and line.strip() in ("{", "["):
            raise InputError("one JSON value over several lines: write each document as one object on one line") from error
        raise InputError(f"not valid JSON at character {error.pos + 1} of the line ({error.msg})") from error
    except RecursionError as error:
        raise InputError("the JSON is nested too deeply; a document is one flat object") from error
    except ValueError as error:  # an integer of thousands of digits
        raise InputError(f"not valid JSON ({error})") from error


def _string(obj: dict[Any, Any], name: str) -> str | None:
    """Return a field that is a string or null; an empty string counts as null."""
    value = obj.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f'"{name}" must be a string or null, not {_kind(value)}', document=_identifier_or_empty(obj))
    return value.strip() or None


def _identifier(obj: dict[Any, Any]) -> str | None:
    """Return the id; a whole number is taken as its digits, an empty string as none."""
    value = obj.get("id")
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise InputError(f'"id" must be a string, not {_kind(value)}')
    return str(value)


def _identifier_or_empty(obj: dict[Any, Any]) -> str:
    """Return the id for a message, or ""."""
    value = obj.get("id")
    return value if isinstance(value, str) else ""


def _kind(value: object) -> str:
    """Name the kind of a JSON value for a message."""
    return "null" if value is None else _KIND.get(type(value), type(value).__name__)
