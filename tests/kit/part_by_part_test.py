#!/usr/bin/env python3
"""What did not run is not green, and what failed is not skipped."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

RUNNER = pathlib.Path(__file__).resolve().with_name("part_by_part.py")
TESTS = """
import sys, unittest
WHAT = sys.argv.pop()
class Prepared(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if "class" in WHAT: raise unittest.SkipTest("no root")
    def test_one(self): pass
    @unittest.skipIf("part" in WHAT, "not as root")
    def test_another(self): pass
@unittest.skipIf("all" in WHAT, "no openssl")
class Other(unittest.TestCase):
    def test_one(self): self.assertNotIn("fails", WHAT)
unittest.main()
"""


class PartByPart(unittest.TestCase):
    def run_with(self, what: str) -> tuple[int, list[str]]:
        with tempfile.TemporaryDirectory() as folder:
            tests = pathlib.Path(folder) / "some_test.py"
            tests.write_text(TESTS, encoding="utf-8")
            done = subprocess.run([sys.executable, RUNNER, tests, what], check=False, capture_output=True, text=True)
        return done.returncode, [line for line in done.stderr.splitlines() if line.startswith("not run: ")]

    def test_a_class_that_did_not_run_is_shown_and_a_part_of_one_is_named(self) -> None:
        self.assertEqual(self.run_with("nothing"), (0, []))
        self.assertEqual(self.run_with("class"), (77, ["not run: setUpClass (__main__.Prepared): no root"]))
        self.assertEqual(self.run_with("all"), (77, ["not run: __main__.Other.test_one: no openssl"]))
        self.assertEqual(self.run_with("part"), (0, ["not run: __main__.Prepared.test_another: not as root"]))

    def test_what_failed_is_not_shown_as_skipped(self) -> None:
        self.assertEqual(self.run_with("class fails")[0], 1)


if __name__ == "__main__":
    unittest.main()
