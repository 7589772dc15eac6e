"""Propose what the columns of a table are; the reader has the last word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from base.reading import Cell
from geo.editions import Level
from metrics.catalog import Catalog
from metrics.importing.cells import (
    JOIN,
    Block,
    decimal_of,
    looks_numeric,
    plain,
    unit_above,
    unit_headed,
)
from metrics.importing.mapping import (
    Mapping,
    Measure,
    Time,
    column_period,
    compared_with,
    export_mapping,
    group_of,
    is_export,
    is_relative,
    is_time_alone,
    period_above,
    subject_of,
)
from metrics.importing.proposal.column_kinds import (
    MOSTLY,
    PARTS,
    PERIODS,
    SAMPLE_ROWS,
    TIMES,
    are_parts,
    are_units,
    code_column,
    first_headed,
    is_figures,
    is_period,
    is_text,
    is_year,
    last_part,
)
from metrics.importing.proposal.indicator_words import indicator_headed, sure_indicator, words_of
from metrics.importing.proposal.one_province import within_one
from metrics.importing.proposal.place_column import place_column
from metrics.importing.proposal.roles import RESULT, role_headed, role_titled
from metrics.importing.tables import is_unit_heading
from metrics.importing.time import Period, read_period

_PARENTS: Final = re.compile(r"(tinh|thanh pho|province|thuoc|don vi cap tren|parent)( .*)?")
_INDICATORS: Final = re.compile(r"((ten |ma )?chi tieu|indicator|noi dung)( .*)?")
_NOTES: Final = re.compile(r"(ghi chu|note|notes|chu thich)")
_QUALIFIERS: Final = re.compile(r"(qualifier|muc do chinh xac)")
_NUMERATORS: Final = re.compile(r"(.*[^a-z])?(tu so|numerator)([^a-z].*)?")
_DENOMINATORS: Final = re.compile(r"(.*[^a-z])?(mau so|denominator)([^a-z].*)?")


def propose(block: Block, catalog: Catalog, told: dict[str, Any] | None = None) -> Mapping:
    """Propose a mapping for a table.

    Parameters
    ----------
    catalog
        The indicators that columns may be figures of.
    told
        Fields that a person has said, which the rest is worked out by: place, edition, level,
        within, period.

    Returns
    -------
    Mapping
        Indicators and periods are left open where nothing says them.
    """
    if is_export(block):
        return export_mapping(block)
    told = told or {}
    columns = {name: block.column(name)[:SAMPLE_ROWS] for name in block.columns}
    time = _times(block, columns, told.get("period"))
    place, parent, fit = place_column(columns, time, told)
    within = None
    if parent is None and (fit.level is not Level.PROVINCE or fit.share < MOSTLY):
        within, fit = within_one(block, place, fit, time, told)
    left = [name for name in block.columns if name not in (place, parent)]
    whole = told.get("period") or period_above(block)
    period_column = first_headed(left, columns, PERIODS, is_period)
    of_year = None
    if period_column is None and whole and whole.grain == "year":
        of_year = next((name for name in left if _are_of_year(name, columns[name])), None)
        period_column = of_year
    part_column = None
    years = [] if of_year else [c for c in columns.get(period_column or "", []) if c is not None]
    if period_column and not of_year and all(map(is_year, years)):
        part_column = first_headed(left, columns, PARTS, lambda cells: cells)
        if part_column and not are_parts(part_column, columns[part_column]):
            part_column = None
    units = [n for n in left if is_unit_heading(last_part(n)) and are_units(columns[n])]
    unit_column = units[0] if units else None
    indicator_column = first_headed(left, columns, _INDICATORS, is_text)
    note = next((name for name in left if _NOTES.fullmatch(plain(last_part(name)))), None)
    taken = {period_column, part_column, unit_column, indicator_column, note}
    numeric = [
        name
        for name in left
        if name not in taken
        and (is_figures(name, columns[name]) or _is_headed(name, columns[name], catalog, whole))
    ]
    decimal = decimal_of(cell for name in numeric for cell in columns[name]) or "comma"
    measures = _measures(block, numeric, catalog, indicator_column, whole)
    words = words_of(block, indicator_column, catalog)
    if (period_column and not of_year) or all(m.period for m in measures):
        whole = None
    return Mapping(
        edition=fit.edition,
        level=fit.level,
        place=place,
        parent=parent,
        parent_rows=parent is None and within is None and fit.level is not Level.PROVINCE,
        within=within,
        measures=tuple(measures),
        indicator_column=indicator_column,
        indicators=words,
        unit_column=unit_column,
        period_column=period_column,
        part_column=part_column,
        period=Time.of(whole) if whole else None,
        decimal=decimal,
        note=note,
        code=code_column(columns, {place, parent, *numeric}),
    )


def _are_of_year(name: str, cells: Sequence[Cell]) -> bool:
    """Tell whether a column says parts of the year that the title names: "Quý 3"."""
    return bool(TIMES.fullmatch(plain(last_part(name)))) and are_parts(last_part(name), cells)


def _times(block: Block, columns: dict[str, list[Cell]], told: Period | None) -> list[date]:
    """Return the ends of the periods that a table speaks of, as far as they can be told."""
    whole = told or period_above(block)
    found = [whole] if whole else []
    for name, cells in columns.items():
        if (named := column_period(name, whole)) is not None:
            found.append(named)
        elif PERIODS.fullmatch(plain(last_part(name))):
            found += [p for cell in set(cells) if (p := read_period(cell))]
    own = [period for period in found if period is not whole]
    return [period.end for period in own or found]


def _is_headed(name: str, cells: Sequence[Cell], catalog: Catalog, whole: Period | None) -> bool:
    """Tell whether a column with a number is headed as one of figures: by name, time or unit."""
    if PERIODS.fullmatch(plain(last_part(name))) or not any(map(looks_numeric, cells)):
        return False
    called, unit = unit_headed(name.split(JOIN))
    return bool(unit or column_period(name, whole) or indicator_headed(name, called, None, catalog))


def _measures(
    block: Block,
    numeric: Sequence[str],
    catalog: Catalog,
    indicator_column: str | None,
    whole: Period | None,
) -> list[Measure]:
    parts = {
        name: kind
        for name in numeric
        for kind, pattern in (("numerator", _NUMERATORS), ("denominator", _DENOMINATORS))
        if pattern.fullmatch(plain(name))
    }
    values = [name for name in numeric if name not in parts]
    by_kind = {kind: name for name, kind in parts.items()}
    qualifier = next((n for n in block.columns if _QUALIFIERS.fullmatch(plain(last_part(n)))), None)
    measures = []
    above = unit_above(block.titles)
    named = {sure_indicator(subject_of(text), catalog) for text in block.titles} - {None}
    titled = named.pop() if len(named) == 1 else None
    beside = compared_with(values, whole)
    for name in values:
        period = column_period(name, beside if is_relative(name) else whole)
        called, unit = unit_headed(name.split(JOIN))
        indicator = None if indicator_column else indicator_headed(name, called, unit, catalog)
        if indicator is None and not indicator_column and is_time_alone(group_of(name)):
            indicator = titled  # years under a title, as yearbooks have them
        parted = len(values) == 1 and len(by_kind) == 2 and _has_parts(indicator, catalog)
        measures.append(
            Measure(
                column=name,
                indicator=indicator,
                period=Time.of(period) if period else None,
                numerator=by_kind.get("numerator") if parted else None,
                denominator=by_kind.get("denominator") if parted else None,
                qualifier=qualifier if len(values) == 1 else None,
                decimal=decimal_of(block.texts(name)),
                unit=unit or above,
                unit_beside=unit is not None,
                role=role_said(name, (), catalog) or RESULT,
            )
        )
    return measures


def _has_parts(indicator: str | None, catalog: Catalog) -> bool:
    """Tell whether a numerator and a denominator may be kept of an indicator."""
    return indicator is None or catalog.indicator(indicator).numerator is not None


def role_said(heading: str, titles: Sequence[str], catalog: Catalog) -> str | None:
    """Return what a table says that the figures of a column are; None where it says nothing."""
    of_itself = sure_indicator(group_of(heading), catalog)  # "Kế hoạch …" may be its title
    return (None if of_itself else role_headed(heading)) or role_titled(titles)
