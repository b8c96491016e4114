"""A demo organisation and its gateway, for a browser test: one JSON object when all of it is there.

Each line on the input is an order, answered by its own name: `stop` ends the gateway as a restart would, `start`
starts it again with the cases it had. The end of the input takes everything away. Arguments are lines for the
configuration's `[limits]`.
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "integration"))
import kit  # noqa: E402

organisation = kit.Organisation()
try:
    if sys.argv[1:]:
        with open(organisation.demo.dir / "gateway.toml", "a", encoding="utf-8") as file:
            file.write("\n".join(["", "[limits]", *sys.argv[1:], ""]))
    organisation.start()
    print(json.dumps({
        "url": organisation.demo.url,
        "service_id": organisation.demo.service_id(),
        "org": str(organisation.demo.org),
        "state": str(organisation.folder / "state"),
        "people": str(organisation.demo.dir / "people"),
    }), flush=True)
    for line in sys.stdin:
        {"stop": organisation.stop, "start": organisation.start}[line.strip()]()
        print(line.strip(), flush=True)
finally:
    organisation.close()
