"""Tests of `plugins/publishing/diff`: what is noticed when one state takes the place of another."""

from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from plugins.model.manifest import Item, Occurrence, Standing
from plugins.publishing.diff.changes import Changes, Files, Sizes, diff
from plugins.publishing.diff.feeds import Followed
from plugins.publishing.diff.promises import PROMISES, RENOTIFIED, broken_promises
from plugins.publishing.diff.published import NOTHING
from plugins.speaking import speech
from tests.publishing.states import a_state, an_event, an_item, changed, files_of

ONE, OTHER = an_item(), an_item("2025/01/cu")


def between(before: list[Item], after: list[Item], **others: Any) -> Changes:
    """What changes from some editions to others."""
    return diff(a_state(*before, **others), a_state(*after, **others))


def broken(changes: Changes) -> dict[str, tuple[str, ...]]:
    """The promises that break, with what they concern."""
    return {promise.name: promise.concerns for promise in broken_promises(changes)}


def feed(changes: Changes, address: str = "/vi/") -> Followed:
    """What becomes of the feed beside a page."""
    return next(feed for feed in changes.feeds if feed.address == address)


def titles(entries: tuple[Any, ...]) -> list[str]:
    """The last parts of the addresses of entries, in their order."""
    return [entry.address.split("/")[-2] for entry in entries]


def test_what_is_the_same_changes_nothing() -> None:
    """Two states in the same words: nobody notices anything."""
    changes = between([ONE, OTHER], [OTHER, ONE])
    assert changes.is_none
    assert broken(changes) == {}


def test_the_first_publication_breaks_nothing() -> None:
    """Everything is new, and no promise was given."""
    changes = diff(NOTHING, a_state(ONE))
    assert changes.is_first
    assert [page.address for page in changes.pages.new] == [ONE.address]
    assert broken(changes) == {}


def test_a_new_notice() -> None:
    """It is a new page, a new entry in its feeds, and more notices than before."""
    changes = between([OTHER], [OTHER, ONE])
    assert [page.title for page in changes.pages.new] == [ONE.title]
    assert [(f.address, titles(f.new), f.again) for f in changes.feeds] == [
        ("/vi/", ["tin"], ()),
        ("/vi/bulletins/", ["tin"], ()),
    ]
    assert changes.notices == Sizes(1, 2)
    assert broken(changes) == {}


@pytest.mark.parametrize(
    ("others", "ways"),
    [
        ({}, ("text",)),
        ({"title": "Khác"}, ("title", "text")),
        ({"updated": "2026-04-01T00:00:00Z"}, ("told again", "text")),
        ({"status": "withdrawn"}, ("withdrawn", "text")),
        ({"published": "2026-03-16T02:00:00Z"}, ("date", "text")),
        ({"tags": ("thue",)}, ("category or tags", "text")),
        ({"translations": {"en": "/en/2026/03/news/"}, "digest": "0"}, ("translations",)),
    ],
)
def test_a_changed_notice_says_how(others: dict[str, Any], ways: tuple[str, ...]) -> None:
    """Each way in which it is another is named."""
    (page,) = between([ONE], [changed(ONE, **others)]).pages.changed
    assert page.ways == ways


def test_a_notice_that_is_gone_breaks_its_address() -> None:
    """Nothing leads on from there; there are fewer notices; the feed drops it."""
    changes = between([ONE, OTHER], [OTHER])
    assert [page.address for page in changes.pages.gone] == [ONE.address]
    assert titles(feed(changes).dropped) == ["tin"]
    found = broken(changes)
    assert found.keys() == {"fewer-notices", "address-gone"}
    assert found["address-gone"] == (ONE.address,)


def test_a_withdrawal_keeps_its_address_and_takes_its_files() -> None:
    """It breaks no promise."""
    before = replace(ONE, files=("/2026/03/tin/toan-van.pdf",))
    after = changed(before, status="withdrawn", files=())
    assert broken(between([before], [after])) == {}


