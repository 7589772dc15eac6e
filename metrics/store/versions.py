"""Where the generations of a store are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from metrics.store.generations import Generations
    from metrics.store.postgres import Database

# A folder, or a database.
Versions: TypeAlias = "Generations | Database"
