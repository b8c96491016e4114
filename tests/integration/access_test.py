"""The reporter's lead, with the real programs: who reads, who is let out, who stands in, what is taken back."""

import datetime
import json
import unittest

import kit


class Lead(kit.WithGateway):
    def case(self, *arguments: str, phrase: str, code: int = kit.DONE, **options: str) -> kit.Answer:
        return self.assert_code(self.org.run("case", *arguments, phrase=phrase, **options), code)

    def desk(self, person: str, *arguments: str, code: int = kit.DONE) -> kit.Answer:
        return self.assert_code(self.org.run("desk", *arguments, person=person), code)

    def seen_by(self, person: str, filed: dict) -> dict:
        return self.desk(person, "show", filed["handle"]).json

    def talk_of(self, person: str, filed: dict) -> list[str]:
        return self.texts(self.seen_by(person, filed), "talk")

    def readers(self, filed: dict) -> list[str]:
        case = self.case("show", phrase=filed["phrase"]).json
        self.assertEqual(case["alarms"], [])
        return [row["name"] for row in case["access"] if not row["dormant"]]

    @staticmethod
    def day(ahead: int) -> str:
        return (datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=ahead)).isoformat()


class LettingIn(Lead):
    def test_a_grant_by_part_and_last_day(self) -> None:
        filed = self.filed("Het verhaal.")
        self.case("say", "Voor wie mag.", phrase=filed["phrase"])
        self.case("grant", "youssef", "--part", "story", "--until", self.day(7), "--yes", phrase=filed["phrase"])
        seen = self.seen_by("youssef", filed)
        self.assertEqual(self.texts(seen, "story"), ["Het verhaal."])
        self.assertEqual(self.texts(seen, "talk"), [])
        self.assertEqual(seen["alarms"], [])

    def test_from_now_on_shows_nothing_from_before(self) -> None:
        filed = self.filed()
        self.case("say", "Voor.", phrase=filed["phrase"])
        self.case("grant", "youssef", "--part", "talk", "--from-now", "--yes", phrase=filed["phrase"])
        self.case("say", "Na.", phrase=filed["phrase"])
        self.assertEqual(self.talk_of("youssef", filed), ["Na."])
        self.assertEqual(self.talk_of("mieke", filed), ["Voor.", "Na."])

    def test_a_committee_but_for_the_one_left_out(self) -> None:
        filed = self.filed()
        self.case("grant", "--committee", "Noord", "--leave-out", "bram", "--yes", phrase=filed["phrase"])
        self.assertEqual(sorted(self.readers(filed)), ["ilse", "mieke", "tarik"])
        self.desk("ilse", "show", filed["handle"])
        self.desk("bram", "show", filed["handle"], code=kit.REFUSED)

    def test_nothing_happens_unasked_or_to_nobody(self) -> None:
        filed = self.filed()
        before = self.case("show", phrase=filed["phrase"]).json["head_words"]
        yes = "--yes"
        for arguments in (("grant", "youssef"), ("grant", "nobody", yes), ("grant", yes), ("withdraw",),
                          ("grant", "youssef", "--until", "2001-01-01", yes), ("grant", "youssef", "--part", "notes", yes),
                          ("grant", "youssef", "--until", "2031-02-30", yes), ("another", "--from", "mieke", "--to", "anouk"),
                          ("grant", "--committee", "Noord", "--leave-out", "mieke", yes), ("delegate", "mieke", yes)):
            answer = self.case(*arguments, phrase=filed["phrase"], code=kit.BAD_INPUT)
            self.assertTrue(answer.err.strip(), arguments)
        for arguments in (("revoke", "bram"), ("grant", "mieke", yes), ("another", "--from", "tarik", "--to", "anouk", yes),
                          ("delegate", "youssef", "--let-in", "ilse", "--until", self.day(7), yes),
                          ("dispute", "Niemand sprak mij.")):
            answer = self.case(*arguments, phrase=filed["phrase"], code=kit.REFUSED)
            self.assertTrue(answer.err.strip(), arguments)
        self.assertEqual(self.case("show", phrase=filed["phrase"]).json["head_words"], before)

    def test_a_delegate_passes_on_what_was_delegated_and_no_more(self) -> None:
        filed = self.filed()
        self.desk("mieke", "pass-on", filed["handle"], "--to", "ilse", "--yes", code=kit.REFUSED)
        self.case("delegate", "mieke", "--let-in", "ilse", "--let-in", "anouk", "--part", "talk", "--until", self.day(7),
                  "--lead", "--yes", phrase=filed["phrase"])
        self.desk("mieke", "pass-on", filed["handle"], "--to", "tarik", "--yes", code=kit.REFUSED)
        self.desk("mieke", "pass-on", filed["handle"], "--to", "ilse", "--part", "story", "--yes", code=kit.REFUSED)
        self.desk("mieke", "pass-on", filed["handle"], "--to", "anouk", "--lead", "--yes")
        case = self.case("show", phrase=filed["phrase"]).json
        self.assertEqual({row["name"]: row["holder"] for row in case["access"]}, {"mieke": False, "anouk": True})
        self.assertEqual(case["alarms"], [])
        self.case("delegate", "mieke", "--end", phrase=filed["phrase"])
        self.desk("mieke", "pass-on", filed["handle"], "--to", "ilse", "--yes", code=kit.REFUSED)


