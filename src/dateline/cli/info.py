"""`dateline info`: what is installed, which data it uses, and where that comes from."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from dateline import __version__
from dateline.annotate.model_files import manifest
from dateline.pipeline import languages
from dateline.resolve.gazetteer import USERS_FILE
from dateline.resolve.user_data import users_own

PACKAGES = ("spacy", "trafilatura", "charset-normalizer", "py3langid", "typer", "rich", "pydantic", "PyYAML")
DATA = Path(__file__).parents[1] / "data"

EPILOG = """Examples:

\b
  dateline info          versions, models and sources
  dateline info --files  also the checksum (SHA-256) of every data file"""


def info(
    files: Annotated[bool, typer.Option("--files", help="Also list every data file with its checksum (SHA-256).")] = False,
) -> None:
    """Show versions, models, data files and their sources."""
    typer.echo(f"dateline {__version__}, Python {platform.python_version()}")
    typer.echo("network: never used; articles, records and models stay on this machine")
    typer.echo("\npackages")
    for name in PACKAGES:
        typer.echo(f"  {name} {_version(name)}")
    for language in languages():
        pinned = manifest(language)
        typer.echo(f"\nmodel for {language}\n  {pinned.package} {pinned.version}, {pinned.licence}, installed {_version(pinned.package)}")
        typer.echo(f"  weights sha256 {pinned.sha256}")
    typer.echo("\ndata")
    for folder in sorted(path for path in DATA.iterdir() if path.is_dir()):
        inside = data_files(folder)
        size = sum(path.stat().st_size for path in inside)
        typer.echo(f"  {folder.name}: {len(inside)} files, {size / 1e6:.2f} MB, sha256 {_digest(inside, folder)[:16]}")
    if files:
        typer.echo("\nfiles")
        for path in data_files(DATA):
            typer.echo(f"  {hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(DATA).as_posix()}")
    typer.echo("\nsources")
    typer.echo("  places: GeoNames (geonames.org), CC BY 4.0, changed: reduced to names, points and units")
    for name in (USERS_FILE, "disputed.yaml"):
        if own := users_own(name):
            typer.echo(f"  your own {name} is used: {own}")
    typer.echo("  event types, modes, contexts and sectors: PLOVER manual, draft 2.0; definitions in own words")
    typer.echo("  each folder of data says in its SOURCE.md or in its entries where they come from")


def data_files(folder: Path) -> list[Path]:
    """Return the data files under a folder, sorted by path."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".py")


def _digest(paths: list[Path], folder: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
