"""`dateline actors`: a user's own actors and rules beside the lists that ship."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline import actors
from dateline.cli.inputs import printable
from dateline.errors import DataError
from dateline.resolve import actor_rules, actor_store
from dateline.resolve.actor_entities import bodies, persons
from dateline.resolve.actor_lexicon import ActorLexicon
from dateline.resolve.user_data import user_file, users_own

EPILOG = """Examples:

\b
  dateline actors import my-actors.csv             columns: name, aliases, country, sectors, office, from, to, id
  dateline actors import query.json                a result of query.wikidata.org (JSON or CSV)
  dateline actors import entities.ftm.json         OpenSanctions and other FollowTheMoney entities
  dateline actors list                             what was imported
  dateline actors show "Evo Morales" 2012-05-01    who is called so, and what they were on a day
  dateline actors rules                            check your rules ("always read X as Y", merges)
  dateline actors remove my-actors                 remove an import, or one actor by its identifier

Your actors lie in $DATELINE_DATA/actors, else in $XDG_DATA_HOME/dateline/actors. Importing a file of the same name again replaces it."""

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Add your own actors and rules to those that ship.", epilog=EPILOG)


def _counted(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"


@app.command("import", epilog=EPILOG)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV, JSON lines, Wikidata JSON, FollowTheMoney; also .gz, .bz2.")],
) -> None:
    """Import actors from a file; they are used from now on."""
    if not file.is_file():
        raise typer.BadParameter(f'there is no file "{file}"', param_hint="FILE")
    made = actors.import_file(file)
    passed = f"; {made.passed:,} rows without a name or a sector were passed over" if made.passed else ""
    typer.echo(f"{made.name}: {_counted(made.entries)} ({made.kind}){passed}; they are used from now on")


@app.command("list", epilog=EPILOG)
def list_() -> None:
    """List the imports and what ships."""
    typer.echo(f"ships with dateline: {sum(1 for _ in persons()):,} persons, {sum(1 for _ in bodies()):,} bodies")
    store = actor_store.users_store()
    for made in store.sources() if store else []:
        typer.echo(f"{made.name}: {_counted(made.entries)} ({made.kind})")
    if own := users_own(actor_rules.FILE, actor_store.FOLDER):
        typer.echo(f"rules: {own}")


@app.command("show", epilog=EPILOG)
def show(
    name: Annotated[str, typer.Argument(metavar="NAME|ID", help="A name, or the identifier of an import.")],
    day: Annotated[str | None, typer.Argument(metavar="[DATE]", help="The day that is asked for: 2019, 2019-11 or 2019-11-12.")] = None,
) -> None:
    """Show who is called so, and what they were on a day."""
    actors.reload()
    found = actors.lookup(name, day)
    if not found:
        typer.echo(f'nobody called "{printable(name)}" is known', err=True)
        raise typer.Exit(1)
    for entity, standing in found:
        codes = f"{standing.code or 'no country'} {' '.join(standing.sectors)}"
        office = f", {standing.office}" if standing.office else ""
        number = f" [{entity.id}]" if entity.id else ""
        typer.echo(printable(f"{entity.name}{number}: {codes}{office} ({entity.origin}: {entity.source})"))
        for term in entity.terms:
            times = f"{term.first or '...'} to {term.last or '...'}"
            typer.echo(printable(f"  {times}: {' '.join(x for x in (term.code, term.office) if x) or 'stood'}"))


@app.command("rules", epilog=EPILOG)
def rules() -> None:
    """Check the file of rules and say where it lies."""
    path = user_file(actor_rules.FILE, actor_store.FOLDER)
    if not path.is_file():
        typer.echo(f"there are no rules; they would lie in {path}")
        return
    lexicon = ActorLexicon(actor_store.users_store())
    read = actor_rules.read_rules(path, lexicon.known)
    typer.echo(f"{path}: {len(read.read)} to read, {len(read.merged)} merged; they are used from now on")


@app.command("remove", epilog=EPILOG)
def remove(
    wanted: Annotated[str, typer.Argument(metavar="IMPORT|ID", help="The name of an import, or the identifier of one actor.")],
) -> None:
    """Remove an import, or one imported actor."""
    path = users_own(actor_store.FILE, actor_store.FOLDER)
    if path is None:
        typer.echo("there are no imported actors")
        return
    store = actor_store.ActorStore(path, write=True)
    try:
        gone = store.remove(wanted)
    finally:
        store.close()
    actors.reload()
    if not gone:
        raise DataError(f'there is no import and no identifier "{wanted}"; "dateline actors list" names the imports')
    typer.echo(f"{wanted}: {_counted(gone)} removed")
