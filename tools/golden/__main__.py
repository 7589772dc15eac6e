"""Take golden copies and compare them: `python -m tools.golden --help`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.golden.compare import compare, read_allowed, report
from tools.golden.take import sections, take


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 where it went well, 1 where copies differ, 2 where it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m tools.golden", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    taking = commands.add_parser("take", help="make a golden copy of a checkout")
    taking.add_argument("checkout", type=Path)
    taking.add_argument("out", type=Path)
    taking.add_argument("--workers", type=int, default=1, help="parts made at once (1)")
    names = [name for name, _ in sections()]
    comparing = commands.add_parser("compare", help="say what differs between two copies")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--allow", type=Path, help="YAML of differences that are meant")
    for command in (taking, comparing):
        command.add_argument("--only", action="append", choices=names, help="part (repeatable)")
    options = parser.parse_args(arguments)
    try:
        if options.command == "take":
            take(options.checkout.resolve(), options.out, options.workers, options.only)
            return 0
        allowed = read_allowed(options.allow) if options.allow else []
        found = compare(options.before, options.after, allowed, options.only or ())
    except (ValueError, OSError) as error:
        parser.error(str(error))
    for line in report(found):
        print(line)
    return int(any(not one.allowed for one in found))


if __name__ == "__main__":
    sys.exit(main())
