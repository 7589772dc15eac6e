"""What is made of the portal's replies."""

import copy

import pytest

from metrics.catalog import with_records
from metrics.observations import validate
from metrics.refresh.adapters.portal.groups import GROUPS
from tests.metrics.refresh.adapters.portal.made import of_communes, of_provinces, published

COMMUNES = (
    *("UBND xã Vân Canh", "UBND Xã Chơ Long", "UBND xã Kông Bơ La - Gia Lai", "UBND xã Phù Mỹ"),
    *("UBND xã Tuy Phước", "UBND xã Xuân An", "UBND xã Ia Krái", "UBND xã SRó", "UBND xã Ia Mơ"),
    *("UBND xã Ia Le", "UBND phường Hoài Nhơn"),
)


def notes(gathered):
    return {message.key.rpartition(".")[2]: message for message in gathered.notes}


def one(frame, indicator, area):
    [row] = frame[(frame["indicator"] == indicator) & (frame["area"] == area)].to_dict("records")
    return row


@pytest.fixture(scope="module")
def replies():
    return {"provinces": of_provinces(), "H21": of_communes(COMMUNES)}


def test_provinces_and_communes_are_observations_that_hold(gather, replies, catalog):
    found = gather(replies, communes=["H21"])
    assert validate(found.frame, with_records(catalog, found.records)) == []
    assert not found.whole
    totals = found.frame[found.frame["indicator"] == "index766-total"]
    assert len(totals) == 34 + 1 + len(COMMUNES)
    row = one(found.frame, "dvcqg-ontime-rate", "82")
    assert (row["value"], row["numerator"], row["denominator"]) == (90, 900, 1000)
    assert (row["period_start"], row["period_end"]) == ("2026-01-01", "2026-10-10")
    assert (row["grain"], row["qualifier"]) == ("year_to_date", "exact")
    paid = one(found.frame, "dvcqg-online-payment-rate", "82")
    assert (paid["value"], paid["numerator"], paid["qualifier"]) == (66.6, 333, "computed")
    services = one(found.frame, "dvcqg-services-paid-online-rate", "82")
    assert (services["value"], services["numerator"], services["denominator"]) == (37.5, 15, 40)
    assert "PUBLISH_ON_TIME" in notes(found)["left"].values["what"]


def test_the_country_has_a_line_apart_and_a_province_its_own_share_of_dossiers(gather, replies):
    found = gather(replies, communes=["H21"])
    country = one(found.frame, "index766-total", "VN")
    assert country["edition"] == ""
    assert country["note"] == "Số cả nước của Cổng."
    filed = found.frame[found.frame["indicator"] == "dvcqg-online-filed-rate"]
    assert sorted(filed["area"]) == ["52", "VN"]
    assert set(filed["value"]) == {95}


def test_a_chosen_part_is_a_part(gather, replies):
    index = gather({"provinces": replies["provinces"]}, figures=["index"])
    assert all(index.frame["indicator"].str.startswith("index766-"))
    dossiers = gather(replies, figures=["indicators"], provinces=False, communes=["H21"])
    assert all(dossiers.frame["indicator"].str.startswith("dvcqg-"))
    assert set(dossiers.frame["area"].str.len()) == {5}


def test_maxima_are_those_of_the_catalog(catalog):
    for group in GROUPS.values():
        assert catalog.indicators[f"index766-{group.name}"].max_value == group.most


def test_scores_that_are_the_provinces_own_are_marked(gather, replies):
    found = gather(replies, communes=["H21"])
    row = one(found.frame, "index766-openness", "21994")
    assert row["note"].startswith("Điểm của cả tỉnh")
    assert notes(found)["copied"].values["n"] == len(COMMUNES)
    other = copy.deepcopy(replies)
    rows = other["H21"]["transparency"]["data"]["evaluation"]
    rows[0]["totalScore"], rows[0]["ratio"] = 9, 50
    assert "copied" not in notes(gather(other, communes=["H21"]))


