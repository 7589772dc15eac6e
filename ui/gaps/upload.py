"""The form that takes a reader's files, reads them, and forgets them."""

from __future__ import annotations

import tempfile
from html import escape
from pathlib import Path
from typing import Any, Final

import streamlit as st

from geo.coverage import CoverageError, Files, Limits, Options, Result, find_gaps, refusal
from metrics.messages import Lang, t

RESULT: Final = "atlas_gaps_result"
# What one upload may hold; the command line takes more.
LIMITS: Final = Limits(400 * 1024**2, max_rows=1_000_000, max_settlements=200_000)
TABLES: Final = ["csv", "txt", "tsv", "gz", "xlsx", "gpkg", "geojson", "json", "parquet", "zip"]
SHAPES: Final = ["gpkg", "geojson", "json", "fgb", "zip", "parquet"]
GRIDS: Final = ["tif", "tiff", "parquet", "csv"]
# Systems that files of Viet Nam often are in without saying so.
CRSS: Final = ("", "EPSG:4326", "EPSG:3405", "EPSG:3406", "EPSG:32648", "EPSG:32649")


def form(lang: Lang) -> None:
    """Ask for files and options; on the button, search and keep the result for this session."""
    st.html(f"<style>:root {{ --atlas-upload: '{t('convert.upload', lang)}'; }}</style>")
    with st.form("gaps_files", border=False):
        left, middle, right = st.columns(3, gap="medium")
        with left:
            settled = _ask("settlements", TABLES, lang)
        with middle:
            sites = _ask("sites", TABLES, lang)
        with right:
            polygons = _ask("polygons", SHAPES, lang, many=True) or []
        with st.expander(t("gaps.options", lang)):
            options, crs, measured, grid = _options(lang)
        submit(t("gaps.search", lang), RESULT)
    if submitted(RESULT):
        _search(lang, settled, sites, list(polygons), measured, grid, options, crs)


def submit(label: str, what: str) -> None:
    """Show the button of a form; that it was pressed outlives a run that is cut short."""

    def pressed() -> None:
        st.session_state[f"{what}_asked"] = True

    st.form_submit_button(label, type="primary", on_click=pressed)


def submitted(what: str) -> bool:
    """Tell, once, whether the button of a form was pressed."""
    return bool(st.session_state.pop(f"{what}_asked", False))


def _ask(name: str, kinds: list[str], lang: Lang, *, many: bool = False) -> Any:
    return st.file_uploader(
        t(f"gaps.file.{name}", lang),
        type=kinds,
        accept_multiple_files=many,
        help=t(f"gaps.file.{name}.help", lang),
        key=f"gaps_{name}",
    )


def _options(lang: Lang) -> tuple[Options, str, Any, Any]:
    left, middle, right = st.columns(3, gap="medium")
    with left:
        measured = _ask("measurements", TABLES, lang)
        mend = st.toggle(t("gaps.mend", lang), help=t("gaps.mend.help", lang))
    with middle:
        grid = _ask("grid", GRIDS, lang)
        crs = st.selectbox(
            t("gaps.crs", lang),
            CRSS,
            format_func=lambda code: code or t("gaps.crs.stated", lang),
            help=t("gaps.crs.help", lang),
        )
    with right:
        assumed = st.number_input(
            t("gaps.range", lang), 0, 100_000, 0, 500, help=t("gaps.range.help", lang)
        )
        reach = st.number_input(t("gaps.new_range", lang), 100, 100_000, 5_000, 500)
        adjacent = st.number_input(t("gaps.adjacent", lang), 100, 50_000, 3_000, 500)
    ranges = {"": float(assumed)} if assumed else {}
    options = Options(
        default_range_m=ranges,
        mend_swapped=mend,
        new_site_range_m=float(reach),
        adjacent_m=float(adjacent),
    )
    return options, str(crs), measured, grid


def _search(  # noqa: PLR0917 - what the form holds
    lang: Lang,
    settled: Any,
    sites: Any,
    polygons: list[Any],
    measured: Any,
    grid: Any,
    options: Options,
    crs: str,
) -> None:
    st.session_state.pop(RESULT, None)
    if settled is None:
        refuse(refusal(CoverageError("no_network"), lang))
        return
    with st.spinner(t("gaps.working", lang)), tempfile.TemporaryDirectory() as folder:
        names: list[tuple[Path, str]] = []

        def kept(upload: Any) -> Path | None:
            if upload is None:
                return None
            # The name is the reader's: it is shown, never used as a path.
            path = Path(folder) / f"file-{len(names)}"
            path.write_bytes(upload.getbuffer())
            names.append((path, Path(str(upload.name)).name[:80]))
            return path

        settled_path, sites_path = kept(settled), kept(sites)
        shapes = tuple(path for path in map(kept, polygons) if path is not None)
        measured_path, grid_path = kept(measured), kept(grid)
        assert settled_path is not None
        files = Files(
            settled_path, sites_path, shapes, measured_path, grid_path, tuple(names), crs=crs
        )
        try:
            st.session_state[RESULT] = find_gaps(files, options, limits=LIMITS)
        except CoverageError as error:
            text = refusal(error, lang)
            for path, name in names:
                text = text.replace(str(path), name).replace(path.name, name)
            refuse(text)


def hints_html(lang: Lang) -> str:
    """Say which files are wanted and what is in them."""
    items = "".join(
        f"<li><b>{escape(t(f'gaps.file.{name}', lang))}</b>: "
        f"{escape(t(f'gaps.file.{name}.help', lang))}</li>"
        for name in ("settlements", "sites", "polygons", "measurements", "grid")
    )
    lead = escape(t("gaps.nothing_yet", lang))
    return f'<div class="atlas-text"><p>{lead}</p><ul>{items}</ul></div>'


def held() -> Result | None:
    """Return the result of this session's files."""
    found = st.session_state.get(RESULT)
    return found if isinstance(found, Result) else None


def forget_simulated() -> None:
    """Forget a result that is made up."""
    found = held()
    if found is not None and found.simulated:
        del st.session_state[RESULT]


def refuse(text: str) -> None:
    """Say why something cannot be used."""
    st.html(f'<p class="atlas-note" role="alert">{escape(text)}</p>')
