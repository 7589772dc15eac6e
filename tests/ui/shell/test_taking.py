"""What is taken away of real views: embeds, press kits, choices of the page of downloads."""

import io
import json
import shlex
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import openpyxl
import pandas as pd
import pytest

from base.words import t
from geo.editions import EDITION_2024, EDITION_2025, Level, regions
from metrics.exporting import (
    AsShown,
    Filtered,
    bibtex,
    citation,
    command,
    export,
    name_of,
    permalink,
    public_url,
    ris,
)
from metrics.exporting.permalink import PUBLIC_URL_VARIABLE
from metrics.panel import Filters
from ui.__main__ import main
from ui.address import View, iframe, live_href
from ui.download import DOWNLOADS, as_shown, file_bytes
from ui.download.downloads import cited_of, preview, selection_of
from ui.download.embedding import embed_file, frozen_text
from ui.download.kits import kit_bytes
from ui.scene import draw

NOON = datetime(2026, 10, 10, 5, tzinfo=UTC)
DISTRICTS = View(edition=EDITION_2024, level=Level.DISTRICT, indicator="land-area")


@pytest.fixture(scope="module")
def store(shipped):
    """The figures that come with the app."""
    return shipped


def drawn_of(store, **fields):
    return draw(store, View(**fields))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_embed_says_where_its_figures_are_from_and_that_it_is_frozen(store, lang):
    drawn = drawn_of(store, lang=lang)
    html = embed_file(store, drawn, NOON)
    assert len(html.encode()) < 1_000_000
    assert frozen_text(NOON, lang) in html
    assert "12:00" in frozen_text(NOON, lang)
    assert drawn.legend in html
    assert t("map.credit", lang) in json.loads(drawn.map)["credit"]
    assert [s["code"] for s in json.loads(drawn.map)["symbols"]]
    assert html.count("<tr data-code") == 34
    assert "<aside" not in embed_file(store, drawn, NOON, ranking=False)
    other = "en" if lang == "vi" else "vi"
    assert t("legend.as_of", other, when="") not in html


def test_the_archipelagos_are_in_every_embed(store):
    for view in (View(), View(place="01", level=Level.COMMUNE), DISTRICTS):
        html = embed_file(store, draw(store, view), NOON)
        assert "Hoàng Sa" in html
        assert "Trường Sa" in html


def test_the_address_of_a_live_frame_names_its_options():
    href = live_href(View(), locked=True, ranking=False)
    assert href.startswith("explore?")
    assert href.endswith("lock=1&ranking=0&embed=true")
    code = iframe('https://a.vn/"><script>', '"Tên" <b>')
    assert "<script>" not in code
    assert code.count('"') == 2 * 6


def test_a_kit_holds_all_that_a_newspaper_needs(store):
    drawn = drawn_of(store, lang="en")
    with zipfile.ZipFile(
        io.BytesIO(kit_bytes(store, drawn.scene.view, ["square"], ["png", "svg"]))
    ) as kit:
        stem = "atlas06_dvcqg-digitised-dossier-rate_2025_province_VN_newest"
        assert set(kit.namelist()) == {
            "README.md",
            "LICENCE.txt",
            "citation.txt",
            "citation.bib",
            "citation.ris",
            "rows.py",
            f"figures/{stem}_square.png",
            f"figures/{stem}_square.svg",
            f"data/{stem}.csv",
            f"data/{stem}.csv-metadata.json",
            f"data/{stem}.xlsx",
            f"data/{stem}.geojson",
        }
        assert kit.read(f"figures/{stem}_square.png").startswith(b"\x89PNG")
        readme = kit.read("README.md").decode()
        for text in (
            drawn.scene.words.title,
            t("map.credit", "en"),
            t("export.missing", "en"),
            "dvcqg-dossiers",
        ):
            assert text.replace("(", "(") in readme.replace("\\", "")
        book = openpyxl.load_workbook(io.BytesIO(kit.read(f"data/{stem}.xlsx")))
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        at = rows[0].index("value")
        stored = drawn.scene.panel.frame["value"].tolist()
        assert [row[at] for row in rows[1:]] == stored
        features = json.loads(kit.read(f"data/{stem}.geojson"))["features"]
        assert [f["properties"]["value"] for f in features] == stored


def test_a_kit_names_the_areas_of_which_nothing_is_known(store):
    drawn = drawn_of(store, edition=EDITION_2024, indicator="cashless-si-rate", lang="vi")
    with zipfile.ZipFile(io.BytesIO(kit_bytes(store, drawn.scene.view, [], []))) as kit:
        readme = kit.read("README.md").decode().replace("\\", "")
    frame = drawn.scene.panel.frame
    (line,) = [
        line for line in readme.splitlines() if line.startswith(f"- {t('state.no_data', 'vi')}: ")
    ]
    absent = frame.loc[frame["state"] == "no_data", "name_vi"]
    assert line.split(": ")[1] == ", ".join(absent)
    assert len(absent) > 40


