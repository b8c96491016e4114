"""A newcomer's walk: the commands of README.md, as they stand there, in a fresh clone."""

import gzip
import json
import os
import pathlib
import re
import shlex
import signal
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request

import kit

README = kit.PROJECT / "README.md"
PHRASE = re.compile(r"^    ([a-z]+(?: [a-z]+){7})$", re.MULTILINE)
CASE = re.compile(r"^Your case: (.*)$", re.MULTILINE)

NAMED = re.compile(r'(?:href|src)="(/[^"]+)"')
# Of every page, besides its type and size (design §8).
PAGE_FIELDS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept-Encoding",
    "Content-Security-Policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src blob:; connect-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'",
}
OTHER_FIELDS = {"Content-Type", "Content-Length", "Content-Encoding", "Permissions-Policy"}


def commands() -> list[str]:
    """The shell blocks of README.md, in order."""
    return re.findall(r"^```sh\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


class Running:
    """scripts/run, and what it printed so far."""

    def __init__(self, folder: pathlib.Path, command: str):
        started = time.monotonic()
        self.process = subprocess.Popen(["bash", "-c", f"exec {command}"], cwd=folder, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, start_new_session=True)
        self.lines: list[str] = []
        self.errors: list[str] = []
        self.ready_after = 0.0
        ready = threading.Event()

        def read() -> None:
            for line in self.process.stdout:
                self.lines.append(line.rstrip("\n"))
                if line.startswith("ready "):
                    self.ready_after = time.monotonic() - started
                if " report --to " in line:  # the last line it prints
                    ready.set()
            ready.set()

        self.readers = [threading.Thread(target=read, daemon=True),
                        threading.Thread(target=lambda: self.errors.extend(self.process.stderr), daemon=True)]
        for reader in self.readers:
            reader.start()
        ready.wait(timeout=1500)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=30)
        for reader in self.readers:
            reader.join(timeout=5)
        self.process.stdout.close()
        self.process.stderr.close()
        return code


