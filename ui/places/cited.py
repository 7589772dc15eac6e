"""The sources and the notes of a page, as they first come up on it."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

from base.html import Markup, el
from base.words import Lang, partial_day, t
from metrics.store import Store
from ui.places.paper import OFF_PAPER
from ui.scene import headline, source_name
from ui.shell import unbroken


class Sources:
    """The sources cited on a page, and the notes: numbered and lettered as they first come up."""

    def __init__(self, store: Store, lang: Lang) -> None:
        self._store, self._lang = store, lang
        self._numbers: dict[str, int] = {}
        self._notes: dict[str, str] = {}
        self._printed: set[str] = set()
        # Whether what is cited now is printed too; on paper no other source is listed.
        self.printing = True

    def letter(self, text: str) -> str:
        """Return the letter of a note in brackets, as written beside a figure."""
        if self.printing:
            self._printed.add(text)
        return f"({self._notes.setdefault(text, _letter(len(self._notes)))})"

    def lettered(self, *more: str) -> list[str]:
        """List the notes, in the order of their letters, and `more` after them."""
        told = [f"({letter}) {text}" for text, letter in self._notes.items()]
        return told + [text for text in more if text]

    def notes(self, *more: str) -> Markup:
        """List the notes in HTML; see `lettered`."""
        told = [
            el("span", f"({letter}) {text} ", class_=self._shown(text))
            for text, letter in self._notes.items()
        ]
        told += [escape(text) for text in more if text]
        return el("p.notes", el("small", told)) if told else Markup()

    def numbers(self, ids: Iterable[str]) -> str:
        """Return the numbers of some sources in brackets, as written beside a figure."""
        known = [id_ for id_ in dict.fromkeys(ids) if id_ in self._store.catalog.origins]
        if self.printing:
            self._printed.update(known)
        found = [self._numbers.setdefault(id_, len(self._numbers) + 1) for id_ in known]
        return f"[{', '.join(map(str, sorted(found)))}]" if found else ""

    def cite(self, ids: Iterable[str]) -> Markup:
        """Return the numbers of some sources in HTML."""
        return cite(self.numbers(ids))

    def numbered(self) -> list[str]:
        """List the sources cited, in the order of their numbers."""
        items = []
        for id_ in self._numbers:
            origin = self._store.catalog.origin(id_)
            title, name = headline(origin, self._lang), source_name(origin, self._lang)
            said = title if title == name else f"{name}. {title}"
            if origin.date_published:
                kind = t(f"date_kind.{origin.date_published_kind}", self._lang)
                said += f" ({partial_day(origin.date_published, self._lang)}, {kind})"
            elif origin.date_accessed:  # tells readings of one page apart
                accessed = partial_day(str(origin.date_accessed), self._lang)
                said += f" ({t('profile.accessed', self._lang, day=accessed)})"
            items.append(said)
        return items

    def foot(self) -> Markup:
        """List the sources in HTML; see `numbered`."""
        listed = zip(self._numbers.items(), self.numbered(), strict=True)
        told = [
            # Its number stays where others are not printed.
            el("li", unbroken(text), value=number, class_=self._shown(id_))
            for (id_, number), text in listed
        ]
        return el("ol", told, id="atlas-sources") if told else Markup()

    def _shown(self, told: str) -> str | None:
        return None if told in self._printed else OFF_PAPER


def _letter(n: int) -> str:
    """Count in letters: a to z, then aa, ab and so on."""
    first, last = divmod(n, 26)
    return (chr(96 + first) if first else "") + chr(97 + last)


def cite(text: str) -> Markup:
    """Write numbers or letters beside a figure."""
    return el("span.cite", text) if text else Markup()
