"""Average linkage: who belongs together, given how likely each pair is to be one (Sokal and Michener 1958, UPGMA).

The sums between groups are kept and added up when two groups join, so that a long document stays cheap.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field

Pair = tuple[int, int]
"""Two members, the lower number first."""


@dataclass(slots=True)
class Group:
    """Members in the order in which they joined, and for each joining the pair that spoke most for it."""

    members: list[int]
    joined_by: list[Pair] = field(default_factory=list)


def linked(size: int, likely: Mapping[Pair, float], threshold: float) -> list[Group]:
    """Join the two groups whose members agree best on average, until none reach the threshold.

    Args:
        size: How many there are; they are numbered from 0.
        likely: Probability (0-1) of each pair to be one; two groups with a pair that is not in it are never joined.
        threshold: The least mean probability (0-1) at which two groups join.

    Returns:
        The groups in the order of their first members. Of two joinings of the same mean the earlier members go first.
    """
    groups = {number: Group([number]) for number in range(size)}
    sums: list[dict[int, float]] = [{} for _ in range(size)]
    for (x, y), probability in likely.items():
        sums[x][y] = sums[y][x] = probability
    waiting = [(-probability, x, y, 1, 1) for (x, y), probability in likely.items() if probability >= threshold]
    heapq.heapify(waiting)
    while waiting:
        _, x, y, of_x, of_y = heapq.heappop(waiting)
        if x not in groups or y not in groups or (len(groups[x].members), len(groups[y].members)) != (of_x, of_y):
            continue  # one of the two has grown or gone since
        _join(groups, sums, likely, x, y)
        ours = groups[x].members
        for other, total in sums[x].items():
            mean = total / (len(ours) * len(groups[other].members))
            if mean >= threshold:
                first, second = min(x, other), max(x, other)
                heapq.heappush(waiting, (-mean, first, second, len(groups[first].members), len(groups[second].members)))
    return list(groups.values())


def _join(groups: dict[int, Group], sums: list[dict[int, float]], likely: Mapping[Pair, float], x: int, y: int) -> None:
    """Put the group `y` into the group `x`; who cannot be joined to one of them cannot be joined to both."""
    ours, theirs = groups[x], groups.pop(y)
    best = max(((min(i, j), max(i, j)) for i in ours.members for j in theirs.members), key=lambda pair: (likely[pair], pair))
    ours.joined_by += [*theirs.joined_by, best]
    ours.members += theirs.members
    for other in sums[x].keys() | sums[y].keys():
        from_x, from_y = sums[x].pop(other, None), sums[y].get(other)
        sums[other].pop(x, None)
        sums[other].pop(y, None)
        if other not in (x, y) and from_x is not None and from_y is not None:
            sums[x][other] = sums[other][x] = from_x + from_y
    sums[y] = {}
