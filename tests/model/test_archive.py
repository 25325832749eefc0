"""What is public at an instant, and on which shelves it stands."""

import random
from datetime import UTC, timedelta

import pytest

from plugins.model.archive import ALL, BULLETINS, CATEGORY, EVENTS, TAG, Archive, Attachment
from plugins.model.notice import Edition, Event, Moment, Phase, Status, old_since
from tests.model.builders import (
    AS_OF,
    ZONE,
    a_day,
    a_notice,
    a_page,
    a_site,
    a_term,
    an_archive,
    an_edition,
    an_event,
    at,
)

PUBLIC = an_edition("2008/03/hop")
DRAFT, WITHDRAWN = Status.DRAFT, Status.WITHDRAWN


def shown(archive: Archive) -> set[tuple[str, str]]:
    """The id and language of every edition that a stage can find in an archive."""
    found: list[object] = [e for public in archive.siblings.values() for e in public]
    for listing in archive.listings.values():
        for shelf in listing.shelves.values():
            found += shelf.editions
            found += [edition for year in shelf.years.values() for edition in year]
    found += archive.by_source.values()
    for language in archive.site.languages:
        found += archive.editions(language)
    return {(e.id, e.language) for e in found if isinstance(e, Edition)}


def pair(original: Edition, **translation: object) -> list[Edition]:
    """An original with its translation into English."""
    facts = {"status": original.status, **translation}
    return [original, an_edition(original.id, "en", **facts)]


@pytest.mark.parametrize(
    ("editions", "languages"),
    [
        (pair(an_edition()), ["vi", "en"]),
        (pair(an_edition(status=WITHDRAWN)), ["vi", "en"]),  # the page stays, and says so
        (pair(an_edition(status=DRAFT)), []),
        (pair(an_edition(), status=DRAFT), ["vi"]),
        (pair(an_edition(date="2010-01-01 07:00")), ["vi", "en"]),  # the very instant
        (pair(an_edition(date="2010-01-01 07:01")), []),
        (pair(an_edition(), date="2010-01-01 07:01"), ["vi"]),
        # A translation does not tell what its original hides.
        (pair(an_edition(status=DRAFT), status=Status.PUBLISHED), []),
        (pair(an_edition(date="2010-01-01 07:01"), date="2009-12-31 07:00"), []),
        ([an_edition(language="en", is_original=True)], ["en"]),
    ],
    ids=[
        "public",
        "withdrawn",
        "draft",
        "draft of a translation",
        "due now",
        "due later",
        "translation due later",
        "translation of a draft",
        "translation of what is due later",
        "in English only",
    ],
)
def test_only_what_is_public_is_there(editions: list[Edition], languages: list[str]) -> None:
    """Of what is dated later, of a draft, of what hangs on either, nothing can be found."""
    archive = an_archive([a_notice(*editions)])
    assert shown(archive) == {("2008/03/hop", language) for language in languages}
    assert [e.language for e in archive.siblings.get("2008/03/hop", ())] == languages


def test_no_listing_of_what_is_hidden() -> None:
    """A tag, a category or a year that only hidden notices have is nowhere."""
    hidden = an_edition("2012/03/mai", date="2012-03-21 16:44", tags=("thue",), category="tin")
    draft = an_edition("2009/03/nhap", date="2009-03-21 16:44", tags=("thue",), status=DRAFT)
    archive = an_archive(
        [a_notice(hidden), a_notice(draft), a_notice(PUBLIC)],
        tags=[a_term("thue")],
        categories=[a_term("tin")],
    )
    assert archive.listings.keys() == {(ALL, ""), (BULLETINS, ""), (EVENTS, "")}
    assert archive.listings[ALL, ""].years == [2008]
    assert archive.by_source.keys() == {"2008/03/hop.vi.md"}


