#!/usr/bin/env python3
"""Visits that only read and visits that report or check look the same to whoever sees the line (design §5): a real browser,
the real app, the real gateway over TLS, a recording proxy between them, and the packets.

scripts/rhythm runs this longer. OMZIEN_RHYTHM_VISITS: of each sort (20); OMZIEN_RHYTHM_HASTE: how many times faster the
page's clock goes (10); OMZIEN_RHYTHM_STAY_SECONDS: of the page's time (70); OMZIEN_RHYTHM_LANES: visits at a time (3).
"""

import asyncio
import collections
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "integration"), str(HERE.parent / "hostile")]
import features  # noqa: E402
import kit  # noqa: E402  (tests/integration/kit.py)
import telling_apart  # noqa: E402  (tests/hostile/telling_apart.py)
from recording import Packets, Proxy, Recording  # noqa: E402

VISITS = int(os.environ.get("OMZIEN_RHYTHM_VISITS", "20"))
HASTE = float(os.environ.get("OMZIEN_RHYTHM_HASTE", "10"))
STAY_SECONDS = float(os.environ.get("OMZIEN_RHYTHM_STAY_SECONDS", "70"))
LANES = int(os.environ.get("OMZIEN_RHYTHM_LANES", "3"))
# Visits of each plant: answers that come later show in every one, one request more does not.
PLANTED = {"delay": min(VISITS, max(12, VISITS // 4)), "extra": min(VISITS, max(20, VISITS // 4))}
RESULTS = os.environ.get("OMZIEN_RHYTHM_RESULTS", "")
TICK_MS = 100
PLANTED_DELAY_SECONDS = 0.05
P_MIN = 0.01
ACCURACY_MAX = 0.55
ATTEMPTS = 1 if VISITS >= 200 else 2  # so few are told apart by chance now and then; a difference that is there shows again
TIMES_TRIED = 3  # a visit that a browser did not manage


class Visits:
    """Makes them, so many at a time, in an order by chance, and records each."""

    def __init__(self, org: kit.Organisation):
        self.org = org
        self.proxy = Proxy(org.port)
        self.packets = Packets()
        self.waiting: dict[int, asyncio.Future] = {}
        self.count = 0
        self.again = 0

    async def begin(self) -> None:
        self.node = await asyncio.create_subprocess_exec(
            str(kit.PROJECT / "scripts/lib/with-node"), "node", "rhythm/visits.js", cwd=kit.PROJECT / "tests/browser",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
        self.reading = asyncio.create_task(self.read_answers())

    async def end(self) -> None:
        self.node.stdin.close()
        await self.node.wait()
        self.reading.cancel()

    async def read_answers(self) -> None:
        while line := await self.node.stdout.readline():
            answer = json.loads(line)
            self.waiting.pop(answer["id"]).set_result(answer)

    async def visit(self, does: str, delay_seconds: float = 0.0, extra: bool = False) -> tuple[dict, dict]:
        """Its features on the wire and in packets."""
        for _ in range(TIMES_TRIED):
            recording = Recording()
            server = await self.proxy.open(recording, delay_seconds)
            port = server.sockets[0].getsockname()[1]
            self.packets.visits[port] = recording
            self.count += 1
            answer = self.waiting[self.count] = asyncio.get_running_loop().create_future()
            ordered = {"id": self.count, "url": f"https://127.0.0.1:{port}/", "does": does, "haste": HASTE,
                       "stay_ms": 1000 * STAY_SECONDS / HASTE, "phrase": self.org.phrases[self.count % len(self.org.phrases)],
                       "extra": extra}
            self.node.stdin.write(json.dumps(ordered).encode() + b"\n")
            told = await answer
            server.close()
            del self.packets.visits[port]
            if "error" not in told:
                opened = time.monotonic() - (time.time() - told["opened_ms"] / 1000)
                return features.on_the_wire(recording, opened), features.in_packets(recording, opened)
            self.again += 1
            print(f"{does}: once more, since {told['error']}", file=sys.stderr)
        raise AssertionError(f"no visit that does {does}")

    async def all(self, orders: list[dict]) -> dict[str, list[tuple[dict, dict]]]:
        """By name of the order; what is compared is made side by side, so the machine's mood is everybody's."""
        random.shuffle(orders)
        queue = collections.deque(orders)
        made: dict[str, list] = collections.defaultdict(list)

        async def lane() -> None:
            while queue:
                order = queue.popleft()
                name = order.pop("name")
                made[name].append(await self.visit(**order))

        await asyncio.gather(*(lane() for _ in range(LANES)))
        return made


def compare(one: list[dict], other: list[dict]) -> dict:
    """How well the two can be told apart, and by which number most."""
    names = [name for name in one[0] if len({row[name] for row in [*one, *other]}) > 1]
    rows = telling_apart.columns_ranked([[row[name] for name in names] for row in [*one, *other]])
    first, second = rows[:len(one)], rows[len(one):]
    apart = {name: abs(statistics.fmean(row[at] for row in first) - statistics.fmean(row[at] for row in second))
             for at, name in enumerate(names)}
    most = max(apart, key=lambda name: apart[name])
    return {
        "p": telling_apart.permutation_p(first, second, telling_apart.rank_sum_distance, random.Random(1)),
        "accuracy": telling_apart.accuracy_when_learned([[row[name] for name in names] for row in one],
                                                        [[row[name] for name in names] for row in other],
                                                        random.Random(2)),
        "most apart": most,
        "medians": [statistics.median(row[most] for row in rows) for rows in (one, other)],
    }


def accuracy_max(visits: int) -> float:
    """55 % of 400 visits or more; of fewer, what guessing alone gives once in a thousand runs."""
    return ACCURACY_MAX if visits >= 400 else max(ACCURACY_MAX, 0.5 + 3 * (0.25 / visits) ** 0.5)


class Rhythm(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.org = cls.organisation()
        cls.addClassCleanup(cls.org.close)
        cls.org.start()
        cls.org.phrases = []
        for _ in range(6):
            filed = cls.org.report("Een verhaal.", "--to", "mieke", OMZIEN_ORG=str(cls.org.folder / "tls.toml"))
            assert filed.code == kit.DONE, filed.err
            cls.org.phrases.append(filed.json["phrase"])

    @staticmethod
    def organisation() -> kit.Organisation:
        org = kit.Organisation()
        org.demo.web = kit.PROJECT / "clients/web/dist"
        org.demo.configure()
        folder = org.demo.dir
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "2", "-subj", "/CN=gateway", "-keyout", folder / "tls.key", "-out", folder / "tls.pem"],
                       check=True, capture_output=True)
        settings = (folder / "gateway.toml").read_text()
        settings = settings.replace(f'reporter = "127.0.0.1:{org.port}"', f'reporter = "tls:127.0.0.1:{org.port}"')
        # The day's cases must not run out in a long run; the tick is on the line's own clock.
        org.demo.write("gateway.toml", settings + f"""
[tls]
certificate = "tls.pem"
key = "tls.key"
[pace]
answer_tick_ms = {round(TICK_MS / HASTE)}
[limits]
cases_opened_per_minute_max = 100000
""")
        import tls_test  # noqa: PLC0415  (tests/integration/tls_test.py)
        pin = tls_test.pin_of(folder / "tls.pem")
        (org.folder / "tls.toml").write_text(
            f'url = "https://127.0.0.1:{org.port}"\nservice_id = "{org.demo.service_id()}"\ntls_pin = "{pin}"\n')
        return org

    def made(self) -> dict[str, list[tuple[dict, dict]]]:
        async def work() -> dict:
            visits = Visits(self.org)
            await visits.begin()
            self.seen_packets = visits.packets.seen
            orders = []
            for at in range(VISITS):
                does = ("report", "check")[at % 2]
                orders += [{"name": "read", "does": "read"}, {"name": "do", "does": does}]
                plants = [{"name": "delay", "does": does, "delay_seconds": PLANTED_DELAY_SECONDS},
                          {"name": "extra", "does": does, "extra": True}]
                orders += [plant for plant in plants if at < PLANTED[plant["name"]]]
            try:
                return await visits.all(orders)
            finally:
                await visits.end()
                print(f"{visits.count} visits, {visits.again} of them once more")

        return asyncio.run(work())

    def tell(self, what: str, found: dict) -> None:
        line = {"what": what, "visits": VISITS, "haste": HASTE, "stay_seconds": STAY_SECONDS, **found}
        print(json.dumps(line), flush=True)
        if RESULTS:
            with open(RESULTS, "a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")

    @staticmethod
    def keep(made: dict) -> None:
        """Every number of every visit, for whoever wants to look closer."""
        if RESULTS:
            with open(f"{RESULTS}.visits", "a", encoding="utf-8") as file:
                file.writelines(json.dumps([name, *row]) + "\n" for name, rows in made.items() for row in rows)

    def test_visits_look_the_same_and_plants_do_not(self) -> None:
        for attempt in range(ATTEMPTS):
            made = self.made()
            views = ["wire", "packets"] if self.seen_packets else ["wire"]
            self.keep(made)
            found = {(view, name): compare([row[at] for row in made["read"]], [row[at] for row in made[name]])
                     for at, view in enumerate(views) for name in ("do", "delay", "extra")}
            for (view, name), result in found.items():
                self.tell(f"read against {name}, {view}", result)
            requests = statistics.fmean(row[0]["requests"] for row in made["do"])
            self.assertGreater(requests, STAY_SECONDS / 10, "no rhythm was seen")
            same = all(found[view, "do"]["p"] > P_MIN and found[view, "do"]["accuracy"] <= accuracy_max(2 * VISITS)
                       for view in views)
            caught = all(found[view, name]["p"] <= P_MIN for view in views for name in ("delay", "extra"))
            if same and caught:
                if not self.seen_packets:
                    self.skipTest("the packets: this process may not look at them (CAP_NET_RAW). What a proxy saw is the same")
                return
        self.assertTrue(same, f"reading and doing were told apart, in each of {ATTEMPTS} runs: {found}")
        self.assertTrue(caught, f"a plant was not found: {found}")


if __name__ == "__main__":
    unittest.main()
