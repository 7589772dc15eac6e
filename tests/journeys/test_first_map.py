"""The map of a first view: there before Streamlit's scripts have run; the page confirms it."""

from urllib.parse import urlsplit

import pytest

from tests.journeys.atlas import ASKED_EVERY
from tests.journeys.conftest import OWNERS_TOKEN, SLOWEST
from tests.journeys.test_painted_at_once import PIXELS

DEEP = "?lang=en&edition=2024&place=44&level=district&indicator=census-urban-rate"
FIRST = ".atlas-first object"
OWN = ".st-key-map iframe"
PAINTED = f"""() => document.querySelector("{FIRST}")?.contentDocument
  ?.querySelector("[data-painted]:not([aria-busy])")"""
TITLES = {FIRST: ".atlas-first .atlas-title", OWN: ".st-key-middle .atlas-title"}
PLACE = """(...at) => at.map((one) => {
  const { x, y, width, height } = document.querySelector(one).getBoundingClientRect();
  return [x, y, width, height].map((n) => Math.round(n * 4) / 4);
})"""
# The names on the map are drawn again when its own typeface has come.
TYPE_IS_THERE = f"""() => Promise.all([document, document.querySelector("{FIRST}").contentDocument]
  .map((one) => one.fonts.ready)).then(() => new Promise(requestAnimationFrame))"""
# As the first map stands, and as the page's own does when the one gives way to the other.
GIVES_WAY = f"""() => {{
  const place = {PLACE};
  const pixels = (at) => document.querySelector(at).contentDocument.defaultView.eval({PIXELS!r})();
  window.before = {{ place: place("{FIRST}", "{TITLES[FIRST]}"), pixels: pixels("{FIRST}") }};
  const stand = () => {{
    if (!document.querySelector(".atlas-first")) return;
    window.stood = place("{FIRST}", "{TITLES[FIRST]}");
    requestAnimationFrame(stand);
  }};
  stand();
  new MutationObserver(() => {{
    if (document.querySelector(".atlas-first") || window.after) return;
    window.after = {{ place: place("{OWN}", "{TITLES[OWN]}"), pixels: pixels("{OWN}") }};
  }}).observe(document.documentElement, {{ childList: true }});
}}"""


def opened(browser, address, held="**/static/js/index.*.js", owner=False, **options):
    """Open a page whose own script is held back; return it, what went wrong, and what lets go."""
    context = browser.new_context(reduced_motion="reduce", **options)
    if owner:
        name = f"atlas_token_{urlsplit(address).port}"
        context.add_cookies([{"name": name, "value": OWNERS_TOKEN, "url": address}])
    page, wrong, waiting = context.new_page(), [], []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.route(held, lambda route: waiting.append(route))  # noqa: PLW0108 - it may not be a builtin
    page.goto(address, wait_until="commit")

    def go():
        for route in waiting:
            route.continue_()
        page.unroute(held)

    return page, wrong, go


@pytest.mark.parametrize(
    ("width", "height", "address", "scheme", "owner"),
    [
        (1440, 900, "", "light", True),
        (1366, 768, DEEP, "dark", False),
        (390, 844, "?lang=vi", "dark", False),
        (390, 844, "?lang=en", "light", True),
    ],
)
def test_it_gives_way_to_the_same_map_at_the_same_place(
    app_under_a_path, browser, width, height, address, scheme, owner
):
    viewport = {"width": width, "height": height}
    root = f"{app_under_a_path}/{address}"
    page, wrong, go = opened(browser, root, owner=owner, viewport=viewport, color_scheme=scheme)
    page.wait_for_function(PAINTED, timeout=SLOWEST, polling=ASKED_EVERY)
    assert not page.locator("[data-testid=stApp]").count()
    page.evaluate(TYPE_IS_THERE)
    page.evaluate(GIVES_WAY)
    go()
    page.wait_for_function("() => window.after", timeout=SLOWEST, polling=ASKED_EVERY)
    before, stood, after = page.evaluate("[window.before, window.stood, window.after]")
    # Nor is it moved by the styles of the page, which come while it still stands.
    assert before["place"] == stood == after["place"]
    assert before["pixels"] == after["pixels"]
    assert wrong == []
    page.context.close()


def test_a_page_that_has_no_map_to_show_keeps_none(app, browser):
    page, wrong, go = opened(browser, f"{app}/")
    page.wait_for_function(PAINTED, timeout=SLOWEST, polling=ASKED_EVERY)
    page.evaluate("history.replaceState(null, '', 'sources?lang=vi')")  # as a link would lead
    page.locator(".atlas-first").wait_for(state="detached", timeout=5_000)
    assert wrong == []
    go()
    page.context.close()


def test_where_views_are_not_answered_nothing_is_shown_but_the_page(app, browser):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/view?*", lambda route: route.abort())
    page.goto(f"{app}/")
    page.frame_locator(OWN).locator("[data-painted]").wait_for(state="attached", timeout=SLOWEST)
    assert not page.locator(".atlas-first").count()
    context.close()


def test_a_server_that_dies_leaves_no_map_behind_for_long(app, browser):
    page, wrong, _ = opened(browser, f"{app}/")  # its own script never comes
    page.clock.install()
    page.goto(f"{app}/", wait_until="commit")
    page.wait_for_function(PAINTED, timeout=SLOWEST, polling=ASKED_EVERY)
    page.clock.fast_forward(31_000)
    page.locator(".atlas-first").wait_for(state="detached", timeout=10_000)
    assert wrong == []
    page.context.close()
