"""An export of the atlas that comes back: its rows say themselves what they are."""

from __future__ import annotations

from datetime import date

import pandas as pd

from geo.names import Method
from metrics.importing.cells import Block, Findings, ImportRefused
from metrics.importing.examined.before import figures_before
from metrics.importing.figures import check, without_repeats
from metrics.importing.mapping import COLUMNS as EXPORTED
from metrics.importing.mapping import (
    Mapping,
    Report,
    export_findings,
    is_export,
    left_out,
    new_origins,
    observed,
    read_export,
    simulated_findings,
)
from metrics.importing.previewing import Preview
from metrics.observations import KEY_COLUMNS
from metrics.store import Store


def examine_export(
    seen: Preview, block: Block, mapping: Mapping, store: Store, today: date
) -> Report:
    """Report on an export of the atlas, whose rows say themselves what they are."""
    if not is_export(block):
        missing = ", ".join(sorted(set(EXPORTED.values()) - set(block.columns)))
        columns = ", ".join(block.columns)
        raise ImportRefused("columns", file=seen.book.name, missing=missing, columns=columns)
    whole = read_export(block)
    kept = observed(whole)
    frame = whole[kept]
    findings = Findings()
    findings.extend(seen.personal)
    findings.extend(simulated_findings(seen.book.name, block))
    findings.extend(export_findings(block, frame, store.catalog))
    findings.extend(left_out(block, int((~kept).sum())))
    origins = new_origins(block, frame, store.catalog)
    sound = frame
    if not findings.errors:
        findings.extend(
            check(frame, store.catalog, figures_before(store, frame), today, key=KEY_COLUMNS)
        )
        sound = without_repeats(frame, KEY_COLUMNS)
    return Report(
        mapping=mapping,
        places=_export_places(whole, kept),
        observations=sound.reset_index(drop=True),
        findings=tuple(findings.ordered()),
        counts=findings.counts,
        errors=findings.errors,
        absent=(),
        strangers={},
        empty=0,
        origins=origins,
    )


def _export_places(frame: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
    method = pd.Series(str(Method.CODE), index=frame.index).where(kept, str(Method.EMPTY))
    return pd.DataFrame(
        {
            "row": frame["row"],
            "place": frame["area"],
            "parent": "",
            "code": frame["area"].where(kept, ""),
            "method": method,
            "note": "",
            "suggestions": [()] * len(frame),
        }
    )
