"""Tests of `plugins/previewing/server.py`: what is served, and to whom."""

import http.client
import json
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlencode

import pytest

from tests.building.running import build_here
from tests.previewing.conftest import Previewed

DRAFT = "/vi/2007/04/thong-bao-3/"
EMBARGOED = "/en/2009/02/thong-bao-5/"
SOURCE = "2008/06/thong-bao-1.vi.md"
PAGE = "/vi/2008/06/thong-bao-1/"


class Answer:
    """What the server said."""

    def __init__(self, previewed: Previewed, path: str, **headers: str) -> None:
        connection = http.client.HTTPConnection(previewed.address.removeprefix("http://"))
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        self.status, self.headers = response.status, response.headers
        self.text = response.read().decode(errors="replace")
        connection.close()


def news(previewed: Previewed, address: str, key: str = "") -> Iterator[dict[str, object]]:
    """The events that a page is told, as they come."""
    connection = http.client.HTTPConnection(previewed.address.removeprefix("http://"), timeout=20)
    connection.request("GET", f"/.preview/news?{urlencode({'address': address, 'key': key})}")
    response = connection.getresponse()
    for line in iter(response.readline, b""):
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def key_of(previewed: Previewed, address: str) -> str:
    """What the page says that it is made of."""
    return Answer(previewed, address).text.split('data-key="')[1].split('"')[0]


def test_a_page_is_what_a_build_makes_of_it(previewed: Previewed) -> None:
    """Apart from the script that renews it."""
    trial = previewed.trial
    build_here(trial.source, trial.out, trial.cache.parent / "other", **trial.settings)
    built = (trial.out / "vi/gioi-thieu/index.html").read_text(encoding="utf-8")
    text = Answer(previewed, "/vi/gioi-thieu/").text
    script = text[text.index('<script src="/.preview/') : text.index("</body>")]
    assert text.replace(script, "") == built


@pytest.mark.parametrize(
    ("path", "status", "media"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/vi", 301, None),
        ("/vi/", 200, "text/html; charset=utf-8"),
        (DRAFT, 200, "text/html; charset=utf-8"),
        (EMBARGOED, 200, "text/html; charset=utf-8"),
        ("/vi/feed.xml", 200, "application/xml"),
        ("/theme/site.css", 200, "text/css; charset=utf-8"),
        ("/2009/11/thong-bao-2/anh.png", 200, "image/png"),
        ("/cu/6/", 200, "text/html; charset=utf-8"),  # an old address
        ("/vi/search/2000-2009/pagefind-entry.json", 200, "application/json"),  # of a bundle
        ("/vi/nowhere/", 404, "text/html; charset=utf-8"),
        ("/../../etc/passwd", 404, "text/html; charset=utf-8"),
        ("/.archive/inventory", 404, "text/html; charset=utf-8"),
        ("/.preview/nothing", 404, "text/plain"),
    ],
)
def test_each_file_is_served(
    previewed: Previewed, path: str, status: int, media: str | None
) -> None:
    """Every file of the site, with its media type; the page of lost addresses elsewhere."""
    answer = Answer(previewed, path)
    assert (answer.status, answer.headers["Content-Type"]) == (status, media)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8000", 200),
        ("evil.example", HTTPStatus.FORBIDDEN),
        ("localhost.evil.example", HTTPStatus.FORBIDDEN),
        ("", HTTPStatus.FORBIDDEN),
    ],
)
def test_only_this_machine_is_answered(previewed: Previewed, host: str, status: int) -> None:
    """A stranger's name that leads here (DNS rebinding) sees no draft."""
    assert Answer(previewed, DRAFT, Host=host).status == status


def test_it_listens_on_loopback_only(previewed: Previewed) -> None:
    """Nobody on the network can ask it."""
    assert previewed.server.server_address[0] == "127.0.0.1"


def test_what_is_not_public_is_named(previewed: Previewed) -> None:
    """Drafts, and what waits for its instant, by address."""
    told = next(news(previewed, "/vi/"))
    assert told["waiting"] == {
        DRAFT: "Draft",
        EMBARGOED: "To appear on 2009-08-01 08:00",
        "/vi/2009/11/thong-bao-2/": "To appear on 2009-11-03 02:30",
        "/en/2009/11/notice-2/": "To appear on 2009-11-03 02:30",
    }


def test_a_page_is_told_that_it_changed(previewed: Previewed) -> None:
    """As soon as its source is saved; a page that shows nothing of it is not."""
    key, other = key_of(previewed, PAGE), key_of(previewed, "/vi/gioi-thieu/")
    mine, others = news(previewed, PAGE, key), news(previewed, "/vi/gioi-thieu/", other)
    assert (next(mine)["has_changed"], next(others)["has_changed"]) == (False, False)
    previewed.change(SOURCE, "Đoạn đầu", "Đoạn thứ nhất")
    assert next(mine)["has_changed"] is True
    assert "Đoạn thứ nhất" in Answer(previewed, PAGE).text
    previewed.save(SOURCE, "Title: Không có ngày\n\nNội dung.\n")
    told = next(others)  # the first thing that it is told again is the fault
    assert told["has_changed"] is False
    assert told["faults"]


def test_faults_are_told_over_the_last_good_page(previewed: Previewed) -> None:
    """With file and line; what is mended is shown, and the faults go."""
    events = news(previewed, PAGE, key_of(previewed, PAGE))
    assert next(events)["faults"] == []
    previewed.change(SOURCE, "Category: van-ban", "Category: khong-co")
    (fault,) = next(events)["faults"]
    assert fault["place"].startswith(f"{SOURCE}:")
    assert "Category" in fault["text"]
    assert "Thông báo số 1" in Answer(previewed, PAGE).text
    previewed.change(SOURCE, "Category: khong-co", "Category: tin-hoat-dong")
    told = next(events)
    assert (told["faults"], told["has_changed"]) == ([], True)


def test_new_and_deleted_files_are_followed(previewed: Previewed) -> None:
    """A new notice is there at once; a deleted one is gone."""
    events = news(previewed, "/vi/2008/06/moi/")
    assert next(events)["has_changed"] is False
    header = "Title: Mới\nDate: 2008-06-30 08:00\nCategory: van-ban\n"
    previewed.save("2008/06/moi.vi.md", f"{header}\nNội dung mới.\n")
    assert next(events)["has_changed"] is True
    assert "Nội dung mới." in Answer(previewed, "/vi/2008/06/moi/").text
    (previewed.trial.source / "2008/06/moi.vi.md").unlink()
    assert next(events)["has_changed"] is False
    assert Answer(previewed, "/vi/2008/06/moi/").status == HTTPStatus.NOT_FOUND


def test_a_page_that_moved_is_followed(previewed: Previewed) -> None:
    """Another slug: the browser is told where the notice is now."""
    events = news(previewed, PAGE, key_of(previewed, PAGE))
    next(events)
    previewed.change(SOURCE, "Title:", "Slug: ten-khac\nTitle:")
    told = next(events)
    assert (told["has_changed"], told["address"]) == (True, "/vi/2008/06/ten-khac/")


def test_the_theme_is_followed(previewed: Previewed) -> None:
    """After a change of the theme every page is another."""
    key = key_of(previewed, PAGE)
    previewed.server.renew(lambda preview: preview.take_theme())
    assert next(news(previewed, PAGE, key))["has_changed"] is True


def test_nothing_is_written(previewed: Previewed) -> None:
    """The preview is no publication: the output folder does not even exist."""
    Answer(previewed, "/vi/")
    assert not previewed.trial.out.exists()
