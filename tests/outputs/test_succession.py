"""Tests of `plugins/outputs/views/succession.py`: which document replaces which."""

from datetime import date

from plugins.model.archive import Archive
from plugins.model.notice import Document, Edition, Status
from plugins.outputs.views.succession import Predecessor, Succession, Successor
from tests.model.builders import a_notice, an_archive, an_edition
from tests.outputs.visiting import Visit

OLD = an_edition("2008/02/cu", document=Document(number="12/2008/TT-BTTTT"))
NEW = an_edition(
    "2009/02/moi",
    date="2009-02-01 08:00",
    document=Document(
        number="05/2009/TT-BTTTT",
        effective=date(2009, 3, 1),
        replaces=("12/2008/tt-bttt", "12 / 2008/tt-btttt", "07/2005/TT-BTTTT"),
    ),
)
TRANSLATION = an_edition("2008/02/cu", "en", document=OLD.document)


def succession(*editions: Edition) -> Succession:
    """That of an archive of these editions, each a notice of its own."""
    return Succession(an_archive([a_notice(edition) for edition in editions]))


def test_a_document_knows_its_successor() -> None:
    """By its number, whatever its case and its spaces."""
    found = succession(OLD, NEW).after(OLD)
    assert found == Successor(NEW.title, NEW.address, "vi", date(2009, 3, 1))
    assert succession(OLD, NEW).after(NEW) is None


def test_a_document_knows_what_it_replaces() -> None:
    """Each number as it is written; those of the archive with an address."""
    assert succession(OLD, NEW).before(NEW) == (
        Predecessor("12/2008/tt-bttt"),
        Predecessor("12 / 2008/tt-btttt", OLD.address, "vi"),
        Predecessor("07/2005/TT-BTTTT"),
    )
    assert succession(OLD, NEW).before(OLD) == ()


def test_it_is_told_in_the_language_of_the_page() -> None:
    """As far as the other notice is in that language; else in that of its original."""
    english = an_edition("2009/02/moi", "en", document=NEW.document, date="2009-02-01 08:00")
    known = Succession(an_archive([a_notice(OLD, TRANSLATION), a_notice(NEW, english)]))
    assert (found := known.after(TRANSLATION)) and found.address == english.address
    known = Succession(an_archive([a_notice(OLD, TRANSLATION), a_notice(NEW)]))
    assert (found := known.after(TRANSLATION)) and found.language == "vi"
    assert known.before(english)[1].language == "en"


def test_the_newest_counts() -> None:
    """If two notices replace a document, or bear its number."""
    newer = an_edition("2009/05/moi-hon", date="2009-05-01 08:00", document=NEW.document)
    for order in ((OLD, NEW, newer), (newer, NEW, OLD)):
        assert (found := succession(*order).after(OLD)) and found.address == newer.address
    again = an_edition("2008/05/dang-lai", date="2008-05-01 08:00", document=OLD.document)
    assert succession(OLD, again, NEW).before(NEW)[1].address == again.address


def test_nothing_replaces_itself() -> None:
    """A number that a notice bears and replaces, by mistake, leads nowhere."""
    odd = an_edition(document=Document(number="1/2008/TT", replaces=("1/2008/TT",)))
    assert succession(odd).after(odd) is None
    assert succession(odd).before(odd) == (Predecessor("1/2008/TT"),)


def test_what_is_withdrawn_replaces_nothing() -> None:
    """Nor does what is not published yet: it is not in the archive."""
    withdrawn = an_edition("2009/02/moi", document=NEW.document, status=Status.WITHDRAWN)
    assert succession(OLD, withdrawn).after(OLD) is None
    later = an_edition("2009/02/moi", date="2019-02-01 08:00", document=NEW.document)
    assert succession(OLD, later).after(OLD) is None


def test_pages_lead_from_one_to_the_other(pages: Visit, archive: Archive) -> None:
    """A banner leads to the successor, whose fields lead back, in each language."""
    old, new = archive.siblings["2008/02/thong-tu-bieu-mau-dien-tu"], 0
    for edition in old:
        [banner] = pages.pages[edition.address].select(".banner")
        successor = str(banner.a["href"])
        back = pages.pages[successor].select(".facts dd a")
        assert [str(link["href"]) for link in back] == [edition.address]
        new += 1
    assert new == 2
