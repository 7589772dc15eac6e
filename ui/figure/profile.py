"""The figure of a place: its profile on one page, to print or to post."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from base.words import Lang, pick, t
from geo.boundaries import has_layer, web_layer
from geo.editions import Area, Level, areas
from geo.figure import (
    Archipelago,
    FigureSpec,
    Fill,
    Legend,
    MapBody,
    ProfileBody,
    ProfileRow,
    Shape,
    Theme,
)
from metrics.briefs import Fact, Profile, profile
from metrics.catalog import boundary_note
from metrics.store import Store
from ui.address import PROFILE
from ui.charts import against_of
from ui.figure.map import sentences
from ui.figure.parts import ACCENTS, Choices, NoFigures, whole
from ui.places import DRAWN_ON, Sources, kind_text, lede, others_of, rank_text, summed_note, told_of
from ui.scene import is_made_up, period_text, place_name, symbols_of

HEADS = ("indicator", "value", "date", "rank", "against")


def profile_spec(
    store: Store, edition_id: str, place: Area, lang: Lang, choices: Choices
) -> FigureSpec:
    """Describe the figure of a place.

    Raises
    ------
    NoFigures
        If nothing is known of it.
    """
    found = profile(store, edition_id, place.code)
    name = place_name(place, lang, full=True)
    if not found.facts:
        raise NoFigures(t("figure.none", lang, title=name))
    sources = Sources(store, lang)
    rows = tuple(_rows(store, found, sources, lang))
    notes = tuple(sources.lettered(summed_note(found, lang)))
    listed = "; ".join(f"[{n}] {text}" for n, text in enumerate(sources.numbered(), 1))
    locator = _locator(edition_id, place, lang, choices.theme)
    told = lede(found, lang)
    body = ProfileBody(
        lede=told,
        heads=tuple(t(f"profile.head.{head}", lang) for head in HEADS),  # type: ignore[arg-type]
        rows=rows,
        locator=locator,
        more=t("figure.profile.more", lang),
        notes=sentences(list(notes)),
        accent=ACCENTS[choices.theme],
    )
    return whole(
        lang,
        choices,
        kind=PROFILE,
        title=name,
        subtitle=kind_text(edition_id, place, lang),
        source=t("figure.sources", lang, names=listed) if listed else "",
        on=edition_id,
        boundary=f"{boundary_note(locator.edition, locator.level, lang)}.",
        simulated=_simulated(found),
        alt=told,
        body=body,
        legend=Legend(),
    )


def _rows(store: Store, found: Profile, sources: Sources, lang: Lang) -> Iterator[ProfileRow]:
    for domain, facts in groupby(found.facts, key=lambda fact: fact.indicator.domain):
        yield ProfileRow(pick(store.catalog.domains[domain].title, lang), group=True)
        for fact in facts:
            yield _row(fact, found.place, sources, lang)


def _row(fact: Fact, place: Area, sources: Sources, lang: Lang) -> ProfileRow:
    name = pick(fact.indicator.short, lang)
    value, when = "", ""
    if fact.row is not None:
        value = " ".join(text for text in told_of(fact, place, sources, lang) if text)
        when = period_text(fact.row, lang)
    held = against_of(fact, place, lang)
    others = [" ".join(filter(None, told)) for told in others_of(fact, sources, lang)]
    return ProfileRow(
        name=name,
        value=value,
        when=when,
        rank=rank_text(fact, place, lang),
        share=held.share if held else None,
        marks=tuple(share for _, share in held.marks) if held else (),
        against="; ".join(text for _, text in held.words) if held else "",
        more="; ".join(others),
    )


def _simulated(found: Profile) -> bool:
    rows = [fact.row for fact in found.facts if fact.row is not None]
    return is_made_up(row.get("dataset", "") for row in rows)


def _locator(edition_id: str, place: Area, lang: Lang, theme: Theme) -> MapBody:
    """Draw where a place lies: in the country, or in its province where it is a part of one."""
    on = DRAWN_ON.get(edition_id, edition_id)
    low = place.level in (Level.DISTRICT, Level.COMMUNE) and on == edition_id
    level = place.level if low and has_layer(on, place.level) else Level.PROVINCE
    marked = _marked(on, place, level)
    symbols = symbols_of(on, web_layer(on, level), lang)
    return MapBody(
        edition=on,
        level=level,
        shapes=tuple(
            Shape(
                one.code,
                ACCENTS[theme] if one.code in marked else Fill.PLAIN,
                name := place_name(one, lang),
                told=name,
            )
            for one in areas(on, level, str(place.parent) if level is place.level and low else None)
        ),
        archipelagos=tuple(
            Archipelago(s.code, s.label, s.place, s.points, s.name) for s in symbols
        ),
        focus=str(place.parent) if low and level is place.level else None,
    )


def _marked(on: str, place: Area, level: Level) -> set[str]:
    if place.level in (Level.COUNTRY, Level.REGION):
        return {one.code for one in areas(on, Level.PROVINCE, place.code)}
    if place.level is level:
        return {place.code}
    return {str(place.parent)}
