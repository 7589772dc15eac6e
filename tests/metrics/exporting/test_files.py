"""Exports opened with the programs' own readers: workbooks, geodata, metadata, a view's rows."""

import csv
import io
import json
from datetime import date, datetime

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from base.words import Refusal, t
from geo.boundaries import load
from geo.editions import EDITION_2024, EDITION_2025, Level
from metrics.exporting import FORMATS, AsShown, Filtered, export, name_of
from metrics.exporting import xlsx as exporting_xlsx
from metrics.exporting.names import safe_name
from metrics.exporting.rows import EXPORT_COLUMNS, VIEW_COLUMNS
from metrics.exporting.spreadsheet import LEFT_OUT
from metrics.store import Dataset, ensure_store, generations_of, put_dataset
from tests.metrics.made_up import row, write

HANOI, CAO_BANG, DA_NANG = "01", "04", "48"
HOSTILE = '=HYPERLINK("http://x","</script>")'
VIEW = AsShown("rate", EDITION_2024, Level.PROVINCE)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store with a figure, a disagreement, a hostile note, a date before Excel's first."""
    folder = tmp_path_factory.mktemp("export")
    rows = [
        row("rate", HANOI, -1.5, note=HOSTILE, locator="@sum\x07"),
        row("rate", CAO_BANG, 1),
        row("rate", CAO_BANG, 2, origin="press"),
        row("rate", DA_NANG, 40.25, numerator=161, denominator=400),
        row("rate", "001", 7),
        row("rate", "VN", 5, edition=""),
        row("days", HANOI, 3, period_end="1890-12-31"),
        row("days", HANOI, 4, edition=EDITION_2025),
        row("people", HANOI, 10),
        row("people", CAO_BANG, 20),
    ]
    return ensure_store(home=folder / "var", data_dir=write(folder / "data", rows))


def sheet(path, name="data"):
    book = openpyxl.load_workbook(path)
    return list(book[t(f"export.sheet.{name}", "vi")].iter_rows(values_only=True))


def test_a_workbook_has_numbers_as_numbers_and_dates_as_dates(store, tmp_path):
    export(store, Filtered(("rate",), level=Level.PROVINCE), tmp_path / "x.xlsx", "xlsx")
    head, *rows = sheet(tmp_path / "x.xlsx")
    assert head == EXPORT_COLUMNS
    got = [dict(zip(head, cells, strict=True)) for cells in rows]
    assert [r["value"] for r in got] == [-1.5, 1, 2, 40.25]
    assert got[0]["period_end"] == datetime(2024, 12, 31)
    assert [r["simulated"] for r in got] == ["false"] * 4
    assert [r["area_code"] for r in got] == ["01", "04", "04", "48"]
    assert got[0]["numerator"] is None
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.worksheets[0].freeze_panes == "A2"


def test_a_workbook_for_people_has_their_headings_and_words(store, tmp_path):
    what = Filtered(("rate",), level=Level.PROVINCE)
    export(store, what, tmp_path / "x.xlsx", "xlsx", bom=True)
    head, *rows = sheet(tmp_path / "x.xlsx")
    shown = [column for column in EXPORT_COLUMNS if column not in LEFT_OUT]
    assert head == tuple(t(f"export.head.{column}", "vi") for column in shown)
    got = [dict(zip(shown, cells, strict=True)) for cells in rows]
    assert [r["value"] for r in got] == [-1.5, 1, 2, 40.25]
    assert [r["area_code"] for r in got] == ["01", "04", "04", "48"]
    assert {r["simulated"] for r in got} == {t("export.flag.false", "vi")}
    assert {r["level"] for r in got} == {t("level.province", "vi")}
    assert got[0]["period_end"] == datetime(2024, 12, 31)
    assert t("export.head.value", "vi") in dict(sheet(tmp_path / "x.xlsx", "notes"))


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(store, tmp_path):
    export(store, Filtered(), tmp_path / "x.xlsx", "xlsx", title="=1+1", link="=2")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert "'" + HOSTILE in texts
    assert "'@sum\ufffd" in texts
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@"))]


def test_the_notes_and_sources_of_a_workbook(store, tmp_path):
    written = export(store, VIEW, tmp_path / "x.xlsx", "xlsx", link="https://a.vn/b")
    notes = dict(sheet(tmp_path / "x.xlsx", "notes"))
    assert "https://a.vn/b" in notes[t("export.note.citation", "vi")]
    assert notes[t("export.note.boundaries", "vi")] == t("map.credit", "vi")
    assert notes["conflicting"] == f"{t('state.conflicting', 'vi')}: 1 dòng"
    assert set(VIEW_COLUMNS) <= set(notes)
    head, *lines = sheet(tmp_path / "x.xlsx", "sources")
    assert [line[0] for line in lines] == ["ministry", "press"]
    assert written.tally.origins == {"ministry": 4, "press": 2}
    assert t("export.source.licence", "vi") in head


