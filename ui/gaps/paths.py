"""Choose a settlement and one of its paths; see the path cut open, and take it away."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from base.html import Markup, el, items
from base.words import Lang, Refusal, day, number, t
from geo.coverage.ground import Result
from geo.coverage.output import marked_name, table_bytes, with_mark
from geo.coverage.terrain import Section, section
from geo.figure import DEFAULT_PRESET, FORMATS, MEDIA, FigureSpec, SectionBody, render
from ui.gaps.cutting import body_of, legend_of, section_html, worst_text
from ui.gaps.found import metres_text, networks_text
from ui.gaps.pick import settlements_here
from ui.gaps.settings import Settings
from ui.gaps.terrain import Held
from ui.gaps.upload import CUT
from ui.gaps.verdicts import decibels, ordered
from ui.shell import alert, show, show_html

# The settlement chosen on the map or in the list.
CHOSEN: Final = "gaps_settlement"
MOST: Final = 500


def of_settlement(result: Result, id_: str) -> pd.DataFrame:
    """Return the paths of a settlement: those in sight first, then by loss."""
    assert result.terrain is not None
    paths = result.terrain.paths
    mine = paths[paths["id"] == id_]
    rank = mine["verdict"].map({"in_sight": 0, "unknown": 1, "shadowed": 2})
    order = np.lexsort((mine["distance_m"], mine["loss_db"].fillna(np.inf), rank))
    return mine.iloc[order]


def profile_part(result: Result, held: Held, settings: Settings, lang: Lang) -> None:
    """Show the choice of a path and the path."""
    assert result.terrain is not None
    rows = ordered(settlements_here(result, settings))
    known = set(result.terrain.paths["id"])
    rows = rows[[id_ in known for id_ in rows["id"]]]
    show("h2.atlas-list", t("gaps.section.title", lang), id="gaps-section")
    if rows.empty:
        show("p.atlas-text", t("gaps.section.none", lang))
        return
    names = {
        str(id_): _settlement_text(name, id_, verdict, lang)
        for id_, name, verdict in zip(rows["id"], rows["name"], rows["terrain"], strict=True)
    }
    options = list(names)[:MOST]
    chosen = st.session_state.get(CHOSEN)
    if chosen in names and chosen not in options:
        options.insert(0, chosen)
    if chosen not in options:
        st.session_state[CHOSEN] = options[0]
    left, right = st.columns(2, gap="medium")
    with left:
        id_ = st.selectbox(
            t("gaps.section.settlement", lang), options, format_func=names.__getitem__, key=CHOSEN
        )
    paths: list[dict[str, Any]] = of_settlement(result, str(id_)).to_dict("records")  # type: ignore[assignment]
    with right:
        at = st.selectbox(
            t("gaps.section.path", lang),
            range(len(paths)),
            format_func=lambda n: path_text(paths[n], lang),
            key=f"gaps_path_{id_}",
        )
    if len(names) > MOST:
        show("p.atlas-text", t("gaps.section.most", lang, n=number(MOST, lang)))
    _show(result, held, paths[int(at or 0)], names[str(id_)], lang)


def _settlement_text(name: str, id_: str, verdict: str, lang: Lang) -> str:
    return f"{str(name or id_)[:60]} ({t(f'gaps.ground.{verdict}', lang)})"


def path_text(row: dict[str, Any], lang: Lang) -> str:
    """Name a path by its network, length and verdict."""
    network = networks_text(str(row["network"]), lang)
    verdict = t(f"gaps.ground.{row['verdict']}", lang)
    return f"{network}, {metres_text(row['distance_m'], lang)}: {verdict}"


def row_of_path(row: dict[str, Any]) -> Any:
    """Return a path as `geo.coverage.terrain.section` takes it."""
    columns = ("site_lon", "site_lat", "lon", "lat", "site_height_m", "receiver_m", "mhz")
    values = np.array([float(row[name]) for name in columns])
    values[6] /= 1000
    return values


def _cut(result: Result, held: Held, row: dict[str, Any]) -> Section:
    """Cut a path open, once for as long as it is looked at."""
    assert result.terrain is not None
    asked = tuple(row_of_path(row).tolist())
    kept = st.session_state.get(CUT)
    if kept is None or kept[0] is not held or kept[1] != asked:
        kept = (held, asked, section(held.opened, np.array(asked), result.terrain.k))
        st.session_state[CUT] = kept
    found: Section = kept[2]
    return found


def _show(result: Result, held: Held, row: dict[str, Any], name: str, lang: Lang) -> None:
    lacking = [what for what in ("site_height_m", "mhz") if np.isnan(float(row[what]))]
    if lacking:
        missing = t(f"coverage.terrain.missing.{row['missing']}", lang)
        show("p.atlas-text", t("gaps.section.lacks", lang, what=missing))
        return
    try:
        with st.spinner(t("gaps.working", lang)):
            cut = _cut(result, held, row)
    except Refusal as refused:
        alert(refused.say(lang))
        return
    network = networks_text(str(row["network"]), lang)
    ends = (t("gaps.section.site", lang, network=network), name.rpartition(" (")[0])
    body = body_of(cut, ends, lang)
    show_html(section_html(body, alt_text(cut, row, ends, lang), lang))
    show_html(facts_html(result, row, lang))
    _downloads(figure_of(result, row, cut, body, lang), result, cut, str(row["id"]), lang)


def alt_text(cut: Section, row: dict[str, Any], ends: tuple[str, str], lang: Lang) -> str:
    """Describe a path to those who do not see it."""
    said = t(
        "gaps.section.alt",
        lang,
        site=ends[0],
        name=ends[1],
        km=number(float(row["distance_m"]) / 1000, lang, 1),
        verdict=t(f"gaps.ground.{row['verdict']}", lang),
    )
    return said if cut.worst is None else f"{said} {worst_text(cut, lang)}"


def facts_html(result: Result, row: dict[str, Any], lang: Lang) -> Markup:
    """Write what was reckoned with on a path, and what came of it."""
    return el("div.atlas-text", items(facts(result, row, lang)))


def facts(result: Result, row: dict[str, Any], lang: Lang) -> list[str]:
    """Say what was reckoned with on a path, and what came of it."""
    assert result.terrain is not None
    lines = [
        t(
            "gaps.section.assumed",
            lang,
            mhz=number(row["mhz"], lang, 1),
            site=number(row["site_height_m"], lang, 1),
            receiver=number(row["receiver_m"], lang, 1),
            k=number(result.terrain.k, lang, 3),
        )
    ]
    if row["verdict"] == "unknown":
        missing = t(f"coverage.terrain.missing.{row['missing']}", lang)
        return [*lines, t("gaps.section.lacks", lang, what=missing)]
    loss = {n: decibels(row[n], lang) for n in ("diffraction_db", "loss_db")}
    lines.append(t("gaps.section.loss", lang, **loss))
    if not np.isnan(row["level_dbm"]):
        told = {n: decibels(row[n], lang) for n in ("level_dbm", "margin_db")}
        lines.append(t("gaps.section.level", lang, **told))
    else:
        lines.append(t("gaps.section.no_level", lang))
    return lines


def figure_of(
    result: Result, row: dict[str, Any], cut: Section, body: SectionBody, lang: Lang
) -> FigureSpec:
    """Describe a path on paper."""
    assert result.terrain is not None
    names = ", ".join(dict.fromkeys([*result.read, result.terrain.raster]))
    return FigureSpec(
        lang=lang,
        theme="light",
        preset=DEFAULT_PRESET,
        title=t("gaps.section.figure", lang, site=body.ends[0], name=body.ends[1]),
        subtitle=" ".join(facts(result, row, lang)),
        body=body,
        legend=legend_of(body, lang),
        note=t("gaps.section.note", lang),
        as_of=t("gaps.figure.day", lang, day=day(date.today(), lang)),
        source=t("figure.sources", lang, names=names),
        watermark=t("figure.simulated", lang) if result.simulated else "",
        alt=alt_text(cut, row, body.ends, lang),
    )


def profile_frame(cut: Section, result: Result) -> pd.DataFrame:
    """Return the samples of a path as a table: heights in metres, raised by the bulge of the earth.

    The mark is in its first column where they are made up.
    """
    columns = {"km": cut.km, "ground_m": cut.ground, "top_m": cut.top, "ray_m": cut.ray}
    columns["fresnel_radius_m"] = cut.zone
    frame = pd.DataFrame(columns).round({"km": 4} | dict.fromkeys(list(columns)[1:], 2))
    return with_mark(frame, result.simulated)


def _downloads(spec: FigureSpec, result: Result, cut: Section, id_: str, lang: Lang) -> None:
    safe = "".join(c if c.isalnum() or c in "-_" else "_" for c in id_)[:40]
    stem = marked_name(f"profile-{safe}", result.simulated)
    boxes = st.columns(len(FORMATS) + 1, gap="small")
    with boxes[-1]:
        st.download_button(
            t("gaps.section.csv", lang),
            data=lambda: table_bytes(profile_frame(cut, result), "csv"),
            file_name=f"{stem}.csv",
            mime="text/csv",
            key="gaps_section_csv",
            on_click="ignore",
            width="stretch",
        )
    for box, fmt in zip(boxes, FORMATS, strict=False):
        with box:
            st.download_button(
                t(f"figure.download.{fmt}", lang),
                data=lambda fmt=fmt: render(spec, fmt),  # type: ignore[misc]
                file_name=f"{stem}.{fmt}",
                mime=MEDIA[fmt],
                key=f"gaps_section_{fmt}",
                on_click="ignore",
                width="stretch",
            )
