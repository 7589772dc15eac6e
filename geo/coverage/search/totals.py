"""Add settlements up by area, from the commune to the country."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.coverage.ground import STATUSES, VERDICTS, Floats, Layer
from geo.editions import COUNTRY_CODE, Level, area

if TYPE_CHECKING:
    import pandas as pd

COUNTS: Final = (
    *("settlements", *STATUSES, "uncovered_no_power", "no_4g", "near_border"),
    *("people", "people_uncovered", "people_weak", "people_no_4g", "people_unknown"),
    *("households", "households_uncovered", "without_population"),
)


def above(edition: str, code: str) -> list[str]:
    """Return an area and all that it lies in, the country first."""
    found = [code]
    while (parent := area(edition, found[-1]).parent) is not None:
        found.append(parent)
    region = area(edition, code).region
    if region is not None:
        found.insert(len(found) - 1, region)
    return list(reversed(found))


def area_frame(settlements: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Count settlements and people by area.

    Parameters
    ----------
    settlements
        As `geo.coverage.search.answers.settlement_frame` makes it.

    Returns
    -------
    DataFrame
        One row an area with settlements, by level and code. ``share_uncovered`` is the uncovered
        of the settlements that are not unknown, ``per_1000`` the same per thousand,
        ``people_share`` that of people; NaN where the denominator is 0. A sum of people leaves
        out settlements without a population; ``without_population`` counts them. ``no_4g`` is NaN
        where the files do not speak of 4G.
    """
    import pandas as pd  # noqa: PLC0415

    lowest = _rows(settlements).groupby(settlements["area_code"].to_numpy()).sum(min_count=0)
    speaks_of_4g = settlements["lacks_4g"].notna().any()
    climbed = _climb(lowest, edition)
    frame = climbed.groupby(level=0).sum()
    frame.index = frame.index.astype(object)
    places = [area(edition, str(code)) for code in frame.index]
    frame.insert(0, "level", [str(place.level) for place in places])
    frame.insert(1, "code", list(frame.index))
    frame.insert(2, "name_vi", [place.name_vi for place in places])
    frame.insert(3, "name_en", [place.name_en for place in places])
    frame.insert(4, "parent", [place.parent or "" for place in places])
    known = frame["settlements"] - frame["unknown"]
    frame["share_uncovered"] = _ratio(frame["uncovered"], known)
    frame["per_1000"] = frame["share_uncovered"] * 1000
    known_people = frame["people"] - frame["people_unknown"]
    frame["people_share"] = _ratio(frame["people_uncovered"], known_people)
    if not speaks_of_4g:
        frame[["no_4g", "people_no_4g"]] = np.nan
    order = {str(level): i for i, level in enumerate(Level)}
    frame["_order"] = frame["level"].map(order)
    frame = frame.sort_values(["_order", "code"]).drop(columns="_order").reset_index(drop=True)
    whole = [name for name in COUNTS if not name.startswith(("people", "households", "no_4g"))]
    frame[whole] = frame[whole].astype("int64")
    return pd.DataFrame(frame)


def _rows(settlements: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    status, people = settlements["status"], settlements["population"]
    lacking = settlements["lacks_4g"] == 1
    rows: dict[str, Any] = {"settlements": 1, **{name: status == name for name in STATUSES}}
    rows["uncovered_no_power"] = (status == "uncovered") & (settlements["power"] == "no")
    rows |= {"no_4g": lacking, "near_border": settlements["near_border"]}
    for name, mask in (
        ("people", status != ""),
        ("people_uncovered", status == "uncovered"),
        ("people_weak", status == "weak"),
        ("people_no_4g", lacking),
        ("people_unknown", status == "unknown"),
    ):
        rows[name] = people.where(mask, 0).fillna(0)
    households = settlements["households"].fillna(0)
    rows["households"] = households
    rows["households_uncovered"] = households.where(status == "uncovered", 0)
    rows["without_population"] = people.isna()
    return pd.DataFrame(rows, index=settlements.index).astype(float)


def with_verdicts(areas: pd.DataFrame, settlements: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Count the verdicts of the ground too, and the people of each.

    Parameters
    ----------
    areas
        As `area_frame` makes it.
    settlements
        Its settlements with the column ``terrain``.
    """
    import pandas as pd  # noqa: PLC0415

    people = settlements["population"].fillna(0)
    rows: dict[str, Any] = {}
    for verdict in VERDICTS:
        mask = settlements["terrain"] == verdict
        rows[f"terrain_{verdict}"] = mask
        rows[f"people_terrain_{verdict}"] = people.where(mask, 0)
    counted = pd.DataFrame(rows, index=settlements.index).astype(float)
    lowest = counted.groupby(settlements["area_code"].to_numpy()).sum()
    sums = _climb(lowest, edition).groupby(level=0).sum()
    added = sums.reindex(areas["code"]).reset_index(drop=True)
    whole = [f"terrain_{verdict}" for verdict in VERDICTS]
    return pd.concat([areas, added.astype(dict.fromkeys(whole, "int64"))], axis=1)


def _climb(lowest: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Repeat the sums of each lowest area for everything that it lies in."""
    at, codes = [], []
    for i, code in enumerate(lowest.index):
        holders = above(edition, str(code)) if code else [COUNTRY_CODE]
        at += [i] * len(holders)
        codes += holders
    climbed = lowest.iloc[at].copy()
    climbed.index = codes
    return climbed


def _ratio(part: pd.Series, whole: pd.Series) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def network_frame(
    settlements: pd.DataFrame, layers: tuple[Layer, ...], edition: str
) -> pd.DataFrame:
    """Count by area and network.

    Returns
    -------
    DataFrame
        level, code, technology, operator, covered (settlements reached), known (settlements that
        are not unknown), people_covered.
    """
    import pandas as pd  # noqa: PLC0415

    mask = settlements["mask"].to_numpy()
    known = (settlements["status"] != "unknown").to_numpy()
    people = settlements["population"].fillna(0).to_numpy()
    parts = []
    for bit, layer in enumerate(layers):
        reached = (mask >> np.uint64(bit) & np.uint64(1)).astype(bool)
        counted = {"covered": reached, "known": known, "people_covered": people * reached}
        rows = pd.DataFrame(counted)
        lowest = rows.astype(float).groupby(settlements["area_code"].to_numpy()).sum()
        sums = _climb(lowest, edition).groupby(level=0).sum().reset_index(names="code")
        sums.insert(1, "technology", layer.technology)
        sums.insert(2, "operator", layer.operator)
        parts.append(sums)
    frame = pd.concat(parts, ignore_index=True)
    frame.insert(0, "level", [str(area(edition, str(code)).level) for code in frame["code"]])
    return frame.astype({"covered": "int64", "known": "int64"})
