"""The audit of a folder: only files that changed are read, what the others said is remembered."""

from pathlib import Path

from plugins.model.inventory import Inventory
from plugins.publishing.audit.brief import Brief
from plugins.publishing.audit.finding import Finding
from plugins.speaking import Speech


def audit(folder: Path, inventory: Inventory, brief: Brief, speech: Speech) -> list[Finding]:
    """All that is wrong in a built site, sorted; `inventory` is that of the folder."""
    raise NotImplementedError
