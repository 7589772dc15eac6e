"""The simulated country, searched once for all sessions that ask for it."""

from __future__ import annotations

import json
import tempfile
from functools import lru_cache
from pathlib import Path

from geo.boundaries import kept
from geo.coverage import DEFAULT_SEED, Files, evidence, find_gaps, simulate
from geo.coverage.evidence import Weighed
from geo.coverage.ground import Options, Radio, Relief, Result
from geo.coverage.ledger import Ledger, keep_ledger, read_snapshot
from geo.coverage.output import marked_name, write_table
from geo.coverage.simulate_evidence import simulate_evidence
from geo.coverage.simulate_ground import write_ground
from geo.coverage.terrain import open_relief
from ui.gaps.folders import own_folder
from ui.gaps.terrain import Held
from ui.gaps.upload import LIMITS

# A demonstration: fewer sites of each settlement, so that it is there within seconds.
NEAREST = 4
# Of nobody: 5G has no usual band.
MADE_UP_5G = {"5G": 2_550.0}


@kept(maxsize=1)
def simulated_result() -> Result:
    """Search the simulated country, through files as a reader would."""
    made = simulate(DEFAULT_SEED)
    with tempfile.TemporaryDirectory() as folder:
        settled = Path(folder) / marked_name("settlements.csv", True)
        sites = Path(folder) / marked_name("sites.csv", True)
        write_table(made.settlements, settled, "csv")
        write_table(made.sites, sites, "csv")
        return find_gaps(Files(settled, sites))


@kept(maxsize=1)
def simulated_ground() -> Held:
    """Search the simulated country over made-up hills, through files as a reader would."""
    made = simulate(DEFAULT_SEED)
    folder = own_folder()
    settled, sites, hills = (
        Path(folder.name) / marked_name(name, True)
        for name in ("settlements.csv", "sites.csv", "ground.tif")
    )
    write_table(made.settlements, settled, "csv")
    write_table(made.sites, sites, "csv")
    write_ground(hills)
    relief = Relief(hills)
    result = find_gaps(
        Files(settled, sites), relief=relief, radio=Radio(mhz=MADE_UP_5G, nearest=NEAREST)
    )
    return Held(result, open_relief(relief, LIMITS.room), folder)


@lru_cache(maxsize=1)
def simulated_ledger() -> Ledger:
    """Keep the ledger of the simulated lists."""
    made = simulate(DEFAULT_SEED)
    snapshots = []
    with tempfile.TemporaryDirectory() as folder:
        for at, frame in made.lists.items():
            path = Path(folder) / marked_name(f"gaps-{at.isoformat()}.csv", True)
            write_table(frame, path, "csv")
            snapshots.append(read_snapshot(path, at, whole_country=True))
    return keep_ledger(snapshots)


@kept(maxsize=1)
def simulated_weighed() -> Weighed:
    """Weigh made-up claims against made-up measurements, through files as a reader would."""
    made, told = simulate(DEFAULT_SEED), simulate_evidence(DEFAULT_SEED)
    with tempfile.TemporaryDirectory() as folder:
        settled, claims, measured, drawn = (
            Path(folder) / marked_name(name, True)
            for name in ("settlements.csv", "claims.csv", "measurements.csv", "claims.geojson")
        )
        write_table(made.settlements, settled, "csv")
        write_table(told.claims, claims, "csv")
        write_table(told.measurements, measured, "csv")
        drawn.write_text(json.dumps(told.polygons, ensure_ascii=False), encoding="utf-8")
        files = evidence.Files(settled, (claims, drawn), (measured,))
        return evidence.weigh(files, evidence.Thresholds(), Options())
