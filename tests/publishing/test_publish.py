"""The verb publish: what stops it, what it says, what is public afterwards."""

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from plugins.calling import Verb, call
from plugins.publishing import publish as verb
from plugins.publishing.publish import BROKEN, Wishes, publish
from plugins.publishing.rollback import roll_back
from tests.building.contents import AS_OF, Content, a_notice, a_translation
from tests.building.running import ROOT, with_templates
from tests.publishing.targets.sites import files_of

YES = Wishes(yes=True)


class Desk:
    """A webmaster's: content, settings, and where it is published."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.conf = folder, folder / "conf.py"
        self.public = folder / "public"
        self.content = Content(
            {
                "2008/03/mot.vi.md": a_notice(Title="Một"),
                "2008/03/mot.en.md": a_translation(Title="One"),
                "2008/04/hai.vi.md": a_notice(Title="Hai", Date="2008-04-01 08:00"),
                "pages/gioi-thieu.vi.md": a_translation(Title="Giới thiệu"),
                "pages/lien-he.vi.md": a_translation(Title="Liên hệ"),
            }
        )
        with_templates(folder / "cache")
        self.settings()

    def settings(self, **others: Any) -> None:
        given = {
            "PUBLISH": {"local": {"kind": "folder", "path": str(self.public), "keep": 3}},
            "CACHE_PATH": str(self.folder / "cache"),
            "OUTPUT_PATH": str(self.folder / "output"),
            "THEME": str(ROOT / "theme"),
            "AS_OF": AS_OF,
            "WORKERS": 1,
        } | others
        lines = [f"{name} = {value!r}" for name, value in given.items()]
        head = [f"import sys; sys.path.insert(0, {str(ROOT)!r})", "from publishconf import *"]
        left_out = (
            'PLUGINS = [name for name in PLUGINS if not name.endswith((".search", ".embeds"))]'
        )
        self.conf.write_text("\n".join([*head, left_out, *lines, ""]))

    def publish(self, wishes: Wishes = YES, language: str = "en") -> int:
        return self.call(partial(publish, wishes=wishes), language)

    def roll_back(self, release: str = "", allow: tuple[str, ...] = ()) -> int:
        return self.call(partial(roll_back, to="", release=release, allow=allow))

    def call(self, verb: Verb, language: str = "en") -> int:
        folder = self.content.write(self.folder / "content")
        return call(verb, self.conf, str(folder), language)

    @property
    def shown(self) -> dict[str, bytes]:
        return files_of(self.public / "current")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_first_publication_says_that_it_is_the_first(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    """And what went out, as which release, at which address; the second says what changed."""
    assert desk.publish() == 0
    said = capfd.readouterr().out
    assert "Nothing was published here yet" in said
    assert re.search(r"Published to .*public/current: [0-9]+ files sent", said)
    assert re.search(r"release 0001-[0-9TZ]+\.\nhttps://www\.example\.org", said)
    assert "vi/2008/03/mot/index.html" in desk.shown
    desk.content.sources["2008/03/mot.vi.md"].text += "\n\nThêm."
    assert desk.publish() == 0
    said = capfd.readouterr().out
    assert "0 new, 1 changed, 0 gone" in said
    assert "release 0002-" in said
    assert "Thêm" in desk.shown["vi/2008/03/mot/index.html"].decode()
    assert desk.publish() == 0
    assert "Nothing has changed" in capfd.readouterr().out


def test_a_dry_run_does_all_but_the_handing_over(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not even the target's folder is made."""
    assert desk.publish(Wishes(dry_run=True)) == 0
    assert "dry run" in capfd.readouterr().out
    assert not desk.public.exists()


