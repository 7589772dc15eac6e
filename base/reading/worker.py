"""Read a workbook in a process of its own, where a hostile one can do no harm.

The reader of workbooks ends its process where it runs out of memory, and a few hundred bytes can
ask it for terabytes (one cell in the last row and column). So it runs apart, with little memory and
little time; whatever becomes of it, the app goes on. This module imports nothing of the app's.
"""

from __future__ import annotations

import io
import json
import pickle
import re
import resource
import sys
import zipfile
from typing import Any

MEMORY = 3 << 30
CPU_SECONDS = 150
_ZIP = b"PK\x03\x04"
# Whether any cell can be shown as a percentage at all: a format with the sign, or a built-in one.
_PERCENT = re.compile(rb'formatCode="[^"]*%|numFmtId="(?:9|10)"')


def main() -> None:
    """Read a workbook from standard input and write what is in it to standard output."""
    limits = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = _answer(sys.stdin.buffer.read(), limits)
    sys.stdout.buffer.write(pickle.dumps(answer, protocol=5))


def _answer(data: bytes, limits: dict[str, int]) -> tuple[str, Any]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - after the limits are set

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        if len(names) > limits["sheets"]:
            return "sheets", {"n": len(names), "limit": limits["sheets"]}
        return "read", [_sheet(book, name, limits) for name in names] + [_percents(data, names)]
    except _TooLarge as error:
        return "too_large", error.args[0]
    except Exception as error:  # whatever is wrong with the file, it is the file
        told = str(error).lower()
        return ("password" if "password" in told or "encrypt" in told else "damaged"), {}


class _TooLarge(Exception):
    pass


def _sheet(book: Any, name: str, limits: dict[str, int]) -> tuple[Any, ...]:
    sheet = book.get_sheet_by_name(name)
    rows, columns = sheet.height, sheet.width
    if rows > limits["rows"] or columns > limits["columns"] or rows * columns > limits["cells"]:
        raise _TooLarge({"sheet": name, "rows": rows, "columns": columns})
    start = sheet.start or (0, 0)
    merged = list(getattr(sheet, "merged_cell_ranges", None) or [])
    return name, start, sheet.to_python(skip_empty_area=True), merged[: limits["merged"]]


def _percents(data: bytes, names: list[str]) -> dict[str, frozenset[int]]:
    if not data.startswith(_ZIP):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("xl/styles.xml") as styles:
            if not _PERCENT.search(styles.read(4 << 20)):
                return {}
        from base.reading.percents import percent_columns  # noqa: PLC0415 - imports openpyxl

        return percent_columns(data, names)
    except Exception:  # how numbers are shown is a help, not a need
        return {}


if __name__ == "__main__":
    main()
