"""A wrong address, a sub-path, a phone: the same atlas."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from base.words import t
from tests.journeys.atlas import Atlas
from tests.journeys.conftest import SLOWEST
from tools.soak import addresses
from ui.shell.doors import DOORS

HOSTILE = "%3Cimg%20src%3Dx%20onerror%3D%22window.hurt%3D1%22%3E%3C%2Fscript%3E%7B%7B7*7%7D%7D"


def test_a_hostile_address_shows_a_map_and_harms_nobody(visit):
    address = f"?place={HOSTILE}&indicator={HOSTILE}&k=9999&at=never&{HOSTILE}={HOSTILE}"
    atlas = visit(address)
    alert = atlas.page.get_by_role("alert")
    assert t("refused", "vi") in alert.inner_text()
    assert "<img" in alert.inner_text()
    assert atlas.page.evaluate("window.hurt") is None
    assert len(atlas.rows()) == 34
    assert "hurt" not in atlas.page.url
    with atlas.repainting():
        atlas.open_row("01")
    assert atlas.page.get_by_role("alert").count() == 0


def test_under_a_sub_path_everything_loads_from_below_it(visit, app_under_a_path):
    asked = []
    atlas = visit(url=app_under_a_path)
    assert len(atlas.rows()) == 34
    atlas.page.on("request", lambda request: asked.append(request.url))
    with atlas.repainting():
        atlas.open_row("01")
    atlas.type_into("search.label", "da nang")
    atlas.page.keyboard.press("Escape")
    with atlas.repainting():
        atlas.page.go_back()
    assert asked
    assert all(f"{app_under_a_path}/" in url for url in asked if url.startswith("http"))


def test_on_a_phone_the_order_is_title_map_legend_table(visit):
    atlas = visit(width=390, height=844, has_touch=True, is_mobile=True, device_scale_factor=2)
    page = atlas.page
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    assert wide <= 390
    inner = page.get_by_test_id("stMain").evaluate("box => [box.scrollWidth, box.clientWidth]")
    assert inner[0] <= inner[1]
    parts = [page.get_by_role("heading", level=1), page.locator("iframe")]
    parts += [page.locator(".atlas-legend"), atlas.table]
    tops = [part.bounding_box()["y"] for part in parts]
    assert tops == sorted(tops)
    frame = page.locator("iframe").bounding_box()
    assert 0.5 < frame["height"] / 844 < 0.7
    assert frame["width"] > 340
    with atlas.repainting():
        atlas.open_row("44")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


def test_on_a_phone_a_place_stands_above_the_archipelagos_put_beside_it(visit):
    atlas = visit("where?lang=vi&unit=2024:02", maps=2, width=390, height=844)
    for at in range(2):
        frame = atlas.page.frame_locator("iframe").nth(at)
        isles = frame.locator(".atlas-inset").bounding_box()["y"]
        boxes = [outline.bounding_box() for outline in frame.locator('path[fill="none"]').all()]
        assert boxes
        assert all(box["y"] + box["height"] <= isles for box in boxes)
    # The menu shuts behind who goes through a door.
    page, opened = atlas.page, atlas.page.get_by_test_id("stPopoverBody")
    page.get_by_role("button", name=t("menu.open", "vi")).click()
    opened.get_by_role("link", name=t("door.about", "vi"), exact=True).click()
    page.wait_for_url("**/methods?**")
    atlas.shows(t("methods.title", "vi"))
    opened.wait_for(state="hidden")


# The names on a map that stand under what stands above it, or reach over its edge.
HIDDEN = """() => {
  const pen = CanvasRenderingContext2D.prototype, write = pen.fillText, texts = [];
  pen.fillText = function (text, x, y) {
    const half = this.measureText(text).width / 2;
    texts.push([text, x - half, y - 9, x + half, y + 2]);
    write.call(this, text, x, y);
  };
  map.fire("moveend");
  pen.fillText = write;
  const { width, height } = map.getContainer().getBoundingClientRect();
  const above = [...document.querySelectorAll(".leaflet-control")];
  const boxes = above.map((at) => at.getBoundingClientRect()).filter((box) => box.width);
  const hidden = texts.filter(([, left, top, right, bottom]) =>
    left < 0 || top < 0 || right > width || bottom > height || boxes.some((box) =>
      left < box.right && right > box.left && top < box.bottom && bottom > box.top));
  return { n: texts.length, hidden: hidden.map(([text]) => text) };
}"""
BUTTONS = """() => {
  const box = document.querySelector(".leaflet-control-zoom").getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom];
}"""


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
@pytest.mark.parametrize("address", ["?place=52&level=commune", "where?unit=2024:02", "gaps"])
def test_no_name_stands_under_buttons_or_over_the_edge(visit, address, size):
    maps = 1 if address.startswith("?") else 2
    address = f"{address}{'&' if '?' in address else '?'}lang=vi"
    atlas = visit(address, maps=maps, width=size[0], height=size[1])
    for at in range(maps):
        drawn = atlas.page.frame_locator("iframe").nth(at).locator("body").evaluate(HIDDEN)
        assert drawn["n"] > 2
        assert drawn["hidden"] == []


# Boxes that have to be scrolled sideways to be read; lines of code aside.
SIDEWAYS = """() => {
  const found = [], deep = (root) => {
    for (const at of root.querySelectorAll("*")) {
      if (at.shadowRoot) deep(at.shadowRoot);
      const scrolls = ["auto", "scroll"].includes(getComputedStyle(at).overflowX);
      if (at.tagName !== "PRE" && scrolls && at.scrollWidth > at.clientWidth + 1) {
        found.push(`${at.tagName}.${at.className}`);
      }
    }
  };
  deep(document);
  return found;
}"""


@pytest.mark.parametrize(
    ("address", "maps"),
    [
        ("?level=commune", 1),
        ("compare?way=multiples", 4),
        ("tables?show=pivot", 0),
        ("gaps?part=search&mode=simulated", 0),
    ],
)
def test_on_a_phone_no_box_is_scrolled_sideways(visit, address, maps):
    page = visit(f"{address}&lang=vi", maps=maps, width=390, height=844).page
    page.get_by_role("heading", level=1).wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.locator("table tbody tr").nth(5).wait_for(state="attached")
    assert page.evaluate(SIDEWAYS) == []


def test_on_a_phone_the_buttons_stand_below_the_country(visit):
    atlas = visit("?lang=vi", width=390, height=844)
    _, top, _, _ = atlas.map.evaluate(BUTTONS)
    assert all(atlas.spot("2025", "province", code)["y"] < top for code in ("11", "20", "96", "91"))


def test_what_is_refused_of_an_address_is_no_wider_than_a_phone(visit):
    atlas = visit(f"?places={','.join(['2025:01'] * 20)}&k={'9' * 60}", width=390, height=844)
    atlas.page.get_by_role("alert").first.wait_for()
    wide = atlas.page.get_by_test_id("stMain").evaluate("box => [box.scrollWidth, box.clientWidth]")
    assert wide[0] <= wide[1]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1366, 768)])
def test_the_map_its_ways_and_the_lines_of_the_themes_are_seen_at_once(visit, width, height):
    atlas = visit(width=width, height=height)
    page = atlas.page
    page.locator(".atlas-front section").nth(2).wait_for()
    for part in (".st-key-middle iframe", ".atlas-legend", "[class*=st-key-take_]", ".atlas-front"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= height, part
    # The country is as high as the screen lets it be: from Lào Cai to Cà Mau.
    top, bottom = (atlas.spot("2025", "province", code)["y"] for code in ("15", "96"))
    assert bottom - top > height * 0.35


CUT = """() => {
  const roots = [...document.querySelectorAll("*")].map((at) => at.shadowRoot).filter(Boolean);
  const box = roots.map((root) => root.querySelector(".ranking")).find(Boolean);
  return box.scrollWidth - box.clientWidth;
}"""

SIDES = "at => [getComputedStyle(at).borderLeftColor, getComputedStyle(at).borderRightColor]"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 768), (820, 1180)])
def test_on_smaller_screens_values_and_classes_are_read_whole(visit, width, height, lang):
    atlas = visit(f"?lang={lang}", width=width, height=height)
    page = atlas.page
    assert atlas.page.evaluate(CUT) <= 0
    keys = page.locator(".atlas-legend li").all()
    assert all(key.bounding_box()["height"] < 26 for key in keys)
    # What asks for a place keeps the header on the line of its doors.
    if width > 900:
        assert page.locator(".st-key-header").bounding_box()["height"] < 64
    choices = page.get_by_role("radiogroup", name=t("picker.level", lang)).get_by_role("radio")
    assert all("rgba(0, 0, 0, 0)" not in choice.evaluate(SIDES) for choice in choices.all())


def test_a_tap_on_the_map_of_a_phone_goes_down(visit):
    atlas = visit(width=390, height=844, has_touch=True, is_mobile=True)
    frame = atlas.page.locator("iframe")
    with atlas.repainting():
        frame.tap(position=atlas.spot("2025", "province", "38"))
    assert atlas.address["place"] == "38"


def test_a_dark_theme_is_dark_on_the_map_too(visit):
    atlas = visit(color_scheme="dark", alone=True)
    assert atlas.map.evaluate("document.documentElement.classList.contains('dark')")
    background = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    assert atlas.page.evaluate(background) == "rgb(20, 24, 27)"
    bar = atlas.page.locator(".ranking .stripe").first
    colour = bar.evaluate("at => at.style.background")
    # The reader's scheme changes in the evening: colours are chosen anew.
    atlas.page.emulate_media(color_scheme="light")
    atlas.until_true("was => !document.documentElement.style.colorScheme.includes(was)", "dark")
    changed = "([bar, was]) => bar.isConnected ? bar.style.background !== was : true"
    atlas.until_true(changed, [bar.element_handle(), colour])
    assert atlas.page.evaluate(background) == "rgb(255, 255, 255)"


def test_going_back_meets_each_door_once(visit):
    page = visit("?lang=vi", alone=True).page
    entries = page.evaluate("history.length")
    for n, door in enumerate(("profile", "themes", "compare", "figures"), start=1):
        page.locator(".st-key-doors").get_by_role("link", name=t(f"door.{door}", "vi")).click()
        page.wait_for_url(f"**/{DOORS[door][0].page}?**")
        page.wait_for_load_state()
        if door in ("profile", "compare"):  # what it shows comes into its address
            page.wait_for_url("**place=**")
        Atlas(page).idle()
        assert page.evaluate("history.length") == entries + n


def test_the_pages_of_text_are_one_click_away_and_the_view_is_kept(visit):
    atlas = visit("?lang=en&k=3")
    page = atlas.page
    page.get_by_role("link", name=t("door.about", "en"), exact=True).click()
    # In the row of rooms, and in the foot of every page.
    page.get_by_role("link", name=t("nav.known", "en"), exact=True).first.click()
    page.get_by_role("heading", level=1, name=t("known.title", "en")).wait_for()
    page.get_by_role("link", name=t("door.map", "en"), exact=True).click()
    again = Atlas(page)
    again.until(k="3", lang="en")
    again.settled()


def test_a_reader_is_told_while_the_server_is_away(app, browser):
    page, lines, away = browser.new_context().new_page(), [], []

    def line(route):
        if away:
            route.close()
            return
        route.connect_to_server()
        lines.append(route)

    page.route_web_socket("**/_stcore/stream", line)
    page.goto(f"{app}/sources?lang=vi")
    told = page.get_by_text(t("foot.lost", "vi"))
    told.wait_for(state="attached", timeout=SLOWEST)
    assert not told.is_visible()
    away.append(True)
    for one in lines:
        one.close()
    told.wait_for()
    away.clear()
    told.wait_for(state="hidden", timeout=SLOWEST)
    page.context.close()


def test_hostile_addresses_of_all_kinds_leave_the_server_well(app):
    # The browser's loop runs in this thread already.
    with ThreadPoolExecutor(1) as beside:
        found = beside.submit(addresses.attack, Random("journey"), app.rstrip("/"))
        assert found.result() == []
