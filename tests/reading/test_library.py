"""The content folder: what it holds, what is read anew, what is taken from before."""

import os
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from plugins.model.problem import Level
from plugins.reading import library
from plugins.reading.editions import Source
from plugins.reading.library import Group, Read, Stamp, read, unlinked
from tests.reading.bodies import TEXTS
from tests.reading.content import NOTICE, a_desk, survey_of, write

PATH, ENGLISH = "2008/03/hop.vi.md", "2008/03/hop.en.md"
STEM = "2008/03/hop"
SECOND = 1_000_000_000


def read_stem(content: Path, before: dict[str, Source] | None = None) -> Read:
    """Read the notice `2008/03/hop` as it is now."""
    return read(a_desk(content), survey_of(content).groups[STEM], before or {})


def by_path(done: Read) -> dict[str, Source]:
    """The sources of a stem, as the next reading is given them."""
    return {source.path: source for source in done.sources}


def test_survey_finds_sources_by_stem_and_the_rest_by_path(tmp_path: Path) -> None:
    """Sources of one stem are one group, in the order of their names; all else are files."""
    content = write(
        tmp_path / "content",
        {
            PATH: NOTICE,
            ENGLISH: "Title: Conference\n",
            "2008/04/hop.vi.md": NOTICE,
            "pages/hop.vi.md": "Title: Họp\n",
            "2008/03/hop/toan-van.pdf": b"%PDF",
        },
    )
    seen = survey_of(content)
    assert {stem: [path for path, _ in group.files] for stem, group in seen.groups.items()} == {
        STEM: [ENGLISH, PATH],
        "2008/04/hop": ["2008/04/hop.vi.md"],
        "pages/hop": ["pages/hop.vi.md"],
    }
    assert seen.files.keys() == {"site.toml", "taxonomy.toml", "2008/03/hop/toan-van.pdf"}
    assert seen.problems == ()


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.vi.md",
        ".git/config",
        "2008/03/hop.vi.md~",
        "2008/03/.hop.vi.md.swp",
        ".cache/2008/03/hop.vi.md",
    ],
)
def test_survey_passes_over_ignored_files(name: str, tmp_path: Path) -> None:
    """A name that is nobody's content is as if it were not there, a folder with all it holds."""
    content = write(tmp_path / "content", {PATH: NOTICE})
    plain = survey_of(content)
    seen = survey_of(write(content, {name: "x"}))
    assert (seen.groups.keys(), seen.files.keys(), seen.problems) == (
        plain.groups.keys(),
        plain.files.keys(),
        (),
    )


def test_survey_does_not_read(tmp_path: Path) -> None:
    """Looking through the folder depends on names and times only, not on what files say."""
    content = write(tmp_path / "content", {PATH: b"\xff\0"})
    assert survey_of(content).problems == ()


def test_stamp_tells_one_writing_from_another(tmp_path: Path) -> None:
    """A stamp stays as long as nobody writes, and is another after each way of writing."""
    content = write(tmp_path / "content", {PATH: NOTICE})

    def stamp() -> Stamp:
        return survey_of(content).groups[STEM].files[0][1]

    first = stamp()
    assert stamp() == first
    os.utime(content / PATH, ns=(first.mtime + 1, first.mtime + 1))
    touched = stamp()
    (content / PATH).write_text(NOTICE + "x", encoding="utf-8")
    longer = stamp()
    (content / "new").write_text(NOTICE + "x", encoding="utf-8")
    (content / "new").rename(content / PATH)
    os.utime(content / PATH, ns=(longer.mtime, longer.mtime))
    replaced = stamp()
    assert len({first, touched, longer, replaced}) == 4


