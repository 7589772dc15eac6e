"""A map in one file: nothing outside it, nothing hostile in it, small, the same every time."""

import json
import re
from html.parser import HTMLParser

import pytest

from base.folders import STATIC
from geo.boundaries import bounds, web_layer
from geo.editions import EDITION_2024, EDITION_2025, Level
from geo.maps import MOST_ROWS, Embed, MapView, Row, embed_html
from geo.maps.cut import cut

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}{%raw%}&\u2028"
PROVINCES = web_layer(EDITION_2025, Level.PROVINCE)


def view(**fields):
    usual = {
        "layer": PROVINCES.url,
        "names": None,
        "lang": "vi",
        "focus": None,
        "selected": None,
        "bounds": PROVINCES.bbox,
        "codes": ["01"],
        "marks": "0",
        "text": ["1"],
        "when": [0],
        "dates": ["2024"],
        "palette": ["#123456"],
        "unit": "%",
        "alt": "bản đồ",
        "credit": "xấp xỉ",
        "words": {},
        "symbols": [],
        "accent": "#000000",
    }
    return MapView(**usual | fields).message()


def file(**fields):
    usual = {
        "message": view(),
        "lang": "vi",
        "title": "Tên",
        "subtitle": "",
        "legend": "<ul></ul>",
        "legend_style": "",
        "lines": ("Nguồn: Bộ Thử nghiệm",),
    }
    return embed_html(Embed(**usual | fields))


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found, self.texts, self.scripts, self._in = [], [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self._in = tag

    def handle_endtag(self, tag):
        self._in = ""

    def handle_data(self, data):
        (self.scripts if self._in == "script" else self.texts).append(data)


def test_it_asks_for_nothing_outside_itself():
    html = file()
    tags = Tags(html).found
    assert not [attrs for _, attrs in tags if "src" in attrs or tag_link(attrs)]
    assert "default-src 'none'" in html
    css = "".join(re.findall(r"<style>(.*?)</style>", html, re.S))
    assert not [url for url in re.findall(r"url\(([^)]*)\)", css) if not re.match("data:|#", url)]
    assert css.count("data:font/woff2") == 6


def tag_link(attrs):
    return "href" in attrs and not attrs["href"].startswith("https://atlas.example/")


def test_a_province_map_is_under_a_megabyte():
    rows = [
        Row(f"{n:02}", (str(n), "Thành phố Hồ Chí Minh", "100,00", "10/10/2026")) for n in range(63)
    ]
    layer = web_layer(EDITION_2024, Level.PROVINCE)
    html = file(message=view(layer=layer.url, bounds=layer.bbox), rows=rows, heads=["a"] * 4)
    assert len(html.encode()) < 600_000


@pytest.mark.parametrize("field", ["title", "subtitle", "lines", "link_text", "watermark", "rows"])
def test_no_text_is_taken_for_markup_or_a_template(field):
    value = {"lines": (HOSTILE,), "rows": [Row(HOSTILE, (HOSTILE,))]}.get(field, HOSTILE)
    more = {"link": "https://atlas.example/", "link_text": "xem"} | {field: value}
    plain, hostile = Tags(file(**more | {field: _tame(value)})), Tags(file(**more))
    assert [tag for tag, _ in hostile.found] == [tag for tag, _ in plain.found]
    assert any("{{7*7}}" in text for text in hostile.texts)
    assert not [a for _, attrs in hostile.found for a in attrs if a.startswith("on")]


def _tame(value):
    if isinstance(value, tuple):
        return ("x",)
    return [Row("x", ("x",))] if isinstance(value, list) else "x"


def test_no_name_on_the_map_ends_its_script():
    message = view(text=[HOSTILE], notes={"01": HOSTILE}, credit=HOSTILE)
    parsed = Tags(file(message=message))
    assert len(parsed.scripts) == len(Tags(file()).scripts)
    (own,) = [s for s in parsed.scripts if "AtlasMap.attach(map_" in s]
    sent = json.JSONDecoder().raw_decode(own.split("AtlasMap.show(")[1])[0]
    assert sent["text"] == [HOSTILE.replace("}}", "} }")]


def test_only_an_address_of_the_web_becomes_a_link():
    assert "javascript:" not in file(link="javascript:alert(1)", link_text="x")
    assert '<a href="https://atlas.example/?a=1&amp;b=2"' in file(
        link="https://atlas.example/?a=1&b=2", link_text="x"
    )


def test_locked_it_has_no_zoom_buttons_and_does_not_move():
    assert "L.control.zoom" in file()
    locked = file(locked=True)
    assert "L.control.zoom" not in locked.split("AtlasMap.attach")[1]
    for move in ("dragging", "scrollWheelZoom", "touchZoom", "keyboard"):
        assert f'"{move}": false' in locked


def test_the_same_view_is_the_same_file():
    assert file() == file()


def test_a_long_ranking_is_cut_to_what_can_be_read():
    rows = [Row(str(n), (str(n),)) for n in range(MOST_ROWS + 5)]
    assert file(rows=rows).count("<tr data-code") == MOST_ROWS


def test_a_layer_that_is_not_ours_is_not_read():
    with pytest.raises(LookupError, match="passwd"):
        file(message=view(layer="../../etc/passwd"))


def shapes(topology):
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale[0] + origin[0], y * scale[1] + origin[1]))
        lines.append(line)

    def walk(arcs):
        if isinstance(arcs, int):
            return lines[arcs] if arcs >= 0 else lines[~arcs][::-1]
        return [walk(part) for part in arcs]

    return {a["id"]: walk(a["arcs"]) for a in topology["objects"]["areas"]["geometries"]}


def test_cutting_keeps_the_shapes_of_a_province_and_its_neighbours_only():
    layer = web_layer(EDITION_2024, Level.DISTRICT, detail=True)
    whole = json.loads((STATIC / layer.url).read_text(encoding="utf-8"))
    part = cut(whole, bounds(EDITION_2024, "01"))
    before, after = shapes(whole), shapes(part)
    assert 30 < len(after) < 200
    assert all(after[code] == before[code] for code in after)
    mine = {
        a["id"] for a in whole["objects"]["areas"]["geometries"] if a["properties"]["p"] == "01"
    }
    assert mine <= set(after)
    assert len(part["arcs"]) < len(whole["arcs"]) / 3
    assert shapes(cut(whole, None)) == before
