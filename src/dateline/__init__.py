"""Dateline reads news articles and writes political event records, each fact with the span it was read from.

::

    import dateline

    coder = dateline.load()
    coded = coder("Police in Harare arrested two union leaders on Monday.", published="2024-03-14")
    for record in coded.to_dicts():
        ...
"""

from dateline.coder import CodedDocument, Coder, load
from dateline.errors import (
    ConfigurationError,
    DataError,
    DatelineError,
    InputError,
    TooLargeError,
    UnsupportedLanguageError,
)
from dateline.pipeline import STAGES, Config, Pipeline, languages
from dateline.types import Analysis, Document, Event, Failure, Layer, Span, Stage

__version__ = "0.1.0"

__all__ = [
    "STAGES",
    "Analysis",
    "CodedDocument",
    "Coder",
    "Config",
    "ConfigurationError",
    "DataError",
    "DatelineError",
    "Document",
    "Event",
    "Failure",
    "InputError",
    "Layer",
    "Pipeline",
    "Span",
    "Stage",
    "TooLargeError",
    "UnsupportedLanguageError",
    "__version__",
    "languages",
    "load",
]
