"""Exports: a row for each observation, with its origin, that says what the store says."""

import csv
import math
from datetime import date

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from base.reading import bounded, neutralise, plain_number, restore
from base.reading.cells import CONTROL, LONGEST_CELL
from geo.editions import EDITION_2024, EDITION_2025, Level
from metrics.exporting.files import write_csv
from metrics.exporting.parts import parts_of
from metrics.exporting.rows import EXPORT_COLUMNS
from metrics.exporting.select import as_observations
from metrics.observations import OBSERVATION_COLUMNS
from metrics.store import Dataset, ensure_store, generations_of, put_dataset
from tests.metrics.made_up import DEFAULTS, row, write

HANOI, CAO_BANG = "01", "04"
# What parts of an exported row say something about the observation itself.
BACK = {
    "indicator_id": "indicator",
    "role": "role",
    "edition": "edition",
    "area_code": "area",
    "grain": "grain",
    "category": "category",
    "state": "state",
    "qualifier": "qualifier",
    "origin_ids": "origin",
    "note": "note",
    "dataset": "dataset",
    "level": "level",
    "locator": "locator",
    "period_text": "period_text",
}


def parsed(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
    assert tuple(reader.fieldnames) == EXPORT_COLUMNS
    return rows


@pytest.fixture
def exported(tmp_path):
    """Return a function from rows and filters to the rows of an export."""

    def build(*rows, indicators=None, **how):
        data_dir = write(tmp_path / "data", list(rows))
        store = ensure_store(home=tmp_path / "var", data_dir=data_dir)
        written = write_csv(store, tmp_path / "out.csv", indicators, **how)
        found = parsed(tmp_path / "out.csv")
        assert written == len(found)
        return found

    return build


def test_a_row_carries_all_that_is_needed_to_cite_it(exported):
    (got,) = exported(row("rate", CAO_BANG, 40.5, numerator=81, denominator=200, note="tạm tính"))
    assert got == {
        "dataset": "shipped",
        "simulated": "false",
        "indicator_id": "rate",
        "indicator": "Tên rate",
        "role": "result",
        "edition": "2024",
        "level": "province",
        "area_code": "04",
        "area_name": "Tỉnh Cao Bằng",
        "province_code": "04",
        "period_start": "2024-12-31",
        "period_end": "2024-12-31",
        "grain": "instant",
        "period_text": "ngày 31/12/2024",
        "value": "40.5",
        "category": "",
        "state": "reported",
        "unit": "%",
        "numerator": "81",
        "denominator": "200",
        "qualifier": "exact",
        "origin_ids": "ministry",
        "origins": "Bộ Thử nghiệm: Báo cáo ministry (2025-01-15 ngày ghi trong nguồn); tr. 1",
        "origin_urls": "",
        "locator": "tr. 1",
        "note": "tạm tính",
    }


def test_what_is_unknown_says_so_or_is_blank(exported):
    (got,) = exported(row("rate", HANOI, 1, origin="other", grain="unknown"))
    assert got["origins"] == "Bộ Thử nghiệm: Báo cáo other (không rõ ngày); tr. 1"
    assert got["period_start"] == ""


def test_a_figure_that_is_missing_is_blank_not_zero(exported):
    (got,) = exported(row("rate", HANOI, state="suppressed"))
    assert (got["value"], got["state"]) == ("", "suppressed")


def test_the_country_has_no_edition(exported):
    (got,) = exported(row("rate", "VN", 1, edition=""))
    assert (got["edition"], got["level"], got["area_name"]) == ("", "country", "Việt Nam")


def test_every_observation_is_there_targets_and_disagreeing_ones_too(exported):
    rows = [
        row("rate", HANOI, 1),
        row("rate", HANOI, 2, origin="press"),
        row("rate", HANOI, 80, role="target", period_end="2025-12-31"),
        row("named", HANOI, category="begun"),
    ]
    found = exported(*rows)
    assert [got["indicator_id"] for got in found] == ["named", "rate", "rate", "rate"]
    assert sorted(got["value"] for got in found) == ["", "1", "2", "80"]
    assert found[0]["category"] == "begun"


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, {"1", "2", "3", "4", "5"}),
        ({"indicators": ["days"]}, {"5"}),
        ({"indicators": ["days", "rate", "days"]}, {"1", "2", "3", "4", "5"}),
        ({"indicators": ["people"]}, set()),
        ({"edition": EDITION_2025}, {"2"}),
        ({"level": Level.COUNTRY}, {"4"}),
        ({"edition": EDITION_2024, "level": Level.DISTRICT}, {"3"}),
    ],
)
def test_filters_narrow_it(exported, how, expected):
    rows = [
        row("rate", HANOI, 1),
        row("rate", HANOI, 2, edition=EDITION_2025),
        row("rate", "001", 3),
        row("rate", "VN", 4, edition=""),
        row("days", HANOI, 5),
    ]
    found = exported(*rows, **how)
    assert {got["value"] for got in found} == expected
    assert len(found) == len(expected)


