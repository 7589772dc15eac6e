"""What figures of every kind have: what can be chosen about them, and what stands at their foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

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
    known
        When the atlas knew it so, in words; "" for now.
    simulated
        Whether the figures are simulated, and must be marked so.
    """

    kind: str = MAP
    preset: str = DEFAULT_PRESET
    theme: Theme = "light"
    title: str | None = None
    note: str = ""
    permalink: str = ""
    known: str = ""
    simulated: bool = False


USUAL: Final = Choices()


def of_scenes(scenes: Sequence[Scene], choices: Choices, **drawn: Any) -> FigureSpec:
    """Put the figure of scenes together: of when their figures are, where from, on which map.

    Parameters
    ----------
    **drawn
        What `whole` takes besides.
    """
    lang, view = scenes[0].lang, scenes[0].view
    whens = dict.fromkeys(scene.words.when for scene in scenes if scene.words.when)
    note = boundary_note(view.edition, view.level, lang)
    return whole(
        lang,
        choices,
        as_of=t("legend.as_of", lang, when="; ".join(whens)) if whens else "",
        source=sources_text(*scenes),
        on=view.edition,
        boundary=f"{note}.",
        simulated=any(is_made_up(scene.panel.frame["dataset"]) for scene in scenes),
        **drawn,
    )


def whole(
    lang: Lang,
    choices: Choices,
    *,
    kind: str,
    title: str,
    subtitle: str,
    body: Body,
    legend: Legend,
    on: str,
    source: str,
    simulated: bool,
    as_of: str = "",
    boundary: str = "",
    alt: str = "",
) -> FigureSpec:
    """Put a figure together.

    Parameters
    ----------
    kind
        What it is; not always what was asked for.
    title, subtitle
        Unless the reader has chosen another title.
    on
        Id of the map of the country.
    simulated
        Whether any of its figures is made up.
    boundary
        How far its boundaries are official; "" where none are drawn.
    alt
        What is to be said to those who do not see it, besides title and subtitle.
    """
    heading, where = choices.title or title, edition(on)
    told = (t(f"figure.alt.{kind}", lang, title=heading), subtitle, alt, choices.known)
    return FigureSpec(
        lang=lang,
        theme=choices.theme,
        preset=choices.preset,
        title=heading,
        subtitle=subtitle,
        body=body,
        legend=legend,
        note=choices.note,
        as_of=". ".join(text for text in (as_of, choices.known) if text),
        source=source,
        edition=f"{where.name_vi if lang == 'vi' else where.name_en}.",
        boundary="" if kind in UNMAPPED else boundary,
        permalink=choices.permalink,
        scan=t("figure.scan", lang) if choices.permalink else "",
        watermark=t("figure.simulated", lang) if choices.simulated or simulated else "",
        alt=" ".join(text for text in told if text),
    )
