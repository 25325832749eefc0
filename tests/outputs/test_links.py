"""Every address in the output leads somewhere: of pages, of feeds, of the sitemap."""

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from tests.conftest import SITE, URL, Build
from tests.outputs.visiting import ADDRESSES, Visit, alternates, canonical, is_redirect, visit

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"

OTHER_SITES = {
    "https://thue.example/mau?a=1&b=2",
    "https://dang-ky.example/su-kien?ten=du-lieu-mo&nam=2026",
    "https://dang-ky.example/tap-huan",
    "mailto:so@lamgiang.example",
}


@pytest.fixture(scope="module", params=["", "/luu-tru"], ids=["host", "folder"])
def visited(
    request: pytest.FixtureRequest,
    pages: Visit,
    build: Build,
    tmp_path_factory: pytest.TempPathFactory,
) -> Visit:
    """`tests/site` at the root of a host, and in a folder of one."""
    if not request.param:
        return pages
    folder = tmp_path_factory.mktemp("folder")
    build(SITE, folder / "out", folder / "cache", SITEURL=URL + request.param)
    return visit(folder / "out", URL + request.param)


def feeds(visited: Visit) -> dict[str, etree._Element]:
    """Every feed of a site, by its address."""
    return {
        f"{visited.url}/{file.relative_to(visited.folder).as_posix()}": etree.parse(file).getroot()
        for file in sorted(visited.folder.rglob("feed.xml"))
    }


def addresses_of_feed(feed: etree._Element) -> Iterator[str]:
    """Every address in a feed: of itself, of its entries, in their texts."""
    for element in feed.iter():
        if element.tag == "link":
            yield element.text
        elif href := element.get("href"):
            yield href
        elif element.tag == CONTENT:
            for linking in BeautifulSoup(element.text, "lxml")(True):
                yield from (str(linking[name]) for name in ADDRESSES if linking.get(name))


def test_links_of_pages_lead_to_files_and_to_elements(visited: Visit) -> None:
    """No page links to nothing; a fragment is the id of an element of the page that it leads to."""
    own = {(a, to) for a in visited.pages for to in visited.links(a) if visited.is_own(to)}
    assert len(own) > 1000
    assert sorted(link for link in own if visited.is_dead(link[1])) == []


def test_links_to_other_sites_are_those_of_the_content(visited: Visit) -> None:
    """No page links to another site on its own account, nor to this host outside the site."""
    links = {to.partition("?subject=")[0] for a in visited.pages for to in visited.links(a)}
    assert {to for to in links if not visited.is_own(to)} == OTHER_SITES


def test_links_of_feeds_lead_to_files_and_to_elements(visited: Visit) -> None:
    """No feed links to nothing, and all its addresses are absolute."""
    links = {(a, to) for a, feed in feeds(visited).items() for to in addresses_of_feed(feed)}
    assert len(links) > 100
    others = {to for _, to in links if not visited.is_own(to)}
    assert others == {"https://thue.example/mau?a=1&b=2"}
    own = [link for link in links if visited.is_own(link[1])]
    assert sorted(link for link in own if visited.is_dead(link[1])) == []


def test_addresses_of_the_sitemap_lead_to_files(visited: Visit) -> None:
    """The sitemap, its parts and robots.txt name files that are there."""
    robots = visited.file(f"{visited.url}/robots.txt").read_text(encoding="utf-8")
    named = [robots.rpartition("Sitemap: ")[2].strip()]
    for file in [visited.folder / "sitemap.xml", *sorted(visited.folder.glob("sitemap/*.xml"))]:
        for element in etree.parse(file).iter():
            named += [element.text] if element.tag.endswith("}loc") else []
            named += [element.get("href")] if element.get("href") else []
    assert len(named) > 200
    assert [to for to in named if not visited.is_own(to) or visited.is_dead(to)] == []


def test_addresses_for_machines_are_absolute(visited: Visit) -> None:
    """Canonical addresses and those of translations are whole, with the host."""
    given = {canonical(page) for page in visited.pages.values()} - {""}
    given |= {to for page in visited.pages.values() for to in alternates(page).values()}
    assert [address for address in given if not address.startswith(f"{visited.url}/")] == []


def test_what_lists_advertises_its_own_feed(visited: Visit) -> None:
    """A page with a feed beside it advertises that feed and no other; the feed is of that page."""
    by_address = feeds(visited)
    for address, page in visited.pages.items():
        if is_redirect(page):
            continue
        here, own = f"{visited.url}{address}", f"{visited.url}{address}feed.xml"
        links = page.select('[type="application/rss+xml"]')
        advertised = {urljoin(here, str(link["href"])) for link in links}
        assert advertised == ({own} & by_address.keys()), address
        if advertised:
            channel = by_address[own].find("channel")
            assert channel.findtext("link") == canonical(page) == here
            assert page.h1.get_text() in channel.findtext("title")


def test_every_feed_is_advertised(visited: Visit) -> None:
    """No feed is beside a page that does not know of it."""
    pages = {feed.removesuffix("feed.xml").removeprefix(visited.url) for feed in feeds(visited)}
    assert len(pages) > 20
    without = pages - visited.pages.keys()
    assert without  # the years, to which the feeds themselves lead
    assert {address.split("/")[2] for address in without} == {"archive"}
