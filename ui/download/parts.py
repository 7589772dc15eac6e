"""The parts of the panel of downloads: data, embed, citation and code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from base.words import Lang, number, t
from geo.maps import Theme
from metrics.catalog import boundary_licence
from metrics.exporting import (
    FOR_PEOPLE,
    FORMATS,
    Selection,
    bibtex,
    citation,
    command,
    kit_name,
    name_of,
    permalink,
    public_url,
    remote,
    ris,
    snippet,
    title_of,
)
from metrics.store import Store
from ui.address import iframe, live_href
from ui.download.downloads import (
    CHOICES,
    DOWNLOADS,
    SCOPES,
    Wanted,
    as_shown,
    cited_of,
    file_bytes,
    file_name,
    most_rows,
    preview,
    selection_of,
)
from ui.download.embedding import MOST_BYTES, embed_file
from ui.download.kits import kit_bytes
from ui.scene import VALUE, Drawn, Manner, place_name
from ui.shell import ask, put, show, show_html, status


def choose(name: str, value: str, lang: Lang, text: Callable[[str], str]) -> None:
    """Show a choice of the page; the address keeps it."""
    ask(
        st.segmented_control,
        t(f"download.{name}", lang),
        CHOICES[name],
        key=f"download_{name}",
        value=value,
        act=lambda chosen: _write(name, chosen),
        format_func=text,
    )


def _tick(name: str, label: str, value: bool) -> None:
    key = f"download_{name}"
    ask(st.checkbox, label, key=key, value=value, act=lambda on: _write(name, on))


def _write(name: str, value: Any) -> None:
    put(name, DOWNLOADS.text(name, value))


def data_part(store: Store, drawn: Drawn, wanted: Wanted) -> None:
    """Show what can be chosen of the data, the first rows, and the file."""
    scene, lang = drawn.scene, drawn.scene.view.lang
    where = place_name(scene.place, lang, full=True)
    names = {s: t(f"download.scope.{s}", lang) for s in SCOPES if s != "area"}
    names["area"] = t("download.scope.area", lang, where=where)
    choose("scope", wanted.scope, lang, names.__getitem__)
    if wanted.scope == "filtered":
        _tick("only_level", t("download.level", lang), wanted.only_level)
        if scene.view.at is not None:
            _tick("only_date", t("download.period", lang), wanted.only_date)
    if wanted.scope == "view" and scene.matched is not None:
        n, of = int(scene.matched.sum()), len(scene.matched)
        told = t("download.filtered", lang, n=number(n, lang), of=number(of, lang))
        _tick("only_filtered", told, wanted.only_filtered)
    choose("format", wanted.format, lang, lambda form: t(f"download.format.{form}", lang))
    if wanted.format in FOR_PEOPLE:
        _tick("bom", t(f"download.bom.{wanted.format}", lang), wanted.bom)
    what = selection_of(scene, wanted)
    if scene.measure.kind != VALUE and wanted.scope == "view":
        status(t("download.measured", lang, phrase=scene.measure.phrase))
    _file(store, drawn, what, wanted)
    with st.expander(t("download.command", lang)):
        name = file_name(store, what, wanted.format)
        st.code(command(what, name, wanted.format, lang, bom=wanted.bom), None)


def _file(store: Store, drawn: Drawn, what: Selection, wanted: Wanted) -> None:
    lang, form = drawn.scene.view.lang, wanted.format
    sheet = form in FOR_PEOPLE and wanted.bom
    found = preview(store, what, lang, sheet=form if sheet else "")
    n, most = number(found.rows, lang), most_rows(form)
    if found.rows == 0:
        status(t("download.nothing", lang))
        return
    if found.rows > most:
        limit = number(most, lang)
        if FORMATS[form].gathered:
            status(t("download.too_many_shapes", lang, most=limit))
        else:
            status(t("download.too_many", lang, n=n, most=limit))
        return
    title = drawn.scene.words.title if wanted.scope == "view" else title_of(store, what, lang)
    link, name = permalink(drawn.scene.view.href()), file_name(store, what, form)

    def made(part: int) -> bytes:
        return file_bytes(store, what, form, lang, title=title, link=link, bom=wanted.bom)[part]

    with st.container(horizontal=True, gap="small"):
        _button(t("download.get", lang, name=name), lambda: made(0), name, FORMATS[form].mime)
        if form == "csv":
            label, beside = t("download.metadata", lang), f"{name}-metadata.json"
            _button(label, lambda: made(1), beside, "application/csvm+json", first=False)
    columns = number(found.columns, lang)
    show("p.atlas-small", t("download.rows", lang, n=n, columns=columns))
    show_html(found.html)


def _button(
    label: str, data: Callable[[], bytes] | str, name: str, mime: str, *, first: bool = True
) -> None:
    st.download_button(
        label,
        data,
        name,
        mime,
        key=f"get_{name}",
        on_click="ignore",
        type="primary" if first else "secondary",
    )


def reproduce_part(store: Store, drawn: Drawn) -> None:
    """Show the permalink, the citation, and code that yields the rows."""
    scene, lang = drawn.scene, drawn.scene.view.lang
    what = as_shown(scene)
    _heading(t("download.permalink", lang))
    st.code(permalink(scene.view.href()), None, wrap_lines=True)
    if not public_url():
        show("p.atlas-small", t("download.relative", lang))
    cited = cited_of(store, drawn)
    _heading(t("download.citation", lang))
    st.code(citation(cited), None, wrap_lines=True)
    name = name_of(store, what)
    with st.container(horizontal=True, gap="small"):
        bib, mime = f"{name}.bib", "application/x-bibtex"
        _button("BibTeX", bibtex(cited), bib, mime, first=False)
        ref, mime = f"{name}.ris", "application/x-research-info-systems"
        _button("RIS", ris(cited), ref, mime, first=False)
    licence = t("download.licence", lang, boundaries=boundary_licence(lang))
    show("p.atlas-small", licence)
    _heading(t("download.snippet", lang))
    show("p.atlas-small", t("download.snippet.how", lang))
    st.code(snippet(store, what), "python", wrap_lines=True)
    _heading(t("download.remote", lang))
    show("p.atlas-small", t("download.remote.how", lang))
    for program, code in remote(whole_address(scene.view.csv_href())).items():
        with st.expander(program):
            st.code(code, None, wrap_lines=True)


def whole_address(href: str) -> str:
    """Make an address of the app whole: by its public one, else by the one of this reader."""
    if public_url():
        return permalink(href)
    here = urlsplit(st.context.url or "")
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    folder = f"/{base}" if base else ""
    return f"{here.scheme}://{here.netloc}{folder}/{href}" if here.netloc else href


def embed_part(store: Store, drawn: Drawn, wanted: Wanted) -> None:
    """Show the two ways of putting a view on another page."""
    scene, lang = drawn.scene, drawn.scene.view.lang
    with st.container(horizontal=True, gap="medium"):
        for name in ("lock", "ranking", "dark"):
            _tick(name, t(f"download.{name}", lang), getattr(wanted, name))
    locked, ranked = wanted.lock, wanted.ranking

    def made() -> bytes:
        now = datetime.now(UTC)
        theme: Theme = "dark" if wanted.dark else "light"
        return embed_file(store, drawn, now, locked=locked, ranking=ranked, theme=theme).encode()

    _heading(t("download.embed.frozen", lang))
    weight = len(_sized(store, drawn, ranked))
    size = number(round(weight / 1000), lang)
    if weight > MOST_BYTES:
        most = number(MOST_BYTES // 1000, lang)
        status(t("download.embed.too_large", lang, size=size, most=most))
    else:
        told = t("download.embed.frozen.how", lang, size=size)
        show("p.atlas-small", told)
        name = f"{name_of(store, as_shown(scene))}.html"
        _button(t("download.get", lang, name=name), made, name, "text/html")
    _heading(t("download.embed.live", lang))
    show("p.atlas-small", t("download.embed.live.how", lang))
    address = permalink(live_href(scene.view, locked=locked, ranking=ranked))
    st.code(iframe(address, drawn.scene.words.title), "html", wrap_lines=True)
    if not public_url():
        show("p.atlas-small", t("download.relative", lang))


def _sized(store: Store, drawn: Drawn, ranking: bool) -> bytes:
    return embed_file(store, drawn, datetime(2000, 1, 1, tzinfo=UTC), ranking=ranking).encode()


def _heading(text: str) -> None:
    show("h2.atlas-part", text)


def kit_part(store: Store, drawn: Drawn, wanted: Wanted) -> None:
    """Show what can be chosen of the press kit, and the file."""
    lang = drawn.scene.view.lang
    show("p.atlas-small", t("kit.what", lang))
    sizes: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    if drawn.scene.manner is Manner.EMPTY:
        status(t("kit.empty", lang))
    else:
        sizes = _several("sizes", wanted.sizes, lang, lambda size: t(f"kit.size.{size}", lang))
        formats = _several("pictures", wanted.pictures, lang, str.upper)
    name = kit_name(store, as_shown(drawn.scene), lang)
    st.download_button(
        t("download.get", lang, name=name),
        partial(kit_bytes, store, drawn.scene.view, sizes, formats),
        name,
        "application/zip",
        key="get_kit",
        on_click="ignore",
        type="primary",
    )


def _several(
    name: str, chosen: tuple[str, ...], lang: Lang, text: Callable[[str], str]
) -> tuple[str, ...]:
    found = ask(
        st.multiselect,
        t(f"kit.{name}", lang),
        CHOICES[name],
        key=f"kit_{name}",
        value=list(chosen),
        act=lambda several: _write(name, several),
        format_func=text,
        placeholder=t("kit.choose", lang),
    )
    return tuple(found)
