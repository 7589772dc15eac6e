"""The sentences of a theme: each is made from figures by a rule, none knows a figure or a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from base.words import Lang, day, decimals_of, number, pick, t, tn
from geo.editions import Level, area
from metrics.briefs import Change, Coverage, Row, Silence, Theme
from metrics.catalog import Indicator
from metrics.observations import ROUGH
from metrics.panel import Panel, is_ranked, unranked_text
from metrics.store import Store
from metrics.targets import as_of
from ui.scene import (
    FIGURES,
    level_name,
    map_name,
    period_text,
    place_name,
    records,
    source_name,
    trace_href,
    unit_text,
    value_text,
    where_name,
    with_sign,
    with_unit,
)

# A figure older than this beside the newest of the atlas is said to be old.
OLD = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the reader meets it.

    Attributes
    ----------
    value, what, when, source
        As written; the value with its unit.
    href
        Where it is traced to its source; "" where it cannot be.
    """

    value: str
    what: str
    when: str
    source: str
    href: str


def figure_of(store: Store, indicator: Indicator, row: Row, lang: Lang) -> Figure:
    """Write one row of the store."""
    origin = store.catalog.origins.get(str(row["origin"]))
    value = value_text(row, indicator, lang)
    return Figure(
        with_unit(value, indicator, lang),
        pick(indicator.title, lang),
        period_text(row, lang),
        source_name(origin, lang) if origin else "",
        trace_href(lang, indicator.id, str(row["edition"]), str(row["area"])),
    )


def whole_figure(store: Store, panel: Panel, lang: Lang) -> Figure | None:
    """Write the figure of the whole map, published or computed from all of its areas, if any."""
    summary, indicator = panel.summary(), panel.indicator
    if summary.how == "published" and summary.row is not None:
        row = {**summary.row, "edition": "", "area": summary.row["code"]}
        return figure_of(store, indicator, row, lang) if pd.notna(row["value"]) else None
    if summary.how not in ("sum", "ratio") or summary.value is None:
        return None
    shown = records(panel.frame[panel.frame["state"].isin(FIGURES)])
    sources = dict.fromkeys(
        source_name(store.catalog.origin(str(row["origin"])), lang) for row in shown
    )
    return Figure(
        with_unit(number(summary.value, lang, indicator.decimals), indicator, lang),
        pick(indicator.title, lang),
        period_text(shown[0], lang),
        "; ".join(sources),
        "",
    )


def how_text(panel: Panel, lang: Lang) -> str:
    """Say how the figure of the whole map came about; "" where it was published as such."""
    summary = panel.summary()
    if summary.how not in ("sum", "ratio"):
        return ""
    areas = level_name(panel.level, lang, summary.of)
    return t(f"theme.how.{summary.how}", lang, n=number(summary.of, lang), areas=areas)


def spread_text(panel: Panel, lang: Lang) -> str:
    """Say between which values the areas lie, and how many lie below the whole."""
    figures = panel.frame[panel.compared().notna()]
    if len(figures) < 2:
        return ""
    if not is_ranked(panel.indicator):
        return unranked_text(panel.indicator, lang)
    if figures["value"].nunique() == 1:
        n = tn("legend.areas", len(figures), lang, n=number(len(figures), lang))
        value = with_unit(
            value_text(records(figures)[0], panel.indicator, lang), panel.indicator, lang
        )
        return t("subtitle.alike", lang, n=n, value=value)
    ends = {}
    for end, value in (("high", figures["value"].max()), ("low", figures["value"].min())):
        rows = records(figures[figures["value"] == value])
        text = value_text(rows[0], panel.indicator, lang)
        ends[f"{end}_value"] = with_unit(text, panel.indicator, lang)
        ends[end] = _holders(panel, rows, lang)
    said = t("theme.spread", lang, **ends)
    summary = panel.summary()
    if summary.how not in ("ratio", "published") or summary.value is None:
        return said
    if summary.row is not None and not _of_period(summary.row, figures):
        return said
    # As it is written: what reads the same is not below.
    computed = summary.how == "ratio"
    whole = round(summary.value, panel.indicator.decimals) if computed else summary.value
    below = int((figures["value"] < whole).sum())
    counted = tn(
        "theme.below",
        below,
        lang,
        n=number(below, lang),
        of=number(len(figures), lang),
        areas=level_name(panel.level, lang, len(figures)),
    )
    return f"{said} {counted}"


def _of_period(row: Row, figures: pd.DataFrame) -> bool:
    """Tell whether a figure is of the period that others are all of."""
    return all((figures[name] == row[name]).all() for name in ("period_end", "grain"))


