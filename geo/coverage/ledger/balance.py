"""Sums of a ledger: the balance by place and quarter, times to close, the commitment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from geo.coverage.ledger.records import DUE, Ledger
from geo.editions import COUNTRY_CODE

if TYPE_CHECKING:
    import pandas as pd

Kept = Literal["kept", "broken", "not_due", "no_earlier_list", "unknown"]
BALANCE_COLUMNS: Final = (
    *("code", "quarter", "opening", "baseline", "new", "reopened", "closed", "closing"),
    *("unreported",),
)


def quarter_of(at: date) -> str:
    """Name the quarter of a date.

    Examples
    --------
    >>> quarter_of(date(2024, 3, 31))
    '2024-Q1'
    """
    return f"{at.year}-Q{(at.month + 2) // 3}"


def balance(ledger: Ledger) -> pd.DataFrame:
    """Count what came and went, by place and quarter.

    Parameters
    ----------
    ledger
        What became of each gap.

    Returns
    -------
    DataFrame
        One row a place (the country, then provinces) and quarter with a list, in order.
        ``closing = opening + baseline + new + reopened - closed``: gaps open as last told, of
        which ``unreported`` are not told of by the last list of the quarter. ``baseline`` are gaps
        on the first list of their province: it is not known when they opened.
    """
    import pandas as pd  # noqa: PLC0415

    quarters = list(dict.fromkeys(quarter_of(at) for at in ledger.dates))
    last = {quarter_of(at): at for at in ledger.dates}
    events = ledger.events
    places = [COUNTRY_CODE, *sorted(events["province"].unique())]
    rows: list[dict[str, Any]] = []
    for code in places:
        mine = events if code == COUNTRY_CODE else events[events["province"] == code]
        in_quarter = mine["date"].map(quarter_of)
        opening = 0
        for quarter in quarters:
            here = mine[in_quarter == quarter]
            counts = here["event"].value_counts()
            row = {name: int(counts.get(name, 0)) for name in ("baseline", "new", "reopened")}
            row["closed"] = int(counts.get("closed", 0))
            closing = opening + row["baseline"] + row["new"] + row["reopened"] - row["closed"]
            silent = here[(here["date"] == last[quarter]) & (here["event"] == "unreported")]
            rows.append(
                {
                    "code": code,
                    "quarter": quarter,
                    "opening": opening,
                    **row,
                    "closing": closing,
                    "unreported": len(silent),
                }
            )
            opening = closing
    return pd.DataFrame(rows, columns=list(BALANCE_COLUMNS))


def time_to_close(ledger: Ledger, province: str = "") -> dict[str, float]:
    """Sum up how long gaps stayed open; only those that closed are known.

    Parameters
    ----------
    ledger
        What became of each gap.
    province
        Code of a province whose gaps alone count; "" for all.

    Returns
    -------
    dict
        n; median_at_least and median_at_most in days (NaN where nothing is known), and
        n_bounded, the number of gaps whose opening lies between two lists.
    """
    spells = ledger.spells
    if province and len(spells):
        of = ledger.tracks.set_index("track")["province"]
        spells = spells[spells["track"].map(of) == province]
    bounded = spells["at_most_days"].dropna()
    return {
        "n": float(len(spells)),
        "median_at_least": float(spells["at_least_days"].median()) if len(spells) else float("nan"),
        "median_at_most": float(bounded.median()) if len(bounded) else float("nan"),
        "n_bounded": float(len(bounded)),
    }


def commitment(ledger: Ledger, due: date = DUE, province: str = "") -> pd.DataFrame:
    """Check “all covered by a date, and no new gaps” against each list.

    Parameters
    ----------
    ledger
        What became of each gap.
    due
        The date of the promise.
    province
        Code of a province that it is checked for; "" for all that the lists speak of.

    Returns
    -------
    DataFrame
        One row a list: date, open (as last told), unreported, new (with reopened), all_covered,
        no_new. ``all_covered`` is not_due before the date, broken while a gap is open, unknown
        where only gaps that the list does not tell of are, else kept. ``no_new`` is broken where
        one is new, no_earlier_list where nothing came before to compare with, else kept. Neither is
        kept but unknown where a list is silent about a province that was told of before; ``no_new``
        is too where a list first tells of the gaps of one.
    """
    import pandas as pd  # noqa: PLC0415

    rows: list[dict[str, Any]] = []
    alive: set[int] = set()
    events = ledger.events
    if province:
        events = events[events["province"] == province]
    spoken: set[str] = set()
    for at in ledger.dates:
        here = events[events["date"] == at]
        by = {name: set(group["track"]) for name, group in here.groupby("event")}
        for name in ("baseline", "new", "reopened"):
            alive |= by.get(name, set())
        alive -= by.get("closed", set())
        silent = by.get("unreported", set())
        new = len(by.get("new", set())) + len(by.get("reopened", set()))
        told = {code for code in ledger.told[at] if province in ("", code)}
        partial = bool(silent or spoken - told)
        all_covered: Kept = "not_due"
        if at >= due:
            all_covered = "broken" if alive - silent else "unknown" if partial else "kept"
        no_new: Kept = "broken" if new else "no_earlier_list" if not spoken else "kept"
        if no_new == "kept" and (partial or by.get("baseline")):
            no_new = "unknown"
        spoken |= told
        rows.append(
            {
                "date": at,
                "open": len(alive),
                "unreported": len(silent),
                "new": new,
                "all_covered": all_covered,
                "no_new": no_new,
            }
        )
    return pd.DataFrame(rows)
