"""The pieces of the page of coverage gaps: address, tables, map, files, and the mark on each."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.words import t
from geo.coverage import Files, find_gaps
from geo.coverage.ground import SIMULATED_EN, SIMULATED_MARK, SIMULATED_VI, Relief
from geo.coverage.ledger import commitment
from geo.coverage.output import tables
from geo.coverage.search import on_edition
from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025, Level, areas
from geo.figure import render
from metrics.briefs import after_promise, gap_figures, national, provincial
from metrics.briefs.gap_figures import provinces_known
from metrics.store import current_store
from tests.geo.coverage.gaps import SETTLEMENT_COLUMNS, write_csv
from tests.geo.coverage.terrain.rasters import write
from ui.gaps import GAPS
from ui.gaps.beside import published_html
from ui.gaps.book import date_of
from ui.gaps.columns import in_label
from ui.gaps.counts import counts_data, place_sentence, unplaced_text
from ui.gaps.figured import gap_figure
from ui.gaps.found import (
    clusters_html,
    file_of,
    gaps_html,
    left_out_html,
    mark_html,
    networks_text,
    new_sites_html,
    report_html,
    settlements_html,
)
from ui.gaps.gapmap import gap_map
from ui.gaps.known import national_html, provinces_html
from ui.gaps.knownmap import known_map
from ui.gaps.ledgered import ledger_html, ledger_tables, tracks_html
from ui.gaps.overlay import bound_text
from ui.gaps.pick import row_of
from ui.gaps.settings import (
    MAPS,
    MODES,
    OVER_GROUND,
    OVERS,
    PARTS,
    PERS,
    SORTS,
    UNIT_KINDS,
    Settings,
)
from ui.gaps.simulated import simulated_ground, simulated_ledger, simulated_result

LON, LAT, TUYEN_QUANG = 104.965, 22.858, "08"
HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}"
PROVINCES = [place.code for place in areas(EDITION_2025, Level.PROVINCE)]


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """Two settlements of Tuyên Quang, one out of range and of a hostile name; flat ground."""
    folder = tmp_path_factory.mktemp("gaps")
    rows = [["a", "A", LON, LAT, "", 10, ""], [HOSTILE, HOSTILE, LON + 0.1, LAT, "", 7, "no"]]
    rows.append(["c", "C", LAT, LON, "", 7, "no"])
    settled = write_csv(folder / "s.csv", SETTLEMENT_COLUMNS, rows)
    header = ("lon", "lat", "technology", "operator", "range")
    sites = write_csv(folder / "t.csv", header, [[LON, LAT, "4G", "Viettel", 1000]])
    ground = write(folder / "g.tif", np.full((900, 1000), 100, dtype=np.int16))
    files = Files(settled, sites, names=((settled, HOSTILE),))
    return find_gaps(files, relief=Relief(ground, name=HOSTILE))


@given(data=st.data())
def test_the_address_says_every_choice(data):
    edition = data.draw(st.sampled_from(MAPS))
    lowest = Level.COMMUNE if edition == EDITION_2025 else Level.DISTRICT
    places = [p.code for level in (Level.PROVINCE, lowest) for p in areas(edition, level)]
    kinds = (PARTS, MODES, [edition], [COUNTRY_CODE, *places], UNIT_KINDS, OVERS, PERS, SORTS)
    settings = Settings(*(data.draw(st.sampled_from(kind)) for kind in kinds))
    assert GAPS.read(GAPS.write(settings)) == (settings, [])


@pytest.mark.parametrize(
    "params",
    [
        {"part": "x"},
        {"mode": "SIMULATED"},
        {"map": "2019"},
        {"at": "zz"},
        {"at": "R1"},
        {"at": "001"},
        {"units": "district"},
        {"over": ""} | {"over": "x"},
        {"per": "9" * 999},
        {"sort": "id"},
    ],
)
def test_what_cannot_be_followed_is_refused(params):
    settings, refused = GAPS.read(params)
    assert settings == Settings()
    assert [refusal.param for refusal in refused] == list(params)


def every_text(result, settings, lang):
    """Write all that the page shows of a result."""
    view, legend = gap_map(result, settings, lang)
    return "".join(
        [
            left_out_html(result, lang),
            gaps_html(result, settings, lang),
            settlements_html(result, settings, lang),
            clusters_html(result, settings, lang),
            new_sites_html(result, settings, lang),
            legend,
            view.message(),
        ]
    )


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("over", OVERS)
def test_whatever_a_file_says_is_text(result, lang, over):
    settings = Settings(place=TUYEN_QUANG, over=over)
    shown = every_text(result, settings, lang) + report_html(result, lang)
    view, _ = gap_map(result, settings, lang)
    assert "<img" not in shown
    assert "{{" not in view.message()
    assert SIMULATED_VI not in shown
    if over == "gaps":
        assert HOSTILE.split("{", maxsplit=1)[0] in view.dot_names[0]


def test_the_map_of_the_country_has_rates_and_that_of_a_province_has_points(result):
    view, _ = gap_map(result, Settings(), "vi")
    assert len(view.codes) == len(PROVINCES)
    assert view.card  # one province has figures: no colours
    assert view.marks.count("0") == 1
    assert view.text[view.codes.index(TUYEN_QUANG)] == "500"
    assert "dots" not in view.message()
    view, _ = gap_map(result, Settings(place=TUYEN_QUANG), "vi")
    assert view.dots == [1050650, 228580, 1]
    assert view.focus == TUYEN_QUANG
    assert len(view.message()) < 5_000


@pytest.mark.parametrize("per", PERS)
@pytest.mark.parametrize("over", OVERS)
def test_the_mark_is_on_everything_that_is_simulated(per, over):
    made = simulated_ground().result if over in OVER_GROUND else simulated_result()
    assert SIMULATED_VI in mark_html(made.simulated)
    commune = next(str(c) for c in made.settlements["area_code"] if str(c).startswith("03"))
    for place in (COUNTRY_CODE, "11", commune):
        settings = Settings(place=place, per=per, mode="simulated", over=over)
        view, _ = gap_map(made, settings, "en")
        assert SIMULATED_VI in view.watermark
        assert SIMULATED_EN in view.watermark
        assert SIMULATED_VI in view.message()
        assert SIMULATED_VI in counts_data(made, settings, "en")["mark"]
    here = Settings(place="11")
    assert SIMULATED_VI in gaps_html(made, here, "en")
    assert SIMULATED_VI in settlements_html(made, here, "en")
    assert SIMULATED_VI in clusters_html(made, Settings(), "en")
    assert SIMULATED_VI in new_sites_html(made, Settings(), "vi")


def test_the_mark_is_on_every_file_of_what_is_simulated():
    made = simulated_ground().result
    for result in (made, on_edition(made, EDITION_2024)):
        for name in tables(result):
            file, data, _ = file_of(result, name, "csv")
            assert file.startswith("sim-DU-LIEU-MO-PHONG")
            lines = data.decode("utf-8-sig").splitlines()
            assert all(line.startswith(SIMULATED_MARK) for line in lines[1:])


def test_the_mark_is_on_the_ledger_and_its_files():
    ledger = simulated_ledger()
    assert SIMULATED_VI in ledger_html(ledger, COUNTRY_CODE, "vi")
    assert SIMULATED_VI in tracks_html(ledger, "11", "en")
    for frame in ledger_tables(ledger, None).values():
        assert (frame["simulated"] == SIMULATED_MARK).all()


@pytest.mark.parametrize(
    ("edition", "place", "units"),
    [
        (EDITION_2025, "11", "provinces"),
        (EDITION_2024, "11", "provinces"),
        (EDITION_2025, COUNTRY_CODE, "lowest"),
        (EDITION_2024, COUNTRY_CODE, "lowest"),
    ],
)
def test_areas_have_the_colours_of_their_rates_on_either_map(edition, place, units):
    made = on_edition(simulated_result(), edition)
    settings = Settings(edition=edition, place=place, units=units)
    view, legend = gap_map(made, settings, "vi")
    rates = made.areas.set_index("code")["per_1000"]
    every = [p for p in areas(edition, settings.lowest) if place in (COUNTRY_CODE, p.parent)]
    assert list(view.codes) == [p.code for p in every]
    for code, mark, text in zip(view.codes, view.marks, view.text, strict=True):
        assert (mark == "n") == (not rates.notna().get(code, False)) == (text == "")
    known = sorted((rates[c], m) for c, m in zip(view.codes, view.marks, strict=True) if m != "n")
    assert [mark for _, mark in known] == sorted(mark for _, mark in known)
    assert bool(view.dots) == (place != COUNTRY_CODE)
    assert "1.000" in legend
    table = counts_data(made, settings, "vi")
    assert {row[0] for row in table["rows"]} == set(rates.index) & set(view.codes)
    people, _ = gap_map(made, replace(settings, per="people"), "vi")
    assert people.unit != view.unit
    assert people.text != view.text


def test_a_commune_is_outlined_and_lists_every_settlement(result):
    code = str(result.settlements["area_code"].iloc[0])
    settings = Settings(place=code)
    view, _ = gap_map(result, settings, "en")
    assert (view.focus, view.selected) == (TUYEN_QUANG, code)
    html = settlements_html(result, settings, "en")
    here = result.settlements[result.settlements["area_code"] == code]
    assert html.count("<tr>") == 1 + len(here)
    said = place_sentence(row_of(result, code), settings, "en")
    assert said.startswith(view.selected and settings.at.name_en)
    assert "Tuyen Quang" in said


def test_clusters_and_new_sites_are_on_the_map_with_the_bound_said():
    made = simulated_result()
    view, legend = gap_map(made, Settings(over="clusters"), "en")
    assert len(view.dots) == 3 * len(made.clusters) == 3 * len(view.dot_sizes)
    people = made.clusters["people"].to_numpy()
    assert "clusters" in legend
    named = {name.split(" people")[0].split(", ")[1] for name in view.dot_names}
    assert f"{people.max():,.0f}" in named
    view, legend = gap_map(made, Settings(over="sites"), "en")
    assert sorted(map(int, view.dot_marks)) == made.ranking.frame["rank"].tolist()
    assert "63%" in legend
    last = made.ranking.frame.iloc[-1]
    assert f"{100 * last['total_reached'] / last['upper_reached']:.1f}%" in legend
    inside, _ = gap_map(made, Settings(over="sites", place="11"), "en")
    assert len(inside.dots) < len(view.dots)
    nothing = replace(made, ranking=replace(made.ranking, frame=made.ranking.frame.iloc[:0]))
    assert bound_text(replace(nothing, ranking=replace(nothing.ranking, skipped="no_gaps")), "vi")


@pytest.mark.parametrize("sort", SORTS)
def test_the_table_of_areas_is_in_the_order_asked_for(sort):
    made = simulated_result()
    table = counts_data(made, Settings(sort=sort), "vi")
    assert [row[0] for row in table["rows"]] != [
        p.code for p in areas(EDITION_2025, Level.PROVINCE)
    ]
    if sort == "place":
        assert table["rows"][0][1][0] == "An Giang"
    else:
        column = "per_1000" if sort == "rate" else sort
        values = made.areas.set_index("code")[column]
        found = [values[row[0]] for row in table["rows"]]
        assert found == sorted(found, reverse=True)


def test_the_commitment_of_provinces_adds_up_to_that_of_the_country():
    ledger = simulated_ledger()
    codes = ledger.tracks["province"].unique()
    parts = [commitment(ledger, province=str(code)) for code in codes]
    whole = commitment(ledger)
    for column in ("open", "new", "unreported"):
        assert sum(part[column] for part in parts).tolist() == whole[column].tolist()
    assert ledger_html(ledger, str(codes[0]), "en") != ledger_html(ledger, str(codes[1]), "en")


def test_settlements_that_the_other_map_cannot_place_are_said(tmp_path):
    rows = [["a", "A", "", "", "00691", 70, ""], ["b", "B", LON, LAT, "00691", 30, ""]]
    settled = write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows)
    sites = write_csv(tmp_path / "t.csv", ("lon", "lat", "range"), [[LON, LAT, 1000]])
    found = find_gaps(Files(settled, sites))
    assert unplaced_text(found, "vi") == ""
    assert unplaced_text(on_edition(found, EDITION_2024), "en").startswith("1 ")


def test_an_operator_known_by_its_code_only_is_said_to_be_one():
    assert networks_text("4G 452-03; 2G Viettel", "vi") == "4G nhà mạng mã 452-03; 2G Viettel"
    assert networks_text("", "en") == "–"


def test_real_results_carry_no_mark_and_files_of_every_kind(result):
    for kind in ("csv", "gpkg", "parquet"):
        file, data, mime = file_of(result, "gaps", kind)
        assert (file, bool(data), bool(mime)) == (f"gaps.{kind}", True, True)
    assert mark_html(result.simulated) == ""
    assert SIMULATED_VI in mark_html(replace(result, simulated=True).simulated)


@pytest.mark.parametrize("counted", ["population", "households", "settlements"])
def test_the_table_of_new_sites_says_what_it_counts(result, counted):
    other = replace(result, ranking=replace(result.ranking, weight=counted))
    said = new_sites_html(other, Settings(), "en")
    unit = {"population": "people", "households": "households", "settlements": "villages"}
    assert [word for word in unit.values() if f"More {word}" in said] == [unit[counted]]
    none = replace(result, ranking=replace(result.ranking, frame=result.ranking.frame.iloc[:0]))
    assert new_sites_html(none, Settings(), "en") == ""


def test_classes_are_of_provinces_and_hold_all_of_them():
    view, legend = gap_map(simulated_result(), Settings(), "vi")
    assert set(view.marks) == set("01234")
    assert legend.count("<li>") == 5


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("lom-song-2024-03-31.csv", date(2024, 3, 31)),
        ("20240331.xlsx", date(2024, 3, 31)),
        ("2024_03_31 gaps.csv", date(2024, 3, 31)),
        ("gaps-2024-02-30.csv", None),
        ("gaps.csv", None),
    ],
)
def test_the_date_of_a_list_is_in_its_name(name, day):
    assert date_of(name) == day


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return current_store(home=tmp_path_factory.mktemp("home"))


def test_published_figures_by_definition_with_their_contradictions(store):
    figures = gap_figures(store)
    clash = [f for f in figures if f.conflict]
    assert sorted(f.row["value"] for f in clash) == [2148, 2418]
    of_day = {f.row["value"] for f in national(figures) if f.kind == "no_signal"}
    assert {226, 761, 717, 238} <= of_day
    assert [f.row["value"] for f in national(figures) if f.kind == "no_power"] == [
        148,
        124,
        117,
        117,
    ]
    assert [f.row["value"] for f in after_promise(figures, date(2024, 3, 31))] == [761, 717, 238]
    kinds = {(f.row["area"], f.kind) for f in provincial(figures)}
    assert ("08", "weak_signal") in kinds
    assert ("14", "no_4g") in kinds
    known, unknown = provinces_known(figures, EDITION_2025)
    assert len(known) + len(unknown) == 34
    assert "08" in {place.code for place in known}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_published_figures_are_written_with_their_sources(store, lang):
    html = national_html(store, lang) + provinces_html(store, lang)
    for number in ("2.148", "2.418") if lang == "vi" else ("2,148", "2,418"):
        assert number in html
    assert "nan" not in html
    assert "None" not in html


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("edition", [EDITION_2025, EDITION_2024])
def test_the_map_of_what_is_known_tells_kinds_apart_and_hatches_the_unknown(store, lang, edition):
    figures = gap_figures(store)
    view, legend = known_map(figures, edition, lang)
    known, unknown = provinces_known(figures, edition)
    mark = dict(zip(view.codes, view.marks, strict=True))
    text = dict(zip(view.codes, view.text, strict=True))
    assert all(mark[place.code] == "n" and not text[place.code] for place in unknown)
    assert all(mark[place.code] != "n" and text[place.code] for place in known)
    for place in known:
        kinds = {
            f.kind for f in figures if f.row["edition"] == edition and f.row["area"] == place.code
        }
        assert text[place.code].count("; ") == len(kinds) - 1
    assert len(set(view.palette)) == len(set(mark.values()) - {"n"})
    assert set(view.notes) == {place.code for place in known}
    for place in unknown:
        assert (place.short_vi if lang == "vi" else place.short_en) in legend
    assert "watermark" not in view.message()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_published_figures_stand_beside_a_ledger_with_its_definition_first(store, lang):
    ledger = replace(simulated_ledger(), simulated=False, definition="no_power")
    html = published_html(store, ledger, COUNTRY_CODE, lang)
    own, other = (html.index(word) for word in (("124", "761")))
    assert own < other
    assert html.index("124") < html.index("2.418" if lang == "vi" else "2,418")
    assert published_html(store, ledger, "08", lang) != html
    assert "1.234" not in published_html(store, ledger, "80", lang)


def test_the_name_of_a_file_is_no_markup_in_a_label():
    assert in_label("Nà A 2024") == "Nà A 2024"
    assert in_label("[x](y)*.csv") == r"\[x\]\(y\)\*\.csv"
    assert in_label(":material/x: $1$") == r"\:material/x\: \$1\$"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("place", ["VN", "08"])
def test_the_map_is_a_figure_with_its_files_its_day_and_the_mark(lang, place):
    result = simulated_result()
    spec = gap_figure(result, Settings(place=place), lang, date(2026, 1, 2))
    assert spec.watermark == t("figure.simulated", lang)
    assert spec.note == t("coverage.range", lang)
    assert next(iter(result.read)) in spec.source
    assert "2026" in spec.as_of
    drawn = render(spec, "svg").decode()
    assert t("figure.simulated", lang).split()[0] in drawn


def test_a_figure_of_few_places_has_markers_and_no_colours(result):
    spec = gap_figure(result, Settings(), "vi", date(2026, 1, 2))
    marked = [shape for shape in spec.body.shapes if shape.marked]
    assert [(shape.code, shape.fill) for shape in marked] == [(TUYEN_QUANG, "plain")]
    assert {shape.fill for shape in spec.body.shapes} == {"plain", "/"}
    assert [key.marker for key in spec.legend.keys] == [True, False]
    assert spec.title.startswith("Thôn, bản")
