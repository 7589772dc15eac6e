"""Files that mean harm, made where they are needed."""

import gzip
import io
import zipfile

from openpyxl import Workbook

# The first cell and the last one: together they ask for terabytes.
FAR = ("A1", "XFD1048576")


def workbook(*cells):
    """Make an XLSX of single cells."""
    book, file = Workbook(), io.BytesIO()
    for cell in cells:
        book.active[cell] = 1
    book.save(file)
    return file.getvalue()


def zipped(**parts):
    """Make an archive; the dot of a name is written as an underscore."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", "."), content)
    return file.getvalue()


def short_rows(n=50_000_000, row=b"1,2\n"):
    """Make a gzip of many short rows: half a megabyte holds fifty million."""
    file, some = io.BytesIO(), row * 1_000_000
    with gzip.open(file, "wb", 6) as packed:
        packed.write(b"lon,lat\n")
        for _ in range(n // 1_000_000):
            packed.write(some)
    return file.getvalue()
