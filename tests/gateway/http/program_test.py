#!/usr/bin/env python3
"""The real omzien-gateway, started as an operator starts it, over an organisation made by the real omzien.

usage: program_test.py BIN_DIR [unittest's arguments]
"""

import http.client
import os
import pathlib
import re
import resource
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

BIN = pathlib.Path(sys.argv.pop(1)).resolve()
DONE, BAD_INPUT, UNREACHABLE = 0, 2, 4
PATIENCE_SECONDS = 20
DEFAULTS = "[limits]\nconnections_max = 500"  # fits wherever this runs, so nothing is said about it


def omzien(folder: pathlib.Path, *arguments: str) -> None:
    environment = dict(os.environ, OMZIEN_ORG=str(folder / "org.toml"), OMZIEN_PASSPHRASE="a passphrase for tests",
                       OMZIEN_STATE=str(folder / "state"))
    subprocess.run([BIN / "omzien", *arguments], env=environment, check=True, capture_output=True)


class Gateway:
    """A running one; what it said on stdout, by listener."""

    def __init__(self, config: pathlib.Path, before=None):
        self.process = subprocess.Popen([BIN / "omzien-gateway", "--config", config], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, preexec_fn=before)
        self.addresses = {}
        for _ in range(3):
            word, name, address = self.process.stdout.readline().split()
            assert word == "listening"
            self.addresses[name] = address

    def port(self, name: str) -> int:
        return int(self.addresses[name].rsplit(":", 1)[1])

    def end(self, how: int = signal.SIGTERM) -> tuple[int, str]:
        self.process.send_signal(how)
        _, errors = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, beside_first_start(errors)


def beside_first_start(errors: str) -> str:
    """Every store here is new, and said to be."""
    return "".join(line for line in errors.splitlines(keepends=True) if "made a new, empty store" not in line)


