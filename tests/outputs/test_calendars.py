"""Tests of `plugins/outputs/calendars.py`: events as calendar programs read them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from bs4 import BeautifulSoup
from msgspec.structs import replace

from pelicanconf import PLUGINS
from plugins.model.archive import Archive
from plugins.model.notice import Change, ChangeKind, Edition, Event, EventStatus, Moment, Status
from plugins.outputs import calendars
from plugins.outputs.views.wording import span_words, status_words
from tests.building.running import build as build_in
from tests.conftest import AS_OF, SITE, URL, Build
from tests.model.builders import (
    ZONE,
    a_day,
    a_notice,
    a_site,
    a_term,
    an_archive,
    an_edition,
    an_event,
    at,
)
from tests.outputs.printing import a_press, rendered
from tests.outputs.visiting import Visit, described, visit

MORNING = Moment(at("2008-03-20 08:00"))
NOON = Moment(at("2008-03-20 12:00"))
ALL = "vi/calendar.ics"

HAZARDS = [
    "Một, hai; ba",
    'C:\\new\\, “nguyên văn”, "quoted", it\'s: so',
    "Dòng một\nDòng hai\n\nDòng bốn",
    "𝒳" * 40 + "😀" * 40,
    "Ệ" * 200,  # three octets each: no line may be cut within one
    "e\u0323\u0302 " * 40,
    "BEGIN:VEVENT\nEND:VCALENDAR",
    "\u200fעברית\u200e",
]


def read(data: bytes) -> icalendar.Calendar:
    """A calendar as a program reads it."""
    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar)
    assert [c.errors for c in calendar.walk() if c.errors] == []
    return calendar


def calendars_of(*editions: Edition, **given: Any) -> dict[str, icalendar.Calendar]:
    """The calendars of an archive of these events, each a notice of its own, by path."""
    archive = an_archive([a_notice(edition) for edition in editions], **given)
    files = rendered(archive.site, calendars.outputs(archive))
    return {path: read(data) for path, data in files.items()}


def an_entry(**changes: Any) -> icalendar.Event:
    """The one event of a calendar."""
    [event] = calendars_of(an_event(**changes))[ALL].events
    return event


def a_change(kind: ChangeKind, text: str, when: str = "2008-04-01 12:00") -> Change:
    return Change(at(when), kind, text, "vi")


# What an event is


@pytest.mark.parametrize(
    ("starts", "ends", "start", "end"),
    [
        (MORNING, NOON, datetime(2008, 3, 20, 8), datetime(2008, 3, 20, 12)),
        (  # crosses midnight
            Moment(at("2008-03-20 22:00")),
            Moment(at("2008-03-21 02:00")),
            datetime(2008, 3, 20, 22),
            datetime(2008, 3, 21, 2),
        ),
        (MORNING, None, datetime(2008, 3, 20, 8), None),
        (a_day("2008-03-20"), None, date(2008, 3, 20), None),
        (a_day("2008-03-20"), a_day("2008-03-20"), date(2008, 3, 20), date(2008, 3, 21)),
        (a_day("2008-02-28"), a_day("2008-02-29"), date(2008, 2, 28), date(2008, 3, 1)),
        (a_day("2008-12-30"), a_day("2008-12-31"), date(2008, 12, 30), date(2009, 1, 1)),
    ],
)
def test_times(starts: Moment, ends: Moment | None, start: date, end: date | None) -> None:
    """Times are of the site's zone; the end of days is the day after; an end is not made up."""
    event = an_entry(event=Event(starts=starts, ends=ends))
    found = [event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None]
    if not starts.all_day:
        assert event["DTSTART"].params["TZID"] == ZONE.key
        assert {value.tzinfo for value in found if value} == {ZONE}
        found = [value and value.replace(tzinfo=None) for value in found]
    assert found == [start, end]
    assert [type(value) for value in found] == [type(start), type(end)]


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What becomes of an event, and how its calendar says so."""

    event: EventStatus
    previous: Moment | None = None
    notice: Status = Status.PUBLISHED
    changes: tuple[Change, ...] = ()
    status: str
    summary: str = "Hội thảo"
    begins: str


FATES = {
    "as announced": Fate(event=EventStatus.SCHEDULED, status="CONFIRMED", begins="Tóm tắt"),
    "postponed to a day": Fate(
        event=EventStatus.POSTPONED,
        previous=Moment(at("2008-03-01 08:00")),
        changes=(a_change(ChangeKind.MAJOR, "vì bão"),),
        status="CONFIRMED",
        summary="Đã hoãn: Hội thảo",
        begins="Đã hoãn: vì bão\n\nTóm tắt\n\nThời gian ban đầu: 8 giờ, ngày 01 tháng 3 năm 2008\n",
    ),
    "postponed for now": Fate(
        event=EventStatus.POSTPONED,
        status="TENTATIVE",
        summary="Đã hoãn: Hội thảo",
        begins="Đã hoãn\n\nTóm tắt",
    ),
    "cancelled": Fate(
        event=EventStatus.CANCELLED,
        changes=(a_change(ChangeKind.MAJOR, "vì bão"),),
        status="CANCELLED",
        summary="Đã hủy: Hội thảo",
        begins="Đã hủy: vì bão\n\nTóm tắt",
    ),
    "moved online": Fate(
        event=EventStatus.MOVED_ONLINE,
        status="CONFIRMED",
        begins="Chuyển sang trực tuyến\n\nTóm tắt",
    ),
    "withdrawn": Fate(
        event=EventStatus.SCHEDULED,
        notice=Status.WITHDRAWN,
        changes=(a_change(ChangeKind.WITHDRAWN, "đăng nhầm"),),
        status="CANCELLED",
        summary="Đã thu hồi: Hội thảo",
        begins="Đã thu hồi: đăng nhầm\n\nhttps://",
    ),
}


@pytest.mark.parametrize("fate", FATES.values(), ids=FATES.keys())
def test_what_has_become_of_it(fate: Fate) -> None:
    """The event keeps its UID and its place; status, summary and description say it."""
    event = an_entry(
        title="Hội thảo",
        status=fate.notice,
        changes=fate.changes,
        event=Event(starts=MORNING, status=fate.event, previous_start=fate.previous),
    )
    assert event["UID"] == an_entry()["UID"]
    assert event["DTSTART"].dt == MORNING.at
    assert (event["STATUS"], event["SUMMARY"]) == (fate.status, fate.summary)
    assert event["TRANSP"] == "TRANSPARENT"  # an announcement makes nobody busy
    assert str(event["DESCRIPTION"]).startswith(fate.begins)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Tên khác"},
        {"date": "2010-01-01 08:00", "address": "/vi/2008/03/hop/"},
        {"address": "/vi/2008/03/dia-chi-khac/"},
        {"event": Event(starts=NOON, venue="Nơi khác")},
        {"tags": ("thue",), "summary": "Khác"},
    ],
)
def test_the_uid_outlives_everything_else(changes: dict[str, Any]) -> None:
    """Retitled, re-dated, re-slugged, moved to another domain: it is the same event."""
    before = calendars_of(an_event())[ALL].events[0]
    site = a_site(url="https://new.example.org/kho", tag_authority="example.org")
    given = {"tags": [a_term("thue")], "site": site, "as_of": at("2011-01-01 00:00")}
    after = calendars_of(an_event(**changes), **given)[ALL].events[0]
    assert after["UID"] == before["UID"] == "tag:example.org,2008:2008/03/hop/vi"
    assert after["URL"].startswith("https://new.example.org/kho/")


def test_changes_are_told_by_sequence_and_stamps() -> None:
    """They come from the notice, never from the clock of the build."""
    changes = (
        a_change(ChangeKind.MINOR, "lỗi chữ", "2008-04-01 12:00"),
        a_change(ChangeKind.MAJOR, "đổi giờ", "2008-05-01 12:00"),
    )
    new, changed = an_entry(), an_entry(changes=changes)
    assert (new["SEQUENCE"], changed["SEQUENCE"]) == (0, 2)
    published, last = datetime(2008, 3, 21, 9, 44, tzinfo=UTC), datetime(2008, 5, 1, 5, tzinfo=UTC)
    for event, stamp in ((new, published), (changed, last)):
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == stamp
        assert event["CREATED"].dt == published


@pytest.mark.parametrize("text", HAZARDS)
def test_texts_come_back_as_they_were(text: str) -> None:
    """Commas, semicolons, backslashes, line ends, characters outside the basic plane."""
    words = {"vi": text, "en": text}
    term = replace(a_term("thue"), label=words, description=words)
    event = Event(starts=MORNING, venue=text, contact=text, organizer=f"{text} a@example.org")
    edition = an_event(title=text, summary=text, tags=("thue",), event=event)
    archive = an_archive([a_notice(edition)], tags=[term])
    files = rendered(archive.site, calendars.outputs(archive))
    for path, data in files.items():
        assert faults_of_lines(data) == [], path
    [entry] = read(files[ALL]).events
    said = entry["ORGANIZER"].params["CN"]
    assert said.replace("\\", "") == event.organizer.replace("\\", "")  # the reader loses some
    assert [entry[name] for name in ("SUMMARY", "LOCATION", "CONTACT")] == [text] * 3
    assert [str(label) for label in entry["CATEGORIES"].cats] == [text]
    assert text in entry["DESCRIPTION"]
    of_tag = read(files["vi/tag/thue/calendar.ics"])
    assert of_tag["DESCRIPTION"] == unescaped(of_tag["X-WR-CALDESC"]) == text
    names = [unescaped(of_tag[name]) for name in ("NAME", "X-WR-CALNAME")]
    assert names == [f"{text} – Lưu trữ"] * 2


def unescaped(value: str) -> str:
    """The text of a property whose type the reader does not know (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def faults_of_lines(data: bytes) -> list[bytes]:
    """Lines (RFC 5545, 3.1) that are too long, cut within a character, or ended by LF alone."""
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    return [ln for ln in lines if len(ln) > 75 or b"\n" in ln or b"\r" in ln or not is_utf8(ln)]


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_an_organiser_has_an_address_for_mail() -> None:
    """Without one, ORGANIZER would not be valid, so that the description alone names him."""
    named = Event(starts=MORNING, organizer="Sở Thông tin", contact="Ông A")
    reached = Event(starts=MORNING, organizer="Sở Thông tin", contact="so@example.org")
    without, with_one = an_entry(event=named), an_entry(event=reached)
    assert "ORGANIZER" not in without
    assert with_one["ORGANIZER"] == "mailto:so@example.org"
    assert with_one["ORGANIZER"].params["CN"] == "Sở Thông tin"
    for event in (without, with_one):
        assert "\nĐơn vị tổ chức: Sở Thông tin\n" in event["DESCRIPTION"]


def test_words_say_their_language() -> None:
    """What a translation inherits is marked with the language of the original."""
    edition = an_event(
        language="en",
        original_language="vi",
        borrowed=("Venue",),
        event=Event(starts=MORNING, venue="Hà Nội", contact="Mr A"),
    )
    [event] = calendars_of(edition)["en/calendar.ics"].events
    languages = {
        name: event[name].params["LANGUAGE"]
        for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "CONTACT")
    }
    assert languages == {"SUMMARY": "en", "DESCRIPTION": "en", "LOCATION": "vi", "CONTACT": "en"}


