"""Spellings that teams have accepted, from the command line: ``python -m metrics aliases``."""

from __future__ import annotations

import argparse

from base.words import add_lang, number, t
from geo.editions import area
from metrics.commands.options import tell
from metrics.datasets import aliases, remove
from metrics.people import owner
from metrics.store import current_store


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of ``python -m metrics``."""
    spelt = commands.add_parser("aliases", help="list or forget the spellings a team has accepted")
    spelt.add_argument("--team", default="", help="whose")
    spelt.add_argument("--forget", action="append", metavar="SPELLING", help="as it is listed")
    add_lang(spelt, "en")
    spelt.set_defaults(run=run)


def run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """List the spellings of a team, or forget some."""
    known = aliases(current_store(), options.team)
    if options.forget:
        gone = [alias for alias in known if alias.spelling in options.forget]
        if not gone:
            parser.error(t("commands.aliases.none", options.lang, team=options.team))
        remove(gone, owner())
        tell(t("commands.aliases.forgotten", options.lang, n=number(len(gone), options.lang)))
        return 0
    for alias in known:
        name = area(alias.edition, alias.code).name_vi
        where = f"{alias.edition} {alias.level}"
        print(f"{where}: {alias.spelling} = {alias.code} {name} ({alias.by}, {alias.time[:19]})")
    return 0
