"""Below the map: the card for few figures, the way out of an empty level, the definition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from base.html import Markup, el, join
from base.words import Lang, number, pick, t
from geo.editions import COUNTRY_CODE, Level, edition
from metrics.catalog import Catalog, Indicator
from metrics.panel import CONFLICTING, newest
from metrics.store import Store, kept_in_store
from metrics.targets import is_stated
from ui.address import PUBLISHED, View, mapped_editions
from ui.scene import (
    Manner,
    Row,
    Scene,
    basis_name,
    basis_options,
    covered,
    due_text,
    level_name,
    offers,
    parts_of,
    period_text,
    place_name,
    provinces_with,
    records,
    role_text,
    showing,
    source_name,
    state_text,
    value_text,
    with_unit,
)
from ui.shell import go, links, show_html, write_view

MOST_OFFERS = 8
MOST_ABOVE = 6
MOST_BESIDE = 3
MOST_FACTS = 12
TABLES_KEPT = 64


def card(scene: Scene) -> None:
    """Show the figures themselves where they are too few for a colour scale."""
    if told := card_html(scene):
        show_html(told)


def card_html(scene: Scene) -> Markup:
    """Write the figures themselves, where they are few enough to be read beside their table."""
    shown = [at for at, text in enumerate(scene.measure.texts) if text]
    if scene.manner is not Manner.CARD or len(shown) > MOST_FACTS:
        return Markup()
    shared = {scene.whens[at] for at in shown}
    once = shared.pop() if len(shared) == 1 and len(shown) > 1 else ""
    lines = [
        el(
            "li",
            f"{scene.name(scene.codes[at], full=True)}: ",
            el("b", scene.figure(at)),
            "" if once else join(" ", el("small", scene.whens[at])),
        )
        for at in shown
    ]
    return el("div.atlas-card", el("p.atlas-small", once) if once else "", el("ul", lines))


def empty(scene: Scene) -> None:
    """Say that the level has no figures, keep the parent's in view, and offer what exists."""
    if scene.manner is not Manner.EMPTY:
        return
    lang = scene.lang
    show_html(
        f'<div class="atlas-note" role="status"><p>{escape(empty_text(scene))}</p></div>'
        f"{_above(scene)}"
    )
    found = offers(scene)[:MOST_OFFERS]
    _elsewhere(scene)
    if not found:
        return
    items = [
        {
            "v": indicator.id,
            "t": pick(indicator.short, lang),
            "s": t(
                "offers.count",
                lang,
                n=number(n, lang),
                of=number(scene.panel.n_areas, lang),
                areas=scene.areas(2),
            ),
            "href": scene.view.to(indicator=indicator.id).href(),
        }
        for indicator, n in found
    ]
    links(
        "offers",
        {
            "label": t("offers.lead", lang),
            "lead": t("offers.lead", lang),
            "items": items,
            "style": "offers",
        },
        chosen=lambda value: go(indicator=value),
    )


def empty_text(scene: Scene) -> str:
    """Say that a level has no figures."""
    what, where = pick(scene.indicator.short, scene.lang), scene.words.where
    return t("empty.level", scene.lang, what=what, areas=scene.areas(2), where=where)


def _elsewhere(scene: Scene) -> None:
    """Offer the indicator where it does have figures: above, in other places, on other maps."""
    lang, view = scene.lang, scene.view
    ways: dict[str, tuple[str, View]] = {}
    for basis in basis_options(scene):
        if basis not in (PUBLISHED, view.basis):
            name = basis_name(basis, view.level, lang)
            ways[f"basis {basis}"] = (t("empty.carry", lang, basis=name), view.to(basis=basis))
    if view.level is not Level.PROVINCE:
        _above_and_beside(scene, ways)
    counts = scene.store.availability()
    known = set(counts.loc[counts["indicator"] == view.indicator, "edition"])
    for other in mapped_editions():
        if other in known and other != view.edition:
            found = edition(other)
            name = found.name_vi if lang == "vi" else found.name_en
            there = showing(
                scene.store,
                view.to(edition=other, place=COUNTRY_CODE, indicator=view.indicator),
                view.indicator,
            )
            ways[f"edition {other}"] = (t("empty.other_edition", lang, edition=name), there)
    if not ways:
        return
    items = [{"v": key, "t": text, "href": to.href()} for key, (text, to) in ways.items()]
    links(
        "elsewhere",
        {"label": t("offers.lead", lang), "items": items, "style": "offers"},
        chosen=lambda key: write_view(ways[key][1]),
    )


def _above_and_beside(scene: Scene, ways: dict[str, tuple[str, View]]) -> None:
    """Add the provinces, and those whose parts have figures of the indicator."""
    lang, view, store = scene.lang, scene.view, scene.store
    whole = covered(store, view.edition, Level.PROVINCE, None)
    n = next((one.areas for one in whole if one.indicator == view.indicator), 0)
    if n:
        areas = level_name(Level.PROVINCE, lang, n)
        text = t("empty.provinces", lang, n=number(n, lang), areas=areas)
        ways["provinces"] = (text, view.to(level=Level.PROVINCE))
    for province in provinces_with(store, view.indicator, view.edition, view.level)[:MOST_BESIDE]:
        one = parts_of(store, province, view.indicator)
        if one is not None and province.code != view.place:
            text = t(
                "empty.beside",
                lang,
                where=place_name(province, lang),
                n=number(one.areas, lang),
                areas=level_name(view.level, lang, one.areas),
            )
            ways[f"place {province.code}"] = (text, view.to(place=province.code, level=view.level))


