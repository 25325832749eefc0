"""A body: Markdown to HTML, its links as marks, its first words."""

from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import example, given, settings
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTextInlineProcessor
from markdown.preprocessors import Preprocessor

from pelicanconf import MARKDOWN
from plugins.model.marks import mark
from plugins.model.problem import Level
from plugins.reading.body import EXCERPT, Renderer, shorten
from tests.reading.bodies import PATH, TEXTS, html_of, rendered


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("tin.vi.md", "2008/03/tin.vi.md"),
        ("../02/doi-thoai.vi.md", "2008/02/doi-thoai.vi.md"),
        ("../../2009/01/tin.vi.md", "2009/01/tin.vi.md"),
        ("./tin.vi.md", "2008/03/tin.vi.md"),
        ("hop/toan-van.pdf", "2008/03/hop/toan-van.pdf"),
        ("{filename}tin.vi.md", "2008/03/tin.vi.md"),
        ("{filename}/2009/01/tin.vi.md", "2009/01/tin.vi.md"),
        ("|filename|../02/doi-thoai.vi.md", "2008/02/doi-thoai.vi.md"),
        ("{static}hop/toan-van.pdf", "2008/03/hop/toan-van.pdf"),
        ("{static}/2008/03/hop/toan-van.pdf", "2008/03/hop/toan-van.pdf"),
        ("{attach}hop/toan-van.pdf", "2008/03/hop/toan-van.pdf"),
        ("hop/to%C3%A0n%20v%C4%83n.pdf", "2008/03/hop/toàn văn.pdf"),
        ("hop/toàn%20văn.pdf", "2008/03/hop/toàn văn.pdf"),
        ("hop/100%25.pdf", "2008/03/hop/100%.pdf"),
        ("hop/a%23b.pdf", "2008/03/hop/a#b.pdf"),  # a hash that is part of the name
        ("hop/R&D.pdf", "2008/03/hop/R&D.pdf"),
        ("hop/a&amp;b.pdf", "2008/03/hop/a&b.pdf"),
        ("hop/a%26amp;b.pdf", "2008/03/hop/a&amp;b.pdf"),
        ("hop/%22a%22%3Cb%3E.pdf", '2008/03/hop/"a"<b>.pdf'),
    ],
)
@pytest.mark.parametrize("fragment", ["", "#muc-2"])
@pytest.mark.parametrize("form", ["[x]({})", '<a href="{}">x</a>', "[x][1]\n\n[1]: {}"])
def test_links_of_the_content(link: str, target: str, fragment: str, form: str) -> None:
    """A link by source path is a mark of that path, in Markdown and HTML; a fragment stays."""
    body = rendered(form.format(link + fragment))
    assert unescape(body.html.strip()) == f'<p><a href="{mark(target)}{fragment}">x</a></p>'
    assert body.html.count("<") == 4
    assert (body.links, body.problems) == ((target,), ())


@pytest.mark.parametrize(
    "link", ["/", "/vi/tags/", "/vi/2008/03/hop/#muc", "/vi/search/?q=a&amp;p=2", "/tệp.pdf"]
)
def test_links_from_the_root(link: str) -> None:
    """A link from the root is an address of this site, whatever folder the site is put in."""
    body = rendered(f'<a href="{link}">x</a>')
    assert body.html.strip() == f'<p><a href="{mark(link)}">x</a></p>'
    assert (body.links, body.problems) == ((), ())


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/a?b=1#c",
        "http://example.org",
        "HTTPS://example.org",
        "mailto:a@example.org",
        "tel:+842400000000",
    ],
)
def test_links_that_stay(link: str) -> None:
    """A link to the web, to mail or telephone stands as written."""
    assert html_of(f"[x]({link})") == f'<p><a href="{link}">x</a></p>'


@pytest.mark.parametrize("link", ["#muc-2", "#Muc-2"])
def test_links_to_sections(link: str) -> None:
    """A link to a section of the page is in small letters, as the names of sections are."""
    html = html_of(f"[x]({link})\n\n## Mục 2")
    assert html == '<p><a href="#muc-2">x</a></p>\n<h2 id="muc-2">Mục 2</h2>'


def test_jumps() -> None:
    """Links to addresses of the site and to sections of other sources are known by their lines."""
    text = '[a](/vi/tags/)\n[b](tin.vi.md#Muc-1)\n[c](tin.vi.md)\n\n<img src="/x.png" alt="x">'
    assert rendered(text).jumps == (
        ("/vi/tags/", 1),
        ("2008/03/tin.vi.md#muc-1", 2),
        ("/x.png", 5),
    )