def test_channels_are_the_place_of_what_has_no_venue() -> None:
    """As on the cards of lists; beside a venue they are in the description."""
    event = Event(starts=MORNING, channels=("VTV1", "VOV"))
    assert an_entry(event=event)["LOCATION"] == "VTV1, VOV"
    both = an_entry(event=Event(starts=MORNING, channels=("VTV1", "VOV"), venue="Hà Nội"))
    assert both["LOCATION"] == "Hà Nội"
    assert "Kênh: VTV1, VOV" in both["DESCRIPTION"]


# Which calendars there are, and what they hold


def test_a_calendar_holds_the_events_of_its_list() -> None:
    """All, a category, a tag, one alone; no bulletin; a term without events has no calendar."""
    editions = [
        an_event("2008/03/a", tags=("thue", "cong"), category="tin"),
        an_event("2008/04/b", date="2008-04-01 08:00", tags=("thue",)),
        an_edition("2008/05/c", date="2008-05-01 08:00", tags=("thue", "vang"), category="khac"),
    ]
    found = calendars_of(
        *editions,
        tags=[a_term(key) for key in ("thue", "cong", "vang")],
        categories=[a_term("tin", en="news"), a_term("khac")],
    )
    uids = {p: [e["UID"].split("/")[2] for e in c.events] for p, c in found.items()}
    assert uids == {
        "vi/calendar.ics": ["b", "a"],
        "vi/tag/thue/calendar.ics": ["b", "a"],
        "vi/tag/cong/calendar.ics": ["a"],
        "vi/category/tin/calendar.ics": ["a"],
        "vi/2008/03/a/event.ics": ["a"],
        "vi/2008/04/b/event.ics": ["b"],
        "en/calendar.ics": [],
        "en/tag/thue/calendar.ics": [],
        "en/tag/cong/calendar.ics": [],
        "en/category/news/calendar.ics": [],
    }


