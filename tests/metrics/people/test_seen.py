"""Who sees what: private datasets, versions of them, and everything that is derived from them."""

from dataclasses import replace

import pandas as pd
import pytest

from metrics.datasets import datasets
from metrics.importing import examine, preview, propose
from metrics.panel import panel
from metrics.people import LOCAL, VISITOR, Actor, NotAllowed, Role, seen_by
from metrics.store import StoreError, ensure_store, store
from metrics.store.originals import keep_bytes
from tests.metrics.made_up import row, write

HUE, BO = "Huế", "Bộ"
LAN = Actor("lan", Role.EDITOR, frozenset({HUE}))
AN = Actor("an", Role.EDITOR, frozenset({BO}))
READER = Actor("đọc", Role.VIEWER, reads=frozenset({HUE}))
VIEWER = Actor("xem", Role.VIEWER)
OTHERS = (AN, VIEWER, VISITOR)
SECRET = 12.345


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder for what the app writes, over a small made-up data directory."""
    data = write(tmp_path / "data", [row("rate", "01", 50.0)])
    opened = lambda home=None: ensure_store(home=home or tmp_path, data_dir=data)  # noqa: E731
    monkeypatch.setattr(datasets, "current_store", opened)
    monkeypatch.setattr(store, "current_store", opened)
    return tmp_path


def whole(home):
    return datasets.current_store(home=home)


def prepared(home, value):
    text = f"Tỉnh;Tỷ lệ năm 2025\nHà Nội;{value:.3f}\n".replace(".", ",")
    seen = preview("bang.csv", text.encode())
    block = seen.blocks[0]
    mapping = propose(block, whole(home).catalog)
    of = tuple(m.model_copy(update={"indicator": "rate"}) for m in mapping.measures)
    mapping = mapping.model_copy(update={"measures": of})
    return seen, examine(seen, block, mapping, whole(home), lang="vi"), text.encode()


def load(home, value, actor=LAN, **details):
    seen, report, data = prepared(home, value)
    keep_bytes(data, home)
    made = datasets.Details(**({"title": "Mật", "team": HUE} | details))
    return datasets.load(seen, report, made, actor, home)


def mine(seen):
    rows = seen.observations("rate")
    return sorted(rows.loc[rows["dataset"] != "shipped", "value"])


def test_where_nothing_is_private_everybody_shares_one_store(home):
    load(home, 40)
    at = whole(home)
    assert all(seen_by(at, who) is at for who in (*OTHERS, LAN, LOCAL))


def test_a_private_dataset_is_there_for_its_team_and_administrators_alone(engine, home):
    loaded = load(home, SECRET, private=True)
    at = whole(home)
    for who in (LAN, READER, LOCAL):
        assert mine(seen_by(at, who)) == [SECRET]
    for who in OTHERS:
        seen = seen_by(at, who)
        assert mine(seen) == []
        assert list(seen.datasets()["id"]) == ["shipped"]
        assert seen.in_force() == ("shipped",)
        assert loaded.id not in seen.catalog.origins
        assert seen.audit().empty
        assert seen.dataset_observations(loaded.id).empty
        assert seen.count() == 1
        assert seen.availability()["period_end"].dt.year.max() == 2024
        assert (seen.row("rate", "2025", "01")["dataset"] == "shipped").all()
        assert (seen.place_observations("2025", "01")["dataset"] == "shipped").all()
        assert SECRET not in seen.read(lambda rows: rows)["value"].to_numpy()
        assert seen is seen_by(at, who)


def test_what_is_kept_of_one_view_is_never_shown_to_another(home):
    load(home, SECRET, private=True)
    at = whole(home)
    asked = ("rate", "2025", "province", None)
    for who, value in ((LAN, SECRET), (VIEWER, None), (LAN, SECRET), (AN, None)):
        frame = panel(seen_by(at, who), *asked).frame
        found = frame.loc[frame["code"] == "01", "value"].item()
        assert found == value or (value is None and pd.isna(found))


def test_publishing_shows_it_and_the_audit_says_who(home):
    loaded = load(home, SECRET, private=True)
    datasets.publish(loaded.id, LAN, "đã duyệt", home)
    assert mine(seen_by(whole(home), VISITOR)) == [SECRET]
    datasets.unpublish(loaded.id, LOCAL, "", home)
    assert mine(seen_by(whole(home), VISITOR)) == []
    lines = whole(home).audit()
    assert list(lines["action"]) == ["unpublish", "publish", "load"]
    assert list(lines["actor"]) == ["local", "lan", "lan"]


def test_of_a_private_version_others_see_the_one_before(home):
    first = load(home, 40)
    second = load(home, SECRET, private=True, supersedes=first.id)
    at = whole(home)
    assert mine(seen_by(at, LAN)) == [SECRET]
    assert mine(seen_by(at, VIEWER)) == [40.0]
    third = load(home, 42, supersedes=second.id)
    seen = seen_by(whole(home), VIEWER)
    assert mine(seen) == [42.0]
    before = dict(zip(seen.datasets()["id"], seen.datasets()["supersedes"], strict=True))
    assert before[third.id] == first.id
    assert [d.id for d in datasets.versions(seen, first.id)] == [third.id, first.id]


@pytest.mark.parametrize("who", [AN, VIEWER, VISITOR])
def test_who_may_not_see_it_cannot_find_out_that_it_is_there(home, who):
    loaded = load(home, SECRET, private=True)
    for id_ in (loaded.id, "khong-co-v1"):
        with pytest.raises(StoreError) as refused:
            datasets.withdraw(id_, who, "", home)
        told = str(refused.value).replace(id_, "…")
        assert loaded.id not in told
        if who is AN:
            assert told == "There is no dataset “…” that can be changed; there are: none."
    with pytest.raises(StoreError):
        load(home, 1, who, team=BO, supersedes=loaded.id)


def test_an_editor_changes_what_the_own_team_has_and_nothing_else(home):
    loaded = load(home, 40)
    for act in (datasets.withdraw, datasets.restore, datasets.unpublish, datasets.publish):
        with pytest.raises(StoreError):
            act(loaded.id, AN, "", home)
        act(loaded.id, LAN, "", home)
    with pytest.raises(NotAllowed):
        load(home, 41, AN, supersedes=loaded.id, team=BO)
    with pytest.raises(NotAllowed):
        load(home, 41, LAN, team="")


def test_teams_do_not_share_a_view(home):
    load(home, SECRET, private=True)
    load(home, 23.456, AN, private=True, team=BO, title="Khác")
    at = whole(home)
    assert mine(seen_by(at, LAN)) == [SECRET]
    assert mine(seen_by(at, AN)) == [23.456]
    assert mine(seen_by(at, replace(LAN, teams=frozenset({HUE, BO})))) == [SECRET, 23.456]
    assert mine(seen_by(at, VISITOR)) == []
