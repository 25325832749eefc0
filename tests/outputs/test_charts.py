"""Tests of `plugins/outputs/views/charts.py`.

Bars as long as their numbers say, and those in words.
"""

import pytest

from plugins.outputs.views.charts import BAR, NUMBER, ROW, WIDTH, ChartView, Count, chart
from tests.model.builders import a_site
from tests.outputs.printing import a_press

YEARS = [Count("2009", "/2009/", 1200), Count("2008", "/2008/", 600), Count("2007", "/2007/", 1)]


def a_chart(counts: list[Count], language: str = "en") -> ChartView:
    """The chart of these years."""
    found = chart(a_press(a_site()).words(language), "Notices by year", "Year", counts)
    assert found
    return found


def test_a_bar_is_as_long_as_its_number() -> None:
    """In proportion to the most; what is least can still be seen."""
    lengths = [bar.length for bar in a_chart(YEARS).bars]
    assert lengths[0] == pytest.approx(2 * lengths[1], abs=1)
    assert lengths[2] == 2


@pytest.mark.parametrize("label", ["2009", "Tháng 11", "September"])
@pytest.mark.parametrize("number", [1, 30, 12345])
def test_rows_do_not_touch_each_other(label: str, number: int) -> None:
    """Each has its height; its bar lies within it, after its label, and leaves its number room."""
    view = a_chart([Count(label, "", number), Count("Z", "", 1)])
    assert [bar.y for bar in view.bars] == [0, ROW]
    assert view.height == 2 * ROW
    assert view.bar_x >= 7 * len(label)
    for bar in view.bars:
        assert bar.y < bar.bar_y < bar.bar_y + BAR < bar.y + ROW
        assert view.bar_x + bar.length < bar.number_x <= WIDTH - NUMBER + 8


def test_numbers_are_words_of_the_language() -> None:
    """The name of a row says it as a sentence does; the description names the ends and the most."""
    english, vietnamese = a_chart(YEARS), a_chart(YEARS, "vi")
    assert [bar.name for bar in english.bars][::2] == ["2009: 1,200 notices", "2007: 1 notice"]
    assert [bar.number for bar in vietnamese.bars] == ["1.200", "600", "1"]
    assert english.description == "From 2007 to 2009; the most, 1,200 notices, in 2009."
    assert vietnamese.description == "Từ 2007 đến 2009; nhiều nhất: 1.200 thông báo (2009)."


def test_what_has_nothing_is_left_out() -> None:
    """A year without notices has no row; a listing without any has no chart."""
    assert [bar.label for bar in a_chart([*YEARS, Count("2006", "", 0)]).bars] == [
        "2009",
        "2008",
        "2007",
    ]
    words = a_press(a_site()).words("en")
    assert chart(words, "", "", [Count("2006", "", 0)]) is chart(words, "", "", []) is None
