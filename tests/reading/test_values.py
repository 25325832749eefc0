"""What the value of each key means."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.model.notice import Change, ChangeKind, Moment
from plugins.reading.header import Field
from plugins.reading.values import KEYS, NOTICE_ID, STEM, Setting, Unreadable, slugify
from tests.reading.content import ZONE

SETTING = Setting(ZONE, "vi")


def value_of(key: str, *lines: str) -> Any:
    """What a key's parser makes of a value."""
    return KEYS[key](Field(key, lines, 1), SETTING)


def utc(*parts: int) -> datetime:
    """An instant in UTC."""
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2008-03-21 16:44", utc(2008, 3, 21, 9, 44)),  # the site's zone is seven hours ahead
        ("2008-03-21T16:44", utc(2008, 3, 21, 9, 44)),
        ("2008-03-21 16:44:05", utc(2008, 3, 21, 9, 44, 5)),
        ("2008-03-21 16:44+07:00", utc(2008, 3, 21, 9, 44)),
        ("2008-03-21 16:44 +0000", utc(2008, 3, 21, 16, 44)),
        ("2008-03-21T16:44:00Z", utc(2008, 3, 21, 16, 44)),
        ("2008-03-21 00:00", utc(2008, 3, 20, 17, 0)),
        ("2008-02-29 12:00", utc(2008, 2, 29, 5, 0)),
        # Before 1 July 1906 Saigon kept its own mean time.
        ("1900-01-01 00:00", utc(1899, 12, 31, 16, 53, 30)),
    ],
)
def test_instants(text: str, instant: datetime) -> None:
    """An ISO instant, in the site's zone if it has no offset, is kept in UTC."""
    found = value_of("Date", text)
    assert (found, found.tzinfo) == (instant, UTC)


@pytest.mark.parametrize("key", ["Starts", "Ends", "Previous_start", "Register_until"])
@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2008-03-20 08:00", Moment(utc(2008, 3, 20, 1, 0))),
        ("2008-03-20", Moment(utc(2008, 3, 19, 17, 0), all_day=True)),  # midnight in the zone
        ("2008-03-20 00:00", Moment(utc(2008, 3, 19, 17, 0))),  # the same instant is no whole day
    ],
)
def test_moments(key: str, text: str, moment: Moment) -> None:
    """An event's times are instants or whole days of the site's zone."""
    assert value_of(key, text) == moment


@pytest.mark.parametrize("key", ["Issued", "Effective", "Expires"])
def test_days(key: str) -> None:
    """A document's dates are days."""
    assert value_of(key, "2008-02-29") == date(2008, 2, 29)


@pytest.mark.parametrize("key", ["Date", "Starts", "Issued"])
@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "2025-02-29",
        "2026-2-3",
        "26-02-03",
        "2026-W05-3",
        "20260203",
        "2026/02/03",
        "05/03/2026",
        "hôm nay",
        "now",
        "2026-02-03 25:00",
        "2026-02-03 24:00",
        "2026-02-03 23:60",
        "2026-02-03 8:00",
        "2026-02-03 08:00 +25:00",
        "2026-02-03 08:00 ICT",
        "2026-02-03 08:00 SA",
        "２０２６-02-03",  # digits of another script
        "2026-02-03 08:00, 2026-02-04 08:00",
    ],
)
def test_dates_that_are_guessed_by_nobody(key: str, text: str) -> None:
    """What is not a plain ISO date of the calendar and the clock is a fault."""
    with pytest.raises(Unreadable):
        value_of(key, text)


@pytest.mark.parametrize(
    ("text", "remedies"),
    [
        ("05/03/2026", ["2026-03-05", "2026-05-03"]),
        ("5.3.2026", ["2026-03-05", "2026-05-03"]),
        ("05-03-2026", ["2026-03-05", "2026-05-03"]),
        ("12/12/2026", ["2026-12-12"]),  # both readings are one
        ("13/03/2026", ["2026-03-13"]),
        ("03/13/2026", ["2026-03-13"]),
        ("29/02/2028", ["2028-02-29"]),
    ],
)
def test_both_readings_of_a_date_are_shown(text: str, remedies: list[str]) -> None:
    """Every reading of a day with the year last is shown, and no other."""
    with pytest.raises(Unreadable) as fault:
        value_of("Issued", text)
    assert quoted(str(fault.value.remedy)) == remedies


