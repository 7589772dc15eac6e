"""Figures: text stays text, whatever it says; everything that must be on them is on them."""

import io
import re
import threading
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pypdf
import pytest
from PIL import Image

from geo.boundaries import web_layer
from geo.editions import EDITION_2024, EDITION_2025, Level, area, areas
from geo.figure import (
    FORMATS,
    LONGEST_TITLE,
    MAX_DPI,
    MIN_DPI,
    PRESETS,
    THEMES,
    Archipelago,
    Bar,
    BarsBody,
    FigureSpec,
    Fill,
    Key,
    Legend,
    MapBody,
    Shape,
    pixels,
    render,
)

COLORS = ("#edf8b1", "#7fcdbb", "#2c7fb8")
STATES = (Fill.NO_DATA, Fill.BACK, Fill.CROSSED, Fill.DOTS, Fill.GREY, Fill.PAPER)
HOSTILE = "$\\frac{1}{0}$ <script>alert('&')</script> ]]> \x00\x1b[31m\u202eevil\u2066 " + "W" * 300
SVG = "{http://www.w3.org/2000/svg}"


def archipelagos(edition, level):
    return tuple(
        Archipelago(
            s.code, f"Quần đảo {s.name_vi}", f"({area(edition, s.province).short_vi})", s.points
        )
        for s in web_layer(edition, level).symbols
    )


def a_map(edition=EDITION_2024, level=Level.PROVINCE, parent=None, **more):
    shapes = tuple(
        Shape(
            one.code,
            STATES[n % len(STATES)] if n % 5 == 0 else COLORS[n % 3],
            one.short_vi,
            f"{n},5",
            f"{one.short_vi}: {n},5 %",
        )
        for n, one in enumerate(areas(edition, level, parent))
    )
    symbols = archipelagos(edition, level)
    return MapBody(
        edition, level, shapes, symbols, focus=parent, scale_at="{km} km ({latitude}°)", **more
    )


def a_figure(body=None, **changes):
    keys = tuple(Key(f"lớp {n}", "21 tỉnh", color) for n, color in enumerate(COLORS))
    keys += tuple(Key(f"trạng thái {state.name}", "2 tỉnh", state) for state in STATES)
    spec = FigureSpec(
        lang="vi",
        theme="light",
        preset="square",
        title="Tỷ lệ hồ sơ trực tuyến ở Đắk Lắk",
        subtitle="63 trên 63 tỉnh, thành phố có số liệu.",
        body=body or a_map(),
        legend=Legend("Tỷ lệ (%)", keys, ("Cao hơn là tốt hơn.",)),
        as_of="Số liệu 10/10/2026",
        source="Nguồn: Bộ Công an",
        edition="63 tỉnh, thành.",
        boundary="Ranh giới xấp xỉ.",
        alt="Bản đồ để thử",
    )
    return replace(spec, **changes)


BASELINES = Path(__file__).with_name("baseline")
BARS = tuple(
    Bar(f"{n}", f"{n}", f"Tỉnh {n}", 25.0 - n, f"{25 - n}", COLORS[n % 3]) for n in range(30)
)
PICTURES = {
    "map": lambda: a_figure(preset="column"),
    "map-dark": lambda: a_figure(
        a_map(parent="44", level=Level.DISTRICT), preset="column", theme="dark"
    ),
    "bars": lambda: a_figure(BarsBody(BARS, "và {n} nơi khác"), preset="column"),
}


def svg_of(spec):
    return ET.fromstring(render(spec, "svg"))


def texts(root):
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def picture(spec, dpi=MIN_DPI):
    return np.asarray(Image.open(io.BytesIO(render(spec, "png", dpi))).convert("RGB"), dtype=int)


def pages_of(spec):
    return pypdf.PdfReader(io.BytesIO(render(spec, "pdf")))


@pytest.mark.parametrize("preset", PRESETS)
def test_everything_that_must_be_there_is_there_in_every_size(preset):
    spec = a_figure(preset=preset, note="Ghi chú của tòa soạn")
    said = " ".join(texts(svg_of(spec)))
    must = (spec.subtitle, spec.as_of, spec.source, spec.edition, spec.boundary, spec.note)
    for phrase in (*must, "Quần đảo Hoàng Sa", "Quần đảo Trường Sa", "(Đà Nẵng)", "(Khánh Hòa)"):
        for word in phrase.split():
            assert word in said, (preset, phrase)
    assert re.search(r"\d+ km \(\d+°\)", said)
    for key in spec.legend.keys:
        assert key.label in said
    assert pixels(preset, MIN_DPI) == picture(spec).shape[1::-1]


def test_the_areas_are_named_groups_with_titles():
    root = svg_of(a_figure())
    groups = {
        g.get("id"): g for g in root.iter(f"{SVG}g") if (g.get("id") or "").startswith("area-")
    }
    assert set(groups) == {f"area-{one.code}" for one in areas(EDITION_2024, Level.PROVINCE)}
    assert groups["area-01"].find(f"{SVG}title").text == "Hà Nội: 0,5 %"
    assert root.find(f"{SVG}desc").text == "Bản đồ để thử"
    assert COLORS[1] in ET.tostring(groups["area-02"], encoding="unicode")


