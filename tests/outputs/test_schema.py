"""Tests of `plugins/outputs/notices/schema.py`: a notice as search engines read it."""

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from plugins.model.archive import Archive
from plugins.model.notice import ChangeKind, Event, EventStatus, Moment, Status
from plugins.outputs.notices.schema import event_data
from plugins.outputs.views.graph import graph
from plugins.outputs.views.occasions import occasion_of
from tests.conftest import URL
from tests.model.builders import a_site, an_event, at
from tests.outputs.printing import a_press
from tests.outputs.visiting import Visit, alternates, canonical, described

SCHEMA = "https://schema.org/"
MORNING = Moment(at("2008-03-20 08:00"))
BEFORE = Moment(at("2008-03-01 08:00"))
HOSTILE = '</script><script>alert(1)</script><!-- ]]> & “nguyên văn” \\ " \u2028 𝒳'


def data_of(picture: str = "", **changes: Any) -> dict[str, Any]:
    """What programs are told of an event."""
    edition = an_event(**changes)
    return event_data(occasion_of(a_press(a_site()), edition, ()), picture)


@pytest.mark.parametrize(
    ("status", "previous", "notice", "expected"),
    [
        (EventStatus.SCHEDULED, None, Status.PUBLISHED, "EventScheduled"),
        (EventStatus.POSTPONED, None, Status.PUBLISHED, "EventPostponed"),
        (EventStatus.POSTPONED, BEFORE, Status.PUBLISHED, "EventRescheduled"),
        (EventStatus.CANCELLED, None, Status.PUBLISHED, "EventCancelled"),
        (EventStatus.MOVED_ONLINE, None, Status.PUBLISHED, "EventMovedOnline"),
        (EventStatus.SCHEDULED, None, Status.WITHDRAWN, "EventCancelled"),
    ],
)
def test_status(
    status: EventStatus, previous: Moment | None, notice: Status, expected: str
) -> None:
    """Each state has its word; the name of the event stays its name."""
    event = Event(starts=MORNING, status=status, previous_start=previous)
    data = data_of(event=event, status=notice, title="Hội thảo")
    assert data["eventStatus"] == SCHEMA + expected
    assert data["name"] == "Hội thảo"
    assert data.get("previousStartDate") == (previous and "2008-03-01T08:00+07:00")


@pytest.mark.parametrize(
    ("venue", "channels", "status", "mode", "places"),
    [
        ("Hội trường", (), EventStatus.SCHEDULED, "Offline", {"Place": ["Hội trường"]}),
        ("", ("VOV", "TV"), EventStatus.SCHEDULED, "Online", {"VirtualLocation": ["VOV", "TV"]}),
        (
            "Hội trường",
            ("VTV1",),
            EventStatus.SCHEDULED,
            "Mixed",
            {"Place": ["Hội trường"], "VirtualLocation": ["VTV1"]},
        ),
        (
            "Phòng họp trực tuyến",
            ("hop.example",),
            EventStatus.MOVED_ONLINE,
            "Online",
            {"VirtualLocation": ["Phòng họp trực tuyến", "hop.example"]},
        ),
        ("", (), EventStatus.SCHEDULED, "", {}),
    ],
)
def test_where(
    venue: str, channels: tuple[str, ...], status: EventStatus, mode: str, places: Any
) -> None:
    """A venue is a place, a channel is none; what moved online takes place in no room."""
    event = Event(starts=MORNING, venue=venue, channels=channels, status=status)
    data = data_of(event=event)
    said = data.get("location", [])
    found: dict[str, list[str]] = {}
    for place in said if isinstance(said, list) else [said]:
        found.setdefault(place["@type"], []).append(place["name"])
    assert found == places
    expected = f"{SCHEMA}{mode}EventAttendanceMode" if mode else None
    assert data.get("eventAttendanceMode") == expected


def test_what_is_not_known_is_not_said() -> None:
    """No member is empty: neither end nor organiser nor picture is made up."""
    data = data_of()
    assert {"endDate", "organizer", "image", "previousStartDate", "location"} & data.keys() == set()
    assert all(data.values())
    assert data_of("https://example.org/a.png")["image"] == ["https://example.org/a.png"]


def test_an_organiser_has_an_address_for_mail_if_one_is_given() -> None:
    """With or without an address the organiser is an organisation with a name."""
    event = Event(starts=MORNING, organizer="Sở Thông tin", contact="so@example.org")
    assert data_of(event=event)["organizer"] == {
        "@type": "Organization",
        "name": "Sở Thông tin",
        "email": "so@example.org",
    }


def test_nothing_closes_the_script() -> None:
    """Whatever a title holds, the element ends where it is to end, and says it exactly."""
    element = graph([data_of(title=HOSTILE)])
    page = BeautifulSoup(f"<head>{element}</head><body><p>x", "html5lib")
    assert described(page)["Event"]["name"] == HOSTILE
    assert len(page("script")) == 1
    assert page.body.get_text() == "x"


ATOM = "{http://www.w3.org/2005/Atom}"


def test_every_page_has_the_nodes_of_its_kind(pages: Visit, archive: Archive) -> None:
    """A notice is an article by a publisher, and perhaps an event; a home page tells the site and
    who publishes it; whatever has breadcrumbs tells them.
    """
    editions = {e.address: e for lang in archive.site.languages for e in archive.editions(lang)}
    homes = {f"/{language}/" for language in archive.site.languages}
    for address, page in pages.pages.items():
        edition = editions.get(address)
        expected = {"BreadcrumbList"} if page.select_one(".crumbs") else set()
        expected |= {"WebSite", "GovernmentOrganization"} if address in homes else set()
        expected |= {"NewsArticle", "GovernmentOrganization"} if edition else set()
        expected |= {"Event"} if edition and edition.event else set()
        assert described(page).keys() == expected, address


