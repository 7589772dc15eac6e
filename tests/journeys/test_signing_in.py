"""People of two teams sign in at a real provider; each may do what the configuration says."""

import json
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from base.words import t
from metrics.store import current_store
from metrics.store.store import HOME_VARIABLE
from tests.journeys.conftest import _serving, _wait_until_it_answers
from tests.refreshed import FIRST, PLACES, SECOND, TITLE, ask, describe

TEAM, OTHERS = "Sở KH&CN Huế", "Bộ Công an"
PEOPLE = {"lan": "Nguyễn Thị Lan", "binh": "Lê Bình", "minh": "Trần Minh", "xem": "Vũ Xem"}
INDICATOR = "dvcqg-digitised-dossier-rate"
TABLE = "Tỉnh\tTỷ lệ năm 2025\nHà Nội\t98,5\nHuế\t97,25\n"
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "of-a-test-and-long-enough-to-be-quiet-0123456789"
client_id = "atlas"
client_secret = "of-a-test"
server_metadata_url = "{provider}/.well-known/openid-configuration"
[atlas]
roles = [
  {{ email = "lan@test.vn", role = "editor", teams = ["{team}"] }},
  {{ email = "binh@test.vn", role = "editor", teams = ["{others}"] }},
  {{ email = "minh@test.vn", role = "admin" }},
]
"""


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    """A provider of OpenID Connect on this machine, and its people."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port)]
    for sub, name in PEOPLE.items():
        claims = {"sub": sub, "name": name, "email": f"{sub}@test.vn", "email_verified": True}
        command += ["--user-claims", json.dumps(claims)]
    log = tmp_path_factory.mktemp("provider") / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_it_answers(f"{url}/.well-known/openid-configuration", process, log)
        yield url
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def house(provider, tmp_path_factory):
    """An app where people sign in, and its folder."""
    home = tmp_path_factory.mktemp("house")
    secrets = home / "secrets.toml"
    filled = SECRETS.format(provider=provider, team=TEAM, others=OTHERS)
    secrets.write_text(filled, encoding="utf-8")
    with _serving(home, more={"secrets.files": secrets}) as url:
        yield url, home


@pytest.fixture
def signed_in(house, browser):
    """Return a function that opens a page as one of the people."""
    pages = []

    def build(who):
        page = browser.new_page(viewport={"width": 1440, "height": 1400}, locale="vi-VN")
        pages.append(page)
        page.goto(f"{house[0]}/datasets?lang=vi")
        page.get_by_role("button", name=t("access.sign_in", "vi")).click()
        page.get_by_role("button", name=who, exact=True).click()
        # From the provider back to the page that was left.
        page.wait_for_url("**/datasets?lang=vi")
        page.get_by_role("button", name=PEOPLE[who]).wait_for()
        return page

    yield build
    for page in pages:
        page.close()


KEEP = "([left, at]) => sessionStorage.setItem('atlas-left', left.replace('NOW', at ?? Date.now()))"


@pytest.mark.parametrize(
    ("left", "to"),
    [
        ('{"href": "//elsewhere.example/", "at": NOW}', "/"),
        ('{"href": "https://elsewhere.example/", "at": NOW}', "/"),
        ('{"href": "/\\\\elsewhere.example/", "at": NOW}', "/"),
        ('{"href": "javascript:window.hurt=1", "at": NOW}', "/"),
        ('{"href": "data:text/html,hurt", "at": NOW}', "/"),
        ("{", "/"),
        ("17", "/"),
        ('{"href": "HERE/sources?lang=en", "at": NOW}', "/sources"),
        ('{"href": "HERE/sources?lang=en", "at": 1}', "/"),
    ],
)
def test_the_way_back_leads_to_a_page_of_the_atlas_and_nowhere_else(house, browser, left, to):
    page = browser.new_page()
    page.goto(f"{house[0]}/app/static/manifest.json")  # nothing of the app runs here
    page.evaluate(KEEP, [left.replace("HERE", house[0]), None])
    page.goto(f"{house[0]}/")
    page.wait_for_url(lambda url: urlsplit(url).path == to)
    page.locator(".st-key-header").wait_for()
    here = urlsplit(page.url)
    assert (f"{here.scheme}://{here.netloc}", here.path) == (house[0], to)
    assert page.evaluate("window.hurt") is None
    assert page.evaluate("sessionStorage.getItem('atlas-left')") is None
    page.close()


