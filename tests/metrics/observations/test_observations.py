"""The observation schema: files survive a round trip; a wrong cell is named with what may be."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.editions import EDITION_2024, EDITION_2025
from metrics.catalog import DATA_DIR, load_catalog
from metrics.observations import (
    NUMBER_COLUMNS,
    OBSERVATION_COLUMNS,
    ObservationError,
    read_observations,
    validate,
    write_observations,
)

RATE = {
    "indicator": "dvcqg-ontime-rate",
    "role": "result",
    "edition": EDITION_2025,
    "area": "01",
    "period_start": "2026-01-01",
    "period_end": "2026-10-10",
    "grain": "year_to_date",
    "period_text": "2026",
    "value": "74.04",
    "category": "",
    "state": "reported",
    "numerator": "788612",
    "denominator": "1065150",
    "qualifier": "exact",
    "origin": "dvcqg-dossiers",
    "locator": "dòng 2",
    "note": "",
}
NO_PARTS = {"numerator": "", "denominator": ""}
STATUS = (
    RATE | NO_PARTS | {"indicator": "civil-status-digitisation", "value": "", "category": "done"}
)
COUNT = RATE | {"indicator": "land-districts-digitised", "value": "461"}
DATE = STATUS | {"indicator": "criminal-record-start", "category": "2024-11-01"}


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


@pytest.fixture
def problems(tmp_path, catalog):
    """Write rows to a file, read it and tell what is wrong with it."""

    def _problems(*rows: dict[str, str]):
        path = tmp_path / "made_up.csv"
        write_observations(pd.DataFrame(rows, columns=list(OBSERVATION_COLUMNS)), path)
        return validate(read_observations(path), catalog)

    return _problems


# Reading and writing -------------------------------------------------------------------------

cells = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20)
numbers = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
rows = st.fixed_dictionaries(
    {name: numbers if name in NUMBER_COLUMNS else cells for name in OBSERVATION_COLUMNS}
)


@given(st.lists(rows, max_size=5))
def test_what_is_written_is_read_back_the_same(tmp_path_factory, made_up):
    path = tmp_path_factory.mktemp("observations") / "round_trip.csv"
    frame = pd.DataFrame(made_up, columns=list(OBSERVATION_COLUMNS))
    for name in NUMBER_COLUMNS:
        frame[name] = frame[name].astype("float64")
    write_observations(frame, path)
    again = read_observations(path)
    assert list(again.index) == [("round_trip.csv", row) for row in range(2, len(made_up) + 2)]
    pd.testing.assert_frame_equal(
        again.reset_index(drop=True), frame.reset_index(drop=True), check_dtype=False
    )


def test_numbers_given_as_text_keep_their_digits(tmp_path):
    path = tmp_path / "text.csv"
    write_observations(pd.DataFrame([RATE | {"value": "86.00"}]), path)
    assert ",86.00," in path.read_text("utf-8")
    assert read_observations(path)["value"].tolist() == [86.0]


@pytest.mark.parametrize("text", ["1.234,5", "1,5", "12 %", "nan", "inf", "1e5", "0x1", " 3", "١"])
def test_what_is_no_plain_number_is_refused_with_its_place(tmp_path, text):
    path = tmp_path / "wrong.csv"
    write_observations(pd.DataFrame([RATE, RATE | {"denominator": text}]), path)
    with pytest.raises(ObservationError) as error:
        read_observations(path)
    (problem,) = error.value.problems
    assert (problem.file, problem.row, problem.column) == ("wrong.csv", 3, "denominator")
    assert problem.value == text
    assert "1234.5" in problem.allowed


def test_other_columns_are_refused(tmp_path):
    path = tmp_path / "wrong.csv"
    path.write_text("indicator,value\na,1\n", encoding="utf-8")
    with pytest.raises(ObservationError, match=r"wrong\.csv, row 1.*indicator,role,edition"):
        read_observations(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(ObservationError, match=r"row 1"):
        read_observations(path)


def test_a_row_with_too_many_cells_is_refused(tmp_path):
    path = tmp_path / "wrong.csv"
    header = ",".join(OBSERVATION_COLUMNS)
    path.write_text(f"{header}\n{',' * len(OBSERVATION_COLUMNS)}\n", encoding="utf-8")
    with pytest.raises(ObservationError, match=r"row 2.*received '18 cells', allowed: 17 cells"):
        read_observations(path)


# Validation ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        RATE,
        RATE | NO_PARTS,
        STATUS,
        COUNT | {"numerator": "461", "denominator": "705"},
        DATE,
        RATE | {"role": "target", "edition": "", "area": "VN"},
        RATE | NO_PARTS | {"value": "", "state": "suppressed"},
        RATE | NO_PARTS | {"value": "", "state": "split", "note": "tách"},
        RATE | {"period_start": "", "grain": "before"},
        RATE | {"period_start": "2026-10-10", "grain": "instant"},
        RATE | {"period_start": "2026-07-01", "period_end": "2026-09-30", "grain": "quarter"},
        RATE | {"period_start": "", "grain": "unknown"},
    ],
)
def test_sound_rows_pass(problems, row):
    assert problems(row) == []


@pytest.mark.parametrize(
    ("row", "column", "allowed"),
    [
        # What and who.
        (RATE | {"indicator": "nothing"}, "indicator", "data/indicators"),
        (RATE | {"origin": "nobody"}, "origin", "data/origins"),
        (RATE | {"role": "hope"}, "role", "result, target, forecast"),
        (RATE | {"state": "no_data"}, "state", "suppressed, split"),
        (RATE | {"state": "conflicting"}, "state", "reported, recomputed"),
        (RATE | {"qualifier": "almost"}, "qualifier", "exact, over, under"),
        (RATE | {"locator": ""}, "locator", "a place in the origin"),
        # Where. 02 is a province of the 63, not of the 34; the country has no edition.
        (RATE | {"area": "02"}, "area", "data/editions/areas_2025.csv"),
        (RATE | {"edition": "2018"}, "edition", "2019, 2024, 2025"),
        (RATE | {"edition": ""}, "edition", "2019, 2024, 2025"),
        (RATE | {"area": "VN"}, "edition", "nothing"),
        # When.
        (RATE | {"period_end": ""}, "period_end", "YYYY-MM-DD"),
        (RATE | {"period_end": "10/10/2026"}, "period_end", "YYYY-MM-DD"),
        (RATE | {"period_start": "2026-02-30", "grain": "unknown"}, "period_start", "YYYY-MM-DD"),
        (RATE | {"period_start": "2026-11-01", "grain": "unknown"}, "period_start", "on or before"),
        (RATE | {"grain": "instant"}, "period_start", "the same day"),
        (RATE | {"grain": "instant", "period_start": ""}, "period_start", "the same day"),
        (RATE | {"grain": "before"}, "period_start", "nothing"),
        (RATE | {"grain": "month"}, "period_start", "one month"),
        (RATE | {"grain": "year"}, "period_start", "one year"),
        (RATE | {"period_start": "2026-02-01"}, "period_start", "1 January"),
        (RATE | {"grain": "week"}, "grain", "instant, month"),
        # How much.
        (RATE | {"value": ""}, "value", "a number"),
        (RATE | {"value": "100.5"}, "value", "at most 100"),
        (COUNT | NO_PARTS | {"value": "-1"}, "value", "0 or more"),
        (RATE | {"indicator": "dti-rank", "value": "0"} | NO_PARTS, "value", "a rank 1 or more"),
        (RATE | {"category": "done"}, "category", "nothing"),
        (STATUS | {"category": "finished"}, "category", "done, basically-done, at-risk"),
        (STATUS | {"category": ""}, "category", "done, basically-done, at-risk"),
        (STATUS | {"value": "1"}, "value", "nothing"),
        (STATUS | {"state": "not_applicable"}, "category", "nothing"),
        (DATE | {"category": "1/11/2024"}, "category", "YYYY-MM-DD"),
        (RATE | NO_PARTS | {"state": "suppressed"}, "value", "nothing"),
        (RATE | NO_PARTS | {"state": "split", "value": ""}, "note", "a reason"),
        # Of what.
        (RATE | {"numerator": ""}, "denominator", "with a numerator"),
        (RATE | {"denominator": "0"}, "denominator", "more than 0"),
        (RATE | {"indicator": "index766-total"}, "numerator", "nothing"),
        (COUNT | {"numerator": "460", "denominator": "705"}, "numerator", "the value itself"),
        (RATE | {"state": "suppressed", "value": ""}, "numerator", "nothing"),
    ],
)
def test_a_wrong_cell_is_named_with_what_is_allowed(problems, row, column, allowed):
    found = problems(RATE | {"area": "04"}, row)
    assert found, "nothing was found"
    assert {problem.row for problem in found} == {3}
    at = {problem.column: problem for problem in found}
    assert column in at
    problem = at[column]
    assert problem.file == "made_up.csv"
    assert problem.value == row[column]
    assert allowed in problem.allowed
    for part in ("made_up.csv", "row 3", f"column {column}", repr(problem.value), problem.allowed):
        assert part in str(problem)


def test_the_same_observation_twice_is_found_across_files(tmp_path, catalog):
    frames = []
    for name in ("one.csv", "two.csv"):
        write_observations(pd.DataFrame([RATE | {"note": name}]), tmp_path / name)
        frames.append(read_observations(tmp_path / name))
    (problem,) = validate(pd.concat(frames), catalog)
    assert (problem.file, problem.row) == ("two.csv", 2)


def test_two_sources_may_disagree_about_one_place(problems):
    assert problems(RATE, RATE | {"origin": "doc-000", "value": "70"}) == []


def test_a_frame_that_was_never_a_file_can_be_checked(catalog, tmp_path):
    write_observations(pd.DataFrame([RATE, RATE | {"role": "hope"}]), tmp_path / "a.csv")
    plain = read_observations(tmp_path / "a.csv").reset_index(drop=True)
    (problem,) = validate(plain, catalog)
    assert (problem.file, problem.row, problem.column) == ("", 3, "role")
    (problem,) = validate(plain.drop(columns="note"), catalog)
    assert problem.column == "note"


def test_everything_that_is_shipped_is_sound(catalog):
    paths = sorted((DATA_DIR / "observations").glob("*.csv"))
    everything = pd.concat([read_observations(path) for path in paths])
    assert validate(everything, catalog) == []
    assert set(everything["indicator"]) == set(catalog.indicators), "an indicator without figures"
    assert set(everything["edition"]) >= {"", EDITION_2024, EDITION_2025}
