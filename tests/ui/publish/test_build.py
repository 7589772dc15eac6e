"""The folder: whole, alike each time, without a way that leads nowhere, with the app's numbers."""

import csv
import io
import json
import re
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from openapi_spec_validator import validate

from metrics.exporting import export
from tests.ui.publish.small import BASE, LIVE, published
from ui.address import parse
from ui.download import as_shown
from ui.scene import draw

MAP = "maps/rate/2025-province"
WAY = re.compile(r'\b(?:href|src)="([^"]*)"')
ID = re.compile(r'\bid="([^"]*)"')
ROW = re.compile(r'<tr id="a-(\w+)".*?</tr>', re.DOTALL)


def pages(folder):
    return {path: text.decode() for path, text in folder.files().items() if path.endswith(".html")}


def test_every_way_leads_to_a_file_and_a_spot_that_are_there(folder):
    files, told = folder.files(), pages(folder)
    lost = []
    for path, text in told.items():
        for way in map(unescape, WAY.findall(text)):
            parts = urlsplit(way)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), way
                continue
            to = path
            if parts.path:
                to = normpath(join(dirname(path), unquote(parts.path)))
            if to not in files or (parts.fragment and parts.fragment not in ID.findall(told[to])):
                lost.append((path, way))
    assert lost == []


@pytest.mark.parametrize(("lang", "said"), [("vi", "Chưa đủ năm"), ("en", "Fewer than five")])
def test_of_fewer_than_five_places_there_are_figures_and_no_map(folder, lang, said):
    told = [text for path, text in pages(folder).items() if "named/2024-province" in path]
    (named,) = (text for text in told if f'<html lang="{lang}"' in text)
    assert said in named
    assert "<table" in named
    assert not any(sign in named for sign in ("<figure", "og:image", "leaflet", ".png"))
    drawn = {path for path in folder.files() if path.endswith(".png") and path.startswith("maps/")}
    assert drawn
    assert not any("named" in path for path in drawn)


def test_two_builds_are_alike_byte_for_byte(folder, tmp_path):
    builds = (published(folder.store, tmp_path / name, only=("named",)) for name in "ab")
    first, second = (build.files() for build in builds)
    assert first == second


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_has_the_numbers_of_the_export(folder, lang, tmp_path):
    asked = {"lang": lang, "edition": "2025", "level": "province", "indicator": "rate"}
    view, _ = parse(asked, folder.store.catalog.indicators)
    scene = draw(folder.store, view).scene
    written = export(folder.store, as_shown(scene), tmp_path / "rows.csv", lang=lang)
    own = {line["area_code"]: line for line in csv.DictReader(written.path.open(encoding="utf-8"))}
    here = "" if lang == "vi" else "en/"
    text = folder.text(f"{here}{MAP}.html")
    shown = {hit[1]: hit[0] for hit in ROW.finditer(text)}
    assert set(shown) == set(own)
    for code, line in shown.items():
        value = re.search(r'<td class="value">.*?<span>([^<]*)</span>', line)[1]
        rank = re.search(r'<td class="rank">(\d*)</td>', line)[1]
        assert (float(value.replace(",", ".")), rank) == (
            float(own[code]["value"]),
            own[code]["rank"],
        )
    data = json.loads(folder.text(f"{here}api/v1/data/rate/2025-province.json"))
    assert {row["area_code"]: row["value"] for row in data["rows"]} == {
        code: float(line["value"]) for code, line in own.items()
    }
    people = (folder.path / f"{here}{MAP}.csv").read_bytes().decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(people)))) == len(own) + 1


def test_a_page_reads_without_a_script(folder):
    text = folder.text(f"{MAP}.html")
    assert '<img src="2025-province.png" alt="' in text
    assert 'class="search" hidden' in text
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", text)
    assert inline
    assert all('type="application/' in one for one in inline)


def test_each_period_has_a_page_that_leads_to_the_others(folder):
    newest, earlier = folder.text(f"{MAP}.html"), folder.text(f"{MAP}.2025-06-30.html")
    assert 'href="2025-province.2025-06-30.html"' in newest
    assert 'href="2025-province.html"' in earlier


def test_both_languages_lead_to_each_other_from_the_same_page(folder):
    assert 'href="../../en/maps/rate/2025-province.html"' in folder.text(f"{MAP}.html")
    assert 'href="../../../maps/rate/2025-province.html"' in folder.text(f"en/{MAP}.html")
    assert {path for path in pages(folder) if path.startswith("en/")} == {
        f"en/{path}" for path in pages(folder) if not path.startswith("en/")
    }


def test_the_day_the_figures_are_of_is_told_and_not_the_clock(folder):
    # That of the made-up source.
    assert json.loads(folder.text("atlas06.json"))["frozen"] == "2025-01-15"
    assert '<time datetime="2025-01-15">' in folder.text("index.html")


def test_whole_addresses_are_those_of_where_the_folder_stands(folder):
    sitemap = folder.text("sitemap.xml")
    found = re.findall(r"<loc>(.*?)</loc>", sitemap)
    assert {urlsplit(one).path.removeprefix("/copy/") for one in found} == set(pages(folder))
    assert all(one.startswith(BASE) for one in found)
    assert f'<link rel="canonical" href="{BASE}{MAP}.html">' in folder.text(f"{MAP}.html")
    assert f'href="{LIVE}explore?' in folder.text(f"{MAP}.html").replace("&amp;", "&")


def test_programs_find_datasets_and_files(folder):
    files = folder.files()
    told = json.loads(folder.text("dcat.jsonld"))
    urls = [
        one["dcat:downloadURL"]["@id"]
        for dataset in told["dcat:dataset"]
        for one in dataset["dcat:distribution"]
    ]
    assert urls
    assert all(url.removeprefix(BASE) in files for url in urls)
    document = json.loads(folder.text("api/v1/openapi.json"))
    validate(document)
    paths = document["paths"]
    assert "/profiles/{edition}/{code}.json" in paths
    assert json.loads(folder.text("api/v1/profiles/2025/01.json"))["link"] == (
        f"{BASE}places/2025/01.html"
    )
