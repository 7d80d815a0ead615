"""The errors that Dateline raises.

::

    DatelineError
    ├── InputError            a file, line or text that cannot be read; the message says what to do
    │   ├── UnsupportedLanguageError
    │   └── TooLargeError
    ├── ConfigurationError    an option, setting or stage that does not fit
    └── DataError             a lexicon, gazetteer or model file that is missing, damaged or not the pinned one
"""

from __future__ import annotations


class DatelineError(Exception):
    """The root of all errors that Dateline raises on purpose."""


class InputError(DatelineError):
    """An input cannot be read. `stage` names the step, `line` the line of a JSONL file (from 1)."""

    def __init__(self, message: str, *, document: str = "", stage: str = "ingest", line: int | None = None) -> None:
        super().__init__(message)
        self.document = document
        self.stage = stage
        self.line = line


class UnsupportedLanguageError(InputError):
    """The text is in a language for which there are no data files."""


class TooLargeError(InputError):
    """The input passes the size limit."""


class ConfigurationError(DatelineError):
    """A setting, option or stage table does not fit."""


class DataError(DatelineError):
    """A data or model file is missing, damaged, or not the one that was pinned."""