def test_an_unknown_indicator_is_told_and_nothing_is_written(exported, tmp_path):
    with pytest.raises(LookupError, match="nope"):
        exported(row("rate", HANOI, 1), indicators=["rate", "nope"])
    assert not (tmp_path / "out.csv").exists()


def test_a_failed_export_leaves_the_old_file(exported, tmp_path):
    exported(row("rate", HANOI, 1))
    before = (tmp_path / "out.csv").read_bytes()

    def fail(done, total):
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        exported(row("rate", HANOI, 2), progress=fail)
    assert (tmp_path / "out.csv").read_bytes() == before
    assert not list(tmp_path.glob(".out*"))


@given(st.text(st.characters(), max_size=40))
@example("\x00a\x1b[31m\ud800\uffff")
def test_no_control_character_is_left_and_the_rest_is_as_it_was(text):
    clean = bounded(text)
    assert not CONTROL.search(clean)
    assert len(clean) == len(text)
    assert [c for c, was in zip(clean, text, strict=True) if c != was] == ["\ufffd"] * len(
        CONTROL.findall(text)
    )


@pytest.mark.parametrize("char", ["a", "ệ", "🗺", "="])
@pytest.mark.parametrize("extra", [-3, 0, 100_000])
def test_no_cell_is_longer_than_excel_holds_and_a_cut_is_told(char, extra):
    text = char * (LONGEST_CELL + extra)
    written = neutralise(bounded(text))
    assert len(written.encode("utf-16-le")) // 2 <= LONGEST_CELL
    fits = len(text.encode("utf-16-le")) // 2 < LONGEST_CELL
    assert written.endswith("[…]") != fits


def test_progress_is_told_as_it_goes_on(exported, monkeypatch):
    monkeypatch.setattr(parts_of, "__defaults__", (1,))
    told = []
    rows = [row("rate", HANOI, 1), row("days", HANOI, 2)]
    exported(*rows, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "'="])
def test_no_text_is_run_as_a_formula(exported, sign):
    text = f"{sign}1+1"
    (got,) = exported(row("rate", HANOI, -5.5, note=text))
    assert got["note"] == "'" + text
    assert restore(got["note"]) == text


def test_negative_numbers_stay_numbers(exported):
    (got,) = exported(row("rate", HANOI, -5.5))
    assert got["value"] == "-5.5"


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(1e-7)
@example(123456789012345680.0)
@example(0.1 + 0.2)
@example(-0.0)
def test_a_number_is_written_exactly_and_without_an_exponent(number):
    text = plain_number(number)
    assert float(text) == number
    assert "e" not in text
    assert not text.endswith(".0")


@given(st.integers(-(10**9), 10**9), st.integers(1, 6))
def test_a_number_is_written_as_the_source_gave_it(whole, decimals):
    given_text = f"{whole}.{'1'.zfill(decimals)}"
    assert plain_number(float(given_text)) == given_text


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12)
numbers = st.one_of(st.just(math.nan), st.floats(-1e12, 1e12), st.integers(0, 10**9).map(float))
observations = st.fixed_dictionaries(
    {
        "indicator": st.sampled_from(["rate", "days", "people"]),
        "area": st.sampled_from([HANOI, CAO_BANG, "001"]),
        "value": numbers,
        "numerator": numbers,
        "period_end": st.dates(min_value=date(1900, 1, 1)).map(str),
        "period_start": st.just(""),
        "note": texts,
        "locator": texts,
        "state": st.sampled_from(["reported", "suppressed"]),
    }
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A store with nothing but one shipped figure, for examples to put their own into."""
    found = tmp_path_factory.mktemp("exporting")
    ensure_store(home=found, data_dir=write(found / "data", [row("place", HANOI, 1)]))
    return found


@settings(max_examples=15, deadline=None)
@given(rows=st.lists(observations, min_size=1, max_size=12))
def test_an_export_says_what_the_store_says(home, rows):
    store = put_unchecked(home, rows)
    write_csv(store, home / "out.csv")
    found = pd.DataFrame(parsed(home / "out.csv"))
    stored = store.observations()
    for exported_as, column in BACK.items():
        assert found[exported_as].map(restore).tolist() == stored[column].tolist()
    for column in ("value", "numerator", "denominator"):
        read = found[column].map(lambda text: float(text) if text else math.nan)
        pd.testing.assert_series_equal(read, stored[column], check_names=False, check_exact=True)
    assert found["period_end"].tolist() == stored["period_end"].dt.date.map(str).tolist()


def put_unchecked(home, rows):
    frame = pd.DataFrame([DEFAULTS | {"category": "", "denominator": math.nan} | r for r in rows])
    generations = generations_of(home=home)
    with generations.writing():
        put_dataset(generations, Dataset("mine", "", "", "", "", 0), frame)
    assert set(frame.columns) == set(OBSERVATION_COLUMNS)
    return ensure_store(home=home, data_dir=home / "data")


def test_what_is_summed_of_carried_figures_has_no_parts_to_tell_of():
    summed = pd.DataFrame([{"code": "R1", "value": 3.0, "note_key": "merged", "note_values": {}}])
    made = as_observations(summed, "rate", EDITION_2025, Level.REGION, "vi")
    assert made["note"].tolist() == [""]
