"""Compare what a source says with what the store holds of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import pandas as pd

from metrics.catalog import Text
from metrics.refresh.difference import KINDS, Difference, Kind, Line, Series
from metrics.refresh.outliers import outliers
from metrics.store import DATE_COLUMNS, GROUPS, OBSERVATIONS, Store

# What a reply of a part of a source's figures speaks for: all figures of such a group.
GROUP: Final = GROUPS[OBSERVATIONS]
SERIES: Final = ("indicator", "role", "edition", "level")
KEY: Final = (*SERIES, "area", *DATE_COLUMNS, "grain")
NTH: Final = "nth"
SAID: Final = ("value", "category", "state", "qualifier", "numerator", "denominator")
BESIDE: Final = ("period_text", "origin", "locator", "note")
NUMBERS: Final = ("value", "numerator", "denominator")
MOST_LISTED: Final = 200


@dataclass(frozen=True, slots=True)
class Compared:
    """Who is compared, and when.

    Attributes
    ----------
    before
        The series that the reply before spoke of, as of `series_of`; a silent one is missing.
    """

    source: str
    dataset: str
    run: str
    time: datetime
    before: Collection[str] = ()
    notes: tuple[Text, ...] = ()


def compare(
    store: Store, frame: pd.DataFrame, who: Compared, *, whole: bool, records: int
) -> Difference:
    """Compare, figure by figure.

    Parameters
    ----------
    store
        Where the dataset is, or will be.
    frame
        What the source says, in the form of the store's table.
    whole
        See `metrics.refresh.Gathered`.
    records
        How many indicators and origins come or change.
    """
    held = plain(store.dataset_observations(who.dataset))
    now = plain(frame)
    touched = held if whole else held[_keys(held, GROUP).isin(_keys(now, GROUP))]
    both = _numbered(touched).merge(
        _numbered(now), on=[*KEY, NTH], how="outer", suffixes=("_before", ""), indicator=True
    )
    both["kind"] = _kinds(both)
    both["share"] = _shares(both, _spans(held))
    odd = outliers(store, held, now, both)
    twice = now[now.duplicated([*KEY, "origin"], keep="first")]
    known = held.duplicated([*KEY, "origin"], keep="first").sum()
    missing = _missing(held, now, who.before)
    counts: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    for kind, n in both["kind"].value_counts().items():
        if kind in counts:
            counts[kind] = int(n)
    counts |= {"missing": len(missing), "outlier": int(odd.sum())}
    counts["twice"] = len(twice) if len(twice) > known else 0
    lines = [*_lines(both), *_lines_of("outlier", both[odd]), *missing[:MOST_LISTED]]
    if counts["twice"]:
        lines += _lines_of("twice", twice.assign(share=np.nan))
    return Difference(
        source=who.source,
        dataset=who.dataset,
        run=who.run,
        compared_with=fingerprint(store, who.dataset),
        time=who.time.isoformat(timespec="seconds"),
        figures=len(now),
        same=int((both["kind"] == "same").sum()),
        counts=counts,
        largest=float(both["share"].fillna(0).max()) if len(both) else 0.0,
        records=records,
        series=tuple(_series(both, odd, missing)),
        lines=tuple(lines),
        notes=who.notes,
    )


def fingerprint(store: Store, dataset: str) -> str:
    """Return what changes whenever the dataset is stored anew; "" where there is none."""
    mine = kept(store, dataset)
    names = ("time", "sha256", "rows", "withdrawn")
    return "" if mine is None else " ".join(str(mine[name]) for name in names)


def kept(store: Store, dataset: str) -> pd.Series | None:
    """Return the record of a dataset as the store has it; None where there is none."""
    rows = store.datasets()
    mine = rows[rows["id"] == dataset]
    return None if mine.empty else mine.iloc[0]


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Bring rows of the store, or of its form, into types that can be compared."""
    made = frame.reset_index(drop=True)
    for name in DATE_COLUMNS:
        made[name] = pd.to_datetime(made[name]).astype("datetime64[s]")
    for name in made.columns.difference([*DATE_COLUMNS, *NUMBERS]):
        made[name] = made[name].astype("str").fillna("")
    return made


def series_of(frame: pd.DataFrame) -> list[str]:
    """Return the series that a frame speaks of, a text each."""
    return sorted(_keys(frame, SERIES).unique())