def test_an_attachment_that_is_gone_is_told() -> None:
    """One that another notice still has is not."""
    files = ("/2026/03/tin/a%20b.pdf", "/2026/03/tin/c.pdf")
    before, other = replace(ONE, files=files), replace(OTHER, files=files[1:])
    changes = between([before, other], [changed(before, files=()), other])
    assert broken(changes) == {"file-gone": (files[0],)}


def test_what_was_withdrawn_stays_so() -> None:
    """It is told if it would be public again, and only then."""
    before = replace(ONE, status="withdrawn")
    again = broken(between([before], [changed(ONE)]))
    assert again == {"withdrawn-again": (f"{ONE.address}  {ONE.title}",)}
    assert broken(between([before], [changed(before, title="Khác")])) == {}


def test_a_clock_that_is_behind_is_told_first() -> None:
    """Before the instant of what was published or told last; then the clock may be right."""
    told = replace(OTHER, updated="2026-05-01T00:00:00Z")
    for now, names in (
        ("2026-05-01T06:59:59+07:00", ["clock-behind", "fewer-notices", "address-gone"]),
        ("2026-05-01T07:00:00+07:00", ["fewer-notices", "address-gone"]),
    ):
        changes = diff(a_state(ONE, told), a_state(told), datetime.fromisoformat(now))
        assert list(broken(changes)) == names
    changes = diff(a_state(told), a_state(), datetime.fromisoformat("2026-05-01T06:59:59+07:00"))
    said = broken_promises(changes)[0].said(speech("en"))
    assert "it is 2026-05-01 06:59:59 by it" in said
    assert "is of 2026-05-01 07:00:00 already" in said
    assert broken(diff(NOTHING, a_state(ONE), datetime.fromisoformat("2001-01-01T00:00Z"))) == {}


def test_a_move_with_an_alias_breaks_nothing() -> None:
    """The old address leads on; the entry changes in silence."""
    moved = changed(ONE, address="/vi/2026/03/moi/", former=(ONE.address,))
    changes = between([ONE], [moved])
    assert changes.pages.changed[0].was_at == ONE.address
    assert titles(feed(changes).silent) == ["moi"]
    assert broken(changes) == {}


@pytest.mark.parametrize("former", ["/tin/6.html", "/tin/c%C5%A9", "/tin/6/"])
def test_an_alias_that_is_gone_is_told(former: str) -> None:
    """What led on leads nowhere."""
    before = replace(ONE, former=(former,))
    assert broken(between([before], [changed(ONE)])) == {"address-gone": (former,)}
    other_form = changed(ONE, former=(former.replace("%C5%A9", "ũ"),))
    assert broken(between([before], [other_form])) == {}


def test_another_id_at_an_address_is_told() -> None:
    """Subscribers would get it anew: it is unread again, not new, and nothing is dropped."""
    after = changed(ONE, id="2026/04/tin", guid="tag:example.org,2026:2026/04/tin/vi")
    changes = between([ONE], [after])
    assert changes.pages.new == changes.pages.gone == ()
    assert titles(feed(changes).again) == ["tin"]
    assert feed(changes).new == feed(changes).dropped == ()
    (concern,) = broken(changes)["id-changed"]
    assert concern == f"{ONE.address} ({ONE.guid} → {after.guid})"


def test_two_editions_that_change_places_are_told() -> None:
    """Both addresses are there, with somebody else at each."""
    one, other = ONE, an_item("2026/04/tin")
    swapped = [changed(one, address=other.address), changed(other, address=one.address)]
    assert len(broken(between([one, other], swapped))["id-changed"]) == 2


def test_a_tag_that_loses_its_last_notice_is_told() -> None:
    """Its pages, its feeds and its calendars would be gone in all languages."""
    tagged = replace(ONE, tags=("thue",))
    found = broken(between([tagged], [changed(ONE)]))
    assert found["address-gone"] == ("/en/tag/thue/", "/vi/tag/thue/")
    assert "/vi/tag/thue/feed.atom" in found["feed-gone"]
    assert "/en/tag/thue/calendar.ics" in found["feed-gone"]
    assert len(found["feed-gone"]) == 2 * 4


