"""What is composed to be read, for programs: profiles, targets, findings of the audit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

import pandas as pd

from base.words import pick
from geo.editions import Area
from metrics.audit import RULES, Finding, Severity, audit
from metrics.audit import document as finding_document
from metrics.briefs import Fact, profile
from metrics.exporting import (
    EXPORT_COLUMNS,
    as_observations,
    export_rows,
    is_simulated,
    json_rows,
)
from metrics.store import Store
from metrics.targets import Progress, State, progress
from ui.address import profile_href
from ui.serving.api.listed import PAGING, list_schema, page
from ui.serving.api.operations import JSON, Answer, Asked, Operation, as_json
from ui.serving.api.parameters import CODE, EDITION, choice, known
from ui.serving.api.places import AREA, area_record
from ui.serving.api.schemas import MAYBE_STRING, STRING, listed, members, rows_schema

INDICATOR: Final = known("indicator", lambda so_far: so_far.known.catalog.indicators)
_AREA_OF_GOAL: Final = replace(CODE, param=replace(CODE.param, name="area"), required=False)
_ROW: Final = rows_schema(EXPORT_COLUMNS)


def _profile(asked: Asked) -> Answer:
    found = profile(asked.store, asked["edition"], asked["code"])
    place, link = found.place, profile_href(asked["edition"], asked["code"], asked.lang)
    facts = (*found.facts, *found.not_carried)
    rows = iter(_rows(asked, place, [(f.indicator.id, row) for f in facts for row in _told(f)]))
    document = {
        "area": area_record(place),
        "link": asked.link(link),
        "figures": [_fact(fact, rows) for fact in found.facts],
        "not_carried": [_fact(fact, rows) for fact in found.not_carried],
        "missing": [
            {"indicator_id": gap.indicator.id, "areas_with_figures": gap.n, "areas": gap.of}
            for gap in found.missing
        ],
        "empty_domains": list(found.empty_domains),
    }
    return as_json(document)


def _told(fact: Fact) -> Iterator[Mapping[str, Any]]:
    """Yield all that a fact has to be written as rows, in the order of `_fact`."""
    if fact.row is not None:
        yield fact.row
    yield from fact.alternatives
    yield from fact.promises


def _fact(fact: Fact, rows: Iterator[dict[str, Any]]) -> dict[str, Any]:
    return {
        "indicator_id": fact.indicator.id,
        "figure": next(rows) if fact.row is not None else None,
        "carried": fact.carried,
        "rank": fact.rank,
        "of": fact.of or None,
        "tied": fact.tied,
        "within": fact.within,
        "yardsticks": [
            {"against": y.against, "code": y.code, "value": y.value, "published": y.published}
            for y in fact.yardsticks
        ],
        "alternatives": [*islice(rows, len(fact.alternatives))],
        "targets_and_forecasts": [*islice(rows, len(fact.promises))],
    }


def _rows(
    asked: Asked, place: Area, figures: Sequence[tuple[str, Mapping[str, Any]]]
) -> list[dict[str, Any]]:
    """Write figures of a place, with their indicators, as rows of an export, in their order."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for at, (_, figure) in enumerate(figures):
        alike.setdefault(tuple(figure), []).append(at)
    written: dict[int, dict[str, Any]] = {}
    simulated = is_simulated(asked.store)
    # Those of the same columns together: a frame costs more than its rows.
    for places in alike.values():
        indicators = [figures[at][0] for at in places]
        frame = pd.DataFrame([{**figures[at][1], "code": place.code} for at in places])
        frame = frame.drop(columns=["area", "rank"], errors="ignore")
        made = as_observations(frame, indicators, place.edition, place.level, asked.lang)
        rows = json_rows(export_rows(asked.store, made, asked.lang, simulated))
        written.update(zip(places, rows, strict=True))
    return [written[at] for at in range(len(figures))]


