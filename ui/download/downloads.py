"""What the panel of downloads offers: files of the view, of the indicator, of one area."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from base.html import Markup, el, row
from base.words import Lang, t
from geo.editions import COUNTRY_CODE
from geo.figure import FORMATS as PICTURES
from geo.figure import PRESETS
from metrics.exporting import (
    CODES,
    FORMATS,
    AsShown,
    Cited,
    Filtered,
    Measured,
    Rows,
    Selection,
    Tally,
    export,
    metadata_path,
    name_of,
    permalink,
    sheet_cells,
    sheet_heads,
    text_cells,
)
from metrics.exporting import MOST_ROWS as MOST_SHAPES
from metrics.panel import NONE
from metrics.store import Store, kept_in_store, known_words
from ui.address import PUBLISHED, Address, Param, among, flag, listed
from ui.scene import VALUE, Drawn, Scene

PARTS: Final = ("data", "kit", "embed", "reproduce")
SCOPES: Final = ("view", "filtered", "area")
# What each choice of the page allows.
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "part": PARTS,
    "scope": SCOPES,
    "format": tuple(FORMATS),
    "sizes": tuple(PRESETS),
    "pictures": PICTURES,
}
NOTHING: Final = "none"
# What of it each part of the page asks.
OF_PART: Final[Mapping[str, tuple[str, ...]]] = {
    "data": ("scope", "format", "only_filtered", "only_level", "only_date", "bom"),
    "kit": ("sizes", "pictures"),
    "embed": ("lock", "ranking", "dark"),
    "reproduce": (),
    "figure": (),
    "": (),
}
# Parameters of a view that ask for a number made of the figures.
ASKED: Final = ("change", "since", "against", "per")
# A file of the page is made in memory of the server.
MOST_ROWS: Final = 100_000
FIRST_ROWS: Final = 6
LONGEST_SHOWN: Final = 90  # characters of a cell in the preview
KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is chosen; see `CHOICES`. No part is open at first."""

    part: str = ""
    scope: str = SCOPES[0]
    format: str = CHOICES["format"][0]
    only_filtered: bool = True
    only_level: bool = True
    only_date: bool = False
    bom: bool = True
    lock: bool = False
    ranking: bool = True
    dark: bool = False
    sizes: tuple[str, ...] = ("square", "wide", "a4")
    pictures: tuple[str, ...] = ("png", "svg")

    def params(self) -> dict[str, str]:
        """Write the choices of the part shown as parameters of the address; others are left out."""
        asked = ("part", *OF_PART[self.part])
        written = DOWNLOADS.write(self).items()
        return {name: text if name in asked else "" for name, text in written}


def _several(name: str) -> Param:
    known = CHOICES[name]
    read = listed(lambda _: known, len(known), NOTHING)
    return Param(name, read, lambda chosen: ",".join(chosen) or NOTHING)


DOWNLOADS: Final = Address(
    Wanted,
    (
        Param("part", among(*OF_PART)),
        *(Param(name, among(*CHOICES[name])) for name in ("scope", "format")),
        *map(flag, ("only_filtered", "only_level", "only_date", "bom", "lock", "ranking", "dark")),
        *map(_several, ("sizes", "pictures")),
    ),
)


def as_shown(scene: Scene, *, only: bool = False) -> AsShown:
    """Return the rows that a scene shows; with `only`, those that its filters keep."""
    view = scene.view
    basis = "" if view.basis == PUBLISHED else view.basis
    parent = scene.province.code if scene.province else None
    return AsShown(
        view.indicator,
        view.edition,
        view.level,
        parent,
        view.at,
        basis,
        _measured(scene),
        view.filters if only else NONE,
        view.as_of,
    )


def _measured(scene: Scene) -> Measured | None:
    measure = scene.measure
    if measure.kind == VALUE:
        return None
    pairs = zip(scene.panel.frame["code"], measure.numbers.tolist(), strict=True)
    numbers = tuple((str(code), value) for code, value in pairs if math.isfinite(value))
    params = scene.view.params()
    asked = tuple((name, params[name]) for name in ASKED if params.get(name, "none") != "none")
    return Measured(measure.kind, measure.phrase, measure.unit, numbers, asked)


