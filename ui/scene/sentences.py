"""The sentences above and beside the map, made from the figures."""

from __future__ import annotations

import numpy as np

from base.words import Lang, date_range, number, pick, t, tn
from geo.editions import Area, Level, area, areas
from ui.address import PUBLISHED
from ui.scene.change import KIND as CHANGED
from ui.scene.figures import FIGURES, beside, period_text, records, value_text, with_unit
from ui.scene.measure import VALUE
from ui.scene.scene import Manner, Scene


def place_name(place: Area, lang: Lang, *, full: bool = False) -> str:
    """Return the name of an area in the reader's language, with its type word if `full`."""
    if lang == "vi":
        return place.name_vi if full else place.short_vi
    return place.name_en if full else place.short_en


# Officials write this one with a capital even within a sentence (Decree 30/2020/NĐ-CP, annex II).
ALWAYS_CAPITAL = "Thành phố Hồ Chí Minh"


def within(name: str, lang: Lang) -> str:
    """Write a full name as it stands within a sentence: "tỉnh Hà Giang", "Hà Giang province".

    Parameters
    ----------
    name
        Full name of an area, with its type word.
    lang
        Only Vietnamese names change.

    Returns
    -------
    str
        With the type word in small letters, as Decree 30/2020/NĐ-CP, annex II, has it.
    """
    if lang != "vi" or name == ALWAYS_CAPITAL:
        return name
    return name[:1].lower() + name[1:]


def level_name(level: Level, lang: Lang, n: int) -> str:
    """Return the plural name of a level: "tỉnh, thành phố", "provinces"."""
    return tn(f"level.{level}", n, lang)


def basis_name(basis: str, level: Level, lang: Lang) -> str:
    """Name the basis of figures: as published here, or carried from the areas of an edition."""
    if basis == PUBLISHED:
        return t("basis.published", lang)
    n = len(areas(basis, level))
    return t("basis.carried", lang, n=number(n, lang), areas=level_name(level, lang, n))


def title(scene: Scene) -> str:
    """Say what the map shows, where, and when."""
    lang = scene.view.lang
    what = drawn_name(pick(scene.indicator.title, lang), scene)
    where = place_name(scene.province or scene.place, lang, full=True)
    # What a change says of itself names both of its periods.
    when = "" if scene.measure.kind == CHANGED else when_text(scene)
    key = "title.with_date" if when else "title.plain"
    return t(key, lang, what=what, where=where, when=when)


def drawn_name(name: str, scene: Scene) -> str:
    """Complete the name of an indicator by what is made of it."""
    phrase = scene.measure.phrase
    return t("title.made_of", scene.view.lang, what=name, made=phrase) if phrase else name


def when_text(scene: Scene) -> str:
    """Say the period of the figures shown: one period, or the range of their dates."""
    lang, panel = scene.view.lang, scene.panel
    shown = panel.frame[panel.frame["state"].isin(FIGURES)]
    if shown.empty:
        return ""
    kinds = shown[["period_start", "period_end", "grain"]].drop_duplicates()
    if len(kinds) == 1:
        return period_text(records(kinds)[0], lang)
    return date_range(panel.date_min, panel.date_max, lang)


def subtitle(scene: Scene) -> str:
    """Say how many areas have a figure, and between which values they lie."""
    lang, panel = scene.view.lang, scene.panel
    counted = t(
        "subtitle.counted",
        lang,
        n=number(panel.n_reported, lang),
        of=number(panel.n_areas, lang),
        areas=level_name(panel.level, lang, panel.n_areas),
    )
    carried = ""
    if scene.carried:
        old = basis_name(scene.view.basis, panel.level, lang)
        carried = t("subtitle.carried", lang, basis=old)
    parts = [counted, matched_text(scene), _extremes(scene), _whole(scene), carried]
    return " ".join(part for part in parts if part)


def matched_text(scene: Scene) -> str:
    """Say how many areas have what the filters ask for; "" without filters."""
    if scene.matched is None:
        return ""
    lang, n = scene.view.lang, len(scene.matched)
    return t(
        "filters.matched",
        lang,
        n=number(int(scene.matched.sum()), lang),
        of=number(n, lang),
        areas=level_name(scene.panel.level, lang, n),
    )


def _extremes(scene: Scene) -> str:
    measure, lang = scene.measure, scene.view.lang
    if scene.manner not in (Manner.CLASSES, Manner.CIRCLES) or measure.n < 2:
        return ""
    numbers = measure.numbers
    if scene.matched is not None:
        numbers = np.where(scene.matched, numbers, np.nan)
        if np.isfinite(numbers).sum() < 2:
            return ""
    ends = {}
    for end, value in (("high", np.nanmax(numbers)), ("low", np.nanmin(numbers))):
        holders = np.flatnonzero(numbers == value)
        ends[f"{end}_value"] = beside(measure.texts[holders[0]], measure.unit)
        ends[end] = (
            place_name(area(scene.view.edition, scene.panel.frame["code"].iloc[holders[0]]), lang)
            if len(holders) == 1
            else tn("legend.areas", len(holders), lang, n=number(len(holders), lang))
        )
    if scene.indicator.kind == "rank" and measure.kind == VALUE:
        # The smallest number is the first place: neither "highest" nor "lowest" says it.
        return t("subtitle.ranked", lang, first=ends["low"], last=ends["high"])
    return t("subtitle.extremes", lang, **ends)


def _whole(scene: Scene) -> str:
    """Say the figure of the whole scope, where one can honestly be said."""
    lang, indicator = scene.view.lang, scene.indicator
    summary = scene.panel.summary()
    where = place_name(scene.province or scene.place, lang)
    if summary.how == "published" and summary.row is not None:
        text = with_unit(value_text(summary.row, indicator, lang), indicator, lang)
        return t("subtitle.published", lang, where=where, value=text)
    if summary.how in ("sum", "ratio") and summary.value is not None:
        text = with_unit(number(summary.value, lang, indicator.decimals), indicator, lang)
        return t(f"subtitle.{summary.how}", lang, where=where, value=text)
    return ""


def empty_text(scene: Scene) -> str:
    """Say that a level has no figures, and what the place above it has."""
    lang = scene.view.lang
    where = place_name(scene.province or scene.place, lang, full=True)
    return t(
        "empty.level",
        lang,
        what=pick(scene.indicator.short, lang),
        areas=level_name(scene.view.level, lang, 2),
        where=where,
    )


def alt_text(scene: Scene) -> str:
    """Describe the map to those who do not see it."""
    lang = scene.view.lang
    parts = [t("alt.map", lang, title=title(scene)), subtitle(scene), t("alt.table", lang)]
    return " ".join(parts)
