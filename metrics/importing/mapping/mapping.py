"""What the columns of a table are: the mapping that a reader sees, corrects and keeps."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from base.reading import DecimalMark, write_atomically
from geo.editions import Level, editions, has_area
from metrics.importing.cells import Block, ImportRefused, plain
from metrics.importing.mapping.headings import is_alike
from metrics.importing.time import Period
from metrics.observations import GRAINS, ROLES

Column = Annotated[str, Field(min_length=1, max_length=2_000)]


# What is a question until a person has said it.
Settled = Literal["edition", "level", "within", "period", "decimal", "place"]


_COLUMNS: Final = (
    *("place", "parent", "indicator_column", "unit_column", "period_column", "part_column"),
    *("note", "code"),
)
_MEASURED: Final = ("column", "numerator", "denominator", "qualifier")


class MappingRecord(BaseModel):
    """Base of the parts of a mapping: frozen, and no field that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Time(MappingRecord):
    """The period that figures are of; see `metrics.importing.period.Period`."""

    start: date | None = None
    end: date
    grain: str
    text: str = ""

    @model_validator(mode="after")
    def _known(self) -> Time:
        if self.grain not in GRAINS:
            raise ValueError(f"grain is {self.grain!r}; allowed: {', '.join(GRAINS)}")
        return self

    @classmethod
    def of(cls, period: Period) -> Time:
        """Take a period that was read."""
        return cls(start=period.start, end=period.end, grain=period.grain, text=period.text)

    def period(self) -> Period:
        """Return the period."""
        return Period(self.start, self.end, self.grain, self.text)


class Measure(MappingRecord):
    """One column of figures.

    Attributes
    ----------
    column
        The values: numbers, or the words of a status.
    indicator
        Id of the indicator; None where a column of the table names it, or nobody has said yet.
    period
        Where the column is of one period; None where another column or the mapping says.
    numerator, denominator, qualifier
        Columns with what belongs to the value.
    decimal
        Mark before the decimals of this column; None where that of the mapping holds.
    scale
        What a person says that values are multiplied by: 100 where 0.25 means 25 %. None: by what
        the table says of its units and shows in percent.
    unit, unit_beside
        The unit that the table says, and whether the heading says it or a line above.
    suffixed, slashed
        What a person says that cells such as "10k" and "80/100" are: multiplied as they say; the
        share or the first number; or no figure.
    role, role_said
        result, target or forecast; and whether a person has said so, whatever the table says.
    """

    column: Column
    indicator: str | None = None
    period: Time | None = None
    numerator: Column | None = None
    denominator: Column | None = None
    qualifier: Column | None = None
    decimal: DecimalMark | None = None
    scale: Literal[1, 100, 1_000, 10_000, 1_000_000, 1_000_000_000] | None = None
    unit: str | None = None
    unit_beside: bool = False
    suffixed: Literal["times", "empty"] | None = None
    slashed: Literal["percent", "first", "empty"] | None = None
    role: str = ROLES[0]
    role_said: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Measure:
        if self.role not in ROLES:
            raise ValueError(f"role is {self.role!r}; allowed: {', '.join(ROLES)}")
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("numerator and denominator are both given or both left out")
        return self


class Mapping(MappingRecord):
    """What the columns of a table are.

    Attributes
    ----------
    edition, level
        The map that the table is written on, and what its rows are.
    place, parent
        Columns of the area and of what it lies in.
    parent_rows
        Whether rows of areas of the level above (or headings with their name) stand before their
        parts and say the parent.
    within
        Code of the province that all rows lie in, where no column says it.
    measures
        The columns of figures.
    indicator_column, indicators
        In a long table, the column that names the indicator, and what its words mean.
    unit_column
        In a long table, the column that says the unit of each row.
    period_column, part_column, period
        The column that says the period, and that of the part where it says the year alone; else
        one period for all.
    first_days
        What a person says that dates are which are all first days: the day, or the month.
    serial_days
        What a person says that numbers of days are counted from in the period column, as
        spreadsheets keep dates: 1900 or 1904.
    decimal
        Mark before the decimals.
    note
        Column of notes.
    code
        Column of codes that stand beside the names: they must agree.
    settled
        What a person has said and the evidence does not outweigh: edition, level, within, period,
        decimal, place.
    categories
        For a status: the words of the table to ids of categories.
    places
        Spellings accepted by hand: what the table writes to the code meant.
    made_for
        The columns of the table that it was made for, where it was kept for the next one.
    export
        Whether the table is an export of the atlas, whose columns say everything themselves.
    """

    edition: str
    level: Level
    place: Column
    parent: Column | None = None
    parent_rows: bool = False
    within: str | None = None
    measures: tuple[Measure, ...] = ()
    indicator_column: Column | None = None
    indicators: dict[str, str] = Field(default_factory=dict)
    unit_column: Column | None = None
    period_column: Column | None = None
    part_column: Column | None = None
    first_days: Literal["day", "month"] | None = None
    serial_days: Literal["1900", "1904"] | None = None
    period: Time | None = None
    decimal: DecimalMark = "comma"
    note: Column | None = None
    code: Column | None = None
    settled: tuple[Settled, ...] = ()
    categories: dict[str, str] = Field(default_factory=dict)
    places: dict[str, str] = Field(default_factory=dict)
    made_for: tuple[str, ...] = ()
    export: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Mapping:
        known = [edition.id for edition in editions()]
        if self.edition not in known:
            raise ValueError(f"edition is {self.edition!r}; allowed: {', '.join(known)}")
        if self.within and not has_area(self.edition, self.within):
            raise ValueError(f"within is {self.within!r}, which edition {self.edition} lacks")
        named = [measure.column for measure in self.measures]
        twice = {name for name in named if named.count(name) > 1}
        if twice:
            raise ValueError(f"measures: a column is named twice: {', '.join(sorted(twice))}")
        return self

    def columns(self) -> set[str]:
        """Return the columns that are used."""
        used = {getattr(self, name) for name in _COLUMNS}
        for measure in self.measures:
            used |= {measure.column, measure.numerator, measure.denominator, measure.qualifier}
        return {name for name in used if name}


