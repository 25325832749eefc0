"""Tests of `plugins/outputs/embeds`: what partners are given, and that it stays as it is."""

import gzip
import json
from base64 import b64encode
from hashlib import sha384
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from jsonschema import validate
from msgspec.structs import replace

from pelicanconf import PLUGINS
from plugins.model.archive import Archive
from plugins.model.notice import Edition, Notice
from plugins.outputs.embeds import lists, oembed
from plugins.outputs.embeds.element import VERSIONS
from plugins.outputs.views.wording import titled
from tests.conftest import ROOT, SITE, URL, Build
from tests.model.builders import an_archive, an_edition
from tests.outputs.printing import a_press
from tests.outputs.visiting import Visit, canonical, is_frame, is_indexed, visit

PUBLISHED = {
    "1.0.0": "sha384-UEd02Q8DzIpI0rPo2PkjKZ67Mhf2iz1KvpR7yTHu1pdv+7AVuMqyqmjIdQ4htBNC",
}
"""The hash of every version that was ever published. Never change a line: partners' pages name the
hash, and their browsers refuse any other script. Add a line for a new version.
"""

LARGEST = 5_000
"""Bytes of the element, compressed, at most."""


def hashed(data: bytes) -> str:
    """As the attribute `integrity` has it."""
    return f"sha384-{b64encode(sha384(data).digest()).decode()}"


def test_a_published_version_never_changes() -> None:
    """Each version in the theme is as it was published, and none is missing."""
    files = {file.stem: file.read_bytes() for file in (ROOT / "theme/embed").iterdir()}
    assert {version: hashed(data) for version, data in files.items()} == PUBLISHED
    assert set(VERSIONS) == PUBLISHED.keys()


def test_versions_are_in_their_order() -> None:
    """The newest is the last, by number, not by letter."""
    numbers = [tuple(map(int, version.split("."))) for version in VERSIONS]
    assert numbers == sorted(numbers)


def test_versions_are_published_for_ever(site: Path) -> None:
    """Each lies at its own address; the short name has the newest of its major version."""
    lying = {file.name: file.read_bytes() for file in (site / "embed").iterdir()}
    assert lying.keys() == {*(f"{version}.js" for version in VERSIONS), "v1.js"}
    assert {version: hashed(lying[f"{version}.js"]) for version in VERSIONS} == PUBLISHED
    newest = [version for version in VERSIONS if version.startswith("1.")][-1]
    assert lying["v1.js"] == lying[f"{newest}.js"]


def test_the_element_is_small(site: Path) -> None:
    """It costs a partner's readers less than a picture."""
    sizes = [len(gzip.compress(file.read_bytes())) for file in (site / "embed").iterdir()]
    assert max(sizes) <= LARGEST


def frames(pages: Visit, archive: Archive) -> dict[str, tuple[BeautifulSoup, str]]:
    """The frame of every listing in every language, with the address of the listing."""
    found = {}
    for listing in archive.listings.values():
        for language in archive.site.languages:
            for address in lists.addresses(listing.name, listing.term, language):
                found[address] = pages.pages[address], listing.address(language)
    return found


def test_every_listing_has_a_frame(pages: Visit, archive: Archive) -> None:
    """All notices, bulletins, events, each category and tag, in each language; and no other."""
    there = {address for address, page in pages.pages.items() if is_frame(page)}
    assert frames(pages, archive).keys() == there
    assert len(there) == 2 * (3 + 3 + 9 + 1)
    named = ("latest", "bulletins", "events", "tag/thue", "category/tin-hoat-dong")
    named += ("tag/thue-va-phi",)  # a former slug: partners' frames go on
    assert {f"/vi/embed/{name}/" for name in named} <= there


def test_a_frame_lists_what_its_listing_lists(pages: Visit, archive: Archive) -> None:
    """The newest ten; none is there that is not in the listing."""
    held = {
        listing.address(language): shelf.editions
        for listing in archive.listings.values()
        for language, shelf in listing.shelves.items()
    }
    for address, (page, listed) in frames(pages, archive).items():
        shown = [str(link["href"]) for link in page.select("h2 a")]
        expected = [edition.address for edition in held[listed][:10]]
        assert shown == expected, address
        assert bool(shown) != bool(page.find(string="Mục này chưa có thông báo bằng tiếng Việt."))


def test_a_frame_is_of_its_listing(pages: Visit, archive: Archive) -> None:
    """It is not indexed in its place, and names and links it."""
    for address, (page, listed) in frames(pages, archive).items():
        assert not is_indexed(page), address
        assert canonical(page) == URL + listed
        assert page.h1.a["href"] == listed


