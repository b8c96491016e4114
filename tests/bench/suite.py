"""What all tests take, as `scripts/test` runs them once everything is built, and which of them take longest."""

import pathlib
import subprocess
import tempfile
import time
from xml.etree import ElementTree

from servers import PROJECT

SLOWEST = 10


def measure(folder: pathlib.Path, quick: bool) -> dict:
    folder.mkdir(parents=True, exist_ok=True)
    # As in a fresh clone: ctest begins with what failed last, and what needs the machine alone finds no place then.
    for told in (PROJECT / "build/release/Testing/Temporary").glob("LastTestsFailed*.log"):
        told.unlink()
    picked = ["-R", "^Chain"] if quick else []
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        began = time.monotonic()
        with (folder / "tests.log").open("wb") as log:
            subprocess.run(["ctest", "--preset", "release", "--repeat", "until-pass:2", "--output-junit", report.name, *picked],
                           cwd=PROJECT, check=True, stdout=log, timeout=3600)
        took = time.monotonic() - began
        found = {case.get("name"): float(case.get("time")) for case in ElementTree.parse(report.name).iter("testcase")}
    slowest = sorted(found, key=found.get, reverse=True)[:SLOWEST]
    return {"tests": len(found), "seconds": round(took, 1), "slowest": {name: round(found[name], 1) for name in slowest}}
