"""From the sources of one stem to a notice: who is the original, what a translation inherits."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from plugins.model.notice import (
    ChangeKind,
    Document,
    Edition,
    EventStatus,
    Kind,
    Moment,
    Notice,
    Page,
    Picture,
    Status,
)
from tests.reading.content import told_by, write

STEM = "2008/03/hop"
PLAIN = {"Title": "Hội nghị", "Date": "2008-03-21 16:44"}

EVENT = {
    "Title": "Hội nghị",
    "Date": "2008-03-18 08:00",
    "Kind": "event",
    "Category": "tin-hoat-dong",
    "Tags": "thue, chinh-phu-dien-tu",
    "Summary": "Tóm tắt",
    "Slug": "hoi-nghi",
    "Status": "withdrawn",
    "Starts": "2008-03-20 08:00",
    "Ends": "2008-03-20 17:00",
    "Event_status": "postponed",
    "Previous_start": "2008-03-19",
    "Venue": "Hà Nội",
    "Channels": "VTC2, VTCHD9",
    "Organizer": "Cục",
    "Contact": "024 0000 0000",
    "Register": "https://example.org/",
    "Register_until": "2008-03-19 17:00",
    "Number": "12/2008/TT-BTTTT",
    "Issuer": "Bộ",
    "Signer": "Nguyễn Văn A",
    "Issued": "2008-03-01",
    "Effective": "2008-03-15",
    "Expires": "2010-03-15",
    "Replaces": "10/2006/TT-BTTTT",
    "Source": "Báo cũ",
    "Changes": "2008-03-19 10:00 withdrawn: hoãn",
    "Aliases": "/tin/1",
    "Image": "hop/anh.png",
    "Image_alt": "Hội trường",
    "Image_caption": "Ảnh",
    "Id": "2007/12/hop",
}


def a_source(header: dict[str, str], body: str = "Văn bản.") -> str:
    """A source file with this header."""
    return "".join(f"{key}: {value}\n" for key, value in header.items()) + f"\n{body}\n"


def told(folder: Path, sources: dict[str, str], stem: str = STEM) -> tuple[Notice, list[str]]:
    """The notice that the sources of a stem tell, by language, and its problems."""
    files = {f"{stem}.{language}.md": text for language, text in sources.items()}
    (one,) = told_by(write(folder / "content", files))
    assert one.notice
    return one.notice, [str(problem) for problem in one.problems]


def editions_of(folder: Path, sources: dict[str, str]) -> dict[str, Edition]:
    """The editions, by language, of sources that have no problem."""
    notice, problems = told(folder, sources)
    assert problems == []
    return {edition.language: edition for edition in notice.editions}


def test_an_edition_says_what_its_header_says(tmp_path: Path) -> None:
    """Every key of a header is found in the edition."""
    edition = editions_of(tmp_path, {"vi": a_source(EVENT)})["vi"]
    assert edition.event
    assert (edition.title, edition.summary, edition.language) == ("Hội nghị", "Tóm tắt", "vi")
    assert (edition.kind, edition.status) == (Kind.EVENT, Status.WITHDRAWN)
    assert (edition.category, edition.tags) == ("tin-hoat-dong", ("thue", "chinh-phu-dien-tu"))
    assert edition.date == datetime(2008, 3, 18, 1, 0, tzinfo=UTC)
    assert edition.event.starts == Moment(datetime(2008, 3, 20, 1, 0, tzinfo=UTC))
    assert edition.event.ends == Moment(datetime(2008, 3, 20, 10, 0, tzinfo=UTC))
    assert edition.event.status is EventStatus.POSTPONED
    assert edition.event.previous_start == Moment(datetime(2008, 3, 18, 17, tzinfo=UTC), True)
    assert (edition.event.venue, edition.event.channels) == ("Hà Nội", ("VTC2", "VTCHD9"))
    assert (edition.event.organizer, edition.event.contact) == ("Cục", "024 0000 0000")
    assert edition.event.register == "https://example.org/"
    assert edition.event.register_until == Moment(datetime(2008, 3, 19, 10, tzinfo=UTC))
    assert edition.document == Document(
        number="12/2008/TT-BTTTT",
        issuer="Bộ",
        signer="Nguyễn Văn A",
        issued=date(2008, 3, 1),
        effective=date(2008, 3, 15),
        expires=date(2010, 3, 15),
        replaces=("10/2006/TT-BTTTT",),
    )
    assert [(change.kind, change.text) for change in edition.changes] == [
        (ChangeKind.WITHDRAWN, "hoãn")
    ]
    assert (edition.provenance, edition.aliases) == ("Báo cũ", ("/tin/1",))
    assert edition.picture == Picture(path="2008/03/hop/anh.png", alt="Hội trường", caption="Ảnh")


def test_what_a_translation_inherits(tmp_path: Path) -> None:
    """A translation that gives only its words has all the facts of its original."""
    english = {"Title": "Conference", "Image_alt": "The hall"}
    editions = editions_of(tmp_path, {"vi": a_source(EVENT), "en": a_source(english, "Text.")})
    original, translation = editions["vi"], editions["en"]
    for fact in (
        "id",
        "date",
        "day",
        "kind",
        "status",
        "category",
        "tags",
        "event",
        "document",
        "provenance",
        "changes",
    ):
        assert getattr(translation, fact) == getattr(original, fact), fact
    assert translation.picture == Picture(path="2008/03/hop/anh.png", alt="The hall")


def test_what_a_translation_does_not_inherit(tmp_path: Path) -> None:
    """Words and addresses belong to a language: a translation without them has none."""
    english = {"Title": "Conference", "Image_alt": "The hall"}
    edition = editions_of(tmp_path, {"vi": a_source(EVENT), "en": a_source(english, "Text.")})["en"]
    assert (edition.title, edition.summary) == ("Conference", "Text.")
    assert edition.address == "/en/2008/03/hop/"
    assert edition.aliases == ()
    assert edition.picture
    assert edition.picture.caption == ""
    assert not edition.is_original


@pytest.mark.parametrize(
    ("key", "value", "read"),
    [
        ("Date", "2008-04-01 09:00", lambda e: e.date == datetime(2008, 4, 1, 2, 0, tzinfo=UTC)),
        ("Status", "draft", lambda e: e.status is Status.DRAFT),
        ("Slug", "conference", lambda e: e.address == "/en/2008/03/conference/"),
        ("Tags", "tax", lambda e: e.tags == ("thue",)),
        ("Venue", "Hanoi", lambda e: e.event.venue == "Hanoi"),
        ("Organizer", "The body", lambda e: e.event.organizer == "The body"),
        ("Issuer", "The ministry", lambda e: e.document.issuer == "The ministry"),
        ("Source", "An old paper", lambda e: e.provenance == "An old paper"),
        ("Aliases", "/news/1", lambda e: e.aliases == ("/news/1",)),
        (
            "Changes",
            "2008-03-19 10:00 minor: put off",
            lambda e: [(c.text, c.language) for c in e.changes] == [("put off", "en")],
        ),
    ],
)
def test_what_a_translation_may_say_itself(
    key: str, value: str, read: Callable[[Edition], bool], tmp_path: Path
) -> None:
    """What a translation gives stands in its own edition and leaves the original alone."""
    plain = {
        key: value
        for key, value in EVENT.items()
        if key not in ("Status", "Changes", "Event_status") and not key.startswith("Image")
    }
    english = a_source({"Title": "Conference", key: value}, "Text.")
    alone = editions_of(tmp_path / "alone", {"vi": a_source(plain)})["vi"]
    editions = editions_of(tmp_path / "both", {"vi": a_source(plain), "en": english})
    assert read(editions["en"])
    assert editions["vi"] == alone


@pytest.mark.parametrize(
    ("vietnamese", "english", "original"),
    [
        ({"Date": "2008-03-21 16:44"}, {}, "vi"),
        ({}, {"Date": "2008-03-21 16:44"}, "en"),
        # Both dated: the first to appear; of one instant, the site's first language.
        ({"Date": "2008-03-21 16:44"}, {"Date": "2008-03-21 16:44"}, "vi"),
        (
            {"Date": "2008-03-21 16:44", "Translation_of": "0123"},
            {"Date": "2008-03-20 09:00"},
            "en",
        ),
        ({"Date": "2008-03-21 16:44"}, {"Date": "2008-03-22 09:00", "Translation_of": "01"}, "vi"),
    ],
)
def test_who_is_the_original(
    vietnamese: dict[str, str], english: dict[str, str], original: str, tmp_path: Path
) -> None:
    """The original is no translation, has the first date, and is in the first language."""
    notice, problems = told(
        tmp_path,
        {
            "vi": a_source({"Title": "Hội nghị", **vietnamese}),
            "en": a_source({"Title": "Conference", **english}),
        },
    )
    assert problems == []
    assert [edition.language for edition in notice.editions if edition.is_original] == [original]
    assert notice.editions[0].language == original


def test_an_english_notice_is_as_good(tmp_path: Path) -> None:
    """A notice in one language is an original in it, whichever that is."""
    edition = editions_of(tmp_path, {"en": a_source({**PLAIN, "Tags": "E-government"})})["en"]
    assert (edition.is_original, edition.language) == (True, "en")
    assert (edition.id, edition.address) == (STEM, "/en/2008/03/hop/")
    assert edition.tags == ("chinh-phu-dien-tu",)


def test_id_outlives_a_move(tmp_path: Path) -> None:
    """`Id` keeps the old id of the notice in all languages; the address follows the file."""
    english = a_source({"Title": "Conference"}, "Text.")
    notice, _ = told(tmp_path, {"vi": a_source({**PLAIN, "Id": "2007/12/cu"}), "en": english})
    assert notice.id == "2007/12/cu"
    assert [(e.id, e.address) for e in notice.editions] == [
        ("2007/12/cu", "/vi/2008/03/hop/"),
        ("2007/12/cu", "/en/2008/03/hop/"),
    ]


def test_one_notice_has_one_id(tmp_path: Path) -> None:
    """A translation has no id of its own: the editions would not be found together."""
    english = a_source({"Title": "Conference", "Id": "2006/01/khac"}, "Text.")
    notice, problems = told(tmp_path, {"vi": a_source(PLAIN), "en": english})
    assert problems or {edition.id for edition in notice.editions} == {notice.id}


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2008-03-21 00:00", date(2008, 3, 21)),
        ("2008-03-21 23:59", date(2008, 3, 21)),
        ("2008-03-20 17:00Z", date(2008, 3, 21)),  # midnight in the site's zone
        ("2008-03-20 16:59Z", date(2008, 3, 20)),
        ("2007-12-31 17:00Z", date(2008, 1, 1)),
    ],
)
def test_day_is_of_the_site(instant: str, day: date, tmp_path: Path) -> None:
    """The day of publication is that of the site's zone, whatever offset the date has."""
    assert editions_of(tmp_path, {"vi": a_source({**PLAIN, "Date": instant})})["vi"].day == day