def test_the_same_view_is_the_same_kit(store):
    drawn = drawn_of(store)
    kits = [kit_bytes(store, drawn.scene.view, ["column"], ["png", "svg", "pdf"]) for _ in range(2)]
    assert kits[0] == kits[1]


def test_the_code_of_a_kit_reads_its_rows(store, tmp_path, monkeypatch):
    drawn = drawn_of(store, edition=EDITION_2024, indicator="coverage-gap-counted")
    with zipfile.ZipFile(io.BytesIO(kit_bytes(store, drawn.scene.view, [], []))) as kit:
        kit.extractall(tmp_path)
        assert not [name for name in kit.namelist() if name.startswith("figures")]
    monkeypatch.chdir(tmp_path)
    found = {}
    exec((tmp_path / "rows.py").read_text(encoding="utf-8"), found)
    frame = drawn.scene.panel.frame
    assert found["rows"]["area_code"].tolist() == frame["code"].tolist()
    assert found["rows"]["value"].tolist() == pytest.approx(frame["value"].tolist(), nan_ok=True)


@pytest.mark.parametrize(
    ("view", "wanted", "expected"),
    [
        ({}, {}, AsShown("dvcqg-digitised-dossier-rate", EDITION_2025, Level.PROVINCE)),
        (
            {"indicator": "population-average", "basis": EDITION_2024},
            {},
            AsShown("population-average", EDITION_2025, Level.PROVINCE, basis=EDITION_2024),
        ),
        ({}, {"scope": "area"}, Filtered(edition="")),
        (
            {"edition": EDITION_2024, "place": "01", "level": Level.DISTRICT},
            {"scope": "area"},
            Filtered(edition=EDITION_2024, place="01"),
        ),
        (
            {},
            {"scope": "filtered"},
            Filtered(("dvcqg-digitised-dossier-rate",), EDITION_2025, Level.PROVINCE),
        ),
        ({}, {"scope": "filtered", "only_level": "0"}, Filtered(("dvcqg-digitised-dossier-rate",))),
    ],
)
def test_what_is_chosen_is_what_is_exported(store, view, wanted, expected):
    scene = drawn_of(store, **view).scene
    chosen, refused = DOWNLOADS.read(wanted)
    assert refused == []
    assert selection_of(scene, chosen) == expected


def test_a_map_of_differences_leaves_with_its_differences_and_with_the_figures(store):
    drawn = drawn_of(store, lang="en", against="country")
    scene = drawn.scene
    what = selection_of(scene, DOWNLOADS.read({})[0])
    assert scene.measure.kind != "value"
    for form, read in (("csv", pd.read_csv), ("xlsx", partial(pd.read_excel, engine="openpyxl"))):
        data, _ = file_bytes(store, what, form, "en", title="", link="", bom=False)
        found = read(io.BytesIO(data))
        assert found["drawn_value"].tolist() == scene.measure.numbers.tolist()
        assert found["value"].tolist() == scene.panel.frame["value"].tolist()
        assert set(found["drawn_as"]) == {scene.measure.phrase}
    with zipfile.ZipFile(io.BytesIO(kit_bytes(store, drawn.scene.view, [], []))) as kit:
        assert (
            f"data/atlas06_dvcqg-digitised-dossier-rate_2025_province_VN_newest_{scene.measure.kind}.csv"
            in (kit.namelist())
        )


def test_a_choice_that_does_not_exist_is_refused():
    wanted, refused = DOWNLOADS.read({"part": "kit", "format": "pdf", "scope": "<b>" * 99})
    assert wanted.part == "kit"
    assert wanted.format == "csv"
    assert [refusal.param for refusal in refused] == ["scope", "format"]
    lists, refused = DOWNLOADS.read({"sizes": "none", "pictures": "png,exe"})
    assert (lists.sizes, lists.pictures) == ((), ("png", "svg"))
    refused += DOWNLOADS.read({"sizes": "x" * 999})[1]
    assert [refusal.param for refusal in refused] == ["pictures", "sizes"]
    assert all(len(refusal.given) <= 80 for refusal in refused)


def test_the_first_rows_are_those_of_the_file(store):
    what = Filtered(("dvcqg-digitised-dossier-rate",))
    found = preview(store, what, "vi")
    data, beside = file_bytes(store, what, "csv", "vi", title="", link="", bom=False)
    read = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    assert len(read) == found.rows
    assert json.loads(beside)["tableSchema"]
    for text in read.iloc[0]:
        assert f"<td>{text[:60]}" in found.html
    found = preview(store, what, "vi", sheet=True)
    data, _ = file_bytes(store, what, "csv", "vi", title="", link="", bom=True)
    first = data.decode("utf-8-sig").splitlines()[0].split(";")
    assert found.columns == len(first)
    assert all(f">{head}</th>" in found.html for head in first)
    assert "<td>01</td>" in found.html  # as a spreadsheet shows ="01"


