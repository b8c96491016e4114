"""A clock that jumps under a running gateway, ahead and back, and one that is wrong when it starts."""

import datetime
import os
import pathlib
import signal
import struct
import threading
import time
import unittest

import kit
from relay import Counter

YEAR = 365


class Jumps(unittest.TestCase):
    def setUp(self) -> None:
        self.org = kit.Organisation()
        self.addCleanup(self.org.close)
        self.jump = self.org.folder / "jump"
        self.jump_to(0)
        self.start()
        self.said: list[str] = []

    def start(self, days: int | None = None) -> None:
        """Again, if it runs; `days` from today."""
        if days is not None:
            self.assertEqual(self.org.stop(), 0)
            self.jump_to(days)
        self.org.start(LD_PRELOAD=os.environ["OMZIEN_LATER"], LATER_FILE=str(self.jump))

    def jump_to(self, days: int, passed: int = 0) -> None:
        """In place, since the gateway has the file mapped. `passed`: seconds of the clock that nobody sets."""
        with open(self.jump, "r+b" if self.jump.exists() else "wb") as file:
            file.write(struct.pack("=ii", days, passed))

    def ran(self, *arguments: str, **options: str) -> dict:
        answer = self.org.run(*arguments, **options)
        self.assertEqual(answer.code, kit.DONE, f"{arguments}: {answer.err}")
        return answer.json

    def talks(self, case: dict, text: str) -> None:
        """Both sides say something, and both read all that was ever said."""
        self.ran("case", "say", text, phrase=case["phrase"])
        self.ran("desk", "say", case["handle"], text + " Gehoord.", person="mieke")
        self.said += [text, text + " Gehoord."]
        self.reads(case)

    def reads(self, case: dict) -> list[str]:
        mine = self.ran("case", "show", phrase=case["phrase"])
        theirs = self.ran("desk", "show", case["handle"], person="mieke")
        for shown in mine, theirs:
            self.assertEqual([row["text"] for row in shown["entries"] if row.get("compartment") == "talk" and "text" in row],
                             self.said)
            self.assertLessEqual({alarm["kind"] for alarm in shown["alarms"]}, {"other_day"})
        days = [row["day"] for row in mine["entries"]]
        self.assertEqual(days, sorted(days), "no day goes back")
        return days

    def filed(self) -> dict:
        answer = self.org.report("Het verhaal.", "--to", "mieke")
        self.assertEqual(answer.code, kit.DONE, answer.err)
        return answer.json

    def test_back_a_day_and_a_year_while_it_runs(self) -> None:
        case = self.filed()
        self.talks(case, "Vooraf.")
        today = self.reads(case)[-1]
        for days in -1, -YEAR:
            self.jump_to(days)
            self.talks(case, f"Terug: {days}.")
            self.assertEqual(self.reads(case)[-1], today, "the gateway stays at the latest day it saw")
            self.filed()

    def test_ahead_a_year_while_it_runs_and_back_again(self) -> None:
        case = self.filed()
        self.talks(case, "Vooraf.")
        before = datetime.date.fromisoformat(self.reads(case)[-1])
        self.jump_to(YEAR)
        self.talks(case, "Een jaar verder.")
        ahead = self.reads(case)[-1]
        self.assertGreaterEqual(datetime.date.fromisoformat(ahead) - before, datetime.timedelta(days=YEAR))
        self.jump_to(0)
        self.talks(case, "De klok is goed gezet.")
        self.assertEqual(self.reads(case)[-1], ahead)
        # A start forgets the jump; what has a day of next year stands, and the case goes on.
        self.assertEqual(self.org.stop(), 0)
        self.start()
        self.talks(case, "Na een herstart.")
        self.filed()
        checked = self.org.run("verify", "case", phrase=case["phrase"])
        self.assertEqual([alarm["kind"] for alarm in checked.json["alarms"]], ["other_day"], "only its days do not check out")

    def test_reports_come_in_after_a_day_ahead_and_back(self) -> None:
        """The day stays; the minute in which so many may come passes all the same."""
        self.assertEqual(self.org.stop(), 0)
        config = self.org.demo.dir / "gateway.toml"
        self.org.demo.write("gateway.toml", config.read_text() + "\n[limits]\ncases_opened_per_minute_max = 3\n")
        self.start()
        self.jump_to(1)
        self.ran("desk", "inbox", person="mieke")
        self.jump_to(0)
        # On a slow machine a minute may pass meanwhile.
        refused = any(self.org.report("Het verhaal.", "--to", "mieke").code == kit.REFUSED for _ in range(9))
        self.assertTrue(refused, "more than three in a minute")
        self.jump_to(0, passed=60)
        self.filed()

    def test_a_start_a_day_and_a_year_in_the_past(self) -> None:
        case = self.filed()
        self.talks(case, "Vooraf.")
        for days in -1, -YEAR:
            self.org.stop()
            self.jump_to(days)
            self.start()
            self.talks(case, f"Gestart op {days}.")

    # --- a start a year ahead ---

    def file(self, size: int) -> pathlib.Path:
        path = self.org.folder / "film.mp4"
        path.write_bytes(os.urandom(size))
        return path

    def saved(self, case: dict) -> bytes:
        out = self.org.folder / f"out-{time.monotonic_ns()}"
        self.ran("desk", "attachments", case["handle"], "--save", "1", "--out", str(out), person="mieke")
        return out.read_bytes()

    def test_a_start_a_year_ahead_and_the_next_one_today(self) -> None:
        file = self.file(40_000)
        answer = self.org.report("Het verhaal.", "--to", "mieke", "--attach", str(file))
        self.assertEqual(answer.code, kit.DONE, answer.err)
        case = answer.json
        self.talks(case, "Vooraf.")
        before = self.reads(case)
        self.start(YEAR)
        self.assertEqual(self.reads(case), before, "a start changes nothing")
        self.talks(case, "Een jaar verder gestart.")
        ahead = datetime.date.fromisoformat(self.reads(case)[-1])
        self.assertGreaterEqual(ahead - datetime.date.fromisoformat(before[-1]), datetime.timedelta(days=YEAR))
        self.assertEqual(self.saved(case), file.read_bytes())
        other = self.filed()
        self.start(0)
        self.talks(case, "Weer vandaag.")
        self.assertEqual(self.saved(case), file.read_bytes())
        self.filed()
        for filed in case, other:
            self.ran("case", "say", "En verder.", phrase=filed["phrase"])
            checked = self.org.run("verify", "case", phrase=filed["phrase"])
            self.assertEqual([alarm["kind"] for alarm in checked.json["alarms"]], ["other_day"])

    def test_last_days_and_terms_that_a_start_ahead_lets_pass(self) -> None:
        """Who is in until a day is out for as long; what a stand-in does meanwhile stands."""
        case = self.org.report("Het verhaal.", "--to", "mieke", "--stand-in", "ruud").json
        last = datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=2)
        self.ran("case", "grant", "youssef", "--part", "talk", "--until", str(last), "--yes", phrase=case["phrase"])
        shown = self.ran("desk", "show", case["handle"], person="youssef")
        self.assertEqual(self.org.run("desk", "take-over", case["handle"], "--yes", person="ruud").code, kit.REFUSED)
        self.start(YEAR)
        refused = self.org.run("desk", "show", case["handle"], person="youssef")
        self.assertEqual(refused.code, kit.REFUSED)
        self.assertIn("no longer", refused.err)
        self.start(0)
        self.assertEqual(self.ran("desk", "show", case["handle"], person="youssef")["entries"], shown["entries"])
        self.start(YEAR)
        self.ran("desk", "take-over", case["handle"], "--yes", person="ruud")
        self.start(0)
        self.ran("desk", "say", case["handle"], "Ik neem het over.", person="ruud")
        self.said.append("Ik neem het over.")
        self.talks(case, "Dank u.")

    def test_a_file_that_was_half_there_before_a_start_ahead_is_sent_again(self) -> None:
        """Pieces that no entry names yet are too old then, and dropped."""
        file = self.file(1_000_000)
        first = Counter(self.org.port)
        ended: list[kit.Answer] = []

        def report() -> None:
            ended.append(self.org.report("Met film.", "--to", "mieke", "--attach", str(file),
                                         OMZIEN_ORG=self.org.through(first.port)))

        writing = threading.Thread(target=report)
        writing.start()
        while first.requests < 40 and writing.is_alive():
            time.sleep(0.01)
        self.org.stop(signal.SIGKILL)
        writing.join()
        self.assertEqual(ended[0].code, kit.UNREACHABLE, ended[0].err)
        self.jump_to(YEAR)
        self.start()
        time.sleep(3)  # It looks once a second for what is too old.
        again = Counter(self.org.port)
        self.ran("outbox", "send", phrase=ended[0].json["phrase"], OMZIEN_ORG=self.org.through(again.port))
        self.assertGreater(again.requests, 68, "all chunks of it")
        self.assertEqual(self.saved(ended[0].json), file.read_bytes())
        self.start(0)
        self.assertEqual(self.saved(ended[0].json), file.read_bytes())


if __name__ == "__main__":
    unittest.main()