def test_points_for_none_of_none_are_marked_and_told(gather, replies):
    found = gather(replies, communes=["H21"])
    row = one(found.frame, "index766-satisfaction", "21994")
    assert row["value"] == 18
    assert row["note"].startswith("Trong đó 12 điểm Cổng cho sẵn")
    assert notes(found)["given"].values["n"] == len(COMMUNES)
    earned = {**replies, "H21": of_communes(COMMUNES, petitions=3)}
    assert "given" not in notes(gather(earned, communes=["H21"]))


def test_provisional_denominators_are_marked(gather, replies):
    found = gather({"provinces": replies["provinces"]})
    assert one(found.frame, "index766-openness", "82")["note"].startswith("Cổng ghi rằng")
    assert notes(found)["provisional"].values["n"] == 34


def test_totals_that_are_not_the_sum_are_told_and_not_adjusted(gather, replies):
    other = copy.deepcopy(replies)
    first = other["provinces"]["service-results"]["data"]["evaluation"][0]
    first["totalScore"] = first["ratio"] = round(first["totalScore"] - 0.27, 2)
    found = gather({"provinces": other["provinces"]})
    row = one(found.frame, "index766-total", "91")
    assert row["value"] == first["totalScore"]
    assert row["note"].startswith("Tổng thấp hơn 0,2")
    assert notes(found)["sum"].values["n"] == 1


def test_none_of_none_is_no_figure(gather, replies):
    other = copy.deepcopy(replies)
    row = other["H21"]["dvc-progress-tree"]["data"]["children"][0]
    row |= {"totalReceived": 0, "totalOnTime": 0, "totalOverdue": 0, "ratio": 0, "score": 0}
    frame = gather(other, communes=["H21"]).frame
    of_first = set(frame[frame["area"] == "21994"]["indicator"])
    assert "dvcqg-ontime-rate" not in of_first
    assert "dvcqg-processing-days" not in of_first
    assert one(frame, "dvcqg-dossiers-received", "21994")["value"] == 0


@pytest.mark.parametrize(
    ("number", "grain", "end"), [(9, "month", "2026-09-30"), (10, "unknown", "2026-10-10")]
)
def test_a_month_is_one_when_it_is_over(gather, replies, catalog, number, grain, end):
    given = {"time": "month", "number": number, "year": 2026}
    found = gather({"provinces": replies["provinces"]}, **given)
    assert set(found.frame["grain"]) == {grain}
    assert set(found.frame["period_end"]) == {end}
    assert ("to_date" in notes(found)) == (grain == "unknown")
    added = with_records(catalog, found.records)
    assert validate(found.frame, added) == []
    made = set(added.indicators) - set(catalog.indicators)
    assert made == {f"index766-month-{group.name}" for group in GROUPS.values()}
    assert added.indicators["index766-month-openness"].withheld
    assert set(found.frame["indicator"]) - made == {
        "index766-month-total",
        "dvcqg-month-ontime-rate",
    }
    assert "no_indicator" in notes(found)


def test_a_quarter_brings_its_indicators(gather, replies, catalog):
    found = gather({"provinces": replies["provinces"]}, time="quarter", number=3, year=2026)
    added = with_records(catalog, found.records)
    assert validate(found.frame, added) == []
    assert len(set(added.indicators) - set(catalog.indicators)) == 7
    assert set(found.frame["grain"]) == {"quarter"}


@pytest.mark.parametrize("day", ["2026-09-26", "2026-09-27", "2026-10-06", "2026-10-10"])
def test_days_that_were_published_come_back_as_they_are_shipped(gather, day):
    at = {"index766-total": "total"} | {f"index766-{g.name}": c for c, g in GROUPS.items()}
    frame = gather({"provinces": of_provinces(day)}, figures=["index"]).frame
    found = {(at[i], a): v for i, a, v in frame[["indicator", "area", "value"]].to_numpy()}
    shipped = {(c, a): v for a, scores in published()[day].items() for c, v in scores.items()}
    assert found == shipped
    assert len(found) == 34 * 7 + 1
