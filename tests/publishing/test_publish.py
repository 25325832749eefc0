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

    def roll_back(self, release: str = "") -> int:
        return self.call(partial(roll_back, to="", release=release))

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


def test_a_promise_that_there_is_not_is_told(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    """Before anything is built."""
    assert desk.publish(Wishes(yes=True, allow=("adress-gone",))) == 1
    said = capfd.readouterr().err
    assert "no promise “adress-gone”" in said
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
    assert desk.publish() == 0
    assert "1 changed" in capfd.readouterr().out
    assert desk.roll_back("0009-20260101T000000Z") == 1
    assert "Kept are" in capfd.readouterr().err


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
    assert "Đã công bố" in capfd.readouterr().out


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
