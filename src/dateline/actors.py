"""Actors by themselves: find those of a text, look up who is known by a name, import one's own. No event is coded.

::

    from dateline import actors

    for found in actors.find("Evo Morales met miners in Oruro.", published="2012-05-01"):
        print(found.actor.text, found.actor.identifier_text, found.actor.code, found.actor.sectors)

    actors.lookup("Evo Morales", on="2012-05-01")
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from dateline.errors import ConfigurationError
from dateline.pipeline import DEFAULT_LANGUAGE, STAGES, Config, Pipeline
from dateline.resolve import actor_import, actor_mentions
from dateline.resolve.actor_entities import Entity, Standing, is_day
from dateline.resolve.actor_lexicon import ActorLexicon, users_lexicon
from dateline.resolve.actor_mentions import FoundActor
from dateline.resolve.actor_store import Imported
from dateline.resolve.actors import Actors
from dateline.types import Analysis

__all__ = ["Entity", "FoundActor", "Imported", "Standing", "find", "import_file", "lookup", "reload"]

NEEDED = ("annotate.syntax", "resolve.toponyms", "annotate.coreference")


@lru_cache(maxsize=1)
def _lists() -> ActorLexicon:
    return users_lexicon()


@lru_cache(maxsize=1)
def _stages() -> tuple[Pipeline, Actors]:
    unneeded = tuple(name for name, _ in STAGES if name not in NEEDED)
    return Pipeline.build(DEFAULT_LANGUAGE, Config(drop=unneeded)), Actors(lexicon=_lists())


def reload() -> None:
    """Read the lists and the user's own actors and rules anew at the next call."""
    _lists.cache_clear()
    _stages.cache_clear()


def find(text: str, *, title: str | None = None, publisher: str | None = None, published: str | None = None) -> tuple[FoundActor, ...]:
    """Find the actors of an English text, in the order of their first mention.

    Args:
        text: The text; spans count its code points.
        title: The headline, which hints at the country.
        publisher: Name or address of the publisher, which does so too.
        published: Day of publication (YYYY-MM-DD), on which offices are asked for.

    Raises:
        InputError: The text can't be read.
    """
    # Imported late, as in `dateline.coder`: the readers pull in the language guesser.
    from dateline.ingest.readers import document_from_dict

    given = {"text": text, "title": title, "publisher": publisher, "published": published, "language": DEFAULT_LANGUAGE}
    document = document_from_dict({name: value for name, value in given.items() if value is not None}, None)
    pipeline, stage = _stages()
    analysis: Analysis = pipeline(document)
    return actor_mentions.find(analysis, stage)


def lookup(name: str, on: str | None = None) -> list[tuple[Entity, Standing]]:
    """Return all who are called so, or have that identifier, each with what they were on a day.

    Args:
        name: A name or other name, in any case, with or without accents; or an identifier of an import.
        on: The day (ISO 8601; it may stop at month or year), else what they were last.

    Raises:
        ConfigurationError: The day is none.
    """
    if on is not None and not is_day(on):
        raise ConfigurationError(f'"{on}" is no date; write 2019, 2019-11 or 2019-11-12')
    return [(entity, entity.on(on)) for entity in _lists().known(name)]


def import_file(path: str | Path, name: str | None = None) -> Imported:
    """Import actors from a file into the user's data folder; see `docs/how-to/know-your-actors.md` for the formats.

    Raises:
        DataError: The file can't be used; the message says where it is wrong.
    """
    made = actor_import.import_actors(Path(path), ActorLexicon().of_office, name)
    reload()
    return made


def properties(found: FoundActor, text: str) -> dict[str, Any]:
    """Return all that is known of an actor as plain values, in one order."""
    actor = found.actor
    return {
        "text": actor.text,
        "start": actor.span.start if actor.span else None,
        "end": actor.span.end if actor.span else None,
        "name": actor.identifier_text,
        "id": actor.identifier_id,
        "code": actor.code,
        "sectors": list(actor.sectors),
        "office": actor.office,
        "known": found.known,
        "confidence": actor.confidence,
        "mentions": [{"text": span.of(text), "start": span.start, "end": span.end} for span in found.mentions],
    }
