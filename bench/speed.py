"""Measure speed: ``python -m bench.speed`` codes 100 articles of about 350 words, in one process and in two.

The articles are made from the texts of ``tests/corpus``, several strung together, so no other data is needed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bench.coding import peak_memory, versions
from bench.shared import REPOSITORY, read_jsonl
from dateline.pipeline import NO_MODEL

CORPUS = REPOSITORY / "tests" / "corpus" / "documents.jsonl"
WORDS = 350
START = "import dateline, time; t = time.perf_counter(); dateline.load(); print(time.perf_counter() - t)"


def synthetic(corpus: Sequence[dict[str, Any]], articles: int, words: int = WORDS) -> list[dict[str, Any]]:
    """String the corpus's texts together into articles of about `words` words; no two begin alike until all have."""
    out: list[dict[str, Any]] = []
    for number in range(articles):
        parts: list[str] = []
        count = 0
        for document in islice(cycle(corpus), number, number + len(corpus)):
            for paragraph in document["text"].split("\n\n"):
                if count < words:
                    parts.append(paragraph)
                    count += len(paragraph.split())
        published = corpus[number % len(corpus)].get("published")
        out.append({"id": f"speed-{number:03d}", "text": "\n\n".join(parts), "published": published, "language": "en"})
    return out


def code_share(documents: list[dict[str, Any]]) -> float:
    """Code some documents in a process of their own; return the seconds that coding took, loading left out."""
    return one_process(documents)[0]


def one_process(documents: list[dict[str, Any]], model: str | None = None) -> tuple[float, int]:
    """Return the seconds that coding takes in this process with a coder already loaded, and the number of events."""
    import dateline

    coder = dateline.load(config=dateline.Config(model=model))
    list(coder.stream(documents[:2]))  # the first call fills caches that a long run fills once
    begun = time.perf_counter()
    events = sum(len(result.to_dicts()) for result in coder.stream(documents) if hasattr(result, "to_dicts"))
    return time.perf_counter() - begun, events


def many_processes(documents: list[dict[str, Any]], processes: int) -> tuple[float, float]:
    """Return the seconds that coding takes with several processes: their start included, and that of the slowest without."""
    shares = [documents[n::processes] for n in range(processes)]
    begun = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        coding = pool.map(code_share, shares, chunksize=1)
    return time.perf_counter() - begun, max(coding)


def start_up() -> tuple[float, float]:
    """Return the seconds of a whole new process that imports and loads, and those of the loading alone."""
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", START], check=True, capture_output=True, text=True, cwd=REPOSITORY)  # noqa: S603 - our own code
    return time.perf_counter() - begun, float(done.stdout)


def main(argv: list[str] | None = None, corpus: Path = CORPUS) -> int:
    """Print the figures; loading is told apart from coding."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description="Measure articles a second, memory and start-up time.")
    parser.add_argument("--articles", type=int, default=100, help="how many articles of about 350 words (default: 100)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args(argv)
    if not corpus.exists():
        sys.stdout.write("speed: skipped: tests/corpus/documents.jsonl is not there\n")
        return 0
    documents = synthetic(read_jsonl(corpus), chosen.articles)
    process, loading = start_up()
    alone, events = one_process(documents)
    peak = peak_memory()
    lexicon, _ = one_process(documents, NO_MODEL)
    together, coding = many_processes(documents, 2)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)
    figures = {
        "articles": len(documents),
        "words_per_article": round(sum(len(d["text"].split()) for d in documents) / len(documents)),
        "events": events,
        "articles_per_second_one_process": round(len(documents) / alone, 2),
        "articles_per_second_without_the_learned_coder": round(len(documents) / lexicon, 2),
        "time_with_the_learned_coder_to_time_without": round(alone / lexicon, 2),
        "articles_per_second_two_processes": round(len(documents) / coding, 2),
        "articles_per_second_two_processes_with_start": round(len(documents) / together, 2),
        "peak_memory_mib": peak,
        "peak_memory_of_a_second_process_mib": children,
        "start_up_seconds": round(process, 2),
        "loading_seconds": round(loading, 2),
        "versions": versions(),
    }
    if chosen.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return 0
    for name, value in figures.items():
        shown = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value
        sys.stdout.write(f"{name.replace('_', ' '):<46}{shown}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