@pytest.mark.parametrize(
    ("part", "age", "changing"),
    [
        # A time with a fraction is from a clock that ticks at least every 20 ms.
        (1, 0, True),
        (1, 20_000_000 - 1, True),
        (1, 20_000_000, False),
        (1, -SECOND, True),  # a clock that went back
        # A whole second may be from a disk that knows no fractions.
        (0, 20_000_000, True),
        (0, 2 * SECOND - 1, True),
        (0, 2 * SECOND, False),
    ],
)
def test_stamps_that_are_too_young(
    part: int, age: int, changing: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is not trusted as long as another writing could leave the same stamp."""
    content = write(tmp_path / "content", {PATH: NOTICE})
    changed = (content / PATH).stat().st_ctime_ns
    written = (changed // SECOND + 10) * SECOND + part  # later than anything of this test
    os.utime(content / PATH, ns=(written, written))
    monkeypatch.setattr(library, "time_ns", lambda: written + age)
    assert (PATH in survey_of(content).changing) is changing


def test_a_changed_time_of_change_is_young_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was put here with an old time of writing is as young as its being here."""
    content = write(tmp_path / "content", {PATH: NOTICE})
    os.utime(content / PATH, ns=(SECOND + 1, SECOND + 1))
    here = (content / PATH).stat().st_ctime_ns
    monkeypatch.setattr(library, "time_ns", lambda: here + 1)
    assert PATH in survey_of(content).changing


def test_read_takes_what_did_not_change(tmp_path: Path) -> None:
    """Reading again takes every source from before, renders nothing, and tells the same."""
    content = write(tmp_path / "content", {PATH: NOTICE, ENGLISH: "Title: Conference\n\nText.\n"})
    first = read_stem(content)
    again = read_stem(content, by_path(first))
    assert len(first.bodies) == 2
    assert again.bodies == ()
    assert (again.sources, again.told) == (first.sources, first.told)


def test_read_reads_the_changed_file_only(tmp_path: Path) -> None:
    """Of two editions, only the one whose bytes changed is rendered; both tell the notice."""
    content = write(tmp_path / "content", {PATH: NOTICE, ENGLISH: "Title: Conference\n\nText.\n"})
    first = read_stem(content)
    write(content, {PATH: NOTICE.replace("2008-03-21", "2008-03-22")})
    again = read_stem(content, by_path(first))
    assert [body.path for body in again.bodies] == [PATH]
    assert again.told == read_stem(content).told
    assert again.told.notice
    assert {edition.day.day for edition in again.told.notice.editions} == {22}  # both inherit it


def test_read_trusts_bytes_not_times(tmp_path: Path) -> None:
    """A file that was touched, or written again with the same bytes, is not read anew."""
    content = write(tmp_path / "content", {PATH: NOTICE})
    first = read_stem(content)
    os.utime(content / PATH, ns=(1, 1))
    assert read_stem(content, by_path(first)).bodies == ()


@pytest.mark.parametrize(
    "data",
    [
        NOTICE.encode("utf-8-sig"),
        NOTICE.replace("\n", "\r\n").encode(),
        normalize("NFD", NOTICE).encode(),
    ],
    ids=["bom", "crlf", "nfd"],
)
def test_what_is_only_advised_is_read(data: bytes, tmp_path: Path) -> None:
    """A source that an editor saved in its own way tells the same notice, with an advice."""
    plain = read_stem(write(tmp_path / "plain", {PATH: NOTICE})).told
    told = read_stem(write(tmp_path / "other", {PATH: data})).told
    assert told.notice == plain.notice
    assert [problem.level for problem in told.problems] == [Level.ADVICE]


def test_what_came_and_went(tmp_path: Path) -> None:
    """A translation that appears or goes changes what the stem tells, though the rest stays."""
    content = write(tmp_path / "content", {PATH: NOTICE})
    alone = read_stem(content)
    both = read_stem(write(content, {ENGLISH: "Title: Conference\n\nText.\n"}), by_path(alone))
    assert [body.path for body in both.bodies] == [ENGLISH]
    assert both.told.notice
    assert [edition.language for edition in both.told.notice.editions] == ["vi", "en"]
    (content / ENGLISH).unlink()
    assert read_stem(content, by_path(both)).told == alone.told


def test_a_file_that_grew_too_large_is_not_taken_from_before(tmp_path: Path) -> None:
    """A source that is too large now is told so, whatever it said before; and the other way."""
    content = write(tmp_path / "content", {PATH: NOTICE})
    first = read_stem(content)
    with (content / PATH).open("r+b") as file:
        file.truncate(2_000_000)
    large = read_stem(content, by_path(first))
    assert "2.0 MB" in str(large.told.problems[0].message)
    assert read_stem(write(content, {PATH: NOTICE}), by_path(large)).told == first.told


def test_a_file_that_went_while_reading_is_a_fault(tmp_path: Path) -> None:
    """A file that is gone when its turn comes is told as a fault, not as a crash."""
    content = write(tmp_path / "content", {PATH: NOTICE})
    group = survey_of(content).groups[STEM]
    (content / PATH).unlink()
    (problem,) = read(a_desk(content), group, {}).told.problems
    assert str(problem).startswith(f"{PATH}:1: file: The file cannot be read.")


VALUES = r"""
2008-03-21 16:44
2008-03-21
event
withdrawn
draft
2008-03-21 16:44 withdrawn: x
/a, /b
a/b.png
../../../a.png
thue
2008/03/hop
https://example.org/
hop
""".splitlines()
HEADERS = st.lists(
    st.tuples(
        st.sampled_from([*library.KEYS, "Titel", "---", ""]),
        st.sampled_from(VALUES) | st.text(max_size=10),
    ),
    max_size=8,
).map(lambda fields: "".join(f"{key}: {value}\n" for key, value in fields))


@settings(
    print_blob=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=50) | st.tuples(HEADERS, TEXTS).map(lambda t: "\n".join(t).encode()))
@example(b"Title: a\nDate: 2008-03-21 16:44\nKind: event\nStarts: 0001-01-01\n\nb")
@example(b"Title: a\nDate: 9999-12-31 20:00Z\n\nb")
def test_reading_never_crashes(tmp_path: Path, data: bytes) -> None:
    """Whatever bytes a source holds, reading tells a notice or a fault, in lines of its own."""
    content = write(tmp_path / "content", {PATH: data})
    group = Group(STEM, ((PATH, Stamp(0, 0, len(data), 0)),))
    told = read(a_desk(content), group, {}).told
    faults = [problem for problem in told.problems if problem.level == Level.FAULT]
    assert told.notice or faults
    for problem in told.problems:
        assert problem.path == PATH
        assert 1 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 1
        assert "\n" not in str(problem)


def test_unlinked_files_are_told_in_order() -> None:
    """What nothing links is told as advice, sorted; the registries are no attachments."""
    files = {"taxonomy.toml": 0, "b.pdf": 0, "site.toml": 0, "a.pdf": 0, "c.pdf": 0}
    advice = unlinked(files, {"c.pdf"})
    assert [(problem.path, problem.level) for problem in advice] == [
        ("a.pdf", Level.ADVICE),
        ("b.pdf", Level.ADVICE),
    ]
