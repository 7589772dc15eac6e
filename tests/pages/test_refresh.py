"""The page of sources that are asked again: who sees it, what waits, and who may decide."""

import json

import pytest

from base.words import t
from metrics.people import LOCAL, Actor, Role
from metrics.refresh import log
from metrics.store import current_store
from metrics.store.store import HOME_VARIABLE
from tests.pages.shown import Shown
from tests.refreshed import FIRST, INDICATOR, PLACES, SECOND, TITLE, ask, describe
from tests.ui.hostile import HOSTILE

TEAM = "so-thu"
OURS = Actor("ba@test.vn", Role.EDITOR, frozenset({TEAM}))
OTHERS = Actor("tu@test.vn", Role.EDITOR, frozenset({"so-khac"}))
STRANGER = Actor("", standing="visitor")
ADMIN = Actor("an@test.vn", Role.ADMIN)
OF_TEAM = {"team": TEAM, "title": {"vi": TITLE, "en": HOSTILE}}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """An app of its own whose source has said something, and then something else that waits."""
    home = tmp_path_factory.mktemp("refreshed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(home))
        describe(home, **OF_TEAM)
        for values in (FIRST, SECOND):
            assert ask(home, values) in ("stored", "held")
        yield home


@pytest.fixture
def seen_as(base, monkeypatch):
    """Return a function from a person to the page as that person sees it."""

    def build(who, **params):
        for place in ("ui.shell.state", "ui.shell.doors", "ui.shell.ownership", "ui.parts.fresh"):
            monkeypatch.setattr(f"{place}.current_actor", lambda: who)
        monkeypatch.setattr("ui.refresh.page.current_actor", lambda: who)
        return Shown.of("refresh", {"lang": "vi", **params})

    return build


@pytest.mark.parametrize("who", [STRANGER, OTHERS, Actor("xem@test.vn")])
def test_who_may_not_sees_nothing_of_it(seen_as, who):
    for asked in ({}, {"source": "tried"}):
        shown = seen_as(who, **asked)
        told = shown.html + " ".join(shown.texts)
        assert [word for word in (TITLE, "tried", TEAM, "97,5", "stats.example") if word in told
                and asked.get("source") != word] == []  # fmt: skip
        assert [one.label for one in shown.app.button] == []


@pytest.mark.parametrize("who", [OURS, ADMIN, LOCAL])
def test_who_decides_reads_what_waits_and_why(seen_as, who):
    shown = seen_as(who)
    assert TITLE in shown.html
    assert "+77,5 (100% khoảng giá trị)" in shown.html
    assert t("refresh.reason.withdrawn", "vi", found=1, most=0) in shown.html
    assert t("refresh.count.missing", "vi", n=1) in shown.html
    assert [one.label for one in shown.app.button if one.label] == ["Chấp nhận", "Từ chối"]
    # The shipped source is of nobody's team.
    assert ("766" in shown.html) is (who.role is Role.ADMIN)


def test_titles_of_sources_are_text(seen_as):
    shown = seen_as(OURS, lang="en")
    assert HOSTILE not in shown.html
    assert "&lt;" in shown.html


def press(shown, label, why):
    if why:
        shown.app.text_input[0].set_value(why)
    next(one for one in shown.app.button if one.label == label).click()
    shown.app.run(timeout=60)
    assert not shown.app.exception
    return Shown(shown.app).html


def test_nothing_is_decided_without_a_reason_or_about_what_was_not_looked_at(seen_as, base):
    before = current_store().generation
    shown = seen_as(OURS)
    assert t("refresh.why.needed", "vi") in press(shown, "Chấp nhận", "")
    shown = seen_as(OURS)
    assert ask(base, SECOND | {PLACES[1]: 22.5}) == "held"
    told = press(shown, "Chấp nhận", "đã xem")
    assert t("refresh.held.other", "vi", source="tried") in told
    assert current_store().generation == before
    told = press(seen_as(OURS), "Từ chối", "nguồn báo sai")
    assert t("refresh.waits.none", "vi") in told
    assert current_store().audit().iloc[0][["actor", "action"]].tolist() == [
        OURS.name,
        "refuse_refresh",
    ]
    assert log("tried")[0].reason == "nguồn báo sai"


def test_the_team_accepts_and_the_map_has_it(seen_as, base):
    assert ask(base, SECOND | {PLACES[1]: 22.25}) == "held"
    told = press(seen_as(OURS), "Chấp nhận", "đã hỏi lại Sở")
    assert "updates?lang=vi" in told
    rows = current_store().dataset_observations("refresh-tried")
    assert 97.5 in rows["value"].tolist()
    line = current_store().audit().iloc[0]
    assert line["actor"] == OURS.name
    assert "đã hỏi lại Sở" in line["detail"]
    assert json.loads((base / "refresh" / "tried" / "log.jsonl").read_text().splitlines()[-1])


def test_a_description_that_is_wrong_is_named_to_administrators_alone(seen_as, base):
    describe(base, **OF_TEAM, every="hourly")
    try:
        assert "tried.yaml" in seen_as(ADMIN).html
        shown = seen_as(OURS).html
        assert "tried.yaml" not in shown
        assert t("refresh.page.unreadable", "vi") in shown
    finally:
        describe(base, **OF_TEAM)


def test_how_recent_the_figures_are_stands_with_their_source_and_in_the_list(seen_as, base):
    shown = Shown.of("tables", {"lang": "vi", "show": "fresh", "indicators": INDICATOR})
    assert "31/10/2026" in shown.html
    assert t("fresh.short.source", "vi", every="hằng tháng") in shown.html
    shown = Shown.of("explore", {"lang": "vi", "indicator": INDICATOR, "source": "all"})
    assert t("fresh.title", "vi") in shown.html
