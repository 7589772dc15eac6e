"""The controls of time: the slider over periods, and one scale for all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from base.html import el
from base.words import t
from ui.address import ALL_PERIODS, ONE_PERIOD
from ui.scene import VALUE, Manner, Scene
from ui.shell import ask, go, show, timeline


def period_slider(scene: Scene) -> None:
    """Show the slider over the periods that have figures here; a single one is said, not asked."""
    lang, view = scene.lang, scene.view
    found = scene.stops[::-1]
    if not found:
        return
    told = [[stop.at.isoformat(), stop.text(lang), stop.counted(lang)] for stop in found]
    if len(found) == 1:
        label, (_, period, areas) = t("picker.period", lang), told[0]
        said = el("div", f"{period} · {areas}"), el("small", t("time.single", lang))
        show("div.atlas-single", el("small", label), said)
        return
    at = view.at or found[-1].at
    timeline(
        "timeline",
        {
            "label": t("picker.period", lang),
            "stops": told,
            "value": max((i for i, stop in enumerate(found) if stop.at <= at), default=0),
            "words": {name: t(f"time.{name}", lang) for name in ("play", "pause", "next")},
        },
        at=_follow,
    )


def _follow(sent: Any) -> None:
    """Go to a period; while it is played, on one scale for all of them."""
    end, played = date.fromisoformat(str(sent[0])), sent[1] is True
    go(at=end, **({"scale": ALL_PERIODS} if played else {}))


def scale_switch(scene: Scene) -> None:
    """Show the choice of one scale for all periods, for figures drawn in classes or circles."""
    drawn = scene.manner in (Manner.CLASSES, Manner.CIRCLES)
    if not drawn or len(scene.stops) < 2 or scene.measure.kind != VALUE:
        return
    ask(
        st.checkbox,
        t("time.scale", scene.lang),
        key="scale",
        value=scene.view.scale == ALL_PERIODS,
        act=lambda one: go(scale=ALL_PERIODS if one else ONE_PERIOD),
        help=t("time.scale.help", scene.lang),
    )
