"""Replies of another shape: told by file, place, what arrived and what is allowed; none is read."""

import copy
import json
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalog import with_records
from metrics.observations import validate
from metrics.refresh import ShapeError
from metrics.refresh.adapters.portal import PortalAdapter
from tests.metrics.refresh.adapters.portal.made import (
    NOON,
    SOURCE,
    answer,
    asked_all,
    listed,
    of_communes,
    of_provinces,
    options,
    places_of,
)

PROVINCES = of_provinces()
RESULTS = "provinces-service-results-1.json"


def damaged(endpoint, *path, value=None, take=False, key=None):
    """Change one place of the replies: put a value, take a key away or give it another name."""
    replies = copy.deepcopy(PROVINCES)
    held = replies[endpoint]
    for at in path[:-1]:
        held = held[at]
    if take:
        taken = held.pop(path[-1])
        if key:
            held[key] = taken
    else:
        held[path[-1]] = value
    return {"provinces": replies}


ROW = ("data", "evaluation", 3)
CHILD = ("data", "children", 3)


@pytest.mark.parametrize(
    ("replies", "told"),
    [
        (
            damaged("service-results", *ROW, "totalScore", take=True, key="score"),
            rf"{RESULTS}, at data\.evaluation\[3\]\.totalScore: received no such key, where there "
            r"are: .*score.*\. Allowed: this key is there",
        ),
        (
            damaged("service-results", *ROW, "totalScore", value="61.2"),
            r"at data\.evaluation\[3\]\.totalScore: received 61\.2\. Allowed: a number",
        ),
        (
            damaged("service-results", *ROW, "totalScore", value=100.5),
            r"received 100\.5\. Allowed: at most 100",
        ),
        (
            damaged("service-results", *ROW, "groupScores", "TTTT", value=10.01),
            r"groupScores\.TTTT: received 10\.01\. Allowed: at most 10",
        ),
        (
            damaged("service-results", *ROW, "groupScores", "CLGQ", take=True),
            r"groupScores\.CLGQ: received no such key",
        ),
        (
            damaged("service-results", *ROW, "groupScores", "NEW", value=3),
            r"groupScores\.NEW: received 3\. Allowed: no such key",
        ),
        (
            damaged("service-results", *ROW, "ratio", value=12),
            r"at data\.evaluation\[3\]: received .*Allowed: the percentage of",
        ),
        (damaged("service-results", "code", value="ERROR"), r"code: received ERROR\. .* 'OK'"),
        (damaged("service-results", "data", value=None), r"data: received null"),
        (
            damaged("dvc-progress-tree", *CHILD, "ratio", value=89.9),
            r"dvc-progress-tree-1\.json, at data\.children\[3\].*the percentage of 900 in 1,000",
        ),
        (
            damaged("dvc-progress-tree", *CHILD, "totalOnTime", value=900.0),
            r"totalOnTime: received 900\.0\. Allowed: a whole number",
        ),
        (damaged("dvc-progress-tree", *CHILD, "totalOnTime", value=1001), r"at most 1,000"),
        (damaged("dvc-progress-tree", *CHILD, "maxScore", value=25), r"exactly 20"),
        (
            damaged("formality-online-payment-tree", *CHILD, "totalScore", value=11),
            r"at most 10",
        ),
        (
            damaged("transparency", *ROW, "metrics", 0, "ratio", value=99),
            r"metrics\[0\].*the percentage of 1 in 47",
        ),
        (
            damaged("transparency", *ROW, "metrics", 0, "denominator", value=None),
            r"both numerator and denominator",
        ),
        (
            damaged("dossier-digitized", *ROW, "metrics", 1, "code", value="SO_HOA"),
            r"each of these measures once: SO_HOA_GIAY_TO_GIAI_QUYET",
        ),
        (
            damaged("transparency", "data", "pagination", "total", value=35),
            r"transparency-1\.json, at data\.evaluation: received 34\. Allowed: 35 departments",
        ),
        (
            damaged("transparency", "data", "pagination", "totalPages", value=2),
            r"the pages of 34 rows, 300 on each",
        ),
        (
            damaged("transparency", "data", "pagination", "currentPage", value=2),
            r"currentPage: received 2\. Allowed: exactly 1",
        ),
        (
            damaged("service-results", *ROW, take=True),
            r"data\.evaluation: received 33\. Allowed: 34 departments",
        ),
        (
            damaged("service-results", *ROW, "departmentId", value="019d-H01"),
            r"received 019d-H01\. Allowed: each department once",
        ),
        (damaged("dvc-progress-tree", "data", "children", value=[]), r"received 0\. Allowed"),
    ],
)
def test_what_is_wrong_is_told(gather, replies, told):
    with pytest.raises(ShapeError, match=told):
        gather(replies)


