"""Add verdicts over real ground to what a search by ranges found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from geo.coverage.ground import CoverageError, Inputs, Progress, Radio, Relief, Result
from geo.coverage.input import Limits
from geo.coverage.output import same_kind, texts_marked
from geo.coverage.search import with_verdicts
from geo.coverage.terrain import judge, open_relief, rank_summits


def over_ground(
    inputs: Inputs,
    result: Result,
    relief: Relief,
    radio: Radio,
    *,
    limits: Limits | None,
    scheduler: str,
    workers: int,
    progress: Progress | None,
) -> Result:
    """Add what the ground does to a result by ranges.

    Raises
    ------
    CoverageError
        Where there is no site to look from, or made-up data would be mixed with real ones.
    Unreadable
        Where a raster cannot be read.
    """
    import pandas as pd  # noqa: PLC0415

    if inputs.sites is None or not len(inputs.sites):
        raise CoverageError("terrain_no_sites", file=relief.called)
    opened = open_relief(relief, (limits or Limits()).room)
    same_kind(texts_marked(relief.called, opened.texts), inputs, relief.called)
    how: Any = {"scheduler": scheduler, "workers": workers, "progress": progress}
    judged = judge(inputs.settlements, inputs.sites, opened, radio, **how)
    frame = pd.concat([result.settlements, judged.columns], axis=1)
    areas = with_verdicts(result.areas, frame, result.options.edition)
    most = (limits or Limits()).max_paths
    summits, told = rank_summits(
        frame, opened, radio, result.options, listed=inputs.candidates, most=most, **how
    )
    found = judged.terrained
    found = replace(found, summits=summits, assumed=(*found.assumed, *told))
    return replace(result, settlements=frame, areas=areas, terrain=found)
