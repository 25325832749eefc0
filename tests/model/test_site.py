"""Addresses and ids of a site."""

import pytest

from tests.model.builders import a_site


@pytest.mark.parametrize(
    ("url", "href", "absolute"),
    [
        ("https://example.org", "/vi/", "https://example.org/vi/"),
        ("https://example.org/luu-tru", "/luu-tru/vi/", "https://example.org/luu-tru/vi/"),
        ("https://example.org/a/b", "/a/b/vi/", "https://example.org/a/b/vi/"),
        ("http://localhost:8000", "/vi/", "http://localhost:8000/vi/"),
    ],
)
def test_addresses(url: str, href: str, absolute: str) -> None:
    """A page links by path from the host's root, the world by the whole address."""
    site = a_site(url=url)
    assert (site.href("/vi/"), site.absolute("/vi/")) == (href, absolute)


@pytest.mark.parametrize(
    ("address", "quoted"),
    [
        ("/vi/2008/03/hop/", "/vi/2008/03/hop/"),
        ("/2008/03/hop/toàn văn.pdf", "/2008/03/hop/to%C3%A0n%20v%C4%83n.pdf"),
        ("/a/100%.pdf", "/a/100%25.pdf"),
        ("/a/b#c?d.pdf", "/a/b%23c%3Fd.pdf"),  # a name's own hash leads to no section
        ('/a/"b<&.pdf', "/a/%22b%3C%26.pdf"),
        ("/a/b\n.pdf", "/a/b%0A.pdf"),
        ("/a/b_c~d.pdf", "/a/b_c~d.pdf"),
    ],
)
def test_names_are_quoted(address: str, quoted: str) -> None:
    """An address is quoted once, as URLs have it, on a page and in the world."""
    site = a_site(url="https://example.org/luu-tru")
    assert site.href(address) == f"/luu-tru{quoted}"
    assert site.absolute(address) == f"https://example.org/luu-tru{quoted}"


@pytest.mark.parametrize("url", ["https://example.org", "https://other.example.org/luu-tru"])
def test_guid_outlives_the_domain(url: str) -> None:
    """The guid is made of authority, year and id of the notice, and language; of nothing else."""
    site = a_site(url=url, tag_authority="example.org")
    assert site.guid("2008/03/hop", "vi") == "tag:example.org,2008:2008/03/hop/vi"
    assert site.guid("2008/03/hop", "en") == "tag:example.org,2008:2008/03/hop/en"


@pytest.mark.parametrize(
    ("stages", "has_feeds"),
    [
        (("plugins.outputs.notices", "plugins.outputs.feeds"), True),
        (("plugins.outputs.notices",), False),
        (("plugins.outputs.feedsize",), False),
        ((), False),
    ],
)
def test_has_feeds(stages: tuple[str, ...], has_feeds: bool) -> None:
    """A site has feeds if their stage is among those that give outputs."""
    assert a_site(stages=stages).has_feeds is has_feeds


@pytest.mark.parametrize(
    ("stages", "has_embeds"),
    [
        (("plugins.outputs.notices", "plugins.outputs.embeds"), True),
        (("plugins.outputs.notices",), False),
        (("plugins.outputs.embedsize",), False),
    ],
)
def test_has_embeds(stages: tuple[str, ...], has_embeds: bool) -> None:
    """A site has embeds if their stage is among those that give outputs."""
    assert a_site(stages=stages).has_embeds is has_embeds
