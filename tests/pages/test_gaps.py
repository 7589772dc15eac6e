"""The page of coverage gaps, opened at its addresses."""

import pytest

from geo.coverage import SIMULATED_EN, SIMULATED_VI
from metrics.messages import t
from tests.pages.shown import Shown


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_known_comes_first_and_the_address_says_every_choice(open_page, lang):
    shown = open_page("gaps", lang=lang)
    assert t("gaps.national", lang) in shown.html
    assert shown.address == {
        "lang": lang,
        "part": "known",
        "mode": "real",
        "at": "VN",
        "per": "villages",
    }
    assert SIMULATED_VI not in shown.html


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("at", ["VN", "11"])
def test_the_simulated_country_is_off_until_asked_for_and_marked(open_page, lang, at):
    shown = open_page("gaps", lang=lang, part="search", mode="simulated", at=at)
    assert shown.html.count(SIMULATED_VI) >= 2
    assert SIMULATED_EN in shown.html
    assert SIMULATED_VI in shown.map["watermark"]
    assert bool(shown.map.get("dots")) is (at != "VN")
    assert shown.address["mode"] == "simulated"


def test_without_files_the_page_says_what_is_wanted(open_page):
    shown = open_page("gaps", lang="vi", part="search")
    assert t("gaps.nothing_yet", "vi") in shown.html
    assert t("gaps.no_lists_yet", "vi") in open_page("gaps", lang="vi", part="ledger").html


def test_the_simulated_ledger_is_marked(open_page):
    shown = open_page("gaps", lang="vi", part="ledger", mode="simulated")
    assert SIMULATED_VI in shown.html
    assert t("gaps.balance", "vi") in shown.html


def test_files_put_in_give_a_report_a_map_and_tables(store, tmp_path):
    shown = Shown.of("gaps", {"lang": "vi", "part": "search"})
    rows = "id,name,lon,lat,population\na,Nà A,104.965,22.858,10\n"
    rows += "b,Nà B,105.065,22.858,7\nc,,22,105,\n"
    sites = "lon,lat,technology,operator,range\n104.965,22.858,4G,Viettel,1000\n"
    boxes = {box.key: box for box in shown.app.get("file_uploader")}
    boxes["gaps_settlements"].set_value(("thon.csv", rows.encode(), "text/csv"))
    boxes["gaps_sites"].set_value(("tram.csv", sites.encode(), "text/csv"))
    shown.app.button[0].click().run()
    again = Shown(shown.app)
    assert not again.app.exception
    assert "2 thôn, bản: 1 đã phủ sóng" in again.html
    assert "kinh độ và vĩ độ bị đảo" in again.html
    assert again.map["marks"].count("0") == 1
    boxes = {box.key: box for box in again.app.get("file_uploader")}
    boxes["gaps_sites"].set_value(("tram.csv", b"<html>", "text/csv"))
    again.app.button[0].click().run()
    refused = Shown(again.app)
    assert not refused.app.exception
    assert 'role="alert"' in refused.html
    assert "tram.csv" in refused.html
    assert "/tmp" not in refused.html


def test_files_that_carry_the_mark_are_shown_in_the_mode_of_simulated_data(store):
    shown = Shown.of("gaps", {"lang": "vi", "part": "search"})
    rows = "id,name,lon,lat\nsim-a,A,104.965,22.858\nsim-b,B,105.065,22.858\n"
    sites = "id,lon,lat,technology,range\nsim-1,104.965,22.858,4G,1000\n"
    boxes = {box.key: box for box in shown.app.get("file_uploader")}
    boxes["gaps_settlements"].set_value(("thon.csv", rows.encode(), "text/csv"))
    boxes["gaps_sites"].set_value(("tram.csv", sites.encode(), "text/csv"))
    shown.app.button[0].click().run()
    again = Shown(shown.app)
    assert again.address["mode"] == "simulated"
    assert "2 thôn, bản: 1 đã phủ sóng" in again.html
    assert SIMULATED_VI in again.html
    assert SIMULATED_VI in again.map["watermark"]
    (toggle,) = [toggle for toggle in again.app.toggle if toggle.key == "gaps_mode"]
    toggle.set_value(False).run()
    real = Shown(again.app)
    assert real.address["mode"] == "real"
    assert SIMULATED_VI not in real.html
    assert t("gaps.nothing_yet", "vi") in real.html
