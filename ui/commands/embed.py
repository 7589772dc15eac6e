"""``python -m ui embed``: the map of a view as one HTML file for other sites."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from base.reading import replacing_file
from base.words import Refusal, number, spoken, t
from geo.figure import THEMES
from metrics.commands import add_mode, add_private, check_indicators, check_out, opened, tell, why
from ui.address import EMBED, FRAME, asked_as_of
from ui.commands.view import add_view, asked_of, scene_of
from ui.scene import draw

HELP: Final = "write the map of a view as one HTML file that asks for nothing"
# The pages whose addresses say a view and what its embed is asked, and what else they say.
PAGES: Final = ("", "explore", "download")
DARK: Final = "dark"
OF_PAGES: Final = (EMBED, "part")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of ``python -m ui``."""
    command = commands.add_parser("embed", help=HELP, description=HELP)
    command.add_argument(
        "address",
        nargs="?",
        default="",
        metavar="ADDRESS",
        help="of the map or of its downloads, as the browser shows it; options go before it",
    )
    add_mode(command)
    add_private(command)
    command.add_argument("--indicator", metavar="ID")
    add_view(command)
    command.add_argument("--locked", action="store_true", help="the map cannot be moved")
    command.add_argument("--no-ranking", action="store_true", help="without the ranking table")
    command.add_argument("--theme", choices=THEMES, help=f"({THEMES[0]})")
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="file to write")
    command.set_defaults(run=run)


def run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Write the file; 1 where the view cannot be followed or its map is too large."""
    lang = spoken(options)
    check_out(parser, options.out, lang, ".html", ".htm")
    try:
        asked = read_address(options.address)
        as_of = options.as_of or asked_as_of(asked, lang)
    except ValueError as error:
        parser.error(why(error, lang))
    frame, _ = FRAME.read(asked)
    locked, ranking = frame.locked or options.locked, frame.ranked and not options.no_ranking
    theme = options.theme or THEMES[asked.get(DARK) == "1"]
    asked = {name: text for name, text in asked.items() if name not in (*FRAME.names, DARK)}
    store = opened(options.mode, lang, private=options.private, as_of=as_of)
    asked |= asked_of(options)
    if options.indicator:
        check_indicators(parser, [options.indicator], store.catalog.indicators, lang)
        asked["indicator"] = options.indicator
    from ui.download import embed_bytes  # noqa: PLC0415 (Streamlit warns where it is loaded)

    try:
        drawn = draw(store, scene_of(store, asked).view)
        page = embed_bytes(
            store, drawn, datetime.now(UTC), locked=locked, ranking=ranking, theme=theme
        )
    except ValueError as error:
        tell(t("commands.error", lang, why=why(error, lang)))
        return 1
    with replacing_file(options.out) as temporary:
        temporary.write_bytes(page)
    tell(t("commands.embed.written", lang, n=number(len(page), lang), path=options.out))
    return 0


def read_address(address: str) -> dict[str, str]:
    """Return the parameters of the address of a view, without those of its page alone.

    Raises
    ------
    Refusal
        If it is the address of a page that shows no such map.
    """
    parts = urlsplit(address)
    if (page := parts.path.rpartition("/")[2]) not in PAGES:
        raise Refusal("commands.embed.page", page=page)
    return {name: text for name, text in parse_qsl(parts.query) if name not in OF_PAGES}
