"""The page of coverage gaps: claims against measurements."""

import re

import pytest

from base.words import t
from geo.coverage.ground import SIMULATED_VI
from tests.geo.coverage.terrain.rasters import LAT, LON
from tests.pages.shown import Shown
from ui.gaps import weighing

VILLAGES = (
    f"id,name,lon,lat\na,Nà A,{LON},{LAT}\nb,Nà B,{LON + 0.05},{LAT}\nc,Nà C,{LON + 0.1},{LAT}\n"
)
CLAIMS = "id,operator,technology,date,source\n" + "".join(
    f"{id_},Viettel,4G,2026-01-01,Báo cáo quý\n" for id_ in "abc"
)
HEADINGS = "Kinh độ,Vĩ độ,Mức đo,Nhà mạng,Công nghệ,Ngày đo\n"
MEASURED = "".join(
    f"{LON + step},{LAT},{dbm},Viettel,4G,15/03/2026\n"
    for step, dbm in ((0, -80), (0.05, -125))
    for _ in range(3)
)


def dropped(lang, claims=CLAIMS, measured=HEADINGS + MEASURED, **params):
    shown = Shown.of("gaps", {"lang": lang, "part": "evidence", **params})
    boxes = {box.key: box for box in shown.app.get("file_uploader")}
    boxes["gaps_weigh_settlements"].set_value(("thon.csv", VILLAGES.encode(), "text/csv"))
    boxes["gaps_weigh_claims"].set_value([("viettel.csv", claims.encode(), "text/csv")])
    boxes["gaps_weigh_facts"].set_value([("do.csv", measured.encode(), "text/csv")])
    return shown.app.run()


def weighed(app):
    next(b for b in app.button if b.key == "atlas_gaps_weighed_button").click().run()
    if weighing.JOB in app.session_state:
        app.session_state[weighing.JOB][0].join()
        app.run()
    return Shown(app)


def test_other_headings_are_told_and_the_verdicts_with_who_and_when_are_shown(store):
    app = dropped("vi")
    assert t("gaps.seen.no_figure", "vi") in Shown(app).html
    (level,) = [box for box in app.selectbox if box.key.endswith("_dbm")]
    level.set_value("Mức đo").run()
    found = weighed(app)
    assert not found.app.exception
    verdicts = app.session_state[weighing.WEIGHED].villages.set_index("id")["verdict"].to_dict()
    assert verdicts == {"a": "confirmed", "b": "contradicted", "c": "unproven"}
    assert "Báo cáo quý" in found.html
    assert t("gaps.evidence.reason.none", "vi") in found.html
    assert re.search(r"66,7%", found.html)  # two of three claims were tested
    assert found.map["dots"][2::3] == [0, 2, 1]
    # Nothing in it is made up.
    assert SIMULATED_VI not in found.html


def test_thresholds_are_taken_and_printed(store):
    app = dropped("en", measured=HEADINGS.replace("Mức đo", "rsrp") + MEASURED)
    (count,) = [box for box in app.number_input if box.key == "gaps_threshold_count"]
    count.set_value(4).run()
    found = weighed(app)
    verdicts = set(app.session_state[weighing.WEIGHED].villages["verdict"])
    assert verdicts == {"unproven"}
    assert "at least 4" in found.html


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_cannot_be_weighed_is_said(store, lang):
    found = weighed(dropped(lang, claims="a;b\n1;2\n"))
    assert not found.app.exception
    assert 'role="alert"' in found.html
    assert "viettel.csv" in found.html
    assert "/tmp" not in found.html
    shown = Shown.of("gaps", {"lang": lang, "part": "evidence"})
    assert t("gaps.weigh.lead", lang) in shown.html
    lacks = weighed(shown.app)
    assert t("gaps.file.facts", lang) in lacks.html


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_made_up_claims_are_marked(open_page, lang):
    shown = open_page("gaps", lang=lang, part="evidence", mode="simulated", at="11")
    assert SIMULATED_VI in shown.html
    assert SIMULATED_VI in shown.map["watermark"]
    assert shown.map["focus"] == "11"
    assert t("gaps.evidence.cells", lang) in shown.html
