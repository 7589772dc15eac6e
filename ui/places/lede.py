"""The sentences at the head of a profile, made from its figures by rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from base.words import Lang, decimals_of, number, period, pick, t
from geo.crosswalk import predecessors
from geo.editions import COUNTRY_CODE, EDITION_2019, Area, Level, area, areas, child_level
from metrics.briefs import Fact, Profile, Yardstick
from metrics.panel import WITHHELD
from ui.scene import (
    FIGURES,
    level_name,
    period_text,
    place_name,
    tied_text,
    value_text,
    with_unit,
    within,
)

# A place is told to be among the first or the last of so many at least, and at most three times.
FEWEST_RANKED = 10
TOP = 5
MOST_NAMED = 3
# What the population of an area is of: the census, or the average of a year.
CENSUS = (None, date(2019, 4, 1), "instant")
AVERAGE = (None, date(2024, 12, 31), "year")


def lede(found: Profile, lang: Lang) -> str:
    """Compose the opening of a profile.

    Parameters
    ----------
    found
        What is known about the place.

    Returns
    -------
    str
        Two to five sentences: what the place is, its foremost figure, where it is among the first
        and the last, and how much is known.
    """
    parts = [_what(found.place, lang), _foremost(found, lang)]
    parts += [*_standing(found, lang), _extent(found, lang)]
    return " ".join(part for part in parts if part)


def _what(place: Area, lang: Lang) -> str:
    what = t(f"profile.what.{place.level}", lang, **_within(place, lang))
    facts = []
    if place.area_km2:
        size = number(place.area_km2, lang, min(decimals_of(place.area_km2), 1))
        facts.append(t("profile.what.area", lang, area=size))
    if place.population:
        counted = place.edition == EDITION_2019
        when = period(*(CENSUS if counted else AVERAGE), lang)
        key = f"profile.what.population.{'census' if counted else 'average'}"
        made_of = [] if counted else predecessors(place.edition, place.code)
        k = sum(event.level is place.level for event in made_of)
        summed = t("profile.what.summed", lang, k=number(k, lang)) if k > 1 else ""
        facts.append(t(key, lang, n=number(place.population, lang), when=when) + summed)
    if not facts:
        return f"{what}."
    return t("profile.what.more", lang, what=what, more=t("profile.what.and", lang).join(facts))


def _within(place: Area, lang: Lang) -> dict[str, str]:
    below = child_level(place.edition, place.level)
    inside = len(areas(place.edition, parent=place.code)) if below else 0
    lowest = child_level(place.edition, Level.PROVINCE)
    of_lowest = len(areas(place.edition, lowest)) if lowest else 0
    home = area(place.edition, place.parent or place.code)
    region = area(place.edition, place.region) if place.region else home
    return {
        "name": place_name(place, lang, full=True),
        "n": number(inside, lang),
        "parts": level_name(below, lang, inside) if below else "",
        "m": number(of_lowest, lang),
        "smaller": level_name(lowest, lang, of_lowest) if lowest else "",
        "above": within(place_name(home, lang, full=True), lang),
        "region": place_name(region, lang),
    }


def _foremost(found: Profile, lang: Lang) -> str:
    """Tell the figure of the indicator that is shown first of those known here."""
    told = [fact for fact in found.facts if fact.row and fact.row["state"] in FIGURES]
    told = [fact for fact in told if fact.indicator.featured and fact.indicator.kind != "status"]
    # What compares nothing, because it is doubtful or given, does not stand for its place.
    told = [fact for fact in told if (fact.row or {}).get("aside") != WITHHELD]
    if not told:
        return ""
    fact = min(told, key=lambda f: (f.indicator.direction == "neutral", f.indicator.featured or 0))
    if fact.indicator.kind == "rank":
        # Of one ranking the newest year leads, be it told of the first places only.
        kin = [f for f in found.facts if f.row and f.row["state"] in FIGURES and _akin(f, fact)]
        fact = max(kin, key=lambda f: (f.row or {})["period_end"])
    row, indicator = fact.row or {}, fact.indicator
    said = {
        "what": pick(indicator.short, lang),
        "value": out_of(with_unit(value_text(row, indicator, lang), indicator, lang), fact, lang),
        "when": period_text(row, lang),
    }
    text = t("profile.foremost", lang, **said)
    if fact.rank is not None:
        text += t("profile.foremost.rank", lang, rank=rank_words(fact, found.place, lang))
    above = next((y for y in fact.yardsticks if y.against == "parent"), None)
    return text + (_against(fact, above, found.place, lang) if above else "") + "."


def _akin(one: Fact, other: Fact) -> bool:
    a, b = one.indicator, other.indicator
    return a.id == b.id or (a.kind == b.kind and a.family is not None and a.family == b.family)


def _against(fact: Fact, above: Yardstick, place: Area, lang: Lang) -> str:
    if fact.indicator.kind in ("count", "amount") or fact.row is None:
        return ""
    value = float(fact.row["value"])
    digits = max(fact.indicator.decimals, decimals_of(value))
    # What is written with the same figure is neither above nor below.
    own, others = round(value, digits), round(above.value, digits)
    key = "equal" if own == others else "above" if own > others else "below"
    other = with_unit(number(above.value, lang, digits, fixed=True), fact.indicator, lang)
    if not above.published:
        other = t("profile.foremost.computed", lang, value=other)
    name = _above_name(place.edition, above.code, lang)
    return t(f"profile.foremost.{key}", lang, name=name, value=other)


def _above_name(edition: str, code: str, lang: Lang) -> str:
    """Name what a figure is held against; the country by that word."""
    if code == COUNTRY_CODE:
        return t("profile.country", lang)
    return place_name(area(edition, code), lang)


def out_of(text: str, fact: Fact, lang: Lang) -> str:
    """Say behind a published rank among how many, and who shares it, where all are ranked."""
    if fact.indicator.kind != "rank" or not fact.of:
        return text
    said = t("profile.rank.of", lang, rank=text, of=number(fact.of, lang))
    return said + tied_text(fact.tied, lang)


def rank_words(fact: Fact, place: Area, lang: Lang) -> str:
    """Write the rank of a figure among how many, and within which province if not in all."""
    rank, of = number(fact.rank, lang), number(fact.of, lang)
    tied = tied_text(fact.tied, lang)
    if fact.within == COUNTRY_CODE:
        return t("profile.rank", lang, rank=rank, of=of) + tied
    where = place_name(area(place.edition, fact.within), lang)
    return t("profile.rank.within", lang, rank=rank, of=of, where=where) + tied


def _standing(found: Profile, lang: Lang) -> Iterator[str]:
    """Say where the place is among the first and among the last, best told first."""
    ranked = [
        fact
        for fact in found.facts
        if fact.rank is not None
        and fact.of >= FEWEST_RANKED
        and fact.indicator.direction != "neutral"
    ]
    if not ranked:
        return
    # Sixty that share the first rank are not among the first five.
    first = sorted((f for f in ranked if (f.rank or 0) + f.tied <= TOP), key=lambda f: f.rank or 0)
    last = sorted((f for f in ranked if (f.rank or 0) > f.of - TOP), key=lambda f: -(f.rank or 0))
    for key, some in (("first", first), ("last", last)):
        if some:
            names = [
                t(
                    "profile.ranked",
                    lang,
                    what=pick(f.indicator.short, lang),
                    rank=rank_words(f, found.place, lang),
                    when=period_text(f.row or {}, lang),
                )
                for f in some[:MOST_NAMED]
            ]
            more = ".more" if len(some) > MOST_NAMED else ""
            yield t(
                f"profile.standing.{key}{more}",
                lang,
                n=number(len(some), lang),
                of=number(len(ranked), lang),
                top=number(TOP, lang),
                names="; ".join(names),
            )


def _extent(found: Profile, lang: Lang) -> str:
    """Say how much is known and how new it is, or that nothing is."""
    told = [fact.row for fact in found.facts if fact.row and fact.row["state"] in FIGURES]
    if not told:
        name = place_name(found.place, lang, full=True)
        return t("profile.nothing", lang, name=name)
    newest = period_text(max(told, key=lambda row: row["period_end"]), lang)
    if len(told) == 1:
        return t("profile.known.one", lang, when=newest)
    return t("profile.known", lang, n=number(len(told), lang), when=newest)
