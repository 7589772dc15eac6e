"""SDMX-CSV, 1.0 and 2.0: a row for each figure, its dimensions and attributes in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

import pandas as pd
from pydantic import Field

from base.reading import COMMAND, Most, delimiter_of, records
from metrics.catalog import Catalog
from metrics.refresh import Ask, Gathered, Reply, Source
from metrics.refresh.adapters.cubes import (
    Cells,
    CubeOptions,
    Unit,
    fault,
    gathered,
    is_marker,
    named,
    of_shape,
    read_text,
)
from metrics.refresh.adapters.files import Glob, file_asks, once_each

VALUE, STATUS, POWER = "OBS_VALUE", "OBS_STATUS", "UNIT_MULT"
ACTION: Final = "ACTION"
# Version 1 begins with the first, version 2 with the others.
_FLOW: Final = ("DATAFLOW", "STRUCTURE_ID")
_MOST: Final[Most] = replace(COMMAND, rows=1_000_000, columns=200, cells=20_000_000)
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?")
_LARGEST: Final = 1e18
_POWER: Final = re.compile(r"-?[0-9]|1[0-5]")
_ID: Final = re.compile(r"[A-Z][A-Z0-9_]*")
# What says more of a figure, and makes it no other one.
_BESIDE: Final = frozenset(
    ("STRUCTURE", "STRUCTURE_NAME", ACTION, *_FLOW, VALUE, STATUS, POWER, "DECIMALS", "PREF_SCALE")
)
_REMARK: Final = re.compile(
    r"(?:COMMENT|TITLE|SOURCE|OBS_(?:COM|CONF|PRE)|CONF_STATUS|TIME_FORMAT)"
)
_KEPT: Final = ("", "I", "A", "R", "M")


class SdmxOptions(CubeOptions):
    """Options of SDMX-CSV.

    Attributes
    ----------
    glob
        Which files of a folder are read.
    dataflow
        Which one is meant where there are several, as the file writes it.
    ignored
        Columns that say more of a figure and make it no other one.
    """

    area: str = "REF_AREA"
    time: str = "TIME_PERIOD"
    glob: Glob = "*.csv"
    dataflow: str = ""
    ignored: tuple[str, ...] = Field(default=(), max_length=200)


class Sdmx:
    """Reads SDMX-CSV at an address or in a folder."""

    Options: ClassVar = SdmxOptions

    def asks(self, source: Source, options: SdmxOptions, replies: Sequence[Reply]) -> Sequence[Ask]:
        """Return the files to ask for."""
        accept = "application/vnd.sdmx.data+csv, text/csv;q=0.9"
        return file_asks(source, options.glob, replies, accept=accept)

    def read(
        self, source: Source, options: SdmxOptions, replies: Sequence[Reply], catalog: Catalog
    ) -> Gathered:
        """Make observations of the rows of all files."""
        found, _ = once_each(replies)
        cells = [_cells(reply, options) for reply in found]
        return gathered(cells, source, options, catalog)


def _cells(reply: Reply, options: SdmxOptions) -> Cells:
    file = reply.ask.name
    table, labels = _table(reply)
    place = "" if options.place else options.area
    wanted = {"measure": options.measure, "area": place, "time": options.time}
    known = named(table)
    if options.indicators and not options.measure:
        raise fault(file, "header", "", "dimension", option="measure", known=known)
    asked = [*filter(None, wanted.values()), *options.fixed, VALUE]
    if missing := [name for name in asked if name not in table]:
        raise fault(file, "header", known, "columns", names=named(missing))
    table = _of_flow(table, options, file)
    for column, said in options.fixed.items():
        codes = table[column]
        at = (codes == said) | (codes.map(labels.get(column, {})) == said)
        if not at.any():
            raise fault(file, column, said, "one_of", known=named(codes.unique()))
        table = table[at]
    _check_rest(table, {*asked, *options.ignored}, file)
    frame = pd.DataFrame({n: table[c] if c else "" for n, c in wanted.items()}, index=table.index)
    frame["value"] = _values(table, file)
    frame["status"] = table.get(STATUS, "")
    frame["where"] = _where(table, (*options.fixed, *filter(None, wanted.values())))
    units = _to_units(frame, table, labels, options, file) if POWER in table else {}
    said_of = {n: dict.fromkeys(frame[n], "") for n, c in wanted.items() if c}
    texts = {n: {c: labels.get(wanted[n], {}).get(c, c) for c in of} for n, of in said_of.items()}
    return Cells(file, "", frame.reset_index(drop=True), texts, units)


def _table(reply: Reply) -> tuple[pd.DataFrame, dict[str, dict[str, str]]]:
    """Read the rows as text by the ids of their columns, and the labels of codes by column.

    Labels stand behind a colon ("VN: Viet Nam"), or in a column of their own behind the codes.
    """
    file, text = reply.ask.name, read_text(reply)
    with of_shape(file):
        read = list(records(text, delimiter_of(text), file, _MOST, strict=True))
    (_, header), *rows = read or [(1, [])]
    ids = [name.partition(":")[0].strip() for name in header]
    if not set(ids) & set(_FLOW):
        raise fault(file, "header", named(header), "sdmx", names=", ".join(_FLOW))
    own = [at for at, id_ in enumerate(ids) if _ID.fullmatch(id_)]
    if len({ids[at] for at in own}) < len(own):
        raise fault(file, "header", named(header), "once")
    cells: list[list[str]] = []
    lines = []
    for line, row in rows:
        if not any(row):
            continue
        if len(row) != len(header):
            raise fault(file, f"{line}", len(row), "as_wide", n=len(header))
        cells.append(row)
        lines.append(line)
    if not cells:
        raise fault(file, "", 0, "figures")
    frame = pd.DataFrame(cells, index=lines, columns=range(len(header)), dtype="str")
    table, labels = {}, {}
    for at in own:
        codes, texts = frame[at].str.strip(), None
        if ":" in header[at]:
            parts = codes.str.split(":", n=1, expand=True)
            codes, texts = parts[0].str.strip(), parts.get(1)
        elif at + 1 < len(ids) and at + 1 not in own:
            texts = frame[at + 1]
        table[ids[at]] = codes
        if texts is not None:
            pairs = zip(codes, texts.fillna("").str.strip(), strict=True)
            labels[ids[at]] = {code: label or code for code, label in pairs}
    return pd.DataFrame(table), labels


def _of_flow(table: pd.DataFrame, options: SdmxOptions, file: str) -> pd.DataFrame:
    """Leave the rows of one dataflow; rows that take figures back cannot be read."""
    column = next(name for name in _FLOW if name in table)
    flows = table[column]
    if options.dataflow:
        table = table[flows == options.dataflow]
    elif flows.nunique() > 1:
        raise fault(file, column, named(flows.unique()), "dataflow")
    if table.empty:
        raise fault(file, column, options.dataflow, "one_of", known=named(flows.unique()))
    if ACTION in table:
        bad = table.index[~table[ACTION].isin(_KEPT)]
        if len(bad):
            raise fault(file, f"{bad[0]}, {ACTION}", table.at[bad[0], ACTION], "action")
    return table


def _check_rest(table: pd.DataFrame, known: set[str], file: str) -> None:
    """Refuse a column that nobody spoke of and that tells rows apart."""
    for column in map(str, table):
        if column in known or column in _BESIDE or _REMARK.match(column):
            continue
        if len(codes := table[column].unique()) > 1:
            raise fault(file, column, len(codes), "fixed", known=named(codes))


def _where(table: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """Say in words of the source where each figure is: its codes by column."""
    said = pd.Series("", index=table.index, dtype="str")
    for column in columns:
        said = said + f"; {column}=" + table[column]
    return said.str.removeprefix("; ")


def _values(table: pd.DataFrame, file: str) -> pd.Series:
    texts = table[VALUE]
    missing = texts.map({text: text == "NaN" or is_marker(text) for text in texts.unique()})
    told = texts[~missing.astype(bool)]
    values = pd.to_numeric(told.where(told.str.fullmatch(_NUMBER)), errors="coerce")
    bad = told.index[~(values.abs() < _LARGEST)]
    if len(bad):
        raise fault(file, f"{bad[0]}, {VALUE}", told[bad[0]], "number")
    return values.astype("float64").reindex(table.index)


def _to_units(
    frame: pd.DataFrame,
    table: pd.DataFrame,
    labels: dict[str, dict[str, str]],
    options: SdmxOptions,
    file: str,
) -> dict[str, Unit]:
    """Multiply figures by the power of ten that their rows say, but for those of a said scale."""
    of = labels.get(options.measure, {})
    scaled = set()
    for code in frame["measure"].unique():
        measure = options.measure_of(code, of.get(code, code))
        if measure is None or measure.scale is not None:
            scaled.add(code)
    by_row = ~frame["measure"].isin(scaled) & frame["value"].notna()
    powers = table.loc[by_row, POWER]
    bad = powers.index[~powers.str.fullmatch(_POWER)]
    if len(bad):
        raise fault(file, f"{bad[0]}, {POWER}", powers[bad[0]], "power")
    tens = powers.astype("int64")
    value = frame.loc[by_row, "value"]
    # Dividing by ten is exact where multiplying by a tenth is not.
    frame.loc[by_row, "value"] = value * 10.0 ** tens.clip(lower=0) / 10.0 ** (-tens).clip(lower=0)
    return {code: Unit(power=0) for code in frame["measure"].unique() if code not in scaled}
