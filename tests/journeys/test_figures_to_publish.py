"""An editor makes figures in the studio and opens what came: PNG, SVG, PDF, the press kit."""

import io
import xml.etree.ElementTree as ET
import zipfile

import pypdf
from PIL import Image

from base.words import t
from geo.figure import pixels

HOSTILE = '<script>alert(1)</script> $x$ =HYPERLINK("a") ../../b'


def downloaded(page, label):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label, exact=True).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_from_a_comparison_to_pictures_that_say_the_same(visit):
    atlas = visit("compare?lang=vi&way=pair&k=4")
    page = atlas.page
    page.get_by_role("button", name=t("take.figure", "vi"), exact=True).click()
    page.get_by_role("heading", level=2, name=t("take.figure", "vi")).wait_for()
    page.get_by_role("img", name=t("figure.alt.pair", "vi", title="").split(".")[0]).wait_for()
    assert atlas.address["kind"] == "pair"
    field = page.get_by_role("textbox", name=t("figure.field.title", "vi"))
    field.fill(HOSTILE)
    field.press("Enter")
    page.wait_for_function("() => location.href.includes('script')")
    atlas.idle()
    name, png = downloaded(page, t("figure.download.png", "vi"))
    assert name.startswith("atlas06-2025-province-dvcqg-digitised-dossier-rate-newest")
    assert Image.open(io.BytesIO(png)).size == pixels("square", 200)
    _, svg = downloaded(page, t("figure.download.svg", "vi"))
    root = ET.fromstring(svg)
    assert not [one for one in root.iter() if one.tag.endswith("}script")]
    words = "".join(root.itertext())
    assert "<script>alert(1)</script>" in words
    assert b'id="area-01"' in svg
    _, pdf = downloaded(page, t("figure.download.pdf", "vi"))
    read = pypdf.PdfReader(io.BytesIO(pdf))
    fonts = read.pages[0]["/Resources"]["/Font"].values()
    assert fonts
    assert "Atlas 06" in read.pages[0].extract_text()


def test_a_press_kit_opens_and_holds_what_it_lists(visit):
    lang = "en"
    page = visit(f"?lang={lang}").page
    root = page.url.partition("?")[0].removesuffix("explore").rstrip("/")
    page.goto(f"{root}/download?lang={lang}&part=kit&sizes=column&pictures=png,svg")
    page.get_by_test_id("stDownloadButton").wait_for()
    with page.expect_download() as waiting:
        page.get_by_test_id("stDownloadButton").get_by_role("button").click()
    with zipfile.ZipFile(waiting.value.path()) as kit:
        assert kit.testzip() is None
        names = kit.namelist()
        assert not [name for name in names if name.startswith(("/", "..")) or "\\" in name]
        pictures = [name for name in names if name.startswith("figures/")]
        assert {name.rpartition(".")[2] for name in pictures} == {"png", "svg"}
        readme = kit.read("README.md").decode()
        assert all(name in readme for name in pictures)
