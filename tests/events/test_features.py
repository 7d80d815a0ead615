"""What the confidence model sees of a candidate."""

from __future__ import annotations

from dataclasses import replace

from tests.support import analysed, stage

from dateline.events.features import FeatureReader, all_features
from dateline.types import Analysis

TEXT = "Police in Lenko arrested two union leaders on Monday, a spokesman said. The union called the arrests an outrage."


def read(text: str = TEXT) -> Analysis:
    return analysed(text, "resolve.actors", "2024-03-06")


def of(trigger: str) -> list[str]:
    analysis = read()
    number = next(n for n, c in enumerate(analysis.candidates) if c.trigger.text.endswith(trigger))
    return list(all_features(analysis)[number])


def test_there_is_a_list_for_each_candidate() -> None:
    analysis = read()
    assert analysis.candidates
    assert len(all_features(analysis)) == len(analysis.candidates)


def test_no_feature_stands_twice() -> None:
    for features in all_features(read()):
        assert len(features) == len(set(features))


def test_the_same_document_gives_the_same_features_in_the_same_order() -> None:
    first = read()
    again: Analysis = Analysis(document=first.document)
    for name in (
        "annotate.syntax", "resolve.toponyms", "resolve.timexes", "annotate.coreference", "annotate.quotations", "events.triggers",
        "events.classification", "events.arguments", "events.modality", "events.magnitude", "resolve.attribution", "resolve.temporal",
        "resolve.places", "resolve.actors",
    ):  # fmt: skip
        (again,) = stage(name)([again])
    assert all_features(again) == all_features(first)


def test_the_word_the_type_and_the_entry_are_seen() -> None:
    features = of("arrested")
    assert {"type=COERCE", "rule=COERCE.arrest.v", "construction=active", "claim=reported"} <= set(features)
    assert "near=union" in features


def test_flags_and_counts_are_seen() -> None:
    planned = analysed("Police will raid two shops on Friday.", "resolve.actors")
    assert "flag=future" in all_features(planned)[0]
    counted = analysed("Gunmen killed 12 villagers.", "resolve.actors")
    assert "counts=killed" in all_features(counted)[0]


def test_a_day_or_its_absence_is_seen() -> None:
    assert any(f.startswith("date=") and f != "date=none" for f in of("arrested"))
    undated = analysed("Police arrested two men.", "resolve.actors")
    assert "date=none" in all_features(undated)[0]


def test_the_trigger_that_governs_another_is_seen_from_both() -> None:
    analysis = read("The union threatened to strike.")
    by_type = {c.event_type: f for c, f in zip(analysis.candidates, all_features(analysis), strict=True)}
    assert "over.type=PROTEST" in by_type["THREATEN"]
    assert "under.type=THREATEN" in by_type["PROTEST"]


def test_layers_that_are_not_set_yet_are_no_error() -> None:
    analysis = replace(read(), intervals=(), places=(), sides=())
    features = FeatureReader(analysis).read(0)
    assert "date=none" in features
    assert "place=none" in features
