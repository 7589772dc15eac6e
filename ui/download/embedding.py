"""A view for the pages of others: a file that holds all it needs, or a frame of the live page."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from base.folders import STYLES
from base.words import Lang, Refusal, day, t
from geo.maps import MOST_ROWS, Embed, Row, Theme, embed_html
from metrics.exporting import is_simulated, permalink
from metrics.store import VIET_NAM, Store, known_words
from ui.scene import Drawn, draw, sources_text

LEGEND_RULE: Final = re.compile(r"(?m)^\.atlas-legend.*$")
# A page of others is slow with more than this; all communes of the country take half as much again.
MOST_BYTES: Final = 1_000_000
COLUMNS: Final = ("rank", "name", "value", "date")


def embed_file(
    store: Store,
    drawn: Drawn,
    at: datetime,
    *,
    locked: bool = False,
    ranking: bool = True,
    theme: Theme = "light",
) -> str:
    """Write a view as one HTML file without any address in it but its own.

    Parameters
    ----------
    locked, ranking, theme
        Whether the map cannot be moved; whether the ranking table comes along; light or dark.
    """
    drawn = draw(store, drawn.scene.view, dark=theme == "dark")
    scene, lang = drawn.scene, drawn.scene.view.lang
    link, known = permalink(scene.view.href()), known_words(scene.view.as_of, lang)
    data = drawn.ranking
    listed = data["rows"] if ranking and len(data["rows"]) <= MOST_ROWS else []
    shown = [name for name in COLUMNS if name != "rank" or name not in data["once"]]
    rows = []
    for code, rank, name, value, state, when, *_ in listed:
        cells = {
            "rank": "" if rank is None else str(rank),
            "name": name,
            "value": value or data["marks"].get(state, ""),
            "date": data["dates"][when],
        }
        rows.append(Row(str(code), tuple(cells[column] for column in shown)))
    return embed_html(
        Embed(
            message=drawn.map,
            lang=lang,
            title=scene.words.title,
            subtitle=scene.words.subtitle,
            legend=drawn.legend,
            legend_style=_legend_style(),
            lines=tuple(filter(None, (sources_text(scene), known, frozen_text(at, lang)))),
            link=link,
            link_text=t("embed.open", lang),
            watermark=t("embed.simulated", lang) if is_simulated(store) else "",
            heads=[data["heads"][name] for name in shown],
            rows=rows,
            locked=locked,
            theme=theme,
            zoom_in=t("map.zoom_in", lang),
            zoom_out=t("map.zoom_out", lang),
        )
    )


def embed_bytes(store: Store, drawn: Drawn, at: datetime, **how: Any) -> bytes:
    """Write a view as one HTML file; `how` is that of `embed_file`.

    Raises
    ------
    Refusal
        If it is too large for the pages of others.
    """
    page = embed_file(store, drawn, at, **how).encode()
    if len(page) > MOST_BYTES:
        raise Refusal("export.refused.embed", n=len(page), most=MOST_BYTES)
    return page


def frozen_text(at: datetime, lang: Lang) -> str:
    """Say that a file is of one moment, in the time of Viet Nam."""
    local = at.astimezone(VIET_NAM)
    return t("embed.frozen", lang, when=f"{local:%H:%M} {day(local.date(), lang)}")


@lru_cache(maxsize=1)
def _legend_style() -> str:
    css = "\n".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css")))
    return "\n".join(LEGEND_RULE.findall(css))
