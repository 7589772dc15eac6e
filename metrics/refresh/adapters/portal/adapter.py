"""The adapter: what to ask the portal for, and what its replies say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Final

from pydantic import BaseModel

from base.words import Message
from metrics.catalog import Catalog
from metrics.refresh import Ask, Gathered, Reply, Source
from metrics.refresh.adapters.portal.added import records_for
from metrics.refresh.adapters.portal.figures import frame_of
from metrics.refresh.adapters.portal.groups import (
    DIGITISED,
    GROUPS,
    OPENNESS,
    PAYMENT,
    PROGRESS,
    RESULTS,
    SATISFACTION,
)
from metrics.refresh.adapters.portal.options import PortalOptions
from metrics.refresh.adapters.portal.replies import (
    COUNTRY,
    named,
    pages_of,
    parted,
    record_of,
    sheets_of,
)
from metrics.refresh.adapters.portal.shape import extras, refused
from metrics.refresh.adapters.portal.sheet import Sheet
from metrics.refresh.adapters.portal.snapshots import read_snapshot
from metrics.store import home_of

_PAGE_SIZE: Final = 300
_MOST_PAGES: Final = 20
_PROVINCES: Final = {"departmentType": "ADMINISTRATIVE_UNIT"}
_KINDS: Final = ("scores_", "details_", "communes_")
# The results hold the groups of provinces; these tell besides what the figures are made of.
_PROVINCE_GROUPS: Final = (OPENNESS, PROGRESS, PAYMENT, SATISFACTION, DIGITISED)


class PortalAdapter:
    """Reads the reporting service of the portal, or daily snapshots of it."""

    Options: ClassVar[type[BaseModel]] = PortalOptions

    def asks(
        self, source: Source, options: PortalOptions, replies: Sequence[Reply]
    ) -> Sequence[Ask]:
        """Ask for the provinces, then for further pages and for the communes of provinces.

        Raises
        ------
        ShapeError
            If a reply is of another shape.
        """
        names = options.snapshots or _in_folder(source.address)
        if names:
            base = source.address.rstrip("/")
            return [Ask(name, f"{base}/{name}") for name in names] if not replies else []
        if not replies:
            body = options.asked(datetime.now(UTC)).body() | _PROVINCES
            return list(self._first(source, options, COUNTRY, body))
        have = {reply.ask.name for reply in replies}
        return [one for one in self._next(source, options, replies) if one.name not in have]

    def read(
        self, source: Source, options: PortalOptions, replies: Sequence[Reply], catalog: Catalog
    ) -> Gathered:
        """Make observations of the replies.

        Raises
        ------
        ShapeError
            If one is of another shape, or they do not make a whole.
        """
        sheets, unknown = (
            _snapshot_sheets(replies) if _are_snapshots(replies) else sheets_of(replies)
        )
        frame, notes = frame_of(source, options, sheets)
        if unknown:
            keys = ", ".join(sorted(unknown)[:20])
            notes.append(Message("refresh.portal_note.unknown_keys", {"keys": keys}))
        if frame.empty:
            name = replies[0].ask.name if replies else source.address
            allowed = Message("refresh.portal_allowed.figures")
            raise refused(name, "", Message("refresh.portal_absent"), allowed)
        records = records_for(source, frame["indicator"].unique(), catalog)
        return Gathered(frame, records, tuple(notes), whole=False)

    def _first(
        self, source: Source, options: PortalOptions, scope: str, body: dict[str, Any]
    ) -> Iterator[Ask]:
        """Ask for the first page of all that is wanted of a scope."""
        wanted: Sequence[str] = ()
        if scope != COUNTRY:
            wanted = tuple(GROUPS)
        elif options.provinces and "indicators" in options.figures:
            wanted = _PROVINCE_GROUPS
        for endpoint in (RESULTS, *(GROUPS[code].endpoint for code in wanted)):
            yield _first_page(source, scope, endpoint, body)

    def _next(
        self, source: Source, options: PortalOptions, replies: Sequence[Reply]
    ) -> Iterator[Ask]:
        for reply in replies:
            scope, endpoint, page = parted(reply.ask.name)
            record = record_of(reply)
            pages = pages_of(record)
            if pages > _MOST_PAGES:
                allowed = Message("refresh.portal_allowed.at_most", {"limit": _MOST_PAGES})
                raise refused(reply.ask.name, "data.pagination.totalPages", pages, allowed)
            if page < pages:
                body = {**(reply.ask.body or {}), "currentPage": page + 1}
                address = reply.ask.address
                yield Ask(named(scope, endpoint, page + 1), address, "POST", body)
            if (scope, endpoint) == (COUNTRY, RESULTS):
                ids = {one.department_code: one.department_id for one in record.data.evaluation}
                # The same time as was asked for of the provinces, whatever it is by now.
                time = {k: v for k, v in (reply.ask.body or {}).items() if k not in _PROVINCES}
                for code in options.communes:
                    if code in ids:
                        body = time | {"rootDepartmentId": ids[code]}
                        yield from self._first(source, options, code, body)


def _first_page(source: Source, scope: str, endpoint: str, body: dict[str, Any]) -> Ask:
    address = f"{source.address.rstrip('/')}/{endpoint}"
    paged = {**body, "pageSize": _PAGE_SIZE, "currentPage": 1}
    return Ask(named(scope, endpoint, 1), address, "POST", paged)


def _in_folder(address: str) -> tuple[str, ...]:
    """List the snapshots of a folder; nothing where the address is none."""
    if "://" in address:
        return ()
    folder = home_of(None) / Path(address).expanduser()
    found = sorted(path.name for path in folder.glob("*.json")) if folder.is_dir() else []
    return tuple(name for name in found if name.startswith(_KINDS))


def _are_snapshots(replies: Sequence[Reply]) -> bool:
    return bool(replies) and replies[0].ask.method == "GET"


def _snapshot_sheets(replies: Sequence[Reply]) -> tuple[list[Sheet], set[str]]:
    sheets: list[Sheet] = []
    unknown: set[str] = set()
    for reply in replies:
        record, sheet = read_snapshot(reply)
        unknown.update(extras(record))
        sheets.append(sheet)
    return sheets, unknown
