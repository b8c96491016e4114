#!/usr/bin/env python3
"""Visits that only read and visits that report or check look the same to whoever sees the line (design §5): a real browser,
the real app, the real gateway over TLS, a recording proxy between them, and the packets.

scripts/rhythm runs this longer. OMZIEN_RHYTHM_VISITS: of each sort (20); OMZIEN_RHYTHM_HASTE: how many times faster the
page's clock goes (10, and less where the machine cannot keep up); OMZIEN_RHYTHM_STAY_SECONDS: of the page's time (70);
OMZIEN_RHYTHM_LANES: visits at a time (2); OMZIEN_RHYTHM_WHOLE: in the whole of Chromium, and not without its windows.
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
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "integration"), str(HERE.parent / "hostile")]
import kit  # noqa: E402  (tests/integration/kit.py)
import telling_apart  # noqa: E402  (tests/hostile/telling_apart.py)
from visits import HASTES, LANES, STAY_SECONDS, TooFast, Visits  # noqa: E402

VISITS = int(os.environ.get("OMZIEN_RHYTHM_VISITS", "20"))
# Visits of each plant: answers that come later show in every one, one request more does not.
PLANTED = {"delay": min(VISITS, max(6, VISITS // 4)), "extra": min(VISITS, max(20, VISITS // 4))}
RESULTS = os.environ.get("OMZIEN_RHYTHM_RESULTS", "")
TICK_MS = 100
PLANTED_DELAY_SECONDS = 0.05
P_MIN = 0.01
ACCURACY_MAX = 0.55
ATTEMPTS = 1 if VISITS >= 200 else 2  # so few are told apart by chance now and then; a difference that is there shows again


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


def as_it_should_be(name: str, found: dict) -> bool:
    """Visits that do look like those that read, and those with a plant do not."""
    if name == "do":
        return found["p"] > P_MIN and found["accuracy"] <= accuracy_max(2 * VISITS)
    return found["p"] <= P_MIN


class Rhythm(unittest.TestCase):
    def organisation(self, haste: float) -> kit.Organisation:
        """With a few cases to come back to."""
        org = kit.Organisation()
        self.addCleanup(org.close)
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
answer_tick_ms = {round(TICK_MS / haste)}
[limits]
cases_opened_per_minute_max = 100000
""")
        import tls_test  # noqa: PLC0415  (tests/integration/tls_test.py)
        pin = tls_test.pin_of(folder / "tls.pem")
        (org.folder / "tls.toml").write_text(
            f'url = "https://127.0.0.1:{org.port}"\nservice_id = "{org.demo.service_id()}"\ntls_pin = "{pin}"\n')
        org.start()
        org.phrases = []
        for _ in range(6):
            filed = org.report("Een verhaal.", "--to", "mieke", OMZIEN_ORG=str(org.folder / "tls.toml"))
            self.assertEqual(filed.code, kit.DONE, filed.err)
            org.phrases.append(filed.json["phrase"])
        return org

    def made(self, org: kit.Organisation, haste: float, names: set[str]) -> dict[str, list[tuple[dict, dict]]]:
        async def work() -> dict:
            visits = Visits(org, haste)
            await visits.begin()
            self.seen_packets = visits.packets.seen
            counts = {"read": VISITS, "do": VISITS, **PLANTED}
            more = {"delay": {"delay_seconds": PLANTED_DELAY_SECONDS}, "extra": {"extra": True}}
            orders = [{"name": name, "does": "read" if name == "read" else ("report", "check")[at % 2], **more.get(name, {})}
                      for name in names for at in range(counts[name])]
            try:
                await visits.warm_up()
                return await visits.all(orders)
            finally:
                await visits.end()
                print(f"{visits.count} visits, {2 * LANES} of them to warm up, {visits.again} once more")

        return asyncio.run(work())

    def tell(self, what: str, haste: float, found: dict) -> None:
        line = {"what": what, "visits": VISITS, "haste": haste, "stay_seconds": STAY_SECONDS, **found}
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
        for haste in HASTES:
            org = self.organisation(haste)
            try:
                self.tell_apart(org, haste)
                return
            except TooFast as reason:
                print(f"haste {haste}: {reason}", file=sys.stderr)
            finally:
                org.close()
        self.fail("this machine is too slow at any haste tried")

    def tell_apart(self, org: kit.Organisation, haste: float) -> None:
        """What is not as it should be is looked at once more: reading and doing anew, and a plant in all visits so far, so
        that a few more find what too few left to chance."""
        so_far: dict[str, list] = collections.defaultdict(list)
        owed = {"do", *PLANTED}
        for _ in range(ATTEMPTS):
            made = self.made(org, haste, {"read", *owed})
            self.keep(made)
            for name, rows in made.items():
                so_far[name] += rows
            views = ["wire", "packets"] if self.seen_packets else ["wire"]
            for name in sorted(owed):
                visits = made if name == "do" else so_far
                found = [compare([row[at] for row in visits["read"]], [row[at] for row in visits[name]])
                         for at in range(len(views))]
                for view, one in zip(views, found, strict=True):
                    self.tell(f"read against {name}, {view}", haste, one)
                if all(as_it_should_be(name, one) for one in found):
                    owed.remove(name)
            if not owed:
                break
        self.assertNotIn("do", owed, f"reading and doing were told apart, in each of {ATTEMPTS} runs")
        self.assertFalse(owed, "a plant was not found")
        if not self.seen_packets:
            self.skipTest("the packets: this process may not look at them (CAP_NET_RAW). What a proxy saw is the same")


if __name__ == "__main__":
    unittest.main()
