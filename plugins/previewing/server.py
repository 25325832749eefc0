"""The preview's server: on loopback only, and only for browsers of this machine."""

import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import PurePosixPath
from threading import Condition, Timer
from typing import Any, ParamSpec, TypeVar
from urllib.parse import parse_qs, quote, unquote, urlsplit

from msgspec import json

from plugins.model.output import file_of
from plugins.outputs.hosting import HTML, MEDIA_TYPES
from plugins.previewing.preview import Preview

P = ParamSpec("P")
R = TypeVar("R")

HOST = "127.0.0.1"
NAMES = {"localhost", HOST}
OURS = "/.preview/"
PAUSE = 0.25
"""Seconds in which browsers get their pages before it is asked what is wrong between notices."""

HEARTBEAT = 15
"""Seconds after which a browser is told that the preview is still there."""

CLIENT = {name: files(__package__).joinpath(name).read_bytes() for name in ("client.js",)}


class Server(ThreadingHTTPServer):
    """Serves a preview; all work on it is done by one thread. `gone` is what browsers say when it
    answers no more.
    """

    daemon_threads = True

    def __init__(self, port: int, make: Callable[[], Preview], gone: str) -> None:
        self.gone = gone
        self.renewed = Condition()
        self._judging = Timer(PAUSE, bool)
        super().__init__((HOST, port), _Handler)
        self._worker = ThreadPoolExecutor(1)
        self._preview = self._worker.submit(make).result()

    def ask(self, question: Callable[[Preview], R]) -> R:
        """What the preview answers."""
        return self._worker.submit(question, self._preview).result()

    def renew(self, change: Callable[[Preview], None]) -> None:
        """Change the preview, and tell all browsers; a little later, what is wrong with it."""
        self._judging.cancel()
        self._do(change)
        self._judging = Timer(PAUSE, self._do, (Preview.judge,))
        self._judging.start()

    def server_close(self) -> None:
        """End."""
        self._judging.cancel()
        super().server_close()

    def _do(self, change: Callable[[Preview], None]) -> None:
        self.ask(change)
        with self.renewed:
            self.renewed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell what went wrong; a browser that went away is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if not self._is_for_us():
            self._send(HTTPStatus.FORBIDDEN, b"", "text/plain")
        elif parts.path == f"{OURS}news":
            self._tell(parse_qs(parts.query))
        elif parts.path.startswith(OURS):
            self._send_client(parts.path.removeprefix(OURS))
        else:
            self._send_file(unquote(parts.path))

    def do_HEAD(self) -> None:
        self.do_GET()

    def _is_for_us(self) -> bool:
        """Whether the browser asks for this machine by name: other names may be a stranger's, who
        points them here to read what is not public (DNS rebinding).
        """
        return urlsplit(f"//{self.headers.get('Host', '')}").hostname in NAMES

    def _send_client(self, name: str) -> None:
        if name in CLIENT:
            self._send(HTTPStatus.OK, CLIENT[name], "text/javascript; charset=utf-8")
        else:
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")

    def _send_file(self, address: str) -> None:
        path = file_of(address)
        try:
            shown = self.server.ask(lambda preview: preview.file(path))
        except Exception:
            self._send_failure(path)
            return
        if shown:
            self._send(HTTPStatus.OK, shown.data, _media(path), shown.key)
            return
        folder = f"{path}/index.html"
        if not address.endswith("/") and self.server.ask(lambda preview: preview.file(folder)):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", quote(f"{address}/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        lost = f"{path.partition('/')[0]}/404.html"
        page = self.server.ask(lambda preview: preview.file(lost) or preview.file("404.html"))
        data = page.data if page else b"<!doctype html><title>404</title><body></body>"
        self._send(HTTPStatus.NOT_FOUND, data, HTML)

    def _send_failure(self, path: str) -> None:
        """A page that cannot be made, such as by a template that is wrong: here, and in the log."""
        told = traceback.format_exc()
        print(f"{path}\n{told}", file=sys.stderr)
        page = f"<!doctype html><title>{escape(path)}</title><body><pre>{escape(told)}</pre></body>"
        self._send(HTTPStatus.INTERNAL_SERVER_ERROR, page.encode(), HTML)

    def _send(self, status: HTTPStatus, data: bytes, media: str, key: str = "") -> None:
        if media.startswith("text/html"):
            gone = escape(self.server.gone)
            script = (
                f'<script src="{OURS}client.js" data-key="{key}" data-gone="{gone}" defer></script>'
            )
            data = data.replace(b"</body>", f"{script}</body>".encode())
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _tell(self, query: dict[str, list[str]]) -> None:
        """Server-sent events (HTML, section 9.2): news of a page whenever they are others."""
        address, key = query.get("address", ["/"])[0], query.get("key", [""])[0]
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        told = b""
        while True:
            with self.server.renewed:
                news = json.encode(self.server.ask(lambda preview: preview.news(address, key)))
                self.wfile.write(b": still here\n\n" if news == told else b"data: %b\n\n" % news)
                told = news
                self.server.renewed.wait(HEARTBEAT)

    def log_message(self, format: str, *args: Any) -> None:
        """What is asked for is nobody's concern."""


def _media(path: str) -> str:
    return HTML if path.endswith(".html") else MEDIA_TYPES.get(PurePosixPath(path).suffix, HTML)
