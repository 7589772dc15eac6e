"""Bytes that change by themselves: the newest whole generation answers, and nothing is removed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from random import Random

from tools.soak.ground import Ground, Held, held


def attack(dice: Random, ground: Ground) -> list[str]:
    """Damage one file of a store, then read the store."""
    before = held(ground.filled)
    home = ground.home("flips")
    store = home / "store"
    files = sorted(path for path in store.iterdir() if path.is_file() and path.stat().st_size)
    large = [path for path in files if path.suffix == ".duckdb"]
    path = dice.choice(large if dice.random() < 0.8 else files)
    how = _damage(dice, path)
    changed = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
    what = f"{path.name}: {how}"
    try:
        after = held(home)
    except RuntimeError as error:
        return [f"{what}: {str(error)[-600:]}"]
    found = []
    if after != before and not _earlier(after, before):
        found.append(f"{what}: other figures than those of any generation")
    if changed and path in large:
        kept = {
            hashlib.sha256(one.read_bytes()).hexdigest() for one in store.iterdir() if one.is_file()
        }
        if changed not in kept:
            found.append(f"{what}: the damaged file was removed")
    if after != before and not (store / "gen.damaged.json").exists():
        found.append(f"{what}: older figures are shown and no word of it is kept")
    if after != held(home):
        found.append(f"{what}: read twice, it holds two things")
    return found


def _earlier(after: Held, before: Held) -> bool:
    return set(after.datasets) < set(before.datasets)


def _damage(dice: Random, path: Path) -> str:
    content = bytearray(path.read_bytes())
    at = dice.randrange(len(content))
    kind = dice.choice(("bit", "bit", "bit", "byte", "block", "cut", "longer", "gone"))
    match kind:
        case "bit":
            content[at] ^= 1 << dice.randrange(8)
        case "byte":
            content[at] = (content[at] + dice.randrange(1, 256)) % 256
        case "block":
            size = len(content[at : at + 4096])
            content[at : at + size] = bytes(size)
        case "cut":
            del content[at:]
        case "longer":
            content += dice.randbytes(dice.randrange(1, 5000))
        case "gone":
            path.unlink()
            return kind
    path.write_bytes(content)
    return f"{kind} at {at}"
