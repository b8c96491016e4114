#!/usr/bin/env python3
"""A client that wants nothing but its exchange, one after the other, by turns on a connection it keeps and on a new
one. Reads lines "begin" and "end"; at each "end" says in a line of JSON how long the slowest exchange since "begin" took,
how many there were, and how late this machine itself woke a clock that asked for nothing else.

usage: bystander.py PORT plain|tls
"""

import json
import socket
import ssl
import sys
import threading
import time

FRAME_BYTES = 16_384
REQUEST = (f"POST /v1/exchange HTTP/1.1\r\nHost: bystander\r\nContent-Type: application/octet-stream\r\n"
           f"Content-Length: {FRAME_BYTES}\r\n\r\n").encode() + bytes(FRAME_BYTES)
PAUSE_SECONDS = 0.01
PATIENCE_SECONDS = 10
EXCHANGES_MIN = 3  # of each measurement


class Bystander:
    def __init__(self, port: int, tls: bool):
        self.port = port
        self.context = ssl.create_default_context()
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE
        self.tls = tls
        self.kept: socket.socket | None = None
        self.measuring = threading.Event()
        self.lock = threading.Lock()
        self.samples: list[float] = []
        self.lags: list[float] = []

    def connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)
        return self.context.wrap_socket(connection) if self.tls else connection

    @staticmethod
    def exchange(connection: socket.socket) -> None:
        connection.sendall(REQUEST)
        answer = b""
        while (at := answer.find(b"\r\n\r\n")) < 0 or len(answer) < at + 4 + FRAME_BYTES:
            piece = connection.recv(65_536)
            if not piece:
                raise ConnectionError("the gateway ended a connection that did nothing wrong")
            answer += piece

    def one(self, new: bool) -> None:
        if new or self.kept is None:
            connection = self.connect()
            self.exchange(connection)
            if self.kept is not None:
                connection.close()
            else:
                self.kept = connection
            return
        try:
            self.exchange(self.kept)
        except (ConnectionError, ssl.SSLError):  # it may have been idle for too long: a browser opens another
            self.kept = None
            self.one(True)

    def run(self) -> None:
        new = False
        while True:
            if not self.measuring.wait(timeout=0.05):
                continue
            begun = time.monotonic()
            try:
                self.one(new)
            except OSError as error:
                print(f"bystander: {error}", file=sys.stderr)
                begun -= PATIENCE_SECONDS
            with self.lock:
                self.samples.append(time.monotonic() - begun)
            new = not new
            time.sleep(PAUSE_SECONDS)

    def watch_the_clock(self) -> None:
        while True:
            begun = time.monotonic()
            time.sleep(PAUSE_SECONDS)
            with self.lock:
                self.lags.append(time.monotonic() - begun - PAUSE_SECONDS)

    def wait_for_some(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(self.samples) < EXCHANGES_MIN and time.monotonic() < deadline:
            time.sleep(PAUSE_SECONDS)

    def serve(self) -> None:
        for work in (self.run, self.watch_the_clock):
            threading.Thread(target=work, daemon=True).start()
        for line in sys.stdin:
            if line.strip() == "end":
                self.wait_for_some()
            with self.lock:
                samples, self.samples = self.samples, []
                lags, self.lags = self.lags, []
            if line.strip() == "begin":
                self.measuring.set()
                continue
            self.measuring.clear()
            print(json.dumps({"worst_ms": 1000 * max(samples, default=0), "exchanges": len(samples),
                              "clock_late_ms": 1000 * max(lags, default=0)}), flush=True)


if __name__ == "__main__":
    Bystander(int(sys.argv[1]), sys.argv[2] == "tls").serve()
