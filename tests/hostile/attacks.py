"""What somebody may do to a gateway's sockets who is no client of ours. Each attack is one connection's behaviour, the
limit that bounds it, and what it gets for it."""

import dataclasses
import os
import socket
import ssl
import time
from collections.abc import Callable

FRAME_BYTES = 16_384
PATIENCE_SECONDS = 10

# What stands in [limits] of the gateway that is attacked: low, so that a whole run takes seconds.
LIMITS = {
    "connections_max": 4_096,
    "header_bytes_max": 4_096,
    "handshake_ms_max": 1_000,
    "header_ms_max": 500,
    "body_ms_max": 900,
    "body_bytes_per_second_min": 262_144,
    "write_ms_max": 500,
    "idle_ms_max": 500,
    "shutdown_ms_max": 300,
}
SWEEP_SECONDS = 0.1  # how often the gateway compares deadlines (gateway/http/worker.h)

OPAQUE = (b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nCache-Control: no-store\r\n"
          b"X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n")


def header(length: object = FRAME_BYTES, *more: str, host: str = "Host: a\r\n", version: str = "HTTP/1.1") -> bytes:
    fields = "".join(f"{field}\r\n" for field in more)
    return (f"POST /v1/exchange {version}\r\n{host}Content-Type: application/octet-stream\r\n"
            f"Content-Length: {length}\r\n{fields}\r\n").encode()


def tls_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


TLS = tls_context()  # once: to make one takes longer than a handshake, and the gateway's deadlines would run meanwhile
BODY = bytes(FRAME_BYTES)
REQUEST = header() + BODY


@dataclasses.dataclass
class Entrance:
    """Where the gateway listens."""

    name: str
    port: int
    tls: bool

    def raw(self, receive_bytes: int = 0) -> socket.socket:
        connection = socket.socket()
        if receive_bytes:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        connection.settimeout(PATIENCE_SECONDS)
        connection.connect(("127.0.0.1", self.port))
        return connection

    def connect(self, **options: int) -> socket.socket:
        connection = self.raw(**options)
        return TLS.wrap_socket(connection) if self.tls else connection


@dataclasses.dataclass
class Seen:
    """What came back until the gateway ended the connection, and how long that took."""

    answer: bytes
    seconds: float

    def frames(self) -> int:
        return self.answer.count(b"HTTP/1.1 200 OK\r\n")

    def refusals(self) -> int:
        return self.answer.count(OPAQUE)


def receive_all(connection: socket.socket, so_far: bytes = b"") -> bytes:
    answer = so_far
    try:
        while piece := connection.recv(65_536):
            answer += piece
    except TimeoutError:
        raise AssertionError(f"the gateway did not end the connection within {PATIENCE_SECONDS} s") from None
    except (OSError, ssl.SSLError):
        pass  # a reset ends it too
    return answer


def dribble(connection: socket.socket, data: bytes, pause_seconds: float) -> bytes:
    """One byte at a time, until the gateway has had enough; what it said meanwhile."""
    connection.setblocking(False)
    answer = b""
    try:
        for at in range(len(data)):
            connection.send(data[at:at + 1])
            time.sleep(pause_seconds)
            try:
                piece = connection.recv(65_536)
            except (BlockingIOError, ssl.SSLWantReadError):
                continue
            if piece == b"":
                break
            answer += piece
    except (OSError, ssl.SSLError):
        pass
    finally:
        connection.settimeout(PATIENCE_SECONDS)
    return answer


def sends(data: bytes) -> Callable[[Entrance], Seen]:
    def act(entrance: Entrance) -> Seen:
        with entrance.connect() as connection:
            begun = time.monotonic()
            try:
                connection.sendall(data)
            except (OSError, ssl.SSLError):
                pass  # ended while we were still sending
            return Seen(receive_all(connection), time.monotonic() - begun)
    return act


def dribbles(data: bytes, first: bytes = b"") -> Callable[[Entrance], Seen]:
    def act(entrance: Entrance) -> Seen:
        with entrance.connect() as connection:
            begun = time.monotonic()
            connection.sendall(first)
            answer = dribble(connection, data, 0.02)
            return Seen(receive_all(connection, answer), time.monotonic() - begun)
    return act


