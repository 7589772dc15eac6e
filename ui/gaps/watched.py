"""A run under way: how far it is, the button that stops it, the question before a long one."""

from __future__ import annotations

import time

import streamlit as st

from base.words import Lang, number, t
from ui.gaps.job import Job
from ui.gaps.terrain import forecast_html
from ui.shell import show_html

# Seconds between two looks at it.
EVERY = 1.0


def watch(job: Job | None, lang: Lang) -> None:
    """Show what is under way, and look at it again and again until it has ended."""
    if job is not None:
        with st.container(key="gaps_job"):
            st.fragment(_look, run_every=EVERY)(job, lang)


def _look(job: Job, lang: Lang) -> None:
    if job.ended:
        st.rerun()
    if job.about is not None:
        show_html(forecast_html(job, lang))
    if job.state == "asking":
        left, right = st.columns([1, 1], gap="small")
        with left:
            go = t("gaps.run", lang)
            st.button(go, type="primary", on_click=job.agree, key="gaps_agree", width="stretch")
        with right:
            stop = t("gaps.run.not", lang)
            st.button(stop, on_click=job.stop, key="gaps_stop", width="stretch")
        return
    share = job.done / job.total if job.total else 0.0
    st.progress(min(1.0, share), text=progress_text(job, lang))
    st.button(t("gaps.stop", lang), on_click=job.stop, key="gaps_stop")


def progress_text(job: Job, lang: Lang) -> str:
    """Say what is done just now, and how long it has run."""
    if job.state == "waiting":
        return t("gaps.step.waiting", lang)
    said = t(f"gaps.step.{job.step or 'reading'}", lang)
    if job.total:
        done = {"done": number(job.done, lang), "of": number(job.total, lang)}
        said = f"{said} {t('gaps.step.done', lang, **done)}"
    spent = int(time.monotonic() - job.began)
    return f"{said} {t('gaps.step.spent', lang, n=number(spent, lang))}"