def test_a_date_before_excels_first_is_still_there(store, tmp_path):
    export(store, Filtered(("days",), EDITION_2024), tmp_path / "x.xlsx", "xlsx")
    head, line = sheet(tmp_path / "x.xlsx")
    assert line[head.index("period_end")] == "1890-12-31"


def test_more_rows_than_a_sheet_holds_go_on_in_another(store, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting_xlsx, "SHEET_ROWS", 4)
    written = export(store, Filtered(), tmp_path / "x.xlsx", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx", read_only=True)
    data = [s for s in book if s.title.startswith(t("export.sheet.data", "vi"))]
    assert [s.max_row - 1 for s in data] == [4, 4, 2]
    assert written.tally.rows == 10


def test_the_same_rows_are_the_same_bytes(store, tmp_path):
    for form in FORMATS:
        files = [tmp_path / f"{n}.{form}" for n in "ab"]
        for path in files:
            export(store, VIEW, path, form)
        assert files[0].read_bytes() == files[1].read_bytes(), form


def test_a_view_has_a_row_for_each_area_and_what_disagrees(store, tmp_path):
    export(store, VIEW, tmp_path / "x.csv")
    found = pd.read_csv(tmp_path / "x.csv", dtype={"area_code": str}, keep_default_na=False)
    assert tuple(found) == VIEW_COLUMNS
    shown = found[found["shown"]]
    assert len(shown) == 63
    assert shown["area_code"].is_unique
    of = shown.set_index("area_code")
    assert of.loc[HANOI, ["value", "rank", "state"]].tolist() == ["-1.5", "2", "reported"]
    assert of.loc[CAO_BANG, ["value", "state"]].tolist() == ["", "conflicting"]
    assert of.loc[CAO_BANG, "origin_ids"] == "ministry; press"
    assert of.loc["02", ["value", "state", "origin_ids"]].tolist() == ["", "no_data", ""]
    others = found[~found["shown"]]
    assert others[["area_code", "value"]].to_numpy().tolist() == [["04", "1"], ["04", "2"]]


def test_a_carried_view_names_all_its_sources_and_says_how(store, tmp_path):
    what = AsShown("people", EDITION_2025, Level.PROVINCE, basis=EDITION_2024)
    export(store, what, tmp_path / "x.csv", lang="en")
    found = pd.read_csv(tmp_path / "x.csv", dtype=str, keep_default_na=False)
    of = found.set_index("area_code")
    assert len(found) == 34
    assert of.loc[HANOI, ["value", "edition", "origin_ids"]].tolist() == ["10", "2025", "ministry"]
    assert of.loc[HANOI, "note"]
    assert of.loc["08", "state"] == "no_data"


def test_a_place_means_all_that_is_in_it(store, tmp_path):
    export(store, Filtered(edition=EDITION_2024, place=HANOI), tmp_path / "x.csv")
    found = pd.read_csv(tmp_path / "x.csv", dtype=str)
    assert sorted(found["area_code"]) == ["001", "01", "01", "01"]
    assert set(found["province_code"]) == {"01"}
    with pytest.raises(ValueError, match="edition"):
        export(store, Filtered(place=HANOI), tmp_path / "y.csv")
    assert not (tmp_path / "y.csv").exists()


def test_a_period_means_as_of_dates_within(store, tmp_path):
    before = Filtered(("days",), until=date(1900, 1, 1))
    assert export(store, before, tmp_path / "x.csv").tally.rows == 1
    after = Filtered(("days",), since=date(1900, 1, 1))
    assert export(store, after, tmp_path / "x.csv").tally.rows == 1


def test_nothing_found_is_a_header_alone_in_every_format(store, tmp_path):
    nothing = Filtered(("days",), level=Level.COMMUNE)
    for form in FORMATS:
        assert export(store, nothing, tmp_path / f"x.{form}", form).tally.rows == 0
    assert (tmp_path / "x.csv").read_text(encoding="utf-8").strip() == ",".join(EXPORT_COLUMNS)
    assert len(gpd.read_parquet(tmp_path / "x.parquet")) == 0
    assert json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))["features"] == []


def read_geo(path):
    if path.suffix == ".parquet":
        return gpd.read_parquet(path)
    return pyogrio.read_dataframe(path, layer=0 if path.suffix == ".geojson" else "observations")


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if form.geometry])
def test_geodata_carry_figures_shapes_and_the_note_on_boundaries(store, tmp_path, form):
    path = tmp_path / f"x.{form}"
    export(store, VIEW, path, form)
    found = read_geo(path)
    assert found.crs.to_epsg() == 4326
    shown = found[found["shown"]].set_index("area_code")
    assert len(shown) == 63
    assert shown.loc[DA_NANG, "value"] == 40.25
    assert pd.isna(shown.loc["02", "value"])
    assert pd.Timestamp(shown.loc[DA_NANG, "period_end"]) == pd.Timestamp(2024, 12, 31)
    assert shown.is_valid.all()
    shapes = load(EDITION_2024, Level.PROVINCE).set_index("code").geometry
    apart = shown.geometry.symmetric_difference(shapes.reindex(shown.index))
    assert shapely.area(apart.to_numpy()).max() < 1e-5
    # Hoàng Sa is in the shape of Đà Nẵng.
    assert shown.loc[DA_NANG, "geometry"].bounds[2] > 111
    told = metadata(path)
    assert t("map.credit", "vi") in told
    assert EDITION_2024 in told


