"""The verb: serves the preview of a content folder until it is stopped."""

import gc
import re
from collections.abc import Callable
from datetime import UTC, datetime
from errno import EADDRINUSE
from pathlib import Path
from threading import Thread
from typing import Any

import pelican
from blinker import ANY
from pelican.settings import read_settings
from rich.console import Console

from plugins.building.generator import STAGES, ArchiveGenerator
from plugins.building.opening import Workplace, workplace
from plugins.building.press import ThemePress
from plugins.building.report import Report
from plugins.calling import Misunderstood
from plugins.model.site import Site
from plugins.previewing.memory import Memory
from plugins.previewing.preview import Preview
from plugins.previewing.server import Server
from plugins.previewing.watching import follow, start_again
from plugins.speaking import Speech

PORTS = range(1024, 65536)
"""Those below belong to the system (RFC 6335, section 6)."""


def serve(place: Workplace, words: Speech, port: str) -> int:
    """Serve the preview, and renew it at each save; a change of code or settings starts it anew.

    Gives the exit code: 1 if another program has the port.
    """
    return _serve(place, words, _port(port))


def _port(text: str) -> int:
    if re.fullmatch("[0-9]{4,5}", text) and int(text) in PORTS:
        return int(text)
    raise Misunderstood(
        "“{text}” is not a port. Write a number from {first} to {last}, such as 8000.",
        text=text,
        first=PORTS[0],
        last=PORTS[-1],
    )


def _serve(place: Workplace, words: Speech, port: int) -> int:
    given = {"PATH": str(place.content), "SITEURL": f"http://localhost:{port}"}
    report = Report(Console(), words)
    try:
        server, place = preview_server(place.conf, port, report, words, given)
    except OSError as error:
        if error.errno != EADDRINUSE:
            raise
        report.say(
            words.text(
                "Port {port} is taken. Write “--port {next}”.",
                port=port,
                next=port + 1 if port + 1 in PORTS else PORTS[0],
            )
        )
        return 1
    Thread(target=server.serve_forever, daemon=True).start()
    report.say(words.text("Look at {address} (Ctrl+C ends it).", address=given["SITEURL"] + "/"))

    def anew(_paths: list[str]) -> None:
        start_again()

    gc.freeze()  # what was read stays: to look through it takes longer than a save
    gc.disable()
    code = dict.fromkeys((Path(__file__).parents[1], place.conf), anew)
    try:
        follow({**renewals(server, place), **code}, place.settings.ignored, after=gc.collect)
    except KeyboardInterrupt:
        report.say("")
    return 0


def preview_server(
    conf: Path, port: int, report: Report, speech: Speech, given: dict[str, Any]
) -> tuple[Server, Workplace]:
    """The server of a preview that has read everything, and where it works."""
    settings = read_settings(str(conf), override=given)
    pelican.Pelican(settings)  # loads the plugins
    place = workplace(conf, **given)

    def make() -> Preview:
        memory = Memory(place, report)

        def press(site: Site) -> ThemePress:
            folders = (settings["PATH"], settings["THEME"], settings["OUTPUT_PATH"])
            generator = ArchiveGenerator({}, settings, *folders)
            return generator.press(place.settings, site, place.content, memory.body)

        clock = _clock(settings, place)
        return Preview(place, memory, list(STAGES.receivers_for(ANY)), press, clock, speech)

    gone = speech.text("The preview has stopped. Start it again: make serve.")
    return Server(port, make, gone), place


def renewals(server: Server, place: Workplace) -> dict[Path, Callable[[list[str]], None]]:
    """What is to be done when something is saved in the content, or in the theme."""
    return {
        place.content: lambda paths: server.renew(lambda preview: preview.take(paths)),
        place.theme.resolve(): lambda _: server.renew(lambda preview: preview.take_theme()),
    }


def _clock(settings: dict[str, Any], place: Workplace) -> Callable[[], datetime]:
    if settings.get("AS_OF") is None:
        return lambda: datetime.now(UTC)
    return lambda: place.settings.as_of
