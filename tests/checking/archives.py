"""A workplace of its own for each test: settings in a file, with a ledger beside it."""

from pathlib import Path

from tests.building.running import ROOT


def a_conf(folder: Path) -> Path:
    """The site's settings, in a file of this folder that keeps its ledger and output there, too."""
    conf = folder / "pelicanconf.py"
    conf.write_text(
        "from runpy import run_path\n"
        f"globals().update(run_path({str(ROOT / 'pelicanconf.py')!r}))\n"
        f"THEME = {str(ROOT / 'theme')!r}\n"
        f"CACHE_PATH = {str(folder / 'cache')!r}\n"
        f"OUTPUT_PATH = {str(folder / 'output')!r}\n"
        "AS_OF = '2009-06-01T00:00:00+07:00'\n"
        "WORKERS = 1\n",
        encoding="utf-8",
    )
    return conf
