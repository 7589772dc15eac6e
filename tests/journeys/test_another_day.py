"""The atlas as it was known on a day: chosen once, kept on every way, left again."""

from datetime import UTC, datetime

from base.words import t
from metrics.store import VIET_NAM


def test_a_day_is_kept_on_every_way_until_the_reader_returns_to_now(visit):
    here = datetime.now(UTC).astimezone(VIET_NAM)
    day, known = f"{here:%Y-%m-%d}", f"{here:%d/%m/%Y}"
    atlas = visit("updates?lang=vi", maps=0)
    page = atlas.page
    field = page.get_by_label(t("as_of.choose", "vi"))
    field.fill("32/13/2026")
    field.press("Enter")
    page.get_by_text("“32/13/2026”").wait_for()
    field.fill(known)
    field.press("Enter")
    atlas.until(as_of=day)
    line = page.get_by_role("note", name=t("as_of.label", "vi"))
    assert known in line.inner_text()
    # By the menu, to a place, into its parts, by the search, and back.
    page.locator(".st-key-header").get_by_role("link", name=t("door.map", "vi")).first.click()
    atlas.until(as_of=day)
    atlas.settled()
    bottom = line.bounding_box()
    assert round(bottom["y"] + bottom["height"]) == page.viewport_size["height"]
    with atlas.repainting():
        atlas.open_row("01")
    atlas.until(place="01", as_of=day)
    page.go_back()
    atlas.until(place="VN", as_of=day)
    atlas.type_into("search.label", "hue").click()
    atlas.until(as_of=day, place="46")
    page.locator(".st-key-header").get_by_role("link", name=t("door.about", "vi")).first.click()
    atlas.until(as_of=day, place=None)
    line.get_by_role("link", name=t("as_of.now", "vi")).click()
    atlas.until(as_of=None)
    line.wait_for(state="detached")
    page.go_back()
    atlas.until(as_of=day)
    line.wait_for()
