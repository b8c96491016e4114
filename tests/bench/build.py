"""What building costs: clean, after one changed file, and what the heavy headers cost. No compiler cache."""

import os
import pathlib
import subprocess
import time

from servers import PROJECT

NO_CACHE = dict(os.environ, CCACHE_DISABLE="1")

# One changed file each: deep below everything, in the middle, at an edge.
CHANGED = ["crypto/verify/bytes.h", "gateway/writer.cpp", "gateway/http/session.cpp", "clients/cli/main.cpp"]

# A file that includes only this is compiled; how long, and how many lines the compiler reads.
HEADERS = {
    "nothing": "",
    "our storage/store.h": '#include "storage/store.h"',
    "our gateway/http/net.h": '#include "gateway/http/net.h"',
    "Boost.Asio TLS": "#include <boost/asio.hpp>\n#include <boost/asio/ssl.hpp>",
    "Boost.Beast": "#include <boost/beast.hpp>",
    "nlohmann/json": "#include <nlohmann/json.hpp>",
    "CLI11": "#include <CLI/CLI.hpp>",
    "spdlog": "#include <spdlog/spdlog.h>",
    "toml++": "#include <toml++/toml.h>",
    "GoogleTest": "#include <gtest/gtest.h>",
}


def seconds(command: list, timeout: float) -> float:
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=NO_CACHE, cwd=PROJECT, timeout=timeout)
    return round(time.monotonic() - began, 2)


def cpu_seconds(command: list, timeout: float) -> float:
    """Of the processor: what else the machine does changes it little."""
    before = os.times()
    seconds(command, timeout)
    after = os.times()
    return round(after.children_user + after.children_system - before.children_user - before.children_system, 2)


def headers(folder: pathlib.Path) -> dict:
    found = {}
    for name, text in HEADERS.items():
        source = folder / "header.cpp"
        source.write_text(text + "\n")
        options = ["c++", "-std=c++20", "-O2", "-g1", "-I", PROJECT, "-I", PROJECT / "build/release/proto/generated"]
        lines = subprocess.run([*options, "-E", "-P", source], check=True, capture_output=True).stdout.count(b"\n")
        took = cpu_seconds([*options, "-c", source, "-o", folder / "header.o"], 300)
        found[name] = {"cpu_seconds": took, "lines": lines}
    return found


def measure(folder: pathlib.Path, quick: bool) -> dict:
    """A build folder of its own, so that nobody's is disturbed."""
    folder.mkdir(parents=True, exist_ok=True)
    found: dict = {"headers": headers(folder)}
    if quick:
        return found
    build = folder / "clean-build"
    subprocess.run(["cmake", "--preset", "release", "-B", build], check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)
    make = ["cmake", "--build", build]
    subprocess.run([*make, "--target", "clean"], check=True, stdout=subprocess.DEVNULL)
    found["clean_seconds"] = seconds(make, 7200)
    found["nothing_changed_seconds"] = seconds(make, 600)
    found["changed_seconds"] = {}
    for name in CHANGED:
        os.utime(PROJECT / name)
        found["changed_seconds"][name] = seconds(make, 7200)
    return found
