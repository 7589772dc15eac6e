"""Find the columns of a table by their names, in Vietnamese or English, and read their cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from base.reading import number_column
from geo.coverage.ground import Bools, CoverageError, Floats, Texts

if TYPE_CHECKING:
    import pandas as pd

# What a column may be called, without diacritics, capitals and anything but letters and digits.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "ma", "mathon", "settlementid", "code"),
    "name": (
        "name",
        "ten",
        "tenthon",
        "thon",
        "ban",
        "thonban",
        "tenthonban",
        "village",
        "settlement",
    ),
    "lon": ("lon", "lng", "long", "longitude", "kinhdo", "x", "toadox", "easting", "east"),
    "lat": ("lat", "latitude", "vido", "y", "toadoy", "northing", "north"),
    "point": ("toado", "coordinates", "latlon", "latlng", "latlong", "lonlat", "toadogps"),
    "area": (
        *("communecode", "maxa", "commune", "areacode", "madonvi", "wardcode", "maphuongxa"),
        *("districtcode", "mahuyen", "maxaphuong", "madvhc"),
    ),
    "commune": (
        *("xa", "phuong", "xaphuong", "phuongxa", "xaphuongthitran", "xaphuongdackhu", "tenxa"),
        *("tenxaphuong", "tenphuong", "communename", "wardname", "ward", "dvhccapxa", "capxa"),
    ),
    "district": (
        *("huyen", "quan", "quanhuyen", "huyenquan", "tenhuyen", "tenquanhuyen", "districtname"),
        *("district", "huyenthixathanhpho", "huyenthixa"),
    ),
    "province": (
        *("tinh", "tinhthanh", "tinhthanhpho", "tentinh", "tinhtp", "tentinhthanh", "province"),
        *("provincename", "thanhpho"),
    ),
    "population": ("population", "pop", "danso", "people", "songuoi", "nhankhau", "sonhankhau"),
    "households": ("households", "hodan", "soho", "sohodan", "ho"),
    "power": (
        "power",
        "electricity",
        "codien",
        "dien",
        "dienluoi",
        "codienluoi",
        "hasgrid",
        "grid",
    ),
    "technology": ("technology", "tech", "congnghe", "radio", "loaisong", "mang"),
    "operator": ("operator", "nhamang", "network", "doanhnghiep", "telco"),
    "range": (
        *("range", "rangem", "radius", "radiusm", "bankinh", "bankinhm", "tamphu"),
        *("bankinhphusong", "bankinhphusongm"),
    ),
    "azimuth": ("azimuth", "bearing", "gocphuongvi", "huong", "phuongvi"),
    "beam": (
        *("beam", "beamwidth", "horizontalbeamwidth", "hpbw", "width", "gocmo", "gocmongang"),
        *("dorongbup", "dorongbupsong", "dorongbupsongngang", "gocbupsong"),
    ),
    "height": (
        *("height", "heightm", "antennaheight", "antennaheightm", "chieucao", "chieucaom"),
        *("docaoanten", "chieucaoanten", "dotreoanten", "chieucaotreoanten"),
    ),
    "frequency": ("frequency", "frequencymhz", "mhz", "tanso", "tansomhz", "freq"),
    "eirp": ("eirp", "eirpdbm", "congsuatbucxa", "congsuatbucxadbm", "powerdbm"),
    "date": ("date", "ngay", "ngaydo", "thoigian", "time", "ngaybaocao", "ngayphananh", "asof"),
    "source": ("source", "nguon", "donvido", "nguoido", "donvibaocao", "nguoiphananh", "reporter"),
    "accuracy": ("accuracy", "accuracym", "saiso", "saisom", "saisovitri", "saisovitrim"),
    "mbps": ("mbps", "download", "downloadmbps", "tocdo", "tocdombps", "tocdotaixuong"),
    "complaint": ("complaint", "phananh", "khieunai", "matsong", "khongcosong"),
    "mcc": ("mcc",),
    "mnc": ("net", "mnc"),
    "dbm": ("dbm", "signal", "rsrp", "rssi", "averagesignal", "cuongdo", "cuongdotinhieu"),
}
# Headings of ranges in kilometres.
KILOMETRES: Final = tuple(f"{name}km" for name in NAMES["range"] if not name.endswith("m"))
# What is looked for in each file.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "settlements": (
        *("id", "name", "lon", "lat", "point", "area", "commune", "district", "province"),
        *("population", "households", "power"),
    ),
    "sites": (
        *("id", "lon", "lat", "point", "technology", "operator", "range", "azimuth", "beam"),
        *("mcc", "mnc", "height", "frequency", "eirp"),
    ),
    "candidates": ("id", "name", "lon", "lat", "point"),
    "polygons": ("id", "technology", "operator"),
    "measurements": ("id", "lon", "lat", "point", "dbm"),
    "claims": ("id", "operator", "technology", "date", "source"),
    "facts": (
        *("id", "lon", "lat", "point", "dbm", "mbps", "complaint", "accuracy"),
        *("operator", "technology", "date", "source"),
    ),
}
_YES: Final = frozenset({"1", "yes", "y", "true", "co", "x", "codien"})
_NO: Final = frozenset({"0", "no", "n", "false", "khong", "chua", "chuaco", "khongdien"})
# What may stand in brackets behind a name without changing what the numbers mean: "(km)" or
# "(nghìn người)" would.
_BRACKETED: Final = re.compile(r"^(.+?)\s*[(\[]([^()\[\]]*)[)\]][\s?:*]*$", re.DOTALL)
_PLAIN_UNITS: Final = frozenset(
    {
        "nguoi",
        "ho",
        "people",
        "persons",
        "households",
        "m",
        "dbm",
        "mhz",
        "mbps",
        "do",
        "deg",
        "degrees",
    }
    | {"e", "n", "wgs84", "decimal", "thapphan", "dothapphan", "cokhong", "yesno"}
    | {"lon", "long", "longitude", "lat", "latitude", "name", "id", "code", "ma"}
)


def key(name: object) -> str:
    """Write the name of a column as it is compared."""
    plain = unicodedata.normalize("NFD", str(name).casefold().replace("đ", "d"))
    return "".join(char for char in plain if char.isalnum())


def heading(name: object) -> str:
    """Write the heading of a column as it is compared, without a unit in brackets that is plain.

    Examples
    --------
    >>> heading("Dân số (người)"), heading("Bán kính (km)")
    ('danso', 'bankinhkm')
    """
    found = _BRACKETED.match(str(name).strip()[:200])
    if found and key(found[2]) in _PLAIN_UNITS:
        return key(found[1])
    return key(name)


def columns(frame: pd.DataFrame, *wanted: str) -> dict[str, str]:
    """Find columns.

    Returns
    -------
    dict
        From those found to the name in the table.

    Raises
    ------
    CoverageError
        Where two columns could be the one wanted.
    """
    found: dict[str, str] = {}
    for what in wanted:
        names = NAMES[what] + (KILOMETRES if what == "range" else ())
        hits = [str(c) for c in frame.columns if heading(c) in names]
        if len(hits) > 1:
            # The plainest name decides; two of the same name do not.
            order = [names.index(heading(hit)) for hit in hits]
            if order.count(min(order)) > 1:
                raise CoverageError("column_twice", columns=", ".join(hits), what=what)
            hits = [hits[order.index(min(order))]]
        if hits:
            found[what] = hits[0]
    return found


def rename(frame: pd.DataFrame, names: Mapping[str, str], file: str) -> pd.DataFrame:
    """Give columns the names by which `columns` finds them, as the owner of a file says.

    Parameters
    ----------
    names
        From a key of `NAMES` to the column that is meant; "" where the file has none.

    Raises
    ------
    CoverageError
        Where there is no such key or column.
    """
    new: dict[str, str] = {}
    for what, column in names.items():
        if what not in NAMES or (column and column not in frame.columns):
            listed = ", ".join(str(name)[:40] for name in list(frame.columns)[:30])
            raise CoverageError("column_missing", file=file, column=column or what, columns=listed)
        # The others that could be meant are not.
        for name in frame.columns:
            if heading(name) in NAMES[what]:
                new.setdefault(str(name), f"unused {name}")
    for what, column in names.items():
        if column:
            new[column] = KILOMETRES[0] if in_kilometres(column) else NAMES[what][0]
    return frame.rename(columns=new)


def in_kilometres(column: str | None) -> bool:
    """Tell whether a column is of ranges in kilometres."""
    return heading(column) in KILOMETRES


def texts(frame: pd.DataFrame, column: str | None) -> Texts:
    """Return the cells of a column as trimmed text, "" where missing or without a column."""
    import pandas as pd  # noqa: PLC0415

    if column is None:
        return np.full(len(frame), "", dtype=object)
    cells = frame[column]
    if cells.dtype.kind == "f":
        whole = cells.notna() & (cells % 1 == 0)
        out = cells.astype(object).where(cells.notna(), "")
        return np.array(
            [str(int(v)) if w else str(v) for v, w in zip(out, whole, strict=True)], dtype=object
        )
    if isinstance(cells.dtype, pd.StringDtype):
        return np.asarray(cells.str.strip().fillna("").to_numpy(dtype=object))
    there = cells.notna().to_numpy(dtype=bool)
    said = np.full(len(cells), "", dtype=object)
    said[there] = [str(value).strip() for value in cells.to_numpy(dtype=object)[there]]
    return said


def numbers(frame: pd.DataFrame, column: str | None, *, count: bool = False) -> Floats:
    """Read a column of numbers.

    Parameters
    ----------
    frame, column
        The table and the name of its column; None gives NaN throughout.
    count
        Whether it counts people or things: then 1.234 and 1,234 are a thousand and more, as
        written in Vietnamese and in English. Elsewhere a comma is a decimal mark.

    Returns
    -------
    ndarray
        NaN where a cell is empty, infinite or cannot be read; `unread` tells which.
    """
    if column is None:
        return np.full(len(frame), np.nan)
    return number_column(frame[column], count=count)


def unread(frame: pd.DataFrame, column: str | None, read: Floats) -> Bools:
    """Tell which cells say something that is not a number."""
    if column is None:
        return np.zeros(len(frame), dtype=bool)
    suspects = np.flatnonzero(np.isnan(read))
    bad = np.zeros(len(frame), dtype=bool)
    bad[suspects] = texts(frame.iloc[suspects], column) != ""
    return bad


def yes_no(cells: Texts) -> tuple[npt.NDArray[np.int8], Bools]:
    """Read yes and no in both languages.

    Returns
    -------
    answer
        1 yes, 0 no, -1 unknown.
    bad
        Where a cell says something else.
    """
    known: dict[Any, int] = {}
    for cell in set(cells):
        word = key(cell)
        known[cell] = 1 if word in _YES else 0 if word in _NO else -1 if not word else -2
    read = np.array([known[cell] for cell in cells], dtype=np.int8).reshape(len(cells))
    return np.maximum(read, -1).astype(np.int8), read == -2
