"""`dateline code`: articles in, event records out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from dateline.cli.formats import CsvWriter, JsonlWriter, Writer
from dateline.cli.inputs import Progressing, Reading, count, existing, parse_day, passed_over, printable
from dateline.cli.table import TableWriter
from dateline.ingest.encoding import MAX_BYTES
from dateline.run import run
from dateline.types import Failure


class Format(StrEnum):
    """How events are written."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class Preset(StrEnum):
    """How sure an event must be to be written."""

    PRECISION = "precision"
    BALANCED = "balanced"
    RECALL = "recall"


EPILOG = """Examples:

\b
  dateline code article.txt                                  a table for the eye
  dateline code article.txt --published 2024-03-14           with the day that "last Thursday" is counted from
  dateline code articles/ --format jsonl -o events.jsonl     a folder, one record a line
  dateline code corpus.jsonl --format csv -j 4 > events.csv  many documents, four processes
  cat page.html | dateline code -                            from standard input
  dateline code articles/ --preset precision                 only what is nearly certain
  dateline code articles/ --model my-model                   with a model of your own (dateline train)

Exit status: 0 all coded, 1 an input could not be coded (the others were), 2 wrong usage, 130 stopped by Ctrl-C (what was done is kept)."""


def code(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", help="Files (.txt, .html, .jsonl with one document a line), folders of these, or - for standard input."
        ),
    ],
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Day of publication, YYYY-MM-DD. Where it is not given, it is looked for in the document."),
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the events.")] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of standard output; it is replaced.")
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", metavar="N", min=1, max=256, help="Processes to use; the output is the same for any number.")
    ] = 1,
    min_confidence: Annotated[
        float, typer.Option(metavar="X", min=0.0, max=1.0, help="Leave out events below this confidence, 0 to 1.")
    ] = 0.0,
    max_bytes: Annotated[int, typer.Option(metavar="N", min=1, help="Refuse a document larger than this many bytes.")] = MAX_BYTES,
    model: Annotated[
        str | None,
        typer.Option(metavar="DIR", help='A model folder written by dateline train; "none" codes by lexicon and syntax alone.'),
    ] = None,
    preset: Annotated[
        Preset, typer.Option(help="How sure an event must be: precision drops what is doubtful, recall keeps it.")
    ] = Preset.BALANCED,
    language: Annotated[
        str | None, typer.Option(metavar="XX", help="Language of the texts (ISO 639-1), if known; else it is told from each text.")
    ] = None,
) -> None:
    """Code articles into event records."""
    existing(inputs)
    reading = Reading(published=parse_day(published), max_bytes=max_bytes, language=language)
    _refuse_overwriting(inputs, output)
    many = len(inputs) > 1 or inputs == ["-"] or Path(inputs[0]).is_dir() or Path(inputs[0]).suffix.lower() in {".jsonl", ".ndjson"}
    bar = output is not None or not sys.stdout.isatty()
    with _opened(output) as stream, Progressing(count(inputs) if many and bar else None, shown=many, bar=bar) as progress:
        writer = _writer(format, stream, min_confidence=min_confidence, terminal=output is None)
        for line in passed_over(inputs):
            progress.noted(printable(line))
        for item in run(reading.documents(inputs), language=language or "en", jobs=jobs, model=model, preset=preset.value):
            if isinstance(item, Failure):
                progress.failed(item)
                continue
            for warning in item.document.warnings:
                progress.warned(item.document.id, warning)
            progress.done(writer.write(item))
            # A document at a time, so that Ctrl-C and a full disk lose at most the one in hand.
            stream.flush()
    if progress.failures:
        raise typer.Exit(1)


def _refuse_overwriting(inputs: list[str], output: Path | None) -> None:
    if output is None:
        return
    for name in inputs:
        path = Path(name)
        if name != "-" and path.is_file() and output.exists() and path.samefile(output):
            raise typer.BadParameter(f'"{output}" is also an input and would be overwritten', param_hint="--output")
    if output.is_dir() or not output.parent.is_dir():
        problem = "is a folder" if output.is_dir() else f'cannot be written: there is no folder "{output.parent}"'
        raise typer.BadParameter(f'"{output}" {problem}', param_hint="--output")


@contextmanager
def _opened(output: Path | None) -> Iterator[BinaryIO]:
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        with output.open("wb") as stream:
            yield stream


def _writer(format: Format, stream: BinaryIO, *, min_confidence: float, terminal: bool) -> Writer:
    if format is Format.JSONL:
        return JsonlWriter(stream, min_confidence=min_confidence)
    if format is Format.CSV:
        return CsvWriter(stream, min_confidence=min_confidence)
    return TableWriter(stream, min_confidence=min_confidence, terminal=terminal and sys.stdout.isatty())
