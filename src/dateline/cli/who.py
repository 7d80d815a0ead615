"""`dateline who`: the actors of a text, coded."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline import actors
from dateline.actors import FoundActor
from dateline.cli.inputs import parse_day, printable, read_argument
from dateline.types import Document, Failure


class Format(StrEnum):
    """How actors are written."""

    TABLE = "table"
    JSONL = "jsonl"


EPILOG = """Examples:

\b
  dateline who "Evo Morales met miners in Oruro." --published 2012-05-01   a table for the eye
  dateline who article.txt --format jsonl                                  one actor a line, with all mentions
  cat article.txt | dateline who -

What is no existing file is taken for the text itself. Offices are those of the day of publication;
"dateline actors" adds your own actors."""


def who(
    text: Annotated[
        str, typer.Argument(metavar="TEXT|FILE|-", help="The text itself, a file (.txt, .html, .jsonl), or - for standard input.")
    ],
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Day of publication, YYYY-MM-DD.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the actors.")] = Format.TABLE,
) -> None:
    """Find the actors of a text: name, country, sectors, mentions."""
    day = parse_day(published)
    found: list[tuple[Document, FoundActor]] = []
    failed = False
    for document in read_argument(text, day):
        if isinstance(document, Failure):
            typer.echo(f"dateline: {printable(document.document)}: {printable(document.message)} [{document.stage}]", err=True)
            failed = True
            continue
        made = actors.find(document.text, title=document.title, publisher=document.publisher, published=document.published or day)
        found += [(document, each) for each in made]
    if format is Format.JSONL:
        for document, each in found:
            typer.echo(json.dumps({"document": document.id, **actors.properties(each, document.text)}, ensure_ascii=False))
    elif found or not failed:
        _show(found)
    if failed:
        raise typer.Exit(1)


def _show(found: list[tuple[Document, FoundActor]]) -> None:
    if not found:
        typer.echo("no actors were found")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("in the text", "name", "country", "sectors", "office", "mentions", "known by", "sure"):
        table.add_column(title, justify="right" if title in {"mentions", "sure"} else "left")
    for _, each in found:
        actor = each.actor
        cells = (
            actor.text,
            actor.identifier_text or "",
            actor.code or "not known",
            " ".join(actor.sectors) or "not known",
            actor.office or "",
        )
        table.add_row(*(Text(printable(cell)) for cell in (*cells, str(len(each.mentions)), each.known, f"{actor.confidence:.2f}")))
    Console(highlight=False, soft_wrap=not sys.stdout.isatty(), width=None if sys.stdout.isatty() else 160).print(table)
