"""What days do, with the real programs: last days pass, terms are missed, questions stay unanswered."""

import datetime
import pathlib
import re
import shutil
import unittest

import kit


class Days(unittest.TestCase):
    """Each test has an organisation of its own, since its days never go back."""

    def setUp(self) -> None:
        self.org = kit.Organisation()
        self.addCleanup(self.org.close)
        self.org.start()

    def ran(self, *arguments: str, code: int = kit.DONE, **options: str) -> kit.Answer:
        answer = self.org.run(*arguments, **options)
        self.assertEqual(answer.code, code, answer.err)
        return answer

    def filed(self, *arguments: str) -> dict:
        answer = self.org.report("Het verhaal.", "--to", "mieke", *arguments)
        self.assertEqual(answer.code, kit.DONE, answer.err)
        return answer.json

    def shown(self, filed: dict) -> dict:
        case = self.ran("case", "show", phrase=filed["phrase"]).json
        self.assertEqual(case["alarms"], [])
        return case

    def talk(self, person: str, filed: dict) -> list[str]:
        case = self.ran("desk", "show", filed["handle"], person=person).json
        return [row["text"] for row in case["entries"] if row.get("compartment") == "talk" and "text" in row]

    @staticmethod
    def day(ahead: int) -> str:
        return (datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=ahead)).isoformat()

    def test_a_grant_ends_with_its_last_day(self) -> None:
        filed = self.filed()
        self.ran("case", "grant", "youssef", "--part", "talk", "--until", self.day(2), "--yes", phrase=filed["phrase"])
        self.org.later(2)
        self.ran("case", "say", "Op de laatste dag.", phrase=filed["phrase"])
        self.assertEqual(self.talk("youssef", filed), ["Op de laatste dag."])
        self.org.later(3)
        self.ran("desk", "show", filed["handle"], person="youssef", code=kit.REFUSED)
        self.assertEqual(self.ran("desk", "inbox", person="youssef").json["cases"], [])
        # What comes next is under a key that youssef never held.
        self.assertIn("talk", self.ran("desk", "renew", filed["handle"], person="mieke").json["cases"][0]["epochs"])
        self.ran("case", "say", "Daarna.", phrase=filed["phrase"])
        self.assertEqual(self.talk("mieke", filed), ["Op de laatste dag.", "Daarna."])
        self.shown(filed)

    def test_a_delegation_ends_with_its_last_day(self) -> None:
        filed = self.filed()
        self.ran("case", "delegate", "mieke", "--let-in", "ilse", "--part", "summary", "--until", self.day(1), "--yes",
                 phrase=filed["phrase"])
        self.org.later(2)
        self.ran("desk", "pass-on", filed["handle"], "--to", "ilse", "--yes", person="mieke", code=kit.REFUSED)
        self.assertEqual([row["name"] for row in self.shown(filed)["access"]], ["mieke"])

    def test_a_stand_in_takes_over_after_a_missed_term_and_not_before(self) -> None:
        filed = self.filed("--stand-in", "ruud")
        self.org.later(7)
        self.assertEqual(self.ran("desk", "inbox", person="ruud").json["to_take_over"], [])
        self.ran("desk", "take-over", filed["handle"], "--yes", person="ruud", code=kit.REFUSED)
        self.org.later(8)
        inbox = self.ran("desk", "inbox", person="ruud").json
        self.assertEqual(inbox["cases"], [])
        self.assertEqual([(row["handle"], row["stands_in_for"]) for row in inbox["to_take_over"]],
                         [(filed["handle"], "mieke")])
        self.ran("desk", "show", filed["handle"], person="ruud", code=kit.REFUSED)
        self.ran("desk", "take-over", filed["handle"], person="ruud", code=kit.BAD_INPUT)  # asks first
        self.ran("desk", "take-over", filed["handle_words"], "--yes", person="ruud")
        self.ran("desk", "say", filed["handle"], "Sorry dat het lang duurde.", person="ruud")
        case = self.shown(filed)
        self.assertEqual([(row["name"], row["dormant"], row["holder"]) for row in case["access"]],
                         [("mieke", False, False), ("ruud", False, True)])
        self.assertEqual(case["clocks"]["acknowledge"]["met_day"], self.day(8))
        self.assertEqual(self.talk("mieke", filed), ["Sorry dat het lang duurde."], "who was late reads on")
        self.assertEqual(self.ran("desk", "inbox", person="ruud").json["to_take_over"], [])

    def test_a_silent_reporters_case_is_paused_after_the_term_and_reopens(self) -> None:
        filed = self.filed()
        self.ran("desk", "propose", filed["handle"], "--step", "mediation", person="mieke")
        self.org.later(59)
        self.ran("desk", "status", filed["handle"], "paused", person="mieke", code=kit.REFUSED)
        self.org.later(60)
        self.ran("desk", "status", filed["handle"], "paused", person="mieke")
        case = self.shown(filed)
        self.assertEqual(case["state"], "paused")
        self.assertEqual(len(case["open_questions"]), 1, "the question stays")
        self.ran("case", "say", "Ik ben er weer.", phrase=filed["phrase"])
        self.assertEqual(self.shown(filed)["state"], "active")

    # --- somebody leaves, and the directory that says so comes later ---

    def admin(self, folder: pathlib.Path, *arguments: str) -> None:
        self.ran("admin", *arguments, "--dir", str(folder), OMZIEN_PASSPHRASE=kit.demo.ROOT_PASSPHRASE)

    @staticmethod
    def left_day(folder: pathlib.Path) -> str:
        days = int(re.search(r"left_day = (\d+)", (folder / "members/mieke.toml").read_text())[1])
        return (datetime.date(1970, 1, 1) + datetime.timedelta(days=days)).isoformat()

    def with_colleagues(self) -> dict:
        """A case that youssef reads, too; and anouk, until tomorrow."""
        filed = self.filed()
        self.ran("case", "grant", "youssef", "--part", "talk", "--yes", phrase=filed["phrase"])
        self.ran("case", "grant", "anouk", "--part", "talk", "--until", self.day(1), "--yes", phrase=filed["phrase"])
        return filed

    def go_on(self, filed: dict) -> dict:
        """What mieke does while nobody here knows that she has left, and what the reporter builds on it."""
        self.ran("desk", "say", filed["handle"], "Ik heb het gelezen.", person="mieke")
        self.assertIn("talk", self.ran("desk", "renew", filed["handle"], person="mieke").json["cases"][0]["epochs"])
        self.ran("case", "revoke", "youssef", phrase=filed["phrase"])
        self.ran("case", "say", "Niet voor youssef.", phrase=filed["phrase"])
        return self.shown(filed)

    def assert_stands(self, filed: dict, before: dict) -> None:
        case = self.shown(filed)  # without an alarm
        self.assertEqual(case["entries"], before["entries"])
        self.assertEqual(case["clocks"]["acknowledge"], before["clocks"]["acknowledge"])
        for person in ("youssef", "mieke"):
            self.ran("desk", "show", filed["handle"], person=person, code=kit.REFUSED)
        self.assertNotIn("youssef", [row["name"] for row in case["access"]])

    def test_whoever_is_removed_is_in_until_a_directory_is_signed(self) -> None:
        filed = self.with_colleagues()
        folder = self.org.demo.dir
        self.admin(folder, "remove", "mieke")
        self.org.later(9)
        before = self.go_on(filed)
        self.admin(folder, "publish")
        self.assertEqual(self.left_day(folder), self.day(9))
        self.org.later(10)
        self.assert_stands(filed, before)

    def test_a_signed_directory_may_take_days_to_the_gateway(self) -> None:
        filed = self.with_colleagues()
        offline = self.org.folder / "offline"
        shutil.copytree(self.org.demo.dir, offline)
        self.admin(offline, "remove", "mieke")
        self.org.later(2)
        self.admin(offline, "publish")
        self.org.later(6)
        before = self.go_on(filed)
        self.admin(offline, "publish")
        self.assertEqual(self.left_day(offline), self.day(2), "a day that was published stays")
        shutil.copy(offline / "directory.omz", self.org.demo.dir)
        self.org.later(7)
        self.assert_stands(filed, before)


if __name__ == "__main__":
    unittest.main()
