"""Turn files of every format that the atlas writes into texts that can be compared."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

SEALS = "manifest."  # of a backup: sums over tables that hold times
LONG = 2000  # a longer line of a page is broken where a tag or a record begins


def texts(name: str, data: bytes) -> Iterator[tuple[str, str | bytes]]:
    """Yield what is in a file: names and texts; bytes where every one of them counts."""
    ending = Path(name).suffix.lower()
    if ending in (".zip", ".kmz"):
        yield from _members(name, data)
    elif ending in _READERS:
        yield f"{name}.txt", _READERS[ending](data)
    elif ending in (".csv", ".png", ".pdf"):
        yield name, data
    else:
        try:
            yield name, data.decode("utf-8")
        except UnicodeDecodeError:
            yield name, data


def _members(name: str, data: bytes) -> Iterator[tuple[str, str | bytes]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        yield name, data
        return
    with archive:
        infos = archive.infolist()
        yield f"{name}/members.txt", "".join(f"{i.filename} {i.date_time}\n" for i in infos)
        for info in infos:
            if info.filename.startswith(SEALS):
                sums = re.sub(r"\b[0-9a-f]{64}\b", "SHA256", archive.read(info).decode("utf-8"))
                yield f"{name}/{info.filename}", re.sub(r'("bytes": )\d+', r"\1N", sums)
            elif not info.is_dir():
                yield from texts(f"{name}/{info.filename}", archive.read(info))


def _short(value: Any) -> Any:
    return f"<{hashlib.sha256(value).hexdigest()[:16]}>" if isinstance(value, bytes) else value


def _cells(data: bytes) -> str:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except Exception as error:  # a broken workbook is one of the inputs
        return f"{type(error).__name__}\n"
    lines = []
    for sheet in book.sheet_names:
        lines.append(f"# {sheet}")
        lines += [repr(row) for row in book.get_sheet_by_name(sheet).to_python()]
    return "\n".join(lines) + "\n"


def _json(data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    return f"sha256 {digest}\n{json.dumps(json.loads(data), ensure_ascii=False, indent=1)}\n"


def _geojson(data: bytes) -> str:
    """Write a feature a line: coordinates are too many for one each."""
    whole = json.loads(data)
    lines = [f"sha256 {hashlib.sha256(data).hexdigest()}"]
    lines += [json.dumps(item, ensure_ascii=False) for item in whole.pop("features", ())]
    return "\n".join(lines) + f"\n{json.dumps(whole, ensure_ascii=False, indent=1)}\n"


def _tables(data: bytes) -> str:
    lines = []
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(data)
        file.flush()
        base = sqlite3.connect(file.name)
        for name, made in base.execute("SELECT name, sql FROM sqlite_master ORDER BY name"):
            lines.append(f"# {name}\n{made}")
            if made and made.startswith("CREATE TABLE") and not name.startswith("rtree"):
                rows = base.execute(f'SELECT * FROM "{name}"')
                lines += [repr([_short(value) for value in row]) for row in rows]
        base.close()
    return "\n".join(lines) + "\n"


def _parquet(data: bytes) -> str:
    table = pq.read_table(io.BytesIO(data))
    lines = [str(table.schema.remove_metadata())]
    lines += [f"{k.decode()} = {v.decode()}" for k, v in (table.schema.metadata or {}).items()]
    lines += [repr([_short(value) for value in row.values()]) for row in table.to_pylist()]
    return "\n".join(lines) + "\n"


def _page(data: bytes) -> str:
    lines = data.decode("utf-8").splitlines()
    pattern = r"(?<=>)(?=<)|(?<=[\]},;])(?=[\[{\"a-z<])"
    return "\n".join(re.sub(pattern, "\n", x) if len(x) > LONG else x for x in lines) + "\n"


_READERS: dict[str, Callable[[bytes], str]] = {
    ".xlsx": _cells,
    ".json": _json,
    ".geojson": _geojson,
    ".gpkg": _tables,
    ".parquet": _parquet,
    ".html": _page,
}