@pytest.mark.parametrize(
    "link",
    [
        "../../../etc/passwd",
        "../../..",
        "hop/../../../../x.pdf",
        "%2e%2e/..%2f../x.pdf",
        "{static}/../x.pdf",
        "{filename}../../../x.vi.md",
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", "![x]({})", '<a href="{}">x</a>', '<img src="{}">'])
def test_links_out_of_the_folder(link: str, form: str) -> None:
    """A link out of the content folder is a fault on its line, and leads nowhere."""
    body = rendered("Một.\n\n" + form.format(link), 5)
    assert [(p.line, p.level) for p in body.problems] == [(7, Level.FAULT)]
    assert link in str(body.problems[0].message)
    assert "href" not in body.html
    assert "src" not in body.html
    assert body.links == ()


def test_links_have_their_lines() -> None:
    """Each link has the line of the file on which it stands first, whatever its spelling."""
    text = (
        "[1](b.pdf)\n\n![2](to%C3%A0n.png)\n[3](b.pdf)\n\n"
        "<a href='c.pdf'>4</a> [5][6]\n\n[6]: d.pdf"
    )
    body = rendered(text, 5)
    assert dict(zip(body.links, body.lines, strict=True)) == {
        "2008/03/b.pdf": 5,
        "2008/03/toàn.png": 7,
        "2008/03/c.pdf": 10,
        "2008/03/d.pdf": 12,
    }


def test_links_are_told_once_in_their_order() -> None:
    """The links of a body are the files that it needs, each once, as they stand."""
    body = rendered("[1](b.pdf) ![2](a.png) [3](b.pdf#x) [4](/c) [5](https://example.org)")
    assert body.links == ("2008/03/b.pdf", "2008/03/a.png")


def test_what_is_removed_links_nothing() -> None:
    """A file that only a removed element names is neither missed nor published."""
    body = rendered('Văn bản. <script src="a.js"></script><iframe src="b.html"></iframe>')
    assert body.links == ()


@pytest.mark.parametrize("form", ["![Ảnh](hop/anh.png)", '<img alt="Ảnh" src="hop/anh.png">'])
def test_pictures(form: str) -> None:
    """A picture has its words and the mark of its file; the page adds size and lazy loading."""
    html = f'<p><img alt="Ảnh" src="{mark("2008/03/hop/anh.png")}"></p>'
    assert html_of(form).strip() == html


@pytest.mark.parametrize("address", ["https://example.org/a.png", "//example.org/a.png"])
@pytest.mark.parametrize("form", ["![Ảnh]({})", '<img alt="Ảnh" src="{}">', "![Ảnh][1]\n\n[1]: {}"])
def test_remote_pictures(address: str, form: str) -> None:
    """A picture of another site is left out, with an advice on its line; its words stay."""
    body = rendered("Một.\n\n" + form.format(address), 5)
    assert "example.org" not in body.html
    assert "Ảnh" in body.html
    (advice,) = body.problems
    assert advice.level == Level.ADVICE
    assert advice.line == (9 if "[1]" in form else 7)  # where the address stands
    assert "picture" in str(advice.message)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Đối thoại", '<h2 id="doi-thoai">Đối thoại</h2>'),  # the first level is the title's
        ("Đối thoại\n=========", '<h2 id="doi-thoai">Đối thoại</h2>'),
        ("## Địa điểm", '<h2 id="dia-diem">Địa điểm</h2>'),
        ("### Ý kiến: *Bộ*", '<h3 id="y-kien-bo">Ý kiến: <em>Bộ</em></h3>'),
        ("## 会议", '<h2 id="_1">会议</h2>'),
        ("## A {: #muc }", '<h2 id="muc">A</h2>'),
        ("Một  \nhai", "<p>Một<br>\nhai</p>"),
        ("<em>a</em> &amp; b", "<p><em>a</em> &amp; b</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("`<script>`", "<p><code>&lt;script&gt;</code></p>"),
        ("Từ\n: nghĩa", "<dl>\n<dt>Từ</dt>\n<dd>nghĩa</dd>\n</dl>"),
        ("*[CNTT]: công nghệ\n\nCNTT", '<p><abbr title="công nghệ">CNTT</abbr></p>'),
        ("Một.\n{: .lead lang=vi }", '<p class="lead" lang="vi">Một.</p>'),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("- a\n\n1. b", "<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>b</li>\n</ol>"),  # sane lists
    ],
)
def test_html(text: str, html: str) -> None:
    """What a text looks like in HTML."""
    assert html_of(text) == html


def test_headings_of_one_name() -> None:
    """Two headings of one name have two ids, and a heading's id is not its second's."""
    assert html_of("## Địa điểm\n\n## Địa điểm").count("id=") == 2
    assert html_of("## Địa điểm\n\n## Địa điểm").count('id="dia-diem"') == 1


def test_cells_are_aligned_by_classes() -> None:
    """Cells are aligned without `style`, which a strict policy for contents blocks."""
    html = html_of("| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |")
    assert "style" not in html
    for cell in (
        "<th>a</th>",
        '<th class="align-left">b</th>',
        '<td class="align-center">3</td>',
        '<td class="align-right">4</td>',
    ):
        assert cell in html


def test_footnotes() -> None:
    """A footnote and its mark lead to each other."""
    html = html_of("Một.[^a]\n\n[^a]: Chú thích.")
    assert '<sup id="fnref:a"><a class="footnote-ref" href="#fn:a">1</a></sup>' in html
    assert '<li id="fn:a">' in html
    assert 'href="#fnref:a"' in html
    assert "Chú thích." in html


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("Một *hai* [ba](ba.pdf).\n\nBốn.", "Một hai ba."),
        ("Một\nhai  \nba.", "Một hai ba."),
        ("## Đề mục\n\nMột.", "Một."),
        ("![Ảnh](a.png)\n\nMột.", "Một."),
        ("Một.[^1]\n\n[^1]: Chú thích.", "Một."),
        ("R&D: 3 < 5 &amp; `<b>`", "R&D: 3 < 5 & <b>"),
        ("Một <script>hai</script> ba.", "Một ba."),
        ("Một.\n{: .lead }\n\nHai.", "Một."),  # a class makes it no less the first
        ('<p class="lead">Một.</p>\n\nHai.', "Một."),
        # Where there is no paragraph, everything that is said.
        ("- một\n- hai", "một hai"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"),
        # A footnote is not what a list is about.
        ("- một[^1]\n- hai\n\n[^1]: Chú thích.", "một hai"),
        ("", ""),
        ("![Ảnh](a.png)", ""),
    ],
)
def test_excerpt(text: str, excerpt: str) -> None:
    """The excerpt is the first paragraph in plain words, without the marks of footnotes."""
    assert rendered(text).excerpt == excerpt


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("một hai ba", 10, "một hai ba"),
        ("một hai ba", 9, "một hai…"),
        ("một hai ba", 8, "một…"),
        ("một, hai – ba bốn", 12, "một, hai…"),  # no comma or dash before the dots
        ("mộthaibabốn", 8, "mộthaib…"),  # a word that has no end in time
    ],
)
def test_shorten(text: str, limit: int, short: str) -> None:
    """What is too long is cut at a word's end, and says so; it has the limit's length at most."""
    assert shorten(text, limit) == short


