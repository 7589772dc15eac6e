"""Attack a copy of the app, and print what was tried and what gave way.

    python -m tools.soak [--minutes 30] [--seed 1] [--only flips,kills] [--tries 500]

Hostile addresses, damaged files, commands killed, bytes that flip, a disk that is full, a clock
that is wrong: in turn, on stores and servers of its own in a temporary folder. What fails is
printed with the seed that brings it back. Ends with 1 if anything failed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final, TextIO

from benchmarks.servers import start_streamlit
from tools.soak import addresses, clock, files, flips, full_disk, kills
from tools.soak.ground import Ground

Attack = Callable[[Random], list[str]]
KINDS: Final = ("addresses", "files", "kills", "flips", "disk", "clock")
MINUTES: Final = 30.0


@dataclass(slots=True)
class Tally:
    """What was tried of one kind, and what failed."""

    tried: int = 0
    failures: list[str] = field(default_factory=list)


def attacks(
    kinds: Iterable[str], ground: Ground, opened: ExitStack, out: TextIO
) -> dict[str, Attack]:
    """Prepare the attacks of some kinds; what cannot be tried here is told and left out."""
    found: dict[str, Attack] = {}
    for kind in kinds:
        if kind == "disk" and (why := full_disk.possible()):
            print(f"{kind}: not tried, {why}", file=out)
        elif kind == "addresses":
            home = ground.home("served")
            server = opened.enter_context(start_streamlit("serve.py", home, {"ATLAS_OPEN": ""}))
            url = f"http://127.0.0.1:{server.port}"
            found[kind] = lambda dice, url=url: addresses.attack(dice, url)  # type: ignore[misc]
        else:
            module = {
                "files": files,
                "kills": kills,
                "flips": flips,
                "disk": full_disk,
                "clock": clock,
            }[kind]
            found[kind] = lambda dice, attack=module.attack: attack(dice, ground)  # type: ignore[misc]
    return found


def soak(
    kinds: Iterable[str], ground: Ground, *, seed: int, until: float, tries: int, out: TextIO
) -> dict[str, Tally]:
    """Attack in turn until a time, of `time.monotonic`, or so many times of each kind.

    Returns
    -------
    dict
        For each kind that could be tried, what was tried and what failed.
    """
    with ExitStack() as opened:
        ready = attacks(kinds, ground, opened, out)
        told = {kind: Tally() for kind in ready}
        opened.enter_context(suppress(KeyboardInterrupt))
        for turn in range(tries):
            for kind, attack in ready.items():
                if time.monotonic() > until:
                    return told
                name = f"{seed}:{kind}:{turn}"
                try:
                    failures = attack(Random(name))
                except RuntimeError as error:
                    failures = [f"the attack itself failed: {str(error)[-900:]}"]
                told[kind].tried += 1
                told[kind].failures += failures
                for failure in failures:
                    print(f"FAILED {name}: {failure}", file=out, flush=True)
    return told


def main(arguments: list[str] | None = None, out: TextIO = sys.stdout) -> int:
    """Run the command; 1 if anything failed."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.soak",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--tries", type=int, default=10**9, help="of each kind, at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(KINDS), help="kinds, with commas between them")
    options = parser.parse_args(arguments)
    kinds = options.only.split(",")
    if unknown := set(kinds) - set(KINDS):
        parser.error(f"no such kind: {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    until = time.monotonic() + options.minutes * 60
    with tempfile.TemporaryDirectory(prefix="atlas-soak-") as folder:
        told = soak(
            kinds,
            Ground(Path(folder)),
            seed=options.seed,
            until=until,
            tries=options.tries,
            out=out,
        )
    for kind, tally in told.items():
        print(f"{kind:<10} {tally.tried:>6} tried {len(tally.failures):>4} failed", file=out)
    return 1 if any(tally.failures for tally in told.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
