"""Tests of `plugins/publishing/diff/reaching.py` and `published.py`: what is published is read, and
nothing else, whoever answers.
"""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from msgspec import json
from msgspec.structs import replace

from plugins.model.inventory import INVENTORY
from plugins.publishing.diff.published import Unreadable, published
from plugins.publishing.diff.reaching import Unreached, at_address, in_folder
from plugins.speaking import speech
from tests.publishing.sites import Site
from tests.publishing.states import an_item

ANSWERS = {
    "/archive.json": (200, {}, b"{}"),
    "/moved/archive.json": (301, {"Location": "/archive.json"}, b""),
    "/file/archive.json": (302, {"Location": "file:///etc/passwd"}, b""),
    "/ftp/archive.json": (302, {"Location": "ftp://localhost/a"}, b""),
    "/round/archive.json": (302, {"Location": "/round/archive.json"}, b""),
    "/broken/archive.json": (500, {}, b"a"),
    "/closed/.archive/inventory": (403, {}, b"a"),
    "/long/archive.json": (200, {}, b"a" * 2000),
    "/short/archive.json": (200, {"Content-Length": "10"}, b"a"),
}


class _Answering(BaseHTTPRequestHandler):
    """Gives the answers of the table."""

    def do_GET(self) -> None:
        code, headers, data = ANSWERS.get(self.path, (404, {}, b""))
        self.send_response(code)
        for name, value in ({"Content-Length": str(len(data))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """The address of a host on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("folder", ["", "/", "/moved"])
def test_a_live_address_is_read(host: str, folder: str) -> None:
    """With or without a slash at its end, and where it leads on."""
    assert at_address(host + folder)("archive.json") == b"{}"


def test_what_is_not_there_is_nothing(host: str) -> None:
    """Also where a host does not show what begins with a dot."""
    assert at_address(f"{host}/nowhere")("archive.json") is None
    assert at_address(f"{host}/closed")(INVENTORY) is None


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("/file", "the host answers 302"),
        ("/ftp", "leads to ftp://"),
        ("/round", "cannot be read"),
        ("/broken", "the host answers 500"),
        ("/long", "has more than 0.001 MB"),
        ("/short", "cannot be read"),
    ],
)
def test_bad_answers_are_told(host: str, folder: str, words: str) -> None:
    """No other scheme is followed; too much, too little, for ever, out of order."""
    with pytest.raises(Unreached, match=words):
        at_address(host + folder, largest=1000)("archive.json")


def test_a_host_that_dawdles_is_left(host: str) -> None:
    """A file may take so long and no longer."""
    with pytest.raises(Unreached, match="too long"):
        at_address(host, whole=-1)("archive.json")


def test_no_network_is_told() -> None:
    """In words that say what to look at."""
    with pytest.raises(Unreached, match="whether this machine has a network"):
        at_address("http://127.0.0.1:1")("archive.json")


@pytest.mark.parametrize(
    "url", ["", "www.example.org", "file:///etc", "ftp://a.example", "https://", "http://a/?b=c"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    """Before anything is asked for."""
    with pytest.raises(Unreached, match="is not the address of a site"):
        at_address(url)


def test_a_folder_is_read_and_nothing_outside(tmp_path: Path) -> None:
    """Not by dots, not by links."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "archive.json").write_bytes(b"{}")
    (tmp_path / "secret").write_bytes(b"secret")
    (site / "link").symlink_to(tmp_path / "secret")
    read = in_folder(site)
    assert read("archive.json") == b"{}"
    assert read("../secret") is None
    assert read("link") is None
    assert read("/etc/passwd") is None
    assert in_folder(tmp_path / "nowhere")("archive.json") is None


def test_parts_that_are_known_are_not_read(tmp_path: Path) -> None:
    """Those in the same words are taken from the other state."""
    site = Site(tmp_path, {}, an_item(), an_item("2025/01/cu"))
    site.write()
    after = published(in_folder(site.folder))
    assert after is not None
    asked = []

    def read(path: str) -> bytes | None:
        asked.append(path)
        return in_folder(site.folder)(path)

    assert published(read, known=after) == after
    assert asked == ["archive.json", INVENTORY]
    assert len(after.items()) == 2
    assert published(lambda _path: None) is None


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"[]", b"{}", b"\xff", b'{"version":1,"url":"a"}', b'{"version": 1']
)
def test_what_is_no_manifest_is_told(data: bytes) -> None:
    """A host that answers everything with its home page; a file that is cut off."""
    with pytest.raises(Unreadable) as raised:
        published(lambda _path: data)
    assert "archive.json" in raised.value.said(speech("en"))


@pytest.mark.parametrize(
    "address", ["/../../etc/passwd", "https://a.example/b.json", "/archive/2025.json", "/a.json"]
)
def test_an_index_does_not_choose_what_is_read(tmp_path: Path, address: str) -> None:
    """Parts are where parts are; another version is not guessed at."""
    site = Site(tmp_path, {}, an_item())
    site.write()
    whole = published(in_folder(site.folder))
    assert whole is not None
    part = replace(whole.index.parts[0], address=address)
    asked = []

    def read(index: object) -> None:
        files = {"archive.json": json.encode(index)}
        published(lambda path: asked.append(path) or files.get(path))  # type: ignore[func-returns-value]

    with pytest.raises(Unreadable):
        read(replace(whole.index, parts=(part,)))
    with pytest.raises(Unreadable):
        read(replace(whole.index, version=2))
    assert asked == ["archive.json", "archive.json"]
    with pytest.raises(Unreadable):
        read(whole.index)  # its part is not there
