"""What `listing.html` prints."""

from msgspec import Struct

from plugins.outputs.views.cards import CardView
from plugins.outputs.views.charts import ChartView
from plugins.outputs.views.frame import Frame, Link
from plugins.outputs.views.listed import CalendarView
from plugins.outputs.views.phases import ClockView


class GroupView(Struct, frozen=True):
    """A heading with the notices below it; `anchor` is its id, `href` where it leads, if any."""

    title: str
    cards: tuple[CardView, ...]
    anchor: str = ""
    href: str = ""


class ListingView(Struct, frozen=True, kw_only=True):
    """A page of a listing: `months` are those in which what is coming takes place, `zone` that of
    its times.
    """

    frame: Frame
    title: str
    description: str = ""
    ways: str = ""
    calendar: CalendarView | None = None
    coming_title: str = ""
    coming: tuple[CardView, ...] = ()
    zone: str = ""
    months: tuple[Link, ...] = ()
    groups: tuple[GroupView, ...]
    empty: str = ""
    chart_title: str = ""
    chart: ChartView | None = None
    newer: Link | None = None
    older: Link | None = None
    clock: ClockView | None = None