class LettingOut(Lead):
    def test_the_revoked_adviser_sees_nothing_new(self) -> None:
        filed = self.filed("Het verhaal.", "--to", "youssef")
        self.case("revoke", "youssef", phrase=filed["phrase"])
        self.case("say", "Na youssef.", phrase=filed["phrase"])
        answer = self.desk("youssef", "show", filed["handle"], code=kit.REFUSED)
        self.assertIn("no longer", answer.err)
        inbox = self.desk("youssef", "inbox").json["cases"]
        self.assertNotIn(filed["handle"], [case["handle"] for case in inbox])
        self.desk("youssef", "say", filed["handle"], "Toch.", code=kit.REFUSED)
        self.org.run("outbox", "drop", person="youssef")
        self.assertEqual(self.talk_of("mieke", filed), ["Na youssef."])
        self.assertEqual(self.readers(filed), ["mieke"])

    def test_another_adviser_is_one_step(self) -> None:
        filed = self.filed("Het verhaal.", "--stand-in", "ruud")
        before = len(self.case("show", phrase=filed["phrase"]).json["entries"])
        self.case("another", "--from", "mieke", "--to", "anouk", "Fijn dat je er bent.", "--yes", phrase=filed["phrase"])
        case = self.case("show", phrase=filed["phrase"]).json
        self.assertEqual(len(case["entries"]), before + 3)
        self.assertEqual([(row["name"], row["holder"]) for row in case["access"]], [("anouk", True)])
        seen = self.seen_by("anouk", filed)
        self.assertEqual(self.texts(seen, "story"), ["Het verhaal."])
        self.assertEqual(self.texts(seen, "talk"), ["Fijn dat je er bent."])
        self.desk("mieke", "show", filed["handle"], code=kit.REFUSED)
        self.desk("ruud", "show", filed["handle"], code=kit.REFUSED)

    def test_a_stand_in_takes_over_after_a_release_and_the_rest_start_anew(self) -> None:
        filed = self.filed("Het verhaal.", "--stand-in", "ruud", "--to", "youssef")
        self.desk("ruud", "show", filed["handle"], code=kit.REFUSED)
        self.desk("mieke", "release", filed["handle"], code=kit.BAD_INPUT)  # asks first
        self.desk("mieke", "release", filed["handle"], "--yes")
        self.desk("mieke", "show", filed["handle"], code=kit.REFUSED)
        self.assertEqual(self.texts(self.seen_by("ruud", filed), "story"), ["Het verhaal."])
        renewed = self.desk("ruud", "renew", filed["handle"]).json["cases"][0]
        self.assertIn("talk", renewed["epochs"])
        self.assertFalse(self.desk("youssef", "renew", filed["handle"]).json["cases"][0]["epochs"])
        self.desk("ruud", "say", filed["handle"], "Ik neem het over.")
        self.assertEqual(self.texts(self.case("show", phrase=filed["phrase"]).json, "talk"), ["Ik neem het over."])
        self.assertEqual(self.talk_of("youssef", filed), ["Ik neem het over."])
        self.assertEqual(sorted(self.readers(filed)), ["ruud", "youssef"])

    def test_a_rotated_key_is_sealed_to_once_it_is_asked_for(self) -> None:
        filed = self.filed("Het verhaal.")
        self.assert_code(self.org.run("key", "rotate", person="mieke"), kit.DONE)
        self.assertTrue(self.desk("mieke", "renew", filed["handle"]).json["cases"][0]["own_key"])
        self.assertFalse(self.desk("mieke", "renew", filed["handle"]).json["cases"][0]["own_key"])
        self.assertEqual(self.texts(self.seen_by("mieke", filed), "story"), ["Het verhaal."])


