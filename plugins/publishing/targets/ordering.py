"""In which order files go to a place that takes one at a time: told by what their paths are.

What is linked comes before what links it, as `Order` has it; a file that is new before one that
changes, so that nothing leads to a page that is not there yet.
"""

import re
from collections.abc import Collection, Iterable
from itertools import groupby

from plugins.model.output import Order

_LISTS = (
    r"tags|feeds|search|embed|embed/.+"
    r"|[0-9]{4}(/[0-9]{2})?"
    r"|((bulletins|events)|(category|tag)/[^/]+)(/[0-9]{4}(/[0-9]{2})?)?"
)

_FORMS = (
    (Order.FEED, re.compile(r".*(\.xml|\.ics|\.atom|\.opml|/feed\.json)|robots\.txt")),
    (Order.FEED, re.compile(r"archive(/[0-9]{4})?\.json")),
    (Order.INDEX, re.compile(r"[^/]+/search/.+/.+")),
    (Order.LISTING, re.compile(rf"[^/]+/(({_LISTS})/)?index\.html")),
    (Order.PAGE, re.compile(r".*\.html")),
)


def order_of(path: str) -> Order:
    """When a file of the site is put in place."""
    return next((order for order, form in _FORMS if form.fullmatch(path)), Order.ASSET)


def stages(paths: Iterable[str], there: Collection[str]) -> list[list[str]]:
    """Files in groups: one is over before the next begins. `there` are paths that are public."""

    def rank(path: str) -> tuple[Order, bool]:
        return order_of(path), path in there

    ranked = sorted(paths, key=lambda path: (rank(path), path))
    return [list(group) for _, group in groupby(ranked, rank)]
