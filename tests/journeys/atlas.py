"""The app as its reader meets it: a heading, a map, a legend, a table, a few controls."""

from __future__ import annotations

import json
import unicodedata
from contextlib import contextmanager
from functools import cache
from urllib.parse import parse_qsl, urlsplit

from base.folders import STATIC
from base.words import t
from geo.boundaries import web_layer

# The element with the keyboard's focus, also inside components.
FOCUSED = """() => {
  let at = document.activeElement;
  while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  return at;
}"""
# The rows of the ranking table shown so far, once it is the one that the heading announces.
ROWS = """() => {
  const title = document.querySelector("h1")?.textContent;
  const roots = [...document.querySelectorAll("*")].map((at) => at.shadowRoot).filter(Boolean);
  const table = roots.map((root) => root.querySelector(".ranking table")).find(Boolean);
  if (!title || !table?.caption.textContent.endsWith(title)) return null;
  const cells = (row) => [...row.cells].filter((cell) => cell.className !== "bar");
  const told = (row) => cells(row).map((cell) => cell.innerText);
  const rows = [...table.tBodies[0].querySelectorAll("tr[data-code]")].map(told);
  return rows.length ? rows : null;
}"""
# Whether the table has so many rows; scrolls down to see.
SCROLLED = """([box, n]) => {
  box.scrollTop = box.scrollHeight;
  return box.querySelectorAll("tbody tr[data-code]").length === n;
}"""
ASKED_EVERY = 50  # ms
PAINTED = "[data-painted]:not([aria-busy])"
# Whether the frame of the map shows another view than the one last seen, completely, and for good.
REPAINTED = """(seen) => {
  const map = document.querySelector("iframe")?.contentDocument?.querySelector("[data-painted]");
  return !window.held && map && !map.hasAttribute("aria-busy") && map.dataset.painted !== seen;
}"""
# Keeps whether the map shows a choice that the page has still to confirm (static/ui/early.js).
WATCHED = """() => {
  if (window.held !== undefined) return;
  window.held = false;
  window.addEventListener("atlas:early", () => { window.held = true; });
  window.addEventListener("atlas:settle", () => { window.held = false; });
}"""


