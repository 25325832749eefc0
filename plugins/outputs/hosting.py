"""What a host must say with each file: one table of rules, written for two kinds of hosts.

Reads the settings only. Writes `nginx.conf`, to be included in a server block, and `_headers` in
the format of Netlify and Cloudflare Pages. A rule gives the whole set of headers, and the last rule
that matches an address counts: nginx forgets what is set around a location as soon as that sets a
header of its own; Cloudflare joins what several rules say unless the later one takes it back with
`!`; Netlify lets the later one replace the earlier and skips `!`, so that a rule may add headers to
those of a wider rule, never lack one. A base path in SITEURL begins every pattern.

There is no Cross-Origin-Opener-Policy: where a partner sandboxes our frame, the browser would
refuse to open the pages that it links (HTML, “obtain a cross-origin opener policy”). The archive
has no session that the header could protect.
"""

import re
from collections.abc import Iterator
from functools import cache
from posixpath import splitext
from typing import NamedTuple
from urllib.parse import unquote

from blinker import signal

from plugins.model import media
from plugins.model.archive import Archive
from plugins.model.output import Order, Output, Press

HTML = "text/html; charset=utf-8"

OF_SITE = {
    ".atom": "application/atom+xml",
    ".css": "text/css",
    ".js": "text/javascript",
    ".opml": "text/x-opml",
    ".pagefind": "application/octet-stream",
    ".pf_fragment": "application/octet-stream",
    ".pf_index": "application/octet-stream",
    ".pf_meta": "application/octet-stream",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Media types of files that the site itself puts out, by the endings of their names."""

MEDIA_TYPES = {
    ending: f"{name}; charset=utf-8" if name.startswith("text/") else name
    for ending, name in sorted((OF_SITE | media.MEDIA_TYPES).items())
}
"""Of all files, as a host says them."""

OLD_PAGES = (".asp", ".aspx", ".htm", ".jsp", ".php")
"""Endings of the old addresses that lead to pages."""

OF_THEMES = (".css", ".js", ".svg", ".woff2")
SHARED = (".atom", ".ics", ".json", ".opml")
"""What programs on other sites read."""

OF_SEARCH = (".pagefind", ".pf_fragment", ".pf_index", ".pf_meta")
"""The index; the names of its files change with what is in them."""

ATTACHED = tuple(
    ending
    for ending in MEDIA_TYPES
    if ending not in {*OF_THEMES, *SHARED, *OF_SEARCH, ".pdf", ".xml"}
)

BRIEF = "public, max-age=60, must-revalidate"
MINUTES = "public, max-age=300, must-revalidate"
HOUR = "public, max-age=3600, must-revalidate"
DAY = "public, max-age=86400, must-revalidate"
FOREVER = "public, max-age=31536000, immutable"

_PAGE = {
    "default-src": "'none'",
    "img-src": "'self'",
    "style-src": "'self'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_SEARCH = {**_PAGE, "script-src": "'self' 'wasm-unsafe-eval'"}  # Pagefind's program
_FILE = {
    "default-src": "'none'",
    "style-src": "'unsafe-inline'",  # browsers' own, around a picture that is shown alone
    "media-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_FRAME = {
    "default-src": "'none'",
    "img-src": "'self'",
    "style-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "*",
}


class Rule(NamedTuple):
    """What is said of the addresses that match one of the patterns.

    In a pattern, `*` is any text (at most one in a pattern), `:name` a part between two slashes.
    `media` is empty where the ending tells it. What is `shared` may be read by scripts of any site.
    """

    patterns: tuple[str, ...]
    cache: str
    security: dict[str, str]
    media: str = ""
    shared: bool = False


def rules(languages: tuple[str, ...]) -> tuple[Rule, ...]:
    """The table, from general to particular: the last rule that matches an address counts.

    What no rule knows by its name is a page. Viewers of PDF in some browsers do not start in a
    sandbox.
    """

    def each(*paths: str) -> tuple[str, ...]:
        return tuple(f"/{language}/{path}" for language in languages for path in paths)

    archived = "/:language/archive/:year"
    return (
        Rule(("/*",), BRIEF, _PAGE, HTML),
        Rule(_ending(OLD_PAGES), BRIEF, _PAGE, HTML),
        Rule(each("embed/*"), MINUTES, _FRAME, HTML),
        Rule(each("embed/", "embed/index.html"), BRIEF, {**_PAGE, "frame-src": "'self'"}, HTML),
        Rule(("/:language/search/", "/:language/search/index.html"), BRIEF, _SEARCH, HTML),
        Rule(_ending(ATTACHED), DAY, {**_FILE, "sandbox": ""}),
        Rule(("/*.pdf",), DAY, _FILE),
        Rule(("/*.xml", "/robots.txt"), MINUTES, _FILE),
        Rule(_ending(SHARED), MINUTES, _FILE, shared=True),
        Rule(("/*/feed.xml",), MINUTES, _FILE, "application/rss+xml", shared=True),
        Rule(("/*/feed.json",), MINUTES, _FILE, "application/feed+json", shared=True),
        Rule((f"{archived}/feed.xml",), HOUR, _FILE, "application/rss+xml", shared=True),
        Rule((f"{archived}/feed.atom",), HOUR, _FILE, shared=True),
        Rule((f"{archived}/feed.json",), HOUR, _FILE, "application/feed+json", shared=True),
        Rule(_ending(OF_THEMES, "/theme"), FOREVER, _FILE),
        Rule(_ending(OF_SEARCH), FOREVER, _FILE),
        Rule(("/embed/*.js",), FOREVER, _FILE, shared=True),
        Rule(("/embed/v1.js",), HOUR, _FILE, shared=True),
    )


def _ending(endings: tuple[str, ...], folder: str = "") -> tuple[str, ...]:
    return tuple(f"{folder}/*{ending}" for ending in endings)


def headers_of(rule: Rule) -> dict[str, str]:
    """The headers of a rule, the media type aside."""
    policy = [f"{name} {value}".rstrip() for name, value in rule.security.items()]
    shared = {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return {
        "Cache-Control": rule.cache,
        "Content-Security-Policy": "; ".join(policy),
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
        **(shared if rule.shared else {}),
    }


class Said(NamedTuple):
    """What even a plain store says of a file: its media type, and how long it may be kept."""

    media: str
    cache: str


def said_of(path: str, languages: tuple[str, ...]) -> Said:
    """What the table says of a file of the site."""
    forms = _forms(languages)
    rule = next(rule for rule, form in forms if form.fullmatch(f"/{path}"))
    return Said(rule.media or MEDIA_TYPES[splitext(path)[1].lower()], rule.cache)


@cache
def _forms(languages: tuple[str, ...]) -> list[tuple[Rule, re.Pattern[str]]]:
    """The rules, the one that counts first, with a form of the addresses that each matches."""
    return [
        (rule, re.compile("|".join(_form(pattern) for pattern in rule.patterns), re.IGNORECASE))
        for rule in reversed(rules(languages))
    ]


def outputs(_: Archive) -> Iterator[Output]:
    """The two files."""
    yield Output("_headers", b"_headers", Order.ASSET, render_headers, ())
    yield Output("nginx.conf", b"nginx.conf", Order.ASSET, render_nginx, ())


_ABOUT_HEADERS = """\
# Made by the archive's build, for hosts that read a file of this name: the last rule that matches
# an address counts. To promise HTTPS for a year, make a header of the comment in the first rule.

"""


def render_headers(press: Press) -> bytes:
    """`_headers`: a block for each pattern. With a base path, it belongs above that folder.

    The first says no media type: these hosts know that of `PLAN.PDF`, which our patterns do not.
    """
    first, *others = rules(press.site.languages)
    base = press.site.base
    lines = [
        f"{base}/*",
        *(f"  {name}: {value}" for name, value in headers_of(first).items()),
        "# Strict-Transport-Security: max-age=31536000",
    ]
    for rule in others:
        for pattern in rule.patterns:
            kind = rule.media or MEDIA_TYPES[splitext(pattern)[1]]
            given = {"Content-Type": kind, **headers_of(rule)}
            lines += [
                f"{base}{pattern}",
                *(f"  ! {name}" for name in given),
                *(f"  {name}: {value}" for name, value in given.items()),
            ]
    return (_ABOUT_HEADERS + "\n".join(lines) + "\n").encode()


_NGINX = """\
# Made by the archive's build. Include this file in a server block, after its `root`: the folder of
# this file{above}. The block may have no `location {base}/` of its own; a longer one,
# such as `location ^~ {base}/.well-known/`, comes before what is here.
# To promise HTTPS for a year, write after the include: set $archive_https "max-age=31536000";
# Files compressed beforehand are sent if they lie beside their originals: `x.gz` as it is, `x.br`
# with the module brotli_static and, before the include: brotli_static on;

set $archive_https "";
set $archive_missing "{base}/404.html";
if ($uri ~ "^{form}/({languages})/") {{
    set $archive_missing "{base}/$1/404.html";
}}

location ^~ "{base}/" {{
    index index.html;
    absolute_redirect off;
    error_page 403 404 =404 $archive_missing;

    gzip on;
    gzip_comp_level 6;
    gzip_static on;
    gzip_vary on;
    gzip_proxied any;
    gzip_min_length 256;
    gzip_types
        {texts};
    types {{
{types}
    }}

    location ~* "/\\.|\\.md$|^{form}/(?:_headers|nginx\\.conf)$" {{
        return 404;
    }}
{locations}
}}
"""


def render_nginx(press: Press) -> bytes:
    """`nginx.conf`: a location for each rule, the last rule first."""
    site = press.site
    base = unquote(site.base)
    table = rules(site.languages)
    kinds = sorted({rule.media for rule in table if rule.media} | set(MEDIA_TYPES.values()))
    text = _NGINX.format(
        base=base,
        form=re.escape(base),
        above=f" is its `{base}`" if base else "",
        languages="|".join(site.languages),
        texts="\n        ".join(f'"{name}"' for name in kinds if is_text(name)),
        types="\n".join(f'        "{t}" {ending[1:]};' for ending, t in MEDIA_TYPES.items()),
        locations="\n".join(_location(rule, base) for rule in reversed(table)),
    )
    return text.encode()


def is_text(kind: str) -> bool:
    """Whether files of a media type become smaller when compressed."""
    name = kind.partition(";")[0]
    return name.startswith("text/") or name.endswith(("xml", "json", "rtf"))


def _location(rule: Rule, base: str) -> str:
    forms = "|".join(_form(pattern) for pattern in rule.patterns)
    said = [
        f'add_header {name} "{value}" always;'
        for name, value in {
            **headers_of(rule),
            "Strict-Transport-Security": "$archive_https",
        }.items()
    ]
    if rule.media:
        said = ["types {}", f'default_type "{rule.media}";', *said]
    lines = "\n".join(f"        {line}" for line in said)
    return f'    location ~* "^{re.escape(base)}(?:{forms})$" {{\n{lines}\n    }}'


def _form(pattern: str) -> str:
    """A pattern as a regular expression."""
    parts = re.split(r"(\*|:\w+)", pattern)
    wild = {"*": ".*", ":": "[^/]+"}
    return "".join(wild.get(part[:1]) or re.escape(part) for part in parts)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
