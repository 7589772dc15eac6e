"""Daily snapshots: their forms, their times, and what they lack."""

import copy
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalog import with_records
from metrics.observations import validate
from metrics.refresh import ShapeError
from metrics.refresh.adapters.portal import PortalAdapter
from metrics.refresh.adapters.portal.groups import GROUPS
from tests.metrics.refresh.adapters.portal.made import SOURCE, options, places_of, published
from tests.metrics.refresh.adapters.portal.snapshots import kept, of_all, of_one
from tests.metrics.refresh.adapters.portal.test_figures import COMMUNES, notes, one

NAME = "scores_Provinces_10102026.json"


@pytest.mark.parametrize("day", ["2026-09-26", "2026-09-27", "2026-10-06", "2026-10-10"])
def test_days_come_back_as_they_are_shipped(gather_files, day):
    frame = gather_files({NAME: of_all(day, f"{day}T02:00:00Z")}).frame
    at = {"index766-total": "total"} | {f"index766-{g.name}": c for c, g in GROUPS.items()}
    found = {(at[i], a): v for i, a, v in frame[["indicator", "area", "value"]].to_numpy()}
    assert found == {(c, a): v for a, s in published()[day].items() for c, v in s.items()}
    assert set(frame["period_end"]) == {day}
    assert set(frame["locator"].str.partition(",")[0]) == {NAME}


def test_several_days_are_read_at_once_and_of_one_day_the_later_time(gather_files, catalog):
    early, late = of_all("2026-10-06", "2026-10-09T21:00:31Z"), of_all(detailed=True)
    day_before = of_all("2026-10-06", "2026-10-09T10:00:00Z")
    files = {"scores_a.json": late, "scores_b.json": early, "scores_c.json": day_before}
    found = gather_files(files)
    assert validate(found.frame, with_records(catalog, found.records)) == []
    frame = found.frame[found.frame["indicator"] == "index766-total"]
    assert frame.groupby("period_end").size().to_dict() == {"2026-10-09": 35, "2026-10-10": 35}
    # 21:00 in UTC is the next day in Viet Nam.
    last = frame[frame["period_end"] == "2026-10-10"]
    assert one(last, "index766-total", "VN")["value"] == published()["2026-10-10"]["VN"]["total"]
    assert notes(found)["twice"].values["n"] == 34 * 7 + 1


@pytest.mark.parametrize("key", ["communes", "communesDetail", "unitsDetail"])
def test_communes_of_a_province(gather_files, catalog, key):
    found = gather_files({"communes_GiaLai.json": of_one(COMMUNES, key)}, communes=["H21"])
    assert validate(found.frame, with_records(catalog, found.records)) == []
    totals = found.frame[found.frame["indicator"] == "index766-total"]
    assert len(totals) == len(COMMUNES)
    told = notes(found)
    assert told["copied"].values["n"] == told["given"].values["n"] == len(COMMUNES)
    row = one(found.frame, "index766-satisfaction", "21994")
    known = "Trong đó 12 điểm" if key != "communes" else "Cổng cho sẵn 18 hoặc 6"
    assert row["note"].startswith(known)
    rates = found.frame["indicator"].eq("dvcqg-ontime-rate").sum()
    assert rates == (0 if key == "communes" else len(COMMUNES))


def test_communes_that_are_not_asked_for_are_not_taken(gather_files):
    files = {"a.json": of_all(), "communes_GiaLai.json": of_one(COMMUNES)}
    assert set(gather_files(files).frame["area"].str.len()) == {2}


def test_a_month_of_a_snapshot_is_a_month(gather_files):
    held = of_one(COMMUNES, time="month", period=3)
    frame = gather_files({"communes_GiaLai.json": held}, communes=["H21"]).frame
    assert set(frame["grain"]) == {"month"}
    assert set(frame["period_end"]) == {"2026-03-31"}
    assert "index766-month-openness" in set(frame["indicator"])


def test_a_month_beside_a_year_says_nothing(gather_files):
    held = of_all()
    held["metadata"]["period"] = 3
    assert set(gather_files({NAME: held}).frame["grain"]) == {"year_to_date"}


def test_a_group_that_was_not_read_is_no_score_of_zero(gather_files):
    held = of_all()
    for row in held["provinces"]:
        row["groupScores"]["TTTT"] = 0.0
    found = gather_files({NAME: held})
    ids = set(found.frame["indicator"])
    assert "index766-online-payment" not in ids
    # What the others leave of the total is no score of satisfaction.
    assert "index766-satisfaction" not in ids
    assert "index766-total" in ids
    assert sum(note.key.endswith("unread") for note in found.notes) == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda held: held["provinces"].pop(), "34 departments"),
        (lambda held: held.update(communes=[]), "one list"),
        (lambda held: held["metadata"].update(provinceCode="H21"), "in a file of one province"),
        (lambda held: held["metadata"].update(extractedAt="2026-10-10T07:00:40"), "its zone"),
        (lambda held: held["metadata"].update(timeType="month"), "from 1 to 12"),
        (lambda held: held["metadata"].update(year=2025), "at least 2,?026"),
        (lambda held: held["provinces"][0].update(totalScore="61"), "a number"),
        (lambda held: held["provinces"].append(held["provinces"][0]), "each department once"),
    ],
)
def test_what_is_wrong_with_a_snapshot_is_told(gather_files, change, told):
    held = of_all()
    change(held)
    with pytest.raises(ShapeError, match=told):
        gather_files({NAME: held})


def test_detail_that_does_not_add_up_is_refused(gather_files):
    held = of_all(detailed=True)
    held["provinces"][2]["componentIndicators"]["TDGQ_TienDoGiaiQuyet"]["totalOnTime"] = 7
    with pytest.raises(ShapeError, match="the percentage of 7 in 1,000"):
        gather_files({NAME: held})


def test_satisfaction_above_its_most_is_the_rest_of_the_total_and_left_out(gather_files):
    held = of_one(COMMUNES)
    held["communes"][0]["groupScores"]["MDHL"] = 18.1
    found = gather_files({"communes_GiaLai.json": held}, communes=["H21"])
    assert "index766-satisfaction" not in set(found.frame["indicator"])
    assert notes(found)["unread"].values["group"] == "MDHL"
    assert "unsure" not in notes(found)
    assert "unsure" in notes(
        gather_files({"communes_GiaLai.json": of_one(COMMUNES)}, communes=["H21"])
    )


def test_an_empty_snapshot_is_refused(gather_files):
    with pytest.raises(ShapeError, match="communesDetail: received 0"):
        gather_files({"communes_detail_GiaLai.json": of_one([], "communesDetail")})


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3), st.just([])
)
WHOLE = of_all(detailed=True)
PLACES = sorted((place for place in places_of(WHOLE) if place), key=str)


@settings(max_examples=40, deadline=None)
@given(place=st.sampled_from(PLACES), junk=JUNK, take=st.booleans())
def test_damage_is_refused_or_does_no_harm(catalog, place, junk, take):
    held = copy.deepcopy(WHOLE)
    at = held
    for key in place[:-1]:
        at = at[key]
    if take:
        at.pop(place[-1])
    else:
        at[place[-1]] = junk
    wanted = options(snapshots=[NAME])
    with tempfile.TemporaryDirectory() as folder:
        try:
            had = kept(Path(folder), {NAME: held})
            found = PortalAdapter().read(SOURCE, wanted, had, catalog)
        except ShapeError as error:
            _ = [error.say(lang) for lang in ("vi", "en")]
            return
    assert validate(found.frame, with_records(catalog, found.records)) == []