def test_departments_of_two_pages_are_each_there_once(gather):
    replies = copy.deepcopy(PROVINCES)
    rows = replies["transparency"]["data"]["evaluation"]
    pages = {1: listed(rows[:17], 1, 17, 34), 2: listed(rows[16:33], 2, 17, 34)}
    replies["transparency"] = pages
    with pytest.raises(ShapeError, match="each department once"):
        gather({"provinces": replies})


def test_a_full_page_that_tells_of_no_other_is_refused(gather, tmp_path):
    names = [f"UBND xã {n}" for n in range(300)]
    replies = {"provinces": PROVINCES, "H21": of_communes(names, agencies=())}
    with pytest.raises(ShapeError, match="tells whether there are more pages"):
        gather(replies, communes=["H21"])


def test_the_departments_of_another_province_are_refused(gather):
    other = of_communes(["UBND xã Vân Canh"])
    other["service-results"]["data"]["overview"]["departmentCode"] = "H01"
    with pytest.raises(ShapeError, match="departmentCode: received H01"):
        gather({"provinces": PROVINCES, "H21": other}, communes=["H21"])


def test_replies_of_two_days_are_no_reading_of_one(tmp_path, catalog):
    wanted = options()
    had = asked_all(tmp_path, wanted, {"provinces": PROVINCES})
    had[-1] = replace(had[-1], time=NOON + timedelta(hours=13))
    with pytest.raises(ShapeError, match=r"2026-10-10, 2026-10-11\. Allowed: replies of one day"):
        PortalAdapter().read(SOURCE, wanted, had, catalog)


def test_a_department_that_nothing_is_known_of_has_no_measures(gather):
    replies = copy.deepcopy(PROVINCES)
    row = replies["dossier-digitized"]["data"]["evaluation"][3]
    row.update(metrics=[], totalScore=0, ratio=0)
    frame = gather({"provinces": replies}).frame
    assert frame["indicator"].eq("dvcqg-digitised-dossier-rate").sum() == 33


def test_further_keys_are_told_and_do_no_harm(gather):
    replies = damaged("service-results", *ROW, "colour", value="red")
    found = gather(replies, figures=["index"])
    [note] = [one for one in found.notes if one.key.endswith("unknown_keys")]
    assert note.values["keys"] == "service-results: data.evaluation[].colour"
    assert len(found.frame) == 34 * 7 + 1


def test_what_was_asked_for_must_have_begun(gather):
    with pytest.raises(ShapeError, match=r"2026-10-10\. Allowed: a period that had begun"):
        gather({"provinces": PROVINCES}, figures=["index"], year=2027)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"\xff\xfe{}", b'{"code": "OK"', b"NaN"])
def test_what_is_no_reply_is_refused(tmp_path, catalog, body):
    wanted = options(figures=["index"])
    [ask] = PortalAdapter().asks(SOURCE, wanted, [])
    with pytest.raises(ShapeError):
        PortalAdapter().read(SOURCE, wanted, [answer(tmp_path, ask, body)], catalog)


def test_both_languages_say_it(gather):
    with pytest.raises(ShapeError) as caught:
        gather(damaged("service-results", *ROW, "totalScore", value="61.2"))
    assert "nhận được 61.2. Cho phép: một số." in caught.value.say("vi")


WHOLE = {f"provinces-{endpoint}-1.json": body for endpoint, body in PROVINCES.items()}
PLACES = sorted((p for p in places_of(WHOLE) if len(p) > 1), key=str)
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
)


@settings(max_examples=60, deadline=None)
@given(place=st.sampled_from(PLACES), junk=JUNK, how=st.sampled_from(["put", "take", "cut"]))
def test_damage_is_refused_or_does_no_harm(catalog, place, junk, how):
    bodies = copy.deepcopy(WHOLE)
    held = bodies
    for at in place[:-1]:
        held = held[at]
    if how == "put":
        held[place[-1]] = junk
    elif how == "take":
        held.pop(place[-1])
    wanted = options()
    with tempfile.TemporaryDirectory() as folder:
        raw = {name: json.dumps(body).encode() for name, body in bodies.items()}
        if how == "cut":
            raw[place[0]] = raw[place[0]][: len(raw[place[0]]) // 2]
        asks = PortalAdapter().asks(SOURCE, wanted, [])
        had = [answer(Path(folder), ask, raw[ask.name]) for ask in asks]
        try:
            found = PortalAdapter().read(SOURCE, wanted, had, catalog)
        except ShapeError as error:
            _ = [error.say(lang) for lang in ("vi", "en")]
            return
    assert validate(found.frame, with_records(catalog, found.records)) == []


def test_nothing_wrong_is_nothing_told(tmp_path, catalog):
    wanted = options()
    had = asked_all(tmp_path, wanted, {"provinces": PROVINCES})
    found = PortalAdapter().read(SOURCE, wanted, had, catalog)
    assert not any(note.key.endswith("unknown_keys") for note in found.notes)
