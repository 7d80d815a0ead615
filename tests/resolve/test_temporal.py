"""Each event gets the time that its own clause tells, or the thread it plainly goes on, or none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support import analysed

from dateline.resolve.temporal import Temporal, story_day
from dateline.resolve.time_ties import may_date, to_common
from dateline.types import Analysis, EventCandidate, Layer, Mention, Span, TimeInterval

STAGE = Temporal()
PUBLISHED = "2021-06-16"  # a Wednesday


def marked(text: str, *triggers: tuple[str, str], published: str | None = PUBLISHED, auxiliary: tuple[str, ...] = ()) -> Analysis:
    """Return the text with a candidate for each (words, event type)."""
    analysis = analysed(text, until="resolve.timexes", published=published)
    candidates = []
    for words, event_type in triggers:
        span = Span(text.index(words), text.index(words) + len(words))
        token = next(t for t in analysis.tokens if t.span.overlaps(span))
        trigger = Mention(kind="trigger", span=span, text=words, head=token.index)
        candidates.append(
            EventCandidate(
                sentence=token.sentence, trigger=trigger, event_type=event_type, auxiliary=auxiliary, nominal=token.pos in ("NOUN", "PROPN")
            )
        )
    return replace(analysis, candidates=tuple(candidates))


def intervals(
    text: str, *triggers: tuple[str, str], published: str | None = PUBLISHED, auxiliary: tuple[str, ...] = ()
) -> list[str | None]:
    (analysis,) = STAGE([marked(text, *triggers, published=published, auxiliary=auxiliary)])
    return [i.date if i else None for i in analysis.intervals]


def test_the_time_of_its_own_clause_is_the_event_s() -> None:
    assert intervals("Police arrested three miners on Monday.", ("arrested", "COERCE")) == ["2021-06-14"]
    assert intervals("Last Thursday, the president signed the bill.", ("signed", "SUPPORT")) == ["2021-06-10"]


def test_a_noun_has_the_time_of_its_clause() -> None:
    assert intervals("Dockers held a march in the port on Monday.", ("march", "PROTEST")) == ["2021-06-14"]


def test_two_events_of_one_sentence_have_each_their_own_time() -> None:
    text = "Gunmen shot the mayor on Friday and police arrested two suspects on Monday."
    assert intervals(text, ("shot", "ASSAULT"), ("arrested", "COERCE")) == ["2021-06-11", "2021-06-14"]


def test_no_time_told_is_no_time_and_never_the_day_of_publication() -> None:
    assert intervals("Police have arrested three miners.", ("arrested", "COERCE")) == [None]


def test_today_is_the_day_of_publication_because_the_text_says_so() -> None:
    assert intervals("Police arrested three miners today.", ("arrested", "COERCE")) == [PUBLISHED]


def test_a_span_has_a_begin_and_an_end() -> None:
    (analysis,) = STAGE([marked("Miners blocked the road from 1 June to 4 June.", ("blocked", "PROTEST"))])
    (interval,) = analysis.intervals
    assert interval is not None
    assert (interval.date, interval.enddate) == ("2021-06-01", "2021-06-04")


def test_a_promise_is_not_dated_by_what_it_promises() -> None:
    text = "The two ministers agreed to meet on June 28."
    assert intervals(text, ("agreed", "AGREE")) == [None]
    text = "The two ministers agreed on Monday to meet on June 28."
    assert intervals(text, ("agreed", "AGREE")) == ["2021-06-14"]


def test_a_planned_deed_is_dated_by_the_plan_only_where_it_is_told_as_one() -> None:
    text = "The government will raze the camp on June 28."
    assert intervals(text, ("raze", "COERCE"), auxiliary=("future",)) == ["2021-06-28"]
    assert intervals(text, ("raze", "COERCE")) == [None]


def test_the_time_of_a_clause_below_another_verb_is_not_the_event_s() -> None:
    text = "The union condemned the law that parliament had passed in April."
    assert intervals(text, ("condemned", "ACCUSE")) == [None]


def test_what_a_sentence_looks_back_at_has_another_time() -> None:
    text = "The president sacked two generals on Monday after the attack."
    assert intervals(text, ("sacked", "SANCTION"), ("attack", "ASSAULT")) == ["2021-06-14", None]


def test_words_spoken_in_the_story_go_on_on_its_day() -> None:
    text = "The union leader met the governor on Monday.\n\nHe accused the government of neglect.\n\nThe ministry has rejected the claim."
    assert intervals(text, ("accused", "ACCUSE"), ("rejected", "REJECT")) == ["2021-06-14", None]


def test_an_inherited_day_is_marked_as_inherited() -> None:
    text = "The union leader met the governor on Monday.\n\nHe accused the government of neglect."
    (analysis,) = STAGE([marked(text, ("accused", "ACCUSE"))])
    (interval,) = analysis.intervals
    assert isinstance(interval, TimeInterval)
    assert (interval.known, interval.text) == ("inherited", "Monday")


def test_a_noun_does_not_inherit() -> None:
    text = "The union leader met the governor on Monday.\n\nThe accusation was rejected."
    assert intervals(text, ("accusation", "ACCUSE")) == [None]


def test_history_does_not_inherit() -> None:
    text = "The union leader met the governor on Monday.\n\nThe old king accused his brother of treason."
    assert intervals(text, ("accused", "ACCUSE"), auxiliary=("historical",)) == [None]


def test_another_day_told_by_its_date_ends_the_thread_of_the_story() -> None:
    text = (
        "The union leader met the governor on Monday.\n\nThe road was first blocked on May 3.\n\n"
        "The mayor wrote to the ministry.\n\nHe accused the government of neglect."
    )
    assert intervals(text, ("accused", "ACCUSE")) == [None]


def test_the_more_exact_of_two_times_is_taken() -> None:
    text = "The strike began on June 1.\n\nRoads were blocked the following week, on June 8."
    assert intervals(text, ("blocked", "PROTEST")) == ["2021-06-08"]


def test_an_end_without_a_begin_is_kept_as_an_end() -> None:
    (analysis,) = STAGE([marked("Miners blocked the road until Tuesday.", ("blocked", "PROTEST"))])
    (interval,) = analysis.intervals
    assert interval is not None
    assert (interval.date, interval.enddate) == (None, "2021-06-15")


def test_without_publication_a_full_date_still_counts() -> None:
    text = "The army entered the town on 3 March 2002."
    assert intervals(text, ("entered", "MOBILIZE"), published=None) == ["2002-03-03"]
    assert intervals("The army entered the town on Monday.", ("entered", "MOBILIZE"), published=None) == [None]


def test_an_old_day_is_not_the_day_of_the_story() -> None:
    analysis = marked("The party was founded on 3 March 2002. It has two seats.")
    by_sentence = {t.sentence: [t] for t in analysis.timexes}
    assert story_day(analysis, by_sentence) is None


def test_the_way_between_two_tokens_ends_below_what_they_share() -> None:
    analysis = marked("Police arrested miners on Monday.", ("arrested", "COERCE"))
    verb, monday = analysis.tokens[1], analysis.tokens[4]
    up, down = to_common(analysis, verb, monday)
    assert (up, [t.text for t in down]) == ([], ["Monday", "on"])


@pytest.mark.parametrize(("event_type", "allowed"), [("REQUEST", False), ("COERCE", True)])
def test_only_deeds_lie_ahead(event_type: str, allowed: bool) -> None:
    analysis = marked("The camp will be razed on June 28.", ("razed", event_type), auxiliary=("future",))
    assert may_date(analysis, analysis.candidates[0], analysis.timexes[0]) is allowed


def test_the_stage_sets_its_own_layer_only_and_one_interval_a_candidate() -> None:
    before = marked("Police arrested miners on Monday.", ("arrested", "COERCE"), ("miners", "PROTEST"))
    (after,) = STAGE([before])
    assert {name for name in before.__slots__ if getattr(before, name) != getattr(after, name)} == {Layer.INTERVALS.value}
    assert len(after.intervals) == len(after.candidates)


def interval(text: str, *triggers: tuple[str, str], auxiliary: tuple[str, ...] = ()) -> TimeInterval:
    """Return the interval of the last trigger, which must have one."""
    (analysis,) = STAGE([marked(text, *triggers, auxiliary=auxiliary)])
    found = analysis.intervals[-1]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("The vote was held on June 3. Two days after the vote, police arrested the leader.", "arrested", "2021-06-05"),
        ("The vote was held on June 3. A day before the vote, police arrested the leader.", "arrested", "2021-06-02"),
        ("Police arrested a man a week after the June 3 bombing.", "arrested", "2021-06-10"),
        ("He was released three days after being arrested on June 2.", "released", "2021-06-05"),
        ("The minister resigned on Wednesday, the day after prosecutors accused him of theft.", "accused", "2021-06-15"),
    ],
)
def test_days_are_counted_from_a_dated_event(text: str, words: str, day: str) -> None:
    found = interval(text, (words, "COERCE"))
    assert (found.date, found.known, found.rule) == (day, "narrative", "counted-from-event")
    assert found.anchor_span is not None
    assert found.anchor_span.of(text) in ("June 3", "June 2", "Wednesday")


def test_a_definite_noun_is_the_act_of_its_type_told_before() -> None:
    text = "Gunmen stormed a school on Friday. Police arrested him two days after the attack."
    triggers = (("stormed", "ASSAULT"), ("arrested", "COERCE"), ("attack", "ASSAULT"))
    assert intervals(text, *triggers) == ["2021-06-11", "2021-06-13", None]


def test_an_event_that_no_sentence_dates_gives_no_day() -> None:
    assert intervals("Police arrested him two days after the attack.", ("arrested", "COERCE")) == [None]


def test_a_length_in_the_perfect_lasts_to_publication() -> None:
    found = interval("Miners have blocked the road for three weeks.", ("blocked", "PROTEST"))
    assert (found.date, found.enddate) == ("2021-05-26", PUBLISHED)
    found = interval("The town has seen more than 10 days of clashes.", ("clashes", "ASSAULT"))
    assert (found.date, found.enddate) == ("2021-06-07", PUBLISHED)


def test_a_term_is_no_time_that_has_passed() -> None:
    assert intervals("The opposition leader has been jailed for three years.", ("jailed", "COERCE")) == [None]


def test_a_length_runs_on_from_a_day() -> None:
    found = interval("Dockers struck on Monday for two days.", ("struck", "PROTEST"))
    assert (found.date, found.enddate) == ("2021-06-14", "2021-06-15")


def test_what_goes_on_since_a_month_ends_with_publication() -> None:
    found = interval("Miners have marched every Friday since early May.", ("marched", "PROTEST"))
    assert (found.date, found.enddate, found.earliest, found.latest) == ("2021-05", PUBLISHED, "2021-05-01", PUBLISHED)


def test_the_day_of_a_possessed_deed_is_not_that_of_what_came_before_it() -> None:
    assert intervals("Police arrested 20 people before Friday's march.", ("arrested", "COERCE")) == [None]


def test_the_story_opens_where_a_report_or_a_participle_tells_its_day() -> None:
    text = "Speaking here on Monday, the leader praised the pact.\n\nHe accused the government of neglect."
    assert intervals(text, ("accused", "ACCUSE")) == ["2021-06-14"]


def test_a_refusal_of_what_is_to_come_was_uttered_with_the_story() -> None:
    text = "The union leader met the governor on Monday.\n\nHe said the union would not accept the offer."
    assert intervals(text, ("accept", "REJECT"), auxiliary=("future",)) == ["2021-06-14"]
