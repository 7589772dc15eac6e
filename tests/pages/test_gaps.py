"""The page of coverage gaps, opened at its addresses."""

from datetime import date

import pytest

from base.reading.legacy import tcvn3_letters
from base.words import t
from geo.coverage.ground import SIMULATED_EN, SIMULATED_VI
from tests.pages.shown import Shown


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_known_comes_first_and_the_address_says_every_choice(open_page, lang):
    shown = open_page("gaps", lang=lang)
    assert t("gaps.national", lang) in shown.html
    assert shown.address == {
        "lang": lang,
        "part": "known",
        "mode": "real",
        "map": "2025",
        "at": "VN",
        "units": "provinces",
        "over": "gaps",
        "per": "villages",
        "sort": "rate",
    }
    assert SIMULATED_VI not in shown.html


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("at", ["VN", "11"])
def test_the_simulated_country_is_off_until_asked_for_and_marked(open_page, lang, at):
    shown = open_page("gaps", lang=lang, part="search", mode="simulated", at=at)
    assert SIMULATED_VI in shown.html
    assert SIMULATED_EN in shown.html
    assert SIMULATED_VI in shown.map["watermark"]
    assert bool(shown.map.get("dots")) is (at != "VN")
    assert shown.address["mode"] == "simulated"


def test_without_files_the_page_says_what_is_wanted(open_page):
    shown = open_page("gaps", lang="vi", part="search")
    assert t("gaps.nothing_yet", "vi") in shown.html
    assert t("gaps.no_lists_yet", "vi") in open_page("gaps", lang="vi", part="ledger").html


@pytest.mark.parametrize("over", ["clusters", "sites"])
def test_the_old_map_by_districts_with_what_is_drawn_over_it(open_page, over):
    asked = {"map": "2024", "units": "lowest", "over": over}
    shown = open_page("gaps", lang="en", part="search", mode="simulated", **asked)
    assert shown.address | asked == shown.address
    assert len(shown.map["codes"].split(",")) == 696
    assert shown.map["dots"]
    assert t(f"gaps.list.{over}", "en") in shown.html
    (box,) = [box for box in shown.app.selectbox if box.key == "gaps_place"]
    box.set_value("11").run()
    inside = Shown(shown.app)
    assert inside.address["at"] == "11"
    (box,) = [box for box in inside.app.selectbox if box.key == "gaps_lowest"]
    box.set_value(box.options[1] if box.options[1].isdigit() else "094").run()
    district = Shown(inside.app)
    assert district.map["selected"] == district.address["at"] != "11"


def test_the_simulated_ledger_is_marked(open_page):
    shown = open_page("gaps", lang="vi", part="ledger", mode="simulated")
    assert SIMULATED_VI in shown.html
    # What is made up is never shown beside what is not.
    assert "2.418" not in shown.html
    assert t("gaps.balance", "vi") in shown.html


def test_files_put_in_give_a_report_a_map_and_tables(store, tmp_path):
    shown = Shown.of("gaps", {"lang": "vi", "part": "search"})
    rows = "id,name,lon,lat,population\na,Nà A,104.965,22.858,10\n"
    rows += "b,Nà B,105.065,22.858,7\nc,,22,105,\n"
    sites = "lon,lat,technology,operator,range\n104.965,22.858,4G,Viettel,1000\n"
    boxes = {box.key: box for box in shown.app.get("file_uploader")}
    boxes["gaps_settlements"].set_value(("thon.csv", rows.encode(), "text/csv"))
    boxes["gaps_sites"].set_value(("tram.csv", sites.encode(), "text/csv"))
    next(b for b in shown.app.button if b.key == "atlas_gaps_result_button").click().run()
    again = Shown(shown.app)
    assert not again.app.exception
    assert "2 thôn, bản: 1 đã phủ sóng" in again.html
    assert "kinh độ và vĩ độ bị đảo" in again.html
    assert again.map["marks"].count("0") == 1
    boxes = {box.key: box for box in again.app.get("file_uploader")}
    boxes["gaps_sites"].set_value(("tram.csv", b"<html>", "text/csv"))
    next(b for b in again.app.button if b.key == "atlas_gaps_result_button").click().run()
    refused = Shown(again.app)
    assert not refused.app.exception
    assert 'role="alert"' in refused.html
    assert "tram.csv" in refused.html
    assert "/tmp" not in refused.html


