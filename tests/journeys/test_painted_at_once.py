"""A choice is on the map before the page has run; the run changes nothing, or puts it right."""

import os
import random

import pytest
from playwright.sync_api import TimeoutError as NothingYet

from geo.editions import EDITION_2024, Level
from tests.journeys.atlas import ASKED_EVERY

RATE = f"?edition={EDITION_2024}&indicator=census-urban-rate&level=district"
CRUMB = "nav.crumbs li:not(.leaves) a"
CHANGES = int(os.environ.get("ATLAS_CHANGES", "10"))
# Holds back what the page sends to its server, so that nothing but HTTP can paint.
GATE = """() => {
  const send = WebSocket.prototype.send;
  window.waiting = [];
  WebSocket.prototype.send = function (data) {
    if (window.shut) window.waiting.push(() => send.call(this, data));
    else send.call(this, data);
  };
}"""
OPEN = "() => { window.shut = false; for (const go of window.waiting.splice(0)) go(); }"
WORDS = """() => [".atlas-title", ".atlas-legend"].map(
  (at) => document.querySelector(at).outerHTML)"""
# What is drawn: the areas and the names on canvases, outlines and circles as SVG, words in boxes.
# (Buttons are left out: their letters are smoothed otherwise when the page moves by half a pixel.)
PIXELS = """() => [
  ...[...document.querySelectorAll("canvas")].map((at) => at.toDataURL()),
  ...[...document.querySelectorAll(".leaflet-pane svg, .atlas-inset, .leaflet-control-attribution")]
    .map((at) => at.outerHTML),
]"""
PAINTED = """(seen) => {
  const map = document.querySelector("iframe").contentDocument.querySelector("[data-painted]");
  return !map.hasAttribute("aria-busy") && map.dataset.painted !== seen;
}"""


def picture(atlas):
    """Take the pixels of the map, its title and its legend, with the pointer elsewhere."""
    atlas.page.mouse.move(1, 1)
    atlas.page.wait_for_timeout(60)
    return atlas.map.evaluate(PIXELS), atlas.page.evaluate(WORDS)


def own_id(atlas):
    """Return the id of the view that the address of the page names."""
    root, query = atlas.page.url.split("?")
    told = atlas.page.request.get(f"{root.rsplit('/', 1)[0]}/view?{query}").json()
    return told["map"]["id"]


def table_settles(atlas):
    atlas.page.locator(".ranking td").first.wait_for()


def random_change(atlas, dice):
    """Do something by a control of the page that leads to another map."""
    page = atlas.page
    kinds = [_row, _indicator]
    if page.locator("nav.crumbs a").count() > 1:
        kinds += [_crumb, _crumb]
    elif page.locator(".st-key-level button").count():
        kinds += [_level]
    if page.locator(".timeline input[type=range]").count():
        kinds += [_period]
    dice.choice(kinds)(atlas, dice)


def _row(atlas, dice):
    rows = atlas.page.locator(".ranking tbody tr .name button")
    rows.nth(dice.randrange(min(rows.count(), 20))).click()


def _indicator(atlas, dice):
    atlas.combobox("picker.indicator").click()
    options = atlas.page.get_by_role("option")
    options.nth(dice.randrange(options.count())).click()


def _crumb(atlas, dice):
    atlas.page.locator(CRUMB).first.click()


def _level(atlas, dice):
    atlas.page.locator('.st-key-level button[aria-checked="false"]').first.click()


def _period(atlas, dice):
    slider = atlas.page.locator(".timeline input[type=range]")
    slider.focus()
    slider.press("ArrowLeft" if slider.input_value() != "0" else "ArrowRight")


def test_the_picture_is_the_same_before_and_after_the_page_has_run(visit):
    atlas, dice = visit(RATE), random.Random(6)
    atlas.page.evaluate(GATE)
    early = 0
    for n in range(CHANGES):
        seen = atlas.painted
        atlas.page.evaluate("() => { window.shut = true; }")
        random_change(atlas, dice)
        try:
            atlas.page.wait_for_function(PAINTED, arg=seen, timeout=4000, polling=ASKED_EVERY)
            early += 1
            before = picture(atlas)
        except NothingYet:  # the same view again: nothing to paint
            before = None
        atlas.page.evaluate(OPEN)
        atlas.page.wait_for_timeout(500)
        atlas.idle()
        table_settles(atlas)
        after = picture(atlas)
        if before is not None:
            assert before[1] == after[1], (n, atlas.page.url)
            assert before[0] == after[0], (n, atlas.page.url)
    assert early >= CHANGES * 0.4  # some choices are of what is shown


