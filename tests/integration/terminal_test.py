"""The terminal client where something around it is not as it should be: the screen, the pipe, a name, a number."""

import os
import pty
import re
import shutil
import signal
import subprocess
import termios
import threading
import time
import unittest

import kit

STORY = "Een verhaal."


def echoes(terminal: int) -> bool:
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


class Terminal(kit.WithGateway):
    def environment(self, **more: str) -> dict[str, str]:
        env = {key: value for key, value in os.environ.items() if not key.startswith("OMZIEN_")}
        return {**env, "OMZIEN_ORG": str(self.org.demo.org), "OMZIEN_STATE": str(self.org.folder / "state"), **more}

    def inbox(self) -> list[str]:
        cases = self.assert_code(self.org.run("desk", "inbox", person="mieke"), kit.DONE).json["cases"]
        return [row["handle"] for row in cases]

    def report_to(self, out: int, *arguments: str) -> subprocess.CompletedProcess:
        """A report whose output goes to this descriptor."""
        return subprocess.run([kit.BIN / "omzien", "report", "--story", "-", "--to", "mieke", *arguments], check=False,
                              input=STORY.encode(), env=self.environment(), stdout=out, stderr=subprocess.PIPE, timeout=60)

    # --- the terminal itself ---

    def test_whoever_thinks_better_of_it_at_the_prompt_keeps_a_terminal_that_shows_what_they_type(self) -> None:
        for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            ours, theirs = pty.openpty()
            asked = subprocess.Popen([kit.BIN / "omzien", "case", "show"], env=self.environment(), stdin=theirs,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            until = time.monotonic() + 10
            while echoes(theirs) and time.monotonic() < until:
                time.sleep(0.01)
            self.assertFalse(echoes(theirs), "the words would be seen")
            asked.send_signal(how)
            self.assertEqual(asked.wait(timeout=10), -how)
            self.assertTrue(echoes(theirs), how)
            os.close(ours)
            os.close(theirs)

    def test_words_that_nobody_saw_open_no_case(self) -> None:
        before = self.inbox()
        with open("/dev/full", "wb") as full:
            answer = self.report_to(full.fileno())
        self.assertEqual(answer.returncode, kit.BAD_INPUT, answer.stderr)
        self.assertIn(b"Nothing was sent", answer.stderr)
        self.assertEqual(self.inbox(), before)

    def test_words_that_a_program_did_not_read_are_said_aloud(self) -> None:
        with open("/dev/full", "wb") as full:
            answer = self.report_to(full.fileno(), "--json")
        self.assertEqual(answer.returncode, kit.BAD_INPUT, answer.stderr)
        words = next(line for line in answer.stderr.decode().splitlines() if "eight words" in line).split(": ")[1]
        case = self.assert_code(self.org.run("case", "show", phrase=words), kit.DONE).json
        self.assertEqual(self.texts(case, "story"), [STORY])

    def test_a_reader_that_goes_away_is_told(self) -> None:
        filed = self.filed()
        reading, writing = os.pipe()
        os.close(reading)
        answer = subprocess.run([kit.BIN / "omzien", "case", "show"], env=self.environment(OMZIEN_PHRASE=filed["phrase"]),
                                check=False, stdout=writing, stderr=subprocess.PIPE, timeout=60)
        os.close(writing)
        self.assertEqual(answer.returncode, kit.BAD_INPUT, answer.stderr)
        self.assertIn(b"could not be written", answer.stderr)

    def test_without_an_output_nothing_goes_where_the_next_file_or_connection_stands(self) -> None:
        filed = self.filed()
        answer = subprocess.run([kit.BIN / "omzien", "case", "show"], env=self.environment(OMZIEN_PHRASE=filed["phrase"]),
                                check=False, preexec_fn=lambda: os.close(1), stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(answer.returncode, kit.BAD_INPUT, answer.stderr)

    def test_a_rotated_key_file_opens_with_the_passphrase_it_had(self) -> None:
        key = self.org.demo.dir / "people" / "tarik.key"
        ours, theirs = pty.openpty()
        asked = subprocess.Popen([kit.BIN / "omzien", "key", "rotate"], env=self.environment(OMZIEN_KEY=str(key)),
                                 stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        # Asked a second time it would be given a slip, and keep it.
        for typed in (kit.demo.passphrase_of("tarik"), "a slip"):
            while asked.poll() is None and echoes(theirs) and time.monotonic() < until:
                time.sleep(0.01)
            if asked.poll() is not None:
                break
            os.write(ours, typed.encode() + b"\n")
            while asked.poll() is None and not echoes(theirs) and time.monotonic() < until:
                time.sleep(0.001)
        self.assertEqual(asked.wait(timeout=60), kit.DONE)
        shown = self.assert_code(self.org.run("key", "show", person="tarik"), kit.DONE).json
        self.assertEqual(shown["encryption_keys"], 2)
        os.close(ours)
        os.close(theirs)

    def test_a_yes_is_to_what_was_shown_and_to_nothing_that_came_since(self) -> None:
        filed = self.filed()
        grant = ("case", "grant", "anouk", "--yes", "--part")
        self.assert_code(self.org.run(*grant, "story", phrase=filed["phrase"]), kit.DONE)
        ours, theirs = pty.openpty()
        asked = subprocess.Popen([kit.BIN / "omzien", "case", "another", "--from", "anouk", "--to", "bram", "Dag bram."],
                                 env=self.environment(OMZIEN_PHRASE=filed["phrase"]), stdin=theirs, text=True,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = ""
        while asked.poll() is None and 'Type "yes"' not in said:
            said += asked.stderr.read(1)
        self.assertIn("story, until you take it back", said)
        self.assert_code(self.org.run(*grant, "talk", phrase=filed["phrase"], state="another device"), kit.DONE)
        os.write(ours, b"yes\n")
        said = asked.communicate(timeout=60)[1]
        self.assertEqual(asked.returncode, kit.REFUSED, said)
        self.assertIn("has changed meanwhile", said)
        os.close(ours)
        os.close(theirs)
        case = self.assert_code(self.org.run("case", "show", phrase=filed["phrase"]), kit.DONE).json
        self.assertEqual([row["name"] for row in case["access"]], ["mieke", "anouk", "anouk"])
        self.assertEqual(self.texts(case, "talk"), [])
        waiting = self.assert_code(self.org.run("outbox", "show", phrase=filed["phrase"]), kit.DONE).json["items"]
        self.assertEqual([item["text"] for item in waiting], ["Dag bram."])

    def test_a_key_is_not_signed_for_days_that_only_the_gateway_counts(self) -> None:
        answer = self.org.run("key", "rotate", person="bram", **kit.moved_to("2030-01-01"))
        self.assertIn("other days", self.assert_code(answer, kit.VERIFICATION).err)
        self.assertEqual(self.org.run("key", "show", person="bram").json["encryption_keys"], 1)

    # --- what is written to disk ---

    def test_a_link_put_where_a_file_is_made_is_not_written_through(self) -> None:
        victim = self.org.folder / "victim"
        victim.write_text("mine")
        out = self.org.folder / "linked.key"
        os.symlink(victim, f"{out}.new")
        self.assert_code(self.org.run("key", "new", "--out", str(out), OMZIEN_PASSPHRASE="p"), kit.BAD_INPUT)
        self.assertEqual(victim.read_text(), "mine")

    def test_what_was_left_of_a_file_that_others_read_becomes_ones_own(self) -> None:
        out = self.org.folder / "own.key"
        left = self.org.folder / "own.key.new"
        left.write_bytes(b"x" * 100_000)
        left.chmod(0o666)
        self.assert_code(self.org.run("key", "new", "--out", str(out), OMZIEN_PASSPHRASE="p"), kit.DONE)
        self.assertEqual(out.stat().st_mode & 0o777, 0o600)
        self.assert_code(self.org.run("key", "show", OMZIEN_KEY=str(out), OMZIEN_PASSPHRASE="p"), kit.DONE)

    def test_an_organisation_that_no_client_would_speak_to_is_not_made(self) -> None:
        for url in ("http://example.org", 'https://example.org"\nurls = "'):
            made = self.org.folder / "unmade"
            answer = self.org.run("admin", "init", "--dir", str(made), "--name", "O", "--unit", "U", "--url", url,
                                  OMZIEN_PASSPHRASE="p")
            self.assert_code(answer, kit.BAD_INPUT)
            self.assertFalse(made.exists(), url)

    def test_a_day_that_cannot_be_read_is_not_never(self) -> None:
        copied = self.org.folder / "copied"
        shutil.copytree(self.org.demo.dir, copied)
        member = copied / "members" / "bram.toml"
        before = member.read_text()
        for left in ('"2026-11-01"', "2026-11-01", "-1", "4294967296"):
            member.write_text(re.sub("left_day = 0", f"left_day = {left}", before))
            answer = self.org.run("admin", "publish", "--dir", str(copied), OMZIEN_PASSPHRASE="p")
            self.assertIn("left_day", self.assert_code(answer, kit.BAD_INPUT).err)

    def test_nobody_is_called_as_who_is_no_member(self) -> None:
        copied = self.org.folder / "names"
        shutil.copytree(self.org.demo.dir, copied)
        for name in ("reporter", "Gateway", "UNKNOWN"):
            answer = self.org.run("admin", "invite", name, "--dir", str(copied), "--role", "adviser", "--unit", "Noord")
            self.assertIn("nobody can be called", self.assert_code(answer, kit.BAD_INPUT).err)
        member = copied / "members" / "bram.toml"
        member.write_text(re.sub("name = 'bram'", "name = 'Reporter'", member.read_text()))
        answer = self.org.run("admin", "publish", "--dir", str(copied), OMZIEN_PASSPHRASE=kit.demo.ROOT_PASSPHRASE)
        self.assertIn("called reporter", self.assert_code(answer, kit.BAD_INPUT).err)

    # --- what is typed ---

    def test_what_waits_is_given_back_whole_and_steers_no_terminal(self) -> None:
        self.org.stop()
        try:
            kept = self.assert_code(self.org.report(STORY, "--to", "mieke", "--identity", "Ik\x1b[2J ben het."),
                                    kit.UNREACHABLE).json
            shown = self.org.run("outbox", "show", phrase=kept["phrase"]).json["items"]
            self.assertEqual(shown[0]["identity"], "Ik\x1b[2J ben het.")
            lines = self.org.run("outbox", "show", phrase=kept["phrase"], json_out=False).out
            self.assertIn(" ben het.", lines)
            self.assertNotIn("\x1b", lines)
            self.assert_code(self.org.run("outbox", "drop", phrase=kept["phrase"]), kit.DONE)
        finally:
            self.org.start()

    def test_a_file_that_is_gone_keeps_no_other_file_waiting(self) -> None:
        filed = self.filed()
        paths = [self.org.folder / name for name in ("gone.txt", "there.txt")]
        for path in paths:
            path.write_text(path.name)
        self.org.stop()
        try:
            for path in paths:
                self.assert_code(self.org.run("case", "attachments", "--attach", str(path), phrase=filed["phrase"]),
                                 kit.UNREACHABLE)
        finally:
            self.org.start()
        paths[0].unlink()
        self.assertIn("gone.txt", self.assert_code(self.org.run("outbox", "send", phrase=filed["phrase"]), kit.BAD_INPUT).err)
        listed = self.org.run("case", "attachments", phrase=filed["phrase"]).json["attachments"]
        self.assertEqual([row["name"] for row in listed], ["there.txt"])

    def test_a_text_is_kept_where_another_organisation_answers(self) -> None:
        phrase = self.filed()["phrase"]
        other = self.org.folder / "other.toml"
        other.write_text(f'url = "http://127.0.0.1:{self.org.port}"\nservice_id = "{"ab" * 32}"\n')
        elsewhere = {"OMZIEN_ORG": str(other)}
        answer = self.org.run("case", "say", "Lang gezocht.", phrase=phrase, **elsewhere)
        self.assertIn("is kept", self.assert_code(answer, kit.VERIFICATION).err)
        reported = self.org.report(STORY, "--to", "mieke", **elsewhere)
        self.assertIn("is kept", self.assert_code(reported, kit.VERIFICATION).err)
        for words, text in ((phrase, "Lang gezocht."), (reported.json["phrase"], STORY)):
            shown = self.org.run("outbox", "show", phrase=words, **elsewhere).json["items"]
            self.assertEqual([item["text"] for item in shown], [text])

    def test_a_name_that_is_no_text_takes_nothing_along(self) -> None:
        self.org.stop()
        self.addCleanup(self.org.start)
        name = os.fsdecode(b"Andr\xe9")
        answer = self.assert_code(self.org.report(STORY, "--to", name), kit.BAD_INPUT)
        self.assertIn("UTF-8", answer.err)

    def test_a_file_named_in_another_alphabet_waits_as_any_other(self) -> None:
        filed = self.filed()
        path = os.fsdecode(os.fsencode(str(self.org.folder)) + b"/foto-\xe9.txt")
        with open(path, "wb") as file:
            file.write(b"plain bytes")
        self.org.stop()
        try:
            self.assert_code(self.org.run("case", "attachments", "--attach", path, phrase=filed["phrase"]), kit.UNREACHABLE)
            shown = self.assert_code(self.org.run("outbox", "show", phrase=filed["phrase"]), kit.DONE).json
            self.assertEqual(len(shown["files"]), 1)
        finally:
            self.org.start()
        self.assert_code(self.org.run("outbox", "send", phrase=filed["phrase"]), kit.DONE)
        listed = self.assert_code(self.org.run("case", "attachments", phrase=filed["phrase"]), kit.DONE).json
        self.assertEqual([row["size"] for row in listed["attachments"]], [11])

    def test_who_would_lead_and_does_not_read_is_named(self) -> None:
        filed = self.filed()
        answer = self.org.run("desk", "propose", filed["handle"], "--step", "hand_over", "--lead", "anouk", "--reader",
                              "youssef:story", person="mieke")
        self.assertIn('"anouk" would have to read', self.assert_code(answer, kit.BAD_INPUT).err)

    # --- two at once ---

    def test_two_at_once_lose_and_repeat_nothing(self) -> None:
        filed = self.filed()
        said = [f"bericht {i}" for i in range(6)]
        self.org.stop()
        waiting = [threading.Thread(target=self.org.run, args=("case", "say", text), kwargs={"phrase": filed["phrase"]})
                   for text in said]
        for one in waiting:
            one.start()
        for one in waiting:
            one.join()
        self.org.start()
        sending = [threading.Thread(target=self.org.run, args=("outbox", "send"), kwargs={"phrase": filed["phrase"]})
                   for _ in range(3)]
        for one in sending:
            one.start()
        for one in sending:
            one.join()
        case = self.assert_code(self.org.run("case", "show", phrase=filed["phrase"]), kit.DONE).json
        self.assertEqual(sorted(self.texts(case, "talk")), said)


class OlderDirectory(kit.WithGateway):
    def test_what_waits_is_not_sent_under_an_older_directory_than_was_seen(self) -> None:
        phrase = self.filed()["phrase"]
        signed = self.org.demo.dir / "directory.omz"
        older = signed.read_bytes()
        self.org.stop()
        self.assert_code(self.org.run("admin", "publish", "--dir", str(self.org.demo.dir),
                                      OMZIEN_PASSPHRASE=kit.demo.ROOT_PASSPHRASE), kit.DONE)
        self.org.start()
        self.assert_code(self.org.run("case", "show", phrase=phrase), kit.DONE)
        self.org.stop()
        signed.write_bytes(older)
        self.assert_code(self.org.run("case", "say", "Een bericht.", phrase=phrase), kit.UNREACHABLE)
        self.org.start()
        answer = self.assert_code(self.org.run("outbox", "send", phrase=phrase), kit.VERIFICATION)
        self.assertIn("older directory", answer.err)
        shown = self.org.run("outbox", "show", phrase=phrase).json["items"]
        self.assertEqual([item["text"] for item in shown], ["Een bericht."])


if __name__ == "__main__":
    unittest.main()
