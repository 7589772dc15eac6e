"""Differences: what is found, how far is far, and that nothing is left once it is stored."""

from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.refresh import in_words
from metrics.refresh.compare import Compared, compare
from metrics.refresh.difference import judged, told
from metrics.refresh.source import Bounds
from metrics.store import Dataset, ensure_store, generations_of, put_dataset, stored_pieces
from tests.metrics.made_up import row, write
from tests.metrics.refresh.served import PROVINCES, figures

DATASET = "refresh-tiny"
WHO = Compared("tiny", DATASET, "20261001T000000Z", datetime(2026, 10, 1, tzinfo=UTC))
THIRTY = figures(30)


def frame(values, day="2026-10-01", **more):
    rows = [
        row("rate", code, value, period_start=day, period_end=day, period_text="", **more)
        | {"locator": f"{day} {code}", "numerator": None, "denominator": None}
        for code, value in values.items()
    ]
    made = pd.DataFrame(rows).assign(category="", note="")
    return made.astype({"value": float, "numerator": float, "denominator": float})


def formed(values, *rest, **more):
    return pd.concat(list(stored_pieces(frame(values, *rest, **more), DATASET)), ignore_index=True)


@pytest.fixture
def store(tmp_path):
    """Return a store that holds thirty figures of a source."""
    return held(tmp_path, frame(THIRTY))


def held(folder, rows):
    places = {"home": folder / "var", "data_dir": write(folder / "data", [row("days", "01", 5)])}
    ensure_store(**places)
    generations = generations_of(home=places["home"])
    with generations.writing():
        put_dataset(generations, Dataset(DATASET, "", "", "", "", 0), rows)
    return ensure_store(**places)


def kinds(difference):
    return {kind: n for kind, n in difference.counts.items() if n}


def found(store, values, *rest, whole=False, **more):
    return compare(store, formed(values, *rest, **more), WHO, whole=whole, records=0)


def test_each_kind_of_difference_is_counted_and_listed(store):
    values = THIRTY | {PROVINCES[0]: 41.0, PROVINCES[40]: 50.0}
    del values[PROVINCES[29]]
    difference = found(store, values)
    wanted = {"new": 1, "revised": 1, "withdrawn": 1, "missing": 1}
    assert kinds(difference) == wanted
    assert difference.same == 28
    assert difference.largest == pytest.approx(1 / 29, abs=1e-6)
    (series,) = difference.series
    assert series.counts == wanted
    said = told(difference, "vi", store.catalog)
    assert "30 số liệu: 1 mới, 1 sửa" in said[0]
    assert any("40 → 41" in line for line in said)


def test_another_note_is_no_revision_and_another_state_is(store):
    assert kinds(found(store, THIRTY, origin="press")) == {"reworded": 30}
    gone = found(store, {code: float("nan") for code in THIRTY}, state="suppressed")
    assert kinds(gone) == {"revised": 30}
    assert gone.largest == 1.0
    assert {line.after for line in gone.lines} == {"suppressed"}


def test_a_reply_speaks_for_its_periods_alone_unless_it_is_whole(store):
    assert kinds(found(store, THIRTY, "2026-10-02")) == {"new": 30}
    assert kinds(found(store, THIRTY, "2026-10-02", whole=True)) == {"new": 30, "withdrawn": 30}


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        ({code: value + 3 for code, value in THIRTY.items()}, 0),
        ({code: value / 100 for code, value in THIRTY.items()}, 30),
        ({code: value * 1000 for code, value in THIRTY.items()}, 30),
        (THIRTY | {PROVINCES[3]: 4300.0}, 1),
        (THIRTY | {PROVINCES[3]: 69.0}, 1),
        (THIRTY | {PROVINCES[3]: 44.0}, 0),
        (THIRTY | {PROVINCES[3]: -60.0}, 1),
    ],
)
def test_far_outside_is_what_stands_apart(store, values, odd):
    assert found(store, values, "2026-10-02").counts["outlier"] == odd


def test_of_too_few_figures_nothing_is_said_to_be_far(tmp_path):
    store = held(tmp_path, frame(figures(7)))
    assert found(store, dict.fromkeys(figures(7), 1000000.0)).counts["outlier"] == 0


def test_bounds_decide(store):
    difference = found(store, THIRTY | dict.fromkeys(PROVINCES[:3], 43.5))
    assert [one.key for one in judged(difference, Bounds()).reasons] == []
    strict = judged(difference, Bounds(revised_share=0.05, revised_by=0.1))
    assert [one.key for one in strict.reasons] == ["revised_share", "revised_by"]
    assert strict.verdict == "hold"
    assert "10% of the figures" in strict.reasons[0].say("en")
    assert judged(found(store, THIRTY), Bounds()).verdict == "same"


VALUES = st.dictionaries(
    st.sampled_from(PROVINCES[:12]), st.floats(-1e6, 1e6) | st.just(0.0), min_size=1
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=VALUES, day=st.sampled_from(["2026-10-01", "2026-10-02"]), whole=st.booleans())
def test_every_figure_is_of_one_kind(store, values, day, whole):
    difference = compare(store, formed(values, day), WHO, whole=whole, records=0)
    counts = difference.counts
    assert difference.figures == len(values)
    assert difference.same + counts["new"] + counts["revised"] + counts["reworded"] == len(values)
    again = {code for code in values if code in THIRTY} if day == "2026-10-01" else set()
    assert counts["new"] == len(values) - len(again)
    gone = whole or day == "2026-10-01"
    assert counts["withdrawn"] == (len(THIRTY) - len(again) if gone else 0)


def test_words_of_sources_give_no_orders_to_a_terminal():
    told = in_words(lambda lang: f"{lang}: \x1b[2J\n\ud800\u202e Huế")
    assert (told.vi, told.en) == ("vi: �[2J �� Huế", "en: �[2J �� Huế")
