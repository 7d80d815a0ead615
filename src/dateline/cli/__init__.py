"""The command line: `dateline` with `code`, `explain`, `when`, `where`, `who`, `says`, `gazetteer`, `actors`, `info`."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from dateline import __version__
from dateline.cli import actors as _actors
from dateline.cli import code as _code
from dateline.cli import explain as _explain
from dateline.cli import gazetteer as _gazetteer
from dateline.cli import info as _info
from dateline.cli import says as _says
from dateline.cli import train as _train
from dateline.cli import when as _when
from dateline.cli import where as _where
from dateline.cli import who as _who
from dateline.errors import DatelineError

EXIT_FAILED = 1
"""At least one input could not be coded."""
EXIT_INTERRUPTED = 130
"""Stopped by Ctrl-C (128 + SIGINT)."""
EXIT_PIPE = 141
"""The reader of the output went away (128 + SIGPIPE)."""


class _Group(TyperGroup):
    """Turns what users can do wrong, or do to the program, into one line and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Exit(EXIT_INTERRUPTED) from None
        except BrokenPipeError:
            # What is still in the buffer has nowhere to go; without this Python would say so at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(EXIT_PIPE) from None
        except (DatelineError, OSError) as problem:
            if os.environ.get("DATELINE_DEBUG"):
                raise
            typer.echo(f"dateline: {problem}", err=True)
            raise typer.Exit(EXIT_FAILED) from None


app = typer.Typer(
    name="dateline",
    cls=_Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Read news articles and write political event records (PLOVER), each fact with the span it was read from. "
    "Nothing leaves this machine.",
    epilog="Set DATELINE_DEBUG=1 to see where an error comes from; NO_COLOR=1 turns colours off.",
)
app.command("code", epilog=_code.EPILOG)(_code.code)
app.command("explain", epilog=_explain.EPILOG)(_explain.explain)
app.command("train", epilog=_train.EPILOG)(_train.train)
app.command("when", epilog=_when.EPILOG)(_when.when)
app.command("where", epilog=_where.EPILOG)(_where.where)
app.command("who", epilog=_who.EPILOG)(_who.who)
app.command("says", epilog=_says.EPILOG)(_says.says)
app.add_typer(_gazetteer.app, name="gazetteer")
app.add_typer(_actors.app, name="actors")
app.command("info", epilog=_info.EPILOG)(_info.info)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")] = False,
) -> None:
    """Take the options that belong to no command."""


def main() -> None:
    """Run the command line and leave with its exit status."""
    app(prog_name="dateline")