def _above(scene: Scene) -> str:
    """List what is known of the indicator about the place above, each figure with its source."""
    lang, indicator, store = scene.lang, scene.indicator, scene.store
    rows = store.row(indicator.id, scene.view.edition, scene.scope.code)
    lines = []
    for row in records(rows.head(MOST_ABOVE)):
        value = role_text(str(row["role"]), lang)
        value += with_unit(value_text(row, indicator, lang), indicator, lang)
        origin = store.catalog.origin(str(row["origin"]))
        told = f"{period_text(row, lang)} · {source_name(origin, lang)}"
        lines.append(f"<li><b>{escape(value)}</b> <small>{escape(told)}</small></li>")
    if not lines:
        return ""
    heading = t("empty.above", lang, where=scene.words.where)
    if scene.panel.parent_row is not None and scene.panel.parent_row["state"] == "conflicting":
        heading = t("conflict.parent", lang, where=scene.words.where)
    return f'<div class="atlas-card"><p>{escape(heading)}</p><ul>{"".join(lines)}</ul></div>'


def conflict(scene: Scene) -> None:
    """Say that sources disagree about some areas, or about the place itself."""
    if told := conflict_html(scene):
        show_html(told)


def conflict_html(scene: Scene) -> Markup:
    """Write that sources disagree about some areas; nothing where they do not."""
    n = int((scene.panel.frame["state"] == CONFLICTING).sum())
    return el("p.atlas-note", t("conflict.areas", scene.lang, n=n)) if n else Markup()


def definition(scene: Scene) -> None:
    """Show what the indicator means and what to beware of."""
    lang, indicator = scene.lang, scene.indicator
    with st.expander(t("definition.title", lang)):
        texts = [f"<p>{escape(pick(indicator.definition, lang))}</p>"]
        if indicator.numerator and indicator.denominator:
            parts = t(
                "definition.parts",
                lang,
                numerator=pick(indicator.numerator, lang),
                denominator=pick(indicator.denominator, lang),
            )
            texts.append(f"<p>{escape(parts)}</p>")
        texts += [f"<p>{escape(pick(caveat, lang))}</p>" for caveat in indicator.caveats]
        show_html(f'<div class="atlas-small">{"".join(texts)}</div>')


def place_facts(store: Store, view: View) -> None:
    """List the other figures known about the place, most of which no other place has."""
    n, table = _facts_table(store, replace(view, source=""))
    if not n:
        return
    where = place_name(view.area(), view.lang)
    with st.popover(t("place_facts.title", view.lang, where=where, n=n), width="stretch"):
        show_html(table)


@kept_in_store(TABLES_KEPT)
def _facts_table(store: Store, view: View) -> tuple[int, str]:
    lang, catalog = view.lang, store.catalog
    rows = store.place_observations(view.edition, view.place)
    rows = rows[rows["indicator"] != view.indicator]
    order = list(catalog.domains)
    entries = []
    for (id_, _role), said in _newest(rows, catalog).items():
        indicator, row = catalog.indicators[id_], said[0]
        told = dict.fromkeys(
            with_unit(value_text(one, indicator, lang), indicator, lang) for one in said
        )
        value = role_text(str(row["role"]), lang) + "; ".join(told)
        if len(said) > 1:
            value += f" ({state_text(CONFLICTING, lang)})"
        when = period_text(row, lang) if row["role"] == "result" else _due(row, lang)
        href = view.to(indicator=indicator.id, source=view.place).href()
        name = escape(pick(indicator.short, lang))
        entries.append(
            (
                order.index(indicator.domain),
                indicator.family or "",
                f'<tr><td><a href="{escape(href)}" target="_self">{name}</a></td>'
                f"<td>{escape(value)}</td><td>{escape(when)}</td></tr>",
            )
        )
    body, last = [], None
    for domain, _family, line in sorted(entries, key=lambda entry: entry[:2]):
        if domain != last:
            name = pick(catalog.domains[order[domain]].title, lang)
            body.append(f'<tr><th colspan="3" scope="rowgroup">{escape(name)}</th></tr>')
            last = domain
        body.append(line)
    return len(entries), f'<table class="atlas-facts">{"".join(body)}</table>'


def _newest(rows: pd.DataFrame, catalog: Catalog) -> dict[tuple[str, str], Sequence[Row]]:
    """Return of each indicator, in each role, the newest row about a place; see `_settled`."""
    said: dict[tuple[str, str], Sequence[Row]] = dict.fromkeys(
        zip(rows["indicator"], rows["role"], strict=True), ()
    )
    of = rows.groupby(["indicator", "role"], sort=False)["period_end"]
    last = rows[rows["period_end"] == of.transform("max")]
    once = ~last.duplicated(["indicator", "role"], keep=False)
    # Most are told once: all of them are chosen at once, as if each were of an area of its own.
    alone, _ = newest(last[once].assign(area=range(once.sum())))
    for row in records(alone):
        said[row["indicator"], row["role"]] = (row,)
    settled = rows.loc[~rows.index.isin(last.index[once])]
    for (id_, role), same in settled.groupby(["indicator", "role"], sort=False):
        if not said[str(id_), str(role)]:
            said[str(id_), str(role)] = _settled(same, catalog.indicators[str(id_)])
    return said


def _settled(rows: pd.DataFrame, indicator: Indicator) -> Sequence[Row]:
    """Return the newest row about a place; each of them where sources disagree."""
    chosen, others = newest(rows, indicator.prefer)
    if chosen.empty:
        return records(rows.head(1))
    disagree = chosen["state"].iloc[0] == CONFLICTING
    return records(others if disagree else chosen.reset_index())


def _due(row: Row, lang: Lang) -> str:
    """Write by when what is aimed at is due, or that its source does not say."""
    stated = row["period_end"] if is_stated(row) else pd.NaT
    return due_text({**row, "deadline": stated}, lang) or t("targets.no_deadline", lang)