def test_no_identifier_stands_twice():
    ids = re.findall(r' id="([^"]+)"', render(a_figure(), "svg").decode())
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_figure_gives_the_same_file(fmt):
    assert render(a_figure(), fmt) == render(a_figure(), fmt)


def test_the_typeface_comes_with_the_svg_and_the_text_is_text():
    svg = render(a_figure(), "svg").decode()
    assert "'Be Vietnam Pro'" in svg
    assert "@font-face" in svg
    assert "Đắk Lắk" in "".join(texts(ET.fromstring(svg)))


def test_pdf_embeds_the_typeface_as_truetype_and_its_text_can_be_searched():
    reader = pages_of(a_figure())
    assert reader.metadata.title == "Tỷ lệ hồ sơ trực tuyến ở Đắk Lắk"
    assert "Bộ Công an" in reader.metadata.subject
    text = reader.pages[0].extract_text()
    assert "Tỷ lệ hồ sơ trực tuyến" in text
    assert "Quần đảo Trường Sa" in text
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert inner["/Subtype"] in ("/CIDFontType2", "/TrueType")
        assert "BeVietnamPro" in font["/BaseFont"]
        assert "/FontFile2" in inner["/FontDescriptor"].get_object()


@pytest.mark.parametrize("fmt", FORMATS)
def test_hostile_texts_are_only_text(fmt):
    shape = Shape("01", COLORS[0], HOSTILE, HOSTILE, HOSTILE)
    body = replace(a_map(), shapes=(shape, *a_map().shapes[1:]))
    spec = a_figure(
        body, title=HOSTILE, subtitle=HOSTILE, note=HOSTILE, source=HOSTILE, alt=HOSTILE,
        legend=Legend(HOSTILE, (Key(HOSTILE, HOSTILE, COLORS[0]),), (HOSTILE,)),
    )  # fmt: skip
    made = render(spec, fmt)
    if fmt == "svg":
        root = ET.fromstring(made)
        assert root.find(f".//{SVG}script") is None
        assert "<script" not in made.decode()
        said = "".join(texts(root))
        assert "$\\frac{1}{0}$" in said
        assert not re.search("[\x00-\x08\x1b\u202e\u2066]", made.decode())
    if fmt == "pdf":
        assert "\\frac{1}{0}$" in pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()


@pytest.mark.parametrize("name", PICTURES)
def test_figures_look_as_they_did(name):
    """Compare with a picture looked at; `python -m tests.geo.figure.test_render` draws anew."""
    before = np.asarray(Image.open(BASELINES / f"{name}.png").convert("RGB"), dtype=int)
    now = picture(PICTURES[name]())
    assert now.shape == before.shape
    # Letters may be drawn a little differently elsewhere; a shifted map or a lost legend is more.
    assert np.abs(now - before).mean() < 3.0
    assert (np.abs(now - before).max(axis=2) > 96).mean() < 0.02


def test_long_words_and_titles_stay_on_the_page():
    spec = a_figure(title="W" * 5000, note="ủ" * 5000, preset="column")
    picture_of = picture(spec)
    assert (picture_of[:, :6] == 255).all()
    assert (picture_of[:, -6:] == 255).all()
    said = "".join(texts(svg_of(spec)))
    assert said.count("W") <= LONGEST_TITLE
    assert said.count("W") > 20


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "漢字 😀 עברית", "a\u0301\u0301\u0301\u0301\u0301\u0301"]
)
def test_odd_titles_are_drawn(text):
    assert render(a_figure(title=text, note=text), "png", MIN_DPI).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "wrong",
    [
        {"preset": "poster"},
        {"theme": "sepia"},
        {"permalink": "javascript:alert(1)"},
        {"permalink": "https://a.vn/" + "x" * 5000},
    ],
)
def test_what_is_not_allowed_is_refused(wrong):
    with pytest.raises(ValueError, match="allowed are"):
        render(a_figure(**wrong), "png")


@pytest.mark.parametrize("dpi", [MIN_DPI - 1, MAX_DPI + 1, 0, -5])
def test_resolutions_out_of_range_are_refused(dpi):
    with pytest.raises(ValueError, match="allowed are 96 to 600"):
        render(a_figure(), "png", dpi)


def test_the_code_leads_to_the_address():
    link = "https://atlas.example.vn/explore?lang=vi&place=VN"
    spec = a_figure(permalink=link, scan="Quét mã")
    root = svg_of(spec)
    assert [g for g in root.iter(f"{SVG}g") if g.get("id") == "qr"]
    linked = [a.get("{http://www.w3.org/1999/xlink}href") for a in root.iter(f"{SVG}a")]
    assert set(linked) == {link}
    assert not [g for g in svg_of(a_figure()).iter(f"{SVG}g") if g.get("id") == "qr"]


