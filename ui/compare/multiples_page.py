"""The page of small multiples: maps side by side that move together, one legend, one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from base.html import el
from base.words import t
from ui.address import MOST_MAPS, Asked, Refusal, Settings, View
from ui.address.pair import MULTIPLES
from ui.compare.common import indicator_choice, per_choice, single_out, story
from ui.compare.multiples import Multiples, draw_multiples, usual
from ui.compare.pair_page import NO_MORE
from ui.parts import class_picker, facts, pickers, provenance, ranking, show_map
from ui.shell import (
    ask,
    go,
    is_dark,
    put,
    refusals,
    show,
    show_html,
    store,
    take_row,
    title_block,
    top_bar,
    write_view,
)

# Columns of maps, by how many maps there are.
COLUMNS = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3}


def multiples_page(
    asked: View,
    settings: Settings,
    refused: list[Refusal],
    aside: Callable[[Asked], None] | None = None,
    more: Mapping[str, str] = NO_MORE,
) -> None:
    """Show small multiples.

    Parameters
    ----------
    refused, aside, more
        See `ui.compare.pair_page.pair_page`.
    """
    drawn = draw_multiples(store(), asked, settings, dark=is_dark())
    view = drawn.scene.view.to(source=asked.source)
    written = settings.params(view) | {"maps": ",".join(drawn.shown)}
    write_view(view, **written, **more)
    top_bar(view)
    refusals([*refused, *drawn.refused], view.lang)
    with st.container(key="body"):
        controls, wide = st.columns([1.1, 4.5], gap="medium")
        with controls, st.container(key="controls"):
            _controls(drawn)
        with wide:
            title_block(drawn.title, "")
            story(drawn.why, ())
            facts.empty(drawn.scene)
            show_html(drawn.legend)
            _maps(drawn, view)
            full = Asked(view, pair=replace(settings, maps=drawn.shown))
            take_row(full, MULTIPLES)
            if aside is not None:
                aside(full)
            with st.container(key="multiples_table"):
                ranking(
                    drawn.ranking,
                    open=lambda code: single_out(view, code),
                    source=lambda code: write_view(view.to(source=code), of="0"),
                    more=lambda told: _trace(view, told),
                )
    at = int(settings.of) if settings.of.isdigit() else 0
    provenance(drawn.scenes[min(at, len(drawn.scenes) - 1)], asked.source)


def _trace(view: View, told: str) -> None:
    """Trace a figure of one of the maps after the first to its source."""
    at, _, code = told.partition(":")
    write_view(view.to(source=code), of=str(int(at) + 1))


def _maps(drawn: Multiples, view: View) -> None:
    n = len(drawn.maps)
    columns = COLUMNS[n]
    with st.container(key=f"multiples_rows_{-(-n // columns)}"):
        for start in range(0, n, columns):
            for at, column in enumerate(st.columns(columns, gap="small"), start):
                if at >= n:
                    continue
                with column:
                    told = el("small", drawn.counts[at])
                    show("h2.atlas-map-title", drawn.captions[at], " ", told)
                    show_map(
                        drawn.maps[at],
                        view.lang,
                        key=f"map_multiple_{at}",
                        chosen=lambda code: single_out(view, code),
                    )


def _controls(drawn: Multiples) -> None:
    view, lang = drawn.scene.view, drawn.scene.view.lang
    indicator_choice(drawn.scene, "indicator", "picker.indicator", _go_afresh)
    per_choice(drawn.scene, "per", lambda chosen: go(per=chosen))
    dates = usual(drawn.offered, periods=True)
    kin = usual(drawn.offered, periods=False)
    over = [name for name, found in (("periods", dates), ("kindred", kin)) if len(found) > 1]
    if drawn.shown and len(over) > 1:
        ask(
            st.segmented_control,
            t("multiples.over", lang),
            over,
            key="over",
            value=over[0] if drawn.shown[0] in dates else over[1],
            act=lambda name: write_view(view, maps=",".join(kin if name == "kindred" else dates)),
            format_func=lambda name: t(f"multiples.over.{name}", lang),
        )
    if drawn.shown:
        _choice(drawn, view)
    pickers.level_picker(drawn.scene)
    class_picker(drawn.scene)


def _go_afresh(indicator: str) -> None:
    put("maps", "")
    go(indicator=indicator)


def _choice(drawn: Multiples, view: View) -> None:
    alike = [n for n in drawn.offered if n[:4].isdigit() == drawn.shown[0][:4].isdigit()]

    def changed(several: list[str]) -> None:
        chosen = [name for name in alike if name in several]
        if len(chosen) > 1:
            write_view(view, maps=",".join(chosen))

    ask(
        st.multiselect,
        t("multiples.which", view.lang),
        alike,
        key="side_by_side",
        value=list(drawn.shown),
        act=changed,
        format_func=drawn.offered.__getitem__,
        max_selections=MOST_MAPS,
        placeholder=t("multiples.which.hint", view.lang),
    )
