"""`dateline when`: the temporal expressions of a text, and the days that they name."""

from __future__ import annotations

import json
import re
import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline import temporal
from dateline.cli.inputs import parse_day, printable, read_argument
from dateline.types import Document, Failure, TimeExpression

_COUNTRY = re.compile(r"[A-Za-z]{2,3}\Z")


class Format(StrEnum):
    """How expressions are written."""

    TABLE = "table"
    JSONL = "jsonl"
    TIMEML = "timeml"


EPILOG = """Examples:

\b
  dateline when "Police came last Thursday." --published 2020-08-20   a table for the eye
  dateline when article.txt --published 2020-08-20 --format timeml    the text with TIMEX3 tags
  dateline when "On Independence Day." --country IN --published 2021-10-16    the holiday of a country
  dateline when "El lunes pasado hubo paro." --language es --published 2020-08-20
  cat article.txt | dateline when - --format jsonl                    one expression a line

What is no existing file is taken for the text itself. Without a day of publication "last Thursday" has no value."""


def when(
    text: Annotated[
        str, typer.Argument(metavar="TEXT|FILE|-", help="The text itself, a file (.txt, .html, .jsonl), or - for standard input.")
    ],
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Day of publication, YYYY-MM-DD.")] = None,
    language: Annotated[str, typer.Option(metavar="XX", help="Language of the text (ISO 639-1).")] = "en",
    country: Annotated[
        str | None, typer.Option(metavar="XX", help="Country (ISO 3166 alpha-2) whose national holidays are meant, if known.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the expressions.")] = Format.TABLE,
) -> None:
    """Find the temporal expressions of a text and the days they name."""
    day = parse_day(published)
    if language not in temporal.languages():
        raise typer.BadParameter(f'there are no rules of time for "{language}"; they exist for: {", ".join(temporal.languages())}')
    if country is not None and not _COUNTRY.match(country):
        raise typer.BadParameter(f'"{printable(country)[:40]}" is no country code: write it as ISO 3166 alpha-2, for example BO')
    failed = False
    found: list[tuple[Document, TimeExpression]] = []
    for document in read_argument(text, day, language):
        if isinstance(document, Failure):
            typer.echo(f"dateline: {printable(document.document)}: {printable(document.message)} [{document.stage}]", err=True)
            failed = True
            continue
        for warning in document.warnings:
            typer.echo(f"dateline: {printable(document.id)}: note: {printable(warning)}", err=True)
        made = temporal.tag(document.text, document.published, language, country)
        if format is Format.TIMEML:
            typer.echo(temporal.to_timeml(document.text, made, document.published), nl=False)
        found += [(document, expression) for expression in made]
    if format is Format.JSONL:
        for document, expression in found:
            typer.echo(json.dumps(_row(document, expression), ensure_ascii=False))
    elif format is Format.TABLE and (found or not failed):
        _show(found)
    if failed:
        raise typer.Exit(1)


def _row(document: Document, expression: TimeExpression) -> dict[str, object]:
    """Return one expression as a JSON object; spans are code points, days ISO 8601."""
    row: dict[str, object] = {
        "document": document.id,
        "start": expression.span.start,
        "end": expression.span.end,
        "text": expression.text,
        "type": expression.type,
        "value": expression.value,
        "mod": expression.mod,
    }
    interval = expression.interval
    names = ("date", "enddate", "earliest", "latest", "precision", "known", "anchor")
    told = interval.anchor_span if interval else None
    anchor = {"anchor_start": told.start if told else None, "anchor_end": told.end if told else None}
    return row | {name: getattr(interval, name) if interval else None for name in names} | anchor | {"rule": expression.rule}


def _days(expression: TimeExpression) -> str:
    """Return the days that an expression bounds, as a reader writes them."""
    interval = expression.interval
    if interval is None or interval.latest is None:
        return ""
    if interval.earliest is None:
        return f"until {interval.latest}"
    return interval.earliest if interval.earliest == interval.latest else f"{interval.earliest} to {interval.latest}"


def _show(found: list[tuple[Document, TimeExpression]]) -> None:
    if not found:
        typer.echo("no temporal expressions were found")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("in the text", "type", "value", "mod", "days", "counted from", "rule"):
        table.add_column(title)
    for _, expression in found:
        interval = expression.interval
        counted = "" if interval is None else {"explicit": "", "publication": "publication"}.get(interval.known, interval.anchor or "")
        cells = (expression.text, expression.type, expression.value or "not known", expression.mod or "", _days(expression), counted)
        table.add_row(*(Text(printable(cell)) for cell in (*cells, expression.rule)))
    Console(highlight=False, soft_wrap=not sys.stdout.isatty(), width=None if sys.stdout.isatty() else 160).print(table)
