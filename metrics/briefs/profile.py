"""Everything known about one place: each indicator with its rank, yardsticks, series and gaps."""

from __future__ import annotations

import pandas as pd

from geo.crosswalk import available, predecessors
from geo.editions import EDITION_2024, EDITION_2025, Area, Level, area
from metrics.briefs.profile_facts import carried_fact, own_fact, promised, summed_fact
from metrics.briefs.profile_records import Against, Fact, Gap, Profile, Series, Yardstick
from metrics.catalog import Catalog, Indicator
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel import places_of
from metrics.relate import SERIES_COLUMNS, seam
from metrics.store import Store, kept_in_store

__all__ = ["Against", "Fact", "Gap", "Profile", "Series", "Yardstick", "profile"]

PROFILES_KEPT = 64
# So many others must have a figure for its absence here to be worth a word.
FEWEST_OTHERS = 5
# The edition whose figures are carried to an edition that has none of its own for an indicator.
BEFORE = {EDITION_2025: EDITION_2024}


@kept_in_store(PROFILES_KEPT)
def profile(store: Store, edition: str, code: str) -> Profile:
    """Gather everything known about one place.

    Parameters
    ----------
    edition, code
        The place, of any level.

    Returns
    -------
    Profile
        The same object for the same figures: not to be changed.

    Raises
    ------
    UnknownEdition, UnknownArea
        Where there is no such place.
    """
    place = area(edition, code)
    rows = store.place_observations(edition, code)
    results = rows[rows["role"] == "result"]
    own = _in_order(store.catalog, set(results["indicator"]))
    if place.level is Level.REGION:
        facts, missing = _of_region(store, place)
    else:
        facts = [own_fact(store, indicator, place) for indicator in own]
        missing = []
    older = _older_rows(store, place)
    fresh = _in_order(store.catalog, set(older["indicator"]) - {i.id for i in own})
    brought = [carried_fact(store, indicator, BEFORE[edition], place) for indicator in fresh]
    facts += [fact for fact in brought if _told(fact)]
    only_promised = set(rows["indicator"]) - {fact.indicator.id for fact in (*facts, *brought)}
    facts += [promised(store, i, place) for i in _in_order(store.catalog, only_promised)]
    known = {fact.indicator.id for fact in (*facts, *brought)}
    if place.level is not Level.REGION:
        missing = _missing(store, place, known)
    order = {i.id: at for at, i in enumerate(_in_order(store.catalog, known))}
    facts.sort(key=lambda fact: order[fact.indicator.id])
    with_figures = {fact.indicator.domain for fact in facts}
    return Profile(
        place,
        tuple(facts),
        tuple(fact for fact in brought if not _told(fact)),
        tuple(_series(store, place, pd.concat([results, older]))),
        tuple(missing),
        tuple(id_ for id_ in store.catalog.domains if id_ not in with_figures),
    )


def _told(fact: Fact) -> bool:
    return fact.row is not None and fact.row["state"] in STATES_WITH_FIGURE


def _in_order(catalog: Catalog, ids: set[str]) -> list[Indicator]:
    """Sort indicators by domain, families together, in the order of the catalog."""
    families: dict[str, int] = {}
    for at, indicator in enumerate(catalog.indicators.values()):
        families.setdefault(indicator.family or indicator.id, at)
    position = {id_: at for at, id_ in enumerate(catalog.indicators)}
    return sorted(
        (catalog.indicator(id_) for id_ in ids),
        key=lambda i: (
            catalog.domains[i.domain].order,
            families[i.family or i.id],
            position[i.id],
        ),
    )


def _older_rows(store: Store, place: Area) -> pd.DataFrame:
    """Return the results, on the edition before, about what a place was made of."""
    before = BEFORE.get(place.edition)
    rows = store.place_observations(place.edition, place.code).iloc[:0]
    if before is None or (before, place.level, place.edition, place.level) not in available():
        return rows
    codes = [e.code for e in predecessors(place.edition, place.code) if e.level is place.level]
    found = [store.place_observations(before, code) for code in codes]
    rows = pd.concat([part for part in found if len(part)] or [rows])
    return rows[rows["role"] == "result"]


def _of_region(store: Store, place: Area) -> tuple[list[Fact], list[Gap]]:
    """Add up the provinces of a region where that is honest; tell how many have a figure."""
    counts = store.availability()
    counts = counts[counts["level"] == str(Level.PROVINCE)]
    before = BEFORE.get(place.edition, "")
    here = set(counts.loc[counts["edition"] == place.edition, "indicator"])
    older = set(counts.loc[counts["edition"] == before, "indicator"]) - here
    facts, missing = [], []
    for ids, basis in ((here, ""), (older, before)):
        for indicator in _in_order(store.catalog, ids):
            found = summed_fact(store, indicator, place, basis)
            if isinstance(found, Fact):
                facts.append(found)
            elif found.n and not basis:
                missing.append(found)
    return facts, missing


def _missing(store: Store, place: Area, known: set[str]) -> list[Gap]:
    rows = store.observations()
    rows = rows[
        (rows["role"] == "result")
        & (rows["edition"] == place.edition)
        & (rows["level"] == str(place.level))
        & rows["state"].isin(STATES_WITH_FIGURE)
        & ~rows["indicator"].isin(known)
    ]
    if place.level is Level.COUNTRY or rows.empty:
        return []
    # That others were told to do something says nothing of one that was not; nor does silence
    # about a place in a list that names only some.
    statuses = [i for i in store.catalog.indicators.values() if i.kind == "status"]
    listed = [i for i in statuses if i.list == "exhaustive"]
    have = {f"{i.id}:{c.id}" for i in listed for c in i.categories if c.meaning == "done"}
    said = rows["indicator"] + ":" + rows["category"]
    rows = rows[~rows["indicator"].isin([i.id for i in statuses]) | said.isin(have)]
    counted = rows.groupby("indicator")["area"].nunique()
    of = len(places_of(place.edition, place.level, None))
    # A ranking of which only the first are told says nothing of the others either.
    return [
        Gap(indicator, int(counted[indicator.id]), of)
        for indicator in _in_order(store.catalog, set(counted[counted >= FEWEST_OTHERS].index))
        if indicator.kind != "rank" or counted[indicator.id] >= indicator.least_share * of
    ]


def _series(store: Store, place: Area, rows: pd.DataFrame) -> list[Series]:
    """List the series of at least two points, with the seam where the map changed within."""
    numbers = rows[rows["value"].notna()]
    dates = numbers.groupby("indicator")["period_end"].nunique()
    found = []
    for indicator in _in_order(store.catalog, set(dates[dates > 1].index)):
        if place.level is Level.PROVINCE and place.edition in BEFORE:
            made = seam(store, indicator.id, place.code, place.edition, BEFORE[place.edition])
            points, day = made.frame, made.day if made.crosses else None
        else:
            points, day = _plain(numbers[numbers["indicator"] == indicator.id], place), None
        points = points[points["value"].notna()]
        if len(points) > 1:
            listed = tuple(
                {str(name): cell for name, cell in point.items()}
                for point in points.to_dict("records")
            )
            found.append(Series(indicator, listed, day))
    return found


def _plain(rows: pd.DataFrame, place: Area) -> pd.DataFrame:
    """Order the figures of one map by date; of one date and several statements none is a point."""
    told = rows.drop_duplicates(["period_end", "grain", "value"])
    told = told[~told.duplicated(["period_end"], keep=False)]
    told = told.assign(side="", on_edition=place.edition, is_carried=False)
    told = told.sort_values("period_end", kind="stable", ignore_index=True)
    return told[[column for column in SERIES_COLUMNS if column in told]]
