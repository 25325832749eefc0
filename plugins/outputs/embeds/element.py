"""The custom element `<announcement-feed>`: each version at an address of its own, for ever."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha384

from plugins.model.archive import Archive
from plugins.model.notice import digest
from plugins.model.output import Order, Output, Press

VERSIONS = ("1.0.0",)
"""Every version that was ever published, the newest last. None is changed or left out again:
partners' pages name them with the hash of their bytes.
"""


CURRENT = VERSIONS[-1]

MAJORS = {f"v{version.partition('.')[0]}": version for version in VERSIONS}
"""The newest version of each major one, by its short name."""


def outputs(_archive: Archive) -> Iterator[Output]:
    """One output a version, and the newest of each major version under its short name."""
    for name, version in {**dict(zip(VERSIONS, VERSIONS, strict=True)), **MAJORS}.items():
        yield Output(address(name)[1:], digest(version), Order.ASSET, render, (version,))


def address(name: str) -> str:
    """Where the script of a version, or of a major version, is."""
    return f"/embed/{name}.js"


def render(press: Press, version: str) -> bytes:
    """The script of a version."""
    return press.theme(f"embed/{version}.js")


def integrity(press: Press, version: str) -> str:
    """What a page writes so that its browser runs these bytes only (W3C Subresource Integrity)."""
    return f"sha384-{b64encode(sha384(render(press, version)).digest()).decode()}"
