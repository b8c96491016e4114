"""Visits made by real browsers, some side by side, each recorded and turned into numbers."""

import asyncio
import collections
import json
import os
import random
import statistics
import sys
import time

import features
import kit  # tests/integration/kit.py
from recording import Packets, Proxy, Recording

HASTE = float(os.environ.get("OMZIEN_RHYTHM_HASTE", "10"))
STAY_SECONDS = float(os.environ.get("OMZIEN_RHYTHM_STAY_SECONDS", "70"))
LANES = int(os.environ.get("OMZIEN_RHYTHM_LANES", "2"))
# Where this machine does not keep up, the next haste is tried: visits that are not done in their stay are left out, and if
# those were many, only quick ones would be left; and where slots are missed, one request more drowns.
HASTES = [HASTE, HASTE / 2, HASTE / 4] if HASTE >= 4 else [HASTE]
AGAIN_MAX, AGAIN_ONE_OF = 3, 12  # visits that may be made again, and one more of so many
SLOT_SECONDS = 2  # of the page's time, from one request to the next; the demo's pace
KEPT_UP = 0.75  # of the slots, in half of the visits; looked at after so many
LOOKED_AT_AFTER = 12


class TooFast(Exception):
    """What a person does in a minute, this machine does not do in a minute at this haste."""


class Visits:
    """Makes them, so many at a time, in an order by chance, and records each."""

    def __init__(self, org: kit.Organisation, haste: float):
        self.org = org
        self.haste = haste
        self.proxy = Proxy(org.port)
        self.packets = Packets()
        self.waiting: dict[int, asyncio.Future] = {}
        self.count = 0
        self.again = 0
        self.requests: list[int] = []

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

    async def try_once(self, does: str, delay_seconds: float = 0.0, extra: bool = False) -> tuple[dict, dict] | None:
        """Its features on the wire and in packets; none if the browser did not manage it."""
        recording = Recording()
        server = await self.proxy.open(recording, delay_seconds)
        port = server.sockets[0].getsockname()[1]
        self.packets.visits[port] = recording
        self.count += 1
        answer = self.waiting[self.count] = asyncio.get_running_loop().create_future()
        ordered = {"id": self.count, "url": f"https://127.0.0.1:{port}/", "does": does, "haste": self.haste,
                   "stay_ms": 1000 * STAY_SECONDS / self.haste, "extra": extra,
                   "phrase": self.org.phrases[self.count % len(self.org.phrases)]}
        self.node.stdin.write(json.dumps(ordered).encode() + b"\n")
        told = await answer
        server.close()
        del self.packets.visits[port]
        if "error" in told:
            print(f"{does}: {told['error'].splitlines()[0]}", file=sys.stderr)
            return None
        opened = time.monotonic() - (time.time() - told["opened_ms"] / 1000)
        return features.on_the_wire(recording, opened), features.in_packets(recording, opened)

    async def visit(self, **order) -> tuple[dict, dict]:
        while self.keeps_up():
            seen = await self.try_once(**order)
            if seen is not None:
                self.requests.append(seen[0]["requests"])
                return seen
            self.again += 1
        raise TooFast(f"{self.again} of {self.count} visits made again, requests: {sorted(self.requests)}")

    async def warm_up(self) -> None:
        """A browser's first visits are slow: it compiles, and nothing is cached."""
        for _ in range(2):
            await asyncio.gather(*(self.try_once(("report", "check")[lane % 2]) for lane in range(LANES)))

    def keeps_up(self) -> bool:
        if self.again > AGAIN_MAX + self.count // AGAIN_ONE_OF:
            return False
        if self.haste == HASTES[-1] or len(self.requests) < LOOKED_AT_AFTER:
            return True
        return statistics.median(self.requests) >= KEPT_UP * STAY_SECONDS / SLOT_SECONDS

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
