"""The reporter's lead, with the real programs: who reads, who is let out, who stands in, what is taken back."""

import datetime
import json
import pathlib
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
        granted = self.case("grant", "--committee", "Noord", "--leave-out", "bram", "--yes", phrase=filed["phrase"])
        self.assertIn("no summary yet", granted.err)
        self.assertEqual(sorted(self.readers(filed)), ["ilse", "mieke", "tarik"])
        self.case("summary", "In het kort.", phrase=filed["phrase"])
        seen = self.seen_by("ilse", filed)
        self.assertEqual([row["text"] for row in seen["entries"] if "text" in row], ["In het kort."])
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

    def test_somebody_is_passed_a_case_under_one_delegation_at_a_time(self) -> None:
        filed = self.filed()
        for part in ("talk", "people"):
            self.case("delegate", "mieke", "--let-in", "ilse", "--part", part, "--until", self.day(7), "--yes", phrase=filed["phrase"])
        answer = self.desk("mieke", "pass-on", filed["handle"], "--to", "ilse", "--yes", code=kit.BAD_INPUT)
        self.assertIn("--part", answer.err)
        self.desk("mieke", "pass-on", filed["handle"], "--to", "ilse", "--part", "people", "--yes")
        self.case("delegate", "mieke", "--let-in", "anouk", "--part", "talk", "--until", self.day(7), "--yes", phrase=filed["phrase"])
        self.case("delegate", "mieke", "--let-in", "anouk", "--part", "talk", "--part", "people", "--until", self.day(7), "--yes",
                  phrase=filed["phrase"])
        self.desk("mieke", "pass-on", filed["handle"], "--to", "anouk", "--yes")
        case = self.case("show", phrase=filed["phrase"]).json
        self.assertEqual({row["name"]: row["compartments"] for row in case["access"] if row["name"] != "mieke"},
                         {"ilse": ["people"], "anouk": ["people", "talk"]})


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

    def store(self) -> dict[str, bytes]:
        """Whatever is stored, of a gateway that is not running."""
        self.org.stop()
        return {path.name: path.read_bytes() for path in self.org.demo.dir.glob("store.db*")}

    def put_back(self, store: dict[str, bytes]) -> None:
        self.org.stop()
        for path in self.org.demo.dir.glob("store.db*"):
            path.unlink()
        for name, stored in store.items():
            (self.org.demo.dir / name).write_bytes(stored)
        self.org.start()

    def test_a_store_from_before_a_revocation_gets_no_word_of_what_comes_after(self) -> None:
        filed = self.filed("Het verhaal.", "--to", "youssef")
        before = self.store()
        self.org.start()
        self.case("revoke", "youssef", phrase=filed["phrase"])
        after = self.store()
        self.put_back(before)
        for words, fate in ((("say", "Niet voor youssef."), "kept on this machine"), (("summary", "Kort."), "kept"),
                            (("grant", "anouk", "--yes"), ""), (("complain", "Niets."), "outbox show"), (("show",), "")):
            answer = self.case(*words, phrase=filed["phrase"], code=kit.VERIFICATION)
            self.assertIn("cut short", answer.err)
            self.assertIn(fate, answer.err)
        sent = self.org.run("outbox", "send", phrase=filed["phrase"])
        self.assertIn("cut short", self.assert_code(sent, kit.VERIFICATION).err)
        self.case("show", "--no-trace", phrase=filed["phrase"], code=kit.VERIFICATION)
        seen = self.seen_by("youssef", filed)
        self.assertEqual([row["text"] for row in seen["entries"] if "text" in row], ["Het verhaal."])
        self.put_back(after)
        self.assert_code(self.org.run("outbox", "send", phrase=filed["phrase"]), kit.DONE)
        self.assertEqual(self.talk_of("mieke", filed), ["Niet voor youssef."])
        self.desk("youssef", "show", filed["handle"], code=kit.REFUSED)

    def test_a_desk_adds_nothing_to_a_store_from_before_it_looked(self) -> None:
        filed = self.filed("Het verhaal.", "--to", "youssef")
        before = self.store()
        self.org.start()
        self.case("revoke", "youssef", phrase=filed["phrase"])
        self.desk("mieke", "say", filed["handle"], "Gelezen.")
        after = self.store()
        self.put_back(before)
        for words in (("say", "Nog iets."), ("propose", "--step", "mediation"), ("note", "Let op."), ("release", "--yes")):
            name, *given = words
            self.desk("mieke", name, filed["handle"], *given, code=kit.VERIFICATION)
        self.desk("mieke", "renew", filed["handle"], code=kit.VERIFICATION)
        self.assertEqual(self.talk_of("youssef", filed), [])
        self.put_back(after)
        self.org.run("outbox", "drop", person="mieke")
        self.assertEqual(self.talk_of("mieke", filed), ["Gelezen."])

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

    def test_another_adviser_is_said_to_read_what_they_will_read(self) -> None:
        filed = self.filed("Het verhaal.")
        self.case("grant", "anouk", "--part", "story", "--yes", phrase=filed["phrase"])
        self.case("grant", "anouk", "--part", "talk", "--until", self.day(7), "--yes", phrase=filed["phrase"])
        replaced = ("another", "--from", "anouk", "--to", "bram")
        said = self.case(*replaced, phrase=filed["phrase"], code=kit.BAD_INPUT).err
        self.assertIn("story, until you take it back\n", said)
        self.assertIn(f"talk, until {self.day(7)} included\n", said)
        self.assertNotIn("lead", said)
        self.case(*replaced, "--yes", phrase=filed["phrase"])
        rows = [row for row in self.case("show", phrase=filed["phrase"]).json["access"] if row["name"] == "bram"]
        self.assertEqual([row["compartments"] for row in rows], [["story"], ["talk"]])

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
        for seen in (self.case("show", phrase=filed["phrase"]).json, self.seen_by("mieke", filed)):
            self.assertIsNone(seen["clocks"]["feedback"]["met_day"], "it is met no more")
        self.assertIn("Dit is geen terugkoppeling.", self.talk_of("mieke", filed))
        kept = self.case("dispute", "Nog eens.", phrase=filed["phrase"], code=kit.REFUSED)
        self.assertIn("outbox show", kept.err)
        items = self.assert_code(self.org.run("outbox", "show", phrase=filed["phrase"]), kit.DONE).json["items"]
        self.assertEqual([(item["text"], item["refused"]) for item in items], [("Nog eens.", True)])

    def test_the_terminal_shows_which_entry_claims_what_and_disputes_it_by_its_number(self) -> None:
        filed = self.filed()
        self.desk("mieke", "say", filed["handle"], "Terugkoppeling.", "--feedback")
        self.desk("mieke", "say", filed["handle"], "Wanneer kun je?")
        entries = self.case("show", phrase=filed["phrase"]).json["entries"]
        seq = next(row["seq"] for row in entries if row.get("milestone") == "feedback")
        lines = self.case("show", phrase=filed["phrase"], json_out=False).out
        self.assertIn(f"[entry {seq}: feedback]", lines)
        self.case("dispute", "Dit is geen terugkoppeling.", "--entry", str(seq), phrase=filed["phrase"])
        self.assertIsNone(self.case("show", phrase=filed["phrase"]).json["clocks"]["feedback"]["met_day"])


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
        self.case("complain", "--to", "anouk", "Klacht.", phrase=filed["phrase"])


