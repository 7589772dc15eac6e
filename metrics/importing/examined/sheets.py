"""Tables of one shape in one file, as a sheet for each month: read alike, and stored together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from metrics.importing.cells import Block
from metrics.importing.figures import SAME_KEY
from metrics.importing.mapping import Report, shape_of
from metrics.importing.previewing import Preview


def alike(seen: Preview, block: Block) -> list[Block]:
    """Return the other tables of a file whose columns are those of one of them."""
    shape = shape_of(block)
    return [other for other in seen.blocks if other is not block and shape_of(other) == shape]


def told_twice(reports: Sequence[Report]) -> int:
    """Count the figures that several tables tell, of one place, indicator and period."""
    seen = pd.concat([report.observations[list(SAME_KEY)] for report in reports])
    return int(seen.duplicated().sum())


def joined(reports: Sequence[Report]) -> Report:
    """Return what was understood of tables of one shape and map, as one report."""
    first = reports[0]
    counts: Counter[str] = Counter()
    for report in reports:
        counts.update(report.counts)
    return replace(
        first,
        places=pd.concat([r.places for r in reports], ignore_index=True),
        observations=pd.concat([r.observations for r in reports], ignore_index=True),
        findings=tuple(finding for report in reports for finding in report.findings),
        counts=dict(counts),
        errors=sum(report.errors for report in reports),
        empty=sum(report.empty for report in reports),
    )
