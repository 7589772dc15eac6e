"""The API of a day in the past: what it answered then, to the byte, whatever came in since."""

from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from metrics.store import current_store, ensure_store
from tests.metrics.made_up import row, write
from tests.metrics.stores import HANOI, QUANG_BINH, ROWS, of_user, put
from ui.serving import published

# A day of which nothing was written after it, and one before everything.
NEVER = "2001-02-03"
OF = "edition=2024&level=province"
PATHS = (
    f"/data.json?indicator=rate&{OF}",
    f"/data.csv?indicator=rate&{OF}",
    f"/data.csvw?indicator=rate&{OF}",
    f"/data.geojson?indicator=rate&{OF}",
    f"/data.jsonstat?indicator=rate&{OF}",
    f"/data.parquet?indicator=days&{OF}",
    "/data.csv?indicator=rate,days&period=all&edition=2024",
    "/indicators",
    "/indicators/rate",
    "/origins",
    "/origins/ministry",
    "/targets",
    "/findings",
    f"/profiles/2024/{HANOI}",
    f"/history?indicator=rate&edition=2024&code={HANOI}",
    f"/figure.svg?indicator=rate&{OF}",
)


@pytest.fixture
def atlas(api, tmp_path, monkeypatch):
    """An atlas that is written to while it is asked."""
    places = {"home": tmp_path / "var", "data_dir": write(tmp_path / "data", ROWS)}
    ensure_store(**places)
    monkeypatch.setattr(published, "current_store", lambda: current_store(**places))

    def asked(path, as_of="", **headers):
        more = f"{'&' if '?' in path else '?'}{urlencode({'as_of': as_of})}" if as_of else ""
        return api(path + more, **headers)

    return SimpleNamespace(
        ask=asked,
        put=lambda *rows, **fields: put(places, of_user("u", **fields), *rows),
        last=lambda: current_store(**places).writes()[-1],
    )


def test_each_write_stays_what_it_was(atlas):
    written = []
    for n, rows in enumerate(
        (
            [row("rate", HANOI, 38.55), row("days", HANOI, 4)],
            [row("rate", HANOI, 37), row("days", HANOI, 4)],
            [row("days", HANOI, 4), row("days", QUANG_BINH, 9)],
            [],
        )
    ):
        if n:
            last = atlas.last()
            written.append((last, {path: atlas.ask(path, last) for path in PATHS}))
        plain = {path: atlas.ask(path) for path in PATHS[:2]}
        if n:
            was = written[-1][1][PATHS[0]]
            assert was.json["rows"] == plain[PATHS[0]].json["rows"]
            assert was.json["metadata"]["as_of"] == last
        if rows:
            atlas.put(*rows)
    for stamp, told in written:
        for path, was in told.items():
            now = atlas.ask(path, stamp)
            assert (now.status, was.status) == (200, 200), path
            assert now.body == was.body, path


def test_a_day_before_everything_has_nothing_and_is_answered(atlas):
    for path in PATHS:
        assert atlas.ask(path, NEVER).status in (200, 400, 404), path
    assert atlas.ask("/data.json?indicator=rate&period=all", NEVER).json["rows"] == []


def test_links_ask_for_the_same_day_and_files_are_named_after_it(atlas):
    atlas.put(row("rate", HANOI, 38.55))
    stamp = atlas.last()
    atlas.put(row("rate", HANOI, 37))
    told = atlas.ask(PATHS[0], stamp)
    for link in (told.json["metadata"]["link"], *told.json["links"].values()):
        assert urlencode({"as_of": stamp}) in link
    assert "as-of-" in told.headers["content-disposition"]
    assert "38.55" in told.body.decode()
    csvw = atlas.ask(PATHS[2], stamp)
    assert urlencode({"as_of": stamp}) in csvw.json["url"]
    assert any("Số liệu như atlas biết" in note for note in csvw.json["notes"])
    assert ". Số liệu như atlas biết" in atlas.ask(PATHS[-1], stamp).body.decode()