class Copy(Lead):
    def exported(self, filed: dict, name: str) -> pathlib.Path:
        out = self.org.folder / name
        told = self.case("export", "--out", str(out), phrase=filed["phrase"]).json
        self.assertEqual((told["out"], told["handle"]), (str(out), filed["handle"]))
        return out

    def verified(self, path: pathlib.Path, code: int = kit.DONE) -> kit.Answer:
        return self.assert_code(self.org.run("verify", "file", str(path)), code)

    def test_ones_own_copy_is_read_without_us_and_checks_out(self) -> None:
        filed = self.filed("Het verhaal.", "--people", "De chef.", "--identity", "Ik ben Sam.")
        self.desk("mieke", "say", filed["handle"], "Goed dat je dit vertelt.")
        self.desk("mieke", "note", filed["handle"], "Voor mezelf.")
        out = self.exported(filed, "copy")
        text = (out / "case.txt").read_text()
        for said in ("Het verhaal.", "De chef.", "Ik ben Sam.", "Goed dat je dit vertelt."):
            self.assertIn(said, text)
        self.assertNotIn("Voor mezelf.", text)
        self.org.stop()  # and without any gateway
        checked = self.verified(out).json
        self.org.start()
        self.assertEqual((checked["what"], checked["verified"], checked["alarms"]), ("case", True, []))
        self.assertEqual(checked["head_words"], self.case("show", phrase=filed["phrase"]).json["head_words"])
        for path in out.iterdir():
            self.assertEqual(path.stat().st_mode & 0o077, 0, "readable by its owner alone")
        self.case("export", "--out", str(out), phrase=filed["phrase"], code=kit.BAD_INPUT)  # there already

    @staticmethod
    def with_another_end(digits: str) -> str:
        return digits[:-1] + ("0" if digits[-1] != "0" else "1")

    def test_a_copy_that_was_changed_does_not_check_out(self) -> None:
        filed = self.filed("Het verhaal.")
        self.desk("mieke", "say", filed["handle"], "Ik heb het gezien.")
        out = self.exported(filed, "changed")
        text, copy = out / "case.txt", out / "case.json"
        said, whole = text.read_text(), json.loads(copy.read_text())
        text.write_text(said.replace("gezien", "niet gezien"))
        self.assertIn("does not say", self.verified(out, kit.VERIFICATION).err)
        text.write_text(said)
        readable = next(i for i, row in enumerate(whole["entries"]) if "payload" in row)
        for change in ("payload", "key", "header", "signature", "gone", "directory"):
            changed = json.loads(json.dumps(whole))
            if change == "gone":
                del changed["entries"][readable]
            elif change == "directory":
                changed["directory"] = self.with_another_end(changed["directory"])
            else:
                row = changed["entries"][readable]
                row[change] = self.with_another_end(row[change])
            copy.write_text(json.dumps(changed))
            self.verified(out, kit.VERIFICATION)
        copy.write_text("{}")
        self.verified(out, kit.BAD_INPUT)
        self.verified(self.org.folder / "nowhere", kit.BAD_INPUT)


