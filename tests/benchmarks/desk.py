"""What a webmaster waits for at her desk: a check, and the browser after a save."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, Popen
from urllib.error import URLError
from urllib.request import urlopen

from tests.consumers.browser import started
from tests.publishing.targets.conftest import free_port

ROOT = Path(__file__).parents[2]

_CALL = """
import gc, sys
gc.disable()
from functools import partial
from plugins.calling import call
gc.enable()
{imported}
sys.exit(call(partial({verb}), sys.argv[1], sys.argv[2]))
"""


def settings(site: Path) -> Path:
    """A settings file whose ledger and output are these folders."""
    lines = [
        f"import sys; sys.path.insert(0, {str(ROOT)!r})",
        "from pelicanconf import *",
        f"THEME = {str(ROOT / 'theme')!r}",
        f"CACHE_PATH, OUTPUT_PATH = {str(site / 'cache')!r}, {str(site / 'output')!r}",
    ]
    conf = site / "desk.py"
    conf.write_text("\n".join([*lines, ""]), "utf-8")
    return conf


def check(conf: Path, content: Path, *paths: Path) -> list[str]:
    """The command that checks these files, or all, as `inv check` does."""
    imported = "from plugins.checking.check import check"
    verb = f"check, paths={[str(path) for path in paths]!r}"
    script = _CALL.format(imported=imported, verb=verb)
    return [sys.executable, "-c", script, str(conf), str(content)]


def saves(conf: Path, content: Path, source: Path, runs: int) -> list[float]:
    """Seconds from the save of a source until the browser that shows it has loaded it anew."""
    text = source.read_text(encoding="utf-8")
    stem, language, _ = source.relative_to(content).as_posix().rsplit(".", 2)
    seconds = []
    with _preview(conf, content) as address, started() as browser:
        page = browser.new_page()
        page.goto(f"{address}/{language}/{stem}/")
        for run in range(runs):
            page.wait_for_timeout(1000)
            with page.expect_event("load"):
                begun = time.perf_counter()
                source.write_text(f"{text}\nSave {run}.\n", encoding="utf-8")
            seconds.append(time.perf_counter() - begun)
            if f"Save {run}." not in page.content():
                raise SystemExit("The browser shows an old page.")
    source.write_text(text, encoding="utf-8")
    return seconds


@contextmanager
def _preview(conf: Path, content: Path) -> Iterator[str]:
    port = free_port()
    imported = "from plugins.previewing.serving import serve"
    script = _CALL.format(imported=imported, verb=f"serve, port={str(port)!r}")
    command = [sys.executable, "-c", script, str(conf), str(content)]
    with Popen(command, stdout=DEVNULL, cwd=ROOT) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(process, address)
            yield address
        finally:
            process.terminate()


def _wait_for(process: Popen[bytes], address: str) -> None:
    while process.poll() is None:
        try:
            urlopen(address, timeout=120).close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The preview did not begin.")