def test_a_broken_promise_stops_it_unless_it_is_allowed_by_name(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each of them; what to write is said."""
    assert desk.publish() == 0
    before = desk.shown
    del desk.content.sources["2008/04/hai.vi.md"]
    assert desk.publish() == BROKEN
    said = capfd.readouterr().err
    assert "--allow fewer-notices --allow address-gone" in said
    assert desk.publish(Wishes(yes=True, allow=("fewer-notices",))) == BROKEN
    assert desk.publish(Wishes(yes=True, dry_run=True)) == BROKEN
    assert desk.shown == before
    names = re.findall(r"--allow ([a-z-]+)", said)
    assert desk.publish(Wishes(yes=True, allow=tuple(names))) == 0
    assert "vi/2008/04/hai/index.html" not in desk.shown


def test_a_corrected_date_may_empty_a_month(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    """That is a promise of its own; nothing else is broken, and nothing else passes with it."""
    assert desk.publish() == 0
    desk.content.sources["2008/04/hai.vi.md"].header["Date"] = "2008-03-31 08:00"
    capfd.readouterr()
    assert desk.publish() == BROKEN
    said = capfd.readouterr()
    assert "  /en/2008/04/\n  /vi/2008/04/\n" in said.out
    assert said.err.strip().endswith("write --allow listing-gone.")
    assert desk.publish(Wishes(yes=True, allow=("listing-gone",))) == 0
    assert "vi/2008/04/index.html" not in desk.shown
    assert "vi/2008/04/hai/index.html" in desk.shown


def test_a_promise_that_there_is_not_is_told(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    """Before anything is built."""
    assert desk.publish(Wishes(yes=True, allow=("adress-gone",))) == 1
    said = capfd.readouterr().err
    assert "no promise and no rule “adress-gone”" in said
    assert "address-gone" in said
    assert not (desk.folder / "output").exists()


def test_a_fault_stops_it(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    """It is told as by a build, and what is public stays."""
    assert desk.publish() == 0
    before = desk.shown
    desk.content.sources["2008/03/mot.vi.md"].header["Date"] = "05/03/2026"
    assert desk.publish() == 1
    assert "2008/03/mot.vi.md:2: Date:" in capfd.readouterr().err
    assert desk.shown == before


def test_a_finding_of_the_audit_stops_it(
    desk: Desk, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the audit finds is said."""
    assert desk.publish() == 0
    desk.settings(LARGEST_FILE=1000)
    before = desk.shown
    assert desk.publish() == 1
    assert "in what was built; nothing was published" in capfd.readouterr().err
    assert desk.shown == before


def test_without_a_terminal_somebody_must_have_said_yes(
    desk: Desk, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On one, the answer counts; anything but yes is no."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert desk.publish(Wishes()) == 1
    assert "--yes" in capfd.readouterr().err
    answers = iter(["", "n", "x", EOFError()])

    def answered(_: str) -> str:
        answer = next(answers)
        if isinstance(answer, EOFError):
            raise answer
        return answer

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answered)
    for _ in range(4):
        assert desk.publish(Wishes()) == 1
    assert not desk.public.exists()
    monkeypatch.setattr("builtins.input", lambda _: "Y ")
    assert desk.publish(Wishes()) == 0
    assert desk.shown


def test_a_rollback_is_followed_by_a_publication(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    """What is compared is what is public, not what was published last."""
    assert desk.publish() == 0
    desk.content.sources["2008/03/mot.vi.md"].text += "\n\nThêm."
    assert desk.publish() == 0
    assert desk.roll_back() == 0
    assert "release 0001-" in capfd.readouterr().out
    desk.content.sources["2008/03/mot.vi.md"].text += "\n\nThêm nữa."
    assert desk.publish() == 0
    assert "1 changed" in capfd.readouterr().out
    assert desk.roll_back("0009-20260101T000000Z") == 1
    assert "kept are" in capfd.readouterr().err


def test_what_was_rolled_back_is_not_published_by_accident(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    """The very same site stops, though a draft was added; with other content it does not."""
    assert desk.publish() == 0
    desk.content.sources["2008/03/mot.vi.md"].text += "\n\nThêm."
    assert desk.publish() == 0
    assert desk.roll_back() == 0
    before = desk.shown
    desk.content.sources["2008/03/nhap.vi.md"] = a_notice(Title="Nháp", Status="draft")
    capfd.readouterr()
    assert desk.publish() == BROKEN
    said = capfd.readouterr()
    assert "Broken promise (rolled-back):" in said.out
    assert "  0002-" in said.out
    assert "--allow rolled-back." in said.err
    assert desk.shown == before
    assert desk.publish(Wishes(yes=True, allow=("rolled-back",))) == 0
    assert "Thêm." in desk.shown["vi/2008/03/mot/index.html"].decode()


WITHDRAWN = {"Status": "withdrawn", "Changes": "2009-05-01 08:00 withdrawn: đăng nhầm"}


def test_a_slow_clock_publishes_nothing(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    """What was withdrawn would be public again; the clock is told alone, for the rest follows."""
    desk.content.sources["2008/03/mot.vi.md"].header |= WITHDRAWN
    assert desk.publish() == 0
    before = desk.shown
    desk.settings(AS_OF="2009-04-30T00:00:00+07:00", LARGEST_FILE=1000)
    capfd.readouterr()
    assert desk.publish() == BROKEN
    said = capfd.readouterr()
    assert "it is 2009-04-30 00:00:00 by it, and what is published is of 2009-05-01 08:" in said.out
    assert "/vi/2008/03/mot/" in said.out
    assert said.err.strip().endswith("write --allow clock-behind.")
    desk.settings(AS_OF="2009-04-30T00:00:00+07:00")
    assert desk.publish(Wishes(yes=True, allow=("clock-behind",))) == BROKEN
    assert "write --allow clock-behind --allow withdrawn-again." in capfd.readouterr().err
    assert desk.shown == before


def test_what_is_held_back_is_told(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    """A withdrawal that a fast clock has dated later comes first, also when nothing changes."""
    desk.content.sources["2008/03/mot.vi.md"].header |= {
        "Status": "withdrawn",
        "Changes": "2009-06-02 08:00 withdrawn: đăng nhầm",
    }
    desk.content.sources["2008/04/ba.vi.md"] = a_notice(Title="Ba", Date="2009-06-01 08:00")
    assert desk.publish() == 0
    told = (
        "Held back, for it is dated later than now, which is 2009-06-01 00:00 by this clock: 3\n"
        "  2009-06-02 08:00  2008/03/mot.vi.md  Một  withdrawn: đăng nhầm\n"
        "  2009-06-02 08:00  2008/03/mot.en.md  One  withdrawn: đăng nhầm\n"
        "  2009-06-01 08:00  2008/04/ba.vi.md  Ba\n"
    )
    assert capfd.readouterr().out.endswith(told)
    assert desk.publish() == 0
    said = capfd.readouterr().out
    assert "Nothing has changed" in said
    assert said.endswith(told)


def test_a_rollback_that_shows_what_was_withdrawn_is_stopped(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    """Unless it is allowed; it says what it changes."""
    assert desk.publish() == 0
    assert desk.roll_back() == 1
    assert "is the only one" in capfd.readouterr().err
    desk.content.sources["2008/03/mot.vi.md"].header |= WITHDRAWN
    assert desk.publish() == 0
    before = desk.shown
    capfd.readouterr()
    assert desk.roll_back() == BROKEN
    said = capfd.readouterr()
    assert "0 new, 2 changed, 0 gone" in said.out
    assert "  /vi/2008/03/mot/  Một\n" in said.out
    assert "--allow withdrawn-again" in said.err
    assert desk.shown == before
    assert desk.roll_back(allow=("address-gone",)) == 1
    assert desk.roll_back(allow=("withdrawn-again",)) == 0
    assert "đăng nhầm" not in desk.shown["vi/2008/03/mot/index.html"].decode()


@pytest.mark.parametrize("data", [None, b"{"])
def test_a_site_that_does_not_tell_what_it_holds_stops_it(
    desk: Desk, capfd: pytest.CaptureFixture[str], data: bytes | None
) -> None:
    """It is not taken for a first publication; a rollback needs a word more."""
    assert desk.publish() == 0
    desk.content.sources["2008/03/mot.vi.md"].text += "\n\nThêm."
    assert desk.publish() == 0
    del desk.content.sources["2008/04/hai.vi.md"]
    index = desk.public / "current/archive.json"
    index.unlink()
    if data:
        index.write_bytes(data)
    capfd.readouterr()
    assert desk.publish() == 1
    said = capfd.readouterr()
    assert "archive.json" in said.err
    assert "first" not in said.out
    assert "vi/2008/04/hai/index.html" in desk.shown
    assert desk.roll_back() == 1
    assert "--allow withdrawn-again" in capfd.readouterr().err
    assert desk.roll_back(allow=("withdrawn-again",)) == 0


def test_a_finding_can_be_allowed_by_its_rule(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is told then, and does not stop; others do."""
    desk.settings(LARGEST_FILE=1000)
    assert desk.publish() == 1
    assert "write --allow file-too-large." in capfd.readouterr().err
    assert desk.publish(Wishes(yes=True, allow=("link-dead",))) == 1
    assert desk.publish(Wishes(yes=True, allow=("file-too-large",))) == 0
    assert "of rules that are allowed:" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (None, "PUBLISH is None. Write where to publish"),
        ({}, "PUBLISH is {}"),
        ({"local": "public"}, '"kind" is "folder", "ssh" or "s3"'),
        ({"local": {"kind": "ftp"}}, '"kind" is "folder", "ssh" or "s3"'),
        ({"local": {"kind": "folder"}}, "missing required field `path`"),
        ({"local": {"kind": "folder", "pth": "x", "path": "y"}}, "unknown field `pth`"),
        ({"local": {"kind": "folder", "path": "x", "keep": 0}}, "(keep)"),
        ({"far": {"kind": "ssh", "host": "-oProxyCommand=x", "path": "/x"}}, "(host)"),
        ({"far": {"kind": "ssh", "host": "h", "user": "a b", "path": "/x"}}, "(user)"),
        ({"far": {"kind": "ssh", "host": "h", "path": "relative"}}, "(path)"),
        ({"far": {"kind": "ssh", "host": "h", "path": "/x", "identity": 'a"\nb'}}, "(identity)"),
        ({"s3": {"kind": "s3", "bucket": "Not A Bucket"}}, "(bucket)"),
        ({"s3": {"kind": "s3", "bucket": "abc", "prefix": "../x"}}, "(prefix)"),
        ({"s3": {"kind": "s3", "bucket": "abc", "endpoint": "ftp://x"}}, "(endpoint)"),
        ({"-x": {"kind": "folder", "path": "x"}}, "names a target '-x'"),
    ],
)
def test_a_setting_that_is_wrong_is_told_with_what_to_write(
    desk: Desk, capfd: pytest.CaptureFixture[str], setting: object, said: str
) -> None:
    """Before anything is built."""
    desk.settings(PUBLISH=setting)
    assert desk.publish() == 2
    err = capfd.readouterr().err
    assert said in err
    assert "Write" in err
    assert not (desk.folder / "output").exists()


@pytest.mark.parametrize("inside", ["output", "content/x", "cache/x", "."])
def test_a_target_lies_apart(desk: Desk, capfd: pytest.CaptureFixture[str], inside: str) -> None:
    """From the content, the output and the cache."""
    desk.settings(PUBLISH={"local": {"kind": "folder", "path": str(desk.folder / inside)}})
    assert desk.publish() == 2
    assert "not apart" in capfd.readouterr().err


def test_a_target_that_there_is_not_is_told(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    """With those that there are."""
    assert desk.publish(Wishes(to="lokal", yes=True)) == 1
    assert "There are: local" in capfd.readouterr().err


def test_it_speaks_vietnamese(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    """All that it says itself."""
    assert desk.publish(language="vi") == 0
    assert "Đã xuất bản" in capfd.readouterr().out


def test_an_interruption_is_told(
    desk: Desk, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C in the build must not publish what was built before."""
    assert desk.publish() == 0
    before = desk.shown

    def interrupted(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(verb, "build", interrupted)
    assert desk.publish() == 1
    assert "Interrupted" in capfd.readouterr().err
    assert desk.shown == before


@pytest.mark.parametrize("workers", [1, 2])
def test_a_finding_stops_a_publication(
    desk: Desk, capfd: pytest.CaptureFixture[str], workers: int
) -> None:
    """Whichever process looks the site over; what is public is as it was."""
    desk.settings(WORKERS=workers)
    assert desk.publish() == 0
    before = desk.shown
    desk.content.sources["2008/04/hai.vi.md"].text += "\n\n[Xem](/vi/khong-co/)"
    assert desk.publish() == 1
    assert "/vi/khong-co/" in capfd.readouterr().err
    assert desk.shown == before
    assert desk.publish(Wishes(yes=True, allow=("link-dead",))) == 0
    assert desk.shown != before
