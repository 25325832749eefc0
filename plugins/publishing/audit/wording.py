"""The rules of the audit in words: what is wrong, and what to do."""

from typing import NamedTuple

from plugins.publishing.audit.facts import Fault, address_of
from plugins.publishing.audit.finding import Finding
from plugins.speaking import Speech


class Rule(NamedTuple):
    """What is said when a rule is broken; `{what}` and `{where}` are the fault's."""

    message: str
    remedy: str


RULES = {
    "file-missing": Rule(
        "The file is not there, or cannot be read.",
        "Build the site again.",
    ),
    "link-dead": Rule(
        "It links {what}, and nothing is there.",
        "Correct the link, or put back what it leads to.",
    ),
    "anchor-dead": Rule(
        "It links {what}, and that page has no element of this id.",
        "Correct what stands after #; ids of headings follow their words.",
    ),
    "alternate-missing": Rule(
        "It does not name {what}, which is the same page in another language ({where}).",
        "Correct the template: a page gives the addresses of all its languages.",
    ),
    "alternate-unreturned": Rule(
        "It names {what} as the same page in another language ({where}), which does not name it.",
        "Correct the template: pages in several languages name each other.",
    ),
    "id-twice": Rule(
        "The id “{what}” is there twice.",
        "Give one of the two elements another id; in a text, another heading or footnote.",
    ),
    "word-unpublished": Rule(
        "It says “{what}”, which is of {where}: that is not public.",
        "Take the words out, or publish the notice.",
    ),
    "file-unpublished": Rule(
        "The file is of {what}, which is not public.",
        "Build the site again; if it stays, report it as a fault of the program.",
    ),
    "page-too-large": Rule(
        "The page has {what} bytes; {where} are the most (LARGEST_PAGE).",
        "Shorten the text, or put a part of it into an attachment.",
    ),
    "file-too-large": Rule(
        "The file has {what} bytes; {where} are the most (LARGEST_FILE).",
        "Attach a smaller file, or several.",
    ),
    "html-broken": Rule(
        "The HTML cannot be parsed without guessing, at {where}: {what}.",
        "Correct the template, or the HTML in the text of the notice.",
    ),
    "element-unknown": Rule(
        "HTML has no element <{what}>.",
        "Write another element, or text.",
    ),
}


def told(path: str, fault: Fault, speech: Speech) -> Finding:
    """A fault in words."""
    rule = RULES[fault.rule]
    message = speech.text(rule.message, what=fault.what, where=fault.where)
    return Finding(path, address_of(path), fault.rule, message, speech.text(rule.remedy))
