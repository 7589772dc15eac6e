"""What is found in a table: where, what it says, by which rule, and whether it blocks."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from base.reading import cell as safe_cell
from base.words import Lang, number, t
from geo.editions import Area, Edition

Severity = Literal["error", "warning"]
ERROR: Final = "error"
WARNING: Final = "warning"
# A table with more faults than this is of another kind; the first ones show it.
MOST_OF_A_RULE: Final = 200
LONGEST: Final = 60
# What an option of the command line settles; a page asks it.
_BY_OPTION: Final = frozenset(
    (
        *("level_heading", "within_said", "edition_period", "second_place", "no_place"),
        *("period_said", "period_relative", "first_days", "role_said"),
        *("decimal_unsaid", "fraction_of_count", "fractions", "fractions_some", "mixed_percent"),
        *("unit", "other_unit", "day_serials", "suffixed", "slashed", "slashed_count"),
        *("percent_unit", "days_outside", "time_unread"),
    )
)
MOST_DECIMALS: Final = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    Attributes
    ----------
    severity
        An error keeps the table from being stored; a warning is shown.
    rule
        The message is ``import.rule.<rule>``.
    sheet, row, column
        Where; row 0 and column "" where it is about the whole.
    value
        What stands there. Hostile until escaped.
    values
        What the placeholders of the message stand for.
    """

    severity: Severity
    rule: str
    sheet: str
    row: int
    column: str
    value: str
    values: dict[str, Any] = field(default_factory=dict)

    def say(self, lang: Lang) -> str:
        """Say what is wrong, what is allowed and what to do."""
        said = {name: written(value, lang) for name, value in self.values.items()}
        return t(f"import.rule.{self.rule}", lang, **said)

    def option(self, lang: Lang) -> str:
        """Say which option of the command line settles it; "" where none does."""
        if self.severity != ERROR or self.rule not in _BY_OPTION:
            return ""
        said = {name: written(value, lang) for name, value in self.values.items()}
        return t("import.by_option", lang, option=t(f"import.option.{self.rule}", lang, **said))

    def where(self, lang: Lang) -> str:
        """Say where it is: sheet, row, column."""
        parts = []
        if self.sheet:
            parts.append(t("import.where.sheet", lang, sheet=self.sheet))
        if self.row:
            parts.append(t("import.where.row", lang, row=self.row))
        if self.column:
            parts.append(t("import.where.column", lang, column=self.column))
        return ", ".join(parts)


class Figure(str):
    """A number as text, which is written as its reader writes numbers where it is said."""

    __slots__ = ("number",)
    number: float


class Named(str):
    """Names of areas, maps, levels or roles, which are said as their reader names them."""

    __slots__ = ("en",)
    en: str


def named(*ones: Area | Edition) -> Named:
    """Name areas or maps for a message, with commas between them."""
    found = Named(", ".join(one.name_vi for one in ones))
    found.en = ", ".join(one.name_en for one in ones)
    return found


def worded(key: str) -> Named:
    """Take a message of the catalogue into another one."""
    found = Named(t(key, "vi"))
    found.en = t(key, "en")
    return found


def shown(value: object) -> str:
    """Write what stands in a cell for a message, cut to a sane length."""
    if value is None:
        return ""
    if isinstance(value, float) and math.isfinite(value):
        figure = Figure(int(value) if value == int(value) else value)
        figure.number = float(value)
        return figure
    text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def written(value: Any, lang: Lang) -> Any:
    """Write numbers of cells and names of places as their reader does; the rest stays as it is."""
    if isinstance(value, Named):
        return value.en if lang == "en" else str(value)
    return number(value.number, lang, MOST_DECIMALS) if isinstance(value, Figure) else value


class Findings:
    """Collect findings: the first `MOST_OF_A_RULE` of each rule are kept, all are counted."""

    def __init__(self) -> None:
        self.kept: list[Finding] = []
        self.counts: dict[str, int] = {}
        self.errors = 0

    def add(self, finding: Finding) -> None:
        """Add one."""
        n = self.counts.get(finding.rule, 0) + 1
        self.counts[finding.rule] = n
        self.errors += finding.severity == ERROR
        if n <= MOST_OF_A_RULE:
            self.kept.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add several."""
        for finding in findings:
            self.add(finding)

    def ordered(self) -> list[Finding]:
        """Return those kept, errors first, then by row."""
        return sorted(self.kept, key=lambda f: (f.severity != ERROR, f.row))


def findings_csv(
    file: str, findings: Iterable[Finding], lang: Lang, more: Iterable[Sequence[str]] = ()
) -> str:
    """Write findings as CSV: file, sheet, row, column, value, rule and sentence of each.

    Nothing in it runs in a spreadsheet.

    Parameters
    ----------
    more
        Rows behind them, such as `metrics.importing.evidence_rows` gives: severity, sheet, row,
        column, value, rule and sentence.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("severity", "file", "sheet", "row", "column", "value", "rule", "message"))
    for found in findings:
        texts = (found.severity, file, found.sheet, str(found.row or ""), found.column)
        told = (*texts, found.value, found.rule, found.say(lang))
        writer.writerow([safe_cell(text) for text in told])
    for severity, *rest in more:
        writer.writerow([safe_cell(text) for text in (severity, file, *rest)])
    return out.getvalue()
