"""What the commands of `python -m metrics` share."""

from __future__ import annotations

import argparse
import difflib
import logging
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from base.reading import check_named
from base.words import Lang, Message, Refusal, number, spoken, system_reason, t, tn
from metrics.people import VISITOR, seen_by
from metrics.store import (
    VIET_NAM,
    Mode,
    Store,
    StoreError,
    clock_behind,
    ensure_store,
    read_as_of,
)

MODES: Final[tuple[Mode, ...]] = ("real", "simulated")
# What can be made of the figures of a view, and asked of its areas, as its address has it.
MADE: Final[Mapping[str, str]] = {
    "change": "what became of the figures since --since: difference, percent, rank",
    "against": "difference from: country, region, parent, target (what the page offers)",
    "per": "indicator that a count is divided by",
    "filters": 'only areas that have it, such as "value:50..80;region:R1"',
}


def run_command(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> int:
    """Run the command that the words name, by the function `run` that its parser sets.

    Parameters
    ----------
    arguments
        The words; None for those of the process. A command finds them in its options as `words`.

    Returns
    -------
    int
        0 where it succeeded, 1 where it could not be done. What was asked wrongly ends the process
        with 2, as argparse does.
    """
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = parser.parse_args(words, argparse.Namespace(words=words))
    lang = spoken(options)
    for name, value in vars(options).items():
        if isinstance(value, Refusal):
            parser.error(f"--{name.replace('_', '-')}: {value.say(lang)}")
    try:
        return int(options.run(options, parser))
    except (StoreError, OSError) as error:
        tell(t("commands.error", lang, why=why(error, lang)))
        return 1


def tell(text: str) -> None:
    """Say something beside what a command writes."""
    print(text, file=sys.stderr)


def why(error: Exception, lang: Lang) -> str:
    """Say what went wrong; what is no refusal has its own words alone."""
    if isinstance(error, StoreError):
        return error.told(lang)
    if isinstance(error, OSError) and error.filename and error.strerror:
        told = {"path": error.filename, "error": system_reason(error)}
        return Message("commands.unwritten", told).say(lang)
    return error.say(lang) if isinstance(error, Refusal) else str(error)


def check_out(
    parser: argparse.ArgumentParser, out: Path | None, lang: Lang, *suffixes: str
) -> None:
    """End the process where a file would be written under the name of another format."""
    try:
        if out is not None:
            check_named(out, *suffixes)
    except Refusal as error:
        parser.error(error.say(lang))


def hand_over(words: Sequence[str]) -> int:
    """Run ``python -m ui`` with the same words, in a process of its own; return its exit code."""
    return subprocess.call([sys.executable, "-m", "ui", *words])


def add_mode(command: argparse.ArgumentParser) -> None:
    """Let a command choose between the real store and the simulated one."""
    command.add_argument("--mode", choices=MODES, default=MODES[0], help="which store (real)")


def add_private(command: argparse.ArgumentParser) -> None:
    """Let a command also use what is private to teams: what it writes may leave the house."""
    command.add_argument(
        "--private", action="store_true", help="also figures that are private to a team"
    )


def add_made(group: argparse._ArgumentGroup | argparse.ArgumentParser) -> None:
    """Add the options of `MADE`."""
    for name, told in MADE.items():
        group.add_argument(f"--{name}", metavar=name.upper(), help=told)


def made_of(options: argparse.Namespace) -> dict[str, str]:
    """Return what was asked for, as parameters of an address; what was not is left out."""
    found = {name: getattr(options, name) for name in MADE}
    if options.change and options.since:
        found["since"] = options.since.isoformat()
    return {name: text for name, text in found.items() if text}


def opened(mode: Mode, lang: Lang, *, private: bool = False, as_of: str = "") -> Store:
    """Open the store for a command that writes files: what is published, unless told otherwise.

    Parameters
    ----------
    as_of
        When figures are wanted as they were known, as a person writes it; "" for now.
    """
    now = ensure_store(mode)
    if behind := clock_behind(now):
        tell(behind.say(lang))
    whole = now
    if as_of:
        moment = read_as_of(as_of)
        whole = now.at(moment)
        tell(t("commands.as_of", lang, time=_here(moment)))
        if moment < now.vintages_since:
            tell(t("commands.as_of_before", lang, since=_here(now.vintages_since)))
    if private:
        return whole
    published = seen_by(whole, VISITOR)
    if left_out := len(whole.datasets()) - len(published.datasets()):
        tell(tn("commands.private_left_out", left_out, lang, n=number(left_out, lang)))
    return published


def day(text: str) -> date | Refusal:
    """Read a date written YYYY-MM-DD; for the ``type`` of an argument.

    A refusal is returned, not raised: `run_command` says it once the language is known.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Refusal("commands.day", given=text)


def add_as_of(command: argparse.ArgumentParser) -> None:
    """Let a command use figures as they were known at a moment."""
    command.add_argument(
        "--as-of",
        type=_moment,
        default="",
        metavar="TIME",
        help="figures as they were known at the end of this day (YYYY-MM-DD), or at this time",
    )


def _moment(text: str) -> str | Refusal:
    try:
        return text and read_as_of(text) and text.strip()
    except Refusal as error:
        return error


def _here(stamp: str) -> str:
    return f"{datetime.fromisoformat(stamp).astimezone(VIET_NAM):%Y-%m-%d %H:%M} (+07:00)"


def check_indicators(
    parser: argparse.ArgumentParser, asked: Sequence[str], known: Collection[str], lang: Lang
) -> None:
    """End the process with a hint where an indicator that was asked for does not exist."""
    for name in asked:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=5, cutoff=0.4)
            key = "commands.no_indicator_near" if near else "commands.no_indicator"
            listed = {"near": ", ".join(near), "known": ", ".join(known)}
            parser.error(t(key, lang, id=name, **listed))
