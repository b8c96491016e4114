"""Makes the demo organisation where it is not there yet, starts the gateway, and prints what to try.

Everything goes through the real programs, as a person would use them.
"""

import argparse
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

# When they work, and who stands in; the others said nothing.
PRESENCE = {
    "mieke": ["--works", "mon-thu", "--stand-in", "ruud"],
    "youssef": ["--works", "tue-fri", "--stand-in", "ruud"],
    "anouk": ["--works", "mon,wed,fri"],
    "ruud": ["--works", "mon-fri"],
}
PEOPLE = [  # name, role, unit, line about themselves
    ("mieke", "adviser", "Noord", "Twaalf jaar op straat, nu vertrouwenspersoon."),
    ("youssef", "adviser", "Noord", "Ik luister eerst. Nederlands, Engels, Arabisch."),
    ("anouk", "adviser", "Academie", "Voor studenten en docenten."),
    ("ruud", "stand_in", "Noord", "Ik neem waar bij ziekte en verlof."),
    ("ilse", "triage_chair", "Noord", "Voorzitter van de triagecommissie."),
    ("tarik", "triage", "Noord", "Lid van de triagecommissie."),
    ("bram", "triage", "Noord", "Lid van de triagecommissie."),
    ("coordinator", "coordinator", "Landelijk", "Landelijk coördinator."),
    ("cdo", "cdo", "Landelijk", "Chief diversity officer."),
]
UNITS = ["Noord", "Academie", "Landelijk"]
PROGRAMS = ["reporter", "desk"]  # built pages, each on the listener of its name
ORGANISE = pathlib.Path(__file__).resolve().parents[2] / "clients/web/organise.js"
ROOT_PASSPHRASE = "demo passphrase of the root"

# Invented, like everything here.
REPORTS = [
    {
        "arguments": ["--kind", "report", "--to", "mieke", "--stand-in", "ruud", "--want", "stop", "--want", "heard",
                      "--people", "De ploegchef van team 4."],
        "advisers": ["mieke"],
        "story": "Bij de briefing zegt de ploegchef dat 'mijn soort' wel weer de makkelijke dienst wil. Iedereen "
                 "lacht. Dit is de derde keer deze maand. Ik wil dat het stopt, zonder dat mijn team mij erop aankijkt.\n",
    },
    {
        "arguments": ["--kind", "advice", "--to", "anouk", "--language", "en", "--want", "heard"],
        "advisers": ["anouk"],
        "story": "My instructor calls me 'the quota' in front of the class. I do not want a procedure yet. I want to "
                 "talk to somebody who does not work at my school.\n",
    },
]


def passphrase_of(name: str) -> str:
    return f"demo passphrase of {name}"


