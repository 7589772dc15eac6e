"""Rates against their numerators and denominators; counts "n of N" against both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from metrics.audit.align import Span, grave, hits, together
from metrics.audit.bounds import COUNTED, Numbers, apart, below, rounding
from metrics.audit.records import Finding, finding_about
from metrics.audit.sheet import Sheet
from metrics.catalog import Implied, Ratio

RULE: Final = "ratios"
PERCENT: Final = 100.0


def find(sheet: Sheet) -> Iterator[Finding]:
    """Work rates out anew from what stands beside them, and from the figures they are made of."""
    yield from _rates(sheet)
    yield from _over_all(sheet)
    for relation in sheet.catalog.relations:
        if isinstance(relation, Ratio):
            yield from _by_relation(sheet, relation)
        elif isinstance(relation, Implied) and not relation.rest:
            yield from _share_of_count(sheet, relation)


def _rates(sheet: Sheet) -> Iterator[Finding]:
    rows = sheet.numbers
    known = sheet.catalog.indicators
    percent = [i for i, one in known.items() if one.kind == "rate" and _is_percent(sheet, i)]
    rows = rows[(rows["indicator"].isin(percent) & rows["denominator"].notna()).to_numpy()]
    above, under = (rows[name].to_numpy(dtype=float) for name in ("numerator", "denominator"))
    ratios = _ratios(above, under, above, under)
    half, half_under = rounding(above), rounding(under)
    wide = _ratios(above - half, under - half_under, above + half, under + half_under)
    span = Span.of(rows)
    off = apart(span.low, span.high, *ratios)
    surely = apart(span.low_wide, span.high_wide, *wide)
    for at in hits(off):
        row = rows.iloc[at]
        told = {
            "value": float(row["value"]),
            "numerator": float(above[at]),
            "denominator": float(under[at]),
            "computed": float(ratios[0][at]),
            "tolerance": span.tolerance(at),
        }
        yield finding_about(row, f"{RULE}.value", grave(surely[at]), told, rows.iloc[[at]])


def _ratios(
    low: Numbers, low_under: Numbers, high: Numbers, high_under: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the percentages of the lowest and of the highest parts."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return PERCENT * low / high_under, PERCENT * high / np.maximum(low_under, 0.0)


def _is_percent(sheet: Sheet, indicator: str) -> bool:
    return sheet.catalog.indicators[indicator].unit.en.startswith("%")


def _over_all(sheet: Sheet) -> Iterator[Finding]:
    """Find counts of "n of N" where n is more than N."""
    rows = sheet.numbers
    counted = [i for i, one in sheet.catalog.indicators.items() if one.kind in COUNTED]
    rows = rows[(rows["indicator"].isin(counted) & rows["denominator"].notna()).to_numpy()]
    above, under = (rows[name].to_numpy(dtype=float) for name in ("numerator", "denominator"))
    surely = below(under + rounding(under), above - rounding(above))
    for at in hits(below(under, above)):
        told = {"numerator": float(above[at]), "denominator": float(under[at])}
        yield finding_about(rows.iloc[at], f"{RULE}.over", grave(surely[at]), told, rows.iloc[[at]])


def _by_relation(sheet: Sheet, relation: Ratio) -> Iterator[Finding]:
    rates = sheet.numbers_of(relation.rate)
    parts = rates["denominator"].notna().to_numpy()
    for name, ids in (("numerator", relation.numerator), ("denominator", relation.denominator)):
        if ids:
            yield from _part_against_figures(sheet, rates[parts], name, ids)
    if relation.numerator_of:
        yield from _of_those(sheet, rates[parts], relation.numerator_of)
    if relation.numerator and relation.denominator and _is_percent(sheet, relation.rate):
        yield from _value_against_figures(sheet, rates[~parts], relation)


def _of_those(sheet: Sheet, rates: pd.DataFrame, ids: tuple[str, ...]) -> Iterator[Finding]:
    """Compare a denominator with what another rate counts: of those filed online, so many."""
    for id_ in ids:
        others = sheet.numbers_of(id_)
        others = others[others["numerator"].notna().to_numpy()]
        # A count is exact, whatever the rate that it makes was rounded to.
        counted = dict.fromkeys(("value", *Span.__slots__), others["numerator"])
        rows, figures = together([rates, others.assign(**counted)])
        yield from _compared(rows, [figures], "denominator", (id_,))


def _part_against_figures(
    sheet: Sheet, rates: pd.DataFrame, name: str, ids: tuple[str, ...]
) -> Iterator[Finding]:
    rows, *figures = together([rates, *(sheet.numbers_of(id_) for id_ in ids)])
    yield from _compared(rows, figures, name, ids)


def _compared(
    rows: pd.DataFrame, figures: list[pd.DataFrame], name: str, ids: tuple[str, ...]
) -> Iterator[Finding]:
    if rows.empty:
        return
    summed = Span.sum_of(figures)
    part = rows[name].to_numpy(dtype=float)
    half = rounding(part)
    off = apart(part, part, summed.low, summed.high)
    surely = apart(part - half, part + half, summed.low_wide, summed.high_wide)
    for at in hits(off):
        values = tuple(float(frame["value"].iloc[at]) for frame in figures)
        told = {
            "value": float(part[at]),
            "parts": values,
            "sum": float(np.sum(values)),
            "part": ids[0] if len(ids) == 1 else "",
        }
        found = pd.concat([frame.iloc[[at]] for frame in (rows, *figures)])
        yield finding_about(rows.iloc[at], f"{RULE}.{name}", grave(surely[at]), told, found)


def _value_against_figures(sheet: Sheet, rates: pd.DataFrame, relation: Ratio) -> Iterator[Finding]:
    ids = (*relation.numerator, *relation.denominator)
    rows, *figures = together([rates, *(sheet.numbers_of(id_) for id_ in ids)])
    if rows.empty:
        return
    n = len(relation.numerator)
    above, under, span = Span.sum_of(figures[:n]), Span.sum_of(figures[n:]), Span.of(rows)
    low, high = _ratios(above.low, under.low, above.high, under.high)
    wide = _ratios(above.low_wide, under.low_wide, above.high_wide, under.high_wide)
    surely = apart(span.low_wide, span.high_wide, *wide)
    for at in hits(apart(span.low, span.high, low, high)):
        over, of = (
            float(sum(f["value"].iloc[at] for f in fs)) for fs in (figures[:n], figures[n:])
        )
        told = {
            "value": float(rows["value"].iloc[at]),
            "numerator": over,
            "denominator": of,
            "computed": PERCENT * over / of,
            "tolerance": span.tolerance(at),
        }
        found = pd.concat([frame.iloc[[at]] for frame in (rows, *figures)])
        yield finding_about(rows.iloc[at], f"{RULE}.figures", grave(surely[at]), told, found)


def _share_of_count(sheet: Sheet, relation: Implied) -> Iterator[Finding]:
    """Compare a share with the count beside it, where that says of how many it is: 165 of 179."""
    counts = sheet.numbers_of(relation.count)
    counts = counts[(counts["denominator"] > 0).to_numpy()]
    rates, counts = together([sheet.numbers_of(relation.rate), counts])
    if rates.empty:
        return
    over, under = (counts[name].to_numpy(dtype=float) for name in ("value", "denominator"))
    of, span = Span.of(counts), Span.of(rates)
    half = rounding(under)
    off = apart(span.low, span.high, *_ratios(of.low, under, of.high, under))
    wide = _ratios(of.low_wide, under - half, of.high_wide, under + half)
    surely = apart(span.low_wide, span.high_wide, *wide)
    for at in hits(off):
        told = {
            "value": float(rates["value"].iloc[at]),
            "numerator": float(over[at]),
            "denominator": float(under[at]),
            "computed": PERCENT * float(over[at]) / float(under[at]),
            "tolerance": span.tolerance(at),
        }
        rows = pd.concat([rates.iloc[[at]], counts.iloc[[at]]])
        yield finding_about(rates.iloc[at], f"{RULE}.figures", grave(surely[at]), told, rows)
