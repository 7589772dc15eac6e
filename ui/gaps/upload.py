"""The form that takes a reader's files, shows what they seem to hold, reads and forgets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st

from base.html import Markup, el, items
from base.reading import Room
from base.words import Lang, Refusal, t
from geo.coverage import Files, find_gaps
from geo.coverage.ground import CoverageError, Result
from geo.coverage.input import Limits
from ui.gaps.columns import columns_form
from ui.gaps.folders import own_folder
from ui.gaps.job import Job
from ui.gaps.options import Chosen, options_form
from ui.gaps.terrain import Ground, Held, check_uploads, start, terrain_form
from ui.shell import alert, status, upload_words

RESULT: Final = "atlas_gaps_result"
# The search under way, and what the profiles of its result are read from.
JOB, HELD = "atlas_gaps_job", "atlas_gaps_held"
# What is kept of it while it is looked at: by another edition, as a file, as a profile.
VIEWED, FILE, CUT = "atlas_gaps_viewed", "atlas_gaps_file", "atlas_gaps_cut"
# What one upload may hold; the command line takes more.
LIMITS: Final = Limits(
    256 << 20,
    max_rows=1_000_000,
    max_settlements=200_000,
    max_vertices=3_000_000,
    max_paths=250_000,
    room=Room(seconds=120, result=192 << 20),
)
TABLES: Final = [
    *("csv", "txt", "tsv", "gz", "xlsx", "xls", "gpkg", "geojson", "json", "kml", "kmz"),
    *("fgb", "parquet", "zip"),
]
SHAPES: Final = ["gpkg", "geojson", "json", "kml", "kmz", "fgb", "zip", "parquet"]
GRIDS: Final = ["tif", "tiff", "parquet", "csv"]
KINDS: Final = ("settlements", "sites", "polygons", "measurements", "grid")


@dataclass(frozen=True, slots=True)
class Given:
    """The files that a reader has put in, by kind, and what their columns are said to be."""

    files: Mapping[str, list[Any]]
    columns: Mapping[str, Mapping[str, str]]
    ground: Ground


def shown_name(upload: Any) -> str:
    """Return the name of an upload as it is shown: never used as a path."""
    return Path(str(upload.name)).name[:80]


def form(lang: Lang) -> bool:
    """Ask for files and options; on the button, search and keep the result for this session."""
    upload_words(t("convert.upload", lang))
    away = held() is not None or JOB in st.session_state
    box = st.expander(t("gaps.files", lang)) if away else st.container()
    with box, st.container(key="gaps_form"):
        left, middle, right = st.columns(3, gap="medium")
        with left:
            settled = ask_files("settlements", TABLES, lang)
        with middle:
            sites = ask_files("sites", TABLES, lang)
        with right:
            polygons = ask_files("polygons", SHAPES, lang, many=True)
        with st.expander(t("gaps.options", lang)):
            one, two = st.columns(2, gap="medium")
            with one:
                measured = ask_files("measurements", TABLES, lang)
            with two:
                grid = ask_files("grid", GRIDS, lang)
            chosen = options_form(lang)
        given = bool(st.session_state.get("gaps_terrain"))
        with st.expander(t("gaps.terrain", lang), expanded=given):
            ground = terrain_form(ask_files, TABLES, lang)
        files = dict(zip(KINDS, (settled, sites, polygons, measured, grid), strict=True))
        columns = {
            kind: columns_form(files[kind][0], kind, chosen, LIMITS, lang)
            for kind in ("settlements", "sites", "measurements")
            if files[kind]
        }
        if ground.candidates:
            columns["candidates"] = {}
        submit(t("gaps.search", lang), RESULT)
    if submitted(RESULT):
        _search(lang, Given(files, columns, ground), chosen)
        if held() is not None or JOB in st.session_state:
            st.rerun()  # the form folds away above what was found
    return any(files.values())


def submit(label: str, what: str) -> None:
    """Show the button of a form; that it was pressed outlives a run that is cut short."""

    def pressed() -> None:
        st.session_state[f"{what}_asked"] = True

    st.button(label, type="primary", on_click=pressed, key=f"{what}_button")


def submitted(what: str) -> bool:
    """Tell, once, whether the button of a form was pressed."""
    return bool(st.session_state.pop(f"{what}_asked", False))


def ask_files(
    name: str, kinds: list[str], lang: Lang, *, many: bool = False, key: str = ""
) -> list[Any]:
    """Ask for files of a kind; none, one, or as many as there are."""
    given = st.file_uploader(
        t(f"gaps.file.{name}", lang),
        type=kinds,
        accept_multiple_files=many,
        help=t(f"gaps.file.{name}.help", lang),
        key=key or f"gaps_{name}",
    )
    if many:
        return list(given or [])
    return [] if given is None else [given]


def _search(lang: Lang, given: Given, chosen: Chosen) -> None:
    forget()
    if not given.files["settlements"]:
        alert(CoverageError("no_network").say(lang))
        return
    try:
        check_uploads(given.ground)
    except CoverageError as error:
        alert(error.say(lang))
        return
    # It goes when nobody holds it any more.
    folder = own_folder()
    names: list[tuple[Path, str]] = []

    def kept(uploads: list[Any]) -> list[Path]:
        paths = []
        for upload in uploads:
            path = Path(folder.name) / f"file-{len(names)}"
            path.write_bytes(upload.getbuffer())
            names.append((path, shown_name(upload)))
            paths.append(path)
        return paths

    paths = {kind: kept(given.files[kind]) for kind in KINDS}
    rasters = {kind: kept(getattr(given.ground, kind)) for kind in ("terrain", "cover")}
    listed = kept(given.ground.candidates)
    first = {kind: paths[kind][0] if paths[kind] else None for kind in KINDS}
    assert first["settlements"] is not None
    files = Files(
        first["settlements"],
        first["sites"],
        tuple(paths["polygons"]),
        first["measurements"],
        first["grid"],
        tuple(names),
        crs=chosen.crs,
        encoding=chosen.encoding,
        columns=given.columns,
        candidates=listed[0] if listed else None,
    )
    if rasters["terrain"]:
        called = dict(names)
        laid: dict[str, Any] = {
            kind: [(path, called[path]) for path in found] for kind, found in rasters.items()
        }
        job = start(files, chosen.options, given.ground, {**laid, "folder": folder}, LIMITS)
        st.session_state[JOB] = (job, names)
        return
    with st.spinner(t("gaps.working", lang)), folder:
        try:
            st.session_state[RESULT] = find_gaps(files, chosen.options, limits=LIMITS)
        except Refusal as error:
            alert(said(error, names, lang))


def take_ended(lang: Lang) -> None:
    """Take what came of the search under way, once it has ended; say why where nothing did."""
    found = outcome(JOB, lang)
    if found is not None:
        st.session_state[HELD] = found
        st.session_state[RESULT] = found.result


def outcome(what: str, lang: Lang) -> Any:
    """Return, once, what came of a run that has ended; say why where nothing did.

    Parameters
    ----------
    what
        Where the run is kept in the session, with the names of its files.
    """
    kept = st.session_state.get(what)
    if kept is None or not kept[0].ended:
        return None
    job, names = kept
    del st.session_state[what]
    if job.state == "refused":
        alert(said(job.trouble, names, lang))
    elif job.state == "stopped":
        status(t("gaps.stopped", lang))
    elif job.state == "failed":
        raise job.trouble
    return job.result


def under_way(what: str = JOB) -> Job | None:
    """Return a run under way."""
    kept = st.session_state.get(what)
    return None if kept is None else kept[0]


def held_ground() -> Held | None:
    """Return what the profiles of the result of this session are read from."""
    found = st.session_state.get(HELD)
    return found if isinstance(found, Held) and found.result is held() else None


def forget() -> None:
    """Forget what was found, and stop what is under way."""
    job = under_way()
    if job is not None:
        job.stop()
    for name in (JOB, HELD, RESULT, VIEWED, FILE, CUT):
        st.session_state.pop(name, None)


def said(error: Refusal, names: list[tuple[Path, str]], lang: Lang) -> str:
    """Say why files cannot be used, by the names that their owner knows."""
    text = error.say(lang)
    for path, name in names:
        text = text.replace(str(path), name).replace(path.name, name)
    return text


def hints_html(lang: Lang) -> Markup:
    """Say which files are wanted and what is in them."""
    wanted = items(
        (el("b", t(f"gaps.file.{name}", lang)), ": ", t(f"gaps.file.{name}.help", lang))
        for name in KINDS
    )
    return el("div.atlas-text", el("p", t("gaps.nothing_yet", lang)), wanted)


def held() -> Result | None:
    """Return the result of this session's files."""
    found = st.session_state.get(RESULT)
    return found if isinstance(found, Result) else None


def forget_simulated() -> None:
    """Forget a result that is made up."""
    found = held()
    if found is not None and found.simulated:
        del st.session_state[RESULT]
