"""`dateline explain`: why an event was coded, or why a sentence gave none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call

TEXT = (
    "Police arrested five activists in the capital. The protest was expected by nobody. The mayor of the town has lived there all his life."
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def event_id(call: Call, article: Path) -> str:
    shown = call("explain", article).stdout
    return shown.split("event ")[1].split()[0]


def test_without_an_option_the_sentences_are_listed_with_their_events(call: Call, article: Path) -> None:
    shown = call("explain", article).stdout.splitlines()
    assert shown[0].split()[0] == "1"
    assert "COERCE  “arrested”" in shown[1]
    assert len(shown) == 4


def test_an_event_is_explained_by_how_its_id_begins(call: Call, article: Path) -> None:
    done = call("explain", article, "--event", event_id(call, article))
    assert done.exit_code == 0
    assert "by the entry coerce/arrest" in done.stdout
    assert "a note of a stage" in done.stdout
    assert "merge.within_document: told once [single]" in done.stdout
    assert "about 71 in 100 are right" in done.stdout


def test_a_sentence_that_was_passed_over_says_why(call: Call, article: Path) -> None:
    shown = call("explain", article, "--sentence", 2).stdout
    assert "passed over: “protest”: no act by anyone [events.arrests]" in shown


def test_a_sentence_without_any_trigger_says_so(call: Call, article: Path) -> None:
    assert "nothing was coded" in call("explain", article, "--sentence", 3).stdout


def test_a_sentence_with_an_event_explains_the_event(call: Call, article: Path) -> None:
    assert "COERCE arrest" in call("explain", article, "--sentence", 1).stdout


@pytest.mark.parametrize(("option", "value", "said"), [("--event", "ffffffffff", "no event"), ("--sentence", 99, "no sentence 99")])
def test_what_is_not_there_is_said(call: Call, article: Path, option: str, value: object, said: str) -> None:
    done = call("explain", article, option, value)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())


def test_event_and_sentence_together_are_refused(call: Call, article: Path) -> None:
    assert call("explain", article, "--event", "a", "--sentence", 1).exit_code == 2


def test_a_file_that_cannot_be_read_is_reported(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    done = call("explain", path)
    assert done.exit_code == 1
    assert done.stderr.startswith("dateline: ")


def test_the_real_stages_explain_an_event(real: Call, article: Path) -> None:
    shown = real("explain", article, "--sentence", 1).stdout
    assert "events.triggers: COERCE" in shown
    assert "resolve.actors: actor “Police”" in shown
    assert "events.confidence: " in shown
