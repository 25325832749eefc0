"""Tests of `theme/embed/`: the element in a real browser, on pages of another origin."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.consumers.feeds import AN_EVENT, HOME, a_feed, an_item, answer
from tests.consumers.hosts import OPEN, Answer, Host

FEED = "/vi/tag/thue/feed.json"
FALLBACK = "Thông báo về thuế"


def element(archive: Host, path: str = FEED, **attributes: str) -> str:
    """The element as a partner writes it."""
    given = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return (
        f'<announcement-feed src="{archive.url}{path}"{given}>'
        f'<a href="{HOME}">{FALLBACK}</a></announcement-feed>'
    )


def script(archive: Host, name: str = "1.0.0") -> str:
    """The script as a partner writes it."""
    return f'<script src="{archive.url}/embed/{name}.js" crossorigin="anonymous" defer></script>'


def publish(partner: Host, *body: str, head: str = "", **headers: str) -> str:
    """Give the partner a page, and the page's address."""
    html = (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8">{head}</head>'
        f"<body>{''.join(body)}</body></html>"
    )
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    partner.answers["/page"] = Answer(html.encode(), headers=sent)
    return f"{partner.url}/page"


def opened(page: Page, archive: Host, partner: Host, feed: object, **attributes: str) -> Locator:
    """The list of an element on a plain page."""
    archive.answers[FEED] = answer(feed)
    page.goto(publish(partner, script(archive), element(archive, **attributes)))
    expect(page.get_by_role("listitem").first).to_be_visible()
    return page.get_by_role("list")


def held_back(page: Page) -> list[Route]:
    """Let the feed be asked for and never answered: gives what waits for an answer."""
    waiting: list[Route] = []

    def keep(route: Route) -> None:
        waiting.append(route)

    page.route(f"**{FEED}", keep)
    return waiting


def stopped(page: Page) -> None:
    """Stop the clock of the pages to come; it goes on where a test says so."""
    page.clock.install(time=0)
    page.clock.pause_at(1_000)


def settled(page: Page) -> None:
    """Wait until what was begun is shown: a request that comes later has been answered."""
    page.evaluate("() => fetch(location.href).then(answer => answer.text())")


def style(locator: Locator, name: str) -> str:
    """A computed property."""
    return str(locator.evaluate("(e, name) => getComputedStyle(e).getPropertyValue(name)", name))


def test_it_lists_the_newest_entries(page: Page, archive: Host, partner: Host) -> None:
    """The list is named by a heading; links lead to the notices, newest first, with their dates."""
    listed = opened(page, archive, partner, a_feed(), limit="3", heading_level="2")
    expect(listed).to_have_accessible_name("Thuế – Lam Giang")
    expect(listed).to_have_attribute("role", "list")  # without it, Safari hides a list unmarked
    heading = page.get_by_role("heading", level=2, name="Thuế – Lam Giang")
    expect(heading.get_by_role("link")).to_have_attribute("href", HOME)
    links = listed.get_by_role("link")
    items = a_feed()["items"][:3]
    assert links.all_inner_texts() == [item["title"] for item in items]
    assert [link.get_attribute("href") for link in links.all()] == [i["url"] for i in items]
    times = listed.locator("time")
    dates = [time.get_attribute("datetime") for time in times.all()]
    assert dates == [item["date_published"] for item in items]
    assert times.all_inner_texts()[0] == "28 tháng 5, 2026"
    expect(page.get_by_text(FALLBACK)).to_be_hidden()


def test_five_entries_below_a_third_heading(page: Page, archive: Host, partner: Host) -> None:
    """Without attributes there are five entries and a heading of the third level."""
    listed = opened(page, archive, partner, a_feed())
    expect(listed.get_by_role("listitem")).to_have_count(5)
    expect(page.get_by_role("heading", level=3)).to_be_visible()


@pytest.mark.parametrize(
    ("limit", "shown"), [("2", 2), ("0", 1), ("-3", 1), ("viele", 5), ("1000", 7), ("", 5)]
)
def test_a_limit_is_a_number_within_bounds(
    page: Page, archive: Host, partner: Host, limit: str, shown: int
) -> None:
    """A limit that is none counts as five; there is no list of nothing."""
    listed = opened(page, archive, partner, a_feed(), limit=limit)
    expect(listed.get_by_role("listitem")).to_have_count(shown)


