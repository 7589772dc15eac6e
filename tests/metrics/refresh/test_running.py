"""A source from asking to storing: stored, the same, held, accepted, refused, failed."""

import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from metrics.people import Actor, NotAllowed
from metrics.refresh import Entry, HeldError, RunningError, accept, alone, log, refuse, waiting
from metrics.refresh.log import MOST, note
from metrics.refresh.state import read_state
from metrics.store import original
from tests.metrics.refresh.conftest import ADMIN
from tests.metrics.refresh.served import DAY, PROVINCES, figures
from tests.metrics.refresh.tiny import ADAPTERS

# What reaches the store as another does runs with it in files alone.
both = pytest.mark.usefixtures("engine")
TWENTY = figures()
FIRST = PROVINCES[0]


def of(day, rows):
    return {(day, code): value for code, value in rows.items()}


@both
def test_what_is_new_is_stored_what_is_the_same_is_not_and_what_is_revised_replaces(atlas, served):
    served.pages(TWENTY)
    first = atlas.refresh()
    assert (first.result, first.said) == ("stored", None)
    assert first.differences[0].counts["new"] == 20
    assert atlas.values() == of(DAY, TWENTY)
    generation = atlas.store().generation

    again = atlas.refresh()
    assert (again.result, again.differences) == ("same", ())
    assert atlas.store().generation == generation
    state = read_state(atlas.folder)
    assert state.same is not None
    assert state.new < state.same

    served.pages(TWENTY | {FIRST: 41.0})
    revised = atlas.refresh()
    assert revised.result == "stored"
    (line,) = [one for one in revised.differences[0].lines if one.kind == "revised"]
    assert (line.area, line.before, line.after) == (FIRST, 40.0, 41.0)
    assert atlas.values() == of(DAY, TWENTY | {FIRST: 41.0})
    assert atlas.store().audit()["action"].tolist() == ["refresh", "refresh"]

    dataset = atlas.store().datasets().set_index("id").loc["refresh-tiny"]
    with zipfile.ZipFile(original(dataset["sha256"], atlas.home)) as archive:
        kept = json.loads(archive.read("manifest.json"))["replies"][1]
        assert json.loads(archive.read(kept["name"]))["rows"][0]["value"] == 41.0
        assert kept["address"] == f"{served.address}/page-1.json"


@both
def test_a_day_adds_to_the_days_before_and_whole_replies_replace_them(atlas, served):
    served.pages(TWENTY)
    atlas.refresh()
    served.pages(TWENTY, day="2026-10-02")
    assert atlas.refresh().result == "stored"
    assert atlas.values() == of(DAY, TWENTY) | of("2026-10-02", TWENTY)
    atlas.describe(options={"whole": True}, bounds={"withdrawn": 20})
    assert atlas.refresh().differences[0].counts["withdrawn"] == 20
    assert atlas.values() == of("2026-10-02", TWENTY)


@both
def test_what_breaks_the_bounds_waits_and_a_person_decides(atlas, served):
    served.pages(TWENTY)
    atlas.refresh()
    served.pages(dict(list(TWENTY.items())[:-1]))
    held = atlas.refresh()
    assert held.result == "held"
    assert {reason.key for reason in held.differences[0].reasons} == {"withdrawn", "missing_areas"}
    assert len(atlas.values()) == 20
    _, waits = waiting("tiny", ADMIN, atlas.home, atlas.data / "none", ADAPTERS)
    assert [one.run for one in waits] == [held.differences[0].run]

    visitor = Actor("ai đó")
    with pytest.raises(NotAllowed):
        accept(atlas.found(), atlas.how(actor=visitor))
    with pytest.raises(NotAllowed):
        refuse(atlas.found(), atlas.how(actor=visitor))
    refused = refuse(atlas.found(), atlas.how(), "thiếu một tỉnh")
    assert (refused.result, len(atlas.values())) == ("refused", 20)
    assert atlas.store().audit().iloc[0]["action"] == "refuse_refresh"
    with pytest.raises(HeldError):
        accept(atlas.found(), atlas.how())

    assert atlas.refresh().result == "held"
    done = accept(atlas.found(), atlas.how())
    assert (done.result, len(atlas.values())) == ("stored", 19)
    assert atlas.refresh().result == "same"


