"""The page of two indicators: square legend, map, plot, table, all in step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import streamlit as st

from base.words import t
from ui.address import FIRST, SECOND, Asked, Refusal, Settings, View
from ui.address.pair import PAIR
from ui.compare.common import indicator_choice, per_choice, show_card, single_out, story
from ui.compare.pair import Paired, draw_pair
from ui.compare.pair_words import card_html
from ui.parts import facts, pickers, provenance, ranking, show_map
from ui.scene import period_options
from ui.shell import (
    ask,
    crosstable,
    go,
    is_dark,
    refusals,
    scatter,
    show_html,
    store,
    take_row,
    title_block,
    top_bar,
    write_view,
)

NO_MORE: Final[Mapping[str, str]] = MappingProxyType({})


def pair_page(
    asked: View,
    settings: Settings,
    refused: list[Refusal],
    aside: Callable[[Asked], None] | None = None,
    more: Mapping[str, str] = NO_MORE,
) -> None:
    """Show two indicators at once.

    Parameters
    ----------
    refused
        What of it could not be followed.
    aside
        What takes the place of plot and table, if anything does.
    more
        Further parameters of the address.
    """
    drawn = draw_pair(store(), asked, settings, dark=is_dark())
    view = drawn.x.view.to(source=asked.source)
    write_view(view, **settings.params(view), **more)
    top_bar(view)
    refusals([*refused, *drawn.refused], view.lang)
    with st.container(key="body"):
        controls, middle, right = st.columns([1.05, 2.7, 2], gap="medium")
        with controls, st.container(key="controls"):
            _controls(drawn, settings)
        with middle, st.container(key="compare_middle"):
            title_block(drawn.title, "")
            story(drawn.why, drawn.sentences)
            show_map(drawn.map, view.lang, key="map_pair", chosen=lambda c: single_out(view, c))
            show_html(drawn.legend)
            y = drawn.y.view
            full = replace(settings, y=y.indicator, y_per=y.per, y_at=y.at)
            take_row(Asked(view, pair=full), PAIR)
        with right, st.container(key="compare_right"):
            if aside is not None:
                aside(Asked(view, pair=full))
            else:
                facts.empty(drawn.x)
                _right(drawn, view)
    traced = drawn.y if settings.of == SECOND else drawn.x
    provenance(traced, asked.source)


def _controls(drawn: Paired, settings: Settings) -> None:
    view, lang = drawn.x.view, drawn.x.view.lang
    indicator_choice(drawn.x, "indicator", "pair.x", lambda v: go(indicator=v))
    per_choice(drawn.x, "per", lambda v: go(per=v))
    pickers.period_picker(drawn.x)
    indicator_choice(
        drawn.y,
        "second",
        "pair.y",
        lambda v: write_view(view, y=v, y_per="", y_at=""),
    )
    y = drawn.y.view
    per_choice(drawn.y, "y_per", lambda v: write_view(view, y=y.indicator, y_per=v))
    periods = period_options(drawn.y)
    if len(periods) > 1:
        ask(
            st.selectbox,
            t("picker.period", lang),
            list(periods),
            key="y_at",
            value=settings.y_at if settings.y_at in periods else next(iter(periods)),
            act=lambda at: write_view(view, y=y.indicator, y_at=at.isoformat()),
            format_func=periods.__getitem__,
        )
    pickers.level_picker(drawn.x)


def _right(drawn: Paired, view: View) -> None:
    if drawn.square is not None and drawn.scatter is not None:
        crosstable("square", drawn.square, chosen=lambda key: write_view(view, cell=key))
        show_card(card_html(drawn.x, drawn.y, drawn.words.get(drawn.x.selected or "", "")))
        scatter("plot", drawn.scatter, chosen=lambda code: single_out(view, code))
    ranking(
        drawn.ranking,
        open=lambda code: single_out(view, code),
        source=lambda code: write_view(view.to(source=code), of=FIRST),
        more=lambda told: write_view(view.to(source=told.partition(":")[2]), of=SECOND),
    )
