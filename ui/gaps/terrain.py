"""What a reader gives about the ground and about radio, and the run over it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import streamlit as st
from streamlit.runtime import Runtime, exists
from streamlit.runtime.scriptrunner import get_script_run_ctx

from base.html import Markup, el
from base.reading import VISITOR
from base.words import Lang, number, t
from geo.coverage import Files
from geo.coverage.files import read_inputs
from geo.coverage.find import analyse
from geo.coverage.ground import RADIO_LIMITS, CoverageError, Options, Radio, Relief, Result
from geo.coverage.input import Limits
from geo.coverage.terrain import (
    Opened,
    built,
    defaults,
    forecast,
    lay_out,
    of_path,
    open_relief,
    paths_of,
)
from ui.gaps.job import Job
from ui.gaps.options import CRSS, crs_name
from ui.shell import show_html

RASTERS: Final = ["tif", "tiff", "zip"]
# What one run may be here; the command line takes more.
MOST_BYTES: Final = VISITOR.unpacked
# Of all rasters as they come: the server holds them in memory.
MOST_UPLOADED: Final = 120 << 20
# A run of more seconds is begun only when the reader has seen how long it will take.
ASK_FROM: Final = 20.0
UNITS: Final = ("", "m", "ft", "us-ft")
_FIELDS: Final = ("mhz", "height_m", "eirp_dbm", "threshold_dbm")
_CLASS: Final = re.compile(r"^\s*(\d{1,5})\s*[=:]\s*(\d{1,3}(?:[.,]\d+)?)\s*$")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a reader gives about the ground: uploads, and how they are to be taken."""

    terrain: list[Any]
    cover: list[Any]
    candidates: list[Any]
    crs: str
    unit: str
    classes: str
    radio: Radio


@dataclass(frozen=True, slots=True)
class Held:
    """What was found over real ground, and what its profiles are read from.

    The folder goes when nobody holds it any more: with the session at the latest.
    """

    result: Result
    opened: Opened
    folder: tempfile.TemporaryDirectory[str]


def terrain_form(ask: Callable[..., list[Any]], tables: list[str], lang: Lang) -> Ground:
    """Ask for rasters of the ground, and for how sites and receivers are built."""
    show_html(el("p.atlas-text", t("gaps.terrain.lead", lang)))
    left, middle, right = st.columns(3, gap="medium")
    with left:
        terrain = ask("terrain", RASTERS, lang, many=True)
    with middle:
        cover = ask("clutter", RASTERS, lang, many=True)
    with right:
        candidates = ask("candidates", tables, lang)
    left, middle, right = st.columns(3, gap="medium")
    with left:
        crs = st.selectbox(
            t("gaps.terrain.crs", lang),
            CRSS,
            format_func=lambda code: (
                crs_name(code, lang) if code else t("gaps.terrain.crs.said", lang)
            ),
            help=t("gaps.terrain.crs.help", lang),
            key="gaps_terrain_crs",
        )
    with middle:
        unit = st.selectbox(
            t("gaps.terrain.unit", lang),
            UNITS,
            format_func=lambda name: t(f"gaps.terrain.unit.{name or 'said'}", lang),
            key="gaps_terrain_unit",
        )
    with right:
        classes = st.text_input(
            t("gaps.terrain.classes", lang),
            help=t("gaps.terrain.classes.help", lang),
            placeholder="10=15, 50=8",
            key="gaps_terrain_classes",
        )
    radio = _radio_form(lang)
    return Ground(terrain, cover, candidates, str(crs), str(unit), str(classes), radio)


def _radio_form(lang: Lang) -> Radio:
    """Ask for heights, frequencies and powers; what is left empty is taken from the standards."""
    known = defaults()["technologies"]
    said: dict[str, dict[str, float]] = {field: {} for field in _FIELDS}
    show_html(el("p.atlas-text", t("gaps.radio.lead", lang)))
    for technology, of in known.items():
        boxes = st.columns(len(_FIELDS), gap="small")
        for box, field in zip(boxes, _FIELDS, strict=True):
            least, most = RADIO_LIMITS[field]
            told = of.get(field)
            with box:
                value = st.number_input(
                    t(f"gaps.radio.{field}", lang, technology=technology),
                    least,
                    most,
                    None,
                    help=told["source"] if told else t("gaps.radio.unknown.help", lang),
                    placeholder=number(told["value"], lang, 1)
                    if told
                    else t("gaps.radio.unknown", lang),
                    key=f"gaps_radio_{technology}_{field}",
                )
            if value is not None:
                said[field][technology] = float(value)
    last = st.columns(4, gap="small")
    one: dict[str, float | None] = {}
    for box, (field, name, limits) in zip(
        last,
        (
            ("receiver_m", "height_m", RADIO_LIMITS["height_m"]),
            ("k", "k", (0.3, 10.0)),
            ("places", "place_percent", (1.0, 99.0)),
        ),
        strict=False,
    ):
        value, source = of_path(name, Radio())
        with box:
            one[field] = st.number_input(
                t(f"gaps.radio.{field}", lang),
                *limits,
                None,
                help=source,
                placeholder=number(value, lang, 3),
                key=f"gaps_radio_{field}",
            )
    with last[3]:
        nearest = st.number_input(
            t("gaps.radio.nearest", lang), 1, 50, Radio().nearest, key="gaps_radio_nearest"
        )
    return Radio(**said, **one, nearest=int(nearest))  # type: ignore[arg-type]


