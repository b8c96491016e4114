"""A demo organisation and its gateway, for a browser test: one JSON object when all of it is there.

Each line on the input is an order, answered by its own name: `stop` ends the gateway as a restart would, `kill` as a
power cut would, `start` starts it again with the cases it had, `on 2024-02-29` on that day. The end of the input takes everything away.
Arguments are lines for the configuration's `[limits]`. With OMZIEN_WEB, a folder of built pages, the gateway serves them
itself. With OMZIEN_DAY all of it is made on that day.
"""

import json
import os
import pathlib
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "integration"))
import kit  # noqa: E402

if "OMZIEN_DAY" in os.environ:
    os.environ.update(kit.moved_to(os.environ["OMZIEN_DAY"]))  # for every program from here on
organisation = kit.Organisation()
try:
    if "OMZIEN_WEB" in os.environ:
        organisation.demo.web = pathlib.Path(os.environ["OMZIEN_WEB"])
        organisation.demo.configure()
    if sys.argv[1:]:
        with open(organisation.demo.dir / "gateway.toml", "a", encoding="utf-8") as file:
            file.write("\n".join(["", "[limits]", *sys.argv[1:], ""]))
    organisation.start()
    print(json.dumps({
        "url": organisation.demo.url,
        "desk_url": organisation.demo.desk_url,
        "service_id": organisation.demo.service_id(),
        "org": str(organisation.demo.org),
        "state": str(organisation.folder / "state"),
        "people": str(organisation.demo.dir / "people"),
    }), flush=True)
    for line in sys.stdin:
        order, *days = line.split()
        if order == "on":
            os.environ.update(kit.moved_to(days[0]))
        if order != "start":
            organisation.stop(signal.SIGKILL if order == "kill" else signal.SIGTERM)
        if order not in ("stop", "kill"):
            organisation.start()
        print(line.strip(), flush=True)
finally:
    organisation.close()
