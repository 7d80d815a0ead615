"""Events for the eye: by day, who did what to whom, where, according to whom, with the words of the text.

Colour only repeats what the words say already. It is off in pipes and where NO_COLOR is set.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dateline.cli.formats import records
from dateline.cli.inputs import counted, printable
from dateline.run import Outcome
from dateline.types import Document

QUAD_STYLES = {1: "green", 2: "bold green", 3: "yellow", 4: "bold red"}
"""By quad category: verbal and material cooperation, verbal and material conflict."""

PLAIN_WIDTH = 100
"""Columns of a table that is not written to a terminal."""

QUOTE = 180
"""A sentence longer than this many code points is shown from both sides of its trigger only."""

ID_LENGTH = 8
"""Digits of an event's id that are shown; `dateline explain --event` takes them."""

FLAGS = {"historical": "background", "future": "planned", "hypothetical": "conditional", "negation": "did not happen"}
"""The auxiliary modes as a reader would say them."""

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class TableWriter:
    """One block a document.

    Args:
        stream: Where the table is written, as UTF-8.
        min_confidence: Leave out events below this confidence (probability 0-1).
        terminal: Whether the stream is a terminal: then its width and colours are used.
        console: A console to write to instead, for pictures.
    """

    def __init__(self, stream: BinaryIO, *, min_confidence: float, terminal: bool, console: Console | None = None) -> None:
        self.stream = stream
        self.min_confidence = min_confidence
        self.page = io.StringIO()
        self.console = console or Console(
            file=self.page, force_terminal=terminal, width=None if terminal else PLAIN_WIDTH, highlight=False, markup=False, emoji=False
        )

    def write(self, outcome: Outcome) -> int:
        """Write the events of one document, the dated ones first, in the order of their days."""
        found = records(outcome, self.min_confidence)
        self._heading(outcome, len(found))
        for days, group in grouped(found):
            self.console.print()
            self.console.print(Text(day_heading(*days), style="bold"))
            for record in group:
                self._event(record, outcome.document.text)
        self.console.print()
        # The console fills lines up with blanks, which only get in the way of a search or a comparison.
        lines = "\n".join(line.rstrip() for line in self.page.getvalue().split("\n"))
        self.stream.write(lines.encode("utf-8", "replace"))
        self.page.seek(0)
        self.page.truncate()
        return len(found)

    def _heading(self, outcome: Outcome, events: int) -> None:
        document = outcome.document
        self.console.rule(Text(printable(document.title or document.id), style="bold"), style="dim", align="left")
        facts = [printable(document.id)] if document.title else []
        facts.append(_published(document))
        facts.append(counted(events, "event") if events else "no events")
        below = len(outcome.events) - events
        if below:
            facts.append(f"{below} below the confidence asked for")
        self.console.print(Text(" · ".join(facts), style="dim"))

    def _event(self, record: Mapping[str, Any], text: str) -> None:
        self.console.print(Padding(head_line(record), (0, 0, 0, 2), expand=False))
        facts = fact_line(record)
        if facts:
            self.console.print(Padding(Text(facts), (0, 0, 0, 6), expand=False))
        told = told_line(record)
        if told:
            self.console.print(Padding(Text(told, style="italic"), (0, 0, 0, 6), expand=False))
        self.console.print(Padding(quote_line(record, text), (0, 0, 0, 6), expand=False))
        first = record["evidence"][0]["sequence"]
        more = ", ".join(str(item["sequence"]) for item in record["evidence"][1:])
        where = f"sentence {first}" + (f", also {more}" if more else "")
        small = f"{where} · confidence {record['confidence']:.2f} · event {record['id'][:ID_LENGTH]}"
        self.console.print(Padding(Text(small, style="dim"), (0, 0, 0, 6), expand=False))


def _published(document: Document) -> str:
    if document.published is None:
        return "day of publication unknown: give it with --published"
    known = f" ({document.published_known})" if document.published_known else ""
    return f"published {document.published}{known}"


def grouped(found: Sequence[Mapping[str, Any]]) -> list[tuple[tuple[str | None, str | None], list[Mapping[str, Any]]]]:
    """Return the records by their days, earliest first and the undated last, each day's in the order of the text."""
    groups: dict[tuple[str | None, str | None], list[Mapping[str, Any]]] = {}
    for record in sorted(found, key=lambda r: (r["date"] is None, r["date"] or "", r["enddate"] or "", r["evidence"][0]["start"])):
        groups.setdefault((record["date"], record["enddate"]), []).append(record)
    return list(groups.items())


