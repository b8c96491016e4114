"""From eight words to an answer, with the real programs."""

import json
import unittest

import kit


class FirstLight(kit.WithGateway):
    def test_a_report_is_answered_and_the_reporter_comes_back_with_the_words_alone(self) -> None:
        filed = self.filed("Vandaag weer.", "--stand-in", "ruud", "--want", "stop", "--people", "De chef.")
        self.assertTrue(filed["accepted"])
        self.assertEqual(len(filed["phrase"].split()), 8)

        inbox = self.assert_code(self.org.run("desk", "inbox", person="mieke"), kit.DONE).json["cases"]
        row = next(case for case in inbox if case["handle"] == filed["handle"])
        self.assertEqual(row["kind"], "report")
        self.assertEqual(row["waiting_for"], "adviser")
        self.assertGreater(row["unread"], 0)
        self.assertEqual(set(row) >= {"handle", "handle_words", "kind", "unread", "waiting_for", "due_day", "overdue",
                                      "urgent"}, True)

        seen = self.assert_code(self.org.run("desk", "show", filed["handle"], person="mieke"), kit.DONE).json
        self.assertEqual(self.texts(seen, "story"), ["Vandaag weer."])
        self.assertEqual(self.texts(seen, "people"), ["De chef."])
        self.assertEqual(seen["alarms"], [])

        self.assert_code(self.org.run("desk", "say", filed["handle_words"], "Goed dat je dit vertelt.", person="mieke"),
                         kit.DONE)
        # Another machine: nothing but the words.
        case = self.assert_code(self.org.run("case", "show", phrase=filed["phrase"], state="elsewhere"), kit.DONE).json
        self.assertEqual(self.texts(case, "talk"), ["Goed dat je dit vertelt."])
        self.assertEqual(case["state"], "acknowledged")
        self.assertIsNotNone(case["clocks"]["acknowledge"]["met_day"])
        self.assertIsNone(case["clocks"]["feedback"]["met_day"])
        self.assertEqual([(row["name"], row["dormant"]) for row in case["access"]], [("mieke", False), ("ruud", True)])
        self.assertEqual(case["open_questions"], [])
        self.assertEqual(case["alarms"], [])

        self.assert_code(self.org.run("case", "say", "Dank je.", phrase=filed["phrase"]), kit.DONE)
        self.assert_code(self.org.run("desk", "status", filed["handle"], "active", "--text", "Ik zoek het uit.", "--feedback",
                                      person="mieke"), kit.DONE)
        self.assert_code(self.org.run("case", "stay", phrase=filed["phrase"]), kit.DONE)
        self.assert_code(self.org.run("desk", "outcome", filed["handle"], "--text", "Gesproken met de chef.", "--reason",
                                      "Dat wilde je.", person="mieke"), kit.DONE)
        case = self.assert_code(self.org.run("case", "show", phrase=filed["phrase"]), kit.DONE).json
        self.assertEqual(case["state"], "closed")
        self.assertEqual(case["entries"][-1]["reason"], "Dat wilde je.")
        verified = self.assert_code(self.org.run("verify", "case", phrase=filed["phrase"]), kit.DONE).json
        self.assertTrue(verified["verified"])
        self.assertEqual(len(verified["head_words"].split()), 4)
        self.assertEqual(verified["head_words"], case["head_words"])
        desk = self.assert_code(self.org.run("verify", "case", filed["handle"], person="mieke"), kit.DONE).json
        self.assertEqual(desk["head"], verified["head"])

    def test_what_is_urgent_stands_on_top_until_it_was_answered(self) -> None:
        due, urgent = self.filed(), self.filed()
        rows = lambda: [(row["handle"], row["urgent"]) for row in self.org.run("desk", "inbox", person="mieke").json["cases"]
                        if row["handle"] in (due["handle"], urgent["handle"])]
        self.assert_code(self.org.run("case", "say", "Vanavond nog.", "--urgent", phrase=urgent["phrase"]), kit.DONE)
        self.assertEqual(rows(), [(urgent["handle"], True), (due["handle"], False)])
        self.assert_code(self.org.run("desk", "say", urgent["handle"], "Ik bel je.", person="mieke"), kit.DONE)
        self.assertEqual(rows(), [(due["handle"], False), (urgent["handle"], False)], "its next term is later")

    def test_nobody_but_the_chosen_opens_it(self) -> None:
        filed = self.filed()
        for person in ("youssef", "anouk", "ruud", "ilse", "coordinator", "cdo"):
            self.assert_code(self.org.run("desk", "show", filed["handle"], person=person), kit.REFUSED)
            inbox = self.assert_code(self.org.run("desk", "inbox", person=person), kit.DONE).json["cases"]
            self.assertNotIn(filed["handle"], [case["handle"] for case in inbox])

    def test_several_advisers_and_the_identity_for_the_first(self) -> None:
        filed = self.filed("Samen.", "--to", "youssef", "--identity", "Ik ben het.")
        self.assertEqual(self.texts(self.org.run("desk", "show", filed["handle"], person="mieke").json, "identity"),
                         ["Ik ben het."])
        second = self.org.run("desk", "show", filed["handle"], person="youssef").json
        self.assertEqual(self.texts(second, "story"), ["Samen."])
        self.assertEqual(self.texts(second, "identity"), [])

    def test_every_kind_of_case(self) -> None:
        for kind in ("report", "advice", "witness", "signal"):
            filed = self.assert_code(self.org.report("Dit zag ik.", "--kind", kind, "--to", "anouk"), kit.DONE).json
            case = self.org.run("case", "show", phrase=filed["phrase"]).json
            self.assertEqual(case["kind"], kind)
            reader = "coordinator" if kind == "signal" else "anouk"
            seen = self.assert_code(self.org.run("desk", "show", filed["handle"], person=reader), kit.DONE).json
            self.assertEqual(self.texts(seen, "story"), ["Dit zag ik."])

    def test_a_proxy_of_the_environment_is_not_asked(self) -> None:
        nowhere = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:1")
        self.assert_code(self.org.report("Een verhaal.", "--to", "mieke", no_proxy="", NO_PROXY="", **nowhere), kit.DONE)

    @unittest.skipUnless((kit.SHARED / "samples/reports.jsonl").exists(), "the sample reports are not here")
    def test_every_sample_comes_back_byte_for_byte(self) -> None:
        lines = (kit.SHARED / "samples/reports.jsonl").read_text(encoding="utf-8").splitlines()
        self.assertGreater(len(lines), 0)
        for line in lines:
            sample = json.loads(line)
            arguments = ["--kind", sample["kind"], "--to", "youssef"]
            if sample["people"]:
                arguments += ["--people", sample["people"]]
            filed = self.assert_code(self.org.report(sample["story"], *arguments), kit.DONE).json
            reader = "coordinator" if sample["kind"] == "signal" else "youssef"
            for case in (self.org.run("case", "show", phrase=filed["phrase"]),
                         self.org.run("desk", "show", filed["handle"], person=reader)):
                self.assert_code(case, kit.DONE)
                self.assertEqual(self.texts(case.json, "story"), [sample["story"]], sample["id"])
                self.assertEqual(self.texts(case.json, "people"), [sample["people"]] if sample["people"] else [])


