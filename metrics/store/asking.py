"""Ibis as the store asks by it: what was asked before, of any generation, is not compiled again."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import ibis.expr.operations as ops
from ibis.backends import duckdb, postgres
from ibis.backends.sql import SQLBackend
from ibis.expr.types import Expr, Table

from metrics.store.tables import STORED

# Questions kept with their SQL: far more than there are kinds of them.
KEPT: Final = 512


def stored_table(name: str, schema: str | None = None, **more: str) -> Table:
    """Return a table of the store, of whichever connection; its columns are known.

    Parameters
    ----------
    name
        One of `metrics.store.tables.STORED`.
    schema
        Where the tables are in a database.
    more
        Further columns, with their types.
    """
    columns = dict(STORED[name].items()) | more
    return ops.UnboundTable(
        name=name, schema=columns, namespace=ops.Namespace(database=schema)
    ).to_expr()


@lru_cache(maxsize=KEPT)
def _sql(kind: type[SQLBackend], asked: ops.Node) -> str:
    return str(SQLBackend.compile(kind(), asked.to_expr()))


class _Asking:
    """What both kinds of connections do as the other; see the module."""

    def compile(self, expr: Expr, /, **how: Any) -> str:
        """Return the SQL of an expression."""
        assert not any(how.values())
        return _sql(type(self), expr.op())  # type: ignore[arg-type]

    def _run_pre_execute_hooks(self, expr: Expr) -> None:
        """Do nothing: nothing that the store asks is made of tables in memory or of functions."""


class DuckDB(_Asking, duckdb.Backend):
    """A connection to a file."""


class PostgreSQL(_Asking, postgres.Backend):
    """A connection to a database."""
