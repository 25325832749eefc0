"""Tests of `plugins/outputs/notices/related.py`.

Which notices a page leads to besides its neighbours.
"""

from plugins.model.archive import Archive
from plugins.model.notice import Edition, Status
from plugins.outputs.notices.related import MOST, beside, related
from tests.model.builders import a_notice, a_term, an_archive, an_edition
from tests.outputs.visiting import Visit

TAGS = [a_term(key) for key in ("thue", "nha", "cong")]


def an_archive_of(*editions: Edition) -> Archive:
    """An archive of these editions, each a notice of its own."""
    return an_archive([a_notice(edition) for edition in editions], tags=TAGS)


def edition(day: int, *tags: str, **changes: object) -> Edition:
    """An edition of a day in March 2008."""
    return an_edition(f"2008/03/ngay-{day}", date=f"2008-03-{day:02d} 08:00", tags=tags, **changes)


def shown(archive: Archive, one: Edition, *elsewhere: str) -> list[int]:
    """The days of the notices that are shown beside one."""
    found = related(one, beside(archive, one.language)[one.id], elsewhere)
    return [other.day.day for other in found]


def test_the_nearest_of_each_tag_are_related() -> None:
    """The next two older and the next two newer ones with a tag, not those behind them."""
    days = [edition(day, "thue") for day in (1, 4, 5, 10, 12, 20, 25)]
    assert shown(an_archive_of(*days), days[3]) == [12, 5, 4, 20]


def test_who_shares_more_tags_comes_first() -> None:
    """Then, who is nearer in time; of these, who has the lesser id."""
    one = edition(10, "thue", "nha")
    others = [edition(1, "thue", "nha"), edition(9, "nha"), edition(11, "thue")]
    assert shown(an_archive_of(one, *others), one) == [1, 11, 9]


def test_at_most_four_are_shown() -> None:
    """Of six neighbours in three lists."""
    one = edition(10, "thue", "nha", "cong")
    others = [edition(10 + n, TAGS[abs(n) - 1].key) for n in (-3, -2, -1, 1, 2, 3)]
    assert shown(an_archive_of(one, *others), one) == [11, 9, 12, 8][:MOST]


def test_what_is_withdrawn_or_shown_elsewhere_is_not_related() -> None:
    """Nor is an edition in another language, nor the notice itself."""
    one = edition(10, "thue")
    older, newer = edition(9, "thue", status=Status.WITHDRAWN), edition(11, "thue")
    translation = edition(11, "thue", language="en")
    archive = an_archive([a_notice(one), a_notice(older), a_notice(newer, translation)], tags=TAGS)
    assert shown(archive, one) == [11]
    assert shown(archive, one, newer.address) == []
    assert shown(archive, translation) == []


def test_a_notice_without_tags_has_none() -> None:
    """Nearness in time alone makes nothing related."""
    one = edition(10)
    assert shown(an_archive_of(one, edition(11, "thue")), one) == []


def test_pages_lead_to_what_is_related(pages: Visit, archive: Archive) -> None:
    """By title and day, in the page's language, and never to what stands below as a neighbour."""
    found = 0
    for language in archive.site.languages:
        by_address = {one.address: one for one in archive.editions(language)}
        for one in by_address.values():
            page = pages.pages[one.address]
            neighbours = {str(link["href"]) for link in page.select(".neighbours a")}
            for item in page.select(".related li"):
                other = by_address[str(item.a["href"])]
                assert other.address not in {*neighbours, one.address}
                assert set(one.tags) & set(other.tags)
                assert item.a.get_text() == other.title
                assert item.time["datetime"] == other.day.isoformat()
                found += 1
    assert found > 10
