"""A preview of a trial's content, served on a free port, and renewed by what is saved."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from rich.console import Console

from plugins.building.report import Report
from plugins.previewing.server import Server
from plugins.previewing.serving import preview_server, renewals
from plugins.previewing.watching import follow
from plugins.speaking import speech
from tests.building.running import ROOT, Trial, forget_stages, with_templates


class Previewed:
    """A trial, and the preview that follows its content folder."""

    def __init__(self, trial: Trial, server: Server) -> None:
        self.trial = trial
        self.server = server
        self.address = f"http://127.0.0.1:{server.server_address[1]}"

    def save(self, path: str, text: str) -> None:
        """Save a file of the content folder, and wait for nothing."""
        (self.trial.source / path).write_text(text, encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        """Replace some words of a file."""
        text = (self.trial.source / path).read_text(encoding="utf-8")
        assert old in text
        self.save(path, text.replace(old, new))


@pytest.fixture
def previewed(tmp_path: Path) -> Iterator[Previewed]:
    """The small archive that has something of each: past, coming, under embargo, draft."""
    forget_stages()
    trial = Trial(tmp_path)
    with_templates(trial.cache)
    given = trial.given
    conf = ROOT / "pelicanconf.py"
    server, place = preview_server(conf, 0, Report(Console(quiet=True)), speech("en"), given)
    stop = Event()
    threads = [
        Thread(target=server.serve_forever),
        Thread(target=follow, args=(renewals(server, place), place.settings.ignored, stop)),
    ]
    for thread in threads:
        thread.start()
    yield Previewed(trial, server)
    stop.set()
    server.shutdown()
    server.server_close()
    for thread in threads:
        thread.join()
