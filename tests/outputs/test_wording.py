"""Tests of `plugins/outputs/views/wording.py`: moments and states in words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from plugins.building.words import LanguageWords
from plugins.model.notice import ChangeKind, EventStatus, Moment, Phase
from plugins.model.site import Site
from plugins.outputs.views.wording import (
    change_words,
    kind_words,
    moment_iso,
    moment_words,
    phase_words,
    span_words,
    status_words,
)
from tests.conftest import ROOT
from tests.model.builders import a_site
from tests.outputs.printing import a_press

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

SITE = Site(
    languages=("vi", "en"),
    url="https://lamgiang.example",
    timezone=ZONE.key,
    tag_authority="example.org",
    latest=30,
    feed_max_items=50,
    stages=(),
    name={},
    tagline={},
    publisher={},
)


def words(language: str) -> LanguageWords:
    """The words of a language of the theme."""
    return LanguageWords(ROOT / "theme/locale" / language, ZONE)


def at(text: str) -> Moment:
    """A moment as a header gives it: a day, or a day and a time."""
    local = datetime.fromisoformat(text).replace(tzinfo=ZONE)
    return Moment(local.astimezone(UTC), all_day=len(text) == len("2026-06-09"))


@pytest.mark.parametrize(
    ("moment", "iso", "vietnamese", "english"),
    [
        (at("2026-06-09"), "2026-06-09", "ngày 09 tháng 6 năm 2026", "9 June 2026"),
        (
            at("2026-06-09 13:30"),
            "2026-06-09T13:30+07:00",
            "13 giờ 30, ngày 09 tháng 6 năm 2026",
            "1:30pm, 9 June 2026",
        ),
        (  # the day before in UTC
            at("2026-01-01 00:30"),
            "2026-01-01T00:30+07:00",
            "0 giờ 30, ngày 01 tháng 01 năm 2026",
            "12:30am, 1 January 2026",
        ),
    ],
)
def test_a_moment_is_a_day_or_a_time(
    moment: Moment, iso: str, vietnamese: str, english: str
) -> None:
    """For people in their language, for programs in ISO 8601; both in the site's zone."""
    assert moment_iso(moment, SITE) == iso
    assert moment_words(moment, SITE, words("vi")) == vietnamese
    assert moment_words(moment, SITE, words("en")) == english


@pytest.mark.parametrize(
    ("starts", "ends", "vietnamese", "english"),
    [
        ("2026-06-09", None, "ngày 09 tháng 6 năm 2026", "9 June 2026"),
        ("2026-06-09", "2026-06-09", "ngày 09 tháng 6 năm 2026", "9 June 2026"),
        (
            "2026-06-09",
            "2026-06-11",
            "từ ngày 09 tháng 6 năm 2026 đến ngày 11 tháng 6 năm 2026",
            "9 June 2026 to 11 June 2026",
        ),
        (
            "2026-06-09 13:30",
            "2026-06-09 16:00",
            "từ 13 giờ 30 đến 16 giờ, ngày 09 tháng 6 năm 2026",
            "1:30pm to 4pm, 9 June 2026",
        ),
        (  # over midnight
            "2026-06-09 22:00",
            "2026-06-10 02:00",
            "từ 22 giờ, ngày 09 tháng 6 năm 2026 đến 2 giờ, ngày 10 tháng 6 năm 2026",
            "10pm, 9 June 2026 to 2am, 10 June 2026",
        ),
        (  # one day of the site's zone, two days in UTC
            "2026-06-09 06:00",
            "2026-06-09 08:00",
            "từ 6 giờ đến 8 giờ, ngày 09 tháng 6 năm 2026",
            "6am to 8am, 9 June 2026",
        ),
    ],
)
def test_a_span_says_its_day_once(
    starts: str, ends: str | None, vietnamese: str, english: str
) -> None:
    """From when to when; the day is not repeated if both are on it."""
    for language, expected in (("vi", vietnamese), ("en", english)):
        last = at(ends) if ends else None
        assert span_words(at(starts), last, SITE, words(language)) == expected


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_state_has_words_of_its_own(language: str) -> None:
    """Phases, fates of events and kinds of changes are told apart; as announced is not told."""
    its = words(language)
    assert len({phase_words(phase, its) for phase in Phase}) == len(Phase)
    assert len({status_words(status, its) for status in EventStatus}) == len(EventStatus)
    assert [status for status in EventStatus if not status_words(status, its)] == [
        EventStatus.SCHEDULED
    ]
    assert len({change_words(kind, its) for kind in ChangeKind}) == len(ChangeKind)
    assert all(change_words(kind, its) for kind in ChangeKind)


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        ("12/2008/TT-BTTTT", "Thông tư", "Circular"),
        ("42/2022/NĐ-CP", "Nghị định", "Decree"),
        ("31/2006/qđ-bttt", "Quyết định", "Decision"),
        ("28/2018/CT-TTg", "Chỉ thị", "Directive"),
        ("01/2013/TTLT-BTTTT-BNV", "Thông tư liên tịch", "Joint circular"),
        ("67/2006/QH11", "", ""),  # a law, or a resolution
        ("123/BTTTT-CNTT", "", ""),  # a letter
        ("", "", ""),
    ],
)
def test_kinds_of_documents(number: str, vi: str, en: str) -> None:
    """The letters of a number say what kind of document it is, if they say it for sure."""
    press = a_press(a_site())
    assert [kind_words(number, press.words(language)) for language in ("vi", "en")] == [vi, en]
