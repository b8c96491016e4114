#!/usr/bin/env python3
"""last_words.py LOG: what each test that failed printed last, from the log that ctest keeps (LastTest.log). ctest shows it
where the test ended, which of a thousand tests is far up; whoever sees the end of a run alone has to see why, too."""

import pathlib
import re
import sys

LINES_MAX = 16
COLUMNS_MAX = 300
RUN = re.compile(r"^\d+/\d+ Testing: (?P<name>.+?)\n.*?^Output:\n-+\n(?P<output>.*?)<end of output>\n.*?^Test (?P<end>\w+)\.",
                 re.MULTILINE | re.DOTALL)
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
# What says nothing of the reason: rulers, the sum at the end of Node's report, the frames below the test itself.
IDLE = re.compile(r"^\W*$|^\W*(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) \d|^\s+at .*\bnode:internal")


def last_words(output: str) -> list[str]:
    plain = COLOURS.sub("", output)
    lines = [line.rstrip()[:COLUMNS_MAX] for line in plain.splitlines() if not IDLE.match(line)]
    return lines[-LINES_MAX:]


def main() -> None:
    log = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8", errors="replace")
    failed = {run["name"]: run["output"] for run in RUN.finditer(log) if run["end"] == "Failed"}  # of two turns the second
    for name, output in failed.items():
        print(f"{name}:")
        print("\n".join(f"    {line}" for line in last_words(output)))


if __name__ == "__main__":
    main()
