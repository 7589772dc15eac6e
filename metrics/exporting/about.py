"""What an export says about itself: title, citation, what is missing, columns, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd

from base.words import Lang, number, pick, t
from geo.editions import edition
from metrics.catalog import Catalog, boundary_notes
from metrics.exporting.citation import Cited, citation
from metrics.exporting.rows import split_ids
from metrics.panel import unranked_text
from metrics.store import known_words

# States that need a word; "reported" says itself.
TOLD_STATES: Final = (
    "recomputed",
    "conflicting",
    "no_data",
    "not_named",
    "not_applicable",
    "suppressed",
    "split",
    "not_existing",
    "partial",
    "mixed",
    "cannot_be_carried",
)


@dataclass(slots=True)
class Tally:
    """What has been written so far.

    Attributes
    ----------
    rows
        How many.
    origins, states, editions, indicators
        Id to the number of rows that have it.
    simulated
        Whether any of them is made up.
    """

    rows: int = 0
    origins: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    editions: Counter[str] = field(default_factory=Counter)
    indicators: Counter[str] = field(default_factory=Counter)
    simulated: bool = False

    def add(self, frame: pd.DataFrame) -> None:
        """Count more rows."""
        self.rows += len(frame)
        for ids, count in frame["origin_ids"].value_counts(sort=False).items():
            for id_ in split_ids(str(ids)):
                self.origins[id_] += int(count)
        told = {
            "state": self.states,
            "edition": self.editions,
            "indicator_id": self.indicators,
        }
        for name, into in told.items():
            into.update({str(key): int(n) for key, n in frame[name].value_counts().items()})
        self.simulated |= bool(frame["simulated"].any())


@dataclass(frozen=True, slots=True)
class About:
    """What is exported, in words.

    Attributes
    ----------
    title
        What, where, when.
    link
        Address of the view in the atlas; "" for none.
    lang
        Language of the reader.
    catalog
        The indicators and origins that rows refer to.
    filtered
        What areas were asked for, and how many of them have it; "" for all.
    as_of
        When the store was so, in the words of an address; "" for now.
    """

    title: str
    link: str
    lang: Lang
    catalog: Catalog
    filtered: str = ""
    as_of: str = ""

    @property
    def known(self) -> str:
        """When the atlas knew it so, in words; "" for now."""
        return known_words(self.as_of, self.lang)

    def cited(self, tally: Tally, key: str = "atlas06") -> Cited:
        """Return what is to be cited: this, and the sources of what was written."""
        origins = tuple(self.catalog.origin(id_) for id_ in sorted(tally.origins))
        return Cited(key, self.title, self.link, origins, self.lang, self.known)

    def unranked(self, tally: Tally) -> dict[str, str]:
        """Say by which indicators of what was written nobody is ranked, and why."""
        known = self.catalog.indicators
        told = {id_: unranked_text(known[id_], self.lang) for id_ in sorted(tally.indicators)}
        return {id_: why for id_, why in told.items() if why}

    def notes(
        self, tally: Tally, columns: Sequence[str], heads: Sequence[str] = ()
    ) -> list[tuple[str, str]]:
        """Write the notes: a heading and a text each; `heads`: what the columns are headed."""
        lang = self.lang
        told = [(t("export.note.title", lang), self.title)]
        if tally.simulated:
            told.append((t("export.note.simulated", lang), t("export.simulated", lang)))
        told += [
            (t("export.note.rows", lang), number(tally.rows, lang)),
            *([(t("export.note.filtered", lang), self.filtered)] if self.filtered else []),
            *([(t("export.note.as_of", lang), self.known)] if self.as_of else []),
            (t("export.note.citation", lang), citation(self.cited(tally))),
            (t("export.note.boundaries", lang), boundary_notes(tally.editions, lang)),
        ]
        for id_ in sorted(id_ for id_ in tally.editions if id_):
            told.append((t("export.note.edition", lang), f"{id_}: {edition_text(id_, lang)}"))
        for state in TOLD_STATES:
            if tally.states[state]:
                n = number(tally.states[state], lang)
                told.append(
                    (state, t("export.note.state", lang, text=t(f"state.{state}", lang), n=n))
                )
        told += [
            (t("ranking.rank", lang), why) for why in dict.fromkeys(self.unranked(tally).values())
        ]
        told.append((t("export.note.missing", lang), t("export.missing", lang)))
        told.append((t("export.note.safe", lang), t("export.safe", lang)))
        named = zip(heads or columns, columns, strict=True)
        told += [(head, t(f"export.column.{column}", lang)) for head, column in named]
        return told

    def sources(self, tally: Tally) -> list[list[str]]:
        """Write the table of sources: a header, then one line for each."""
        lang = self.lang
        lines = [[t(f"export.source.{name}", lang) for name in SOURCE_COLUMNS]]
        for id_ in sorted(tally.origins):
            origin = self.catalog.origin(id_)
            lines.append(
                [
                    id_,
                    pick(origin.producer, lang),
                    pick(origin.title, lang),
                    origin.date_published or "",
                    t(f"export.date.{origin.date_published_kind}", lang),
                    origin.url or "",
                    origin.document or "",
                    origin.republished_in or "",
                    t("source.unknown", lang) if origin.licence == "unknown" else origin.licence,
                    pick(origin.notes, lang) if origin.notes else "",
                    number(tally.origins[id_], lang),
                ]
            )
        return lines


# From frames of rows, their columns, the file to make and what it is about to what was written.
Writer = Callable[[Iterator[pd.DataFrame], Sequence[str], Path, About], Tally]
SOURCE_COLUMNS: Final = (
    "id",
    "producer",
    "title",
    "date",
    "date_kind",
    "url",
    "document",
    "republished",
    "licence",
    "notes",
    "rows",
)


def edition_text(id_: str, lang: Lang) -> str:
    """Name an edition of the map."""
    found = edition(id_)
    return found.name_vi if lang == "vi" else found.name_en
