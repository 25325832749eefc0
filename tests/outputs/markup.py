"""What HTML and ARIA want beyond what a strict parser checks: a table of rules for a page.

The words of both, and their sources, are in `markup.toml`.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import html5lib
from html5lib.html5parser import ParseError
from lxml.etree import _Element

Rule = Callable[[_Element], Iterator[str]]
"""Takes the root element of a page, yields what is wrong; its docstring is the rule."""

WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _lists(table: str) -> dict[str, set[str]]:
    """The words of each entry of a table."""
    return {name: set(words.split()) for name, words in WORDS[table].items()}


ELEMENTS, ATTRIBUTES = _lists("elements"), _lists("attributes")
CHILDREN, PARENTS, ARIA = _lists("children"), _lists("parents"), _lists("aria")
KNOWN = ELEMENTS["headings"] | ELEMENTS["phrasing"] | ELEMENTS["blocks"] | ELEMENTS["page"]
WITH_WORDS = r"(?s).*\S.*"
STATES = WORDS["states"] | dict.fromkeys(ARIA["ids"] | ARIA["words"], WITH_WORDS)


def faults(data: bytes) -> list[str]:
    """All that is wrong with a page: what the parser says, then what each rule says."""
    parser = html5lib.HTMLParser(
        html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False
    )
    try:
        root = parser.parse(data, transport_encoding="utf-8").getroot()
    except ParseError as error:
        line, column = parser.tokenizer.stream.position()
        return [f"strict parser: {line}:{column}: {error}"]
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(root)]


def names_are_known(root: _Element) -> Iterator[str]:
    """Elements and attributes are of the standard, those aside whose names have a hyphen."""
    for element in _elements(root):
        if element.tag not in KNOWN:
            yield _start(element)
        allowed = ATTRIBUTES["any"] | ATTRIBUTES.get(element.tag, set())
        for name in sorted(set(element.keys()) - allowed):
            if not name.startswith(("data-", "aria-")):
                yield f"{name} of {_start(element)}"


def values_have_their_form(root: _Element) -> Iterator[str]:
    """Dates, languages, sizes and words of closed sets are written as the standard wants them."""
    for element in _elements(root):
        for name, value in element.items():
            if not re.fullmatch(WORDS["values"].get(name, "(?s).*"), value, re.VERBOSE):
                yield f"{name} of {_start(element)}"


def phrases_hold_phrases(root: _Element) -> Iterator[str]:
    """No block stands in a paragraph, a heading or a part of a sentence."""
    for element in _elements(root.find("body")):
        above = element.getparent()
        while above.tag in ELEMENTS["transparent"]:
            above = above.getparent()
        allowed = ELEMENTS["headings"] if above.tag == "summary" else set()
        if (
            above.tag in ELEMENTS["of_phrases"]
            and element.tag not in ELEMENTS["phrasing"] | allowed
        ):
            yield f"{_start(element)} in {_start(above)}"


def parts_are_in_their_wholes(root: _Element) -> Iterator[str]:
    """Items are in lists, cells in rows, captions in figures; and nothing else is beside them."""
    for element in _elements(root.find("body")):
        above = element.getparent()
        is_child = element.tag in CHILDREN.get(above.tag, {element.tag})
        is_parent = above.tag in PARENTS.get(element.tag, {above.tag})
        if not is_child or not is_parent:
            yield f"{_start(element)} in {_start(above)}"
        if element.tag in ("summary", "legend") and above[0] is not element:
            yield f"{_start(element)} is not first"


def nothing_to_press_in_another(root: _Element) -> Iterator[str]:
    """A link, a button or a summary holds nothing else that can be pressed; a label, its field."""
    for element in _elements(root.find("body")):
        around = next(element.iterancestors("a", "button", "label", "summary"), None)
        if around is None or element.tag not in ELEMENTS["interactive"]:
            continue
        if around.tag != "label" or element.tag in ("a", "details", "label"):
            yield f"{_start(element)} in {_start(around)}"


def ids_are_of_one(root: _Element) -> Iterator[str]:
    """No id occurs twice."""
    counted = Counter(element.get("id") for element in root.iter() if element.get("id"))
    yield from (its_id for its_id, count in counted.items() if count > 1)


def references_lead_somewhere(root: _Element) -> Iterator[str]:
    """Labels, descriptions and headers of cells are elements of the page."""
    ids = {element.get("id") for element in root.iter()}
    naming = ["for", "list", "headers", *(f"aria-{name}" for name in sorted(ARIA["ids"]))]
    for element in root.iter():
        for name in naming:
            if set((element.get(name) or "").split()) - ids:
                yield f"{name} of {_start(element)}"


def fields_have_labels(root: _Element) -> Iterator[str]:
    """A field is named by a label or by ARIA."""
    labelled = {label.get("for") for label in root.iter("label")}
    for field in root.iter("input", "select", "textarea"):
        named = field.get("aria-label") or field.get("aria-labelledby")
        inside = next(field.iterancestors("label"), None)
        needs_none = named or inside is not None or field.get("type") in ("hidden", "submit")
        if field.get("id") not in labelled and not needs_none:
            yield _start(field)


def aria_is_as_defined(root: _Element) -> Iterator[str]:
    """Roles, properties and states exist, and their values are of their forms; what has no role is
    given no name.
    """
    for element in root.iter():
        if set((element.get("role") or "note").split()) - ARIA["roles"]:
            yield f"role of {_start(element)}"
        for name, value in element.items():
            if name.startswith("aria-"):
                form = STATES.get(name.removeprefix("aria-"))
                if form is None or not re.fullmatch(form, value):
                    yield f"{name} of {_start(element)}"
        is_plain = element.tag in ("div", "span", "p") and not element.get("role")
        if is_plain and element.get("aria-label"):
            yield f"aria-label of {_start(element)}"


def headings_skip_no_level(root: _Element) -> Iterator[str]:
    """The first heading is an h1; one goes down by one level at most."""
    level = 0
    for heading in root.iter(*ELEMENTS["headings"]):
        its_level = int(heading.tag[1])
        if its_level > level + 1:
            yield f"{_start(heading)} {''.join(heading.itertext()).strip()[:40]}"
        level = its_level


def pictures_have_words_and_room(root: _Element) -> Iterator[str]:
    """A picture has words for those who do not see it, and a size, so that nothing moves."""
    for image in root.iter("img"):
        if image.get("alt") is None or not (image.get("width") and image.get("height")):
            yield _start(image)


def head_is_whole(root: _Element) -> Iterator[str]:
    """There is one title, charset, viewport; at most one description, canonical address, base."""
    head = root.find("head")
    one = {"title": "title", "charset": "meta[@charset]", "viewport": "meta[@name='viewport']"}
    for name, path in one.items():
        if len(head.findall(path)) != 1:
            yield name
    for path in ("meta[@name='description']", "link[@rel='canonical']", "base"):
        if len(head.findall(path)) > 1:
            yield path
    if not (head.findtext("title") or "").strip():
        yield "title without words"
    described = head.find("meta[@name='description']") is not None
    if not described and head.find("meta[@name='robots']") is None:
        yield "no description, though search engines may list it"


def _elements(root: _Element | None) -> Iterator[_Element]:
    """This element and those below it that are of HTML: a drawing in SVG has its own grammar, an
    element with a hyphen in its name is its page's own.
    """
    for element in root.iter() if root is not None else ():
        if isinstance(element.tag, str) and not re.search("[{-]", element.tag):
            yield element


def _start(element: _Element) -> str:
    """The start tag of an element, to find it by."""
    said = "".join(f' {name}="{value}"' for name, value in list(element.items())[:4])
    return f"<{element.tag}{said}>"[:160]


RULES: tuple[Rule, ...] = (
    names_are_known,
    values_have_their_form,
    phrases_hold_phrases,
    parts_are_in_their_wholes,
    nothing_to_press_in_another,
    ids_are_of_one,
    references_lead_somewhere,
    fields_have_labels,
    aria_is_as_defined,
    headings_skip_no_level,
    pictures_have_words_and_room,
    head_is_whole,
)
