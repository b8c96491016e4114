#!/usr/bin/env python3
"""The gate under attack, over real sockets, plain and TLS (design §6): each attack is bounded by a value with a name, gets
at most one opaque answer, and keeps no other client waiting. A second client is measured during every one of them.

OMZIEN_GATE_COPIES: how many do the same thing at once (8).
"""

import json
import os
import pathlib
import resource
import socket
import subprocess
import sys
import threading
import time
import unittest
from collections.abc import Callable

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))
import kit  # noqa: E402  (tests/integration/kit.py)
from attacks import ATTACKS, LIMITS, PATIENCE_SECONDS, Attack, Entrance, Seen, receive_all  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
COPIES = int(os.environ.get("OMZIEN_GATE_COPIES", "8"))
# A sanitizer's build is several times slower than what anybody runs.
WAIT_MS_MAX = 2_000 if "OMZIEN_SANITIZED" in os.environ else 250
SILENT = 10_000
SILENT_READ = 200  # of them, what came back is read
OWN_DESCRIPTORS = 128  # of the gateway: listeners, store, event loops, and those that are on their way out
ATTEMPTS = 4


def raise_descriptors() -> int:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


class Bystander:
    """bystander.py, in a process of its own so that nothing here slows it down."""

    def __init__(self, entrance: Entrance):
        self.process = subprocess.Popen(
            [sys.executable, HERE / "bystander.py", str(entrance.port), "tls" if entrance.tls else "plain"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say(self, word: str) -> None:
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()

    def begin(self) -> None:
        self.say("begin")

    def end(self) -> dict:
        self.say("end")
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=PATIENCE_SECONDS)
        self.process.stdout.close()


class Gate(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        raise_descriptors()
        cls.org = kit.Organisation()
        cls.addClassCleanup(cls.org.close)
        demo = cls.org.demo
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "2", "-subj", "/CN=gateway", "-keyout", demo.dir / "tls.key", "-out",
                        demo.dir / "tls.pem"], check=True, capture_output=True)
        settings = (demo.dir / "gateway.toml").read_text()
        settings = settings.replace('desk = "127.0.0.1', 'desk = "tls:127.0.0.1')
        limits = "".join(f"{key} = {value}\n" for key, value in LIMITS.items())
        demo.write("gateway.toml", f'{settings}\n[tls]\ncertificate = "tls.pem"\nkey = "tls.key"\n'
                                   f"[pace]\nanswer_tick_ms = 0\n[limits]\n{limits}")
        cls.org.start()
        cls.entrances = [Entrance("plain", cls.org.port, False), Entrance("tls", cls.org.port + 1, True)]
        cls.bystanders = {entrance.name: Bystander(entrance) for entrance in cls.entrances}
        for bystander in cls.bystanders.values():
            cls.addClassCleanup(bystander.close)

    def descriptors(self) -> int:
        return len(os.listdir(f"/proc/{self.org.gateway.pid}/fd"))

    def measured(self, work: Callable[[], None], in_time: Callable[[], bool] = lambda: True) -> dict:
        """Runs it while the second clients go on; how they fared. Whatever else this machine does holds them up too, and
        a gateway that does holds them up each time: so one good time in a few counts, for them and for the work."""
        for _ in range(ATTEMPTS):
            for bystander in self.bystanders.values():
                bystander.begin()
            work()
            time.sleep(0.05)
            told = [bystander.end() for bystander in self.bystanders.values()]
            worst = max(told, key=lambda one: one["worst_ms"])
            if worst["worst_ms"] <= WAIT_MS_MAX and in_time():
                break
        self.assertGreater(min(one["exchanges"] for one in told), 0, "the second clients had no turn")
        return worst

    def attack(self, attack: Attack, entrance: Entrance) -> list[Seen | BaseException]:
        seen: list[Seen | BaseException] = []

        def one() -> None:
            try:
                seen.append(attack.act(entrance))
            except BaseException as error:  # noqa: BLE001  (told by the main thread)
                seen.append(error)

        threads = [threading.Thread(target=one) for _ in range(COPIES)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return seen

    def check(self, attack: Attack, one: Seen | BaseException) -> None:
        if isinstance(one, BaseException):
            raise one
        self.assertEqual(one.frames(), attack.frames)
        self.assertEqual(one.refusals(), 1 if attack.refused else 0)
        self.assertEqual(one.answer.count(b"HTTP/1.1 "), attack.frames + one.refusals(), "something else was answered")
        self.assertLess(attack.seconds_min(), one.seconds + 0.001, "cut off before the time was up")

    def test_attacks(self) -> None:
        for attack in ATTACKS:
            for entrance in self.entrances:
                if attack.only not in ("", entrance.name):
                    continue
                with self.subTest(attack=attack.name, entrance=entrance.name, bound=attack.bound):
                    seen: list[Seen | BaseException] = []

                    def work(attack: Attack = attack, entrance: Entrance = entrance) -> None:
                        seen[:] = self.attack(attack, entrance)

                    def slowest() -> float:
                        return max((one.seconds for one in seen if isinstance(one, Seen)), default=0)

                    worst = self.measured(work, lambda attack=attack: slowest() < attack.seconds_max())
                    for one in seen:
                        self.check(attack, one)
                    self.assertLess(slowest(), attack.seconds_max())
                    self.assertLess(worst["worst_ms"], WAIT_MS_MAX, f"another client waited: {worst}")
                    print(f"{attack.name}, {entrance.name}: another client waited {worst['worst_ms']:.0f} ms at most "
                          f"({worst['exchanges']} exchanges)")

    def test_ten_thousand_silent_connections(self) -> None:
        wanted = min(SILENT, raise_descriptors() - 500)
        if wanted < SILENT:
            self.skipTest(f"{SILENT} silent connections: this process may open {wanted}")
        for entrance in self.entrances:
            with self.subTest(entrance=entrance.name, connections=wanted, bound="connections_max"):
                held: list[socket.socket] = []
                most = 0

                def work(entrance: Entrance = entrance) -> None:
                    nonlocal most
                    for one in held:
                        one.close()
                    held.clear()
                    for count in range(wanted):
                        held.append(entrance.raw())
                        if count % 500 == 0:
                            most = max(most, self.descriptors())

                worst = self.measured(work)
                heard = {receive_all(one) for one in held[::len(held) // SILENT_READ]}
                for one in held:
                    one.close()
                self.assertEqual(heard, {b""}, "who says nothing is told nothing")
                self.assertGreater(most, LIMITS["connections_max"] // 2, "nothing was counted")
                self.assertLess(most, LIMITS["connections_max"] + OWN_DESCRIPTORS)
                self.assertLess(worst["worst_ms"], WAIT_MS_MAX, f"another client waited: {worst}")
                print(f"{wanted} silent connections, {entrance.name}: the gateway held {most} descriptors at most, "
                      f"another client waited {worst['worst_ms']:.0f} ms at most ({worst['exchanges']} exchanges)")

    def test_the_second_client_would_notice(self) -> None:
        """What is measured can fail: a gateway that stands still for 400 ms."""
        import signal

        def work() -> None:
            self.org.gateway.send_signal(signal.SIGSTOP)
            time.sleep(0.4 if WAIT_MS_MAX < 400 else 2.5)
            self.org.gateway.send_signal(signal.SIGCONT)
            time.sleep(0.1)

        self.assertGreater(self.measured(work)["worst_ms"], WAIT_MS_MAX)


if __name__ == "__main__":
    unittest.main()
