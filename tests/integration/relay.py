"""A relay between a client and the gateway, which sees what goes by."""

import contextlib
import socket
import threading


class Counter:
    """A relay to the gateway that counts requests of 16 KB by their bytes."""

    def __init__(self, gateway_port: int):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.bytes = 0
        self.gateway_port = gateway_port
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def requests(self) -> int:
        return self.bytes // 16384

    def _serve(self) -> None:
        while True:
            client, _ = self.server.accept()
            try:
                gateway = socket.create_connection(("127.0.0.1", self.gateway_port))
            except OSError:
                client.close()
                continue
            for end in client, gateway:
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._pipe, args=(client, gateway, True), daemon=True).start()
            threading.Thread(target=self._pipe, args=(gateway, client, False), daemon=True).start()

    def _pipe(self, source, sink, counted: bool) -> None:
        try:
            while data := source.recv(65536):
                if counted:
                    self.bytes += len(data)
                sink.sendall(data)
        except OSError:
            pass
        finally:
            with contextlib.suppress(OSError):
                sink.shutdown(socket.SHUT_RDWR)  # the other direction still reads from it: close() alone tells nobody
            sink.close()
