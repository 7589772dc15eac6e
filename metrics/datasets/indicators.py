"""Indicators that users define: checked like the shipped ones, with every earlier wording kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pandas as pd

from metrics.catalog import INDICATOR, ORIGIN, CatalogError, Indicator, Origin
from metrics.datasets.datasets import audit_line, writing
from metrics.observations import OBSERVATION_COLUMNS, validate
from metrics.people import NO_TEAM, WAS, Actor, OwnKey, own_keys
from metrics.store import AUDIT, DATE_COLUMNS, RECORDS, Change, Refused, Store, apply

DEFINE: Final = "define indicator"
CHANGE: Final = "change indicator"


def put_indicator(
    indicator: Indicator,
    actor: Actor,
    team: str = NO_TEAM,
    home: Path | None = None,
    *,
    origins: Sequence[Origin] = (),
) -> None:
    """Define an indicator, or change one that users have defined; the earlier wording is kept.

    Parameters
    ----------
    indicator
        The record, checked by its schema.
    actor, team
        Who defines it and for whom. One that is there stays with the team it has.
    origins
        Who has set its targets; they live and change with the indicator.

    Raises
    ------
    NotAllowed
        If the actor may not write for the team, or for the one whose indicator it is.
    Refused
        If it is a shipped indicator, names what is not shipped or given along, or no longer fits
        figures that are stored. Nothing is changed.
    """
    actor.check(team, "define_indicator")
    with writing(home) as (generations, store):
        if indicator.id in store.shipped_catalog.indicators:
            raise Refused("shipped_indicator", id=indicator.id)
        before = next((key for key in own_keys(store) if key.id == indicator.id), None)
        if before is not None:
            actor.check(before.team, "define_indicator")
        key = before or OwnKey(indicator.id, team)
        rows = _rows(key, indicator, origins)
        _check_references(store, indicator, origins)
        _check_figures(store, indicator, rows)
        older = _kept(store, key)
        action = DEFINE if before is None else CHANGE
        line = audit_line(actor, action, indicator.id, indicator.title.vi[:200])
        added = {RECORDS: pd.concat([rows, older]), AUDIT: line}
        apply(generations, Change({RECORDS: {key.text}}, added))


def history(store: Store, id_: str) -> list[tuple[str, Indicator]]:
    """List the earlier wordings of an indicator, newest first, each with when it was changed."""
    rows = store.records()
    start = f"{WAS}{INDICATOR}:{id_}:"
    mine = rows[rows["dataset"].str.startswith(start) & (rows["id"] == id_)]
    found = [
        (text.removeprefix(start), Indicator.model_validate_json(record))
        for text, record in zip(mine["dataset"], mine["record"], strict=True)
    ]
    return sorted(found, key=lambda pair: pair[0], reverse=True)


def _rows(key: OwnKey, indicator: Indicator, origins: Sequence[Origin]) -> pd.DataFrame:
    records = [(INDICATOR, indicator.id, indicator), *((ORIGIN, o.id, o) for o in origins)]
    return pd.DataFrame(
        [
            {
                "kind": kind,
                "id": id_,
                "dataset": key.text,
                "record": record.model_dump_json(exclude_defaults=True),
            }
            for kind, id_, record in records
        ]
    )


def _kept(store: Store, key: OwnKey) -> pd.DataFrame:
    """Keep the present wording under a key of the past, which nothing reads but `history`."""
    rows = store.records()
    mine = rows[(rows["dataset"] == key.text) & (rows["kind"] == INDICATOR)]
    time = datetime.now(UTC).isoformat(timespec="microseconds")
    return mine.assign(dataset=f"{WAS}{INDICATOR}:{key.id}:{time}")


def _check_references(store: Store, indicator: Indicator, origins: Sequence[Origin]) -> None:
    # What a dataset brought can be withdrawn or be private: nothing else may hang on it.
    catalog = store.shipped_catalog
    known = set(catalog.origins) | {origin.id for origin in origins}
    named = {target.origin for target in indicator.targets} | set(indicator.prefer)
    unknown = sorted(named - known)
    if indicator.weight is not None and indicator.weight not in catalog.indicators:
        unknown.append(indicator.weight)
    if indicator.domain not in catalog.domains:
        unknown.append(indicator.domain)
    if unknown:
        raise Refused("unknown_reference", named=", ".join(unknown))
    if taken := sorted({origin.id for origin in origins} & set(catalog.origins)):
        raise Refused("origin_taken", id=", ".join(taken))


def _check_figures(store: Store, indicator: Indicator, rows: pd.DataFrame) -> None:
    try:
        catalog = store.catalog_with(list(zip(rows["kind"], rows["record"], strict=True)))
    except CatalogError as error:
        raise Refused("catalog", why=str(error)) from error
    figures = store.all_observations(indicator.id)
    if figures.empty:
        return
    # Figures out of force count too: they may be restored.
    form = figures.astype(dict.fromkeys(DATE_COLUMNS, "object"))
    for name in DATE_COLUMNS:
        days = figures[name]
        form[name] = days.dt.strftime("%Y-%m-%d").where(days.notna(), "")
    origin = next(iter(catalog.origins))
    frame = form[list(OBSERVATION_COLUMNS)].assign(origin=origin).drop_duplicates()
    problems = [p for p in validate(frame, catalog) if p.column != "indicator"]
    if problems:
        raise Refused("figures", problems, n=len(problems), id=indicator.id)
