"""Ways through the app that the usual page does not have: into a province, and to finer areas."""

from __future__ import annotations

import json
import time
from typing import Any

from playwright.sync_api import Locator, Page

from benchmarks.browser import Chromium
from benchmarks.cases import COMMUNES, LANG, PROVINCES, Case
from benchmarks.pages import AtlasPage
from benchmarks.rounds import Subject
from benchmarks.series import press
from benchmarks.servers import ROOT
from geo.boundaries import web_layer
from geo.editions import COUNTRY_CODE, area, areas
from metrics.catalog import Indicator

# The map glides to a new view; a click before it has come to rest would miss.
GLIDE_S = 0.6
LARGEST = 6


def _open(
    page: Page,
    chromium: Chromium,
    subject: Subject,
    case: Case,
    indicators: tuple[Indicator, ...],
) -> AtlasPage:
    tab = AtlasPage(page, subject.server, subject.proxy, chromium, indicators)
    tab.visit(case)
    return tab


def _label_points(case: Case) -> dict[str, tuple[float, float]]:
    """Return where the largest provinces carry their names: a point inside each."""
    layer = web_layer(case.edition, case.level)
    shapes = json.loads((ROOT / "static" / layer.url).read_text(encoding="utf-8"))
    points = {
        str(shape["id"]): (shape["properties"]["y"], shape["properties"]["x"])
        for shape in shapes["objects"]["areas"]["geometries"]
    }
    by_size = sorted(areas(case.edition, case.level), key=lambda place: -(place.area_km2 or 0))
    return {place.code: points[place.code] for place in by_size[:LARGEST]}


def _click_map(page: Page, point: tuple[float, float]) -> float:
    """Click the map at a latitude and longitude; milliseconds until it is painted anew."""
    frame = page.locator("iframe").first
    script = (
        "(frame, at) => { const p = frame.contentWindow.map.latLngToContainerPoint(at);"
        " const box = frame.getBoundingClientRect(); return [box.x + p.x, box.y + p.y]; }"
    )
    x, y = frame.evaluate(script, list(point))
    page.evaluate("bench.arm()")
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    late = "new Promise((_, no) => setTimeout(() => no(Error('not painted')), 20000))"
    return float(page.evaluate(f"Promise.race([bench.done, {late}])")["ms"])


def into_provinces(
    chromium: Chromium, subject: Subject, indicators: tuple[Indicator, ...], count: int
) -> dict[str, Any]:
    """Select provinces on the map, enter each by another click, and come back by the breadcrumb.

    Returns
    -------
    dict
        ``selected_ms``; ``first_ms``, with the geometry of the districts to be fetched, then
        ``painted_ms``; and ``back_ms``.
    """
    selected, into, back = [], [], []
    with chromium.page() as page:
        tab = _open(page, chromium, subject, PROVINCES, indicators)
        country = area(PROVINCES.edition, COUNTRY_CODE)
        name = country.name_vi if LANG == "vi" else country.name_en
        points = list(_label_points(PROVINCES).values())
        for turn in range(count + 1):
            time.sleep(GLIDE_S)
            selected.append(_click_map(page, points[turn % len(points)]))
            tab.settle()
            time.sleep(GLIDE_S)
            into.append(_click_map(page, points[turn % len(points)]))
            tab.settle()
            up: Locator = page.locator(".st-key-crumbs").get_by_text(name, exact=True)
            back.append(press(page, up)["ms"])
            tab.settle()
    return {
        "selected_ms": selected,
        "first_ms": into[:1],
        "painted_ms": into[1:],
        "back_ms": back,
    }


def to_communes(
    chromium: Chromium, subject: Subject, indicators: tuple[Indicator, ...], count: int
) -> dict[str, Any]:
    """Switch the country from provinces to communes and back.

    Returns
    -------
    dict
        ``first_ms``, with the geometry of the communes to be fetched, then ``painted_ms``.
    """
    provinces = Case(COMMUNES.edition, PROVINCES.level, 1, 1)
    down = []
    with chromium.page() as page:
        tab = _open(page, chromium, subject, provinces, indicators)
        for _ in range(count + 1):
            down.append(press(page, tab.level_button(1))["ms"])
            tab.settle()
            press(page, tab.level_button(0))
            tab.settle()
    return {"first_ms": down[:1], "painted_ms": down[1:]}
