"""Propose what the columns of a table are; the reader has the last word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
from rapidfuzz import fuzz, process

from base.reading import Cell
from geo.editions import Level, areas, editions
from metrics.catalog import Catalog, Indicator
from metrics.importing.blocks import JOIN, Block, is_unit_heading, is_unnamed
from metrics.importing.export import export_mapping, is_export
from metrics.importing.headings import column_period, group_of, period_above
from metrics.importing.mapping import Mapping, Measure, Time
from metrics.importing.numbers import decimal_of, looks_numeric, read_number
from metrics.importing.periods import Period, part_headed, plain, read_period
from metrics.importing.places import Fit, fits, fits_below_rows, level_named, province_named
from metrics.importing.roles import RESULT, role_headed, role_titled
from metrics.importing.units import factor, read_unit, unit_above, unit_headed, unit_in_heading

SAMPLE_ROWS: Final = 400
LONGEST_NAME: Final = 60
# A column is of places, periods or numbers where so many of its cells are.
MOSTLY: Final = 0.6
# Of so many numbers and words for none, a column is of figures, too.
FEWEST: Final = 0.3
LONGEST_WORD: Final = 40
_ORDINAL: Final = re.compile(r"(stt|tt|no|so tt|so thu tu|#)( .*)?")
_CODES: Final = re.compile(r"(ma|code)( .*)?")
_PARENTS: Final = re.compile(r"(tinh|thanh pho|province|thuoc|don vi cap tren|parent)( .*)?")
_PERIODS: Final = re.compile(
    r"(ky( .*)?|thoi (gian|diem|ky)( .*)?|thang|quy|nam|ngay( .*)?|period|date|year|month|quarter)"
)
_INDICATORS: Final = re.compile(r"((ten |ma )?chi tieu|indicator|noi dung)( .*)?")
_PARTS: Final = re.compile(r"(thang|quy|month|quarter)")
_NOTES: Final = re.compile(r"(ghi chu|note|notes|chu thich)")
_QUALIFIERS: Final = re.compile(r"(qualifier|muc do chinh xac)")
_NUMERATORS: Final = re.compile(r"(.*[^a-z])?(tu so|numerator)([^a-z].*)?")
_DENOMINATORS: Final = re.compile(r"(.*[^a-z])?(mau so|denominator)([^a-z].*)?")
# What a heading that is a period alone may say beside it: "Sơ bộ 2025".
_TIME_ALONE: Final = re.compile(r"(?:so bo|chinh thuc|thuc hien|uoc(?: tinh| thuc hien)?|prel\w*)?")
LIKELY: Final = 72
# A title or the name of a sheet that says where all rows are.
_OF_PROVINCE: Final = re.compile(
    r"\b(?:tỉnh|thành phố|t\.?p\.?|thủ đô|province of)\s+(?=(\S.*))", re.IGNORECASE
)
MOST_WORDS_OF_A_NAME: Final = 5
# Shares of names that lie so near are told apart by what headings and periods say.
NEAR: Final = 0.08


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
    place, parent, fit = _place(columns, time, told)
    within = None
    if parent is None and (fit.level is not Level.PROVINCE or fit.share < MOSTLY):
        within, fit = _within_one(block, place, fit, time, told)
    left = [name for name in block.columns if name not in (place, parent)]
    period_column = _first(left, columns, _PERIODS, _is_period)
    part_column = None
    if period_column and all(_is_year(c) for c in columns[period_column] if c is not None):
        part_column = _first(left, columns, _PARTS, lambda cells: cells)
        if part_column and not _are_parts(part_column, columns[part_column]):
            part_column = None
    units = [n for n in left if is_unit_heading(_last(n)) and _are_units(columns[n])]
    unit_column = units[0] if units else None
    indicator_column = _first(left, columns, _INDICATORS, _is_text)
    note = next((name for name in left if _NOTES.fullmatch(plain(_last(name)))), None)
    taken = {period_column, part_column, unit_column, indicator_column, note}
    whole = told.get("period") or period_above(block)
    numeric = [
        name
        for name in left
        if name not in taken
        and (_is_figures(name, columns[name]) or _is_headed(name, columns[name], catalog, whole))
    ]
    decimal = decimal_of(cell for name in numeric for cell in columns[name]) or "comma"
    measures = _measures(block, numeric, catalog, indicator_column, whole)
    words = _words(block, indicator_column, catalog)
    if period_column or all(m.period for m in measures):
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
        code=_code_column(columns, {place, parent, *numeric}),
    )


def _times(block: Block, columns: dict[str, list[Cell]], told: Period | None) -> list[date]:
    """Return the ends of the periods that a table speaks of, as far as they can be told."""
    whole = told or period_above(block)
    found = [whole] if whole else []
    for name, cells in columns.items():
        if (named := column_period(name, whole)) is not None:
            found.append(named)
        elif _PERIODS.fullmatch(plain(_last(name))):
            found += [p for cell in set(cells) if (p := read_period(cell))]
    own = [period for period in found if period is not whole]
    return [period.end for period in own or found]


def _code_column(columns: dict[str, list[Cell]], taken: set[str | None]) -> str | None:
    """Find the column of codes beside the names."""
    for name, cells in columns.items():
        if name in taken or not _CODES.fullmatch(plain(_last(name))):
            continue
        known = [cell for cell in cells if cell is not None]
        if known and sum(looks_numeric(cell) for cell in known) > MOSTLY * len(known):
            return name
    return None


def _last(name: str) -> str:
    return name.rsplit(JOIN, 1)[-1]


def _place(
    columns: dict[str, list[Cell]], time: Sequence[date], told: dict[str, Any]
) -> tuple[str, str | None, Fit]:
    """Find the column of places, that of their parents, and the map that they are of."""
    tried: dict[str, Fit] = {}
    for name, cells in columns.items():
        if told.get("place") not in (None, name):
            continue
        if told.get("place") is None and not _may_be_places(name, cells):
            continue
        tried[name] = _best(_allowed(_maps(cells), told), name, time)
    if not tried:
        first = next(iter(columns))
        return first, None, _best(_allowed(fits([]), told), first, time)
    names = {n for n in tried if not _CODES.fullmatch(plain(_last(n)))}
    # Of a column of provinces and one of their parts, the parts are what the rows are of.
    for above in (n for n in columns if n not in tried and told.get("place")):
        if not _may_be_places(above, columns[above]):
            continue
        if _best(fits(columns[above]), above, time).level is Level.PROVINCE:
            name = next(iter(tried))
            fit = _within(columns[name], columns[above], time, told)
            if fit is not None and fit.level is not Level.PROVINCE and fit.share >= MOSTLY:
                return name, above, fit
    for above in (n for n, f in tried.items() if f.level is Level.PROVINCE and f.share >= MOSTLY):
        for name in tried:
            fit = _within(columns[name], columns[above], time, told) if name != above else None
            if fit is not None and fit.level is not Level.PROVINCE and fit.share >= MOSTLY:
                return name, above, fit
    best = max(tried, key=lambda name: (tried[name].share, name in names, tried[name].n))
    good = [name for name in names if tried[name].share >= MOSTLY]
    if best not in names and good:  # names are read by people, codes beside them check them
        best = max(good, key=lambda name: tried[name].share)
    return best, None, tried[best]


def _maps(cells: Sequence[Cell]) -> list[Fit]:
    """Return the maps that names may be of, alone or below rows of their provinces."""
    found = fits(cells)
    if found[0].share < MOSTLY and any(f.n and f.level is Level.PROVINCE for f in found):
        found = sorted([*fits_below_rows(cells), *found], key=lambda fit: -fit.share)
    return found


def _may_be_places(name: str, cells: Sequence[Cell]) -> bool:
    """Tell whether a column may hold places: texts, or codes under their heading."""
    if _ORDINAL.fullmatch(plain(_last(name))) or not any(isinstance(c, str) for c in cells):
        return False
    known = [c for c in cells if c is not None and not read_number(c, "comma").missing]
    numbers = sum(looks_numeric(c) for c in known)
    return bool(known) and (
        numbers <= (1 - MOSTLY) * len(known) or bool(_CODES.fullmatch(plain(_last(name))))
    )


def _allowed(found: list[Fit], told: dict[str, Any]) -> list[Fit]:
    """Leave the maps that a person has not ruled out."""
    kept = [
        fit
        for fit in found
        if told.get("edition") in (None, fit.edition) and told.get("level") in (None, fit.level)
    ]
    return kept or found


def _best(found: list[Fit], heading: str, time: Sequence[date] = ()) -> Fit:
    """Return the best fit; of about equal ones that of the level and the time that are named."""
    top = found[0].share
    level = level_named(_last(heading))
    near = [
        fit
        for fit in found
        if fit.share >= max(top - NEAR, 0.01)
        or (fit.level is level and fit.share >= 0.5 and of_its_time(fit.edition, time))
    ] or found[:1]
    return max(
        near,
        key=lambda fit: (
            fit.level is level,
            # All provinces of a map and no others are of that map, whatever the time.
            fit.level is Level.PROVINCE
            and fit.share >= 1 - NEAR
            and fit.n >= len(areas(fit.edition, fit.level)),
            of_its_time(fit.edition, time) is not False,
            fit.share,
            # Of equal ones the newest edition comes first.
            -found.index(fit),
        ),
    )


def of_its_time(edition_id: str, ends: Sequence[date]) -> bool | None:
    """Tell whether a map was in force at the ends of some periods; None where they differ."""
    newest = editions()[-1]
    after = {end >= newest.valid_from for end in ends}
    if len(after) != 1:
        return None
    return after.pop() == (edition_id == newest.id)


def _within_one(
    block: Block,
    place: str,
    fit: Fit,
    time: Sequence[date],
    told: dict[str, Any],
) -> tuple[str | None, Fit]:
    """Find the one province that all rows are in, by the name of the sheet or a title."""
    found: dict[Fit, str] = {}
    cells = block.column(place)[:SAMPLE_ROWS]
    texts = [text for text in (block.sheet, *block.titles) if text]
    for edition in reversed(editions()):
        named = provinces_in(texts, edition.id)
        if told.get("within"):
            named = {str(told["within"])} & {a.code for a in areas(edition.id, Level.PROVINCE)}
        for code in sorted(named):
            inside = _allowed(fits(cells, [code] * len(cells)), told)
            own = [f for f in inside if f.edition == edition.id and f.level is not Level.PROVINCE]
            if own and (best := _best(own, place, time)).share >= max(MOSTLY, fit.share - NEAR):
                found[best] = code
    if not found:
        return None, fit
    best = _best(sorted(found, key=lambda f: -f.share), place, time)
    return found[best], best


def provinces_in(texts: Sequence[str], edition_id: str) -> set[str]:
    """Return the provinces of an edition that a title or the name of a sheet speaks of.

    "UBND tỉnh Tây Ninh" and "… AN SINH XÃ HỘI tỉnh Tây Ninh THÁNG 9/2026" name one; "(cũ)" behind
    a name takes it out.
    """
    found: set[str] = set()
    for text in texts:
        if len(text) <= LONGEST_NAME and (whole := province_named(text, edition_id)):
            found.add(whole)
            continue
        for match in _OF_PROVINCE.finditer(text):
            words = re.split(r"[\s,;:()]+", match[1])[:MOST_WORDS_OF_A_NAME]
            for n in range(len(words), 0, -1):
                if code := province_named(" ".join(words[:n]), edition_id):
                    found.add(code)
                    break
    return found


def _within(
    names: Sequence[Cell], parents: Sequence[Cell], time: Sequence[date], told: dict[str, Any]
) -> Fit | None:
    above = pd.Series(list(parents), dtype=object)
    if above.notna().any() and above.iloc[:1].notna().all():  # written once, for the rows below
        above = above.ffill()
    pairs = [(n, p) for n, p in zip(names, above, strict=True) if n is not None]
    if not pairs:
        return None
    return _best(_allowed(fits(*zip(*pairs, strict=True)), told), "", time)


def _is_period(cells: Sequence[Cell]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and sum(read_period(c) is not None for c in known) > MOSTLY * len(known)


def _is_year(cell: Cell) -> bool:
    period = read_period(cell)
    return period is not None and period.grain == "year"


def _are_parts(heading: str, cells: Sequence[Cell]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(part_headed(heading, cell, 2000) for cell in known)


def _are_units(cells: Sequence[Cell]) -> bool:
    known = [cell for cell in cells if isinstance(cell, str)]
    return bool(known) and sum(read_unit(cell) is not None for cell in known) > MOSTLY * len(known)


def _is_text(cells: Sequence[Cell]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and sum(looks_numeric(c) for c in known) < len(known) / 2


def _is_figures(name: str, cells: Sequence[Cell]) -> bool:
    """Tell whether a column is mostly numbers; or numbers and words for none, without a digit."""
    last = plain(_last(name))
    if _ORDINAL.fullmatch(last) or _CODES.fullmatch(last) or is_unnamed(name):
        return False
    known = [c for c in cells if c is not None and not _is_no_figure(c)]
    numbers = sum(looks_numeric(c) for c in known)
    return numbers > MOSTLY * len(known) or (
        numbers > FEWEST * len(known) and sum(map(_is_word, known)) + numbers == len(known)
    )


def _is_no_figure(cell: Cell) -> bool:
    """Tell whether a cell says that there is no figure, or is the error of a formula."""
    return (isinstance(cell, str) and cell.startswith("#")) or read_number(cell, "comma").missing


def _is_word(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= LONGEST_WORD and not any(map(str.isdigit, cell))


def _is_headed(name: str, cells: Sequence[Cell], catalog: Catalog, whole: Period | None) -> bool:
    """Tell whether a column with a number is headed as one of figures: by name, time or unit."""
    if _PERIODS.fullmatch(plain(_last(name))) or not any(map(looks_numeric, cells)):
        return False
    called, unit = unit_headed(name.split(JOIN))
    return bool(unit or column_period(name, whole) or _indicator(name, called, None, catalog))


def _first(
    names: Sequence[str],
    columns: dict[str, list[Cell]],
    heading: re.Pattern[str],
    holds: object,
) -> str | None:
    for name in names:
        if heading.fullmatch(plain(_last(name))) and callable(holds) and holds(columns[name]):
            return name
    return None


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
    qualifier = next((n for n in block.columns if _QUALIFIERS.fullmatch(plain(_last(n)))), None)
    measures = []
    above = unit_above(block.titles)
    named = {sure_indicator(text, catalog) for text in block.titles} - {None}
    titled = named.pop() if len(named) == 1 else None
    for name in values:
        parted = len(values) == 1 and len(by_kind) == 2
        period = column_period(name, whole)
        called, beside = unit_headed(name.split(JOIN))
        indicator = None if indicator_column else _indicator(name, called, beside, catalog)
        if (
            indicator is None
            and not indicator_column
            and _TIME_ALONE.fullmatch(plain(group_of(name)))
        ):
            indicator = titled  # years under a title, as yearbooks have them
        measures.append(
            Measure(
                column=name,
                indicator=indicator,
                period=Time.of(period) if period else None,
                numerator=by_kind.get("numerator") if parted else None,
                denominator=by_kind.get("denominator") if parted else None,
                qualifier=qualifier if len(values) == 1 else None,
                decimal=decimal_of(block.texts(name)),
                unit=beside or above,
                unit_beside=beside is not None,
                role=role_said(name, (), catalog) or RESULT,
            )
        )
    return measures


def role_said(heading: str, titles: Sequence[str], catalog: Catalog) -> str | None:
    """Return what a table says that the figures of a column are; None where it says nothing."""
    of_itself = sure_indicator(group_of(heading), catalog)  # "Kế hoạch …" may be its title
    return (None if of_itself else role_headed(heading)) or role_titled(titles)


def _indicator(name: str, called: str, unit: str | None, catalog: Catalog) -> str | None:
    """Return the indicator that a heading names, or names with its own unit behind it."""
    whole = sure_indicator(group_of(name), catalog)
    if whole or unit is None:
        return whole
    found = sure_indicator(called, catalog)
    if found and factor(unit, catalog.indicator(found).unit.vi, beside=True) is not None:
        return found
    return None


def _words(block: Block, indicator_column: str | None, catalog: Catalog) -> dict[str, str]:
    if indicator_column is None:
        return {}
    words = dict.fromkeys(str(c) for c in block.column(indicator_column) if c is not None)
    found = {word: sure_indicator(word, catalog) for word in words}
    return {word: indicator for word, indicator in found.items() if indicator}


def sure_indicator(text: str, catalog: Catalog) -> str | None:
    """Return the indicator whose id or full title a heading is; what is merely alike is not.

    Parameters
    ----------
    text
        A heading, or a word of the indicator column.
    """
    if text in catalog.indicators:
        return text
    wanted = plain(text)
    same = [
        indicator.id
        for indicator in catalog.indicators.values()
        if wanted in (plain(indicator.title.vi), plain(indicator.title.en))
    ]
    return same[0] if len(same) == 1 else None


def why_likely(text: str, indicator: Indicator) -> str:
    """Return the words of a heading that an indicator shares, and the unit: why it is offered."""
    title = set(plain(f"{indicator.title.vi} {indicator.title.en}").split())
    called, unit = unit_in_heading(_last(text))
    shared = [word for word in called.split() if plain(word) in title]
    own = indicator.unit.vi
    same = unit is not None and factor(unit, own, beside=True) is not None
    return " ".join(shared) + (f"; {own}" if same else "")


def likely_indicators(text: str, catalog: Catalog, n: int = 5) -> list[tuple[Indicator, float]]:
    """Suggest indicators for a heading, the most alike first; never to be joined unseen.

    Returns
    -------
    list of (Indicator, float)
        With a likeness from `LIKELY` to 100.
    """
    wanted = plain(text.replace(JOIN, " ").replace("(%)", " ").replace("%", " "))
    if not wanted:
        return []
    titles = {
        (indicator.id, kind): plain(title)
        for indicator in catalog.indicators.values()
        for kind, title in (
            ("vi", indicator.title.vi),
            ("en", indicator.title.en),
            ("short.vi", indicator.short.vi),
            ("short.en", indicator.short.en),
        )
    }
    hits = process.extract(wanted, titles, scorer=fuzz.token_sort_ratio, limit=4 * n)
    best: dict[str, float] = {}
    for _, score, (id_, _kind) in hits:
        if score >= LIKELY:
            best[id_] = max(best.get(id_, 0.0), score)
    # "Tỷ lệ số hóa (%)": all its words are in several titles, of the same unit.
    _, unit = unit_in_heading(_last(text))
    words = set(wanted.split())
    for (id_, _kind), title in titles.items():
        own = catalog.indicator(id_).unit.vi
        if len(words) > 1 and words <= set(title.split()) and id_ not in best:
            same = unit is None or factor(unit, own, beside=True) is not None
            best |= {id_: LIKELY + 10.0 * len(words) / len(title.split())} if same else {}
    ordered = sorted(best.items(), key=lambda item: -item[1])[:n]
    return [(catalog.indicators[id_], score) for id_, score in ordered]
