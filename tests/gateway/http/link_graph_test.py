#!/usr/bin/env python3
"""The gateway is blind: nothing that opens a report is in it (design §1).

usage: link_graph_test.py BUILD_DIR TARGET [--expect-opening]

Looks at what TARGET (a program's path inside BUILD_DIR) is linked from, at what it asks of shared libraries, and
at every symbol in it. --expect-opening turns the verdict round: the test of this test, run on a program that does open
reports.
"""

import pathlib
import re
import subprocess
import sys

# Libraries and folders that may not be among what it is linked from.
FORBIDDEN_INPUTS = re.compile(r"libomzien_crypto_open|crypto/open/|libomzien_core|clients/")

# Functions that open something: libsodium's, OpenSSL's as called by ours, and our own.
FORBIDDEN_SYMBOLS = re.compile(
    r"\bcrypto_kem_\w*dec"
    r"|\bcrypto_aead_\w*_decrypt"
    r"|\bcrypto_(secret)?box\w*_open"
    r"|\bcrypto_secretstream_\w*_pull"
    r"|\bcrypto_stream_\w*_xor"
    r"|\bEVP_(\w*Decrypt\w*|Open\w*|Seal\w*|Cipher\w*|PKEY_decapsulate\w*|PKEY_derive\w*)"
    r"|\bomzien::crypto::\w*(hpke|open_|unseal|decapsulat|decrypt)\w*",
    re.IGNORECASE)


def output_of(*command: str) -> list[str]:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def linked_from(build: pathlib.Path, target: str) -> list[str]:
    """The files on the target's own link line, from the build's rules and not from a list somebody keeps."""
    return output_of("ninja", "-C", str(build), "-t", "query", target)


def violations(build: pathlib.Path, target: str) -> list[str]:
    program = str(build / target)
    found = [f"linked from {line.strip()}" for line in linked_from(build, target) if FORBIDDEN_INPUTS.search(line)]
    looks = {
        "asks for": output_of("nm", "-D", "--undefined-only", program),
        "contains": output_of("nm", "-C", program),
    }
    for what, lines in looks.items():
        if not lines:
            sys.exit(f"nm shows nothing of {program}: stripped, so this test would say nothing")
        found += [f"{what} {line.strip()}" for line in lines if FORBIDDEN_SYMBOLS.search(line)]
    return found


def main() -> int:
    if len(sys.argv) not in (3, 4):
        print(__doc__, file=sys.stderr)
        return 2
    build, target = pathlib.Path(sys.argv[1]), sys.argv[2]
    expect_opening = sys.argv[3:] == ["--expect-opening"]
    found = violations(build, target)
    print("\n".join(found) or f"{target}: nothing that opens a report")
    if expect_opening:
        kinds = {line.split()[0] for line in found}
        missing = {"linked", "asks", "contains"} - kinds
        if missing:
            print(f"expected to be found out by all three looks; blind: {sorted(missing)}")
        return 1 if missing else 0
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
