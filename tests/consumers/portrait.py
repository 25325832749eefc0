"""Makes the picture of the site in the README anew: `.venv/bin/python -m tests.consumers.portrait`.

Builds `content/` as it is published on `AS_OF` and takes the Vietnamese home page as a browser
shows it.
"""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from tests.consumers.browser import started
from tests.consumers.hosts import serving

ROOT = Path(__file__).parents[2]
PICTURE = Path(__file__).with_name("portrait.webp")
AS_OF = "2026-11-22T09:00:00+07:00"
WIDTH, HEIGHT = 1280, 690


def main() -> None:
    """Build, look, keep."""
    with TemporaryDirectory() as folder:
        out = Path(folder, "out")
        command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", out]
        given = ["-e", f'CACHE_PATH="{folder}/cache"', f'AS_OF="{AS_OF}"']
        subprocess.run([*command, *given], cwd=ROOT, check=True)
        with serving(out) as host, started() as browser:
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.goto(f"{host.url}/vi/")
            data = page.screenshot()
    Image.open(BytesIO(data)).convert("RGB").quantize(48).save(PICTURE, lossless=True, method=6)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
