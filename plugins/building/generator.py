"""Pelican's door: it calls; the archive is gathered, planned by the stages, rendered, placed."""

import logging
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import cache, partial
from pathlib import Path
from typing import Any

from blinker import ANY, signal
from jinja2 import ChoiceLoader, FileSystemBytecodeCache
from pelican import signals
from pelican.generators import Generator
from pelican.log import console
from rich.console import ConsoleRenderable, RenderHook
from rich.text import Text

from plugins.building import components, digests
from plugins.building.gathering import Gathered, gather
from plugins.building.ledger import Ledger, Reader, forget, is_full
from plugins.building.locking import only_one
from plugins.building.placing import Place, State
from plugins.building.press import ThemePress
from plugins.building.rendering import (
    Done,
    Errand,
    Found,
    Rendered,
    Runner,
    is_built,
    keep,
    made,
    render,
)
from plugins.building.report import Report
from plugins.building.settings import Settings, SettingsError, settings_of
from plugins.building.standing import Standing
from plugins.building.workers import Prepared, beside, without_collection
from plugins.model.archive import Archive
from plugins.model.notice import digest
from plugins.model.output import Output
from plugins.model.problem import Faults
from plugins.model.site import Site
from plugins.speaking import Speech, Trouble, speech

STAGES = signal("archive_outputs")
"""A stage connects its `outputs(archive)` to this signal."""

BUILT = signal("archive_built")
"""Sent with what was gathered (see `Gathered`), when all of it is in place."""


Stage = Callable[[Archive], Iterable[Output]]

_IDLE = re.compile(r"Done: Processed 0 [a-z ]+(?:(?:, | and )0 [a-z ]+){5} in [0-9.]+ seconds\.")


class ArchiveGenerator(Generator):  # type: ignore[misc]
    """Builds the archive, while Pelican's own generators stay idle."""

    def generate_output(self, _writer: Any) -> None:
        """Build, and tell each file that was written to the plugins that work on finished files."""
        settings = settings_of(self.settings)
        report = Report(console, speech(settings.speech))
        for language in settings.languages:
            if not Path(self.theme, "locale", language, "language.toml").is_file():
                raise SettingsError(
                    f"LANGUAGES names {language!r}, which the theme does not speak."
                )
        with only_one(settings.cache, Path(self.output_path), report), without_collection():
            try:
                self._build_or_begin_anew(settings, report)
            except Faults as faults:
                report.faults(faults)
                raise
            except (OSError, sqlite3.OperationalError) as error:
                if not is_full(error):
                    raise
                raise Trouble(
                    "There is no space left for {cache} or {output}. Make room, and build again;"
                    " what is public is as it was.",
                    cache=settings.cache,
                    output=self.output_path,
                ) from None

    def _build_or_begin_anew(self, settings: Settings, report: Report) -> None:
        try:
            self._build_once(settings, report)
        except sqlite3.DatabaseError as error:
            if is_full(error):
                raise
            report.say(
                report.words.text(
                    "The ledger cannot be read ({error}); everything is read anew.", error=error
                )
            )
            forget(settings.cache)
            self._build_once(settings, report)

    def _build_once(self, settings: Settings, report: Report) -> None:
        ledger = Ledger(settings.cache)
        try:
            self._build(settings, ledger, report)
        finally:
            ledger.close()

    def _build(self, settings: Settings, ledger: Ledger, report: Report) -> None:
        place = Place(Path(self.output_path))
        if journal := place.interrupted():
            report.say(
                report.words.text(
                    "The last build was interrupted; what it had built is put in place first."
                )
            )
            self._tell(place, keep(journal, place, ledger, settings.workers))
        before = place.inventory()
        content, workers = Path(self.path).resolve(), settings.workers
        prepare = partial(self._runner, settings, ledger, content, place)
        with (
            closing(Prepared(prepare, workers)) as runner,
            beside(partial(place.lacking, before.files), workers, nice=10) as lacking,
        ):
            code = digests.of_code("model", "reading")
            gathered = gather(content, settings, ledger, code, report)
            report.phase(report.words.text("reading"))
            found = Found(place, before, lacking)
            rendered = self._render(settings, ledger, report, found, gathered, content, runner)
        report.phase(report.words.text("building"))
        self._tell(place, rendered.written)
        report.advices(gathered.advice, settings.cache / "advice.txt")
        report.strangers(rendered.strangers)
        BUILT.send(gathered)
        report.summary(counts(gathered, rendered, report.words))

    def _render(
        self,
        settings: Settings,
        ledger: Ledger,
        report: Report,
        found: Found,
        gathered: Gathered,
        content: Path,
        runner: Runner,
    ) -> Rendered:
        theme = Path(self.theme)
        site = gathered.archive.site
        common = digest(
            digests.of_code("model", "reading", "outputs", "building"),
            digests.of_theme(theme),
            [digests.of_theme(Path(path)) for path in self.settings["THEME_TEMPLATES_OVERRIDES"]],
            digests.of_modules({outputs.__module__ for outputs in STAGES.receivers_for(ANY)}),
            settings.jinja_digest,
            site,
        )
        reader = Reader(ledger.path)
        press = self.press(settings, site, content, reader.body)
        state = State(common, digest(common, gathered.archive.digest()))
        if is_built(state, found, ledger):
            return Rendered([], len(found.inventory.files), 0, [])
        stages = stages_in_order(self.settings["PLUGINS"])
        planners = [partial(stage, gathered.archive) for stage in stages]
        standing = Standing(found.place, reader, common)
        return render(
            planners, press, found, standing, ledger, state, settings.workers, report, runner
        )

    def _runner(
        self, settings: Settings, ledger: Ledger, content: Path, place: Place
    ) -> Callable[[Errand], Done]:
        """What runs an errand (see `Errand`)."""
        reader = Reader(ledger.path)

        def run(errand: Errand) -> Done:
            press = self.press(settings, errand.site, content, reader.body)
            return made(press, place, Standing(place, reader, errand.common), errand.output)

        return run

    def press(
        self, settings: Settings, site: Site, content: Path, body: Callable[[bytes], str]
    ) -> ThemePress:
        """What renderers are given, with Pelican's environment for templates and this theme."""
        theme = Path(self.theme)
        templates = settings.cache / "templates" / settings.jinja_digest.hex()
        templates.mkdir(parents=True, exist_ok=True)
        self.env.loader = ChoiceLoader([self.env.loader, components.loader(theme)])
        self.env.template_class = components.ComponentTemplate
        self.env.auto_reload = False
        self.env.bytecode_cache = FileSystemBytecodeCache(str(templates))
        components.find_once(self.env)
        return ThemePress(site, self.env, theme, content, body)

    def _tell(self, place: Place, written: list[str]) -> None:
        if signals.content_written.receivers:
            for path in written:
                signals.content_written.send(str(place.folder / path), context=self.context)
        place.done()


