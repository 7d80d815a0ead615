"""The table of stages and the pipeline that runs them.

A stage is named by module and class and imported only when a pipeline is built, so that ``dateline --help`` and the
readers work without loading a language model, and so that no room imports its neighbour.
"""

from __future__ import annotations

import importlib
import inspect
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import ConfigurationError, DatelineError, InputError, UnsupportedLanguageError
from dateline.ontology import add_types
from dateline.types import Analysis, Document, Failure, Layer, Stage

if TYPE_CHECKING:
    from dateline.models.learned import LearnedModel

Factory = Callable[[str], Stage]
"""Builds a stage for a language (ISO 639-1)."""

LEXICONS = Path(__file__).parent / "data" / "lexicons"
"""One folder a language; a language without one that holds triggers cannot be coded."""

BATCH_SIZE = 16
"""Documents a batch: enough for the parser to work in bulk."""

BATCH_CODE_POINTS = 400_000
"""A batch also closes once it holds this many code points, so that memory does not grow with long documents."""

DEFAULT_LANGUAGE = "en"
"""Read for a text whose language could not be told (too short), never for one told to be in another language."""

NO_MODEL = "none"
"""In place of a model's folder: no learned coder."""

LANGUAGE_STAGE = "ingest.language"
"""The name under which a text in a language without data files is reported."""


BALANCED = "balanced"
PRESETS = ("precision", BALANCED, "recall")
"""How sure an event must be: precision drops what is doubtful, recall keeps it for a reader to judge."""


@dataclass(frozen=True, slots=True)
class Lazy:
    """Import a stage class when it is called, and build it for a language."""

    module: str
    cls: str

    def __call__(self, language: str, learned: LearnedModel | None = None, preset: str = BALANCED) -> Stage:
        """Build the stage, handing it the language, the learned coder and the preset where its constructor takes them."""
        try:
            made = getattr(importlib.import_module(self.module), self.cls)
        except (ImportError, AttributeError) as problem:
            raise ConfigurationError(f"the stage {self.module}.{self.cls} cannot be loaded: {problem}") from problem
        takes = inspect.signature(made).parameters
        given = {"language": language, "learned": learned, "preset": preset}
        stage = made(**{name: value for name, value in given.items() if name in takes})
        if not isinstance(stage, Stage):
            raise ConfigurationError(f"{self.module}.{self.cls} is no stage: it lacks name, requires or provides")
        return stage


STAGES: tuple[tuple[str, Factory], ...] = (
    ("annotate.syntax", Lazy("dateline.annotate.syntax", "Syntax")),
    ("resolve.toponyms", Lazy("dateline.resolve.toponyms", "Toponyms")),
    ("resolve.timexes", Lazy("dateline.resolve.timexes", "Timexes")),
    ("annotate.coreference", Lazy("dateline.annotate.coreference", "Coreference")),
    ("annotate.quotations", Lazy("dateline.annotate.quotations", "Quotations")),
    ("events.encoding", Lazy("dateline.events.encoding", "Reading")),
    ("events.triggers", Lazy("dateline.events.triggers", "Triggers")),
    ("events.classification", Lazy("dateline.events.classification", "Classification")),
    ("events.arguments", Lazy("dateline.events.arguments", "Arguments")),
    ("events.modality", Lazy("dateline.events.modality", "Modality")),
    ("events.magnitude", Lazy("dateline.events.magnitude", "Magnitude")),
    ("resolve.attribution", Lazy("dateline.resolve.attribution", "Attributions")),
    ("events.attributes", Lazy("dateline.events.attributes", "Attributes")),
    ("resolve.temporal", Lazy("dateline.resolve.temporal", "Temporal")),
    ("resolve.places", Lazy("dateline.resolve.places", "Places")),
    ("resolve.actors", Lazy("dateline.resolve.actors", "Actors")),
    ("events.confidence", Lazy("dateline.events.confidence", "Confidence")),
    ("merge.within_document", Lazy("dateline.merge.within_document", "WithinDocument")),
)
"""The stages in the order in which they run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What may be changed about the table of stages.

    Attributes:
        drop: Stages to leave out.
        replace: Stages to put in the place of others, as factories by name.
        model: The folder of a learned coder (`dateline train` writes one), `NO_MODEL` to code by lexicon and syntax
            alone, or None for the one that comes with the program.
        preset: How sure an event must be to be written: one of `PRESETS`.
    """

    drop: tuple[str, ...] = ()
    replace: Mapping[str, Factory] = field(default_factory=dict)
    model: Path | str | None = None
    preset: str = BALANCED


