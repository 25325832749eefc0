"""The site on Debian's nginx, and what `_headers` says of the same files (`outputs/hosting.py`)."""

import gzip
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from plugins.outputs.search.page import RUNTIME as BELOW
from tests.building.contents import an_archive
from tests.building.running import Trial
from tests.consumers.headers_file import HOSTS, blocks
from tests.consumers.nginx import Answer, Server, serving

PLANTED = (
    *("theme/site.woff2", "2008/02/thong-bao/PLAN.PDF", "tin/xem.aspx"),
    *("2008/02/thong-bao/toan-van.docx", "2008/02/thong-bao/anh.jpg"),
)
"""Files as other archives have them."""

HIDDEN = (".htaccess", ".git/config", "vi/.env", "vi/notes.md", "README.md")
"""Files that have no business in an output folder."""

GOVERNED = (
    "access-control-allow-origin",
    "cache-control",
    "content-security-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
)

RUNTIME = f"/{BELOW}"

PAGE = "text/html; charset=utf-8"
A_MINUTE = "public, max-age=60, must-revalidate"
MINUTES = "public, max-age=300, must-revalidate"
AN_HOUR = "public, max-age=3600, must-revalidate"
A_DAY = "public, max-age=86400, must-revalidate"
FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the output of `tests/site`, with what is planted in it."""
    copy = tmp_path_factory.mktemp("nginx") / "out"
    shutil.copytree(site, copy)
    for path in (*PLANTED, *HIDDEN):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text("Thông báo. " * 40, encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """nginx with that copy."""
    with serving(folder, tmp_path_factory.mktemp("work")) as running:
        yield running


def addresses(folder: Path) -> dict[str, Path]:
    """The files that are to be served, by their addresses; a page has one that ends in a slash."""
    kept_back = {"_headers", "nginx.conf", *HIDDEN}
    found = {}
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        path = file.relative_to(folder).as_posix()
        if path not in kept_back and not path.startswith(".archive/"):
            found[f"/{path}"] = file
            if file.name == "index.html":
                found[f"/{path.removesuffix('index.html')}"] = file
    return found


def rest(headers: dict[str, str]) -> dict[str, str]:
    """The headers that are ours to say."""
    return {name: value for name, value in headers.items() if name in GOVERNED}


def test_every_file_is_served_as_it_is(folder: Path, server: Server) -> None:
    """Each file of the site is found at its address, byte for byte, and can be asked for again."""
    for address, file in addresses(folder).items():
        answer = server.get(quote(address))
        assert (answer.status, answer.body) == (200, file.read_bytes()), address
        assert {"etag", "last-modified"} <= answer.headers.keys(), address


def test_hosts_agree(folder: Path, server: Server) -> None:
    """Netlify, Cloudflare and nginx say the same of every file; nothing is lost in between.

    An ending in capitals is the exception: patterns of Cloudflare do not match it.
    """
    found = blocks((folder / "_headers").read_text(encoding="utf-8"))
    for address in addresses(folder).keys() - {"/2008/02/thong-bao/PLAN.PDF"}:
        answer = server.get(quote(address))
        for host, headers_on in HOSTS.items():
            said = headers_on(found, address)
            media = said.pop("content-type", None)
            assert rest(dict(answer.headers)) == said, (host, address)
            assert answer.headers["content-type"] == media or media is None, (host, address)


def test_the_hosts_are_left_the_type_of_pages_only(folder: Path) -> None:
    """`_headers` says the media type of all that is not plainly a page. Those with endings in
    capitals are left to the host as well: they must not become a page's.
    """
    found = blocks((folder / "_headers").read_text(encoding="utf-8"))
    assert "content-type" not in HOSTS["Cloudflare"](found, "/2008/02/thong-bao/PLAN.PDF")
    for host, headers_on in HOSTS.items():
        for address in addresses(folder):
            if not address.endswith((".html", "/", ".PDF")):
                assert "content-type" in headers_on(found, address), (host, address)


@pytest.mark.parametrize(
    ("address", "media", "cache", "shared"),
    [
        ("/", PAGE, A_MINUTE, False),
        ("/vi/", PAGE, A_MINUTE, False),
        ("/vi/2026/01/hoi-dap-ke-khai-thue/", PAGE, A_MINUTE, False),
        ("/tin/xem.aspx", PAGE, A_MINUTE, False),
        ("/vi/embed/", PAGE, A_MINUTE, False),
        ("/vi/embed/tag/thue/", PAGE, MINUTES, False),
        ("/vi/feed.xml", "application/rss+xml", MINUTES, True),
        ("/en/events/feed.xml", "application/rss+xml", MINUTES, True),
        ("/vi/tag/thue/feed.atom", "application/atom+xml", MINUTES, True),
        ("/vi/feed.json", "application/feed+json", MINUTES, True),
        ("/en/archive/2008/feed.xml", "application/rss+xml", AN_HOUR, True),
        ("/vi/archive/2008/feed.atom", "application/atom+xml", AN_HOUR, True),
        ("/vi/archive/2008/feed.json", "application/feed+json", AN_HOUR, True),
        ("/vi/feeds.opml", "text/x-opml; charset=utf-8", MINUTES, True),
        ("/vi/calendar.ics", "text/calendar; charset=utf-8", MINUTES, True),
        (
            "/vi/2009/10/ngay-hoi-dich-vu-cong/event.ics",
            "text/calendar; charset=utf-8",
            MINUTES,
            True,
        ),
        ("/vi/2009/10/ngay-hoi-dich-vu-cong/oembed.json", "application/json", MINUTES, True),
        ("/archive.json", "application/json", MINUTES, True),
        ("/archive/2008.json", "application/json", MINUTES, True),
        ("/embed/v1.js", "text/javascript; charset=utf-8", AN_HOUR, True),
        ("/embed/1.0.0.js", "text/javascript; charset=utf-8", FOREVER, True),
        ("/theme/site.css?a186d2d0", "text/css; charset=utf-8", FOREVER, False),
        ("/theme/icon.svg?4c364940", "image/svg+xml", FOREVER, False),
        ("/theme/site.woff2?1", "font/woff2", FOREVER, False),
        ("/vi/search/", PAGE, A_MINUTE, False),
        ("/vi/search/2000-2009/pagefind-entry.json", "application/json", MINUTES, True),
        (f"{RUNTIME}wasm.en.pagefind", "application/octet-stream", FOREVER, False),
        (f"{RUNTIME}pagefind.js", "text/javascript; charset=utf-8", FOREVER, False),
        ("/sitemap.xml", "application/xml", MINUTES, False),
        ("/sitemap/en-2026.xml", "application/xml", MINUTES, False),
        ("/robots.txt", "text/plain; charset=utf-8", MINUTES, False),
        ("/2008/02/thong-tu-bieu-mau-dien-tu/toan-van.pdf", "application/pdf", A_DAY, False),
        ("/2008/02/thong-bao/PLAN.PDF", "application/pdf", A_DAY, False),
        ("/2009/10/ngay-hoi-dich-vu-cong/ba-quay-huong-dan.png", "image/png", A_DAY, False),
    ],
)
def test_each_kind_is_served_as_what_it_is(
    server: Server, address: str, media: str, cache: str, shared: bool
) -> None:
    """Media type, caching, and whether scripts on other sites may read it."""
    answer = server.get(address, Origin="https://partner.example")
    assert answer.status == 200
    assert answer.headers["content-type"] == media
    assert answer.headers["cache-control"] == cache
    assert answer.headers["x-content-type-options"] == "nosniff"
    asked = ("access-control-allow-origin", "cross-origin-resource-policy")
    given = [answer.headers.get(name) for name in asked]
    assert given == (["*", "cross-origin"] if shared else [None, None])


def policy(answer: Answer) -> dict[str, str]:
    """The content security policy of an answer, by directive."""
    parts = answer.headers["content-security-policy"].split("; ")
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


def is_frame(address: str) -> bool:
    """Whether an address is of a page below `/LANG/embed/`, that page aside."""
    parts = address.removesuffix("index.html").strip("/").split("/")
    return len(parts) > 2 and parts[0] in ("vi", "en") and parts[1] == "embed"


def is_page(address: str) -> bool:
    """Whether there is a page at an address."""
    return address.endswith(("/", ".html"))


def test_only_frames_may_be_framed(folder: Path, server: Server) -> None:
    """Any site may frame the pages that are made for it; no site any other file."""
    framed = set()
    for address in addresses(folder):
        said = policy(server.get(quote(address)))
        assert said["frame-ancestors"] == ("*" if is_frame(address) else "'none'"), address
        framed |= {address} if said["frame-ancestors"] == "*" else set()
    assert {"/vi/embed/latest/", "/en/embed/bulletins/", "/vi/embed/tag/thue/"} < framed


def test_policies_allow_the_least(folder: Path, server: Server) -> None:
    """Nothing is loaded but from the site itself; frames run no script, files stand in a sandbox,
    and the maker alone shows frames.
    """
    for address in addresses(folder):
        said = policy(server.get(quote(address)))
        assert said["default-src"] == "'none'", address
        assert said["base-uri"] == "'none'", address
        if address.startswith(("/vi/search/", "/en/search/")) and is_page(address):
            assert said.pop("script-src") == "'self' 'wasm-unsafe-eval'", address
        loaded = {said[name] for name in said if name.endswith("-src") and name != "style-src"}
        assert loaded <= {"'none'", "'self'"}, address
    frame = policy(server.get("/vi/embed/tag/thue/"))
    assert "script-src" not in frame
    assert frame["form-action"] == "'none'"
    assert policy(server.get("/vi/embed/"))["frame-src"] == "'self'"
    assert "frame-src" not in policy(server.get("/vi/"))
    assert "sandbox" in policy(server.get("/2008/02/thong-bao/anh.jpg"))
    assert "script-src" not in policy(server.get("/2008/02/thong-bao/anh.jpg"))


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/khong-co/", "404.html"),
        ("/vietnam/", "404.html"),  # begins as a language does
        ("/embed/", "404.html"),  # a folder without a page
        ("/embed/9.9.9.js", "404.html"),
        ("/2008/02/khong-co.pdf", "404.html"),
        ("/vi/khong-co/", "vi/404.html"),
        ("/vi/tag/khong-co/feed.xml", "vi/404.html"),
        ("/en/2031/01/nothing", "en/404.html"),
        ("/en/embed/nothing/", "en/404.html"),
    ],
)
def test_what_is_not_there(folder: Path, server: Server, address: str, page: str) -> None:
    """An address without a file shows the page that says so, in its language if it has one; it is
    kept as briefly as a page is, and may not be framed.
    """
    answer = server.get(address)
    assert (answer.status, answer.body) == (404, (folder / page).read_bytes())
    assert answer.headers["content-type"] == PAGE
    assert rest(dict(answer.headers)) == rest(dict(server.get("/").headers))


@pytest.mark.parametrize(
    "address",
    [
        "/.archive/inventory",
        "/.archive/",
        "/.archive",
        "/%2Earchive/inventory",
        "/vi/../.archive/inventory",
        "/vi//../.archive//inventory",
        "/nginx.conf",
        "/NGINX.CONF",
        "/_headers",
        "/%5Fheaders",
        *(f"/{path}" for path in HIDDEN),
    ],
)
def test_what_is_not_for_readers(server: Server, address: str) -> None:
    """Neither the build's own files nor any hidden one is served."""
    answer = server.get(address)
    assert answer.status == 404
    assert answer.headers["content-type"] == PAGE


