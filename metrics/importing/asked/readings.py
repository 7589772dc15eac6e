"""Every reading that was used of a table, in words: what a person checks before storing it."""

from __future__ import annotations

from collections.abc import Iterator

from base.words import Lang, pick, t
from geo.editions import area, edition, has_area
from metrics.catalog import Catalog
from metrics.importing.asked.evidence import evidence
from metrics.importing.cells import Block, factor
from metrics.importing.mapping import Mapping, Measure, Report, Time
from metrics.importing.previewing import Preview


def readings(
    seen: Preview, block: Block, report: Report, catalog: Catalog, lang: Lang
) -> Iterator[str]:
    """Say what a table was read as, a line for each part; and the other tables of the file."""
    yield t("import.reading.head", lang)
    for at, one in enumerate(seen.blocks, start=1):
        if one is block or len(seen.blocks) > 1:
            yield ("* " if one is block else "  ") + _table(one, at, len(seen.blocks), lang)
    mapping = report.mapping
    if mapping.export:
        return
    n = int((report.places["code"] != "").sum())
    share = f"{n}/{len(report.places)}"
    yield "  " + t("import.reading.place", lang, column=mapping.place, share=share)
    name = edition(mapping.edition)
    title = name.name_vi if lang == "vi" else name.name_en
    level = t(f"names.level.{mapping.level}", lang)
    yield "  " + t("import.reading.map", lang, edition=title, level=level)
    if mapping.within and has_area(mapping.edition, mapping.within):
        inside = area(mapping.edition, mapping.within)
        told = inside.name_vi if lang == "vi" else inside.name_en
        yield "  " + t("import.reading.within", lang, name=f"{told} ({mapping.within})")
    if mapping.period_column:
        yield "  " + t("import.reading.period_column", lang, column=mapping.period_column)
    elif mapping.period:
        said = {"period": _days(mapping.period), "text": mapping.period.text}
        yield "  " + t("import.reading.period", lang, **said)
    for measure in mapping.measures:
        yield "  " + _measure(measure, mapping, catalog, lang)
    for found in evidence(block, report, catalog):
        yield "  " + found.say(lang)


def _table(block: Block, at: int, of: int, lang: Lang) -> str:
    lines = block.numbers or [0]
    values = {"n": at, "of": of, "sheet": block.sheet, "first": lines[0], "last": lines[-1]}
    return t("import.reading.table", lang, **values, rows=len(block.rows))


def _days(time: Time) -> str:
    start = time.start.strftime("%d/%m/%Y") if time.start else "?"
    return f"{start}–{time.end:%d/%m/%Y}"


def _measure(measure: Measure, mapping: Mapping, catalog: Catalog, lang: Lang) -> str:
    indicator = catalog.indicators.get(measure.indicator or "")
    times: object = measure.scale
    if times is None:
        own = indicator.unit.vi if indicator else ""
        times = factor(measure.unit, own, beside=measure.unit_beside) if own else 1
    time = measure.period or (None if mapping.period_column else mapping.period)
    said = t(
        "import.reading.measure",
        lang,
        column=measure.column,
        indicator=pick(indicator.title, lang) if indicator else "–",
        period=_days(time) if time else "–",
        decimal="," if (measure.decimal or mapping.decimal) == "comma" else ".",
        times="?" if times is None else times,
        role=t(f"import.role.{measure.role}", lang),
    )
    unit = f"; {t('import.reading.unit', lang, unit=measure.unit)}" if measure.unit else ""
    return said + unit
