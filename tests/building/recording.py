"""A plugin that works on finished files: it writes down, in the file that the setting `RECORD`
names, each path of which it is told, and at the end what lies in the output folder.
"""

from pathlib import Path
from typing import Any

from pelican import signals


def told(path: str, context: dict[str, Any]) -> None:
    """A file was written: it is there, and it is whole."""
    size = Path(path).stat().st_size
    with Path(context["RECORD"]).open("a", encoding="utf-8") as record:
        record.write(f"{path} {size}\n")


def finished(pelican: Any) -> None:
    """The build is over."""
    with Path(pelican.settings["RECORD"]).open("a", encoding="utf-8") as record:
        record.write("finalized\n")


def register() -> None:
    """Pelican's hook for plugins."""
    signals.content_written.connect(told)
    signals.finalized.connect(finished)