@pytest.mark.parametrize(
    ("key", "text", "time"),
    [
        ("Date", "13/03/2026", " 08:00"),  # a date of publication has a time: one is shown
        ("Date", "13/03/2026 16:44", " 16:44"),
        ("Date", "13/03/2026 8h30", " 08:30"),
        ("Date", "13/03/2026 23h59", " 23:59"),
        ("Date", "13/03/2026 24:00", " 08:00"),
        ("Date", "13/03/2026 8:60", " 08:00"),
        ("Starts", "13/03/2026", ""),  # a whole day
        ("Starts", "13/03/2026 8h", " 08:00"),
        ("Issued", "13/03/2026 8h30", ""),
    ],
)
def test_readings_have_the_time_that_was_meant(key: str, text: str, time: str) -> None:
    """A reading keeps the time of day, if there is one and the key has one."""
    with pytest.raises(Unreadable) as fault:
        value_of(key, text)
    assert quoted(str(fault.value.remedy)) == [f"2026-03-13{time}"]


def quoted(remedy: str) -> list[str]:
    """What a remedy tells to write."""
    return re.findall("“(.+?)”", remedy)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("Date", "2008-03-21"),
        ("Date", "21 tháng 3 năm 2008"),
        ("Date", "05/03/2026 10:00"),
        ("Date", "13/03/2026 10:00"),
        ("Date", "05/03/2026"),  # a date of publication needs a time
        ("Date", "13/03/2026"),
        ("Date", "05/03/2026 8h30"),
        ("Starts", "05/03/2026"),
        ("Starts", "05/03/2026 8:30"),
        ("Issued", "05/03/2026"),
        ("Issued", "05/03/2026 10:00"),
        ("Issued", "30/02/2026"),  # no day in any order
        ("Issued", "31/04/2026"),
        ("Kind", "Event"),
        ("Status", "drafft"),
        ("Event_status", "moved online"),
        ("Slug", "Hội nghị Đà Nẵng"),
        ("Slug", "--"),
        ("Id", "2008-03-hop"),
        ("Aliases", "tin-tuc"),
        ("Changes", "đổi giờ"),
    ],
)
def test_what_a_remedy_tells_to_write_is_accepted(key: str, text: str) -> None:
    """Whoever writes what the remedy shows does not meet the next fault."""
    with pytest.raises(Unreadable) as fault:
        value_of(key, text)
    shown = [word for word in quoted(str(fault.value.remedy)) if word not in ("?", "#")]
    assert shown, str(fault.value.remedy)
    for word in shown:
        value_of(key, word)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("Starts", "0001-01-01"),  # begins in the year 0 of UTC
        ("Date", "0001-01-01 00:00"),
        ("Date", "9999-12-31 23:59 -07:00"),
        ("Date", "9999-12-31 20:00Z"),  # in the site's zone it is the year 10000
        ("Starts", "9999-12-31"),  # ends in the year 10000
    ],
)
def test_ends_of_the_calendar(key: str, text: str) -> None:
    """A year with a digit too few or too many is a fault, not a crash later on."""
    with pytest.raises(Unreadable):
        value_of(key, text)


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        (("a, b",), ("a", "b")),
        (("a", "b, c"), ("a", "b", "c")),
        (("a,", "b,"), ("a", "b")),  # a comma at the end of a line
        (("Đài Truyền hình, VTC2",), ("Đài Truyền hình", "VTC2")),
        ((",",), ()),
    ],
)
@pytest.mark.parametrize("key", ["Tags", "Channels", "Replaces"])
def test_lists(key: str, lines: tuple[str, ...], items: tuple[str, ...]) -> None:
    """A list is separated by commas, by lines, or by both."""
    assert value_of(key, *lines) == items


