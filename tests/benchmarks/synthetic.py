"""Writes an archive of any size: notices of 4 kB over ten years, half of them translated."""

import random
from pathlib import Path

from PIL import Image

WORDS = [
    "hội",
    "nghị",
    "tập",
    "trung",
    "thảo",
    "luận",
    "các",
    "nội",
    "dung",
    "liên",
    "quan",
    "đến",
    "những",
    "nhiệm",
    "vụ",
    "giải",
    "pháp",
    "cụ",
    "thể",
    "cần",
    "làm",
    "ngay",
    "nhằm",
    "đẩy",
    "mạnh",
    "ứng",
    "dụng",
    "công",
    "nghệ",
    "thông",
    "tin",
    "trong",
    "hoạt",
    "động",
    "của",
    "cơ",
    "quan",
    "nhà",
    "nước",
    "phát",
    "triển",
    "chính",
    "phủ",
    "điện",
    "tử",
    "giai",
    "đoạn",
    "tới",
    "chia",
    "sẻ",
    "kinh",
    "nghiệm",
    "thực",
    "tiễn",
    "quốc",
    "tế",
]
TAGS, CATEGORIES, YEARS = 200, 10, 10

SITE = """menu = ["gioi-thieu"]
[name]
vi = "Lưu trữ thử nghiệm"
en = "Trial archive"
[tagline]
vi = "Để đo thời gian"
en = "To measure time"
[publisher]
vi = "Cơ quan thử nghiệm"
en = "Trial body"
[contact]
email = "trial@example.org"
"""


def write(folder: Path, notices: int, seed: int = 1, *, pictures: bool = False) -> None:
    """Write a content folder of so many notices; the same seed writes the same bytes.

    With `pictures`, each original has a lead picture of its own, 1,600 by 1,200 pixels.
    """
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    (folder / "site.toml").write_text(SITE, encoding="utf-8")
    (folder / "taxonomy.toml").write_text(_taxonomy(), encoding="utf-8")
    (folder / "pages").mkdir()
    for language, title in (("vi", "Giới thiệu"), ("en", "About")):
        (folder / f"pages/gioi-thieu.{language}.md").write_text(
            f"Title: {title}\n\n{body(chance)}\n", encoding="utf-8"
        )
    for number in range(notices):
        original = write_notice(folder, number, chance, translated=number % 2 == 0)
        if pictures:
            add_picture(original, number, chance)


def write_notice(folder: Path, number: int, chance: random.Random, *, translated: bool) -> Path:
    """Write one notice, and its translation; gives the path of the original."""
    year, month = 2008 + number % YEARS, 1 + number // YEARS % 12
    place = folder / f"{year}/{month:02d}"
    place.mkdir(parents=True, exist_ok=True)
    tags = ", ".join(f"tu-khoa-{chance.randrange(TAGS)}" for _ in range(3))
    event = number % 20 == 0
    header = (
        f"Title: {title(chance)} số {number}\n"
        f"Date: {year}-{month:02d}-{1 + number % 28:02d} {number % 24:02d}:{number % 60:02d}\n"
        f"Category: chuyen-muc-{number % CATEGORIES}\n"
        f"Tags: {tags}\n"
        f"Summary: {paragraph(chance, 25)}\n"
    )
    if event:
        header += f"Kind: event\nStarts: {year}-{month:02d}-28 08:00\nVenue: Hà Nội\n"
    original = place / f"thong-bao-{number}.vi.md"
    original.write_text(f"{header}\n{body(chance)}\n", encoding="utf-8")
    if translated:
        (place / f"thong-bao-{number}.en.md").write_text(
            f"Title: Notice {number}\nSlug: notice-{number}\n"
            f"Summary: {paragraph(chance, 25)}\n\n{body(chance)}\n",
            encoding="utf-8",
        )
    return original


def add_picture(original: Path, number: int, chance: random.Random) -> None:
    """Put a picture beside a notice, and into its header: soft colours, as photographs have."""
    place = original.with_name(f"thong-bao-{number}")
    place.mkdir()
    colours = [tuple(chance.randrange(256) for _ in range(3)) for _ in range(12 * 9)]
    picture = Image.new("RGB", (12, 9))
    picture.putdata(colours)
    picture.resize((1600, 1200), Image.Resampling.BICUBIC).save(place / "anh.jpg", quality=85)
    translation = original.with_name(f"thong-bao-{number}.en.md")
    image = f"Image: {place.name}/anh.jpg\n"
    for source, header in ((original, image), (translation, "")):
        if source.is_file():
            text = f"{header}Image_alt: {title(chance)}\n{source.read_text(encoding='utf-8')}"
            source.write_text(text, encoding="utf-8")


def title(chance: random.Random) -> str:
    """A title of eight words."""
    return " ".join(chance.choice(WORDS) for _ in range(8)).capitalize()


def paragraph(chance: random.Random, words: int) -> str:
    """A paragraph of so many words."""
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


def body(chance: random.Random) -> str:
    """4 kB of Markdown: paragraphs, headings, a list, a table, a quotation, a link."""
    items = "\n".join(f"- {paragraph(chance, 11)}" for _ in range(3))
    return "\n\n".join(
        (
            paragraph(chance, 60),
            f"## {title(chance)}",
            f"{paragraph(chance, 80)} **{title(chance)}** [liên kết](https://example.org/van-ban)",
            items,
            paragraph(chance, 100),
            "| mục | số |\n|---|--:|\n| một | 1 |\n| hai | 2 |",
            f"> {paragraph(chance, 40)}",
            paragraph(chance, 130),
            f"## {title(chance)}",
            paragraph(chance, 150),
        )
    )


def _taxonomy() -> str:
    parts = []
    for table, name, vi, en, count in (
        ("tags", "tu-khoa", "Từ khóa", "Topic", TAGS),
        ("categories", "chuyen-muc", "Chuyên mục", "Category", CATEGORIES),
    ):
        parts += [
            f'[{table}.{name}-{n}]\nlabel = {{ vi = "{vi} {n}", en = "{en} {n}" }}\n'
            for n in range(count)
        ]
    return "\n".join(parts)
