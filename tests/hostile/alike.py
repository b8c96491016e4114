"""Whether kinds of asking can be told apart by what comes back: by the answer itself, by the time it took, or by how often
there was none in time (`later`). Nothing that was asked is left out: a `later` that one kind gets more often is an answer.

A look that leaves a doubt is not thrown away for another one: it goes on, and all of it together decides.
"""

import dataclasses
import itertools
import statistics
from collections.abc import Callable, Iterable

import telling_apart

P_MIN = 0.001  # of the smallest of all comparisons, each counted as often as there are comparisons
P_DOUBT = 0.05  # below this one look is not enough
LOOKS = 4
LATER = "later"
Groups = tuple[frozenset[str], ...]


@dataclasses.dataclass
class Tries:
    """Microseconds and answers, by kind, in the order in which they were asked for."""

    microseconds: dict[str, list[float]] = dataclasses.field(default_factory=dict)
    answers: dict[str, list[str]] = dataclasses.field(default_factory=dict)

    def add(self, lines: Iterable[str]) -> None:
        """As omzien-ask-for-nothing prints them."""
        for line in lines:
            kind, nanoseconds, answer = line.split("\t")
            self.microseconds.setdefault(kind, []).append(int(nanoseconds) / 1000)
            self.answers.setdefault(kind, []).append(answer)

    def take(self, other: "Tries") -> None:
        for kind in other.answers:
            self.microseconds.setdefault(kind, []).extend(other.microseconds[kind])
            self.answers.setdefault(kind, []).extend(other.answers[kind])

    def later(self, kind: str) -> int:
        return self.answers[kind].count(LATER)

    def count(self) -> int:
        return sum(len(answers) for answers in self.answers.values())


@dataclasses.dataclass(frozen=True)
class Judge:
    """`groups`: the kinds that must be alike; whoever asks knows which of them their question belongs to.

    `medians_apart_us`: what medians may differ by whatever p says: of thousands of tries a single microsecond of work is no
    chance. Under load medians lie apart by chance: so only where p says it, too.
    """

    groups: Groups
    medians_apart_us: float = 0

    def pairs(self) -> list[tuple[str, str]]:
        return [pair for group in self.groups for pair in itertools.combinations(sorted(group), 2)]

    def p_of_time(self, tries: Tries) -> float:
        each = [telling_apart.mann_whitney_p(tries.microseconds[one], tries.microseconds[other])
                for one, other in self.pairs()]
        return min(1.0, len(each) * min(each))

    def p_of_later(self, tries: Tries) -> float:
        each = [telling_apart.fisher_p(tries.later(one), len(tries.answers[one]), tries.later(other),
                                       len(tries.answers[other])) for one, other in self.pairs()]
        return min(1.0, len(each) * min(each))

    def medians_apart(self, tries: Tries) -> float:
        return max(abs(statistics.median(tries.microseconds[one]) - statistics.median(tries.microseconds[other]))
                   for one, other in self.pairs())

    def answers(self, tries: Tries, group: frozenset[str]) -> set[str]:
        return {answer for kind in group for answer in tries.answers[kind]} - {LATER}

    def differences(self, tries: Tries, p_min: float = P_MIN) -> set[str]:
        found = set()
        if any(len(self.answers(tries, group)) > 1 for group in self.groups):
            found.add("answer")
        if self.p_of_later(tries) < p_min:
            found.add(LATER)
        if self.p_of_time(tries) < p_min and self.medians_apart(tries) > self.medians_apart_us:
            found.add("time")
        return found

    def describe(self, tries: Tries) -> str:
        medians = ", ".join(f"{kind} {statistics.median(values):.0f}"
                            for kind, values in sorted(tries.microseconds.items()))
        later = ", ".join(str(tries.later(kind)) for kind in sorted(tries.answers))
        return (f"{tries.count()} tries, median microseconds: {medians} (p = {self.p_of_time(tries):.3f}); "
                f"later: {later} (p = {self.p_of_later(tries):.3f})")


def look(measure: Callable[[], Tries], judge: Judge) -> tuple[Tries, set[str]]:
    """What was seen, and what differs."""
    tries = measure()
    for _ in range(LOOKS - 1):
        if not judge.differences(tries, P_DOUBT):
            break
        tries.take(measure())
    return tries, judge.differences(tries)


def look_for(planted: set[str], measure: Callable[[], Tries], judge: Judge) -> tuple[Tries, set[str]]:
    """The same where they must be found, and no longer than it takes; never longer than above."""
    tries = measure()
    for _ in range(LOOKS - 1):
        if judge.differences(tries) >= planted:
            break
        tries.take(measure())
    return tries, judge.differences(tries)
