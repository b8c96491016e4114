"""A visitor that nobody could mistake: an address that nothing else here has, in a network namespace of its own, a user
agent, and what begins every text they write."""

import os
import secrets
import shutil
import subprocess
import unittest

# Of the range for benchmarks (RFC 2544), on no network; another one each time, so that two of these may run side by side.
# Three figures in each part: no version and no size looks like it.
WHERE = f"198.19.{100 + secrets.randbelow(156)}"
LAST = 100 + 4 * secrets.randbelow(38)
CLIENT, GATEWAY = f"{WHERE}.{LAST + 1}", f"{WHERE}.{LAST + 2}"
AGENT = "ZebraBrowser/77.3 (KwaggaOS; unmistakable)"
FRAME_BYTES = 16_384
MARKER = "Kameleon-"  # begins every one of them


class Namespace:
    """One with a wire to this one."""

    def __init__(self) -> None:
        if shutil.which("ip") is None:
            raise unittest.SkipTest("no ip to make a network namespace with")
        self.name = f"omzien-{os.getpid()}"
        self.wire = f"oz{os.getpid() % 100_000}"
        try:
            self.ip("netns", "add", self.name)
            self.ip("link", "add", self.wire, "type", "veth", "peer", "name", "eth0", "netns", self.name)
            self.ip("addr", "add", f"{GATEWAY}/30", "dev", self.wire)
            self.ip("link", "set", self.wire, "up")
            self.ip("-n", self.name, "addr", "add", f"{CLIENT}/30", "dev", "eth0")
            self.ip("-n", self.name, "link", "set", "eth0", "up")
        except subprocess.CalledProcessError as error:
            self.close()
            raise unittest.SkipTest(f"no network namespace can be made here: {error}") from None

    @staticmethod
    def ip(*arguments: str) -> None:
        subprocess.run(["ip", *arguments], check=True, capture_output=True)

    def enter(self, *command: str) -> list[str]:
        return ["ip", "netns", "exec", self.name, *command]

    def close(self) -> None:
        subprocess.run(["ip", "netns", "del", self.name], check=False, capture_output=True)
        subprocess.run(["ip", "link", "del", self.wire], check=False, capture_output=True)


# Run inside the namespace: what a browser says of itself, to the pages and to the exchange; then it stays, half through
# another request, until it is told to go.
BROWSER = f"""
import socket, ssl, sys
port = int(sys.argv[1])
context = ssl._create_unverified_context()
fields = ("Host: gateway\\r\\nUser-Agent: {AGENT}\\r\\nCookie: visit={MARKER}cookie\\r\\nReferer: https://{MARKER}referer/\\r\\n"
          "X-Forwarded-For: {CLIENT}\\r\\nForwarded: for={CLIENT}\\r\\nAccept-Language: {MARKER}language\\r\\n")
def ask(connection, request):
    connection.sendall(request)
    got = b""
    while len(got) < {FRAME_BYTES} and (piece := connection.recv(65536)):
        got += piece
def connect():
    return context.wrap_socket(socket.create_connection(("{GATEWAY}", port), timeout=20))
post = (f"POST /v1/exchange HTTP/1.1\\r\\n{{fields}}Content-Type: application/octet-stream\\r\\n"
        "Content-Length: {FRAME_BYTES}\\r\\n\\r\\n").encode()
for _ in range(4):
    with connect() as connection:
        ask(connection, post + bytes({FRAME_BYTES}))
        ask(connection, post + bytes({FRAME_BYTES}))
    with connect() as connection:
        ask(connection, f"GET / HTTP/1.1\\r\\n{{fields}}Connection: close\\r\\n\\r\\n".encode())
    with connect() as connection:
        ask(connection, f"BREW /pot HTTP/1.1\\r\\n{{fields}}\\r\\n".encode())
with connect() as connection:
    connection.sendall(post[:-4])
    print("waiting", flush=True)
    sys.stdin.readline()
"""
