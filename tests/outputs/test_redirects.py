"""Tests of `plugins/outputs/redirects.py`: old addresses lead to the notice."""

import pytest

from tests.conftest import URL
from tests.outputs.visiting import Visit, alternates, canonical, is_redirect

VI = "/vi/2026/01/ho-tro-thue-nha-o-xa-hoi/"
EN = "/en/2026/01/help-with-rent-for-social-housing/"

OLD = {
    "/tin-tuc/ho-tro-thue-nha.html": VI,
    "/Desktop/Tin/45/": VI,
    "/thong-bao/ho-tro-thue-nha/": VI,  # without a slash in the header: hosts add it to a folder
    "/english/rent-2026.html": EN,
    "/vi/tag/thue-va-phi/": "/vi/tag/thue/",
    "/vi/tag/thue-va-phi/2026/": "/vi/tag/thue/2026/",
    "/en/tag/thue-va-phi/": "/en/tag/tax/",
    "/en/tag/thue-va-phi/2026/": "/en/tag/tax/2026/",
}


def test_each_alias_has_a_page(pages: Visit) -> None:
    """There is a redirect at each alias and each former slug, and nowhere else."""
    assert {address for address, page in pages.pages.items() if is_redirect(page)} == OLD.keys()


@pytest.mark.parametrize(("old", "new"), OLD.items())
def test_it_sends_the_reader_on(pages: Visit, old: str, new: str) -> None:
    """At once, by a refresh, by a link for those whose browser does not follow it, in words."""
    page = pages.pages[old]
    assert page.find("meta", {"http-equiv": "refresh"})["content"] == f"0; url={new}"
    assert page.main.a["href"] == new
    assert pages.pages[new].h1.get_text().startswith(page.main.a.get_text())
    assert page.html["lang"] == pages.pages[new].html["lang"]


@pytest.mark.parametrize(("old", "new"), OLD.items())
def test_search_engines_are_told_the_new_address(pages: Visit, old: str, new: str) -> None:
    """The old address is not indexed, is nobody's translation and not in the sitemap."""
    page = pages.pages[old]
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"
    assert canonical(page) == URL + new
    assert alternates(page) == {}
    parts = pages.folder.glob("sitemap/*.xml")
    assert [part.name for part in parts if f"{URL}{old}<" in part.read_text(encoding="utf-8")] == []