class Demo:
    def __init__(self, bin_dir: pathlib.Path, folder: pathlib.Path, port: int, web: pathlib.Path | None = None):
        """`web` holds the built pages, a folder each; without it the gateway serves the exchange alone."""
        self.bin, self.dir, self.port, self.web = bin_dir, folder, port, web
        self.url = f"http://127.0.0.1:{port}"
        self.desk_url = f"http://127.0.0.1:{port + 1}"
        self.health_url = f"http://127.0.0.1:{port + 2}/health"
        self.org = folder / "org.toml"

    def omzien(self, *arguments: str, passphrase: str = "", text: str = "") -> dict:
        """Runs `omzien`; its one JSON object. A failure ends the demo with what the program said."""
        environment = dict(os.environ, OMZIEN_ORG=str(self.org), OMZIEN_PASSPHRASE=passphrase,
                           OMZIEN_STATE=str(self.dir / "state"))
        done = subprocess.run([self.bin / "omzien", *arguments, "--json"], input=text, env=environment,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"omzien {' '.join(arguments)} failed ({done.returncode}):\n{done.stderr}")
        return json.loads(done.stdout)

    # --- once ---

    def make_organisation(self) -> None:
        (self.dir / "people").mkdir(parents=True)
        units = [part for unit in UNITS for part in ("--unit", unit)]
        self.omzien("admin", "init", "--dir", str(self.dir), "--name", "Politie Voorbeeldland", "--url", self.url, *units,
                    passphrase=ROOT_PASSPHRASE)
        # Who stands in has to be there before those they stand in for.
        for name, role, unit, line in sorted(PEOPLE, key=lambda person: "--stand-in" in PRESENCE.get(person[0], [])):
            key = self.dir / "people" / f"{name}.key"
            made = self.omzien("key", "new", "--out", str(key), passphrase=passphrase_of(name))
            self.omzien("admin", "add", name, "--dir", str(self.dir), "--card", made["card"], "--role", role,
                        "--unit", unit, "--line", line, "--language", "nl", *PRESENCE.get(name, []))
        self.omzien("admin", "publish", "--dir", str(self.dir), passphrase=ROOT_PASSPHRASE)
        subprocess.run([self.bin / "omzien-gateway", "new-key", self.dir / "gateway.key"], check=True,
                       stdout=subprocess.DEVNULL)

    @staticmethod
    def make_in(bin_dir: pathlib.Path, folder: pathlib.Path, port: int) -> None:
        """Made aside and moved in, the gateway's key last: a start that was cut off leaves nothing half-made."""
        print("making an invented organisation in", folder, file=sys.stderr)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        aside = folder / ".making"
        shutil.rmtree(aside, ignore_errors=True)
        Demo(bin_dir, aside, port).make_organisation()
        for child in sorted(aside.iterdir(), key=lambda path: path.name == "gateway.key"):
            child.rename(folder / child.name)
        aside.rmdir()

    def write(self, name: str, text: str) -> None:
        path = self.dir / name
        beside = path.with_name(path.name + ".new")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)

    # --- each start ---

    def service_id(self) -> str:
        line = next(row for row in self.org.read_text().splitlines() if row.startswith("service_id"))
        return line.split('"')[1]

    def organise(self, program: str) -> str:
        """The organisation's copy of a built program, made when the build or the organisation is another than the
        one it was made from; its path from `dir`."""
        made = f"site/{program}"
        source = hashlib.sha256(self.service_id().encode())
        for path in [ORGANISE, *sorted((self.web / program).iterdir())]:
            source.update(f"{path.name} {path.stat().st_size}\n".encode() + path.read_bytes())
        stamp = self.dir / f"{made}.from"
        if not (self.dir / made).exists() or not stamp.exists() or stamp.read_text() != source.hexdigest():
            done = subprocess.run(["node", ORGANISE, self.web / program, self.dir / made, "--service-id",
                                   self.service_id()], check=False)
            if done.returncode != 0:
                sys.exit(f"no pages could be made of {self.web / program}; see above")
            self.write(f"{made}.from", source.hexdigest())
        return made

    def configure(self) -> None:
        """The port may be another one than last time."""
        self.write("org.toml", f'url = "{self.url}"\nservice_id = "{self.service_id()}"\n')
        pages = "\n[web]\n" + "".join(f'{one} = "{self.organise(one)}"\n' for one in PROGRAMS) if self.web else ""
        self.write("gateway.toml", f"""\
[store]
engine = "sqlcipher"
path = "store.db"
key_file = "gateway.key"

[directory]
path = "directory.omz"
service_id = "{self.service_id()}"

[listen]
reporter = "127.0.0.1:{self.port}"
desk = "127.0.0.1:{self.port + 1}"
health = "127.0.0.1:{self.port + 2}"
{pages}""")

    def start(self, **environment: str) -> subprocess.Popen:
        gateway = subprocess.Popen([self.bin / "omzien-gateway", "serve", "--config", self.dir / "gateway.toml"],
                                   stdout=subprocess.DEVNULL, env={**os.environ, **environment})
        for _ in range(200):
            if gateway.poll() is not None:
                sys.exit(f"the gateway ended with {gateway.returncode}; see above")
            try:
                with urllib.request.urlopen(self.health_url, timeout=1):
                    return gateway
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        gateway.terminate()
        sys.exit("the gateway does not answer")

    def file_reports(self) -> list[dict]:
        """Files the invented reports that are not filed yet; their phrases are in demo.json alone."""
        known = self.dir / "demo.json"
        cases = json.loads(known.read_text())["cases"] if known.exists() else []
        for report in REPORTS[len(cases):]:
            filed = self.omzien("report", *report["arguments"], "--story", "-", text=report["story"])
            cases.append({"handle": filed["handle"], "phrase": filed["phrase"], "advisers": report["advisers"]})
            self.write_json(cases)
        self.write_json(cases)
        return cases

    def write_json(self, cases: list[dict]) -> None:
        people = [{"name": name, "role": role, "unit": unit, "key": str(self.dir / "people" / f"{name}.key"),
                   "passphrase": passphrase_of(name)} for name, role, unit, _ in PEOPLE]
        self.write("demo.json", json.dumps({"reporter_url": self.url, "desk_url": self.desk_url,
                                            "service_id": self.service_id(), "people": people, "cases": cases},
                                           indent=2) + "\n")

    def tell(self, cases: list[dict]) -> None:
        omzien = self.bin / "omzien"
        print(f"ready {self.url}")
        print(f"desk {self.desk_url}")
        print(f"\nAt the desk, mieke opens with {self.dir / 'people' / 'mieke.key'} and: {passphrase_of('mieke')}")
        print(f"\nTry, in another terminal:\n\nexport OMZIEN_ORG='{self.org}' OMZIEN_STATE='{self.dir / 'state'}'\n")
        case = cases[0]
        as_mieke = f"OMZIEN_KEY='{self.dir / 'people' / 'mieke.key'}' OMZIEN_PASSPHRASE='{passphrase_of('mieke')}'"
        print(f"{as_mieke} '{omzien}' desk inbox")
        print(f"{as_mieke} '{omzien}' desk say {case['handle']} 'Goed dat je dit vertelt. Zullen we bellen?'")
        print(f"OMZIEN_PHRASE='{case['phrase']}' '{omzien}' case show")
        print(f"echo 'Een verhaal.' | '{omzien}' report --to mieke --stand-in ruud --story -", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/run")
    parser.add_argument("--bin", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--default-dir", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--web", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=8420, help="the reporter's; desk and health are the next two")
    parser.add_argument("--dir", type=pathlib.Path, help="where the organisation and its cases are kept (demo/)")
    arguments = parser.parse_args()
    if not 1024 <= arguments.port <= 65533:
        parser.error("--port: 1024 to 65533")
    demo = Demo(arguments.bin, (arguments.dir or arguments.default_dir).resolve(), arguments.port, arguments.web)
    if not (demo.dir / "gateway.key").exists():  # the last thing that is moved in
        Demo.make_in(demo.bin, demo.dir, demo.port)
    demo.configure()
    gateway = demo.start()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda *_: gateway.terminate())
    try:
        demo.tell(demo.file_reports())
        sys.exit(0 if gateway.wait() == 0 else "the gateway ended unasked")
    finally:
        gateway.terminate()
        gateway.wait()


if __name__ == "__main__":
    main()
