"""The marked passages: what a line becomes, which lines are refused, and that the shipped ones are sound."""

from __future__ import annotations

from pathlib import Path

import pytest
from training.corpus import load_passages
from training.markup import PASSAGES, as_article, check, main, modes_of, parse, passages

STRIKE = (
    "[[A1,R2|Dock workers]] in [[P1|Mombasa]] [[T1:PROTEST.strike;reported|walked off the job]] [[W1|on Tuesday]], [[S1|the union]] said, "
    "and [[A2|police]] [[T2:COERCE.arrest|held]] [[N2:arrested|nine]] of them."
)


def quoted(line: str) -> list[dict[str, object]]:
    """Return the events of a line with the words of each span in the span's place."""
    passage = parse(line)

    def words(value: object) -> object:
        if isinstance(value, list) and len(value) == 2 and all(isinstance(part, int) for part in value):
            return passage["text"][value[0] : value[1]]
        return [words(part) for part in value] if isinstance(value, list) else value

    return [{key: words(value) for key, value in event.items() if key != "counts"} for event in passage["events"]]


def test_a_line_becomes_text_and_events() -> None:
    text = parse(STRIKE)["text"]
    assert text == "Dock workers in Mombasa walked off the job on Tuesday, the union said, and police held nine of them."
    strike, arrest = quoted(STRIKE)
    assert (strike["type"], strike["modes"], strike["trigger"], strike["claim"]) == (
        "PROTEST",
        ["strike"],
        "walked off the job",
        "reported",
    )
    assert (strike["actor"], strike["place"], strike["time"], strike["says"]) == (
        ["Dock workers"],
        ["Mombasa"],
        ["on Tuesday"],
        ["the union"],
    )
    assert (arrest["actor"], arrest["recipient"], arrest["claim"], arrest["says"]) == (["police"], ["Dock workers"], "asserted", [])


def test_a_count_keeps_what_it_counts() -> None:
    passage = parse(STRIKE)
    (count,) = passage["events"][1]["counts"]
    assert (count["what"], passage["text"][slice(*count["span"])]) == ("arrested", "nine")


def test_events_come_in_the_order_of_their_numbers() -> None:
    line = "[[T10:CONSULT|met]] and [[T2:AGREE;future;hypothetical|agreed]]"
    assert [event["type"] for event in parse(line)["events"]] == ["AGREE", "CONSULT"]
    assert parse(line)["events"][0]["auxiliary"] == ["future", "hypothetical"]


def test_spans_count_code_points() -> None:
    passage = parse("In [[P1|İzmir 🇹🇷]] they [[T1:CONSULT|met]].")
    assert [passage["text"][slice(*span)] for span in (passage["events"][0]["place"][0], passage["events"][0]["trigger"])] == [
        "İzmir 🇹🇷",
        "met",
    ]


def test_a_passage_without_events_is_text_alone() -> None:
    assert parse("0 Lightning struck the mill.") == {"text": "Lightning struck the mill.", "events": []}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[[A1|Police]] [[T1:COERCE.arrest|held two men.", "bracket left open"),
        ("[[A1|Police]] [[T1:ARREST|held]] two men.", "type or mode 'ARREST'"),
        ("[[A1|Police]] [[T1:COERCE.strike|held]] two men.", "type or mode 'COERCE.strike'"),
        ("[[A1|Police]] [[T1:COERCE;feared|held]] two men.", "flag 'feared'"),
        ("[[A1|Police]] [[T1:COERCE;alleged;denied|held]] two men.", "event 1 has 2 claims"),
        ("[[A1|Police]] [[T1:COERCE|held]] and [[T1:COERCE|fined]] two men.", "event 1 has 2 triggers"),
        ("[[A1|Police]] [[T1:COERCE|held]] [[R2|two men]].", "event 2 has 0 triggers"),
        ("[[A1|Police]] [[T1:COERCE|held]] [[N1:men|two men]].", "count 'men'"),
        ("[[A1:police|Police]] [[T1:COERCE|held]] two men.", "role 'A' takes nothing"),
        ("[[X1|Police]] [[T1:COERCE|held]] two men.", "tag 'X1'"),
        ("Lightning struck the mill.", "begin a line without events"),
        ("0 [[A1|Police]] [[T1:COERCE|held]] two men.", "has marks"),
    ],
)
def test_a_line_that_breaks_a_rule_is_refused(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse(line)


def test_modes_can_be_those_of_another_ontology() -> None:
    line = "[[A1|Crews]] [[T1:RESCUE.sea|picked up]] a swimmer."
    assert parse(line, {"RESCUE": {"sea"}})["events"][0]["modes"] == ["sea"]
    with pytest.raises(ValueError, match="RESCUE"):
        parse(line)


def test_an_article_has_the_fields_of_the_coded_ones() -> None:
    gold, document = as_article("one", parse(STRIKE))
    strike, arrest = gold["events"]
    assert (gold["id"], document["id"], document["text"]) == ("one", "one", parse(STRIKE)["text"])
    assert document["sentences"] == [[0, 0], [0, len(document["text"])]]
    assert strike["place"] == [{"text": "Mombasa", "name": None, "country": None}]
    assert (strike["says"], strike["sents"], strike["date"]) == ("the union", [1], None)
    assert (arrest["place"], arrest["says"]) == (None, None)
    assert arrest["counts"] == [{"what": "arrested", "value": None, "max": None, "text": "nine"}]


def test_files_are_read_without_comments_and_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(f"# a comment\n\n{STRIKE}\n0 It rained.\n", encoding="utf-8")
    assert [len(passage["events"]) for passage in passages(path)] == [2, 0]


def test_a_bad_line_is_named_with_its_file_and_number(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text("# a comment\nNo marks at all.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.txt:2: begin a line"):
        list(passages(path))


def test_the_checker_refuses_a_passage_that_stands_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("0 It rained.\n", encoding="utf-8")
    two.write_text(f"{STRIKE}\n0 It rained.\n", encoding="utf-8")
    assert main([str(one)]) == 0
    assert main([str(one), str(two)]) == 1
    assert f"{two}:2: written already at {one}:1" in capsys.readouterr().out


def test_the_checker_goes_on_after_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(f"No marks at all.\n{STRIKE}\n", encoding="utf-8")
    wrong, count = check([path], modes_of())
    assert len(wrong) == 1
    assert (count["passages"], count["PROTEST.strike"], count["reported"], count["asserted"]) == (1, 1, 1, 1)


def test_the_projects_own_passages_are_sound_and_show_every_mode() -> None:
    wrong, count = check(sorted(PASSAGES.glob("*.txt")), modes_of())
    assert wrong == []
    assert count["without events"] > 300
    assert [f"{code}.{mode}" for code, known in modes_of().items() for mode in known if not count[f"{code}.{mode}"]] == []


def test_passages_of_a_folder_become_coded_articles(tmp_path: Path) -> None:
    (tmp_path / "some.txt").write_text(f"{STRIKE}\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("No passage.", encoding="utf-8")
    (coded,) = load_passages(tmp_path, "annotate.syntax")
    assert coded.gold["id"] == "some-0"
    assert coded.analysis.document.text == parse(STRIKE)["text"]
