"""Propose what the columns of a table are; the reader has the last word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, process

from geo.editions import Level, editions
from metrics.catalog import Catalog, Indicator
from metrics.importing.blocks import JOIN, Block
from metrics.importing.book import Cell
from metrics.importing.export import export_mapping, is_export
from metrics.importing.mapping import Mapping, Measure, Time
from metrics.importing.numbers import decimal_of, looks_numeric, read_number
from metrics.importing.periods import Period, find_period, plain, read_period
from metrics.importing.places import Fit, fits, province_named

SAMPLE_ROWS: Final = 400
LONGEST_NAME: Final = 60
# A column is of places, periods or numbers where so many of its cells are.
MOSTLY: Final = 0.6
_ORDINAL: Final = re.compile(r"(stt|tt|no|so tt|so thu tu|#)( .*)?")
_CODES: Final = re.compile(r"(ma|code)( .*)?")
_PARENTS: Final = re.compile(r"(tinh|thanh pho|province|thuoc|don vi cap tren|parent)( .*)?")
_PERIODS: Final = re.compile(
    r"(ky( .*)?|thoi (gian|diem|ky)( .*)?|thang|quy|nam|ngay( .*)?|period|date|year|month|quarter)"
)
_INDICATORS: Final = re.compile(r"((ten |ma )?chi tieu|indicator|noi dung)( .*)?")
_NOTES: Final = re.compile(r"(ghi chu|note|notes|chu thich)")
_QUALIFIERS: Final = re.compile(r"(qualifier|muc do chinh xac)")
_NUMERATORS: Final = re.compile(r"(.*[^a-z])?(tu so|numerator)([^a-z].*)?")
_DENOMINATORS: Final = re.compile(r"(.*[^a-z])?(mau so|denominator)([^a-z].*)?")
LIKELY: Final = 72
INSTANT: Final = "instant"
# "Số dân 2025": a heading that ends in a year.
_LAST_YEAR: Final = re.compile(r"\s\(?((?:19|20)\d\d)\)?$")
# What a heading says of the level of its places.
_LEVEL_WORDS: Final = (
    (Level.DISTRICT, re.compile(r"\b(huyen|quan|thi xa|district)\b")),
    (Level.COMMUNE, re.compile(r"\b(xa|phuong|thi tran|dac khu|commune|ward)\b")),
    (Level.PROVINCE, re.compile(r"\b(tinh|province)\b")),
)
# A title or the name of a sheet that says where all rows are.
_OF_PROVINCE: Final = re.compile(
    r"(?:.*\b)?(?:tỉnh|thành phố|t\.?p\.?|province of)\s+(\S.*)", re.IGNORECASE
)


def propose(block: Block, catalog: Catalog) -> Mapping:
    """Propose a mapping for a table.

    Parameters
    ----------
    catalog
        The indicators that columns may be figures of.

    Returns
    -------
    Mapping
        Indicators and periods are left open where nothing says them.
    """
    if is_export(block):
        return export_mapping(block)
    columns = {name: block.column(name)[:SAMPLE_ROWS] for name in block.columns}
    place, parent, fit = _place(columns)
    within = None
    if parent is None and fit.level is not Level.PROVINCE:
        within, fit = _within_one(block, place, columns[place], fit)
    left = [name for name in block.columns if name not in (place, parent)]
    period_column = _first(left, columns, _PERIODS, _is_period)
    indicator_column = _first(left, columns, _INDICATORS, _is_text)
    note = next((name for name in left if _NOTES.fullmatch(plain(_last(name)))), None)
    taken = {period_column, indicator_column, note}
    numeric = [name for name in left if name not in taken and _is_figures(name, columns[name])]
    decimal = decimal_of(cell for name in numeric for cell in columns[name]) or "comma"
    measures = _measures(block, numeric, catalog, indicator_column)
    words = _words(columns, indicator_column, catalog)
    whole = None if period_column or all(m.period for m in measures) else _period(block.titles)
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
        period_column=period_column,
        period=Time.of(whole) if whole else None,
        decimal=decimal,
        note=note,
    )


def carried_to(mapping: Mapping, block: Block) -> Mapping:
    """Carry a mapping to another table of the same shape, column by column.

    Periods of the table before are not carried: those that this one says take their place.

    Parameters
    ----------
    mapping
        With `made_for`: as many columns as the table has.
    """
    now = dict(zip(mapping.made_for, block.columns, strict=True))
    measures = tuple(_carried(measure, now) for measure in mapping.measures)
    whole = None
    if mapping.period_column is None and not all(m.period for m in measures):
        whole = _period(block.titles)
    names = ("place", "parent", "indicator_column", "period_column", "note")
    columns = {name: now.get(getattr(mapping, name)) for name in names}
    cells = {name: block.column(name)[:SAMPLE_ROWS] for name in block.columns}
    decimal = decimal_of(cell for m in measures for cell in cells.get(m.column, ()))
    return mapping.model_copy(
        update={
            **columns,
            "place": columns["place"] or mapping.place,
            "measures": measures,
            "period": Time.of(whole) if whole else None,
            "decimal": decimal or mapping.decimal,
            "made_for": (),
        }
    )


def _carried(measure: Measure, now: dict[str, str]) -> Measure:
    column = now.get(measure.column, measure.column)
    period = _column_period(column)
    parts = ("numerator", "denominator", "qualifier")
    return measure.model_copy(
        update={
            "column": column,
            "period": Time.of(period) if period and measure.period else None,
            **{name: now.get(getattr(measure, name) or "") for name in parts},
        }
    )


def _last(name: str) -> str:
    return name.rsplit(JOIN, 1)[-1]


def _place(columns: dict[str, list[Cell]]) -> tuple[str, str | None, Fit]:
    """Find the column of places, that of their parents, and the map that they are of."""
    tried: dict[str, Fit] = {}
    for name, cells in columns.items():
        if _ORDINAL.fullmatch(plain(_last(name))) or not any(isinstance(c, str) for c in cells):
            continue
        texts = [c for c in cells if isinstance(c, str)]
        numbers = sum(looks_numeric(c) for c in texts)
        if numbers > MOSTLY * len(texts) and not _CODES.fullmatch(plain(_last(name))):
            continue
        tried[name] = _best(fits(cells), name)
    if not tried:
        first = next(iter(columns))
        return first, None, fits([])[0]
    # Of a column of provinces and one of their parts, the parts are what the rows are of.
    for above in (n for n, f in tried.items() if f.level is Level.PROVINCE and f.share >= MOSTLY):
        for name in tried:
            fit = _within(columns[name], columns[above]) if name != above else None
            if fit is not None and fit.level is not Level.PROVINCE and fit.share >= MOSTLY:
                return name, above, fit
    best = max(tried, key=lambda name: (tried[name].share, tried[name].n))
    return best, None, tried[best]


def _best(found: list[Fit], heading: str) -> Fit:
    """Return the best fit; of about equal ones that of the level which the heading names."""
    top = found[0].share
    words = plain(_last(heading))
    for level, pattern in _LEVEL_WORDS:
        same = [fit for fit in found if fit.level is level and fit.share >= top - 0.05]
        if same and top and pattern.search(words):
            return same[0]
    return found[0]


def _within_one(
    block: Block, place: str, cells: Sequence[Cell], fit: Fit
) -> tuple[str | None, Fit]:
    """Find the one province that all rows are in, by the name of the sheet or a title."""
    found = []
    texts = [text for text in (block.sheet, *block.titles) if text]
    names = [*texts, *(m[1] for text in texts if (m := _OF_PROVINCE.match(text)))]
    for edition in reversed(editions()):
        codes = {province_named(name, edition.id) for name in names if len(name) <= LONGEST_NAME}
        for code in sorted(filter(None, codes)):
            inside = fits(cells, [code] * len(cells))
            own = [f for f in inside if f.edition == edition.id and f.level is not Level.PROVINCE]
            best = _best(own, place)
            if best.share >= max(MOSTLY, fit.share):
                found.append((code, best))
    # Of equal ones the newest edition comes first.
    return max(found, key=lambda one: one[1].share) if found else (None, fit)


def _within(names: Sequence[Cell], parents: Sequence[Cell]) -> Fit | None:
    pairs = [(n, p) for n, p in zip(names, parents, strict=True) if n is not None]
    return fits(*zip(*pairs, strict=True))[0] if pairs else None


def _is_period(cells: Sequence[Cell]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and sum(read_period(c) is not None for c in known) > MOSTLY * len(known)


def _is_text(cells: Sequence[Cell]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and sum(looks_numeric(c) for c in known) < len(known) / 2


def _is_figures(name: str, cells: Sequence[Cell]) -> bool:
    last = plain(_last(name))
    if _ORDINAL.fullmatch(last) or _CODES.fullmatch(last):
        return False
    known = [c for c in cells if c is not None and not read_number(c, "comma").missing]
    return bool(known) and sum(looks_numeric(c) for c in known) > MOSTLY * len(known)


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
    block: Block, numeric: Sequence[str], catalog: Catalog, indicator_column: str | None
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
    for name in values:
        whole = len(values) == 1 and len(by_kind) == 2
        period = _column_period(name)
        indicator = None if indicator_column else sure_indicator(group_of(name), catalog)
        measures.append(
            Measure(
                column=name,
                indicator=indicator,
                period=Time.of(period) if period else None,
                numerator=by_kind.get("numerator") if whole else None,
                denominator=by_kind.get("denominator") if whole else None,
                qualifier=qualifier if len(values) == 1 else None,
                scale=100 if _as_fractions(block, name) else 1,
            )
        )
    return measures


def _as_fractions(block: Block, name: str) -> bool:
    return block.columns.index(name) in block.percents


def _column_period(name: str) -> Period | None:
    parts = name.split(JOIN)
    found = next((p for part in parts if (p := find_period(part))), None) or find_period(name)
    if found is None and (year := _LAST_YEAR.search(name)):
        return read_period(year[1])
    return found


def group_of(name: str) -> str:
    """Return what columns share that differ in their period alone: their name without it.

    Examples
    --------
    >>> group_of("Tỷ lệ – Tháng 1/2026"), group_of("Năm 2025"), group_of("Tỷ lệ năm 2025")
    ('Tỷ lệ', '', 'Tỷ lệ')
    """
    left = _without_period(name)
    found = find_period(left) if left else None
    if found is None:
        return left
    words = left.split()
    # The longest tail that is a period: "Tỷ lệ năm 2025" is of "Tỷ lệ".
    tails = (at for at in range(len(words)) if read_period(" ".join(words[at:])))
    return " ".join(words[: next(tails, len(words))]).strip(" -–(")


def _without_period(name: str) -> str:
    return JOIN.join(part for part in name.split(JOIN) if read_period(part) is None)


def _period(titles: Sequence[str]) -> Period | None:
    known = [period for title in titles if (period := find_period(title))]
    found = {(period.start, period.end, period.grain): period for period in reversed(known)}
    if len({period.end for period in found.values()}) != 1:
        return None
    # "Quý IV/2024 (số liệu tính đến 31/12/2024)": the date is the one said most exactly.
    exact = [period for period in found.values() if period.grain == INSTANT]
    return (exact or list(found.values()))[0] if exact or len(found) == 1 else None


def _words(
    columns: dict[str, list[Cell]], indicator_column: str | None, catalog: Catalog
) -> dict[str, str]:
    if indicator_column is None:
        return {}
    words = dict.fromkeys(str(c) for c in columns[indicator_column] if c is not None)
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
    ordered = sorted(best.items(), key=lambda item: -item[1])[:n]
    return [(catalog.indicators[id_], score) for id_, score in ordered]