def sends_raw(data: bytes) -> Callable[[Entrance], Seen]:
    """On the bare socket, where TLS is expected."""
    def act(entrance: Entrance) -> Seen:
        with entrance.raw() as connection:
            begun = time.monotonic()
            try:
                connection.sendall(data)
            except OSError:
                pass
            return Seen(receive_all(connection), time.monotonic() - begun)
    return act


def half_closes(data: bytes) -> Callable[[Entrance], Seen]:
    def act(entrance: Entrance) -> Seen:
        with entrance.connect() as connection:
            begun = time.monotonic()
            connection.sendall(data)
            # A shutdown of the socket object would end TLS for reading too.
            half = socket.socket(fileno=os.dup(connection.fileno()))
            half.shutdown(socket.SHUT_WR)
            half.close()
            return Seen(receive_all(connection), time.monotonic() - begun)
    return act


def stays_idle(entrance: Entrance) -> Seen:
    with entrance.connect() as connection:
        connection.sendall(REQUEST)
        got = b""
        while len(got) < FRAME_BYTES:
            got += connection.recv(65_536)
        begun = time.monotonic()
        return Seen(got + receive_all(connection), time.monotonic() - begun)


# Linux lets a connection's buffers grow to some 40 MB where memory is plenty (net.ipv4.tcp_rmem, tcp_wmem).
MORE_THAN_BUFFERS_HOLD = 100_000_000


def reads_nothing(entrance: Entrance) -> Seen:
    """Asks for more than the system's buffers hold, and takes none of it until it is too late. Of the first answer some
    is there by then: this side's buffer is smaller than one."""
    with entrance.connect(receive_bytes=4_096) as connection:
        connection.setblocking(False)
        begun = time.monotonic()
        data, sent = REQUEST * 64, 0
        while sent < MORE_THAN_BUFFERS_HOLD and time.monotonic() - begun < PATIENCE_SECONDS:
            try:
                at = sent % len(data)
                sent += connection.send(data[at:at + 65_536])
            except (BlockingIOError, ssl.SSLWantWriteError):
                time.sleep(0.02)
            except (OSError, ssl.SSLError):
                break  # the gateway has ended it
        if sent >= MORE_THAN_BUFFERS_HOLD:
            raise AssertionError("the system's buffers held all of it")
        seconds = time.monotonic() - begun
        connection.settimeout(PATIENCE_SECONDS)
        return Seen(receive_all(connection), seconds)


def offers_old_tls(entrance: Entrance) -> Seen:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    begun = time.monotonic()
    with entrance.raw() as connection:
        try:
            context.wrap_socket(connection).close()
        except ssl.SSLError:
            return Seen(b"", time.monotonic() - begun)
    raise AssertionError("a handshake below TLS 1.3 went through")


CLIENT_HELLO_BEGINS = bytes.fromhex("1603010200010001fc0303") + bytes(64)


def renegotiates(entrance: Entrance) -> Seen:
    """A second handshake on a connection that has had one, as TLS 1.2 allowed."""
    with entrance.connect() as connection:
        connection.sendall(REQUEST)
        got = b""
        while len(got) < FRAME_BYTES:
            got += connection.recv(65_536)
        begun = time.monotonic()
        os.write(connection.fileno(), CLIENT_HELLO_BEGINS + bytes(600))
        return Seen(got + receive_all(connection), time.monotonic() - begun)


@dataclasses.dataclass(frozen=True)
class Attack:
    name: str
    bound: str  # a key of LIMITS, whose time it may take; or "at once"
    act: Callable[[Entrance], Seen]
    frames: int = 0  # answers to good requests among it
    refused: bool = True  # and whether the one opaque answer comes
    only: str = ""  # one kind of entrance

    def seconds_max(self) -> float:
        milliseconds = LIMITS.get(self.bound, 0) if self.bound.endswith("ms_max") else 0
        return milliseconds / 1000 + LIMITS["shutdown_ms_max"] / 1000 + SWEEP_SECONDS

    def seconds_min(self) -> float:
        """Who is slow is not cut off before the time is up, or slow lines would be."""
        return 0.9 * LIMITS[self.bound] / 1000 if self.bound.endswith("ms_max") else 0


