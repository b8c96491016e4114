"""Runs clang-tidy over the project's sources, those changed last first, until the time is up.

A file that was clean is not looked at again while it, the project's headers it includes, the checks and the tool
stay the same; what is remembered is in the user's cache folder, so that a fresh clone profits too.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "omzien-tidy"
# clang 14 cannot read these libraries' headers beside GCC 12's own; the compiler's warnings and cppcheck see the file.
BEYOND_IT = ("clients/cleaning/clean_pdf.cpp",)
GRACE_SECONDS = 60  # for a file begun just before the time was up


def output(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, text=True, capture_output=True).stdout


def sources_newest_first(build: pathlib.Path) -> list[pathlib.Path]:
    commands = json.loads((build / "compile_commands.json").read_text())
    compiled = {pathlib.Path(command["file"]).resolve() for command in commands}
    tracked = {ROOT / name for name in output("git", "ls-files", "--", "*.cpp").splitlines()}
    edited = output("git", "diff", "--name-only", "HEAD").splitlines()
    history = output("git", "log", "--format=", "--name-only", "-n", "200").splitlines()
    order = {name: place for place, name in reversed(list(enumerate(edited + history)))}
    rank = lambda path: (order.get(str(path.relative_to(ROOT)), len(order)), path)
    return sorted((compiled & tracked) - {ROOT / name for name in BEYOND_IT}, key=rank)


def without_precompiled(build: pathlib.Path) -> pathlib.Path:
    """A folder with the same commands, less headers that only GCC can read: a test has to include what it uses."""
    folder = build / "tidy"
    folder.mkdir(exist_ok=True)
    commands = (build / "compile_commands.json").read_text()
    own = re.sub(r" -fpch-preprocess| -Winvalid-pch -include \S+/cmake_pch\.hxx", "", commands)
    (folder / "compile_commands.json").write_text(own)
    return folder


def project_headers(build: pathlib.Path) -> dict[pathlib.Path, list[pathlib.Path]]:
    """What each source included when it was last compiled, as ninja recorded it."""
    headers: dict[pathlib.Path, list[pathlib.Path]] = {}
    for block in output("ninja", "-C", str(build), "-t", "deps").split("\n\n"):
        names = [line.strip() for line in block.splitlines() if line.startswith("    ")]
        paths = [(build / name).resolve() for name in names]
        own = [path for path in paths if path.is_relative_to(ROOT)]
        if own:
            headers[own[0]] = own[1:]
    return headers


def fingerprint(source: pathlib.Path, headers: list[pathlib.Path], setting: bytes) -> str:
    digest = hashlib.sha256(setting)
    for folder in source.parents[:source.parents.index(ROOT)]:
        if (folder / ".clang-tidy").exists():
            digest.update((folder / ".clang-tidy").read_bytes())
    for path in [source, *sorted(headers)]:
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="a build folder with compile_commands.json")
    parser.add_argument("--seconds", type=float, default=3600)
    options = parser.parse_args()
    build = options.build.resolve()
    CACHE.mkdir(parents=True, exist_ok=True)
    setting = (ROOT / ".clang-tidy").read_bytes() + output("clang-tidy", "--version").encode()
    headers = project_headers(build)
    end = time.monotonic() + options.seconds
    commands = without_precompiled(build)

    def judge(source: pathlib.Path) -> tuple[str, str]:
        known = headers.get(source)
        mark = CACHE / fingerprint(source, known, setting) if known is not None else None
        if mark and mark.exists():
            return "clean", ""
        if time.monotonic() > end:
            return "not reached", ""
        try:
            tidy = subprocess.run(
                ["clang-tidy", "--quiet", "-p", str(commands), str(source)],
                cwd=ROOT,
                text=True,
                capture_output=True,
                timeout=max(end - time.monotonic(), 0) + GRACE_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return "not reached", ""
        if tidy.returncode != 0:
            return "with findings", tidy.stdout
        if mark:
            mark.touch()
        return "clean", ""

    counts: dict[str, int] = {}
    shown: set[str] = set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for verdict, findings in pool.map(judge, sources_newest_first(build)):
            counts[verdict] = counts.get(verdict, 0) + 1
            for finding in findings.split("\n/"):  # a header's finding comes back with every file that includes it
                if finding.strip() and finding not in shown:
                    shown.add(finding)
                    print("/" + finding.lstrip("/"), flush=True)
    print("clang-tidy: " + ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items())))
    return 1 if counts.get("with findings") else 0


if __name__ == "__main__":
    sys.exit(main())