def _targets(asked: Asked) -> Answer:
    found = [
        one
        for one in progress(asked.store)
        if asked["indicator"] in (None, one.goal.indicator.id)
        and asked["area"] in (None, one.goal.area)
        and (asked["area"] is None or one.goal.edition in ("", asked["edition"]))
        and asked["state"] in (None, str(one.state))
    ]
    return page(asked, found, lambda one: target_record(asked.store, one, asked))


def target_record(store: Store, one: Progress, asked: Asked) -> dict[str, Any]:
    """Write a target and how far it has been."""
    goal, lang = one.goal, asked.lang
    return {
        "indicator_id": goal.indicator.id,
        "indicator": pick(goal.indicator.title, lang),
        "unit": pick(goal.indicator.unit, lang),
        "edition": goal.edition or None,
        "area_code": goal.area,
        "value": goal.value,
        "category": goal.category or None,
        "qualifier": goal.qualifier,
        "deadline": goal.due.isoformat() if goal.due else None,
        "deadline_as_stated": goal.wording or None,
        "sources": [
            {"origin_id": s.origin, "locator": s.locator or None, "note": s.note or None}
            for s in goal.sources
        ],
        "simulated": is_simulated(store),
        "state": str(one.state),
        "reason": str(one.reason),
        "gap": one.gap,
        "figure": _figure(store, one.figure, asked),
        "also": [_figure(store, figure, asked) for _, figure in one.also],
    }


def _figure(store: Store, figure: Mapping[str, Any] | None, asked: Asked) -> dict[str, Any] | None:
    """Write the result that speaks: an observation of the store."""
    if not figure:
        return None
    return json_rows(export_rows(store, pd.DataFrame([dict(figure)]), asked.lang))[0]


def _findings(asked: Asked) -> Answer:
    found = [
        one
        for one in audit(asked.store)
        if asked["rule"] in (None, one.rule)
        and asked["severity"] in (None, str(one.severity))
        and (asked["indicator"] is None or asked["indicator"] in one.indicators)
    ]
    return page(asked, found, lambda one: finding_record(asked, one))


def finding_record(asked: Asked, finding: Finding) -> dict[str, Any]:
    """Write what the audit found, with its rows."""
    told = finding_document(finding, asked.store.catalog, asked.lang)
    told["rows"] = [{name: _plain(cell) for name, cell in row.items()} for row in told["rows"]]
    return told


def _plain(cell: Any) -> Any:
    return cell.isoformat() if hasattr(cell, "isoformat") else cell


_FACT: Final = members(
    {"indicator_id": STRING, "figure": {"anyOf": [_ROW, {"type": "null"}]}},
    carried={"type": "boolean"},
    alternatives=listed(_ROW),
    targets_and_forecasts=listed(_ROW),
)
_TARGET: Final = members(
    {"indicator_id": STRING, "area_code": STRING, "state": STRING, "reason": STRING},
    deadline=MAYBE_STRING,
    sources=listed({"type": "object"}),
)
_FINDING: Final = members({"id": STRING, "rule": STRING, "severity": STRING, "finding": STRING})

OPERATIONS: Final = (
    Operation(
        name="profile",
        path="/profiles/{edition}/{code}",
        own=(EDITION, CODE),
        media={JSON: members({"area": AREA, "figures": listed(_FACT), "missing": listed({})})},
        answer=_profile,
        example="/profiles/2025/48",
        heavy=True,
    ),
    Operation(
        name="targets",
        path="/targets",
        own=(
            INDICATOR,
            choice("state", [str(state) for state in State], said="target.state"),
            EDITION,
            _AREA_OF_GOAL,
            *PAGING,
        ),
        media={JSON: list_schema(_TARGET)},
        answer=_targets,
        example="/targets?state=missed&limit=5",
    ),
    Operation(
        name="findings",
        path="/findings",
        own=(
            choice("rule", tuple(RULES), said="rule"),
            choice("severity", [str(one) for one in Severity]),
            INDICATOR,
            *PAGING,
        ),
        media={JSON: list_schema(_FINDING)},
        answer=_findings,
        example="/findings?severity=contradiction",
        heavy=True,
    ),
)
