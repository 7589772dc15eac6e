"""Parquet files: never more than the limits, whatever they say of themselves."""

import io

import pyarrow as pa
import pytest
from pyarrow import parquet

from base.reading import COMMAND, Most, Unreadable, read_parquet


def written(table, **options):
    file = io.BytesIO()
    parquet.write_table(table, file, **options)
    return file.getvalue()


def no_text():
    """Texts whose bytes are no UTF-8."""
    bad = pa.array([b"\xff\xfe\xfa"], pa.binary()).cast(pa.binary())
    return pa.table({"a": pa.Array.from_buffers(pa.string(), 1, bad.buffers())})


def test_a_table_comes_back():
    table = pa.table({"Tỉnh": ["Huế", None], "Số": [1.5, 2.0], "Ds": [[1], []]})
    assert read_parquet(written(table), "x", COMMAND).equals(table)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (written(pa.table({"a": range(101)})), "too_large"),
        (written(pa.table({f"c{i}": [1] for i in range(11)})), "too_large"),
        (written(pa.table({"a": ["0" * 4_000_000]})), "bomb"),
        (written(no_text()), "damaged"),
        (b"PAR1 no Parquet", "damaged"),
    ],
    ids=["rows", "columns", "unpacked", "text", "torn"],
)
def test_what_is_wrong_is_said(data, key):
    with pytest.raises(Unreadable) as refused:
        read_parquet(data, "x.parquet", Most(rows=100, columns=10, unpacked=1 << 20))
    assert refused.value.key == key