@settings(print_blob=True, deadline=None)
@given(TEXTS)
def test_excerpt_is_short(text: str) -> None:
    """Whatever the text, its excerpt is one line of at most 300 characters."""
    excerpt = rendered(text).excerpt
    assert len(excerpt) <= EXCERPT
    assert excerpt == " ".join(excerpt.split())


class _NoBlock(BlockProcessor):
    """A kind of block that no text is."""

    def test(self, _parent: Element, _block: str) -> bool:
        """Never."""
        return False


class _NeverFound(Extension):
    """A pattern and a kind of block that `body` does not know, so all text is searched for all."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's own name)
        md.inlinePatterns.register(SimpleTextInlineProcessor(r"(?!)()"), "never found", 1)
        md.parser.blockprocessors.register(_NoBlock(md.parser), "never found", 1)


WHOLE_SEARCH: dict[str, Any] = {
    **MARKDOWN,
    "extensions": [*MARKDOWN["extensions"], _NeverFound()],
}


@settings(print_blob=True, deadline=None, max_examples=300)
@given(TEXTS)
@example("Chức danh\n:   Bộ trưởng")
@example("Một\n---\nHai")
@example("- Một\nHai\n\n    Ba\n\n    - Bốn\nNăm\n\nSáu")
@example("một\n\n: hai\n\nba | bốn\n--|--\nc | d")
def test_plain_text_is_spared_the_search_only(text: str) -> None:
    """Text that is not searched for patterns and blocks gives the same HTML as with the search."""
    quick, whole = (Renderer(s, b"").render(PATH, text, 1) for s in (MARKDOWN, WHOLE_SEARCH))
    assert (quick.html, quick.problems) == (whole.html, whole.problems)


class _Ends(Preprocessor):
    """Adds a last line to each text."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines, and one in which there are signs."""
        return [*lines, "", "<b>**Hết**</b>", "", "    mã"]


