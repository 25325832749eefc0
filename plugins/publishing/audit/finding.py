"""A finding: what is wrong in which file of a built site, and what to do."""

import re

from msgspec import Struct

from plugins.publishing.audit.facts import is_page

_DERIVED = re.compile(r"(?:.*/)?feed\.(?:xml|atom|json)|.*\.ics|[^/]+/search/.*")
"""Files that repeat what pages say: feeds, calendars, the search index."""


class Finding(Struct, frozen=True, order=True):
    """What an audit found: `path` is relative to the site's folder, `address` the file's on the
    site, `rule` a name of the rules; `message` and `remedy` are whole sentences.
    """

    path: str
    address: str
    rule: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.address}: {self.message} {self.remedy}"


def told_once(findings: list[Finding]) -> list[Finding]:
    """Findings in pages, then those in other files, besides those that feeds, calendars and the
    search index only repeat.
    """
    found = sorted(findings, key=lambda finding: (not is_page(finding.path), finding))
    told: set[tuple[str, str]] = set()
    first = []
    for finding in found:
        said = finding.rule, finding.message
        if said not in told or is_page(finding.path) or not _DERIVED.fullmatch(finding.path):
            first.append(finding)
        told.add(said)
    return first