def test_breadcrumbs_are_those_that_are_shown(pages: Visit) -> None:
    """On every page that has some: the same words and addresses, and the page itself last."""
    found = 0
    for address, page in pages.pages.items():
        links = [(a.get_text(), URL + str(a["href"])) for a in page.select(".crumbs a")]
        if links:
            crumbs = [(item["name"], item["item"]) for item in crumbs_of(described(page))]
            assert crumbs[:-1] == links, address
            assert crumbs[-1][1] == canonical(page), address
            found += 1
    assert found


def test_a_home_page_tells_how_to_search(pages: Visit) -> None:
    """The template of the address is that of the form of search."""
    home = pages.pages["/vi/"]
    action = described(home)["WebSite"]["potentialAction"]
    form = home.select_one("form[role=search]")
    assert form is not None
    assert action["target"]["urlTemplate"] == f"{URL}{form['action']}?q={{search_term_string}}"


def test_nodes_know_each_other(pages: Visit, archive: Archive) -> None:
    """Ids are one of a kind, and every reference leads to a node: of this page or a translation."""
    by_page = {}
    for language in archive.site.languages:
        for edition in archive.editions(language):
            nodes = described(pages.pages[edition.address])
            by_page[edition.address] = nodes
            assert nodes["NewsArticle"]["@id"] == archive.site.absolute(edition.address) + "#Notice"
            assert len({node["@id"] for node in nodes.values()}) == len(nodes)
    everywhere = {node["@id"] for nodes in by_page.values() for node in nodes.values()}
    for nodes in by_page.values():
        own = {node["@id"] for node in nodes.values()}
        article = nodes["NewsArticle"]
        assert article["publisher"]["@id"] in own
        assert article.get("about", article)["@id"] in own
        others = [*article.get("workTranslation", []), *article.get("translationOfWork", [])]
        assert {other["@id"] for other in others} <= everywhere - own


def test_page_and_data_say_the_same(pages: Visit, archive: Archive) -> None:
    """Title, dates, topics, breadcrumbs, corrections, address, language: of every notice."""
    for language in archive.site.languages:
        for edition in archive.editions(language):
            page = pages.pages[edition.address]
            nodes = described(page)
            article = nodes["NewsArticle"]
            assert article["headline"] == page.h1.get_text()
            assert article["url"] == article["mainEntityOfPage"] == canonical(page)
            assert article["inLanguage"] == page.html["lang"]
            times = [str(time["datetime"]) for time in page.select(".origin time")]
            assert [article["datePublished"], article["dateModified"]] == [times[0], times[-1]]
            labels = sorted(tag.get_text() for tag in page.select(".tags a"))
            assert sorted(article.get("keywords", [])) == labels
            crumbs = [(item["name"], item["item"]) for item in crumbs_of(nodes)]
            links = [(a.get_text(), URL + str(a["href"])) for a in page.select(".crumbs a")]
            assert crumbs == [*links, (edition.title, canonical(page))]
            corrected = [c.text for c in edition.changes if c.kind is ChangeKind.CORRECTION]
            assert [c["text"] for c in article.get("correction", [])] == corrected
            translations = {URL + e.address for e in archive.siblings[edition.id]}
            assert translations | {article["url"]} >= set(alternates(page).values())


def crumbs_of(nodes: dict[str, Any]) -> list[dict[str, Any]]:
    """The way from the home page, in its order."""
    items: list[dict[str, Any]] = nodes["BreadcrumbList"]["itemListElement"]
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    return items


def test_feeds_and_data_say_the_same(pages: Visit, archive: Archive, site: Path) -> None:
    """The guid, the author and the times of an entry are those of the article."""
    checked = 0
    for language in archive.site.languages:
        feed = etree.parse(site / language / "feed.atom").getroot()
        for entry in feed.iter(f"{ATOM}entry"):
            url = entry.find(f"{ATOM}link[@rel='alternate'][@type='text/html']").get("href")
            nodes = described(pages.page(url))
            article, publisher = nodes["NewsArticle"], nodes["GovernmentOrganization"]
            assert article["identifier"][0] == entry.findtext(f"{ATOM}id")
            author = article["author"].get("name") or publisher["name"]
            assert author == entry.findtext(f"{ATOM}author/{ATOM}name")
            for name, tag in (("datePublished", "published"), ("dateModified", "updated")):
                said = str(entry.findtext(f"{ATOM}{tag}"))
                assert article[name] == re.sub(r":\d\d(?=[+-]\d\d:)", "", said)
            checked += 1
    assert checked > 20


def test_what_is_withdrawn_says_so(pages: Visit) -> None:
    """Without a summary of what no longer stands."""
    article = described(pages.pages["/en/2026/03/part-time-editors-wanted/"])["NewsArticle"]
    assert article["creativeWorkStatus"] == "Withdrawn"
    assert "description" not in article


def test_a_document_has_its_number(pages: Visit) -> None:
    """Beside the guid; and its issuer is its author."""
    article = described(pages.pages["/vi/2008/02/thong-tu-bieu-mau-dien-tu/"])["NewsArticle"]
    assert article["identifier"][1:] == ["12/2008/TT-BTTTT"]
    assert article["author"] == {"@type": "Organization", "name": "Bộ Tin tức và Truyền thông"}
