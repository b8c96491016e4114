#!/usr/bin/env python3
"""A wrong phrase, a handle that never was, a case with nothing in it, a withdrawn one, and another's: one answer, byte for
byte, and nothing in its time that thousands of tries would show (design §5).

Where the answer leaves on a tick, as it does for every frame of the reporter's size, or at a whole step, as for the desk's
large ones, no difference may be found at all; not after a start either, when nothing is remembered of any case. Without
them the work itself is measured: medians within some microseconds, unless what is between them is the machine's noise.

OMZIEN_SAME_ROUNDS: tries of each kind by each client (100; more where there is one client).
"""

import concurrent.futures
import os
import pathlib
import statistics
import subprocess
import sys
import unittest
from collections.abc import Callable

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))
import kit  # noqa: E402  (tests/integration/kit.py)
import telling_apart  # noqa: E402

ROUNDS = int(os.environ.get("OMZIEN_SAME_ROUNDS", "100"))
CLIENTS = 8
TICK_MS = 20
P_MIN = 0.001  # of the smallest of ten comparisons, each counted ten times
MEDIANS_APART_US_MAX = 20
ATTEMPTS = 3  # of a measurement; a real difference shows in each
STARTS = 20
WORDS = 30  # of a case before it is withdrawn: to fold them takes half a millisecond
Times = dict[str, list[float]]  # microseconds by kind
KINDS = {"wrong phrase", "unknown handle", "empty case", "withdrawn case", "another's case"}


class SameAnswer(unittest.TestCase):
    def organisation(self, tick_ms: int, words: int = 0) -> tuple[kit.Organisation, str]:
        org = kit.Organisation()
        self.addCleanup(org.close)
        settings = (org.demo.dir / "gateway.toml").read_text()
        org.demo.write("gateway.toml", f"{settings}\n[pace]\nanswer_tick_ms = {tick_ms}\n")
        org.start()
        standing = org.report("It stands.", "--to", "mieke").json["phrase"]
        withdrawn = org.report("It goes.", "--to", "mieke").json["phrase"]
        for word in range(words):
            self.assertEqual(org.run("case", "say", f"Word {word}.", phrase=withdrawn).code, kit.DONE)
        self.assertEqual(org.run("case", "withdraw", "--yes", phrase=withdrawn).code, kit.DONE)
        return org, f"{standing}\n{withdrawn}\n"

    def ask(self, org: kit.Organisation, phrases: str, size: str, clients: int, plant: tuple[str, ...] = (), *,
            rounds: int) -> Times:
        """Microseconds by kind, of all clients together; every answer was the same."""
        def one(_: int) -> str:
            return subprocess.run([kit.BIN / "omzien-ask-for-nothing", org.demo.org, str(rounds), size, *plant],
                                  input=phrases, capture_output=True, text=True, check=True, timeout=300).stdout

        with concurrent.futures.ThreadPoolExecutor(clients) as pool:
            lines = [line for out in pool.map(one, range(clients)) for line in out.splitlines()]
        times: Times = {}
        answers = set()
        for line in lines:
            kind, nanoseconds, answer = line.split("\t")
            times.setdefault(kind, []).append(int(nanoseconds) / 1000)
            answers.add(answer)
        self.assertEqual(set(times), KINDS)
        self.assertEqual(len(answers), 1, "answers differ")
        return times

    @staticmethod
    def least_p(times: Times) -> float:
        kinds = sorted(times)
        pairs = [(one, other) for at, one in enumerate(kinds) for other in kinds[:at]]
        return min(1.0, len(pairs) * min(telling_apart.mann_whitney_p(times[one], times[other]) for one, other in pairs))

    @staticmethod
    def medians_apart(times: Times) -> float:
        medians = [statistics.median(values) for values in times.values()]
        return max(medians) - min(medians)

    def any_difference(self, times: Times) -> bool:
        return self.least_p(times) < P_MIN

    def work_differs(self, times: Times) -> bool:
        """Both: under load medians lie apart by chance, and of thousands of tries a single microsecond is no chance."""
        return self.medians_apart(times) > MEDIANS_APART_US_MAX and self.least_p(times) < P_MIN

    def shows(self, what: str, times: Times, differs: Callable[[Times], bool]) -> bool:
        medians = ", ".join(f"{kind} {statistics.median(values):.0f}" for kind, values in sorted(times.items()))
        tries = sum(len(values) for values in times.values())
        print(f"{what}: {tries} tries, median microseconds: {medians}; p = {self.least_p(times):.3f}", flush=True)
        return differs(times)

    def assert_alike(self, what: str, measure: Callable[[], Times], differs: Callable[[Times], bool]) -> None:
        each_time = all(self.shows(what, measure(), differs) for _ in range(ATTEMPTS))
        self.assertFalse(each_time, f"{what}: a difference each time")

    def assert_seen(self, what: str, measure: Callable[[], Times], differs: Callable[[Times], bool]) -> None:
        """A planted difference; a busy machine may hide it once."""
        seen = any(self.shows(f"{what}, planted", measure(), differs) for _ in range(ATTEMPTS))
        self.assertTrue(seen, f"{what}: a planted difference was not found")

    def test_on_the_tick_nothing_can_be_told_apart(self) -> None:
        org, phrases = self.organisation(TICK_MS)
        for size, clients, rounds in (("small", CLIENTS, ROUNDS), ("large", 1, 2 * ROUNDS)):
            with self.subTest(size=size):
                def ask(*plant: str, size: str = size, clients: int = clients, rounds: int = rounds) -> Times:
                    return self.ask(org, phrases, size, clients, plant, rounds=rounds)

                self.assert_alike(f"on the tick, {size}", ask, self.any_difference)
                self.assert_seen(f"on the tick, {size}", lambda ask=ask: ask("withdrawn case", "1000"),
                                 self.any_difference)

    @unittest.skipIf("OMZIEN_SANITIZED" in os.environ, "a sanitizer's work is not the gateway's")
    def test_without_a_tick_the_work_is_the_same(self) -> None:
        org, phrases = self.organisation(0)
        for size in ("small", "large"):
            with self.subTest(size=size):
                self.assert_alike(f"without a tick, {size}",
                                  lambda size=size: self.ask(org, phrases, size, 1, rounds=4 * ROUNDS),
                                  self.work_differs)
        self.assert_seen("without a tick",
                         lambda: self.ask(org, phrases, "small", 1, ("another's case", "100"), rounds=4 * ROUNDS),
                         self.work_differs)

    def test_the_first_question_after_a_start_can_not_be_told_apart(self) -> None:
        """What a case costs while nothing is remembered of it, its length would show."""
        org, phrases = self.organisation(TICK_MS, WORDS)

        def first_questions() -> Times:
            times: Times = {kind: [] for kind in KINDS}
            for _ in range(STARTS):
                org.stop()
                org.start()
                for kind, values in self.ask(org, phrases, "large", 1, rounds=1).items():
                    times[kind] += values
            return times

        self.assert_alike("first questions", first_questions, self.any_difference)


if __name__ == "__main__":
    unittest.main()