def test_each_entry_is_in_its_language(page: Page, archive: Host, partner: Host) -> None:
    """List and entries say their language, and dates are worded in it, in the archive's zone."""
    listed = opened(page, archive, partner, a_feed(an_item(0), AN_EVENT))
    item = listed.get_by_role("listitem")
    languages = [entry.evaluate("e => e.closest('[lang]').lang") for entry in item.all()]
    assert languages == ["vi", "en"]
    assert page.get_by_role("heading").evaluate("e => e.closest('[lang]').lang") == "vi"
    assert item.nth(0).locator("time").all_inner_texts() == ["28 tháng 5, 2026"]
    days, event = item.nth(1).locator("time").all_inner_texts()
    assert days == "May 25, 2026"
    assert event.replace("\u202f", " ") == "June 10, 2026 at 2:00 PM"
    expect(item.nth(1)).to_contain_text("Nhà văn hóa Bến Chợ")


def test_a_feed_of_this_archive_is_worded_as_its_pages(
    page: Page, archive: Host, partner: Host, site: Path
) -> None:
    """Days, spans and states are those of the frame of the same list, to the letter."""
    feed = json.loads((site / "vi/events/feed.json").read_bytes())
    listed = opened(page, archive, partner, feed, limit="50")
    shown = [" ".join(text.split()).casefold() for text in listed.locator("time").all_inner_texts()]
    frame = BeautifulSoup((site / "vi/embed/events/index.html").read_bytes(), "lxml")
    worded = [" ".join(time.get_text().split()).casefold() for time in frame.select("li time")]
    assert shown == worded
    assert any("đến" in text for text in shown)
    expect(listed).to_contain_text("Chuyển sang trực tuyến")


def test_a_day_has_no_time(page: Page, archive: Host, partner: Host) -> None:
    """An event of whole days is announced by its day."""
    event = an_item(1, _event={"starts": "2026-06-10", "status": "scheduled"})
    listed = opened(page, archive, partner, a_feed(event))
    assert listed.locator("time").all_inner_texts()[1] == "10 tháng 6, 2026"


POLICIES = {
    "content": "default-src 'none'; script-src {0}; connect-src {0}; base-uri 'none'",
    "types": "require-trusted-types-for 'script'; trusted-types 'none'",
}


@pytest.mark.parametrize("policies", [["content"], ["types"], ["content", "types"]])
def test_strict_policies_block_nothing(
    page: Page, archive: Host, partner: Host, policies: list[str]
) -> None:
    """It is listed and styled where nothing inline is allowed and no HTML may be injected."""
    violations: list[str] = []
    page.on("console", lambda said: said.type == "error" and violations.append(said.text))
    policy = "; ".join(POLICIES[name] for name in policies).format(archive.url)
    archive.answers[FEED] = answer(a_feed())
    body = (script(archive), element(archive))
    page.goto(publish(partner, *body, Content_Security_Policy=policy))
    expect(page.get_by_role("listitem")).to_have_count(5)
    assert style(page.get_by_role("list"), "list-style-type") == "none"
    assert violations == []


def test_the_policies_of_these_tests_do_block(page: Page, partner: Host) -> None:
    """The pages above would not run what they forbid."""
    policy = "; ".join(POLICIES.values()).format("https://example.org")
    body = "<p style='color: red'>x</p><script>document.title = 'ran'</script>"
    page.goto(publish(partner, body, Content_Security_Policy=policy))
    assert style(page.locator("p"), "color") == "rgb(0, 0, 0)"
    assert page.title() == ""


HOSTILE = """<style>
* { color: #fefefe !important; font: 3px/0 cursive !important; letter-spacing: 2em !important;
    text-transform: uppercase !important; text-indent: -999px !important; direction: rtl;
    white-space: nowrap !important; word-spacing: 5em; visibility: hidden; text-align: right }
a, li, ul, h3, time, p { display: none !important; position: fixed !important; opacity: 0 }
</style>"""


def test_hostile_styles_do_not_reach_it(page: Page, archive: Host, partner: Host) -> None:
    """Neither rules for all elements nor what is inherited changes how the list looks."""
    names = (
        *("color", "font-size", "font-family", "line-height", "letter-spacing", "text-transform"),
        *("text-indent", "white-space", "visibility", "direction", "text-align", "display"),
    )

    def looks() -> list[list[str]]:
        parts = (page.get_by_role(r).first for r in ("heading", "list", "listitem"))
        link = page.locator("announcement-feed li a").first
        return [[style(part, name) for name in names] for part in (*parts, link)]

    opened(page, archive, partner, a_feed())
    usual = looks()
    page.goto(publish(partner, script(archive), element(archive), head=HOSTILE))
    expect(page.get_by_role("listitem")).to_have_count(5)
    assert looks() == usual


