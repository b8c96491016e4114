#!/usr/bin/env python3
"""planted_faults.py [WORD]: does a test fail when a rule is broken? Plants each fault of faults.toml (those with WORD in
their file or name) in a copy of this checkout, one at a time, builds what it touches there and runs the tests nearest to
it until one fails. What no test notices is printed last, and makes the exit code 1. Not part of the tests: an hour."""

import os
import pathlib
import shutil
import subprocess
import sys
import time
import tomllib

PROJECT = pathlib.Path(__file__).resolve().parents[2]
COPY = PROJECT / "build/faults"
# The tests nearest to a folder, the quickest first.
NEAREST = {
    "crypto/verify/": ["crypto_verify_test", "protocol_test", "storage_keys_test", "gateway_test"],
    "crypto/open/": ["crypto_open_test", "core_test"],
    "protocol/": ["protocol_test", "case_state_test", "gateway_test", "core_test", "cheats_test"],
    "storage/": ["storage_keys_test", "store_contract_test", "storage_sqlcipher_test", "gateway_test"],
    "gateway/http/": ["gateway_wiped_test", "gateway_scarce_test", "gateway_http_test"],
    "gateway/": ["gateway_wiped_test", "gateway_test", "gateway_scarce_test", "cheats_test", "gateway_http_test"],
    "clients/cleaning/": ["cleaning_tests"],
    "clients/core/": ["case_state_test", "core_test", "cheats_test"],
}
TEST_SECONDS = 180
# What nearly everything reaches and takes as long as the rest together: only when nothing else noticed.
SLOW_IN_NODE = ("tests/voice/**", "tests/cleaning/**", "tests/end_to_end/**", "tests/oracles/**")


def run(command: list[str], **more) -> subprocess.CompletedProcess:
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def must(command: list[str], **more) -> None:
    done = run(command, **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def copy_checkout() -> None:
    """As it stands here, uncommitted work too; only what differs, so that little is built anew."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=PROJECT, capture_output=True, text=True,
                            check=True).stdout.splitlines()
    for name in listed:
        there, here = COPY / name, PROJECT / name
        if here.is_file() and (not there.exists() or there.read_bytes() != here.read_bytes()):
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(here, there)
            os.utime(there)
    for modules in ("clients/web/node_modules", "tests/peer/node_modules"):
        if not (COPY / modules).exists():
            (COPY / modules).symlink_to(PROJECT / modules)
    # The gateway and the command line that tests of the pages run against: as they were built here.
    (COPY / "build/release/bin").mkdir(parents=True, exist_ok=True)
    for program in ("omzien", "omzien-gateway"):
        if not (COPY / "build/release/bin" / program).exists():
            (COPY / "build/release/bin" / program).symlink_to(PROJECT / "build/release/bin" / program)
    must(["cmake", "--preset", "release"], cwd=COPY)
    must([PROJECT / "scripts/lib/with-node", "npm", "run", "generate"], cwd=COPY / "clients/web")


def failed_in_cpp(file: str) -> str:
    """The first test that fails; "" when none does."""
    programs = next(programs for folder, programs in NEAREST.items() if file.startswith(folder))
    for program in programs:
        built = run(["cmake", "--build", "--preset", "release", "-j1", "--target", program], cwd=COPY)
        if built.returncode != 0:
            return "the compiler"
        try:
            tried = run([COPY / "build/release/tests" / program, "--gtest_fail_fast", "--gtest_brief=1"], cwd=COPY,
                        timeout=TEST_SECONDS, env={**os.environ, "OMZIEN_SHARED": str(PROJECT.parent / "shared")})
        except subprocess.TimeoutExpired:
            return f"{program}, which did not end"
        if tried.returncode != 0:
            failures = [line.split("]")[1].split(",")[0].split(" (")[0].strip() for line in tried.stdout.splitlines()
                        if line.startswith("[  FAILED  ]")]
            return failures[0] if failures else f"{program}, which ended with {tried.returncode}"
    return ""


def failed_in_typescript(file: str) -> str:
    related = str(pathlib.Path(file).relative_to("clients/web"))
    for without in (SLOW_IN_NODE, ()):
        tried = run([PROJECT / "scripts/lib/with-node", "npx", "vitest", "related", "--run", "--bail", "1", "--passWithNoTests",
                     *(f"--exclude={tests}" for tests in without), related],
                    cwd=COPY / "clients/web", env={**os.environ, "OMZIEN_BUILD": str(PROJECT / "build/release"),
                                                   "OMZIEN_SHARED": str(PROJECT.parent / "shared"), "NO_COLOR": "1"})
        if tried.returncode != 0:
            failures = [line.strip() for line in (tried.stdout + tried.stderr).splitlines()
                        if line.strip().startswith("FAIL ")]
            return failures[0][5:] if failures else tried.stderr[-300:]
    return ""


def noticed_by(fault: dict) -> str:
    path = COPY / fault["file"]
    whole = path.read_text()
    if whole.count(fault["was"]) != 1:
        sys.exit(f"{fault['file']}: stands there {whole.count(fault['was'])} times, not once: {fault['was']}")
    path.write_text(whole.replace(fault["was"], fault["now"]))
    try:
        return (failed_in_typescript if path.suffix == ".ts" else failed_in_cpp)(fault["file"])
    finally:
        path.write_text(whole)


def main() -> int:
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    faults = tomllib.loads((PROJECT / "tests/hostile/faults.toml").read_text())["fault"]
    faults = [fault for fault in faults if word in fault["file"] + " " + fault["name"]]
    copy_checkout()
    unnoticed = []
    for fault in faults:
        since = time.monotonic()
        test = noticed_by(fault)
        print(f"{fault['file']}: {fault['name']}: {test or 'NOBODY NOTICES'} ({time.monotonic() - since:.0f} s)", flush=True)
        if not test:
            unnoticed.append(fault)
    print(f"{len(faults)} faults, {len(unnoticed)} unnoticed")
    for fault in unnoticed:
        print(f"unnoticed: {fault['file']}: {fault['name']}")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
