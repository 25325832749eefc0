"""A press in hand: outputs of a small archive are rendered without a build."""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment

from plugins.building.ledger import Reader
from plugins.building.press import ThemePress
from plugins.model.output import Output, Press
from plugins.model.site import Site
from tests.conftest import ROOT


def a_press(site: Site) -> Press:
    """A press with the theme's words; it knows no texts and no templates."""
    return ThemePress(site, Environment(), ROOT / "theme", ROOT, Reader(Path()).body)


def rendered(site: Site, outputs: Iterable[Output]) -> dict[str, bytes]:
    """The bytes of outputs, by path."""
    press = a_press(site)
    return {output.path: output.made(press).files[output.path] for output in outputs}
