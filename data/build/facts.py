"""Make data/observations from data/facts: run `python -m data.build.facts` in the repository.

Observations of documents (``doc_*.csv``) are transcribed by hand and left alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from data.build import _fact_census, _fact_index, _fact_readings, _fact_tables
from metrics.catalog import DATA_DIR, load_catalog
from metrics.observations import (
    OBSERVATION_COLUMNS,
    ObservationError,
    read_observations,
    validate,
    write_observations,
)

OBSERVATIONS_DIR = DATA_DIR / "observations"

TABLES: dict[str, Callable[[], Iterable[dict[str, str]]]] = {
    "population_2024": _fact_tables.population,
    "urban_2019_2024": _fact_tables.urban,
    "migration_2019_2024": _fact_tables.migration,
    "area_2024": _fact_tables.area,
    "census2019": _fact_census.census,
    "census2019_carried_2024": _fact_census.carried,
    "index766_2026": _fact_tables.index766,
    "index766_2026_daily": _fact_index.daily_2026,
    "index766_2026_monthly": _fact_index.monthly_2026,
    "index766_2026_communes": _fact_index.communes_2026,
    "index766_2025": _fact_index.year_2025,
    "index766_2025_monthly": _fact_index.months_2025,
    "index766_2025_communes": _fact_index.communes_2025,
    "dvcqg_2026": _fact_tables.portal,
    "dvcqg_2026_partial": _fact_readings.portal_parts,
    "dti_rank_2022": _fact_tables.ranking,
    "dti_scores": _fact_readings.dti_scores,
    "dti_parts": _fact_readings.dti_parts,
    "coverage": _fact_readings.coverage,
    "cashless": _fact_readings.cashless,
    "vneid_health": _fact_readings.vneid_health,
}


def build(folder: Path = OBSERVATIONS_DIR) -> list[Path]:
    """Write one file of observations for each group of facts.

    Raises
    ------
    ObservationError
        If what was made breaks the observation schema.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, rows in TABLES.items():
        path = folder / f"{name}.csv"
        write_observations(pd.DataFrame(list(rows()), columns=list(OBSERVATION_COLUMNS)), path)
        paths.append(path)
    everything = pd.concat([read_observations(path) for path in sorted(folder.glob("*.csv"))])
    problems = validate(everything, load_catalog())
    if problems:
        raise ObservationError(problems)
    return paths


def main() -> None:
    """Run from the command line."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    for path in build():
        print(f"{path.name}: {len(read_observations(path))} observations")


if __name__ == "__main__":
    main()