def test_former_slugs_keep_pages_and_feeds() -> None:
    """A tag with another slug breaks nothing, if the old one is known."""
    before = a_state(replace(ONE, tags=("thue",)))
    shelves = list(before.index.listings)
    tops = {"vi": "/vi/tag/thue-moi/", "en": "/en/tag/tax/"}
    calendars = {language: f"{top}calendar.ics" for language, top in tops.items()}
    shelf = replace(
        shelves[-1],
        addresses=tops,
        calendars=calendars,
        former=tuple(shelves[-1].addresses.values()),
    )
    after = replace(before, index=replace(before.index, listings=(*shelves[:-1], shelf)))
    assert broken(diff(before, after)) == {}


def test_pages_that_no_manifest_names_are_known_by_the_inventory() -> None:
    """The page of a year and the calendar of an event count; the parts of the search may go."""
    files = files_of("/vi/2026/", "/vi/2026/03/hop/event.ics", "/vi/search/2026/a.pf_index")
    after = {"vi/index.html": b"other"}
    changes = diff(a_state(files=files | {"vi/index.html": b"one"}), a_state(files=after))
    assert [lost.address for lost in changes.lost] == ["/vi/2026/", "/vi/2026/03/hop/event.ics"]
    assert changes.files == Files(0, 1, 3)
    assert changes.search == Sizes(len("/vi/search/2026/a.pf_index"), 0)


def test_a_month_that_has_nothing_left_to_list_is_told_as_one() -> None:
    """A date was corrected: the month and the year of all listings; nothing else passes as one."""
    item = replace(ONE, tags=("thue",), published="2025-10-15T02:00:00Z")
    moved = changed(item, published="2026-03-15T02:00:00Z")
    empty = ("/vi/2025/", "/vi/2025/10/", "/en/tag/thue/2025/", "/vi/bulletins/2025/")
    others = ("/vi/2026/03/", "/vi/khac/2025/", "/vi/2025/10/x/", "/vi/2025/1/")
    before = a_state(item, files=files_of(*empty, *others))
    found = broken(diff(before, a_state(moved, files=files_of())))
    assert found["listing-gone"] == tuple(sorted(empty))
    assert found["address-gone"] == tuple(sorted(others))


def test_the_months_of_events_are_those_in_which_they_take_place() -> None:
    """An event that is announced in one year and begins in another."""
    files = files_of("/vi/events/2026/", "/vi/events/2027/", "/vi/events/2027/03/", "/vi/2026/")
    found = broken(diff(a_state(an_event(), files=files), a_state(an_event(), files=files_of())))
    assert found["listing-gone"] == ("/vi/events/2026/",)
    assert len(found["address-gone"]) == 3


def test_what_is_there_after_all_is_not_gone() -> None:
    """A file at the address is enough, whatever the manifest knows."""
    files = files_of(ONE.address)
    after = a_state(OTHER, files=files)
    assert diff(a_state(ONE, OTHER, files=files), after).lost == ()


def test_a_standing_page() -> None:
    """It is told like a notice, and is in no feed."""
    page = Standing("gioi-thieu", "vi", "/vi/gioi-thieu/", "Giới thiệu", "0")
    other = replace(page, title="Về kho", digest="1")
    changes = diff(a_state(pages=(page,)), a_state(pages=(other,)))
    assert [(one.ways, one.was_titled) for one in changes.pages.changed] == [
        (("title", "text"), "Giới thiệu")
    ]
    assert changes.feeds == ()
    assert broken(diff(a_state(pages=(page,)), a_state()))["address-gone"] == (page.address,)


def test_a_minor_change_is_silent() -> None:
    """Another digest at the same instant of update."""
    assert titles(feed(between([ONE], [changed(ONE)])).silent) == ["tin"]


def many(number: int, **others: Any) -> list[Item]:
    """Editions of so many years, the newest last."""
    return [an_item(f"{1990 + year}/01/tin-{year}", **others) for year in range(number)]