@pytest.mark.parametrize("key", ["Title", "Summary", "Venue", "Category", "Image_alt", "Source"])
def test_plain_text(key: str) -> None:
    """Plain text over several lines is one line, with its commas."""
    assert value_of(key, "Một, hai", "ba") == "Một, hai ba"


@pytest.mark.parametrize(
    ("alias", "good"),
    [
        ("/tin-tuc/123.html", True),
        ("/Desktop/News/45/", True),
        ("/tin-tức/", True),
        ("/a%20b", True),
        ("/", False),  # the language chooser
        ("tin-tuc/", False),
        ("/a/../b", False),
        ("/a//b", False),
        ("/a?b=1", False),
        ("/a#b", False),
        ("/a b", False),
        ('/a"b', False),
        ("/a\\b", False),
        ("https://example.org/a", False),
        ("//example.org/a", False),
    ],
)
def test_aliases(alias: str, good: bool) -> None:
    """An alias is an absolute path of this site that a host can serve a file at."""
    if good:
        assert value_of("Aliases", alias) == (alias,)
    else:
        with pytest.raises(Unreadable):
            value_of("Aliases", alias)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://example.org/dang-ky?a=1#b", True),
        ("http://example.org", True),
        ("mailto:dang-ky@example.org", True),
        ("ftp://example.org", False),
        ("javascript:alert(1)", False),
        ("https://example.org/ a", False),
        ('https://example.org/"onclick="', False),
        ("mailto:dang-ky", False),
        ("/dang-ky", False),
    ],
)
def test_register(text: str, good: bool) -> None:
    """One registers at an address of the web or of mail, and at nothing that can run."""
    if good:
        assert value_of("Register", text) == text
    else:
        with pytest.raises(Unreadable):
            value_of("Register", text)


def test_changes() -> None:
    """Changes are told from the first to the last, each with its language."""
    lines = (
        "2009-11-21 10:00 correction: kênh: VTC2",
        "2009-11-20 10:00+00:00 major: đổi giờ",
    )
    assert value_of("Changes", *lines) == (
        Change(utc(2009, 11, 20, 10, 0), ChangeKind.MAJOR, "đổi giờ", "vi"),
        Change(utc(2009, 11, 21, 3, 0), ChangeKind.CORRECTION, "kênh: VTC2", "vi"),
    )


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Hội nghị tham vấn", "hoi-nghi-tham-van"),
        ("Đối thoại ở Đà Nẵng", "doi-thoai-o-da-nang"),
        ("đường đi", "duong-di"),
        ("12/2008/TT-BTTTT", "12-2008-tt-btttt"),  # Pelican makes 122008tt-btttt of it
        ("  --a__b--  ", "a-b"),
        ("Straße", "strasse"),
        ("会议", ""),
        ("", ""),
    ],
)
def test_slugify(text: str, slug: str) -> None:
    """Letters lose their marks, đ its bar; the rest is hyphens."""
    assert slugify(text) == slug


@settings(print_blob=True, deadline=None)
@given(st.text())
def test_slug_is_part_of_an_address(text: str) -> None:
    """Whatever is slugified, the slug can be part of an address, or is nothing."""
    slug = slugify(text)
    assert not slug or STEM.fullmatch(slug)


@pytest.mark.parametrize(
    ("path", "good"),
    [
        ("2008/03/hop", True),
        ("2008/12/hop-2", True),
        ("2008/00/hop", False),
        ("2008/13/hop", False),
        ("2008/3/hop", False),
        ("208/03/hop", False),
        ("2008/03/Hop", False),
        ("2008/03/hop-", False),
        ("2008/03/hop/a", False),
        ("２００８/03/hop", False),  # an id is ASCII: it is part of addresses and of `tag:` URIs
        ("2008/03/hop\n", False),
    ],
)
def test_notice_id(path: str, good: bool) -> None:
    """An id is a year, a month and a stem, in ASCII."""
    assert bool(NOTICE_ID.fullmatch(path)) is good