def day_heading(begin: str | None, end: str | None) -> str:
    """Return a date or a span of dates in words: ``Thursday 14 March 2024``."""
    if begin is None:
        return "No day told"
    return in_words(begin) if end in (None, begin) else f"{in_words(begin)} to {in_words(str(end))}"


def in_words(day: str) -> str:
    """Return an ISO 8601 date, which may stop at the month or the year, in words; anything else as it is."""
    parts = day.split("-")
    try:
        if len(parts) == 3:
            full = date.fromisoformat(day)
            return f"{WEEKDAYS[full.weekday()]} {full.day} {MONTHS[full.month - 1]} {full.year}"
        if len(parts) == 2:
            return f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    except (ValueError, IndexError):
        pass
    return day


def head_line(record: Mapping[str, Any]) -> Text:
    """Return what was done, by whom and to whom."""
    line = Text()
    line.append(record["event"][0], style=QUAD_STYLES[record["quad_code"]])
    if record["mode"]:
        line.append(" " + ", ".join(record["mode"]))
    flags = [FLAGS.get(flag, flag) for flag in record["auxiliary"]]
    if flags:
        line.append(f" [{', '.join(flags)}]", style="magenta")
    line.append("  ")
    line.append(side(record["actor"]) or "nobody named")
    if record["recipient"]:
        line.append(" → ", style="dim")
        line.append(side(record["recipient"]))
    return line


def side(actors: Sequence[Mapping[str, Any]]) -> str:
    """Return a side in words, each entity with its codes."""
    return ", ".join(entity(actor) for actor in actors)


def entity(actor: Mapping[str, Any]) -> str:
    """Return an entity as the text calls it, its full name where that says more, and its codes."""
    text, name = printable(actor["entity_text"]), printable(actor["identifier_text"] or "")
    shown = name if name and text in name else f"{text} = {name}" if name and name not in text else text
    codes = " ".join([actor["code"] or "", *actor["sector"]]).strip()
    return f"{shown or 'unnamed'} ({codes})" if codes else shown or "unnamed"


def fact_line(record: Mapping[str, Any]) -> str:
    """Return where it happened, and the numbers the text gives."""
    facts = [place_words(place) for place in record["event_loc"]] + [count_words(size) for size in record["size"]]
    if record["context"]:
        facts.append("about " + ", ".join(context.replace("_", " ") for context in record["context"]))
    return " · ".join(facts)


def place_words(place: Mapping[str, Any]) -> str:
    """Return a place with what it lies in."""
    name = place["resolved_place"] or printable(place["extracted_place"])
    around = [part for part in (place["province"], place["country"]) if part and part != name]
    return ", ".join([name, *around])


def count_words(size: Mapping[str, Any]) -> str:
    """Return a number in words: ``killed 5``, ``injured 24 to 99``, ``arrested at least 5``, ``killed up to 30``."""
    low, high = size["min"], size["max"]
    if high is None:
        return f"{size['what']} at least {low:,}"
    if low == high:
        return f"{size['what']} {low:,}"
    return f"{size['what']} up to {high:,}" if low == 0 else f"{size['what']} {low:,} to {high:,}"


def told_line(record: Mapping[str, Any]) -> str:
    """Return a claim written as a claim; empty where the article speaks for itself."""
    says = record["says"]
    source = printable(says["entity_text"] or "") if says else ""
    by = f"according to {source}" if source else ""
    if record["claim"] == "denied":
        return ", ".join(["denied by the party concerned", *([by] if by else [])])
    if record["claim"] == "alleged":
        return f"alleged, {by}" if by else "alleged"
    if record["claim"] == "reported":
        return by or "reportedly; no source named"
    return by


def quote_line(record: Mapping[str, Any], text: str) -> Text:
    """Return the sentence that tells most, its trigger underlined, cut on both sides where it is long."""
    evidence = record["evidence"][0]
    start, end, trigger = evidence["start"], evidence["end"], evidence["trigger"]
    spare = max(0, QUOTE - (trigger["end"] - trigger["start"]))
    if end - start > QUOTE:
        start = max(start, min(trigger["start"] - spare // 2, end - QUOTE))
        end = min(end, start + QUOTE)
    line = Text("“" if start == evidence["start"] else "“…")
    before, after = printable(text[start : trigger["start"]]), printable(text[trigger["end"] : end])
    line.append(before + " " * (bool(before) and text[trigger["start"] - 1].isspace()))
    line.append(printable(text[trigger["start"] : trigger["end"]]), style="underline")
    line.append(" " * (bool(after) and text[trigger["end"]].isspace()) + after)
    line.append("”" if end == evidence["end"] else "…”")
    return line