class _StageError(Exception):
    """Carries the name of the stage that raised; never leaves this file."""

    def __init__(self, stage: str, cause: Exception) -> None:
        super().__init__(str(cause))
        self.stage = stage
        self.cause = cause


def languages(folder: Path = LEXICONS) -> tuple[str, ...]:
    """Return the languages (ISO 639-1) that can be coded, sorted: those with words that report events.

    A folder that holds less, as one with rules of time alone, serves the parts that need no more.
    """
    if not folder.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in folder.iterdir() if (entry / "triggers").is_dir() and len(entry.name) == 2))


LANGUAGE_NAMES = {
    "ar": "Arabic", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""English names of the languages most often met, for messages only (ISO 639-1)."""


def language_name(code: str) -> str:
    """Return the English name of a language with its code, or the code alone."""
    return f"{LANGUAGE_NAMES[code]} ({code})" if code in LANGUAGE_NAMES else f'language "{code}"'


def learned_for(language: str, model: Path | str | None) -> LearnedModel | None:
    """Open the learned coder that a config names; None where a language has none or none is wanted.

    Raises:
        DataError: The folder holds no model, or a damaged one.
        ConfigurationError: The model was trained for another language.
    """
    if model == NO_MODEL:
        return None
    from dateline.models.learned import built_in, load_learned

    folder = built_in(language) if model is None else Path(model)
    if folder is None:
        return None
    learned = load_learned(folder)
    if learned.language != language:
        raise ConfigurationError(
            f"the model {learned.name} was trained for {language_name(learned.language)}, not for {language_name(language)}"
        )
    add_types(learned.own_types)
    return learned


class Pipeline:
    """Runs the stages over documents, a batch at a time.

    Args:
        stages: The stages in order; see `build` for the standard ones.
        language: The language (ISO 639-1) of the stages' data files; a document told to be in another is refused.
    """

    def __init__(self, stages: Sequence[Stage], *, language: str = DEFAULT_LANGUAGE) -> None:
        self.stages = tuple(stages)
        self.language = language
        self.seconds: dict[str, float] = {stage.name: 0.0 for stage in self.stages}
        """Seconds of wall time that each stage has taken so far."""
        self.check()

    @classmethod
    def build(cls, language: str = DEFAULT_LANGUAGE, config: Config | None = None) -> Pipeline:
        """Build the standard pipeline for a language, changed by a config."""
        if language not in languages():
            raise ConfigurationError(f"there are no data files for {language_name(language)}; they exist for: {', '.join(languages())}")
        config = config or Config()
        names = [name for name, _ in STAGES]
        for name in (*config.drop, *config.replace):
            if name not in names:
                raise ConfigurationError(f'there is no stage "{name}"; the stages are: {", ".join(names)}')
        factories = [(name, config.replace.get(name, factory)) for name, factory in STAGES if name not in config.drop]
        if config.preset not in PRESETS:
            raise ConfigurationError(f'there is no preset "{config.preset}"; there are: {", ".join(PRESETS)}')
        learned = learned_for(language, config.model)
        made = [f(language, learned, config.preset) if isinstance(f, Lazy) else f(language) for _, f in factories]
        return cls(made, language=language)

    def check(self) -> None:
        """Raise ConfigurationError naming every layer that a stage requires and no earlier stage provides."""
        given: set[Layer] = set()
        missing = []
        for stage in self.stages:
            lacking = sorted(layer.value for layer in stage.requires - given)
            if lacking:
                missing.append(f"{stage.name} requires {', '.join(lacking)}")
            given |= stage.provides
        if missing:
            raise ConfigurationError(f"the stages do not fit: {'; '.join(missing)}, which no earlier stage provides")

    def gate(self, document: Document) -> None:
        """Raise UnsupportedLanguageError for a document told to be in a language other than the pipeline's."""
        if document.language in (None, self.language):
            return
        raise UnsupportedLanguageError(
            f"the text is in {language_name(document.language or '')}; data files exist for: {', '.join(languages()) or self.language}",
            document=document.id,
            stage=LANGUAGE_STAGE,
        )

    def __call__(self, document: Document) -> Analysis:
        """Code one document; what a stage raises is raised."""
        self.gate(document)
        try:
            return self._run([document])[0]
        except _StageError as problem:
            problem.cause.add_note(f"in the stage {problem.stage}, document {document.id}")
            raise problem.cause from None

    def stream(self, documents: Iterable[Document | Failure], batch_size: int = BATCH_SIZE) -> Iterator[Analysis | Failure]:
        """Code documents in order; one that fails becomes a Failure in its place, and the run goes on.

        Failures among the input (a file that could not be read) are passed on in their place.
        """
        batch: list[Document | Failure] = []
        held = 0
        for item in documents:
            batch.append(item if isinstance(item, Failure) else self._gated(item))
            held += 0 if isinstance(item, Failure) else len(item.text)
            if len(batch) >= batch_size or held >= BATCH_CODE_POINTS:
                yield from self._batch(batch)
                batch, held = [], 0
        yield from self._batch(batch)

    def _gated(self, document: Document) -> Document | Failure:
        try:
            self.gate(document)
        except UnsupportedLanguageError as problem:
            return failure_of(problem, document.id, problem.stage)
        return document

    def _batch(self, batch: Sequence[Document | Failure]) -> Iterator[Analysis | Failure]:
        documents = [item for item in batch if isinstance(item, Document)]
        try:
            done: Iterator[Analysis | Failure] = iter(self._run(documents) if documents else [])
        except _StageError:
            # One document of the batch is the trouble: each is tried alone, so that only that one is lost.
            done = (self._single(document) for document in documents)
        for item in batch:
            yield item if isinstance(item, Failure) else next(done)

    def _single(self, document: Document) -> Analysis | Failure:
        try:
            return self._run([document])[0]
        except _StageError as problem:
            return failure_of(problem.cause, document.id, problem.stage)

    def _run(self, documents: Sequence[Document]) -> Sequence[Analysis]:
        batch: Sequence[Analysis] = [Analysis(document=document) for document in documents]
        for stage in self.stages:
            begun = time.perf_counter()
            try:
                batch = stage(batch)
                if len(batch) != len(documents):
                    raise ConfigurationError(f"the stage {stage.name} returned {len(batch)} analyses for {len(documents)} documents")
            except Exception as problem:  # any error of a stage costs one document, never the run
                raise _StageError(stage.name, problem) from problem
            finally:
                self.seconds[stage.name] += time.perf_counter() - begun
        return [replace(analysis, encoding=None) for analysis in batch]


def failure_of(problem: Exception, document: str, stage: str) -> Failure:
    """Turn an error into the row that stands for the document; our own errors speak for themselves."""
    message = " ".join(str(problem).split())
    if not isinstance(problem, DatelineError):
        message = f"{type(problem).__name__}: {message}" if message else type(problem).__name__
    return Failure(document=document, stage=stage, message=message, line=problem.line if isinstance(problem, InputError) else None)


class _Checked:
    """A stage that asserts of the stage within it that it sets only its own layers."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.name = stage.name
        self.requires = stage.requires
        self.provides = stage.provides

    def __call__(self, batch: Sequence[Analysis]) -> Sequence[Analysis]:
        """Run the stage and compare every layer that is not its own."""
        after = self.stage(batch)
        own = {layer.value for layer in self.provides}
        for old, new in zip(batch, after, strict=True):
            for layer in fields(Analysis):
                if layer.name not in own and getattr(old, layer.name) != getattr(new, layer.name):
                    raise AssertionError(f"{self.name} changed the layer {layer.name}, which it does not provide")
        return after


def checked(stage: Stage) -> Stage:
    """Wrap a stage so that it raises AssertionError when it sets a layer that it does not provide (for tests)."""
    return _Checked(stage)