@pytest.mark.parametrize("address", ["/vi", "/vi/tag/thue", "/vi/embed"])
def test_a_folder_leads_to_its_page(server: Server, address: str) -> None:
    """The slash that was forgotten is put on, whatever name and port the server has for others."""
    answer = server.get(address)
    assert (answer.status, answer.headers["location"]) == (301, f"{address}/")


@pytest.mark.parametrize(
    "address",
    [
        *("/vi/", "/vi/feed.xml", "/vi/feed.atom", "/vi/feed.json", "/vi/feeds.opml"),
        *("/vi/calendar.ics", "/embed/v1.js", "/theme/site.css", "/sitemap.xml"),
        "/vi/archive/2008/feed.xml",
    ],
)
def test_texts_are_compressed(server: Server, address: str) -> None:
    """Whoever takes gzip gets it, proxies are told of it, and the same text comes out."""
    plain = server.get(address)
    small = server.get(address, Accept_Encoding="gzip", Via="1.1 proxy")
    assert small.headers["content-encoding"] == "gzip"
    assert len(small.body) < len(plain.body)
    assert gzip.decompress(small.body) == plain.body
    assert plain.headers["vary"] == small.headers["vary"] == "Accept-Encoding"
    assert rest(dict(plain.headers)) == rest(dict(small.headers))


