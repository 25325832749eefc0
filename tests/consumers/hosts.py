"""Web servers of one test on loopback: the archive, and the page of a partner."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

OPEN = {"Access-Control-Allow-Origin": "*"}
"""What makes a feed or a script readable for the pages of others."""


@dataclass(frozen=True)
class Answer:
    """What a server says at a path."""

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Host:
    """A server: what it says by path, the folder that it serves besides, what it was asked."""

    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    folder: Path | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    asked: list[tuple[str, Message]] = field(default_factory=list)

    def answer(self, path: str) -> Answer:
        """What is at a path; icons, which browsers ask for by themselves, are empty."""
        if found := self.answers.get(path):
            return found
        if self.folder:
            file = self.folder / (unquote(path)[1:] + "index.html" * path.endswith("/"))
            if file.is_file():
                kind = guess_type(file.name)[0] or "application/octet-stream"
                text = "; charset=utf-8" if kind.startswith("text/") else ""
                return Answer(file.read_bytes(), kind + text, headers=self.headers)
        return Answer(b"", status=204 if path == "/favicon.ico" else 404)

    def paths(self) -> list[str]:
        """The paths that were asked for."""
        return [path for path, _ in self.asked]


@contextmanager
def serving(folder: Path | None = None, headers: Mapping[str, str] | None = None) -> Iterator[Host]:
    """A server on a free port, stopped in the end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            host.asked.append((path, self.headers))
            answer = host.answer(path)
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.media_type)
            if answer.status != 204:
                self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):  # a browser may stop listening
                self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    host = Host(f"http://127.0.0.1:{server.server_port}", {}, folder, headers or {})
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
