"""Average linkage, held against a plain version that weighs every two groups anew at each step."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dateline.merge.linkage import Pair, linked


def members(size: int, likely: dict[Pair, float], threshold: float = 0.5) -> list[list[int]]:
    return [sorted(group.members) for group in linked(size, likely, threshold)]


def plain(size: int, likely: dict[Pair, float], threshold: float) -> list[list[int]]:
    """Join the two groups with the best mean until none is good enough."""
    groups = [[n] for n in range(size)]
    while True:
        best: tuple[float, int, int] | None = None
        for x, y in combinations(range(len(groups)), 2):
            pairs = [(min(i, j), max(i, j)) for i in groups[x] for j in groups[y]]
            if all(pair in likely for pair in pairs):
                mean = sum(likely[pair] for pair in pairs) / len(pairs)
                if mean >= threshold and (best is None or mean > best[0]):
                    best = (mean, x, y)
        if best is None:
            return [sorted(group) for group in groups]
        groups[best[1]] += groups.pop(best[2])


def test_the_best_pair_joins_first_and_the_mean_decides_on() -> None:
    assert members(3, {(0, 1): 0.9, (0, 2): 0.6, (1, 2): 0.3}) == [[0, 1], [2]]
    assert members(3, {(0, 1): 0.9, (0, 2): 0.6, (1, 2): 0.5}) == [[0, 1, 2]]


def test_the_threshold_itself_is_enough() -> None:
    assert members(2, {(0, 1): 0.5}) == [[0, 1]]
    assert members(2, {(0, 1): 0.499}) == [[0], [1]]


def test_a_pair_that_is_not_allowed_keeps_its_groups_apart() -> None:
    assert members(3, {(0, 1): 0.9, (1, 2): 0.9}) == [[0, 1], [2]]


def test_each_joining_keeps_the_pair_that_spoke_most_for_it() -> None:
    (group,) = linked(3, {(0, 1): 0.9, (0, 2): 0.6, (1, 2): 0.8}, 0.5)
    assert group.joined_by == [(0, 1), (1, 2)]


def test_groups_stand_in_the_order_of_their_first_members() -> None:
    assert members(4, {(1, 2): 0.9}) == [[0], [1, 2], [3]]
    assert members(0, {}) == []


def test_the_order_in_which_pairs_are_told_does_not_matter() -> None:
    likely = {(0, 1): 0.7, (0, 2): 0.7, (1, 2): 0.1, (2, 3): 0.7, (0, 3): 0.2, (1, 3): 0.6}
    assert members(4, likely) == members(4, dict(reversed(likely.items())))


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, dict[Pair, float]]:
    """Some pairs of up to seven, each with a probability of its own: no two joinings then have the same mean."""
    size = draw(st.integers(0, 7))
    pairs = draw(st.permutations(list(combinations(range(size), 2))))
    kept = draw(st.integers(0, len(pairs)))
    # Powers of a fraction: sums of different pairs differ, so that ties decide nothing.
    return size, {pair: 0.97 ** (n * 1.37) for n, pair in enumerate(pairs[:kept], 1)}


@given(tables(), st.sampled_from([0.3, 0.5, 0.7, 0.9]))
def test_it_joins_what_the_plain_version_joins(table: tuple[int, dict[Pair, float]], threshold: float) -> None:
    size, likely = table
    assert members(size, likely, threshold) == plain(size, likely, threshold)