def test_a_calendar_without_events_is_one() -> None:
    """In a language that lacks them it has a name and a component, as RFC 5545 asks (3.6)."""
    found = calendars_of(an_event())["en/calendar.ics"]
    assert found["NAME"] == "Events – Archive"
    assert [component.name for component in found.subcomponents] == ["VTIMEZONE"]


def test_without_events_there_is_no_calendar() -> None:
    """An archive of bulletins has none."""
    assert calendars_of(an_edition()) == {}


def test_a_calendar_says_what_it_is() -> None:
    """Its name, page, own address, and how often to ask; one event alone has none of it, since
    programs would make a calendar of its own of it.
    """
    term = replace(a_term("thue"), description={"vi": "Về thuế", "en": ""})
    found = calendars_of(an_event(tags=("thue",)), tags=[term])
    calendar, alone = found["vi/tag/thue/calendar.ics"], found["vi/2008/03/hop/event.ics"]
    said = {name: str(calendar[name]) for name in ("VERSION", "PRODID", "CALSCALE")}
    assert said == {
        "VERSION": "2.0",
        "PRODID": "-//Announcements Archive//Calendars//EN",
        "CALSCALE": "GREGORIAN",
    }
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "thue – Lưu trữ"
    assert calendar["NAME"].params == {"LANGUAGE": "vi"}
    assert calendar["X-WR-CALNAME"].params == {}  # some programs look for the bare name
    assert calendar["DESCRIPTION"] == calendar["X-WR-CALDESC"] == "Về thuế"
    assert calendar["X-WR-TIMEZONE"] == ZONE.key
    assert calendar["URL"] == "https://example.org/vi/tag/thue/"
    assert calendar["SOURCE"] == "https://example.org/vi/tag/thue/calendar.ics"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert calendar["X-PUBLISHED-TTL"] == "PT6H"
    assert set(alone) == set(said)
    assert "METHOD" not in calendar


