"""The reporter's app in Chromium: bytes, first screen, sealing and opening, with and without a JIT, slowed six times."""

import json
import pathlib
import re
import subprocess

from servers import BIN, PROJECT, Missing

WITH_NODE = str(PROJECT / "scripts/lib/with-node")


# What clients/web/size.js says of each program.
IN_ALL = re.compile(r"(\w+) in all: (\d+) bytes brotli, (\d+) gzip; the budget is (\d+)")


def node(*arguments: str, folder: str, timeout: float, check: bool = True) -> str:
    done = subprocess.run([WITH_NODE, *arguments], cwd=PROJECT / folder, check=check, stdout=subprocess.PIPE, text=True,
                          timeout=timeout)
    return done.stdout


def build_app() -> None:
    for step in ("generate", "app", "desk"):
        node("npm", "run", "--silent", step, folder="clients/web", timeout=600)


def measure(_folder: pathlib.Path, quick: bool) -> dict:
    if not (BIN / "omzien").exists():
        raise Missing("build omzien and omzien-gateway first")
    build_app()
    sizes = node("node", "size.js", folder="clients/web", timeout=120, check=False)  # a figure above its budget is one
    weights = {name: {"brotli": int(brotli), "gzip": int(gzip), "budget": int(budget)}
               for name, brotli, gzip, budget in IN_ALL.findall(sizes)}
    rounds = "1" if quick else "5"
    times = node("node", "../bench/browser_times.js", rounds, folder="tests/browser", timeout=1800)
    return {"bytes": weights, **json.loads(times)}
