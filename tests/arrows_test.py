#!/usr/bin/env python3
"""Arrows point one way: what each folder of C++ may include (README.md, The house).

usage: arrows_test.py [FOLDER]

The linker sees libraries; this sees headers too, and who includes whose. `clients/web/tests/arrows.test.ts` is its twin
for TypeScript. FOLDER is another checkout to look at.
"""

import pathlib
import re
import sys
import tempfile

# Deeper folders first: a file belongs to the first that holds it. A name with an ending is one file.
MAY_INCLUDE = {
    "crypto/verify": ["crypto/verify"],
    "crypto/open": ["crypto/open", "crypto/verify", "protocol/ids.h"],
    "protocol": ["protocol", "crypto/verify"],
    "storage/memory": ["storage/memory", "storage/*", "protocol/ids.h", "crypto/verify"],
    "storage/sqlcipher": ["storage/sqlcipher", "storage/*", "protocol/ids.h", "crypto/verify"],
    "storage": ["storage/*", "protocol/ids.h", "crypto/verify"],
    "gateway/sandbox": ["gateway/sandbox"],
    "gateway/http": ["gateway/http", "gateway/*", "crypto/verify"],
    "gateway": ["gateway/*", "protocol", "storage/*", "crypto/verify"],
    "clients/core": ["clients/core", "protocol", "crypto/open", "crypto/verify"],
    "clients/cleaning": ["clients/cleaning", "clients/core", "crypto/verify"],
    "clients/cli": ["clients/cli", "clients/cleaning", "clients/core", "protocol", "crypto/open", "crypto/verify"],
}
# The program puts it all together, and alone knows which engine runs (gateway/CMakeLists.txt).
PROGRAM = {"main.cpp", "process.cpp", "program.cpp", "program.h", "purge_request.cpp", "purge_request.h",
           "restore_command.cpp", "store_commands.cpp", "store_commands.h", "store_probe.cpp", "store_probe.h"}
PROGRAM_MAY = ["gateway", "storage", "protocol", "crypto/verify"]
# Others' headers that stand in one place only: HTTP in its folder, generated messages in codecs, never in a header.
OURS_ALONE = {
    re.compile(r"boost/beast"): re.compile(r"gateway/http/\w+\.cpp"),
    re.compile(r"omzien/\w+\.pb\.h"): re.compile(r"(protocol|clients/core)/.*\.cpp|protocol/grant_fields\.h"),
    re.compile(r"sqlite3\.h"): re.compile(r"storage/sqlcipher/.*"),
    re.compile(r"CLI/|nlohmann/"): re.compile(r"clients/cli/.*|gateway/main\.cpp"),
}


def allowed(included: str, may: list[str]) -> bool:
    folder = included.rpartition("/")[0]
    return any(included == one or folder == one.removesuffix("/*") or
               (not one.endswith("/*") and included.startswith(f"{one}/")) for one in may)


def astray(root: pathlib.Path) -> list[str]:
    found, read = [], 0
    for folder, may in MAY_INCLUDE.items():
        inner = [other for other in MAY_INCLUDE if other.startswith(f"{folder}/")]
        for file in sorted((root / folder).rglob("*.*")):
            name = file.relative_to(root).as_posix()
            if file.suffix not in {".h", ".cpp"} or any(name.startswith(f"{one}/") for one in inner):
                continue
            read += 1
            may_here = PROGRAM_MAY if file.parent == root / "gateway" and file.name in PROGRAM else may
            for included in re.findall(r'^#include ["<]([^">]+)[">]', file.read_text(), re.MULTILINE):
                ours = included.split("/")[0] in {"crypto", "protocol", "storage", "gateway", "clients", "tests"}
                if ours and not allowed(included, may_here):
                    found.append(f"{name} → {included}")
                found += [f"{name} → {included}: not here" for what, where in OURS_ALONE.items()
                          if what.match(included) and not where.fullmatch(name)]
    if read == 0:
        sys.exit(f"{root}: no source")
    return found


def finds_what_is_astray() -> bool:
    """One wrong arrow of each sort, planted in a folder of its own: this test can fail."""
    planted = {"gateway/plant.cpp": ["crypto/open/hpke.h", "storage/sqlcipher/store.h", "gateway/http/server.h", "boost/beast.hpp"],
               "crypto/verify/plant.h": ["protocol/ids.h"],
               "storage/plant.h": ["protocol/access.h", "sqlite3.h"],
               "protocol/plant.h": ["omzien/entry.pb.h", "clients/core/seal.h"]}
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, includes in planted.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("".join(f'#include "{one}"\n' for one in includes))
        found = {line.split(": ")[0] for line in astray(root)}
    return found == {f"{name} → {one}" for name, includes in planted.items() for one in includes}


def main() -> int:
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    found = astray(root)
    print("\n".join(found) or "every arrow points one way")
    if not finds_what_is_astray():
        print("planted arrows were not found")
        return 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