def test_the_zone_covers_the_years_of_the_events() -> None:
    """From the first event to the last day of the last; the zone is told once."""
    site = a_site(timezone="Europe/Berlin")
    berlin = ZoneInfo("Europe/Berlin")
    first = Event(starts=Moment(at("2007-07-01 08:00", berlin)))
    last = Event(
        starts=Moment(at("2009-12-31 08:00", berlin)), ends=Moment(at("2010-07-02 08:00", berlin))
    )
    found = calendars_of(an_event("2007/07/a", event=first), an_event(event=last), site=site)
    [zone] = found[ALL].timezones
    [summer] = zone.daylight
    assert zone.tz_name == "Europe/Berlin"
    years = [summer["DTSTART"].dt.year, *(day.dt.year for day in summer["RDATE"].dts)]
    assert years == [2007, 2008, 2009, 2010]
    told = zone.to_tz(lookup_tzid=False)
    locals_ = [event["DTSTART"].dt.replace(tzinfo=told) for event in found[ALL].events]
    assert {local.astimezone(UTC) for local in locals_} == {first.starts.at, last.starts.at}


def keys(archive: Archive) -> dict[str, bytes]:
    """The keys of all calendars, by path."""
    return {output.path: output.key for output in calendars.outputs(archive)}


def test_an_edit_rewrites_the_calendars_that_hold_it() -> None:
    """And no other: of one tag among others, of one language."""
    tags, categories = [a_term(key) for key in ("thue", "cong")], [a_term("tin")]

    def archive(title: str) -> Archive:
        edited = a_notice(
            an_event("2008/03/a", title=title, tags=("thue",), category="tin"),
            an_event("2008/03/a", language="en", tags=("thue",), category="tin"),
        )
        other = a_notice(an_event("2008/03/b", tags=("cong",), category="tin"))
        return an_archive([edited, other], tags=tags, categories=categories)

    before, after = keys(archive("Tên cũ")), keys(archive("Tên mới"))
    assert {path for path in before if before[path] != after[path]} == {
        "vi/calendar.ics",
        "vi/tag/thue/calendar.ics",
        "vi/category/tin/calendar.ics",
        "vi/2008/03/a/event.ics",
    }


