#!/usr/bin/env python3
"""threat-model/adversaries.md is whole and honest in what a machine can judge: every adversary has every deed, every deed
either a test or the plain words that nothing holds; and every test that it, README.md or nothing-lost.md names is there and
is run."""

import fnmatch
import pathlib
import re
import tomllib
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
MODEL = PROJECT / "threat-model/adversaries.md"
BESIDE = [PROJECT / "threat-model/README.md", PROJECT / "threat-model/nothing-lost.md"]
A_TEST = re.compile(r"[A-Z]\w+\.(?:\*|[A-Z]\w*\*?)|[\w.]+::.+|\w+\.test\.[jt]s|\w+_test\.py")
DEEDS = ["reads", "links", "alters", "deletes", "denies"]
ADVERSARIES = ["a colleague looking over a shoulder", "the employer's network", "a managed pc", "the hoster",
               "a seized server at rest", "a live operator", "a curious adviser", "a committee member",
               "a coerced administrator", "a lost phone", "a flooder", "gateway and adviser together"]


class Declared:
    """The tests there are, as each kind of file declares them. Such a file counts when its CMakeLists.txt runs it."""

    def __init__(self) -> None:
        folders = [PROJECT / "tests", PROJECT / "clients/web/tests"]
        files = [path for folder in folders for path in folder.rglob("*") if "node_modules" not in path.parts]
        lists = [path for path in files if path.name == "CMakeLists.txt"]
        self.run = "\n".join(path.read_text() for path in lists)
        self.suites: dict[str, set[str]] = {}
        self.files: dict[str, list[str]] = {}
        for path in files:
            if path.name.endswith("_test.cpp") and path.name in self.run:
                for suite, name in re.findall(r"^TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\)", path.read_text(), re.MULTILINE):
                    self.suites.setdefault(suite, set()).add(name)
            elif path.name.endswith("_test.py") and self.is_run(path):
                self.files.setdefault(path.name, []).extend(
                    re.findall(r"^\s+def (test_\w+)\(", path.read_text(), re.MULTILINE))
            elif re.search(r"\.test\.[jt]s$", path.name) and self.is_run(path):
                self.files.setdefault(path.name, []).extend(
                    text for _, text in re.findall(r"\btest(?:\.each\([^;]*?\))?\(\s*(['`\"])(.+?)\1", path.read_text()))
        self.ctests = set(re.findall(r"add_test\(NAME ([\w.]+)", self.run))
        for loop in re.findall(r"foreach\(name ([^)]+)\)(.*?)endforeach", self.run, re.DOTALL):
            prefix = re.search(r"(?:add_test\(NAME (\w+\.)|omzien_(fuzz)er\()", loop[1])
            kind = (prefix.group(1) or "fuzz.") if prefix else ""
            self.ctests |= {kind + name for name in loop[0].split()}
        self.ctests |= {f"fuzz.{name}" for name in re.findall(r"omzien_fuzzer\((\w+)", self.run)}

    def is_run(self, path: pathlib.Path) -> bool:
        """Vitest runs all of clients/web/tests; the others stand in a list, perhaps without the end of their name."""
        stem = re.sub(r"(_test\.py|\.test\.[jt]s)$", "", path.name)
        return "clients" in path.parts[len(PROJECT.parts):] or re.search(rf"\b{stem}(_test)?\b", self.run) is not None

    def has(self, name: str) -> bool:
        if "::" in name:
            file, begins = name.split("::", 1)
            return any(test.startswith(begins) for test in self.files.get(file, []))
        suite, _, test = name.partition(".")
        if suite in self.suites:
            return any(fnmatch.fnmatchcase(one, test) for one in self.suites[suite])
        return name in self.ctests or name in self.files


class ThreatModel(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.declared = Declared()
        cls.sections = {}
        for section in MODEL.read_text().split("\n## ")[1:]:
            title, _, body = section.partition("\n")
            rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines()
                    if line.startswith("|")]
            cls.sections[title.lower()] = rows[2:]

    def test_every_adversary_has_every_deed(self) -> None:
        for adversary in ADVERSARIES:
            with self.subTest(adversary=adversary):
                self.assertIn(adversary, self.sections)
                self.assertEqual([row[0] for row in self.sections[adversary]], DEEDS)

    def test_every_cell_names_a_test_or_says_that_nothing_holds(self) -> None:
        for adversary, rows in self.sections.items():
            for row in rows:
                with self.subTest(adversary=adversary, deed=row[0]):
                    holds, tests = row[-2], row[-1]
                    self.assertTrue(holds)
                    self.assertTrue("`" in tests or "nothing holds" in holds)

    def test_every_test_named_exists(self) -> None:
        named = {name for rows in self.sections.values() for row in rows for name in re.findall(r"`([^`]+)`", row[-1])}
        self.assertGreater(len(named), 60)
        self.assertEqual(sorted(name for name in named if not self.declared.has(name)), [])

    def test_every_test_named_beside_it_exists(self) -> None:
        for file in BESIDE:
            named = {name for name in re.findall(r"`([^`\n]+)`", file.read_text()) if A_TEST.fullmatch(name)}
            self.assertGreater(len(named), 5, file.name)
            self.assertEqual(sorted(name for name in named if not self.declared.has(name)), [], file.name)

    def test_a_test_that_is_not_there_is_missed(self) -> None:
        for name in ("HostileLog.NobodyEverWroteThis", "HostileLog.NobodyEver*", "gate_test.py::test_of_nothing",
                     "NoSuchSuite.*", "no_such_ctest", "no_such_file.test.ts::anything", "no_such_file.test.ts"):
            self.assertFalse(self.declared.has(name), name)
            self.assertTrue(A_TEST.fullmatch(name) or name == "no_such_ctest", name)


class Faults(unittest.TestCase):
    def test_each_can_still_be_planted(self) -> None:
        faults = tomllib.loads((PROJECT / "tests/hostile/faults.toml").read_text())["fault"]
        self.assertGreater(len(faults), 200)
        moved = [f"{fault['file']}: {fault['name']}" for fault in faults
                 if (PROJECT / fault["file"]).read_text().count(fault["was"]) != 1]
        self.assertEqual(moved, [], "what they replace stands there once")


if __name__ == "__main__":
    unittest.main()
