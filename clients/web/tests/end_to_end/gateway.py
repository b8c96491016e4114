"""A demo organisation and its running gateway, for a test in another language.

Prints one JSON object when all of it is there; ends, and takes everything away, when its input ends.
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[4] / "tests/integration"))
import kit  # noqa: E402

organisation = kit.Organisation()
try:
    organisation.start()
    print(json.dumps({
        "url": organisation.demo.url,
        "service_id": organisation.demo.service_id(),
        "org": str(organisation.demo.org),
        "state": str(organisation.folder / "state"),
        "people": str(organisation.demo.dir / "people"),
        "bin": str(kit.BIN),
    }), flush=True)
    sys.stdin.read()
finally:
    organisation.close()
