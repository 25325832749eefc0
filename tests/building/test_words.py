"""Tests of `plugins/building/words.py`: dates, times, plurals and order in each language."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from plugins.building.words import LanguageWords
from tests.conftest import ROOT

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def words(language: str) -> LanguageWords:
    """The words of a language of the theme."""
    return LanguageWords(ROOT / "theme/locale" / language, ZONE)


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        # Nghị định 30/2020/NĐ-CP: a zero before days under 10, and before months 1 and 2 only
        (date(2026, 1, 1), "ngày 01 tháng 01 năm 2026", "1 January 2026"),
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026", "5 February 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026", "28 February 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026", "9 March 2026"),
        (date(2026, 7, 10), "ngày 10 tháng 7 năm 2026", "10 July 2026"),
        (date(2026, 9, 30), "ngày 30 tháng 9 năm 2026", "30 September 2026"),
        (date(2026, 10, 10), "ngày 10 tháng 10 năm 2026", "10 October 2026"),
        (date(2026, 12, 2), "ngày 02 tháng 12 năm 2026", "2 December 2026"),
        (date(1975, 4, 30), "ngày 30 tháng 4 năm 1975", "30 April 1975"),
    ],
)
def test_days_are_worded(day: date, vietnamese: str, english: str) -> None:
    """A day is told as the rules of official papers of the language ask."""
    assert words("vi").day(day) == vietnamese
    assert words("en").day(day) == english


@pytest.mark.parametrize(
    ("month", "vietnamese", "english"),
    [
        (1, "Tháng 01 năm 2026", "January 2026"),
        (2, "Tháng 02 năm 2026", "February 2026"),
        (3, "Tháng 3 năm 2026", "March 2026"),
        (12, "Tháng 12 năm 2026", "December 2026"),
    ],
)
def test_months_are_worded(month: int, vietnamese: str, english: str) -> None:
    """A month that is a heading begins with a capital letter."""
    assert words("vi").month(2026, month) == vietnamese
    assert words("en").month(2026, month) == english


@pytest.mark.parametrize(
    ("hour", "minute", "vietnamese", "english"),
    [
        (0, 30, "0 giờ 30", "12:30am"),
        (7, 0, "7 giờ", "7am"),
        (8, 5, "8 giờ 05", "8:05am"),
        (11, 59, "11 giờ 59", "11:59am"),
        (12, 30, "12 giờ 30", "12:30pm"),
        (13, 0, "13 giờ", "1pm"),
        (23, 45, "23 giờ 45", "11:45pm"),
    ],
)
def test_times_are_worded(hour: int, minute: int, vietnamese: str, english: str) -> None:
    """A time is told as the language tells it; a full hour without minutes."""
    at = datetime(2026, 5, 12, hour, minute, tzinfo=ZONE)
    assert words("vi").time(at) == vietnamese
    assert words("en").time(at) == english


def test_times_are_of_the_sites_zone() -> None:
    """An instant is told as the clocks at the site show it, wherever the site is built."""
    assert words("vi").time(datetime(2026, 5, 12, 17, 30, tzinfo=UTC)) == "0 giờ 30"


@pytest.mark.parametrize(
    ("number", "vietnamese", "english"),
    [
        (0, "0 thông báo", "0 notices"),
        (1, "1 thông báo", "1 notice"),
        (2, "2 thông báo", "2 notices"),
    ],
)
def test_numbers_have_the_right_plural(number: int, vietnamese: str, english: str) -> None:
    """Vietnamese has one form, English two."""
    for language, expected in (("vi", vietnamese), ("en", english)):
        assert words(language).count("{number} notice", "{number} notices", number) == expected


def test_fields_are_filled_in_without_regard_to_braces_in_values() -> None:
    """A value is text: what is in braces in it is no field."""
    assert words("en").text("{time}, {day}", time="{day}", day="{0}") == "{day}, {0}"


ALPHABET = list(
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
)


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        pytest.param("vi", ALPHABET, id="letters, each with its tones"),
        pytest.param("vi", [c.upper() for c in ALPHABET], id="capital letters"),
        pytest.param(
            "vi",
            ["ba", "bà", "bả", "bã", "bá", "bạ", "bác", "bạc", "ban", "bàn", "bán", "bang", "băng"],
            id="tones weigh less than all letters after them",
        ),
        pytest.param(
            "vi",
            ["da", "dân", "dự", "dỹ", "đa", "đá", "đất", "đo", "độ", "đơn", "e"],
            id="đ is a letter after d",
        ),
        pytest.param(
            "vi",
            ["Thuê", "Thuế", "Thuê nhà", "Thuế nhà đất", "Thung lũng", "Thư", "Thử"],
            id="the first difference in letters decides, over words",
        ),
        pytest.param(
            "vi",
            ["An toàn thông tin", "ẩn danh", "Ấn phẩm", "Biểu mẫu", "đào tạo", "Ý kiến"],
            id="case weighs less than letters and tones",
        ),
        pytest.param("vi", ["bộ", "Bộ", "Bộn bề", "bổn phận"], id="small letters before capitals"),
        pytest.param("vi", ["12/2008", "2 tháng", "An"], id="digits before letters"),
        pytest.param("en", ["café", "Cafés", "Forms", "Open data", "Tax"], id="English"),
    ],
)
def test_labels_are_in_the_order_of_the_language(language: str, ordered: list[str]) -> None:
    """CLDR's collation: a ă â b c d đ e ê …, the tones ngang huyền hỏi ngã sắc nặng after that."""
    order = words(language).order
    for seed in range(5):
        shuffled = random.Random(seed).sample(ordered, len(ordered))
        assert sorted(shuffled, key=order) == ordered, f"seed {seed}"