LONG = "Nghiêngnghiễng" * 12
"""A title without a place to break."""


def test_it_fits_a_narrow_column(page: Page, archive: Host, partner: Host) -> None:
    """At 280 pixels nothing is cut off or sticks out, not even a word without end."""
    page.set_viewport_size({"width": 280, "height": 600})
    opened(page, archive, partner, a_feed(an_item(0, title=LONG), AN_EVENT, title=LONG))
    assert page.evaluate("document.documentElement.scrollWidth") == 280
    assert page.locator("announcement-feed").evaluate("e => e.scrollWidth <= e.clientWidth")
    for link in page.locator("announcement-feed").get_by_role("link").all():
        assert link.evaluate("e => e.getBoundingClientRect().right") <= 280


def test_elements_of_one_address_share_one_fetch(page: Page, archive: Host, partner: Host) -> None:
    """Three lists on a page ask once for each address; each keeps its own limit."""
    archive.answers[FEED] = answer(a_feed())
    archive.answers["/en/feed.json"] = answer(a_feed(title="Other", language="en"))
    limits = ("1", "2", "3")
    body = [element(archive, limit=limit) for limit in limits]
    page.goto(publish(partner, script(archive), *body, element(archive, "/en/feed.json")))
    expect(page.get_by_role("listitem")).to_have_count(1 + 2 + 3 + 5)
    counts = [one.get_by_role("listitem").count() for one in page.get_by_role("list").all()]
    assert counts == [1, 2, 3, 5]
    assert sorted(path for path in archive.paths() if path.endswith(".json")) == [
        "/en/feed.json",
        FEED,
    ]


def test_an_element_that_comes_later_asks_nothing(page: Page, archive: Host, partner: Host) -> None:
    """A list that a page adds afterwards, or moves, is filled from what is there."""
    opened(page, archive, partner, a_feed())
    page.evaluate("""() => {
        const first = document.querySelector("announcement-feed");
        document.body.append(first.cloneNode(true));
        document.body.append(first);
    }""")
    expect(page.get_by_role("listitem")).to_have_count(10)
    assert archive.paths().count(FEED) == 1


def luminance(colour: str) -> float:
    """The relative luminance (WCAG 2.2) of `rgb(r, g, b)`."""
    parts = (int(part) / 255 for part in colour[4:-1].split(","))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio (WCAG 2.2) of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("host", "reader", "is_dark"),
    [
        ("light dark", "light", False),
        ("light dark", "dark", True),
        ("dark", "light", True),
        ("light", "dark", False),
        ("normal", "dark", False),  # a page that says nothing of dark is a light page
    ],
)
def test_it_is_dark_where_the_page_is(
    page: Page, archive: Host, partner: Host, host: str, reader: Any, is_dark: bool
) -> None:
    """It follows the scheme that page and reader agree on, and can be read in either."""
    page.emulate_media(color_scheme=reader)
    archive.answers[FEED] = answer(a_feed(an_item(0), AN_EVENT))
    head = f"<style>html {{ color-scheme: {host} }}</style>"
    page.goto(publish(partner, script(archive), element(archive), head=head))
    listed = page.get_by_role("list")
    expect(listed).to_be_visible()
    paper = style(page.locator("announcement-feed .feed"), "background-color")
    assert (luminance(paper) < 0.05) == is_dark
    for part in ("li a", "p.date", "[part=event]", "h3"):
        ink = style(page.locator(f"announcement-feed {part}").first, "color")
        assert contrast(ink, paper) > 4.5, part


def test_forced_colours_are_the_readers(page: Page, archive: Host, partner: Host) -> None:
    """With forced colours, links, text and ground have the colours that the reader chose."""
    page.emulate_media(forced_colors="active")
    archive.answers[FEED] = answer(a_feed())
    plain = '<p id="plain">Text <a href="https://example.org/">link</a></p>'
    page.goto(publish(partner, plain, script(archive), element(archive)))
    expect(page.get_by_role("list")).to_be_visible()
    feed = page.locator("announcement-feed .feed")
    assert style(feed.locator("li a").first, "color") == style(page.locator("#plain a"), "color")
    assert style(feed.locator(".date").first, "color") == style(page.locator("#plain"), "color")
    ground = page.evaluate("""() => {
        document.body.style.background = "Canvas";
        return getComputedStyle(document.body).backgroundColor;
    }""")
    assert style(feed, "background-color") == ground
    assert style(feed, "border-top-style") == "solid"


