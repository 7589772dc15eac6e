"""The verdict on a claim: what every place that measurements may have been at gives alike.

A measurement of an uncertain position surely is near, or perhaps. A verdict is given only where it
is the same whichever of the latter are near; so more uncertainty can make a verdict unproven, and
never turns one into its opposite.
"""

from __future__ import annotations

import numpy as np

from geo.coverage.evidence.records import Thresholds
from geo.coverage.ground import Floats, Ints, Texts


def verdicts(
    sure_for: Ints, sure_against: Ints, may_for: Ints, may_against: Ints, *, rules: Thresholds
) -> tuple[Texts, Texts]:
    """Weigh claims.

    Parameters
    ----------
    sure_for, sure_against, may_for, may_against
        How many measurements surely near, and perhaps near, speak for each and against it.

    Returns
    -------
    verdict, reason
        One of `VERDICTS`; why it is unproven: none, few, mixed or position.
    """
    sure, every = sure_for + sure_against, sure_for + sure_against + may_for + may_against
    enough = sure >= rules.count
    least_for = _share(sure_for, sure_for + sure_against + may_against)
    least_against = _share(sure_against, sure_for + sure_against + may_for)
    verdict = np.full(len(sure), "unproven", dtype=object)
    confirmed = enough & (least_for >= rules.confirm) & (sure_for > 0)
    contradicted = enough & (least_against >= rules.contradict) & (sure_against > 0)
    # Where both hold, the thresholds overlap: nothing is decided.
    verdict[confirmed & ~contradicted] = "confirmed"
    verdict[contradicted & ~confirmed] = "contradicted"
    reason = np.full(len(sure), "mixed", dtype=object)
    reason[every < rules.count] = "few"
    reason[every == 0] = "none"
    # Had all positions been sure, it might have been decided.
    open_ = (verdict == "unproven") & (every >= rules.count) & (may_for + may_against > 0)
    reason[open_] = "position"
    reason[verdict != "unproven"] = ""
    return verdict, reason


def _share(part: Ints, whole: Ints) -> Floats:
    return np.where(whole > 0, 100.0 * part / np.maximum(whole, 1), 0.0)


def count_by(index: Ints, n: int) -> Ints:
    """Count how often each index occurs."""
    return np.bincount(index, minlength=n).astype(np.int64)
