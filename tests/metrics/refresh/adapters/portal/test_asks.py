"""What is asked of the portal, and in which order."""

import copy
from dataclasses import replace

import pytest
from pydantic import ValidationError

from metrics.refresh import ShapeError
from metrics.refresh.adapters.portal import PortalAdapter
from tests.metrics.refresh.adapters.portal.made import (
    ADDRESS,
    NOON,
    SOURCE,
    answer,
    asked_all,
    listed,
    of_communes,
    of_provinces,
    options,
)

REPLIES = {"provinces": of_provinces(), "H21": of_communes(["UBND xã Vân Canh"])}


def test_the_index_of_the_provinces_is_one_request(tmp_path):
    [ask] = PortalAdapter().asks(SOURCE, options(figures=["index"], year=2026), [])
    assert (ask.method, ask.address) == ("POST", f"{ADDRESS}/service-results")
    assert ask.name == "provinces-service-results-1.json"
    assert ask.body == {
        "timeType": "year",
        "year": 2026,
        "departmentType": "ADMINISTRATIVE_UNIT",
        "pageSize": 300,
        "currentPage": 1,
    }
    had = [answer(tmp_path, ask, REPLIES["provinces"]["service-results"])]
    assert PortalAdapter().asks(SOURCE, options(figures=["index"], year=2026), had) == []


def test_communes_are_asked_for_by_the_id_that_the_portal_gives_of_their_province(tmp_path):
    had = asked_all(tmp_path, options(communes=["H21"], provinces=False), REPLIES)
    names = [reply.ask.name for reply in had]
    assert names[0] == "provinces-service-results-1.json"
    assert len(names) == 8
    assert all(name.startswith("H21-") for name in names[1:])
    assert {reply.ask.body["rootDepartmentId"] for reply in had[1:]} == {"019d-H21"}
    assert not any("departmentType" in reply.ask.body for reply in had[1:])


def test_communes_are_asked_for_of_the_time_that_the_provinces_were(tmp_path):
    [ask] = PortalAdapter().asks(SOURCE, options(figures=["index"], communes=["H21"]), [])
    ask = replace(ask, body=ask.body | {"year": 2031})
    had = [answer(tmp_path, ask, REPLIES["provinces"]["service-results"])]
    asks = PortalAdapter().asks(SOURCE, options(figures=["index"], communes=["H21"]), had)
    assert {one.body["year"] for one in asks} == {2031}


def test_further_pages_are_asked_for_one_by_one(tmp_path):
    replies = copy.deepcopy(REPLIES)
    rows = replies["provinces"]["transparency"]["data"]["evaluation"]
    replies["provinces"]["transparency"] = {
        page: listed(rows[(page - 1) * 12 : page * 12], page, 12, len(rows)) for page in (1, 2, 3)
    }
    had = asked_all(tmp_path, options(), replies)
    pages = [r.ask.body["currentPage"] for r in had if "transparency" in r.ask.name]
    assert pages == [1, 2, 3]


def test_pages_without_end_are_refused(tmp_path):
    [ask] = PortalAdapter().asks(SOURCE, options(figures=["index"]), [])
    reply = copy.deepcopy(REPLIES["provinces"]["service-results"])
    pages = {"total": 99999, "currentPage": 1, "pageSize": 34, "totalPages": 2942}
    reply["data"]["pagination"] = pages
    with pytest.raises(ShapeError, match=r"totalPages: received 2942\. Allowed: at most 20"):
        PortalAdapter().asks(SOURCE, options(figures=["index"]), [answer(tmp_path, ask, reply)])


@pytest.mark.parametrize(
    ("given", "body"),
    [
        ({"time": "month", "number": 3, "year": 2026}, {"timeType": "month", "month": 3}),
        ({"time": "quarter", "number": 2, "year": 2026}, {"timeType": "quarter", "quarter": 2}),
    ],
)
def test_a_quarter_or_a_month_is_named(given, body):
    [ask] = PortalAdapter().asks(SOURCE, options(figures=["index"], **given), [])
    assert body.items() <= ask.body.items()


def test_what_runs_is_asked_for_where_nothing_is_named():
    asked = [options(time=time).asked(NOON) for time in ("year", "quarter", "month")]
    assert [(one.year, one.number) for one in asked] == [(2026, None), (2026, 4), (2026, 10)]
    # In Viet Nam the new year begins at 17:00 of the last day in UTC.
    eve = NOON.replace(month=12, day=31, hour=17)
    assert options(time="month").asked(eve).body() == {
        "timeType": "month",
        "year": 2027,
        "month": 1,
    }


@pytest.mark.parametrize(
    "given",
    [
        {"year": 2025},
        {"time": "quarter", "number": 5},
        {"number": 3},
        {"communes": ["H99"]},
        {"communes": ["H21", "H21"]},
        {"communes": ["gia lai"]},
        {"figures": []},
        {"figures": ["rank"]},
        {"provinces": False},
        {"snapshots": ["../x.json"]},
        {"colour": "red"},
    ],
)
def test_options_that_make_no_sense_are_refused(given):
    with pytest.raises(ValidationError):
        options(**given)


def test_snapshots_of_a_folder_are_asked_for_by_name_and_once(tmp_path):
    for name in ("scores_Provinces_1.json", "communes_GiaLai_1.json", "index.json", "notes.txt"):
        (tmp_path / name).write_text("{}")
    source = SOURCE.model_copy(update={"address": str(tmp_path)})
    asks = PortalAdapter().asks(source, options(), [])
    assert [ask.name for ask in asks] == ["communes_GiaLai_1.json", "scores_Provinces_1.json"]
    assert {ask.method for ask in asks} == {"GET"}
    had = [answer(tmp_path, ask, {}) for ask in asks]
    assert PortalAdapter().asks(source, options(), had) == []
