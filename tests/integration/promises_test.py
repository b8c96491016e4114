"""The desk's promises, with the real programs: joining, being away, triage, consultation, labels, a hand-over."""

import json
import pathlib
import re
import unittest

import kit
from kit import BAD_INPUT, DONE, REFUSED, UNREACHABLE, VERIFICATION

demo = kit.demo


class Promises(kit.WithGateway):
    def admin(self, *arguments: str) -> kit.Answer:
        return self.org.run("admin", *arguments, "--dir", str(self.org.demo.dir), OMZIEN_PASSPHRASE=demo.ROOT_PASSPHRASE)

    def as_person(self, person: str, *arguments: str, code: int = DONE) -> dict:
        answer = self.assert_code(self.org.run(*arguments, person=person), code)
        return answer.json if code == DONE else {}

    def shown(self, filed: dict) -> dict:
        return self.assert_code(self.org.run("case", "show", phrase=filed["phrase"]), DONE).json

    def written(self, name: str, text: str) -> str:
        path = self.org.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def yes(self, filed: dict, *proposal: str) -> None:
        """Mieke proposes, and the reporter says yes."""
        self.as_person("mieke", "desk", "propose", filed["handle"], *proposal)
        seq = self.shown(filed)["open_questions"][-1]["seq"]
        self.assert_code(self.org.run("case", "answer", str(seq), "yes", phrase=filed["phrase"]), DONE)

    def outcome(self, filed: dict, code: int) -> kit.Answer:
        return self.assert_code(self.org.run("desk", "outcome", filed["handle"], "--text", "Gesproken.", "--reason",
                                             "Zo gewild.", person="mieke"), code)

    def taken(self) -> None:
        """The gateway takes a new directory within its minute; a restart takes it at once."""
        self.org.stop()
        self.org.start()

    # --- joining ---

    def invited(self, name: str, *arguments: str) -> dict:
        invitation = self.assert_code(self.admin("invite", name, *arguments), DONE).json
        link = self.written(f"{name}.link", invitation["link"] + "\n")
        key = self.org.demo.dir / "people" / f"{name}.key"
        key.unlink(missing_ok=True)
        made = self.assert_code(self.org.run("key", "new", "--invitation", link, "--out", str(key),
                                             OMZIEN_PASSPHRASE=demo.passphrase_of(name)), DONE).json
        return {**invitation, **made}

    def test_an_invited_adviser_joins_reads_and_answers(self) -> None:
        made = self.invited("nora", "--role", "adviser", "--unit", "Noord", "--works", "mon-wed")
        self.assertEqual((made["name"], made["role"], made["unit"]), ("nora", "adviser", "Noord"))
        wrong = self.admin("approve", made["request"], "--fingerprint", "0" * 64)
        self.assert_code(wrong, VERIFICATION)
        self.assert_code(self.admin("approve", made["request"], "--fingerprint", made["fingerprint"].upper()), DONE)
        self.assert_code(self.admin("approve", made["request"], "--fingerprint", made["fingerprint"]), BAD_INPUT)
        self.taken()
        filed = self.assert_code(self.org.report("Een verhaal.", "--to", "nora"), DONE).json
        self.as_person("nora", "desk", "say", filed["handle"], "Goed dat je dit vertelt.")
        self.assertEqual(self.shown(filed)["access"][0]["works"], ["mon", "tue", "wed"])

    def test_what_is_wrong_with_a_request_is_said_and_changes_nothing(self) -> None:
        before = self.assert_code(self.admin("check"), DONE).json["version"]
        made = self.invited("piet", "--role", "triage", "--unit", "Noord")
        text = pathlib.Path(made["request"]).read_text(encoding="utf-8")
        for broken in ("", "hallo", text[:-20], text.replace(text[40:44], "AAAA")):
            self.assert_code(self.admin("approve", self.written("broken", broken)), BAD_INPUT)
        self.assert_code(self.admin("approve", made["request"]), BAD_INPUT)  # nobody compared
        self.assertEqual(self.assert_code(self.admin("check"), DONE).json["version"], before)
        self.assert_code(self.org.run("key", "new", "--invitation", self.written("no.link", "http://x/#join=AAAA"),
                                      "--out", str(self.org.folder / "no.key"), OMZIEN_PASSPHRASE="x"), BAD_INPUT)

    def test_nobody_disappears_from_the_directory(self) -> None:
        before = self.assert_code(self.admin("check"), DONE).json["version"]
        card = self.org.demo.dir / "members" / "tarik.toml"
        self.addCleanup(card.write_bytes, card.read_bytes())
        card.unlink()
        self.assertIn("tarik is gone", self.assert_code(self.admin("publish"), BAD_INPUT).err)
        self.assertEqual(self.assert_code(self.admin("check"), DONE).json["version"], before)

    def test_a_card_comes_back_whole_where_the_directory_cannot_be_signed(self) -> None:
        card = self.org.demo.dir / "members" / "bram.toml"
        key = self.org.demo.dir / "people" / "bram.key"
        plan = self.org.demo.dir / "organisation.toml"
        for path in (card, key, plan):
            self.addCleanup(path.write_bytes, path.read_bytes())
        long = re.sub(r"line = ['\"].*['\"]", "line = '" + "x" * 20_000 + "'", card.read_text(encoding="utf-8"))
        card.write_text(long, encoding="utf-8")
        made = self.invited("bram", "--renew")
        plan.write_text(plan.read_text(encoding="utf-8").replace("acknowledge_days = 7", "acknowledge_days = 0"), encoding="utf-8")
        answer = self.admin("approve", made["request"], "--fingerprint", made["fingerprint"])
        self.assertIn("acknowledge_days", self.assert_code(answer, BAD_INPUT).err)
        self.assertEqual(card.read_text(encoding="utf-8"), long)

    def test_nobody_who_manages_becomes_an_adviser(self) -> None:
        for position in ("managing", "human_resources"):
            for role in ("adviser", "stand_in"):
                self.assert_code(self.admin("invite", "chef", "--role", role, "--unit", "Noord", "--position", position),
                                 BAD_INPUT)
        self.assert_code(self.admin("invite", "chef", "--role", "triage_chair", "--unit", "Noord", "--position",
                                    "managing"), DONE)

    def test_an_adviser_who_starts_to_manage_is_not_published_as_one(self) -> None:
        before = self.assert_code(self.admin("check"), DONE).json["version"]
        for name in ("mieke", "ruud"):
            card = self.org.demo.dir / "members" / f"{name}.toml"
            was = card.read_text(encoding="utf-8")
            self.assertRegex(was, r"position = ['\"]none['\"]")
            for position in ("managing", "human_resources"):
                card.write_text(re.sub(r"position = ['\"]none['\"]", f'position = "{position}"', was), encoding="utf-8")
                self.assertIn("managing or HR", self.assert_code(self.admin("publish"), BAD_INPUT).err)
            card.write_text(was, encoding="utf-8")
        self.assertEqual(self.assert_code(self.admin("check"), DONE).json["version"], before)

    def test_a_lost_key_file_is_replaced_and_colleagues_write_for_the_new_keys(self) -> None:
        filed = self.assert_code(self.org.report("Een verhaal.", "--to", "youssef", "--to", "mieke"), DONE).json
        self.as_person("mieke", "desk", "say", filed["handle"], "Gelezen.")
        self.org.stop()
        waits = self.assert_code(self.org.report("Voor wie ik ken.", "--to", "youssef"), UNREACHABLE).json
        self.org.start()
        made = self.invited("youssef", "--renew")
        self.assert_code(self.admin("approve", made["request"], "--fingerprint", made["fingerprint"]), DONE)
        self.taken()
        # What waited was written for whoever had the keys before.
        refused = self.assert_code(self.org.run("outbox", "send", phrase=waits["phrase"]), REFUSED)
        self.assertIn("youssef's key changed on ", refused.err)
        kept = self.assert_code(self.org.run("outbox", "show", phrase=waits["phrase"]), DONE).json["items"]
        self.assertEqual([(item["refused"], item["text"]) for item in kept], [(True, "Voor wie ik ken.")])
        self.assert_code(self.org.run("outbox", "send", phrase=waits["phrase"]), DONE)
        self.assert_code(self.org.run("case", "show", phrase=waits["phrase"]), REFUSED)  # it was never sent
        # What was sealed to the lost keys stays closed; what comes after a colleague's renewal opens.
        renewed = self.as_person("mieke", "desk", "renew", filed["handle"])["cases"][0]
        self.assertIn("talk", renewed["epochs"])
        self.as_person("mieke", "desk", "say", filed["handle"], "Na het verlies.")
        case = self.as_person("youssef", "desk", "show", filed["handle"])
        self.assertEqual(self.texts(case, "talk"), ["Na het verlies."])
        changed = {row["name"]: row["key_changed_day"] for row in self.shown(filed)["access"]}
        self.assertIsNone(changed["mieke"])
        self.assertIsNotNone(changed["youssef"], "the reporter sees since when")
        self.assertEqual(self.as_person("mieke", "desk", "renew", filed["handle"])["cases"][0]["epochs"], [])
        # Whoever is about to let them in sees it first.
        warned = "youssef's key changed on "
        self.assertIn(warned, self.assert_code(self.org.report("Nog een.", "--to", "youssef"), DONE).err)
        self.assertNotIn("key changed", self.assert_code(self.org.report("Nog een.", "--to", "mieke"), DONE).err)
        other = self.filed()
        for step in (("grant", "youssef"), ("identity", "--to", "youssef", "--text", "Ik."),
                     ("delegate", "mieke", "--let-in", "youssef", "--until", "2099-12-31"),
                     ("another", "--from", "mieke", "--to", "youssef")):
            self.assertIn(warned, self.assert_code(self.org.run("case", *step, phrase=other["phrase"]), BAD_INPUT).err)
        self.as_person("mieke", "desk", "propose", other["handle"], "--text", "Hulp?", "--reader", "youssef")
        text = self.org.run("case", "show", phrase=other["phrase"], json_out=False).out
        self.assertIn(warned, text, "whom a proposal would let in, too")
        seq = str(self.shown(other)["open_questions"][-1]["seq"])
        self.assertNotIn(warned, self.assert_code(self.org.run("case", "answer", seq, "no", phrase=other["phrase"]), DONE).err)
        complaint = self.org.run("case", "complain", "Niets.", "--to", "youssef", phrase=other["phrase"])
        self.assertIn(warned, self.assert_code(complaint, DONE).err)
        third = self.filed()
        self.as_person("mieke", "desk", "propose", third["handle"], "--text", "Hulp?", "--reader", "youssef")
        seq = str(self.shown(third)["open_questions"][-1]["seq"])
        self.assertIn(warned, self.assert_code(self.org.run("case", "answer", seq, "yes", phrase=third["phrase"]), DONE).err)

    # --- away ---

    def test_who_is_away_says_so_without_the_root(self) -> None:
        filed = self.filed()
        said = self.as_person("mieke", "key", "away", "--until", "2099-12-31", "--stand-in", "ruud")
        self.assertEqual((said["away_until"], said["stand_in"]), ("2099-12-31", "ruud"))
        row = self.shown(filed)["access"][0]
        self.assertEqual((row["name"], row["away_until"], row["stand_in"]), ("mieke", "2099-12-31", "ruud"))
        self.as_person("mieke", "key", "works", "mon-fri")
        row = self.shown(filed)["access"][0]
        self.assertEqual(row["works"], ["mon", "tue", "wed", "thu", "fri"])
        self.assertEqual(row["away_until"], "2099-12-31", "what was said before stays said")
        self.as_person("mieke", "key", "back")
        self.assertIsNone(self.shown(filed)["access"][0]["away_until"])
        for arguments in (["away", "--until", "2020-01-01"], ["away", "--until", "gisteren"], ["works", "maandag"],
                          ["away", "--until", "2099-01-01", "--from", "2099-02-01"],
                          ["away", "--until", "2099-01-01", "--stand-in", "mieke"]):
            self.as_person("mieke", "key", *arguments, code=BAD_INPUT)

    # --- triage ---

    def test_a_report_closes_with_the_committees_decision_and_not_before(self) -> None:
        filed = self.filed("Een verhaal voor de commissie.")
        self.as_person("mieke", "desk", "say", filed["handle"], "Gelezen.")
        self.assertIn("propose share_triage", self.outcome(filed, REFUSED).err)
        self.yes(filed, "--step", "share_triage", "--committee", "Noord", "--leave-out", "bram")
        self.as_person("bram", "desk", "assess", filed["handle"], "Ik?", code=REFUSED)
        self.as_person("mieke", "desk", "assess", filed["handle"], "Ik?", code=REFUSED)
        self.as_person("tarik", "desk", "assess", filed["handle"], "Een gesprek kan helpen.")
        decision = ["--ruling", "conversation", "--text", "Een gesprek.", "--reason", "Het kan nog goed komen."]
        self.as_person("tarik", "desk", "decide", filed["handle"], *decision, code=REFUSED)
        self.outcome(filed, REFUSED)
        self.as_person("ilse", "desk", "decide", filed["handle"], *decision)
        case = self.shown(filed)
        self.assertEqual([row["author"] for row in case["triage"]["assessments"]], ["tarik"])
        self.assertEqual((case["triage"]["decision"]["ruling"], case["triage"]["decision"]["author"]),
                         ("conversation", "ilse"))
        self.assertEqual(case["triage"]["missing_to_close"], [])
        self.assertEqual(case["alarms"], [])
        self.outcome(filed, DONE)
        self.assertEqual(self.shown(filed)["state"], "closed")
        self.assertEqual(self.as_person("ilse", "desk", "show", filed["handle"])["alarms"], [])

    def test_a_chair_who_recuses_herself_leaves_the_decision_to_a_member(self) -> None:
        filed = self.filed()
        self.as_person("mieke", "desk", "say", filed["handle"], "Gelezen.")
        self.yes(filed, "--step", "share_triage", "--committee", "Noord")
        self.as_person("ilse", "desk", "recuse", filed["handle"], code=BAD_INPUT)
        self.as_person("ilse", "desk", "recuse", filed["handle"], "--yes")
        self.as_person("ilse", "desk", "show", filed["handle"], code=REFUSED)
        self.assertNotIn("ilse", [row["name"] for row in self.shown(filed)["access"]])
        self.as_person("tarik", "desk", "decide", filed["handle"], "--ruling", "adviser", "--text", "Ga door.",
                       "--reason", "Het loopt goed.")
        self.outcome(filed, DONE)

    def test_the_wish_to_stay_is_enough_while_it_stands(self) -> None:
        filed = self.filed()
        self.as_person("mieke", "desk", "say", filed["handle"], "Gelezen.")
        self.assert_code(self.org.run("case", "stay", "Liever met jou.", phrase=filed["phrase"]), DONE)
        self.assert_code(self.org.run("case", "stay", "--ended", phrase=filed["phrase"]), DONE)
        self.outcome(filed, REFUSED)
        self.yes(filed, "--step", "stay")
        self.outcome(filed, DONE)

    def test_a_sensitive_case_waits_for_the_coordinator(self) -> None:
        filed = self.filed()
        self.as_person("mieke", "desk", "say", filed["handle"], "Gelezen.")
        self.assert_code(self.org.run("case", "stay", phrase=filed["phrase"]), DONE)
        self.yes(filed, "--step", "investigation", "--text", "Een onderzoek.")
        self.assertEqual(self.shown(filed)["triage"]["missing_to_close"], ["consulted"])
        self.assertIn("coordinator", self.outcome(filed, REFUSED).err)
        self.yes(filed, "--step", "coordinator", "--reader", "coordinator:summary")
        self.as_person("mieke", "desk", "consult", filed["handle"], "Mag wel.", code=REFUSED)
        self.as_person("coordinator", "desk", "consult", filed["handle"], "Wacht een week.")
        self.outcome(filed, DONE)
        self.assertEqual([row["text"] for row in self.shown(filed)["triage"]["consultations"]], ["Wacht een week."])

    # --- alerts, papers, handbook, hand-over ---

    def test_a_term_that_is_no_number_is_told_and_nothing_is_signed(self) -> None:
        before = self.assert_code(self.admin("check"), DONE).json["version"]
        file = self.org.demo.dir / "organisation.toml"
        kept = file.read_text(encoding="utf-8")
        self.addCleanup(file.write_text, kept, encoding="utf-8")
        for good, bad in (("acknowledge_days = 7", 'acknowledge_days = "seven"'),
                          ("acknowledge_days = 7", "acknowledge_days = 8"), ("feedback_months = 3", "feedback_months = 4"),
                          ("feedback_months = 3", "feedback_months = 4000000000"),
                          ("retention_days = ", "retention_days = -"), ("silence_days", "silence_dayz"),
                          ("review_days = ", "review_days = 0.5 # ")):
            self.assertIn(good, kept)
            file.write_text(kept.replace(good, bad), encoding="utf-8")
            answer = self.assert_code(self.admin("publish"), BAD_INPUT)
            self.assertIn(good.split()[0].rstrip("s"), answer.err)
        self.assertEqual(self.assert_code(self.admin("check"), DONE).json["version"], before)

    def test_a_directory_that_nobody_could_fetch_is_told_and_not_signed(self) -> None:
        file = self.org.demo.dir / "organisation.toml"
        kept = file.read_text(encoding="utf-8")
        self.addCleanup(file.write_text, kept, encoding="utf-8")
        file.write_text(kept.replace("[texts.nl]", "[texts.nl]\nlong = '" + "x" * 1_100_000 + "'"), encoding="utf-8")
        answer = self.assert_code(self.admin("publish"), BAD_INPUT)
        self.assertIn("1048576 bytes", answer.err)

    def test_alerts_are_for_those_whom_the_directory_names(self) -> None:
        self.assertEqual(self.as_person("coordinator", "desk", "alerts"), {"alerts": []})
        self.assertEqual(self.as_person("cdo", "desk", "alerts"), {"alerts": []})
        self.as_person("mieke", "desk", "alerts", code=REFUSED)

    def test_labels_and_what_belongs_together_are_ones_own(self) -> None:
        one, other = self.filed(), self.filed()
        self.as_person("mieke", "desk", "label", one["handle"], "--add", "deze week", "--add", "ploeg 4")
        self.as_person("mieke", "desk", "label", one["handle"], "--remove", "deze week")
        self.as_person("mieke", "desk", "belongs", one["handle"], other["handle"])
        kept = self.as_person("mieke", "desk", "label", one["handle"])
        self.assertEqual((kept["labels"], kept["belongs_with"]), (["ploeg 4"], [other["handle"]]))
        self.assertEqual(self.as_person("mieke", "desk", "label", other["handle"])["belongs_with"], [one["handle"]])
        self.as_person("mieke", "desk", "label", one["handle"], "--add", "x" * 65, code=BAD_INPUT)
        store = b"".join(path.read_bytes() for path in self.org.demo.dir.glob("store.db*"))
        self.assertNotIn(b"ploeg 4", store)
        self.assertNotIn("ploeg 4", json.dumps(self.shown(one)))

    def test_the_handbook_is_the_one_that_was_signed(self) -> None:
        book = self.as_person("mieke", "desk", "handbook", "--kind", "report", "--language", "nl")
        self.assertGreater(len(book["checklist"]), 3)
        self.assertIn("Uitsluiting", [row["term"] for row in book["glossary"]])
        path = self.org.demo.dir / "handbook.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("Listen first", "Listen first of all"), encoding="utf-8")
        self.assert_code(self.admin("publish"), DONE)
        self.taken()
        newer = self.as_person("mieke", "desk", "handbook", "--kind", "advice", "--language", "en")
        self.assertEqual(newer["version"], book["version"] + 1)
        self.assertTrue(any(item.startswith("Listen first of all") for item in newer["checklist"]))
        self.assert_code(self.admin("publish"), DONE)  # nothing changed in it
        self.taken()
        self.assertEqual(self.as_person("mieke", "desk", "handbook")["version"], newer["version"])

    def test_a_case_is_handed_over_with_a_yes(self) -> None:
        filed = self.filed()
        self.as_person("mieke", "desk", "say", filed["handle"], "Ik ga weg.")
        self.as_person("mieke", "desk", "propose", filed["handle"], "--step", "hand_over", "--lead", "anouk",
                       code=BAD_INPUT)
        self.yes(filed, "--step", "hand_over", "--reader", "anouk:story,people,talk,summary", "--lead", "anouk")
        holders = [row["name"] for row in self.shown(filed)["access"] if row["holder"]]
        self.assertEqual(holders, ["anouk"])
        self.as_person("anouk", "desk", "note", filed["handle"], "Overgenomen.")
        self.assertEqual(self.shown(filed)["alarms"], [])


if __name__ == "__main__":
    unittest.main()