@pytest.mark.parametrize(
    ("tags", "keys"),
    [
        ("thue", ("thue",)),
        ("Thuế", ("thue",)),
        ("Thuê", ("thue-nha",)),  # rent is not tax
        ("TAX", ("thue",)),
        ("  chính  phủ   điện tử ", ("chinh-phu-dien-tu",)),
        ("Thuế, tax, thue", ("thue",)),  # three names of one tag
        ("tax, E-government", ("thue", "chinh-phu-dien-tu")),  # in the author's order
    ],
)
def test_tags_by_any_of_their_names(tags: str, keys: tuple[str, ...], tmp_path: Path) -> None:
    """A tag is named by its key or a label in any language, and is known by its key."""
    assert editions_of(tmp_path, {"vi": a_source({**PLAIN, "Tags": tags})})["vi"].tags == keys


def test_summary_is_the_first_paragraph(tmp_path: Path) -> None:
    """Without a summary, the first paragraph stands for it, of the edition's own text."""
    english = a_source({"Title": "Conference"}, "First.\n\nSecond.")
    vietnamese = a_source(PLAIN, "Đoạn *một*.\n\nĐoạn hai.")
    editions = editions_of(tmp_path, {"vi": vietnamese, "en": english})
    assert (editions["vi"].summary, editions["en"].summary) == ("Đoạn một.", "First.")


