"""Read the marked passages: ``python -m training.markup training/passages/*.txt`` checks and counts them.

The marks are described in ``training/passages/README.md``; types and modes are PLOVER's, flags and counts those of the codebook §3.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict

from dateline.ontology import load_ontology

PASSAGES = Path(__file__).parent / "passages"
"""The folder of the project's own passages."""

AUXILIARY = frozenset({"historical", "future", "hypothetical", "negation"})
CLAIMS = frozenset({"reported", "alleged", "denied"})
COUNTS = frozenset({"killed", "injured", "arrested", "abducted", "participants", "displaced", "sites", "other"})
EMPTY = "0 "
"""How a line without any codable event begins."""

SPAN = re.compile(r"\[\[([^|\[\]]+)\|([^\[\]]+)\]\]")
TAG = re.compile(r"\s*([ARTPWSN])(\d+)(?::([^,]+))?\s*")

Modes = Mapping[str, Collection[str]]
"""The modes of each event type."""


class Count(TypedDict):
    """A marked number: what it counts, and its half-open span in code points."""

    what: str
    span: list[int]


class MarkedEvent(TypedDict):
    """One marked event; spans are half-open, in code points of the passage's text."""

    type: str
    modes: list[str]
    trigger: list[int]
    auxiliary: list[str]
    claim: str
    counts: list[Count]
    actor: list[list[int]]
    recipient: list[list[int]]
    place: list[list[int]]
    time: list[list[int]]
    says: list[list[int]]


class Passage(TypedDict):
    """The plain text of a passage and its events, in the order of their numbers."""

    text: str
    events: list[MarkedEvent]


Mark = tuple[str, str, list[int]]
"""A role's letter, what stands behind its colon, and the span."""


def modes_of() -> Modes:
    """Return the modes of every PLOVER event type."""
    return {code: frozenset(known.modes) for code, known in load_ontology().event_types.items()}


def parse(line: str, modes: Modes | None = None) -> Passage:
    """Turn one marked line into its plain text and its events.

    Args:
        line: The marked line, without its line end.
        modes: The modes of each type; PLOVER's when left out.

    Raises:
        ValueError: The line breaks a rule of the format; the message says which.
    """
    modes = modes_of() if modes is None else modes
    empty = line.startswith(EMPTY)
    text, marks = _unmark(line.removeprefix(EMPTY) if empty else line)
    if empty and marks:
        raise ValueError("a line that begins with '0 ' has marks")
    if not empty and not marks:
        raise ValueError("begin a line without events with '0 '")
    return {"text": text, "events": [_event(number, marks[number], modes) for number in sorted(marks)]}


def _unmark(line: str) -> tuple[str, dict[int, list[Mark]]]:
    """Return the plain text of a line, and its marks by event number."""
    text, end = "", 0
    marks: dict[int, list[Mark]] = {}
    for found in SPAN.finditer(line):
        text += line[end : found.start()]
        span = [len(text), len(text) + len(found[2])]
        text, end = text + found[2], found.end()
        for tag in found[1].split(","):
            known = TAG.fullmatch(tag)
            if known is None:
                raise ValueError(f"tag {tag!r}")
            marks.setdefault(int(known[2]), []).append((known[1], known[3] or "", span))
    text += line[end:]
    if "[[" in text or "]]" in text:
        raise ValueError("bracket left open")
    return text, marks


