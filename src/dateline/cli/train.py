"""`dateline train`: a model of one's own, from articles that one has coded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.inputs import Reading, existing
from dateline.errors import ConfigurationError
from dateline.ingest.encoding import MAX_BYTES
from dateline.types import Document, Failure

EPILOG = """Examples:

\b
  dateline code articles.jsonl --format jsonl -o records.jsonl   code, then correct records.jsonl by hand
  dateline train articles.jsonl --records records.jsonl -o my-model
  dateline code new.jsonl --model my-model                       code with it
  dateline train articles.jsonl --records records.jsonl --types types.yaml -o my-model
                                                                 with event types of your own (docs: train a model)

Needs the extra "train": pip install 'dateline[train]'. Nothing leaves this machine."""


def train(
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLES...", help="The coded articles: .jsonl with an id each, files or folders.")
    ],
    records: Annotated[
        Path, typer.Option(metavar="FILE", help="Their events: records as written by dateline code --format jsonl, corrected.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder of the new model.")],
    base: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="The model to begin from; by default the one that comes with dateline.")
    ] = None,
    types: Annotated[Path | None, typer.Option(metavar="FILE", help="Event types of your own (YAML), to learn beside PLOVER's.")] = None,
    epochs: Annotated[int, typer.Option(metavar="N", min=1, help="Passes over the articles.")] = 20,
    rate: Annotated[float, typer.Option(metavar="X", min=1e-7, max=0.01, help="Learning rate of the encoder.")] = 3e-5,
    held: Annotated[float, typer.Option(metavar="X", min=0.05, max=0.9, help="Share of the articles held back to score on.")] = 0.2,
    seed: Annotated[int, typer.Option(metavar="N", help="Seed: the same seed and input give the same model.")] = 1,
) -> None:
    """Train a model on articles that you have coded, and show how it does before and after."""
    try:
        from dateline.learn.records import read_records
        from dateline.learn.train import OWN
        from dateline.learn.train import train as run
    except ImportError as problem:
        raise ConfigurationError(f"training needs more than coding does ({problem.name}): pip install 'dateline[train]'") from problem
    from dateline.models.learned import built_in, load_learned
    from dateline.ontology import read_types

    existing(articles)
    found = read_records(records)
    own = read_types(types) if types else ()
    folder = base or built_in("en")
    if folder is None:
        raise ConfigurationError("there is no model to begin from: name one with --from")
    documents: list[Document] = []
    for item in Reading(published=None, max_bytes=MAX_BYTES, language=None).documents(articles):
        if isinstance(item, Failure):
            typer.echo(f"left out: {item.document}: {item.message}", err=True)
        else:
            documents.append(item)
    typer.echo(f"{len(documents)} articles, {sum(map(len, found.values()))} events; from {folder.name}", err=True)
    outcome = run(
        documents,
        found,
        load_learned(folder),
        output,
        own_types=own,
        held=held,
        course=replace(OWN, epochs=epochs, rate=rate, seed=seed),
        report=lambda epoch, loss: typer.echo(f"epoch {epoch}/{epochs}: loss {loss:.3f}", err=True),
    )
    typer.echo(f"learned from {outcome.taught} articles; scored on {outcome.held} that were held back")
    typer.echo(f"{'type':<12} {'there':>6} {'F1 before':>10} {'F1 after':>9}")
    for kind, after in outcome.after.items():
        typer.echo(f"{kind:<12} {after.there:>6} {outcome.before[kind].f1:>10.2f} {after.f1:>9.2f}")
    typer.echo(f"wrote {output}: dateline code ARTICLES --model {output}")
