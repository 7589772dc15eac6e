"""Questions to the store: compiled once, whichever generation they are asked of."""

import pytest
from ibis.backends import duckdb, postgres

from metrics.store import asking
from metrics.store.asking import DuckDB, PostgreSQL, stored_table
from metrics.store.tables import OBSERVATIONS, STORED


def asked(indicator="rate", schema=None):
    rows = stored_table(OBSERVATIONS, schema)
    return rows.filter(rows.indicator == indicator).order_by("area").select("area", "value")


@pytest.fixture
def compiled(monkeypatch):
    """What was compiled, in its order."""
    asking._sql.cache_clear()
    found, real = [], asking.SQLBackend.compile
    monkeypatch.setattr(
        asking.SQLBackend,
        "compile",
        lambda self, expr, **how: found.append(expr) or real(self, expr, **how),
    )
    return found


def test_what_was_asked_before_is_not_compiled_again(compiled):
    first = DuckDB().compile(asked())
    assert DuckDB().compile(asked(), limit=None, params=None) == first
    assert len(compiled) == 1


def test_another_question_or_another_kind_of_store_is(compiled):
    said = {
        DuckDB().compile(asked()),
        DuckDB().compile(asked("days")),
        PostgreSQL().compile(asked(schema="atlas")),
        PostgreSQL().compile(asked(schema="atlas_sim")),
    }
    assert len(said) == len(compiled) == 4


@pytest.mark.parametrize(
    ("ours", "theirs"), [(DuckDB, duckdb.Backend), (PostgreSQL, postgres.Backend)]
)
def test_it_is_the_sql_of_ibis(ours, theirs):
    assert ours().compile(asked()) == theirs().compile(asked())


def test_a_table_has_its_columns_and_those_that_a_database_adds():
    table = stored_table(OBSERVATIONS, born="int64")
    assert table.columns == (*STORED[OBSERVATIONS].names, "born")
