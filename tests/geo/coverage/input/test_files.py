"""Files that are not what they should be are refused in words; the mark is found in any."""

import gzip
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.reading import Unreadable
from base.words import Refusal
from geo.coverage import Files, find_gaps
from geo.coverage.ground import CoverageError
from geo.coverage.input import Limits, Problems, read_file
from geo.coverage.output import left_out, marked
from tests.base.reading.here import opened_here
from tests.geo.coverage.gaps import SETTLEMENT_COLUMNS, settlements, write_csv

LON, LAT = 104.965, 22.858
GOOD = ["a", "A", LON, LAT, "", 10, "yes"]


def bomb(path, name="x.csv"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 10_000_000)
    return path


def tried(path):
    """Return the longitudes of the settlements of a file, and what was said about it."""
    try:
        found, problems = settlements(path)
    except Refusal as error:
        return [], [error.say(lang) for lang in ("vi", "en")]
    return found.lon.tolist(), left_out(problems, "vi")


HOSTILE = {
    "empty.csv": b"",
    "blank.csv": b"  \n\n",
    "binary.csv": bytes(range(256)) * 40,
    "page.html": b"<html><script>alert(1)</script></html>",
    "sources.vrt": b"<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd"
    b"</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
    "also.geojson": b"<OGRVRTDataSource/>",
    "json.geojson": b'{"a": 1}',
    "broken.geojson": b'{"type": "FeatureCollection", "features": [',
    "torn.parquet": b"PAR1" + b"\0" * 100,
    "torn.gpkg": b"SQLite format 3\0" + b"\0" * 100,
    "torn.zip": b"PK\3\4" + b"\0" * 100,
    "torn.gz": b"\x1f\x8b\x08" + b"\0" * 10,
    "old.xls": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "document.pdf": b"%PDF-1.7",
    "nothing.csv": b"a,b\n1,2\n",
    "header.csv": b"id,lon,lat\n",
    "twice.csv": b"lon,lon,lat\n1,2,3\n",
    "quote.csv": b'id,lon,lat\n"a,105,21\n',
    "wide.csv": b"," * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_files_that_are_not_what_they_should_be_are_refused_or_hold_nothing(tmp_path, name):
    (tmp_path / name).write_bytes(HOSTILE[name])
    found, said = tried(tmp_path / name)
    assert all(len(text) > 10 and "passwd" not in text for text in said)
    assert len(found) == 0


def test_what_unpacks_to_too_much_is_refused(tmp_path):
    limits = Limits(max_bytes=1_000_000, max_rows=50)
    with gzip.open(tmp_path / "b.csv.gz", "wb") as file:
        file.write(b"0" * 5_000_000)
    write_csv(tmp_path / "long.csv", ("id", "lon", "lat"), [[i, LON, LAT] for i in range(60)])
    for path in (bomb(tmp_path / "b.xlsx"), tmp_path / "b.csv.gz", tmp_path / "long.csv"):
        with pytest.raises(Unreadable, match=r"unpacks|rows"):
            read_file(path, Problems(), limits=limits)


ANYTHING = {
    "data": st.binary(max_size=400),
    "kind": st.sampled_from(["", "id,lon,lat\n", '{"Feature": ']),
}


@settings(max_examples=3, deadline=None)
@given(**ANYTHING)
def test_any_bytes_at_all_in_a_process_of_their_own(tmp_path_factory, data, kind):
    read_or_refused(tmp_path_factory, data, kind)


@settings(max_examples=150, deadline=None)
@given(**ANYTHING)
def test_any_bytes_at_all(tmp_path_factory, data, kind):
    with opened_here():
        read_or_refused(tmp_path_factory, data, kind)


def read_or_refused(tmp_path_factory, data, kind):
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(kind.encode() + data)
    found, said = tried(path)
    assert all(said)
    assert all(lon > 100 for lon in found)


@pytest.mark.parametrize(
    "row",
    [
        ["sim-1", "A", LON, LAT, "", "", ""],
        [" SIM-1", "A", LON, LAT, "", "", ""],
        ["a", "DỮ LIỆU MÔ PHỎNG", LON, LAT, "", "", ""],
        ["a", "(Simulated data)", LON, LAT, "", "", ""],
        ["a", "A", LON, LAT, "", "", "dữ liệu mô phỏng"],
    ],
)
def test_the_mark_of_made_up_data_is_recognised_in_one_row_of_many(tmp_path, row):
    path = write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, [GOOD, row])
    assert marked(read_file(path, Problems()))
    assert not marked(read_file(write_csv(path, SETTLEMENT_COLUMNS, [GOOD]), Problems()))


@pytest.mark.parametrize(
    ("cell", "is_marked"), [("yes", True), ("?", False), ("false", False), ("0", False)]
)
def test_the_column_simulated_is_a_mark_unless_it_says_no(tmp_path, cell, is_marked):
    path = write_csv(tmp_path / "s.csv", ("id", "lon", "lat", "Simulated"), [["a", LON, LAT, cell]])
    assert marked(read_file(path, Problems())) is is_marked
    assert marked(read_file(path, Problems(), name="sim-x.csv"))


def test_more_settlements_than_are_kept_in_memory_are_refused(tmp_path):
    rows = [[f"s{at}", "A", LON, LAT, "", 10, ""] for at in range(4)]
    settled = write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows)
    masts = write_csv(tmp_path / "t.csv", ("lon", "lat", "range"), [[LON, LAT, 1000]] * 4)
    assert len(find_gaps(Files(settled, masts)).settlements) == 4
    with pytest.raises(CoverageError, match="over 3 rows"):
        find_gaps(Files(settled, masts), limits=Limits(max_settlements=3))


def test_rows_are_counted_while_a_file_is_read(tmp_path):
    limits = Limits(1 << 20, max_rows=1_000)
    for name, text in {
        "short.csv.gz": "lon,lat\n" + "1,2\n" * 5_000,
        "blank.csv.gz": "lon,lat\n" + "\n" * 5_000,
        "quoted.csv.gz": 'lon,lat\n"' + "1\n" * 5_000,
        "plain.csv": "lon,lat\n" + "1,2\n" * 1_100,
    }.items():
        path = tmp_path / name
        write = gzip.open if name.endswith("gz") else open
        with write(path, "wt", encoding="utf-8") as file:
            file.write(text)
        with pytest.raises(Unreadable, match="1,000"):
            read_file(path, Problems(), limits=limits)
    with gzip.open(tmp_path / "zero.csv.gz", "wb") as file:
        file.write(b"lon,lat\n" + b"\0" * (2 << 20))
    with pytest.raises(Unreadable, match="1 MB"):
        read_file(tmp_path / "zero.csv.gz", Problems(), limits=limits)
    broken = (tmp_path / "short.csv.gz").read_bytes()[:-20]
    (tmp_path / "cut.csv.gz").write_bytes(broken)
    with pytest.raises(Unreadable):
        read_file(tmp_path / "cut.csv.gz", Problems())


def test_breaks_inside_cells_are_no_rows(tmp_path):
    text = "name,lon,lat\n" + '"a\nb\nc",105,21\n' * 900
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    raw = read_file(tmp_path / "t.csv", Problems(), limits=Limits(1 << 20, max_rows=1_000))
    assert len(raw.frame) == 900
