"""Tables of a department, at an address or in a folder, read as those that people bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal

import pandas as pd
from pydantic import Field, field_validator

from base.words import Lang, Message
from metrics.catalog import ORIGIN, Catalog
from metrics.datasets import spellings
from metrics.importing import (
    PENDING,
    Block,
    Finding,
    Mapping,
    Preview,
    Report,
    Time,
    alike,
    examine,
    kept_columns,
    preview,
    read_fields,
    read_period,
    remembered,
    settled,
)
from metrics.observations import OBSERVATION_COLUMNS
from metrics.refresh import Ask, Gathered, Reply, ShapeError, Source
from metrics.refresh.adapters.cubes import FIGURE, Placed, named, of_shape, read_bytes
from metrics.refresh.adapters.files import Glob, file_asks, once_each
from metrics.store import current_store, home_of

MOST_TOLD: Final = 5
_MOST_BYTES: Final = 256 << 20
Column = Annotated[str, Field(min_length=1, max_length=2_000)]


class TableOptions(Placed):
    """Options of a table; what is asked of those that people bring is said here.

    The names are those of the options of ``python -m metrics import``.

    Attributes
    ----------
    glob
        Which files of a folder are read, in the order of their names: later ones win.
    mapping
        What the columns are: a file below the atlas's home, or its fields. Left out: as they were
        last used for tables of this shape by the team of the source.
    table
        Which of the tables of a file; needed where there are several.
    alike
        Whether all tables of its shape are read, as a sheet for each month.
    """

    glob: Glob = "*"
    mapping: str | dict[str, Any] | None = None
    table: Annotated[int, Field(ge=1, le=1_000)] | None = None
    alike: bool = False
    within: str | None = None
    place: Column | None = None
    period: str | None = None
    decimal: Literal["comma", "point"] | None = None
    first_days: Literal["day", "month"] | None = None
    serial_days: Literal["1900", "1904"] | None = None
    scale: dict[Column, int] = Field(default_factory=dict)
    role: dict[Column, str] = Field(default_factory=dict)
    period_of: dict[Column, str] = Field(default_factory=dict)
    suffix: dict[Column, str] = Field(default_factory=dict)
    slash: dict[Column, str] = Field(default_factory=dict)
    leave_out: bool = False

    @field_validator("period")
    @classmethod
    def _period(cls, text: str | None) -> str | None:
        if text not in (None, _COLUMN):
            _time(str(text))
        return text

    @field_validator("period_of")
    @classmethod
    def _periods(cls, told: dict[str, str]) -> dict[str, str]:
        for text in told.values():
            _time(text)
        return told

    def said(self) -> dict[str, Any]:
        """Return the fields of a mapping that are said; what is said is settled."""
        names = ("edition", "level", "within", "place", "decimal", "first_days", "serial_days")
        said = {name: value for name in names if (value := getattr(self, name))}
        said["level"] = str(self.level)
        sure = [name for name in said if name not in ("first_days", "serial_days")]
        if self.period is not None:
            sure.append("period")
        if self.period not in (None, _COLUMN):
            said |= {"period": _time(self.period), "period_column": None, "part_column": None}
        said["periods"] = {column: _time(text) for column, text in self.period_of.items()}
        said |= {"scales": self.scale, "roles": self.role}
        said |= {"suffixes": self.suffix, "slashes": self.slash}
        return {**said, "settled": sure}


# What `period` says where the column of periods is right, whatever stands above the table.
_COLUMN: Final = "column"


def _time(text: str) -> dict[str, Any]:
    period = read_period(text)
    if period is None:
        raise ValueError(f"{text!r} is no period; allowed: 2026-09, Q3 2026, 2026, 2026-09-30")
    return Time.of(period).model_dump(mode="json")


@dataclass(frozen=True)
class _Asked(Message):
    """What the reader of tables found wrong, each with where it is and what settles it."""

    findings: tuple[Finding, ...] = ()

    def say(self, lang: Lang) -> str:
        said = []
        for one in self.findings:
            where = f"{one.where(lang)}: " if one.where(lang) else ""
            said.append(f"{where}{one.say(lang)} {one.option(lang)}".strip())
        return " ".join(said)


class Table:
    """Reads CSV and workbooks by a saved mapping."""

    Options: ClassVar = TableOptions

    def asks(
        self, source: Source, options: TableOptions, replies: Sequence[Reply]
    ) -> Sequence[Ask]:
        """Return the files to ask for."""
        return file_asks(source, options.glob, replies)

    def read(
        self, source: Source, options: TableOptions, replies: Sequence[Reply], catalog: Catalog
    ) -> Gathered:
        """Make observations of the tables of all files; where two tell a figure, the later one.

        The store is that of this process: the reader compares with the figures of before.
        """
        del catalog
        found, again = once_each(replies)
        frames, notes = [], []
        origins = {source.dataset: options.origin.origin(source)}
        for reply in found:
            for report in _reports(reply, source, options):
                frame = report.observations[list(OBSERVATION_COLUMNS)]
                where = f"{reply.ask.name}: " + frame["locator"]
                own = frame["origin"].replace(PENDING, source.dataset)
                frames.append(frame.assign(locator=where, origin=own))
                origins |= {one.id: one for one in report.origins}
                notes += _notes(report, reply.ask.name)
        whole = pd.concat(frames, ignore_index=True)
        kept = whole.drop_duplicates(list(FIGURE), keep="last").reset_index(drop=True)
        if n := len(whole) - len(kept):
            notes.append(Message("refresh.note.later", {"n": n}))
        if again:
            notes.append(Message("refresh.note.again", {"n": len(again), "names": named(again)}))
        records = tuple(
            (ORIGIN, one.model_dump_json(exclude_defaults=True)) for one in origins.values()
        )
        return Gathered(kept, records, tuple(notes), options.whole)


def _reports(reply: Reply, source: Source, options: TableOptions) -> list[Report]:
    file = reply.ask.name
    with of_shape(file):
        seen = preview(file, read_bytes(reply, _MOST_BYTES))
        blocks = _blocks(seen, options, file)
        reports = [_report(seen, block, reply, source, options) for block in blocks]
    for report in reports:
        if report.blocked:
            errors = tuple(f for f in report.findings if f.severity == "error")
            told = _Asked("", {}, errors[:MOST_TOLD])
            raise ShapeError("table.asked", file=file, n=report.errors, what=told)
    return reports


def _blocks(seen: Preview, options: TableOptions, file: str) -> list[Block]:
    n = len(seen.blocks)
    if options.table is None and n > 1 and not options.alike:
        names = named(
            f"{at}. {b.sheet or '–'}: {', '.join(b.columns)}" for at, b in enumerate(seen.blocks, 1)
        )
        raise ShapeError("table.several", file=file, n=n, names=names)
    if (options.table or 1) > n:
        raise ShapeError("table.lacking", file=file, n=n, table=options.table)
    block = seen.blocks[(options.table or 1) - 1]
    return [block, *alike(seen, block)] if options.alike else [block]


def _report(
    seen: Preview, block: Block, reply: Reply, source: Source, options: TableOptions
) -> Report:
    store = current_store()
    mapping = _mapping(block, source, options, store.catalog, reply.ask.name)
    known = spellings(store, mapping.edition, mapping.level, source.team)
    return examine(
        *(seen, block, mapping, store),
        today=reply.time.date(),
        leave_out=options.leave_out,
        aliases=known,
    )


def _mapping(
    block: Block, source: Source, options: TableOptions, catalog: Catalog, file: str
) -> Mapping:
    """Return what the columns are, as it was saved, with what the source says besides."""
    told = options.mapping
    if isinstance(told, str):
        path = home_of() / Path(told).expanduser()
        told, file = read_fields(path), path.name
    if told is None:
        start = remembered(block, catalog, source.team)
        if start is None:
            raise ShapeError("table.unmapped", file=file, columns=named(block.columns))
        told = kept_columns(start, block)
    elif not isinstance(told, dict):
        raise ShapeError("table.unmapped", file=file, columns=named(block.columns))
    return settled(block, catalog, {**told, **options.said()}, file)


def _notes(report: Report, file: str) -> list[Message]:
    lost = report.unmatched["place"].astype(str).drop_duplicates()
    notes = []
    if len(lost):
        told = {"n": len(lost), "names": named(lost)}
        notes.append(Message("refresh.note.strangers", told))
    warned = sum(report.counts.values()) - report.errors
    if warned:
        notes.append(Message("refresh.note.warned", {"n": warned, "file": file}))
    return notes
