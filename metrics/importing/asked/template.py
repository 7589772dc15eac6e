"""Tables to be filled in: names and codes of a map, and a column for the figures."""

from __future__ import annotations

import io

from base.reading import cell
from base.words import Lang, t
from geo.editions import Level, area, areas


def template(
    edition: str, level: Level, within: str | None, *, heading: str, period: str, lang: Lang
) -> bytes:
    """Make a workbook with a row for each area, that is read as it stands once it is filled in.

    Parameters
    ----------
    within
        Code of the province whose parts are listed; None for all areas of the level.
    heading
        Of the column to be filled in: the title of an indicator.
    period
        As people write it; it stands above the table. "" leaves it open.

    Returns
    -------
    bytes
        XLSX.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - pages that only draw never need it

    home = area(edition, within) if within else None
    titles = [text for text in (home.name_vi if home else "", period) if text]
    heads = [t("import.template.code", lang), t(f"import.template.{level}", lang)]
    parents = level is not Level.PROVINCE and home is None
    heads += [t("import.template.province", lang)] if parents else []
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet(t("import.template.sheet", lang))
        for row, title in enumerate(titles):
            sheet.write_string(row, 0, cell(title))
        top = len(titles)
        for column, head in enumerate([*heads, heading]):
            sheet.write_string(top, column, cell(head), bold)
        for row, one in enumerate(areas(edition, level, within), start=top + 1):
            sheet.write_string(row, 0, one.code)
            sheet.write_string(row, 1, one.name_vi)
            if parents and one.parent:
                sheet.write_string(row, 2, area(edition, one.parent).name_vi)
        sheet.set_column(1, len(heads), 36)
        sheet.freeze_panes(top + 1, 2)
    return file.getvalue()