def test_a_renamed_term_rewrites_what_names_it() -> None:
    """The events that have the tag, wherever they stand; not those that have it not."""
    notices = [
        a_notice(an_event("2008/03/a", tags=("thue",))),
        a_notice(an_event("2008/03/b", tags=("cong",))),
    ]
    term = a_term("thue")
    renamed = replace(term, label={"vi": "Thuế mới", "en": "Tax"})
    before = keys(an_archive(notices, tags=[term, a_term("cong")]))
    after = keys(an_archive(notices, tags=[renamed, a_term("cong")]))
    assert {path for path in before if before[path] == after[path]} == {
        "vi/2008/03/b/event.ics",
        "vi/tag/cong/calendar.ics",
        "en/tag/cong/calendar.ics",
        "en/calendar.ics",
    }


def test_an_event_is_the_same_for_each_press_that_is_asked() -> None:
    """What was serialised for one site is not given to another with the same notices."""
    archive = an_archive([a_notice(an_event())])
    [output] = [o for o in calendars.outputs(archive) if o.path == ALL]
    urls = [
        read(output.made(a_press(a_site(url=url))).files[output.path]).events[0]["URL"]
        for url in ("https://one.example", "https://two.example")
    ]
    assert urls == [f"https://{host}.example/vi/2008/03/hop/" for host in ("one", "two")]


# The calendars of the fictional archive, and the pages that lead to them


@pytest.fixture(scope="module")
def files(site: Path) -> dict[str, bytes]:
    """Every calendar of `tests/site`, by path."""
    return {f.relative_to(site).as_posix(): f.read_bytes() for f in sorted(site.rglob("*.ics"))}


def events_of(archive: Archive) -> Iterator[Edition]:
    """Every public event."""
    for siblings in archive.siblings.values():
        yield from (edition for edition in siblings if edition.event)