def test_simulated_figures_are_marked_all_over():
    plain, marked = picture(a_figure()), picture(a_figure(watermark="MÔ PHỎNG"))
    changed = (plain != marked).any(axis=2)
    high = changed.shape[0]
    assert all(changed[part * high // 4 : (part + 1) * high // 4].any() for part in range(4))
    assert "MÔ PHỎNG" in texts(svg_of(a_figure(watermark="MÔ PHỎNG")))


@pytest.mark.parametrize("theme", THEMES)
def test_both_themes_have_readable_text(theme):
    made = picture(a_figure(theme=theme))
    paper, ink = made[2, 2].sum() / 3, made[:120].reshape(-1, 3).sum(axis=1) / 3
    assert np.abs(ink - paper).max() > 180


def test_names_do_not_cover_one_another():
    from geo.figure.labels import Name, Taken, write_names  # noqa: PLC0415
    from geo.figure.page import INKS, Page  # noqa: PLC0415

    page, taken = Page(300, 300, INKS["light"], "png"), Taken()
    names = [
        Name(20 + 13 * n % 260, 20 + 7 * n % 260, 30, f"Địa danh {n}", "12,5") for n in range(120)
    ]
    written = write_names(page, names, 7, (0, 0, 300, 300), taken)
    assert 10 < written < 120
    for n, a in enumerate(taken.boxes):
        assert 0 <= a[0] <= a[2] <= 300
        for b in taken.boxes[n + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_the_projection_keeps_areas_and_the_scale_bar_is_true():
    from geo.boundaries import load  # noqa: PLC0415
    from geo.figure.geometry import layer, metres_per_km  # noqa: PLC0415

    flat = load(EDITION_2024, Level.PROVINCE).to_crs("EPSG:6933").set_index("code").area
    paths = layer(EDITION_2024, Level.PROVINCE, True).paths
    for code in ("01", "40", "62", "89"):  # without far islands
        drawn = 0.0
        for ring in paths[code].to_polygons():
            x, y = np.asarray(ring).T
            drawn += (np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2
        assert abs(drawn) == pytest.approx(flat[code], rel=0.01)
    for latitude in (9, 16, 23):
        assert metres_per_km(latitude, 0.0) == pytest.approx(1000, rel=0.003)


@pytest.mark.parametrize(("edition", "level", "parent"), [
    (EDITION_2024, Level.DISTRICT, None),
    (EDITION_2025, Level.COMMUNE, None),
    (EDITION_2025, Level.COMMUNE, "48"),
    (EDITION_2025, Level.COMMUNE, "56"),
    (EDITION_2024, Level.DISTRICT, "44"),
])  # fmt: skip
def test_every_level_can_be_drawn(edition, level, parent):
    spec = a_figure(a_map(edition, level, parent))
    assert render(spec, "png", MIN_DPI).startswith(b"\x89PNG")


def test_a_ranking_says_what_finds_no_room_and_bars_below_zero_go_left():
    bars = tuple(
        Bar(f"{n}", f"{n}", f"Tỉnh {n}", 50.0 - n, f"{50 - n}", COLORS[0]) for n in range(150)
    )
    spec = a_figure(BarsBody(bars, "và {n} nơi khác", "Không có trong hình: 3."), preset="column")
    said = texts(svg_of(spec))
    shown = sum(text.startswith("Tỉnh ") for text in said)
    assert f"và {150 - shown} nơi khác" in said
    assert "Không có trong hình: 3." in said
    few = a_figure(BarsBody((bars[0], bars[-1]), ""))
    assert "-99" in texts(svg_of(few))


def test_threads_draw_at_the_same_time_as_one_would():
    specs = [a_figure(preset="square", theme=theme) for theme in THEMES]
    alone = [render(spec, "svg") for spec in specs]
    made = [b""] * len(specs)

    def draw(n):
        made[n] = render(specs[n], "svg")

    threads = [threading.Thread(target=draw, args=(n,)) for n in range(len(specs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == alone


def test_no_figure_is_left_to_matplotlib():
    render(a_figure(), "png", MIN_DPI)
    assert mpl._pylab_helpers.Gcf.figs == {}


def test_colours_are_those_of_the_map_in_the_browser():
    from geo.figure.page import DARK, LIGHT  # noqa: PLC0415

    script = Path("static/map/atlas-map.js").read_text(encoding="utf-8")
    for name, inks in (("LIGHT", LIGHT), ("DARK", DARK)):
        block = re.search(rf"const {name} = {{(.*?)}}", script, re.DOTALL)[1]
        theirs = dict(re.findall(r'(\w+): "(#\w+)"', block))
        for ink in ("paper", "land", "hatch", "line", "context", "province", "ink", "grey"):
            assert getattr(inks, ink) == theirs[ink]


if __name__ == "__main__":
    for name, spec in PICTURES.items():
        made = Image.open(io.BytesIO(render(spec(), "png", MIN_DPI))).convert("RGB")
        made.quantize(128).save(BASELINES / f"{name}.png", optimize=True)
