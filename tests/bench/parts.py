"""The parts that `run` measures. Each gives raw figures, round by round; figures.py judges them.

What is held against each other runs in turn, so that a machine whose speed drifts changes both.
"""

import dataclasses
import json
import pathlib
import shutil
import subprocess

import browser
import build
import servers
import suite
from servers import LOAD_CPU, SERVER_CPU, Missing, bench


@dataclasses.dataclass
class Settings:
    folder: pathlib.Path
    quick: bool

    def pick(self, full: int, quick: int) -> int:
        return quick if self.quick else full


def need(*programs: str) -> None:
    if missing := [name for name in programs if not shutil.which(name)]:
        raise Missing(f"not installed: {', '.join(missing)} (apt-get install --no-install-recommends nginx-light wrk)")
    if not servers.BENCH.exists():
        raise Missing("build omzien-bench and omzien-gateway first")


def reports(settings: Settings) -> dict:
    need()
    return bench("reports", "--folder", settings.folder, "--reports", settings.pick(4000, 200), "--rounds",
                 settings.pick(7, 2), timeout=900)


def wrk(server: servers.Server, folder: pathlib.Path, connections: int, seconds: int) -> dict:
    cpu = server.cpu_seconds()
    done = subprocess.run(["taskset", "-c", LOAD_CPU, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s",
                           pathlib.Path(__file__).with_name("exchange.lua"), f"https://127.0.0.1:{server.port}", "--",
                           folder / "empty.frame"], check=True, stdout=subprocess.PIPE, timeout=seconds + 60)
    said = json.loads(done.stdout.splitlines()[-1])
    if said["requests"] == 0:
        raise Missing("a quiet machine: in one round nothing was answered at all")
    return {"per_second": said["requests"] / said["us"] * 1e6, "errors": said["errors"], "p50_us": said["p50_us"],
            "p99_us": said["p99_us"], "cpu_us": (server.cpu_seconds() - cpu) / said["requests"] * 1e6}


def connect(server: servers.Server, seconds: int) -> dict:
    cpu = server.cpu_seconds()
    said = bench("connections", "--port", server.port, "--seconds", seconds, timeout=seconds + 60, cpu=LOAD_CPU)
    return {"per_second": said["connections_per_second"],
            "cpu_us": (server.cpu_seconds() - cpu) / said["connections"] * 1e6}


def exchanges(settings: Settings) -> dict:
    """Empty exchanges on open connections, and connections of one exchange each; each server on a core of its own."""
    need("nginx", "wrk", "openssl", "taskset")
    folder = settings.folder / "servers"
    servers.prepare(folder)
    seconds = settings.pick(6, 1)
    rounds = []
    with servers.gateway(folder, tick_ms=0, cpu=SERVER_CPU) as ours, \
            servers.nginx(folder, connections=4096, cpu=SERVER_CPU) as theirs:
        for _ in range(settings.pick(7, 2)):
            one = {}
            for name, server in (("gateway", ours), ("nginx", theirs)):
                one[name] = wrk(server, folder, 64, seconds)
            for name, server in (("gateway_connections", ours), ("nginx_connections", theirs)):
                one[name] = connect(server, seconds)
            rounds.append(one)
    return {"rounds": rounds}


def pages(settings: Settings) -> dict:
    """Open pages, as many as descriptors and this machine's ports allow, beside as many on nginx."""
    need("nginx", "openssl", "taskset")
    folder = settings.folder / "servers"
    servers.prepare(folder)
    count, seconds = settings.pick(19_800, 200), settings.pick(90, 5)

    def measure(server: servers.Server, *more: object) -> dict:
        return bench("pages", "--port", server.port, "--pages", count, "--server-pid", server.pid, *more,
                     timeout=seconds + 300)

    found = {}
    for name, pace in (("at 10 s", "seconds_min = 10\n"), ("as announced", "")):
        with servers.gateway(folder, tick_ms=100, pace=pace) as ours:
            found[name] = measure(ours, "--seconds", seconds, "--reports-per-hour", settings.pick(200, 3600))
    with servers.nginx(folder, connections=count + 200) as theirs:
        found["nginx at 10 s"] = measure(theirs, "--seconds", settings.pick(20, 2), "--tick-ms", 0, "--pace-ms", 10_000)
    return {"pages": found}


def growth(settings: Settings) -> dict:
    need()
    folder = settings.folder / "growth"
    sizes = [1_000, 5_000] if settings.quick else [1_000, 100_000, 1_000_000]
    filled = bench("fill", "--folder", folder, "--cases", *sizes, timeout=3600)
    found = bench("growth", "--folder", folder, "--cases", *sizes, "--rounds", settings.pick(7, 2), "--operations",
                  settings.pick(60, 10), timeout=1800)
    return {"filled": filled, **found}


PARTS = {"reports": reports, "exchanges": exchanges, "pages": pages, "growth": growth,
         "browser": lambda settings: browser.measure(settings.folder, settings.quick),
         "build": lambda settings: build.measure(settings.folder, settings.quick),
         "tests": lambda settings: suite.measure(settings.folder, settings.quick)}
