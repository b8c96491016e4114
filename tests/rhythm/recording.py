"""What somebody on the line sees of a visit: a proxy that passes bytes on and notes when how many went which way, and the
packets on the loopback, if this process may look at them."""

import asyncio
import dataclasses
import socket
import struct
import threading
import time

FRAME_BYTES = 16_384
# A request begins where the client sends after the gateway has, or after this long a silence of its own.
GAP_SECONDS = 0.03


@dataclasses.dataclass
class Piece:
    at: float  # seconds, monotonic
    up: bool  # from the browser to the gateway
    bytes: int  # of payload; of the whole packet where it has none
    connection: int
    flags: int = 0  # of TCP, in packets


@dataclasses.dataclass
class Request:
    """A burst up that holds a frame, and the burst down that follows it."""

    begun: float
    ended: float
    up_bytes: int
    answered: float = 0.0
    answer_ended: float = 0.0
    down_bytes: int = 0


@dataclasses.dataclass
class Recording:
    """Of one visit, which has a port of its own."""

    pieces: list[Piece] = dataclasses.field(default_factory=list)
    packets: list[Piece] = dataclasses.field(default_factory=list)
    bare: list[Piece] = dataclasses.field(default_factory=list)  # packets without payload: ACK, SYN, FIN, RST
    connections: int = 0

    @staticmethod
    def bursts(pieces: list[Piece]) -> list[Request]:
        found = []
        for connection in sorted({piece.connection for piece in pieces}):
            now: Request | None = None
            for piece in (one for one in pieces if one.connection == connection):
                if piece.up:
                    if now is None or now.down_bytes or piece.at - now.ended > GAP_SECONDS:
                        now = Request(piece.at, piece.at, 0)
                        found.append(now)
                    now.ended = piece.at
                    now.up_bytes += piece.bytes
                elif now is not None:
                    now.answered = now.answered or piece.at
                    now.answer_ended = piece.at
                    now.down_bytes += piece.bytes
        return sorted((one for one in found if one.up_bytes > FRAME_BYTES and one.down_bytes), key=lambda one: one.begun)


class Proxy:
    """Listens on a fresh port for each visit and passes on to the gateway. `delay_seconds` holds every answer back: a
    plant, on which the tests of what is measured are tested."""

    def __init__(self, gateway_port: int):
        self.gateway_port = gateway_port

    async def open(self, recording: Recording, delay_seconds: float = 0.0) -> asyncio.Server:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            recording.connections += 1
            number = recording.connections
            onward_reader, onward_writer = await asyncio.open_connection("127.0.0.1", self.gateway_port)
            await asyncio.gather(self.pump(reader, onward_writer, recording, number, True, 0.0),
                                 self.pump(onward_reader, writer, recording, number, False, delay_seconds))

        return await asyncio.start_server(serve, "127.0.0.1", 0)

    @staticmethod
    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, recording: Recording, number: int,
                   up: bool, delay_seconds: float) -> None:
        try:
            while data := await reader.read(65_536):
                if delay_seconds:
                    await asyncio.sleep(delay_seconds)
                recording.pieces.append(Piece(time.monotonic(), up, len(data), number))
                writer.write(data)
                await writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


class Packets:
    """TCP's packets on the loopback, by the port of the visit they belong to, with payload and without: when, which way,
    how large, and whether they open, end or break off a connection. Not what else TCP's header tells (windows, options,
    numbers that show what was sent again): the two systems write it, and neither program. Needs CAP_NET_RAW."""

    ETH_P_IP, PACKET_OUTGOING = 0x0800, 4

    def __init__(self) -> None:
        self.visits: dict[int, Recording] = {}
        self.socket: socket.socket | None = None
        try:
            self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(self.ETH_P_IP))
            self.socket.bind(("lo", self.ETH_P_IP))
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
        except (PermissionError, AttributeError, OSError):
            self.socket = None
            return
        threading.Thread(target=self.watch, daemon=True).start()

    @property
    def seen(self) -> bool:
        return self.socket is not None

    def watch(self) -> None:
        while True:
            data, (_, _, kind, _, _) = self.socket.recvfrom(128)
            if kind != self.PACKET_OUTGOING:  # the loopback shows each twice
                self.note(time.monotonic(), data)

    def note(self, at: float, data: bytes) -> None:
        header = 4 * (data[0] & 15)
        if data[9] != socket.IPPROTO_TCP or len(data) < header + 20:
            return
        total = struct.unpack("!H", data[2:4])[0]
        source, target = struct.unpack("!HH", data[header:header + 4])
        payload = total - header - 4 * (data[header + 12] >> 4)
        for port, other, up in ((target, source, True), (source, target, False)):
            if port in self.visits:
                seen = self.visits[port].packets if payload > 0 else self.visits[port].bare
                seen.append(Piece(at, up, payload if payload > 0 else total, other, data[header + 13]))