def _holders(panel: Panel, rows: Sequence[Row], lang: Lang) -> str:
    if len(rows) == 1:
        return place_name(area(panel.edition, str(rows[0]["code"])), lang)
    return tn("legend.areas", len(rows), lang, n=number(len(rows), lang))


def age_text(store: Store, row: Row, lang: Lang) -> str:
    """Say that a figure of the country is old beside the newest figure of the atlas, if it is."""
    last = as_of(store)
    if last is None or last - pd.Timestamp(row["period_end"]).date() <= OLD:
        return ""
    return t("theme.age", lang, day=day(last, lang))


def change_text(change: Change, lang: Lang, *, named: bool = True) -> str:
    """Say how a figure has changed: by how much, from what and when, to what and when."""
    indicator, first, last = change.indicator, change.first, change.last
    difference = round(abs(change.difference), 6)
    unit = unit_text(indicator, lang)
    unit = t("targets.points", lang) if unit.startswith("%") else unit
    direction = "same" if not difference else "up" if change.difference > 0 else "down"
    by = number(difference, lang, decimals_of(difference))
    if {str(first["qualifier"]), str(last["qualifier"])} & set(ROUGH):
        by = t("qualifier.about", lang, value=by)
    # What rates differ by is in another unit; of counts it is said with the difference.
    ends = [with_sign(value_text(row, indicator, lang), indicator, lang) for row in (first, last)]
    said = t(
        f"theme.change.{direction}",
        lang,
        by=f"{by} {unit}",
        first=ends[0],
        last=ends[1],
        then=period_text(first, lang),
        now=period_text(last, lang),
    )
    if not named:
        return said[:1].upper() + said[1:]
    what = pick(indicator.title, lang)
    if last["edition"]:
        what = f"{what}, {where_name(str(last['edition']), str(last['area']), lang)}"
    return t("theme.change.of", lang, what=what, change=said)


def conflict_text(store: Store, rows: Sequence[Row], lang: Lang) -> str:
    """Say what sources that contradict each other say, each with its name."""
    indicator = store.catalog.indicator(str(rows[0]["indicator"]))
    said = []
    for row in rows:
        figure = figure_of(store, indicator, row, lang)
        said.append(t("theme.said_by", lang, value=figure.value, source=figure.source))
    what = pick(indicator.title, lang)
    if rows[0]["edition"]:
        what += f", {where_name(str(rows[0]['edition']), str(rows[0]['area']), lang)}"
    return t("theme.conflict", lang, what=what, said=joined(said, lang))


def joined(parts: Sequence[str], lang: Lang) -> str:
    """Join the parts of a list, the last two by "and"."""
    if len(parts) < 2:
        return "".join(parts)
    return t("theme.and", lang, first=", ".join(parts[:-1]), last=parts[-1])


def reach_text(best: Coverage, lang: Lang, key: str = "theme.best") -> str:
    """Say that a map is of the best-covered indicator, and how far that reaches."""
    n, of = number(best.n, lang), number(best.of, lang)
    return t(key, lang, n=n, of=of, areas=level_name(best.level, lang, best.of))


def silence_text(silence: Silence, lang: Lang) -> str:
    """Say how many areas of a map report nothing."""
    key = "some" if silence.heard and silence.silent else "none" if silence.silent else "all"
    of = silence.of
    said = tn(
        f"theme.silence.{key}",
        len(silence.silent),
        lang,
        n=number(len(silence.silent), lang),
        of=number(of, lang),
        areas=level_name(silence.level, lang, of),
        edition=map_name(silence.edition, lang),
    )
    return said[:1].upper() + said[1:]


def thin_text(theme: Theme, lang: Lang) -> str:
    """Say how many indicators of the theme are known of one place only, or of the country only."""
    reach: dict[str, list[tuple[Level, int]]] = {}
    for c in theme.reach:
        reach.setdefault(c.indicator.id, []).append((c.level, c.n))
    if not reach:
        return ""
    below = {
        i: [n for level, n in found if level is not Level.COUNTRY] for i, found in reach.items()
    }
    country = sum(not counts for counts in below.values())
    single = sum(bool(counts) and max(counts) == 1 for counts in below.values())
    values = {"n": len(reach), "country": country, "single": single}
    return t("theme.thin", lang, **{name: number(n, lang) for name, n in values.items()})


def names_of(edition: str, codes: Iterable[str], lang: Lang) -> list[str]:
    """Name areas, without the word of their type."""
    return [place_name(area(edition, code), lang) for code in codes]
