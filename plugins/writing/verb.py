"""What the verbs that write have in common: they collect the content, plan, try, and save.

A verb is a function from a `Holding` to a `Done`; it reads nothing by itself and writes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct
from rich.console import Console

from plugins.building.gathering import Material
from plugins.building.opening import Workplace, collected
from plugins.building.report import Report
from plugins.building.settings import Settings
from plugins.model.notice import Edition, Notice, Status
from plugins.model.problem import Level, Problem, Said, said
from plugins.writing.asking import Clerk, Refused
from plugins.writing.naming import shown, stem_of
from plugins.writing.saving import Changed, Obstructed, Occupied, Plan, save
from plugins.writing.trial import Trial


class Done(Struct, frozen=True, kw_only=True):
    """What a verb wants to be done, which lines it prints, and what it remarks beside them.

    What `finishes` the work of one that was killed takes away faults that this one has left.
    """

    plan: Plan
    made: tuple[str, ...] = ()
    did: tuple[Said, ...] = ()
    notes: tuple[Said, ...] = ()
    finishes: bool = False


class Holding:
    """The content in hand: what it says now, and the words in which to talk of it; `used` are the
    sources of the notices that the verb works on.
    """

    def __init__(self, place: Workplace, material: Material, clerk: Clerk) -> None:
        self.place = place
        self.material = material
        self.clerk = clerk
        self.used: set[str] = set()
        self._bytes: dict[str, bytes] = {}

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.place.content

    @property
    def settings(self) -> Settings:
        """The settings of the site."""
        return self.place.settings

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the site."""
        return ZoneInfo(self.settings.timezone)

    def shown(self, path: str) -> str:
        """A path of the content folder as it can be typed."""
        return shown(self.content, path)

    def stem(self, given: str) -> str:
        """The stem of the notice that a path names. Raises `Refused`."""
        return stem_of(self.content, given, self.material.seen.groups, self.clerk)

    def sources(self, stem: str) -> list[str]:
        """The paths of a notice's sources."""
        return [path for path, _ in self.material.seen.groups[stem].files]

    def notice(self, stem: str) -> Notice:
        """A notice without faults, its original first. Raises `Refused`."""
        self.must_be_sound(self.sources(stem))
        notice = self.material.told[stem].notice
        if notice is None:
            raise self.clerk.refusal(said("{path} cannot be read.", path=self.shown(stem)))
        return notice

    def must_be_sound(self, paths: list[str]) -> None:
        """Raises `Refused` if one of these files has a fault of its own."""
        self.used.update(paths)
        stems = {path.rsplit(".", 2)[0] for path in paths} & self.material.told.keys()
        told = [problem for stem in stems for problem in self.material.told[stem].problems]
        faults = [p for p in sorted({*told}) if p.level == Level.FAULT and p.path in paths]
        if faults:
            raise Refused(self.listed(faults))

    def listed(self, problems: list[Problem], unborn: Sequence[str] = ()) -> str:
        """Why nothing is written: these problems, one a line; without its path and line what is
        wrong in `unborn`, files that are not there.
        """
        words = self.clerk.words
        told = words.count(
            "{number} fault. Nothing was written.",
            "{number} faults. Nothing was written.",
            len(problems),
        )
        lines = (self._unborn(p) if p.path in unborn else words.problem(p) for p in problems)
        return "\n".join([*lines, told])

    def _unborn(self, problem: Problem) -> str:
        words = self.clerk.words
        message, remedy = words.say(problem.message), words.say(problem.remedy)
        return words.text(
            "{key}: {message} {remedy}", key=problem.key, message=message, remedy=remedy
        )

    def text(self, path: str) -> str:
        """The text of a source, as it is to the last byte."""
        return self.data(path).decode()

    def data(self, path: str) -> bytes:
        """The bytes of a source, read once."""
        if path not in self._bytes:
            self._bytes[path] = (self.content / path).read_bytes()
        return self._bytes[path]

    def is_public(self, edition: Edition) -> bool:
        """Whether readers can have seen an edition; a translation, if they can its original."""
        return edition.status is not Status.DRAFT and edition.date <= self.settings.as_of

    def now(self, after: datetime | None = None) -> str:
        """The instant in the zone of the site, to the minute; to the second if it were not after
        another one otherwise.
        """
        here = self.settings.as_of.astimezone(self.zone)
        is_after = after is None or here.replace(second=0, microsecond=0) > after
        return here.strftime("%Y-%m-%d %H:%M" if is_after else "%Y-%m-%d %H:%M:%S")


def carry_out(place: Workplace, clerk: Clerk, verb: Callable[[Holding], Done]) -> int:
    """Do what a verb wants, if it leaves no fault; gives the exit code."""
    try:
        _carry_out(place, clerk, verb)
    except Refused as refused:
        clerk.show(str(refused))
    except KeyboardInterrupt:
        clerk.show("")
        clerk.note(said("Nothing was written."))
    except Occupied as there:
        clerk.note(said("{path} is there already. Nothing was written.", path=there.path))
    except Changed as file:
        clerk.note(
            said(
                "{path} was written by somebody else just now. Nothing was written; do it again.",
                path=file.path,
            )
        )
    except Obstructed as path:
        clerk.note(
            said(
                "{path} is a link or no ordinary file. Nothing was written; put the file itself"
                " there.",
                path=path.path,
            )
        )
    except OSError as error:
        clerk.note(
            said(
                "{path} could not be written: {reason}. What was there is there still.",
                path=error.filename or place.content,
                reason=error.strerror or error,
            )
        )
    else:
        return 0
    return 1


def _carry_out(place: Workplace, clerk: Clerk, verb: Callable[[Holding], Done]) -> None:
    with collected(place, Report(Console(stderr=True), clerk.words)) as (material, _):
        pass
    holding = Holding(place, material, clerk)
    done = verb(holding)
    plan = done.plan
    if plan != Plan():
        touched = [path for path in (*plan.edits, *plan.gone) if path.endswith(".md")]
        holding.must_be_sound(touched)
        before = {path: holding.data(path) for path in touched}
        trial = Trial(place, material)
        faults = [f for f in trial.faults if f.path in holding.used and not done.finishes]
        faults = faults or trial.tell(plan)
        if faults:
            unborn = () if plan.gone else tuple(plan.new)
            raise Refused(holding.listed(faults, unborn))
        save(place.content, plan, before)
    for line in done.made:
        clerk.made(line)
    for sentence in done.did:
        clerk.did(sentence)
    for sentence in done.notes:
        clerk.note(sentence)
