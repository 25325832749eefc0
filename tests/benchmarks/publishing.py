"""What the benchmarks publish to: a folder, and an S3 server of this machine."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from tests.publishing.targets.conftest import MOTO, free_port, wait_for

ROOT = Path(__file__).parents[2]
TARGETS = ("folder", "s3")
BUCKET = "benchmark"
KEYS = {"AWS_ACCESS_KEY_ID": "of-the-benchmark", "AWS_SECRET_ACCESS_KEY": "of-the-benchmark"}

_PUBLISH = """
import gc, sys
gc.disable()
from functools import partial
from plugins.calling import call
gc.freeze()
gc.enable()
from plugins.publishing.publish import Wishes, publish
verb = partial(publish, wishes=Wishes(to=sys.argv[3], yes=True))
sys.exit(call(verb, sys.argv[1], sys.argv[2]))
"""


@contextmanager
def server() -> Iterator[str]:
    """The address of an S3 server with an empty bucket."""
    if not MOTO.is_file():
        raise SystemExit("The S3 server is missing. Write: make .cache/moto/made")
    os.environ.update(KEYS)
    port = free_port()
    command = [str(MOTO), "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            endpoint = f"http://127.0.0.1:{port}"
            urlopen(Request(f"{endpoint}/{BUCKET}", method="PUT"), timeout=10).close()
            yield endpoint
        finally:
            process.terminate()


def settings(site: Path, endpoint: str) -> Path:
    """A settings file that publishes what was built in this folder."""
    targets = {
        "folder": {"kind": "folder", "path": str(site / "public")},
        "s3": {"kind": "s3", "bucket": BUCKET, "endpoint": endpoint},
    }
    lines = [
        f"import sys; sys.path.insert(0, {str(ROOT)!r})",
        "from pelicanconf import *",
        f"THEME = {str(ROOT / 'theme')!r}",
        f"CACHE_PATH, OUTPUT_PATH = {str(site / 'cache')!r}, {str(site / 'output')!r}",
        f"PUBLISH = {targets!r}",
    ]
    conf = site / "publishing.py"
    conf.write_text("\n".join([*lines, ""]), "utf-8")
    return conf


def command(conf: Path, content: Path, target: str) -> list[str]:
    """What publishes the content, as `inv publish` does."""
    return [sys.executable, "-c", _PUBLISH, str(conf), str(content), target]
