"""What the system's journal has of a process."""

import datetime
import os
import secrets
import shutil
import subprocess
import syslog
import time

PATIENCE_SECONDS = 3


class Journal:
    def __init__(self, since: float):
        self.since = datetime.datetime.fromtimestamp(since).strftime("%Y-%m-%d %H:%M:%S")

    def keeps_nothing(self) -> str:
        """Why it says nothing that it has nothing; empty where it does: a line of our own is found in it."""
        if shutil.which("journalctl") is None:
            return "no journalctl to read a journal with"
        line = f"omzien test {secrets.token_hex(8)}"
        syslog.syslog(line)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if line.encode() in self.of(os.getpid()):
                return ""
            time.sleep(0.2)
        return "what is logged here reaches no journal"

    def of(self, pid: int) -> bytes:
        return subprocess.run(["journalctl", "--since", self.since, "--no-pager", "--output=cat", f"_PID={pid}"],
                              check=False, capture_output=True).stdout
