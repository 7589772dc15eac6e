"""Playing the periods, filtering the areas, pinning a few of them."""

from base.words import t
from geo.editions import EDITION_2024, Level

POPULATION = f"?edition={EDITION_2024}&indicator=population-average"
HANOI, NGHE_AN = "01", "40"


def test_the_periods_are_played_to_the_last_on_one_scale(visit):
    atlas = visit(POPULATION, alone=True)
    atlas.page.emulate_media(reduced_motion="no-preference")
    legend = atlas.page.locator(".atlas-legend")
    atlas.page.get_by_role("button", name=t("time.play", "vi")).click()
    atlas.until(at="2019-12-31", scale="all")
    assert t("legend.pooled", "vi", n=4) in legend.inner_text()
    first = legend.locator(".keys").inner_text()
    atlas.until(at="2024-12-31")
    assert legend.locator(".keys").inner_text() == first
    atlas.page.get_by_role("button", name=t("time.play", "vi")).wait_for()


def test_who_wants_no_motion_steps_from_period_to_period(visit):
    atlas = visit(POPULATION + "&at=2019-12-31")
    with atlas.repainting():
        atlas.page.get_by_role("button", name=t("time.next", "vi")).press("Enter")
    assert atlas.address["at"] == "2022-12-31"
    atlas.page.wait_for_timeout(2500)
    assert atlas.address["at"] == "2022-12-31"


def test_a_filter_dims_the_rest_and_can_be_cleared(visit):
    atlas = visit(POPULATION)
    atlas.page.locator(".filters summary").click()
    name = f"{t('filters.value', 'vi')}: {t('filters.from', 'vi')}"
    with atlas.repainting():
        box = atlas.page.get_by_role("textbox", name=name)
        box.fill("3.400,5")
        box.press("Enter")
    assert atlas.address["filters"] == "value:3400.5.."
    counted = t("filters.count", "vi", n=4, of=63, areas=t("level.province", "vi"))
    assert counted in atlas.page.locator(".filters summary").inner_text()
    atlas.page.get_by_text(
        t("filters.rest", "vi", n=59, areas=t("level.province", "vi"))
    ).wait_for()
    with atlas.repainting():
        atlas.page.get_by_role("button", name=t("filters.clear", "vi")).click()
    assert "filters" not in atlas.address


def test_places_are_pinned_by_keyboard_and_on_the_map(visit):
    atlas = visit(POPULATION)
    button = atlas.row(HANOI).get_by_role("button", name=t("pins.add", "vi", name="Hà Nội"))
    button.focus()
    with atlas.repainting():
        button.press("Enter")
    assert atlas.address["pins"] == HANOI
    assert atlas.focused() == t("pins.remove", "vi", name="Hà Nội")
    spot = atlas.spot(EDITION_2024, Level.PROVINCE, NGHE_AN)
    with atlas.repainting():
        atlas.page.locator("iframe").click(position=spot, button="right")
    atlas.until(pins=f"{HANOI},{NGHE_AN}", place="VN")
    names = atlas.page.locator(".atlas-series .name")
    assert sorted(names.all_inner_texts()) == ["Hà Nội", "Nghệ An"]
