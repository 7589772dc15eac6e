"""The portal's own replies, put together: pages to lists, lists to departments."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from base.words import Message
from metrics.refresh import Reply
from metrics.refresh.adapters.portal.groups import (
    DIGITISED,
    FILED_ONLINE,
    GROUPS,
    OPENNESS,
    PAYMENT,
    PROGRESS,
    RATES,
    RESULTS,
    SATISFACTION,
)
from metrics.refresh.adapters.portal.options import Asked
from metrics.refresh.adapters.portal.records import SHAPES, Pagination, Result, Results
from metrics.refresh.adapters.portal.shape import extras, read, refused
from metrics.refresh.adapters.portal.sheet import (
    Part,
    Sheet,
    Unit,
    digitised_parts,
    given_points,
    is_provisional,
    payment_parts,
    progress_parts,
    scores_of,
    without_indicator,
)
from metrics.refresh.adapters.portal.whole import check_number, check_once, check_provinces
from metrics.store import VIET_NAM

COUNTRY: Final = "provinces"
_NAME: Final = re.compile(rf"({COUNTRY}|H\d\d)-([a-z-]+)-(\d+)\.json")
_ENDPOINTS: Final = {group.endpoint: code for code, group in GROUPS.items()}


def named(scope: str, endpoint: str, page: int) -> str:
    """Name the file of a reply: of the provinces, or of one province by the portal's code."""
    return f"{scope}-{endpoint}-{page}.json"


def parted(name: str) -> tuple[str, str, int]:
    """Take the name of such a file apart: scope, endpoint, page."""
    found = _NAME.fullmatch(name)
    if found is None or found[2] not in SHAPES:
        raise refused(name, "", name, Message("refresh.portal_allowed.file"))
    return found[1], found[2], int(found[3])


def record_of(reply: Reply) -> Any:
    """Read the data of a reply as the record of its endpoint."""
    _, endpoint, _ = parted(reply.ask.name)
    context: dict[str, Any] = {}
    if endpoint in _ENDPOINTS:
        code = _ENDPOINTS[endpoint]
        context = {"most": GROUPS[code].most, "codes": tuple(RATES) if code == DIGITISED else ()}
    return read(reply.path, reply.ask.name, SHAPES[endpoint], context)


def pages_of(record: Any) -> int:
    """Say how many pages a list has."""
    pagination: Pagination | None = record.data.pagination
    return max(1, pagination.total_pages) if pagination else 1


def sheets_of(replies: Sequence[Reply]) -> tuple[list[Sheet], set[str]]:
    """Make a sheet of each scope.

    Returns
    -------
    list of Sheet, set of str
        Those sheets, and the keys that no record knows.

    Raises
    ------
    ShapeError
        If a reply is of another shape, or pages are missing or hold a department twice.
    """
    scopes: dict[str, dict[str, dict[int, tuple[Reply, Any]]]] = {}
    unknown: set[str] = set()
    for reply in replies:
        scope, endpoint, page = parted(reply.ask.name)
        record = record_of(reply)
        unknown.update(f"{endpoint}: {key}" for key in extras(record))
        scopes.setdefault(scope, {}).setdefault(endpoint, {})[page] = (reply, record)
    return [_sheet(scope, held) for scope, held in scopes.items()], unknown


def _sheet(scope: str, held: Mapping[str, Mapping[int, tuple[Reply, Any]]]) -> Sheet:
    if RESULTS not in held:
        name = named(scope, RESULTS, 1)
        raise refused(
            name, "", Message("refresh.portal_absent"), Message("refresh.portal_allowed.file")
        )
    first: Results = held[RESULTS][min(held[RESULTS])][1].data
    name = named(scope, RESULTS, 1)
    results: list[Result] = _whole_list(scope, RESULTS, held[RESULTS])
    rows: dict[str, dict[str, Any]] = defaultdict(dict)
    for endpoint, pages in held.items():
        if endpoint != RESULTS:
            for one in _whole_list(scope, endpoint, pages):
                rows[one.department_id][_ENDPOINTS[endpoint]] = one
    _complete(scope, name, first, results)
    own = [one for one in results if one.child_group != "AGENCY"]
    reply = min((reply for pages in held.values() for reply, _ in pages.values()), key=_time)
    days = {
        _time(one).astimezone(VIET_NAM).date()
        for pages in held.values()
        for one, _ in pages.values()
    }
    if len(days) > 1:
        told = ", ".join(sorted(str(day) for day in days))
        raise refused(name, "", told, Message("refresh.portal_allowed.one_day"))
    return Sheet(
        file="reporting/evaluation",
        name=name,
        time=reply.time,
        asked=_asked(reply),
        within=None if scope == COUNTRY else scope,
        units=tuple(_unit(one, rows[one.department_id]) for one in own),
        agencies=len(results) - len(own),
        whole=_whole(first),
        left=without_indicator(
            metric
            for found in rows.values()
            for row in found.values()
            for metric in getattr(row, "metrics", ())
        ),
    )


