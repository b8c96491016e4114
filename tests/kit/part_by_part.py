#!/usr/bin/env python3
"""part_by_part.py TEST.py [ARGUMENTS]: runs a test file of Python's unittest, and does not pass off as green what did not run.

Each thing skipped is one line, which scripts/test finds in ctest's log. Where everything passed and a whole class was
skipped, the exit code is 77, which ctest shows as Skipped (SKIP_RETURN_CODE). Not by a regular expression over the output:
ctest then calls a test that failed skipped, too.
"""

import functools
import pathlib
import runpy
import sys
import unittest

SKIPPED = 77  # cmake/OmzienTargets.cmake


class Result(unittest.TextTestResult):
    """Keeps which classes ran at all; a class whose preparation was skipped is in no test."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.ran: set[str] = set()
        self.left_out: set[str] = set()

    def addSkip(self, test, reason: str) -> None:
        super().addSkip(test, reason)
        # "setUpClass (__main__.AtRest)" of a class; of a test its id.
        name = test.id()
        whole = name.rpartition("(")[2].rstrip(")") if name.startswith("setUpClass") else name.rpartition(".")[0]
        self.left_out.add(whole)
        self.stream.writeln(f"\nnot run: {name}: {reason}")

    def addSuccess(self, test) -> None:
        super().addSuccess(test)
        self.ran.add(test.id().rpartition(".")[0])

    def addExpectedFailure(self, test, err) -> None:
        super().addExpectedFailure(test, err)
        self.ran.add(test.id().rpartition(".")[0])


class Runner(unittest.TextTestRunner):
    resultclass = Result

    def run(self, test):
        result = super().run(test)
        if result.wasSuccessful() and result.left_out - result.ran:
            sys.exit(SKIPPED)
        return result


if __name__ == "__main__":
    sys.argv = sys.argv[1:]
    sys.path[0] = str(pathlib.Path(sys.argv[0]).resolve().parent)
    unittest.main = functools.partial(unittest.main, testRunner=Runner)
    runpy.run_path(sys.argv[0], run_name="__main__")
