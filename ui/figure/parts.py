"""What figures of every kind have: what can be chosen about them, and what stands at their foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from base.words import Lang, t
from geo.editions import edition
from geo.figure import DEFAULT_PRESET, Body, FigureSpec, Legend, Theme
from metrics.catalog import boundary_note
from ui.address.kinds import BARS, MAP, SERIES
from ui.scene import ACCENT, Scene, is_made_up, sources_text

# Kinds without a map of their areas need no word about boundaries.
UNMAPPED: Final = (BARS, SERIES)
ACCENTS: Final[dict[str, str]] = {"light": ACCENT, "dark": "#6cb8d6"}


class NoFigures(LookupError):
    """A view that has no figures, so that there is nothing to draw; the message says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
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


USUAL: Final = Choices()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a figure says, besides its body and its legend.

    Attributes
    ----------
    title, subtitle
        Unless the reader has chosen another title.
    as_of, source
        Of its figures.
    edition
        Id of the map of the country; "" for none.
    simulated
        Whether any of its figures is made up.
    alt
        What is to be said to those who do not see it, besides title and subtitle.
    boundary
        How far its boundaries are official; "" where none are drawn.
    """

    title: str
    subtitle: str
    as_of: str
    source: str
    edition: str
    simulated: bool
    alt: str = ""
    boundary: str = ""


def words_of(scenes: Sequence[Scene], *, title: str, subtitle: str = "", alt: str = "") -> Words:
    """Say of scenes when their figures are of, where from, and on which map."""
    lang, view = scenes[0].lang, scenes[0].view
    whens = dict.fromkeys(scene.words.when for scene in scenes if scene.words.when)
    return Words(
        title=title,
        subtitle=subtitle,
        as_of=t("legend.as_of", lang, when="; ".join(whens)) if whens else "",
        source=sources_text(*scenes),
        edition=view.edition,
        simulated=any(is_made_up(scene.panel.frame["dataset"]) for scene in scenes),
        alt=alt,
        boundary=f"{boundary_note(view.edition, view.level, lang)}.",
    )


def whole(lang: Lang, choices: Choices, words: Words, body: Body, legend: Legend) -> FigureSpec:
    """Put a figure together."""
    heading = choices.title or words.title
    name = ""
    if words.edition:
        where = edition(words.edition)
        name = f"{where.name_vi if lang == 'vi' else where.name_en}."
    alt = [t(f"figure.alt.{choices.kind}", lang, title=heading), words.subtitle, words.alt]
    return FigureSpec(
        lang=lang,
        theme=choices.theme,
        preset=choices.preset,
        title=heading,
        subtitle=words.subtitle,
        body=body,
        legend=legend,
        note=choices.note,
        as_of=words.as_of,
        source=words.source,
        edition=name,
        boundary="" if choices.kind in UNMAPPED else words.boundary,
        permalink=choices.permalink,
        scan=t("figure.scan", lang) if choices.permalink else "",
        watermark=t("figure.simulated", lang) if choices.simulated or words.simulated else "",
        alt=" ".join(text for text in alt if text),
    )
