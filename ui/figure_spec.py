"""Turn what a page shows into the publication figure of it: the same classes, colours and words.

Nothing here knows streamlit, so that figures can be made from the command line as well.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from geo.boundaries import web_layer
from geo.choropleth import (
    MARK_CANNOT,
    MARK_CONFLICT,
    MARK_MIXED,
    MARK_NO_DATA,
    MARK_NOT_APPLICABLE,
    MARK_NOT_COMPUTED,
    MARK_NOT_EXISTING,
    MARK_NOT_NAMED,
    MARK_PARTIAL,
    MARK_SPLIT,
)
from geo.classify import NO_CLASS
from geo.editions import area, edition
from geo.figure import (
    DEFAULT_PRESET,
    Archipelago,
    Bar,
    BarsBody,
    FigureSpec,
    Fill,
    Key,
    Legend,
    MapBody,
    Shape,
    Theme,
)
from metrics.boundary_note import boundary_note
from metrics.formats import number
from metrics.messages import Lang, pick, t, tn
from metrics.queries import Store
from metrics.tables import SIMULATED_PREFIX
from ui.figures import beside, period_text, records, source_name, state_text
from ui.legend import PLAIN_STATES, circle_keys, class_labels, heading, notes
from ui.mapview import ACCENT, MARKS, marks_of, symbols_of
from ui.measure import drawn_states
from ui.scene import Manner, Scene
from ui.sentences import place_name, subtitle, title, when_text

MAP: Final = "map"
BARS: Final = "bars"
KINDS: Final = (MAP, BARS)
ACCENTS: Final[dict[str, str]] = {"light": ACCENT, "dark": "#6cb8d6"}
# What the map in the browser draws for each mark.
FILLS: Final = {
    MARK_NO_DATA: Fill.NO_DATA,
    MARK_SPLIT: Fill.BACK,
    MARK_PARTIAL: Fill.BACK,
    MARK_CONFLICT: Fill.CROSSED,
    MARK_MIXED: Fill.CROSSED,
    MARK_NOT_NAMED: Fill.DOTS,
    MARK_NOT_APPLICABLE: Fill.GREY,
    MARK_CANNOT: Fill.GREY,
    MARK_NOT_COMPUTED: Fill.GREY,
    MARK_NOT_EXISTING: Fill.PAPER,
}
MOST_SOURCES: Final = 3  # named one by one


class NoFigures(LookupError):
    """A view that has no figures, so that there is nothing to draw; the message says so."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen about a figure besides its view.

    Attributes
    ----------
    kind
        One of `KINDS`.
    preset, theme
        See `geo.figure.FigureSpec`.
    title
        None for the title of the view.
    note
        A remark of the reader's; "" for none.
    permalink
        Whole address of the view; "" where the atlas has no public one.
    simulated
        Whether the figures are simulated, and must be marked so.
    """

    kind: str = MAP
    preset: str = DEFAULT_PRESET
    theme: Theme = "light"
    title: str | None = None
    note: str = ""
    permalink: str = ""
    simulated: bool = False


def kinds_of(scene: Scene) -> tuple[str, ...]:
    """List the kinds of figure that can be drawn of a scene."""
    ranked = scene.manner in (Manner.CLASSES, Manner.CIRCLES)
    return tuple(kind for kind in KINDS if kind != BARS or ranked)


def figure_spec(store: Store, scene: Scene, choices: Choices = Choices()) -> FigureSpec:
    """Describe the figure of a scene.

    Parameters
    ----------
    store
        The store of figures.
    scene
        What the page shows.
    choices
        See `Choices`. A kind that cannot be drawn of the scene gives its map.

    Returns
    -------
    FigureSpec
        To be drawn by `geo.figure.render`.

    Raises
    ------
    NoFigures
        If no area of the scene has a figure.
    """
    lang = scene.view.lang
    if scene.manner is Manner.EMPTY:
        raise NoFigures(t("figure.none", lang, title=title(scene)))
    kind = choices.kind if choices.kind in kinds_of(scene) else MAP
    bars, heading_text = kind == BARS, choices.title or title(scene)
    where = edition(scene.view.edition)
    return FigureSpec(
        lang=lang,
        theme=choices.theme,
        preset=choices.preset,
        title=heading_text,
        subtitle=subtitle(scene),
        body=_bars(scene) if bars else _map(scene, choices.theme),
        legend=_legend(scene, choices.theme, bars=bars),
        note=choices.note,
        as_of=t("legend.as_of", lang, when=when_text(scene)),
        source=sources_text(store, scene),
        edition=f"{where.name_vi if lang == 'vi' else where.name_en}.",
        boundary="" if bars else f"{boundary_note(scene.view.edition, scene.view.level, lang)}.",
        permalink=choices.permalink,
        scan=t("figure.scan", lang) if choices.permalink else "",
        watermark=t("figure.simulated", lang) if choices.simulated or _simulated(scene) else "",
        alt=f"{t(f'figure.alt.{kind}', lang, title=heading_text)} {subtitle(scene)}",
    )


def sources_text(store: Store, scene: Scene) -> str:
    """Name the sources of the figures shown, the first few of them."""
    lang, found = scene.view.lang, Counter[str]()
    for row in records(scene.panel.frame):
        for id_ in row.get("origins") or (row["origin"],):
            origin = store.catalog.origins.get(str(id_))
            if origin is not None:
                found[source_name(origin, lang)] += 1
    names = [name for name, _ in found.most_common()]
    if not names:
        return ""
    named = "; ".join(names[:MOST_SOURCES])
    rest = len(names) - MOST_SOURCES
    more = t("figure.sources.more", lang, n=number(rest, lang)) if rest > 0 else ""
    return t("figure.sources", lang, names=named) + more


def _simulated(scene: Scene) -> bool:
    return any(str(id_).startswith(SIMULATED_PREFIX) for id_ in scene.panel.frame["dataset"])


def _map(scene: Scene, theme: Theme) -> MapBody:
    view, lang = scene.view, scene.view.lang
    circles, card = scene.manner is Manner.CIRCLES, scene.manner is Manner.CARD
    symbols = symbols_of(view.edition, web_layer(view.edition, view.level), lang)
    rows = zip(
        records(scene.panel.frame), marks_of(scene), scene.measure.texts, _shares(scene),
        drawn_states(scene.panel, scene.classes), strict=True,
    )  # fmt: skip
    shapes = tuple(
        Shape(
            code=str(row["code"]),
            fill=_fill(scene, mark),
            name=(name := place_name(area(view.edition, str(row["code"])), lang)),
            value=text,
            told=_told(scene, row, name, text, state),
            size=share,
            marked=card and bool(text),
        )
        for row, mark, text, share, state in rows
    )
    return MapBody(
        edition=view.edition,
        level=view.level,
        shapes=shapes,
        archipelagos=tuple(Archipelago(s.code, s.label, s.place, s.points) for s in symbols),
        focus=scene.province.code if scene.province else None,
        selected=scene.selected,
        circle=scene.palette[-1] if circles else ACCENTS[theme],
        scale_at=t("figure.scale", lang),
        facts=_facts(scene, shapes) if card else (),
    )


def _fill(scene: Scene, mark: str) -> str:
    if not mark.isdigit():
        return FILLS[mark]
    bare = scene.manner in (Manner.CIRCLES, Manner.CARD)
    return Fill.PLAIN if bare else scene.palette[int(mark)]


def _shares(scene: Scene) -> list[float | None]:
    """Return each figure as a share of the largest, as the map in the browser sizes its circles."""
    numbers = [abs(float(n)) for n in scene.measure.numbers]
    if scene.manner is not Manner.CIRCLES:
        return [None] * len(numbers)
    largest = max((n for n in numbers if math.isfinite(n)), default=0.0) or 1.0
    return [n / largest if math.isfinite(n) else None for n in numbers]


def _told(scene: Scene, row: dict[str, Any], name: str, text: str, state: str) -> str:
    """Say all about an area in a line: its figure with unit, state and date."""
    lang = scene.view.lang
    figure = beside(text, scene.measure.unit) if text else ""
    parts = [part for part in (figure, state_text(state, lang), period_text(row, lang)) if part]
    return f"{name}: {', '.join(parts)}" if parts else name


def _facts(scene: Scene, shapes: tuple[Shape, ...]) -> tuple[tuple[str, str, str], ...]:
    lang = scene.view.lang
    return tuple(
        (shape.name, beside(shape.value, scene.measure.unit), period_text(row, lang))
        for row, shape in zip(records(scene.panel.frame), shapes, strict=True)
        if shape.marked
    )


def _bars(scene: Scene) -> BarsBody:
    lang, palette = scene.view.lang, scene.palette
    frame = scene.panel.frame
    rows = zip(
        records(frame), scene.measure.numbers, scene.measure.column, scene.classes.index,
        strict=True,
    )  # fmt: skip
    bars = [
        Bar(
            code=str(row["code"]),
            rank="" if math.isnan(row["rank"] or math.nan) else number(row["rank"], lang),
            name=place_name(area(scene.view.edition, str(row["code"])), lang),
            value=float(value),
            text=beside(text, scene.measure.unit if len(scene.measure.unit) <= 2 else ""),
            fill=palette[index] if index != NO_CLASS else ACCENT,
        )
        for row, value, text, index in rows
        if math.isfinite(value)
    ]
    ranked = sorted(bars, key=lambda bar: (int(bar.rank or 0) if bar.rank else 0, -bar.value))
    return BarsBody(
        bars=tuple(ranked),
        more=t("figure.more", lang),
        foot=_missing(scene),
    )


def _missing(scene: Scene) -> str:
    """Count the areas that have no figure, by the reason."""
    lang = scene.view.lang
    counts = Counter(drawn_states(scene.panel, scene.classes))
    told = [
        f"{state_text(state, lang)} ({number(counts[state], lang)})"
        for state in PLAIN_STATES
        if counts[state]
    ]
    return t("figure.missing", lang, states=", ".join(told)) if told else ""


def _legend(scene: Scene, theme: Theme, *, bars: bool) -> Legend:
    lang, indicator = scene.view.lang, scene.indicator
    keys: list[Key] = []
    if scene.manner is Manner.CLASSES:
        rows = zip(scene.palette, class_labels(scene), scene.classes.counts, strict=True)
        keys = [Key(label, _areas(n, lang), color) for color, label, n in rows]
    elif scene.manner is Manner.STATUSES:
        categories = indicator.categories or ()
        for color, one, n in zip(scene.palette, categories, scene.classes.counts, strict=True):
            keys.append(Key(pick(one.title, lang), _areas(n, lang), color))
    elif scene.manner is Manner.CIRCLES and not bars:
        keys = [Key(label, "", scene.palette[-1], share) for label, share in circle_keys(scene)]
    elif scene.manner is Manner.CARD:
        n = sum(text != "" for text in scene.measure.texts)
        keys = [Key(t("legend.marker", lang), _areas(n, lang), ACCENTS[theme], marker=True)]
    if not bars:
        keys += _states(scene)
    elif scene.manner is Manner.CIRCLES:
        return Legend(heading=heading(scene))
    return Legend(heading(scene), tuple(keys), _foot(scene))


def _states(scene: Scene) -> list[Key]:
    """List the states that are there; "no data" always, to tell it apart from zero."""
    lang, counts = scene.view.lang, Counter(drawn_states(scene.panel, scene.classes))
    return [
        Key(state_text(state, lang), _areas(counts[state], lang), FILLS[MARKS[state]])
        for state in PLAIN_STATES
        if counts[state] or state == "no_data"
    ]


def _areas(n: int, lang: Lang) -> str:
    return tn("legend.areas", n, lang, n=number(n, lang))


def _foot(scene: Scene) -> tuple[str, ...]:
    """Say what belongs below a legend; the date stands at the foot of the figure."""
    lang = scene.view.lang
    dated = t("legend.as_of", lang, when=when_text(scene))
    polarity = t(f"direction.{scene.indicator.direction}", lang)
    numeric = scene.indicator.kind not in ("status", "date")
    said = [polarity] if numeric and polarity else []
    return tuple(
        f"{text[:1].upper()}{text[1:]}."
        for text in [*said, *(n for n in notes(scene) if n != dated)]
    )
