"""A stage for trials: sixty small outputs, of which the renderer in the middle does what the
setting `TRIAL` says: `raise`, `die`, nothing, or it waits until there is a file of that path.
"""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from blinker import signal as named
from pelican import signals

from plugins.model.archive import Archive
from plugins.model.notice import digest
from plugins.model.output import Order, Output, Press

_trial = [""]


def outputs(_: Archive) -> Iterator[Output]:
    """More outputs than one process makes alone."""
    for number in range(60):
        trial = _trial[0] if number == 30 else ""
        path = f"trial/{number}.txt"
        yield Output(path, digest(number, trial), Order.PAGE, render, (number, trial))


def render(_: Press, number: int, trial: str) -> bytes:
    """A line, or a disaster."""
    if trial == "raise":
        raise ValueError("the renderer of this trial raises")
    if trial == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if trial:
        Path(f"{trial}.begun").touch()
    while trial and not Path(trial).exists():
        time.sleep(0.05)
    return f"{number}\n".encode()


def _begin(pelican: Any) -> None:
    _trial[0] = pelican.settings.get("TRIAL", "")


def register() -> None:
    """Pelican's hook for plugins."""
    signals.initialized.connect(_begin)
    named("archive_outputs").connect(outputs)
