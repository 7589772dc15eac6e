"""A table to be filled in is read as it stands once it is filled in."""

from __future__ import annotations

import io

import openpyxl
import pytest

from base.words import t
from geo.editions import Level, areas
from metrics.importing import examine, preview, propose, template
from tests.metrics.importing.importing_home import TODAY, store_of


@pytest.mark.parametrize(("lang", "mark"), [("vi", "."), ("en", ",")])
@pytest.mark.parametrize(
    ("edition", "level", "within"),
    [
        ("2025", Level.PROVINCE, None),
        ("2025", Level.COMMUNE, "80"),
        ("2024", Level.DISTRICT, "20"),
    ],
)
def test_a_template_that_is_filled_in_asks_nothing(home, edition, level, within, lang, mark):
    quarter = "Quý III" if lang == "vi" else "Q3"
    period = f"{quarter}/2026" if edition == "2025" else f"{quarter}/2024"
    made = template(edition, level, within, heading="Tên people", period=period, lang=lang)
    book = openpyxl.load_workbook(io.BytesIO(made))
    sheet = book.active
    first = (
        next(r for r in range(1, 9) if sheet.cell(r, 1).value == t("import.template.code", lang))
        + 1
    )
    places = areas(edition, level, within)
    for at in range(len(places)):
        sheet.cell(first + at, sheet.max_column, f"{1200 + at:,}".replace(",", mark))
    file = io.BytesIO()
    book.save(file)
    seen = preview("mau.xlsx", file.getvalue())
    store = store_of(home)
    report = examine(
        seen, seen.blocks[0], propose(seen.blocks[0], store.catalog), store, today=TODAY
    )
    assert [f.rule for f in report.findings if f.severity == "error"] == []
    found = dict(zip(report.observations["area"], report.observations["value"], strict=True))
    assert found == {place.code: 1200 + at for at, place in enumerate(places)}
