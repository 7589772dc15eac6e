"""What was said of a figure before: each revision, when it came in, and the way back to then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from base.html import Markup, el, items, join
from base.words import Lang, t
from metrics.catalog import Indicator
from metrics.store import Figure, Store, vintages, when_words
from ui.address import View
from ui.scene import Scene, records, source_name, state_text, value_text, with_unit

Line = Mapping[str, Any]
# When it was, what is said of it, and the way to the atlas as it was then.
Event = tuple[str, Markup, Markup]


def history_html(scene: Scene, row: Line, code: str) -> Markup:
    """Write the history of a figure that the view shows.

    Parameters
    ----------
    row
        Its observation.
    code
        The area that it is traced for.
    """
    lines = records(vintages(scene.store, figure_of(row)))
    if not lines:
        return Markup()
    lang, since = scene.lang, scene.store.vintages_since
    told = [_told(scene, lines, at, code) for at in range(len(lines))]
    told += [_gone(scene, line, code) for line in lines if _is_gone(line, lines)]
    told.sort(key=lambda pair: pair[0])
    first = lines[0]["known_from"]
    unkept = t("as_of.unkept", lang, since=when_words(since, lang)) if first <= since else ""
    same = t("as_of.unrevised", lang) if len(told) == 1 else ""
    return join(
        el("h4", t("as_of.history", lang)),
        # What was never revised is as it is now: there is no way back.
        items(join(text, way) if len(told) > 1 else text for _, text, way in told),
        [el("p.atlas-small", text) for text in (same, unkept) if text],
    )


def figure_of(row: Line) -> Figure:
    """Return what makes an observation one figure and not another."""
    names = ("indicator", "role", "edition", "level", "area", "grain")
    start, end = (_day(row[name]) for name in ("period_start", "period_end"))
    texts = {name: str(row[name]) for name in names}
    return Figure(**texts, period_start=start, period_end=end)


def _day(day: Any) -> date | None:
    return None if pd.isna(day) else pd.Timestamp(day).date()


def _told(scene: Scene, lines: list[dict[str, Any]], at: int, code: str) -> Event:
    """Say what came in: a figure, or another in the place of what the same source said."""
    line, lang = lines[at], scene.lang
    start = str(line["known_from"])
    before = [one for one in lines if one["known_until"] == start]
    own = [one for one in before if one["origin"] == line["origin"]] or before
    after = figure_text(line, scene.indicator, lang)
    if own:
        was = figure_text(own[0], scene.indicator, lang)
        said = t("as_of.revised", lang, before=was, after=after)
        if was == after:
            said = t("as_of.reworded", lang, value=after)
    else:
        said = t("as_of.came", lang, value=after)
    return _event(scene, start, said, _source(scene.store, line, lang), code)


def _is_gone(line: Line, lines: list[dict[str, Any]]) -> bool:
    """Tell whether nothing came in the place of what was said."""
    until = line["known_until"]
    return bool(until) and all(one["known_from"] != until for one in lines)


def _gone(scene: Scene, line: Line, code: str) -> Event:
    value = figure_text(line, scene.indicator, scene.lang)
    said, until = t("as_of.withdrawn", scene.lang, value=value), str(line["known_until"])
    return _event(scene, until, said, _source(scene.store, line, scene.lang), code)


def _event(scene: Scene, stamp: str, said: str, source: str, code: str) -> Event:
    lang = scene.lang
    then: View = replace(scene.view.to(source=code), as_of=stamp)
    way = el("a", t("as_of.open", lang), href=then.href())
    when = when_words(stamp, lang)
    by = source and el("small", f" ({source})")
    return stamp, join(el("b", when[:1].upper() + when[1:]), ": ", said, by), join(" ", way)


def figure_text(line: Line, indicator: Indicator, lang: Lang) -> str:
    """Write what was said of a figure; its state where that is none."""
    told = value_text({**line, "denominator": None}, indicator, lang)
    return with_unit(told, indicator, lang) if told else state_text(str(line["state"]), lang)


def _source(store: Store, line: Line, lang: Lang) -> str:
    origin = store.catalog.origins.get(str(line["origin"]))
    return source_name(origin, lang) if origin else ""