def test_what_is_compressed_already_is_not_again(server: Server) -> None:
    """Pictures are sent as they are."""
    answer = server.get("/2008/02/thong-bao/anh.jpg", Accept_Encoding="gzip")
    assert "content-encoding" not in answer.headers


def test_copies_compressed_beforehand_are_sent(folder: Path, server: Server) -> None:
    """A copy that a plugin made is sent in place of one made for each request."""
    copy = folder / "vi/feeds.opml.gz"
    copy.write_bytes(gzip.compress("Tệp nén sẵn".encode()))
    try:
        answer = server.get("/vi/feeds.opml", Accept_Encoding="gzip")
    finally:
        copy.unlink()
    assert gzip.decompress(answer.body) == "Tệp nén sẵn".encode()
    assert answer.headers["content-type"] == "text/x-opml; charset=utf-8"


def test_https_is_promised_if_the_administrator_does(folder: Path, tmp_path: Path) -> None:
    """The line that the file suggests is said with every answer, a 404 too."""
    promise = 'set $archive_https "max-age=31536000";'
    assert promise in (folder / "nginx.conf").read_text(encoding="utf-8")
    with serving(folder, tmp_path, after=promise) as server:
        for address in ("/", "/vi/feed.xml", "/theme/site.css", "/vi/khong-co/"):
            said = server.get(address).headers["strict-transport-security"]
            assert said == "max-age=31536000", address


