"""Components against their total: whether the parts that make it by definition add up to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from metrics.audit.align import Span, grave, hits, together
from metrics.audit.records import Finding, witnesses
from metrics.audit.sheet import Sheet
from metrics.catalog import Sum, Within

RULE: Final = "parts"


def find(sheet: Sheet) -> Iterator[Finding]:
    """Compare the sum of the parts with the total, wherever all of them are known.

    Parts that are not all of a total ("within") may be less than it, never more.
    """
    for relation in sheet.catalog.relations:
        if isinstance(relation, Sum | Within):
            total, *parts = together(
                [sheet.numbers_of(id_) for id_ in (relation.total, *relation.parts)]
            )
            if len(total):
                yield from _compared(total, parts, exact=isinstance(relation, Sum))


def _compared(total: pd.DataFrame, parts: list[pd.DataFrame], *, exact: bool) -> Iterator[Finding]:
    whole, summed = Span.of(total), Span.sum_of(parts)
    narrow, wide = summed.apart(whole) if exact else summed.above(whole)
    for at in hits(narrow):
        row = total.iloc[at]
        values = [float(part["value"].iloc[at]) for part in parts]
        several = "" if len(parts) > 1 else "_one"
        yield Finding(
            RULE,
            f"{RULE}.sum" if exact else f"{RULE}.within{several}",
            grave(wide[at]),
            str(row["indicator"]),
            str(row["edition"]),
            str(row["area"]),
            pd.Timestamp(row["period_end"]).date(),
            {
                "total": float(row["value"]),
                "parts": tuple(values),
                "sum": float(np.sum(values)),
                "part": str(parts[0]["indicator"].iloc[at]),
                "tolerance": summed.tolerance(at) + whole.tolerance(at),
            },
            witnesses(pd.concat([frame.iloc[[at]] for frame in (total, *parts)])),
            n=len(parts) + 1,
        )
