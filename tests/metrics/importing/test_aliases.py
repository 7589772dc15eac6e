"""Spellings that a team has accepted: remembered with who and when, used by its next table."""

from __future__ import annotations

import pytest

from geo.editions import EDITION_2024, EDITION_2025, Level
from metrics.datasets import aliases, datasets, remove, spellings
from metrics.datasets.alias_changes import accept
from metrics.importing import nearest
from metrics.people import LOCAL, Actor, NotAllowed, Role
from tests.metrics.importing.importing_home import HANOI, HUE, TIME, report_of, store_of

MAP = (EDITION_2025, Level.PROVINCE)
STRANGE = TIME + "Hà Nội;98\nXứ Lạ;50\n"
EDITOR = Actor("lan", Role.EDITOR, frozenset({"so"}))


def known(home, team=""):
    return spellings(store_of(home), *MAP, team)


def test_what_is_accepted_with_a_table_answers_in_the_next_one_of_the_team(home):
    seen, report = report_of(home, STRANGE, places={"xứ lạ": HUE})
    datasets.load(seen, report, datasets.Details("Số hóa", team="so"), EDITOR, home)
    assert known(home, "so") == {"xứ lạ": HUE}
    assert known(home) == {}
    _, again = report_of(home, STRANGE.replace("50", "51"), aliases=known(home, "so"))
    assert list(again.observations["area"]) == [HANOI, HUE]
    assert again.methods["team_alias"] == 1
    mine = aliases(store_of(home), "so")[0]
    assert (mine.by, mine.code) == ("lan", HUE)
    assert mine.time


def test_an_accepted_spelling_can_be_changed_and_forgotten_and_the_audit_says_so(home):
    accept({"xứ lạ": HUE}, MAP, LOCAL, home=home)
    accept({"xứ lạ": HANOI}, MAP, LOCAL, home=home)
    assert known(home) == {"xứ lạ": HANOI}
    assert accept({"xứ lạ": HANOI}, MAP, LOCAL, home=home) == ()
    remove(aliases(store_of(home)), LOCAL, home)
    assert known(home) == {}
    assert list(store_of(home).audit()["action"]) == ["forget_alias", "alias", "alias"]


def test_an_alias_never_speaks_over_a_name_a_total_or_a_unit_of_another_edition(home):
    said = {"hà nội": HUE, "tổng cộng": HUE, "quảng nam": HUE}
    text = TIME + "Hà Nội;98\nTổng cộng;98\nQuảng Nam;50\n"
    _, report = report_of(home, text, aliases=said, edition=EDITION_2025)
    assert list(report.observations["area"]) == [HANOI]
    _, report = report_of(home, text, places=said, edition=EDITION_2025)
    assert HUE not in set(report.places.loc[report.places["place"] == "Quảng Nam", "code"])


def test_all_at_once_leaves_out_what_a_person_has_to_look_at(home):
    text = "Tỉnh;Huyện;Số năm 2024\n;Châu Thành;2\nLong An;Tân Trụu;1\nTP.HCM;Quận 13;3\n"
    columns = {"place": "Huyện", "parent": "Tỉnh", "level": Level.DISTRICT}
    _, report = report_of(home, text, "people", edition=EDITION_2024, **columns)
    assert nearest(report) == {"tân trụu | long an": "805"}


def test_who_may_not_write_for_the_team_accepts_nothing(home):
    for actor in (Actor("x"), EDITOR):
        with pytest.raises(NotAllowed):
            accept({"xứ lạ": HUE}, MAP, actor, "other", home)
    assert known(home, "other") == {}
