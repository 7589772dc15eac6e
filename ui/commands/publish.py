"""``python -m ui publish``: the atlas as a folder of files, for any web server or from a disk."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tqdm import tqdm

from base.words import Refusal, add_lang, number, spoken, t
from metrics.commands import add_as_of, day, tell, why
from metrics.exporting import public_url

HELP: Final = "write the atlas as a folder of files that needs no server"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of ``python -m ui``."""
    command = commands.add_parser("publish", help=HELP, description=HELP)
    command.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="to be made")
    command.add_argument(
        "--base-url", type=_address, metavar="URL", help="where the folder will stand"
    )
    command.add_argument(
        "--live-url",
        type=_address,
        metavar="URL",
        help="where the live atlas is (ATLAS_PUBLIC_URL)",
    )
    add_as_of(command)
    command.add_argument("--date", type=day, metavar="DAY", help="instead of that of the figures")
    command.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NAME",
        help="an indicator, a theme or a place as EDITION:CODE; repeatable",
    )
    command.add_argument("--jobs", type=int, choices=range(1, 9), help="processes (the cores)")
    add_lang(command, None)
    command.set_defaults(run=run)


def _address(text: str) -> str | Refusal:
    """Read an address of the web; it ends in a slash."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return Refusal("publish.address", given=text)
    strange = not text.isprintable() or any(char in text for char in " \"'<>\\")
    if strange or parts.scheme not in ("http", "https") or not parts.hostname:
        return Refusal("publish.address", given=text)
    if parts.query or parts.fragment:
        return Refusal("publish.address", given=text)
    return text.rstrip("/") + "/"


def run(options: argparse.Namespace, _: argparse.ArgumentParser) -> int:
    """Build the folder; 1 where it could not be."""
    from ui.publish import Wanted, cores, publish  # noqa: PLC0415 (Streamlit warns where loaded)

    lang = spoken(options)
    wanted = Wanted(
        out=options.out,
        only=tuple(options.only),
        base=options.base_url or "",
        live=options.live_url or public_url(),
        frozen=options.date,
        as_of=options.as_of,
        processes=options.jobs or cores(),
    )
    bar = tqdm(unit="job", disable=None, file=sys.stderr)

    def told(done: int, of: int) -> None:
        bar.total = of
        bar.update(done - bar.n)

    try:
        with bar:
            made = publish(wanted, told)
    except Refusal as error:
        tell(t("commands.error", lang, why=why(error, lang)))
        return 1
    counts = {"pages": made.pages, "files": made.files, "size": round(made.size / 1e6)}
    written = {name: number(n, lang) for name, n in counts.items()}
    tell(t("publish.written", lang, out=options.out, **written))
    return 0
