"""`dateline where`: the place names of a text, and where they lie."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline import places
from dateline.cli.inputs import parse_day, printable, read_argument
from dateline.types import Failure, Toponym


class Format(StrEnum):
    """How places are written."""

    TABLE = "table"
    GEOJSON = "geojson"
    JSONL = "jsonl"


EPILOG = """Examples:

\b
  dateline where "Protesters marched in El Alto and La Paz."    a table for the eye
  dateline where article.txt --country BO                       a file that is about Bolivia
  dateline where article.txt --format geojson > places.geojson  for a map
  cat article.txt | dateline where - --format jsonl             one place name a line

What is no existing file is taken for the text itself. A name without a point is one that the gazetteer lacks, or that could be several."""


def where(
    text: Annotated[
        str, typer.Argument(metavar="TEXT|FILE|-", help="The text itself, a file (.txt, .html, .jsonl), or - for standard input.")
    ],
    country: Annotated[
        str | None, typer.Option(metavar="XX", help="The country that the text is about, if known: ISO 3166 code or name.")
    ] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Day of publication, YYYY-MM-DD.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the places.")] = Format.TABLE,
) -> None:
    """Find the place names of a text and where they lie."""
    day = parse_day(published)
    places.country_code(country)
    found: list[tuple[str, Toponym]] = []
    failed = False
    for document in read_argument(text, day):
        if isinstance(document, Failure):
            typer.echo(f"dateline: {printable(document.document)}: {printable(document.message)} [{document.stage}]", err=True)
            failed = True
            continue
        made = places.find(document.text, country, title=document.title, publisher=document.publisher, published=document.published or day)
        found += [(document.id, toponym) for toponym in made]
    _write(found, format)
    if failed:
        raise typer.Exit(1)


def _write(found: list[tuple[str, Toponym]], format: Format) -> None:
    if format is Format.GEOJSON:
        made = places.to_geojson(toponym for _, toponym in found)
        for feature, (document, _) in zip(made["features"], found, strict=True):
            feature["properties"] = {"document": document, **feature["properties"]}
        typer.echo(json.dumps(made, ensure_ascii=False, indent=1))
    elif format is Format.JSONL:
        for document, toponym in found:
            row = {"document": document, **places.properties(toponym)}
            row |= {"latitude": toponym.place.latitude, "longitude": toponym.place.longitude}
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        _show(found)


def _show(found: list[tuple[str, Toponym]]) -> None:
    if not found:
        typer.echo("no place names were found")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("in the text", "place", "lies in", "latitude", "longitude", "within km", "sure"):
        table.add_column(title, justify="right" if title in {"latitude", "longitude", "within km", "sure"} else "left")
    for _, toponym in found:
        place = toponym.place
        known = place.latitude is not None and place.longitude is not None
        above = [name for name in (place.district, place.province, place.country) if name and name != place.name]
        note = " (people)" if toponym.demonym else " (government)" if toponym.metonymic else ""
        cells = (
            toponym.text + note,
            (place.name or "") if known else "not known",
            ", ".join(dict.fromkeys(above)),
            f"{place.latitude:.3f}" if place.latitude is not None else "",
            f"{place.longitude:.3f}" if place.longitude is not None else "",
            f"{place.radius_km:g}" if known and place.radius_km is not None else "",
            f"{place.confidence:.2f}",
        )
        table.add_row(*(Text(printable(cell)) for cell in cells))
    Console(highlight=False, soft_wrap=not sys.stdout.isatty(), width=None if sys.stdout.isatty() else 160).print(table)
    typer.echo(f"\n{places.ATTRIBUTION}")
