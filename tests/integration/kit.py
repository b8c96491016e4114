"""What the whole-program tests share: a demo organisation of its own, its gateway, and `omzien` as people run it."""

import datetime
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("OMZIEN_BIN", PROJECT / "build/release/bin"))
SHARED = pathlib.Path(os.environ.get("OMZIEN_SHARED", PROJECT / "../shared"))

sys.path.insert(0, str(PROJECT / "scripts/lib"))
sys.dont_write_bytecode = True
import demo  # noqa: E402  (scripts/lib/demo.py: the organisation that scripts/run makes)

DONE, BAD_INPUT, REFUSED, UNREACHABLE, VERIFICATION = 0, 2, 3, 4, 5


# Below those that the system gives to whoever connects: none of them is taken while a gateway starts again.
PORTS = range(20000, 32760, 3)
taken: list[socket.socket] = []


def free_port() -> int:
    """Three ports in a row that nobody listens on: reporter, desk, health. They are this test's until it ends, also
    while nothing listens: a name that only one process can hold stands for them."""
    start = os.getpid() % len(PORTS)
    for first in [*PORTS[start:], *PORTS[:start]]:
        name = socket.socket(socket.AF_UNIX)
        try:
            name.bind(f"\0omzien-ports-{first}")
            for at in range(3):
                socket.create_server(("127.0.0.1", first + at)).close()
        except OSError:
            name.close()
            continue
        taken.append(name)
        return first
    raise RuntimeError("no free ports")


def moved_to(day: str) -> dict[str, str]:
    """The environment in which a program believes that it is this day, as 2024-02-29."""
    ahead = datetime.date.fromisoformat(day) - datetime.datetime.now(datetime.timezone.utc).date()
    return {"LD_PRELOAD": os.environ["OMZIEN_LATER"], "LATER_DAYS": str(ahead.days)}


class Answer:
    """How one run of `omzien` ended."""

    def __init__(self, done: subprocess.CompletedProcess):
        self.code = done.returncode
        self.out = done.stdout.decode()
        self.err = done.stderr.decode(errors="replace")  # it may name a file that is named in no UTF-8

    @property
    def json(self) -> dict:
        return json.loads(self.out)


class Organisation:
    """A demo organisation in a folder that goes with the test."""

    def __init__(self) -> None:
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="omzien-test-"))
        self.port = free_port()
        demo.Demo.make_in(BIN, self.folder / "demo", self.port)
        self.demo = demo.Demo(BIN, self.folder / "demo", self.port)
        self.demo.configure()
        self.gateway: subprocess.Popen | None = None
        self.moved: dict[str, str] = {}

    def start(self, **environment: str) -> None:
        self.gateway = self.demo.start(**environment)

    def later(self, days: int) -> None:
        """It is that many days after today, for the gateway and for whoever asks it. Days never go back: each call is
        later than the one before."""
        self.stop()
        self.moved = {"LD_PRELOAD": os.environ["OMZIEN_LATER"], "LATER_DAYS": str(days)}
        self.start(**self.moved)

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Ends the gateway; its exit code."""
        if self.gateway is None:
            return 0
        self.gateway.send_signal(how)
        code = self.gateway.wait(timeout=30)
        self.gateway = None
        return code

    def close(self) -> None:
        self.stop(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *arguments: str, text: bytes | str = b"", phrase: str = "", person: str = "", json_out: bool = True,
            state: str = "state", program: str = str(BIN / "omzien"), **environment: str) -> Answer:
        env = {key: value for key, value in os.environ.items() if not key.startswith("OMZIEN_")}
        env["OMZIEN_ORG"] = str(self.demo.org)
        env["OMZIEN_STATE"] = str(self.folder / state)
        env.update(self.moved)
        if phrase:
            env["OMZIEN_PHRASE"] = phrase
        if person:
            env["OMZIEN_KEY"] = str(self.demo.dir / "people" / f"{person}.key")
            env["OMZIEN_PASSPHRASE"] = demo.passphrase_of(person)
        env.update(environment)
        data = text.encode() if isinstance(text, str) else text
        command = [program, *arguments, *(["--json"] if json_out else [])]
        return Answer(subprocess.run(command, input=data, env=env, capture_output=True, check=False, timeout=120))

    def through(self, port: int) -> str:
        """The organisation for `OMZIEN_ORG`, whose gateway is reached by another port."""
        path = self.folder / f"through-{port}.toml"
        path.write_text(f'url = "http://127.0.0.1:{port}"\nservice_id = "{self.demo.service_id()}"\n')
        return str(path)

    def report(self, story: str | bytes, *arguments: str, **options: str) -> Answer:
        return self.run("report", "--story", "-", *arguments, text=story, **options)


class WithGateway(unittest.TestCase):
    """One organisation and a running gateway for all tests of a class."""

    org: Organisation

    @classmethod
    def setUpClass(cls) -> None:
        cls.org = Organisation()
        cls.addClassCleanup(cls.org.close)
        cls.org.start()

    def assert_code(self, answer: Answer, code: int) -> Answer:
        self.assertEqual(answer.code, code, answer.err)
        return answer

    def filed(self, story: str = "Een verhaal.", *arguments: str) -> dict:
        return self.assert_code(self.org.report(story, "--to", "mieke", *arguments), DONE).json

    def texts(self, case: dict, compartment: str) -> list[str]:
        return [row["text"] for row in case["entries"] if row.get("compartment") == compartment and "text" in row]