class Terms(Lead):
    def test_a_disputed_milestone_runs_again(self) -> None:
        filed = self.filed()
        self.desk("mieke", "say", filed["handle"], "Terugkoppeling.", "--feedback")
        clocks = self.case("show", phrase=filed["phrase"]).json["clocks"]
        self.assertIsNotNone(clocks["feedback"]["met_day"])
        self.case("dispute", "Dit is geen terugkoppeling.", phrase=filed["phrase"])
        self.assertIn("Dit is geen terugkoppeling.", self.talk_of("mieke", filed))
        kept = self.case("dispute", "Nog eens.", phrase=filed["phrase"], code=kit.REFUSED)
        self.assertIn("outbox show", kept.err)
        items = self.assert_code(self.org.run("outbox", "show", phrase=filed["phrase"]), kit.DONE).json["items"]
        self.assertEqual([(item["text"], item["refused"]) for item in items], [("Nog eens.", True)])


class Complaint(Lead):
    def test_the_adviser_never_sees_it_and_the_same_words_open_it(self) -> None:
        filed = self.filed("Het verhaal.")
        self.assertIsNone(self.case("show", phrase=filed["phrase"]).json["complaint"])
        head = self.case("show", phrase=filed["phrase"]).json["head_words"]
        complaint = self.case("complain", "Mieke praat met mijn chef.", phrase=filed["phrase"]).json
        self.assertNotEqual(complaint["handle"], filed["handle"])
        self.case("complain", "Nog een.", phrase=filed["phrase"], code=kit.REFUSED)

        seen = self.desk("coordinator", "show", complaint["handle"]).json
        story = self.texts(seen, "story")[0]
        self.assertIn("Mieke praat met mijn chef.", story)
        self.assertIn(filed["handle_words"], story)
        self.desk("coordinator", "say", complaint["handle"], "Ik kijk ernaar.")
        self.desk("coordinator", "show", filed["handle"], code=kit.REFUSED)

        self.desk("mieke", "show", complaint["handle"], code=kit.REFUSED)
        inbox = self.desk("mieke", "inbox").json["cases"]
        self.assertNotIn(complaint["handle"], [case["handle"] for case in inbox])
        both = self.case("show", phrase=filed["phrase"], state="elsewhere").json
        self.assertEqual(both["head_words"], head)
        self.assertEqual(self.texts(both["complaint"], "talk"), ["Ik kijk ernaar."])
        self.case("say", "Dank.", "--complaint", phrase=filed["phrase"])
        self.assertEqual(self.texts(self.desk("coordinator", "show", complaint["handle"]).json, "talk"),
                         ["Ik kijk ernaar.", "Dank."])

    def test_it_never_goes_to_somebody_in_the_case(self) -> None:
        filed = self.filed()
        self.case("complain", "Klacht.", "--to", "mieke", phrase=filed["phrase"], code=kit.BAD_INPUT)
        self.case("grant", "coordinator", "--yes", phrase=filed["phrase"])
        self.case("complain", "Klacht.", phrase=filed["phrase"], code=kit.BAD_INPUT)
        self.case("complain", "Klacht.", "--to", "anouk", phrase=filed["phrase"])


class Withdrawal(Lead):
    def test_nothing_is_left_but_the_proof_and_that_it_was_withdrawn(self) -> None:
        filed = self.filed("Neem dit terug.")
        proof = self.org.folder / "proof.json"
        self.case("withdraw", "--proof", str(proof), phrase=filed["phrase"], code=kit.BAD_INPUT)
        self.assertFalse(proof.exists())
        told = self.case("withdraw", "--proof", str(proof), "--yes", phrase=filed["phrase"]).json
        self.assertTrue(told["withdrawn"])

        words = filed["phrase"].split()
        unknown = self.case("show", phrase=" ".join(reversed(words)), code=kit.REFUSED, state="elsewhere")
        gone = self.case("show", phrase=filed["phrase"], code=kit.REFUSED, state="elsewhere")
        self.assertEqual(gone.err, unknown.err)
        seen = self.seen_by("mieke", filed)
        self.assertEqual(seen["state"], "withdrawn")
        self.assertEqual([row["text"] for row in seen["entries"] if "text" in row], [])

        checked = self.assert_code(self.org.run("verify", "file", str(proof)), kit.DONE).json
        self.assertTrue(checked["verified"])
        self.assertEqual(checked["handle"], filed["handle"])
        for change in ("header", "signature", "before"):
            forged = json.loads(proof.read_text())
            where = forged[change]
            if change == "before":
                where[-1] = "00" * 32
            else:
                forged[change] = where[:-1] + ("0" if where[-1] != "0" else "1")
            wrong = self.org.folder / f"{change}.json"
            wrong.write_text(json.dumps(forged))
            self.assert_code(self.org.run("verify", "file", str(wrong)), kit.VERIFICATION)


if __name__ == "__main__":
    unittest.main()
