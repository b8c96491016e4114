#!/usr/bin/env python3
"""threat-model/dependencies.md names everything that is linked or installed, at its version, and nothing else; and nothing
that npm brings runs when it is installed."""

import json
import pathlib
import re
import subprocess
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = [PROJECT / folder for folder in ("clients/web", "tests/browser", "tests/peer")]
FOUND = re.compile(r"^\s*(?:find_package\((\w+)|pkg_check_modules\((\w+)|find_path\((\w+)_INCLUDE)", re.MULTILINE)
TOOLS = {"Threads", "PkgConfig"}  # of the compiler and of CMake itself


DEBIAN = "From Debian"  # the section of what scripts/setup installs
RELEASES = ["bookworm", "trixie"]


def sections() -> dict[str, list[list[str]]]:
    """By title: the rows of each table."""
    found = {}
    for section in (PROJECT / "threat-model/dependencies.md").read_text().split("\n## ")[1:]:
        title, _, body = section.partition("\n")
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines()
                if line.startswith("|")]
        found[title] = rows[2:]
    return found


def listed() -> dict[str, str]:
    """By name in lower case: the second column. Without Debian's packages, whose names have those of libraries in them."""
    return {row[0].lower(): row[1] for title, rows in sections().items() if title != DEBIAN for row in rows}


def listed_of_debian() -> list[str]:
    return [row[0] for row in sections()[DEBIAN]]


def wanted_of_debian(script: str) -> set[str]:
    """What it would install on machines that have nothing yet: no sound server, no Node.js."""
    wanted = set(re.findall(r"apt_get install ([a-z][a-z0-9.+-]+)", script))
    for release in RELEASES:
        nothing_yet = f"VERSION_CODENAME={release}; command() {{ false; }}; dpkg-query() {{ false; }}; wanted_packages"
        told = subprocess.run(["bash", "-c", f"{script}\n{nothing_yet}"], check=True, capture_output=True, text=True)
        wanted |= set(told.stdout.split())
    return wanted


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

    def test_every_package_of_debian_is_listed_once_and_no_other(self) -> None:
        wanted = wanted_of_debian((PROJECT / "scripts/lib/debian.sh").read_text())
        self.assertGreater(len(wanted), 40)
        self.assertEqual(sorted(listed_of_debian()), sorted(wanted))
        for row in sections()[DEBIAN]:
            self.assertTrue(len(row) == 4 and all(row), f"{row[0]}: keeper, what for, whether people run it")

    def test_a_package_that_is_added_to_the_script_is_seen(self) -> None:
        script = (PROJECT / "scripts/lib/debian.sh").read_text()
        for was, now in ((" mat2 ", " mat2 one-more "), ("'%s\\n' pulseaudio", "'%s\\n' pulseaudio one-more"),
                         ("apt_get install debian-archive-keyring", "apt_get install one-more")):
            self.assertEqual(script.count(was), 1, was)
            self.assertIn("one-more", wanted_of_debian(script.replace(was, now)))

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
