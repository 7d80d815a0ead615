"""A command line whose coder loads no model."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from dateline import run
from dateline.cli import app, explain
from tests.factories import small_coder

Call = Callable[..., Result]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    """Return a function that runs `dateline` with the small coder."""
    coder = small_coder()
    monkeypatch.setattr(run, "coder_for", lambda *_setting: coder)
    monkeypatch.setattr(explain, "coder_for", lambda *_setting: coder)

    def call(*arguments: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)

    return call


@pytest.fixture
def real() -> Call:
    """Return a function that runs `dateline` with the real stages."""

    def call(*arguments: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)

    return call
