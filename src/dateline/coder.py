"""The coder: text in, coded documents out. This is what `dateline.load` returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dateline.errors import ConfigurationError, InputError
from dateline.pipeline import BATCH_SIZE, DEFAULT_LANGUAGE, Config, Pipeline, failure_of
from dateline.record import event_to_dict
from dateline.types import Abstention, Analysis, Document, Event, Failure

Source = str | Mapping[str, Any] | Document | Failure
"""What can be coded: a text, a mapping with the fields of a document (only ``text`` is required), or a Document."""


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """One article and what was coded from it."""

    analysis: Analysis

    @property
    def document(self) -> Document:
        """The article: its text exactly as stored, and what is known of it."""
        return self.analysis.document

    @property
    def events(self) -> tuple[Event, ...]:
        """The events, in the order of the text."""
        return self.analysis.events

    @property
    def abstentions(self) -> tuple[Abstention, ...]:
        """Why nothing was coded where something might have been."""
        return self.analysis.abstentions

    def to_dicts(self, *, min_confidence: float = 0.0, coded_date: str | None = None) -> list[dict[str, Any]]:
        """Return one record an event, as docs/reference/record.md describes them.

        Args:
            min_confidence: Leave out events below this confidence (probability 0-1).
            coded_date: Write this day (ISO 8601) into the records; by default none, so that output can be compared.
        """
        kept = (event for event in self.events if event.confidence >= min_confidence)
        return [event_to_dict(event, self.document, coded_date=coded_date) for event in kept]


class Coder:
    """Codes news articles. Loading one takes a second or two; coding with it does not change it.

    Args:
        pipeline: The stages to run; `dateline.load` builds the standard ones.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline

    def __call__(
        self,
        text: str | Document,
        *,
        published: str | date | None = None,
        title: str | None = None,
        id: str | None = None,
        publisher: str | None = None,
        author: str | None = None,
        url: str | None = None,
        language: str | None = None,
    ) -> CodedDocument:
        """Code one article.

        Args:
            text: The article, or a Document (then the other arguments must be left out).
            published: The day of publication, which relative dates are counted from (``YYYY-MM-DD`` or a date).
            title: The headline where it is known apart from the text; it is not read as part of the text.
            id: The name that records carry in ``document``; by default a hash of the text.
            publisher: Who published it.
            author: Who wrote it.
            url: Where it stood.
            language: ISO 639-1, if known; else it is told from the text.

        Raises:
            InputError: The text cannot be read, or is in a language without data files.
        """
        given = {
            "published": published, "title": title, "id": id, "publisher": publisher,
            "author": author, "url": url, "language": language,
        }  # fmt: skip
        given = {key: value for key, value in given.items() if value is not None}
        if isinstance(text, Document):
            if given:
                raise ConfigurationError(f"a Document says this itself: {', '.join(sorted(given))}")
            return CodedDocument(self.pipeline(_structured(text)))
        return CodedDocument(self.pipeline(_document({"text": text, **given}, "")))

    def stream(self, sources: Iterable[Source], *, batch_size: int = BATCH_SIZE) -> Iterator[CodedDocument | Failure]:
        """Code many articles in order, a batch at a time; one that cannot be coded becomes a Failure in its place.

        Args:
            sources: Texts, mappings with the fields of a document, or Documents; Failures are passed on.
            batch_size: How many documents are read at once.
        """
        for done in self.pipeline.stream(_documents(sources), batch_size):
            yield done if isinstance(done, Failure) else CodedDocument(done)


def _documents(sources: Iterable[Source]) -> Iterator[Document | Failure]:
    for number, source in enumerate(sources, start=1):
        fallback = f"document-{number}"
        try:
            if isinstance(source, Failure):
                yield source
            elif isinstance(source, Document):
                yield _structured(source)
            elif isinstance(source, str):
                yield _document({"text": source}, None)
            else:
                yield _document(source, fallback)
        except InputError as problem:
            name = source.id if isinstance(source, Document) else source.get("id") if isinstance(source, Mapping) else None
            yield failure_of(problem, problem.document or str(name or fallback), problem.stage)


def _document(fields: object, fallback: str | None) -> Document:
    # Imported late: the readers pull in the language guesser, which a program that only wants the types does not need.
    from dateline.ingest.readers import document_from_dict

    if not isinstance(fields, Mapping):
        return document_from_dict(fields, fallback)  # says what is wrong with it
    published = fields.get("published")
    given = {**fields, "published": published.isoformat()[:10]} if isinstance(published, date) else dict(fields)
    return document_from_dict(given, fallback)


def _structured(document: Document) -> Document:
    """Return the document with the blocks that are read, where whoever made it has not said which these are."""
    if document.blocks or document.masked:
        return document
    made = _document({"text": document.text, "title": document.title, "language": document.language}, document.id)
    return replace(document, blocks=made.blocks, masked=made.masked, language=made.language)


def load(language: str = DEFAULT_LANGUAGE, config: Config | None = None) -> Coder:
    """Load a coder for a language.

    Args:
        language: ISO 639-1; there must be data files for it (`dateline.languages` names them).
        config: Changes to the table of stages.

    Raises:
        ConfigurationError: There are no data files for the language, or the config names no stage.
        DataError: A data or model file is missing or damaged.
    """
    return Coder(Pipeline.build(language, config))
