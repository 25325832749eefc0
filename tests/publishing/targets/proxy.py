"""A way to a server that notes what passes, and that can be cut or answer in its place."""

import re
import socket
from collections.abc import Callable
from threading import Lock, Thread

REQUEST = re.compile(rb"(PUT|DELETE|POST) (\S+) HTTP/1")


class Proxy:
    """Passes connections on to a port of this machine.

    It is cut, and answers nobody any more, after so many bytes to the server (`cut_after`). A
    request that `refuse` names by its first line is answered with that instead.
    """

    def __init__(self, port: int, cut_after: int | None = None) -> None:
        self._server, self._left = port, cut_after
        self._open: list[socket.socket] = []
        self._guard = Lock()
        self.requests: list[str] = []
        self.on_request: Callable[[str], bytes | None] = lambda _: None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break all connections, and take no more."""
        with self._guard:
            opened, self._open = [*self._open, self._listener], []
        for one in opened:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._server))
            with self._guard:
                self._open += [client, server]
            Thread(target=self._pass, args=(client, server, True), daemon=True).start()
            Thread(target=self._pass, args=(server, client, False), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, to_server: bool) -> None:
        try:
            while data := one.recv(1 << 16):
                if to_server:
                    answer = self._looked_at(data)
                    if answer:
                        one.sendall(answer)
                        break
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _looked_at(self, data: bytes) -> bytes | None:
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                self.cut()
                raise ConnectionError
        for method, path in REQUEST.findall(data):
            request = f"{method.decode()} {path.decode()}"
            self.requests.append(request)
            answer = self.on_request(request)
            if answer:
                return answer
        return None
