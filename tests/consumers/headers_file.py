"""A reader of `_headers` files, as Netlify and as Cloudflare Pages understand them."""

import re
from collections.abc import Callable
from typing import NamedTuple

Headers = dict[str, str]


class Block(NamedTuple):
    """A pattern, the headers that it takes back, those that it gives; names in small letters."""

    pattern: str
    without: list[str]
    given: Headers


def blocks(text: str) -> list[Block]:
    """The blocks of a file; a line that is none of the format fails."""
    found: list[Block] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line or line.startswith("#"):
            continue
        if line.startswith("/"):
            found.append(Block(line, [], {}))
        elif line.startswith("!"):
            found[-1].without.append(line[1:].strip().lower())
        else:
            name, _, value = line.partition(":")
            assert re.fullmatch("[A-Za-z-]+", name) and value.strip(), line
            assert name.lower() not in found[-1].given, line
            found[-1].given[name.lower()] = value.strip()
    return found


def on_netlify(found: list[Block], path: str) -> Headers:
    """A later block replaces what an earlier one gave; `!` means nothing.

    A pattern matches with and without a slash at its end, in small and capital letters.
    """
    headers: Headers = {}
    for block in found:
        parts = [part for part in block.pattern.split("/") if part]
        form = "/".join(_netlify(part) for part in parts)
        if re.fullmatch(f"/{form}/?", path, re.IGNORECASE):
            headers |= block.given
    return headers


def _netlify(part: str) -> str:
    if part.startswith(":"):
        return "[^/]+"
    if part == "*":
        return "?.*"
    return part.replace("*", ".*") if "*" in part else re.escape(part)


def on_cloudflare(found: list[Block], path: str) -> Headers:
    """What several blocks give is joined by commas, unless `!` takes back what was given before."""
    headers: Headers = {}
    for block in found:
        assert block.pattern.count("*") <= 1, f"more than one splat: {block.pattern}"
        form = re.sub(r":[A-Za-z]\w*", "[^/]+", re.escape(block.pattern).replace(r"\*", ".*"))
        if re.fullmatch(form, path):
            for name in block.without:
                headers.pop(name, None)
            for name, value in block.given.items():
                headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


HOSTS: dict[str, Callable[[list[Block], str], Headers]] = {
    "Netlify": on_netlify,
    "Cloudflare": on_cloudflare,
}
