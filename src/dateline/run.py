"""A run over many documents: one process or several, the results in the order of the documents.

Every document is coded by itself, so the number of processes changes how long a run takes and nothing else.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from dateline.coder import CodedDocument, Coder, load
from dateline.pipeline import BALANCED, Config
from dateline.types import Abstention, Document, Event, Failure

CHUNK = 8
"""Documents handed to a process at once: few enough to spread a small folder, enough to parse in bulk."""

AHEAD = 2
"""Chunks in the queue a process, so that what is read but not yet coded stays bounded."""

Item = Document | Failure
Setting = tuple[str, Path | str | None, str]
"""Language, model and preset of a coder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run keeps of one coded document; the tokens and trees stay in the process that made them."""

    document: Document
    events: tuple[Event, ...]
    abstentions: tuple[Abstention, ...]


@cache
def coder_for(language: str, model: Path | str | None = None, preset: str = BALANCED) -> Coder:
    """Return the coder of this process for a language, a model and a preset (see `dateline.pipeline.Config`), loaded once."""
    return load(language, Config(model=model, preset=preset))


def run(
    items: Iterable[Item], *, language: str = "en", jobs: int = 1, model: Path | str | None = None, preset: str = BALANCED
) -> Iterator[Outcome | Failure]:
    """Code documents in order; one that fails becomes a Failure in its place, and the run goes on.

    Args:
        items: Documents, and Failures for what could not be read.
        language: ISO 639-1 of the data files to use.
        jobs: How many processes; with 1 the work is done in this one.
        model: The learned coder to use, as in `dateline.pipeline.Config`.
        preset: How sure an event must be, as in `dateline.pipeline.Config`.
    """
    if jobs <= 1:
        for done in coder_for(language, model, preset).stream(items, batch_size=CHUNK):
            yield done if isinstance(done, Failure) else outcome_of(done)
        return
    yield from _Pool((language, model, preset), jobs).run(_chunks(items))


def outcome_of(coded: CodedDocument) -> Outcome:
    """Return what a run keeps of a coded document."""
    return Outcome(document=coded.document, events=coded.events, abstentions=coded.abstentions)


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _start(setting: Setting) -> None:
    # Ctrl-C goes to every process of the group: the parent alone decides what is kept.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is wrong with a data file is said by the first chunk, as an error; raised here it would look like a dead process.
    with suppress(Exception):
        coder_for(*setting)


def _work(chunk: list[Item], setting: Setting) -> list[Outcome | Failure]:
    language, model, preset = setting
    return list(run(chunk, language=language, model=model, preset=preset))


class _Pool:
    """A process pool that survives the death of a process (memory run out, a fault in compiled code)."""

    def __init__(self, setting: Setting, jobs: int) -> None:
        self.setting = setting
        self.jobs = jobs
        self.pool = self._new(jobs)

    def _new(self, jobs: int) -> ProcessPoolExecutor:
        # spawn, not fork: the parser's threads do not live through a fork.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(self.setting,))

    def run(self, chunks: Iterator[list[Item]]) -> Iterator[Outcome | Failure]:
        """Yield the results of the chunks in order, reading only a little ahead."""
        waiting: deque[tuple[list[Item], Future[list[Outcome | Failure]]]] = deque()
        try:
            while True:
                for chunk in islice(chunks, self.jobs * AHEAD - len(waiting)):
                    waiting.append((chunk, self.pool.submit(_work, chunk, self.setting)))
                if not waiting:
                    return
                chunk, future = waiting.popleft()
                try:
                    done = future.result()
                except BrokenProcessPool:
                    done = self._rescue(chunk)
                    waiting = deque((left, self.pool.submit(_work, left, self.setting)) for left, _ in waiting)
                yield from done
        finally:
            self.pool.shutdown(wait=False, cancel_futures=True)

    def _rescue(self, chunk: list[Item]) -> list[Outcome | Failure]:
        """Code a chunk one by one, each in a process of its own, after a process has died on it or beside it."""
        done: list[Outcome | Failure] = []
        for item in chunk:
            with self._new(1) as single:
                try:
                    done += single.submit(_work, [item], self.setting).result()
                except BrokenProcessPool:
                    message = "the process coding it died, most likely for want of memory; try it alone, or with fewer processes (-j)"
                    done.append(Failure(document=item.document if isinstance(item, Failure) else item.id, stage="run", message=message))
        self.pool = self._new(self.jobs)
        return done
