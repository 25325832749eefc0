"""`inv new`: a new notice in its place, with the keys that it needs, as a draft."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from plugins.model.notice import Kind, Status
from plugins.model.problem import Level, Problem, Said, said
from plugins.model.taxonomy import Term, fold, names
from plugins.reading.checks import EVENT_KEYS, RULES, Case
from plugins.reading.header import Field, nearest
from plugins.reading.values import KEYS, Setting, Unreadable
from plugins.writing.asking import Refused, plain
from plugins.writing.naming import is_name, name_of
from plugins.writing.saving import Plan
from plugins.writing.verb import Done, Holding

_ASKED: dict[str, Said] = {
    "Category": said("Category (a number or a name; Enter for none):"),
    "Tags": said("Tags, with commas (Enter for none):"),
    "Summary": said("Summary, one or two sentences (Enter for none):"),
}
_ASKED_OF_EVENTS: dict[str, Said] = {
    "Starts": said("Start, like “2008-03-20 08:00” or “2008-03-20” (Enter to write it later):"),
    "Ends": said("End, like the start (Enter for none):"),
    "Venue": said("Venue (Enter for none):"),
}


class Wish(Struct, frozen=True):
    """What was said on the command line: `values` by key, `name` is of the file."""

    title: str
    language: str
    is_event: bool
    name: str
    values: Mapping[str, str]


def new(holding: Holding, wish: Wish) -> Done:
    """A draft with the values that were given, or asked for; the rest is told."""
    clerk, languages = holding.clerk, holding.settings.languages
    language = wish.language or languages[0]
    if language not in languages:
        raise clerk.refusal(
            said(
                "“{language}” is not a language of the site; those are {languages}.",
                language=language,
                languages=", ".join(languages),
            )
        )
    form = Form(holding, language)
    values = form.checked(wish)
    if clerk.asks:
        form.ask(values)
    if "Title" not in values:
        raise clerk.refusal(said("There is no title. Write: inv new “…”"))
    path = f"{_place(holding, values, wish.name, language)}.{language}.md"
    text = "".join(f"{key}: {values[key]}\n" for key in KEYS if key in values)
    return Done(
        plan=Plan(new={path: f"{text}\n"}),
        made=(holding.shown(path),),
        notes=tuple(_to_do(values)),
    )


class Form:
    """The keys of a new notice, filled in."""

    def __init__(self, holding: Holding, language: str) -> None:
        self._clerk = holding.clerk
        self._setting = Setting(holding.zone, language)
        self._now = holding.now()
        taxonomy = holding.material.taxonomy
        self._terms = {"Category": taxonomy.categories, "Tags": taxonomy.tags}

    def checked(self, wish: Wish) -> dict[str, str]:
        """The values that were given, each as its key wants it. Raises `Refused`."""
        given = {"Title": wish.title, **wish.values}
        values = {"Date": self._now, "Status": str(Status.DRAFT)}
        if wish.is_event:
            values["Kind"] = str(Kind.EVENT)
        for key, text in given.items():
            if key not in KEYS:
                near = nearest(key, [*KEYS]) or ", ".join(KEYS)
                raise self._clerk.refusal(
                    said("“{key}” is not a key. Is it {near}?", key=key, near=near)
                )
            if value := plain(text):
                try:
                    values[key] = self._read(key, value)
                except Unreadable as fault:
                    raise self._refusal(key, fault.message, fault.remedy) from fault
        self._must_agree(values, is_event=values.get("Kind") == Kind.EVENT)
        return values

    def _must_agree(self, values: Mapping[str, str], *, is_event: bool) -> None:
        """Raises `Refused` if values that were given do not go together."""
        if not is_event and (keys := [key for key in EVENT_KEYS if key in values]):
            raise self._clerk.refusal(
                said("Only an event has {keys}. Add --event.", keys=", ".join(keys))
            )
        for fault in sorted(self._faults(values)):
            if fault.key in values:
                raise self._refusal(fault.key, fault.message, fault.remedy)

    def _refusal(self, key: str, message: Said, remedy: Said) -> Refused:
        told = self._clerk.words.say(message), self._clerk.words.say(remedy)
        return self._clerk.refusal(
            said("{key}: {message} {remedy}", key=key, message=told[0], remedy=told[1])
        )

    def _faults(self, values: Mapping[str, str]) -> set[Problem]:
        """What the rules of a notice find wrong with its header so far."""
        read = {
            key: text if key in self._terms else KEYS[key](Field(key, (text,), 1), self._setting)
            for key, text in values.items()
        }
        lines = dict.fromkeys(values, ("", 1))
        case = Case("", lines, read, read, has_body=False, is_original=True)
        return {p for rule in RULES for p in rule(case) if p.level == Level.FAULT}

    def ask(self, values: dict[str, str]) -> None:
        """Ask for what lacks, and put it to the values."""
        if "Title" not in values:
            values["Title"] = self._clerk.ask(said("Title:"), self._check("Title", values))
        is_event = values.get("Kind") == Kind.EVENT
        for key, question in {**(_ASKED_OF_EVENTS if is_event else {}), **_ASKED}.items():
            if key in values:
                continue
            terms = self._terms.get(key, {})
            if key == "Category":
                self._list(terms)
            answer = self._clerk.ask(question, self._check(key, values), needed=False)
            if answer:
                values[key] = self._read(key, answer)

    def _check(self, key: str, values: Mapping[str, str]) -> Callable[[str], object]:
        """Takes an answer that can be read, and that goes together with the other values."""

        def check(answer: str) -> None:
            if answer:
                now = {**values, key: self._read(key, answer)}
                for fault in sorted(self._faults(now) - self._faults(values)):
                    raise Unreadable(fault.message, fault.remedy)

        return check

    def _read(self, key: str, text: str) -> str:
        """A value that its parser takes; terms by their keys. Raises `Unreadable`."""
        if key in self._terms:
            wanted = [text] if key == "Category" else [t.strip() for t in text.split(",")]
            return ", ".join(term_of(self._terms[key], word) for word in wanted if word)
        KEYS[key](Field(key, (text,), 1), self._setting)
        return text

    def _list(self, terms: Mapping[str, Term]) -> None:
        """The terms that there are, numbered, in the language that is spoken or the notice's."""
        for number, term in enumerate(terms.values(), 1):
            own = term.label.get(self._setting.language, term.key)
            label = term.label.get(self._clerk.words.language, own)
            self._clerk.show(f"{number:4} {label} ({term.key})")