def _event(number: int, marks: Sequence[Mark], modes: Modes) -> MarkedEvent:
    """Put the marks of one event together."""
    triggers = [(rest, span) for letter, rest, span in marks if letter == "T"]
    if len(triggers) != 1:
        raise ValueError(f"event {number} has {len(triggers)} triggers, not one")
    code, *flags = triggers[0][0].split(";")
    event_type, *chosen = code.split(".")
    if event_type not in modes or set(chosen) - set(modes[event_type]):
        raise ValueError(f"type or mode {code!r}")
    if unknown := [flag for flag in flags if flag not in AUXILIARY | CLAIMS]:
        raise ValueError(f"flag {unknown[0]!r}")
    claims = [flag for flag in flags if flag in CLAIMS]
    if len(claims) > 1:
        raise ValueError(f"event {number} has {len(claims)} claims")
    if odd := [rest for letter, rest, _ in marks if letter == "N" and rest not in COUNTS]:
        raise ValueError(f"count {odd[0]!r}")
    if odd := [letter for letter, rest, _ in marks if letter not in "TN" and rest]:
        raise ValueError(f"role {odd[0]!r} takes nothing behind a colon")

    def spans(letter: str) -> list[list[int]]:
        return [span for known, _, span in marks if known == letter]

    return {
        "type": event_type,
        "modes": chosen,
        "trigger": triggers[0][1],
        "auxiliary": [flag for flag in flags if flag in AUXILIARY],
        "claim": claims[0] if claims else "asserted",
        "counts": [{"what": rest, "span": span} for letter, rest, span in marks if letter == "N"],
        "actor": spans("A"),
        "recipient": spans("R"),
        "place": spans("P"),
        "time": spans("W"),
        "says": spans("S"),
    }


def as_article(name: str, passage: Passage) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a parsed passage as a coded article and its document, in the fields of the coded articles.

    Dates, countries, sectors, values of counts and contexts aren't marked in passages: they are None or empty, and no
    figure about them means anything on passages.
    """
    text = passage["text"]

    def quote(span: Sequence[int]) -> str:
        return text[span[0] : span[1]]

    def entities(spans: Sequence[Sequence[int]]) -> list[dict[str, Any]]:
        return [{"text": quote(span), "name": None, "country": None, "sectors": []} for span in spans]

    events = [
        {
            "type": event["type"],
            "modes": event["modes"],
            "sents": [1],
            "trigger": quote(event["trigger"]),
            "actor": entities(event["actor"]),
            "recipient": entities(event["recipient"]),
            "date": None,
            "date_end": None,
            "place": [{"text": quote(span), "name": None, "country": None} for span in event["place"]] or None,
            "contexts": [],
            "aux": event["auxiliary"],
            "says": quote(event["says"][0]) if event["says"] else None,
            "claim": event["claim"],
            "counts": [{"what": c["what"], "value": None, "max": None, "text": quote(c["span"])} for c in event["counts"]],
        }
        for event in passage["events"]
    ]
    document = {"id": name, "published": None, "publisher": "", "title": "", "text": text, "sentences": [[0, 0], [0, len(text)]]}
    return {"id": name, "events": events}, document


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the number and text of every line that should hold a passage."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def passages(path: Path) -> Iterator[Passage]:
    """Yield all passages of a file, in order.

    Raises:
        ValueError: A line breaks a rule of the format; the message names file, line and rule.
    """
    modes = modes_of()
    for number, line in lines_of(path):
        try:
            yield parse(line, modes)
        except ValueError as problem:
            raise ValueError(f"{path}:{number}: {problem}") from None


def check(paths: Sequence[Path], modes: Modes) -> tuple[list[str], Counter[str]]:
    """Return what is wrong with the passages of some files, and how often each type, mode and flag stands in them."""
    wrong: list[str] = []
    count: Counter[str] = Counter()
    first: dict[str, str] = {}
    for path in paths:
        for number, line in lines_of(path):
            here = f"{path}:{number}"
            try:
                passage = parse(line, modes)
            except ValueError as problem:
                wrong.append(f"{here}: {problem}")
                continue
            # A passage that stands twice would be trained on and held out at once.
            if (before := first.setdefault(passage["text"], here)) != here:
                wrong.append(f"{here}: written already at {before}")
            count["passages"] += 1
            count["without events"] += not passage["events"]
            for event in passage["events"]:
                count[event["type"]] += 1
                count.update(f"{event['type']}.{mode}" for mode in event["modes"])
                count.update([*event["auxiliary"], event["claim"]])
    return wrong, count


def main(files: Sequence[str]) -> int:
    """Check and count the passages of some files; return 1 when a line is bad, else 0."""
    modes = modes_of()
    wrong, count = check([Path(file) for file in files], modes)
    for line in wrong:
        print(line)
    print(json.dumps(dict(count.most_common()), indent=1))
    missing = [f"{code}.{mode}" for code, known in modes.items() for mode in sorted(known) if not count[f"{code}.{mode}"]]
    print(f"{len(wrong)} bad lines; modes without an example: {', '.join(missing) or 'none'}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
