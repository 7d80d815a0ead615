"""Which documents a command is to read, and how far it has come."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from dateline.ingest.encoding import MAX_BYTES
from dateline.ingest.readers import Defaults, list_inputs, read_path, read_stdin
from dateline.types import Document, Failure

LINES = {".jsonl", ".ndjson"}
"""Suffixes of files that hold one document a line."""

PLAIN_EVERY = 10.0
"""Seconds between two lines of progress where there is no terminal."""


NOTES_SHOWN = 3
"""Documents of which the same note is shown; a folder without dates would else drown the failures."""


def parse_day(value: str | None) -> str | None:
    """Check the option ``--published``: a full day, ISO 8601."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise typer.BadParameter(f'"{value}" is no day; write it as YYYY-MM-DD, for example 2024-03-14') from None


def existing(inputs: list[str]) -> list[str]:
    """Check that every input is there before the first is read, so that a typing mistake costs no waiting."""
    for name in inputs:
        if name != "-" and not Path(name).exists():
            raise typer.BadParameter(f'there is no file or folder "{name}"', param_hint="INPUT")
    if inputs.count("-") > 1:
        raise typer.BadParameter("standard input (-) can be read only once", param_hint="INPUT")
    return inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The options that say how inputs are read."""

    published: str | None = None
    max_bytes: int = MAX_BYTES
    """Size limit of one document, in bytes."""
    language: str | None = None
    """ISO 639-1, where the user says it; else it is told from each text."""

    def documents(self, inputs: Iterable[str]) -> Iterator[Document | Failure]:
        """Yield every document of the inputs, in order; what cannot be read is a Failure."""
        defaults = Defaults(language=self.language, max_bytes=self.max_bytes)
        seen: dict[str, tuple[int, str]] = {}
        for number, name in enumerate(inputs):
            if name == "-":
                found = read_stdin(sys.stdin.buffer, published=self.published, defaults=defaults)
            else:
                found = read_path(Path(name), published=self.published, defaults=defaults)
            for item in found:
                # Within one input the reader sees to this; two inputs may still bring the same name.
                if isinstance(item, Document) and seen.setdefault(item.id, (number, name))[0] != number:
                    message = f'the id "{item.id}" of a document in {name} is already that of one in {seen[item.id][1]}'
                    yield Failure(document=item.id, stage="ingest", message=message)
                else:
                    yield item


def count(inputs: Iterable[str]) -> int | None:
    """Count the documents of the inputs without reading them whole; None where that cannot be known (standard input)."""
    total = 0
    for name in inputs:
        if name == "-":
            return None
        path = Path(name)
        for file in list_inputs(path).files if path.is_dir() else (path,):
            if file.is_file() and file.suffix.lower() in LINES:
                with file.open("rb") as stream:
                    total += sum(1 for line in stream if line.strip())
            else:
                total += 1
    return total


def passed_over(inputs: Iterable[str]) -> Iterator[str]:
    """Yield a line for each folder in which files are not read: those whose suffix no reader knows; hidden ones go without saying."""
    for name in inputs:
        if name != "-" and Path(name).is_dir():
            left = list_inputs(Path(name)).skipped["unknown suffix"]
            if left:
                yield f"{name}: {counted(left, 'file')} of other kinds passed over; what is read is named in dateline code --help"


class Progressing:
    """Shows on standard error how far a run has come: a bar on a terminal, else a plain line now and then.

    Args:
        total: Documents to come, or None where that is not known.
        shown: Whether to show anything; failures are always reported.
        bar: Whether a bar may be drawn (not while a table is being written to the same terminal).
    """

    def __init__(self, total: int | None, *, shown: bool, bar: bool) -> None:
        self.total = total
        self.shown = shown
        self.documents = 0
        self.events = 0
        self.failures = 0
        self.notes: Counter[str] = Counter()
        self.console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
        self.last = time.monotonic()
        self.progress: Progress | None = None
        if shown and bar and self.console.is_terminal:
            columns = (TextColumn("coding"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
            self.progress = Progress(*columns, console=self.console, transient=True)

    def __enter__(self) -> Progressing:
        """Start the bar."""
        if self.progress:
            self.progress.start()
            self.progress.add_task("coding", total=self.total)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take the bar away, and say what was done, also after Ctrl-C."""
        if self.progress:
            self.progress.stop()
        for note, times in self.notes.items():
            if times > NOTES_SHOWN:
                self.console.print(f"dateline: {counted(times - NOTES_SHOWN, 'more document')}: note: {printable(note)}")
        if self.shown and kind is not BrokenPipeError:
            stopped = "stopped; " if kind is KeyboardInterrupt else ""
            self.console.print(f"{stopped}{self.so_far()}")

    def so_far(self) -> str:
        """Return the counts as words."""
        failed = f", {self.failures} could not be coded" if self.failures else ""
        return f"{counted(self.documents, 'document')} coded{failed}, {counted(self.events, 'event')}"

    def done(self, events: int) -> None:
        """Note that a document was coded."""
        self.documents += 1
        self.events += events
        self._advance()

    def failed(self, failure: Failure) -> None:
        """Report on standard error a document that could not be coded."""
        self.failures += 1
        where = f", line {failure.line}" if failure.line is not None else ""
        message = printable(failure.message)
        # Readers name the file, which mostly begins with the document's id: once is enough.
        which = "" if message.startswith(failure.document) and not where else f"{printable(failure.document)}{where}: "
        self.console.print(f"dateline: {which}{message} [{failure.stage}]")
        self._advance()

    def warned(self, document: str, warning: str) -> None:
        """Report on standard error what a reader doubts about a document; what many share is said of the first few and then counted."""
        self.notes[warning] += 1
        if self.notes[warning] <= NOTES_SHOWN:
            self.noted(f"{printable(document)}: note: {printable(warning)}")

    def noted(self, line: str) -> None:
        """Report a line on standard error."""
        self.console.print(f"dateline: {line}")

    def _advance(self) -> None:
        if self.progress:
            self.progress.advance(self.progress.task_ids[0])
        elif self.shown and time.monotonic() - self.last >= PLAIN_EVERY:
            self.last = time.monotonic()
            of = f" of {self.total}" if self.total else ""
            self.console.print(f"{self.documents + self.failures}{of} read, {counted(self.events, 'event')}")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


INVISIBLE = {0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Marks that turn the writing direction or break the line: they could make a terminal show a text out of order."""


def printable(text: str) -> str:
    """Return a text as one line that is safe to show on a terminal: without control characters and direction marks."""
    shown = (
        " " if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or ord(c) in INVISIBLE else "\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in text
    )
    return " ".join("".join(shown).split())


def read_argument(given: str, day: str | None, language: str | None = None) -> list[Document | Failure]:
    """Return the documents of a command's one argument: ``-`` for standard input, a file that is there, else the text itself.

    Args:
        given: the argument as typed.
        day: the day of publication (ISO 8601), where it was given.
        language: ISO 639-1, of a text given on the command line.
    """
    if given == "-":
        return list(read_stdin(sys.stdin.buffer, published=day))
    try:
        is_file = Path(given).is_file()
    except (OSError, ValueError):  # a text may be longer than any file name
        is_file = False
    if is_file:
        return list(read_path(Path(given), published=day))
    return [Document(id="text", text=given, published=day, published_known="given" if day else None, language=language)]
