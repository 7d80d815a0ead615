"""What holds for every test: no network, and the same environment everywhere."""

from __future__ import annotations

import socket
from typing import Any

import pytest


class NetworkBlockedError(RuntimeError):
    """A test, or what it tests, reached for the network."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every attempt to look up or reach another machine an error."""

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise NetworkBlockedError("dateline works without a network; this reached for one")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the colours, the width and the debug switch of whoever runs the tests out of them."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "DATELINE_DEBUG", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
