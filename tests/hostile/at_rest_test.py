#!/usr/bin/env python3
"""What is left of a visit: nothing that tells who came, when, or what they wrote (design §1, 5).

A client in a network namespace of its own, at an address nothing else here has, reports with marker strings in every
field and says an unmistakable user agent. Afterwards everything the gateway wrote is searched, the database opened with
its key too, and the memory of the process once the connections have ended. Needs root; skipped where namespaces may not
be made.
"""

import json
import os
import pathlib
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))
import kit  # noqa: E402  (tests/integration/kit.py)
import tls_test  # noqa: E402
from fine_times import PLANTS, Left, fine_times  # noqa: E402
from journal import Journal  # noqa: E402
from visitor import AGENT, BROWSER, CLIENT, GATEWAY, MARKER, Namespace  # noqa: E402

PATIENCE_SECONDS = 20
SANITIZED = "OMZIEN_SANITIZED" in os.environ  # its shadow memory is larger than any machine's


class AtRest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        if os.geteuid() != 0:
            raise unittest.SkipTest("making a network namespace needs root")
        cls.namespace = Namespace()
        cls.addClassCleanup(cls.namespace.close)
        cls.org = kit.Organisation()
        cls.addClassCleanup(cls.org.close)
        cls.begun = time.time()
        cls.start_gateway()
        cls.visit()
        cls.ended = time.time()

    @classmethod
    def start_gateway(cls) -> None:
        demo = cls.org.demo
        pin = tls_test.make_certificate(demo.dir)
        settings = (demo.dir / "gateway.toml").read_text()
        settings = settings.replace(f'reporter = "127.0.0.1:{cls.org.port}"', f'reporter = "{GATEWAY}:{cls.org.port}"')
        demo.write("gateway.toml", settings + """
[tls]
certificate = "tls.pem"
key = "tls.key"
[log]
level = "debug"
[limits]
idle_ms_max = 1000
""")
        cls.log = cls.org.folder / "gateway.log"
        with cls.log.open("wb") as log:
            cls.org.gateway = subprocess.Popen([kit.BIN / "omzien-gateway", "serve", "--config",
                                                demo.dir / "gateway.toml"], stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while b"listening" not in cls.log.read_bytes():
            assert time.monotonic() < deadline, "the gateway does not start"
            time.sleep(0.05)
        cls.client_org = cls.org.folder / "client.toml"
        cls.client_org.write_text(f'url = "https://{GATEWAY}:{cls.org.port}"\n'
                                  f'service_id = "{demo.service_id()}"\ntls_pin = "{pin}"\n')

    @classmethod
    def run_client(cls, *arguments: str, text: str = "", phrase: str = "", person: str = "") -> dict:
        environment = dict(os.environ, OMZIEN_ORG=str(cls.client_org), OMZIEN_STATE=str(cls.org.folder / "client-state"))
        if phrase:
            environment["OMZIEN_PHRASE"] = phrase
        if person:
            environment["OMZIEN_KEY"] = str(cls.org.demo.dir / "people" / f"{person}.key")
            environment["OMZIEN_PASSPHRASE"] = kit.demo.passphrase_of(person)
        done = subprocess.run(cls.namespace.enter(str(kit.BIN / "omzien"), *arguments, "--json"), input=text.encode(),
                              env=environment, capture_output=True, check=False, timeout=120)
        assert done.returncode == kit.DONE, (arguments, done.stderr)
        return json.loads(done.stdout)

    @classmethod
    def visit(cls) -> None:
        attached = cls.org.folder / f"{MARKER}name.txt"
        attached.write_text(f"{MARKER}attachment " * 100)
        filed = cls.run_client("report", "--to", "mieke", "--stand-in", "ruud", "--story", "-", "--people",
                               f"{MARKER}people", "--identity", f"{MARKER}identity", "--attach", str(attached),
                               text=f"{MARKER}story")
        cls.phrase, cls.handle = filed["phrase"], filed["handle"]
        cls.run_client("case", "say", f"{MARKER}talk", phrase=cls.phrase)
        cls.work_on_it()
        cls.shares = cls.case_shares()
        gone = cls.run_client("report", "--to", "mieke", "--story", "-", text=f"{MARKER}withdrawn")
        cls.shares_gone = cls.case_shares() - cls.shares
        cls.run_client("case", "show", phrase=gone["phrase"])
        cls.memory_before_withdrawal = b"" if SANITIZED else cls.memory()
        cls.run_client("case", "withdraw", "--yes", phrase=gone["phrase"])
        browser = subprocess.Popen(cls.namespace.enter(sys.executable, "-c", BROWSER, str(cls.org.port)),
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert browser.stdout.readline() == "waiting\n"
        time.sleep(0.3)
        cls.memory_while_there = b"" if SANITIZED else cls.memory()
        browser.communicate("go\n", timeout=PATIENCE_SECONDS)
        time.sleep(2)  # idle_ms_max, and what ends a connection
        cls.memory_afterwards = b"" if SANITIZED else cls.memory()

    @classmethod
    def work_on_it(cls) -> None:
        """Every text that the desk and the reporter have for each other, up to the end of the case."""
        def desk(person: str, act: str, *given: str) -> None:
            cls.run_client("desk", act, cls.handle, *given, person=person)

        def propose(choice: str, step: str, *proposal: str, answer: tuple[str, ...] = ()) -> None:
            desk("mieke", "propose", "--step", step, "--text", f"{MARKER}proposal", *proposal)
            asked = cls.run_client("case", "show", phrase=cls.phrase)["open_questions"][-1]["seq"]
            cls.run_client("case", "answer", str(asked), choice, "--text", f"{MARKER}answer", *answer, phrase=cls.phrase)

        summary = cls.org.folder / "summary.txt"
        summary.write_text(f"{MARKER}summary")
        desk("mieke", "say", f"{MARKER}reply")
        desk("mieke", "note", f"{MARKER}note")
        desk("mieke", "label", "--add", f"{MARKER}label")
        cls.run_client("case", "dispute", "--text", f"{MARKER}dispute", phrase=cls.phrase)
        cls.run_client("case", "complain", "--text", f"{MARKER}complaint", phrase=cls.phrase)
        cls.run_client("case", "stay", f"{MARKER}stay", phrase=cls.phrase)
        propose("yes-if", "mediation")
        propose("yes", "share_triage", "--committee", "Noord", answer=("--summary", str(summary)))
        desk("tarik", "assess", f"{MARKER}assessment")
        desk("ilse", "decide", "--ruling", "conversation", "--text", f"{MARKER}decision", "--reason", f"{MARKER}why")
        desk("mieke", "unconsented", "--cause", "danger", f"{MARKER}unconsented")
        desk("mieke", "sensitive", f"{MARKER}sensitive")
        propose("yes", "coordinator", "--reader", "coordinator:summary")
        desk("coordinator", "consult", f"{MARKER}advice")
        desk("mieke", "status", "active", "--text", f"{MARKER}status")
        desk("mieke", "outcome", "--text", f"{MARKER}outcome", "--reason", f"{MARKER}reason")

    @classmethod
    def memory(cls) -> bytes:
        """All of it that can be read, secrets' pages that no core file has included. The process may not be dumped; root
        reads it all the same."""
        pid = cls.org.gateway.pid
        os.kill(pid, signal.SIGSTOP)
        try:
            pieces = []
            with open(f"/proc/{pid}/maps", encoding="ascii") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
                for line in maps:
                    begin, end = (int(part, 16) for part in line.split()[0].split("-"))
                    if "r" not in line.split()[1] or "[v" in line:
                        continue
                    try:
                        memory.seek(begin)
                        pieces.append(memory.read(end - begin))
                    except OSError:
                        continue  # a guard page
            return b"".join(pieces)
        finally:
            os.kill(pid, signal.SIGCONT)

    @classmethod
    def open_store(cls) -> tuple[list[list[str]], bytes]:
        """Every value (table, column, row, type, value), and every page in the clear, freed ones and the WAL's too, of a
        copy of the files."""
        demo = cls.org.demo.dir
        copy = cls.org.folder / f"seized-{secrets.token_hex(4)}"
        copy.mkdir()
        for name in ("store.db", "store.db-wal", "store.db.datakey", "store.db.tombstones"):
            if (demo / name).exists():
                shutil.copy(demo / name, copy / name)
        plain = copy / "plain.db"
        dumped = subprocess.run([kit.BIN / "omzien-open-store", copy / "store.db", demo / "gateway.key", plain],
                                check=True, capture_output=True).stdout
        return [line.split("\t") for line in dumped.decode().splitlines()], plain.read_bytes()

    @classmethod
    def case_shares(cls) -> set[bytes]:
        return {bytes.fromhex(row[4]) for row in cls.open_store()[0] if row[:2] == ["case_shares", "share"]}

    def written(self) -> dict[str, bytes]:
        """Every file the gateway wrote or may write, the database in the clear, and its columns."""
        demo = self.org.demo.dir
        found = {}
        for path in sorted(demo.rglob("*")):
            if path.is_file() and "people" not in path.parts and "admin" not in path.parts:
                found[str(path.relative_to(demo))] = path.read_bytes()
        self.columns, found["the database in the clear"] = self.open_store()
        found["every column"] = b"".join(bytes.fromhex(row[4]) for row in self.columns if row[3] in ("bytes", "text"))
        found["log"] = self.log.read_bytes()
        return found

    def traces(self) -> dict[str, bytes]:
        """What must be nowhere."""
        words = self.phrase.split()
        return {
            "a marker": MARKER.encode(),
            "the user agent": AGENT.encode(),
            "a part of it": b"KwaggaOS",
            "the address": CLIENT.encode(),
            "the phrase": self.phrase.encode(),
            "half of it": " ".join(words[:4]).encode(),
        }

    ADDRESS = socket.inet_aton(CLIENT)

    def assert_not_in(self, trace: bytes, content: bytes, where: str) -> None:
        self.assertEqual(content.find(trace), -1, where)  # its place, not the megabytes around it

    def test_the_search_would_find_something(self) -> None:
        written = self.written()
        handle = bytes.fromhex(self.handle)
        self.assertIn(handle, written["every column"])
        self.assertIn(handle, written["the database in the clear"])
        self.assertNotIn(handle, written["store.db"])
        if not SANITIZED:
            self.assertIn(AGENT.encode(), self.memory_while_there, "it stands there while the request does")

    def test_nothing_is_written_of_who_came_or_what_they_wrote(self) -> None:
        for where, content in self.written().items():
            for what, trace in self.traces().items():
                self.assert_not_in(trace, content, f"{what}, in {where}")
            self.assert_not_in(self.ADDRESS, content, f"the address in binary, in {where}")

    def test_no_time_is_finer_than_a_day(self) -> None:
        written = self.written()
        where = {"every column", "log", "store.db.tombstones"} & written.keys()
        contents = {name: written[name] for name in where}
        self.assertEqual(fine_times(Left(self.columns, contents), self.begun, self.ended), [])

    def test_nothing_of_it_is_in_the_journal(self) -> None:
        journal = Journal(self.begun)
        if why := journal.keeps_nothing():
            self.skipTest(why)
        content = journal.of(self.org.gateway.pid)
        for what, trace in self.traces().items():
            self.assert_not_in(trace, content, f"{what}, in the journal")
        self.assert_not_in(self.ADDRESS, content, "the address in binary, in the journal")
        self.assertEqual(fine_times(Left([], {"journal": content}), self.begun, self.ended), [])

    def test_nothing_is_left_of_a_withdrawn_cases_share(self) -> None:
        """Without it whoever has every key opens none of what was withdrawn (protocol §6)."""
        (share,) = self.shares_gone
        written = self.written()
        for kept in self.shares:
            self.assertIn(kept, written["the database in the clear"])
        for where, content in written.items():
            self.assert_not_in(share, content, where)
        if not SANITIZED:
            self.assertIn(share, self.memory_before_withdrawal, "the store's pages are in memory")
            self.assert_not_in(share, self.memory_afterwards, "in memory")

    @unittest.skipIf(SANITIZED, "a sanitizer keeps what was freed")
    def test_memory_forgets_a_visit_when_it_ends(self) -> None:
        for what, trace in self.traces().items():
            self.assert_not_in(trace, self.memory_afterwards, f"{what}, in memory")
        # As the system would have told it, had it been asked: family, port, address.
        asked = re.compile(b"\x02\x00..".replace(b".", b"[\x00-\xff]") + re.escape(self.ADDRESS))
        self.assertIsNone(asked.search(self.memory_afterwards), "the address in binary, in memory")
        self.assertIsNone(asked.search(self.memory_while_there), "the address was asked for")


class FineTimes(unittest.TestCase):
    """What no_time_is_finer_than_a_day does not find is not there only if it would be found."""

    def test_one_would_be_found_however_it_is_written(self) -> None:
        begun = time.time()
        rows = [["cases", "head_day", "1", "number", str(int(begun) // 86_400)],
                ["entries", "header", "1", "bytes", "00" * 300]]
        left = Left(rows, {"every column": bytes(1_000), "log": b"omzien-gateway info: listening on 127.0.0.1:20000\n"})
        self.assertEqual(fine_times(left, begun, begun + 60), [])
        for how, plant in PLANTS.items():
            with self.subTest(how):
                self.assertNotEqual(fine_times(plant(left, int(begun) + 30), begun, begun + 60), [])


class Undumpable(unittest.TestCase):
    """Who runs as the gateway's own user reads none of its memory, and no crash writes it down."""

    NOBODY = 65534

    def as_nobody(self, *command: object) -> subprocess.Popen:
        process = subprocess.Popen(command, user=self.NOBODY, group=self.NOBODY, extra_groups=[],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(lambda: (process.kill(), process.wait()))
        return process

    @unittest.skipUnless(os.geteuid() == 0, "running it as somebody else needs root")
    def test_its_memory_is_not_even_its_own_users(self) -> None:
        org = kit.Organisation()
        self.addCleanup(org.close)
        subprocess.run(["chown", "-R", f"{self.NOBODY}:{self.NOBODY}", org.folder], check=True)
        try:
            gateway = self.as_nobody(kit.BIN / "omzien-gateway", "serve", "--config", org.demo.dir / "gateway.toml")
        except PermissionError:
            self.skipTest("the program stands where nobody else may run it")
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", org.port), timeout=1).close()
                break
            except OSError:
                self.assertIsNone(gateway.poll(), "it does not start")
                self.assertLess(time.monotonic(), deadline, "it does not listen")
                time.sleep(0.05)
        # What may not be dumped is root's to the system, whoever runs it (proc(5)).
        owner = lambda process: os.stat(f"/proc/{process.pid}/mem").st_uid
        self.assertEqual(owner(gateway), 0)
        self.assertEqual(owner(self.as_nobody("sleep", "60")), self.NOBODY)
        limits = pathlib.Path(f"/proc/{gateway.pid}/limits").read_text(encoding="ascii")
        self.assertRegex(limits, r"Max core file size +0 +0 ")


if __name__ == "__main__":
    unittest.main()
