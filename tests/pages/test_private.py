"""What is private to a team is on no page of anybody else, and in nothing that a page hands out."""

import re

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from metrics.datasets import datasets
from metrics.importing import examine, preview, propose
from metrics.people import LOCAL, Actor, Role
from metrics.store import current_store
from metrics.store.originals import keep_bytes
from metrics.store.store import HOME_VARIABLE
from tests.pages.shown import APP, Shown
from tests.ui.serving.answers import ask
from ui.download import PARTS
from ui.serving import published, routes, viewed
from ui.shell import actor

TEAM = "Đội Kín"
LAN = Actor("lan@test.vn", Role.EDITOR, frozenset({TEAM}))
VIEWER = Actor("xem@test.vn")
TITLE, FILE, INDICATOR = "Bảng kín của đội", "tep-kin.csv", "dvcqg-digitised-dossier-rate"
TABLE = "Tỉnh;Tỷ lệ (%)\nHà Nội;91,357\nHuế;92,468\n"
PAGES = tuple(page.stem for page in sorted(APP.with_name("pages").glob("*.py")))
# The map alone, and with each part of the panel beside it.
OF_ONE = {"indicator": INDICATOR}
OPENED = [(page, OF_ONE if page == "explore" else {}) for page in PAGES]
OPENED += [("explore", OF_ONE | {"part": part}) for part in (*PARTS, "figure")]
# Pages whose views are kept for the next reader: the team looks first.
KEPT = ("explore", "digitization", "targets", "datasets")
# How the figures could stand on a page: as stored, as printed, as sent to the browser.
SECRETS = ("91.357", "91,357", "91.36", "91,36", "91,4", "91.4", TITLE, FILE, TEAM, "bang-kin")


@pytest.fixture(scope="module")
def secret(tmp_path_factory):
    """An app of its own with one private dataset; the newest figures of its indicator."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(tmp_path_factory.mktemp("private")))
        seen = preview(FILE, TABLE.encode())
        block = seen.blocks[0]
        mapping = propose(block, current_store().catalog)
        measures = tuple(m.model_copy(update={"indicator": INDICATOR}) for m in mapping.measures)
        time = _time("ngày 31/10/2026")
        mapping = mapping.model_copy(update={"measures": measures, "period": time})
        report = examine(seen, block, mapping, current_store(), lang="vi")
        assert not report.blocked, report.findings
        keep_bytes(TABLE.encode())
        details = datasets.Details(TITLE, team=TEAM, private=True)
        yield datasets.load(seen, report, details, LOCAL).id


def _time(text):
    from metrics.importing import Time, read_period  # noqa: PLC0415

    return Time.of(read_period(text))


def everything(page, **params):
    """Open a page; all that it sends: texts, and what components and downloads are handed."""
    shown = Shown.of(page, {"lang": "vi", **params})
    parts = [shown.html, *shown.texts]
    for element in shown.elements():
        parts.append(str(getattr(element, "proto", "")))
        value = getattr(element, "value", None)
        parts.append(value.to_csv() if isinstance(value, pd.DataFrame) else "")
    return "\n".join(parts)


def test_the_team_sees_it_first_and_so_it_is_in_every_cache(secret, monkeypatch):
    monkeypatch.setattr(actor, "current_policy", lambda: None)
    monkeypatch.setattr("ui.shell.state.current_actor", lambda: LAN)
    assert "91,357" in everything("explore", indicator=INDICATOR)
    assert secret in everything("datasets")


@pytest.mark.parametrize(("page", "asked"), OPENED)
def test_a_viewer_never_sees_a_private_figure(secret, page, asked, monkeypatch):
    for who in (LAN, VIEWER) if page in KEPT else (VIEWER,):
        monkeypatch.setattr("ui.shell.state.current_actor", lambda who=who: who)
        monkeypatch.setattr("ui.load.datasets.current_actor", lambda who=who: who)
        shown = everything(page, **asked)
    assert [word for word in SECRETS if word in shown] == []


def test_it_never_leaves_over_http(secret, monkeypatch):
    monkeypatch.setattr(published, "current_policy", lambda: None)
    for query in (f"indicator={INDICATOR}", f"place=01&do=indicator:{INDICATOR}"):
        scope = {"type": "http", "method": "GET", "path": "/view", "headers": []}
        answer = viewed.answer(Request(scope | {"query_string": query.encode()}))
        told = answer.body.decode()
        assert answer.status_code == 200
        assert [word for word in SECRETS if word in told] == []


# Every way out of the API, and what stands beside pages.
WAYS = [
    *(f"/api/v1/data.{form}?indicator={INDICATOR}" for form in ("json", "csv", "csvw", "jsonstat")),
    *(f"/api/v1/data.{form}?indicator={INDICATOR}&period=all" for form in ("json", "csv")),
    f"/api/v1/indicators/{INDICATOR}",
    f"/api/v1/figure.svg?indicator={INDICATOR}",
    "/api/v1/origins?limit=1000",
    "/api/v1/profiles/2025/01",
    "/api/v1/targets?limit=1000",
    "/api/v1/findings?limit=1000",
    *(f"/explore.{form}?indicator={INDICATOR}" for form in ("json", "csv")),
    f"/compare.csv?indicator={INDICATOR}&way=multiples",
    "/profile.csv?edition=2025&place=01",
    "/sitemap.xml",
]


@pytest.mark.parametrize("way", WAYS)
def test_it_never_leaves_by_the_api(secret, way, monkeypatch):
    monkeypatch.setattr(published, "current_policy", lambda: None)
    monkeypatch.setenv("ATLAS_PUBLIC_URL", "https://atlas.test/")
    path, _, query = way.partition("?")
    answer = ask(Starlette(routes=routes()), path, query)
    assert answer.status == 200, answer.body
    # What is drawn has coordinates with any digits.
    told = re.sub(r' (d|transform|points|[xy12]+|style)="[^"]*"', "", answer.body.decode())
    assert [word for word in SECRETS if word in told] == []
