"""The index of the search, read as its reader's browser does, without Pagefind."""

import gzip
import json
from collections.abc import Mapping
from typing import Any

GZIP = b"\x1f\x8b"
SIGNATURE = b"pagefind_dcd"


def readable(data: bytes) -> bytes:
    """A file as it is read: those of the index are compressed, and write đ with another letter."""
    if not data.startswith(GZIP):
        return data
    plain = gzip.decompress(data)
    return plain.replace("ḏ".encode(), "đ".encode()).replace("Ḏ".encode(), "Đ".encode())


def fragments(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """The documents of an index by the address of their pages; `shown` is what a result shows."""
    found = {}
    for name, data in files.items():
        if name.endswith(".pf_fragment"):
            plain = gzip.decompress(data)
            assert plain.startswith(SIGNATURE)
            document = json.loads(plain.removeprefix(SIGNATURE))
            shown = json.loads(document["url"])
            found[shown["href"]] = {**document, "shown": shown}
    return found
