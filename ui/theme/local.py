"""The one province whose parts all report, where no figure of the whole country leads a theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from base.words import Lang, pick, t
from geo.editions import Area, Level, area, areas
from metrics.briefs import Coverage, Theme
from metrics.panel import Panel, is_ranked, panel
from metrics.store import Store
from ui.address import View, mapped_editions
from ui.scene import (
    FEWEST_FOR_COLOUR,
    FIGURES,
    level_name,
    period_text,
    place_name,
    records,
    source_name,
    value_text,
    with_unit,
)
from ui.theme.words import Figure, spread_text

RATES: Final = ("rate",)


@dataclass(frozen=True, slots=True)
class Local:
    """A rate that all parts of one province report, and only they.

    Attributes
    ----------
    coverage
        How far the rate reaches.
    place
        The province.
    """

    coverage: Coverage
    place: Area

    def view(self, lang: Lang) -> View:
        """Return the view of its map."""
        c = self.coverage
        return (
            View(lang=lang)
            .to(edition=c.edition)
            .to(place=self.place.code, level=c.level)
            .to(indicator=c.indicator.id)
        )


def local_of(store: Store, facts: Theme) -> Local | None:
    """Return the newest rate of a theme by which the parts of a single province all compare."""
    found = []
    for c in facts.reach:
        below = c.level in (Level.DISTRICT, Level.COMMUNE) and c.edition in mapped_editions()
        if not below or c.indicator.kind not in RATES or c.n < FEWEST_FOR_COLOUR:
            continue
        frame = panel(store, c.indicator.id, c.edition, c.level).frame
        having = frame.loc[frame["state"].isin(FIGURES), "code"]
        above = {area(c.edition, str(code)).parent for code in having}
        code = above.pop() if len(above) == 1 and is_ranked(c.indicator) else None
        local = Local(c, area(c.edition, code)) if code else None
        if local and len(areas(c.edition, c.level, code)) == len(_rows(store, local)):
            found.append(local)
    return max(found, key=lambda one: one.coverage.last, default=None)


def local_figure(store: Store, local: Local, lang: Lang) -> Figure:
    """Write the range of the rate as the figure that a theme opens with."""
    c, rows = local.coverage, _rows(store, local)
    low, high = min(rows, key=lambda r: r["value"]), max(rows, key=lambda r: r["value"])
    ends = [value_text(row, c.indicator, lang) for row in (low, high)]
    sources = dict.fromkeys(source_name(store.catalog.origin(str(r["origin"])), lang) for r in rows)
    told = t(
        "theme.local.what",
        lang,
        what=pick(c.indicator.title, lang),
        n=len(rows),
        areas=level_name(c.level, lang, len(rows)),
        where=place_name(local.place, lang),
    )
    return Figure(
        with_unit("–".join(ends), c.indicator, lang),
        told,
        period_text(rows[0], lang),
        "; ".join(sources),
        local.view(lang).href(),
    )


def local_text(store: Store, local: Local, lang: Lang) -> str:
    """Say who is ahead and who behind."""
    return spread_text(_panel(store, local), lang)


def _panel(store: Store, local: Local) -> Panel:
    c = local.coverage
    return panel(store, c.indicator.id, c.edition, c.level, local.place.code)


def _rows(store: Store, local: Local) -> list[dict[str, Any]]:
    found = _panel(store, local)
    return records(found.frame[found.compared().notna()])
