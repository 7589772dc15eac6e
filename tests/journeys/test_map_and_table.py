"""The map and the table show the same places; the archipelagos are on every map."""

import pytest

from base.words import t
from geo.boundaries import web_layer
from geo.editions import EDITION_2024, EDITION_2025, Level, area

DA_NANG, KHANH_HOA, QUANG_BINH = "48", "56", "44"
POINTED = ".ranking tr.pointed"


def test_pointing_at_a_row_outlines_its_area(visit):
    atlas = visit()
    assert atlas.outlines.count() == 0
    atlas.row(QUANG_BINH).hover()
    atlas.outlines.first.wait_for(state="attached")
    outline = atlas.outlines.first.bounding_box()
    frame = atlas.page.locator("iframe").bounding_box()
    spot = atlas.spot(EDITION_2025, Level.PROVINCE, QUANG_BINH)
    assert outline["x"] <= frame["x"] + spot["x"] <= outline["x"] + outline["width"]
    assert outline["y"] <= frame["y"] + spot["y"] <= outline["y"] + outline["height"]
    atlas.page.get_by_role("heading", level=1).hover()
    atlas.outlines.first.wait_for(state="detached")


def test_pointing_at_an_area_marks_its_row_and_tells_its_figure(visit):
    atlas = visit()
    atlas.point_at(EDITION_2025, Level.PROVINCE, QUANG_BINH)
    atlas.page.locator(f'{POINTED}[data-code="{QUANG_BINH}"]').wait_for()
    figure = atlas.row(QUANG_BINH).get_by_role("cell").nth(2).inner_text()
    tip = atlas.map.locator(".leaflet-tooltip")
    tip.wait_for()
    assert area(EDITION_2025, QUANG_BINH).short_vi in tip.inner_text()
    assert figure.rstrip("0").rstrip(",") in tip.inner_text()


@pytest.mark.parametrize("edition", [EDITION_2024, EDITION_2025])
def test_the_archipelagos_are_in_view_at_the_scope_of_the_country(visit, edition):
    rate = {EDITION_2024: "dti-rank", EDITION_2025: "index766-total"}[edition]
    atlas = visit(f"?edition={edition}&indicator={rate}")
    frame = atlas.page.locator("iframe").bounding_box()
    for symbol in web_layer(edition, Level.PROVINCE).symbols:
        for point in symbol.points:
            spot = atlas.pixel(*point)
            assert 0 < spot["x"] < frame["width"]
            assert 0 < spot["y"] < frame["height"]
    islets = sum(len(symbol.points) for symbol in web_layer(edition, Level.PROVINCE).symbols)
    assert atlas.map.locator(".leaflet-atlas-circles-pane path").count() == islets
    assert not atlas.map.locator(".atlas-inset").is_visible()


@pytest.mark.parametrize(("name", "province"), [("Hoàng Sa", DA_NANG), ("Trường Sa", KHANH_HOA)])
def test_the_archipelagos_are_beside_the_map_of_a_province_and_lead_to_theirs(
    visit, name, province
):
    atlas = visit(f"?edition={EDITION_2025}&place={QUANG_BINH}&level=commune")
    boxes = atlas.map.locator(".atlas-inset").get_by_role("button")
    assert boxes.count() == 2
    frame = atlas.page.locator("iframe").bounding_box()
    for box in boxes.all():
        at = box.bounding_box()
        assert frame["x"] <= at["x"]
        assert at["x"] + at["width"] <= frame["x"] + frame["width"]
    chosen = boxes.filter(has_text=name)
    assert area(EDITION_2025, province).short_vi in chosen.inner_text()
    with atlas.repainting():
        chosen.click()
    atlas.until(place=province, level="province")
    atlas.page.locator(".atlas-selected").get_by_role(
        "heading", name=area(EDITION_2025, province).name_vi
    ).wait_for()
    assert not atlas.map.locator(".atlas-inset").is_visible(), "in view on the country's map"


@pytest.mark.parametrize("province", [DA_NANG, KHANH_HOA])
def test_an_archipelago_is_beside_the_map_of_its_own_province(visit, province):
    atlas = visit(f"?edition={EDITION_2025}&place={province}&level=commune")
    boxes = atlas.map.locator(".atlas-inset").get_by_role("button")
    assert boxes.count() == 2, "its own archipelago is far from the mainland of the province"


def test_circles_are_as_large_as_the_legend_says(visit):
    atlas = visit(f"?edition={EDITION_2025}&indicator=dvcqg-dossiers-received")
    drawn = atlas.map.locator(".leaflet-atlas-circles-pane path").evaluate_all(
        "paths => Math.max(...paths.map(path => path.getBBox().width))"
    )
    told = atlas.page.locator(".atlas-legend i.circle").first.bounding_box()["width"]
    assert abs(drawn - told) < 2


def test_the_row_of_the_place_looked_at_is_in_sight(visit):
    atlas = visit(f"?edition={EDITION_2025}&place=20333")
    row, box = atlas.row("20333").bounding_box(), atlas.page.locator(".ranking").bounding_box()
    assert box["y"] <= row["y"]
    assert row["y"] + row["height"] <= box["y"] + box["height"]


def test_the_map_tells_those_who_do_not_see_it_where_the_figures_are(visit):
    atlas = visit()
    described = atlas.map.locator("[data-painted]").get_attribute("aria-label")
    assert atlas.heading in described
    assert t("alt.table", "vi") in described


def test_no_figure_is_behind_a_picture(visit):
    atlas = visit()
    assert atlas.page.locator(".atlas-legend").get_by_role("listitem").count() >= 6
    assert len(atlas.rows()) == 34
