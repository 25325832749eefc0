"""What the first view of a notice weighs: HTML and style sheet, compressed as nginx does it."""

import gzip
import re
import statistics
from pathlib import Path
from typing import NamedTuple

LEVEL = 6
"""The level of gzip that `plugins/outputs/hosting.py` asks of nginx."""

NOTICES = "*/[0-9]*/[0-9][0-9]/*/index.html"


class Weights(NamedTuple):
    """Compressed bytes: of the style sheet, and of the HTML of each notice."""

    style: int
    pages: list[int]


def weigh(output: Path) -> Weights:
    """The weights of all notices of a site."""
    pages = [file.read_bytes() for file in sorted(output.glob(NOTICES))]
    sheets = {found for page in pages for found in _sheets(page)}
    style = sum(len(_small((output / sheet).read_bytes())) for sheet in sheets)
    return Weights(style, [len(_small(page)) for page in pages])


def show(output: Path) -> None:
    """Print the median and the greatest."""
    style, pages = weigh(output)
    print("\n| first view of a notice, compressed bytes | style sheet | HTML | together |")
    print("|---|--:|--:|--:|")
    for what, page in (("median", statistics.median_high(pages)), ("greatest", max(pages))):
        print(f"| {what} of {len(pages):,} | {style:,} | {page:,} | {style + page:,} |")


def _sheets(page: bytes) -> list[str]:
    """The paths of the style sheets of a page, in the output folder."""
    return re.findall(r'<link rel="stylesheet" href="/([^"?]+)', page.decode())


def _small(data: bytes) -> bytes:
    return gzip.compress(data, LEVEL)
