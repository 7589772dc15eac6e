"""The page of two indicators: map, square legend, plot, table and words say the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.words import pick, t
from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from tests.pages.shown import texts_of
from ui.address import COMPARED, Settings, View, mapped_editions
from ui.address.choices import NEWEST
from ui.address.pair import MULTIPLES, PAIR
from ui.scene import level_name

PAIRED = {"indicator": "index766-total", "y": "dvcqg-ontime-rate"}
HOSTILE = "<img src=x onerror=alert(1)>\"'</script>"


def shown_pair(open_page, **params):
    return open_page("compare", **PAIRED | params)


def cells(square):
    return {cell["key"]: int(cell["n"]) for row in square["cells"] for cell in row}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_map_square_plot_table_and_words_agree(open_page, store, lang):
    shown = shown_pair(open_page, lang=lang)
    square, plot = shown.component("square"), shown.component("plot")
    counts = cells(square)
    assert sum(counts.values()) == len(plot["points"]) == len(shown.rows) == 34
    for row in square["cells"]:
        for cell in row:
            digit = str(shown.map["palette"].index(cell["color"]))
            assert shown.map["marks"].count(digit) == int(cell["n"])
    names = {
        n: pick(store.catalog.indicators[PAIRED[p]].short, lang)
        for n, p in (("x", "indicator"), ("y", "y"))
    }
    told = " ".join(texts_of(shown.html, lang))
    for corner, key in (("both_high", "2-2"), ("both_low", "0-0"), ("high_low", "2-0")):
        assert t(f"pair.corner.{corner}", lang, n=counts[key], **names) in told
    assert t("pair.cause", lang) in told


def test_the_correlation_is_that_of_the_ranks(open_page):
    shown = shown_pair(open_page)
    points = shown.component("plot")["points"]
    ranks = []
    for at in (2, 3):
        values = np.array([point[at] for point in points])
        ranks.append([(values < v).sum() + (values == v).sum() / 2 for v in values])
    text = f"{np.corrcoef(ranks)[0, 1]:.2f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")
    assert f"Spearman {text}; n = 34" in shown.html


def test_a_cell_lists_its_areas_and_dims_the_rest(open_page):
    whole = shown_pair(open_page)
    n = cells(whole.component("square"))["0-2"]
    shown = shown_pair(open_page, cell="0-2")
    assert shown.address["cell"] == "0-2"
    assert len(shown.rows) == n
    assert shown.component("square")["chosen"] == "0-2"
    assert shown.map["marks"].count("f") == 34 - n
    assert len(shown.component("plot")["dim"]) == 34 - n


def test_an_area_singled_out_is_outlined_marked_and_told(open_page):
    shown = shown_pair(open_page, area=f"{EDITION_2025}:01")
    assert shown.map["selected"] == shown.component("plot")["selected"] == "01"
    assert "Thành phố Hà Nội" in shown.html
    elsewhere = shown_pair(open_page, area=f"{EDITION_2024}:01")
    assert elsewhere.map["selected"] is None
    assert "area" not in elsewhere.address
    assert t("refused", "vi") not in elsewhere.html


def test_figures_of_unlike_times_and_other_maps_are_said(open_page):
    shown = shown_pair(open_page, y="census-urban-rate")
    told = " ".join(texts_of(shown.html, "vi"))
    assert "không cùng thời điểm" in told
    assert "01/04/2019" in told
    assert "34 địa phương là số tính lại" in told


def test_parts_of_one_index_are_no_surprise(open_page):
    assert t("pair.same_family", "vi") in shown_pair(open_page, y="index766-progress").html
    assert t("pair.same_family", "vi") not in shown_pair(open_page).html


@pytest.mark.parametrize("of", ["x", "y"])
def test_either_figure_is_traced_to_its_source(open_page, store, of):
    shown = shown_pair(open_page, source="01", of=of)
    traced = store.catalog.indicators[PAIRED["indicator" if of == "x" else "y"]]
    assert "atlas-source" in shown.html
    assert f"<h3>{traced.title.vi}</h3>" in shown.html


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        (
            {"edition": EDITION_2024, "indicator": "coordination-plan", "y": "dti-rank"},
            "tình trạng",
        ),
        (
            {"edition": EDITION_2024, "indicator": "dti-rank", "y": "coordination-plan"},
            "tình trạng",
        ),
        ({"y": "dvcqg-dossiers-received"}, "số đếm"),
        ({"edition": EDITION_2024, "indicator": "dti-rank", "y": "cashless-si-rate"}, "Không ghép"),
        ({"level": "commune"}, "Không ghép"),
        ({"place": "01", "level": "commune"}, "Không ghép"),
    ],
)
def test_what_cannot_be_crossed_is_refused_with_the_reason_and_a_map(open_page, params, reason):
    shown = shown_pair(open_page, **params)
    assert reason in shown.html
    assert shown.component("square") is None
    assert shown.map["codes"]


def test_a_count_is_crossed_as_a_rate_with_a_named_denominator(open_page):
    shown = shown_pair(open_page, y="dvcqg-dossiers-received", y_per="population-average")
    assert (
        shown.component("plot")["y"]["name"]
        == "Hồ sơ tiếp nhận/dân số trung bình (hồ sơ/nghìn người)"
    )
    assert shown.address["y_per"] == "population-average"


def test_what_is_left_open_is_chosen(open_page, store):
    shown = open_page("compare")
    y = shown.component("second")["value"]
    x = shown.address["indicator"]
    assert store.catalog.indicators[y].family != store.catalog.indicators[x].family
    assert shown.component("square")


@pytest.mark.parametrize(
    ("param", "given"),
    [
        ("y", "nothing"),
        ("y", HOSTILE),
        ("y", PAIRED["indicator"]),
        ("y_per", HOSTILE),
        ("y_at", "yesterday"),
        ("cell", "3-0"),
        ("cell", HOSTILE),
        ("area", "1999:01"),
        ("area", "x" * 9000),
        ("of", "z"),
        ("way", "tree"),
        ("maps", "2024-13-01"),
        ("maps", ",".join(f"20{n}-01-01" for n in range(10, 30))),
    ],
)
def test_what_cannot_be_followed_is_said(open_page, param, given):
    shown = shown_pair(open_page, lang="en", **{param: given})
    assert t("refused", "en") in shown.html or t("pair.twice", "en") in shown.html
    assert "<img" not in shown.html
    assert "x" * 200 not in shown.html
    assert shown.component("square")


IDS = ("rate", "people", "dti-rank")


@st.composite
def asked_for(draw):
    edition = draw(st.sampled_from(mapped_editions()))
    code = draw(st.sampled_from(("", *(place.code for place in areas(edition)[:50]))))
    third = st.integers(0, 2)
    pair = Settings(
        y=draw(st.sampled_from(("", *IDS))),
        y_per=draw(st.sampled_from(("", *IDS))),
        y_at=draw(st.none() | st.dates()),
        cell=draw(st.none() | st.tuples(third, third)),
        area=(edition, code) if code else ("", ""),
    )
    days = st.lists(st.dates(), max_size=6, unique=True)
    maps = draw(days.map(lambda found: [day.isoformat() for day in found]) | st.just(IDS[:2]))
    return View(edition=edition), draw(
        st.sampled_from((pair, Settings(way=MULTIPLES, maps=tuple(maps), area=pair.area)))
    )


@settings(max_examples=50)
@given(asked_for())
def test_an_address_names_all_that_was_asked(asked):
    view, given_settings = asked
    params = {name: text for name, text in given_settings.params(view).items() if text}
    assert COMPARED.read(params, IDS) == (given_settings, [])


def test_the_other_way_leaves_nothing_behind():
    params = Settings(way=PAIR, y="rate", maps=("rate", "people")).params(View())
    assert params["maps"] == ""
    assert params["y_at"] == NEWEST
    assert Settings(way=MULTIPLES, y="rate").params(View())["y"] == ""


@pytest.mark.parametrize("page", ["compare", "clusters"])
def test_a_level_without_figures_is_said_to_have_none(open_page, store, page):
    shown = open_page(page, level=Level.COMMUNE, indicator="dvcqg-ontime-rate")
    told = {"areas": level_name(Level.COMMUNE, "vi", 2), "where": "Việt Nam"}
    what = store.catalog.indicators["dvcqg-ontime-rate"].short.vi
    assert t("empty.level", "vi", what=what, **told) in texts_of(shown.html, "vi")
    assert shown.map["codes"]