def test_a_frame_is_still(pages: Visit, archive: Archive) -> None:
    """It runs no script, asks for nothing, loads its style sheet only."""
    for address, (page, _) in frames(pages, archive).items():
        assert page(["script", "form", "iframe", "img", "button", "object", "embed"]) == [], address
        (style,) = page.select("link[rel=stylesheet]")
        assert str(style["href"]).startswith("/theme/frame.css?")


def test_links_lead_out_of_a_frame(pages: Visit, archive: Archive) -> None:
    """A partner's column is no place to read a notice."""
    for address, (page, _) in frames(pages, archive).items():
        assert page("a"), address
        assert {(a["target"], *a["rel"]) for a in page("a")} == {("_top", "noopener")}


def test_only_the_maker_runs_scripts(pages: Visit, archive: Archive) -> None:
    """Readers of the archive get none but the one that knows the time, on pages with events to
    come, and one that copies: addresses of feeds, citations.
    """
    running = "script:not([type$='json'])"
    scripts = {
        address: [
            src
            for script in page.select(running)
            if (src := str(script["src"]).partition("?")[0]) != "/theme/clock.js"
        ]
        for address, page in pages.pages.items()
    }
    languages = archive.site.languages
    notices = {edition.address for one in languages for edition in archive.editions(one)}
    copying = {*notices, *(f"/{language}/feeds/" for language in languages)}
    assert {address for address, own in scripts.items() if own == ["/theme/copy.js"]} == copying
    others = {address for address, own in scripts.items() if own} - copying
    assert others == {
        f"/{language}/{page}/" for language in languages for page in ("embed", "search")
    }


def pasted(maker: BeautifulSoup) -> list[BeautifulSoup]:
    """The snippets of a maker's page for links, frames and elements, as pages would hold them."""
    codes = maker.select(".way code, [data-examples] code")
    return [BeautifulSoup(code.get_text(), "html.parser") for code in codes]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_listing_has_its_snippets(pages: Visit, archive: Archive, language: str) -> None:
    """Without script there are a link, a frame and an element of each listing, titled as it is."""
    snippets = pasted(pages.pages[f"/{language}/embed/"])
    links = [link for page in snippets for link in page.find_all("a", recursive=False)]
    elements = [e for page in snippets for e in page("announcement-feed")]
    iframes = [frame for page in snippets for frame in page("iframe")]
    listed = {listing.address(language): listing for listing in archive.listings.values()}
    assert {str(link["href"]) for link in links} == {URL + address for address in listed}
    assert {str(e["src"]) for e in elements} == {f"{URL}{a}feed.json" for a in listed}
    framed = [lists.address(one.name, one.term, language) for one in listed.values()]
    assert {str(frame["src"]) for frame in iframes} == {URL + address for address in framed}
    assert len(links) == len(elements) == len(iframes) == len(listed)
    for iframe in iframes:
        assert iframe["title"] == pages.page(str(iframe["src"])).title.get_text()
    for element in elements:
        inside: Tag = element.a
        assert (str(inside["href"]), inside["lang"]) == (element["src"][:-9], language)


def test_snippets_name_an_immutable_script(pages: Visit) -> None:
    """Address and integrity hash are those of a version's bytes, which the browser can check."""
    for language in ("vi", "en"):
        for script in (
            s for page in pasted(pages.pages[f"/{language}/embed/"]) for s in page("script")
        ):
            address = str(script["src"])
            assert address == f"{URL}/embed/{VERSIONS[-1]}.js"
            assert script["integrity"] == hashed(pages.file(address).read_bytes())
            assert script["crossorigin"] == "anonymous"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_maker_offers_all_languages(pages: Visit, language: str) -> None:
    """Each listing can be chosen in each language, the page's own first."""
    page = pages.pages[f"/{language}/embed/"]
    languages = [str(option["value"]) for option in page.select("#Language option")]
    assert sorted(languages) == ["en", "vi"]
    assert languages[0] == language
    keys = {
        tag: [str(o["value"]) for o in page.select(f"#List optgroup[lang={tag}] option")]
        for tag in languages
    }
    assert len(set(keys["vi"])) == len(keys["vi"]) == 3 + 3 + 9
    assert sorted(keys["vi"]) == sorted(keys["en"])
    for option in page.select("#List option"):
        assert pages.page(str(option["data-page"]))
        assert pages.page(str(option["data-frame"]))