def plain(text):
    """Write a text as it is typed without diacritics."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in bare if not unicodedata.combining(char)).lower()


@cache
def _label_points(edition, level):
    """Return where the name of each area stands: its code to longitude and latitude."""
    layer = web_layer(edition, level)
    topology = json.loads((STATIC / layer.url).read_text(encoding="utf-8"))
    areas = topology["objects"]["areas"]["geometries"]
    return {a["id"]: (a["properties"]["x"], a["properties"]["y"]) for a in areas}


class Atlas:
    """One visitor's page."""

    def __init__(self, page):
        self.page = page

    # ---- the view ------------------------------------------------------------------------

    @property
    def address(self):
        """The parameters of the address."""
        return dict(parse_qsl(urlsplit(self.page.url).query))

    @property
    def lang(self):
        return self.address["lang"]

    @property
    def heading(self):
        return self.page.get_by_role("heading", level=1).inner_text()

    def shows(self, heading):
        """Wait until the page has this heading."""
        self.page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()

    def settled(self, maps=1):
        """Wait until the first view is painted, on all maps, and has its table."""
        for at in range(maps):
            painted = self.page.frame_locator("iframe").nth(at).locator(PAINTED)
            painted.wait_for(state="attached")
        if maps == 1:
            self.table.locator("tbody tr").first.wait_for(state="attached")
        self.idle()

    @contextmanager
    def repainting(self):
        """Wait, after what is done inside, until map and page show another view."""
        self.page.evaluate(WATCHED)
        seen = self.painted
        yield
        self.until_true(REPAINTED, seen)
        self.idle()

    def idle(self):
        """Wait until the page has nothing more to work out."""
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()

    def until_true(self, script, arg=None):
        """Wait until a script says yes; asked at every frame, it would keep the page busy."""
        return self.page.wait_for_function(script, arg=arg, polling=ASKED_EVERY)

    def until(self, **params):
        """Wait until the address has these parameters; None for one that it lacks."""
        for name, value in params.items():
            self.until_true(
                "([name, value]) => new URLSearchParams(location.search).get(name) === value",
                [name, value],
            )
        self.idle()

    def more_choices(self):
        """Open the choices that are not of every day."""
        self.page.get_by_text(t("picker.more_choices", self.lang), exact=True).click()
        # While they unfold they scroll, which shuts the lists of controls.
        self.until_true("() => !document.getAnimations().length")

    # ---- the map -------------------------------------------------------------------------

    @property
    def map(self):
        """The frame of the map."""
        return self.page.locator("iframe").element_handle().content_frame()

    @property
    def painted(self):
        """The id of the view that the map shows."""
        return self.map.locator("[data-painted]").get_attribute("data-painted")

    @property
    def mounted(self):
        """The moment the frame of the map was loaded."""
        return self.map.evaluate("performance.timeOrigin")

    def pixel(self, lon, lat):
        """Return where a place is in the frame of the map."""
        return self.map.evaluate(
            "([lon, lat]) => { const p = map.latLngToContainerPoint([lat, lon]);"
            " return {x: p.x, y: p.y}; }",
            [lon, lat],
        )

    def spot(self, edition, level, code):
        """Return where an area is in the frame of the map."""
        return self.pixel(*_label_points(edition, level)[code])

    def click_area(self, edition, level, code):
        """Click an area on the map."""
        self.page.locator("iframe").click(position=self.spot(edition, level, code))

    def point_at(self, edition, level, code):
        """Move the pointer over an area on the map."""
        self.page.locator("iframe").hover(position=self.spot(edition, level, code))

    @property
    def outlines(self):
        """The outlines drawn on the map."""
        return self.map.locator('path[fill="none"]')

    # ---- the table and the controls ------------------------------------------------------

    @property
    def table(self):
        return self.page.get_by_role("table", name=t("ranking.caption", self.lang, title=""))

    def row(self, code):
        """Return the row of an area."""
        return self.table.locator(f'tr[data-code="{code}"]')

    def rows(self):
        """Return the texts of all rows shown so far."""
        return self.until_true(ROWS).json_value()

    def scroll_to_row(self, n):
        """Scroll down the table until it has so many rows."""
        box = self.page.locator(".ranking").element_handle()
        self.until_true(SCROLLED, [box, n])

    def open_row(self, code):
        """Go to the area of a row."""
        self.row(code).get_by_role("button").first.click()

    def open_source(self, code):
        """Open the dialog about the figure of a row, and return it."""
        self.row(code).get_by_role("button").nth(1).click()
        dialog = self.page.get_by_role("dialog", name=t("source.title", self.lang))
        dialog.locator(".atlas-source").wait_for()
        return dialog

    def combobox(self, key):
        """Return the control that a message names."""
        return self.page.get_by_role("combobox", name=t(key, self.lang), exact=True)

    def type_into(self, key, text):
        """Type into a searchable list and return its first answer."""
        box = self.combobox(key)
        box.focus()
        box.press_sequentially(text)
        self.page.get_by_role("option").first.wait_for()
        return self.page.get_by_role("option").first

    def choose(self, key, option):
        """Choose one of the options side by side of a control."""
        group = self.page.get_by_role("radiogroup", name=t(key, self.lang))
        group.get_by_text(option, exact=True).click()

    def select(self, key, option):
        """Choose an option of a drop-down list."""
        self.combobox(key).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def focused(self, ask="at => at.innerText || at.getAttribute('aria-label') || at.tagName"):
        """Return something about the element with the keyboard's focus."""
        return self.page.evaluate_handle(FOCUSED).evaluate(ask)

    def tab_until(self, ask, most=60):
        """Press Tab until the focused element is as asked; fail if it cannot be reached."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.focused(ask):
                return
        raise AssertionError(f"not reached by {most} presses of Tab: {ask}")
