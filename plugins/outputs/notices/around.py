"""What a notice page shows of the archive around its edition.

It is gathered when the page is rendered; when pages are planned, a key stands for it. What few
editions have is gathered by one function for both.
"""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from plugins.model.archive import Archive, Attachment
from plugins.model.notice import Edition, Phase, digest, is_behind
from plugins.model.taxonomy import Term
from plugins.outputs.notices.banners import Life
from plugins.outputs.notices.related import beside
from plugins.outputs.views.bodies import Target, targets
from plugins.outputs.views.files import attached
from plugins.outputs.views.frame import footer_of
from plugins.outputs.views.succession import Predecessor, Succession
from plugins.outputs.views.variants import Shown, lead_of

_CARD = attrgetter("card")
_AGES = Life(), Life(is_old=True)


class Few(NamedTuple):
    """What only some editions have: those with links, a document, an event or a picture."""

    links: tuple[Target, ...] = ()
    files: tuple[Attachment, ...] = ()
    before: tuple[Predecessor, ...] = ()
    picture: Shown | None = None
    phase: Phase | None = None


_NOTHING = Few()


class Around(NamedTuple):
    """What lies around an edition: the addresses of its notice by language, those beside it in
    time, those near it in the lists of its tags, what names it, what becomes of it.
    """

    siblings: tuple[tuple[str, str], ...]
    newer: Edition | None
    older: Edition | None
    beside: Sequence[Edition]
    category: Term | None
    tags: tuple[Term, ...]
    life: Life
    few: Few
    footer: tuple[tuple[str, str], ...]


class Row(NamedTuple):
    """The notices of a language, newest first, with what all their pages are made from."""

    archive: Archive
    editions: Sequence[Edition]
    beside: Mapping[str, Sequence[Edition]]
    succession: Succession
    footer: tuple[tuple[str, str], ...]

    def around(self, place: int) -> Around:
        """What lies around the edition at a place."""
        edition, taxonomy = self.editions[place], self.archive.taxonomy
        return Around(
            siblings=tuple((e.language, e.address) for e in self.archive.siblings[edition.id]),
            newer=self.editions[place - 1] if place else None,
            older=self.editions[place + 1] if place + 1 < len(self.editions) else None,
            beside=self.beside[edition.id],
            category=taxonomy.categories.get(edition.category),
            tags=tuple(taxonomy.tags[tag] for tag in edition.tags),
            life=self._life(edition),
            few=self._few(edition),
            footer=self.footer,
        )

    def keys(self) -> Iterator[bytes]:
        """What stands for each edition and all that lies around it, in their order."""
        archive, shared = self.archive, digest(self.footer)
        of_category = {key: digest(term) for key, term in archive.taxonomy.categories.items()}
        of_tag = {key: digest(term) for key, term in archive.taxonomy.tags.items()}
        cards = [b"", *map(_CARD, self.editions), b""]
        for place, edition in enumerate(self.editions):
            yield digest(
                shared,
                edition.digest,
                [sibling.address for sibling in archive.siblings[edition.id]],
                cards[place],
                cards[place + 2],
                b"".join(map(_CARD, self.beside[edition.id])),
                of_category.get(edition.category),
                b"".join([of_tag[tag] for tag in edition.tags]),
                self._life(edition),
                self._few(edition),
            )

    def _few(self, edition: Edition) -> Few:
        if not (edition.body.links or edition.document or edition.event or edition.picture):
            return _NOTHING
        return Few(
            targets(self.archive, edition),
            attached(self.archive, edition),
            self.succession.before(edition),
            lead_of(self.archive, edition),
            self.archive.phase(edition),
        )

    def _life(self, edition: Edition) -> Life:
        is_old = self.archive.is_old(edition)
        if edition.is_original and not edition.document:
            return _AGES[is_old]
        original = self.archive.siblings[edition.id][0]
        behind = is_behind(edition, original)
        return Life(
            self.succession.after(edition),
            is_old,
            (original.address, original.language) if behind else None,
        )


def rows(archive: Archive) -> Iterator[Row]:
    """The notices of each language."""
    succession = Succession(archive)
    for language in archive.site.languages:
        editions, near = archive.editions(language), beside(archive, language)
        yield Row(archive, editions, near, succession, footer_of(archive, language))