@pytest.mark.parametrize("key", list(EVENT))
def test_digest_stands_for_every_key(key: str, tmp_path: Path) -> None:
    """Whichever key goes, the edition's digest is another: no output can be out of date."""
    if key in ("Title", "Date"):
        other = {**EVENT, key: {"Title": "Tên khác", "Date": "2008-03-18 08:01"}[key]}
    else:
        other = {name: value for name, value in EVENT.items() if name != key}
    first, _ = told(tmp_path / "one", {"vi": a_source(EVENT)})
    second, _ = told(tmp_path / "two", {"vi": a_source(other)})
    assert first.editions[0].digest != second.editions[0].digest


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        *((key, True) for key in ("Title", "Date", "Kind", "Category", "Tags", "Summary", "Slug")),
        *((key, True) for key in ("Status", "Starts", "Ends", "Event_status", "Venue", "Id")),
        *((key, False) for key in ("Source", "Number", "Changes", "Aliases", "Image_caption")),
    ],
)
def test_card_stands_for_what_a_listing_shows(key: str, changes: bool, tmp_path: Path) -> None:
    """The card changes with what a listing shows of an edition, and with nothing else."""
    if key in ("Title", "Date"):
        other = {**EVENT, key: {"Title": "Tên khác", "Date": "2008-03-18 08:01"}[key]}
    else:
        other = {name: value for name, value in EVENT.items() if name != key}
    first, _ = told(tmp_path / "one", {"vi": a_source(EVENT)})
    second, _ = told(tmp_path / "two", {"vi": a_source(other)})
    assert (first.editions[0].card != second.editions[0].card) is changes