@pytest.mark.parametrize("given", ["2999-01-01", "yesterday", "2026-1-1", "1999-12-31", "9" * 90])
@pytest.mark.parametrize("path", [PATHS[0], "/indicators", PATHS[-1]])
def test_a_day_that_cannot_be_followed_is_a_problem(atlas, path, given):
    answer = atlas.ask(f"{path}{'&' if '?' in path else '?'}as_of={given}")
    assert answer.status == 400
    assert answer.json["parameter"] == "as_of"
    assert answer.json["detail"]


def test_what_is_of_now_alone_refuses_a_day(atlas):
    for path in ("/updates.json", "/calendar.ics", "/boundaries.topojson", "/search?q=hue"):
        answer = atlas.ask(path, NEVER)
        assert answer.status == 400
        assert answer.json["parameter"] == "as_of"


def test_the_history_of_a_figure_says_what_was_known_from_when_until_when(atlas):
    path = f"/history?indicator=days&edition=2024&code={HANOI}"
    atlas.put(row("days", HANOI, 38.55))
    first = atlas.last()
    atlas.put(row("days", HANOI, 37))
    second = atlas.last()
    [figure] = atlas.ask(path).json["items"]
    known = [(one["value"], one["known_from"], one["known_until"]) for one in figure["vintages"]]
    assert known == [(38.55, first, second), (37, second, None)]
    [then] = atlas.ask(path, first).json["items"]
    assert [(one["value"], one["known_until"]) for one in then["vintages"]] == [(38.55, None)]
    atlas.put()
    [gone] = atlas.ask(path).json["items"]
    assert gone["vintages"][-1]["known_until"] == atlas.last()
    assert atlas.ask(f"{path}&period=2024-12-31").json["total"] == 1
    assert atlas.ask(f"{path}&period=2020-12-31").json["total"] == 0


SECRET = 91.357


def test_a_private_figure_is_in_no_past_answer(atlas):
    atlas.put(row("rate", HANOI, SECRET), row("days", HANOI, SECRET), private=True, team="a")
    stamp = atlas.last()
    atlas.put(row("rate", HANOI, 12), row("days", HANOI, 12), private=True, team="a")
    for path in PATHS:
        told = atlas.ask(path, stamp)
        body = told.body.decode("utf-8", "replace")
        assert "91.357" not in body, path
        assert "91,357" not in body, path
        assert "91,36" not in body, path


def test_what_was_made_private_later_leaves_the_past_and_no_mark_is_used_again(atlas):
    atlas.put(row("rate", HANOI, SECRET), row("days", HANOI, SECRET))
    stamp = atlas.last()
    path = f"/data.csv?indicator=days&{OF}"
    seen = atlas.ask(path, stamp)
    assert "91.357" in seen.body.decode()
    atlas.put(row("days", HANOI, 3), private=True, team="a")
    for one in (*PATHS, path):
        assert "91.357" not in atlas.ask(one, stamp).body.decode("utf-8", "replace"), one
    again = atlas.ask(path, stamp, if_none_match=seen.headers["etag"])
    assert again.status == 200
    assert "91.357" not in again.body.decode()


def test_a_draft_that_was_put_right_before_it_was_published_is_nobodys_past(atlas):
    atlas.put(row("rate", HANOI, SECRET), row("days", HANOI, SECRET), private=True, team="a")
    draft = atlas.last()
    atlas.put(row("rate", HANOI, 3), row("days", HANOI, 3), private=True, team="a")
    atlas.put(row("rate", HANOI, 3), row("days", HANOI, 3), team="a")
    published_at = atlas.last()
    path = f"/history?indicator=days&edition=2024&code={HANOI}"
    for one in (*PATHS, path):
        for stamp in (draft, ""):
            assert "91.357" not in atlas.ask(one, stamp).body.decode("utf-8", "replace"), one
    [figure] = atlas.ask(path).json["items"]
    assert [(v["value"], v["known_from"]) for v in figure["vintages"]] == [(3, published_at)]