def test_listings_exist_in_all_languages() -> None:
    """A listing that holds an edition in one language has a shelf and an address in each."""
    tagged = an_edition(tags=("thue",), category="tin")
    archive = an_archive(
        [a_notice(tagged)], tags=[a_term("thue", en="tax")], categories=[a_term("tin")]
    )
    for listing in archive.listings.values():
        assert listing.shelves.keys() == {"vi", "en"}
    (tag,), (category,) = archive.of(TAG), archive.of(CATEGORY)
    assert [tag.address(language) for language in ("vi", "en")] == ["/vi/tag/thue/", "/en/tag/tax/"]
    assert category.address("en") == "/en/category/tin/"
    assert tag.shelves["vi"].editions == [tagged]
    assert tag.shelves["en"].editions == []
    assert tag.years == [2008]  # in any language: both have a page of that year


def test_always_there() -> None:
    """An archive without a notice has its home, bulletins and events in each language."""
    archive = an_archive(site=a_site(languages=("vi", "en", "fr")))
    assert {
        name: archive.listings[name, ""].address("fr") for name in (ALL, BULLETINS, EVENTS)
    } == {
        ALL: "/fr/",
        BULLETINS: "/fr/bulletins/",
        EVENTS: "/fr/events/",
    }
    assert archive.listings[ALL, ""].years == []


def test_kinds_have_their_own_listings() -> None:
    """Bulletins and events stand apart, and together among all."""
    event = an_event("2008/03/b")
    archive = an_archive([a_notice(PUBLIC), a_notice(event)])
    of_kind = {
        name: archive.listings[name, ""].shelves["vi"].editions for name in (BULLETINS, EVENTS)
    }
    assert of_kind == {BULLETINS: [PUBLIC], EVENTS: [event]}
    assert len(archive.editions("vi")) == 2


@pytest.mark.parametrize("seed", range(5))
def test_newest_first(seed: int) -> None:
    """Editions stand newest first, those of one instant by their ids, however they came."""
    dates = {
        "a": "2008-01-01 00:00",
        "b": "2007-12-31 23:59",
        "c": "2008-03-21 16:44",
        "d": "2008-03-21 16:44",
        "e": "2008-03-21 16:45",
        "f": "2008-03-21 16:44",
    }
    notices = [a_notice(an_edition(f"2008/03/{n}", date=date)) for n, date in dates.items()]
    random.Random(seed).shuffle(notices)
    order = "".join(edition.id[-1] for edition in an_archive(notices).editions("vi"))
    assert order == "ecdfab", f"seed {seed}"


def test_years_and_months() -> None:
    """The years and months of a listing, newest first, by the site's days; a shelf by its year."""
    dates = ["2008-01-01 00:00", "2007-12-31 23:59", "2009-05-05 12:00", "2009-06-05 12:00"]
    notices = [a_notice(an_edition(f"2008/01/{n}", date=date)) for n, date in enumerate(dates)]
    listing = an_archive(notices).listings[ALL, ""]
    assert listing.years == [2009, 2008, 2007]
    assert listing.months == [(2009, 6), (2009, 5), (2008, 1), (2007, 12)]
    years = listing.shelves["vi"].years
    assert {year: [e.id[-1] for e in of_year] for year, of_year in years.items()} == {
        2009: ["3", "2"],
        2008: ["0"],
        2007: ["1"],
    }


def test_calendars_of_listings() -> None:
    """A listing has a calendar in each language as soon as it holds an event in one; all events
    have theirs at the root of the language.
    """
    bulletin = an_edition(tags=("thue",), category="tin")
    event = an_event("2008/03/hop-2", tags=("cong",), category="tin")
    terms = {"tags": [a_term("thue"), a_term("cong", en="public")], "categories": [a_term("tin")]}
    archive = an_archive([a_notice(bulletin), a_notice(event)], **terms)
    calendars = {key: listing.calendar("en") for key, listing in archive.listings.items()}
    assert {key: address for key, address in calendars.items() if address} == {
        (EVENTS, ""): "/en/calendar.ics",
        (TAG, "cong"): "/en/tag/public/calendar.ics",
        (CATEGORY, "tin"): "/en/category/tin/calendar.ics",
    }
    assert archive.listings[CATEGORY, "tin"].shelves["vi"].events == [event]
    assert an_archive([a_notice(bulletin)], **terms).listings[EVENTS, ""].calendar("vi") == ""


