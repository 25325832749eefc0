"""`inv move`: a notice with all its editions and its files to another place, where it keeps its id;
its old addresses lead to the new ones, its files lie at their old ones, too, and what links it
still does. A move that was killed is finished by the same command.
"""

from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename, dirname
from unicodedata import normalize
from urllib.parse import quote, unquote

from plugins.model.former import files_of, is_of_file
from plugins.model.notice import Edition, Notice, Page
from plugins.model.problem import Said, said
from plugins.writing.header import appended, entry, put, removed, replaced
from plugins.writing.links import Where, mended
from plugins.writing.naming import is_folder, is_name, new_stem
from plugins.writing.originals import words_of
from plugins.writing.saving import Plan
from plugins.writing.verb import Done, Holding


def move(holding: Holding, given: str, to: str, name: str, folder: str) -> Done:
    """Move the notice that a path names: to another path, or only to another name in its folder,
    or to the folder of another month.
    """
    old = holding.stem(given)
    notice = holding.notice(old)
    stem = _target(holding, old, to, name, folder)
    files = _files(holding, old)
    there = _there(holding, old, stem)
    sources = [edition.source for edition in notice.editions]
    moved = {path: stem + path.removeprefix(old) for path in (*sources, *files)}
    moved |= {old + path.removeprefix(stem): path for path in there}
    where = _where(moved)
    kept = _kept(holding, notice, stem, moved)
    new = {
        moved[edition.source]: _marked(holding, edition, notice, moved, kept)
        for edition in notice.editions
    }
    edits = _linking(holding, notice, where, kept)
    for other in holding.material.notices:
        if other is not notice:
            edits |= _followed(holding, other, edits, {})
    new |= _followed(holding, notice, new, moved)
    plan = Plan(
        edits=edits,
        new=new,
        copies={moved[path]: path for path in files},
        gone=(*files, *(edition.source for edition in reversed(notice.editions))),
    )
    return Done(
        plan=_rest(holding, plan, there, moved[sources[0]]) if there else plan,
        did=tuple(_told(holding, notice, plan, moved, kept)),
        notes=tuple(_warned(holding, files, kept, finishes=bool(there))),
        finishes=bool(there),
    )


def _target(holding: Holding, old: str, to: str, name: str, folder: str) -> str:
    """The stem to which a notice is moved. Raises `Refused`."""
    clerk = holding.clerk
    if bool(to) == bool(name or folder):
        raise clerk.refusal(said("Say where to: a new path, or --slug, or --date-folder."))
    if name and not is_name(name):
        raise clerk.refusal(
            said(
                "“{name}” cannot be part of an address. Give a name with --slug: a–z, 0–9,"
                " hyphens.",
                name=name,
            )
        )
    if folder and not is_folder(folder.strip("/")):
        raise clerk.refusal(
            said("“{folder}” is not the folder of a month. Write it like “2008/03”.", folder=folder)
        )
    parts = folder.strip("/") or dirname(old), name or basename(old)
    stem = new_stem(holding.content, to or "/".join(parts), old, clerk)
    if stem == old:
        raise clerk.refusal(said("{path} is there already.", path=holding.shown(stem)))
    return stem


def _there(holding: Holding, old: str, stem: str) -> list[str]:
    """What is at the new place already: sources and files of another notice, or of a move that was
    killed; hidden files only if the old place has them, too.
    """
    sources = holding.sources(stem) if stem in holding.material.seen.groups else []
    files = [
        path
        for path in _files(holding, stem)
        if not basename(path).startswith(".")
        or (holding.content / f"{old}{path.removeprefix(stem)}").is_file()
    ]
    return [*sources, *files]


def _rest(holding: Holding, plan: Plan, there: Sequence[str], original: str) -> Plan:
    """What is left to do of a move that was killed. Raises `Refused` if what is there is no such.

    What it has put in place is as it would be written now; files that it has removed from the old
    place are known by the original beside them.
    """
    origins = {path: holding.data(origin) for path, origin in plan.copies.items()}
    known = origins | {path: text.encode() for path, text in plan.new.items()}
    is_ours = original in there and holding.data(original) == known[original]
    if any(holding.data(path) != known[path] if path in known else not is_ours for path in there):
        raise holding.clerk.refusal(
            said(
                "There is another notice: {files}. Give another name.",
                files=", ".join(map(holding.shown, there)),
            )
        )
    return Plan(
        edits=plan.edits,
        new={path: text for path, text in plan.new.items() if path not in there},
        copies={path: origin for path, origin in plan.copies.items() if path not in there},
        gone=plan.gone,
    )


