"""Tests of `plugins/building/due.py`: the verb says when to build; until then a build is idle."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from plugins.building.due import say_when
from plugins.model.problem import Faults
from plugins.speaking import speech
from tests.building.contents import Content, a_notice
from tests.building.running import Trial, times

SECOND = timedelta(seconds=1)


def said(trial: Trial, capsys: pytest.CaptureFixture[str]) -> str:
    """The instant that the verb prints, and nothing besides."""
    capsys.readouterr()
    assert say_when(trial.workplace, speech("en")) == 0
    return capsys.readouterr().out


def an_event_and_a_notice_to_come() -> Content:
    """An event of a morning in March 2008, a notice of April."""
    return Content(
        {
            "2008/03/hop.vi.md": a_notice(
                Kind="event", Starts="2008-03-25 08:00", Ends="2008-03-25 11:00"
            ),
            "2008/04/tin.vi.md": a_notice(Title="Tin tháng tư", Date="2008-04-01 09:00"),
        }
    )


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2008-03-24T00:00:00+07:00", "2008-03-25T08:00:00+07:00\n"),
        ("2008-03-25T02:00:00+00:00", "2008-03-25T11:00:00+07:00\n"),
        ("2008-03-25T11:00:00+07:00", "2008-04-01T09:00:00+07:00\n"),
        ("2008-04-01T09:00:00+07:00", "2013-03-21T16:44:00+07:00\n"),  # the first grows old
        ("2013-04-01T09:00:00+07:00", ""),
    ],
)
def test_it_prints_an_instant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], as_of: str, expected: str
) -> None:
    """ISO 8601 in the zone of the site, on a line of its own; nothing when nothing is to come."""
    trial = Trial(tmp_path, an_event_and_a_notice_to_come(), AS_OF=as_of)
    assert said(trial, capsys) == expected


def test_it_prints_nothing_if_there_are_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever called it lists them, as a build does."""
    trial = Trial(tmp_path, Content({"2008/03/hop.vi.md": a_notice(Date="03/04/2008")}))
    with pytest.raises(Faults) as raised:
        say_when(trial.workplace, speech("en"))
    assert [fault.path for fault in raised.value.problems] == ["2008/03/hop.vi.md"]
    assert capsys.readouterr().out == ""


def test_until_then_a_build_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From one due instant to the next: not a second before, and at that instant something."""
    trial = Trial(tmp_path, an_event_and_a_notice_to_come(), AS_OF="2008-03-24T00:00:00+07:00")
    trial.build()
    seen = []
    while instant := said(trial, capsys).strip():
        before = times(trial.out)
        at = datetime.fromisoformat(instant)
        trial.settings["AS_OF"] = (at - SECOND).isoformat()
        trial.build()
        assert times(trial.out) == before
        trial.settings["AS_OF"] = instant
        trial.build()
        assert times(trial.out) != before
        seen.append(instant)
    assert len(seen) == 5
