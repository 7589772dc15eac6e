"""The audit: everything in the store held against itself, by arithmetic.

No finding is written down anywhere: the rules below work them out of the observations and of the
definitions of the catalog (`metrics.catalog.relations`). A rule is a module with a function that
takes a `Sheet` and yields findings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from metrics.audit import areas as _audit_areas
from metrics.audit import dates as _audit_dates
from metrics.audit import deadlines as _audit_deadlines
from metrics.audit import given as _audit_given
from metrics.audit import goals as _audit_goals
from metrics.audit import implied as _audit_implied
from metrics.audit import lists as _audit_lists
from metrics.audit import parts as _audit_parts
from metrics.audit import people as _audit_people
from metrics.audit import ranks as _audit_ranks
from metrics.audit import ratios as _audit_ratios
from metrics.audit import revised as _audit_revised
from metrics.audit import shared as _audit_shared
from metrics.audit import silent as _audit_silent
from metrics.audit import sources as _audit_sources
from metrics.audit import statuses as _audit_statuses
from metrics.audit import whole as _audit_whole
from metrics.audit.records import Finding, Severity, Witness
from metrics.audit.sheet import Sheet, make_sheet, read_sheet
from metrics.store import Store, kept_in_store

__all__ = [
    "MOST_OF_A_RULE",
    "RULES",
    "Finding",
    "Severity",
    "Sheet",
    "Witness",
    "audit",
    "audit_sheet",
    "counted",
    "make_sheet",
    "read_sheet",
]

Rule = Callable[[Sheet], Iterator[Finding]]

# In the order in which they are told.
RULES: Final[Mapping[str, Rule]] = {
    _audit_parts.RULE: _audit_parts.find,
    _audit_lists.RULE: _audit_lists.find,
    _audit_ratios.RULE: _audit_ratios.find,
    _audit_whole.RULE: _audit_whole.find,
    _audit_shared.RULE: _audit_shared.find,
    _audit_implied.RULE: _audit_implied.find,
    _audit_people.RULE: _audit_people.find,
    _audit_areas.RULE: _audit_areas.find,
    _audit_sources.RULE: _audit_sources.find,
    _audit_statuses.RULE: _audit_statuses.find,
    _audit_dates.RULE: _audit_dates.find,
    _audit_goals.RULE: _audit_goals.find,
    _audit_ranks.RULE: _audit_ranks.find,
    _audit_given.RULE: _audit_given.find,
    _audit_revised.RULE: _audit_revised.find,
    _audit_deadlines.RULE: _audit_deadlines.find,
    _audit_silent.RULE: _audit_silent.find,
}
# Of one kind no more are worked out: so many are a fault of the table, not of figures.
MOST_OF_A_RULE: Final = 500
_GRAVITY: Final = {severity: at for at, severity in enumerate(Severity)}


@kept_in_store(8)
def audit(store: Store) -> tuple[Finding, ...]:
    """Audit all observations in force.

    Parameters
    ----------
    store
        A generation of the store; the answer is kept for it.

    Returns
    -------
    tuple of Finding
        Rule by rule in the order of `RULES`, the gravest first, then in the order of the catalog;
        of a rule `MOST_OF_A_RULE` at most.
    """
    return audit_sheet(read_sheet(store))


def audit_sheet(sheet: Sheet, rules: Iterable[str] = tuple(RULES)) -> tuple[Finding, ...]:
    """Audit observations by some rules; see `audit`."""
    order = {id_: at for at, id_ in enumerate(sheet.catalog.indicators)}
    found: list[Finding] = []
    for rule in rules:
        mine = list(islice(RULES[rule](sheet), MOST_OF_A_RULE))
        mine.sort(key=lambda f: (_GRAVITY[f.severity], order.get(f.indicator, -1)))
        found += mine
    return tuple(found)


def counted(found: Iterable[Finding]) -> dict[Severity, int]:
    """Count findings by severity, those without any included."""
    counts = Counter(finding.severity for finding in found)
    return {severity: counts[severity] for severity in Severity}
