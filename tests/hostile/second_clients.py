"""Clients that want nothing but their exchange while something is done to the gateway: a bystander.py at each entrance,
in a process of its own so that nothing here slows it down."""

import json
import pathlib
import subprocess
import sys
import time
from collections.abc import Callable

from attacks import PATIENCE_SECONDS, Entrance

HERE = pathlib.Path(__file__).resolve().parent
ATTEMPTS = 4
# A clock that asks for nothing but to be woken is 2 ms late at most on a machine that has time. Where it is later,
# whoever has to be woken several times until an answer is there may be later than any bound, whatever the gateway does.
CLOCK_LATE_MS_MAX = 20


class Bystander:
    def __init__(self, entrance: Entrance):
        self.process = subprocess.Popen(
            [sys.executable, HERE / "bystander.py", str(entrance.port), "tls" if entrance.tls else "plain"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say(self, word: str) -> None:
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()

    def end(self) -> dict:
        self.say("end")
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=PATIENCE_SECONDS)
        self.process.stdout.close()


class SecondClients:
    def __init__(self, entrances: list[Entrance], wait_ms_max: float):
        self.bystanders = [Bystander(entrance) for entrance in entrances]
        self.wait_ms_max = wait_ms_max

    def close(self) -> None:
        for bystander in self.bystanders:
            bystander.close()

    def once(self, work: Callable[[], None]) -> dict:
        """How the one fared that waited longest, and how late any of their clocks was."""
        for bystander in self.bystanders:
            bystander.say("begin")
        work()
        time.sleep(0.05)
        told = [bystander.end() for bystander in self.bystanders]
        worst = max(told, key=lambda one: one["worst_ms"])
        return worst | {"exchanges": min(one["exchanges"] for one in told),
                        "clock_late_ms": max(one["clock_late_ms"] for one in told)}

    def during(self, work: Callable[[], None], went_well: Callable[[], bool] = lambda: True) -> dict:
        """The first measurement counts, unless their own clocks were late: then it was the machine, or may have been,
        and it is measured again. `excused`: how late they were where it was."""
        excused: list[float] = []
        while True:
            worst = self.once(work)
            good = worst["worst_ms"] <= self.wait_ms_max and went_well()
            late = worst["clock_late_ms"]
            if good or late <= CLOCK_LATE_MS_MAX or len(excused) + 1 == ATTEMPTS:
                return worst | {"excused": excused}
            print(f"once more, the machine was busy: {worst}", flush=True)
            excused.append(late)
