"""Days of publication as people write them."""

from __future__ import annotations

from metrics.importing import read_period


def stated_date(text: str) -> str:
    """Write a day, month or year as origins have it; what is none of them stays as it is.

    Examples
    --------
    >>> stated_date("10/10/2026"), stated_date("tháng 9/2026"), stated_date("2026")
    ('2026-10-10', '2026-09', '2026')
    """
    period = read_period(text.strip())
    length = {"instant": 10, "month": 7, "year": 4}.get(period.grain) if period else None
    return period.end.isoformat()[:length] if period and length else text.strip()