def test_every_link_is_reached_by_keyboard(page: Page, archive: Host, partner: Host) -> None:
    """Tab goes through heading and list in the order that is seen, and the focus is seen."""
    listed = opened(page, archive, partner, a_feed(), limit="2")
    expected = ["Thuế – Lam Giang", *listed.get_by_role("link").all_inner_texts()]
    reached = []
    for _ in expected:
        page.keyboard.press("Tab")
        active = page.evaluate_handle(
            "document.querySelector('announcement-feed').shadowRoot.activeElement"
        )
        reached.append(active.evaluate("e => e.textContent"))
        assert active.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert reached == expected


BROKEN = {
    "not found": Answer(b"{}", "application/json", 404, OPEN),
    "broken": Answer(b"{}", "application/json", 500, OPEN),
    "not readable for others": Answer(json.dumps(a_feed()).encode(), "application/json"),
    "not JSON": Answer(b"<!doctype html><title>Login</title>", headers=OPEN),
    "cut off": Answer(json.dumps(a_feed()).encode()[:-20], "application/json", headers=OPEN),
    "a list": answer([]),
    "null": answer(None),
    "no items": answer({"version": "https://jsonfeed.org/version/1.1", "title": "x"}),
    "items of another kind": answer(a_feed() | {"items": {"0": an_item(0)}}),
    "empty": answer(a_feed() | {"items": []}),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_the_link_stays_while_there_is_no_feed(
    page: Page, archive: Host, partner: Host, broken: str
) -> None:
    """Whatever a host says instead of a feed, readers keep the partner's own link."""
    archive.answers[FEED] = BROKEN[broken]
    with page.expect_event(
        "requestfinished" if "readable" not in broken else "requestfailed",
        lambda request: request.url.endswith(FEED),
    ):
        page.goto(publish(partner, script(archive), element(archive)))
    settled(page)
    expect(page.get_by_role("link", name=FALLBACK)).to_be_visible()
    expect(page.get_by_role("listitem")).to_have_count(0)


@pytest.mark.parametrize(
    "src", ["javascript:alert(1)", "data:application/json,{}", "blob:x", "http://[", ""]
)
def test_a_source_that_is_no_web_address_is_not_asked(
    page: Page, archive: Host, partner: Host, src: str
) -> None:
    """The link stays, and nothing is fetched."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    body = element(archive).replace(f"{archive.url}{FEED}", src)
    page.goto(publish(partner, script(archive), body))
    settled(page)
    expect(page.get_by_role("link", name=FALLBACK)).to_be_visible()
    assert [url for url in asked if not url.endswith(("/page", ".js", ".ico"))] == []


def test_without_script_there_is_the_link(
    context: BrowserContext, page: Page, archive: Host, partner: Host
) -> None:
    """A page that filters scripts shows the partner's own link."""
    page.goto(publish(partner, element(archive)))
    expect(page.get_by_role("link", name=FALLBACK)).to_be_visible()


def test_a_slow_feed_is_given_up(page: Page, archive: Host, partner: Host) -> None:
    """After eight seconds the request ends, and the link stays for good."""
    failed: list[str] = []
    stopped(page)
    waiting = held_back(page)
    page.on("requestfailed", lambda request: failed.append(request.url))
    with page.expect_request(f"**{FEED}"):
        page.goto(publish(partner, script(archive), element(archive)))
    page.clock.run_for(7_999)
    assert failed == []
    with page.expect_event("requestfailed"):
        page.clock.run_for(1)
    expect(page.get_by_role("link", name=FALLBACK)).to_be_visible()
    expect(page.get_by_role("listitem")).to_have_count(0)
    assert len(waiting) == 1


def test_a_feed_that_comes_in_time_is_shown(page: Page, archive: Host, partner: Host) -> None:
    """Until it is there, readers have the link; a time limit that is past does not undo a list."""
    stopped(page)
    waiting = held_back(page)
    with page.expect_request(f"**{FEED}"):
        page.goto(publish(partner, script(archive), element(archive)))
    expect(page.get_by_role("link", name=FALLBACK)).to_be_visible()
    page.clock.run_for(5_000)
    waiting[0].fulfill(json=a_feed(), headers=dict(OPEN))
    expect(page.get_by_role("listitem")).to_have_count(5)
    page.clock.run_for(60_000)
    expect(page.get_by_role("listitem")).to_have_count(5)


EVIL = [
    an_item(0, url="javascript:document.title='ran'", title="by script"),
    an_item(1, url="data:text/html,<script>1</script>", title="by data"),
    an_item(2, url=" JaVaScRiPt:alert(1)", title="by case"),
    an_item(3, url={"href": "https://example.org/"}, title="by object"),
    an_item(4, title="", summary=None),
    None,
    "https://example.org/",
    [],
    an_item(5, title="<img src=x onerror=\"document.title='ran'\"><b>bold</b>"),
    an_item(6, title="Rất dài " * 100_000),
    an_item(7, title="\u202eevil\u202e", date_published="2026-02-31T99:99"),
    an_item(8, language="x-" + "y" * 5_000, date_published={"$date": 1}, _event="soon"),
    an_item(9, language="'\">", _event={"starts": "<b>", "venue": "<i>x</i>"}),
    an_item(10, _event={"starts": "2026-06-10", "venue": ["<i>x</i>"]}),
]


def test_an_evil_feed_does_nothing(page: Page, archive: Host, partner: Host) -> None:
    """No link but of the web, no HTML of a title, no title without end, no error."""
    listed = opened(page, archive, partner, a_feed(*EVIL, title="<h1>Evil</h1>"), limit="50")
    titles = listed.get_by_role("link").all_inner_texts()
    assert titles[0] == EVIL[8]["title"]
    assert len(titles) == 6
    assert max(map(len, titles)) <= 301
    for link in page.get_by_role("link").all():
        assert urlsplit(link.get_attribute("href") or "").scheme == "https"
    assert page.locator("announcement-feed").locator("img, b, i, h1, script").count() == 0
    assert page.title() == ""


def test_a_feed_whose_own_page_is_evil_has_a_plain_heading(
    page: Page, archive: Host, partner: Host
) -> None:
    """The heading is a link only if that leads to the web."""
    opened(page, archive, partner, a_feed(home_page_url="javascript:alert(1)"))
    expect(page.get_by_role("heading", name="Thuế – Lam Giang")).to_be_visible()
    expect(page.get_by_role("heading").get_by_role("link")).to_have_count(0)


def test_a_thousand_entries_are_not_shown(page: Page, archive: Host, partner: Host) -> None:
    """Fifty are shown at most."""
    feed = a_feed(*[an_item(number) for number in range(1_000)])
    listed = opened(page, archive, partner, feed, limit="1000")
    expect(listed.get_by_role("listitem")).to_have_count(50)


def test_attributes_can_change(page: Page, archive: Host, partner: Host) -> None:
    """Another limit, heading or address is shown at once; one without a feed brings the link."""
    archive.answers["/en/feed.json"] = answer(a_feed(title="Other", language="en"))
    opened(page, archive, partner, a_feed())
    one = page.locator("announcement-feed")

    def change(name: str, value: str) -> None:
        one.evaluate("(e, [name, value]) => e.setAttribute(name, value)", [name, value])

    change("limit", "2")
    expect(page.get_by_role("listitem")).to_have_count(2)
    change("heading-level", "5")
    expect(page.get_by_role("heading", level=5)).to_be_visible()
    assert archive.paths().count(FEED) == 1
    change("src", f"{archive.url}/en/feed.json")
    expect(page.get_by_role("heading", name="Other")).to_be_visible()
    change("src", f"{archive.url}/nothing.json")
    expect(page.get_by_role("link", name=FALLBACK)).to_be_visible()
    expect(page.get_by_role("listitem")).to_have_count(0)


def test_what_was_asked_first_does_not_come_last(page: Page, archive: Host, partner: Host) -> None:
    """An answer that comes after the address has changed is shown by those only who wait for it."""
    waiting = held_back(page)
    archive.answers["/en/feed.json"] = answer(a_feed(title="Other", language="en"))
    with page.expect_request(f"**{FEED}"):
        page.goto(publish(partner, script(archive), element(archive), element(archive)))
    both = page.locator("announcement-feed")
    both.first.evaluate("(e, src) => e.setAttribute('src', src)", f"{archive.url}/en/feed.json")
    expect(both.first.get_by_role("heading")).to_have_text("Other")
    waiting[0].fulfill(json=a_feed(), headers=dict(OPEN))
    expect(both.last.get_by_role("heading")).to_have_text("Thuế – Lam Giang")
    expect(both.first.get_by_role("heading")).to_have_text("Other")


def test_removal_ends_the_work(page: Page, archive: Host, partner: Host) -> None:
    """The request ends with the last element that waits for it, not before."""
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    stopped(page)
    held_back(page)
    with page.expect_request(f"**{FEED}"):
        page.goto(publish(partner, script(archive), element(archive), element(archive)))
    remove = "document.querySelector('announcement-feed').remove()"
    page.evaluate(remove)
    settled(page)
    assert failed == []
    with page.expect_event("requestfailed"):
        page.evaluate(remove)


def test_it_leaves_no_trace(
    context: BrowserContext, page: Page, archive: Host, partner: Host
) -> None:
    """It sends no cookie and no referrer, stores nothing, and asks no other host."""
    context.add_cookies([{"name": "session", "value": "secret", "url": partner.url}])
    hosts: set[str] = set()
    context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    opened(page, archive, partner, a_feed())
    settled(page)
    assert [path for path, headers in partner.asked if headers["Cookie"]]  # it would be sent
    (sent,) = [headers for path, headers in archive.asked if path == FEED]
    assert (sent["Cookie"], sent["Referer"], sent["Authorization"]) == (None, None, None)
    assert hosts == {urlsplit(host.url).netloc for host in (archive, partner)}
    assert [cookie["name"] for cookie in context.cookies()] == ["session"]
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("caches.keys()") == []


def test_a_click_tells_no_referrer(page: Page, archive: Host, partner: Host) -> None:
    """Who follows a link does not tell from where."""
    archive.answers["/vi/2026/05/a/"] = Answer(b"<!doctype html><title>A</title>")
    item = an_item(0, url=f"{archive.url}/vi/2026/05/a/")
    listed = opened(page, archive, partner, a_feed(item))
    listed.get_by_role("link").click()
    expect(page).to_have_title("A")
    (sent,) = [headers for path, headers in archive.asked if path == "/vi/2026/05/a/"]
    assert sent["Referer"] is None


def test_two_scripts_on_a_page_are_one(page: Page, archive: Host, partner: Host) -> None:
    """A page that names two versions, or one twice, works."""
    archive.answers["/embed/v1.js"] = archive.answers["/embed/1.0.0.js"]
    archive.answers[FEED] = answer(a_feed())
    scripts = (script(archive), script(archive, "v1"))
    page.goto(publish(partner, *scripts, element(archive)))
    expect(page.get_by_role("listitem")).to_have_count(5)


STYLED = """<style>
announcement-feed {
  --announcement-feed-ink: rgb(1, 1, 1); --announcement-feed-quiet: rgb(2, 2, 2);
  --announcement-feed-link: rgb(3, 3, 3); --announcement-feed-line: rgb(4, 4, 4);
  --announcement-feed-paper: rgb(5, 5, 5); --announcement-feed-font: monospace;
}
announcement-feed::part(feed) { z-index: 1 }
announcement-feed::part(heading) { z-index: 2 }
announcement-feed::part(list) { z-index: 3 }
announcement-feed::part(item) { z-index: 4 }
announcement-feed::part(link) { z-index: 5 }
announcement-feed::part(date) { z-index: 6 }
announcement-feed::part(event) { z-index: 7 }
</style>"""


def test_a_partner_can_style_it(page: Page, archive: Host, partner: Host) -> None:
    """The documented properties and parts, all of them, do what they say."""
    archive.answers[FEED] = answer(a_feed(AN_EVENT))
    page.goto(publish(partner, script(archive), element(archive), head=STYLED))
    expect(page.get_by_role("list")).to_be_visible()
    feed = page.locator("announcement-feed .feed")
    assert style(feed, "color") == "rgb(1, 1, 1)"
    assert style(feed.locator(".date"), "color") == "rgb(2, 2, 2)"
    assert style(feed.locator("li a"), "color") == "rgb(3, 3, 3)"
    assert style(feed, "border-top-color") == "rgb(4, 4, 4)"
    assert style(feed.locator("li"), "border-top-color") == "rgb(4, 4, 4)"
    assert style(feed, "background-color") == "rgb(5, 5, 5)"
    assert style(feed, "font-family") == "monospace"
    parts = page.locator("announcement-feed [part]").all()
    reached = {part.get_attribute("part"): style(part, "z-index") for part in parts}
    names = ("feed", "heading", "list", "item", "link", "date", "event")
    assert reached == {name: str(number) for number, name in enumerate(names, 1)}
