"""The map's message: small, harmless, the same for the same view; the base map never changes."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit_folium import _get_feature_group_string, _get_map_string, generate_js_hash

from base.folders import STATIC
from geo.maps import MARK_NO_DATA, MapView, Symbol, base_map, versioned, view_layer

VIEW = MapView(
    layer="boundaries/2025-province-overview.json",
    names=None,
    lang="vi",
    focus=None,
    selected=None,
    bounds=(102.1, 8.2, 117.3, 23.4),
    codes=("01", "48"),
    marks="0" + MARK_NO_DATA,
    text=("62,1", ""),
    when=(0, 1),
    dates=("10/10/2026", ""),
    palette=("#eff3ff",),
    unit="%",
    alt="Bản đồ",
    credit="Ranh giới xấp xỉ",
    words={"n": "chưa có số liệu"},
    symbols=(Symbol("48", "Hoàng Sa", "Quần đảo Hoàng Sa", "(Đà Nẵng)", ((111.6, 16.5),)),),
    accent="#0b5c7a",
    notes={"01": "tính lại"},
)
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>",
    "{{ 7*7 }}",
    "{{'alert'}}",
    "{% raw %}",
    "{# a comment",
    "a\u2028b\u2029c",
    "\"'`\\",
    "${alert(1)}",
    "*/ alert(1) /*",
    "map_div _0 feature_group_feature_group_0",
    "\x00\x07\n\r\t",
]


def received(view):
    """Return what the browser gets, as JavaScript reads it."""
    return json.loads(view.message())


def shown(text):
    """Return a text with the gaps that keep braces from being taken for a template."""
    return text.replace("}}", "} }")


def test_a_view_arrives_whole():
    got = received(VIEW)
    assert got["codes"] == "01,48"
    assert (got["marks"], got["text"], got["when"]) == ("0n", ["62,1", ""], [0, 1])
    assert got["bounds"] == [102.1, 8.2, 117.3, 23.4]
    assert got["symbols"][0]["points"] == [[111.6, 16.5]]
    assert (got["focus"], got["circles"], got["card"], got["sizes"]) == (None, False, False, [])


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_can_end_the_script_or_become_a_template(text):
    view = replace(VIEW, text=(text, ""), alt=text, notes={"01": text}, words={"n": text})
    message = view.message()
    assert not re.search("[<>&\u2028\u2029]|{{|}}", message)
    got = received(view)
    assert got["text"][0] == got["alt"] == got["notes"]["01"] == got["words"]["n"] == shown(text)


@given(st.text(), st.text())
def test_any_text_arrives_as_it_was(text, code):
    view = replace(VIEW, alt=text, credit=text, notes={code: text})
    message = view.message()
    assert not re.search("[<>&\u2028\u2029]|{{|}}", message)
    assert received(view)["alt"] == received(view)["credit"] == shown(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_component_sends_the_message_unchanged(text):
    base = base_map("Phóng to", "Thu nhỏ")
    base.get_root().render()
    view = replace(VIEW, alt=text)
    script = _get_feature_group_string(view_layer(view), map=base)
    assert script.count("AtlasMap.show(") == 1
    sent = script.split("AtlasMap.show(")[1]
    assert json.JSONDecoder().raw_decode(sent)[0] == received(view)


def test_the_same_view_has_the_same_id_and_another_has_another():
    ids = {
        received(view)["id"] for view in (VIEW, replace(VIEW), replace(VIEW, codes=["01", "48"]))
    }
    assert len(ids) == 1
    for change in ({"marks": "1n"}, {"selected": "01"}, {"lang": "en"}, {"text": ("62,2", "")}):
        assert received(replace(VIEW, **change))["id"] not in ids


def component_key(zoom_in="Phóng to", zoom_out="Thu nhỏ"):
    base = base_map(zoom_in, zoom_out)
    base.get_root().render()
    return generate_js_hash(_get_map_string(base), "map")


def test_the_component_is_mounted_once_for_all_views():
    assert component_key() == component_key()


def test_zoom_buttons_are_named_in_the_language_and_no_name_ends_the_script():
    base = base_map("Phóng to", '</script>"{{x}}')
    base.get_root().render()
    script = _get_map_string(base)
    found = re.search(r"zoomInTitle: (.*), zoomOutTitle: (.*)\n", script)
    assert [json.loads(name) for name in found.groups()] == ["Phóng to", '</script>"{{x}}']
    assert "</script>" not in script


def test_nothing_is_fetched_from_elsewhere():
    base = base_map("+", "-")
    links = [address for _, address in (*base.default_js, *base.default_css)]
    assert links
    assert all(address.startswith("../../app/static/") for address in links)
    html = base.get_root().render()
    assert "//" not in "".join(re.findall(r'(?:src|href)="([^"]*)"', html))


def test_there_is_no_tile_layer():
    base = base_map("+", "-")
    base.get_root().render()
    assert "tileLayer" not in _get_map_string(base)


def test_an_address_changes_with_the_content():
    path, _, version = versioned("map/atlas-map.js").partition("?v=")
    assert path == "map/atlas-map.js"
    assert re.fullmatch("[0-9a-f]{8}", version)
    assert versioned("map/atlas-map.css").partition("?v=")[2] != version
    assert (STATIC / path).is_file()


def test_a_message_of_all_communes_is_small():
    n = 3321
    view = replace(
        VIEW,
        codes=[f"{code:05}" for code in range(n)],
        marks="3" * n,
        text=["12,34"] * n,
        when=[0] * n,
    )
    assert len(view.message().encode()) < 60_000
