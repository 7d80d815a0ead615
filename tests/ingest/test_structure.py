"""Blocks and page furniture: what is read, what is passed over, and that no text is altered."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.ingest.structure import structure
from dateline.types import Block, Masked


def blocks_of(text: str, title: str | None = None) -> list[tuple[str, str]]:
    blocks, _ = structure(text, title=title)
    return [(block.kind, block.span.of(text)) for block in blocks]


def bodies(text: str) -> list[str]:
    return [words for kind, words in blocks_of(text) if kind == "body"]


def masks_of(text: str) -> dict[str, str]:
    _, masked = structure(text)
    return {mask.span.of(text): mask.reason for mask in masked}


def test_paragraphs_are_blocks() -> None:
    text = "Miners closed the road to Anta.\n\nThe army sent two companies."
    assert bodies(text) == ["Miners closed the road to Anta.", "The army sent two companies."]


def test_one_paragraph_a_line() -> None:
    text = "Miners closed the road to the coast on Monday morning.\nThe army sent two companies to the pass.\nTalks failed."
    assert len(bodies(text)) == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The nine dock workers seized at the gate are being", "held in the old barracks, a lawyer said."),
        ("Nobody was hurt in the march on Sunday. However,", "that night, a shell struck the union's office."),
        ("The column was stopped at the bridge by the", "Third Brigade, which had come from Lome."),
        ("The general said that the talks had reached a point from which there was no return for either of the two sides", "and left."),
    ],
)
def test_a_paragraph_cut_in_mid_sentence_is_one_block(before: str, after: str) -> None:
    text = f"Soldiers held the port.\n\n{before}\n\n{after}\n\nThe port stayed shut."
    blocks, _ = structure(text)
    joined = blocks[1]
    assert joined.span.of(text) == f"{before}\n\n{after}"
    assert [gap.of(text) for gap in joined.breaks] == ["\n\n"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The port was shut.", "al-Nour fighters came later."),
        ("The envoy called it “a bad day”", "Ships waited outside the bay."),
        ("Second day", "Ships waited outside the bay."),
    ],
)
def test_finished_paragraphs_and_headings_stay_apart(before: str, after: str) -> None:
    text = f"Soldiers held the port.\n\n{before}\n\n{after}"
    assert bodies(text)[1:] == [before, after]


def test_hard_wrapped_lines_are_joined_and_their_breaks_listed() -> None:
    text = (
        "The ministry of the interior said on Wednesday that eleven people had\n"
        "been arrested in the northern town of Tarabe after the shop of a trader\r\n"
        "was burned. Two of them\n    are minors.\n"
    )
    blocks, _ = structure(text)
    assert len(blocks) == 1
    assert [gap.of(text) for gap in blocks[0].breaks] == ["\n", "\r\n", "\n    "]


def test_a_wrapped_line_that_ends_full_goes_on_and_a_short_one_ends_the_paragraph() -> None:
    text = (
        "The mayor of the harbour city told the council that the strike of the\n"
        "Harbour Workers Union had cost the town a great deal. He left soon.\n"
        "Nothing more was heard.\n"
        "Police came from the capital in the afternoon and closed the office of\n"
        "Radio Anta for good.\n"
    )
    assert len(bodies(text)) == 2


def test_lower_case_text_is_not_joined_for_its_letters() -> None:
    text = "the army held the port\n\nships waited outside the bay all day"
    assert len(blocks_of(text)) == 2


@pytest.mark.parametrize("gap", ["\u00a0", "\t", "  ", "\x00", "\u2003"])
def test_every_gap_but_a_plain_space_is_a_break(gap: str) -> None:
    text = f"Rebels took{gap}the town of Sola."
    blocks, _ = structure(text)
    assert [found.of(text) for found in blocks[0].breaks] == [gap]


def test_headline_byline_and_body() -> None:
    text = "Strike closes three ports in the north\n\nAda Quist 12 May 2019\n\nDockers walked out in three ports on Monday."
    assert blocks_of(text) == [
        ("headline", "Strike closes three ports in the north"),
        ("body", "Dockers walked out in three ports on Monday."),
    ]
    assert masks_of(text) == {"Ada Quist 12 May 2019": "byline"}


def test_a_first_line_equal_to_the_title_is_the_headline() -> None:
    text = "Dockers walk out.\nDockers walked out in three ports on Monday."
    assert blocks_of(text, title="Dockers walk out")[0] == ("headline", "Dockers walk out.")
    assert blocks_of(text)[0][0] == "body"


def test_a_single_paragraph_has_no_headline() -> None:
    assert blocks_of("Dockers walk out in the north")[0][0] == "body"


@pytest.mark.parametrize(
    "byline",
    [
        "By Ada Quist, Reuters",
        "By Ada Quist and Jon van der Meer",
        "12 May 2019 • 3 min read",
        "May 12, 2019",
        "Published Sunday, May 12, 2019 4:05PM CST",
        "Last updated: 12 May 2019, 10:30 GMT",
        "Associated Press",
    ],
)
def test_bylines_are_masked(byline: str) -> None:
    text = f"Strike closes three ports in the north\n\n{byline}\n\nDockers walked out in three ports on Monday."
    assert masks_of(text) == {byline: "byline"}


def test_a_dateline_stays_in_its_paragraph() -> None:
    text = "LOME, May 12 (Reuters) - Dockers walked out in three ports on Monday."
    assert blocks_of(text) == [("body", text)]


def test_a_dateline_alone_is_a_block_of_its_own() -> None:
    text = "LOME, Togo (AP) --\n\nDockers walked out in three ports on Monday."
    assert blocks_of(text)[0] == ("dateline", "LOME, Togo (AP) --")


def test_a_headline_on_the_line_of_the_dateline_is_cut_off() -> None:
    text = "Dockers Close Three Ports - Union LOME, May 12 (Sputnik) - Dockers walked out on Monday."
    assert blocks_of(text) == [
        ("headline", "Dockers Close Three Ports - Union"),
        ("body", "LOME, May 12 (Sputnik) - Dockers walked out on Monday."),
    ]


def test_a_byline_between_headline_and_dateline_is_cut_out() -> None:
    text = "Dockers close three ports By ADA QUIST LOME, Togo (AP) — Dockers walked out on Monday."
    assert [words for _, words in blocks_of(text)] == [
        "Dockers close three ports",
        "LOME, Togo (AP) — Dockers walked out on Monday.",
    ]
    assert masks_of(text) == {"By ADA QUIST": "byline"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Subscribe to our newsletter", "subscription"),
        ("Get the day's top stories in your inbox", "newsletter"),
        ("Share this article", "share buttons"),
        ("Facebook Twitter WhatsApp Email", "share buttons"),
        ("Donate now", "donation"),
        ("Follow us on Twitter", "follow us"),
        ("Read more: Ports reopen after talks", "related stories"),
        ("ADVERTISEMENT", "advertisement"),
        ("© 2019 The Northern Post. All rights reserved.", "copyright"),
        ("Photo: Ada Quist/Northern Post", "photo credit"),
        ("Image caption The harbour at dawn", "photo caption"),
        ("This website uses cookies to improve your visit.", "cookies"),
        ("https://northern.example/ports", "link"),
        ("northern.org/contact", "link"),
        ("To contact the Northern Post visit:", "contact"),
        ("12 Comments", "comments"),
        ("* * *", "rule"),
    ],
)
def test_furniture_lines_are_masked_with_a_reason(line: str, reason: str) -> None:
    text = f"Dockers walked out on Monday.\n\n{line}\n\nThe army took over the cranes."
    assert masks_of(text) == {line: reason}
    assert bodies(text) == ["Dockers walked out on Monday.", "The army took over the cranes."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell after the army took the port.",
        "Follow-up talks between the two sides were broken off.",
        "Read more than once, the accord names no date.",
        "Donors pledged two million dollars to the port city.",
        "Related charges against the mayor were dropped on Monday.",
        "By Monday the rebels had taken the town.",
        "Published accounts of the raid differ.",
        "Comments by the minister angered the union.",
        "Police said photographs of the raid had been seized.",
        "More on the talks was not disclosed by either side.",
        "Sign-up offices of the militia were burned.",
        "Contact with the hostages was lost on Friday.",
        "Top stories in state media accused the union of treason.",
        "Copyright lawyers protested outside the court.",
        "Advertisement boards in the capital were torn down by protesters.",
        "Register rolls were seized by the electoral commission.",
        "Register to vote campaigns were banned by the junta.",
        "The writer was arrested on Monday.",
        "This report was rejected by the ministry.",
        "Reporting by foreign media was restricted by the army.",
        "Video by the rebels showed two captured soldiers.",
        "Editors' unions condemned the arrest.",
        "Facebook: ministers summon the firm over threats",
        "Unauthorised use of tear gas was condemned by the court.",
        "By using live rounds the police breached the terms of the truce.",
        "What contributed to this clash is unclear.",
        "Curfew issued on 3 May 2019 angers traders",
        "Full coverage of the trial was banned.",
    ],
)
def test_sentences_of_the_article_are_never_masked(sentence: str) -> None:
    text = f"Dockers walked out on Monday.\n\n{sentence}\n\nThe army took over the cranes."
    assert masks_of(text) == {}


def test_a_list_of_links_goes_with_its_heading() -> None:
    text = (
        "Dockers walked out on Monday.\n\nRelated stories\nPorts reopen in the south\nUnion leader freed\n\nThe army took over the cranes."
    )
    assert set(masks_of(text)) == {"Related stories", "Ports reopen in the south", "Union leader freed"}
    assert bodies(text)[-1] == "The army took over the cranes."


@pytest.mark.parametrize(
    "tail",
    [
        "(Reporting by Ada Quist; Editing by Jon Meer)",
        "Sapa-AFP",
        "related stories: ports reopen in the south union leader freed",
    ],
)
def test_furniture_at_the_end_of_a_paragraph_is_cut_off(tail: str) -> None:
    text = f"Dockers walked out on Monday. The army took over the cranes. {tail}"
    assert bodies(text) == ["Dockers walked out on Monday. The army took over the cranes."]
    assert list(masks_of(text)) == [tail]


def test_a_markdown_heading_loses_its_mark_only() -> None:
    text = "# Strike closes three ports\n\nDockers walked out on Monday."
    assert blocks_of(text)[0] == ("headline", "Strike closes three ports")
    assert masks_of(text) == {"#": "markup"}


def test_empty_and_blank_texts_have_no_blocks() -> None:
    assert structure("") == ((), ())
    assert structure(" \n\n\t\x00\ufeff") == ((), ())


def check_invariants(text: str, blocks: tuple[Block, ...], masked: tuple[Masked, ...]) -> None:
    covered = sorted([block.span for block in blocks] + [mask.span for mask in masked])
    assert all(one.end <= other.start for one, other in pairwise(covered))
    assert [block.span for block in blocks] == sorted(block.span for block in blocks)
    assert all(span.end <= len(text) and len(span) > 0 for span in covered)
    for block in blocks:
        assert not block.span.of(text)[0].isspace()
        assert not block.span.of(text)[-1].isspace()
        assert all(block.span.start < gap.start < gap.end < block.span.end for gap in block.breaks)
        assert list(block.breaks) == sorted(block.breaks)
    outside = set(range(len(text))) - {place for span in covered for place in range(span.start, span.end)}
    assert not any(text[place].isalnum() for place in outside)


PIECES = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", " ", ". ", ", ", "By Ada Quist", "12 May 2019", "LOME, May 12 (Reuters) - ", "Related stories",
        "Dockers walked out", "the", "Share", "Facebook Twitter", "#", "# ", "• ", "\u2029", "\x00", "\ufeff", "😀", "Sapa",
        "(Reporting by Ada Quist)", "read this story in... hindi", "ميناء", "Advertisement", ":", "”", "www.a.example", "Á",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join)), st.none() | st.text(max_size=20))
def test_any_text_is_divided_without_overlap_or_loss(text: str, title: str | None) -> None:
    check_invariants(text, *structure(text, title=title))


@pytest.mark.parametrize(
    "line",
    ["-" * 250 + "x", "print , " * 31 + "z", "more | " * 36 + "z", "By " + "Ada " * 60 + "z", "12 May " * 36, "• ) " * 60],
)
def test_no_line_makes_the_rules_run_wild(line: str) -> None:
    # A rule that tries all ways to split such a line would not come back within the life of the test run.
    text = f"Dockers walked out.\n\n{line}\n\n" * 40
    check_invariants(text, *structure(text))


def test_two_megabytes_are_divided() -> None:
    paragraph = "Dockers walked out on Monday. They marched\nto the square and\n\nsang. Share this on Facebook.\n\n"
    text = paragraph * (2_000_000 // len(paragraph))
    blocks, masked = structure(text)
    assert len(blocks) > 20_000
    assert blocks[-1].span.end <= len(text)
    assert all(mask.span.end <= len(text) for mask in masked)
