"""A disk that is full: a sentence, and what was there is there."""

from __future__ import annotations

import os
import shutil
import subprocess
from random import Random
from typing import Final

from tools.soak.ground import Ground, held, run

MAP: Final = "--indicator dti-score --edition 2024 --level province"
SPARE_KB: Final = (0, 20_000)


def possible() -> str:
    """Tell why a small disk cannot be had here; "" where it can."""
    return "" if os.geteuid() == 0 and shutil.which("mount") else "a small disk needs root"


def attack(dice: Random, ground: Ground) -> list[str]:
    """Write into a store on a disk with little room, or into a file on it."""
    disk = ground.root / "disk"
    disk.mkdir(exist_ok=True)
    used = sum(path.stat().st_size for path in ground.filled.rglob("*") if path.is_file()) // 1024
    room = used + 64 + dice.randrange(*SPARE_KB)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={room}k", "tmpfs", disk],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        raise RuntimeError(f"no small disk could be mounted: {mounted.stderr.decode()}")
    try:
        home = disk / "home"
        shutil.copytree(ground.filled, home)
        before = held(home)
        words = dice.choice(
            (
                f"metrics backup {disk}/all.zip".split(),
                f"metrics export --all --format xlsx --out {disk}/all.xlsx".split(),
                f"metrics export {MAP} --format gpkg --out {disk}/all.gpkg".split(),
                f"geo simulate --out {disk}/simulated".split(),
                ground.storing(7),
                ground.storing(7),
            )
        )
        ran = run(home, *words)
        what = f"{words[1]} with {room - used} KB of room"
        found = [f"{what}: {fault}" for fault in ran.faults()]
        after = held(home)
        if ran.code and after != before:
            found.append(f"{what}: refused, and the store is another")
        if (
            words[1] == "import"
            and not ran.code
            and len(after.datasets) != len(before.datasets) + 1
        ):
            found.append(f"{what}: it said that the table is stored, and it is not")
        return found
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
