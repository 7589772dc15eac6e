"""The atlas as a folder, opened from a disk: the map lives, the search finds, nothing is asked."""

import pytest

from base.folders import ROOT
from metrics.store import ensure_store
from tests.metrics import made_up
from tests.ui.publish.small import published, rows

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
MAP = "maps/rate/2025-province.html"
PAINTED = "#map_atlas[data-painted]"
# Without what it would fetch by itself.
FOUND = """async () => {
  const result = await axe.run(document, { preload: false, resultTypes: ["violations"] });
  return result.violations.flatMap((found) =>
    found.nodes.map((node) => [found.id, node.html.slice(0, 160)]));
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder, which knows of no other place."""
    home = tmp_path_factory.mktemp("published")
    store = ensure_store(home=home / "var", data_dir=made_up.write(home, rows()))
    return published(store, home / "atlas", only=("rate", "2025:01"), base="", live="").path


@pytest.fixture
def opened(browser, folder):
    """Return a function that opens a page from the disk; at its end nothing may have gone wrong."""
    contexts, trouble = [], []

    def build(path, **options):
        context = browser.new_context(offline=True, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and trouble.append(said.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on(
            "request",
            lambda asked: (
                asked.url.startswith(("file:", "data:", "blob:")) or trouble.append(asked.url)
            ),
        )
        # What the browser gives up as the page is left is nothing that fails.
        page.on(
            "requestfailed",
            lambda asked: (
                asked.failure == "net::ERR_ABORTED" or trouble.append(f"failed: {asked.url}")
            ),
        )
        page.goto((folder / path).as_uri())
        return page

    yield build
    for context in contexts:
        context.close()
    assert trouble == []


def test_a_map_lives_and_its_areas_lead_to_their_profiles(opened):
    page = opened(MAP)
    page.locator(PAINTED).wait_for()
    assert not page.locator("figure.map img").is_visible()
    page.locator("tr[data-code='04']").hover()
    page.get_by_role("link", name="Hà Nội", exact=True).click()
    page.get_by_role("heading", level=1, name="Thành phố Hà Nội").wait_for()
    page.get_by_role("link", name="EN", exact=True).click()
    page.get_by_role("heading", level=1, name="Ha Noi City").wait_for()


def test_a_press_on_an_area_opens_its_profile(opened):
    page = opened(MAP)
    page.locator(PAINTED).wait_for()
    spot = page.evaluate("() => map_atlas.latLngToContainerPoint([20.95, 105.7])")
    page.locator("#map_atlas").click(position=spot)
    page.get_by_role("heading", level=1, name="Thành phố Hà Nội").wait_for()


@pytest.mark.parametrize(
    ("typed", "path"),
    [("ha noi", "places/2025/01.html"), ("hn", "places/2025/01.html"), ("ten rate", MAP)],
)
def test_the_search_finds_places_and_indicators_without_marks(opened, typed, path):
    page = opened("files.html")
    page.get_by_role("combobox").fill(typed)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{path}")


def test_a_page_reads_without_scripts(opened):
    page = opened(MAP, java_script_enabled=False)
    picture = page.locator("figure.map img")
    picture.scroll_into_view_if_needed()
    assert picture.is_visible()
    assert picture.bounding_box()["height"] > 200
    assert not page.get_by_role("combobox").is_visible()
    assert page.locator("tr[data-code]").count() == 34


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_shuts_a_reader_out(opened, scheme):
    page = opened(MAP, color_scheme=scheme, bypass_csp=True)
    names = ("en/index.html", "places/2025/01.html", "sources.html")
    for path in (MAP, *names):
        page.goto(page.url.split("/atlas/")[0] + f"/atlas/{path}")
        page.add_script_tag(path=AXE)
        assert (path, page.evaluate(FOUND)) == (path, [])


def test_no_page_scrolls_sideways(opened):
    page = opened(MAP)
    page.locator(PAINTED).wait_for()
    for width in (1440, 1366, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("() => document.documentElement.scrollWidth") == width
