"""A reader defines an indicator, is told what is missing, and saves it."""

import pytest

from base.words import t
from metrics.store import current_store
from tests.journeys.conftest import OWNERS_TOKEN, _serving

TITLE = "Tỷ lệ hộ có tài khoản"
FIELDS = {"title": TITLE, "short": "Hộ có tài khoản", "unit": "%", "definition": "Số hộ có."}


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """An app of its own, whose indicators nobody else looks at."""
    home = tmp_path_factory.mktemp("own-indicators")
    with _serving(home) as url:
        yield url, home


def test_an_indicator_is_defined_and_at_once_in_the_catalog(own, browser):
    url, home = own
    page = browser.new_page(viewport={"width": 1440, "height": 1400})
    page.goto(f"{url}/indicators?lang=vi&token={OWNERS_TOKEN}")
    save = page.get_by_role("button", name=t("indicators.save", "vi"))
    save.click()
    page.get_by_text(t("indicators.wrong.empty", "vi")).first.wait_for()
    for lang in ("vi", "en"):
        for name, text in FIELDS.items():
            label = f"{t(f'indicators.{name}', 'vi')} ({t(f'indicators.in.{lang}', 'vi')})"
            page.get_by_role("textbox", name=label).fill(text)
            page.keyboard.press("Tab")
    page.get_by_role("heading", level=3, name=TITLE).wait_for()
    save.click()
    page.get_by_role("link", name=t("indicators.load", "vi")).wait_for()
    stored = current_store(home=home).catalog.indicator("ty-le-ho-co-tai-khoan")
    assert (stored.title.vi, stored.kind) == (TITLE, "rate")
    page.close()