@unittest.skipUnless((kit.PROJECT / ".git").exists(), "not a git checkout")
class NewcomersWalk(unittest.TestCase):
    def test_the_readmes_commands_work_in_a_fresh_clone(self) -> None:
        run, test, report, desk, proposal = commands()
        self.assertEqual(test.strip(), "scripts/test")  # what runs this: it is not run again inside
        with tempfile.TemporaryDirectory(prefix="omzien-walk-") as folder:
            clone = pathlib.Path(folder) / "omzien"
            subprocess.run(["git", "clone", "--quiet", kit.PROJECT, clone], check=True)
            self.assertTrue(os.access(clone / test.strip(), os.X_OK))
            port = kit.free_port()
            first = Running(clone, f"{run.strip()} --port {port}")
            try:
                self.assertIn(f"ready http://127.0.0.1:{port}", first.lines, "".join(first.errors))
                service_id = kit.demo.Demo(clone, clone / "demo", port).service_id()
                self.open_the_page(f"http://127.0.0.1:{port}", service_id, {"js", "css", "svg", "webmanifest"})
                self.assertIn(f"desk http://127.0.0.1:{port + 1}", first.lines)
                self.open_the_page(f"http://127.0.0.1:{port + 1}", service_id, {"js", "css", "svg"})
                icons = json.loads(self.fetched(f"http://127.0.0.1:{port}/manifest.webmanifest"))["icons"]
                self.assertEqual([icon["src"] for icon in icons], ["/icon.svg"])
                self.walk(clone, report, desk, proposal)
                self.paste(first.lines)
                cases = json.loads((clone / "demo/demo.json").read_text())["cases"]
                self.assertEqual(len(cases), 2)
            finally:
                code = first.stop()
            self.assertEqual(code, 0)
            second = Running(clone, f"{run.strip()} --port {port}")
            try:
                self.assertLess(second.ready_after, 3.0)
                self.fetched(f"http://127.0.0.1:{port}/")
                self.assertEqual(json.loads((clone / "demo/demo.json").read_text())["cases"], cases)
                self.paste(second.lines)
            finally:
                self.assertEqual(second.stop(), 0)

    def fetched(self, address: str, codings: str = "identity") -> bytes:
        """What a browser would get, taken out of its coding, its header looked at."""
        request = urllib.request.Request(address, headers={"Accept-Encoding": codings})
        with urllib.request.urlopen(request, timeout=20) as answer:
            fields = dict(answer.headers)
            self.assertEqual({name: fields.get(name) for name in PAGE_FIELDS}, PAGE_FIELDS, address)
            self.assertLessEqual(set(fields), {*PAGE_FIELDS, *OTHER_FIELDS}, address)
            body = answer.read()
        return gzip.decompress(body) if fields.get("Content-Encoding") == "gzip" else body

    def open_the_page(self, url: str, service_id: str, kinds: set[str]) -> None:
        page = self.fetched(f"{url}/").decode()
        self.assertIn(f'<meta name="omzien-service" content="{service_id}" />', page)
        named = {*NAMED.findall(page), "/icon.svg"}  # the manifest names it, too
        self.assertEqual({name.rsplit(".", 1)[1] for name in named}, kinds)
        for name in sorted(named):
            whole = self.fetched(url + name)
            self.assertGreater(len(whole), 100, name)
            self.assertEqual(self.fetched(url + name, "gzip"), whole, name)

    def shell(self, folder: pathlib.Path, script: str) -> subprocess.CompletedProcess:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("OMZIEN_")}
        environment["OMZIEN_STATE"] = str(folder / "demo/state")
        return subprocess.run(["bash", "-euc", script], cwd=folder, env=environment, capture_output=True, text=True,
                              check=False, timeout=120)

    def walk(self, clone: pathlib.Path, report: str, desk: str, proposal: str) -> None:
        told = self.shell(clone, report)
        self.assertEqual(told.returncode, 0, told.stderr)
        words = PHRASE.search(told.stdout)
        self.assertIsNotNone(words, told.stdout)
        organisation = report.splitlines()[0]  # the terminal in which the README's reader still is
        shown = self.shell(clone, f"{organisation}\nexport OMZIEN_PHRASE='{words[1]}'\nomzien case show")
        self.assertIn("They laugh, and I am done with it.", shown.stdout)
        inbox = self.shell(clone, f"{organisation}\n{desk}")
        self.assertEqual(inbox.returncode, 0, inbox.stderr)
        self.assertEqual(inbox.stdout.count("report"), 2, "the invented one, and the newcomer's")
        self.answer(clone, f"{organisation}\n{desk}", CASE.search(told.stdout)[1], words[1], proposal)

    def answer(self, clone: pathlib.Path, adviser: str, case: str, words: str, proposal: str) -> None:
        """A step proposed and answered, as the README has it, but for the names of this case and its entry."""
        propose, answer = proposal.splitlines()
        for name in ("draft.txt", "mine.txt"):
            (clone / name).write_text("Remarks in a team, for months.\n", encoding="utf-8")
        proposed = self.shell(clone, f"{adviser}\n{propose.replace('CASE', shlex.quote(case))}")
        self.assertEqual(proposed.returncode, 0, proposed.stderr)
        owner = adviser.splitlines()[0] + f"\nexport OMZIEN_PHRASE='{words}'"
        shown = json.loads(self.shell(clone, f"{owner}\nomzien case show --json").stdout)
        waiting = shown["open_questions"][0]["seq"]
        answered = self.shell(clone, f"{owner}\n{answer.replace('answer 7', f'answer {waiting}')}")
        self.assertEqual(answered.returncode, 0, answered.stderr)
        shown = json.loads(self.shell(clone, f"{owner}\nomzien case show --json").stdout)
        self.assertEqual(shown["open_questions"], [])
        self.assertLess({"ilse", "tarik"}, {row["name"] for row in shown["access"]})
        self.assertNotIn("bram", {row["name"] for row in shown["access"]})

    def paste(self, lines: list[str]) -> None:
        """The ready-made commands, each in the terminal where the export before it was pasted."""
        exported = next(line for line in lines if line.startswith("export "))
        pasted = [line for line in lines if "/omzien'" in line]
        self.assertEqual(len(pasted), 4)
        for line in pasted:
            done = self.shell(pathlib.Path("/"), f"{exported}\n{line}")
            self.assertEqual(done.returncode, 0, f"{line}\n{done.stderr}")


if __name__ == "__main__":
    unittest.main()
