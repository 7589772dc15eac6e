"""What became of the gaps: sentences, tables and files of a ledger."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from base.html import Markup, el, items
from base.words import Lang, day, number, t, tn
from geo.coverage.ledger import DUE, Ledger, balance, commitment, time_to_close
from geo.coverage.output import left_out, marked_name, table_bytes, with_mark
from geo.editions import COUNTRY_CODE, area
from metrics.store import Store
from ui.gaps.beside import published_html
from ui.gaps.found import SHOWN, mark_html, metres_text, more_html, table_html
from ui.gaps.pick import lowest_name
from ui.gaps.settings import MAP, PLACE, Settings, go
from ui.shell import ask, by_name, show, show_html

BALANCE = ("opening", "baseline", "new", "reopened", "closed", "closing", "unreported")


def show_ledger(
    store: Store, ledger: Ledger, problems: Any, settings: Settings, lang: Lang
) -> None:
    """Show what became of the gaps beside what was published, and offer it as files."""
    if ledger.simulated:
        show_html(mark_html(ledger.simulated))
    if problems is not None and len(problems):
        with st.expander(t("gaps.left_out", lang)):
            show("div.atlas-text", items(left_out(problems, lang)))
    place = _choose(ledger, settings, lang)
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_html(ledger_html(ledger, place, lang))
    with right:
        # What is made up is never shown beside what is not.
        if ledger.simulated:
            show("p.atlas-text", t("gaps.beside.simulated", lang))
        else:
            show_html(published_html(store, ledger, place, lang))
    if listed := tracks_html(ledger, place, lang):
        show_html(listed)
    _downloads(ledger, problems, lang)


def _choose(ledger: Ledger, settings: Settings, lang: Lang) -> str:
    """Ask for the place; the country, or a province that has had a gap."""
    codes = [str(code) for code in ledger.tracks["province"].unique()] if len(ledger.tracks) else []
    names = {code: lowest_name(ledger.edition, code, lang) for code in codes}
    country = {COUNTRY_CODE: t("gaps.country", lang)}
    here = settings.place if settings.edition == ledger.edition else COUNTRY_CODE

    def chosen(code: str) -> None:
        go(MAP, ledger.edition)
        go(PLACE, code)

    return str(
        ask(
            st.selectbox,
            t("gaps.place.choose", lang),
            [COUNTRY_CODE, *by_name(names)],
            key="gaps_ledger_place",
            value=here if here in names else COUNTRY_CODE,
            act=chosen,
            format_func=(names | country).__getitem__,
        )
    )


def ledger_html(ledger: Ledger, place: str, lang: Lang) -> Markup:
    """Write the newest list, the commitment list by list, times to close and the balance."""
    return el(
        "div.atlas-gaps",
        el("p", latest_text(ledger, place, lang)),
        el("h2", t("gaps.balance", lang)),
        _balance(ledger, place, lang),
        el("h2", t("gaps.commitment", lang, due=day(DUE, lang))),
        _commitment(ledger, place, lang),
        el("h2", t("gaps.times.title", lang)),
        el("p", _times(ledger, place, lang)),
        _doubtful(ledger, lang),
    )


def _doubtful(ledger: Ledger, lang: Lang) -> Markup:
    """List the rows that may be gaps that are known and were taken for new ones."""
    unsure = ledger.ambiguous
    if unsure.empty:
        return Markup()
    rows = [
        (str(row["name"]), str(row["known_as"]), metres_text(row["metres"], lang), str(row["file"]))
        for row in unsure.head(SHOWN).to_dict("records")
    ]
    heads = ("village", "known_as", "apart", "file")
    made = table_html(heads, rows, lang, simulated=ledger.simulated)
    said = el("p", tn("gaps.ambiguous", len(unsure), lang, n=number(len(unsure), lang)))
    return said + made + more_html(len(unsure) - SHOWN, lang)


def _name(ledger: Ledger, place: str, lang: Lang) -> str:
    found = area(ledger.edition, place)
    return found.name_vi if lang == "vi" else found.name_en


def latest_text(ledger: Ledger, place: str, lang: Lang) -> str:
    """Say in a sentence what the newest list changed."""
    events = ledger.events
    if place != COUNTRY_CODE:
        events = events[events["province"] == place]
    last = ledger.dates[-1]
    counts = events.loc[events["date"] == last, "event"].value_counts()
    told = {name: int(counts.get(name, 0)) for name in ("new", "persisting", "reopened", "closed")}
    here = balance(ledger)
    here = here[here["code"] == place]
    return t(
        "gaps.latest",
        lang,
        name=_name(ledger, place, lang),
        date=day(last, lang),
        open=number(int(here["closing"].iloc[-1]) if len(here) else 0, lang),
        **{name: number(n, lang) for name, n in told.items()},
    )


def _commitment(ledger: Ledger, place: str, lang: Lang) -> Markup:
    province = "" if place == COUNTRY_CODE else place
    rows = [
        (
            day(row["date"], lang),
            number(row["open"], lang),
            number(row["unreported"], lang),
            number(row["new"], lang),
            t(f"gaps.kept.{row['all_covered']}", lang),
            t(f"gaps.kept.{row['no_new']}", lang),
        )
        for row in commitment(ledger, province=province).to_dict("records")
    ]
    heads = ("list", "open", "unreported", "new", "all_covered", "no_new")
    return table_html(heads, rows, lang, simulated=ledger.simulated)


def _times(ledger: Ledger, place: str, lang: Lang) -> str:
    """Say how long gaps stayed open, between the bounds that are known."""
    times = time_to_close(ledger, "" if place == COUNTRY_CODE else place)
    if not times["n"]:
        return t("gaps.times.none", lang)
    words = tn(
        "gaps.times",
        int(times["n"]),
        lang,
        n=number(times["n"], lang),
        least=number(times["median_at_least"], lang),
    )
    if times["n_bounded"]:
        words += " " + t(
            "gaps.times.most",
            lang,
            n=number(times["n_bounded"], lang),
            most=number(times["median_at_most"], lang),
        )
    return words


def _balance(ledger: Ledger, place: str, lang: Lang) -> Markup:
    """Write the quarters of a place; below the country, the newest quarter of its provinces."""
    frame = balance(ledger)
    own = frame[frame["code"] == place]
    rows = [(_quarter(row, lang), *_counts(row, lang)) for row in own.to_dict("records")]
    made = table_html(("quarter", *BALANCE), rows, lang, simulated=ledger.simulated)
    if place != COUNTRY_CODE or frame.empty:
        return made
    newest = frame[(frame["quarter"] == frame["quarter"].iloc[-1]) & (frame["code"] != place)]
    newest = newest[newest[list(BALANCE)].to_numpy().any(axis=1)]
    ordered = newest.sort_values("closing", ascending=False, kind="stable").to_dict("records")
    rows = [
        (lowest_name(ledger.edition, str(row["code"]), lang), *_counts(row, lang))
        for row in ordered
    ]
    if not rows:
        return made
    title = t("gaps.balance.provinces", lang, quarter=_quarter(ordered[0], lang))
    below = table_html(("place", *BALANCE), rows, lang, simulated=ledger.simulated)
    return made + el("h3", title) + below


def _quarter(row: Any, lang: Lang) -> str:
    year, quarter = str(row["quarter"]).split("-Q")
    return t("period.quarter", lang, quarter=quarter, year=year)


def _counts(row: Any, lang: Lang) -> tuple[str, ...]:
    return tuple(number(row[column], lang) for column in BALANCE)


def tracks_html(ledger: Ledger, place: str, lang: Lang) -> Markup:
    """Write the gaps of a place: those still open first, the longest known before."""
    tracks = ledger.tracks
    if place != COUNTRY_CODE and len(tracks):
        tracks = tracks[tracks["province"] == place]
    if tracks.empty:
        return Markup()
    tracks = tracks.sort_values(["state", "first_seen"], ascending=[False, True], kind="stable")
    rows = [
        (
            str(row["name"] or row["id"]),
            lowest_name(ledger.edition, str(row["area_code"]), lang),
            t(f"gaps.state.{row['state']}", lang),
            day(row["first_seen"], lang),
            day(row["last_seen"], lang),
            number(row["times_opened"], lang),
            "–" if pd.isna(row["population"]) else number(float(row["population"]), lang),
        )
        for row in tracks.head(SHOWN).to_dict("records")
    ]
    heads = ("village", "area", "state", "first_seen", "last_seen", "times_opened", "people")
    made = table_html(heads, rows, lang, simulated=ledger.simulated)
    head = el("h2.atlas-list", t("gaps.list.tracks", lang))
    return head + made + more_html(len(tracks) - SHOWN, lang)


def ledger_tables(ledger: Ledger, problems: Any) -> dict[str, pd.DataFrame]:
    """Return the tables of a ledger by name, each with the mark where it is made up."""
    found = {
        "gaps": ledger.tracks,
        "events": ledger.events,
        "balance": balance(ledger),
        "commitment": commitment(ledger),
        "times": ledger.spells,
    }
    if problems is not None and len(problems):
        found["problems"] = problems
    return {name: with_mark(frame, ledger.simulated) for name, frame in found.items()}


def _downloads(ledger: Ledger, problems: Any, lang: Lang) -> None:
    found = ledger_tables(ledger, problems)
    left, right = st.columns([2, 2], vertical_alignment="bottom")
    with left:
        name = st.selectbox(
            t("gaps.download.table", lang),
            list(found),
            format_func=lambda key: t(f"gaps.ledger.{key}", lang),
        )
    with right:
        st.download_button(
            t("gaps.download.ledger", lang),
            lambda: table_bytes(found[name], "csv"),
            marked_name(f"ledger-{name}.csv", ledger.simulated),
            "text/csv",
            on_click="ignore",
        )
