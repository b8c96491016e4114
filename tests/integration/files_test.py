"""Files through real programs: a gateway killed half-way, a hundred megabytes, memory that stays flat."""

import os
import pathlib
import signal
import struct
import subprocess
import sys
import threading
import time
import unittest
import zlib

import kit
from relay import Counter

MEGA = 1_000_000


# One pixel, and a text beside it.
def png(text: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"tEXt", text)
            + chunk(b"IDAT", zlib.compress(b"\0\x7f")) + chunk(b"IEND", b""))


class Files(kit.WithGateway):
    def file(self, name: str, size: int) -> pathlib.Path:
        path = self.org.folder / name
        with path.open("wb") as file:
            for written in range(0, size, MEGA):
                file.write(os.urandom(min(MEGA, size - written)))
        return path

    def saved(self, handle: str, number: int, person: str = "mieke") -> bytes:
        out = self.org.folder / f"out-{person}-{number}-{time.monotonic_ns()}"
        self.assert_code(self.org.run("desk", "attachments", handle, "--save", str(number), "--out", str(out),
                                      person=person, state=f"state-{person}"), kit.DONE)
        return out.read_bytes()

    def attach(self, phrase: str, path: pathlib.Path, *arguments: str) -> kit.Answer:
        return self.org.run("case", "attachments", "--attach", str(path), *arguments, phrase=phrase)

    def test_a_report_with_its_files_reaches_the_desk_and_an_answer_with_a_file_comes_back(self) -> None:
        paths = [self.file("foto.jpg", 40_000), self.file("gesprek.txt", 10)]
        filed = self.filed("Kijk zelf.", "--attach", str(paths[0]), "--attach", str(paths[1]))
        shown = self.org.run("desk", "attachments", filed["handle"], person="mieke").json["attachments"]
        self.assertEqual([(row["number"], row["name"], row["size"]) for row in shown],
                         [(1, "foto.jpg", 40_000), (2, "gesprek.txt", 10)])
        for number, path in enumerate(paths, 1):
            self.assertEqual(self.saved(filed["handle"], number), path.read_bytes())
        self.assert_code(self.org.run("desk", "attachments", filed["handle"], "--save", "1", "--out",
                                      str(self.org.folder / "x"), person="anouk"), kit.REFUSED)

        back = self.file("brief.pdf", 5_000)
        self.assert_code(self.org.run("desk", "attachments", filed["handle"], "--attach", str(back), person="mieke"),
                         kit.DONE)
        out = self.org.folder / "brief-terug.pdf"
        self.assert_code(self.org.run("case", "attachments", "--save", "3", "--out", str(out), phrase=filed["phrase"]),
                         kit.DONE)
        self.assertEqual(out.read_bytes(), back.read_bytes())
        again = self.org.run("case", "attachments", "--save", "3", "--out", str(out), phrase=filed["phrase"])
        self.assert_code(again, kit.BAD_INPUT)
        case = self.org.run("case", "show", phrase=filed["phrase"]).json
        self.assertEqual([row["files"][0]["name"] for row in case["entries"] if row["event"] == "attachment"],
                         ["foto.jpg", "gesprek.txt", "brief.pdf"])
        self.assertEqual(case["alarms"], [])

    def test_a_gateway_killed_half_way_costs_no_chunk_that_arrived(self) -> None:
        path = self.file("film.mp4", MEGA)
        first = Counter(self.org.port)
        ended: list[kit.Answer] = []

        def report() -> None:
            ended.append(self.org.report("Met film.", "--to", "mieke", "--attach", str(path),
                                         OMZIEN_ORG=self.org.through(first.port)))

        writing = threading.Thread(target=report)
        writing.start()
        while first.requests < 40 and writing.is_alive():
            time.sleep(0.01)
        self.org.stop(signal.SIGKILL)
        writing.join()
        self.assert_code(ended[0], kit.UNREACHABLE)
        phrase = ended[0].json["phrase"]
        self.assertTrue(ended[0].json["accepted"], "the report itself was safe")
        self.assertIn("outbox send", ended[0].err)

        self.org.start()
        rest = Counter(self.org.port)
        sent = self.org.run("outbox", "send", phrase=phrase, OMZIEN_ORG=self.org.through(rest.port))
        self.assert_code(sent, kit.DONE)
        # All of it again would be 80: 68 chunks, and a dozen frames around them.
        self.assertLess(rest.requests, 60, f"{first.requests} of about 80 frames had gone")
        handle = ended[0].json["handle"]
        self.assertEqual(self.saved(handle, 1), path.read_bytes())
        self.assertEqual(self.org.run("outbox", "show", phrase=phrase).json, {"items": [], "files": []})

    def test_a_file_that_is_named_while_the_gateway_is_away_follows_its_report(self) -> None:
        path = self.file("later.png", 20_000)
        self.org.stop()
        answer = self.assert_code(self.org.report("Later.", "--to", "mieke", "--attach", str(path)), kit.UNREACHABLE)
        self.org.start()
        self.assert_code(self.org.run("outbox", "send", phrase=answer.json["phrase"]), kit.DONE)
        self.assertEqual(self.saved(answer.json["handle"], 1), path.read_bytes())

    def test_a_cleaned_copy_stands_beside_its_file_only_while_it_waits(self) -> None:
        made = {}
        for sent in ("outbox", "send"), ("outbox", "drop"):
            path = self.org.folder / f"{sent[1]}.png"
            path.write_bytes(png(b"Author\0Jansen"))
            copy = path.with_name(path.name + ".cleaned") / path.name
            self.org.stop()
            answer = self.org.report("Later.", "--to", "mieke", "--attach", str(path))
            self.assert_code(answer, kit.UNREACHABLE)
            self.assertNotIn(b"Jansen", copy.read_bytes(), "what will be sent waits with the report")
            self.org.start()
            made[sent[1]] = (answer.json, copy.read_bytes())
            self.assert_code(self.org.run(*sent, phrase=answer.json["phrase"]), kit.DONE)
            self.assertFalse(copy.parent.exists(), "nothing is left beside the file")
            self.assertIn(b"Jansen", path.read_bytes(), "which stays as it is")
        answer, copied = made["send"]
        self.assertEqual(self.saved(answer["handle"], 1), copied)

    def test_what_has_the_name_of_a_cleaned_copy_and_is_none_stays(self) -> None:
        path = self.org.folder / "eigen.png"
        path.write_bytes(png(b"Author\0Jansen"))
        own = path.with_name(path.name + ".cleaned") / path.name
        own.parent.mkdir()
        own.write_bytes(b"a picture of my own")
        answer = self.org.report("Nee.", "--to", "mieke", "--attach", str(path))
        self.assertIn("move it away", self.assert_code(answer, kit.BAD_INPUT).err)
        self.assertEqual(own.read_bytes(), b"a picture of my own")

    def test_a_cleaned_copy_of_what_was_never_sent_is_not_left_behind(self) -> None:
        path = self.org.folder / "foto.png"
        path.write_bytes(png(b"Author\0Jansen"))
        broken = self.org.folder / "kapot.png"
        broken.write_bytes(png(b"Author\0Jansen")[:40])
        self.assert_code(self.org.report("Nee.", "--to", "niemand", "--attach", str(path)), kit.BAD_INPUT)
        self.assert_code(self.org.report("Nee.", "--to", "mieke", "--attach", str(path), "--attach", str(broken)),
                         kit.BAD_INPUT)
        self.assert_code(self.org.run("desk", "attachments", "geen-zaak-00", "--attach", str(path), person="anouk"),
                         kit.REFUSED)
        self.assertEqual(list(self.org.folder.glob("*.cleaned")), [])

    def test_what_cannot_be_attached_is_told_before_anything_is_sent(self) -> None:
        answer = self.org.report("Nee.", "--to", "mieke", "--attach", str(self.org.folder / "weg"))
        self.assert_code(answer, kit.BAD_INPUT)
        self.assertEqual(answer.out, "")
        filed = self.filed()
        large = self.org.folder / "groot"
        with large.open("wb") as file:
            file.truncate(104_857_601)
        self.assert_code(self.attach(filed["phrase"], large), kit.BAD_INPUT)
        self.assert_code(self.org.run("case", "attachments", "--save", "1", "--out", str(large) + "2",
                                      phrase=filed["phrase"]), kit.BAD_INPUT)

    def test_before_an_answer_a_case_takes_so_much_and_after_it_more(self) -> None:
        filed = self.filed()
        large = self.file("te-vroeg.mov", 40 * MEGA)
        answer = self.assert_code(self.attach(filed["phrase"], large, "--uncovered"), kit.REFUSED)
        self.assertIn("once an adviser has answered", answer.err)
        self.assert_code(self.org.run("desk", "say", filed["handle"], "Stuur maar.", person="mieke"), kit.DONE)
        self.assert_code(self.attach(filed["phrase"], large, "--uncovered"), kit.DONE)
        self.assertEqual(self.saved(filed["handle"], 1), large.read_bytes())

    def test_a_hundred_megabytes_go_there_and_back_in_flat_memory(self) -> None:
        filed = self.filed()
        self.assert_code(self.org.run("desk", "say", filed["handle"], "Stuur maar.", person="mieke"), kit.DONE)
        large = self.file("groot.mov", 100 * 1024 * 1024)
        began = time.monotonic()
        peak = self.peak("case", "attachments", "--attach", str(large), "--uncovered", phrase=filed["phrase"])
        sent = time.monotonic() - began
        out = self.org.folder / "terug.mov"
        back = self.peak("case", "attachments", "--save", "1", "--out", str(out), "--uncovered", phrase=filed["phrase"])
        print(f"\n100 MiB: sent in {sent:.1f} s, peak {peak} KB; fetched in {time.monotonic() - began - sent:.1f} s, "
              f"peak {back} KB", flush=True)
        self.assertEqual(subprocess.run(["cmp", str(large), str(out)], check=False).returncode, 0)
        if "OMZIEN_SANITIZED" not in os.environ:  # a sanitizer keeps what was freed
            self.assertLess(peak, 60_000)
            self.assertLess(back, 60_000)

    def peak(self, *arguments: str, **options: str) -> int:
        """Runs `omzien` and says what memory it had at most, in KB."""
        # A process is charged with what its parent had before it became another program, so a small one stands between.
        small = self.org.folder / "omzien-and-its-peak"
        small.write_text(f"""#!{sys.executable}
import resource, subprocess, sys
code = subprocess.run(["{kit.BIN / 'omzien'}", *sys.argv[1:]], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
""")
        small.chmod(0o700)
        return int(self.assert_code(self.org.run(*arguments, program=str(small), **options), kit.DONE).out)


if __name__ == "__main__":
    unittest.main()
