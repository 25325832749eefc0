"""How what is published is read: in a folder of this machine, or at its live address."""

import time
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from plugins.publishing.diff.published import Read
from plugins.speaking import Trouble

SILENCE = 20.0
"""Seconds that a host may say nothing."""

WHOLE = 120.0
"""Seconds that a file may take."""

LARGEST = 64_000_000
"""Bytes of a file. The inventory of 10,000 notices has 4 MB."""

_CHUNK = 1 << 16
_AT_ONCE = ("http", "https")


class Unreached(Trouble):
    """What is published cannot be read."""


def in_folder(folder: Path) -> Read:
    """Reads the files of a site in a folder. Nothing outside is read, wherever links lead."""
    root = folder.resolve()

    def read(path: str) -> bytes | None:
        file = (root / path).resolve()
        if not file.is_relative_to(root) or not file.is_file():
            return None
        try:
            return file.read_bytes()
        except OSError as error:
            raise Unreached(
                "{file} cannot be read: {reason}.", file=file, reason=error.strerror
            ) from error

    return read


def at_address(url: str, largest: int = LARGEST, whole: float = WHOLE) -> Read:
    """Reads the files of a site at its live address, over HTTP or HTTPS and nothing else."""
    parts = urlsplit(url)
    if parts.scheme not in _AT_ONCE or not parts.hostname or parts.query or parts.fragment:
        raise Unreached(
            "“{url}” is not the address of a site. Write it like https://www.example.org.", url=url
        )
    opener = _opener()

    def read(path: str) -> bytes | None:
        address = f"{url.rstrip('/')}/{quote(path)}"
        try:
            return _fetched(opener, address, largest, whole)
        except HTTPError as error:
            if error.code in (404, 410):
                return None
            if path.startswith("."):  # many hosts show nobody what begins with a dot
                return None
            raise Unreached(
                "{address} cannot be read: the host answers {code}.",
                address=address,
                code=error.code,
            ) from error
        except (URLError, OSError, HTTPException) as error:
            raise Unreached(
                "{address} cannot be read ({reason}). See whether this machine has a network, and"
                " whether the address is right.",
                address=address,
                reason=getattr(error, "reason", None) or error or type(error).__name__,
            ) from error

    return read


def _fetched(opener: OpenerDirector, address: str, largest: int, whole: float) -> bytes:
    until = time.monotonic() + whole
    request = Request(address, headers={"User-Agent": "announcements-archive"})  # noqa: S310 (the opener knows no other schemes)
    found = bytearray()
    with opener.open(request, timeout=SILENCE) as answer:
        while chunk := answer.read(_CHUNK):
            found += chunk
            if len(found) > largest:
                raise Unreached(
                    "{address} has more than {most} MB; that is no file of an archive.",
                    address=address,
                    most=f"{largest / 1_000_000:g}",
                )
            if time.monotonic() > until:
                raise TimeoutError("it takes too long")
        if getattr(answer, "length", 0):
            raise ConnectionError("it is cut off")
    return bytes(found)


class _Within(HTTPRedirectHandler):
    """Follows to HTTP and HTTPS only, and never from the latter to the former."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The request that follows."""
        scheme = urlsplit(newurl).scheme
        if scheme not in _AT_ONCE or (req.type == "https" and scheme != "https"):
            raise Unreached(
                "{address} leads to {other}, which is not followed.",
                address=req.full_url,
                other=newurl,
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_HANDLERS: tuple[Callable[[], object], ...] = (
    ProxyHandler,
    HTTPHandler,
    HTTPSHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    _Within,
)


def _opener() -> OpenerDirector:
    opener = OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())  # type: ignore[arg-type] # each makes a handler
    return opener
