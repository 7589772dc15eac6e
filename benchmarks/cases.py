"""What is measured: three sizes of map, and the made-up figures that fill them.

The shipped figures hold one rate for every district and none for the communes. So that each
change of indicator brings new figures at every size, a dataset of made-up ones is put beside the
shipped ones, in a store of its own that is thrown away. Nothing is written into data/.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from base.words import Lang, pick
from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from metrics.catalog import Catalog, Indicator
from metrics.observations import OBSERVATION_COLUMNS
from metrics.store import Dataset, Store, ensure_store, generations_of, put_dataset

LANG: Lang = "vi"
DATASET = "made-up"
INDICATORS = 7  # one to open with, one to warm up, five to measure
# One number of classes for each block; not the default, which the first paints use.
CLASSES = (4, 6, 7)
PERIOD_END = "2025-06-30"
SEED = 6


@dataclass(frozen=True, slots=True)
class Case:
    """One size of map.

    Attributes
    ----------
    edition, level
        What the areas are.
    blocks
        Rounds of changes, at most as many as there are `CLASSES`.
    loads
        How many times a page is loaded to measure its first paint.
    """

    edition: str
    level: Level
    blocks: int
    loads: int

    @property
    def n(self) -> int:
        """Number of areas."""
        return len(areas(self.edition, self.level))


PROVINCES = Case(EDITION_2024, Level.PROVINCE, 3, 4)
DISTRICTS = Case(EDITION_2024, Level.DISTRICT, 3, 5)
COMMUNES = Case(EDITION_2025, Level.COMMUNE, 2, 3)
CASES = (PROVINCES, DISTRICTS, COMMUNES)


def fill_store(home: Path) -> tuple[Indicator, ...]:
    """Fill a store with the shipped figures and with made-up ones for every case.

    Parameters
    ----------
    home
        Folder of the store; a temporary one.

    Returns
    -------
    tuple of Indicator
        Those that have a made-up figure for every area of every case.
    """
    shipped = ensure_store(home=home)
    chosen = _without_figures(shipped)
    rows = [row for indicator in chosen for case in CASES for row in _rows(indicator, case)]
    frame = pd.DataFrame(rows, columns=list(OBSERVATION_COLUMNS)).fillna("")
    generations = generations_of(home=home)
    record = Dataset(DATASET, "Made-up figures of the benchmark", "", PERIOD_END, "", len(frame))
    with generations.writing():
        put_dataset(generations, record, frame)
    return chosen


def short_title(indicator: Indicator) -> str:
    """Return the title that the pickers of both pages list an indicator by."""
    return pick(indicator.short, LANG)


def _without_figures(store: Store) -> tuple[Indicator, ...]:
    """Choose rates without a shipped figure in any case, so that no source disagrees."""
    counts, catalog = store.availability(), store.catalog
    scopes = {(case.edition, str(case.level)) for case in CASES}
    here = [scope in scopes for scope in zip(counts["edition"], counts["level"], strict=True)]
    taken = set(counts["indicator"][here])
    # Pickers list only indicators with figures somewhere; a title must name one alone.
    titles = [short_title(indicator) for indicator in catalog.indicators.values()]
    free = [i for i in _rates(catalog) if i.id not in taken and titles.count(short_title(i)) == 1]
    if len(free) < INDICATORS:
        raise LookupError(f"the catalog has {len(free)} rates without figures, not {INDICATORS}")
    return tuple(free[:INDICATORS])


def _rates(catalog: Catalog) -> list[Indicator]:
    return [i for i in catalog.indicators.values() if i.kind == "rate" and i.decimals <= 2]


def _rows(indicator: Indicator, case: Case) -> list[dict[str, object]]:
    random = np.random.default_rng([SEED, case.n, len(indicator.id), sum(indicator.id.encode())])
    values = np.round(random.normal(70, 14, case.n).clip(3, 99.9), 1)
    return [
        {
            "indicator": indicator.id,
            "role": "result",
            "edition": case.edition,
            "area": place.code,
            "period_end": PERIOD_END,
            "grain": "instant",
            "value": value,
            "state": "reported",
            "qualifier": "exact",
            "origin": DATASET,
            "locator": "made up",
        }
        for place, value in zip(areas(case.edition, case.level), values, strict=True)
    ]
