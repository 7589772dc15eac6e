"""The lists of several dates that a reader puts in, and their ledger."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import streamlit as st

from base.words import Lang, Refusal, t
from geo.coverage.ground import Options
from geo.coverage.input import Problems
from geo.coverage.ledger import (
    DEFINITIONS,
    Definition,
    Ledger,
    Rules,
    Snapshot,
    keep_ledger,
    read_snapshot,
    tell_doubts,
)
from geo.editions import Level, areas
from ui.gaps.columns import columns_form, in_label
from ui.gaps.options import Chosen, reading_form
from ui.gaps.upload import LIMITS, TABLES, said, shown_name, submit, submitted
from ui.shell import alert, upload_words

LEDGER: Final = "atlas_gaps_ledger"
_DATE: Final = re.compile(r"(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])")
# What a list is complete for: all of the country, the provinces it names, or some that are named.
COMPLETE: Final = ("named", "country", "some")


@dataclass(frozen=True, slots=True)
class Terms:
    """How the lists of a reader are to be taken."""

    definition: Definition
    complete: str
    provinces: tuple[str, ...]
    chosen: Chosen
    dates: Mapping[str, date | None] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


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
    upload_words(t("convert.upload", lang))
    box = st.expander(t("gaps.files", lang)) if held() else st.container()
    with box, st.container(key="gaps_form"):
        lists = st.file_uploader(
            t("gaps.lists", lang),
            type=TABLES,
            accept_multiple_files=True,
            help=t("gaps.lists.help", lang),
            key="gaps_lists_files",
        )
        terms = _terms(list(lists or []), lang)
        submit(t("gaps.keep", lang), LEDGER)
    if submitted(LEDGER):
        st.session_state.pop(LEDGER, None)
        _keep(lang, list(lists or []), terms)
        if held() is not None:
            st.rerun()  # the form folds away above the ledger


def _terms(lists: Sequence[Any], lang: Lang) -> Terms:
    left, right = st.columns(2, gap="medium")
    with left:
        definition = st.selectbox(
            t("gaps.definition", lang),
            DEFINITIONS,
            format_func=lambda name: t(f"gaps.kind.{name}", lang),
        )
    with right:
        complete = st.selectbox(
            t("gaps.complete", lang),
            COMPLETE,
            format_func=lambda name: t(f"gaps.complete.{name}", lang),
            help=t("gaps.complete.help", lang),
        )
    with st.expander(t("gaps.reading", lang)):
        encoding, crs, codes = reading_form(lang, key="gaps_lists")
    provinces: list[str] = []
    if complete == COMPLETE[2]:
        named = {
            place.code: place.name_vi if lang == "vi" else place.name_en
            for place in areas(codes, Level.PROVINCE)
        }
        provinces = st.multiselect(
            t("gaps.complete.which", lang), list(named), format_func=lambda code: named[code]
        )
    chosen = Chosen(Options(edition=codes), crs, encoding)
    dates, columns = {}, {}
    for upload in lists:
        dates[upload.file_id] = st.date_input(
            t("gaps.date", lang, name=in_label(shown_name(upload))),
            date_of(upload.name),
            format="DD/MM/YYYY",
            key=f"gaps_date_{upload.file_id}",
        )
        columns[upload.file_id] = columns_form(upload, "settlements", chosen, LIMITS, lang)
    return Terms(definition, complete, tuple(provinces), chosen, dates, columns)


def _keep(lang: Lang, lists: Sequence[Any], terms: Terms) -> None:
    undated = [shown_name(upload) for upload in lists if terms.dates[upload.file_id] is None]
    if undated:
        alert(t("gaps.undated", lang, files=", ".join(undated)))
        return
    problems = Problems()
    rules = Rules(edition=terms.chosen.options.edition)
    names: list[tuple[Path, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            snapshots = []
            for n, upload in enumerate(lists):
                path = Path(folder) / f"file-{n}"
                path.write_bytes(upload.getbuffer())
                names.append((path, shown_name(upload)))
                snapshots.append(_read(path, upload, terms, rules, problems))
            kept = keep_ledger(snapshots, rules)
            tell_doubts(kept, problems)
            st.session_state[LEDGER] = (kept, problems.frame())
        except Refusal as error:
            alert(said(error, names, lang))


def _read(path: Path, upload: Any, terms: Terms, rules: Rules, problems: Problems) -> Snapshot:
    at = terms.dates[upload.file_id]
    assert at is not None
    return read_snapshot(
        path,
        at,
        definition=terms.definition,
        whole_country=terms.complete == COMPLETE[1],
        provinces=terms.provinces,
        rules=rules,
        problems=problems,
        name=shown_name(upload),
        crs=terms.chosen.crs,
        encoding=terms.chosen.encoding,
        columns=terms.columns[upload.file_id],
        limits=LIMITS,
    )


def held() -> tuple[Ledger, Any] | None:
    """Return the ledger of this session's lists, and the rows left out."""
    return st.session_state.get(LEDGER)


def forget_simulated() -> None:
    """Forget a ledger that is made up."""
    kept = held()
    if kept is not None and kept[0].simulated:
        del st.session_state[LEDGER]