def term_of(terms: Mapping[str, Term], word: str) -> str:
    """The key of the term that a word names: a key, a label in any language, or a number of the
    list. Raises `Unreadable`.
    """
    known = names(terms)
    key = known.get(word) or known.get(fold(word))
    if not key and word.isdecimal() and 1 <= int(word) <= len(terms):
        key = [*terms][int(word) - 1]
    if key:
        return key
    near = nearest(word, [*known])
    raise Unreadable(
        said("“{label}” is not in taxonomy.toml.", label=word),
        said("Write “{near}”, or add it to taxonomy.toml.", near=near)
        if near
        else said("Write one that is in taxonomy.toml, or add it there."),
    )


def _place(holding: Holding, values: Mapping[str, str], name: str, language: str) -> str:
    """The stem of a new notice, which nobody has. Raises `Refused`."""
    clerk = holding.clerk
    stem_name = name or name_of(values["Title"])
    if not is_name(stem_name):
        raise clerk.refusal(
            said(
                "“{name}” cannot be part of an address. Give a name with --slug: a–z, 0–9,"
                " hyphens.",
                name=name or values["Title"],
            )
        )
    at = KEYS["Date"](Field("Date", (values["Date"],), 1), Setting(holding.zone, language))
    stem = f"{at.astimezone(holding.zone):%Y/%m}/{stem_name}"
    there = holding.material.seen.groups.get(stem)
    if there:
        first = there.files[0][0]
        raise clerk.refusal(
            said(
                "{path} is there already. Give another name with --slug; a translation of it is"
                " made by “inv translate {path}”.",
                path=holding.shown(first),
            )
        )
    return stem


def _to_do(values: Mapping[str, str]) -> list[Said]:
    """What she must still do before it can be published."""
    lacking = ["Starts"] if values.get("Kind") == Kind.EVENT and "Starts" not in values else []
    lacking += [key for key in ("Category",) if key not in values]
    notes: list[Said] = [said("Write the text below the blank line.")]
    if lacking:
        notes.append(said("Still to be filled in: {keys}.", keys=", ".join(lacking)))
    if values["Status"] == Status.DRAFT:
        notes.append(said("It is a draft: remove the line “Status: draft” when it is ready."))
    return notes