def test_without_http_all_works_by_the_run(visit):
    atlas = visit(f"?edition={EDITION_2024}&indicator=census-urban-rate")
    atlas.page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('dead')); }")
    for code in ("01", "44", "79"):
        with atlas.repainting():
            atlas.click_area(EDITION_2024, Level.PROVINCE, code)
        atlas.until(place=code)
        with atlas.repainting():
            atlas.page.locator(CRUMB).first.click()
        atlas.until(place="VN")


def test_a_server_that_has_no_views_is_asked_twice_at_most(visit):
    atlas, asked = visit(f"?edition={EDITION_2024}", alone=True), []
    html = {"status": 200, "content_type": "text/html", "body": "<html></html>"}
    atlas.page.route("**/view?*", lambda route: (asked.append(1), route.fulfill(**html)))
    for code in ("01", "40", "44", "79"):
        with atlas.repainting():
            atlas.open_row(code)
        with atlas.repainting():
            atlas.page.locator(CRUMB).first.click()
    assert len(asked) <= 3


def test_a_newer_choice_overtakes_an_older_one(visit):
    atlas = visit(f"?edition={EDITION_2024}&indicator=census-urban-rate")
    atlas.page.evaluate("""() => {
      const fetch = window.fetch;
      window.fetch = async (where, how) => {
        const answer = await fetch(where, how);
        if (String(where).includes("place%3A01")) await new Promise((go) => setTimeout(go, 1500));
        return answer;
      };
    }""")
    atlas.row("01").get_by_role("button").first.click()
    atlas.row("44").get_by_role("button").first.click()
    atlas.until(place="44")
    atlas.page.wait_for_timeout(2500)
    assert atlas.painted == own_id(atlas)


def test_what_the_page_does_not_confirm_is_put_right(visit):
    atlas = visit(f"?edition={EDITION_2024}&indicator=census-urban-rate", alone=True)
    other = atlas.page.request.get(
        f"{atlas.page.url.split('?')[0].rsplit('/', 1)[0]}/view?lang=vi&edition=2024&place=79"
        "&indicator=census-urban-rate"
    )
    body = {"status": 200, "content_type": "application/json", "body": other.text()}
    atlas.page.route("**/view?*", lambda route: route.fulfill(**body))
    assert other.ok
    with atlas.repainting():
        atlas.open_row("44")
    atlas.until(place="44")
    atlas.page.wait_for_timeout(1500)
    atlas.page.unroute_all()
    assert atlas.painted == own_id(atlas)
    assert "TP. Hồ Chí Minh" not in atlas.heading


@pytest.mark.parametrize("way", ["row", "indicator"])
def test_pointing_fetches_ahead_within_bounds(visit, way):
    atlas, asked = visit(f"?edition={EDITION_2024}&indicator=census-urban-rate"), []
    atlas.page.on("request", lambda request: "/view?" in request.url and asked.append(request.url))
    if way == "row":
        for code in ("01", "40", "44"):
            atlas.row(code).get_by_role("button").first.hover()
            atlas.page.wait_for_timeout(700)
    else:
        atlas.combobox("picker.indicator").click()
        for n in (1, 2, 3):
            atlas.page.get_by_role("option").nth(n).hover()
            atlas.page.wait_for_timeout(700)
    assert 1 <= len(asked) <= 4


def test_the_lists_of_streamlit_are_painted_at_once_too(visit):
    atlas = visit(RATE)
    atlas.more_choices()
    atlas.page.evaluate(GATE)
    atlas.page.locator(".st-key-method button[aria-haspopup=listbox]").click()
    option = atlas.page.get_by_role("option").nth(1)
    option.wait_for()
    seen = atlas.painted
    atlas.page.evaluate("() => { window.shut = true; }")
    option.click()
    atlas.page.wait_for_function(PAINTED, arg=seen, polling=ASKED_EVERY)
    atlas.page.evaluate(OPEN)
    atlas.until_true("() => !location.search.includes('method=quantile')")
    atlas.idle()
    assert atlas.painted == own_id(atlas)