def _keys(frame: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    joined = pd.Series("", index=frame.index, dtype="str")
    for name in names:
        joined = joined + frame[name].astype("str").fillna("") + "|"
    return joined


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """Tell rows of one key apart by the order of their sources and places in them."""
    rows = frame.sort_values(["origin", "locator"], kind="stable")
    rows = rows[[*KEY, *SAID, *BESIDE]]
    return rows.assign(**{NTH: rows.groupby(list(KEY), dropna=False).cumcount()})


def _kinds(both: pd.DataFrame) -> np.ndarray:
    said, beside = (
        np.logical_or.reduce([_differs(both, name) for name in names]) for names in (SAID, BESIDE)
    )
    sides = both["_merge"]
    return np.select(
        [sides == "left_only", sides == "right_only", said, beside],
        ["withdrawn", "new", "revised", "reworded"],
        "same",
    )


def _differs(both: pd.DataFrame, name: str) -> np.ndarray:
    before, after = both[f"{name}_before"], both[name]
    either = before.notna() | after.notna()
    return ((before != after) & either).to_numpy(dtype=bool)


def _spans(held: pd.DataFrame) -> pd.Series:
    """Return how far apart the figures of an indicator lie at a level."""
    values = held.groupby(["indicator", "role", "level"])["value"]
    return values.max() - values.min()


def _shares(both: pd.DataFrame, spans: pd.Series) -> pd.Series:
    """Return by how much values change; a figure that goes or comes changes by all."""
    at = pd.MultiIndex.from_frame(both[["indicator", "role", "level"]])
    span = spans.reindex(at).to_numpy()
    before, after = both["value_before"], both["value"]
    span = np.where((span > 0), span, np.maximum(before.abs(), after.abs()))
    share: pd.Series = (after - before).abs() / np.where(span > 0, span, np.nan)
    one_sided = before.notna() != after.notna()
    return share.clip(upper=1.0).where(~one_sided, 1.0).where(both["kind"] == "revised")


def _missing(held: pd.DataFrame, now: pd.DataFrame, before: Collection[str]) -> list[Line]:
    """List the areas that the newest figures held have, and the reply has not at all."""
    if held.empty:
        return []
    names, spoken = _keys(held, SERIES), set(_keys(now, SERIES))
    rows = held[names.isin({*spoken, *before})]
    newest = rows.groupby(list(SERIES))["period_end"].transform("max")
    latest = rows[rows["period_end"] == newest].drop_duplicates([*SERIES, "area"])
    area = (*SERIES, "area")
    gone = latest[~_keys(latest, area).isin(_keys(now, area))]
    return list(_lines_of("missing", gone.assign(share=np.nan), most=len(gone)))


def _lines(both: pd.DataFrame) -> Iterator[Line]:
    for kind in ("new", "revised", "reworded", "withdrawn"):
        yield from _lines_of(kind, both[both["kind"] == kind])


def _lines_of(kind: Any, rows: pd.DataFrame, most: int = MOST_LISTED) -> Iterator[Line]:
    first = rows.sort_values("share", ascending=False, kind="stable", na_position="last")
    for row in first.head(most).to_dict("records"):
        named: dict[str, Any] = {name: str(row[name]) for name in (*SERIES, "area", "grain")}
        yield Line(
            kind=kind,
            **named | {name: _day(row[name]) for name in DATE_COLUMNS},
            before=None if kind == "new" else _figure(row, "_before"),
            after=None if kind in ("withdrawn", "missing") else _figure(row, ""),
            share=None if pd.isna(row["share"]) else round(float(row["share"]), 6),
        )


def _figure(row: dict[Any, Any], side: str) -> float | str | None:
    value = row.get(f"value{side}")
    if value is not None and not pd.isna(value):
        return float(value)
    for name in ("category", "state"):
        said = row.get(f"{name}{side}")
        if isinstance(said, str) and said:
            return said
    return None


def _day(value: Any) -> str | None:
    return None if pd.isna(value) else pd.Timestamp(value).date().isoformat()


def _series(both: pd.DataFrame, odd: pd.Series, missing: Sequence[Line]) -> Iterator[Series]:
    lost = pd.Series(["|".join(_of(line)) for line in missing], dtype="str").value_counts()
    grouped = both.assign(odd=odd).groupby(list(SERIES), sort=True)
    seen = set()
    names: Any
    for names, rows in grouped:
        kinds = rows["kind"].value_counts()
        counts: dict[Kind, int] = {kind: int(kinds.get(kind, 0)) for kind in KINDS}
        counts["outlier"] = int(rows["odd"].sum())
        key = "|".join(names)
        seen.add(key)
        counts["missing"] = int(lost.get(key, 0))
        yield Series(
            **dict(zip(SERIES, names, strict=True)),
            figures=int((rows["_merge"] != "left_only").sum()),
            same=int(kinds.get("same", 0)),
            counts={kind: n for kind, n in counts.items() if n},
        )
    for key in lost.index.difference(list(seen)):
        named = dict(zip(SERIES, key.split("|"), strict=True))
        yield Series(**named, figures=0, same=0, counts={"missing": int(lost[key])})


def _of(line: Line) -> tuple[str, ...]:
    return (line.indicator, line.role, line.edition, line.level)
