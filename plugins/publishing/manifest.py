"""What would be published if the content were built now: its manifest, without building."""

from jinja2 import Environment

from plugins.building.opening import Workplace
from plugins.building.press import ThemePress
from plugins.model.archive import Archive
from plugins.outputs.manifest import outputs
from plugins.publishing.diff.published import NOTHING, Published, Read, published


def would_be(archive: Archive, place: Workplace) -> Published:
    """The state of the site that this archive makes."""
    return published(_read(archive, place)) or NOTHING


def _read(archive: Archive, place: Workplace) -> Read:
    """Reads the manifest before it is written; no body and no template is needed for it."""
    press = ThemePress(archive.site, Environment(autoescape=True), place.theme, place.content, str)
    planned = {output.path: output for output in outputs(archive)}

    def read(path: str) -> bytes | None:
        output = planned.get(path)
        return output.made(press).files[path] if output else None

    return read
