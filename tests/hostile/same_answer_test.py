#!/usr/bin/env python3
"""A wrong phrase, a handle that never was, a case with nothing in it, a withdrawn one, and another's: one answer, byte
for byte, nothing in its time that thousands of tries would show, and for none of them more often no answer in time
(design §5). Of all that can be asked for a handle: to read it, most of all; its chunks, an entry more, a chunk more; and
of the desk's inbox, which has no handle.

Where the answer leaves on a tick, as it does for every frame of the reporter's size, or at a whole step, as for the
desk's large ones, no difference may be found at all; not after a start either, when nothing is remembered of any case.
Without them the work itself is measured: medians within some microseconds, unless what is between them is the machine's
noise.

Beside each measurement stands the same one with a wait, a `later` and another answer planted, which it must find.

OMZIEN_SAME_ROUNDS: tries of each kind by each client (100; more where there is one client, fewer but for reading).
"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys
import unittest
from collections.abc import Callable

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))
import kit  # noqa: E402  (tests/integration/kit.py)
from alike import LATER, Judge, Tries, describe, look, look_for  # noqa: E402

ROUNDS = int(os.environ.get("OMZIEN_SAME_ROUNDS", "100"))
CLIENTS = 8
TICK_MS = 20
MEDIANS_APART_US_MAX = 20
# Where a case stands or stood, an entry has its rows read: ten to thirty microseconds, several times that under load. For
# a reader another case's are read where there is none; in a transaction a damaged page among them would end everybody's
# (storage/sqlcipher/reader.h).
MEDIANS_APART_WRITING_US_MAX = 100
WRITES = {"append", "put_chunk"}
# A chunk is on the disk before it is answered, and that takes now one millisecond and now ten.
PLANTED_US = {"read": 100, "append": 400, "get_chunk": 100, "inbox": 100, "put_chunk": 3_000}
STARTS = 20
CASES = 3  # asked for once after each start
WORDS = 30  # of a case before it is withdrawn: to fold them takes half a millisecond
OWN = frozenset({"wrong phrase", "empty case", "withdrawn case"})  # whoever asks has the handle's key
STRANGERS = frozenset({"unknown handle", "another's case"})
ALL_ALIKE = (OWN | STRANGERS,)
# Whoever has the key is looked for in one row more, which takes ten microseconds, and knows that they have it.
BY_KEY = (OWN, STRANGERS)
# A chunk may be staged by whoever has a handle's key, before there is a case too; but whether there is one, or was, or
# whether a handle of somebody else's stands for one, it may not tell.
GROUPS = {"read": ALL_ALIKE, "append": ALL_ALIKE, "get_chunk": ALL_ALIKE, "inbox": ALL_ALIKE,
          "put_chunk": BY_KEY}
PLANTED = {"answer", LATER, "time"}


def plants(microseconds: int) -> tuple[str, ...]:
    return ("withdrawn case", "wait", str(microseconds), "empty case", "later", "4", "wrong phrase", "other", "20")


class SameAnswer(unittest.TestCase):
    def organisation(self, tick_ms: int, cases: int = 1, words: int = 0) -> tuple[kit.Organisation, str]:
        """And the phrases of so many pairs: a case that stands, and one that was withdrawn."""
        org = kit.Organisation()
        self.addCleanup(org.close)
        settings = (org.demo.dir / "gateway.toml").read_text()
        org.demo.write("gateway.toml", f"{settings}\n[pace]\nanswer_tick_ms = {tick_ms}\n")
        org.start()

        def pair(_: int) -> str:
            standing, withdrawn = (org.report("It stands or goes.", "--to", "mieke").json["phrase"] for _ in range(2))
            for word in range(words):
                for phrase in (standing, withdrawn):
                    self.assertEqual(org.run("case", "say", f"Word {word}.", phrase=phrase).code, kit.DONE)
            self.assertEqual(org.run("case", "withdraw", "--yes", phrase=withdrawn).code, kit.DONE)
            return f"{standing}\n{withdrawn}\n"

        with concurrent.futures.ThreadPoolExecutor(cases) as pool:
            return org, "".join(pool.map(pair, range(cases)))

    def ask(self, org: kit.Organisation, phrases: str, operation: str, size: str, plant: tuple[str, ...] = (), *,
            rounds: int, clients: int = 1) -> Tries:
        """What came of all clients together."""
        def one(_: int) -> str:
            command = [kit.BIN / "omzien-ask-for-nothing", org.demo.org, operation, str(rounds), size, *plant]
            return subprocess.run(command, input=phrases, capture_output=True, text=True, check=True, timeout=300).stdout

        tries = Tries()
        with concurrent.futures.ThreadPoolExecutor(clients) as pool:
            for out in pool.map(one, range(clients)):
                tries.add(out.splitlines())
        self.assertEqual(set(tries.answers), OWN | STRANGERS)
        return tries

    @staticmethod
    def rounds(operation: str) -> int:
        return ROUNDS if operation == "read" else max(1, ROUNDS // 4)

    def assert_alike(self, what: str, judge: Judge, measure: Callable[..., Tries], plant: tuple[str, ...]) -> None:
        """And that a difference would be seen."""
        tries, compared = look(measure, judge)
        print(f"{what}: {describe(tries, compared)}", flush=True)
        for kind, answers in tries.answers.items():
            self.assertLess(answers.count(LATER), len(answers), f"{kind} was never answered")
        with self.subTest(what):
            self.assertEqual(compared.differences(), set())
        tries, compared = look_for(PLANTED, lambda: measure(*plant), judge)
        print(f"{what}, planted: {describe(tries, compared)}", flush=True)
        with self.subTest(what, planted=plant):
            self.assertEqual(compared.differences(), PLANTED)

    def test_on_the_tick_nothing_can_be_told_apart(self) -> None:
        org, phrases = self.organisation(TICK_MS)
        for operation, groups in GROUPS.items():
            for size, clients, rounds in (("small", CLIENTS, self.rounds(operation)),
                                          ("large", 2, self.rounds(operation))):
                def measure(*plant: str, operation: str = operation, size: str = size, clients: int = clients,
                            rounds: int = rounds) -> Tries:
                    return self.ask(org, phrases, operation, size, plant, rounds=rounds, clients=clients)

                self.assert_alike(f"{operation} on the tick, {size}", Judge(groups), measure, plants(1_000))

    @unittest.skipIf("OMZIEN_SANITIZED" in os.environ, "a sanitizer's work is not the gateway's")
    def test_without_a_tick_the_work_is_the_same(self) -> None:
        org, phrases = self.organisation(0)
        for operation in GROUPS:
            for size, times in (("small", 4), ("large", 2)):
                def measure(*plant: str, operation: str = operation, size: str = size, times: int = times) -> Tries:
                    return self.ask(org, phrases, operation, size, plant, rounds=times * self.rounds(operation))

                apart_us = MEDIANS_APART_WRITING_US_MAX if operation in WRITES else MEDIANS_APART_US_MAX
                self.assert_alike(f"{operation} without a tick, {size}", Judge(BY_KEY, apart_us), measure,
                                  plants(PLANTED_US[operation]))

    def test_the_first_question_after_a_start_can_not_be_told_apart(self) -> None:
        """What a case costs while nothing is remembered of it, its length would show."""
        org, phrases = self.organisation(TICK_MS, CASES, WORDS)

        for operation in ("read", "append"):  # a reader's pages, and the writer's
            def first_questions(*plant: str, operation: str = operation) -> Tries:
                tries = Tries()
                for _ in range(STARTS):
                    org.stop()
                    org.start()
                    tries.take(self.ask(org, phrases, operation, "large", plant, rounds=CASES))
                return tries

            self.assert_alike(f"first questions, {operation}", Judge(GROUPS[operation]), first_questions, plants(2_000))


if __name__ == "__main__":
    unittest.main()
