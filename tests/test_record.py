"""Records: every key in its place, every value of its kind, the same bytes each time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from dateline.errors import DataError
from dateline.ontology import load_ontology
from dateline.record import EventRecord, dumps, event_to_dict
from tests.factories import TEXT, made_document, made_event

SCHEMA = Path(__file__).parents[1] / "docs" / "reference" / "record.schema.json"
RECORDS = TypeAdapter(EventRecord)

KEYS = [
    "id", "document", "event", "mode", "context", "auxiliary", "quad_code", "event_scale", "event_text", "evidence", "actor",
    "recipient", "date", "enddate", "date_info", "event_loc", "size", "claim", "says", "confidence", "coder", "coded_date",
]  # fmt: skip


def test_the_keys_stand_in_the_order_of_the_format() -> None:
    record = event_to_dict(made_event(), made_document())
    assert list(record) == KEYS
    assert list(record["event_loc"][0]) == [
        "extracted_place", "start", "end", "resolved_place", "geonameid", "lat", "lon", "city", "district", "province", "country",
        "country_code", "feature_class", "feature_code", "resolution", "radius_km", "alternatives", "confidence",
    ]  # fmt: skip
    assert list(record["actor"][0]) == [
        "entity_text", "start", "end", "code", "sector", "identifier_id", "identifier_text", "office", "confidence",
    ]  # fmt: skip
    assert list(record["date_info"]) == ["text", "start", "end", "earliest", "latest", "precision", "known", "rule"]
    assert list(record["size"][0]) == ["what", "min", "max", "text", "start", "end", "says"]
    assert list(record["says"]) == ["entity_text", "start", "end", "kind", "cue", "chain"]


def test_a_full_record_fits_the_schema() -> None:
    RECORDS.validate_python(event_to_dict(made_event(), made_document()), strict=True)


def test_a_record_of_what_the_text_does_not_tell_fits_the_schema_with_nulls() -> None:
    bare = made_event(interval=None, places=(), quantities=(), says=None, actors=(), contexts=(), modes=(), claim="asserted")
    record = event_to_dict(bare, made_document(language=None))
    RECORDS.validate_python(record, strict=True)
    assert [record[key] for key in ("date", "enddate", "date_info", "says", "coded_date")] == [None] * 5
    assert record["event_loc"] == record["actor"] == record["size"] == []


def test_every_span_quotes_the_text() -> None:
    record = event_to_dict(made_event(), made_document())
    for holder, words in (
        (record["actor"][0], "entity_text"), (record["date_info"], "text"), (record["event_loc"][0], "extracted_place"),
        (record["size"][0], "text"), (record["says"], "entity_text"), (record["says"]["cue"], "text"),
    ):  # fmt: skip
        assert TEXT[holder["start"] : holder["end"]] == holder[words]
    trigger = record["evidence"][0]["trigger"]
    assert TEXT[trigger["start"] : trigger["end"]] == record["event_text"][0]


def test_numbers_are_rounded_so_that_they_read_the_same_everywhere() -> None:
    record = event_to_dict(made_event(), made_document())
    assert record["confidence"] == 0.714
    assert record["actor"][0]["confidence"] == 0.813
    assert record["event_loc"][0]["lat"] == -17.98333
    assert str(record["event_loc"][0]["alternatives"][0]["lon"]) == "0.0"


def test_the_day_of_coding_is_written_only_when_asked_for() -> None:
    assert event_to_dict(made_event(), made_document(), coded_date="2024-03-15")["coded_date"] == "2024-03-15"


def test_the_coder_names_its_language_and_version() -> None:
    assert event_to_dict(made_event(), made_document())["coder"] == "local-en 1"


@pytest.mark.parametrize(
    ("event_type", "modes", "scale", "quad"),
    [
        ("PROTEST", ("obstruct",), -4.5, 4),
        ("PROTEST", ("obstruct", "riot"), -7.0, 4),
        ("PROTEST", (), -5.0, 4),
        ("CONSULT", ("visit", "phone"), 4.0, 1),
        ("RETREAT", ("disarm",), 10.0, 2),
        ("ACCUSE", (), -3.0, 3),
        ("SANCTION", (), -6.0, 4),
    ],
)
def test_scale_and_quad_code_are_those_of_the_manual(event_type: str, modes: tuple[str, ...], scale: float, quad: int) -> None:
    record = event_to_dict(made_event(event_type=event_type, modes=modes), made_document())
    assert (record["event_scale"], record["quad_code"]) == (scale, quad)


def test_a_type_that_plover_does_not_have_is_an_error() -> None:
    with pytest.raises(DataError, match="FIGHT"):
        event_to_dict(made_event(event_type="FIGHT"), made_document())


def test_the_ontology_is_whole() -> None:
    ontology = load_ontology()
    assert len(ontology.event_types) == 16
    assert sum(len(known.modes) for known in ontology.event_types.values()) == 67
    assert len(ontology.contexts) == 37
    assert list(ontology.auxiliary) == ["historical", "future", "hypothetical", "negation"]
    assert {known.quad_code for known in ontology.event_types.values()} == {1, 2, 3, 4}


def test_a_line_of_json_keeps_every_character_and_has_no_line_break() -> None:
    line = dumps(event_to_dict(made_event(event_text="пикет 🚧\nالعربية"), made_document()))
    assert "пикет 🚧\\nالعربية" in line
    assert "\n" not in line
    assert json.loads(line)["event_text"] == ["пикет 🚧\nالعربية"]


def test_a_number_that_json_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        dumps({"confidence": float("nan")})


@pytest.mark.parametrize(
    "change",
    [{"confidence": 1.8}, {"quad_code": 5}, {"claim": "maybe"}, {"event": []}, {"evidence": []}, {"auxiliary": ["past"]}, {"extra": 1}],
)
def test_the_schema_refuses_what_is_not_a_record(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        RECORDS.validate_python({**event_to_dict(made_event(), made_document()), **change}, strict=True)


def test_the_published_schema_is_that_of_the_code() -> None:
    """Run scripts/write_record_schema.py when this fails on purpose."""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == RECORDS.json_schema()
