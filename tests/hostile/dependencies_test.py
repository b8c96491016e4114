#!/usr/bin/env python3
"""threat-model/dependencies.md names everything that is linked or installed, at its version; and nothing that npm brings
runs when it is installed."""

import json
import pathlib
import re
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = [PROJECT / folder for folder in ("clients/web", "tests/browser", "tests/peer")]
FOUND = re.compile(r"^\s*(?:find_package\((\w+)|pkg_check_modules\((\w+)|find_path\((\w+)_INCLUDE)", re.MULTILINE)
TOOLS = {"Threads", "PkgConfig"}  # of the compiler and of CMake itself


def listed() -> dict[str, str]:
    """By name in lower case: the second column."""
    rows = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|", (PROJECT / "threat-model/dependencies.md").read_text(), re.MULTILINE)
    return {name.lower(): version for name, version in rows}


class Dependencies(unittest.TestCase):
    def test_every_library_of_the_build_is_listed(self) -> None:
        names = {next(filter(None, found)) for found in FOUND.findall((PROJECT / "cmake/Dependencies.cmake").read_text())}
        self.assertGreater(len(names), 10)
        known = listed()
        for name in names - TOOLS:
            plain = name.lower().removeprefix("lib")
            self.assertTrue(any(plain in other.removeprefix("lib") for other in known), f"{name} is not listed")

    def test_every_package_is_listed_at_its_version(self) -> None:
        known = listed()
        for folder in FOLDERS:
            manifest = json.loads((folder / "package.json").read_text())
            for name, version in {**manifest.get("dependencies", {}), **manifest.get("devDependencies", {})}.items():
                self.assertRegex(version, r"^\d+\.\d+\.\d+$", f"{name} is not pinned in {folder.name}")
                self.assertEqual(known.get(name.lower()), version, f"{name}, of {folder.name}")

    def test_nothing_listed_is_gone(self) -> None:
        packages = {name.lower() for folder in FOLDERS
                    for kind in ("dependencies", "devDependencies")
                    for name in json.loads((folder / "package.json").read_text()).get(kind, {})}
        for name, version in listed().items():
            if re.fullmatch(r"\d+\.\d+\.\d+", version) and name != "libsodium":
                self.assertIn(name, packages)

    def test_no_install_script_runs(self) -> None:
        for folder in FOLDERS:
            self.assertIn("ignore-scripts=true", (folder / ".npmrc").read_text().splitlines(), folder.name)
            locked = json.loads((folder / "package-lock.json").read_text())["packages"]
            self.assertEqual([name for name, package in locked.items() if package.get("hasInstallScript")], [])

    def test_every_locked_package_has_its_hash_and_no_place(self) -> None:
        for folder in FOLDERS:
            locked = json.loads((folder / "package-lock.json").read_text())["packages"]
            self.assertEqual([name for name, package in locked.items() if name and "integrity" not in package], [])
            self.assertEqual([name for name, package in locked.items() if "resolved" in package], [])


if __name__ == "__main__":
    unittest.main()
