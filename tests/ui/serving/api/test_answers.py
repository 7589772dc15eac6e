"""Whatever is asked: an answer with its mark, or a document that says why there is none."""

import gzip
import json
import re
from urllib.parse import urlencode

import pytest

from metrics.catalog import Indicator
from metrics.datasets import put_indicator
from metrics.people import AccessError, Policy
from metrics.store import StoreError
from tests.metrics.made_up import indicator
from tests.metrics.people.test_seen import LAN, SECRET, home, load, whole  # noqa: F401
from ui.serving import published
from ui.serving.api import OPERATIONS, endpoint
from ui.serving.api.endpoint import Turns
from ui.shell import cookie_name, token

INDICATOR = "/indicators/index766-total"
BY_NAME = {one.name: one for one in OPERATIONS}
# The audit, a profile and a drawing take long: once is enough.
QUICK = [name for name in BY_NAME if name not in ("findings", "profile", "figure")]


@pytest.mark.parametrize("name", BY_NAME)
def test_what_each_operation_gives_as_an_example_is_answered(api, name, monkeypatch):
    if name == "oembed":
        monkeypatch.setenv("ATLAS_PUBLIC_URL", "https://atlas.test/")
    answer = api(BY_NAME[name].example)
    assert answer.status == 200
    assert answer.headers["content-type"].split(";")[0] in BY_NAME[name].media
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.body


