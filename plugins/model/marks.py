"""Marks: how a body's HTML holds addresses that are settled only when a page is made.

The address of a linked notice depends on that notice, and the address of the site on the
settings; the HTML of a body depends on neither. So it holds `U+FDD0 target U+FDD1`, two
noncharacters that no content may have. A target is a path relative to the content folder, or
begins with `/`: an address of this site.
"""

import re

OPEN, CLOSE = "\ufdd0", "\ufdd1"
MARK = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
LINK = re.compile(f' (href|src)="{OPEN}([^{CLOSE}]*){CLOSE}([^"]*)"')


def mark(target: str) -> str:
    """`target`, as a body's HTML holds it."""
    return f"{OPEN}{target}{CLOSE}"