def test_a_citation_names_view_and_sources_in_three_forms(store, monkeypatch):
    monkeypatch.setenv(PUBLIC_URL_VARIABLE, "https://atlas.example/a")
    drawn = drawn_of(store, lang="en")
    cited = cited_of(store, drawn)
    assert drawn.scene.words.title in citation(cited)
    assert "https://atlas.example/a/explore?lang=en" in citation(cited)
    entries = bibtex(cited)
    assert entries.count("@misc{") == 1 + len(cited.origins)
    assert entries.count("{") - entries.count("\\{") == entries.count("}") - entries.count("\\}")
    records = ris(cited).split("\r\n")
    assert records.count("ER  - ") == 1 + len(cited.origins)
    assert all(line[2:6] == "  - " for line in records if line)
    monkeypatch.delenv(PUBLIC_URL_VARIABLE)
    assert "explore?" not in citation(cited_of(store, drawn))


@pytest.mark.parametrize(
    "given",
    [
        "",
        "javascript:alert(1)",
        "ftp://a.vn",
        "https://",
        "https://a.vn/?q",
        'https://a.vn/"x',
        "a",
    ],
)
def test_what_is_no_public_address_is_not_taken_for_one(monkeypatch, given):
    monkeypatch.setenv(PUBLIC_URL_VARIABLE, given)
    assert public_url() == ""
    assert permalink("explore?a=1") == "explore?a=1"


def test_a_public_address_makes_links_whole(monkeypatch):
    monkeypatch.setenv(PUBLIC_URL_VARIABLE, "https://a.vn/atlas/")
    assert permalink("explore?a=1") == "https://a.vn/atlas/explore?a=1"


FILTERED = View(
    lang="en", edition=EDITION_2024, indicator="census-urban-rate", filters=Filters(low=50.0)
)


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson"])
def test_only_what_filters_keep_is_written_and_the_notes_say_so(store, form, tmp_path):
    scene = draw(store, FILTERED).scene
    wanted, _ = DOWNLOADS.read({"scope": "view"})
    what = selection_of(scene, wanted)
    kept = int(scene.matched.sum())
    assert 0 < kept < 63
    assert what.count(store) == kept
    assert selection_of(scene, replace(wanted, only_filtered=False)).count(store) == 63
    out = tmp_path / f"x.{form}"
    written = export(store, what, out, form, lang="en")
    told = dict(written.about.notes(written.tally, ()))[t("export.note.filtered", "en")]
    assert told == f"Value: from 50 % ({kept} of 63 areas)"
    if form == "csv":
        rows = pd.read_csv(out, dtype={"area_code": str})
        assert len(rows) == kept
        assert rows["value"].min() >= 50
        assert told in out.with_name("x.csv-metadata.json").read_text(encoding="utf-8")


def test_a_command_line_makes_what_the_map_makes_of_figures(store, tmp_path, monkeypatch):
    view = View(lang="en", edition=EDITION_2024, indicator="population-average")
    first = next(iter(regions(EDITION_2024)))
    view = replace(view, change="percent", filters=Filters(regions=(first.code,)))
    scene = draw(store, view).scene
    wanted, _ = DOWNLOADS.read({"scope": "view"})
    what = selection_of(scene, wanted)
    line = shlex.split(command(what, str(tmp_path / "x.csv"), lang="en"))[3:]
    monkeypatch.setattr("metrics.commands.options.ensure_store", lambda mode: store)
    assert main(line) == 0
    rows = pd.read_csv(tmp_path / "x.csv", dtype={"area_code": str}).set_index("area_code")
    drawn = pd.Series(scene.measure.numbers, index=scene.panel.frame["code"])[scene.matched]
    pd.testing.assert_series_equal(
        rows["drawn_value"], drawn, check_names=False, check_index_type=False
    )


def test_different_filters_are_different_files(store):
    scene = draw(store, FILTERED).scene
    names = {
        name_of(store, replace(as_shown(scene), filters=filters))
        for filters in (
            Filters(low=5.0),
            Filters(high=5.0),
            Filters(low=-5.0),
            Filters(high=-5.0),
            Filters(missing=True),
            Filters(regions=tuple(f"R{n:030d}" for n in range(9))),
            Filters(regions=tuple(f"R{n:030d}" for n in range(8))),
        )
    }
    assert len(names) == 7


def test_a_kit_may_hold_figures_and_the_map_itself(store, tmp_path, monkeypatch):
    monkeypatch.setattr("metrics.commands.options.ensure_store", lambda mode: store)
    view = ["--as-shown", "--indicator", "census-urban-rate", "--edition", EDITION_2024]
    kit = ["--format", "kit", "--preset", "column", "--picture", "svg", "--embed"]
    assert main(["export", *view, *kit, "--out", str(tmp_path / "x.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        names = archive.namelist()
        page = next(name for name in names if name.startswith("embed/"))
        assert b"<html" in archive.read(page)
        assert any(name.startswith("figures/") and name.endswith(".svg") for name in names)
        readme = archive.read("README.md").decode()
        assert all(name.replace("_", "\\_") in readme or name in readme for name in names[6:])