AT_ONCE = "at once"
ATTACKS = [
    Attack("oversized header", "header_bytes_max", sends(header(FRAME_BYTES, "X-Long: " + "x" * 4_200))),
    Attack("header without end", "header_bytes_max", sends(b"POST /" + b"x" * 200_000)),
    Attack("two hosts", AT_ONCE, sends(header(FRAME_BYTES, "Host: b") + BODY)),
    Attack("the same host twice", AT_ONCE, sends(header(FRAME_BYTES, "Host: a") + BODY)),
    Attack("no host", AT_ONCE, sends(header(host="") + BODY)),
    *(Attack(f"Transfer-Encoding: {coding}", AT_ONCE, sends(header(FRAME_BYTES, f"Transfer-Encoding: {coding}") + BODY))
      for coding in ("chunked", "gzip", "identity", "gzip, chunked", "", "\tchunked")),
    Attack("chunks instead of a length", AT_ONCE,
           sends(header().replace(b"Content-Length: 16384", b"Transfer-Encoding: chunked") + b"4000\r\n" + BODY)),
    *(Attack(f"Content-Length: {length}", AT_ONCE, sends(header(length) + BODY))
      for length in (0, 16_383, 16_385, 1_000_000_000, -1, "+16384", "016384", "16384, 16384", "0x4000", "")),
    Attack("two lengths", AT_ONCE, sends(header(FRAME_BYTES, "Content-Length: 0") + BODY)),
    Attack("no length", AT_ONCE, sends(header().replace(b"Content-Length: 16384\r\n", b"") + BODY)),
    Attack("HTTP/1.0", AT_ONCE, sends(header(version="HTTP/1.0") + BODY)),
    Attack("HTTP/0.9", AT_ONCE, sends(b"GET /\r\n\r\n")),
    Attack("HTTP/2 asked for beforehand", AT_ONCE, sends(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")),
    Attack("a folded field", AT_ONCE, sends(header(FRAME_BYTES, "X-Folded: a\r\n b") + BODY)),
    Attack("bare line feeds", "header_bytes_max", sends(header().replace(b"\r\n", b"\n") + BODY)),
    Attack("a space before the colon", AT_ONCE, sends(header(FRAME_BYTES, "Host : b") + BODY)),
    Attack("another target", AT_ONCE, sends(header().replace(b"/v1/exchange", b"/../../etc/passwd") + BODY)),
    Attack("a refused request behind good ones", AT_ONCE, sends(REQUEST * 3 + header(1) + b"x"), frames=3),
    Attack("pipelining without end", "idle_ms_max", sends(REQUEST * 40), frames=40, refused=False),
    Attack("slow header", "header_ms_max", dribbles(header()), refused=False),
    Attack("a wrong header's end byte by byte", AT_ONCE, dribbles(b"\r\n\r\n", first=b"BREW /pot HTTP/1.1")),
    Attack("slow body", "body_ms_max", dribbles(BODY, first=header()), refused=False),
    Attack("a body that stops", "body_ms_max", sends(header() + BODY[:100]), refused=False),
    Attack("slow reader", "write_ms_max", reads_nothing, frames=1, refused=False),
    Attack("idle after an exchange", "idle_ms_max", stays_idle, frames=1, refused=False),
    Attack("silent from the start", "handshake_ms_max", sends_raw(b""), refused=False),
    Attack("half-closed in the header", AT_ONCE, half_closes(header()[:40]), refused=False),
    Attack("half-closed in the body", AT_ONCE, half_closes(header() + BODY[:100]), refused=False),
    Attack("half-closed after the request", AT_ONCE, half_closes(REQUEST), frames=1, refused=False),
    Attack("garbage before TLS", AT_ONCE, sends_raw(bytes(range(256)) * 4), refused=False, only="tls"),
    Attack("plain HTTP where TLS is spoken", AT_ONCE, sends_raw(REQUEST), refused=False, only="tls"),
    Attack("half a ClientHello", "handshake_ms_max", sends_raw(CLIENT_HELLO_BEGINS), refused=False, only="tls"),
    Attack("TLS 1.2", AT_ONCE, offers_old_tls, refused=False, only="tls"),
    Attack("renegotiation", AT_ONCE, renegotiates, frames=1, refused=False, only="tls"),
    Attack("a ClientHello where plain HTTP is spoken", "header_ms_max", sends(CLIENT_HELLO_BEGINS), refused=False,
           only="plain"),
]
