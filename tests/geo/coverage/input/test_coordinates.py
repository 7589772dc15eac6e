"""Coordinates as people write them: decimal commas, degrees and minutes, metres of VN-2000."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.coverage.ground import CoverageError
from geo.coverage.input.degrees import read_angle, split_pair
from tests.geo.coverage.gaps import reasons, settlements, sites, write_csv

LON, LAT = 104.965, 22.858
TM3 = "EPSG:9208"  # VN-2000, central meridian 104°45'


def parts(value):
    """Return the degrees, minutes and seconds of an angle, the seconds to a thousandth."""
    thousandths = round(value * 3_600_000)
    whole, rest = divmod(thousandths, 3_600_000)
    minutes, seconds = divmod(rest, 60_000)
    return whole, minutes, seconds / 1000


@given(
    value=st.floats(6, 118),
    form=st.sampled_from(
        [
            "{d}°{m}'{s}\"{side}",
            "{d}º {m}′ {s}″ {side}",
            "{side} {d} {m} {s}",
            "{d}o{m}'{s}'' {side}",
            "{side}{d}:{m}:{s}",
            "{d} độ {m} phút {s} giây {side}",
        ]
    ),
    side=st.sampled_from(["", "N", "E", "B", "Đ", "Bắc", "đông"]),
    comma=st.booleans(),
)
def test_degrees_minutes_and_seconds_in_every_form(value, form, side, comma):
    d, m, s = parts(value)
    seconds = f"{s:.3f}".replace(".", ",") if comma else f"{s:.3f}"
    assert read_angle(form.format(d=d, m=m, s=seconds, side=side)) == pytest.approx(value, abs=1e-6)


@given(value=st.floats(-118, 118))
def test_decimal_degrees_with_a_point_or_a_comma(value):
    text = f"{value:.6f}"
    assert read_angle(text) == read_angle(text.replace(".", ",") + "°") == float(text)


@given(text=st.text(max_size=40))
def test_any_text_is_an_angle_or_none_and_two_or_none(text):
    assert np.isnan(read_angle(text)) or abs(read_angle(text)) <= 1000
    assert all(split_pair(text)) or split_pair(text) == ("", "")


@pytest.mark.parametrize("text", ["21°61'", "21.5°30'", "105 854 200", "N21N", "1e5", "21°-3'", ""])
def test_what_is_no_angle(text):
    assert np.isnan(read_angle(text))


@pytest.mark.parametrize(
    "cell",
    [
        "22.858, 104.965",
        "104.965, 22.858",
        "22,858; 104,965",
        "22°51'28.8\"N, 104°57'54\"E",
        "22°51'28.8\"N 104°57'54\"E",
        "POINT(104.965 22.858)",
    ],
)
def test_two_coordinates_in_one_cell(tmp_path, cell):
    path = write_csv(tmp_path / "s.csv", ("id", "Tọa độ"), [["a", cell], ["b", "x"], ["c", ""]])
    found, problems = settlements(path)
    assert (found.lon[0], found.lat[0]) == (pytest.approx(LON), pytest.approx(LAT))
    assert reasons(problems) == [(3, "coordinates"), (4, "no_coordinates")]


def metres(crs):
    return Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(LON, LAT)


@pytest.mark.parametrize("crs", [TM3, "EPSG:3405", "EPSG:32648"])
def test_metres_of_a_system_that_is_named(tmp_path, crs):
    east, north = metres(crs)
    straight = write_csv(tmp_path / "s.csv", ("id", "X", "Y"), [["a", east, north]])
    found, problems = settlements(straight, crs=crs)
    assert (found.lon[0], found.lat[0]) == (pytest.approx(LON), pytest.approx(LAT))
    assert problems.empty
    text = f"{north:.2f}".replace(".", ",")
    surveyed = write_csv(tmp_path / "n.csv", ("id", "X (m)", "Y (m)"), [["a", text, east]] * 1)
    found, problems = settlements(surveyed, crs=crs)
    assert (found.lon[0], found.lat[0]) == (
        pytest.approx(LON, abs=1e-6),
        pytest.approx(LAT, abs=1e-6),
    )
    assert [reason for _, reason in reasons(problems, kept=True)] == ["axes"]


def test_metres_of_no_system_and_rows_the_other_way_round_are_listed(tmp_path):
    east, north = metres(TM3)
    rows = [["a", east, north], ["b", north, east], ["c", east, north], ["d", 12, north]]
    path = write_csv(tmp_path / "s.csv", ("id", "x", "y"), rows)
    found, problems = settlements(path)
    assert not len(found)
    assert {reason for _, reason in reasons(problems)} == {"metres"}
    found, problems = settlements(path, crs=TM3)
    assert found.id.tolist() == ["a", "c"]
    assert reasons(problems) == [(3, "swapped"), (5, "abroad")]
    found, problems = settlements(path, crs=TM3, mend_swapped=True)
    assert found.id.tolist() == ["a", "b", "c"]
    np.testing.assert_allclose(found.lon, LON, atol=1e-6)
    with pytest.raises(CoverageError, match="no coordinate reference system"):
        settlements(path, crs="EPSG:1")


def test_degrees_of_vn_2000_move_by_the_shift_of_the_datum(tmp_path):
    path = write_csv(tmp_path / "s.csv", ("id", "lon", "lat"), [["a", LON, LAT]])
    found, _ = settlements(path, crs="EPSG:4756")
    apart = np.hypot(found.lon[0] - LON, found.lat[0] - LAT) * 111_000
    assert 50 < apart < 400


def test_masts_in_metres_and_in_degrees_and_minutes(tmp_path):
    east, north = metres(TM3)
    header = ("Kinh độ", "Vĩ độ", "technology", "range")
    frame = pd.DataFrame(
        [[east, north, "4G", 1000], ["104°57'54\"E", "22°51'28,8\"N", "4G", 1000]], columns=header
    )
    frame.to_excel(tmp_path / "t.xlsx", index=False)
    found, problems = sites(tmp_path / "t.xlsx", crs=TM3)
    np.testing.assert_allclose(found.lon, LON, atol=1e-6)
    np.testing.assert_allclose(found.lat, LAT, atol=1e-6)
    assert problems.empty
