"""The command on flags: what it reads, and that it says what is absent."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import flags


def test_passages_become_documents_with_gold(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(
        "# a comment\n[[A1|Police]] [[T1:COERCE.arrest;negation|arrested]] no [[R1|student]].\n0 Rain fell.\n", encoding="utf-8"
    )
    gold, documents = flags.passages_of(path)
    assert [d["text"] for d in documents] == ["Police arrested no student.", "Rain fell."]
    assert [d["id"] for d in documents] == ["some-0", "some-1"]
    assert [len(g["events"]) for g in gold] == [1, 0]
    assert gold[0]["events"][0]["aux"] == ["negation"]


def test_the_passages_that_were_written_last_are_there() -> None:
    gold, _ = flags.passages_of(flags.WRITTEN_LAST)
    assert sum(len(g["events"]) for g in gold) > 200


def test_without_the_articles_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert flags.main(["--shared", str(tmp_path)]) == 0
    assert "skipped" in capsys.readouterr().out
