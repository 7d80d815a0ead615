"""Datelines of agencies."""

from __future__ import annotations

import pytest

from dateline.ingest.dateline import dateline_at, dateline_within


@pytest.mark.parametrize(
    ("text", "day", "agency"),
    [
        ("LOME, May 12 (Reuters) - Dockers walked out.", "May 12", "(Reuters)"),
        ("LOME, May 12, 2019 (Reuters) - Dockers walked out.", "May 12, 2019", "(Reuters)"),
        ("LOME, Togo (AP) — Dockers walked out.", None, "(AP)"),
        ("LOME, Togo (AP)_ Dockers walked out.", None, "(AP)"),
        ("PORT NATAL, 12 May 2019 (Xinhua)-- Dockers walked out.", "12 May 2019", "(Xinhua)"),
        ("LOME — Dockers walked out.", None, None),
        ("Lome, Togo (AFP) - Dockers walked out.", None, "(AFP)"),
    ],
)
def test_datelines_are_found(text: str, day: str | None, agency: str | None) -> None:
    found = dateline_at(text, 0, len(text))
    assert found is not None
    assert (found.day, found.agency) == (day, agency)
    assert text[found.span.end :].strip().startswith("Dockers")


@pytest.mark.parametrize(
    "text",
    ["Dockers walked out - again.", "MIL-OSI: a note", "The UN - which met on Monday - agreed.", "Lome - Dockers walked out.", "NATO", ""],
)
def test_other_beginnings_are_none(text: str) -> None:
    assert dateline_at(text, 0, len(text)) is None


def test_a_dateline_after_a_headline_needs_day_or_agency() -> None:
    text = "Dockers Close Ports LOME, May 12 (Sputnik) - Dockers walked out."
    found = dateline_within(text, 0, len(text))
    assert found is not None
    assert found.span.of(text) == "LOME, May 12 (Sputnik) -"
    assert dateline_within("Dockers met the UN - again", 0, 26) is None
