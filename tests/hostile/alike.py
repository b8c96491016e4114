"""Whether kinds of asking can be told apart by what comes back: by the answer itself, by the time it took, or by how
often there was none in time (`later`). Nothing that was asked is left out: a `later` that one kind gets more often is
an answer.

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
class Compared:
    """How unlikely it is that chance alone has it so, and how far medians lie apart."""

    other_answers: bool
    p_of_later: float
    p_of_time: float
    medians_apart_us: float
    medians_apart_us_max: float

    def differences(self, p_min: float = P_MIN) -> set[str]:
        found = {
            "answer": self.other_answers,
            LATER: self.p_of_later < p_min,
            "time": self.p_of_time < p_min and self.medians_apart_us > self.medians_apart_us_max,
        }
        return {what for what, is_so in found.items() if is_so}


@dataclasses.dataclass(frozen=True)
class Judge:
    """`groups`: the kinds that must be alike; whoever asks knows which of them their question belongs to.

    `medians_apart_us_max`: what medians may differ by whatever p says: of thousands of tries a single microsecond of work
    is no chance. Under load medians lie apart by chance: so only where p says it, too.
    """

    groups: Groups
    medians_apart_us_max: float = 0

    def compare(self, tries: Tries) -> Compared:
        times, answers = tries.microseconds, tries.answers
        pairs = [pair for group in self.groups for pair in itertools.combinations(sorted(group), 2)]
        of_time = [telling_apart.mann_whitney_p(times[one], times[other]) for one, other in pairs]
        of_later = [telling_apart.fisher_p(tries.later(one), len(answers[one]), tries.later(other), len(answers[other]))
                    for one, other in pairs]
        apart = [abs(statistics.median(times[one]) - statistics.median(times[other])) for one, other in pairs]
        said = [{answer for kind in group for answer in answers[kind]} - {LATER} for group in self.groups]
        return Compared(any(len(each) > 1 for each in said), min(1.0, len(pairs) * min(of_later)),
                        min(1.0, len(pairs) * min(of_time)), max(apart), self.medians_apart_us_max)


def describe(tries: Tries, compared: Compared) -> str:
    medians = ", ".join(f"{kind} {statistics.median(values):.0f}" for kind, values in sorted(tries.microseconds.items()))
    later = ", ".join(str(tries.later(kind)) for kind in sorted(tries.answers))
    return (f"{tries.count()} tries, median microseconds: {medians} (p = {compared.p_of_time:.3f}); "
            f"later: {later} (p = {compared.p_of_later:.3f})")


def _look(measure: Callable[[], Tries], judge: Judge, is_enough: Callable[[Compared], bool]) -> tuple[Tries, Compared]:
    tries = measure()
    compared = judge.compare(tries)
    for _ in range(LOOKS - 1):
        if is_enough(compared):
            break
        tries.take(measure())
        compared = judge.compare(tries)
    return tries, compared


def look(measure: Callable[[], Tries], judge: Judge) -> tuple[Tries, Compared]:
    return _look(measure, judge, lambda compared: not compared.differences(P_DOUBT))


def look_for(planted: set[str], measure: Callable[[], Tries], judge: Judge) -> tuple[Tries, Compared]:
    """The same where they must be found, and no longer than it takes; never longer than above."""
    return _look(measure, judge, lambda compared: compared.differences() >= planted)