def classes_of(text: str) -> dict[int, float] | None:
    """Read metres by class; None where nothing is written.

    Raises
    ------
    CoverageError
        Where it says something else.

    Examples
    --------
    >>> classes_of("10=15; 50 = 8,5")
    {10: 15.0, 50: 8.5}
    """
    if not text.strip():
        return None
    parts = [part for part in re.split(r"[;\n]|,(?=\s*\d+\s*[=:])", text) if part.strip()]
    found = [_CLASS.match(part) for part in parts]
    metres = {int(one[1]): float(one[2].replace(",", ".")) for one in found if one}
    if not all(found) or any(height > 200 for height in metres.values()):
        said = text.strip()[:60]
        raise CoverageError("gaps_classes", value=said)
    return metres


def present() -> Callable[[], bool]:
    """Return what tells whether the session of this run is still there."""
    context = get_script_run_ctx()
    if context is None:
        return lambda: True
    session = context.session_id
    return lambda: not exists() or Runtime.instance().is_active_session(session)


def check_uploads(ground: Ground) -> None:
    """Refuse rasters that are too much at once, or that stand on no ground.

    Raises
    ------
    CoverageError
        Naming their size, and the limit.
    """
    if (ground.cover or ground.candidates) and not ground.terrain:
        raise CoverageError("gaps_no_terrain")
    size = sum(int(upload.size) for upload in (*ground.terrain, *ground.cover))
    if size > MOST_UPLOADED:
        limit = MOST_UPLOADED >> 20
        raise CoverageError("gaps_uploads", size=-(-size >> 20), limit=limit)


def start(
    files: Files, options: Options, ground: Ground, kept: Mapping[str, Any], limits: Limits
) -> Job:
    """Begin a search that looks at the ground, in the background.

    Parameters
    ----------
    files
        On disk.
    kept
        ``folder``, that all files lie in; ``terrain`` and ``cover``, files of rasters with what
        messages call them.
    """

    def work(job: Job) -> Held:
        folder: tempfile.TemporaryDirectory[str] = kept["folder"]
        relief = _relief(Path(folder.name), ground, kept)
        job.progress("reading", 0, 0)
        inputs = read_inputs(files, options, limits=limits)
        opened = open_relief(relief, limits.room)
        if inputs.sites is None or not len(inputs.sites):
            raise CoverageError("terrain_no_sites", file=relief.called)
        job.progress("forecast", 0, 0)
        radio = ground.radio
        _, rows, whole = paths_of(
            inputs.settlements, inputs.sites, built(inputs.sites, radio), radio
        )
        if len(rows) > limits.max_paths:
            raise CoverageError("gaps_many_paths", n=len(rows), limit=limits.max_paths)
        told = forecast(opened, rows[whole], of_path("k", radio)[0])
        job.about = told
        if told.seconds > ASK_FROM:
            job.ask(told)
        result = analyse(
            inputs,
            options,
            grid=files.grid,
            grid_name=files.name(files.grid) if files.grid else "",
            relief=relief,
            radio=radio,
            limits=limits,
            progress=job.progress,
        )
        return Held(result, opened, folder)

    return Job(work, present()).start()


def _relief(folder: Path, ground: Ground, kept: Mapping[str, Any]) -> Relief:
    laid = {}
    for kind in ("terrain", "cover"):
        into = folder / f"laid-{kind}"
        into.mkdir()
        laid[kind] = lay_out(kept[kind], into, MOST_BYTES) if kept[kind] else (None, "")
    classes = classes_of(ground.classes)
    (terrain, name), (cover, cover_name) = laid["terrain"], laid["cover"]
    assert terrain is not None
    if classes and cover is None:
        raise CoverageError("terrain_classes")
    return Relief(terrain, cover, name, cover_name, classes, ground.crs, ground.unit)


def seconds_text(seconds: float, lang: Lang) -> str:
    """Write a time that is known roughly: no more exact than it is."""
    if seconds < 10:
        return t("gaps.seconds.few", lang)
    if seconds < 90:
        return t("gaps.seconds", lang, n=number(int(np.ceil(seconds / 10)) * 10, lang))
    return t("gaps.minutes", lang, n=number(int(np.ceil(seconds / 60)), lang))


def forecast_html(job: Job, lang: Lang) -> Markup:
    """Write how much there is to do and about how long that takes."""
    told = job.about
    return el(
        "p.atlas-text",
        t(
            "gaps.forecast",
            lang,
            paths=number(told.paths, lang),
            samples=number(told.samples, lang),
            time=seconds_text(told.seconds, lang),
        ),
    )
