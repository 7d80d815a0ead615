"""`dateline says`: who says what in a text."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline import attribution
from dateline.attribution import Said
from dateline.cli.inputs import parse_day, printable, read_argument
from dateline.types import Document, Failure


class Format(StrEnum):
    """How attributions are written."""

    TABLE = "table"
    JSONL = "jsonl"


EPILOG = """Examples:

\b
  dateline says "The mayor said the road was open."    a table for the eye
  dateline says article.txt --format jsonl             one attribution a line, with spans
  cat article.txt | dateline says -

What is no existing file is taken for the text itself. A source without words is one that the text does not name ("it was reported")."""


def says(
    text: Annotated[
        str, typer.Argument(metavar="TEXT|FILE|-", help="The text itself, a file (.txt, .html, .jsonl), or - for standard input.")
    ],
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Day of publication, YYYY-MM-DD.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the attributions.")] = Format.TABLE,
) -> None:
    """Find who says what: source, word of saying, content."""
    day = parse_day(published)
    found: list[tuple[Document, Said]] = []
    failed = False
    for document in read_argument(text, day):
        if isinstance(document, Failure):
            typer.echo(f"dateline: {printable(document.document)}: {printable(document.message)} [{document.stage}]", err=True)
            failed = True
            continue
        made = attribution.find(document.text, title=document.title, published=document.published or day)
        found += [(document, said) for said in made]
    if format is Format.JSONL:
        for document, said in found:
            typer.echo(json.dumps({"document": document.id, **attribution.properties(said, document.text)}, ensure_ascii=False))
    elif found or not failed:
        _show(found)
    if failed:
        raise typer.Exit(1)


def _show(found: list[tuple[Document, Said]]) -> None:
    if not found:
        typer.echo("nobody is said to say anything")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("source", "kind", "cue", "claim", "content"):
        table.add_column(title)
    for document, said in found:
        content = " ".join(said.content.of(document.text).split())
        source = said.source
        cells = (source.text or "not named", source.kind, source.cue, said.claim, f"“{content}”" if said.direct else content)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    Console(highlight=False, soft_wrap=not sys.stdout.isatty(), width=None if sys.stdout.isatty() else 160).print(table)
