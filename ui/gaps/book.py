"""The ledger on the page: lists of several dates in, what became of each gap out."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, Final

import streamlit as st

from geo.coverage import (
    CoverageError,
    left_out,
    marked_name,
    refusal,
    table_bytes,
    with_mark,
)
from geo.editions import COUNTRY_CODE, area
from geo.ledger import (
    DEFINITIONS,
    DUE,
    Ledger,
    Problems,
    balance,
    commitment,
    keep_ledger,
    read_snapshot,
    time_to_close,
)
from metrics.formats import day, number
from metrics.messages import Lang, t
from ui.gaps.found import mark_html, table_html
from ui.gaps.upload import LIMITS, TABLES, refuse, submit, submitted

LEDGER: Final = "atlas_gaps_ledger"
_DATE: Final = re.compile(r"(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])")
BALANCE: Final = ("opening", "baseline", "new", "reopened", "closed", "closing", "unreported")


def date_of(name: str) -> date | None:
    """Read the date that the name of a file carries, such as ``lom-song-2024-03-31.csv``."""
    found = _DATE.search(name)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def form(lang: Lang) -> None:
    """Ask for dated lists; on the button, keep their ledger for this session."""
    st.html(f"<style>:root {{ --atlas-upload: '{t('convert.upload', lang)}'; }}</style>")
    with st.form("gaps_lists", border=False):
        lists = st.file_uploader(
            t("gaps.lists", lang),
            type=TABLES,
            accept_multiple_files=True,
            help=t("gaps.lists.help", lang),
            key="gaps_lists_files",
        )
        left, right = st.columns(2, gap="medium")
        with left:
            definition = st.selectbox(
                t("gaps.definition", lang),
                DEFINITIONS,
                format_func=lambda name: t(f"gaps.kind.{name}", lang),
            )
        with right:
            whole = st.toggle(t("gaps.whole", lang), help=t("gaps.whole.help", lang))
        submit(t("gaps.keep", lang), LEDGER)
    if submitted(LEDGER):
        st.session_state.pop(LEDGER, None)
        _keep(lang, lists or [], definition, whole)


def _keep(lang: Lang, lists: list[Any], definition: Any, whole: bool) -> None:
    undated = [upload.name for upload in lists if date_of(upload.name) is None]
    if undated:
        refuse(t("gaps.undated", lang, files=", ".join(str(name)[:80] for name in undated)))
        return
    problems = Problems()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        try:
            snapshots = []
            for upload in lists:
                path.write_bytes(upload.getbuffer())
                at = date_of(upload.name)
                assert at is not None
                snapshots.append(
                    read_snapshot(
                        path,
                        at,
                        definition=definition,
                        whole_country=whole,
                        problems=problems,
                        name=Path(str(upload.name)).name[:80],
                        limits=LIMITS,
                    )
                )
            st.session_state[LEDGER] = (keep_ledger(snapshots), problems.frame())
        except CoverageError as error:
            refuse(refusal(error, lang))


def held() -> tuple[Ledger, Any] | None:
    """Return the ledger of this session's lists, and the rows left out."""
    return st.session_state.get(LEDGER)


def forget_simulated() -> None:
    """Forget a ledger that is made up."""
    kept = held()
    if kept is not None and kept[0].simulated:
        del st.session_state[LEDGER]


def show(ledger: Ledger, problems: Any, lang: Lang) -> None:
    """Show what became of the gaps, and offer it as a file."""
    st.html(mark_html(ledger.simulated) + ledger_html(ledger, lang))
    if problems is not None and len(problems):
        items = "".join(f"<li>{escape(line)}</li>" for line in left_out(problems, lang))
        st.html(f'<div class="atlas-text"><ul>{items}</ul></div>')
    frame = with_mark(ledger.tracks, ledger.simulated)
    st.download_button(
        t("gaps.download.ledger", lang),
        table_bytes(frame, "csv"),
        marked_name("ledger.csv", ledger.simulated),
        "text/csv",
        on_click="ignore",
    )


def ledger_html(ledger: Ledger, lang: Lang) -> str:
    """Write the commitment list by list, times to close, and the balance by quarter and place."""
    parts = [
        f"<h2>{escape(t('gaps.commitment', lang, due=day(DUE, lang)))}</h2>",
        _commitment(ledger, lang),
        _times(ledger, lang),
        f"<h2>{escape(t('gaps.balance', lang))}</h2>",
        _balance(ledger, lang),
    ]
    if len(ledger.ambiguous):
        said = t("gaps.ambiguous", lang, n=number(len(ledger.ambiguous), lang))
        parts.append(f"<p>{escape(said)}</p>")
    return f'<div class="atlas-text atlas-gaps">{"".join(parts)}</div>'


def _commitment(ledger: Ledger, lang: Lang) -> str:
    rows = [
        (
            day(row["date"], lang),
            number(row["open"], lang),
            number(row["unreported"], lang),
            number(row["new"], lang),
            t(f"gaps.kept.{row['all_covered']}", lang),
            t(f"gaps.kept.{row['no_new']}", lang),
        )
        for row in commitment(ledger).to_dict("records")
    ]
    return table_html(
        ("list", "open", "unreported", "new", "all_covered", "no_new"),
        _rows(rows),
        lang,
        simulated=ledger.simulated,
    )


def _times(ledger: Ledger, lang: Lang) -> str:
    times = time_to_close(ledger)
    if not times["n"]:
        return f"<p>{escape(t('gaps.times.none', lang))}</p>"
    said = t(
        "gaps.times",
        lang,
        n=number(times["n"], lang),
        least=number(times["median_at_least"], lang),
    )
    if times["n_bounded"]:
        said += " " + t(
            "gaps.times.most",
            lang,
            n=number(times["n_bounded"], lang),
            most=number(times["median_at_most"], lang),
        )
    return f"<p>{escape(said)}</p>"


def _balance(ledger: Ledger, lang: Lang) -> str:
    rows = []
    for row in balance(ledger).to_dict("records"):
        code = str(row["code"])
        place = area(ledger.edition, code)
        name = place.short_vi if lang == "vi" else place.short_en
        if code == COUNTRY_CODE or any(row[column] for column in BALANCE):
            year, quarter = str(row["quarter"]).split("-Q")
            when = t("period.quarter", lang, quarter=quarter, year=year)
            rows.append((name, when, *(number(row[column], lang) for column in BALANCE)))
    return table_html(("place", "quarter", *BALANCE), _rows(rows), lang, simulated=ledger.simulated)


def _rows(rows: Sequence[tuple[str, ...]]) -> list[str]:
    return ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
