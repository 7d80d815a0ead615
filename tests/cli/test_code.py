"""`dateline code`: formats, many inputs, bad inputs, interruption."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.cli.formats import COLUMNS, guarded
from tests.cli.conftest import Call

ARTICLE = (
    "Police arrested five activists in the capital on Monday, a lawyer for the group said. The ministry has not answered the charge so far."
)
OTHER = "Two trade union leaders were arrested near the port on Tuesday after they had called for a general strike, the union said."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    (path / "b.txt").write_text(OTHER, encoding="utf-8")
    (path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (path / "notes.ini").write_text("not an article", encoding="utf-8")
    return path


def records(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_table_quotes_the_evidence_and_names_the_type(call: Call, article: Path) -> None:
    done = call("code", article)
    assert done.exit_code == 0
    assert "COERCE arrest" in done.stdout
    assert "“Police arrested five activists in the capital on Monday" in done.stdout
    assert "sentence 1" in done.stdout


def test_jsonl_has_one_record_a_line(call: Call, article: Path) -> None:
    done = call("code", article, "--format", "jsonl")
    (record,) = records(done.stdout)
    assert record["document"] == "article"
    assert record["event"] == ["COERCE"]
    assert record["evidence"] == [{"start": 0, "end": ARTICLE.index(" The "), "sequence": 1, "trigger": {"start": 7, "end": 15}}]


def test_csv_has_the_documented_columns(call: Call, article: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(call("code", article, "-f", "csv").stdout)))
    assert list(rows[0]) == list(COLUMNS)
    assert rows[0]["type"] == "COERCE"
    assert rows[0]["event_scale"] == "-7.0"
    assert rows[0]["evidence"].startswith("Police arrested")


def test_csv_of_a_text_without_events_is_a_header(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "quiet.txt"
    path.write_text("The weather stayed mild along the coast for most of the week, forecasters said on Friday.", encoding="utf-8")
    assert call("code", path, "-f", "csv").stdout.strip() == ",".join(COLUMNS)


@pytest.mark.parametrize("cell", ["=1+2", "+1", "-1", "@sum", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(cell: str) -> None:
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", [-17.98, 0, None, "miners", "a=b"])
def test_other_cells_stay_as_they_are(cell: object) -> None:
    assert guarded(cell) == cell


def test_a_folder_is_read_in_the_order_of_names(call: Call, folder: Path) -> None:
    done = call("code", folder, "-f", "jsonl")
    assert [record["document"] for record in records(done.stdout)] == ["a", "b"]
    assert "2 documents coded, 2 events" in done.stderr


def test_output_goes_to_a_file(call: Call, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "events.jsonl"
    done = call("code", folder, "-f", "jsonl", "-o", target)
    assert done.stdout == ""
    assert len(records(target.read_text(encoding="utf-8"))) == 2


def test_an_input_is_never_overwritten(call: Call, article: Path) -> None:
    done = call("code", article, "-o", article)
    assert done.exit_code == 2
    assert "also an input" in done.stderr
    assert article.read_text(encoding="utf-8") == ARTICLE


def test_an_output_folder_that_is_not_there_is_named(call: Call, article: Path, tmp_path: Path) -> None:
    done = call("code", article, "-o", tmp_path / "nowhere" / "x.jsonl")
    assert done.exit_code == 2
    assert "there is no folder" in " ".join(done.stderr.split())


def test_a_missing_input_is_found_before_anything_is_coded(call: Call, article: Path) -> None:
    done = call("code", article, "no-such-file.txt")
    assert done.exit_code == 2
    assert "no-such-file.txt" in done.stderr
    assert done.stdout == ""


def test_a_day_of_publication_that_is_no_day_is_refused(call: Call, article: Path) -> None:
    done = call("code", article, "--published", "14/03/2024")
    assert done.exit_code == 2
    assert "YYYY-MM-DD" in done.stderr


def test_a_language_without_data_files_is_refused_in_one_line(article: Path) -> None:
    done = dateline("code", str(article), "--language", "cy")
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert b"exist for: en" in done.stderr


def test_events_below_a_confidence_are_left_out_and_counted(call: Call, article: Path) -> None:
    done = call("code", article, "--min-confidence", "0.9")
    assert "no events" in done.stdout
    assert "1 below the confidence asked for" in done.stdout


def test_a_document_that_fails_is_reported_and_the_others_are_coded(call: Call, folder: Path) -> None:
    broken = "This broken document will raise an error within the one stage that there is, as tests need it."
    (folder / "aa.txt").write_text(broken, encoding="utf-8")
    done = call("code", folder, "-f", "jsonl")
    assert done.exit_code == 1
    assert [record["document"] for record in records(done.stdout)] == ["a", "b"]
    assert "aa: ValueError: a broken document [events.arrests]" in done.stderr
    assert "2 documents coded, 1 could not be coded" in done.stderr


def test_standard_input_is_read(call: Call) -> None:
    assert len(records(call("code", "-", "-f", "jsonl", stdin=ARTICLE).stdout)) == 1


def test_standard_input_may_hold_one_document_a_line(call: Call) -> None:
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in (("x", ARTICLE), ("y", OTHER)))
    assert [record["document"] for record in records(call("code", "-", "-f", "jsonl", stdin=lines).stdout)] == ["x", "y"]


def test_colours_are_off_in_a_pipe(call: Call, article: Path) -> None:
    assert "\x1b" not in call("code", article).stdout


def test_control_characters_of_a_text_do_not_reach_the_terminal(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    text = "Police arrested\x1b[2J five activists\u202e in the capital on Monday, a lawyer for the group said later that day."
    path.write_text(json.dumps({"id": "odd\x07", "text": text}) + "\n", encoding="utf-8")
    shown = call("code", path).stdout
    assert "five activists" in shown
    assert not {"\x1b", "\u202e", "\x07"} & set(shown)


# Bad inputs: each gives one clear line and exit status 1, or is coded; none a traceback.


def lines_of(stderr: str) -> list[str]:
    return [line for line in stderr.splitlines() if line.startswith("dateline:") and "note:" not in line]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n\t\n"),
        ("picture.txt", bytes(range(256)) * 40),
        ("empty.html", b"<html><head><title>x</title></head><body></body></html>"),
        ("bomb.html", b"<div>" * 100_000),
        ("empty.jsonl", b'{"id": "x", "text": ""}\n'),
        ("list.jsonl", b"[1, 2]\n"),
        ("number.jsonl", b'{"id": "x", "text": 5}\n'),
        ("large.txt", b"Police arrested five activists. " * 650_000),
        ("spanish.txt", "La policía detuvo el lunes a cinco activistas en la capital, según informó un abogado del grupo.".encode()),
        ("arabic.txt", "اعتقلت الشرطة خمسة ناشطين في العاصمة يوم الاثنين، بحسب ما قاله محام للمجموعة في بيان".encode()),
    ],
)
def test_what_cannot_be_coded_is_reported_in_one_line(call: Call, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = call("code", path, "-f", "jsonl")
    assert done.exit_code == 1, done.stderr
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.stdout == ""
    assert len(lines_of(done.stderr)) == 1, done.stderr


def test_the_language_of_a_spanish_text_is_named(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "es.txt"
    path.write_text("La policía detuvo el lunes a cinco activistas en la capital, según informó un abogado del grupo.", encoding="utf-8")
    done = call("code", path)
    assert "the text is in Spanish (es); data files exist for: en [ingest.language]" in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("utf16.txt", ARTICLE.encode("utf-16")),
        ("bom.txt", ARTICLE.encode("utf-8-sig")),
        ("latin.txt", (ARTICLE + " The mayor of Córdoba, José Peña, said so in his café.").encode("cp1252")),
        ("emoji.txt", ("🚨 " + ARTICLE).encode()),
        ("undated.txt", ARTICLE.encode()),
    ],
)
def test_odd_but_readable_texts_are_coded(call: Call, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = call("code", path, "-f", "jsonl")
    assert done.exit_code == 0, done.stderr
    assert [record["event_text"] for record in records(done.stdout)] == [["arrested"]]


def test_one_character_is_no_traceback(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("x", encoding="utf-8")
    done = call("code", path, "-f", "jsonl")
    assert done.exit_code in (0, 1)
    assert done.stdout == ""


def test_spans_count_code_points_after_an_emoji(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "emoji.jsonl"
    text = "👩‍🚒🚨 " + ARTICLE
    path.write_text(json.dumps({"id": "e", "text": text}) + "\n", encoding="utf-8")
    (record,) = records(call("code", path, "-f", "jsonl").stdout)
    trigger = record["evidence"][0]["trigger"]  # type: ignore[index]
    assert text[trigger["start"] : trigger["end"]] == "arrested"


def test_the_bad_line_of_a_jsonl_file_is_named_and_the_others_are_coded(call: Call, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"d{n}", "text": ARTICLE}) for n in range(1, 6)]
    lines[2] = '{"id": "d3", "text": '
    path = tmp_path / "five.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = call("code", path, "-f", "jsonl")
    assert done.exit_code == 1
    assert [record["document"] for record in records(done.stdout)] == ["d1", "d2", "d4", "d5"]
    assert "line 3" in " ".join(lines_of(done.stderr))


def test_a_day_in_the_future_is_noted(call: Call, article: Path) -> None:
    done = call("code", article, "--published", "2999-01-01", "-f", "jsonl")
    assert done.exit_code == 0
    assert "note:" in done.stderr


# The program as a process of its own.


def dateline(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "dateline", *arguments], capture_output=True, env=environment(), timeout=120)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": "C"}


def test_any_number_of_processes_gives_the_same_bytes(folder: Path) -> None:
    for number in range(9):
        (folder / f"c{number}.txt").write_text(ARTICLE.replace("five", f"{number + 3}"), encoding="utf-8")
    (folder / "d.txt").write_bytes(b"")
    one = dateline("code", str(folder), "-f", "jsonl")
    two = dateline("code", str(folder), "-f", "jsonl", "-j", "2")
    assert one.stdout == two.stdout
    assert one.stdout.count(b"\n") >= 11
    assert one.returncode == two.returncode == 1


def test_the_locale_does_not_change_the_output(article: Path) -> None:
    done = dateline("code", str(article))
    assert done.returncode == 0, done.stderr
    assert "“Police arrested" in done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error_message(folder: Path) -> None:
    command = [sys.executable, "-m", "dateline", "code", str(folder), "-f", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        stderr = process.stderr.read()
        assert process.wait(120) == 141
    assert b"Traceback" not in stderr
    assert b"Broken" not in stderr


def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    target = tmp_path / "events.jsonl"
    command = [sys.executable, "-m", "dateline", "code", "-", "-f", "jsonl", "-o", str(target)]
    text = " ".join([ARTICLE] * 30)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        for number in range(40):
            process.stdin.write(json.dumps({"id": f"d{number}", "text": text}).encode() + b"\n")
        process.stdin.flush()
        # Standard input stays open, so that the run is in the middle, waiting for more, when the signal comes.
        for _ in range(600):
            if target.exists() and target.stat().st_size:
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        stderr = process.stderr.read()
        assert process.wait(120) == 130
    assert b"Traceback" not in stderr
    assert b"stopped; " in stderr
    assert records(target.read_text(encoding="utf-8"))[0]["document"] == "d0"


def test_a_note_that_many_documents_share_is_shown_three_times_and_counted(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"id": f"d{n}", "text": ARTICLE}) + "\n" for n in range(5)), encoding="utf-8")
    done = call("code", path, "-f", "jsonl")
    assert [line for line in done.stderr.splitlines() if "note: no publication date" in line and "more" not in line.split(": note")[0]] == [
        line for line in done.stderr.splitlines() if line.startswith(("dateline: d0:", "dateline: d1:", "dateline: d2:"))
    ]
    assert "dateline: 2 more documents: note: no publication date" in done.stderr


def test_files_of_other_kinds_in_a_folder_are_counted(call: Call, folder: Path) -> None:
    assert f"{folder}: 1 file of other kinds passed over" in call("code", folder, "-f", "jsonl").stderr.replace("\n", "")


def test_an_input_given_twice_is_coded_once(call: Call, article: Path) -> None:
    done = call("code", article, article, "-f", "jsonl")
    assert done.exit_code == 1
    assert [record["document"] for record in records(done.stdout)] == ["article"]
    assert "is already that of one in" in done.stderr
