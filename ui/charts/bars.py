"""Small pictures of a profile: a bar against its yardsticks, a line over time."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from html import escape

import pandas as pd

from base.words import Lang, decimals_of, number, t
from geo.editions import COUNTRY_CODE, Area, area
from metrics.briefs import Fact, Series, Yardstick
from ui.scene import decimals, period_text, place_name, value_text, with_sign, with_unit

INK = "#2f8fb5"  # is seen on white paper and on dark
GREY = "#7c8588"
LINE_WIDTH, LINE_HEIGHT = 150, 34


def image(svg: str, alt: str, style: str = "", inside: str = "") -> str:
    """Put an SVG on the page as a picture with a description.

    Streamlit takes elements of SVG out of HTML, so it is the background of a box.

    Parameters
    ----------
    alt
        What it shows; "" where the words beside it say so already.
    inside
        HTML laid over the picture.
    """
    size = re.search(r'width="(\d+)" height="(\d+)"', svg)
    width, height = size.groups() if size else ("0", "0")
    data = b64encode(svg.encode()).decode()
    told = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    look = f"width:{width}px;aspect-ratio:{width}/{height};"
    look += f"background-image:url(data:image/svg+xml;base64,{data})"
    return f'<span class="picture {style}" {told} style="{look}">{inside}</span>'


@dataclass(frozen=True, slots=True)
class Against:
    """What a figure is held against.

    Attributes
    ----------
    share
        The figure as a share of the length of its bar; None where no bar is drawn.
    marks
        Kind of each yardstick and its share of the bar.
    words
        The same in words: kind ("" for a share of the area above) and text.
    """

    share: float | None
    marks: tuple[tuple[str, float], ...]
    words: tuple[tuple[str, str], ...]


def against_of(fact: Fact, place: Area, lang: Lang) -> Against | None:
    """Say what a figure is held against, in words and as a bar from zero.

    Parameters
    ----------
    fact
        With a row that has a number.

    Returns
    -------
    Against or None
        None where there is nothing to hold it against.
    """
    if fact.row is None or pd.isna(fact.row["value"]):
        return None
    value = float(fact.row["value"])
    if fact.indicator.kind in ("count", "amount"):
        return _share(fact, value, place, lang)
    words = tuple((str(y.against), _words(fact, y, place, lang)) for y in fact.yardsticks)
    if not words:
        return None
    ends = [value, *(fact.span or ()), *(y.value for y in fact.yardsticks)]
    most = fact.indicator.max_value or max(ends)
    if min(ends) < 0 or most <= 0:
        return Against(None, (), words)
    marks = tuple((str(y.against), y.value / most) for y in fact.yardsticks)
    return Against(value / most, marks, words)


def against_html(fact: Fact, place: Area, lang: Lang) -> str:
    """Write what a figure is held against as HTML; "" where there is nothing. See `against_of`."""
    found = against_of(fact, place, lang)
    if found is None:
        return ""
    words = "; ".join(
        f'<span class="{kind}">{escape(text)}</span>' if kind else escape(text)
        for kind, text in found.words
    )
    if found.share is None:
        return f"<small>{words}</small>"
    marks = "".join(
        f'<i class="{kind}" style="left:{_percent(share)}%"></i>' for kind, share in found.marks
    )
    return f"{_bar(found.share, marks)}<small>{words}</small>"


def _words(fact: Fact, yardstick: Yardstick, place: Area, lang: Lang) -> str:
    digits = decimals(fact.indicator, float((fact.row or {})["value"]))
    text = number(yardstick.value, lang, min(digits, 4), fixed=True)
    if yardstick.against == "target":
        text = number(yardstick.value, lang, decimals_of(yardstick.value))
    text = with_sign(text, fact.indicator, lang)
    if yardstick.against == "target":
        return t("profile.bar.target", lang, value=text)
    name = _name(yardstick, place, lang)
    key = "profile.bar.published" if yardstick.published else "profile.bar.summed"
    return t(key, lang, name=name, value=text)


def _name(yardstick: Yardstick, place: Area, lang: Lang) -> str:
    if yardstick.against == "region":
        return t("profile.bar.region", lang)
    if yardstick.code == COUNTRY_CODE:
        return t("profile.bar.country", lang)
    return place_name(area(place.edition, yardstick.code), lang)


def _share(fact: Fact, value: float, place: Area, lang: Lang) -> Against | None:
    """Write a count as a share of that of the area above, of which it is a part."""
    above = next((y for y in fact.yardsticks if y.against == "parent"), None)
    summed = fact.indicator.aggregation == "sum"
    if above is None or not summed or not 0 <= value <= above.value or not above.value:
        return None
    name = _name(above, place, lang)
    share = value / above.value
    said = t("profile.bar.share", lang, name=name, percent=number(100 * share, lang, 1, fixed=True))
    return Against(share, (), (("", said),))


def _bar(share: float, marks: str = "") -> str:
    fill = f'<b style="width:{_percent(share)}%"></b>'
    return f'<span class="bar" aria-hidden="true">{fill}{marks}</span>'


def _percent(share: float) -> float:
    return round(100 * min(max(share, 0.0), 1.0), 1)


def line_html(series: Series, lang: Lang) -> str:
    """Draw a series as a line with its points; carried ones are hollow, the seam is dashed.

    Parameters
    ----------
    series
        At least two points.
    """
    said = [
        f"{period_text(row, lang)}: "
        + with_unit(value_text(row, series.indicator, lang), series.indicator, lang)
        for row in series.rows
    ]
    return image(_line_svg(series), "; ".join(said), "line")


def _line_svg(series: Series) -> str:
    days = [pd.Timestamp(row["period_end"]).toordinal() for row in series.rows]
    values = [float(row["value"]) for row in series.rows]
    start, end = min(days), max(days)
    low, high = min(values), max(values)

    def at(day: float, value: float) -> tuple[float, float]:
        x = 5 + (LINE_WIDTH - 10) * ((day - start) / (end - start) if end > start else 0.5)
        rise = (value - low) / (high - low) if high > low else 0.5
        return round(x, 1), round(LINE_HEIGHT - 6 - (LINE_HEIGHT - 12) * rise, 1)

    spots = [at(day, value) for day, value in zip(days, values, strict=True)]
    line = " ".join(f"{x},{y}" for x, y in spots)
    circles = "".join(
        f'<circle cx="{x}" cy="{y}" r="2.6" stroke="{INK}" '
        f'fill="{"none" if row["is_carried"] else INK}"/>'
        for (x, y), row in zip(spots, series.rows, strict=True)
    )
    seam = ""
    if series.day is not None and start <= series.day.toordinal() <= end:
        x = at(series.day.toordinal(), low)[0]
        seam = (
            f'<line x1="{x}" x2="{x}" y1="0" y2="{LINE_HEIGHT}" stroke="{GREY}" '
            'stroke-dasharray="2 2"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LINE_WIDTH}" height="{LINE_HEIGHT}">'
        f'{seam}<polyline points="{line}" fill="none" stroke="{INK}" stroke-width="1.2"/>'
        f"{circles}</svg>"
    )
