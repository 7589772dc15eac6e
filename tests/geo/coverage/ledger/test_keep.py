"""Lists of gaps over time: what closed, stayed, is new, came back."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.__main__ import main
from geo.coverage.ground import SIMULATED_MARK, SIMULATED_VI, CoverageError, Settlements
from geo.coverage.input import Problems
from geo.coverage.ledger import (
    Snapshot,
    balance,
    commitment,
    keep_ledger,
    read_snapshot,
    tell_doubts,
    time_to_close,
)
from tests.geo.coverage.gaps import SETTLEMENT_COLUMNS, write_csv

LON, LAT = 104.965, 22.858
TUYEN_QUANG, LAI_CHAU = "00691", "03388"  # a commune of 08 and one of 12
DAYS = [date(2023, 12, 31), date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30)]


LAI_CHAU_TOO = [("z", "Z", LAI_CHAU, 0)]


def rows(*gaps):
    """Make a list: (id, name, commune, metres to the east)."""
    n = len(gaps)
    lon = np.array([LON + east / 102_640 for *_, east in gaps], dtype=float)
    return Settlements(
        np.array([id_ or f"row-{i + 2}" for i, (id_, *_) in enumerate(gaps)], dtype=object),
        np.array([gap[1] for gap in gaps], dtype=object),
        lon,
        np.where(np.isnan(lon), np.nan, LAT),
        np.array([gap[2] for gap in gaps], dtype=object),
        np.zeros(n, bool),
        np.full(n, 10.0),
        np.full(n, np.nan),
        np.full(n, -1, np.int8),
        np.arange(n) + 2,
    )


def listed(at, *gaps, whole=True, provinces=(), definition="no_signal", simulated=False):
    return Snapshot(
        at, definition, rows(*gaps), whole, frozenset(provinces), f"{at}.csv", simulated
    )


def by_id(*ids):
    return [(id_, id_, TUYEN_QUANG, 0) for id_ in ids]


def history(ledger, track):
    return ledger.events[ledger.events["track"] == track]["event"].tolist()


def test_closed_persisting_new_and_reopened():
    kept = keep_ledger(
        [
            listed(DAYS[0], *by_id("a", "b", "c")),
            listed(DAYS[1], *by_id("a", "c")),
            listed(DAYS[2], *by_id("a", "d")),
            listed(DAYS[3], *by_id("a", "b")),
        ]
    )
    assert kept.tracks["id"].tolist() == ["a", "b", "c", "d"]
    assert history(kept, 1) == ["baseline", "persisting", "persisting", "persisting"]
    assert history(kept, 2) == ["baseline", "closed", "reopened"]
    assert history(kept, 3) == ["baseline", "persisting", "closed"]
    assert history(kept, 4) == ["new", "closed"]
    assert kept.tracks["state"].tolist() == ["open", "open", "closed", "closed"]
    assert kept.tracks["times_opened"].tolist() == [1, 2, 1, 1]
    checks = commitment(kept)
    assert checks["all_covered"].tolist() == ["not_due", "broken", "broken", "broken"]
    assert checks["no_new"].tolist() == ["no_earlier_list", "kept", "broken", "broken"]
    assert checks["open"].tolist() == [3, 2, 2, 2]
    sums = balance(kept).query("code == 'VN'").set_index("quarter")
    assert sums["closing"].tolist() == [3, 2, 2, 2]
    assert sums.loc["2024-Q2", ["opening", "new", "closed"]].tolist() == [2, 1, 1]


def test_time_to_close_has_bounds():
    kept = keep_ledger(
        [
            listed(DAYS[0], *by_id("a")),
            listed(DAYS[1], *by_id("a", "b")),
            listed(DAYS[2], *by_id("b")),
            listed(DAYS[3]),
        ]
    )
    spells = kept.spells.set_index("track")
    assert spells.loc[1, "at_least_days"] == 91
    assert np.isnan(spells.loc[1, "at_most_days"])  # it was there before the first list
    assert spells.loc[2, ["at_least_days", "at_most_days"]].tolist() == [91, 274]
    assert time_to_close(kept) == {
        "n": 2,
        "median_at_least": 91,
        "median_at_most": 274,
        "n_bounded": 1,
    }
    assert commitment(kept)["all_covered"].tolist()[-1] == "kept"


def test_not_being_on_a_list_of_other_provinces_does_not_close_a_gap():
    far = ("z", "Z", LAI_CHAU, 0)
    kept = keep_ledger(
        [
            listed(DAYS[0], *by_id("a"), far, whole=False, provinces=("08", "12")),
            listed(DAYS[1], far, whole=False, provinces=("12",)),
            listed(DAYS[2], far, whole=False, provinces=("08", "12")),
        ]
    )
    assert history(kept, 1) == ["baseline", "unreported", "closed"]
    checks = commitment(kept)
    assert checks["unreported"].tolist() == [0, 1, 0]
    silent = keep_ledger(
        [
            listed(DAYS[0], *by_id("a"), whole=False, provinces=("08",)),
            listed(DAYS[2], whole=False, provinces=("12",)),
        ]
    )
    assert commitment(silent)["all_covered"].tolist() == ["not_due", "unknown"]


def test_a_province_listed_for_the_first_time_has_no_new_gaps():
    kept = keep_ledger(
        [
            listed(DAYS[0], *by_id("a"), whole=False, provinces=("08",)),
            listed(DAYS[1], *by_id("a"), *LAI_CHAU_TOO, whole=False, provinces=("08", "12")),
        ]
    )
    assert history(kept, 2) == ["baseline"]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("", "Nà Pồng", TUYEN_QUANG, 0), ("", "NÀ PỒNG", TUYEN_QUANG, 1_900), True),
        (("", "Nà Pồng", TUYEN_QUANG, 0), ("", "Nà Pồng", TUYEN_QUANG, 2_100), False),
        (("", "Nà Pồng", TUYEN_QUANG, 0), ("", "Nà Pồng", LAI_CHAU, 0), False),
        (("", "Bản Nà Pồng", TUYEN_QUANG, 0), ("", "Thôn Nà Pồng", TUYEN_QUANG, 250), True),
        (("", "Bản Nà Pồng", TUYEN_QUANG, 0), ("", "NÀ PỒNG", TUYEN_QUANG, 0), True),
        (("", "Bản Nà Pồng", TUYEN_QUANG, 0), ("", "Xom Na Pong", TUYEN_QUANG, 60), True),
        (("", "Thôn Hoà Bình", TUYEN_QUANG, 0), ("", "Ấp Hòa Bình", TUYEN_QUANG, 60), True),
        (("", "Khu 3", TUYEN_QUANG, 0), ("", "KP. 03", TUYEN_QUANG, 60), True),
        (("", "Tổ dân phố số 4", TUYEN_QUANG, 0), ("", "TDP 4", TUYEN_QUANG, 60), True),
        (("", "Thôn II", TUYEN_QUANG, 0), ("", "Thôn 2", TUYEN_QUANG, 60), True),
        (("", "Thôn 4", TUYEN_QUANG, 0), ("", "Tổ dân phố 4", TUYEN_QUANG, 20), True),
        (("", "Thôn 4", TUYEN_QUANG, 0), ("", "Tổ dân phố 4", TUYEN_QUANG, 300), False),
        (("", "Bản Nà Lùng 1", TUYEN_QUANG, 0), ("", "Bản Nà Lùng 2", TUYEN_QUANG, 0), False),
        (("", "Thôn 1", TUYEN_QUANG, 0), ("", "Thôn 11", TUYEN_QUANG, 0), False),
        (("", "Nà Lùng Trên", TUYEN_QUANG, 0), ("", "Nà Lùng Dưới", TUYEN_QUANG, 0), False),
        (("", "Nà Pồng", TUYEN_QUANG, 0), ("", "Nà Pông", TUYEN_QUANG, 0), False),
        (("", "Nà Pồng", TUYEN_QUANG, np.nan), ("", "Nà Pồng", TUYEN_QUANG, 0), True),
        (("7", "Nà Pồng", TUYEN_QUANG, 0), ("", "Nà Pồng", TUYEN_QUANG, 0), True),
        (("7", "Nà Pồng", TUYEN_QUANG, 0), ("8", "Nà Pồng", TUYEN_QUANG, 0), False),
        (("7", "Nà Pồng", TUYEN_QUANG, 0), ("7", "Bản Mới", TUYEN_QUANG, 9_000), True),
        (("", "", TUYEN_QUANG, 0), ("", "", TUYEN_QUANG, 0), False),
    ],
)
def test_what_is_taken_for_the_same_gap(first, second, same):
    kept = keep_ledger([listed(DAYS[0], first), listed(DAYS[1], second)])
    assert (len(kept.tracks) == 1) is same


def test_of_two_gaps_of_one_name_each_goes_to_the_nearest_and_without_points_to_none():
    two = [("", "Nà Pồng", TUYEN_QUANG, 0), ("", "Nà Pồng", TUYEN_QUANG, 1_500)]
    moved = [("", "Nà Pồng", TUYEN_QUANG, 1_400), ("", "Nà Pồng", TUYEN_QUANG, 100)]
    kept = keep_ledger([listed(DAYS[0], *two), listed(DAYS[1], *moved)])
    assert kept.tracks["times_opened"].tolist() == [1, 1]
    assert ((kept.tracks["lon"] - LON) * 102_640).round().tolist() == [100, 1_400]
    nowhere = [("", "Nà Pồng", TUYEN_QUANG, np.nan)]
    kept = keep_ledger([listed(DAYS[0], *two), listed(DAYS[1], *nowhere)])
    assert len(kept.tracks) == 3
    assert kept.ambiguous["name"].tolist() == ["Nà Pồng"]


def test_of_two_names_that_lose_their_marks_the_nearest_counts_or_none():
    two = [("", "Nà Pồng", TUYEN_QUANG, 0), ("", "Nà Pông", TUYEN_QUANG, 1_500)]
    plain = ("", "Na Pong", TUYEN_QUANG, 1_490)
    kept = keep_ledger([listed(DAYS[0], *two), listed(DAYS[1], plain)])
    assert history(kept, 2) == ["baseline", "persisting"]
    between = ("", "Na Pong", TUYEN_QUANG, 700)
    kept = keep_ledger([listed(DAYS[0], *two), listed(DAYS[1], between)])
    assert kept.ambiguous["known_as"].tolist() == ["Nà Pồng"]
    assert kept.events["event"].tolist().count("new") == 1


@pytest.mark.parametrize(
    ("known", "told", "listed_too"),
    [
        (("Bản Nà Mòn", 0), ("Thôn Đoàn Kết", 0), True),  # renamed, or another
        (("Bản Nà Mòn", 0), ("Thôn Đoàn Kết", 300), False),
        (("Nà Pồng", 0), ("Nà Pông", 900), True),  # other diacritics
        (("Nà Pồng", 0), ("Bản Nà Pồng", 5_000), True),  # far apart
        (("Nà Lùng 1", 0), ("Nà Lùng 2", 0), False),  # numbers tell
        (("Thôn 4", 0), ("Tổ 4", 900), True),
    ],
)
def test_what_may_or_may_not_be_the_same_place_is_listed(known, told, listed_too):
    first, second = (("", name, TUYEN_QUANG, at) for name, at in (known, told))
    kept = keep_ledger([listed(DAYS[0], first), listed(DAYS[1], second)])
    assert kept.events["event"].tolist() == ["baseline", "closed", "new"]
    assert (kept.ambiguous["known_as"].tolist() == [known[0]]) is listed_too
    problems = Problems()
    tell_doubts(kept, problems)
    assert (problems.frame()["reason"].tolist() == ["same_or_not"]) is listed_too


def test_a_border_that_is_near_and_approximate_does_not_part_a_place_from_itself():
    lists = [
        listed(DAYS[0], ("", "Bản Bó", TUYEN_QUANG, 0)),
        listed(DAYS[1], ("", "Thôn Bó", LAI_CHAU, 250)),
    ]
    lists[1].gaps.near_border[:] = True
    assert history(keep_ledger(lists), 1) == ["baseline", "persisting"]


def test_many_gaps_of_one_name_are_told_apart_by_their_points():
    many = [("", f"Thôn {at % 3}", TUYEN_QUANG, at * 50.0) for at in range(600)]
    kept = keep_ledger([listed(DAYS[0], *many), listed(DAYS[1], *reversed(many))])
    assert kept.events["event"].tolist().count("persisting") == 600
    crowd = [("", "Thôn 1", TUYEN_QUANG, at * 0.1) for at in range(1_100)]
    with pytest.raises(CoverageError, match="Thôn 1"):
        keep_ledger([listed(DAYS[0], *crowd), listed(DAYS[1], *crowd)])


def test_where_a_list_is_silent_no_new_gaps_is_not_kept():
    two = [*by_id("a"), *LAI_CHAU_TOO]
    kept = keep_ledger(
        [
            listed(DAYS[0], *two, whole=False, provinces=("08", "12")),
            listed(DAYS[1], *by_id("a"), whole=False, provinces=("08",)),
            listed(DAYS[2], whole=False, provinces=("08", "12")),
            listed(DAYS[3], whole=False, provinces=("08",)),
        ]
    )
    checks = commitment(kept)
    assert checks["no_new"].tolist() == ["no_earlier_list", "unknown", "kept", "unknown"]
    assert checks["all_covered"].tolist() == ["not_due", "broken", "kept", "unknown"]
    here = commitment(kept, province="08")
    assert here["no_new"].tolist() == ["no_earlier_list", "kept", "kept", "kept"]
    there = commitment(kept, province="12")
    assert there["no_new"].tolist() == ["no_earlier_list", "unknown", "kept", "unknown"]


def test_a_table_of_ours_speaks_of_the_provinces_where_all_is_covered(tmp_path):
    header = ("id", "name", "lon", "lat", "area_code", "status", "reason", "lacks_4g")
    ours = [
        ["a", "A", LON, LAT, TUYEN_QUANG, "uncovered", "out_of_range", 1],
        ["b", "B", LON, LAT, LAI_CHAU, "covered", "site", 0],
    ]
    found = read_snapshot(write_csv(tmp_path / "ours.csv", header, ours), DAYS[0])
    assert found.provinces == {"08", "12"}
    assert found.gaps.id.tolist() == ["a"]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.frozensets(st.sampled_from("abcdef")), min_size=1, max_size=6))
def test_recomputed_plainly_from_the_presence_of_each_gap(lists):
    days = [DAYS[0] + timedelta(days=40 * i) for i in range(len(lists))]
    kept = keep_ledger(
        [listed(day, *by_id(*sorted(ids))) for day, ids in zip(days, lists, strict=True)]
    )
    expected = Counter()
    for gap in set().union(*lists):
        seen = False
        for i, ids in enumerate(lists):
            before = i > 0 and gap in lists[i - 1]
            if gap in ids:
                word = (
                    "persisting" if before else "reopened" if seen else "new" if i else "baseline"
                )
                expected[word] += 1
                seen = True
            elif before:
                expected["closed"] += 1
    assert Counter(kept.events["event"]) == expected
    assert len(kept.spells) == expected["closed"]
    sums = balance(kept)
    country = sums[sums["code"] == "VN"]
    assert country["closing"].tolist()[-1] == len(lists[-1])
    assert commitment(kept)["open"].tolist() == [len(ids) for ids in lists]
    total = country["opening"] + country["baseline"] + country["new"] + country["reopened"]
    assert (total - country["closed"] == country["closing"]).all()
    by_place = sums[sums["code"] != "VN"].groupby("quarter")["closing"].sum()
    for quarter, closing in by_place.items():
        assert closing == country.set_index("quarter").loc[quarter, "closing"]


def test_unlike_lists_are_refused():
    first = listed(DAYS[0], *by_id("a"))
    for other in (
        listed(DAYS[1], definition="weak_signal"),
        listed(DAYS[0]),
        listed(DAYS[1], simulated=True),
    ):
        with pytest.raises(CoverageError):
            keep_ledger([first, other])
    with pytest.raises(CoverageError):
        keep_ledger([])


def test_lists_are_read_from_files_and_from_our_own_tables(tmp_path):
    path = write_csv(
        tmp_path / "l.csv", SETTLEMENT_COLUMNS, [["a", "A", LON, LAT, TUYEN_QUANG, 10, ""]]
    )
    found = read_snapshot(path, DAYS[0])
    assert (found.provinces, found.whole_country) == (frozenset({"08"}), False)
    header = ("id", "name", "lon", "lat", "area_code", "status", "reason", "lacks_4g")
    ours = [
        ["a", "A", LON, LAT, TUYEN_QUANG, "covered", "site", 0],
        ["b", "B", LON, LAT, TUYEN_QUANG, "uncovered", "no_power", 1],
        ["c", "C", LON, LAT, TUYEN_QUANG, "weak", "weak_signal", 1],
    ]
    path = write_csv(tmp_path / "ours.csv", header, ours)
    for definition, ids in (
        ("no_signal", ["b"]),
        ("weak_signal", ["c"]),
        ("no_power", ["b"]),
        ("no_4g", ["b", "c"]),
    ):
        assert read_snapshot(path, DAYS[0], definition=definition).gaps.id.tolist() == ids


def test_from_the_command_line_with_the_mark_on_every_file(tmp_path, capsys):
    one = [[f"sim-{name}", name, LON, LAT, TUYEN_QUANG, 10, ""] for name in "ab"]
    first = write_csv(tmp_path / "1.csv", SETTLEMENT_COLUMNS, one)
    second = write_csv(tmp_path / "2.csv", SETTLEMENT_COLUMNS, one[:1])
    out = tmp_path / "out"
    lists = [f"2024-03-31={first}", f"2024-06-30={second}"]
    assert main(["ledger", *lists, "--whole-country", "--out", str(out)]) == 0
    said = capsys.readouterr().err
    assert SIMULATED_VI in said
    assert "2024-06-30: 1 điểm còn lõm sóng, 0 điểm mới" in said
    for path in out.iterdir():
        assert path.name.startswith("sim-")
        assert (pd.read_csv(path)["simulated"] == SIMULATED_MARK).all()
    assert len(list(out.iterdir())) == 6
    none = f"2024-01-01={tmp_path / 'none.csv'}"
    for wrong in (["x.csv"], ["2024-13-01=x.csv"], [none], [*lists, "--same-place", "nan"]):
        assert main(["ledger", *wrong, "--out", str(out)]) == 2
