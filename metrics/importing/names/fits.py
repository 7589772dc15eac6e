"""How well names fit the maps: which edition and level a column of places is of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.editions import Level, areas, editions
from geo.names import Method, resolve_many
from metrics.importing.cells import plain
from metrics.importing.names.ways import ACCEPTED, NO_AREA

SAMPLE: Final = 600
# What a heading says of the level of its places.
_LEVEL_WORDS: Final = (
    (Level.DISTRICT, re.compile(r"\b(huyen|quan|thi xa|district)\b")),
    (Level.COMMUNE, re.compile(r"(?<!thi )\b(xa|phuong|thi tran|dac khu|commune|ward)\b")),
    (Level.PROVINCE, re.compile(r"\b(tinh|province)\b")),
)
_NO_LEVEL: Final = re.compile(r"\b(?:dia|thanh) (?:phuong|pho)\b")
# What stands before the names of a level.
TYPES: Final = {
    Level.PROVINCE: ("Tỉnh", "Thành phố"),
    Level.DISTRICT: ("Huyện", "Quận", "Thị xã", "Thành phố"),
    Level.COMMUNE: ("Xã", "Phường", "Đặc khu", "Thị trấn"),
}
# What a table of the level may lie in, and the level of rows that head their parts.
ABOVE: Final = {Level.DISTRICT: Level.PROVINCE, Level.COMMUNE: Level.PROVINCE}


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a column of names fits the areas of an edition and level.

    Attributes
    ----------
    edition, level
        The map.
    share
        Share of the distinct names that are areas of it.
    n
        Number of distinct names that are.
    """

    edition: str
    level: Level
    share: float
    n: int


def fits(cells: Iterable[object], parents: Iterable[object] | None = None) -> list[Fit]:
    """Tell which editions and levels a column of places may be of, the best first.

    Parameters
    ----------
    cells, parents
        Cells of the column, and of the column of parents where there is one; the first `SAMPLE`
        distinct ones are looked at.
    """
    frame = pd.DataFrame({"name": pd.Series(list(cells), dtype=object)})
    frame["parent"] = pd.Series(list(parents), dtype=object) if parents is not None else None
    frame = frame.dropna(subset=["name"]).drop_duplicates().head(SAMPLE)
    found = [
        _fit(frame, edition.id, level, with_parent=parents is not None)
        for edition in reversed(editions())
        for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
        if level in edition.levels and areas(edition.id, level)
    ]
    return sorted(found, key=lambda fit: -fit.share)


def fits_below_rows(cells: Iterable[object]) -> list[Fit]:
    """Tell which maps a column may be of whose rows stand below the name of their province.

    Parameters
    ----------
    cells
        Cells of the column, in their order.
    """
    names = pd.Series([cell for cell in cells if cell is not None], dtype=object)
    found = []
    for edition in reversed(editions()):
        for level in (one for one in ABOVE if one in edition.levels):
            parents, heads = from_rows(names, edition.id, level)
            below = ~heads & parents.notna()
            if heads.any() and below.any():
                rows = pd.DataFrame({"name": names[below], "parent": parents[below]})
                found.append(_fit(rows.drop_duplicates(), edition.id, level, with_parent=True))
    return sorted(found, key=lambda fit: -fit.share)


def _fit(frame: pd.DataFrame, edition: str, level: Level, *, with_parent: bool) -> Fit:
    if frame.empty:
        return Fit(edition, level, 0.0, 0)
    parents = frame["parent"] if with_parent else None
    matched = resolve_many(frame["name"], parents, edition=edition, level=level)["match_method"]
    places = ~matched.isin([str(m) for m in NO_AREA])
    good = matched.isin([str(m) for m in ACCEPTED])
    if not places.any():
        return Fit(edition, level, 0.0, 0)
    return Fit(edition, level, float(good.sum() / places.sum()), int(good.sum()))


def from_rows(names: pd.Series, edition: str, level: Level) -> tuple[pd.Series, pd.Series]:
    """Take the parents from rows that name an area of the level above."""
    own = resolve_many(names, edition=edition, level=level)["match_method"]
    up = resolve_many(names, edition=edition, level=ABOVE[level])
    is_above = up["match_method"].isin([str(m) for m in ACCEPTED])
    heads = is_above & ~own.isin([str(m) for m in ACCEPTED])
    return names.where(heads).ffill(), heads


def level_named(heading: str) -> Level | None:
    """Return the one level that a heading names: "Huyện", "Xã, phường"; None for none or two."""
    words = _NO_LEVEL.sub("", plain(heading)).replace("thi xa", "huyen")
    found = {level for level, pattern in _LEVEL_WORDS if pattern.search(words)}
    return found.pop() if len(found) == 1 else None


def province_named(text: str, edition: str) -> str | None:
    """Return the code of the province of an edition that a text is the name of."""
    found = resolve_many([text], edition=edition, level=Level.PROVINCE).iloc[0]
    good = found["match_method"] in [str(m) for m in ACCEPTED - {Method.CODE}]
    return str(found["area_code"]) if good else None


def are_places(texts: Sequence[str]) -> bool:
    """Tell whether at least half of some texts are names of areas of any edition and level."""
    return max((fit.share for fit in fits(texts)), default=0.0) >= 0.5
