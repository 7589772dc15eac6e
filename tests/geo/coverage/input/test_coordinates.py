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


ISLANDS = {
    "22736": [(111.919, 8.645), (114.33, 9.886), (114.48, 10.375), (110.62, 8.15), (112.9, 8.85)],
    "20333": [(111.61, 16.53), (112.34, 16.83), (111.2, 15.78)],
    "31108": [(104.84, 9.966), (104.355, 9.687), (104.40, 9.636), (104.63, 9.81)],
    "30781": [(104.33, 10.317), (104.315, 10.29)],
    "30811": [(104.53, 10.178), (104.52, 10.13)],
    "31105": [(103.48, 9.30), (103.64, 9.385)],
    "31078": [(104.018, 9.955), (104.01, 9.91), (104.09, 9.847)],
    "23272": [(108.945, 10.52), (109.13, 9.98)],
    "26732": [(106.61, 8.69), (106.74, 8.69), (106.144, 8.61)],
    "07192": [(107.77, 20.97), (107.96, 21.24)],
    "11948": [(107.725, 20.132)],
    "19742": [(107.34, 17.16)],
    "21548": [(109.12, 15.38), (109.08, 15.43)],
    "32248": [(104.835, 8.435)],
}


def test_islands_are_neither_at_sea_nor_abroad_with_or_without_a_code(tmp_path):
    points = [(code, *point) for code, some in ISLANDS.items() for point in some]
    header = ("id", "lon", "lat", "commune_code")
    without = [(at, lon, lat, "") for at, (_, lon, lat) in enumerate(points)]
    coded = [(f"c{at}", lon, lat, code) for at, (code, lon, lat) in enumerate(points)]
    read, problems = settlements(write_csv(tmp_path / "s.csv", header, [*without, *coded]))
    assert reasons(problems) == []
    assert read.area.tolist() == [code for code, _, _ in points] * 2
    # That the map does not hold them is said, of those without a code; none is far from its own.
    assert {reason for _, reason in reasons(problems, kept=True)} == {"island"}
    masts = [(lon, lat, 3_000) for _, lon, lat in points]
    found, problems = sites(write_csv(tmp_path / "m.csv", ("lon", "lat", "range"), masts))
    assert len(found) == len(points)
    assert reasons(problems) == []


def test_the_open_sea_is_still_no_ones(tmp_path):
    rows = [(107.5, 19.0), (110.0, 14.0), (103.0, 9.0), (109.9, 10.5)]
    _, problems = settlements(write_csv(tmp_path / "s.csv", ("lon", "lat"), rows))
    assert [reason for _, reason in reasons(problems)] == ["at_sea_or_abroad"] * len(rows)


def test_an_island_on_the_map_of_districts(tmp_path):
    rows = [(111.6, 16.53), (114.33, 11.43), (104.354, 9.686), (104.33, 10.317)]
    path = write_csv(tmp_path / "s.csv", ("lon", "lat"), rows)
    read, _ = settlements(path, edition="2024")
    assert read.area.tolist() == ["498", "576", "912", "900"]