def load_a_table(page, url, title):
    page.goto(f"{url}/load?lang=vi")
    box = page.get_by_role("textbox", name=t("import.paste", "vi"))
    box.fill(TABLE)
    box.press("Control+Enter")
    column = t("import.indicator", "vi", column="Tỷ lệ năm 2025")
    page.get_by_role("combobox", name=column).click()
    page.keyboard.type(title)
    page.get_by_role("option", name=title, exact=True).click()
    page.get_by_role("button", name=t("import.store", "vi")).click()
    page.get_by_role("link", name=t("import.stored.see", "vi")).wait_for()


def button(page, action):
    return page.get_by_role("button", name=t(f"import.datasets.{action}", "vi"), exact=True)


def datasets_of(page, url):
    page.goto(f"{url}/datasets?lang=vi")
    page.get_by_role("heading", level=1, name=t("datasets.title", "vi")).wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    return page.locator("body").inner_text()


def test_a_table_is_private_to_its_team_until_it_is_published(house, signed_in):
    url, home = house
    lan = signed_in("lan")
    load_a_table(lan, url, current_store(home=home).catalog.indicator(INDICATOR).title.vi)
    (mine,) = [id_ for id_ in current_store(home=home).in_force() if id_ != "shipped"]
    record = current_store(home=home).datasets().set_index("id").loc[mine]
    assert (record["owner"], record["team"], record["private"]) == ("lan@test.vn", TEAM, True)

    reader = signed_in("xem")
    assert mine not in datasets_of(reader, url)
    reader.goto(f"{url}/load?lang=vi")
    reader.get_by_text(t("access.why.viewer", "vi")).wait_for()
    assert reader.locator("input[type=file]").count() == 0

    assert mine in datasets_of(lan, url)
    button(lan, "publish").click()
    button(lan, "unpublish").wait_for()
    assert mine in datasets_of(reader, url)
    assert button(reader, "withdraw").count() == 0

    stranger = signed_in("binh")
    assert mine in datasets_of(stranger, url)
    assert button(stranger, "withdraw").count() == 0
    boss = signed_in("minh")
    assert mine in datasets_of(boss, url)
    button(boss, "withdraw").click()
    button(boss, "restore").wait_for()
    lines = current_store(home=home).audit()
    assert list(lines["actor"]) == ["minh@test.vn", "lan@test.vn", "lan@test.vn"]

    boss.get_by_role("button", name=PEOPLE["minh"]).click()
    boss.get_by_role("button", name=t("access.sign_out", "vi")).click()
    boss.wait_for_url(lambda address: not address.startswith(url))  # the provider signs out too
    boss.goto(f"{url}/datasets?lang=vi")
    boss.get_by_role("button", name=t("access.sign_in", "vi")).wait_for()


@pytest.fixture
def waiting(house, monkeypatch):
    """A source of one team has said something else than before, and that waits."""
    home = house[1]
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    describe(home, team=TEAM, private=True)
    assert [ask(home, values) for values in (FIRST, SECOND)] == ["stored", "held"]
    return home


def sources_of(page, url):
    page.goto(f"{url}/refresh?lang=vi&source=tried")
    page.get_by_role("heading", level=1, name=t("refresh.title", "vi")).wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    return page.locator("body").inner_text()


def test_what_waits_of_a_source_is_seen_and_decided_by_its_team_alone(house, signed_in, waiting):
    url = house[0]
    accept = t("refresh.accept", "vi")
    for who in ("binh", "xem"):
        page = signed_in(who)
        told = sources_of(page, url)
        assert TITLE not in told
        assert "97,5" not in told
        assert page.get_by_role("button", name=accept).count() == 0
    for path in ("refresh", "api/v1/freshness", "api/v1/indicators", "api/v1/calendar.ics"):
        answer = page.request.get(f"{url}/{path}?lang=vi").text()
        assert [word for word in (TITLE, "tried", "97,5", "97.5") if word in answer] == []

    lan = signed_in("lan")
    told = sources_of(lan, url)
    assert TITLE in told
    assert t("refresh.reason.withdrawn", "vi", found=1, most=0) in told
    why = lan.get_by_role("textbox", name=t("refresh.why", "vi"))
    lan.get_by_role("button", name=accept).click()
    lan.get_by_text(t("refresh.why.needed", "vi")).wait_for()
    why.fill("đã hỏi lại nơi công bố")
    lan.get_by_role("button", name=accept).click()
    lan.get_by_role("link", name=t("refresh.told.see", "vi")).wait_for()
    rows = current_store(home=waiting).dataset_observations("refresh-tried")
    assert (len(rows), rows["value"].max()) == (len(PLACES) - 1, 97.5)
    line = current_store(home=waiting).audit().iloc[0]
    assert line["actor"] == "lan@test.vn"
    assert "đã hỏi lại nơi công bố" in line["detail"]