def test_calendars_of_the_site_are_well_formed(files: dict[str, bytes]) -> None:
    """Lines are short and end as they must; a program reads each without an error; each has a
    component.
    """
    assert len(files) == 26
    assert {
        path: faults_of_lines(data) for path, data in files.items() if faults_of_lines(data)
    } == {}
    assert all(read(data).subcomponents for data in files.values())


def test_an_event_is_the_same_in_all_calendars(files: dict[str, bytes], archive: Archive) -> None:
    """Once in a calendar; the same component everywhere; each edition has one."""
    found: dict[str, set[bytes]] = {}
    for path, data in files.items():
        uids = [str(event["UID"]) for event in read(data).events]
        assert len(set(uids)) == len(uids), path
        for event in read(data).events:
            found.setdefault(str(event["UID"]), set()).add(event.to_ical())
    assert {uid for uid, forms in found.items() if len(forms) != 1} == set()
    assert set(found) == {archive.site.guid(e.id, e.language) for e in events_of(archive)}


def test_a_calendar_goes_on_under_a_former_slug() -> None:
    """Who follows the calendar of a tag is not lost when the tag gets another slug."""
    term = replace(a_term("thue", en="tax"), former={"thue-va-phi": date(2008, 5, 1)})
    archive = an_archive([a_notice(an_event(tags=("thue",)))], tags=[term])
    files = rendered(archive.site, calendars.outputs(archive))
    for now in ("vi/tag/thue", "en/tag/tax"):
        former = f"{now[:2]}/tag/thue-va-phi/calendar.ics"
        assert files[former] == files[f"{now}/calendar.ics"]


def test_page_json_and_calendar_say_the_same(
    pages: Visit, files: dict[str, bytes], archive: Archive
) -> None:
    """Title, times, state, place, organiser, topics, address, language: of every event."""
    checked = 0
    for edition in events_of(archive):
        page = pages.pages[edition.address]
        [event] = read(files[f"{edition.address[1:]}event.ics"]).events
        assert_same(page, described(page)["Event"], event, archive, edition)
        checked += 1
    assert checked == 12


def assert_same(
    page: BeautifulSoup, data: Any, event: icalendar.Event, archive: Archive, edition: Edition
) -> None:
    """One event on its page, in the page's data, in its calendar."""
    words = a_press(archive.site).words(edition.language)
    facts = {row.dt.get_text(): row.dd for row in page.select(".about .facts > div")}
    when = facts[words.text("When")]
    start, end = moment(event["DTSTART"].dt), None
    if "DTEND" in event:
        inclusive = event["DTEND"].dt - timedelta(days=start.all_day)
        end = moment(inclusive)
        assert data["endDate"] == isoformat(inclusive)
    assert ("DTEND" in event) == ("endDate" in data)
    zone = "" if start.all_day else f" · {words.zone(start.at)}"
    assert when.get_text() == span_words(start, end, archive.site, words) + zone
    assert when.time["datetime"] == data["startDate"] == isoformat(event["DTSTART"].dt)
    assert page.h1.get_text() == data["name"]
    assert str(event["SUMMARY"]).endswith(data["name"])
    assert edition.event
    state = status_words(edition.event.status, words)
    assert str(event["DESCRIPTION"]).startswith(state)
    stated = page.select_one(".invitation-state .label")
    assert (stated.get_text() if stated else "") == state
    before = facts.get(words.text("Previous date"))
    assert data.get("previousStartDate") == (before and before.time["datetime"])
    where = facts[words.text("Where")].get_text()
    places = data["location"] if isinstance(data["location"], list) else [data["location"]]
    assert where == event["LOCATION"] == places[0]["name"]
    organiser = facts.get(words.text("Organiser"))
    if organiser:
        assert organiser.get_text() == data["organizer"]["name"]
        assert organiser.get_text() in event["DESCRIPTION"]
    topics = [link.get_text() for link in page.select(".card-meta a, .tags a")]
    assert sorted(topics) == sorted(data["keywords"])
    assert sorted(topics) == sorted(str(label) for label in event["CATEGORIES"].cats)
    canonical = page.select_one("link[rel=canonical]")
    assert canonical
    assert canonical["href"] == data["url"] == event["URL"] == URL + edition.address
    assert page.html["lang"] == data["inLanguage"] == event["SUMMARY"].params["LANGUAGE"]
    assert data["identifier"] == event["UID"]
    assert data["description"] in event["DESCRIPTION"]


