"""The page of clusters: what is found is in words, what cannot be looked for is refused."""

import pytest

from base.words import t
from geo.classify import FEWEST
from geo.editions import EDITION_2024
from tests.pages.shown import texts_of

DISTRICTS = {"edition": EDITION_2024, "level": "district", "indicator": "census-urban-rate"}
HOSTILE = "<img src=x onerror=alert(1)>"


def open_clusters(open_page, **params):
    return open_page("clusters", **{"permutations": "999", **params})


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_clusters_of_districts_are_on_the_map_in_the_table_in_the_plot_and_in_words(
    open_page, lang
):
    shown = open_clusters(open_page, lang=lang, **DISTRICTS)
    marks = shown.map["marks"]
    assert len(marks) == len(shown.rows) == 696
    n = {digit: marks.count(digit) for digit in "01234"}
    assert n["0"] > 10 > n["1"]
    assert marks.count("o") == 10  # islands
    told = " ".join(texts_of(shown.html, lang))
    assert t("clusters.counted.high_high", lang, n=n["0"]) in told
    assert t("clusters.cause", lang) in told
    assert t("clusters.weights", lang) in told
    plot = shown.component("moran")
    assert len(plot["points"]) == sum(n.values())
    words = [row[8][0] for row in shown.rows]
    assert words.count(t("clusters.short.high_high", lang)) == n["0"]


def test_the_address_names_every_setting_and_shows_the_same_again(open_page):
    shown = open_clusters(open_page, **DISTRICTS, alpha="0.01", correction="none", seed="7")
    address = shown.address
    assert {"alpha": "0.01", "permutations": "999", "seed": "7", "correction": "none"}.items() <= (
        address.items()
    )
    again = open_page("clusters", **address)
    assert again.address == address
    assert again.map["marks"] == shown.map["marks"]
    assert open_clusters(open_page, **DISTRICTS).map["marks"] != shown.map["marks"]


def test_an_area_singled_out_has_a_card_and_an_outline(open_page):
    shown = open_clusters(open_page, **DISTRICTS, area=f"{EDITION_2024}:001")
    assert shown.map["selected"] == "001"
    assert "Ba Đình" in shown.html
    assert shown.component("moran")["selected"] == "001"


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"edition": EDITION_2024, "indicator": "dti-score"}, "clusters.too_few"),
        ({"edition": EDITION_2024, "indicator": "coordination-plan"}, "comparing.status"),
        ({"indicator": "dvcqg-dossiers-received"}, "comparing.count"),
        ({"place": "44", "level": "commune", "indicator": "index766-total"}, "clusters.too_few"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_with_the_reason(open_page, params, reason):
    shown = open_clusters(open_page, **params)
    start = t(reason, "vi", name="\0", n="\0", fewest=FEWEST).split("\0")[0] or "“"
    assert start in shown.html
    assert shown.component("moran") is None
    assert shown.map["codes"]


def test_a_count_becomes_a_rate_with_a_named_denominator(open_page):
    shown = open_clusters(open_page, indicator="dvcqg-dossiers-received", per="population-average")
    assert shown.address["per"] == "population-average"
    assert (
        shown.component("moran")["x"]["name"]
        == "Hồ sơ tiếp nhận/dân số trung bình (hồ sơ/nghìn người)"
    )
    assert "dân số trung bình" in shown.heading
    assert "31/12/2024" in shown.heading


@pytest.mark.parametrize(
    ("param", "given"),
    [
        ("alpha", "2"),
        ("alpha", HOSTILE),
        ("permutations", "1000000"),
        ("seed", "-1"),
        ("seed", "9" * 5000),
        ("seed", "١٢"),
        ("correction", "bonferroni"),
        ("area", "2025:zz"),
        ("area", HOSTILE),
        ("per", "nothing"),
    ],
)
def test_settings_that_cannot_be_followed_are_named(open_page, param, given):
    shown = open_page("clusters", lang="en", **{"permutations": "999", param: given})
    assert t("refused", "en") in shown.html
    assert "<img" not in shown.html
    assert shown.address.get(param) != given