def stages_in_order(plugins: Sequence[Any]) -> list[Stage]:
    """The stages as `PLUGINS` has them; the signal itself knows no order."""
    places = {name: place for place, name in enumerate(plugins) if isinstance(name, str)}

    def place(stage: Stage) -> tuple[int, str]:
        return places.get(stage.__module__, len(places)), stage.__module__

    return sorted(STAGES.receivers_for(ANY), key=place)


def counts(gathered: Gathered, rendered: Rendered, words: Speech) -> str:
    """What a build did, in numbers."""
    return words.text(
        "{sources} sources, {read} read, {reread} re-read; {built} files built,"
        " {unchanged} unchanged, {removed} removed",
        sources=f"{gathered.sources:,}",
        read=f"{gathered.read:,}",
        reread=f"{gathered.reread:,}",
        built=f"{len(rendered.written):,}",
        unchanged=f"{rendered.files - len(rendered.written):,}",
        removed=f"{rendered.removed:,}",
    )


def without_traceback(record: logging.LogRecord) -> bool:
    """Faults of content and settings are told in words; how the code came there helps nobody."""
    if record.exc_info and isinstance(record.exc_info[1], Faults | SettingsError | Trouble):
        record.exc_info = None
    return True


class WithoutIdleCounts(RenderHook):
    """Keeps Pelican's last line off the console while its own generators are idle: “0 articles”
    sounds as if nothing had been built. Of any number but 0 it is told.
    """

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """What is printed."""
        return [
            one for one in renderables if not (isinstance(one, Text) and _IDLE.match(one.plain))
        ]


@cache
def _hide_idle_counts() -> None:
    console.push_render_hook(WithoutIdleCounts())


def _generators(_pelican: Any) -> type[Generator]:
    return ArchiveGenerator


def register() -> None:
    """Pelican's hook for plugins."""
    logging.getLogger("pelican").addFilter(without_traceback)
    _hide_idle_counts()
    signals.get_generators.connect(_generators)
