"""The list of what is wrong with the rows of files: nothing is left out without a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.coverage.ground import Bools, Ints, Texts

if TYPE_CHECKING:
    import pandas as pd

PROBLEM_COLUMNS: Final = ("file", "row", "id", "reason", "value", "kept", "n")
LONGEST_VALUE: Final = 80


class Problems:
    """Gather problems, file by file."""

    def __init__(self) -> None:
        self._parts: list[pd.DataFrame] = []

    def add(
        self,
        file: str,
        rows: Ints,
        reason: str,
        *,
        ids: Texts | None = None,
        values: Any = "",
        kept: bool = False,
        n: int = 1,
    ) -> None:
        """Add one problem of many rows.

        Parameters
        ----------
        rows
            Their rows in it, the header being 1.
        reason
            Id of the reason; its words are in `geo.coverage.ground.messages`.
        ids
            What the rows are called.
        kept
            Whether the rows are used in spite of it.
        n
            How many records each line stands for: those of a population grid are told together.
        """
        import pandas as pd  # noqa: PLC0415

        if not len(rows):
            return
        shown = values if isinstance(values, str) else [str(v)[:LONGEST_VALUE] for v in values]
        frame = pd.DataFrame({"file": file, "row": np.asarray(rows), "reason": reason})
        frame["id"] = "" if ids is None else [str(i)[:LONGEST_VALUE] for i in ids]
        frame["value"] = shown
        frame["kept"], frame["n"] = kept, n
        self._parts.append(frame[list(PROBLEM_COLUMNS)])

    def join(self, frame: pd.DataFrame) -> None:
        """Take in problems that were gathered elsewhere."""
        self._parts.append(frame)

    def frame(self) -> pd.DataFrame:
        """Return all of them, by file and row."""
        import pandas as pd  # noqa: PLC0415

        if not self._parts:
            empty: dict[str, Any] = {name: [] for name in PROBLEM_COLUMNS}
            return pd.DataFrame(empty).astype({"row": "int64", "kept": "bool", "n": "int64"})
        found = pd.concat(self._parts, ignore_index=True)
        return found.sort_values(["file", "row"], kind="stable", ignore_index=True)


class Sieve:
    """Leave rows of one file out, each for its first reason.

    Parameters
    ----------
    problems
        Where the reasons are listed.
    file, rows
        Name of the file, and the row of each of its records.
    ids
        What the records are called.
    """

    def __init__(self, problems: Problems, file: str, rows: Ints, ids: Texts | None = None) -> None:
        self.problems, self.file, self.rows, self.ids = problems, file, rows, ids
        self.left: Bools = np.ones(len(rows), dtype=bool)

    def drop(self, bad: Bools, reason: str, values: Any = "") -> None:
        """Leave out the rows of a mask that are still there."""
        self._tell(bad, reason, values, kept=False)
        self.left &= ~bad

    def note(self, doubtful: Bools, reason: str, values: Any = "") -> None:
        """List rows that are used all the same."""
        self._tell(doubtful, reason, values, kept=True)

    def _tell(self, mask: Bools, reason: str, values: Any, *, kept: bool) -> None:
        at = np.flatnonzero(mask & self.left)
        self.problems.add(
            self.file,
            self.rows[at],
            reason,
            ids=None if self.ids is None else self.ids[at],
            values=values if isinstance(values, str) else np.asarray(values, dtype=object)[at],
            kept=kept,
        )
