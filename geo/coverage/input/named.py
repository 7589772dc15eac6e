"""Find the commune or district that a row names, where it gives neither a point nor a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.coverage.ground import NOWHERE, Bools, Ints, Places, Texts
from geo.coverage.input.columns import texts
from geo.editions import Level
from geo.names import resolve_many

if TYPE_CHECKING:
    import pandas as pd

NAME_FIELDS: Final = ("commune", "district", "province")


def named_areas(
    where: Places, frame: pd.DataFrame, found: dict[str, str], wanted: Bools, codes: Texts
) -> tuple[Ints, Texts]:
    """Resolve names of communes (of districts on an edition with districts), without guessing.

    Parameters
    ----------
    found
        The columns that were found.
    wanted
        The rows that are asked for.
    codes
        What stands in the column of codes: a name there is one too.

    Returns
    -------
    index
        Index of the area; `NOWHERE` where a name means none or several.
    said
        What each row says of where it is, as it is listed.
    """
    commune, district, province = (texts(frame, found.get(name)) for name in NAME_FIELDS)
    in_codes = np.array([cell if not cell.isdigit() else "" for cell in codes], dtype=object)
    commune = np.where(commune == "", in_codes, commune)
    index = np.full(len(frame), NOWHERE, dtype=np.int64)
    said = _joined(commune, district, province)
    if where.level is Level.DISTRICT:
        names, parents = np.where(district == "", commune, district), province
    else:
        names, parents = commune, _joined(district, province)
    rows = np.flatnonzero(wanted & (names != ""))
    if rows.size:
        told = [parent or None for parent in parents[rows]]
        resolved = resolve_many(
            names[rows].tolist(), told, edition=where.edition, level=where.level
        )
        index[rows] = [where.at.get(code or "", NOWHERE) for code in resolved["area_code"]]
    return index, said


def _joined(*parts: Texts) -> Texts:
    rows = zip(*parts, strict=True)
    return np.array([", ".join(filter(None, row)) for row in rows], dtype=object)
