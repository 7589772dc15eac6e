"""The scripts of the components with what no shipped figure has: conflicts, hostile names."""

import pytest

HOSTILE = "<img src=x onerror=window.hurt=1>"
TABLE = {
    "caption": HOSTILE,
    "heads": {"rank": "#", "name": "name", "value": "value", "date": "date", "source": "source"},
    "sorts": ["rank", "name"],
    "sort": "rank",
    "rows": [
        ["01", 1, HOSTILE, "28,2", "", 0, 0, 0],
        ["02", None, "Hà Giang", "", "conflicting", 0, 1, -1],
        ["04", None, "Cao Bằng", "", "suppressed", 0, 0, -1],
        ["06", None, "Bắc Kạn", "", "no_data", 1, 1, -1],
    ],
    "dates": ["31/12/2024", ""],
    "sources": [HOSTILE, ""],
    "marks": {"conflicting": "disputed", "suppressed": "withheld", "no_data": "none", "": ""},
    "colors": ["#08519c"],
    "selected": None,
    "hints": {"open": "open", "source": HOSTILE, "sort": "sort"},
}
DRAW = """async ([data, path]) => {
  const module = await import(path);
  const parentElement = document.createElement("section");
  parentElement.innerHTML = '<div class="ranking"></div>';
  parentElement.id = "tried";
  document.body.replaceChildren(parentElement);
  window.sent = [];
  window.again = (changes) => module.default({
    parentElement, data: { ...data, ...changes },
    setTriggerValue: (name, value) => window.sent.push([name, value]),
  });
  window.again({});
}"""


@pytest.fixture(scope="module")
def blank(app, browser):
    """A page of the app's server with nothing of the app on it."""
    context = browser.new_context()
    page = context.new_page()
    # Under none of the policies that the app's own answers come with.
    page.route("**/blank", lambda route: route.fulfill(content_type="text/html", body="<body>"))
    page.goto(f"{app}/blank")
    yield page
    context.close()


@pytest.fixture
def table(blank):
    """A table of made-up rows."""
    blank.evaluate(DRAW, [TABLE, "/app/static/ui/ranking.js"])
    return blank.locator("#tried")


def test_conflicting_figures_and_stated_absences_lead_to_their_sources(table):
    for code, words in (("02", "disputed"), ("04", "withheld")):
        table.locator(f'[data-code="{code}"]').get_by_role("button", name=words).click()
        assert table.page.evaluate("window.sent.pop()") == ["source", code]
    nothing = table.locator('[data-code="06"]')
    assert nothing.get_by_text("none").count() == 1
    assert nothing.get_by_role("button", name="none").count() == 0


def test_hostile_names_are_text(table):
    assert table.locator("img").count() == 0
    assert table.get_by_role("button", name=HOSTILE).first.inner_text() == HOSTILE
    assert table.page.evaluate("window.hurt") is None


def test_the_same_table_is_left_alone_and_another_is_drawn(table):
    first = table.locator('[data-code="01"]')
    first.evaluate("row => { row.kept = true; }")
    table.page.evaluate("window.again({})")
    assert first.evaluate("row => row.kept")
    table.page.evaluate("window.again({ sort: 'name' })")
    assert first.evaluate("row => row.kept") is None
    first.get_by_role("button").first.click()
    assert table.page.evaluate("window.sent") == [["open", "01"]]


FOUND = """async ([names, query]) => {
  const { matches } = await import("/app/static/ui/combobox.js");
  return matches(names.map((t, at) => ({ v: String(at), t })), query).map((option) => option.t);
}"""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dong", ["Đồng Hới", "Đồng Tháp", "Hà Đông"]),
        ("đồng hới", ["Đồng Hới"]),
        ("HOI DONG", ["Đồng Hới"]),
        ("ong", ["Đồng Hới", "Đồng Tháp", "Hà Đông"]),
        ("  ", ["Đồng Hới", "Huế", "Đồng Tháp", "Hà Đông"]),
        ("zz", []),
        (".*(", ["Đồng Hới", "Huế", "Đồng Tháp", "Hà Đông"]),
    ],
)
def test_names_are_found_without_diacritics_in_any_order(blank, query, found):
    assert blank.evaluate(FOUND, [["Đồng Hới", "Huế", "Đồng Tháp", "Hà Đông"], query]) == found