def test_runs_that_wait_are_stored_in_their_order(atlas, served):
    served.pages(TWENTY)
    atlas.refresh(hold=True)
    served.pages(TWENTY, day="2026-10-02")
    later = atlas.refresh()
    assert [reason.key for reason in later.differences[0].reasons] == ["in_order"]
    assert atlas.refresh(accept=True).result == "same"
    assert atlas.values() == of(DAY, TWENTY) | of("2026-10-02", TWENTY)
    assert not list((atlas.folder / "held").iterdir())


@both
def test_what_waits_is_compared_anew_where_the_dataset_has_changed(atlas, served):
    served.pages(TWENTY)
    atlas.refresh()
    served.pages({code: value + 1 for code, value in TWENTY.items()})
    assert atlas.refresh().result == "held"
    kept = next(iter((atlas.folder / "held").iterdir()))
    aside = kept.rename(atlas.home / "aside")
    atlas.refresh(accept=True)
    aside.rename(kept)
    done = accept(atlas.found(), atlas.how())
    assert done.differences == ()
    assert list(atlas.store().audit()["action"]) == ["refresh", "refresh"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{"page": 1, "pages": 1, "day": "2026-10-01", "rows": [{"code": "01", "val',
        b'{"page": 1, "pages": 1, "day": "2026-10-01", "rows": [{"ma": "01", "value": 1}]}',
        b'{"page": 1, "pages": 2, "day": "2026-10-01", "rows": []}',
        b'{"page": 1, "pages": 1, "day": "2026-10-01", "rows": []}',
        b'{"page": 1, "pages": 1, "day": "2026-10-01", "rows": [{"code": "001", "value": 1},'
        b'{"code": "99999", "value": 2}]}',
        b'{"page": 1, "pages": 1, "day": "01/10/2026", "rows": [{"code": "01", "value": 1}]}',
        b'{"page": 1, "pages": 1, "day": "\\ud800", "rows": [{"code": "01", "value": 1}]}',
        b"[" * 100_000,
        b"<html>\x1b[2J\n",
    ],
)
def test_a_half_reply_or_another_shape_stores_nothing_and_is_asked_anew(atlas, served, body):
    served.pages(TWENTY)
    atlas.refresh()
    generation = atlas.store().generation
    served.answers["/page-1.json"] = body
    served.answers["/page-2.json"] = body
    failed = atlas.refresh()
    assert failed.result == "failed"
    assert failed.said.vi != failed.said.en
    assert failed.said.vi.isprintable()
    assert atlas.store().generation == generation
    assert read_state(atlas.folder).failures == 1
    served.pages(TWENTY | {FIRST: 41.0})
    assert atlas.refresh().result == "stored"
    assert read_state(atlas.folder).failures == 0


def test_pages_that_come_twice_are_noticed(atlas, served):
    served.pages(TWENTY, TWENTY)
    served.answers["/page-2.json"] = served.answers["/page-1.json"]
    assert atlas.refresh().result == "failed"
    # Told apart by their numbers alone: the figures come twice.
    served.pages(TWENTY, TWENTY)
    failed = atlas.refresh()
    assert failed.result == "failed"
    assert "tell them apart by locator" in failed.said.en


def test_two_at_once_the_second_says_so_and_does_nothing(atlas, served):
    served.pages(TWENTY)
    with alone("tiny", atlas.home), pytest.raises(RunningError):
        atlas.refresh()
    assert served.asked == []
    assert atlas.refresh().result == "stored"


def test_servers_without_a_common_folder_are_alone_over_one_database(
    atlas, served, tmp_path, engine
):
    served.pages(TWENTY)
    with alone("tiny", tmp_path / "another"):
        if engine == "postgresql":
            with pytest.raises(RunningError):
                atlas.refresh()
        else:
            assert atlas.refresh().result == "stored"


def test_a_clock_that_went_back_lets_everything_wait(atlas, served, monkeypatch):
    served.pages(TWENTY)
    atlas.refresh()
    served.pages(TWENTY, day="2026-10-02")
    past = datetime.now(UTC) - timedelta(days=400)
    monkeypatch.setattr("metrics.refresh.running.utc_now", lambda: past)
    held = atlas.refresh()
    assert [reason.key for reason in held.differences[0].reasons] == ["clock"]
    monkeypatch.undo()
    runs = sorted(path.name for path in atlas.folder.iterdir() if path.name.startswith("2"))
    assert runs[-1] == held.differences[0].run


def test_results_of_a_time_that_has_not_come_wait(atlas, served):
    served.pages(TWENTY, day="2099-10-01")
    held = atlas.refresh()
    assert held.result == "held"
    assert [reason.key for reason in held.differences[0].reasons] == ["ahead"]
    assert atlas.values() == {}


@both
def test_a_withdrawn_dataset_is_not_put_in_force_again_unasked(atlas, served):
    from metrics.datasets import withdraw  # noqa: PLC0415

    served.pages(TWENTY)
    atlas.refresh()
    withdraw("refresh-tiny", ADMIN, home=atlas.home)
    served.pages(TWENTY | {FIRST: 41.0})
    assert [one.key for one in atlas.refresh().differences[0].reasons] == ["taken_back"]
    accept(atlas.found(), atlas.how())
    assert "refresh-tiny" in atlas.store().in_force()


def test_a_series_that_falls_silent_is_noticed(atlas, served):
    served.pages(TWENTY)
    atlas.refresh()
    atlas.describe(options={"indicator": "trusted"})
    held = atlas.refresh()
    assert held.differences[0].counts["missing"] == 20
    accept(atlas.found(), atlas.how())
    served.pages(TWENTY | {FIRST: 41.0})
    assert atlas.refresh().result == "stored"


def test_only_the_last_runs_are_kept_with_those_that_wait(atlas, served):
    served.pages(TWENTY)
    atlas.refresh(hold=True)
    for _ in range(5):
        atlas.refresh()
    runs = {path.name for path in atlas.folder.iterdir() if path.name.startswith("2")}
    waits = {path.name for path in (atlas.folder / "held").iterdir()}
    # One of a hold waits, the five after it in order behind it.
    assert runs == waits
    refuse(atlas.found(), atlas.how())
    for _ in range(4):
        atlas.refresh()
    assert len([path for path in atlas.folder.iterdir() if path.name.startswith("2")]) == 3


def test_each_time_leaves_a_line_in_the_log_and_reasons_stand_in_the_audit(atlas, served):
    served.pages(TWENTY)
    atlas.refresh()
    atlas.refresh()
    served.pages(TWENTY | {FIRST: 90.0})
    held = atlas.refresh(hold=True).differences[0]
    with pytest.raises(HeldError) as refused:
        accept(atlas.found(), atlas.how(), "đã xem", seen=())
    assert refused.value.key == "other"
    assert len(waiting("tiny", ADMIN, atlas.home, atlas.data / "none", ADAPTERS)[1]) == 1
    accept(atlas.found(), atlas.how(), "đã hỏi lại Sở", seen=[held.run])

    lines = log("tiny", atlas.home)
    assert [one.result for one in lines] == ["stored", "held", "same", "stored"]
    assert (lines[0].who, lines[0].reason, lines[0].runs) == ("an", "đã hỏi lại Sở", (held.run,))
    assert lines[0].counts["revised"] == 1
    assert "đã hỏi lại Sở" in atlas.store().audit().iloc[0]["detail"]


def test_a_log_keeps_the_newest_lines_and_leaves_out_what_cannot_be_read(tmp_path):
    folder = tmp_path / "refresh" / "tiny"
    start = datetime(2026, 10, 1, tzinfo=UTC)
    for n in range(MOST + 3):
        note(folder, Entry(time=start + timedelta(hours=n), result="same", who="an"))
    lines = log("tiny", tmp_path)
    assert len(lines) == MOST
    assert lines[0].time == start + timedelta(hours=MOST + 2)
    (folder / "log.jsonl").write_bytes(b'\xff{"half\n' + lines[0].model_dump_json().encode())
    assert log("tiny", tmp_path) == lines[:1]


def test_a_private_source_that_is_refused_leaves_no_line_for_others(atlas, served):
    atlas.describe(team="so-y-te", private=True)
    served.pages(TWENTY)
    atlas.refresh(hold=True)
    refuse(atlas.found(), atlas.how(), "sai đơn vị")
    assert atlas.store().audit().empty
    assert log("tiny", atlas.home)[0].reason == "sai đơn vị"
