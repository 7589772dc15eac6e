"""Write what is shipped with the app: ``python -m tools.shipping lock | notice | sbom FILE``.

``lock`` asks the registry for the hashes of all files that are installed and writes
deploy/locked.txt and deploy/locked-build.txt; ``notice`` writes the packages and their licences
into NOTICE; ``sbom`` writes a bill of materials (CycloneDX). Run them after a change of
requirements.txt, constraints.txt or package.json, in an environment that has them installed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.shipping import lock, notice, sbom


def main() -> None:
    """Do as asked."""
    parser = argparse.ArgumentParser(prog="python -m tools.shipping", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("lock")
    commands.add_parser("notice")
    commands.add_parser("sbom").add_argument("file", type=Path)
    args = parser.parse_args()
    if args.command == "lock":
        lock.write()
    elif args.command == "notice":
        notice.write()
    else:
        sbom.write(args.file)


if __name__ == "__main__":
    main()
