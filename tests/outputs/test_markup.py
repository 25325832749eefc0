"""Every page of both archives is strict HTML, has sound ARIA, and names the languages in it."""

from pathlib import Path

import pytest
from lxml import html

from tests.outputs.markup import RULES, faults
from tests.theme.test_locale import LANGUAGES, forms, messages

PAGE = (
    '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><meta name="description" content="Thử">'
    "<title>Thử</title>{head}</head><body><h1>Thử</h1>{body}</body></html>"
)

WRONG = {
    "strict parser": [
        "<p>chưa đóng <b>chữ</p>",
        "<p>một <div>khối</div></p>",
        '<a href="/" href="/">hai lần</a>',
        "<section>chưa đóng",
        "</section>",
        "<table><p>ngoài ô</p></table>",
        "a &khong; b",
    ],
    "names_are_known": [
        "<blink>a</blink>",
        '<p align="center">a</p>',
        '<p style="color: red">a</p>',
        '<button onclick="f()">a</button>',
    ],
    "values_have_their_form": [
        '<time datetime="21/03/2008">a</time>',
        '<p lang="">a</p>',
        '<p dir="left">a</p>',
        '<a href="">a</a>',
        '<p tabindex="3">a</p>',
    ],
    "phrases_hold_phrases": [
        "<span><div>a</div></span>",
        "<h2><ul><li>a</li></ul></h2>",
        '<em><a href="/"><p>a</p></a></em>',
        "<button><h2>a</h2></button>",
    ],
    "parts_are_in_their_wholes": [
        "<ul><p>a</p></ul>",
        "<div><li>a</li></div>",
        "<dl><span>a</span></dl>",
        "<div><figcaption>a</figcaption></div>",
        "<details><p>a</p><summary>b</summary></details>",
        "<section><main>a</main></section>",
    ],
    "nothing_to_press_in_another": [
        '<a href="/"><button>a</button></a>',
        '<summary><a href="/">a</a></summary>',
    ],
    "ids_are_of_one": ['<p id="A">a</p><p id="A">b</p>'],
    "references_lead_somewhere": [
        '<nav aria-labelledby="A">a</nav>',
        '<label for="A">a</label>',
        '<p aria-describedby="A B" id="A">a</p>',
    ],
    "fields_have_labels": ["<input>", '<label for="A">a</label><select id="B"></select>'],
    "aria_is_as_defined": [
        '<p role="nothing">a</p>',
        '<p aria-hidden="yes">a</p>',
        '<p aria-labeledby="A">a</p>',
        '<nav aria-label=" ">a</nav>',
        '<div aria-label="a">a</div>',
        '<a href="/" aria-current="here">a</a>',
    ],
    "headings_skip_no_level": ["<h3>a</h3>", "<h2>a</h2><h4>b</h4>"],
    "pictures_have_words_and_room": [
        '<img src="a.png" width="1" height="1">',
        '<img src="a.png" alt="a">',
    ],
}
"""Faulty parts of pages, by the rule that they break."""

HEADS = [
    "<title>hai</title>",
    '<meta charset="utf-8">',
    '<link rel="canonical" href="/a"><link rel="canonical" href="/b">',
]


def rules_broken(body: str, head: str = "") -> set[str]:
    """The names of the rules that a page breaks."""
    found = faults(PAGE.format(body=body, head=head).encode())
    return {fault.partition(":")[0] for fault in found}


@pytest.mark.parametrize(
    ("rule", "body"), [(rule, body) for rule, bodies in WRONG.items() for body in bodies]
)
def test_faults_are_found(rule: str, body: str) -> None:
    """Each rule objects to what breaks it."""
    assert rule in rules_broken(body)


@pytest.mark.parametrize("head", HEADS)
def test_faults_of_heads_are_found(head: str) -> None:
    """What there is one of is not there twice."""
    assert rules_broken("", head) == {"head_is_whole"}


def test_a_head_without_what_it_needs_is_found() -> None:
    """Title, charset, viewport and description are missed."""
    found = faults(b"<!doctype html><html lang=vi><head></head><body><h1>a</h1></body></html>")
    assert len([fault for fault in found if fault.startswith("head_is_whole")]) == 5


def test_every_rule_is_tried() -> None:
    """A rule that is never broken here might see nothing."""
    tried = {*WRONG, "head_is_whole"} - {"strict parser"}
    assert tried == {rule.__name__ for rule in RULES}


RIGHT = """
<nav aria-labelledby="A"><h2 id="A">a</h2><ul><li><a href="/" aria-current="page">b</a></ul></nav>
<a href="/"><div>c</div></a>
<dl><div><dt>d</dt><dd><p>e</p></dd></div></dl>
<details><summary><h3>f</h3></summary>g</details>
<label>h <input></label>
<table><thead><tr><th scope="col">i</th></tr></thead></table>
<svg viewBox="0 0 1 1"><title>k</title></svg>
<time datetime="2008-03-21T09:00:00+07:00">l</time> <time datetime="2008-03">m</time>
<announcement-feed src="/">n</announcement-feed>
"""


def test_what_is_right_passes() -> None:
    """No rule objects to what the standard allows."""
    assert rules_broken(RIGHT) == set()


@pytest.mark.parametrize("archive", ["site", "real_site"])
def test_every_page_is_strictly_html(archive: str, request: pytest.FixtureRequest) -> None:
    """A strict parser, which is not ours, and the rules find no fault in any page."""
    folder: Path = request.getfixturevalue(archive)
    found = {file.relative_to(folder): faults(file.read_bytes()) for file in pages(folder)}
    assert len(found) > 40
    assert {path: said for path, said in found.items() if said} == {}


def pages(folder: Path) -> list[Path]:
    """The files of the pages of an output folder."""
    return sorted(folder.rglob("*.html"))


def words(language: str) -> set[str]:
    """The words of the interface in a language, whole."""
    return {form for message in messages(language) for form in forms(message.string)}


def spoken(data: bytes) -> list[tuple[str, str]]:
    """Every text of a page, code aside, with the language that it is said to be in."""
    tree = html.document_fromstring(data.decode())
    return [
        (text.strip(), text.getparent().xpath("string(ancestor-or-self::*[@lang][1]/@lang)"))
        for text in tree.xpath(
            "//body//text()[not(ancestor::script|ancestor::code)][normalize-space()]"
        )
        if not text.is_tail
    ]


@pytest.mark.parametrize("archive", ["site", "real_site"])
def test_words_of_the_interface_are_in_their_language(
    archive: str, request: pytest.FixtureRequest
) -> None:
    """Words that are of one language only stand in an element that says so: a screen reader
    pronounces them.
    """
    folder: Path = request.getfixturevalue(archive)
    of = {language: words(language) for language in LANGUAGES}
    only = {
        text: language
        for language in LANGUAGES
        for text in of[language] - set().union(*(of[o] for o in LANGUAGES if o != language))
    }
    wrong = [
        (file.relative_to(folder), text)
        for file in pages(folder)
        for text, language in spoken(file.read_bytes())
        if only.get(text, language) != language
    ]
    assert wrong == []
