"""A plan, tried before it is carried out: read by the project's own reader, judged by its rules."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from plugins.building.gathering import Material
from plugins.building.opening import Workplace
from plugins.model.problem import Level, Problem
from plugins.reading.body import Renderer
from plugins.reading.editions import Registry
from plugins.reading.library import Desk, Group, Survey, Told, read, survey
from plugins.reading.whole import check, line_finder
from plugins.writing.saving import Plan


class Trial:
    """The content folder as it was collected, and what it would say after a plan."""

    def __init__(self, place: Workplace, material: Material) -> None:
        self._place = place
        self._material = material
        settings = place.settings
        registry = Registry(material.taxonomy, settings.languages, ZoneInfo(settings.timezone))
        self._desk = Desk(
            place.content, registry, Renderer(settings.markdown, settings.markdown_digest)
        )
        self.faults = self._faults(material, None)

    def tell(self, plan: Plan) -> list[Problem]:
        """The faults that the content would have, and has not yet."""
        with TemporaryDirectory() as folder:
            aside = Path(folder)
            faults = self._faults(self._after(plan, aside), aside)
        return sorted(set(faults) - set(self.faults))

    def _after(self, plan: Plan, aside: Path) -> Material:
        """The material with the stems of the plan's sources read anew, in a folder aside."""
        before = self._material
        sources = [path for path in (*plan.texts, *plan.gone) if path.endswith(".md")]
        stems = {path.rsplit(".", 2)[0] for path in sources}
        for stem in stems & before.seen.groups.keys():
            for path, _ in before.seen.groups[stem].files:
                if path not in plan.gone and path not in plan.edits:
                    _put(aside / path, (self._place.content / path).read_bytes())
        for path, text in plan.texts.items():
            _put(aside / path, text.encode())
        seen = survey(aside, self._place.settings.languages, self._place.settings.ignored)
        desk = Desk(aside, self._desk.registry, self._desk.renderer)
        told = {stem: told for stem, told in before.told.items() if stem not in stems}
        told |= {stem: read(desk, group, {}).told for stem, group in seen.groups.items()}
        return _with(before, plan, seen, stems, told)

    def _faults(self, material: Material, aside: Path | None) -> list[Problem]:
        """The faults of all notices and pages; their lines are looked for aside first."""
        here = line_finder(self._place.content)

        def line_of(path: str, word: str) -> int:
            if aside and (aside / path).is_file():
                return line_finder(aside)(path, word)
            return here(path, word)

        problems = [problem for told in material.told.values() for problem in told.problems]
        problems += [*material.problems, *material.seen.problems]
        problems += check(
            material.notices, material.pages, material.seen, material.measured, line_of
        )
        return [problem for problem in problems if problem.level == Level.FAULT]


def _with(
    before: Material, plan: Plan, seen: Survey, stems: set[str], told: dict[str, Told]
) -> Material:
    """The material with other groups, and the attachments where the plan copies them to."""
    old = before.seen
    groups: dict[str, Group] = {s: group for s, group in old.groups.items() if s not in stems}
    real = {file: path for path, (file, _) in old.files.items()}
    copies = {origin: normalize("NFC", path) for path, origin in plan.copies.items()}
    names = {real[origin]: path for origin, path in copies.items() if origin in real}
    files = {path: found for path, found in old.files.items() if found[0] not in plan.gone}
    files |= {new: old.files[path] for path, new in names.items()}
    measured = {p: attachment for p, attachment in before.measured.items() if p in files}
    measured |= {
        new: replace(before.measured[path], path=new)
        for path, new in names.items()
        if path in before.measured
    }
    survey_after = Survey(
        groups | seen.groups, files, (*old.problems, *seen.problems), old.changing
    )
    return replace(before, seen=survey_after, told=told, measured=measured)


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
