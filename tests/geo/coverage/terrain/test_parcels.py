"""Rasters that come one by one or packed, honest and hostile."""

import io
import zipfile

import numpy as np
import pytest

from base.reading import Room, Unreadable
from geo.coverage.ground import CoverageError, Relief
from geo.coverage.terrain import lay_out, open_relief
from tests.geo.coverage.terrain.rasters import NORTH, WEST, write

MOST = 50 << 20


def tile(tmp_path, name, at=(WEST, NORTH), **how):
    path = write(tmp_path / name, np.full((40, 40), 7, dtype=np.int16), at=at, **how)
    return path.read_bytes()


def packed(**entries):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in entries.items():
            out.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def laid(tmp_path, *given, most=MOST):
    files = []
    for at, (name, data) in enumerate(given):
        path = tmp_path / f"upload-{at}"
        path.write_bytes(data)
        files.append((path, name))
    into = tmp_path / "laid"
    into.mkdir()
    return lay_out(files, into, most)


def test_one_raster_is_a_file_and_several_are_a_folder(tmp_path):
    one, name = laid(tmp_path, ("a.TIF", tile(tmp_path, "a.tif")))
    assert one.is_file()
    assert name == "a.TIF"
    assert open_relief(Relief(one, name=name), Room()).cell_m == pytest.approx(30)


def test_a_zip_of_tiles_in_folders_is_one_ground(tmp_path):
    east = tile(tmp_path, "b.tif", at=(WEST + 1200, NORTH))
    data = packed(**{"N__a.tif": tile(tmp_path, "a.tif"), "S__a.tif": east, "read me.txt": "x"})
    found, name = laid(tmp_path, ("dem.zip", data))
    assert name == "dem.zip"
    opened = open_relief(Relief(found, name=name), Room())
    assert sum(len(sheet["tiles"]) for sheet in opened.sheets) == 2
    assert len(opened.sheets) == 1


def test_what_places_a_raster_comes_along(tmp_path):
    write(tmp_path / "bare.tif", np.full((40, 40), 7, dtype=np.int16), crs=None,
          transform=None, at=(WEST, NORTH))  # fmt: skip
    import rasterio  # noqa: PLC0415

    with rasterio.open(tmp_path / "bare.tif") as raster:
        cells = raster.read(1)
    how = {"driver": "GTiff", "count": 1, "dtype": "int16", "width": 40, "height": 40}
    with rasterio.open(tmp_path / "plain.tif", "w", **how) as raster:
        raster.write(cells, 1)
    world = f"30\n0\n0\n-30\n{WEST + 15}\n{NORTH - 15}\n"
    data = packed(**{"d__x.tif": (tmp_path / "plain.tif").read_bytes(), "d__x.tfw": world})
    found, name = laid(tmp_path, ("v.zip", data))
    opened = open_relief(Relief(found, name=name, crs="EPSG:32648"), Room())
    assert opened.cell_m == pytest.approx(30)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("x.tif", b"hello", CoverageError),
        ("x.tif", b"", CoverageError),
        ("x.tif", b"<VRTDataset><SourceFilename>/etc/passwd</SourceFilename></VRTDataset>", None),
        ("x.zip", packed(**{"a.txt": "x"}), CoverageError),
        ("x.zip", packed(**{"..__a.tif": "x"}), Unreadable),
        ("x.zip", packed(**{"a.tif": b"II*\0" + b"\0" * (60 << 20)}), Unreadable),
        ("x.zip", b"PK\x03\x04 broken", Unreadable),
    ],
)
def test_what_is_no_raster_is_refused_in_a_sentence(tmp_path, name, data, kind):
    with pytest.raises(kind or CoverageError) as refused:
        laid(tmp_path, (name, data))
    for lang in ("vi", "en"):
        said = refused.value.say(lang)
        assert "x." in said
        assert "/tmp" not in said


def test_all_together_may_not_be_too_large(tmp_path):
    data = tile(tmp_path, "a.tif")
    with pytest.raises(Unreadable):
        laid(tmp_path, ("a.tif", data), ("b.tif", data), most=len(data) + 10)


def test_a_name_leads_nowhere(tmp_path):
    data = tile(tmp_path, "a.tif")
    found, _ = laid(tmp_path, ("../../../evil.tif", data))
    assert (tmp_path / "laid") in found.parents
