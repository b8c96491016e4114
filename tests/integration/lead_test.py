"""The reporter's lead, with the real programs: proposed at the desk, answered with eight words."""

import datetime
import unittest

import kit


class Lead(kit.WithGateway):
    def written(self, name: str, text: str) -> str:
        path = self.org.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def shown(self, filed: dict) -> dict:
        return self.assert_code(self.org.run("case", "show", phrase=filed["phrase"]), kit.DONE).json

    def at_desk(self, filed: dict, person: str) -> dict:
        return self.assert_code(self.org.run("desk", "show", filed["handle"], person=person), kit.DONE).json

    def proposed(self, filed: dict, *arguments: str) -> dict:
        """What mieke proposes, as the reporter sees it."""
        self.assert_code(self.org.run("desk", "propose", filed["handle"], *arguments, person="mieke"), kit.DONE)
        return self.shown(filed)["open_questions"][-1]

    def answered(self, filed: dict, seq: int, *arguments: str) -> kit.Answer:
        return self.org.run("case", "answer", str(seq), *arguments, phrase=filed["phrase"])

    def test_a_yes_if_lets_in_whom_it_names_to_what_it_names(self) -> None:
        filed = self.filed("In mijn eigen woorden.", "--people", "De ploegchef.", "--want", "stop")
        question = self.proposed(filed, "--step", "share_triage", "--text", "Zij denken mee.", "--reader", "ilse:summary",
                                 "--summary", self.written("draft.txt", "De ploegchef zei het weer."))
        self.assertEqual(question["step"], "share_triage")
        self.assertEqual(question["text"], "Zij denken mee.")
        self.assertEqual([(row["name"], row["compartments"]) for row in question["readers"]], [("ilse", ["summary"])])
        self.assertEqual(self.shown(filed)["state"], "waiting")
        self.assert_code(self.org.run("desk", "show", filed["handle"], person="ilse"), kit.REFUSED)

        self.assert_code(self.answered(filed, question["seq"], "yes-if", "--text", "Zonder namen.", "--summary",
                                       self.written("mine.txt", "Er wordt iets gezegd.")), kit.DONE)
        case = self.shown(filed)
        self.assertEqual(case["open_questions"], [])
        self.assertEqual(case["alarms"], [])
        decision = case["proposals"][0]["decision"]
        self.assertEqual((decision["choice"], decision["text"], decision["carried_out"]), ("yes_if", "Zonder namen.", True))

        # Ilse reads the summary as the reporter approved it, and nothing else.
        seen = self.at_desk(filed, "ilse")
        self.assertEqual([row["text"] for row in seen["entries"] if "text" in row], ["Er wordt iets gezegd."])
        self.assertEqual(self.texts(seen, "summary"), ["Er wordt iets gezegd."])
        self.assertEqual(seen["alarms"], [])
        self.assertIsNone(seen["kind"])
        self.assertEqual([row["compartments"] for row in seen["access"] if row["name"] == "ilse"], [["summary"]])
        inbox = self.assert_code(self.org.run("desk", "inbox", person="ilse"), kit.DONE).json["cases"]
        self.assertIn(filed["handle"], [row["handle"] for row in inbox])
        # Nor does she write where she reads.
        self.assert_code(self.org.run("desk", "say", filed["handle"], "Ik vind er iets van.", person="ilse"), kit.REFUSED)
        for person in ("tarik", "bram"):
            self.assert_code(self.org.run("desk", "show", filed["handle"], person=person), kit.REFUSED)
        # Mieke sees the conditions.
        self.assertEqual(self.at_desk(filed, "mieke")["proposals"][0]["decision"]["text"], "Zonder namen.")

    def test_a_committee_is_its_members_but_for_whom_is_left_out(self) -> None:
        filed = self.filed()
        question = self.proposed(filed, "--step", "share_triage", "--committee", "Noord", "--leave-out", "bram",
                                 "--summary", self.written("draft.txt", "Kort."))
        self.assert_code(self.answered(filed, question["seq"], "yes"), kit.DONE)
        for person in ("ilse", "tarik"):
            self.assertEqual(self.texts(self.at_desk(filed, person), "summary"), ["Kort."])
        self.assert_code(self.org.run("desk", "show", filed["handle"], person="bram"), kit.REFUSED)

    def test_not_now_may_be_answered_again_and_no_may_not(self) -> None:
        filed = self.filed()
        seq = self.proposed(filed, "--text", "Zal ik met je teamleider praten?")["seq"]
        self.assert_code(self.answered(filed, seq, "not-now"), kit.DONE)
        self.assertEqual(self.shown(filed)["proposals"][0]["standing"], "put_off")
        self.assert_code(self.answered(filed, seq, "no", "--text", "Liever niet."), kit.DONE)
        self.assert_code(self.answered(filed, seq, "yes"), kit.REFUSED)
        self.assertEqual(self.shown(filed)["proposals"][0]["decision"]["choice"], "no")
        # What was refused is said before it is kept: nothing waits on the machine.
        self.assertEqual(self.org.run("outbox", "show", phrase=filed["phrase"]).json["items"], [])

    def test_whom_the_reporter_said_no_to_since_is_passed_a_case_with_a_warning(self) -> None:
        filed = self.filed()
        until = (datetime.date.today() + datetime.timedelta(days=7)).isoformat()
        delegate = ("case", "delegate", "mieke", "--let-in", "ilse", "--let-in", "anouk", "--part", "talk", "--until", until, "--yes")
        self.assert_code(self.org.run(*delegate, phrase=filed["phrase"]), kit.DONE)
        seq = self.proposed(filed, "--text", "Mag Ilse meelezen?", "--reader", "ilse:talk")["seq"]
        self.assert_code(self.answered(filed, seq, "no"), kit.DONE)
        passing = ("desk", "pass-on", filed["handle"], "--to")
        asked = self.org.run(*passing, "ilse", person="mieke")
        self.assertIn('About ilse the reporter answered "no"', asked.err)
        self.assertNotIn("the reporter answered", self.org.run(*passing, "anouk", person="mieke").err)
        self.assert_code(self.org.run(*delegate, phrase=filed["phrase"]), kit.DONE)
        self.assertNotIn("the reporter answered", self.org.run(*passing, "ilse", person="mieke").err, "allowed again since")

    def test_an_adviser_takes_their_own_proposal_back(self) -> None:
        filed = self.filed("Samen.", "--to", "youssef")
        seq = self.proposed(filed, "--step", "mediation")["seq"]
        self.assert_code(self.org.run("desk", "retract", filed["handle"], str(seq), person="youssef"), kit.REFUSED)
        self.assert_code(self.org.run("desk", "retract", filed["handle"], str(seq), person="mieke"), kit.DONE)
        self.assert_code(self.answered(filed, seq, "yes"), kit.REFUSED)

    def test_what_is_done_without_consent_is_the_first_thing_the_reporter_sees(self) -> None:
        filed = self.filed()
        self.assert_code(self.org.run("desk", "unconsented", filed["handle"], "--cause", "duty", "--text",
                                      "Ik moest aangifte doen.", person="mieke"), kit.DONE)
        acts = self.shown(filed)["unconsented"]
        self.assertEqual([(act["author"], act["cause"], act["text"]) for act in acts],
                         [("mieke", "duty", "Ik moest aangifte doen.")])
        lines = self.org.run("case", "show", phrase=filed["phrase"], json_out=False).out.splitlines()
        self.assertTrue(lines[1].startswith("!!"), lines[:3])

    def test_opening_the_identity_is_written_in_the_log_once(self) -> None:
        filed = self.filed("Wie ik ben staat erbij.", "--identity", "Ik ben het.")
        self.assertEqual(self.shown(filed)["identity_opened"], [])
        for _ in range(2):
            self.assertEqual(self.texts(self.at_desk(filed, "mieke"), "identity"), ["Ik ben het."])
            self.assertEqual([row["author"] for row in self.shown(filed)["identity_opened"]], ["mieke"])
        self.assertEqual(self.shown(filed)["alarms"], [])

    def test_a_case_is_not_paused_before_the_reporter_was_asked_and_silent(self) -> None:
        filed = self.filed()
        self.proposed(filed, "--step", "coordinator")
        answer = self.assert_code(self.org.run("desk", "status", filed["handle"], "paused", person="mieke"), kit.REFUSED)
        self.assertIn("from 20", answer.err)

    def test_what_cant_be_proposed_or_answered_is_said(self) -> None:
        filed = self.filed()
        for arguments in (("--step", "Gossip"), ("--step", "unheard_of"), ("--step", "close", "--reader", "nobody"),
                          ("--step", "close", "--reader", "ilse:notes"), ("--step", "close", "--reader", "ilse:"),
                          ("--step", "close", "--committee", "Zuid"), ("--step", "close", "--until", "2026-02-30"),
                          ("--step", "close", "--until", "2026-267-01"), ()):
            answer = self.org.run("desk", "propose", filed["handle"], *arguments, person="mieke", state="kept")
            self.assert_code(answer, kit.BAD_INPUT)
        seq = self.proposed(filed, "--step", "close")["seq"]
        self.assert_code(self.answered(filed, seq, "yes-if"), kit.BAD_INPUT)
        self.assert_code(self.answered(filed, seq, "perhaps"), kit.BAD_INPUT)
        self.assert_code(self.answered(filed, seq + 40, "yes"), kit.REFUSED)
        self.assertEqual(len(self.shown(filed)["open_questions"]), 1)


if __name__ == "__main__":
    unittest.main()
