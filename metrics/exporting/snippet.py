"""Code that yields the rows of a selection: a command line, and a few lines of pandas.

The snippet reads a file that the command in its first line writes, so that it works without a
network, and does over again what the atlas does: the newest figure of each area up to the date, by
the rules of `metrics.panel.selection` where several are of the same day.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from geo.editions import COUNTRY_CODE, Level, area
from metrics.exporting.names import name_of
from metrics.exporting.select import AsShown, Filtered, Selection
from metrics.exporting.spreadsheet import FOR_PEOPLE
from metrics.observations import GRAINS, NUMBER_COLUMNS
from metrics.panel import BLANK_NUMBERS, up_to, write_filters
from metrics.store import Store

WHOLE: Final = "atlas06.csv"
PYTHON: Final = "python -m metrics export"
LONGEST_LIST: Final = 100


def command(
    what: Selection, out: str, form: str = "csv", lang: str = "vi", *, bom: bool = False
) -> str:
    """Write the command line that writes a selection to a file."""
    words: list[object] = []
    if isinstance(what, AsShown):
        words += ["--as-shown", "--indicator", what.indicator, "--edition", what.edition]
        words += ["--level", what.level]
        words += ["--place", what.parent] if what.parent else []
        words += ["--at", what.at] if what.at else []
        words += ["--basis", what.basis] if what.basis else []
        for name, value in what.measured.asked if what.measured else ():
            words += [f"--{name}", value]
        words += ["--filters", write_filters(what.filters)] if what.filters.names else []
    elif (every := replace(what, as_of="") == Filtered()) or what.edition == "":
        words.append("--all" if every else "--all --level country")
    else:
        for indicator in what.indicators or ():
            words += ["--indicator", indicator]
        for name in ("edition", "level", "place", "since", "until"):
            value = getattr(what, name)
            words += [f"--{name}", value] if value not in (None, COUNTRY_CODE) else []
    words += ["--as-of", what.as_of] if what.as_of else []
    words += ["--format", form] if form != "csv" else []
    words += ["--bom"] if bom and form in FOR_PEOPLE else []
    words += ["--lang", lang] if lang != "vi" else []
    told = " ".join(
        word if str(word).startswith("--") else shlex.quote(str(word)) for word in map(str, words)
    )
    return f"{PYTHON} {told} --out {shlex.quote(out)}"


def snippet(store: Store, what: Selection, path: str = "") -> str:
    """Write the lines of Python that yield the rows of a selection as the data frame ``rows``.

    Parameters
    ----------
    store
        Where the figures are.
    what
        Which rows. Of a view, the rows are those that have a source; areas without any figure are
        named in a comment.
    path
        The file to read; "" for the one that the command in the first line writes.

    Returns
    -------
    str
        Python that needs nothing but pandas.
    """
    if isinstance(what, Filtered):
        return "\n".join([*_read(Filtered(as_of=what.as_of), path or WHOLE), *_filters(what), ""])
    if what.basis or what.filters.names or (what.measured and what.measured.asked):
        # What was carried, made of figures or filtered is worked out by the atlas; the file holds
        # what came of it.
        file = path or f"{name_of(store, what)}.csv"
        return "\n".join([*_read(what, file), 'rows = rows[rows["shown"] == "true"]', ""])
    every = Filtered(as_of=what.as_of)
    return "\n".join([*_read(every, path or WHOLE), *_view(store, what), ""])


def _read(what: Selection, path: str) -> list[str]:
    return [f"# {command(what, path)}", *reading(path)]


def reading(source: str, columns: Sequence[str] = NUMBER_COLUMNS) -> list[str]:
    """Write the lines of Python that read an export, from a file or an address."""
    numbers = ", ".join(f'"{name}"' for name in columns)
    return [
        "import pandas as pd",
        "",
        "# Codes are text: 01 is not 1. A blank is unknown, not zero.",
        f'rows = pd.read_csv("{source}", dtype=str, keep_default_na=False, encoding="utf-8-sig")',
        f"for column in [{numbers}]:",
        "    rows[column] = pd.to_numeric(rows[column])",
    ]


def _filters(what: Filtered) -> list[str]:
    lines = []
    if what.indicators is not None:
        lines.append(f'rows = rows[rows["indicator_id"].isin({list(what.indicators)!r})]')
    if what.edition is not None:
        lines.append(f'rows = rows[rows["edition"] == "{what.edition}"]')
    if what.level is not None:
        lines.append(f'rows = rows[rows["level"] == "{what.level}"]')
    if what.place not in (None, COUNTRY_CODE):
        lines.append(_in_place(str(what.edition), str(what.place)))
    if what.since is not None:
        lines.append(f'rows = rows[rows["period_end"] >= "{what.since}"]')
    if what.until is not None:
        lines.append(f'rows = rows[rows["period_end"] <= "{what.until}"]')
    return lines


def _in_place(edition: str, code: str) -> str:
    column = "province_code" if area(edition, code).level is Level.PROVINCE else "area_code"
    return f'rows = rows[rows["{column}"] == "{code}"]'


def _view(store: Store, what: AsShown) -> list[str]:
    series = "" if what.level is Level.COUNTRY else what.edition
    lines = [
        f'rows = rows[(rows["indicator_id"] == "{what.indicator}") & (rows["role"] == "result")]',
        f'rows = rows[(rows["edition"] == "{series}") & (rows["level"] == "{what.level}")]',
    ]
    if what.parent not in (None, COUNTRY_CODE):
        lines.append(_in_place(what.edition, str(what.parent)))
    if what.at is not None:
        lines.append(f'rows = rows[rows["period_end"] <= "{what.at}"]')
    lines += [
        "# The newest figure of each area.",
        'newest = rows.groupby("area_code")["period_end"].transform("max")',
        'rows = rows[rows["period_end"] == newest]',
    ]
    if _has_ties(store, what):
        lines += _settled(store.catalog.indicator(what.indicator).prefer)
    if what.measured is not None:
        phrase = " ".join(what.measured.phrase.split())
        lines.append(f"# The map draws a number made from these figures: {phrase}.")
    return [*lines, *_missing(store, what)]


def _has_ties(store: Store, what: AsShown) -> bool:
    rows = store.observations(what.indicator)
    series = "" if what.level is Level.COUNTRY else what.edition
    rows = rows[(rows["role"] == "result") & (rows["edition"] == series)]
    rows = up_to(rows[rows["level"] == str(what.level)], what.at, None)
    newest = rows.groupby("area")["period_end"].transform("max")
    return bool(rows.loc[rows["period_end"] == newest, "area"].duplicated().any())


def _settled(prefer: tuple[str, ...]) -> list[str]:
    """Write what is done where several figures of an area are of the same day."""
    trust = {origin: order for order, origin in enumerate(prefer)}
    blank = ", ".join(f'"{name}"' for name in BLANK_NUMBERS)
    return [
        "# Where several are of one day: the finest period, then the preferred source; sources",
        "# that still differ conflict, and no value is taken.",
        f'rows["grain_"] = rows["grain"].map({list(GRAINS)!r}.index)',
        f'rows["trust_"] = rows["origin_ids"].map({trust!r}).fillna({len(prefer)})',
        'for column in ["grain_", "trust_"]:',
        '    best = rows.groupby("area_code")[column].transform("min")',
        "    rows = rows[rows[column] == best]",
        'said = rows["value"].astype(str) + rows["category"]',
        'said += rows["state"].where(~rows["state"].isin(["reported", "recomputed"]), "")',
        'differ = said.groupby(rows["area_code"]).transform("nunique") > 1',
        'rows["derived_"] = rows["state"] != "reported"',
        f"rows.loc[differ, [{blank}]] = float('nan')",
        'rows.loc[differ, ["category", "state"]] = ["", "conflicting"]',
        'rows = rows.sort_values(["area_code", "derived_", "origin_ids", "locator"])',
        'rows = rows.drop_duplicates("area_code")',
        'rows = rows.drop(columns=["grain_", "trust_", "derived_"])',
    ]


def _missing(store: Store, what: AsShown) -> list[str]:
    frame = what.panel(store).frame
    absent = frame.loc[frame["period_end"].isna(), "code"].tolist()
    if not absent:
        return []
    lines = [f"# {len(absent)} of {len(frame)} areas have no row: nothing is published of them."]
    if len(frame) <= LONGEST_LIST:
        codes = frame["code"].tolist()
        lines += [
            "# To see them too, without a value:",
            f"# rows = rows.set_index('area_code').reindex({codes!r})",
        ]
    return lines