class _Ending(Extension):
    """An extension that writes Markdown itself, before all else."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's own name)
        md.preprocessors.register(_Ends(md), "ends", 100)


def test_what_an_extension_writes_is_searched() -> None:
    """Signs that are not in the text of the file are found where an extension puts them."""
    ending = {**MARKDOWN, "extensions": [*MARKDOWN["extensions"], _Ending()]}
    html = Renderer(ending, b"").render(PATH, "Một", 1).html
    assert html == "<p>Một</p>\n<p><b><strong>Hết</strong></b></p>\n<pre><code>mã\n</code></pre>"


def test_same_text_same_bytes() -> None:
    """Every process renders a text to the same bytes, to the order of attributes."""
    text = "![Ảnh](hop/anh.png)\n{: .b #a title=c lang=vi }"
    assert len({rendered(text).html for _ in range(20)}) == 1


@settings(print_blob=True, deadline=None)
@given(TEXTS, TEXTS)
def test_a_body_does_not_depend_on_the_one_before(first: str, second: str) -> None:
    """One renderer renders many bodies, each as if it were the first."""
    renderer = Renderer(MARKDOWN, b"")
    renderer.render(PATH, first, 1)
    assert renderer.render(PATH, second, 1) == rendered(second)


@pytest.mark.parametrize("text", ["- " * 2000 + "một", "> " * 3000 + "một"])
def test_a_body_does_not_depend_on_one_that_failed(text: str) -> None:
    """A text that Markdown cannot read spoils no other text of the same process."""
    renderer = Renderer(MARKDOWN, b"")
    renderer.render(PATH, text, 1)
    after = "- một\n\n- hai\n\n    ba\n\nBốn"
    assert renderer.render(PATH, after, 1) == rendered(after)


def test_a_text_that_is_too_deep_is_a_fault() -> None:
    """A text that Markdown cannot read is a fault on its first line, not a crash."""
    (problem,) = rendered("- " * 2000 + "một", 5).problems
    assert (problem.line, problem.level, problem.key) == (5, Level.FAULT, "body")


@pytest.mark.parametrize(
    "text",
    [
        "Một.\n\n<div>\n\nHai.",
        "Một.\n\n<div markdown='1'>\n\nHai.",
        # Markdown forgets what two open blocks hold.
        "Một.\n\n<div markdown='1'>\n<div markdown='1'>\nHai.",
        "Một.\n\n<p>Hai.",
        "Một.\n\n<!-- Hai.",
        "Một. <b>Hai.",
        "Một.\n\n```\nHai.",
        "Một.\n\n[^1]: Hai.",  # a footnote that nothing cites
    ],
)
def test_nothing_is_lost_without_a_word(text: str) -> None:
    """What was written stands in the HTML, or a problem says that it does not."""
    body = rendered(text)
    assert "Hai" in body.html or body.problems


@pytest.mark.parametrize(
    "text",
    [
        "<div markdown='1'>\n\n[a]({filename}tin.vi.md)\n\n</div>",
        "<div markdown='1'>\n\n[a](to%C3%A0n.pdf)\n\n</div>",
        "<div markdown='1'>\n\n[a][mot]\n\n</div>\n\n[mot]: b.pdf",
        "<div markdown='1'>\n\n# Một {: #hai }\n\n| a |\n|:-:|\n| b |\n\n</div>",
        "Viết “markdown=”: [a]({static}tin.pdf).",
    ],
)
def test_what_is_not_lost_is_not_told(text: str) -> None:
    """What Markdown turns into addresses, ids and classes is not lost."""
    assert rendered(text).problems == ()


@pytest.mark.parametrize(
    ("path", "text", "setting", "same"),
    [
        (PATH, "Một", b"", True),
        ("2008/03/khac.en.md", "Một", b"", True),  # links are relative to the folder alone
        ("2008/04/hop.vi.md", "Một", b"", False),
        (PATH, "Hai", b"", False),
        (PATH, "Một", b"other settings", False),
    ],
)
def test_key(path: str, text: str, setting: bytes, same: bool) -> None:
    """The key stands for all that the HTML depends on: text, folder, settings; for no more."""
    key = rendered("Một").key
    assert (Renderer(MARKDOWN, setting).render(path, text, 1).key == key) is same