def metadata(path):
    if path.suffix == ".parquet":
        return pq.read_schema(path).metadata[b"atlas06"].decode()
    if path.suffix == ".gpkg":
        return str(pyogrio.read_info(path, layer="observations")["layer_metadata"])
    return str(json.loads(path.read_text(encoding="utf-8"))["metadata"])


def test_what_has_no_boundaries_has_no_shape(store, tmp_path):
    export(store, Filtered(("rate",), ""), tmp_path / "x.geojson", "geojson")
    (feature,) = json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["value"] == 5


def test_too_many_rows_with_shapes_are_refused_with_a_way_out(store, tmp_path, monkeypatch):
    monkeypatch.setattr("metrics.exporting.geo.MOST_ROWS", 5)
    with pytest.raises(Refusal, match="Narrow the selection"):
        export(store, Filtered(), tmp_path / "x.parquet", "parquet")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("lang", "mark", "number"), [("vi", ";", "40,25"), ("en", ",", "40.25")])
def test_excel_opens_the_csv_for_people_as_it_is(store, tmp_path, lang, mark, number):
    export(store, VIEW, tmp_path / "x.csv", bom=True, lang=lang)
    data = (tmp_path / "x.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=mark))
    head = {name: t(f"export.head.{name}", lang) for name in VIEW_COLUMNS[1:] if name in rows[0]}
    assert not head  # no heading is a program's
    told = {row[t("export.head.area_code", lang)]: row for row in rows}
    # 01 stays 01 in a spreadsheet; what an unknown hand wrote is still no formula.
    assert told['="48"'][t("export.head.value", lang)] == number
    assert told['="48"'][t("export.head.state", lang)] == t("tables.state.reported", lang)
    assert told['="01"'][t("export.head.value", lang)].startswith("-1")
    assert told['="01"'][t("export.head.note", lang)] == "'" + HOSTILE
    beside = json.loads((tmp_path / "x.csv-metadata.json").read_text(encoding="utf-8"))
    assert beside["dialect"]["delimiter"] == mark
    titles = [column["titles"] for column in beside["tableSchema"]["columns"]]
    assert titles == [*rows[0]]


def test_the_csv_for_programs_has_its_own_door(store, tmp_path):
    export(store, VIEW, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_bytes().startswith(b"dataset,")


def test_the_metadata_beside_a_csv_describe_each_column(store, tmp_path):
    export(store, VIEW, tmp_path / "x.csv")
    told = json.loads((tmp_path / "x.csv-metadata.json").read_text(encoding="utf-8"))
    assert told["url"] == "x.csv"
    assert told["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "vi"}]
    columns = told["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(VIEW_COLUMNS)
    kinds = {column["name"]: column["datatype"] for column in columns}
    assert kinds["value"] == "decimal"
    assert kinds["area_code"] == "string"
    assert kinds["period_end"] == {"base": "date", "format": "yyyy-MM-dd"}
    assert [source["dc:identifier"] for source in told["dc:source"]] == ["ministry", "press"]


def test_simulated_figures_are_marked_in_every_row_and_in_the_name(tmp_path):
    home = tmp_path / "var"
    data_dir = write(tmp_path / "data", [row("rate", HANOI, 1)])
    ensure_store("simulated", home=home, data_dir=data_dir)
    generations = generations_of("simulated", home=home)
    rows = pd.DataFrame([row("rate", HANOI, 9, category="", note="") | {"period_start": ""}])
    rows = rows.assign(numerator=float("nan"), denominator=float("nan"))
    with generations.writing():
        put_dataset(generations, Dataset("sim-1", "", "", "", "", 1, simulated=True), rows)
    made_up = ensure_store("simulated", home=home, data_dir=data_dir)
    written = export(made_up, VIEW, tmp_path / "x.xlsx", "xlsx")
    assert written.path.name == "sim-x.xlsx"
    head, *lines = sheet(written.path)
    assert {line[head.index("simulated")] for line in lines if line[0]} == {"true"}
    assert name_of(made_up, VIEW).startswith("sim-")
    assert t("export.simulated", "vi") in dict(sheet(written.path, "notes")).values()


def test_names_of_files_are_stable_and_safe(store):
    assert name_of(store, VIEW) == "atlas06_rate_2024_province_VN_newest"
    assert name_of(store, Filtered()) == "atlas06_all"
    assert safe_name("../../etc/passwd", "Đắk Lắk; rm -rf") == "etc-passwd_Dak-Lak-rm-rf"
    assert safe_name("", "…") == "atlas06"
    assert len(safe_name("x" * 500)) <= 120
