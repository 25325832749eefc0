"""A build after a hundred others gives the same bytes as the first one (law 1)."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from plugins.model.problem import Faults
from tests.building.contents import (
    AS_OF,
    CATEGORIES,
    TAGS,
    Source,
    a_notice,
    a_picture,
    a_translation,
    an_archive,
)
from tests.building.running import Trial, difference, times

LANGUAGES = ("vi", "en")


class History(Trial):
    """A trial that goes on: each step is an operation on what the webmaster has in hand."""

    def __init__(self, folder: Path, workers: int) -> None:
        super().__init__(folder, an_archive(), AS_OF=AS_OF, WORKERS=workers)
        self._number = 100

    def new(self) -> int:
        """A number that no name holds yet."""
        self._number += 1
        return self._number

    def original(self, pick: int) -> tuple[str, Source]:
        """The path and the source of one of the originals."""
        stems = self.content.notices()
        path = self.content.editions(stems[pick % len(stems)])[0]
        return path, self.content.sources[path]

    def edition(self, pick: int) -> tuple[str, Source]:
        """The path and the source of one of the editions."""
        paths = sorted(path for path in self.content.sources if not path.startswith("pages/"))
        path = paths[pick % len(paths)]
        return path, self.content.sources[path]


Operation = Callable[[History, int], None]


def add(history: History, pick: int) -> None:
    """A new notice, between the others."""
    number, year, month = history.new(), 2006 + pick % 5, 1 + pick % 12
    history.content.sources[f"{year}/{month:02d}/tin-{number}.{LANGUAGES[pick % 2]}.md"] = a_notice(
        Title=f"Tin {number}", Date=f"{year}-{month:02d}-15 09:00", Tags=TAGS[pick % len(TAGS)]
    )


def edit_first_words(history: History, pick: int) -> None:
    """Words that listings show too."""
    source = history.edition(pick)[1]
    source.text = f"Đoạn đầu viết lại {history.new()}.\n\n{source.text}"


def edit_last_words(history: History, pick: int) -> None:
    """Words that only the page and the feeds show."""
    history.edition(pick)[1].text += f"\n\nĐoạn cuối {history.new()}[^1].\n\n[^1]: Chú thích."


def retitle(history: History, pick: int) -> None:
    """A title stands on neighbours' pages, too."""
    history.edition(pick)[1].header["Title"] = f'Tên mới {history.new()} <&"'


def retag(history: History, pick: int) -> None:
    """Another tag, or none; labels name tags as well as keys do."""
    header = history.original(pick)[1].header
    if pick % 3:
        header["Tags"] = f"{TAGS[pick % 4]}, {TAGS[pick % 3]}"
    else:
        header.pop("Tags", None)


def recategorise(history: History, pick: int) -> None:
    """Another category."""
    history.original(pick)[1].header["Category"] = CATEGORIES[pick % 2]


def redate(history: History, pick: int) -> None:
    """Another day, which may be of another year, or to come."""
    date = f"{2007 + pick % 3}-{1 + pick % 12:02d}-{1 + pick % 28:02d} 10:00"
    history.original(pick)[1].header["Date"] = date


def reslug(history: History, pick: int) -> None:
    """Another address of one edition."""
    history.edition(pick)[1].header["Slug"] = f"dia-chi-{history.new()}"


def translate(history: History, pick: int) -> None:
    """The other language, if it is lacking; edited, if it is there."""
    path, source = history.original(pick)
    stem, language, _ = path.rsplit(".", 2)
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    picture = {key: value for key, value in source.header.items() if key.startswith("Image")}
    history.content.sources[f"{stem}.{other}.md"] = a_translation(
        Title=f"New {history.new()}", **picture
    )


def drop_translation(history: History, pick: int) -> None:
    """The original stays."""
    for path in history.content.editions(history.original(pick)[0].rsplit(".", 2)[0])[1:]:
        del history.content.sources[path]


def withdraw(history: History, pick: int) -> None:
    """The page stays, with a reason."""
    path, source = history.original(pick)
    for other in history.content.editions(path.rsplit(".", 2)[0]):
        history.content.sources[other].header.pop("Changes", None)
    reason = "\n2009-05-01 10:00 withdrawn: Có nhầm lẫn."
    source.header |= {"Status": "withdrawn", "Changes": reason}


def put_back_into_draft(history: History, pick: int) -> None:
    """A notice that vanishes from everywhere."""
    header = history.original(pick)[1].header
    header.pop("Changes", None)
    header["Status"] = "draft"


def publish(history: History, _: int) -> None:
    """All drafts at once."""
    for source in history.content.sources.values():
        if source.header.get("Status") == "draft":
            del source.header["Status"]


