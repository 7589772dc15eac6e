"""A clock that is set back, or far ahead: what came last is in force all the same."""

from __future__ import annotations

from random import Random
from typing import Final

from tools.soak.ground import Ground, held, run

FAR_S: Final = 3 * 365 * 86_400


def attack(dice: Random, ground: Ground) -> list[str]:
    """Store tables under a wrong clock and the right one by turns, then take the last one back."""
    home = ground.home("clock")
    by = dice.choice((-1, 1)) * dice.choice((dice.uniform(1, 7200), dice.uniform(7200, FAR_S)))
    what = f"clock {by / 3600:+.1f} h"
    found = []
    known = [held(home)]
    for wrong, figure in ((by, 21), (0.0, 22), (by, 23)):
        ran = run(home, *ground.storing(figure), wrong_by=wrong)
        found += [f"{what}: {fault}" for fault in ran.faults()]
        if ran.code:
            found.append(f"{what}: refused: {ran.said[-300:]}")
        known.append(held(home))
    counts = [len(one.datasets) for one in known]
    if counts != [*range(counts[0], counts[0] + 4)]:
        return [*found, f"{what}: tables stored one after another made {counts} datasets"]
    newest = (set(known[3].datasets) - set(known[2].datasets)).pop()
    undone = run(home, "metrics", "datasets", "--withdraw", newest, wrong_by=by)
    found += [f"{what}, withdrawn: {fault}" for fault in undone.faults()]
    if held(home).figures != known[2].figures:
        found.append(f"{what}, withdrawn: not the figures of before")
    return found
