"""The two servers that are held against each other, with one certificate and the same TLS settings."""

import contextlib
import json
import os
import pathlib
import socket
import subprocess
import time

PROJECT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("OMZIEN_BIN", PROJECT / "build/release/bin"))
BENCH = BIN / "omzien-bench"

# What the gateway says beside the frame (gateway/http/responses.cpp), said by nginx too.
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
FRAME_BYTES = 16_384
VARIABLE_BYTES = 2_048  # nginx's longest

# Two cores: what serves has one, what asks has the other.
SERVER_CPU, LOAD_CPU = "0", "1"


class Missing(Exception):
    """Something that a part needs is not there, not built, or not quiet enough."""


def bench(*arguments: object, timeout: float, cpu: str = "") -> dict:
    """One command of omzien-bench; its figures."""
    command = [str(BENCH), *map(str, arguments)]
    if cpu:
        command = ["taskset", "-c", cpu, *command]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=timeout)
    return json.loads(done.stdout)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return held.getsockname()[1]


def prepare(folder: pathlib.Path) -> None:
    """Certificate, organisation and empty frame, for both."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "tls.pem").exists():
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "30", "-subj", "/CN=127.0.0.1", "-keyout", folder / "tls.key", "-out",
                        folder / "tls.pem"], check=True, capture_output=True)
    if not (folder / "gateway.key").exists():
        subprocess.run([BIN / "omzien-gateway", "new-key", folder / "gateway.key"], check=True, capture_output=True)
    bench("organisation", "--folder", folder, timeout=60)


def wait_for(port: int, process: subprocess.Popen) -> None:
    for _ in range(400):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}; see above")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("the server does not answer")


class Server:
    """A running server: `port`, and the `pid` that does the work, which with nginx is its one worker's."""

    def __init__(self, process: subprocess.Popen, port: int, *, has_worker: bool):
        self.process, self.port = process, port
        wait_for(port, process)
        self.pid = process.pid
        while has_worker and self.pid == process.pid:
            time.sleep(0.05)
            for child in pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
                self.pid = int(child)

    def cpu_seconds(self) -> float:
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def pinned(command: list, cpu: str) -> list:
    return ["taskset", "-c", cpu, *command] if cpu else command


def gateway(folder: pathlib.Path, *, tick_ms: int, cpu: str = "", pace: str = "") -> Server:
    """A new store each time. On one processor it has one thread of each kind."""
    for name in folder.glob("store.db*"):
        name.unlink()
    port, desk, health = free_port(), free_port(), free_port()
    threads = "socket_threads = 1\nworker_threads = 1\n" if cpu else ""
    (folder / "gateway.toml").write_text(f"""\
[store]
engine = "sqlcipher"
path = "store.db"
key_file = "gateway.key"
[directory]
path = "directory.omz"
[listen]
reporter = "tls:127.0.0.1:{port}"
desk = "127.0.0.1:{desk}"
health = "127.0.0.1:{health}"
[tls]
certificate = "tls.pem"
key = "tls.key"
[limits]
{threads}
[pace]
answer_tick_ms = {tick_ms}
{pace}""")
    command = pinned([BIN / "omzien-gateway", "--config", folder / "gateway.toml"], cpu)
    return Server(subprocess.Popen(command, stdout=subprocess.DEVNULL), port, has_worker=False)


def nginx(folder: pathlib.Path, *, connections: int, cpu: str = "") -> Server:
    """One worker that answers any POST with a frame's bytes."""
    port = free_port()
    headers = "\n".join(f'add_header {name} "{value}";' for name, value in HEADERS.items())
    piece = "a" * VARIABLE_BYTES
    (folder / "nginx.conf").write_text(f"""\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr crit;
events {{ worker_connections {connections}; }}
http {{
  access_log off;
  server_tokens off;
  keepalive_requests 1000000000;
  keepalive_timeout 75s;
  client_body_buffer_size 32k;
  client_body_temp_path {folder}/nginx.body;
  default_type application/octet-stream;
  server {{
    listen 127.0.0.1:{port} ssl backlog=4096;
    ssl_certificate {folder}/tls.pem;
    ssl_certificate_key {folder}/tls.key;
    ssl_protocols TLSv1.3;
    ssl_session_tickets off;
    ssl_session_cache off;
    {headers}
    location = /v1/exchange {{
      set $piece "{piece}";
      return 200 "{'$piece' * (FRAME_BYTES // VARIABLE_BYTES)}";
    }}
  }}
}}
""")
    command = pinned(["/usr/sbin/nginx", "-e", "stderr", "-p", folder, "-c", folder / "nginx.conf"], cpu)
    return Server(subprocess.Popen(command, stdout=subprocess.DEVNULL), port, has_worker=True)
