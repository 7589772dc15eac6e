"""What is to be known of a score, said beside it; nothing is adjusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from base.words import DEFAULT_LANG, Message
from metrics.refresh.adapters.portal.groups import GROUPS, OPENNESS, SATISFACTION, TOTAL
from metrics.refresh.adapters.portal.sheet import Sheet, Unit

# Fewer communes may well have one score by chance.
_FEWEST: Final = 10
# What rounding may do to a sum of six scores and to the total.
_ROUNDING: Final = 7 * 0.005 + 1e-9
# What the portal gives where nobody complained; alone, they are told from no earned score.
_GIVEN: Final = (18, 6)


@dataclass(frozen=True, slots=True)
class Mark:
    """One remark on one score.

    Attributes
    ----------
    kind
        Remarks of a kind are told together.
    """

    kind: str
    says: Message

    def note(self) -> str:
        """Write it as figures carry it."""
        return self.says.say(DEFAULT_LANG)


Marks = Mapping[tuple[str, str], Mark]


def marks_of(sheet: Sheet, own: Mapping[str, float]) -> Marks:
    """Find what is to be said of the scores of a sheet.

    Parameters
    ----------
    own
        Scores of the province whose communes they are.

    Returns
    -------
    mapping
        By the code of the department and of the group; ``total`` for the whole.
    """
    copied = set(_copied(sheet, own))
    return dict(pair for unit in sheet.units for pair in _of_unit(sheet, unit, copied))


def _of_unit(sheet: Sheet, unit: Unit, copied: set[str]) -> Iterable[tuple[tuple[str, str], Mark]]:
    for group in copied & unit.scores.keys():
        yield (unit.code, group), Mark("copied", Message("refresh.portal_mark.copied"))
    if unit.provisional and OPENNESS not in copied:
        yield (unit.code, OPENNESS), Mark("provisional", Message("refresh.portal_mark.provisional"))
    if unit.given:
        mark = Message("refresh.portal_mark.given_points", {"points": unit.given})
        yield (unit.code, SATISFACTION), Mark("given", mark)
    elif unit.given is None and sheet.within and unit.scores.get(SATISFACTION) in _GIVEN:
        yield (unit.code, SATISFACTION), Mark("given", Message("refresh.portal_mark.given"))
    if unit.total is not None and len(unit.scores) == len(GROUPS):
        off = round(unit.total - sum(unit.scores.values()), 2)
        if abs(off) > _ROUNDING:
            key = "refresh.portal_mark.sum_lower" if off < 0 else "refresh.portal_mark.sum_higher"
            yield (unit.code, TOTAL), Mark("sum", Message(key, {"by": abs(off)}))


def _copied(sheet: Sheet, own: Mapping[str, float]) -> Iterable[str]:
    """Find groups where every commune has the province's score."""
    if sheet.within is None:
        return
    for group in GROUPS:
        scores = Counter(u.scores[group] for u in sheet.units if group in u.scores)
        if len(scores) == 1 and scores.total() >= _FEWEST:
            [score] = scores
            # Where the province's own is not known, this group alone is known to be copied down.
            if own.get(group, score if group == OPENNESS else None) == score:
                yield group