def selection_of(scene: Scene, wanted: Wanted) -> Selection:
    """Return what is exported of a scene."""
    view = scene.view
    if wanted.scope == "view":
        return as_shown(scene, only=wanted.only_filtered)
    if wanted.scope == "area":
        if view.place == COUNTRY_CODE:
            return Filtered(edition="", as_of=view.as_of)
        return Filtered(edition=view.edition, place=view.place, as_of=view.as_of)
    narrow = wanted.only_level
    day = view.at if wanted.only_date else None
    place = view.place if view.place != COUNTRY_CODE else None
    return Filtered(
        (view.indicator,),
        view.edition if narrow or place else None,
        view.level if narrow else None,
        place,
        since=day,
        until=day,
        as_of=view.as_of,
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """How many rows a file will have, and the first of them in HTML."""

    rows: int
    columns: int
    html: Markup


@kept_in_store(KEPT)
def preview(store: Store, what: Selection, lang: Lang, *, sheet: str = "") -> Preview:
    """Work out the first rows of a file as they will be written; `sheet`: in which for people."""
    total = what.count(store)
    first = next(iter(what.frames(store, lang)), None) if total else None
    if first is None:
        return Preview(0, len(what.columns), Markup())
    few = first.head(FIRST_ROWS)
    plain = text_cells(few)
    cells = {**(sheet_cells(few, lang, store.catalog) if sheet else plain)}
    if sheet == "xlsx":  # keeps texts of digits as they are
        cells |= {code: plain[code] for code in CODES if code in cells}
    names = [name for name in what.columns if name in cells]
    heads = row(
        *(
            el("th", head, scope="col", title=t(f"export.column.{name}", lang))
            for name, head in zip(names, sheet_heads(names, lang) if sheet else names, strict=True)
        )
    )
    rows = [row(*map(_short, line)) for line in zip(*(cells[name] for name in names), strict=True)]
    # What stands in a file is in the language of its sources.
    table = el("table.atlas-preview", el("tbody", heads, rows), lang="zxx")
    return Preview(total, len(names), el("div.atlas-scroll", table, tabindex=0))


def _short(text: str) -> str:
    text = text[2:-1] if text.startswith('="') else text  # as spreadsheets show it
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def most_rows(form: str) -> int:
    """Return how many rows a file of a format may have on the page."""
    return min(MOST_ROWS, MOST_SHAPES) if FORMATS[form].gathered else MOST_ROWS


def file_name(store: Store, what: Rows, form: str) -> str:
    """Name the file of a selection."""
    return name_of(store, what) + FORMATS[form].suffix


def file_bytes(
    store: Store, what: Rows, form: str, lang: Lang, *, title: str, link: str, bom: bool
) -> tuple[bytes, bytes]:
    """Make a file, and the metadata beside it (only CSV has any)."""
    with tempfile.TemporaryDirectory(prefix="atlas-export-") as folder:
        out = Path(folder) / file_name(store, what, form)
        written = export(
            store, what, out, form, lang=lang, title=title, link=link, bom=bom, lasting=False
        )
        beside = metadata_path(written.path)
        return written.path.read_bytes(), beside.read_bytes() if beside.exists() else b""


def cited_of(store: Store, drawn: Drawn) -> Cited:
    """Return what is cited of a view: it, and the sources of its figures."""
    scene, tally = drawn.scene, Tally()
    what = as_shown(scene)
    for frame in what.frames(store):
        tally.add(frame)
    origins = tuple(store.catalog.origin(id_) for id_ in sorted(tally.origins))
    link = permalink(scene.view.href())
    lang, known = scene.view.lang, known_words(scene.view.as_of, scene.view.lang)
    return Cited(name_of(store, what), drawn.scene.words.title, link, origins, lang, known)
