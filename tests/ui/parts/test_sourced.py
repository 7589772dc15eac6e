"""The sources of a map are told as a reader would cite them."""

from __future__ import annotations

from base.words import partial_day
from ui.address import ALL, View, parse
from ui.parts.sourced import headline, sources_html
from ui.scene import make_scene


def test_the_sources_of_a_map_name_publisher_title_date_and_how_it_was_made(shipped):
    scene, _ = make_scene(shipped, View(indicator="index766-total"))
    html = "".join(sources_html(scene, {"dvcqg-index766": 34}))
    assert "Cổng Dịch vụ công quốc gia" in html
    assert "<b>Bộ chỉ số phục vụ người dân" in html
    assert "10/10/2026" in html
    assert "34 tỉnh" in html
    assert scene.indicator.definition.vi in html


def test_no_source_is_headed_by_its_lack_of_a_title(shipped):
    for lang, untitled in (("vi", "Không có tiêu đề"), ("en", "Untitled")):
        for origin in shipped.catalog.origins.values():
            assert not headline(origin, lang).startswith(untitled)


def test_dates_are_written_as_readers_write_them():
    assert partial_day("2026-10-10", "vi") == "10/10/2026"
    assert partial_day("2026", "vi") == "2026"
    assert partial_day("", "vi") == ""


def test_the_address_can_ask_for_the_sources_of_the_whole_map():
    view, refused = parse({"source": ALL}, {})
    assert (view.source, refused) == (ALL, [])