def test_a_site_below_a_path(tmp_path: Path) -> None:
    """With a path in SITEURL the rules hold below it, and say nothing of what lies beside."""
    trial = Trial(tmp_path, SITEURL="https://tinh.example/luu-tru")
    trial.build()
    root, work = tmp_path / "root", tmp_path / "work"
    shutil.copytree(trial.out, root / "luu-tru")
    (root / "khac.html").write_text("khác")
    work.mkdir()
    found = blocks((trial.out / "_headers").read_text(encoding="utf-8"))
    with serving(root, work, root / "luu-tru/nginx.conf") as server:
        for path in ("", "vi/", "vi/feed.xml", "theme/site.css", "sitemap.xml"):
            address = f"/luu-tru/{path}"
            answer = server.get(address)
            assert answer.status == 200
            for headers_on in HOSTS.values():
                said = headers_on(found, address)
                said.pop("content-type", None)
                assert rest(dict(answer.headers)) == said
        page = (trial.out / "vi/404.html").read_bytes()
        assert server.get("/luu-tru/vi/khong-co/").body == page
        assert server.get("/luu-tru/nginx.conf").status == 404
        assert server.get("/luu-tru/vi").headers["location"] == "/luu-tru/vi/"
        beside = server.get("/khac.html")
        assert (beside.status, rest(dict(beside.headers))) == (200, {})


class Subscriber:
    """A reader of feeds that remembers what it was told of each address, as readers do."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._tags: dict[str, tuple[str, str, str]] = {}

    def poll(self, address: str) -> set[int]:
        """Ask by tag, by the tag of what is compressed, by date; gives the states that answer."""
        get = self._server.get
        tag, compressed, date = self._tags.get(address, ("", "", ""))
        answers = [
            get(address, If_None_Match=tag) if tag else get(address),
            get(address, Accept_Encoding="gzip", **({"If_None_Match": compressed} if tag else {})),
            get(address, If_Modified_Since=date) if tag else get(address),
        ]
        for answer in answers:
            assert answer.status == 200 or answer.body == b""
            assert answer.headers["cache-control"], address
        plain, small, dated = (answer.headers for answer in answers)
        self._tags[address] = (plain["etag"], small["etag"], dated["last-modified"])
        return {answer.status for answer in answers}


def feeds(folder: Path) -> dict[str, bytes]:
    """The feeds of all formats, by address."""
    return {f"/{f.relative_to(folder).as_posix()}": f.read_bytes() for f in folder.rglob("feed.*")}


def test_subscribers_download_what_changed_only(tmp_path: Path) -> None:
    """The second poll is answered by 304, after a build without a change too; after an edit of one
    notice the feeds that hold it are sent anew, and no others.
    """
    trial = Trial(tmp_path, an_archive(12))
    trial.build()
    for file in trial.out.rglob("*.*"):
        os.utime(file, (1_700_000_000, 1_700_000_000))  # as if it was built long ago
    work = tmp_path / "work"
    work.mkdir()
    with serving(trial.out, work) as server:
        subscriber = Subscriber(server)
        known = feeds(trial.out)
        assert len(known) > 10
        assert {state for address in known for state in subscriber.poll(address)} == {200}
        assert {state for address in known for state in subscriber.poll(address)} == {304}
        trial.build()
        assert {state for address in known for state in subscriber.poll(address)} == {304}

        stem = "2008/09/thong-bao-4"
        trial.content.sources[f"{stem}.vi.md"].text = "Đoạn này đã khác."
        trial.build()
        holding = {a for a, data in feeds(trial.out).items() if f"{stem}/vi".encode() in data}
        assert 2 < len(holding) < len(known)
        for address in known:
            assert subscriber.poll(address) == {200 if address in holding else 304}, address
        assert {state for address in known for state in subscriber.poll(address)} == {304}