class Program(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.temporary = tempfile.TemporaryDirectory(prefix="omzien-program-")
        cls.organisation = pathlib.Path(cls.temporary.name) / "organisation"
        omzien(cls.organisation, "admin", "init", "--dir", str(cls.organisation), "--name", "Voorbeeld", "--url",
               "http://127.0.0.1:1", "--unit", "Noord")
        omzien(cls.organisation, "admin", "publish", "--dir", str(cls.organisation))
        org = (cls.organisation / "org.toml").read_text()
        cls.service_id = next(line for line in org.splitlines() if line.startswith("service_id"))

    @classmethod
    def tearDownClass(cls) -> None:
        cls.temporary.cleanup()

    def setUp(self) -> None:
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=self.temporary.name))
        key = self.folder / "gateway.key"
        key.touch(mode=0o600)
        key.write_text(f"omzien gateway key 1\n{secrets.token_hex(32)}\n")
        self.gateways: list[Gateway] = []
        self.configs = 0

    def tearDown(self) -> None:
        for gateway in self.gateways:
            gateway.process.kill()
            gateway.process.wait()
            gateway.process.stdout.close()
            gateway.process.stderr.close()

    def config(self, engine: str = "sqlcipher", reporter: str = "127.0.0.1:0", more: str = "") -> pathlib.Path:
        self.configs += 1
        path = self.folder / f"gateway-{self.configs}.toml"
        path.write_text(f"""
[store]
engine = "{engine}"
path = "store.db"
key_file = "gateway.key"
[directory]
path = "{self.organisation / 'directory.omz'}"
{self.service_id}
[listen]
reporter = "{reporter}"
desk = "127.0.0.1:0"
health = "127.0.0.1:0"
{more or DEFAULTS}
""")
        return path

    def start(self, config: pathlib.Path) -> Gateway:
        self.gateways.append(Gateway(config))
        return self.gateways[-1]

    def fails(self, *arguments) -> tuple[int, str]:
        done = subprocess.run([BIN / "omzien-gateway", *arguments], capture_output=True, text=True, check=False,
                              timeout=PATIENCE_SECONDS)
        self.assertEqual(done.stdout, "")
        return done.returncode, done.stderr

    def exchange(self, gateway: Gateway, name: str = "reporter", body: bytes = bytes(16384)) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", gateway.port(name), timeout=PATIENCE_SECONDS)
        connection.request("POST", "/v1/exchange", body, {"Content-Type": "application/octet-stream"})
        answer = connection.getresponse().read()
        connection.close()
        return answer

    def health(self, gateway: Gateway) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", gateway.port("health"), timeout=PATIENCE_SECONDS)
        connection.request("GET", "/health")
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, body

    def test_answers_frames_and_health(self) -> None:
        gateway = self.start(self.config())
        for name in ("reporter", "desk"):
            answer = self.exchange(gateway, name)
            self.assertEqual(len(answer), 16384)
            self.assertGreater(int.from_bytes(answer[:4], "big"), 0)
        self.assertEqual(len(self.exchange(gateway, "desk", bytes(262144))), 262144)
        self.assertEqual(self.health(gateway), (200, b'{"status":"ok"}'))

    def test_serves_pages_where_a_folder_is_named(self) -> None:
        (self.folder / "site").mkdir()
        (self.folder / "site/index.html").write_text("<!doctype html>")
        gateway = self.start(self.config(more="[web]\nreporter = \"site\""))
        for name, status, body in (("reporter", 200, b"<!doctype html>"), ("desk", 400, b"")):
            connection = http.client.HTTPConnection("127.0.0.1", gateway.port(name), timeout=PATIENCE_SECONDS)
            connection.request("GET", "/")
            answer = connection.getresponse()
            self.assertEqual((answer.status, answer.read()), (status, body))
            connection.close()

    def test_answers_on_the_tick(self) -> None:
        gateway = self.start(self.config(more="[pace]\nanswer_tick_ms = 150"))
        self.exchange(gateway)
        started = time.monotonic()
        self.exchange(gateway)
        self.assertGreaterEqual(time.monotonic() - started, 0.149)

    def test_without_an_output_no_line_goes_into_a_file_of_the_store(self) -> None:
        config = self.config(reporter="unix:reporter.sock", more=DEFAULTS + "\n[log]\nlevel = \"debug\"")

        def close_output() -> None:
            os.close(1)
            os.close(2)

        process = subprocess.Popen([BIN / "omzien-gateway", "--config", config], preexec_fn=close_output)
        try:
            until = time.monotonic() + PATIENCE_SECONDS
            while not (self.folder / "reporter.sock").exists() and time.monotonic() < until:
                time.sleep(0.01)
            process.send_signal(signal.SIGHUP)  # something to say a line about
            time.sleep(0.5)
            self.assertEqual((self.folder / "store.db.lock").read_bytes(), b"1")
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(timeout=PATIENCE_SECONDS), DONE)
        finally:
            process.kill()
            process.wait()

    @unittest.skipIf(os.geteuid() != 0, "nobody else may count what it holds open")
    def test_leaves_descriptors_for_every_thread(self) -> None:
        allowed, threads = 900, 48
        config = self.config(more=f"[limits]\nworker_threads = {threads}\nsocket_threads = {threads}")
        limited = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, allowed))
        gateway = Gateway(config, before=limited)
        self.gateways.append(gateway)
        reading = [threading.Thread(target=self.exchange, args=(gateway,)) for _ in range(threads)]
        for thread in reading:
            thread.start()
        for thread in reading:
            thread.join()
        held = len(os.listdir(f"/proc/{gateway.process.pid}/fd"))
        _, said = gateway.end()
        connections = int(re.search(r"connections_max is more than this process may open; now (\d+)", said)[1])
        on_their_way_out = 64
        readers = 2 * threads  # had each worker one at once
        self.assertLessEqual(held + readers + connections + on_their_way_out, allowed)
        self.assertGreater(connections, allowed // 2)

    def test_ends_in_good_order(self) -> None:
        for how in (signal.SIGTERM, signal.SIGINT):
            gateway = self.start(self.config())
            idle = socket.create_connection(("127.0.0.1", gateway.port("reporter")))
            self.exchange(gateway)
            started = time.monotonic()
            self.assertEqual(gateway.end(how), (DONE, ""))
            self.assertLess(time.monotonic() - started, 5)
            idle.close()

    def test_starts_again_over_the_same_store(self) -> None:
        for _ in range(3):
            gateway = self.start(self.config())
            self.exchange(gateway)
            self.assertEqual(gateway.end()[0], DONE)

    def test_takes_a_hangup(self) -> None:
        gateway = self.start(self.config())
        gateway.process.send_signal(signal.SIGHUP)
        self.assertEqual(self.health(gateway)[0], 200)
        self.assertEqual(gateway.end(), (DONE, ""))

    def test_takes_a_hangup_while_it_starts(self) -> None:
        gateway = subprocess.Popen([BIN / "omzien-gateway", "--config", self.config()], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True)
        try:
            until = time.monotonic() + PATIENCE_SECONDS
            while not (self.folder / "store.db.lock").exists() and time.monotonic() < until:
                time.sleep(0.001)
            gateway.send_signal(signal.SIGHUP)
            self.assertTrue(gateway.stdout.readline().startswith("listening"))
            gateway.send_signal(signal.SIGTERM)
            self.assertEqual(gateway.wait(timeout=PATIENCE_SECONDS), DONE)
        finally:
            gateway.kill()
            gateway.wait()
            gateway.stdout.close()

    def test_leaves_no_socket_behind_and_replaces_a_dead_one(self) -> None:
        path = self.folder / "reporter.socket"
        first = self.start(self.config(reporter=f"unix:{path}"))
        self.assertEqual(first.addresses["reporter"], f"unix:{path}")
        self.assertEqual(path.stat().st_mode & 0o777, 0o660)
        first.process.kill()
        first.process.wait()
        self.assertTrue(path.exists())
        second = self.start(self.config(reporter=f"unix:{path}"))
        self.assertEqual(second.end()[0], DONE)
        self.assertFalse(path.exists())

    def test_may_do_little(self) -> None:
        gateway = self.start(self.config())
        proc = pathlib.Path("/proc") / str(gateway.process.pid)
        status = dict(line.split(":\t", 1) for line in (proc / "status").read_text().splitlines() if ":\t" in line)
        self.assertEqual(status["NoNewPrivs"], "1")
        self.assertEqual(status["Umask"], "0077")
        if "OMZIEN_SANITIZED" not in os.environ:
            self.assertEqual(status["Seccomp"].strip(), "2", "its sandbox is open")
        core = next(line for line in (proc / "limits").read_text().splitlines() if line.startswith("Max core"))
        self.assertEqual(core.split()[4:6], ["0", "0"])

    def test_keeps_its_files_to_itself(self) -> None:
        gateway = self.start(self.config())
        self.exchange(gateway)
        for path in self.folder.glob("store.db*"):
            self.assertEqual(path.stat().st_mode & 0o077, 0, path.name)
        self.assertEqual(gateway.end()[0], DONE)

    def test_refuses_a_second_gateway_on_one_store(self) -> None:
        self.start(self.config())
        code, errors = self.fails("--config", self.config())
        self.assertEqual(code, UNREACHABLE)
        self.assertIn("store.db", errors)

    def test_says_what_is_wrong(self) -> None:
        gateway = self.start(self.config(engine="memory"))
        taken = f"127.0.0.1:{gateway.port('reporter')}"
        cases = [
            (("--config", self.folder / "absent.toml"), "absent.toml"),
            (("--config", self.config(engine="paper")), "paper"),
            (("--config", self.config(more="[limits]\nheader_bytes = 1")), "header_bytes"),
            (("--config", self.config(reporter="0.0.0.0:0")), "tls"),
            (("--config", self.config(engine="memory", reporter=taken)), "in use"),
            (("--config", self.config(more="[tls]\ncertificate = \"no.pem\"\nkey = \"no.pem\"")), "no.pem"),
            (("--config", self.config(more="[web]\nreporter = \"absent\"")), "absent"),
            (("check", "--config", self.config(more="[web]\ndesk = \"absent\"")), "absent"),
            (("nonsense",), "nonsense"),
            (("--nonsense",), "nonsense"),
        ]
        for arguments, expected in cases:
            with self.subTest(expected):
                code, errors = self.fails(*arguments)
                self.assertEqual(code, BAD_INPUT, errors)
                self.assertIn(expected.lower(), errors.lower())
                self.assertLessEqual(len(beside_first_start(errors).splitlines()), 2, errors)

    def test_checks_without_serving(self) -> None:
        done = subprocess.run([BIN / "omzien-gateway", "check", "--config", self.config()], capture_output=True,
                              text=True, check=False)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (DONE, "ok\n", ""))
        self.assertFalse((self.folder / "store.db").exists())
        (self.folder / "gateway.key").chmod(0o644)
        self.assertEqual(self.fails("check", "--config", self.config())[0], BAD_INPUT)


if __name__ == "__main__":
    unittest.main()
