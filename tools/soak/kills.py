"""Commands that are killed at any moment: the old store or the new one, whole, and no rubbish."""

from __future__ import annotations

from random import Random
from typing import Final

from tools.soak.ground import Ground, Held, held, run

# A command takes less than this; it is killed at any part of it.
LONGEST_S: Final = 1.0


def attack(dice: Random, ground: Ground) -> list[str]:
    """Kill a command that writes and read the store; then let one like it run to its end."""
    home = ground.home("kills")
    before = held(home)
    archive = ground.root / "killed.zip"
    writes = dice.random() < 0.7
    words = ground.storing(9) if writes else ("metrics", "backup", str(archive))
    after = dice.uniform(0, LONGEST_S)
    ended = run(home, *words, until=after).code == 0
    what = f"{words[1]} killed after {after:.4f} s"
    try:
        now = held(home)
    except RuntimeError as error:
        return [f"{what}: {str(error)[-600:]}"]
    found = []
    if writes and ended and len(now.datasets) != len(before.datasets) + 1:
        found.append(f"{what}: it said that the table is stored, and it is not")
    if now != before and not _one_more(now, before, writes):
        found.append(f"{what}: neither the store of before nor that of after")
    again = run(home, *(ground.storing(11) if writes else words))
    found += [f"{what}, then again: {fault}" for fault in again.faults()]
    if again.code:
        found.append(f"{what}, then again: refused: {again.said[-300:]}")
    left = [*home.rglob(".*.tmp"), *home.rglob("*.new"), *(home / "store").glob(".gen*.duckdb*")]
    left += ground.root.glob(".killed*")
    found += [f"{what}: {path.name} is left over" for path in left]
    archive.unlink(missing_ok=True)
    return found


def _one_more(now: Held, before: Held, writes: bool) -> bool:
    return writes and set(before.datasets) < set(now.datasets)
