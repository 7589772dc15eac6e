"""What a reader does makes one entry of the history, whenever its answers come."""

from pathlib import Path

import pytest

SCRIPT = Path("static/ui/history.js").read_text(encoding="utf-8")
HERE = "http://127.0.0.1:9/map"

# At what time (ms): an act, or an address that the page writes.
ACT = "act"


@pytest.mark.parametrize(
    ("steps", "entries"),
    [
        ([(0, "map?a=1"), (500, "map?a=2")], []),
        ([(0, ACT), (300, "map?a=1"), (310, "map?a=2")], ["map?a=2"]),
        ([(0, ACT), (40, "places"), (400, "places?a=1")], ["places?a=1"]),
        ([(0, ACT), (40, "map?a=1"), (80, "places?a=1")], ["places?a=1"]),
        ([(0, ACT), (0, ACT), (3, ACT), (40, "places"), (400, "places?a=1")], ["places?a=1"]),
        # The answer to the first comes just after the second was done.
        ([(0, ACT), (500, ACT), (540, "map?a=1"), (900, "map?a=2")], ["map?a=1", "map?a=2"]),
        # A press on nothing, then a door.
        ([(0, ACT), (500, ACT), (540, "places"), (900, "places?a=1")], ["places?a=1"]),
        # A press on nothing, then a link: its parameters come before its page, soon or late.
        ([(0, ACT), (500, ACT), (540, "map?a=1"), (580, "places?a=1")], ["places?a=1"]),
        ([(0, ACT), (500, ACT), (540, "map?a=1"), (900, "places?a=1")], ["places?a=1"]),
        ([(0, ACT), (500, ACT), (640, "map?a=1"), (900, "places?a=1")], ["places?a=1"]),
        ([(0, ACT), (300, "map?a=1"), (900, ACT), (1200, "map?a=2")], ["map?a=1", "map?a=2"]),
    ],
)
def test_one_act_makes_one_entry(browser, steps, entries):
    context = browser.new_context()
    page = context.new_page()
    page.route("**", lambda route: route.fulfill(body="<p>", content_type="text/html"))
    page.goto(HERE)
    before = page.evaluate("history.length")
    page.evaluate("performance.now = () => window.time")
    page.add_script_tag(content=SCRIPT, type="module")
    for time, what in steps:
        page.evaluate("time => { window.time = time + 1e4; }", time)
        if what is ACT:
            page.evaluate("dispatchEvent(new PointerEvent('pointerdown'))")
        else:
            page.evaluate("to => history.pushState(null, '', to)", what)
    assert page.evaluate("history.length") == before + len(entries)
    for entry in reversed(entries):
        assert page.url.endswith(entry)
        page.go_back()
    context.close()
