"""The panel of downloads: what it offers for a view, and the row that opens it."""

from importlib import import_module

import pytest

from base.words import t
from metrics.exporting import FORMATS
from ui.download.downloads import PARTS


def buttons(shown):
    """Return the labels of the buttons that give a file."""
    found = []
    for element in shown.elements():
        proto = getattr(element, "proto", None)
        if getattr(element, "type", "") == "download_button":
            found.append(proto.label)
    return found


def codes(shown):
    return [e.value for e in shown.elements() if type(e).__name__ == "Code"]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_each_part_gives_its_files_for_the_view_in_the_address(open_page, part, lang):
    shown = open_page(lang=lang, part=part, edition="2024", place="01")
    assert shown.address["part"] == part
    assert shown.address["place"] == "01"
    assert len(buttons(shown)) == {"data": 2, "kit": 1, "embed": 1, "reproduce": 2}[part]
    assert t("refused", lang) not in shown.html


@pytest.mark.parametrize("form", FORMATS)
def test_the_file_is_named_by_view_and_format(open_page, form):
    shown = open_page(lang="en", part="data", format=form)
    name = f"atlas06_dvcqg-digitised-dossier-rate_2025_province_VN_newest{FORMATS[form].suffix}"
    assert t("download.get", "en", name=name) in buttons(shown)
    assert '<table class="atlas-preview"' in shown.html


def test_of_one_area_everything_known_of_it_is_offered(open_page):
    shown = open_page(
        lang="en", part="data", scope="area", edition="2024", place="01", level="district"
    )
    assert t("download.get", "en", name="atlas06_2024_01.csv") in buttons(shown)
    assert "--edition 2024 --place 01" in codes(shown)[0]


def test_the_address_keeps_the_choices_of_the_part_that_is_shown(open_page):
    shown = open_page(lang="en", part="embed", lock="1", dark="0", format="gpkg")
    assert {name: shown.address.get(name) for name in ("part", "lock", "ranking", "dark")} == {
        "part": "embed",
        "lock": "1",
        "ranking": "1",
        "dark": "0",
    }
    assert "format" not in shown.address
    assert "lock=1" in codes(shown)[0]


def test_too_many_rows_for_a_map_file_are_told_with_a_way_out(open_page, monkeypatch):
    monkeypatch.setattr("ui.download.downloads.MOST_SHAPES", 10)
    shown = open_page(lang="en", part="data", format="gpkg")
    assert t("download.too_many_shapes", "en", most="10") in shown.html
    assert buttons(shown) == []


def test_a_carried_view_is_reproduced_from_its_own_file(open_page):
    shown = open_page(lang="vi", part="reproduce", basis="2024", indicator="population-average")
    assert any("--as-shown" in code and "--basis 2024" in code for code in codes(shown))


def test_a_public_address_makes_the_permalink_whole(open_page, monkeypatch):
    monkeypatch.setenv("ATLAS_PUBLIC_URL", "https://atlas.example/")
    shown = open_page(lang="en", part="reproduce")
    assert codes(shown)[0].startswith("https://atlas.example/explore?lang=en")
    assert t("download.relative", "en") not in shown.html


def test_the_map_stays_when_the_panel_beside_it_is_opened_and_closed(open_page):
    shown = open_page(lang="vi", edition="2024")
    assert shown.component("ranking")
    shown.app.button(key="take data").click().run()
    assert shown.address["part"] == "data"
    assert shown.address["edition"] == "2024"
    assert shown.map["codes"]
    assert shown.component("ranking") is None
    shown.app.button(key="close").click().run()
    assert "part" not in shown.address
    assert shown.component("ranking")


@pytest.fixture
def in_frame(monkeypatch):
    """Open pages as if their address said embed=true, which pages cannot see for themselves."""
    for module in ("ui.shell", "ui.shell.framing", "ui.shell.account", "ui.shell.frame"):
        monkeypatch.setattr(import_module(module), "framed", lambda: True)


def test_in_a_frame_there_are_no_controls_and_it_says_that_it_is_live(open_page, in_frame):
    shown = open_page(lang="en", ranking="0", lock="1")
    assert t("embed.live", "en") in shown.html
    assert shown.component("ranking") is None
    assert not [e for e in shown.elements() if type(e).__name__ in ("Selectbox", "ButtonGroup")]
    assert shown.map["codes"]
    assert shown.address["lock"] == "1"
    assert t("refused", "en") not in shown.html
    assert len(open_page(lang="en").rows) == 34


def test_outside_a_frame_its_options_leave_the_address(open_page):
    assert "lock" not in open_page(lang="en", lock="1").address
