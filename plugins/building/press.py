"""What renderers are given: words, bodies, files, templates; the same for a whole build."""

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

from jinja2 import Environment
from markupsafe import Markup, escape

from plugins.building.components import STYLE, stylesheet
from plugins.building.words import LanguageWords
from plugins.model.site import Site

T = TypeVar("T")

KEPT = 4000
"""Things that a process keeps for the outputs to come: of some 17 kB, for entries of feeds."""


class ThemePress:
    """A theme's press (see `plugins.model.output.Press`)."""

    def __init__(
        self,
        site: Site,
        environment: Environment,
        theme: Path,
        content: Path,
        body: Callable[[bytes], str],
    ) -> None:
        self.site = site
        self._environment = environment
        self._theme = theme
        self._content = content
        self.body = body
        self.words = cache(self._words)
        self.fingerprint = cache(self._fingerprint)
        self._label = cache(self._labels_of)
        self._kept: dict[bytes, Any] = {}

    def _words(self, language: str) -> LanguageWords:
        return LanguageWords(self._theme / "locale" / language, self.site.zone)

    def file(self, path: str) -> bytes:
        """The bytes of a file of the content folder."""
        return (self._content / path).read_bytes()

    def theme(self, path: str) -> bytes:
        """The bytes of a file of the theme; the style sheet is put together of its parts."""
        return stylesheet(self._theme) if path == STYLE else (self._theme / path).read_bytes()

    def _fingerprint(self, path: str) -> str:
        return blake2b(self.theme(path), digest_size=4).hexdigest()

    def once(self, key: bytes, make: Callable[[], T]) -> T:
        """What `make` gives; the oldest of what is kept gives way."""
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            found = self._kept[key] = make()
        return cast(T, found)

    def page(self, template: str, language: str, view: Any) -> bytes:
        """`view` printed by a template of the theme, in UTF-8."""
        text = self._environment.get_template(template).render(view=view, _=self._label(language))
        return text.encode()

    def _labels_of(self, language: str) -> Callable[[str], Markup]:
        """Gives the words of templates as HTML; each is escaped once."""
        text = self.words(language).text
        return cache(lambda message: escape(text(message)))
