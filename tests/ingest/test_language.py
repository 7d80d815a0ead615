"""Which language: given wins, short texts are unknown, and contradiction is told."""

from __future__ import annotations

import pytest

from dateline.ingest.language import find_language, guess_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Police arrested three union leaders in the northern port after a march on Tuesday.", "en"),
        ("police arrested three union leaders in the northern port after a march on tuesday", "en"),
        ("La policía detuvo a tres dirigentes sindicales en el puerto tras una marcha el martes.", "es"),
        ("اعتقلت الشرطة ثلاثة من قادة النقابات في الميناء الشمالي بعد مسيرة يوم الثلاثاء", "ar"),
        ("La police a arrêté trois dirigeants syndicaux dans le port après une marche mardi.", "fr"),
    ],
)
def test_languages_are_told_apart(text: str, code: str) -> None:
    language = find_language(text)
    assert (language.code, language.warning) == (code, None)


@pytest.mark.parametrize("text", ["", "a", "Anta: 12 dead", "12.5 % ... 2019 — 44 (17)"])
def test_too_few_letters_are_unknown(text: str) -> None:
    assert guess_language(text) == (None, 0.0)
    assert find_language(text).code is None
    assert find_language(text, "en").code == "en"


def test_a_given_language_wins_and_its_region_is_left_off() -> None:
    assert find_language("Police arrested three union leaders in the port.", "EN_gb").code == "en"


def test_a_text_that_speaks_against_the_given_language_is_noted() -> None:
    language = find_language("La policía detuvo a tres dirigentes sindicales en el puerto tras una marcha el martes por la noche.", "en")
    assert language.code == "en"
    assert language.warning is not None
    assert '"es"' in language.warning