def test_a_year_of_one_language_is_one_of_all() -> None:
    """A year in which only one language has something is a year of the listing."""
    later = an_edition("2008/03/hop", "en", date="2009-02-01 09:00")
    listing = an_archive([a_notice(PUBLIC, later)]).listings[ALL, ""]
    assert listing.years == [2009, 2008]
    assert list(listing.shelves["vi"].years) == [2008]


def test_pages_by_id_and_language() -> None:
    """Standing pages are found by their id in each language, and by their source."""
    pages = [a_page("gioi-thieu"), a_page("gioi-thieu", "en"), a_page("tiep-can")]
    archive = an_archive(pages=pages)
    assert archive.pages == {
        "gioi-thieu": {"vi": pages[0], "en": pages[1]},
        "tiep-can": {"vi": pages[2]},
    }
    assert archive.by_source["pages/gioi-thieu.en.md"] == pages[1]


def test_phase_of_an_edition() -> None:
    """An event's phase is that of the archive's instant; a bulletin has none."""
    event = an_event(event=Event(starts=a_day("2010-01-01")))
    archive = an_archive([a_notice(event)], as_of=at("2010-01-01 23:59"))
    assert archive.phase(event) is Phase.NOW
    assert archive.phase(PUBLIC) is None


@pytest.mark.parametrize(
    ("date", "as_of", "expected"),
    [
        ("2008-03-21 16:44", "2013-03-21 16:43", False),
        ("2008-03-21 16:44", "2013-03-21 16:44", True),
        ("2008-03-21 16:44", "2012-12-31 23:59", False),
        ("2008-03-21 16:44", "2014-01-01 00:00", True),
        ("2008-01-01 03:00", "2013-01-01 02:59", False),  # the year before, in UTC
        ("2008-01-01 03:00", "2013-01-01 03:00", True),
        ("2008-02-29 08:00", "2013-03-01 07:59", False),
    ],
)
def test_age_of_an_edition(date: str, as_of: str, expected: bool) -> None:
    """A notice is old from the instant that `old_since` gives, in whatever zone it is asked."""
    edition = an_edition(date=date)
    for zone in (UTC, ZONE):
        archive = an_archive([a_notice(edition)], as_of=at(as_of).astimezone(zone))
        assert archive.is_old(edition) is expected is (old_since(edition) <= at(as_of))


def test_digest_stands_for_all_that_is_seen() -> None:
    """Whatever a stage can see that is another, the archive's digest is another."""
    event = Event(starts=Moment(at("2010-01-01 12:00")))
    notices = [a_notice(PUBLIC), a_notice(an_event("2008/03/su-kien", event=event))]
    tags = [a_term("thue")]
    file = Attachment("a.pdf", "a.pdf", 1, b"a")
    page = a_page("gioi-thieu")

    def archive(**changes: object) -> Archive:
        given = {"tags": tags, "pages": [page], "attachments": {"a.pdf": file}, **changes}
        return an_archive(given.pop("notices", notices), **given)

    same = archive().digest()
    assert archive(as_of=AS_OF + timedelta(hours=1)).digest() == same  # nothing fell due
    others = [
        archive(as_of=at("2010-01-01 12:00")),  # the event begins
        archive(as_of=at("2013-03-21 16:44")),  # the notices are old, and the event is over
        archive(as_of=at("2008-03-21 16:43")),  # before anything was published
        archive(notices=notices[:1]),
        archive(notices=[*notices, a_notice(an_edition("2008/03/khac"))]),
        archive(notices=[a_notice(an_edition(title="Tên khác")), notices[1]]),
        archive(tags=[a_term("thue", en="tax")]),
        archive(tags=[]),
        archive(pages=[]),
        archive(pages=[a_page("gioi-thieu", title="Về chúng tôi")]),
        archive(attachments={}),
        archive(attachments={"a.pdf": Attachment("a.pdf", "a.pdf", 1, b"b")}),
    ]
    assert len({same, *(other.digest() for other in others)}) == len(others) + 1
