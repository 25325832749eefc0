"""What the HTML of a body may hold: nothing that runs, loads, submits or disguises itself."""

import html5lib
import pytest
from hypothesis import example, given, settings

from plugins.model.marks import OPEN
from plugins.model.problem import Level
from plugins.reading.sanitising import ATTRIBUTES, SCHEMES, TAGS
from tests.reading.bodies import TEXTS, html_of, rendered, told

ADDED = {"loading", "decoding"}
"""What the sanitiser itself writes."""

FORBIDDEN = [
    *("script", "style", "iframe", "object", "embed", "applet", "svg", "math", "template"),
    *("form", "input", "button", "select", "textarea", "base", "meta", "link", "title"),
    *("noscript", "frame", "frameset", "video", "audio", "source", "track", "canvas", "marquee"),
]


def elements_of(html: str) -> list[tuple[str, dict[str, str]]]:
    """Each element of some HTML with its attributes, as a browser's algorithm reads it."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    found = [element for element in tree.iter() if element is not tree]
    assert all(isinstance(element.tag, str) for element in found), "a comment was left"
    return [(element.tag, dict(element.attrib)) for element in found]


def leads_where(address: str) -> str:
    """The scheme of an address as browsers find it, or nothing for an address of this site."""
    bare = "".join(character for character in address if character > " ").casefold()
    return "" if bare.startswith((OPEN, "#", "//")) else bare.partition(":")[0]


@settings(print_blob=True, deadline=None, max_examples=500)
@given(TEXTS)
def test_only_what_is_allowed_is_left(text: str) -> None:
    """Whatever goes in, only allowed elements, attributes and schemes come out."""
    for tag, attributes in elements_of(rendered(text).html):
        assert tag in TAGS
        allowed = ATTRIBUTES["*"].keys() | ATTRIBUTES.get(tag, {}).keys()
        assert attributes.keys() <= allowed | (ADDED if tag == "img" else set())
        for name in attributes.keys() & {"href", "src"}:
            assert leads_where(attributes[name]) in {"", *SCHEMES}
        if "src" in attributes:
            assert attributes["src"].startswith(OPEN)


def test_the_allow_list_allows_nothing_that_runs() -> None:
    """The list itself has no element or attribute that runs, loads, submits or styles."""
    assert not TAGS.keys() & set(FORBIDDEN)
    names = {name for of_tag in ATTRIBUTES.values() for name in of_tag}
    assert not [name for name in names if name.startswith("on")]
    assert not names & {"style", "srcset", "action", "formaction", "srcdoc", "ping", "target"}
    assert {"http", "https", "mailto", "tel"} >= SCHEMES


@pytest.mark.parametrize("tag", FORBIDDEN)
def test_forbidden_elements(tag: str) -> None:
    """An element that is not allowed is removed, with an advice on its line."""
    text = f"Một.\n\nHai <{tag} id=a>ba</{tag}> bốn."
    assert (3, f"<{tag}>") in told(text, Level.ADVICE)
    assert tag not in [name for name, _ in elements_of(rendered(text).html)]


@pytest.mark.parametrize(
    "html",
    [
        '<p onclick="x()">Ba</p>',
        "<p ONCLICK=x()>Ba</p>",
        '<p style="color: red">Ba</p>',
        '<a href="#a" onmouseover="x()">Ba</a>',
        '<img src="a.png" onerror="x()">',
        '<a href="#a" target="_blank">Ba</a>',
        '<img src="a.png" srcset="https://example.org/b.png 2x">',
        "<a href='javascript:alert(1)'>Ba</a>",
        '<a href="JaVaScRiPt:alert(1)">Ba</a>',
        '<a href=" javascript:alert(1)">Ba</a>',
        '<a href="&#106;avascript:alert(1)">Ba</a>',
        '<a href="&#x6A;avascript&colon;alert(1)">Ba</a>',
        '<a href="java&#10;script:alert(1)">Ba</a>',
        '<a href="java&Tab;script:alert(1)">Ba</a>',
        '<a href="vbscript:x">Ba</a>',
        '<a href="data:text/html;base64,PHNjcmlwdD4=">Ba</a>',
        '<a href="file:///etc/passwd">Ba</a>',
        '<img src="data:image/svg+xml,<svg onload=x>">',
        "[Ba](javascript:alert(1))",
        "[Ba](javascript&#58;alert(1))",
        "[Ba](JAVASCRIPT:alert(1) 'Ba')",
        "[Ba][1]\n\n[1]: javascript:alert(1)",
        "![Ba](data:image/png;base64,AAAA)",
        "Ba\n{: onclick=x() }",
        "Ba\n{: style='color: red' }",
        "<!-- Ba -->",
        "<?php echo 'Ba' ?>",
        "<div>\n<![^1]>\nBa\n</div>",
        "<div>\n<![if IE]> Ba <![endif]>\n</div>",
        # Tags that a parser adds must not outweigh those that are removed.
        "<table><tr><td>Ba</td></tr></table>\n\n<script>x()</script>",
        "<div><marquee>Ba",
        "<p>Ba\n\n<blink>bốn",
    ],
)
def test_what_is_removed_is_told(html: str) -> None:
    """A handler, a style, a forbidden address or a comment is removed, and told as an advice."""
    body = rendered(f"Một.\n\nHai.\n\n{html}\n")
    assert body.problems, body.html
    assert {problem.level for problem in body.problems} == {Level.ADVICE}
    for tag, attributes in elements_of(body.html):
        assert tag not in FORBIDDEN
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert leads_where(attributes.get("href", "")) in {"", *SCHEMES}
        assert leads_where(attributes.get("src", "")) == ""


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Một.\n\n<script>x</script>", [3]),
        ("<script>x</script>\n\nHai.\n\n<script>x</script>", [1, 5]),  # the same twice
        ('<p onclick="x()">Một</p>\n\n<p onclick="x()">Hai</p>', [1, 3]),
        ("Một.\n\n[Hai](javascript:x)", [3]),  # Markdown wrote that tag
        ("Một.\n\nHai. <iframe\nsrc='https://example.org/'></iframe>", [3]),
        ("Một.\n\nHai.\n{: onclick='x()' }", [1]),  # not found again: where the text begins
    ],
)
def test_lines_of_what_was_removed(text: str, lines: list[int]) -> None:
    """Whatever was removed is told once, on the line where it stands."""
    assert [line for line, _ in told(text, Level.ADVICE)] == lines


@pytest.mark.parametrize(
    "text",
    [
        "<iframe src='https://example.org/'></iframe>",
        "<script src='../a.js'></script>",
        "<embed src='a.swf'>",
        "<video src='a.mp4'></video>",
        "<link rel='stylesheet' href='a.css'>",
        "<form action='/gui'><button>Gửi</button></form>",
    ],
)
def test_what_removed_elements_load_is_not_told(text: str) -> None:
    """Of an element that is removed only the removal is told: what it names is as gone as it."""
    problems = rendered(text).problems
    assert {problem.level for problem in problems} == {Level.ADVICE}
    assert {str(problem.message).partition(" ")[2] for problem in problems} == {
        "was removed: it is not allowed here."
    }


@settings(print_blob=True, deadline=None)
@given(TEXTS)
@example('<a href="java&#10;script:alert(1)">Một</a>')
def test_a_problem_is_one_line(text: str) -> None:
    """A problem is told on one line, whatever the text that it shows."""
    for problem in rendered(text).problems:
        assert "\n" not in str(problem)


@pytest.mark.parametrize(
    "html",
    [
        '<p id="a" class="b" lang="en" dir="ltr" title="c">Một</p>',
        '<a href="https://example.org/" hreflang="en">Một</a>',
        '<details open=""><summary>Một</summary>Hai</details>',
        '<time datetime="2008-03-21">Một</time>',
        '<table><tbody><tr><th scope="row">a</th><td colspan="2">b</td></tr></tbody></table>',
        "<figure><figcaption>Một</figcaption></figure>",
        '<ol start="3" type="a"><li value="5">Một</li></ol>',
        "<del>Một</del> <ins>hai</ins> <mark>ba</mark> <kbd>b</kbd> H<sub>2</sub>O <s>c</s>",
        "<blockquote><p>Một</p></blockquote>",
    ],
)
def test_what_is_allowed_stays(html: str) -> None:
    """HTML that is allowed stays as it was written, without a word."""
    assert html_of(html).removeprefix("<p>").removesuffix("</p>") in (
        html,
        html.removeprefix("<p>").removesuffix("</p>"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "3 < 5 và 5 > 3, a = b",
        "`<script>alert(1)</script>`",
        "```\n<script>alert(1)</script>\n```",
        "    <iframe src='x'></iframe>",
        "&lt;script&gt;",
        "<br/>một<hr />",
        "<DIV>một</DIV>",
    ],
)
def test_what_only_looks_like_html_is_not_told(text: str) -> None:
    """Signs, code and other spellings of the same are no advice: nothing was removed."""
    assert rendered(text).problems == ()
