"""Small content folders in hand: edited as values, then written as files."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from posixpath import dirname, relpath
from random import Random

from PIL import Image

AS_OF = "2009-06-01T00:00:00+07:00"
"""The instant at which `an_archive` has something of each: past, coming, under embargo, draft."""

TAGS = ("chinh-phu-dien-tu", "hop-tac-quoc-te", "an-toan-thong-tin", "dich-vu-cong")
CATEGORIES = ("tin-hoat-dong", "van-ban")


@dataclass
class Source:
    """A source: its header, its text, and what it links as long as that exists.

    A line break in a header's value begins an indented line. `Image` is, as the links are, a path
    relative to the content folder.
    """

    header: dict[str, str]
    text: str
    links: list[str] = field(default_factory=list)


@dataclass
class Content:
    """A content folder: sources and other files by path, and the words of the registries."""

    sources: dict[str, Source] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    tagline: str = "Để thử"
    menu: list[str] = field(default_factory=lambda: ["gioi-thieu", "lien-he"])

    def notices(self) -> list[str]:
        """The stems of the notices, sorted."""
        return sorted({p.rsplit(".", 2)[0] for p in self.sources if not p.startswith("pages/")})

    def editions(self, stem: str) -> list[str]:
        """The paths of a notice's sources, the original first."""
        found = [path for path in self.sources if path.rsplit(".", 2)[0] == stem]
        return sorted(found, key=lambda path: "Date" not in self.sources[path].header)

    def as_files(self) -> dict[str, bytes]:
        """Every file of the folder, by path."""
        texts = {path: self._text(path) for path in self.sources}
        texts["site.toml"] = _site(self.tagline, self.menu)
        texts["taxonomy.toml"] = _taxonomy(self.labels, self.slugs)
        return self.files | {path: text.encode() for path, text in texts.items()}

    def write(self, folder: Path) -> Path:
        """Make `folder` hold these files; those that are there already are not touched."""
        files = self.as_files()
        for path, data in files.items():
            target = folder / path
            if not target.is_file() or target.read_bytes() != data:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        for old in [path for path in folder.rglob("*") if path.is_file()]:
            if old.relative_to(folder).as_posix() not in files:
                old.unlink()
        return folder

    def _text(self, path: str) -> str:
        source = self.sources[path]
        values = dict(source.header)
        if "Image" in values:
            values["Image"] = relpath(values["Image"], dirname(path))
        lines = [f"{key}: {value}".replace("\n", "\n    ") for key, value in values.items()]
        links = [
            f"{'!' if link.endswith('.png') else ''}[{link}]({relpath(link, dirname(path))})"
            for link in source.links
            if link in self.sources or link in self.files
        ]
        return "\n\n".join(["\n".join(lines), source.text, *links]) + "\n"


def a_notice(text: str = "Đoạn đầu.\n\nĐoạn sau.", **header: str) -> Source:
    """A bulletin with a title and a date, as far as `header` does not say otherwise."""
    return Source({"Title": "Thông báo", "Date": "2008-03-21 16:44"} | header, text)


def a_translation(text: str = "First paragraph.\n\nSecond.", **header: str) -> Source:
    """A translation: it inherits the date."""
    return Source({"Title": "Notice"} | header, text)


def a_picture(width: int = 3, height: int = 2) -> bytes:
    """A picture of this size in pixels."""
    data = BytesIO()
    Image.new("RGB", (width, height)).save(data, "PNG")
    return data.getvalue()


def a_photo(seed: int, form: str = "PNG", width: int = 400, height: int = 300) -> bytes:
    """A picture with too much in it to be light; each seed gives another."""
    data = BytesIO()
    pixels = Random(seed).randbytes(width * height * 3)
    Image.frombytes("RGB", (width, height), pixels).save(data, form)
    return data.getvalue()


def an_archive(notices: int = 8) -> Content:
    """An archive of so many notices, half with a translation; some link others, or files.

    From eight notices on it holds events past and coming, a draft, a notice under embargo, an
    attachment, pictures, a lead picture with a copy, an alias; two standing pages, one in one
    language only.
    """
    content = Content()
    for number in range(notices):
        _put_notice(content, number)
    content.sources["pages/gioi-thieu.vi.md"] = Source({"Title": "Giới thiệu"}, "Về kho này.")
    content.sources["pages/gioi-thieu.en.md"] = Source({"Title": "About"}, "About the archive.")
    content.sources["pages/lien-he.vi.md"] = Source({"Title": "Liên hệ"}, "Xin viết thư.")
    return content


def _put_notice(content: Content, number: int) -> None:
    year, month, day = 2007 + number % 3, 1 + number * 5 % 12, 1 + number % 28
    stem = f"{year}/{month:02d}/thong-bao-{number}"
    languages = ("vi", "en") if number % 5 else ("en", "vi")
    original = a_notice(
        f"Đoạn đầu số {number}.\n\n## Mục {number}\n\nĐoạn sau số {number}.",
        Title=f"Thông báo số {number}",
        Date=f"{year}-{month:02d}-{day:02d} {number % 24:02d}:30",
        Category=CATEGORIES[number % 2],
        Tags=f"{TAGS[number % 4]}, {TAGS[number % 3]}",
    )
    if number % 4 == 1:
        starts = "2009-06-20" if number % 8 == 1 else "2008-03-20"
        original.header |= {"Kind": "event", "Starts": f"{starts} 08:00", "Venue": "Hà Nội"}
    if number % 8 == 3:
        original.header["Status"] = "draft"
    if number % 8 == 5:
        original.header["Date"] = "2009-08-01 08:00"
    if number % 8 == 6:
        original.header["Aliases"] = f"/tin/{number}.html, /cu/{number}/"
    content.sources[f"{stem}.{languages[0]}.md"] = original
    if number % 2 == 0:
        content.sources[f"{stem}.{languages[1]}.md"] = a_translation(
            f"First paragraph {number}.\n\nSecond {number}.",
            Title=f"Notice {number}",
            Slug=f"notice-{number}",
        )
    if number % 4 == 2:
        content.files[f"{stem}/toan-van.pdf"] = f"%PDF {number}".encode()
        content.files[f"{stem}/anh.png"] = a_picture(number, 2)
        original.links += [f"{stem}/toan-van.pdf", f"{stem}/anh.png"]
    if number % 8 == 4:
        content.files[f"{stem}/dau.png"] = a_photo(number, "PNG", 160, 120)
        for path in content.editions(stem):
            header = content.sources[path].header
            header |= {"Image": f"{stem}/dau.png", "Image_alt": "Ảnh"}
    stems = content.notices()
    if number % 4 in (1, 2):  # some of what they link is a draft, or under embargo
        original.links += content.editions(stems[number * 7 % len(stems)])[:1]


def _site(tagline: str, menu: list[str]) -> str:
    return (
        f"menu = {menu!r}\n"
        '[name]\nvi = "Kho thử"\nen = "Trial archive"\n'
        f'[tagline]\nvi = "{tagline}"\nen = "For trial"\n'
        '[publisher]\nvi = "Cơ quan thử"\nen = "Trial body"\n'
        '[contact]\nemail = "thu@example.org"\n'
    )


def _taxonomy(labels: dict[str, str], slugs: dict[str, str]) -> str:
    return "\n".join(
        f"[{table}.{key}]\n"
        f'label = {{ vi = "{labels.get(key, key)} vi", en = "{labels.get(key, key)} en" }}\n'
        f'slug = {{ en = "{slugs.get(key, f"{key}-en")}" }}\n'
        for table, keys in (("tags", TAGS), ("categories", CATEGORIES))
        for key in keys
    )