class BadInput(kit.WithGateway):
    def test_nobody_is_spoken_to_in_the_clear_but_this_machine_and_onions(self) -> None:
        path = self.org.folder / "clear.toml"
        phrase = self.filed()["phrase"]
        expected = dict.fromkeys(("http://127.0.0.1:1", "http://localhost:1"), kit.UNREACHABLE)
        expected |= dict.fromkeys(("http://example.org", "http://localhost.example.org", "http://localhost:1@example.org",
                                   "http://a.onion.example.org", "http://example.org?.onion", "http://example.org#.onion",
                                   "ftp://127.0.0.1", "127.0.0.1"), kit.BAD_INPUT)
        for url, code in expected.items():
            path.write_text(f'url = "{url}"\nservice_id = "{self.org.demo.service_id()}"\n')
            with self.subTest(url=url):
                self.assert_code(self.org.run("case", "show", phrase=phrase, OMZIEN_ORG=str(path)), code)

    def test_a_word_that_is_on_no_list_is_pointed_at(self) -> None:
        words = self.filed()["phrase"].split()
        words[3] = "qqqqzz"
        answer = self.assert_code(self.org.run("case", "show", phrase=" ".join(words)), kit.BAD_INPUT)
        self.assertIn("word 4", answer.err)

    def test_the_words_are_read_however_they_were_typed(self) -> None:
        filed = self.filed()
        typed = "  " + filed["phrase"].upper().replace(" ", " ,  ") + "\n"
        self.assertEqual(self.org.run("case", "show", phrase=typed).json["handle"], filed["handle"])

    def test_eight_words_of_no_case_find_nothing(self) -> None:
        words = self.filed()["phrase"].split()
        answer = self.assert_code(self.org.run("case", "show", phrase=" ".join(reversed(words))), kit.REFUSED)
        self.assertIn("no such case", answer.err)

    def test_what_cant_be_sent_is_said_and_nothing_is_kept(self) -> None:
        too_long = "x" * 61_441
        for arguments, text in ((("--to", "mieke"), ""), (("--to", "mieke"), too_long), (("--to", "mieke"), b"\xff\xfe"),
                                (("--kind", "gossip"), "story")):
            answer = self.assert_code(self.org.report(text, *arguments, state="kept"), kit.BAD_INPUT)
            self.assertTrue(answer.err.strip(), arguments)
            self.assertEqual(answer.out, "")
        self.assertFalse((self.org.folder / "kept").exists())

    def test_a_story_that_may_not_be_read_by_whom_it_names_is_given_back(self) -> None:
        for arguments in (("--to", "nobody"), (), ("--to", "ilse"), ("--to", "mieke", "--stand-in", "mieke")):
            answer = self.assert_code(self.org.report("A story.", *arguments, state="given"), kit.BAD_INPUT)
            self.assertFalse(answer.json["accepted"])
            self.assertIn("kept on this machine", answer.err)

    def test_the_longest_story_fits(self) -> None:
        filed = self.filed("é" * 30_720)
        self.assertEqual(self.texts(self.org.run("case", "show", phrase=filed["phrase"]).json, "story"), ["é" * 30_720])

    def test_a_wrong_passphrase_is_refused(self) -> None:
        answer = self.org.run("desk", "inbox", person="mieke", OMZIEN_PASSPHRASE="wrong")
        self.assert_code(answer, kit.REFUSED)

    def test_usage_is_two_and_help_is_nought(self) -> None:
        self.assert_code(self.org.run("case", json_out=False), kit.BAD_INPUT)
        self.assert_code(self.org.run("nonsense", json_out=False), kit.BAD_INPUT)
        self.assert_code(self.org.run("--help", json_out=False), kit.DONE)

    def test_an_outcome_needs_a_reason(self) -> None:
        filed = self.filed()
        self.assert_code(self.org.run("desk", "outcome", filed["handle"], "--text", "x", person="mieke"), kit.BAD_INPUT)
        self.assert_code(self.org.run("desk", "outcome", filed["handle"], "--text", "x", "--reason", "", person="mieke"),
                         kit.BAD_INPUT)

    def test_another_organisations_file_is_not_believed(self) -> None:
        other = self.org.folder / "other.toml"
        other.write_text(f'url = "{self.org.demo.url}"\nservice_id = "{"ab" * 32}"\n')
        answer = self.org.report("story", "--to", "mieke", OMZIEN_ORG=str(other), state="other")
        self.assert_code(answer, kit.VERIFICATION)


if __name__ == "__main__":
    unittest.main()
