"""A reader goes from the map to the profile of a place, prints it, and goes back to the map."""

import io

import pypdf

from base.words import t
from geo.editions import EDITION_2025, area

QUANG_TRI = "44"


def test_from_the_map_to_the_profile_on_paper_and_back(visit):
    atlas = visit(f"?lang=en&place={QUANG_TRI}")
    name = area(EDITION_2025, QUANG_TRI).name_en
    atlas.page.get_by_role("link", name=t("profile.open", "en"), exact=True).last.click()
    atlas.shows(name)
    atlas.until(place=QUANG_TRI, edition=EDITION_2025)
    atlas.page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    atlas.page.get_by_role("button", name=t("profile.print", "en")).click()
    atlas.until_true("() => window.printed")
    paper = pypdf.PdfReader(io.BytesIO(atlas.page.pdf(prefer_css_page_size=True)))
    width, height = (float(side) * 25.4 / 72 for side in paper.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (210, 297)
    text = " ".join(page.extract_text() for page in paper.pages)
    assert name in text
    assert t("profile.sources", "en") in text
    assert t("profile.print", "en") not in text
    assert len(paper.pages) <= 2
    atlas.page.get_by_role("link", name=t("profile.to_map", "en")).click()
    atlas.settled()
    atlas.until(place=QUANG_TRI)


def test_an_old_name_finds_the_place_of_today(visit):
    atlas = visit("profile?lang=vi", maps=0)
    search = atlas.page.get_by_role("combobox", name=t("search.label", "vi"))
    search.fill("nhan trach")
    atlas.page.get_by_role("option", name="Xã Nhân Trạch").first.click()
    atlas.shows("Xã Nhân Trạch")
    atlas.page.get_by_role("link", name="Xã Nam Trạch").first.click()
    atlas.shows("Xã Nam Trạch")
