"""The page of coverage gaps over real ground: files in, a run in the background, what it shows."""

import re

import numpy as np
import pytest

from base.words import t
from tests.geo.coverage.terrain.rasters import LAT, LON, write
from tests.pages.shown import Shown

SITES = "lon,lat,technology,operator,range,height,frequency,eirp\n"
SITES += f"{LON},{LAT},4G,Viettel,9000,40,1800,60\n"
VILLAGES = "id,name,lon,lat,population\n"
VILLAGES += f"near,Nà Gần,{LON + 0.01},{LAT},10\nbehind,Nà Khuất,{LON},{LAT + 0.06},20\n"
VILLAGES += f"far,Nà Xa,{LON},{LAT - 0.09},40\n"


@pytest.fixture
def wall(tmp_path):
    """A plain of 100 m with a wall of 600 m across it, to the north of the mast."""
    cells = np.full((1000, 500), 100, dtype=np.int16)
    cells[550:553] = 700
    return write(tmp_path / "dem.tif", cells, at=(491_000, 2_548_035)).read_bytes()


def dropped(lang, **files):
    """Open the page with files put in, and press the button."""
    shown = Shown.of("gaps", {"lang": lang, "part": "search"})
    boxes = {box.key: box for box in shown.app.get("file_uploader")}
    given = {"settlements": ("thon.csv", VILLAGES.encode()), "sites": ("tram.csv", SITES.encode())}
    for kind, (name, data) in (given | files).items():
        value = (name, data, "application/octet-stream")
        many = kind in ("terrain", "clutter", "polygons")
        boxes[f"gaps_{kind}"].set_value([value] if many else value)
    return shown.app


def pressed(app):
    next(b for b in app.button if b.key == "atlas_gaps_result_button").click().run()
    return app


def finished(app):
    """Wait for the end of the run, and look again."""
    if "atlas_gaps_job" in app.session_state:
        app.session_state["atlas_gaps_job"][0].join()
        app.run()
    return Shown(app)


def test_a_wall_shadows_what_radius_calls_covered_and_its_profile_says_where(store, wall):
    found = finished(pressed(dropped("vi", terrain=("dem.tif", wall))))
    assert not found.app.exception
    result = found.app.session_state["atlas_gaps_result"]
    verdicts = dict(zip(result.settlements["id"], result.settlements["terrain"], strict=True))
    assert verdicts == {"near": "in_sight", "behind": "shadowed", "far": "out_of_range"}
    assert "1 thôn, bản nhìn thấy một trạm trong tầm, 1 bị địa hình che" in found.html.replace(
        "\xa0", " "
    )
    assert t("gaps.ground.beside", "vi") in found.html
    # The one that radius calls covered and the ground shadows is looked at first.
    assert "Nà Khuất" in found.html
    blocked = re.search(r"Mặt đất chắn đường ngắm ở km ([\d,]+): cao hơn ([\d.]+) m", found.html)
    assert blocked is not None
    assert float(blocked[1].replace(",", ".")) == pytest.approx(3.4, abs=0.2)
    assert "3GPP TS 36.101" in found.html
    assert "k = 1,333" in found.html
    (over,) = [box for box in found.app.segmented_control if box.key == "gaps_over"]
    over.set_value("margins").run()
    margins = Shown(found.app)
    assert not margins.app.exception
    assert margins.address["over"] == "margins"
    assert margins.map["plain"]
    assert margins.map["dot_codes"] == [0, 1, 2, -1]  # and the site, which leads nowhere
    assert len(margins.map["dots"]) == 12
    assert t("gaps.list.margins", "vi") in margins.html
    (over,) = [box for box in margins.app.segmented_control if box.key == "gaps_over"]
    over.set_value("summits").run()
    summits = Shown(margins.app)
    assert not summits.app.exception
    assert t("gaps.list.summits", "vi") in summits.html
    assert "63%" in summits.html