def _time(reply: Reply) -> datetime:
    return reply.time


def _asked(reply: Reply) -> Asked:
    body = reply.ask.body or {}
    time = body["timeType"]
    return Asked(time=time, year=body["year"], number=body.get(time) if time != "year" else None)


def _whole_list(scope: str, endpoint: str, pages: Mapping[int, tuple[Reply, Any]]) -> list[Any]:
    """Put the pages of a list together; none may be missing, no department may be there twice."""
    rows: list[Any] = []
    for number, (reply, record) in sorted(pages.items()):
        data = record.data
        rows += data.children if hasattr(data, "children") else data.evaluation
        pagination: Pagination | None = data.pagination
        if pagination and pagination.current_page != number:
            allowed = Message("refresh.portal_allowed.exactly", {"limit": number})
            at = "data.pagination.currentPage"
            raise refused(reply.ask.name, at, pagination.current_page, allowed)
    name, last = named(scope, endpoint, max(pages)), pages[max(pages)][1]
    path = "data.children" if hasattr(last.data, "children") else "data.evaluation"
    said = last.data.pagination.total if last.data.pagination else len(rows)
    asked = (pages[min(pages)][0].ask.body or {}).get("pageSize")
    check_number(name, path, len(rows), said or 1)
    check_number(name, f"{path}[pages]", len(pages), pages_of(last))
    if last.data.pagination is None and len(rows) == asked:
        # A full page that says nothing of others may be the first of several.
        raise refused(name, path, len(rows), Message("refresh.portal_allowed.paged"))
    check_once(name, path, (row.department_id for row in rows))
    return rows


def _complete(scope: str, name: str, first: Results, results: Sequence[Result]) -> None:
    """Refuse fewer provinces than there are, and the departments of another province."""
    if scope == COUNTRY:
        check_provinces(name, "data.evaluation", len(results))
    code = first.overview.department_code
    if scope not in (COUNTRY, code):
        allowed = Message("refresh.portal_allowed.exactly", {"limit": scope})
        raise refused(name, "data.overview.departmentCode", code, allowed)


def _whole(results: Results) -> Unit:
    overview = results.overview
    parts: dict[str, Part] = {}
    slices = results.donuts.online_dossier if results.donuts else None
    whole = sum(one.value for one in slices or ())
    for one in slices or ():
        if one.code == "ONLINE" and whole:
            parts[FILED_ONLINE] = Part(one.percent, one.value, whole)
    code = overview.department_code or ""
    return Unit(code, overview.department_name, overview.total_score, {}, parts)


def _unit(one: Result, rows: Mapping[str, Any]) -> Unit:
    scores = scores_of(one.group_scores)
    parts: dict[str, Part] = {}
    for code, row in rows.items():
        score = row.score if code == PROGRESS else row.total_score
        if score is not None:
            scores.setdefault(code, score)
    if PROGRESS in rows:
        row = rows[PROGRESS]
        parts |= progress_parts(
            row.total_received, row.total_on_time, row.ratio, row.avg_processing_days
        )
    if PAYMENT in rows:
        parts |= payment_parts(rows[PAYMENT])
    if DIGITISED in rows:
        parts |= digitised_parts(rows[DIGITISED].metrics)
    satisfied, opened = rows.get(SATISFACTION), rows.get(OPENNESS)
    return Unit(
        one.department_code,
        one.department_name,
        one.total_score,
        scores,
        parts,
        given=given_points(satisfied.metrics) if satisfied else None,
        provisional=opened is not None and is_provisional(opened.metrics),
    )
