"""Feeds in hand (JSON Feed 1.1), good and evil, for the element."""

import json
from typing import Any

from tests.consumers.hosts import OPEN, Answer

HOME = "https://lamgiang.example/vi/tag/thue/"


def an_item(number: int, **changes: Any) -> dict[str, Any]:
    """An entry; those with a smaller number are newer."""
    facts = {
        "id": f"tag:example.org,2026:2026/05/{number}/vi",
        "url": f"https://lamgiang.example/vi/2026/05/thong-bao-{number}/",
        "title": f"Thông báo số {number} về dịch vụ công",
        "date_published": f"2026-05-{28 - number % 28:02d}T08:30:00+07:00",
        "language": "vi",
    }
    return facts | changes


def a_feed(*items: Any, **changes: Any) -> dict[str, Any]:
    """A feed of these entries, or of seven."""
    facts = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Thuế – Lam Giang",
        "home_page_url": HOME,
        "feed_url": f"{HOME}feed.json",
        "language": "vi",
        "items": list(items) or [an_item(number) for number in range(7)],
    }
    return facts | changes


AN_EVENT = an_item(
    3,
    url="https://lamgiang.example/en/2026/05/open-data-week/",
    title="Open data week",
    language="en",
    _event={
        "starts": "2026-06-10T14:00:00+07:00",
        "ends": "2026-06-12",
        "status": "scheduled",
        "venue": "Nhà văn hóa Bến Chợ",
    },
)
"""An event in another language than its feed."""


def answer(feed: object) -> Answer:
    """A feed as a host serves it."""
    return Answer(json.dumps(feed).encode(), "application/feed+json", headers=OPEN)