def _files(holding: Holding, stem: str) -> list[str]:
    """The files that lie in the folder of a notice, as the disk has them. Raises `Refused` if one
    of them is no ordinary one.
    """
    folder = holding.content / stem
    if folder.is_symlink():
        raise _no_file(holding, stem)
    found = []
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(holding.content).as_posix()
        if file.is_symlink() or not (file.is_file() or file.is_dir()):
            raise _no_file(holding, path)
        if file.is_file():
            found.append(path)
    return found


def _no_file(holding: Holding, path: str) -> Exception:
    return holding.clerk.refusal(
        said(
            "{path} is a link or no ordinary file. Nothing was written; put the file itself there.",
            path=holding.shown(path),
        )
    )


def _where(moved: Mapping[str, str]) -> Where:
    """Where the target of a link is now; links name files in composed Unicode."""
    now = {normalize("NFC", old): normalize("NFC", new) for old, new in moved.items()}
    return lambda target: now.get(target, target)


def _kept(
    holding: Holding, notice: Notice, stem: str, moved: Mapping[str, str]
) -> dict[str, list[str]]:
    """The old addresses of the files that readers can have, by the path of the source that tells
    them: the first that links them, one of the notice's own if any does.
    """
    files = {normalize("NFC", new): normalize("NFC", old) for old, new in moved.items()}
    files = {path: old for new, old in files.items() if is_of_file(old) for path in (old, new)}
    others = [other for other in holding.material.notices if other is not notice]
    others.sort(key=lambda other: not other.editions[0].source.startswith(f"{stem}."))
    found: dict[str, list[str]] = {}
    for one in (notice, *others):
        for edition in one.editions:
            if holding.is_public(one.editions[0]) and holding.is_public(edition):
                linked = {files[path] for path in files_of([edition]) if path in files}
                told = {old for some in found.values() for old in some}
                found[edition.source] = sorted(linked - told)
    return {source: olds for source, olds in found.items() if olds}


def _marked(
    holding: Holding,
    edition: Edition,
    notice: Notice,
    moved: Mapping[str, str],
    kept: Mapping[str, Sequence[str]],
) -> str:
    """The text of an edition at its new place: it keeps the id, and the old addresses."""
    new_path, original = moved[edition.source], notice.editions[0]
    stem = new_path.rsplit(".", 2)[0]
    text = mended(holding.text(edition.source), edition.source, new_path, _where(moved))
    if edition is original and holding.is_public(original):
        text = _with_id(text, notice.id, stem)
    now = _address(text, edition.language, stem)
    for address in (now, *(f"/{normalize('NFC', path)}" for path in moved.values())):
        text = _without_alias(text, address)
    if edition.address != now and holding.is_public(original) and holding.is_public(edition):
        text = _with_alias(text, edition.address)
    return _with_files(text, kept.get(edition.source, ()))


def _with_files(text: str, olds: Sequence[str]) -> str:
    """The text with the old addresses of files, as far as it has them not yet."""
    there = entry(text, "Aliases")
    known = {unquote(alias) for alias in _aliases(there.values)} if there else set()
    for old in olds:
        if f"/{old}" not in known:
            text = _with_alias(text, quote(f"/{old}"))
    return text


def _address(text: str, language: str, stem: str) -> str:
    """The address that an edition has at a place; a `Slug` of its own stays."""
    slug = entry(text, "Slug")
    return f"/{language}/{dirname(stem)}/{slug.text if slug else basename(stem)}/"


def _with_id(text: str, its_id: str, stem: str) -> str:
    there = entry(text, "Id")
    if its_id != stem:
        return put(text, "Id", its_id)
    return removed(text, there) if there else text