OLD = "id;Tên bản;X;Y\na;Bản Nặm Đăm;496300,5;2528200\nb;Nà Lủng;496300;2560000\n"


def test_a_file_of_before_unicode_in_metres_is_read_as_its_owner_says(store):
    shown = Shown.of("gaps", {"lang": "vi", "part": "search"})
    given = OLD.translate({ord(v): chr(k) for k, v in tcvn3_letters().items()}).encode("cp1252")
    sites = "lon,lat,net type,range\n104.965,22.858,4G,1000\n"
    boxes = {box.key: box for box in shown.app.get("file_uploader")}
    boxes["gaps_settlements"].set_value(("thon.csv", given, "text/csv"))
    boxes["gaps_sites"].set_value(("tram.csv", sites.encode(), "text/csv"))
    shown.app.run()
    seen = Shown(shown.app)
    assert not seen.app.exception
    assert "TCVN3" in seen.html
    assert "Bản Nặm Đăm" in seen.html
    (system,) = [box for box in seen.app.selectbox if box.key == "gaps_crs"]
    system.set_value("EPSG:3405").run()
    (technology,) = [b for b in seen.app.selectbox if b.key.endswith("_technology")]
    technology.set_value("net type").run()
    (button,) = [button for button in seen.app.button if button.key == "atlas_gaps_result_button"]
    button.click().run()
    found = Shown(seen.app)
    assert not found.app.exception
    assert "2 thôn, bản" in found.html
    assert found.app.session_state["atlas_gaps_result"].layers[0].technology == "4G"


def test_two_lists_make_a_ledger_beside_published_figures(store):
    shown = Shown.of("gaps", {"lang": "vi", "part": "ledger"})
    first = "id,name,lon,lat\na,Nà A,104.965,22.858\nb,Nà B,105.065,22.858\n"
    second = "id,name,lon,lat\nb,Nà B,105.065,22.858\nc,Nà C,105.1,22.9\n"
    (box,) = [box for box in shown.app.get("file_uploader") if box.key == "gaps_lists_files"]
    box.set_value(
        [
            ("lom-2024-03-31.csv", first.encode(), "text/csv"),
            ("sau.csv", second.encode(), "text/csv"),
        ]
    )
    shown.app.run()
    press = next(b for b in shown.app.button if b.key == "atlas_gaps_ledger_button")
    press.click().run()
    refused = Shown(shown.app)
    assert "sau.csv" in refused.html
    assert 'role="alert"' in refused.html
    (undated,) = [one for one in refused.app.date_input if one.value is None]
    undated.set_value(date(2024, 9, 30)).run()
    next(b for b in refused.app.button if b.key == "atlas_gaps_ledger_button").click().run()
    kept = Shown(refused.app)
    assert not kept.app.exception
    assert "còn 2 điểm lõm" in kept.html
    assert "1 đã khắc phục, 1 vẫn còn, 1 mới, 0 lõm sóng trở lại" in kept.html
    assert "2.418" in kept.html  # a published figure, beside the ledger


def test_files_that_carry_the_mark_are_shown_in_the_mode_of_simulated_data(store):
    shown = Shown.of("gaps", {"lang": "vi", "part": "search"})
    rows = "id,name,lon,lat\nsim-a,A,104.965,22.858\nsim-b,B,105.065,22.858\n"
    sites = "id,lon,lat,technology,range\nsim-1,104.965,22.858,4G,1000\n"
    boxes = {box.key: box for box in shown.app.get("file_uploader")}
    boxes["gaps_settlements"].set_value(("thon.csv", rows.encode(), "text/csv"))
    boxes["gaps_sites"].set_value(("tram.csv", sites.encode(), "text/csv"))
    next(b for b in shown.app.button if b.key == "atlas_gaps_result_button").click().run()
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
