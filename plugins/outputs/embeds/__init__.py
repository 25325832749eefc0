"""What partners embed: an element, a frame of each listing, oEmbed of each notice, and how to.

Reads the archive and `theme/embed/`. Writes `embed/*.js`, `<language>/embed/[<listing>/]`, and
`oembed.json` beside each notice.
"""

from collections.abc import Iterator

from blinker import signal

from plugins.model.archive import Archive
from plugins.model.output import Output
from plugins.outputs.embeds import element, frames, maker, oembed


def outputs(archive: Archive) -> Iterator[Output]:
    """The whole partner kit."""
    for part in (element, frames, maker, oembed):
        yield from part.outputs(archive)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
