"""A reader of the built site in a real browser, who notices whatever goes wrong unseen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Page, Request

from tests.consumers.kinds import Kind

WIDE = {"width": 1280, "height": 900}


class Reader(NamedTuple):
    """One tab, the address of the site, its pages by kind, and what went wrong in the tab so far.

    Faults are requests to another host, messages on the console (a breach of the
    Content-Security-Policy is one, a file that is missing another) and errors of scripts.
    """

    page: Page
    url: str
    kinds: dict[Kind, str]
    faults: list[str]

    def open(self, kind: Kind) -> Page:
        """Go to the page of a kind."""
        return self.go(self.kinds[kind])

    def go(self, address: str) -> Page:
        """Go to an address of the site, and wait until all of it is there."""
        self.page.goto(self.url + quote(address), wait_until="load")
        for element in self.page.locator("announcement-feed").all():
            element.get_by_role("listitem").first.wait_for()  # its feed comes after the page
        return self.page

    def again(self) -> None:
        """Be as a reader who has just come: on a wide screen, in a light room."""
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(media="screen", color_scheme="light", forced_colors="none")
        self.faults.clear()


@contextmanager
def reading(browser: Browser, url: str, kinds: dict[Kind, str]) -> Iterator[Reader]:
    """A reader of the site at a URL."""
    context = browser.new_context(locale="vi-VN", timezone_id="America/New_York", viewport=WIDE)
    context.set_default_timeout(10_000)
    page = context.new_page()
    faults: list[str] = []

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("blob", "data") and f"{parts.scheme}://{parts.netloc}" != url:
            faults.append(f"another host: {request.url}")

    page.on("request", asked)
    page.on("console", lambda message: faults.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    yield Reader(page, url, kinds, faults)
    context.close()
