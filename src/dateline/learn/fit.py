"""Fitting the network: batches of whole documents, one loss a head, a warm-up and a linear decay, seeds fixed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from dateline.learn.lessons import Lesson, batch_of
from dateline.learn.network import Coder

PARTS = (
    # head, target, weight (None: all count), what a right answer weighs beside a wrong one, what the head weighs
    ("sentence", "sentence_target", "sentence_weight", 2.0, 8.0),
    ("trigger", "trigger_target", "trigger_weight", 3.0, 15.0),
    ("candidate", "candidate_target", "candidate_weight", 1.0, 1.0),
    ("attributes", "attribute_target", "attribute_weight", 2.0, 8.0),
    ("role", "role_target", "role_weight", 2.0, 4.0),
    ("same", "same_target", None, 1.0, 0.7),
)
"""The losses. Means over rows differ by their share of right answers (a token is seldom a trigger), hence the head weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How to train.

    Attributes:
        epochs: Passes over all lessons.
        rate: Highest learning rate of the encoder; that of the heads is `head_rate`.
        pieces: Word pieces a batch, about.
        frozen: Whether the word embeddings are kept as they are (half of all weights, and the least in need of change).
        half: Whether products are taken in bfloat16 (twice as fast on processors that know it).
    """

    epochs: int = 8
    rate: float = 1.3e-4
    head_rate: float = 1e-3
    pieces: int = 500
    warm: float = 0.08
    decay: float = 0.01
    frozen: bool = True
    half: bool = True
    seed: int = 1


def size_of(lesson: Lesson) -> int:
    """Return the number of word pieces of a lesson."""
    return sum(len(ids) for ids, _ in lesson.arrays["windows"])


def batches(lessons: Sequence[Lesson], pieces: int, chance: random.Random) -> list[list[Lesson]]:
    """Deal the lessons out anew, those of like length together, so that little is padded."""
    order = sorted(lessons, key=lambda x: (min(size_of(x), 192) + chance.randrange(24), chance.random()))
    out: list[list[Lesson]] = [[]]
    held = 0
    for lesson in order:
        if out[-1] and held + size_of(lesson) > pieces:
            out.append([])
            held = 0
        out[-1].append(lesson)
        held += size_of(lesson)
    chance.shuffle(out)
    return [b for b in out if b]


def as_tensors(batch: dict[str, Any]) -> dict[str, Any]:
    """Turn arrays into tensors; sizes stay numbers."""
    return {k: torch.from_numpy(v) if isinstance(v, np.ndarray) else v for k, v in batch.items()}


def loss_of(scores: dict[str, Tensor], batch: dict[str, Tensor]) -> Tensor:
    """Return the weighted sum of the heads' losses."""
    total = torch.zeros(())
    for head, target, weight, positive, share in PARTS:
        found, wanted = scores[head], batch[target]
        if head == "candidate":
            found = found[torch.arange(len(found)), batch["candidate_type"]]
        if not wanted.numel():
            continue
        each = functional.binary_cross_entropy_with_logits(found, wanted, reduction="none", pos_weight=torch.tensor(positive))
        w = batch[weight] if weight else torch.ones_like(wanted)
        total = total + share * (each * w).sum() / w.sum().clamp(min=1.0)
    return total


def fit(network: Coder, lessons: Sequence[Lesson], course: Course, report: Callable[[int, float], None] | None = None) -> None:
    """Train a network in place.

    Args:
        network: The network; its encoder may have been trained before.
        lessons: What to learn.
        course: How.
        report: Called after each epoch with its number (from 1) and mean loss.
    """
    torch.manual_seed(course.seed)
    chance = random.Random(course.seed)  # noqa: S311 - shuffles, nothing secret
    if course.frozen:
        for p in (network.encoder.words.weight, network.encoder.positions.weight, network.encoder.kinds.weight):
            p.requires_grad_(False)
    groups = [
        {"params": [p for p in network.encoder.parameters() if p.requires_grad], "lr": course.rate},
        {"params": [p for n, p in network.named_parameters() if not n.startswith("encoder.")], "lr": course.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=course.decay, fused=True)
    steps = course.epochs * len(batches(lessons, course.pieces, random.Random(0)))  # noqa: S311
    warm = max(1, int(course.warm * steps))
    # the number of batches may differ by a few between epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min((n + 1) / warm, max(0.02, (steps - n) / max(1, steps - warm))))
    network.train()
    for epoch in range(1, course.epochs + 1):
        losses = []
        for dealt in batches(lessons, course.pieces, chance):
            batch = as_tensors(batch_of(dealt))
            optimizer.zero_grad(set_to_none=True)
            with torch.autocast("cpu", torch.bfloat16, enabled=course.half):
                scores = network(batch)
            loss = loss_of({name: x.float() for name, x in scores.items()}, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], 1.0)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        if report is not None:
            report(epoch, sum(losses) / max(1, len(losses)))
    network.eval()
