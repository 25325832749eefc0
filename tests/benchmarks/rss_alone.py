"""A plugin that leaves of all feeds RSS alone: what other generators are asked for, to compare."""

from lxml import etree

from plugins.outputs.feeds import jsonfeed, xml
from plugins.outputs.feeds.entries import Entry
from plugins.outputs.feeds.parts import FORMATS


def register() -> None:
    """Pelican's hook for plugins."""
    for file in FORMATS.keys() - {xml.RSS_FILE}:
        del FORMATS[file]
    xml.written = _written
    jsonfeed.written = _nothing


def _written(entry: Entry) -> dict[str, bytes]:
    """An entry in RSS."""
    root = etree.Element("rss", nsmap=xml.RSS_SPACES)
    return {xml.RSS_FILE: xml._inside(root, [xml._rss_item(xml._item(entry), entry)])}


def _nothing(_entry: Entry) -> dict[str, bytes]:
    """No other format."""
    return {}