def move(history: History, pick: int) -> None:
    """A notice to another month; its id and its old address stay."""
    stem = history.original(pick)[0].rsplit(".", 2)[0]
    number = history.new()
    for path in history.content.editions(stem):
        source = history.content.sources.pop(path)
        language = path.rsplit(".", 2)[1]
        name = source.header.get("Slug", stem.rpartition("/")[2])
        if "Date" in source.header:
            source.header.setdefault("Id", stem)
        source.header["Aliases"] = f"/{language}/{stem.rpartition('/')[0]}/{name}/"
        source.header["Slug"] = f"chuyen-{number}"
        history.content.sources[f"2010/0{1 + pick % 9}/chuyen-{number}.{language}.md"] = source


def delete(history: History, pick: int) -> None:
    """A whole notice, as long as there are others."""
    if len(history.content.notices()) > 1:
        for path in history.content.editions(history.original(pick)[0].rsplit(".", 2)[0]):
            del history.content.sources[path]


def attach(history: History, pick: int) -> None:
    """A file, linked from the text."""
    path, source = history.edition(pick)
    file = f"{path.rsplit('.', 2)[0]}/tep-{history.new()}.pdf"
    history.content.files[file] = b"%PDF"
    source.links.append(file)


def replace_a_file(history: History, pick: int) -> None:
    """Other bytes of the same name; a picture of another size."""
    if files := sorted(history.content.files):
        file = files[pick % len(files)]
        is_picture = file.endswith(".png")
        history.content.files[file] = (
            a_picture(1 + pick, 2) if is_picture else b"%" * (1 + pick % 99)
        )


def delete_a_file(history: History, pick: int) -> None:
    """Nothing links it any more."""
    if files := sorted(history.content.files):
        file = files[pick % len(files)]
        del history.content.files[file]
        for source in history.content.sources.values():
            if source.header.get("Image") == file:
                del source.header["Image"], source.header["Image_alt"]


def illustrate(history: History, pick: int) -> None:
    """A lead picture, described in each language."""
    stem = history.original(pick)[0].rsplit(".", 2)[0]
    picture = f"{stem}/anh-{history.new()}.png"
    history.content.files[picture] = a_picture(1 + pick % 9, 5)
    for path in history.content.editions(stem):
        history.content.sources[path].header |= {"Image": picture, "Image_alt": "Ảnh"}


