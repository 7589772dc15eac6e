"""Measure how long matching 100,000 rows takes: run `python -m benchmarks.match_names`."""

from __future__ import annotations

import argparse
import random
import time
import unicodedata
from collections.abc import Callable

from geo.editions import EDITION_2024, EDITION_2025, Area, Level, area, areas
from geo.names import resolve_many

ROWS = 100_000
DISTINCT = 20_000
BUDGET_S = 2.0
REPEATS = 5
CASES = (
    (EDITION_2024, Level.PROVINCE),
    (EDITION_2024, Level.DISTRICT),
    (EDITION_2025, Level.COMMUNE),
)


def spoil(name: str, dice: random.Random) -> str:
    """Write a name as one of many hands would."""
    hands: list[Callable[[str], str]] = [
        str.upper,
        str.lower,
        lambda s: unicodedata.normalize("NFD", s),
        lambda s: s.replace("Thành phố", "TP.").replace("Huyện", "H.").replace("Quận", "Q."),
        lambda s: s.split(" ", 1)[-1],
        lambda s: f"{dice.randint(1, 700)}. {s}",
        lambda s: f"{s} ({dice.randint(1, 9)})",
        lambda s: s.replace("đ", "d").encode("ascii", "ignore").decode(),
        lambda s: s + " " * dice.randint(1, 3),
        lambda s: s[: -dice.randint(1, 3)] + dice.choice("aeiouxyz"),
        lambda s: f"{s} {dice.choice('abcdefgh')}{dice.randint(1, 99)}",
    ]
    for _ in range(dice.randint(0, 2)):
        name = dice.choice(hands)(name)
    return name


def column(units: tuple[Area, ...], dice: random.Random) -> tuple[list[str], list[str]]:
    """Make names and their parents."""
    found: set[tuple[str, str]] = set()
    while len(found) < DISTINCT:
        unit = dice.choice(units)
        found.add((spoil(unit.name_vi, dice), area(unit.edition, unit.parent or "").name_vi))
    pairs = sorted(found)
    rows = pairs + [dice.choice(pairs) for _ in range(ROWS - DISTINCT)]
    dice.shuffle(rows)
    return [name for name, _ in rows], [parent for _, parent in rows]


def main() -> None:
    """Print seconds by level, with and without parents."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    dice = random.Random(6)
    for edition, level in CASES:
        names, parents = column(areas(edition, level), dice)
        resolve_many(names[:1], edition=edition, level=level)
        for above in (None, parents):
            times = []
            for _ in range(REPEATS):
                started = time.perf_counter()
                found = resolve_many(names, above, edition=edition, level=level)
                times.append(time.perf_counter() - started)
            print(
                f"{edition} {level} {'with' if above else 'without'} parents: {len(names):,} rows, "
                f"{len(set(zip(names, above or names, strict=True))):,} distinct, "
                f"{found['area_code'].notna().mean():.0%} matched, "
                f"best of {REPEATS}: {min(times):.2f} s (budget {BUDGET_S} s)"
            )


if __name__ == "__main__":
    main()
