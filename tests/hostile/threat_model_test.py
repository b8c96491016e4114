#!/usr/bin/env python3
"""threat-model/adversaries.md is whole and honest in what a machine can judge: every adversary has every deed, every deed
either a test or the plain words that nothing holds; and every test that it, README.md or nothing-lost.md names is there and
is run."""

import pathlib
import re
import tomllib
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
MODEL = PROJECT / "threat-model/adversaries.md"
BESIDE = [PROJECT / "threat-model/README.md", PROJECT / "threat-model/nothing-lost.md"]
A_FILE = r"[\w/]+(?:\.test\.[jt]s|_test\.py)"
A_TEST = re.compile(rf"[A-Z]\w+\.(?:\*|[A-Z]\w*\*?)|[\w./]+::.+|{A_FILE}")
DEEDS = ["reads", "links", "alters", "deletes", "denies"]
ADVERSARIES = ["a colleague looking over a shoulder", "the employer's network", "a managed pc", "the hoster",
               "a seized server at rest", "a live operator", "a curious adviser", "a committee member",
               "a coerced administrator", "a lost phone", "a flooder", "gateway and adviser together"]


class Declared:
    """The tests there are, as each kind of file declares them. Such a file counts when a CMakeLists.txt at or above it
    runs it, by its whole name; vitest runs all of clients/web/tests."""

    def __init__(self, lists: dict[pathlib.Path, str] | None = None) -> None:
        folders = [PROJECT / "tests", PROJECT / "clients/web/tests"]
        files = [path for folder in folders for path in folder.rglob("*") if "node_modules" not in path.parts]
        self.lists = lists or {path.parent: self.without_remarks(path) for path in files
                               if path.name == "CMakeLists.txt"}
        self.suites: dict[str, set[str]] = {}
        self.files: dict[pathlib.Path, list[str]] = {}
        for path in files:
            declared = self.declared(path)
            if declared is None or not self.is_run(path):
                continue
            if path.suffix != ".cpp":
                self.files[path] = [name for _, name in declared]
                continue
            for suite, name in declared:
                self.suites.setdefault(suite, set()).add(name)
        run = "\n".join(self.lists.values())
        self.ctests = set(re.findall(r"add_test\(NAME ([\w.]+)", run))
        for loop in re.findall(r"foreach\(name ([^)]+)\)(.*?)endforeach", run, re.DOTALL):
            prefix = re.search(r"(?:add_test\(NAME (\w+\.)|omzien_(fuzz)er\()", loop[1])
            kind = (prefix.group(1) or "fuzz.") if prefix else ""
            self.ctests |= {kind + name for name in loop[0].split()}
        self.ctests |= {f"fuzz.{name}" for name in re.findall(r"omzien_fuzzer\((\w+)", run)}

    @staticmethod
    def without_remarks(path: pathlib.Path) -> str:
        return re.sub(r"#.*", "", path.read_text())

    @staticmethod
    def declared(path: pathlib.Path) -> list[tuple[str, str]] | None:
        """Suites of C++, and the names of tests; nothing for a file of another kind."""
        if path.name.endswith("_test.cpp"):
            return re.findall(r"^TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\)", path.read_text(), re.MULTILINE)
        if path.name.endswith("_test.py"):
            return re.findall(r"^(\s+)def (test_\w+)\(", path.read_text(), re.MULTILINE)
        if re.search(r"\.test\.[jt]s$", path.name):
            return re.findall(r"\btest(?:\.\w+\([^;]*?\))?\(\s*(['`\"])(.+?)\1", path.read_text())
        return None

    def is_run(self, path: pathlib.Path) -> bool:
        if path.is_relative_to(PROJECT / "clients/web/tests"):
            return True
        return any(self.runs(folder, path) for folder in path.parents if folder in self.lists)

    def runs(self, folder: pathlib.Path, path: pathlib.Path) -> bool:
        """By its path from there; or as an item of a loop whose body puts the end to it."""
        name, text = path.relative_to(folder).as_posix(), self.lists[folder]
        if re.search(rf"(?<![\w./-]){re.escape(name)}(?![\w.])", text.replace("${CMAKE_CURRENT_SOURCE_DIR}/", " ")):
            return True
        stem = re.sub(r"(_test\.py|\.test\.[jt]s)$", "", name)
        return stem in {item for loop in re.findall(r"foreach\(name ([^)]+)\)", text) for item in loop.split()}

    def file(self, name: str) -> pathlib.Path | None:
        """The one file of that name, or of that end of a path; nothing when there are several."""
        found = [path for path in self.files if f"/{path.as_posix()}".endswith(f"/{name}")]
        return found[0] if len(found) == 1 else None

    def has(self, name: str) -> bool:
        file, _, begins = name.partition("::")
        if begins or re.fullmatch(A_FILE, file):
            path = self.file(file)
            return path is not None and any(test.startswith(begins) for test in self.files[path])
        suite, _, test = name.partition(".")
        if suite in self.suites and re.fullmatch(r"[A-Z]\w*\*?|\*", test):
            return any(one.startswith(test[:-1]) if test.endswith("*") else one == test for one in self.suites[suite])
        return name in self.ctests


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

    def test_all_tests_of_a_suite_are_named_by_a_star_alone(self) -> None:
        self.assertTrue(self.declared.has("HostileLog.*"))
        for name in ("HostileLog", "HostileLog.", "HostileLog.?*", "HostileLog.[A-Z]*", "HostileLog.*Seen", "*.*"):
            self.assertFalse(self.declared.has(name), name)

    def test_a_file_of_which_there_are_several_is_named_with_its_folder(self) -> None:
        for name in ("files.test.ts", "cheats.test.ts::a gateway that keeps a wrap back"):
            self.assertFalse(self.declared.has(name), name)
            self.assertTrue(A_TEST.fullmatch(name), name)
        self.assertTrue(self.declared.has("lead/cheats.test.ts::a gateway that keeps a wrap back"))
        self.assertFalse(self.declared.has("page/cheats.test.ts::a gateway that keeps a wrap back"))
        self.assertFalse(self.declared.has("ead/cheats.test.ts::a gateway that keeps a wrap back"))

    def test_a_file_that_nothing_runs_does_not_count(self) -> None:
        """Another one's name that has this one's in it is not this one, nor is a remark, nor a list elsewhere."""
        core, browser = PROJECT / "tests/clients/core", PROJECT / "tests/browser"
        for folder, was, now, name in (
                (core, " own_clock_test.cpp", " down_clock_test.cpp", "OwnClock.*"),
                (core, " own_clock_test.cpp", " own_clock_test.cpp.txt", "OwnClock.*"),
                (core, " own_clock_test.cpp", " lead/own_clock_test.cpp", "OwnClock.*"),
                (browser, " exit ", " exits ", "exit.test.js")):
            with self.subTest(now=now):
                self.assertTrue(self.declared.has(name))
                self.assertEqual(self.declared.lists[folder].count(was), 1)
                lists = {**self.declared.lists, folder: self.declared.lists[folder].replace(was, now)}
                self.assertFalse(Declared(lists).has(name))
        remark = Declared.without_remarks(PROJECT / "tests/hostile/CMakeLists.txt")
        self.assertNotIn("sanitizers", remark)


class Faults(unittest.TestCase):
    def test_each_can_still_be_planted(self) -> None:
        faults = tomllib.loads((PROJECT / "tests/hostile/faults.toml").read_text())["fault"]
        self.assertGreater(len(faults), 200)
        moved = [f"{fault['file']}: {fault['name']}" for fault in faults
                 if (PROJECT / fault["file"]).read_text().count(fault["was"]) != 1]
        self.assertEqual(moved, [], "what they replace stands there once")


if __name__ == "__main__":
    unittest.main()
