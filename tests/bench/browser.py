"""The reporter's app in Chromium: bytes, first screen, sealing and opening, with and without a JIT, slowed six times."""

import json
import pathlib
import subprocess

from servers import BIN, PROJECT, Missing

WITH_NODE = str(PROJECT / "scripts/lib/with-node")


def node(*arguments: str, folder: str, timeout: float) -> str:
    done = subprocess.run([WITH_NODE, *arguments], cwd=PROJECT / folder, check=True, stdout=subprocess.PIPE, text=True,
                          timeout=timeout)
    return done.stdout


def build_app() -> None:
    for step in ("generate", "app"):
        node("npm", "run", "--silent", step, folder="clients/web", timeout=600)


def measure(_folder: pathlib.Path, quick: bool) -> dict:
    if not (BIN / "omzien").exists():
        raise Missing("build omzien and omzien-gateway first")
    build_app()
    sizes = node("node", "size.js", folder="clients/web", timeout=120).splitlines()[-1].split()
    rounds = "1" if quick else "5"
    times = node("node", "../bench/browser_times.js", rounds, folder="tests/browser", timeout=1800)
    return {"bytes": {"brotli": int(sizes[2]), "gzip": int(sizes[5])}, **json.loads(times)}
