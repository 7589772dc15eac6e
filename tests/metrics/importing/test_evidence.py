"""Which cells speak for each reading of a table, and which against it."""

from __future__ import annotations

from geo.editions import Level, areas
from metrics.importing import evidence, examine, preview, propose
from tests.metrics.importing.importing_home import TODAY
from tests.metrics.importing.test_kinds import in_this_process, store, titles, workbook

__all__ = ["in_this_process", "store"]


def found_in(store, rows, **changes):
    seen = preview("bang.xlsx", workbook(rows))
    block = seen.blocks[0]
    mapping = propose(block, store.catalog).model_copy(update=changes)
    report = examine(seen, block, mapping, store, today=TODAY)
    return {(one.part, one.column): one for one in evidence(block, report, store.catalog)}


def test_every_part_of_a_reading_names_its_cells(store):
    column = f"{titles(store)[0]} – Kế hoạch"
    inside = areas("2025", Level.COMMUNE, "80")[:6]
    rows = [["UBND tỉnh Tây Ninh"], ["Quý I/2026"], ["ĐVT: nghìn người"]]
    rows += [["Xã, phường", column], *([one.name_vi, "1,5"] for one in inside)]
    found = found_in(store, rows)
    assert [cell.row for cell in found["extent", ""].cells_for] == [4, 5, 10]
    for part, text in (
        ("level", "Xã, phường"),
        ("within", "UBND tỉnh Tây Ninh"),
        ("period", "Quý I/2026"),
    ):
        assert [cell.text for cell in found[part, ""].cells_for] == [text]
    assert found["edition", ""].n_for == len(inside) + 1
    assert (found["role", column].taken, found["role", column].n_against) == ("target", 0)
    assert found["unit", column].taken == "nghìn người"
    assert found["decimal", column].n_for == len(inside)
    named = {lang: found["within", ""].what(lang) for lang in ("vi", "en")}
    assert "Tỉnh Tây Ninh" in named["vi"]
    assert "Tay Ninh Province" in named["en"]


def test_places_and_maps_are_named_to_a_reader_as_that_reader_names_them(store):
    rows = [["Xã, phường", titles(store)[0]], ["Xã Không Có", 3]]
    rows += [[one.name_vi, 15] for one in areas("2025", Level.COMMUNE, "52")[:6]]
    seen = preview("bang.xlsx", workbook(rows))
    mapping = propose(seen.blocks[0], store.catalog)
    report = examine(seen, seen.blocks[0], mapping, store, today=TODAY)
    (said,) = [one for one in report.findings if one.rule == "place"]
    near = [area for _, row in report.places.iterrows() for area in row["suggestions"]]
    assert near
    assert all(area.name_vi in said.say("vi") for area in near)
    assert all(area.name_en in said.say("en") for area in near)


def test_what_speaks_against_a_reading_is_named_too(store):
    rows = [["Ước thực hiện quý I/2026"], ["Huyện", titles(store)[0]]]
    rows += [[one.name_vi, 15] for one in areas("2025", Level.PROVINCE)[:6]]
    found = found_in(store, rows, level=Level.PROVINCE, edition="2024")
    assert [cell.text for cell in found["level", ""].cells_against] == ["Huyện"]
    assert [cell.text for cell in found["edition", ""].cells_against] == [rows[0][0]]
    column = titles(store)[0]
    assert [cell.text for cell in found["role", column].cells_against] == [rows[0][0]]