def test_different_labels_have_different_keys() -> None:
    """No order is left to chance: labels that differ in a mark or in case only are not equal."""
    labels = ["thue", "thuê", "thuế", "thuệ", "Thuế", "THUẾ"]
    assert len({str(words("vi").order(label)) for label in labels}) == len(labels)


@pytest.mark.parametrize(("language", "name"), [("vi", "Tiếng Việt"), ("en", "English")])
def test_a_language_names_itself(language: str, name: str) -> None:
    """The name is in the language itself, the tag is for programs."""
    found = words(language)
    assert (found.tag, found.name, found.direction) == (language, name, "ltr")


@pytest.mark.parametrize(
    ("number", "vietnamese", "english"),
    [(0, "0", "0"), (1.2, "1,2", "1.2"), (999, "999", "999"), (1234567, "1.234.567", "1,234,567")],
)
def test_numbers_have_the_signs_of_the_language(
    number: float, vietnamese: str, english: str
) -> None:
    """A comma or a point before the decimals, the other between thousands."""
    assert words("vi").number(number) == vietnamese
    assert words("en").number(number) == english


def test_numbers_in_sentences() -> None:
    """A count is told with the same signs."""
    assert words("en").count("{number} notice", "{number} notices", 1500) == "1,500 notices"


@pytest.mark.parametrize(
    ("month", "vietnamese", "english"), [(1, "Tháng 01", "January"), (11, "Tháng 11", "November")]
)
def test_a_month_has_a_name_without_its_year(month: int, vietnamese: str, english: str) -> None:
    """As Nghị định 30/2020/NĐ-CP writes it: a zero before January and February only."""
    assert words("vi").month_name(month) == vietnamese
    assert words("en").month_name(month) == english


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_week_has_seven_days(language: str) -> None:
    """Each with a name and a short one, no two alike; it begins on one of them."""
    week = words(language).week
    assert len(set(week.days)) == len(set(week.short)) == 7
    assert 1 <= week.begins <= 7


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Asia/Ho_Chi_Minh", 1, "Vietnam Time, UTC+7"),
        ("Asia/Kathmandu", 1, "Nepal Time, UTC+5:45"),
        ("America/St_Johns", 1, "Newfoundland Time, UTC\N{MINUS SIGN}2:30"),  # in summer
        ("Europe/London", 1, "United Kingdom Time, UTC+1"),
        ("Europe/London", 184, "United Kingdom Time, UTC"),
        ("UTC", 1, "UTC"),
    ],
)
def test_a_zone_is_named_with_its_distance(zone: str, day: int, expected: str) -> None:
    """As it is at the instant: summer time counts."""
    folder = ROOT / "theme/locale/en"
    at = datetime(2026, 6, 1, 12, tzinfo=UTC) + timedelta(days=day)
    assert LanguageWords(folder, ZoneInfo(zone)).zone(at) == expected


def test_a_zone_is_named_in_the_language() -> None:
    """The words are CLDR's."""
    assert words("vi").zone(datetime(2026, 6, 1, tzinfo=UTC)) == "Giờ Việt Nam, UTC+7"
