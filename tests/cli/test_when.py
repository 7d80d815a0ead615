"""`dateline when`: expressions, values and rules, as a table, JSON lines and TimeML."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Call

TEXT = "Police came last Thursday and stayed about two days."


def test_a_table_names_values_days_and_rules(call: Call) -> None:
    done = call("when", TEXT, "--published", "2020-08-20")
    assert done.exit_code == 0
    header, first, second = done.stdout.splitlines()
    assert header.split() == ["in", "the", "text", "type", "value", "mod", "days", "counted", "from", "rule"]
    assert first.split() == ["last", "Thursday", "DATE", "2020-08-13", "2020-08-13", "publication", "weekday"]
    assert second.split() == ["about", "two", "days", "DURATION", "P2D", "APPROX", "duration"]


def test_without_a_day_of_publication_the_value_is_not_known(call: Call) -> None:
    assert "not known" in call("when", TEXT).stdout


def test_json_lines_have_spans_and_days(call: Call) -> None:
    rows = [json.loads(line) for line in call("when", TEXT, "--published", "2020-08-20", "-f", "jsonl").stdout.splitlines()]
    assert [TEXT[row["start"] : row["end"]] for row in rows] == [row["text"] for row in rows] == ["last Thursday", "about two days"]
    assert (rows[0]["date"], rows[0]["known"], rows[0]["anchor"], rows[0]["rule"]) == ("2020-08-13", "publication", "2020-08-20", "weekday")
    assert rows[1]["date"] is None


def test_timeml_is_written(call: Call) -> None:
    shown = call("when", TEXT, "--published", "2020-08-20", "--format", "timeml").stdout
    assert '<TIMEX3 tid="t1" type="DATE" value="2020-08-13" temporalFunction="true">last Thursday</TIMEX3>' in shown


def test_spanish_is_read(call: Call) -> None:
    assert "2020-08-17" in call("when", "El lunes pasado hubo paro.", "--language", "es", "--published", "2020-08-20").stdout


def test_a_file_brings_its_own_day(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "ports-2019-05-20.txt"
    path.write_text("Dockers walked out yesterday, the union said.\n", encoding="utf-8")
    assert "2019-05-19" in call("when", path).stdout


def test_standard_input_is_read(call: Call) -> None:
    assert "2020-08-13" in call("when", "-", "--published", "2020-08-20", stdin=TEXT).stdout


def test_a_text_without_times_says_so(call: Call) -> None:
    assert call("when", "Nothing.").stdout == "no temporal expressions were found\n"


def test_a_language_without_rules_is_refused(call: Call) -> None:
    done = call("when", TEXT, "--language", "xx")
    assert done.exit_code == 2
    assert "en, es" in done.output


def test_a_file_that_cannot_be_read_fails(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("", encoding="utf-8")
    done = call("when", path)
    assert done.exit_code == 1
    assert "empty" in done.output


def test_a_country_that_is_no_code_is_refused(call: Call) -> None:
    done = call("when", "On Independence Day.", "--country", "Bolivia")
    assert done.exit_code == 2
    assert "ISO 3166" in done.output


def test_json_lines_point_at_the_words_counted_from(call: Call) -> None:
    text = "It began on June 8. The next day it rained."
    row = json.loads(call("when", text, "--published", "2021-06-16", "-f", "jsonl").stdout.splitlines()[1])
    assert text[row["anchor_start"] : row["anchor_end"]] == "June 8"
