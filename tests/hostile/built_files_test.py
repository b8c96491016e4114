#!/usr/bin/env python3
"""What every program built here must have against mistakes in it, read from the files: full RELRO, position-independent,
no executable stack, stack protection, fortified calls.

usage: built_files_test.py BIN_DIR COMPILER [unittest's arguments]
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

BIN = pathlib.Path(sys.argv.pop(1)).resolve()
COMPILER = sys.argv.pop(1)
SHIPPED = {"omzien", "omzien-gateway"}


def readelf(*arguments: str, file: pathlib.Path) -> str:
    return subprocess.run(["readelf", "-W", *arguments, file], check=True, capture_output=True, text=True).stdout


def missing(file: pathlib.Path) -> set[str]:
    """What it lacks."""
    segments = readelf("-l", file=file)
    dynamic = readelf("-d", file=file)
    symbols = readelf("--dyn-syms", file=file)
    stack = next((line for line in segments.splitlines() if "GNU_STACK" in line), "RWE")
    has = {
        "position-independent": "DYN (Position-Independent Executable file)" in readelf("-h", file=file),
        "RELRO": "GNU_RELRO" in segments,
        "all of it": "BIND_NOW" in dynamic or "NOW" in dynamic.split("FLAGS_1", 1)[-1][:40],
        "a stack that is no program": "RWE" not in stack,
        "no text that is written to": "TEXTREL" not in dynamic,
        "no folder of its own to load from": "RPATH" not in dynamic and "RUNPATH" not in dynamic,
        "stack protection": "__stack_chk_fail" in symbols,
    }
    if file.name in SHIPPED:  # the others may call nothing that can be fortified
        has["fortified calls"] = "_chk@" in symbols.replace("__stack_chk_fail@", "")
    return {what for what, there in has.items() if not there}


class BuiltFiles(unittest.TestCase):
    def test_every_program_has_it_all(self) -> None:
        programs = [path for path in sorted(BIN.iterdir()) if path.is_file() and path.read_bytes()[:4] == b"\x7fELF"]
        self.assertLessEqual(SHIPPED, {path.name for path in programs})
        for program in programs:
            with self.subTest(program=program.name):
                self.assertEqual(missing(program), set())

    def test_one_without_is_found_out(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "bare.cpp"
            source.write_text("int main() { return 0; }\n")
            bare = pathlib.Path(folder) / "omzien"
            subprocess.run([COMPILER, "-no-pie", "-fno-pie", "-Wl,-z,norelro,-z,lazy,-z,execstack,-rpath,/tmp",
                            "-fno-stack-protector", "-U_FORTIFY_SOURCE", source, "-o", bare], check=True)
            self.assertEqual(missing(bare), {"position-independent", "RELRO", "all of it", "a stack that is no program",
                                             "no folder of its own to load from", "stack protection", "fortified calls"})


if __name__ == "__main__":
    unittest.main()