@pytest.mark.parametrize(("number", "is_broken"), [(RENOTIFIED, False), (RENOTIFIED + 1, True)])
def test_a_feed_that_tells_much_again_breaks_a_promise(number: int, is_broken: bool) -> None:
    """More than ten old entries."""
    before = many(number)
    after = [changed(item, updated="2026-01-01T00:00:00Z") for item in before]
    changes = between(before, after)
    assert len(feed(changes).again) == number
    assert ("feed-renotifies" in broken(changes)) is is_broken
    if is_broken:
        assert broken(changes)["feed-renotifies"] == ("/vi/ (11)", "/vi/bulletins/ (11)")


def test_old_notices_under_a_tag_are_unread_in_its_feed_only() -> None:
    """Who follows the tag has not seen them; who follows all has."""
    others = replace(OTHER, tags=("thue",))
    before = [others, *many(12)]
    after = [others, *(changed(item, tags=("thue",)) for item in many(12))]
    changes = between(before, after)
    assert len(feed(changes, "/vi/tag/thue/").again) == 12
    assert feed(changes).again == ()
    assert broken(changes)["feed-renotifies"] == ("/vi/tag/thue/ (12)",)


def test_the_feed_of_a_new_tag_has_no_subscribers() -> None:
    """Its old entries are told again to nobody."""
    changes = between(many(12), [changed(item, tags=("thue",)) for item in many(12)])
    assert feed(changes, "/vi/tag/thue/").is_new
    assert broken(changes) == {}


def test_what_becomes_too_old_for_a_feed_is_not_dropped() -> None:
    """A full feed makes room for a new entry; nobody misses the oldest one."""
    before = many(3)
    changes = between(before, [*before, ONE], newest=3)
    assert titles(feed(changes).new) == ["tin"]
    assert feed(changes).dropped == ()


def test_what_returns_to_a_feed_was_seen() -> None:
    """If one goes, the next older one comes back: readers know it."""
    before = many(4)
    changes = between(before, before[:3], newest=3)
    assert titles(feed(changes).dropped) == ["tin-3"]
    assert feed(changes).again == ()


def test_a_longer_feed_shows_old_entries_as_unread() -> None:
    """Another limit touches every feed, though no edition changed."""
    items = many(14)
    changes = diff(a_state(*items, newest=3), a_state(*items, newest=14))
    assert len(feed(changes).again) == 11
    assert broken(changes).keys() == {"feed-renotifies"}


def test_events() -> None:
    """New, moved in time, cancelled, withdrawn, gone: each is told, with its time."""
    names = ("doi", "huy", "rut", "mat", "yen")
    doi, huy, rut, mat, yen = (an_event(f"2026/03/{name}") for name in names)
    later = Occurrence("2027-04-01", "postponed")
    cancelled = Occurrence("2027-03-25T01:00:00Z", "cancelled")
    after = [
        changed(doi, event=later),
        changed(huy, event=cancelled),
        changed(rut, status="withdrawn"),
        yen,
        an_event("2026/04/moi"),
    ]
    events = between([doi, huy, rut, mat, yen], after).events
    assert titles(events.new) == ["moi"]
    assert titles(events.cancelled) == ["huy", "rut"]
    assert titles(events.gone) == ["mat"]
    (one,) = events.changed
    assert (one.starts, one.started) == ("2027-04-01", "2027-03-25T01:00:00Z")


def test_another_site_is_told() -> None:
    """Whoever names the wrong target is stopped."""
    changes = diff(a_state(ONE, url="https://khac.example"), a_state(ONE))
    assert broken(changes) == {"other-site": ("https://khac.example → https://www.example.org",)}
    assert not changes.is_none


def test_promises_have_names() -> None:
    """Those by which they can be allowed; each is broken by a test above."""
    assert set(PROMISES) == {
        "clock-behind",
        "withdrawn-again",
        "rolled-back",
        "listing-gone",
        "other-site",
        "fewer-notices",
        "address-gone",
        "file-gone",
        "feed-gone",
        "id-changed",
        "feed-renotifies",
    }
