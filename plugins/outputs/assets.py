"""Files that are published as they are: the theme's, and the attachments of public notices.

Reads the theme and the content folder; the press puts the style sheet together. Writes `theme/…`
and each attachment at its own path.
"""

from collections.abc import Iterator

from blinker import signal

from plugins.model.archive import Archive
from plugins.model.notice import digest
from plugins.model.output import Order, Output, Press
from plugins.outputs.views.frame import COPY, ICON, LOGO, STYLE
from plugins.outputs.views.phases import CLOCK, CLOCK_SOURCE

THEME = {
    STYLE: "static/site.css",
    ICON: "static/icon.svg",
    LOGO: "static/icon.png",
    COPY: "static/copy.js",
    CLOCK: CLOCK_SOURCE,
}


def outputs(archive: Archive) -> Iterator[Output]:
    """One output a file."""
    for path, source in THEME.items():
        yield Output(path, digest(source), Order.ASSET, render_theme, (source,))
    for attachment in archive.attachments.values():
        path = attachment.address[1:]
        yield Output(
            path, attachment.digest, Order.ASSET, render_file, (attachment.file,), lasting=True
        )


def render_theme(press: Press, source: str) -> bytes:
    """A file of the theme."""
    return press.theme(source)


def render_file(press: Press, path: str) -> bytes:
    """A file of the content folder."""
    return press.file(path)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