def test_digest_does_not_stand_for_lines(tmp_path: Path) -> None:
    """A blank line more between header and text changes nothing that is shown."""
    text = a_source(PLAIN, "[Tệp](hop/tep.pdf)")
    first, _ = told(tmp_path / "one", {"vi": text})
    second, _ = told(tmp_path / "two", {"vi": text.replace("\n\n", "\n\n\n")})
    assert first.editions[0].digest == second.editions[0].digest


def test_a_page(tmp_path: Path) -> None:
    """A standing page has a title, a lead and an address below its language."""
    files = {
        "pages/gioi-thieu.vi.md": a_source({"Title": "Giới thiệu"}, "Đoạn một.\n\nĐoạn hai."),
        "pages/gioi-thieu.en.md": a_source({"Title": "About", "Slug": "about", "Summary": "Us"}),
    }
    (one,) = told_by(write(tmp_path / "content", files))
    pages: dict[str, Page] = {page.language: page for page in one.pages}
    assert one.problems == ()
    vietnamese, english = pages["vi"], pages["en"]
    assert (vietnamese.id, vietnamese.title, vietnamese.summary, vietnamese.address) == (
        "gioi-thieu",
        "Giới thiệu",
        "Đoạn một.",
        "/vi/gioi-thieu/",
    )
    assert (english.id, english.summary, english.address) == ("gioi-thieu", "Us", "/en/about/")