class Identity(Lead):
    def told(self, person: str, filed: dict) -> list[str]:
        return self.texts(self.seen_by(person, filed), "identity")

    def test_who_the_reporter_is_they_say_later_to_one_named_person(self) -> None:
        filed = self.filed("Het verhaal.", "--to", "youssef")
        phrase = filed["phrase"]
        self.case("identity", "--to", "youssef", "--yes", phrase=phrase, code=kit.BAD_INPUT)  # nothing to share yet
        self.case("identity", "--to", "youssef", "Ik ben Sam.", phrase=phrase, code=kit.BAD_INPUT)  # asks first
        self.assertEqual(self.told("youssef", filed), [])
        self.case("identity", "--to", "youssef", "Ik ben Sam.", "--yes", phrase=phrase)
        self.assertEqual(self.told("mieke", filed), [])
        self.assertEqual(self.case("show", phrase=phrase).json["identity_opened"], [])
        self.assertEqual(self.told("youssef", filed), ["Ik ben Sam."])
        case = self.case("show", phrase=phrase).json
        self.assertEqual([row["author"] for row in case["identity_opened"]], ["youssef"])
        self.assertEqual(case["alarms"], [])
        answer = self.case("identity", "--to", "mieke", "--yes", phrase=phrase)
        self.assertIn("youssef", answer.err, "who reads it already is said")
        self.assertEqual(self.told("mieke", filed), ["Ik ben Sam."])


class Notes(Lead):
    def test_are_the_holders_and_never_the_reporters(self) -> None:
        filed = self.filed("Het verhaal.", "--to", "youssef", "--stand-in", "ruud")
        self.desk("mieke", "note", filed["handle"], "Bel de chef niet.")
        self.assertEqual(self.texts(self.seen_by("mieke", filed), "notes"), ["Bel de chef niet."])
        self.desk("youssef", "note", filed["handle"], "Ik ook.", code=kit.REFUSED)
        self.org.run("outbox", "drop", person="youssef")
        self.assertEqual(self.texts(self.seen_by("youssef", filed), "notes"), [])
        case = self.case("show", phrase=filed["phrase"]).json
        self.assertEqual((self.texts(case, "notes"), case["alarms"]), ([], []))
        self.desk("mieke", "release", filed["handle"], "--yes")
        self.assertEqual(self.texts(self.seen_by("ruud", filed), "notes"), ["Bel de chef niet."], "who takes over has them")


class Shown(Lead):
    def test_no_text_passes_for_a_line_of_ours_or_moves_the_cursor(self) -> None:
        filed = self.filed("Een verhaal.\n!! done without the reporter's consent (danger): mieke\x1b[2J")
        lines = self.assert_code(self.org.run("desk", "show", filed["handle"], person="mieke", json_out=False),
                                 kit.DONE).out
        self.assertNotIn("\x1b", lines)
        self.assertNotIn("\n!!", lines)
        self.assertIn("\n    !! done", lines)


class Withdrawal(Lead):
    def test_what_is_left_says_when_and_by_whom_and_no_word(self) -> None:
        filed = self.filed("Neem dit terug.")
        self.desk("mieke", "say", filed["handle"], "Gelezen.")
        before = self.seen_by("mieke", filed)
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
        milestone = before["entries"][4]["milestone"]
        # Of each entry what its header says; and who read along, since when.
        self.assertEqual([row | {"day": ""} for row in seen["entries"]], [
            {"seq": seq, "kind": kind, "author": author, "day": "", "event": None} | compartment
            for seq, (kind, author, compartment) in enumerate([
                ("open", "reporter", {}), ("event", "reporter", {"compartment": "talk"}),
                ("event", "reporter", {"compartment": "story"}), ("grant", "reporter", {}),
                ("event", "mieke", {"compartment": "talk", "milestone": milestone}), ("withdraw", "reporter", {})])])
        self.assertEqual([row["day"] for row in seen["entries"][:-1]], [row["day"] for row in before["entries"]])
        for key in ("access", "day_opened", "clocks"):
            self.assertEqual(seen[key], before[key])
        self.assertIsNotNone(seen["clocks"]["acknowledge"]["met_day"])
        lines = self.assert_code(self.org.run("desk", "show", filed["handle"], person="mieke", json_out=False), kit.DONE).out
        self.assertIn("Nobody can read it any more", lines)
        self.assertNotIn("due", lines)
        inbox = self.desk("mieke", "inbox").json["cases"]
        self.assertEqual([row["due_day"] for row in inbox if row["handle"] == filed["handle"]], [None])

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
