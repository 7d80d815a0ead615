"""`dateline gazetteer`: a full GeoNames gazetteer in the user's data folder, in place of the one that ships."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from dateline.resolve.gazetteer import USERS_FILE, Gazetteer
from dateline.resolve.gazetteer_import import import_dump
from dateline.resolve.user_data import user_file, users_own

EPILOG = """Examples:

\b
  dateline gazetteer import allCountries.zip   use all of GeoNames (download.geonames.org/export/dump, 13 million places)
  dateline gazetteer import BO.zip             use one country's file alone
  dateline gazetteer which                     which gazetteer is used
  dateline gazetteer remove                    go back to the one that ships with dateline

The imported gazetteer lies in $DATELINE_DATA, else in $XDG_DATA_HOME/dateline. An import that was stopped goes on where it was."""

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Use another gazetteer than the one that ships.", epilog=EPILOG)

PLAIN_EVERY = 5.0
"""Seconds between two lines of progress where there is no terminal."""


class _Shown:
    """Progress on standard error: one line that is rewritten on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self.last = 0.0
        self.begun = time.monotonic()

    def __call__(self, what: str, rows: int) -> None:
        """Show what is being done and how many rows are done."""
        now = time.monotonic()
        line = f"{what}: {rows:,} rows, {now - self.begun:.0f} s" if rows else what
        if sys.stderr.isatty():
            typer.echo(f"\r{line:<72}", err=True, nl=False)
        elif now - self.last >= PLAIN_EVERY:
            typer.echo(line, err=True)
            self.last = now


@app.command("import", epilog=EPILOG)
def import_(
    dump: Annotated[Path, typer.Argument(metavar="DUMP.zip", help="A dump of GeoNames: allCountries.zip or one country's file.")],
) -> None:
    """Build a gazetteer from a GeoNames dump and use it from now on."""
    if not dump.is_file():
        raise typer.BadParameter(f'there is no file "{dump}"', param_hint="DUMP.zip")
    target = user_file(USERS_FILE)
    target.parent.mkdir(parents=True, exist_ok=True)
    places = import_dump(dump, target, _Shown())
    if sys.stderr.isatty():
        typer.echo("", err=True)
    typer.echo(f"{target}: {places:,} places, {target.stat().st_size / 1e6:.0f} MB; it is used from now on")
    typer.echo("places: GeoNames (geonames.org), CC BY 4.0: name it where you pass its points on")


@app.command("which", epilog=EPILOG)
def which() -> None:
    """Show which gazetteer is used."""
    own = users_own(USERS_FILE)
    typer.echo(f"{own or 'the one that ships with dateline'}: {len(Gazetteer(own)):,} places")


@app.command("remove", epilog=EPILOG)
def remove() -> None:
    """Remove the imported gazetteer and go back to the one that ships."""
    own = users_own(USERS_FILE)
    if own is None:
        typer.echo("there is no imported gazetteer")
        return
    own.unlink()
    typer.echo(f"{own} is removed; the gazetteer that ships with dateline is used from now on")
