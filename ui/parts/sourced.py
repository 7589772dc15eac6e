"""The sources of a map: who says it, when, where to read it, how it was made, a citation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import streamlit as st

from base.html import Markup, el
from base.words import number, partial_day, pick, t
from metrics.catalog import Origin
from metrics.exporting import Cited, citation, permalink
from metrics.store import known_words
from ui.parts.fresh import fresh_html, fresh_of
from ui.scene import Scene, headline, licence_text, origins_of
from ui.shell import go, show, unbroken


def map_sources(scene: Scene) -> None:
    """Open the dialog about the sources of what a map shows."""
    lang = scene.lang

    @st.dialog(t("source.map.title", lang), width="large", on_dismiss=lambda: go(source=""))
    def dialog() -> None:
        counts = sources_counted(scene)
        fresh = fresh_of(scene.store, scene.indicator.id)
        told = fresh_html(fresh, lang) if fresh else ""
        show("div.atlas-source", sources_html(scene, counts), told)
        cite_sources(scene, counts)

    dialog()


def cite_sources(scene: Scene, ids: Iterable[str]) -> None:
    """Show how the map and some of its sources are cited, to be copied."""
    lang, origins = scene.lang, scene.store.catalog.origins
    known = tuple(origins[id_] for id_ in dict.fromkeys(ids) if id_ in origins)
    href = permalink(scene.view.to(source="").href())
    when = known_words(scene.view.as_of, lang)
    cited = Cited(f"atlas06-{scene.indicator.id}", scene.words.title, href, known, lang, when)
    show("h4", t("source.cite", lang))
    st.code(citation(cited), None, wrap_lines=True)


def sources_counted(scene: Scene) -> dict[str, int]:
    """Count the figures of each source, those of most first."""
    known = scene.store.catalog.origins
    has = scene.has_figure.tolist()
    counts = Counter(
        id_
        for own, figure in zip(origins_of(scene), has, strict=True)
        if figure
        for id_ in own
        if id_ in known
    )
    return dict(counts.most_common())


def sources_html(scene: Scene, counts: dict[str, int]) -> list[Markup]:
    """Write the sources, then what the numbers mean and how they were made."""
    lang, indicator = scene.lang, scene.indicator
    parts = [el("h3", scene.words.title)]
    if not counts:
        parts.append(el("p", t("state.no_data", lang)))
    for id_, n in counts.items():
        parts.append(_origin_html(scene.store.catalog.origin(id_), n, scene))
    parts += [el("h4", t("source.definition", lang)), el("p", pick(indicator.definition, lang))]
    if indicator.numerator and indicator.denominator:
        told = {
            "numerator": pick(indicator.numerator, lang),
            "denominator": pick(indicator.denominator, lang),
        }
        parts.append(el("p", t("definition.parts", lang, **told)))
    made = [scene.words.recomputed, *(pick(caveat, lang) for caveat in indicator.caveats)]
    return parts + [el("p.caveat", text) for text in made if text]


def _origin_html(origin: Origin, n: int, scene: Scene) -> Markup:
    lang = scene.lang
    rows: list[tuple[str, Any]] = [
        (t("source.publisher", lang), pick(origin.producer, lang)),
        (t("source.published", lang), partial_day(str(origin.date_published or ""), lang)),
        (t("source.accessed", lang), partial_day(str(origin.date_accessed or ""), lang)),
        (t("source.address", lang), _link(origin.url)),
        (t("source.republished", lang), _link(origin.republished_in)),
        (t("source.licence", lang), licence_text(origin, lang)),
        (t("source.for", lang), f"{number(n, lang)} {scene.areas(n)}"),
    ]
    listed = [(el("dt", name), el("dd", text)) for name, text in rows if text]
    notes = el("p.caveat", unbroken(pick(origin.notes, lang))) if origin.notes else ""
    return el(
        "section", el("p.what", el("b", unbroken(headline(origin, lang)))), el("dl", *listed), notes
    )


def _link(address: str | None) -> Markup | str:
    if not address:
        return ""
    if address.startswith("github.com/"):
        address = f"https://{address}"
    if not address.startswith(("https://", "http://")):
        return address
    return el("a", address, href=address, target="_blank", rel="noopener noreferrer")