def check_columns(mapping: Mapping, block: Block, file: str) -> None:
    """Refuse a mapping that names columns which the table lacks.

    Raises
    ------
    ImportRefused
        Naming the columns that are missing and those that there are.
    """
    missing = sorted(mapping.columns() - set(block.columns))
    if missing:
        raise ImportRefused(
            "columns",
            file=file,
            missing=", ".join(missing),
            columns=", ".join(block.columns),
        )


def shape_of(block: Block) -> str:
    """Return what tables of one shape share: the hash of their column names, years left out."""
    names = ["".join("#" if c.isdigit() else c for c in plain(name)) for name in block.columns]
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()[:20]


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Parameters
    ----------
    path
        YAML with the fields of `Mapping`.

    Raises
    ------
    ImportRefused
        If it cannot be read or breaks the schema; the message names the fields.
    """
    return make_mapping(read_fields(path), path.name)


def make_mapping(raw: Any, file: str) -> Mapping:
    """Check the fields of a mapping.

    Raises
    ------
    ImportRefused
        Naming each field, what arrived and what is allowed.
    """
    try:
        return Mapping.model_validate(raw)
    except ValidationError as error:
        why = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or '(mapping)'}: {e['msg']}, {str(e['input'])[:80]!r}"
            for e in error.errors(include_url=False)[:8]
        )
        raise ImportRefused("mapping", file=file, why=why) from None


def mapping_from(proposed: Mapping, told: dict[str, Any], block: Block, file: str) -> Mapping:
    """Put what a person said in the place of what was proposed; what is not said stays.

    Parameters
    ----------
    told
        Fields of a mapping. Columns of a table of the same shape (`made_for`) are told by their
        position, since their names may hold another month.

    Raises
    ------
    ImportRefused
        Naming each field, what arrived and what is allowed.
    """
    if not isinstance(told, dict):
        return make_mapping(told, file)
    told = _moved(told, block)
    fields = proposed.model_dump(mode="json")
    known = {m["column"]: m for m in fields["measures"]}
    if isinstance(told.get("measures"), list):
        measures = [
            known.get(m.get("column"), {}) | {"role_said": "role" in m} | m
            if isinstance(m, dict)
            else m
            for m in told["measures"]
        ]
        told = told | {"measures": measures}
    said = {name for name in get_args(Settled) if told.get(name) is not None}
    if told.get("made_for"):
        said.discard("place")  # kept for the next table: whether that has two is seen in it
    settled = sorted({*fields["settled"], *told.get("settled", ()), *said} - {"period"})
    if "period" in told.get("settled", ()):
        settled.append("period")
    return make_mapping(fields | told | {"settled": settled, "made_for": ()}, file)


def _moved(told: dict[str, Any], block: Block) -> dict[str, Any]:
    """Call columns of another table by their names in this one, where only the period differs."""
    before = told.get("made_for") or ()
    if len(before) != len(block.columns) or tuple(before) == block.columns:
        return told
    pairs = zip(before, block.columns, strict=True)
    now = {old: new for old, new in pairs if isinstance(old, str) and is_alike(old, new)}
    moved = told | {k: now.get(told[k], told[k]) for k in _COLUMNS if isinstance(told.get(k), str)}
    if isinstance(told.get("measures"), list):
        moved["measures"] = [
            {**m, **{k: now.get(m[k], m[k]) for k in _MEASURED if isinstance(m.get(k), str)}}
            for m in told["measures"]
            if isinstance(m, dict)
        ]
    return moved


def columns_of(mapping: Mapping, block: Block) -> dict[str, Any]:
    """Return what the columns of a table are, and nothing that the next table says itself.

    Edition, province, period, scale and decimal mark are in it only where a person said them.
    """
    fields = mapping.model_dump(mode="json", exclude_defaults=True)
    for name in ("edition", "level", "within", "decimal", "period", "parent_rows"):
        if name not in mapping.settled:
            fields.pop(name, None)
    read = ("period", "decimal", "unit", "unit_beside", "role_said")
    fields["measures"] = [
        {k: v for k, v in m.items() if k not in read} for m in fields.get("measures", ())
    ]
    return fields | {"made_for": list(block.columns)}


def write_columns(fields: dict[str, Any], path: Path) -> None:
    """Write what `columns_of` gives as a mapping file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, yaml.safe_dump(fields, allow_unicode=True, sort_keys=False))


def read_fields(path: Path) -> Any:
    """Read the fields of a mapping file; `mapping_from` checks them.

    Raises
    ------
    ImportRefused
        If it is no YAML.
    """
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ImportRefused("mapping", file=path.name, why=str(error)[:300]) from None


def write_mapping(mapping: Mapping, path: Path) -> None:
    """Write a mapping file that `read_mapping` gives back the same."""
    write_columns(mapping.model_dump(mode="json", exclude_defaults=True), path)