LINK_TYPE = {
    "type": "object",
    "required": ["version", "type", "title", "provider_name", "provider_url"],
    "properties": {
        "version": {"const": "1.0"},
        "type": {"const": "link"},
        "title": {"type": "string", "minLength": 1},
        "author_name": {"type": "string"},
        "author_url": {"type": "string", "pattern": "^https://"},
        "provider_name": {"type": "string"},
        "provider_url": {"type": "string", "pattern": "^https://"},
        "thumbnail_url": {"type": "string", "pattern": "^https://"},
        "thumbnail_width": {"type": "integer", "minimum": 1},
        "thumbnail_height": {"type": "integer", "minimum": 1},
    },
    "dependentRequired": {
        "thumbnail_url": ["thumbnail_width", "thumbnail_height"],
        "thumbnail_width": ["thumbnail_url"],
    },
    "additionalProperties": False,
}
"""oEmbed 1.0 (oembed.com, 2.3.4) as far as an answer of type "link" may hold it."""


def test_every_notice_has_oembed(pages: Visit, archive: Archive) -> None:
    """Each notice page leads to an answer of the specification, which says the page's title, and
    what has become of the notice.
    """
    found = 0
    for language in archive.site.languages:
        for edition in archive.editions(language):
            page = pages.pages[edition.address]
            (link,) = page.select('link[type="application/json+oembed"]')
            assert link["href"] == f"{URL}{edition.address}oembed.json"
            answer = json.loads(pages.file(str(link["href"])).read_bytes())
            validate(answer, LINK_TYPE)
            assert link["title"] == edition.title
            assert answer["title"] == titled(edition, a_press(archive.site).words(language))
            assert answer["provider_url"] == f"{URL}/{language}/"
            found += 1
    assert found == len(list(pages.folder.rglob("oembed.json")))


def test_oembed_shows_the_lead_picture(pages: Visit) -> None:
    """A picture is there with its size, which oEmbed asks for."""
    file = pages.folder / "vi/2009/10/ngay-hoi-dich-vu-cong/oembed.json"
    answer = json.loads(file.read_bytes())
    picture = f"{URL}/2009/10/ngay-hoi-dich-vu-cong/ba-quay-huong-dan.png"
    assert answer["thumbnail_url"] == picture
    assert pages.file(picture).is_file()
    page = pages.pages["/vi/2009/10/ngay-hoi-dich-vu-cong/"]
    size = (str(answer["thumbnail_width"]), str(answer["thumbnail_height"]))
    assert size == tuple(page.select_one(".lead-picture img")[name] for name in ("width", "height"))


def oembed_key(edition: Edition) -> bytes:
    """The key of an edition's oEmbed."""
    (output,) = oembed.outputs(an_archive([Notice(edition.id, (edition,))]))
    return output.key


@pytest.mark.parametrize(
    ("changes", "is_same"), [({"digest": b"other"}, True), ({"card": b"other"}, False)]
)
def test_oembed_is_made_again_with_the_card_only(changes: dict[str, Any], is_same: bool) -> None:
    """An edit of the text alone costs nothing here."""
    edition = an_edition()
    assert (oembed_key(replace(edition, **changes)) == oembed_key(edition)) is is_same


def built(build: Build, folder: Path, *left_out: str) -> Visit:
    """`tests/site` without some stages."""
    plugins = [name for name in PLUGINS if name.rpartition(".")[2] not in left_out]
    build(SITE, folder / "out", folder / "cache", PLUGINS=plugins)
    return visit(folder / "out", URL)


def test_without_the_stage_there_is_no_trace(build: Build, tmp_path: Path) -> None:
    """No file, no link in any page, no entry of the sitemap."""
    visited = built(build, tmp_path, "embeds")
    files = (file for file in visited.folder.rglob("*") if file.is_file())
    names = {file.relative_to(visited.folder).as_posix(): file.read_bytes() for file in files}
    assert len(names) > 100
    assert [n for n in names if "embed" in n or "frame.css" in n or "maker" in n] == []
    pages = [n for n in names if n.endswith((".html", ".xml")) and b"embed" in names[n]]
    assert pages == []


def test_without_feeds_no_element_is_offered(build: Build, tmp_path: Path) -> None:
    """What cannot work is not advertised; link and frame still are."""
    visited = built(build, tmp_path, "feeds")
    for language in ("vi", "en"):
        maker = visited.pages[f"/{language}/embed/"]
        assert "feed.json" not in str(maker)
        assert len(maker.select(".way")) == 2
        assert len(maker("script")) == 2