def link(history: History, pick: int) -> None:
    """From one notice to another, which may not be public."""
    source = history.edition(pick)[1]
    source.links.append(history.edition(pick // 7)[0])


def relabel(history: History, pick: int) -> None:
    """A tag's or a category's label, with what order by label brings."""
    key = (*TAGS, *CATEGORIES)[pick % 6]
    history.content.labels[key] = f"{'zđaâ'[pick % 4]} nhãn {history.new()}"


def readdress_a_term(history: History, pick: int) -> None:
    """A tag's or a category's slug."""
    history.content.slugs[(*TAGS, *CATEGORIES)[pick % 6]] = f"topic-{history.new()}"


def edit_the_sites_words(history: History, pick: int) -> None:
    """What stands on every page."""
    history.content.tagline = f"Khẩu hiệu {pick}"


def edit_the_menu(history: History, _: int) -> None:
    """Another order, or fewer pages."""
    menu = history.content.menu
    history.content.menu = menu[1:] or ["lien-he", "gioi-thieu"]


def edit_a_page(history: History, pick: int) -> None:
    """The text or the title of a standing page."""
    pages = sorted(path for path in history.content.sources if path.startswith("pages/"))
    source = history.content.sources[pages[pick % len(pages)]]
    source.text = f"Viết lại {history.new()}."
    if pick % 2:
        source.header["Title"] = f"Trang {pick}"


def translate_a_page(history: History, _: int) -> None:
    """The contact page in English comes, or goes."""
    path = "pages/lien-he.en.md"
    if not history.content.sources.pop(path, None):
        history.content.sources[path] = a_translation(Title="Contact")


def fix_an_event(history: History, pick: int) -> None:
    """An event's state, or a bulletin that becomes an event."""
    header = history.original(pick)[1].header
    states = ("scheduled", "postponed", "cancelled", "moved-online")
    header |= {"Kind": "event", "Event_status": states[pick % 4]}
    header.setdefault("Starts", f"2009-0{1 + pick % 9}-10 08:00")
    if pick % 3:
        header |= {"Register_until": "2009-01-05", "Ends": f"2009-1{pick % 3}-02 10:00"}


def wait(history: History, pick: int) -> None:
    """Days go by: embargoes end, events take place."""
    now = datetime.fromisoformat(history.settings["AS_OF"])
    history.settings["AS_OF"] = (now + timedelta(days=pick % 100)).isoformat()


def grow_old(history: History, pick: int) -> None:
    """Years go by."""
    now = datetime.fromisoformat(history.settings["AS_OF"])
    history.settings["AS_OF"] = (now + timedelta(days=400 * (1 + pick % 5))).isoformat()


def give_a_number(history: History, pick: int) -> None:
    """A document that may replace another, or be replaced."""
    header = history.original(pick)[1].header
    header |= {"Number": f"{pick % 3}/2008/TT-BTTTT", "Replaces": f"{pick % 4}/2008/TT-BTTTT"}


def correct(history: History, pick: int) -> None:
    """A correction in the history of one language, of which the other may know nothing."""
    path, source = history.edition(pick)
    original = history.content.editions(path.rsplit(".", 2)[0])[0]
    if history.content.sources[original].header.get("Status") != "withdrawn":
        text = f"\n2009-0{1 + pick % 9}-01 10:00 correction: Sai số {pick}."
        source.header["Changes"] = text


def change_a_setting(history: History, pick: int) -> None:
    """What listings and feeds are cut at, or the address of the site."""
    name, value = (
        ("LATEST", 2 + pick % 5),
        ("FEED_MAX_ITEMS", 1 + pick % 4),
        ("SITEURL", f"https://{pick}.example.org"),
    )[pick % 3]
    history.settings[name] = value


def lose_the_cache(history: History, _: int) -> None:
    """All of CACHE_PATH."""
    shutil.rmtree(history.cache, ignore_errors=True)


def lose_the_output(history: History, _: int) -> None:
    """All of OUTPUT_PATH."""
    shutil.rmtree(history.out, ignore_errors=True)


def lose_files(history: History, pick: int) -> None:
    """A file of the output, or a whole folder (for the hidden one see `test_placing`)."""
    found = [path for path in sorted(history.out.rglob("*")) if ".archive" not in path.parts]
    if found:
        victim = found[pick % len(found)]
        if victim.is_dir():
            shutil.rmtree(victim)
        else:
            victim.unlink()


def blunder(history: History, pick: int) -> None:
    """A fault; the build stops, the output stays as it was, and the next step mends it."""
    path, source = history.edition(pick)
    target = history.source / path
    history.content.write(history.source)
    target.write_text(
        (
            "Không phải tiêu đề\n",  # a header that cannot be read
            f"Date: 2008-01-01 08:00\n\n{source.text}",  # no title
            f"Title: A\nDate: 2008-01-01 08:00\nTags: nothing-like-it\n\n{source.text}",
            f"Title: A\nDate: 2008-01-01 08:00\n\n[x](khong-co.{pick}.vi.md)",
        )[pick % 4],
        encoding="utf-8",
    )
    before, then = history.tree(), times(history.out)
    with pytest.raises(Faults):
        history.build_as_it_is()
    assert difference(before, history.tree()) == []
    assert times(history.out) == then


def nothing(_: History, __: int) -> None:
    """The same again."""


OPERATIONS: tuple[Operation, ...] = (
    add,
    edit_first_words,
    edit_last_words,
    retitle,
    retag,
    recategorise,
    redate,
    reslug,
    translate,
    drop_translation,
    withdraw,
    put_back_into_draft,
    publish,
    move,
    delete,
    attach,
    replace_a_file,
    delete_a_file,
    illustrate,
    link,
    relabel,
    readdress_a_term,
    edit_the_sites_words,
    edit_the_menu,
    edit_a_page,
    translate_a_page,
    fix_an_event,
    wait,
    grow_old,
    give_a_number,
    correct,
    change_a_setting,
    lose_the_cache,
    lose_the_output,
    lose_files,
    blunder,
    nothing,
)


Step = list[tuple[Operation, int]]
STEPS = st.lists(
    st.lists(st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 999)), min_size=1, max_size=3),
    min_size=4,
    max_size=8,
)
PHASES = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]
"""To explain a failure, Hypothesis would watch each line of each build."""


@settings(max_examples=20, deadline=None, print_blob=True, phases=PHASES)
@given(steps=STEPS, workers=st.sampled_from([1, 2]))
def test_clean_equals_incremental(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], workers: int
) -> None:
    """After each step of any history, the output is that of a clean build to the byte, and files
    whose bytes are the same as before were not written again.
    """
    history = History(tmp_path_factory.mktemp("history"), workers)
    history.build()
    for step in steps:
        for operation, pick in step:
            operation(history, pick)
        before, then = history.tree(), times(history.out)
        history.build()
        after, now = history.tree(), times(history.out)
        assert difference(after, history.clean()) == []
        same = [path for path in then if after.get(path) == before[path]]
        assert [path for path in same if now[path] != then[path]] == []
    shutil.rmtree(history.source.parent)