def moment(when: date) -> Moment:
    """A date or a time of a calendar, as the model has it."""
    if isinstance(when, datetime):
        return Moment(when)
    return Moment(datetime(when.year, when.month, when.day, tzinfo=ZONE), all_day=True)


def isoformat(when: date) -> str:
    return when.isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat()


def test_data_are_on_the_pages_of_events_only(pages: Visit, archive: Archive) -> None:
    """No other page says that it is an event."""
    found = {address for address, page in pages.pages.items() if "Event" in described(page)}
    assert found == {edition.address for edition in events_of(archive)}


def test_a_picture_of_an_event_is_in_its_data(pages: Visit) -> None:
    """By its absolute address, the one that the page shows."""
    page = pages.pages["/vi/2009/10/ngay-hoi-dich-vu-cong/"]
    assert described(page)["Event"]["image"] == [
        URL + str(page.select_one(".lead-picture img")["src"])
    ]


def test_pages_lead_to_their_calendars(pages: Visit, files: dict[str, bytes]) -> None:
    """Each calendar is advertised and linked on the page that lists its events, and on no other:
    all events on the page of events. What nobody can go to any more is told to programs only.
    """
    advertised = {}
    for address, page in pages.pages.items():
        heads = [str(link["href"]) for link in page.select("link[type='text/calendar']")]
        links = [str(link["href"]) for link in page.select("p.calendar a[type='text/calendar']")]
        closed = [link for link in heads if link.endswith("/event.ics") and not links]
        assert heads == [*links, *closed], address
        advertised |= {link[1:]: address for link in heads}
        web = [str(link["href"]) for link in page.select("p.calendar a:not([type])")]
        expected = [] if "/event.ics" in str(links) else links
        assert web == [f"webcal://lamgiang.example{link}" for link in expected]
    assert advertised.keys() == files.keys()
    wrong = {
        path: address
        for path, address in advertised.items()
        if address != f"/{path.rpartition('/')[0]}/" and not address.endswith("/events/")
    }
    assert wrong == {}
    assert advertised["vi/calendar.ics"] == "/vi/events/"


def test_without_the_stage_there_is_no_trace(build: Build, tmp_path: Path) -> None:
    """No page leads to a calendar that is not built; programs still read the event on its page."""
    left = [plugin for plugin in PLUGINS if not plugin.endswith(".calendars")]
    build(SITE, tmp_path / "out", tmp_path / "cache", PLUGINS=left)
    assert list((tmp_path / "out").rglob("*.ics")) == []
    visited = visit(tmp_path / "out", URL)
    assert [
        a for a, p in visited.pages.items() if p.select("[type='text/calendar'], .calendar")
    ] == []
    assert visited.pages["/en/2026/05/digital-day/"]("script")


def test_the_machine_changes_no_byte(tmp_path: Path) -> None:
    """Another time zone, another hash seed: the same calendars, also where clocks change."""
    machines = ({"TZ": "UTC", "PYTHONHASHSEED": "0"}, {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"})
    given = {"SITEURL": URL, "AS_OF": AS_OF, "TIMEZONE": "America/St_Johns"}
    found = []
    for number, variables in enumerate(machines):
        out = tmp_path / f"out-{number}"
        build_in(SITE, out, tmp_path / f"cache-{number}", variables=variables, **given)
        found.append({file.relative_to(out): file.read_bytes() for file in out.rglob("*.ics")})
    assert found[0] == found[1]
    assert len(found[0]) == 26
    assert all(b"TZID:America/St_Johns" in data for data in found[0].values())
