"""Faults: all are told, nothing is touched, and mending them is all it takes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.model.problem import Faults
from tests.building.contents import Content, a_notice
from tests.building.running import Trial, difference, run, times

ORIGINAL = "2008/09/thong-bao-4.vi.md"
TRANSLATION = "2008/09/thong-bao-4.en.md"


def no_title(content: Content) -> None:
    """A header that can be read, and lacks its title."""
    del content.sources[ORIGINAL].header["Title"]


def no_date(content: Content) -> None:
    """No edition of the notice has a date."""
    del content.sources[ORIGINAL].header["Date"]


def no_header(content: Content) -> None:
    """A header that cannot be read; its siblings tell nothing either."""
    content.sources[ORIGINAL].header["Không phải khóa"] = "A"


def unknown_tag(content: Content) -> None:
    """A tag that is not in the taxonomy."""
    content.sources[ORIGINAL].header["Tags"] = "khong-co"


def dead_link(content: Content) -> None:
    """A link to a notice that there is not."""
    content.sources[ORIGINAL].text += "\n\n[x](khong-co.vi.md)"


def no_file(content: Content) -> None:
    """A link to a file that there is not."""
    content.sources[TRANSLATION].text += "\n\n[x](khong-co.pdf)"


def same_address(content: Content) -> None:
    """Two notices that want one address."""
    content.sources["2008/09/khac.vi.md"] = a_notice(Slug="thong-bao-4")


def no_label(content: Content) -> None:
    """A registry that is not TOML."""
    content.labels["van-ban"] = 'a" oder "b'


def conflict(content: Content) -> None:
    """What version control leaves."""
    content.sources[TRANSLATION].text = "<<<<<<< HEAD\nmột\n=======\nhai\n>>>>>>> khac"


BLUNDERS = (
    no_title,
    no_date,
    no_header,
    unknown_tag,
    dead_link,
    no_file,
    same_address,
    no_label,
    conflict,
)


def slug_of_the_original(content: Content) -> None:
    """The translation's page shows the address of the original, so it is built again."""
    content.sources[ORIGINAL].header["Slug"] = "dia-chi-moi"


def nothing_else(_: Content) -> None:
    """It is as it was before the fault."""


@pytest.mark.parametrize("blunder", BLUNDERS)
def test_fault_leaves_the_output(tmp_path: Path, blunder: Callable[[Content], None]) -> None:
    """A fault stops the build before it touches a file of the output folder, hidden ones too."""
    trial = Trial(tmp_path)
    trial.build()
    before, then = trial.tree(), times(trial.out)
    trial.content.sources["2008/06/thong-bao-1.vi.md"].header["Title"] = "Tên khác"
    blunder(trial.content)
    with pytest.raises(Faults):
        trial.build()
    assert trial.untouched(before) == []
    assert times(trial.out) == then


@pytest.mark.parametrize("change", [slug_of_the_original, nothing_else])
@pytest.mark.parametrize("blunder", BLUNDERS)
def test_mended_fault(
    tmp_path: Path, blunder: Callable[[Content], None], change: Callable[[Content], None]
) -> None:
    """After a fault and its mending, the output is that of a clean build, whatever else changes."""
    trial = Trial(tmp_path)
    trial.build()
    good = Trial(tmp_path).content
    blunder(trial.content)
    with pytest.raises(Faults):
        trial.build()
    trial.content = good
    change(trial.content)
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []


def test_first_build_with_a_fault(tmp_path: Path) -> None:
    """A first build that stops on a fault makes no output folder; once mended, it is whole."""
    trial = Trial(tmp_path)
    no_title(trial.content)
    with pytest.raises(Faults):
        trial.build()
    assert not trial.out.exists()
    trial.content.sources[ORIGINAL].header["Title"] = "Đã có"
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []


def test_command_tells_all_faults(tmp_path: Path) -> None:
    """The command ends with 1; each fault is a line with path, line and key; no traceback."""
    trial = Trial(tmp_path)
    trial.run()
    before = trial.tree()
    unknown_tag(trial.content)
    trial.content.sources["2007/07/thong-bao-6.en.md"].text += "\n\n[x](khong-co.pdf)"
    trial.content.sources[TRANSLATION].header["Venue"] = "Hà Nội"
    done = run(*trial.folders)
    assert done.returncode == 1
    places = [line.split(": ")[:2] for line in done.stderr.splitlines() if ".md:" in line]
    assert places == [
        ["2007/07/thong-bao-6.en.md:8", "body"],
        ["2008/09/thong-bao-4.en.md:5", "Venue"],
        ["2008/09/thong-bao-4.vi.md:4", "Tags"],
    ]
    assert "3 faults" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert trial.untouched(before) == []


def test_advice_does_not_stop(tmp_path: Path) -> None:
    """What is only advised, such as to link a file that lies there, is told and stops nothing."""
    trial = Trial(tmp_path)
    trial.content.files["2008/09/quen.pdf"] = b"%PDF"
    said = trial.run()
    assert "advice: 2008/09/quen.pdf:1: file:" in said
    assert "2008/09/quen.pdf" not in trial.tree()


def test_what_is_not_public_is_nowhere(tmp_path: Path) -> None:
    """No byte and no name of the output tells of a draft or an embargoed notice, or of its files,
    neither in a clean build nor after it was put back into draft.
    """
    trial = Trial(tmp_path)
    trial.content.sources["2008/03/bi-mat.vi.md"] = a_notice(
        "Đoạn kín-đáo.", Title="Tên kín-đáo", Aliases="/kin-dao.html", Slug="kin-dao"
    )
    trial.content.sources["2008/03/bi-mat.vi.md"].links.append("2008/03/bi-mat/kin-dao.pdf")
    trial.content.files["2008/03/bi-mat/kin-dao.pdf"] = b"kin-dao"
    trial.content.sources[ORIGINAL].links.append("2008/03/bi-mat.vi.md")
    words = ("kín-đáo", "kin-dao")
    header = trial.content.sources["2008/03/bi-mat.vi.md"].header

    def telling() -> list[str]:
        """The paths that hold one of the words."""
        return [
            path
            for path, data in trial.tree().items()
            if any(word in path or word.encode() in (data or b"") for word in words)
        ]

    for change in ({"Status": "draft"}, {"Date": "2010-01-01 08:00"}):
        header.pop("Status", None)
        header["Date"] = "2008-03-01 08:00"
        trial.build()
        assert telling() != []
        header |= change
        trial.build()
        assert telling() == []
        assert difference(trial.tree(), trial.clean()) == []
