"""The parser package: which one, and whether its weight files are the pinned ones."""

from __future__ import annotations

import hashlib
import importlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import DataError

if TYPE_CHECKING:
    from spacy.language import Language

CODE_SUFFIXES = {".py", ".pyc"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParserManifest:
    """What a language's parser is, as pinned in ``data/models/parser-<language>.json``."""

    package: str
    version: str
    licence: str
    sha256: str
    """Digest over the names and contents of all its files that are not code."""


def manifest(language: str) -> ParserManifest:
    """Return the manifest of a language's parser. Raises `DataError` where there is none."""
    path = files("dateline") / "data" / "models" / f"parser-{language}.json"
    if not path.is_file():
        raise DataError(f"no parser is pinned for language {language!r}")
    return ParserManifest(**json.loads(path.read_text(encoding="utf-8")))


def folder_digest(folder: Path) -> str:
    """Hash the names and contents of a model folder's data files, in a fixed order."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in CODE_SUFFIXES):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def load_parser(language: str) -> Language:
    """Load the pinned parser. Raises `DataError` when the package is missing or is not the pinned one."""
    pinned = manifest(language)
    try:
        package = importlib.import_module(pinned.package)
    except ImportError as error:
        raise DataError(f"the parser package {pinned.package} is not installed; install dateline again with pip") from error
    folder = Path(str(package.__file__)).parent
    found = folder_digest(folder)
    if found != pinned.sha256:
        raise DataError(
            f"the files of {pinned.package} are not those of version {pinned.version} "
            f"(sha256 {found[:12]}…, pinned {pinned.sha256[:12]}…); install {pinned.package}=={pinned.version} again"
        )
    nlp: Language = package.load()
    return nlp
