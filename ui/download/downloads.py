"""What the page of downloads offers: files of the view, of the indicator, of one area."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from base.html import Markup, el, row
from base.words import Lang, t
from geo.editions import COUNTRY_CODE
from geo.figure import FORMATS as PICTURES
from geo.figure import PRESETS
from metrics.exporting import (
    FORMATS,
    AsShown,
    Filtered,
    Measured,
    Selection,
    export,
    metadata_path,
    name_of,
    text_cells,
)
from metrics.exporting import MOST_ROWS as MOST_SHAPES
from metrics.panel import NONE
from metrics.store import Store
from ui.address import LONGEST, PUBLISHED, Refusal
from ui.scene import VALUE, Scene

PARTS: Final = ("data", "kit", "embed", "reproduce")
SCOPES: Final = ("view", "filtered", "area")
FLAGS: Final = ("0", "1")
# Parameters of the page besides a view's, with what each allows; the first is the default.
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "part": PARTS,
    "scope": SCOPES,
    "format": tuple(FORMATS),
    "only_filtered": ("1", "0"),
    "only_level": ("1", "0"),
    "only_date": FLAGS,
    "bom": FLAGS,
    "lock": FLAGS,
    "ranking": ("1", "0"),
    "dark": FLAGS,
}
# The same for lists, parted by commas, with what they hold at first.
LISTS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "sizes": (tuple(PRESETS), "square,wide,a4"),
    "pictures": (PICTURES, "png,svg"),
}
NOTHING: Final = "none"
EXTRA: Final = (*CHOICES, *LISTS)
# What of it each part of the page asks.
OF_PART: Final[Mapping[str, tuple[str, ...]]] = {
    "data": ("scope", "format", "only_filtered", "only_level", "only_date", "bom"),
    "kit": tuple(LISTS),
    "embed": ("lock", "ranking", "dark"),
    "reproduce": (),
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
    """The choices of the page, as texts of the address: see `CHOICES` and `LISTS`."""

    part: str
    scope: str
    format: str
    only_filtered: str
    only_level: str
    only_date: str
    bom: str
    lock: str
    ranking: str
    dark: str
    sizes: str
    pictures: str

    def params(self) -> dict[str, str]:
        """Write the choices of the part shown as parameters of the address; others are left out."""
        asked = ("part", *OF_PART[self.part])
        return {name: value if name in asked else "" for name, value in asdict(self).items()}

    def listed(self, name: str) -> list[str]:
        """Return what a list holds."""
        return [item for item in getattr(self, name).split(",") if item != NOTHING]


def read_wanted(params: Mapping[str, str]) -> tuple[Wanted, list[Refusal]]:
    """Read the choices of the page; those that do not exist are refused."""
    found, refused = {}, []
    for name, allowed in CHOICES.items():
        given = str(params.get(name, ""))
        if given and given not in allowed:
            refused.append(Refusal(name, given[:LONGEST]))
        found[name] = given if given in allowed else allowed[0]
    for name, (known, first) in LISTS.items():
        given = str(params.get(name, ""))[:LONGEST]
        if given and given != NOTHING and not set(given.split(",")) <= set(known):
            refused.append(Refusal(name, given))
            given = ""
        found[name] = given or first
    return Wanted(**found), refused


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
        return as_shown(scene, only=wanted.only_filtered == "1")
    if wanted.scope == "area":
        if view.place == COUNTRY_CODE:
            return Filtered(edition="")
        return Filtered(edition=view.edition, place=view.place)
    narrow = wanted.only_level == "1"
    day = view.at if wanted.only_date == "1" else None
    place = view.place if view.place != COUNTRY_CODE else None
    return Filtered(
        (view.indicator,),
        view.edition if narrow or place else None,
        view.level if narrow else None,
        place,
        since=day,
        until=day,
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """How many rows a file will have, and the first of them in HTML."""

    rows: int
    columns: int
    html: Markup


@lru_cache(maxsize=KEPT)
def preview(store: Store, what: Selection, lang: Lang) -> Preview:
    """Work out the first rows of a file, as they will be written."""
    total = what.count(store)
    first = next(iter(what.frames(store, lang)), None) if total else None
    if first is None:
        return Preview(0, len(what.columns), Markup())
    cells = text_cells(first.head(FIRST_ROWS))
    heads = row(
        *(el("th", n, scope="col", title=t(f"export.column.{n}", lang)) for n in what.columns)
    )
    rows = [
        row(*map(_short, line))
        for line in zip(*(cells[name] for name in what.columns), strict=True)
    ]
    # What stands in a file is in the language of its sources.
    table = el("table.atlas-preview", el("tbody", heads, rows), lang="zxx")
    return Preview(total, len(what.columns), el("div.atlas-scroll", table, tabindex=0))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def most_rows(form: str) -> int:
    """Return how many rows a file of a format may have on the page."""
    return min(MOST_ROWS, MOST_SHAPES) if FORMATS[form].geometry else MOST_ROWS


def file_name(store: Store, what: Selection, form: str) -> str:
    """Name the file of a selection."""
    return name_of(store, what) + FORMATS[form].suffix


def file_bytes(
    store: Store, what: Selection, form: str, lang: Lang, *, title: str, link: str, bom: bool
) -> tuple[bytes, bytes]:
    """Make a file, and the metadata beside it (only CSV has any)."""
    with tempfile.TemporaryDirectory(prefix="atlas-export-") as folder:
        out = Path(folder) / file_name(store, what, form)
        written = export(store, what, out, form, lang=lang, title=title, link=link, bom=bom)
        beside = metadata_path(written.path)
        return written.path.read_bytes(), beside.read_bytes() if beside.exists() else b""