def test_its_mark_saves_the_second_journey(api):
    first = api(INDICATOR)
    again = api(INDICATOR, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    others = (f"{INDICATOR}?lang=en", "/indicators/census-urban-rate", "/indicators?limit=5")
    assert first.headers["etag"] not in {api(other).headers["etag"] for other in others}


def test_its_mark_changes_with_the_figures_and_the_boundaries(api, shipped, monkeypatch):
    marks = {api(INDICATOR).headers["etag"]}
    monkeypatch.setattr(published, "in_force", lambda: type("Other", (), {"name": "7"}))
    marks.add(api(INDICATOR).headers["etag"])
    monkeypatch.setattr(shipped, "generation", "another")
    marks.add(api(INDICATOR).headers["etag"])
    assert len(marks) == 3


def test_a_program_may_ask_for_the_head_alone_and_any_site_for_all(api):
    whole_, head = api(INDICATOR), api(INDICATOR, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == whole_.headers["content-length"]
    before = api(INDICATOR, "OPTIONS", origin="https://elsewhere.test")
    assert before.status == 204
    assert "GET" in before.headers["access-control-allow-methods"]


def test_it_is_packed_for_who_can_unpack_it(api):
    packed = api("/indicators?limit=50", accept_encoding="gzip, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == api("/indicators?limit=50").body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(api, method):
    answer = api(INDICATOR, method)
    assert answer.status == 405
    assert answer.json["allowed"] == ["GET", "HEAD"]
    assert answer.headers["content-type"] == "application/problem+json"


STRANGE = [
    ("/oembed?url=https://atlas.test/", "ATLAS_PUBLIC_URL", 404),
    ("/nowhere", "nowhere", 404),
    ("/indicators/none-such", "none-such", 404),
    ("/areas/1802/01", "1802", 404),
    ("/areas/2025/99999", "99999", 404),
    ("/data.exe?indicator=index766-total", "exe", 404),
    ("/data.json", "indicator", 400),
    ("/data.json?indicator=none", "none", 400),
    ("/data.json?indicator=index766-total&colour=red", "colour", 400),
    ("/data.json?indicator=index766-total&indicator=census-urban-rate", "indicator", 400),
    ("/data.json?indicator=index766-total&level=parish", "parish", 400),
    ("/data.json?indicator=index766-total&edition=2024&level=commune", "commune", 400),
    ("/data.json?indicator=index766-total&parent=99", "99", 400),
    ("/data.json?indicator=index766-total&parent=", "parent", 400),
    ("/data.json?indicator=index766-total&level=province&parent=01", "01", 400),
    ("/data.json?indicator=index766-total&period=31/12/2024", "31/12/2024", 400),
    ("/data.json?indicator=index766-total&period=2024-02-30", "2024-02-30", 400),
    ("/data.json?indicator=index766-total&period=2025-01-01..2024-01-01", "2025-01-01", 400),
    ("/data.json?indicator=index766-total&period=..", "..", 400),
    ("/data.json?indicator=index766-total&basis=2019", "2019", 400),
    ("/data.json?indicator=index766-total,census-urban-rate", "period=all", 400),
    ("/data.json?indicator=index766-total&as_of=2999-01-01", "as_of", 400),
    ("/data.json?indicator=index766-total&limit=0", "limit", 400),
    ("/data.json?indicator=index766-total&limit=1e3", "1e3", 400),
    ("/data.json?indicator=index766-total&offset=-1", "-1", 400),
    ("/data.csv?indicator=index766-total&limit=5", "limit", 400),
    ("/indicators/index766-total?indicator=census-urban-rate", "indicator", 400),
    ("/search", "q", 400),
    ("/search?q=" + "a" * 101, "q", 400),
    ("/point?lon=105&lat=91", "91", 400),
    ("/point?lon=105&lat=NaN", "NaN", 400),
    ("/boundaries.geojson?edition=2019", "2019", 400),
    ("/boundaries.geojson?level=commune", "TopoJSON", 400),
    ("/boundaries.topojson?parent=01", "GeoJSON", 400),
    ("/figure.png?indicator=none", "none", 400),
    ("/figure.png?dpi=600", "200 dpi", 400),
    ("/figure.png?place=99999", "99999", 400),
    ("/figure.png?do=place:01", "do", 400),
    ("/figure.gif", "gif", 404),
    ("/findings?severity=dire", "dire", 400),
    ("/targets?area=zz", "zz", 400),
    ("/indicators?lang=fr", "fr", 400),
    ("/search?q=x&x=" + "9" * 5000, "4.000", 400),
    ("/search?q=%00&%00=1", "�", 400),
    ("/areas?level=%ff%fe", "level", 400),
    ("/data.json?indicator=..%2f..%2fetc%2fpasswd", "passwd", 400),
]


@pytest.mark.parametrize(("path", "says", "status"), STRANGE)
def test_what_cannot_be_followed_gets_a_document_that_names_it(api, path, says, status):
    answer = api(path)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    told = answer.json
    assert {"type", "title", "status", "detail"} <= set(told)
    assert told["status"] == status
    assert says in json.dumps(told, ensure_ascii=False)
    assert told["detail"][-1] in ".)"


def test_a_problem_names_the_parameter_what_arrived_and_what_is_allowed(api):
    told = api("/data.json?indicator=index766-total&level=parish&lang=en").json
    assert (told["parameter"], told["given"]) == ("level", "parish")
    assert "province" in told["allowed"]
    assert "parish" in told["detail"]
    assert "allowed" in told["detail"]


def test_where_all_must_sign_in_nothing_is_sent(api, monkeypatch):
    monkeypatch.setattr(published, "current_policy", lambda: Policy(sign_in_to_read=True))
    for one in OPERATIONS:
        assert api(one.example).status == 403

    def broken():
        raise AccessError("unreadable", path="access.yaml", error="denied")

    monkeypatch.setattr(published, "current_policy", broken)
    assert api(INDICATOR).status == 403


def test_trouble_with_the_store_is_said_and_logged(api, monkeypatch, caplog):
    def broken():
        raise StoreError("locked", path="figures", error="held")

    monkeypatch.setattr(published, "current_store", broken)
    answer = api(INDICATOR)
    assert answer.status == 503
    assert "held" not in answer.body.decode()
    assert "held" in caplog.text


def test_what_nobody_thought_of_is_a_document_too(api, monkeypatch, caplog):
    monkeypatch.setattr(published, "current_store", lambda: 1 / 0)
    answer = api(INDICATOR)
    assert answer.status == 500
    assert "ZeroDivision" not in answer.body.decode()
    assert "ZeroDivision" in caplog.text


def test_who_comes_when_too_many_wait_is_told_to_come_again(api, monkeypatch):
    monkeypatch.setattr(Turns, "is_full", lambda _: True)
    answer = api(INDICATOR)
    assert answer.status == 503
    assert answer.headers["retry-after"]


def test_what_is_kept_waits_behind_nothing_that_has_to_be_made(api, monkeypatch):
    first = api(INDICATOR)
    full = endpoint.Turns(1)
    monkeypatch.setattr(full, "is_full", lambda: True, raising=False)
    monkeypatch.setattr(endpoint, "_turns", dict.fromkeys((False, True), full))
    assert api(INDICATOR).body == first.body
    assert api("/targets").status == 503


def test_an_indicator_that_a_team_drafts_is_nowhere(api, home, monkeypatch):  # noqa: F811
    put_indicator(Indicator.model_validate(indicator("cua-toi")), LAN, "Huế", home)
    store = whole(home)
    assert "cua-toi" in store.catalog.indicators
    monkeypatch.setattr(published, "current_store", lambda: store)
    assert api("/indicators/cua-toi").status == 404
    for path in ("/indicators", "/origins", "/targets", "/findings", "/openapi.json", "/"):
        assert "cua-toi" not in api(path).body.decode()
    for path in ("/data.json?indicator=cua-toi", "/figure.png?indicator=cua-toi"):
        told = api(path)
        assert told.status == 400
        assert "cua-toi" not in str(told.json["allowed"])


def test_a_private_figure_leaves_by_none_of_its_ways(api, home, monkeypatch):  # noqa: F811
    load(home, SECRET, private=True)
    store = whole(home)
    monkeypatch.setattr(published, "current_store", lambda: store)
    rows = store.observations("rate")
    edition = rows.loc[rows["value"] == SECRET, "edition"].item()
    of = urlencode({"indicator": "rate", "edition": edition})
    asked = [
        "/indicators",
        "/indicators/rate",
        "/origins",
        *(f"/data.{form}?{of}" for form in ("json", "csv", "csvw", "jsonstat", "geojson")),
        *(f"/data.{form}?{of}&period=all" for form in ("json", "csv", "jsonstat")),
        f"/figure.svg?{of}",
        f"/profiles/{edition}/01",
        "/targets",
        "/findings",
    ]
    cookie = f"_streamlit_user=signed; {cookie_name()}={token()}"
    for path in asked:
        plain, signed = api(path), api(path, cookie=cookie, x_forwarded_user="lan")
        assert plain.status in (200, 404), (path, plain.body[:300])
        assert plain.body == signed.body
        # A coordinate may have the same digits.
        told = re.sub(r'"coordinates": *\[[^a-z]*\]', "", plain.body.decode())
        for secret in ("12.345", "12,345", "Mật"):
            assert secret not in told, path
    assert SECRET in set(store.observations("rate")["value"])
