"""Whether two samples could come from one source: what a permutation of their labels would give, and what somebody who
learns from half of them would guess of the other half. Python's standard library alone."""

import math
import random
import statistics
from collections.abc import Callable, Sequence

PERMUTATIONS = 2_000


def ranks(values: Sequence[float]) -> list[float]:
    """From 1; equal values share the mean of their ranks."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    result = [0.0] * len(values)
    begin = 0
    while begin < len(order):
        end = begin
        while end < len(order) and values[order[end]] == values[order[begin]]:
            end += 1
        for at in order[begin:end]:
            result[at] = (begin + 1 + end) / 2
        begin = end
    return result


def mann_whitney_p(one: Sequence[float], other: Sequence[float]) -> float:
    """Two-sided, by the normal approximation with the correction for ties (good from some twenty values on)."""
    all_ranks = ranks([*one, *other])
    count, first, second = len(all_ranks), len(one), len(other)
    u = sum(all_ranks[:first]) - first * (first + 1) / 2
    ties: dict[float, int] = {}
    for rank in all_ranks:
        ties[rank] = ties.get(rank, 0) + 1
    tied = sum(times ** 3 - times for times in ties.values())
    variance = first * second / 12 * ((count + 1) - tied / (count * (count - 1)))
    if variance <= 0:
        return 1.0
    z = (abs(u - first * second / 2) - 0.5) / math.sqrt(variance)
    return math.erfc(max(0.0, z) / math.sqrt(2))


def fisher_p(some: int, one: int, other_some: int, other: int) -> float:
    """Two-sided and exact: how often chance alone deals out at least as unevenly what came out of `one` and `other` tries
    together, `some` and `other_some` times. Good for any numbers, however small."""
    together = some + other_some

    def weight(at: int) -> int:
        return math.comb(one, at) * math.comb(other, together - at)

    found = weight(some)
    possible = [weight(at) for at in range(max(0, together - other), min(one, together) + 1)]
    return sum(each for each in possible if each <= found) / sum(possible)


def permutation_p(one: Sequence, other: Sequence, distance: Callable[[Sequence, Sequence], float],
                  chance: random.Random, permutations: int = PERMUTATIONS) -> float:
    """How often shuffled labels give a distance at least as large."""
    found = distance(one, other)
    together = [*one, *other]
    larger = 0
    for _ in range(permutations):
        chance.shuffle(together)
        larger += distance(together[:len(one)], together[len(one):]) >= found
    return (larger + 1) / (permutations + 1)


def rank_sum_distance(one: Sequence[Sequence[float]], other: Sequence[Sequence[float]]) -> float:
    """Of vectors of features whose columns were made ranks beforehand: the largest difference of a column's means."""
    width = len(one[0])
    return max(abs(sum(row[at] for row in one) / len(one) - sum(row[at] for row in other) / len(other))
               for at in range(width))


def columns_ranked(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """Each column replaced by its ranks, scaled to a standard deviation of about 1, so that columns compare."""
    columns = []
    for at in range(len(rows[0])):
        column = ranks([row[at] for row in rows])
        mean = (len(column) + 1) / 2
        scale = math.sqrt(sum((value - mean) ** 2 for value in column) / len(column))
        columns.append([(value - mean) / scale if scale > 0 else 0.0 for value in column])
    return [list(row) for row in zip(*columns, strict=True)]


class Logistic:
    """Plain logistic regression by gradient descent, with a little weight decay."""

    STEPS, RATE, DECAY = 300, 0.3, 0.05

    def __init__(self, rows: Sequence[Sequence[float]], labels: Sequence[int]):
        self.weights = [0.0] * len(rows[0])
        self.bias = 0.0
        for _ in range(self.STEPS):
            slopes, slope = [0.0] * len(self.weights), 0.0
            for row, label in zip(rows, labels, strict=True):
                error = self.probability(row) - label
                slope += error
                for at, value in enumerate(row):
                    slopes[at] += error * value
            self.bias -= self.RATE * slope / len(rows)
            for at, value in enumerate(slopes):
                self.weights[at] -= self.RATE * (value / len(rows) + self.DECAY * self.weights[at])

    def probability(self, row: Sequence[float]) -> float:
        score = self.bias + sum(weight * value for weight, value in zip(self.weights, row, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def accuracy_when_learned(one: Sequence[Sequence[float]], other: Sequence[Sequence[float]], chance: random.Random,
                          folds: int = 5, turns: int = 5) -> float:
    """Cross-validated: each fifth is guessed by what was learned from the rest. 0.5 is what guessing gives.

    Of several divisions into fifths, since of 400 visits one alone says six points more or less as chance divides them.
    """
    rows = columns_ranked([*one, *other])
    labelled = list(zip(rows, [0] * len(one) + [1] * len(other), strict=True))
    return statistics.fmean(_accuracy_once(labelled, chance, folds) for _ in range(turns))


def _accuracy_once(labelled: Sequence[tuple[Sequence[float], int]], chance: random.Random, folds: int) -> float:
    # As many of each in every fold: whoever counts what is left would know something else.
    parts: list[list] = [[] for _ in range(folds)]
    for label in (0, 1):
        mine = [pair for pair in labelled if pair[1] == label]
        chance.shuffle(mine)
        for at, pair in enumerate(mine):
            parts[at % folds].append(pair)
    right = 0
    for at, part in enumerate(parts):
        rest = [pair for number, other_part in enumerate(parts) if number != at for pair in other_part]
        model = Logistic([row for row, _ in rest], [label for _, label in rest])
        right += sum((model.probability(row) > 0.5) == (label == 1) for row, label in part)
    return right / len(labelled)
