"""A run over many documents: order, failures, and processes that die."""

from __future__ import annotations

import os
import signal

import pytest

from dateline import run as running
from dateline.run import Outcome, run
from dateline.types import Document, Failure
from tests.factories import small_coder

TEXT = "Police arrested five activists in the capital on Monday, a lawyer for the group said."


def documents(number: int) -> list[Document | Failure]:
    return [Document(id=f"d{n}", text=TEXT, language="en") for n in range(number)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    coder = small_coder()
    monkeypatch.setattr(running, "coder_for", lambda *_setting: coder)


def names(done: list[Outcome | Failure]) -> list[str]:
    return [item.document if isinstance(item, Failure) else item.document.id for item in done]


@pytest.mark.usefixtures("small")
def test_results_come_in_the_order_of_the_documents_with_failures_in_their_place() -> None:
    items = documents(20)
    items[7] = Failure(document="unread", stage="ingest", message="not read")
    items[12] = Document(id="bad", text="a broken one, that raises an error in the stage that reads it", language="en")
    done = list(run(items))
    expected = [f"d{n}" for n in range(20)]
    expected[7], expected[12] = "unread", "bad"
    assert names(done) == expected
    assert [type(item) for item in done].count(Failure) == 2


@pytest.mark.usefixtures("small")
def test_an_outcome_keeps_the_events_and_leaves_the_tokens_behind() -> None:
    (done,) = run(documents(1))
    assert isinstance(done, Outcome)
    assert len(done.events) == 1
    assert not hasattr(done, "tokens")


@pytest.mark.usefixtures("small")
def test_documents_are_read_only_as_far_ahead_as_needed() -> None:
    read = []

    def source() -> object:
        for item in documents(100):
            read.append(item)
            yield item

    next(iter(run(source())))  # type: ignore[arg-type]
    assert len(read) <= running.CHUNK


class Dies:
    """Stands for the coder of a process that a document kills."""

    def stream(self, items: list[Document | Failure], batch_size: int) -> object:
        if any(isinstance(item, Document) and item.id == "killer" for item in items):
            os.kill(os.getpid(), signal.SIGKILL)
        return small_coder().stream(items, batch_size=batch_size)


def test_a_document_that_kills_its_process_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    # A forked process inherits the double; a spawned one would load the real coder.
    monkeypatch.setattr(running, "coder_for", lambda *_setting: Dies())
    monkeypatch.setattr(running.multiprocessing, "get_context", lambda _method: FORK)
    monkeypatch.setattr(running, "CHUNK", 2)
    items: list[Document | Failure] = [*documents(3), Document(id="killer", text=TEXT, language="en"), *documents(6)[4:]]
    done = list(run(items, jobs=2))
    assert names(done) == ["d0", "d1", "d2", "killer", "d4", "d5"]
    assert [item.stage for item in done if isinstance(item, Failure)] == ["run"]


FORK = running.multiprocessing.get_context("fork")