def _with_alias(text: str, address: str) -> str:
    there = entry(text, "Aliases")
    return appended(text, there, address) if there else put(text, "Aliases", address)


def _without_alias(text: str, address: str) -> str:
    """The text without an alias that is the address again, as after a move back."""
    there = entry(text, "Aliases")
    if not there or not any(_is(alias, address) for alias in _aliases(there.values)):
        return text
    others = [alias for alias in _aliases(there.values) if not _is(alias, address)]
    return replaced(text, there, *others) if others else removed(text, there)


def _aliases(values: Sequence[str]) -> list[str]:
    return [alias.strip() for value in values for alias in value.split(",") if alias.strip()]


def _is(alias: str, address: str) -> bool:
    return unquote(alias).rstrip("/") == address.rstrip("/")


def _linking(
    holding: Holding, notice: Notice, where: Where, kept: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """The texts of all other notices and pages that link what is moved, with their links mended,
    and the old addresses of files that they alone keep.
    """
    material = holding.material
    others = [n for n in material.notices if n is not notice]
    items: list[Edition | Page] = [
        *(edition for other in others for edition in other.editions),
        *material.pages,
    ]
    found = {}
    for item in items:
        picture = item.picture.path if isinstance(item, Edition) and item.picture else ""
        if any(where(target) != target for target in (*item.body.links, picture)):
            text = holding.text(item.source)
            new = mended(text, item.source, item.source, where)
            new = _with_files(new, kept.get(item.source, ()))
            if new != text:
                found[item.source] = new
    return found


def _followed(
    holding: Holding, notice: Notice, texts: Mapping[str, str], place: Mapping[str, str]
) -> dict[str, str]:
    """The texts of translations that were up to date with an original whose links were mended: they
    are so still, and say it.
    """
    original, *translations = notice.editions
    text = texts.get(place.get(original.source, original.source))
    if text is None or (digest := words_of(text)) == original.words:
        return {}
    found = {}
    for translation in translations:
        path = place.get(translation.source, translation.source)
        if translation.translation_of == original.words:
            old = texts.get(path) or holding.text(translation.source)
            found[path] = put(old, "Translation_of", digest)
    return found


def _told(
    holding: Holding,
    notice: Notice,
    plan: Plan,
    moved: Mapping[str, str],
    kept: Mapping[str, Sequence[str]],
) -> Iterator[Said]:
    """What was done, a line each."""
    for old, new in moved.items():
        yield said("Moved {old} to {new}.", old=holding.shown(old), new=holding.shown(new))
    for edition in notice.editions:
        path = moved[edition.source]
        now = _address(plan.new[path], edition.language, path.rsplit(".", 2)[0])
        aliases = entry(plan.new[path], "Aliases")
        if now == edition.address:
            yield said("The address {address} stays, because of its Slug.", address=now)
        elif aliases and edition.address in _aliases(aliases.values):
            yield said("{old} leads to {new} now.", old=edition.address, new=now)
        else:
            yield said(
                "{old} was not published yet, so nothing leads from it.", old=edition.address
            )
    if files := [f"/{old}" for olds in kept.values() for old in olds]:
        yield said("Files stay at their old addresses, too: {files}.", files=", ".join(files))
    if kept_id := entry(plan.new[moved[notice.editions[0].source]], "Id"):
        yield said("It keeps its id, {id}.", id=kept_id.text)
    for path in sorted(plan.edits):
        yield said("Mended the links in {path}.", path=holding.shown(path))


def _warned(
    holding: Holding, files: Sequence[str], kept: Mapping[str, Sequence[str]], *, finishes: bool
) -> Iterator[Said]:
    """What no alias can keep: the addresses of files that standing pages alone show; and that this
    was the rest of a move.
    """
    told = {old for olds in kept.values() for old in olds}
    shown = {link for page in holding.material.pages for link in page.body.links}
    lost = [path for path in files if normalize("NFC", path) in shown - told]
    if lost:
        yield said(
            "Nothing can lead from the old addresses of files; whoever links one directly finds"
            " it no more: {files}",
            files=", ".join(f"/{path}" for path in lost),
        )
    if finishes:
        yield said("A move that was interrupted is finished.")
