"""The catalogue: a page with every example of every component, for those who work on the theme.

Run as `python -m plugins.building.catalogue THEME FOLDER`; writes `index.html` and `site.css`.
"""

import sys
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from plugins.building import components

_PAGE = Markup("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Components</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="site.css">
</head>
<body>
<main>
<h1>Components</h1>
{sections}</main>
</body>
</html>
""")
_SECTION = Markup("<section>\n<h2>{name}</h2>\n{examples}</section>\n")
_EXAMPLE = Markup("<h3>{name}</h3>\n{markup}\n")


def catalogue(theme: Path, options: dict[str, Any]) -> str:
    """The page; `options` are those of Jinja's environment."""
    environment = Environment(loader=components.loader(theme), **options)  # noqa: S701 (in options)
    sections = Markup()
    for component, examples in groupby(components.examples(theme), lambda each: each.component):
        shown = Markup().join(
            _EXAMPLE.format(
                name=escape(example.name),
                markup=Markup(components.printed(environment, example)),  # noqa: S704 (a macro's)
            )
            for example in examples
        )
        sections += _SECTION.format(name=component, examples=shown)
    return _PAGE.format(sections=sections)


def write(theme: Path, folder: Path, options: dict[str, Any]) -> None:
    """The page and its style sheet, into a folder outside the site."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(catalogue(theme, options), encoding="utf-8")
    (folder / "site.css").write_bytes(components.stylesheet(theme))


if __name__ == "__main__":
    from pelican.settings import read_settings

    write(
        Path(sys.argv[1]), Path(sys.argv[2]), read_settings("pelicanconf.py")["JINJA_ENVIRONMENT"]
    )
