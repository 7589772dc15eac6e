"""The form that takes claims and measurements, and the run that weighs the ones by the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import streamlit as st

from base.html import Markup, el, items
from base.words import Lang, t
from geo.coverage.evidence import CHOSEN, Files, Thresholds, Weighed, weigh
from geo.coverage.ground import Options
from ui.gaps.columns import columns_form
from ui.gaps.folders import own_folder
from ui.gaps.job import Job
from ui.gaps.options import Chosen, reading_form
from ui.gaps.terrain import present
from ui.gaps.upload import (
    LIMITS,
    SHAPES,
    TABLES,
    ask_files,
    shown_name,
    submit,
    submitted,
    under_way,
)
from ui.shell import alert, upload_words

WEIGHED, JOB = "atlas_gaps_weighed", "atlas_gaps_weighing"
KINDS: Final = ("settlements", "claims", "facts")
CLAIMS: Final = [*TABLES, *(kind for kind in SHAPES if kind not in TABLES)]


def form(lang: Lang) -> bool:
    """Ask for files and thresholds; on the button, weigh in the background."""
    upload_words(t("convert.upload", lang))
    away = held() is not None or under_way(JOB) is not None
    box = st.expander(t("gaps.files", lang)) if away else st.container()
    with box, st.container(key="gaps_form"):
        boxes = st.columns(3, gap="medium")
        given: dict[str, list[Any]] = {}
        for column, (kind, allowed) in zip(
            boxes, zip(KINDS, (TABLES, CLAIMS, TABLES), strict=True), strict=True
        ):
            with column:
                given[kind] = ask_files(
                    kind, allowed, lang, many=kind != "settlements", key=f"gaps_weigh_{kind}"
                )
        with st.expander(t("gaps.thresholds", lang)):
            rules = _thresholds(lang)
            encoding, crs, codes = reading_form(lang, key="gaps_weigh")
        chosen = Chosen(Options(edition=codes), crs, encoding)
        columns = {
            upload.file_id: columns_form(upload, kind, chosen, LIMITS, lang)
            for kind in KINDS
            for upload in given[kind]
        }
        submit(t("gaps.weigh", lang), WEIGHED)
    if submitted(WEIGHED):
        forget()
        if lacking := [kind for kind in KINDS if not given[kind]]:
            names = ", ".join(t(f"gaps.file.{kind}", lang) for kind in lacking)
            alert(t("gaps.weigh.lacks", lang, files=names))
        else:
            _begin(given, columns, rules, chosen)
            st.rerun()  # the form folds away above the run
    return any(given.values())


def _thresholds(lang: Lang) -> Thresholds:
    """Ask for the thresholds."""
    plain, said = Thresholds(), {}
    boxes = st.columns(3, gap="medium")
    for at, one in enumerate(fields(Thresholds)):
        (least, most), _ = CHOSEN[one.name]
        kind = type(getattr(plain, one.name))
        with boxes[at % 3]:
            said[one.name] = kind(
                st.number_input(
                    t(f"gaps.threshold.{one.name}", lang),
                    kind(least),
                    kind(most),
                    getattr(plain, one.name),
                    key=f"gaps_threshold_{one.name}",
                )
            )
    return Thresholds(**said)


def _begin(
    given: Mapping[str, Sequence[Any]],
    columns: Mapping[str, Mapping[str, str]],
    rules: Thresholds,
    chosen: Chosen,
) -> None:
    # It goes with the work that holds it.
    folder = own_folder()
    names: list[tuple[Path, str]] = []
    said: dict[Path, Mapping[str, str]] = {}

    def kept(upload: Any) -> Path:
        path = Path(folder.name) / f"file-{len(names)}"
        path.write_bytes(upload.getbuffer())
        names.append((path, shown_name(upload)))
        said[path] = columns[upload.file_id]
        return path

    paths = {kind: tuple(kept(upload) for upload in uploads) for kind, uploads in given.items()}
    files = Files(
        paths["settlements"][0],
        paths["claims"],
        paths["facts"],
        names=dict(names),
        columns=said,
        crs=chosen.crs,
        encoding=chosen.encoding,
    )

    def work(job: Job) -> Weighed:
        with folder:
            return weigh(files, rules, chosen.options, limits=LIMITS, progress=job.progress)

    st.session_state[JOB] = (Job(work, present()).start(), names)


def hints_html(lang: Lang) -> Markup:
    """Say which files are wanted and what is in them."""
    wanted = items(
        (el("b", t(f"gaps.file.{name}", lang)), ": ", t(f"gaps.file.{name}.help", lang))
        for name in KINDS
    )
    return el("div.atlas-text", el("p", t("gaps.weigh.lead", lang)), wanted)


def held() -> Weighed | None:
    """Return what was weighed of this session's files."""
    found = st.session_state.get(WEIGHED)
    return found if isinstance(found, Weighed) else None


def forget() -> None:
    """Forget what was weighed, and stop what is under way."""
    job = under_way(JOB)
    if job is not None:
        job.stop()
    for name in (JOB, WEIGHED):
        st.session_state.pop(name, None)


def forget_simulated() -> None:
    """Forget what was weighed where it is made up."""
    found = held()
    if found is not None and found.simulated:
        del st.session_state[WEIGHED]
